//! The day of publication, from the text itself: a date at its head, or days and dates that settle it together.

use jiff::civil::Date;

use holdfire_types::{FoundIn, Published, Report, Sentence, Span};

use crate::times::{Clue, clues};

/// How far into the text its head reaches, in bytes.
const HEAD: u32 = 700;

/// The day of publication: the one the report carries, else one told at its head, else one reckoned from its text.
pub fn infer(report: &Report, sentences: &[Sentence]) -> Option<Published> {
    if report.published.is_some() {
        return report.published.clone();
    }
    let clues = clues(&report.text, sentences);
    head(&report.text, &clues).or_else(|| reckoned(&report.text, &clues))
}

/// Longest line that is still a dateline, in bytes.
const LINE: usize = 60;

/// Words before a date that call it the date of publication.
const CALLED: [&str; 8] =
    ["published", "updated", "date of publication", "date", "posted", "issued", "released", "publication"];

/// A whole date at the head of the text, in the place of a dateline: called so, on a line of its own, or before the
/// first words of the story.
fn head(text: &str, clues: &[Clue]) -> Option<Published> {
    let whole = |clue: &&Clue| clue.date.is_some() && clue.span.start < HEAD;
    let found =
        |clue: &Clue| Some(Published { date: clue.date?, found: FoundIn::Dateline, span: Some(clue.span) });
    clues
        .iter()
        .filter(whole)
        .find(|clue| called(text, clue.span))
        .or_else(|| clues.iter().filter(whole).find(|clue| alone(text, clue.span)))
        .and_then(found)
        .or_else(|| {
            let ends = clues.iter().filter(whole).find(|clue| ends_period(text, clue.span))?;
            Some(Published { date: ends.date?, found: FoundIn::Inferred, span: Some(ends.span) })
        })
}

/// "Week of 3-9 March 2019" on a line of its own: a bulletin comes when its days are over.
fn ends_period(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].rsplit('\n').next().unwrap_or("");
    let after = text[span.end as usize..].lines().next().unwrap_or("");
    let runs = before.trim_end().ends_with(['-', '–', '—'])
        || ["to", "until", "and"].iter().any(|link| before.trim_end().ends_with(&format!(" {link}")));
    runs && before.len() < LINE
        && before.contains(|c: char| c.is_ascii_digit())
        && after.chars().all(|c| !c.is_alphanumeric())
}

fn called(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].trim_end_matches([' ', ':', '-', '|']).to_lowercase();
    let before = [" on", " at"].iter().find_map(|link| before.strip_suffix(link)).unwrap_or(&before);
    before.ends_with("(as of")
        || CALLED
            .iter()
            .any(|word| before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// "ADEN, Yemen, Dec. 22, 2018 - ": the date ends a dateline of places at the start of a line.
fn ends_dateline(line: &str, after: &str) -> bool {
    let places = line.len() < LINE
        && line.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('))
        && line.split_whitespace().next().is_some_and(|word| {
            word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.contains(char::is_lowercase)
        });
    places && after.trim_start_matches([' ', ')']).starts_with(['-', '–', '—', '(', ':'])
}

/// True where the date stands at the start of a line, or after an agency's name, and no running text leads to it.
fn alone(text: &str, span: Span) -> bool {
    let line = text[..span.start as usize].rsplit('\n').next().unwrap_or("");
    let rest = &text[span.end as usize..];
    let after = rest.chars().next();
    let ends_line = after.is_none_or(|c| c == '\n') && line.len() < LINE;
    let before = line.trim_end();
    // the word before is no preposition: "killed on 5 July 2015" tells an event
    let last = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    let told = matches!(
        last.as_str(),
        "on" | "in"
            | "since"
            | "until"
            | "by"
            | "of"
            | "from"
            | "after"
            | "before"
            | "the"
            | "to"
            | "between"
            | "and"
    );
    let word = before.rsplit(' ').next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric());
    let agency = word.len() >= 2 && word.chars().all(char::is_uppercase);
    // "the summit of 24-25 March" is no dash before a dateline
    let range = line.ends_with(['-', '–']) && last.chars().any(|c| c.is_ascii_digit());
    !told
        && !range
        && (before.is_empty()
            || ends_line
            || agency
            || ends_dateline(before, rest)
            || before.ends_with(['(', '|', '-', '–', '—', ':']))
}

/// Most days between the date of the news and the weekday that its report calls it by.
const FRESH: i64 = 1;

/// The day that the text's own days and dates settle together: the weekday of the news, in the week that a date puts it
/// in. Without a weekday nothing is settled: the last date of a text may be long past, or still to come.
fn reckoned(text: &str, clues: &[Clue]) -> Option<Published> {
    let year = clues.iter().filter_map(|c| c.date.or(c.month)).max()?.year();
    let weekday = main_weekday(clues)?;
    let settled = |from: Date, days: i64, span: Span| {
        let date =
            (0..days).filter_map(|n| crate::times::shift(from, n)).find(|d| weekday_of(*d) == weekday)?;
        Some(Published { date, found: FoundIn::Inferred, span: Some(span) })
    };
    // "next week ... Feb. 23" puts publication into the week before the date
    for clue in clues {
        if let (Some(weeks), Some((month, day))) = (clue.week, clue.month_day)
            && let Some(date) = near(year, month, day, clues)
            && let Some(monday) = crate::times::monday(date)
            && let Some(from) = crate::times::shift(monday, -7 * weeks)
        {
            return settled(from, 7, clue.span);
        }
    }
    // "Thursday, Feb. 16" or a caption's date: the last whole date that is past is the day of the news
    let past = |c: &&Clue| !c.ahead && !bounds(text, c.span);
    let last = clues.iter().filter(past).filter_map(|c| Some((c.date?, c.span))).max()?;
    settled(last.0, FRESH + 1, last.1)
}

/// "Since 7 October 2023": a date that only begins or ends a stretch of days is no day of the news.
fn bounds(text: &str, span: Span) -> bool {
    let word = text[..span.start as usize].split_whitespace().next_back().unwrap_or("");
    ["since", "from", "until", "till", "before", "between"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// A day and month in the year that its text speaks of, or the year after where the text has moved past it.
fn near(year: i16, month: u8, day: u8, clues: &[Clue]) -> Option<Date> {
    let latest = clues.iter().filter_map(|c| c.date).max();
    let this = Date::new(year, month as i8, day as i8).ok()?;
    match latest {
        Some(latest) if this < latest => Date::new(year + 1, month as i8, day as i8).ok(),
        _ => Some(this),
    }
}

fn weekday_of(date: Date) -> u8 {
    date.weekday().to_monday_zero_offset() as u8
}

/// The weekday that the text names first and plainly: that of the news.
fn main_weekday(clues: &[Clue]) -> Option<u8> {
    let mut counts = [0_usize; 7];
    let mut first = None;
    for day in clues.iter().filter(|c| !c.ahead).filter_map(|c| c.weekday) {
        counts[day as usize % 7] += 1;
        first = first.or(Some(day));
    }
    let most = counts.iter().max().copied().filter(|n| *n > 0)?;
    // the first named wins a tie, and the most named the rest
    first.filter(|d| counts[*d as usize] == most).or_else(|| (0..7).find(|d| counts[*d as usize] == most))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::plain::sentences;

    fn inferred(text: &str) -> Option<(Date, FoundIn)> {
        let report = Report::new("sample", text);
        infer(&report, &sentences(text)).map(|p| (p.date, p.found))
    }

    #[test]
    fn a_date_at_the_head_is_the_dateline() {
        let dateline = |y, m, d| Some((date(y, m, d), FoundIn::Dateline));
        assert_eq!(
            inferred("Raids hit the city\n\nSun 10 Jul 2016 Raids hit the city at dawn."),
            dateline(2016, 7, 10)
        );
        assert_eq!(inferred("Raids hit the city\n\n29 Jul 2016\n\nPlanes struck."), dateline(2016, 7, 29));
        assert_eq!(
            inferred("Raids hit\n\nPosted on August 3 2016 by a writer. Planes struck."),
            dateline(2016, 8, 3)
        );
        assert_eq!(
            inferred("VARAN, Nuristan, Dec. 22, 2018 - The truce held on Saturday."),
            dateline(2018, 12, 22)
        );
        assert_eq!(
            inferred("Daily Report 24/2021 issued on 1 February 2021\n\nThe mission saw guns."),
            dateline(2021, 2, 1)
        );
        assert_eq!(inferred("Raids hit\n\nLast updated at Jul 262016 Planes struck."), dateline(2016, 7, 26));
    }

    #[test]
    fn days_and_dates_settle_the_day_together() {
        let text = "Envoys of both sides met on Thursday to talk of the truce. Talks between the parties will open next week, \
                    on Feb. 23. [Caption: Delegates at the earlier round, Jan. 23, 2017.]";
        assert_eq!(inferred(text), Some((date(2017, 2, 16), FoundIn::Inferred)));
    }

    #[test]
    fn a_date_since_which_something_goes_on_is_no_day_of_the_news() {
        let text =
            "Raids killed two people on Saturday. Raids have killed 4,000 people since 7 October 2023.";
        assert_eq!(inferred(text), None);
    }

    #[test]
    fn a_bulletin_of_some_days_is_of_the_last() {
        let text = "Weekly summary\nWeek of 3-9 March 2019\n\nThe commission met on 6 March.";
        assert_eq!(inferred(text), Some((date(2019, 3, 9), FoundIn::Inferred)));
        let text = "Bulletin for 28 February to 6 March 2019\n\nThe commission met twice.";
        assert_eq!(inferred(text), Some((date(2019, 3, 6), FoundIn::Inferred)));
    }

    #[test]
    fn a_text_without_a_year_has_no_day() {
        assert_eq!(inferred("Envoys met on Thursday. Talks open next week."), None);
    }
}
