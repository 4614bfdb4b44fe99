//! Arithmetic over attributed figures: what one source's own counts must satisfy, and where sources differ.
//!
//! Rules, each by the name that checks carry:
//! - `window-sum`: counts of windows that do not overlap cannot exceed the count of a window that holds them, and
//!   make it up when they fill it (24 in the day to the 16th and 21 in the day to the 17th are 45 in two days).
//! - `window-grows`: a window that holds another counts at least as many.
//! - `counter-falls`: a running total since one day, told again later, can only grow.
//! - `part-exceeds`: a part is not more than the whole.
//! - `sources-differ`: two sources give counts of one thing that no number satisfies.
//! - `sum-of-parties`: a number equals the sum of two parties' counts, whose lists may hold the same things.
//!
//! A window of n days told on a day is the n days that end with that day: "in the past 24 hours", told on the 16th,
//! is the 16th. So the windows of a daily count lie side by side, as their makers mean them.

use std::collections::BTreeMap;

use holdfire_types::{Claim, Figure, FigureKind, Id, Report};
use serde::Serialize;

use crate::facts::day_number;
use crate::record::{Record, place_keys};
use crate::{Counts, Interval};

/// What a check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The figures cannot all be true.
    Conflict,
    /// A warning: they may be true, but not as they are told.
    Caution,
    /// They agree, and they might not have.
    Consistent,
}

/// One finding, with its rule and the claims it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Check {
    /// What was found.
    pub outcome: Outcome,
    /// The rule.
    pub rule: &'static str,
    /// In plain words, with the numbers.
    pub text: String,
    /// The claims.
    pub claims: Vec<Id>,
}

/// One count with the days that it covers, `from` to `to`, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowCount {
    /// Who says it.
    pub source: String,
    /// The claim.
    pub claim: Id,
    /// What is counted.
    pub what: FigureKind,
    /// Of whom.
    pub of: Counts,
    /// The number.
    pub count: Interval,
    /// First day, as a number.
    pub from: i32,
    /// Last day.
    pub to: i32,
    /// Day it was told.
    pub told: i32,
    /// A running total ("since 7 February", "so far").
    pub running: bool,
    /// A part of another figure of the same claim.
    pub part: bool,
}

/// Counts of one thing compared by rule are at most this many; the earliest told are kept.
const MOST: usize = 60;

/// What each source's own counts in `claims` must satisfy.
pub(crate) fn arithmetic(record: &Record, claims: &[u32]) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut by_source: BTreeMap<(String, String, FigureKind, Counts), Vec<WindowCount>> = BTreeMap::new();
    for &at in claims.iter().filter(|c| record.asserts(**c)) {
        let (claim, report) = (record.claim(at), record.report_of(at));
        let source = record.source(at);
        parts(claim, &mut checks);
        for figure in &claim.act.figures {
            let Some((from, to, running)) = covers(figure, claim, report) else { continue };
            let told = report.published.as_ref().map_or(to, |p| day_number(p.date));
            let place = place_keys(claim).into_iter().min().unwrap_or_default();
            let of = Counts::of(&figure.of);
            by_source.entry((source.key.clone(), place, figure.what, of)).or_default().push(WindowCount {
                source: source.name.clone(),
                claim: claim.id.clone(),
                what: figure.what,
                of,
                count: Interval::new(figure.min, figure.max),
                from,
                to,
                told,
                running,
                part: figure.part,
            });
        }
    }
    for counts in by_source.values_mut() {
        counts.sort_by_key(|c| (c.told, c.from, c.to));
        counts.truncate(MOST);
        checks.extend(one_source(counts));
    }
    checks.sort();
    checks.dedup();
    checks
}

/// The days a figure covers, and whether it is a running total.
fn covers(figure: &Figure, claim: &Claim, report: &Report) -> Option<(i32, i32, bool)> {
    let told = report.published.as_ref().map(|p| day_number(p.date));
    let words = figure.window.as_ref().map(|w| w.span).or(claim.act.days_span);
    let words = words.map(|s| s.of(&report.text).to_lowercase()).unwrap_or_default();
    if let (Some(days), Some(told)) = (rolling_days(&words), told) {
        return Some((told - days + 1, told, false));
    }
    let running = ["since", "so far", "to date", "in total", "altogether"].iter().any(|w| words.contains(w));
    let days = figure.window.as_ref().map(|w| w.days).or(claim.act.days)?;
    let from = day_number(days.from?);
    let to = days.to.map(day_number).or(told)?;
    (from <= to).then_some((from, to, running))
}

/// The days of a claim whose count is a rolling one.
pub(crate) fn rolling(claim: &Claim, report: &Report) -> Option<(i32, i32)> {
    let told = day_number(report.published.as_ref()?.date);
    let mut spans =
        claim.act.figures.iter().filter_map(|f| f.window.as_ref().map(|w| w.span)).chain(claim.act.days_span);
    spans.find_map(|s| rolling_days(&s.of(&report.text).to_lowercase())).map(|days| (told - days + 1, told))
}

/// The days that a claim's first count covers, else the days of its act.
pub(crate) fn cells(claim: &Claim, report: &Report) -> Option<(i32, i32)> {
    let counted = claim.act.figures.iter().find_map(|f| covers(f, claim, report));
    let act = || claim.act.days.and_then(|d| Some((day_number(d.from?), day_number(d.to?))));
    counted.map(|(from, to, _)| (from, to)).or_else(act)
}

/// "24 hours" is one day, "48 hours" two, "past three days" three; `None` for other words.
pub(crate) fn rolling_days(words: &str) -> Option<i32> {
    let mut before: Option<i32> = None;
    for word in words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let number = word.parse().ok().or_else(|| number_word(word));
        match word {
            "hours" | "hour" | "hrs" => return before.filter(|h| *h >= 24 && h % 24 == 0).map(|h| h / 24),
            "days" => return before.filter(|d| (1..=366).contains(d)),
            _ => before = number.or(before.filter(|_| word == "past" || word == "last")),
        }
    }
    None
}

fn number_word(word: &str) -> Option<i32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.iter().position(|w| *w == word).map(|n| n as i32 + 1)
}

/// Checks the counts that one source gives of one thing, sorted by the day they were told.
pub fn one_source(counts: &[WindowCount]) -> Vec<Check> {
    let mut checks = Vec::new();
    for (at, outer) in counts.iter().enumerate() {
        let inside: Vec<&WindowCount> = counts
            .iter()
            .enumerate()
            .filter(|(n, c)| {
                *n != at
                    && outer.from <= c.from
                    && c.to <= outer.to
                    && (c.from, c.to) != (outer.from, outer.to)
            })
            .map(|(_, c)| c)
            .collect();
        for inner in &inside {
            if outer.count.max.is_some_and(|max| inner.count.low() > max) {
                checks.push(check(
                    Outcome::Conflict,
                    "window-grows",
                    format!(
                        "{} counts {} over {}, yet only {} over {}, which holds those days",
                        outer.source,
                        inner.count,
                        days(inner),
                        outer.count,
                        days(outer)
                    ),
                    &[inner, outer],
                ));
            }
        }
        if let Some(found) = window_sum(outer, &inside) {
            checks.push(found);
        }
    }
    let running: Vec<&WindowCount> = counts.iter().filter(|c| c.running).collect();
    for pair in running.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.from == later.from
            && earlier.told < later.told
            && later.count.max.is_some_and(|max| max < earlier.count.low())
        {
            let text = format!(
                "{}: a total that can only grow fell from {} to {}",
                later.source, earlier.count, later.count
            );
            checks.push(check(Outcome::Conflict, "counter-falls", text, &[earlier, later]));
        }
    }
    checks
}

/// The windows within `outer` that lie side by side, those that end first taken first: do they make it up, or exceed
/// it? Windows told alike count once.
fn window_sum(outer: &WindowCount, inside: &[&WindowCount]) -> Option<Check> {
    let mut side_by_side: Vec<&WindowCount> = inside.to_vec();
    side_by_side.sort_by_key(|c| (c.to, -c.from, c.told));
    let mut taken: Vec<&WindowCount> = Vec::new();
    for count in side_by_side {
        if taken.last().is_none_or(|last| last.to < count.from) {
            taken.push(count);
        }
    }
    if taken.len() < 2 {
        return None;
    }
    let sum = taken.iter().map(|c| c.count).reduce(Interval::plus)?;
    let filled: i32 = taken.iter().map(|c| c.to - c.from + 1).sum();
    let fills = filled == outer.to - outer.from + 1;
    let names = |joined: &str| taken.iter().map(|c| c.count.to_string()).collect::<Vec<_>>().join(joined);
    let claims: Vec<&WindowCount> = taken.iter().copied().chain([outer]).collect();
    let exceeds = outer.count.max.is_some_and(|max| sum.low() > max);
    if exceeds || fills && !sum.meets(outer.count) {
        let text = format!(
            "{}: {} over windows side by side come to {sum}, not to {} over {}",
            outer.source,
            names(" and "),
            outer.count,
            days(outer)
        );
        return Some(check(Outcome::Conflict, "window-sum", text, &claims));
    }
    fills.then(|| {
        let text = format!("{}: {} = {} over {}", outer.source, names(" + "), outer.count, days(outer));
        check(Outcome::Consistent, "window-sum", text, &claims)
    })
}

fn check(outcome: Outcome, rule: &'static str, text: String, counts: &[&WindowCount]) -> Check {
    let mut claims: Vec<Id> = Vec::new();
    for count in counts {
        if !claims.contains(&count.claim) {
            claims.push(count.claim.clone());
        }
    }
    Check { outcome, rule, text, claims }
}

fn days(count: &WindowCount) -> String {
    match count.to - count.from + 1 {
        1 => "one day".to_owned(),
        n => format!("{n} days"),
    }
}

/// A part is not more than the figure it is a part of.
fn parts(claim: &Claim, checks: &mut Vec<Check>) {
    let mut whole: Option<&Figure> = None;
    for figure in &claim.act.figures {
        if !figure.part {
            whole = Some(figure);
            continue;
        }
        let Some(whole) = whole.filter(|w| w.what == figure.what) else { continue };
        let (part, of) = (Interval::new(figure.min, figure.max), Interval::new(whole.min, whole.max));
        if of.max.is_some_and(|max| part.low() > max) {
            checks.push(Check {
                outcome: Outcome::Conflict,
                rule: "part-exceeds",
                text: format!("{part} {} is told as a part of {of} {}", figure.of, whole.of),
                claims: vec![claim.id.clone()],
            });
        }
    }
}

/// Where two sources' latest numbers for one thing leave nothing that satisfies both.
pub(crate) fn between(figures: &[crate::FigureAccounts]) -> Vec<Check> {
    let mut checks = Vec::new();
    for group in figures.iter().filter(|g| !g.part && g.agreed.is_none()) {
        let latest: Vec<_> = group.accounts.iter().filter(|a| a.latest).collect();
        let told: Vec<String> = latest.iter().map(|a| format!("{} ({})", a.count, a.name)).collect();
        let one_source = latest.iter().all(|a| a.source == latest[0].source);
        checks.push(Check {
            outcome: if one_source { Outcome::Caution } else { Outcome::Conflict },
            rule: if one_source { "one-source-differs" } else { "sources-differ" },
            text: format!("{}: {}", group.what, told.join(" against ")),
            claims: latest.iter().flat_map(|a| a.claims.clone()).collect(),
        });
    }
    checks
}
