//! What stands around a time expression: the preposition that makes a window of it, and whether the sentence speaks
//! of what is to come.

use holdfire_types::{Days, Sentence, Upos};

use super::TimeKind;
use super::frame::Frame;
use super::grammar::{Found, Meaning};
use super::pieces::{Piece, View};
use super::resolve::{self, Resolved};

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
    /// "To" or a dash after the expression before: the two bound one stretch.
    Joined,
}

/// The lead of the expression that begins at piece `start`, and the piece it stands at.
pub fn find(pieces: &[Piece], start: usize, before: Option<&Found>) -> Option<(Lead, usize)> {
    let view = View { all: pieces };
    let word = view.before(start, 1);
    let at = start.checked_sub(1)?;
    if let Some(before) = before
        && before.end <= at
        && at - before.end <= 1
    {
        let open = matches!(view.before(before.start, 1), "from" | "between");
        let dated = matches!(before.meaning, Meaning::Date { .. } | Meaning::Weekday(..) | Meaning::Season { .. });
        let joins = match word {
            "to" | "-" | "–" | "—" | "until" | "till" | "through" => true,
            "and" => open && view.before(before.start, 1) == "between",
            _ => false,
        };
        if joins && dated && before.end == at {
            return Some((Lead::Joined, at));
        }
    }
    let lead = match word {
        "since" => Lead::Since,
        "until" | "till" | "through" | "by" => Lead::Until,
        "from" => Lead::From,
        "after" => Lead::Since,
        "in" | "over" | "within" | "during" | "for" => Lead::Over,
        _ => return None,
    };
    Some((lead, at))
}

/// Days and kind of an expression with its lead, and the piece of the lead where it counts.
pub fn days(
    resolved: &Resolved,
    lead: Option<(Lead, usize)>,
    frame: &Frame,
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
            (Some(Days { from: days.from, to: None }), TimeKind::Window, Some(piece))
        }
        (Lead::Over, None) => match (resolved.length, published) {
            (Some((much, unit)), Some(published)) => {
                let days = resolve::window(published, much, unit, true);
                (days, TimeKind::Duration, Some(piece))
            }
            _ => plain,
        },
        (Lead::Over, Some(_)) if resolved.kind == TimeKind::Window => (resolved.days, resolved.kind, Some(piece)),
        _ => plain,
    }
}

/// Words that look forward.
const AHEAD: [&str; 32] = [
    "will", "shall", "would", "could", "may", "might", "plan", "plans", "planning", "scheduled", "schedules", "expected",
    "due", "slated", "upcoming", "going", "ahead", "deadline", "forthcoming", "intends", "intend", "'ll", "’ll",
    "postponed", "delayed", "urges", "calls", "proposed", "proposes", "hopes", "tomorrow", "until",
];

/// Forms of verbs that look back by themselves.
const BACK: [&str; 6] = ["said", "was", "were", "had", "told", "did"];

/// True where the words nearest to the expression look forward.
pub fn ahead(sentence: &Sentence, text: &str, pieces: &[Piece], found: &Found) -> bool {
    let view = View { all: pieces };
    if !matches!(
        found.meaning,
        Meaning::Weekday(..) | Meaning::Date { .. } | Meaning::Season { .. } | Meaning::Clock { .. } | Meaning::UnitRel(..)
    ) {
        return false;
    }
    // "for Friday", "as soon as Tuesday"
    let soon = view.before(found.start, 1) == "as" && matches!(view.before(found.start, 2), "soon" | "early" | "late");
    if matches!(found.meaning, Meaning::Weekday(..)) && (soon || view.before(found.start, 1) == "for") {
        return true;
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
        if is(i, &AHEAD) {
            return Some(true);
        }
        if is(i, &BACK) {
            return Some(false);
        }
        match sentence.tokens[i].xpos {
            "VBD" => Some(false),
            // "was hit" looks back, "will be hit" forward, "the town hit" back
            "VBN" => {
                let open = (1..=3).any(|k| i >= k && is(i - k, &["be", "will", "to", "being"]));
                (!open && sentence.tokens[i].upos == Upos::Verb).then_some(false)
            }
            _ => None,
        }
    };
    let left = (first.saturating_sub(14)..first).rev().find_map(looks);
    let right = || (after..sentence.tokens.len().min(after + 12)).find_map(looks);
    left.or_else(right).unwrap_or(false)
}
