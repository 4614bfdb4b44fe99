//! The forms that time expressions take, read over [`super::pieces`]; what they mean is settled in
//! [`super::resolve`].

mod clock;
mod dates;
mod lengths;
mod ranges;
mod relative;

use super::calendar::Season;
use super::lexicon::{self, Unit};
use super::pieces::{Piece, View};

/// Part of a stretch that is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// "The beginning of", "the start of".
    Start,
    /// "Early".
    Early,
    /// "Earlier this month": up to publication.
    Earlier,
    /// "Mid-", "the middle of".
    Mid,
    /// "Later this month": from publication on.
    Later,
    /// "Late".
    Late,
    /// "The end of".
    End,
}

/// How a unit stands to the time spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rel {
    /// The one in which the text was published.
    This,
    /// The one before publication.
    Last,
    /// The one after publication.
    Next,
    /// The one before the time last told.
    Previous,
    /// The one after the time last told.
    Following,
    /// The one last told.
    Same,
}

/// How much of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Much {
    /// A number.
    N(f64),
    /// "Several", "a few", or a bare plural.
    Some,
}

/// What an expression says, before it is known when it was said.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Parts of a calendar date, as far as they are given.
    Date {
        /// Year; negative before Christ (490 BC is -490).
        year: Option<i32>,
        /// The year in the text's own terms ("of that year").
        year_rel: Option<Rel>,
        /// Month.
        month: Option<u8>,
        /// Day of the month.
        day: Option<u8>,
    },
    /// A season.
    Season {
        /// Year.
        year: Option<i32>,
        /// The year in the text's own terms.
        year_rel: Option<Rel>,
        /// Which.
        season: Season,
    },
    /// A quarter of a year.
    Quarter {
        /// 1 to 4.
        quarter: u8,
        /// Year.
        year: Option<i32>,
        /// The year in the text's own terms.
        year_rel: Option<Rel>,
    },
    /// A half of a year.
    Half {
        /// 1 or 2.
        half: u8,
        /// Year.
        year: Option<i32>,
        /// The year in the text's own terms.
        year_rel: Option<Rel>,
    },
    /// First year of ten.
    Decade(i32),
    /// Number of a century less one (18 for the nineteenth); negative before Christ.
    Century(i32),
    /// A day of the week, 0 Monday.
    Weekday(u8, Option<Rel>),
    /// A month told by its place ("last October").
    MonthRel(u8, Rel),
    /// A season told by its place ("last summer").
    SeasonRel(Season, Rel),
    /// A unit told by its place ("this week", "the following day").
    UnitRel(Unit, Rel),
    /// Days from publication: "yesterday" is -1.
    DayRel(i64),
    /// "Three days ago" (`now`), "two days later" (not `now`); the sign is in `back`.
    Offset {
        /// How many.
        much: Much,
        /// Of what.
        unit: Unit,
        /// Towards the past.
        back: bool,
        /// From publication, not from the time last told.
        now: bool,
    },
    /// A stretch up to or from publication: "the past 24 hours", "the next three months".
    Window {
        /// How many.
        much: Much,
        /// Of what.
        unit: Unit,
        /// Towards the past.
        back: bool,
    },
    /// A length.
    Length {
        /// How many.
        much: Much,
        /// Of what.
        unit: Unit,
    },
    /// "Every week".
    Set {
        /// Of what.
        unit: Unit,
        /// A rate ("per day").
        rate: bool,
    },
    /// A feast, by month and day where they are fixed.
    Feast(Feast, Option<i32>),
    /// A time of day on some day.
    Clock {
        /// "04:30".
        time: String,
        /// The day, where it is told.
        on: Option<Box<Meaning>>,
    },
    /// TimeML's `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Ref(&'static str),
}

/// Feasts that papers date by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// 25 December.
    Christmas,
    /// 24 December.
    ChristmasEve,
    /// 1 January.
    NewYear,
    /// 31 December.
    NewYearsEve,
    /// Easter Sunday.
    Easter,
    /// Fourth Thursday of November.
    Thanksgiving,
    /// Tuesday after the first Monday of November.
    ElectionDay,
}

/// An expression found, by its pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// First piece.
    pub start: usize,
    /// One past the last piece.
    pub end: usize,
    /// What it says.
    pub meaning: Meaning,
    /// The part of it that is meant.
    pub edge: Option<Edge>,
    /// Part of the day, in TimeML's letters.
    pub part: Option<&'static str>,
}

/// What a rule returns: the meaning, the part of day, and the end.
pub(super) type Read = Option<(Meaning, Option<&'static str>, usize)>;

/// The style that forms are read in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Style {
    /// A history: bare years are many, and "former" and "now" count.
    pub history: bool,
    /// Years before Christ have been told.
    pub bc: bool,
}

/// Reads the pieces from left to right; the longest form at a place wins.
pub fn find(pieces: &[Piece], style: Style) -> Vec<Found> {
    let view = View { all: pieces };
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        match ranges::halves(view, i, style, found.last()).or_else(|| at(view, i, style)) {
            Some(f) if f.end > i => {
                i = f.end;
                found.push(f);
            }
            _ => i += 1,
        }
    }
    lend_years(view, &mut found);
    found
}

/// "April and June 1955", "spring and summer of 1943", "15 September - 5 October 1951": the year stands once.
fn lend_years(view: View, found: &mut [Found]) {
    for k in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(k);
        let (first, second) = (&mut before[k - 1], &rest[0]);
        let joint = second.start == first.end + 1
            && matches!(view.at(first.end), "and" | "to" | "or" | "-" | "–" | "—" | "/");
        let later = match second.meaning {
            Meaning::Date { year: Some(year), month: Some(month), .. } => Some((year, month)),
            Meaning::Season { year: Some(year), season, .. } => Some((year, season.first_month())),
            _ => None,
        };
        let (Some((year, month)), true) = (later, joint) else { continue };
        match &mut first.meaning {
            Meaning::Date { year: own @ None, year_rel: None, month: Some(m), .. } => {
                *own = Some(if *m > month { year - 1 } else { year });
            }
            Meaning::Season { year: own @ None, year_rel: None, season } => {
                *own = Some(if season.first_month() > month { year - 1 } else { year });
            }
            _ => {}
        }
    }
}

/// The expression that begins at piece `i`.
fn at(view: View, i: usize, style: Style) -> Option<Found> {
    let (edge, from) = edge(view, i).map_or((None, i), |(e, f)| (Some(e), f));
    let read = core(view, from, style, edge.is_some());
    if let (Some(_), None) = (edge, &read) {
        // "early in the morning of 29 April": the edge belongs to the part of the day
        return core(view, i, style, false).map(|(meaning, part, end)| Found {
            start: i,
            end,
            meaning,
            edge: None,
            part,
        });
    }
    let (meaning, part, end) = read?;
    Some(Found { start: i, end, meaning, edge, part })
}

/// "Early", "late", "mid-", "the end of": the edge and where what it bounds begins.
fn edge(view: View, i: usize) -> Option<(Edge, usize)> {
    let the = usize::from(view.at(i) == "the");
    let at = i + the;
    let (edge, mut next) = match view.at(at) {
        "early" => (Edge::Early, at + 1),
        "earlier" => (Edge::Earlier, at + 1),
        "late" => (Edge::Late, at + 1),
        "later" => (Edge::Later, at + 1),
        "mid" | "middle" => (Edge::Mid, at + 1),
        "beginning" | "start" | "opening" if the == 1 => (Edge::Start, at + 1),
        "end" | "close" if the == 1 => (Edge::End, at + 1),
        _ => return None,
    };
    match view.at(at) {
        "middle" | "beginning" | "start" | "opening" | "end" | "close" => {
            if view.at(next) != "of" {
                return None;
            }
            next += 1;
        }
        "early" | "late" => {
            if view.at(next) == "in" || view.at(next) == "on" {
                next += 1;
            } else if view.at(next) == "part" && view.at(next + 1) == "of" {
                next += 2;
            } else if view.at(next) == "-" {
                next += 1;
            }
        }
        "mid" if view.at(next) == "-" => next += 1,
        "earlier" | "later" => {
            if !matches!(view.at(next), "this" | "that" | "in" | "on" | "last" | "the") {
                return None;
            }
            if matches!(view.at(next), "in" | "on") {
                next += 1;
            }
        }
        _ => {}
    }
    Some((edge, next))
}

/// Every form but the edges.
fn core(view: View, i: usize, style: Style, bounded: bool) -> Read {
    let candidates = [
        clock::read(view, i, style),
        dates::read(view, i, style, bounded),
        relative::read(view, i, style),
        lengths::in_a_row(view, i),
        lengths::read(view, i),
        lengths::placed(view, i, style),
        words(view, i, style),
    ];
    // the longest; of equals, the first
    candidates.into_iter().flatten().fold(None, |best: Option<(Meaning, Option<&'static str>, usize)>, c| {
        match best {
            Some(b) if b.2 >= c.2 => Some(b),
            _ => Some(c),
        }
    })
}

/// "Now", "daily", "in the future".
fn words(view: View, i: usize, style: Style) -> Read {
    let set = |unit, end| Some((Meaning::Set { unit, rate: false }, None, end));
    let vague = |what, end| Some((Meaning::Ref(what), None, end));
    match view.at(i) {
        "right" if view.at(i + 1) == "now" && style.history => vague("PRESENT_REF", i + 2),
        "now" | "currently" | "nowadays" | "current" => vague("PRESENT_REF", i + 1),
        "present" if view.starts(i, "present - day") => vague("PRESENT_REF", i + 3),
        "the"
            if view.at(i + 1) == "present"
                && view.at(i + 2) != "government"
                && !view.starts(i, "the present day") =>
        {
            None
        }
        "the" if view.starts(i, "the present day") => vague("PRESENT_REF", i + 3),
        "former" if style.history => vague("PAST_REF", i + 1),
        "recently" => vague("PAST_REF", i + 1),
        "recent" if lexicon::unit(view.at(i + 1)).is_none() => vague("PAST_REF", i + 1),
        "future" if style.history => vague("FUTURE_REF", i + 1),
        "the" if matches!(view.at(i + 1), "future") => vague("FUTURE_REF", i + 2),
        "the" if view.at(i + 1) == "near" && view.at(i + 2) == "future" => vague("FUTURE_REF", i + 3),
        "daily" => set(Unit::Day, i + 1),
        "weekly" => set(Unit::Week, i + 1),
        "monthly" => set(Unit::Month, i + 1),
        "annually" | "yearly" => set(Unit::Year, i + 1),
        "hourly" => set(Unit::Hour, i + 1),
        "per" => {
            let (unit, plural) = lexicon::unit(view.at(i + 1))?;
            (!plural).then_some((Meaning::Set { unit, rate: true }, None, i + 2))
        }
        // a history's nights are of no certain day
        "night" | "nights" if style.history && view.before(i, 1) != "the" => vague("XXXX-XX-XXTNI", i + 1),
        "daytime" if style.history => vague("XXXX-XX-XXTDT", i + 1),
        "at" if view.starts(i, "at this time") => vague("PRESENT_REF", i + 3),
        "every" | "each" => {
            let (unit, plural) = lexicon::unit(view.at(i + 1))?;
            (!plural).then_some((Meaning::Set { unit, rate: false }, None, i + 2))
        }
        _ => None,
    }
}

/// A number before a unit, in digits or words, "a", "a few", "several"; and where it ends.
pub(super) fn much(view: View, i: usize) -> Option<(Much, usize)> {
    if let Some(n) = view.number(i) {
        let mut value = f64::from(n);
        let mut end = i + 1;
        if view.at(end) == "." && view.joined(i) && view.joined(end) && view.number(end + 1).is_some() {
            value = format!("{n}.{}", view.at(end + 1)).parse().unwrap_or(value);
            end += 2;
        } else if view.at(end) == "," && view.joined(i) && view.joined(end) && view.at(end + 1).len() == 3 {
            value = value * 1000.0 + f64::from(view.number(end + 1)?);
            end += 2;
        }
        if view.at(end + 1) == "/" && view.number(end).is_some() && view.at(end + 2) == "2" {
            value += 0.5;
            end += 3;
        }
        return Some((Much::N(value), end));
    }
    let tens = |word: &str| lexicon::cardinal(word);
    if let Some(n) = tens(view.at(i)) {
        let next = if view.at(i + 1) == "-" { i + 2 } else { i + 1 };
        let (mut n, mut end) = match tens(view.at(next)) {
            Some(ones) if n >= 20 && ones < 10 => (n + ones, next + 1),
            _ => (n, i + 1),
        };
        if view.at(end) == "hundred" {
            n *= 100;
            end += 1;
        }
        if view.at(end) == "and" && view.at(end + 1) == "a" && view.at(end + 2) == "half" {
            return Some((Much::N(f64::from(n) + 0.5), end + 3));
        }
        return Some((Much::N(f64::from(n)), end));
    }
    Some(match view.at(i) {
        "a" | "an" => match view.at(i + 1) {
            "few" | "number" | "matter" | "series" => {
                let end = if view.at(i + 2) == "of" { i + 3 } else { i + 2 };
                if view.at(i + 1) != "few" && view.at(i + 2) != "of" {
                    return None;
                }
                (Much::Some, end)
            }
            "couple" => {
                let end = if view.at(i + 2) == "of" { i + 3 } else { i + 2 };
                (Much::N(2.0), end)
            }
            "dozen" => (Much::N(12.0), i + 2),
            "hundred" => (Much::N(100.0), i + 2),
            "thousand" => (Much::N(1000.0), i + 2),
            "half" => (Much::N(0.5), i + 2),
            "single" | "full" | "whole" => (Much::N(1.0), i + 2),
            _ => (Much::N(1.0), i + 1),
        },
        "half" if matches!(view.at(i + 1), "a" | "an") => (Much::N(0.5), i + 2),
        "several" | "few" | "many" | "numerous" | "some" => (Much::Some, i + 1),
        "dozens" if view.at(i + 1) == "of" => (Much::Some, i + 2),
        _ => return None,
    })
}
