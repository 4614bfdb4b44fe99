//! Days as records and pages write them.

use jiff::civil::Date;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Years that a report can come from. Pages carry placeholders ("0001-01-01", "1970-01-01").
const YEARS: std::ops::RangeInclusive<i16> = 1971..=2199;

/// The day of an ISO date or date-time ("2017-02-16", "2017-02-16T23:10:00+03:00": the day where it was written).
pub fn iso(text: &str) -> Option<Date> {
    let text = text.trim();
    let (day, rest) = text.split_at_checked(10)?;
    if !(rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
        return None;
    }
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    checked(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The day of whatever a page's metadata writes: ISO, mail style ("Thu, 16 Feb 2017 10:00:00 GMT"), or plain English
/// with the month as a word ("February 16, 2017"). Days written as numbers alone ("02/03/2017") are not guessed.
pub fn loose(text: &str) -> Option<Date> {
    if let Some(date) = iso(text) {
        return Some(date);
    }
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(12).collect();
    let at = words.iter().position(|w| month(w).is_some())?;
    let month = month(words[at])?;
    let number = |i: Option<usize>| words.get(i?)?.trim_end_matches(char::is_alphabetic).parse::<i16>().ok();
    let (before, after, later) = (number(at.checked_sub(1)), number(Some(at + 1)), number(Some(at + 2)));
    let is_day = |n: &i16| (1..=31).contains(n);
    match (before.filter(is_day), after, later) {
        (Some(day), Some(year), _) if YEARS.contains(&year) => checked(year, month, day as i8),
        (_, Some(day), Some(year)) if is_day(&day) => checked(year, month, day as i8),
        _ => None,
    }
}

/// The number of a month, from its name or the first letters of it.
fn month(word: &str) -> Option<i8> {
    const FULL: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november", "december",
    ];
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|short| word.starts_with(short))?;
    (FULL[at].starts_with(&word) || word == "sept").then_some(at as i8 + 1)
}

fn checked(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok())?
}

#[cfg(test)]
mod tests {
    use super::{iso, loose};
    use jiff::civil::date;

    #[test]
    fn iso_days_are_read_and_nothing_else_is() {
        assert_eq!(iso("2017-02-16"), Some(date(2017, 2, 16)));
        assert_eq!(iso(" 2017-02-16T23:10:00+03:00 "), Some(date(2017, 2, 16)));
        for wrong in ["2017-02-30", "0001-01-01", "16.02.2017", "2017-2-16", "2017-02-16x", "", "2017-02-1é"]
        {
            assert_eq!(iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_with_a_month_as_a_word_are_read() {
        let day = Some(date(2017, 2, 16));
        for text in [
            "Thu, 16 Feb 2017 10:00:00 GMT",
            "February 16, 2017",
            "16 February 2017 at 09:30",
            "Feb. 16th, 2017",
            "Thursday 16 Feb 2017",
        ] {
            assert_eq!(loose(text), day, "{text}");
        }
        for text in ["02/03/2017", "Tue Nov 19", "march on Damascus", "May 2017", "31 Feb 2017"] {
            assert_eq!(loose(text), None, "{text}");
        }
    }
}
