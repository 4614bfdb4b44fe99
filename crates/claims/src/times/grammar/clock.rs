//! Times of day: "7:45 p.m.", "11:30", "1600 GMT", "noon on Friday".

use super::super::pieces::View;
use super::{Meaning, Read, Style, dates, relative};

/// Reads a time of day at `i`, with the day after it where one stands there.
pub(super) fn read(view: View, i: usize, style: Style) -> Read {
    let (time, mut end) = time(view, i)?;
    while matches!(
        view.at(end),
        "gmt" | "edt" | "est" | "cet" | "utc" | "bst" | "pdt" | "pst" | "cst" | "eest"
    ) {
        end += 1;
    }
    if view.starts(end, "local time") {
        end += 2;
    }
    let on = usize::from(matches!(view.at(end), "on" | "," | "of"));
    let at = end + on;
    let day = dates::read(view, at, style, false).or_else(|| relative::read(view, at, style)).filter(
        |(meaning, _, _)| {
            matches!(meaning, Meaning::Date { day: Some(_), .. } | Meaning::Weekday(..) | Meaning::DayRel(_))
        },
    );
    match day {
        // "11 a.m. on 11 November" is two expressions, "9 a.m. Tuesday" one
        Some((day, _, after)) => {
            let end = if on == 1 { end } else { after };
            Some((Meaning::Clock { time, on: Some(Box::new(day)) }, None, end))
        }
        None => Some((Meaning::Clock { time, on: None }, None, end)),
    }
}

/// "HH:MM" and where it ends.
fn time(view: View, i: usize) -> Option<(String, usize)> {
    match view.at(i) {
        "noon" | "midday" => return Some(("12:00".to_owned(), i + 1)),
        "midnight" => return Some(("24:00".to_owned(), i + 1)),
        _ => {}
    }
    let n = view.number(i)?;
    let (hour, minute, mut end) = if view.at(i + 1) == ":"
        && view.joined(i)
        && view.joined(i + 1)
        && view.at(i + 2).len() == 2
        && view.at(i).len() <= 2
    {
        (n, view.number(i + 2)?, i + 3)
    } else if view.at(i).len() == 4
        && (matches!(view.at(i + 1), "gmt" | "hrs" | "hours" | "utc" | "bst")
            || view.starts(i + 1, "local time"))
    {
        (n / 100, n % 100, i + if matches!(view.at(i + 1), "hrs" | "hours") { 2 } else { 1 })
    } else {
        (n, -1, i + 1)
    };
    let half = match view.at(end) {
        "am" | "pm" => {
            let half = view.at(end) == "pm";
            end += 1;
            Some(half)
        }
        "a" | "p" if view.at(end + 1) == "." && view.at(end + 2) == "m" && view.joined(end) => {
            let half = view.at(end) == "p";
            // the last point is the sentence's where nothing follows it
            end += if view.at(end + 3) == "." { 4 } else { 3 };
            Some(half)
        }
        _ => None,
    };
    let joined_colon = minute < 0 && half.is_none();
    if joined_colon || !(0..=24).contains(&hour) || minute > 59 {
        return None;
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    if matches!(view.at(end), "hrs" | "hours") && half.is_none() {
        end += 1;
    }
    Some((format!("{hour:02}:{:02}", minute.max(0)), end))
}
