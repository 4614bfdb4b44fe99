//! Times told from elsewhere: "yesterday", "last week", "the following day", "three days ago", "the past 24 hours".

use super::super::lexicon::{self, Unit};
use super::super::pieces::View;
use super::{Meaning, Much, Read, Rel, Style, much};

/// Reads a relative time at `i`.
pub(super) fn read(view: View, i: usize, style: Style) -> Read {
    let best = [days(view, i), placed(view, i, style), offset(view, i), window(view, i)];
    best.into_iter().flatten().fold(
        None,
        |best: Option<(Meaning, Option<&'static str>, usize)>, c| match best {
            Some(b) if b.2 >= c.2 => Some(b),
            _ => Some(c),
        },
    )
}

/// "Today", "yesterday morning", "last night", "this evening".
fn days(view: View, i: usize) -> Read {
    let with_part = |offset: i64, end: usize| match lexicon::part(view.at(end)) {
        Some(part) => Some((Meaning::DayRel(offset), Some(part), end + 1)),
        None => Some((Meaning::DayRel(offset), None, end)),
    };
    match view.at(i) {
        "year" if view.at(i + 1) == "-" && view.at(i + 2) == "end" => {
            Some((Meaning::UnitRel(Unit::Year, Rel::This), None, i + 3))
        }
        // "the year-earlier period", "a year-ago"
        "year" if view.at(i + 1) == "-" && matches!(view.at(i + 2), "earlier" | "ago") => Some((
            Meaning::Offset { much: Much::N(1.0), unit: Unit::Year, back: true, now: true },
            None,
            i + 3,
        )),
        "the" | "a"
            if view.at(i + 1) == "year"
                && view.at(i + 2) == "-"
                && matches!(view.at(i + 3), "earlier" | "ago") =>
        {
            let end = if matches!(view.at(i + 4), "period" | "quarter" | "month") { i + 5 } else { i + 4 };
            Some((Meaning::Offset { much: Much::N(1.0), unit: Unit::Year, back: true, now: true }, None, end))
        }
        "the" if view.at(i + 1) == "weekend" => {
            Some((Meaning::UnitRel(Unit::Weekend, Rel::This), None, i + 2))
        }
        "month" | "year"
            if matches!(view.at(i + 1), "'" | "’") && view.at(i + 2) == "s" && view.at(i + 3) == "end" =>
        {
            let unit = if view.at(i) == "month" { Unit::Month } else { Unit::Year };
            Some((Meaning::UnitRel(unit, Rel::Same), None, i + 4))
        }
        // "the end of the month"
        "the"
            if matches!(view.before(i, 1), "of")
                && matches!(view.before(i, 2), "end" | "start" | "beginning" | "middle") =>
        {
            let (unit, plural) = lexicon::unit(view.at(i + 1))?;
            (!plural && matches!(unit, Unit::Week | Unit::Month | Unit::Year)).then_some((
                Meaning::UnitRel(unit, Rel::Same),
                None,
                i + 2,
            ))
        }
        "overnight" => Some((Meaning::DayRel(-1), Some("NI"), i + 1)),
        "today" => with_part(0, i + 1),
        "yesterday" => with_part(-1, i + 1),
        "tomorrow" => with_part(1, i + 1),
        "tonight" => Some((Meaning::DayRel(0), Some("NI"), i + 1)),
        "last" if view.at(i + 1) == "night" => Some((Meaning::DayRel(-1), Some("NI"), i + 2)),
        "last" if view.at(i + 1) == "evening" => Some((Meaning::DayRel(-1), Some("EV"), i + 2)),
        "this" => lexicon::part(view.at(i + 1)).map(|part| (Meaning::DayRel(0), Some(part), i + 2)),
        "the" if view.starts(i, "the day before yesterday") => Some((Meaning::DayRel(-2), None, i + 4)),
        "the" if view.starts(i, "the day after tomorrow") => Some((Meaning::DayRel(2), None, i + 4)),
        _ => None,
    }
}

/// The word that places a unit, and its end.
fn rel(view: View, i: usize) -> Option<(Rel, usize, bool)> {
    let the = usize::from(view.at(i) == "the");
    let at = i + the;
    let rel = match view.at(at) {
        "this" | "current" => Rel::This,
        "last" | "past" if the == 0 => Rel::Last,
        "next" | "coming" if the == 0 => Rel::Next,
        "last" | "past" => Rel::Last,
        "next" | "following" | "ensuing" | "subsequent" => Rel::Following,
        "coming" => Rel::Next,
        "previous" | "preceding" | "prior" => Rel::Previous,
        "that" if view.at(at + 1) == "same" => return Some((Rel::Same, at + 2, true)),
        "same" | "that" => Rel::Same,
        _ => return None,
    };
    if view.at(at) == "this" && view.at(at + 1) == "same" {
        return Some((Rel::Same, at + 2, true));
    }
    let end = if matches!(view.at(at + 1), "very" | "coming" | "past")
        && lexicon::unit(view.at(at + 2)).is_some()
    {
        at + 2
    } else {
        at + 1
    };
    Some((rel, end, the == 1))
}

/// "This week", "the following day", "last October", "next Friday", "the same night".
fn placed(view: View, i: usize, style: Style) -> Read {
    let (rel, at, the) = rel(view, i)?;
    if let Some((unit, false)) = lexicon::unit(view.at(at)) {
        // "the last day of the war", "the next hour": lengths, not places
        if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
            return match rel {
                Rel::Last | Rel::Next | Rel::Following => {
                    Some((Meaning::Length { much: Much::N(1.0), unit }, None, at + 1))
                }
                _ => None,
            };
        }
        if the && matches!(view.at(i + 1), "past" | "last" | "coming") {
            let back = view.at(i + 1) != "coming";
            // "the last day of" something is a day of that thing
            if view.at(at + 1) == "of" {
                let of = super::dates::read(view, at + 2, style, true)
                    .filter(|(meaning, _, _)| style.history && matches!(meaning, Meaning::Date { .. }));
                return Some((
                    Meaning::Length { much: Much::N(1.0), unit },
                    None,
                    of.map_or(at + 1, |(_, _, end)| end),
                ));
            }
            return Some((Meaning::Window { much: Much::N(1.0), unit, back }, None, at + 1));
        }
        let part = lexicon::part(view.at(at + 1)).filter(|_| unit == Unit::Day);
        let end = if part.is_some() { at + 2 } else { at + 1 };
        // "that year's", "the same year" are told alike; "that day" in a report of the day is rarely more than "then"
        return Some((Meaning::UnitRel(unit, rel), part, end));
    }
    if let Some((month, short)) = lexicon::month(view.at(at))
        && !short
        && view.capital(at)
    {
        return Some((Meaning::MonthRel(month, rel), None, at + 1));
    }
    if let Some((day, short)) = lexicon::weekday(view.at(at))
        && !short
        && view.capital(at)
    {
        let part = lexicon::part(view.at(at + 1));
        return Some((Meaning::Weekday(day, Some(rel)), part, at + 1 + usize::from(part.is_some())));
    }
    if let Some(season) = lexicon::season(view.at(at)) {
        let noun = view.at(at) != "fall" || view.at(at + 1) != "of";
        return noun.then_some((Meaning::SeasonRel(season, rel), None, at + 1));
    }
    if let Some(part) = lexicon::part(view.at(at)) {
        let rel = if matches!(rel, Rel::Next) { Rel::Following } else { rel };
        return matches!(rel, Rel::Following | Rel::Same | Rel::Previous).then_some((
            Meaning::UnitRel(Unit::Day, rel),
            Some(part),
            at + 1,
        ));
    }
    if style.history && view.at(at) == "time" && view.at(i) == "this" && view.before(i, 1) != "by" {
        return Some((Meaning::Ref("PRESENT_REF"), None, at + 1));
    }
    None
}

/// Where the words before a number of units end that round or bound it.
pub(super) fn rounder(view: View, i: usize) -> usize {
    const ROUND: [&str; 22] = [
        "more than", "less than", "fewer than", "at least", "at most", "up to", "no more than",
        "no less than", "as many as", "as little as", "close to", "well over", "just under", "just over",
        "over", "almost", "about", "around", "some", "nearly", "roughly", "approximately",
    ];
    // longest phrases stand first
    ROUND.iter().find(|p| view.starts(i, p)).map_or(i, |p| i + p.split(' ').count())
}

/// "Three days ago", "two days later", "a year earlier".
fn offset(view: View, i: usize) -> Read {
    let from = rounder(view, i);
    let (much, at) = match much(view, from) {
        Some((much, at)) => (much, at),
        // "months ago", "hours later"
        None => (Much::Some, from),
    };
    let at = if view.at(at) == "more" { at + 1 } else { at };
    let (unit, _) = lexicon::unit(view.at(at))?;
    let (back, now) = match view.at(at + 1) {
        "ago" => (true, true),
        "earlier" | "previously" => (true, false),
        "before" | "prior" if matches!(view.at(at + 2), "" | "." | "," | ";" | ")" | "and" | "in" | "at") => {
            (true, false)
        }
        "later" | "afterwards" | "afterward" | "thereafter" | "hence" => (false, false),
        "after" if matches!(view.at(at + 2), "." | "," | "") => (false, false),
        "from" if view.at(at + 2) == "now" => {
            return Some((Meaning::Offset { much, unit, back: false, now: true }, None, at + 3));
        }
        _ => return None,
    };
    Some((Meaning::Offset { much, unit, back, now }, None, at + 2))
}

/// "The past 24 hours", "the last few days", "the next three months", "recent weeks".
fn window(view: View, i: usize) -> Read {
    let the = usize::from(matches!(view.at(i), "the" | "these" | "this" | "his" | "its" | "their"));
    let at = i + the;
    let back = match view.at(at) {
        "past" | "last" | "previous" | "preceding" | "recent" => true,
        "next" | "coming" | "following" | "ensuing" => false,
        _ => return None,
    };
    // "the last two days of the siege" is a length
    let (amount, next) = match much(view, at + 1) {
        Some((m, n)) => (m, n),
        None => (Much::Some, at + 1),
    };
    let next = if view.at(next) == "-" { next + 1 } else { next };
    let (unit, plural) = lexicon::unit(view.at(next))?;
    if !plural && (!matches!(amount, Much::N(_)) || next == at + 1) {
        return None;
    }
    if view.at(next + 1) == "of" || (matches!(view.at(at), "following" | "preceding" | "previous")) {
        return Some((Meaning::Length { much: amount, unit }, None, next + 1));
    }
    Some((Meaning::Window { much: amount, unit, back }, None, next + 1))
}
