//! Dates of the calendar: "29 July 2016", "Feb. 23", "late May", "the summer of 1779", "the 1990s", Thursday.

use super::super::lexicon::{self, Unit};
use super::super::pieces::View;
use super::{Feast, Meaning, Read, Rel, Style};

/// Reads a date at `i`; `bounded` where "early" or the like stands before it.
pub(super) fn read(view: View, i: usize, style: Style, bounded: bool) -> Read {
    let best = [
        numeric(view, i),
        weekday(view, i),
        day_first(view, i),
        month_first(view, i, bounded),
        season(view, i, bounded),
        quarter(view, i),
        half(view, i),
        feast(view, i),
        part_of_day(view, i, style),
        decade(view, i, style),
        year_alone(view, i, style, bounded),
    ];
    best.into_iter().flatten().fold(
        None,
        |best: Option<(Meaning, Option<&'static str>, usize)>, c| match best {
            Some(b) if b.2 >= c.2 => Some(b),
            _ => Some(c),
        },
    )
}

pub(super) fn date(year: Option<i32>, month: Option<u8>, day: Option<u8>) -> Meaning {
    Meaning::Date { year, year_rel: None, month, day }
}

/// "2017-02-16", "02/16/2017", "16.02.2017".
fn numeric(view: View, i: usize) -> Read {
    let mark = view.at(i + 1);
    if !matches!(mark, "-" | "/" | ".") || view.at(i + 3) != mark {
        return None;
    }
    if !(0..4).all(|k| view.joined(i + k)) {
        return None;
    }
    let (a, b, c) = (view.number(i)?, view.number(i + 2)?, view.number(i + 4)?);
    let (width_a, width_c) = (view.at(i).len(), view.at(i + 4).len());
    let (year, month, day) = if width_a == 4 {
        (a, b, c)
    } else if width_c == 4 || (width_c == 2 && mark != ".") {
        let year = if width_c == 4 {
            c
        } else if c < 40 {
            2000 + c
        } else {
            1900 + c
        };
        // slashes are month first as in America, unless only the other way round makes a date
        if a > 12 || mark != "/" && b <= 12 { (year, b, a) } else { (year, a, b) }
    } else {
        return None;
    };
    let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..2200).contains(&year);
    fits.then_some((date(Some(year), Some(month as u8), Some(day as u8)), None, i + 5))
}

/// A day of the month: "5", "5th", "fifth"; and its end.
pub(super) fn day_number(view: View, i: usize) -> Option<(u8, usize)> {
    if let Some(n) = view.number(i) {
        let end =
            if view.joined(i) && matches!(view.at(i + 1), "st" | "nd" | "rd" | "th") { i + 2 } else { i + 1 };
        return ((1..=31).contains(&n) && view.at(i).len() <= 2).then_some((n as u8, end));
    }
    let n = lexicon::ordinal(view.at(i))?;
    Some((n as u8, i + 1))
}

/// A month at `i`, and its end ("Feb." with its point).
fn month_word(view: View, i: usize) -> Option<(u8, bool, usize)> {
    let (month, short) = lexicon::month(view.at(i))?;
    if !view.capital(i) {
        return None;
    }
    let end = if short && view.at(i + 1) == "." && view.joined(i) { i + 2 } else { i + 1 };
    Some((month, short, end))
}

/// A year at `i`: four digits, or a year before Christ; and its end.
fn year_number(view: View, i: usize) -> Option<(i32, usize)> {
    let n = view.number(i)?;
    if let Some(end) = bc(view, i + 1) {
        return (n <= 4000).then_some((-n, end));
    }
    if matches!(view.at(i + 1), "ad" | "ce") && view.capital(i + 1) {
        return (n <= 2100).then_some((n, i + 2));
    }
    (view.at(i).len() == 4 && (1000..=2100).contains(&n)).then_some((n, i + 1))
}

fn bc(view: View, i: usize) -> Option<usize> {
    (matches!(view.at(i), "bc" | "bce") && view.capital(i)).then_some(i + 1)
}

/// The year after a month or day: ", 2016", "2016", "of 2016", "of that year", "last year"; with its end.
pub(super) fn year_after(view: View, i: usize) -> (Option<i32>, Option<Rel>, usize) {
    let comma = usize::from(view.at(i) == ",");
    if let Some((year, end)) = year_number(view, i + comma) {
        // "May 2016 300 people", "July 2000 people": a year is not a count, and a count is not a year
        let counted = comma == 0
            && !view.capital(end)
            && matches!(view.at(end), "people" | "civilians" | "troops" | "soldiers" | "fighters");
        if !counted {
            return (Some(year), None, end);
        }
    }
    let of = usize::from(view.at(i) == "of");
    if of == 1
        && let Some((year, end)) = year_number(view, i + 1)
    {
        return (Some(year), None, end);
    }
    let rel = |from: usize| {
        [
            ("that same year", Rel::Same),
            ("that year", Rel::Same),
            ("the same year", Rel::Same),
            ("this year", Rel::This),
            ("last year", Rel::Last),
            ("next year", Rel::Next),
            ("the following year", Rel::Following),
            ("the next year", Rel::Following),
            ("the previous year", Rel::Previous),
        ]
        .into_iter()
        .find(|(phrase, _)| view.starts(from, phrase))
        .map(|(phrase, rel)| (rel, from + phrase.split(' ').count()))
    };
    match rel(i + of) {
        Some((rel, end)) if of == 1 || matches!(rel, Rel::Last | Rel::This | Rel::Next) => {
            (None, Some(rel), end)
        }
        _ => (None, None, i),
    }
}

/// "29 July 2016", "the 29th of July".
pub(super) fn day_first(view: View, i: usize) -> Read {
    let the = usize::from(view.at(i) == "the");
    let (day, mut end) = day_number(view, i + the)?;
    let of = usize::from(view.at(end) == "of");
    let word = lexicon::ordinal(view.at(i + the)).is_some();
    if word && of == 0 {
        return None;
    }
    let (month, _, after) = month_word(view, end + of)?;
    end = after;
    let (year, year_rel, end) = year_after(view, end);
    Some((Meaning::Date { year, year_rel, month: Some(month), day: Some(day) }, None, end))
}

/// "July 29, 2016", "Feb. 23", "July 2016", "July".
fn month_first(view: View, i: usize, bounded: bool) -> Read {
    let (month, short, end) = month_word(view, i)?;
    // "Jul 262016": texts that lost their commas glue day and year
    if let Some(n) = view.number(end).filter(|_| matches!(view.at(end).len(), 5 | 6)) {
        let (day, year) = (n / 10_000, n % 10_000);
        if (1..=31).contains(&day) && (1900..2100).contains(&year) {
            return Some((date(Some(year), Some(month), Some(day as u8)), None, end + 1));
        }
    }
    let the = usize::from(view.at(end) == "the");
    if let Some((day, after)) = day_number(view, end + the) {
        // "June 10 people" is no date, "May 2:30" neither
        let other = view.at(after) == ":" && view.joined(after);
        let word = lexicon::ordinal(view.at(end + the)).is_some();
        // "the end of May the Second Squadron": a capital begins a name
        if !other && (!word || the == 1 && !view.capital(end + the)) {
            let (year, year_rel, end) = year_after(view, after);
            return Some((Meaning::Date { year, year_rel, month: Some(month), day: Some(day) }, None, end));
        }
    }
    let (year, year_rel, after) = year_after(view, end);
    if year.is_some() || year_rel.is_some() {
        return Some((Meaning::Date { year, year_rel, month: Some(month), day: None }, None, after));
    }
    // bare: short forms and words that are also names or verbs want something before them
    let before = view.before(i, 1);
    let led = bounded
        || matches!(
            before,
            "in" | "of"
                | "since"
                | "by"
                | "until"
                | "till"
                | "during"
                | "from"
                | "to"
                | "last"
                | "next"
                | "this"
                | "for"
                | "and"
                | "between"
                | "through"
                | "before"
                | "after"
                | "late"
                | "early"
                | "mid"
                | "-"
                | "the"
                | "every"
                | "throughout"
                | "or"
                | "–"
                | "over"
                | "around"
                | "about"
                | "("
                | "previous"
                | "following"
        );
    let weak = short || matches!(view.at(i), "may" | "march" | "april" | "june" | "august");
    let month_name = !weak || led;
    // "the March on Rome", "Long March"
    let placed = matches!(
        before,
        "in" | "since" | "by" | "until" | "till" | "from" | "during" | "last" | "next" | "this"
    );
    let other = view.at(i) == "march"
        && !placed
        && (matches!(view.at(end), "on" | "to") || view.capital(i.wrapping_sub(1)));
    (month_name && !other).then_some((date(None, Some(month), None), None, end))
}

/// Nouns that a season stands before.
const SEASONAL: [&str; 9] = [
    "offensive", "campaign", "offensives", "counter", "counteroffensive", "fighting", "quarters", "break",
    "session",
];

/// "The summer of 1779", "spring 1917", "in winter".
fn season(view: View, i: usize, bounded: bool) -> Read {
    let the = usize::from(view.at(i) == "the");
    let at = i + the;
    // "the spring offensive": the season alone, without the article
    if the == 0
        && lexicon::season(view.at(at)).is_some()
        && SEASONAL.contains(&view.at(at + 1))
        && view.at(at) != "fall"
    {
        let season = lexicon::season(view.at(at))?;
        let (year, year_rel, _) = year_after(view, at + 2);
        return Some((Meaning::Season { year, year_rel, season }, None, at + 1));
    }
    if the == 1 && lexicon::season(view.at(at)).is_some() && SEASONAL.contains(&view.at(at + 1)) {
        return None;
    }
    let (at, edge) = if matches!(view.at(at), "early" | "late" | "mid" | "following") {
        (if view.at(at + 1) == "-" { at + 2 } else { at + 1 }, true)
    } else {
        (at, false)
    };
    let season = lexicon::season(view.at(at))?;
    let end = at + 1;
    let (year, year_rel, after) = year_after(view, end);
    let told = year.is_some() || year_rel.is_some();
    let word = view.at(at);
    let before = view.before(i, 1);
    let led = bounded
        || edge
        || the == 1
        || matches!(
            before,
            "in" | "by" | "since" | "until" | "during" | "of" | "this" | "that" | "through" | "and"
        );
    let fall = word == "fall"
        && !(led && !matches!(view.at(end), "of" | "in" | "from" | "into" | "to") && before != "of");
    let spring = word == "spring" && !led && !view.capital(at);
    if !told && (!led || fall || spring) {
        return None;
    }
    Some((Meaning::Season { year, year_rel, season }, None, if told { after } else { end }))
}

/// "The third quarter of 1989", "fiscal second quarter", "the latest quarter", "the quarter".
fn quarter(view: View, i: usize) -> Read {
    let the = usize::from(view.at(i) == "the");
    let fiscal = usize::from(view.at(i + the) == "fiscal");
    let from = i + the + fiscal;
    let quarter = match view.at(from) {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" | "final" => 4,
        "latest" if view.at(from + 1) == "quarter" => {
            return Some((Meaning::UnitRel(Unit::Quarter, Rel::Same), None, from + 2));
        }
        "quarter" if the == 1 && fiscal == 0 => {
            return Some((Meaning::UnitRel(Unit::Quarter, Rel::Same), None, from + 1));
        }
        _ => return None,
    };
    let dash = usize::from(view.at(from + 1) == "-");
    let at = from + 1 + dash;
    if view.at(at) != "quarter" {
        return None;
    }
    let (year, year_rel, end) = year_after(view, at + 1);
    Some((Meaning::Quarter { quarter, year, year_rel }, None, end))
}

/// "The first half of 1989", "the second half".
fn half(view: View, i: usize) -> Read {
    let the = usize::from(view.at(i) == "the");
    let half = match view.at(i + the) {
        "first" => 1,
        "second" | "latter" => 2,
        _ => return None,
    };
    let dash = usize::from(view.at(i + the + 1) == "-");
    let at = i + the + 1 + dash;
    if view.at(at) != "half" {
        return None;
    }
    let (year, year_rel, end) = year_after(view, at + 1);
    (year.is_some() || year_rel.is_some()).then_some((Meaning::Half { half, year, year_rel }, None, end))
}

fn feast(view: View, i: usize) -> Read {
    if !view.capital(i) {
        return None;
    }
    let (feast, end) = match view.at(i) {
        "christmas" if view.at(i + 1) == "eve" => (Feast::ChristmasEve, i + 2),
        "christmas" => (Feast::Christmas, i + 1),
        "thanksgiving" => (Feast::Thanksgiving, i + 1),
        "easter" => (Feast::Easter, i + 1),
        "election" if view.at(i + 1) == "day" => (Feast::ElectionDay, i + 2),
        "new" if view.at(i + 1) == "year" => {
            let s = if matches!(view.at(i + 2), "'" | "’") { i + 4 } else { i + 2 };
            match view.at(s) {
                "eve" => (Feast::NewYearsEve, s + 1),
                "day" => (Feast::NewYear, s + 1),
                _ => return None,
            }
        }
        _ => return None,
    };
    let end = if matches!(view.at(end), "day") { end + 1 } else { end };
    let (year, _, end) = year_after(view, end);
    Some((Meaning::Feast(feast, year), None, end))
}

/// "Thursday", "Thursday night", "Sun 10 Jul 2016", "Saturday, June 24, 1950".
fn weekday(view: View, i: usize) -> Read {
    let (day, short) = lexicon::weekday(view.at(i))?;
    if !view.capital(i) {
        return None;
    }
    let mut end = i + 1;
    if short && view.at(end) == "." && view.joined(i) {
        end += 1;
    }
    let comma = usize::from(view.at(end) == ",");
    for read in [month_first(view, end + comma, true), day_first(view, end + comma)] {
        if let Some((meaning @ Meaning::Date { day: Some(_), .. }, part, end)) = read {
            return Some((meaning, part, end));
        }
    }
    if short {
        return None;
    }
    // "Friday the 13th" is left; "Wednesday night"
    if let Some(part) = lexicon::part(view.at(end)) {
        return Some((Meaning::Weekday(day, None), Some(part), end + 1));
    }
    Some((Meaning::Weekday(day, None), None, end))
}

/// "The morning of 29 April 1975", "the night of Feb. 3", "the early morning hours of 30 April".
fn part_of_day(view: View, i: usize, style: Style) -> Read {
    let mut at = i;
    if matches!(view.at(at), "early" | "late") {
        at += 1;
        if matches!(view.at(at), "in" | "on") {
            at += 1;
        }
    }
    if view.at(at) == "the" {
        at += 1;
    }
    if matches!(view.at(at), "early" | "late") {
        at += 1;
    }
    let part = lexicon::part(view.at(at))?;
    at += 1;
    if view.at(at) == "hours" {
        at += 1;
    }
    if !matches!(view.at(at), "of" | "on") {
        return None;
    }
    at += 1;
    let inner = [weekday(view, at), day_first(view, at), month_first(view, at, true), numeric(view, at)]
        .into_iter()
        .flatten()
        .max_by_key(|c| c.2)
        .or_else(|| super::relative::read(view, at, style))?;
    let is_day = matches!(
        inner.0,
        Meaning::Date { day: Some(_), .. }
            | Meaning::Weekday(..)
            | Meaning::DayRel(_)
            | Meaning::UnitRel(Unit::Day, _)
    );
    is_day.then_some((inner.0, Some(part), inner.2))
}

/// "The 1990s", "the late 1960s", "the 470s BC", "the 19th century".
fn decade(view: View, i: usize, style: Style) -> Read {
    let the = usize::from(view.at(i) == "the");
    let mut at = i + the;
    if matches!(view.at(at), "early" | "late" | "mid") {
        at += if view.at(at + 1) == "-" { 2 } else { 1 };
    }
    if let Some(n) = view.number(at) {
        let joined = view.joined(at);
        if joined && matches!(view.at(at + 1), "th" | "st" | "nd" | "rd") {
            return century(view, at + 2, n);
        }
        let s = if joined && view.at(at + 1) == "s" {
            at + 2
        } else if joined
            && matches!(view.at(at + 1), "'" | "’")
            && view.joined(at + 1)
            && view.at(at + 2) == "s"
        {
            at + 3
        } else {
            return None;
        };
        if n % 10 != 0 {
            return None;
        }
        if let Some(end) = bc(view, s) {
            return Some((Meaning::Decade(-n), None, end));
        }
        return match view.at(at).len() {
            4 => Some((Meaning::Decade(n), None, s)),
            3 if style.bc => Some((Meaning::Decade(-n), None, s)),
            2 if the == 1 || view.before(i, 1) == "'" => Some((Meaning::Decade(1900 + n), None, s)),
            _ => None,
        };
    }
    let n = lexicon::ordinal(view.at(at))?;
    century(view, at + 1, n)
}

fn century(view: View, i: usize, n: i32) -> Read {
    let at = if view.at(i) == "-" { i + 1 } else { i };
    if view.at(at) != "century" || !(3..=21).contains(&n) {
        return None;
    }
    match bc(view, at + 1) {
        Some(end) => Some((Meaning::Century(-n), None, end)),
        None => Some((Meaning::Century(n - 1), None, at + 1)),
    }
}

/// Words before a bare number that make a year of it.
const YEAR_LEADS: [&str; 26] = [
    "in", "since", "by", "of", "from", "until", "till", "during", "before", "after", "late", "early", "mid",
    "between", "through", "throughout", "to", "around", "circa", "ca", "about", "and", "(", "-", "–",
    "around",
];

/// Words after a bare number that make a count of it.
const COUNTED: [&str; 34] = [
    "people", "civilians", "troops", "soldiers", "fighters", "men", "women", "children", "militants",
    "rebels", "refugees", "families", "residents", "homes", "houses", "prisoners", "others", "hours", "gmt",
    "hrs", "bst", "utc", "million", "billion", "percent", "dead", "wounded", "injured", "km", "kilometres",
    "kilometers", "miles", "metres", "meters",
];

/// "2012", "490 BC"; a bare number is a year only where its surroundings allow it.
fn year_alone(view: View, i: usize, style: Style, bounded: bool) -> Read {
    let fiscal = usize::from(view.at(i) == "fiscal");
    let circa =
        if matches!(view.at(i), "ca" | "c" | "circa") { 1 + usize::from(view.at(i + 1) == ".") } else { 0 };
    let at = i + fiscal + circa;
    if let Some((year, end)) = year_number(view, at) {
        if year < 0 {
            return Some((date(Some(year), None, None), None, end));
        }
        if circa > 0 {
            return Some((date(Some(year), None, None), None, end));
        }
        let before = view.before(i, 1);
        let glued = i > 0 && view.joined(i - 1);
        let bad = (glued && matches!(before, "$" | "£" | "€" | "#" | "." | "," | ":" | "@" | "_" | "&"))
            || (glued
                && before == "-"
                && !matches!(view.before(i, 2), "mid" | "early" | "late" | "pre" | "post")
                && view.before(i, 2).parse::<i32>().is_err())
            || (view.joined(at)
                && matches!(view.at(end), "," | "." | ":")
                && view.joined(end)
                && view.number(end + 1).is_some())
            || (view.joined(at) && matches!(view.at(end), "s" | "th" | "%" | "k" | "m" | "km" | "kg"))
            || matches!(
                before,
                "resolution"
                    | "resolutions"
                    | "no"
                    | "number"
                    | "least"
                    | "than"
                    | "some"
                    | "nearly"
                    | "over"
                    | "almost"
                    | "approximately"
                    | "roughly"
            )
            || COUNTED.contains(&view.at(end));
        if bad {
            return None;
        }
        let recent = (1900..=2035).contains(&year);
        let led = bounded || YEAR_LEADS.contains(&before);
        // "1500 Iraqi soldiers": a round number before a plural is a count
        let round = year % 50 == 0 && !(led || matches!(before, "the"));
        if !(led || (recent && !round) || (style.history && year >= 1400 && !round)) {
            return None;
        }
        return Some((date(Some(year), None, None), None, end));
    }
    // a bare year before Christ, in a text that tells such years
    let n = view.number(i)?;
    let led = matches!(
        view.before(i, 1),
        "in" | "of" | "by" | "since" | "until" | "from" | "during" | "between" | "after"
    );
    (style.bc && led && view.at(i).len() == 3 && !COUNTED.contains(&view.at(i + 1))).then_some((
        date(Some(-n), None, None),
        None,
        i + 1,
    ))
}
