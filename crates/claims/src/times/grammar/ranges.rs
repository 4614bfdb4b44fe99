//! Ranges of dates whose halves lean on each other: "26-30 November", "March 5-9, 1918", "1915-17".

use super::super::lexicon;
use super::super::pieces::View;
use super::dates::{date, day_first, day_number, year_after};
use super::{Found, Meaning, Style};

/// Halves of a range that lean on the other: "26-30 November", "the 13th to the 19th of October", "March 5-9, 1918",
/// "1915-17".
pub(super) fn halves(view: View, i: usize, style: Style, before: Option<&Found>) -> Option<Found> {
    let joint = |k: usize| matches!(view.at(k), "-" | "–" | "—" | "to" | "and" | "/");
    let the = usize::from(view.at(i) == "the");
    let n = view.number(i + the)?;
    let plain = |meaning, end| Some(Found { start: i, end, meaning, edge: None, part: None });
    if let Some((n, end)) = day_number(view, i + the) {
        // the first half: "26" of "26-30 November"
        if joint(end)
            && let Some((Meaning::Date { year, year_rel, month, day: Some(day) }, _, _)) =
                day_first(view, end + 1)
            && n < day
        {
            return plain(Meaning::Date { year, year_rel, month, day: Some(n) }, end);
        }
        // the second half: "9, 1918" of "March 5-9, 1918"
        if the == 0
            && let Some(Found {
                end: joined,
                meaning: Meaning::Date { month: Some(month), day: Some(day), year: None, .. },
                ..
            }) = before
            && *joined + 1 == i
            && joint(*joined)
            && n > *day
            && lexicon::month(view.at(end)).is_none()
        {
            let (year, year_rel, end) = year_after(view, end);
            return plain(Meaning::Date { year, year_rel, month: Some(*month), day: Some(n) }, end);
        }
    }
    // "1915-17"
    if the == 0
        && view.at(i).len() == 2
        && let Some(Found {
            end,
            meaning: Meaning::Date { year: Some(year), month: None, day: None, .. },
            ..
        }) = before
        && *end + 1 == i
        && matches!(view.at(*end), "-" | "–" | "/")
        && view.joined(i - 1)
        && !(view.joined(i) && matches!(view.at(i + 1), "-" | "–"))
        && n > year % 100
        && (style.history || n > 12)
    {
        return plain(date(Some(year - year % 100 + n), None, None), i + 1);
    }
    None
}
