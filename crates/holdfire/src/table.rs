//! Tables and lines for the terminal.

use comfy_table::{ContentArrangement, Table, presets::UTF8_HORIZONTAL_ONLY};
use holdfire_record::{Counted, Interval, PlaceView, SourceView};
use holdfire_types::{Claim, Days, Figure};

/// Width where the output is no terminal: fixed, so that two runs print the same.
const WIDTH: u16 = 120;

/// A table with these heads, fitted to the terminal.
pub fn table(heads: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_header(heads);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    table
}

/// `2017-02-16`, `2017-02-15 to 2017-02-16`, `since 2017-02-07`, `until ...`; empty where nothing is known.
pub fn days(days: Option<Days>) -> String {
    match days.map(|d| (d.from, d.to)) {
        Some((Some(from), Some(to))) if from == to => from.to_string(),
        Some((Some(from), Some(to))) => format!("{from} to {to}"),
        Some((Some(from), None)) => format!("since {from}"),
        Some((None, Some(to))) => format!("until {to}"),
        Some((None, None)) | None => String::new(),
    }
}

/// `24`, `5 or more`, `up to 30`, `20 to 33`.
pub fn interval(count: Interval) -> String {
    bounds(count.min, count.max)
}

fn bounds(min: Option<u64>, max: Option<u64>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} or more"),
        (None, Some(max)) => format!("up to {max}"),
        (None, None) => "a number not told".to_owned(),
    }
}

/// `killed 24 civilians`.
pub fn figure(figure: &Figure) -> String {
    let count = match figure.share {
        Some(share) => format!("{:.0} %", share * 100.0),
        None => bounds(figure.min, figure.max),
    };
    format!("{} {count} {}", figure.what, figure.of).trim_end().to_owned()
}

/// The figures of a claim, one a line.
pub fn figures(claim: &Claim) -> String {
    claim.act.figures.iter().map(figure).collect::<Vec<_>>().join("\n")
}

/// Names joined by commas.
pub fn sources(sources: &[SourceView]) -> String {
    sources.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Places joined by commas.
pub fn places(places: &[PlaceView]) -> String {
    places.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The first claims behind a number, so that it can be followed.
pub fn behind(counted: &Counted) -> String {
    ids(&counted.claims)
}

/// At most three ids, and how many more there are.
pub fn ids(ids: &[holdfire_types::Id]) -> String {
    let shown: Vec<&str> = ids.iter().take(3).map(holdfire_types::Id::as_str).collect();
    match ids.len().saturating_sub(3) {
        0 => shown.join(" "),
        more => format!("{} and {more} more", shown.join(" ")),
    }
}

/// A text on one line, at most so many characters.
pub fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let cut: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}
