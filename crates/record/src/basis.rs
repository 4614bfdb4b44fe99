//! Counting basis: what a figure is a count of, beyond its noun.
//!
//! Two counts of convoys can both be true when one counts those to besieged places, another those of a month's plan
//! and a third those of the year so far. The basis is read from the words around the figure and shown with it.

use holdfire_types::{Claim, Figure, Report};

/// Words of a basis as they stand in reports, with the name they are shown under.
const BASES: &[(&str, &str)] = &[
    ("besieged", "besieged places"),
    ("hard-to-reach", "hard-to-reach places"),
    ("hard to reach", "hard-to-reach places"),
    ("cross-line", "cross-line"),
    ("crossline", "cross-line"),
    ("cross-border", "cross-border"),
    ("by land", "by land"),
    ("land convoy", "by land"),
    ("airlift", "by air"),
    ("airdrop", "by air"),
    ("monthly plan", "the month's plan"),
    ("so far this year", "this year so far"),
    ("this year", "this year so far"),
    ("so far this month", "this month so far"),
    ("requested", "of those requested"),
];

const MONTHS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
];

/// The bases told with a figure: of its claim's evidence, and the words of its own window.
pub(crate) fn of(claim: &Claim, figure: &Figure, report: &Report) -> Vec<String> {
    let quote = claim.quote(&report.text).to_lowercase();
    let mut found: Vec<String> = Vec::new();
    for (words, name) in BASES {
        if quote.contains(words) && !found.iter().any(|f| f == name) {
            found.push((*name).to_owned());
        }
    }
    for month in MONTHS {
        // "January's plan", "the November plan", "under the plan for January".
        let told = [
            format!("{month}'s plan"),
            format!("{month}\u{2019}s plan"),
            format!("{month} plan"),
            format!("plan for {month}"),
        ];
        if told.iter().any(|t| quote.contains(t.as_str())) {
            let mut name = (*month).to_owned();
            name[..1].make_ascii_uppercase();
            found.push(format!("{name}'s plan"));
        }
    }
    if let Some(window) = &figure.window {
        found.push(window.span.of(&report.text).to_owned());
    }
    found
}
