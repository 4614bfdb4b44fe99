//! What stands around a time expression: the preposition that makes a window of it, and whether the sentence speaks
//! of what is to come.

use holdfire_types::{Days, Sentence, Upos};
use jiff::civil::Date;

use super::TimeKind;
use super::frame::Frame;
use super::grammar::{Found, Meaning, Much};
use super::lengths;
use super::lexicon::Unit;
use super::pieces::{Piece, View};
use super::resolve::Resolved;

/// The preposition before an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// From then to publication.
    Since,
    /// Up to then.
    Until,
    /// From then on.
    From,
    /// Over a length that ends with publication ("in four days").
    Over,
    /// Over a length that begins with publication, where the sentence looks ahead ("within three weeks").
    Within,
    /// "To" or a dash after the expression before: the two bound one stretch.
    Joined,
    /// "And" after the expression before: of two days that follow each other, both are meant.
    Both,
}

/// Furthest that "since" stands before the time of its clause ("since the conflict began in March"), in pieces.
const CLAUSE: usize = 10;

/// The lead of the expression that begins at piece `start` and ends before `end`, and the piece it stands at.
pub fn find(pieces: &[Piece], start: usize, end: usize, before: Option<&Found>) -> Option<(Lead, usize)> {
    let view = View { all: pieces };
    let word = view.before(start, 1);
    let at = start.checked_sub(1)?;
    // "the toll from yesterday's attack" is of no stretch of time
    let owner = matches!(view.at(end), "'" | "’") && view.at(end + 1) == "s";
    if let Some(before) = before
        && before.end <= at
        && at - before.end <= 1
    {
        let open = matches!(view.before(before.start, 1), "from" | "between");
        let dated =
            matches!(before.meaning, Meaning::Date { .. } | Meaning::Weekday(..) | Meaning::Season { .. });
        let joins = match word {
            "to" | "-" | "–" | "—" | "until" | "till" | "through" => true,
            "and" => open && view.before(before.start, 1) == "between",
            _ => false,
        };
        if joins && dated && before.end == at {
            return Some((Lead::Joined, at));
        }
        if word == "and" && before.end == at && (dated || matches!(before.meaning, Meaning::DayRel(_))) {
            return Some((Lead::Both, at));
        }
    }
    let clause = start.saturating_sub(CLAUSE).max(before.map_or(0, |b| b.end));
    if matches!(word, "in" | "on") || word.ends_with("ed") || view.at(start) == "last" {
        let begun =
            (1..=2).any(|k| matches!(view.before(start, k), "began" | "begun" | "started" | "erupted"));
        let since = (clause..start).rev().find(|i| view.at(*i) == "since");
        let parted = |i: usize| (i..start).any(|k| matches!(view.at(k), "," | "." | ";" | "\"" | "”"));
        if let Some(i) = since.filter(|i| !parted(*i)) {
            return Some((Lead::Since, i));
        }
        if begun {
            return Some((Lead::Since, at));
        }
    }
    let lead = match word {
        "since" | "after" => Lead::Since,
        "until" | "till" | "through" | "by" => Lead::Until,
        "from" if !owner => Lead::From,
        "starting" | "beginning" => Lead::From,
        "on" | "in" if matches!(view.before(start, 2), "starting" | "beginning") => Lead::From,
        "within" | "in" => Lead::Within,
        "over" | "during" | "for" => Lead::Over,
        _ => return None,
    };
    Some((lead, at))
}

/// Days and kind of an expression with its lead, and the piece of the lead where it counts.
pub fn days(
    resolved: &Resolved,
    lead: Option<(Lead, usize)>,
    frame: &Frame,
    ahead: bool,
) -> (Option<Days>, TimeKind, Option<usize>) {
    let plain = (resolved.days, resolved.kind, None);
    let Some((lead, piece)) = lead else { return plain };
    let published = frame.published;
    match (lead, resolved.days) {
        (Lead::Since, Some(days)) if resolved.kind != TimeKind::Window => {
            // what began after publication has no end yet
            let to = published.filter(|p| days.from.is_none_or(|from| from <= *p));
            (Some(Days { from: days.from, to }), TimeKind::Window, Some(piece))
        }
        (Lead::Until, Some(days)) => (Some(Days { from: None, to: days.to }), TimeKind::Window, Some(piece)),
        (Lead::From, Some(days)) if resolved.kind != TimeKind::Window => {
            // "from early Monday", told that day, goes no further
            let to = published.filter(|p| days.from == Some(*p));
            (Some(Days { from: days.from, to }), TimeKind::Window, Some(piece))
        }
        (Lead::Over | Lead::Within, None) => match (resolved.length, published) {
            // "for months" has no first day
            (Some((Much::Some, unit)), _) if lead == Lead::Over && unit >= Unit::Month => plain,
            (Some((much, unit)), Some(published)) => {
                let days = lengths::window(published, much, unit, !(ahead && lead == Lead::Within));
                (days, TimeKind::Duration, Some(piece))
            }
            _ => plain,
        },
        (Lead::Over | Lead::Within, Some(_)) if resolved.kind == TimeKind::Window => {
            (resolved.days, resolved.kind, Some(piece))
        }
        _ => plain,
    }
}

/// Words that look forward.
const AHEAD: [&str; 30] = [
    "will", "shall", "would", "could", "may", "might", "plan", "plans", "planning", "scheduled", "schedules",
    "expected", "due", "slated", "upcoming", "going", "ahead", "deadline", "forthcoming", "intends",
    "intend", "'ll", "’ll", "postponed", "delayed", "hopes", "tomorrow", "until", "expires", "expire",
];

/// Verbs in the past that draw what they tell of back with them: "appeared to be holding on Tuesday".
const DRAWING_BACK: [&str; 9] =
    ["appeared", "seemed", "continued", "began", "started", "managed", "failed", "refused", "tried"];

/// Forms of verbs that look back by themselves.
const BACK: [&str; 6] = ["said", "was", "were", "had", "told", "did"];

/// True for a weekday of the last two days: what is to come on that day is "next Monday's", unless it is for it.
pub fn has_just_been(pieces: &[Piece], found: &Found, published: Option<Date>) -> bool {
    let view = View { all: pieces };
    let (Meaning::Weekday(day, None), Some(published)) = (&found.meaning, published) else { return false };
    let since = (i64::from(published.weekday().to_monday_zero_offset()) - i64::from(*day)).rem_euclid(7);
    let awaited = matches!(view.before(found.start, 1), "for" | "as");
    (1..=2).contains(&since) && !awaited
}

/// True where the words nearest to the expression look forward.
pub fn ahead(sentence: &Sentence, text: &str, pieces: &[Piece], found: &Found) -> bool {
    let view = View { all: pieces };
    if !matches!(
        found.meaning,
        Meaning::Weekday(..)
            | Meaning::Date { .. }
            | Meaning::Season { .. }
            | Meaning::Clock { .. }
            | Meaning::UnitRel(..)
            | Meaning::Length { .. }
    ) {
        return false;
    }
    // "for Friday", "as soon as Tuesday"
    let soon = view.before(found.start, 1) == "as"
        && matches!(view.before(found.start, 2), "soon" | "early" | "late");
    // "by June 30" looks ahead unless the date has just passed
    if matches!(view.before(found.start, 1), "by" | "until" | "before")
        && matches!(found.meaning, Meaning::Date { year: None, .. })
    {
        return true;
    }
    if matches!(found.meaning, Meaning::Weekday(..)) && (soon || view.before(found.start, 1) == "for") {
        return true;
    }
    // "the worst since the 19 March attack"
    let the = usize::from(view.before(found.start, 1) == "the");
    if view.before(found.start, 1 + the) == "since" {
        return false;
    }
    let start = pieces[found.start].start as u32;
    let end = pieces[found.end - 1].end as u32;
    let first = sentence.tokens.partition_point(|t| t.span.end <= start);
    let after = sentence.tokens.partition_point(|t| t.span.start < end);
    let is = |i: usize, list: &[&str]| {
        sentence.tokens.get(i).is_some_and(|t| list.iter().any(|w| t.span.of(text).eq_ignore_ascii_case(w)))
    };
    // the verb nearest before decides; without one, the nearest after
    let looks = |i: usize| {
        let call = is(i, &["calls", "call", "urges"]) && is(i + 1, &["for"]);
        if call || is(i, &AHEAD) {
            return Some(true);
        }
        if is(i, &BACK) {
            return Some(false);
        }
        match sentence.tokens[i].xpos {
            // "is said to have left on Thursday"
            "VB" if i > 0 && is(i - 1, &["to"]) && is(i, &["have"]) => Some(false),
            "VB" if i > 1 && is(i - 1, &["to"]) && is(i - 2, &DRAWING_BACK) => Some(false),
            // "planned to leave on Thursday"
            "VB" if i > 0 && is(i - 1, &["to"]) => Some(true),
            "VBD" => Some(false),
            // "was hit" looks back, "will be hit" forward, "the town hit" back
            "VBN" => {
                let before = |list: &[&str]| (1..=3).any(|k| i >= k && is(i - k, list));
                if before(&["be"]) && before(&["will", "to", "would"]) {
                    return Some(true);
                }
                (!before(&["be", "to"]) && sentence.tokens[i].upos == Upos::Verb).then_some(false)
            }
            _ => None,
        }
    };
    let left = (first.saturating_sub(14)..first).rev().find_map(looks);
    let right = || (after..sentence.tokens.len().min(after + 12)).find_map(looks);
    let within = view.before(found.start, 1) == "within";
    left.or_else(right).unwrap_or(within)
}
