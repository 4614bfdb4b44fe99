//! Lengths: "three weeks", "an eight-hour", "several months", "18 years old", "month-long".

use super::super::lexicon::{self, Unit};
use super::super::pieces::View;
use super::relative::rounder;
use super::{Meaning, Much, Read, Style, much};

/// "The nine months", "the first nine months", "the last two weeks of February 1951", "the final years".
pub(super) fn placed(view: View, i: usize, style: Style) -> Read {
    let the = usize::from(view.at(i) == "the");
    // "the 14-day siege": the length is "14-day"
    if the == 1 && (i + 1..i + 4).any(|t| view.at(t) == "-") {
        return None;
    }
    let at = i + the;
    let first = matches!(
        view.at(at),
        "first" | "last" | "final" | "opening" | "early" | "initial" | "next" | "entire" | "whole" | "same"
    );
    if !first && (the == 0 || style.history || much(view, at).is_none()) {
        return None;
    }
    let (amount, at) = much(view, at + usize::from(first)).unwrap_or((Much::Some, at + usize::from(first)));
    let at = if view.at(at) == "-" { at + 1 } else { at };
    let (unit, plural) = lexicon::unit(view.at(at))?;
    let age = view.at(at + 1) == "-" && view.at(at + 2) == "old";
    if age || !plural && !matches!(amount, Much::N(_)) {
        return None;
    }
    let end = at + 1;
    // histories are marked with the month or year that the stretch is of
    if style.history
        && view.at(end) == "of"
        && let Some((Meaning::Date { .. }, _, after)) = super::dates::read(view, end + 1, style, true)
    {
        return Some((Meaning::Length { much: amount, unit }, None, after));
    }
    Some((Meaning::Length { much: amount, unit }, None, end))
}

/// "For the fourth day in a row", "the second consecutive night": the days from the first of them on.
pub(super) fn in_a_row(view: View, i: usize) -> Read {
    let nth = lexicon::ordinal(view.at(i + 1)).filter(|n| view.at(i) == "the" && *n > 1)?;
    let told_before = matches!(view.at(i + 2), "consecutive" | "straight" | "successive");
    let at = i + 2 + usize::from(told_before);
    if !matches!(view.at(at), "day" | "night") {
        return None;
    }
    let told_after =
        if view.starts(at + 1, "in a row") { 3 } else { usize::from(view.at(at + 1) == "running") };
    let running = told_before || told_after > 0 || view.before(i, 1) == "for";
    let meaning = Meaning::Window { much: Much::N(f64::from(nth - 1)), unit: Unit::Day, back: true };
    running.then_some((meaning, None, at + 1 + told_after))
}

/// Reads a length at `i`.
pub(super) fn read(view: View, i: usize) -> Read {
    let from = rounder(view, i);
    // "a month-long siege": the length is "month-long"
    if matches!(view.at(i), "a" | "an")
        && lexicon::unit(view.at(i + 1)).is_some()
        && view.at(i + 2) == "-"
        && view.at(i + 3) == "long"
    {
        return None;
    }
    let (amount, at) = match much(view, from) {
        Some((m, at)) => (m, at),
        None => (Much::Some, from),
    };
    let counted = at > from;
    let dash = usize::from(view.at(at) == "-");
    let at = at + dash;
    let at = if counted
        && matches!(
            view.at(at),
            "more" | "full" | "whole" | "straight" | "consecutive" | "long" | "additional"
        ) {
        at + 1
    } else {
        at
    };
    // "two or three days", "six to seven weeks"
    if counted
        && dash == 0
        && matches!(view.at(at), "or" | "to")
        && let Some((_, after)) = much(view, at + 1)
        && lexicon::unit(view.at(after)).is_some_and(|(_, plural)| plural)
    {
        let (unit, _) = lexicon::unit(view.at(after))?;
        return Some((Meaning::Length { much: amount, unit }, None, after + 1));
    }
    let (unit, plural) = lexicon::unit(view.at(at))?;
    // "three quarters of the town", "the crew's quarters"
    if unit == Unit::Quarter {
        return None;
    }
    let mut end = at + 1;
    let long = view.at(end) == "-" && view.at(end + 1) == "long" || view.joined(at) && view.at(end) == "long";
    if !counted {
        // "weeks" by itself is a length; "day" by itself only in "day-long"
        if long {
            let much = if plural { Much::Some } else { Much::N(1.0) };
            return Some((
                Meaning::Length { much, unit },
                None,
                end + if view.at(end) == "-" { 2 } else { 1 },
            ));
        }
        let led =
            plural && from == i && !matches!(view.before(i, 1), "the" | "these" | "those" | "-" | "'" | "’");
        return (led || plural && from > i).then_some((
            Meaning::Length { much: Much::Some, unit },
            None,
            end,
        ));
    }
    // "a day" and "a year" after a count are rates as often as lengths; both are marked
    if !plural && matches!(amount, Much::Some) {
        return None;
    }
    if !plural && dash == 0 && !matches!(amount, Much::N(n) if n <= 1.0) && view.at(at) != "hundred" {
        // "five year low", "100 year war": without the hyphen
        return Some((Meaning::Length { much: amount, unit }, None, end));
    }
    // an age is no time of the text ("a 12-year-old boy")
    if view.at(end) == "-" && view.at(end + 1) == "old" {
        let of_war = matches!(view.at(end + 2), "war" | "conflict" | "uprising" | "insurgency" | "rebellion");
        return of_war.then_some((Meaning::Length { much: amount, unit }, None, end + 2));
    }
    if view.at(end) == "old" {
        end += 1;
    } else if long {
        end += if view.at(end) == "-" { 2 } else { 1 };
    }
    Some((Meaning::Length { much: amount, unit }, None, end))
}
