//! The head of a page that ran into its text: the day it was posted, and its headline again.
//!
//! Pages taken over as plain text often begin "July 18 2014 Army shells town The army shelled ...": a stamp, the headline of
//! the line above once more, and only then the story. Each is a piece by itself, or the sentence behind it cannot be read.

use holdfire_types::Span;

/// A headline of fewer words may stand in a sentence by chance.
const HEADLINE_WORDS: usize = 5;
/// A stamp stands in a paragraph before this one.
const STAMPED: usize = 2;
/// A place in capitals has at least so many letters; what is shorter may be an acronym.
const DATELINE: usize = 6;
/// What a stamp may hold beside the parts of a date.
const CALLED: &[&str] =
    &["posted", "published", "updated", "issued", "released", "last", "date", "publication"];
/// What may stand between its parts.
const BETWEEN: &[&str] = &["on", "at", "of"];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The pieces of `paragraphs`, each with the number of its paragraph: where a stamp or the headline stands in front of a story
/// without a line end, it is a piece of its own. No word is lost.
pub fn pieces(text: &str, paragraphs: &[Span]) -> Vec<(usize, Span)> {
    let headline = paragraphs.first().map(|first| first.of(text)).filter(|line| is_headline(line));
    // a page has one stamp; a chronicle has one a paragraph, and they date what it tells
    let stamps =
        paragraphs.iter().skip(1).filter(|p| headline.is_some() && stamp(p.of(text)) > 0).take(2).count();
    let mut out = Vec::with_capacity(paragraphs.len());
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let body = paragraph.of(text);
        let ends = headline
            .filter(|_| number > 0)
            .map_or_else(Vec::new, |h| ends(body, h, number < STAMPED && stamps < 2));
        let mut from = 0;
        for to in ends.into_iter().chain([body.len()]) {
            let piece = body[from..to].trim();
            if !piece.is_empty() {
                let start = paragraph.start as usize + from + body[from..to].find(piece).unwrap_or_default();
                out.push((number, Span::new(start, start + piece.len())));
            }
            from = to;
        }
    }
    out
}

fn is_headline(line: &str) -> bool {
    !line.contains('\n') && line.split_whitespace().count() >= HEADLINE_WORDS
}

/// Where what stands in front of the story ends: a stamp, what comes before the headline, the headline, a stamp behind it.
fn ends(body: &str, headline: &str, stamped: bool) -> Vec<usize> {
    let after = |at: usize| if stamped { at + stamp(&body[at..]) } else { at };
    let stamp_end = after(0);
    let mut ends = vec![stamp_end];
    // a headline in quotation marks is spoken of
    let told = |at: &usize| !body[..*at].ends_with(['"', '“', '\'', '‘']);
    if let Some(at) = body.find(headline).filter(told) {
        // a headline may begin with a date itself
        if at < stamp_end {
            ends.clear();
        }
        let end = at + headline.len();
        let end = end + usize::from(body[end..].starts_with('.'));
        ends.extend([at, end, after(end)]);
    }
    ends
}

/// Length of a stamp at the start of `text` that a new sentence follows: "Posted on Aug. 3 2016", "Wed 01 Oct 2014 at 14:59",
/// "AFP Monday 18 Aug 2014", "21-06-2016"; 0 for none.
fn stamp(text: &str) -> usize {
    let (mut end, mut day, mut month) = (0, false, false);
    for (n, word) in text.split_whitespace().enumerate() {
        let behind = word.as_ptr() as usize - text.as_ptr() as usize + word.len();
        let plain = word.trim_matches([',', '.', ':', '(', ')']).to_lowercase();
        let is = |list: &[&str]| list.contains(&plain.as_str());
        let begins = |list: &[&str]| plain.get(..3).is_some_and(|w| list.contains(&w));
        if end > 0 {
            match plain.as_str() {
                "at" => {}
                time if is_time(time) => end = behind,
                _ => break,
            }
        } else if (day && month && is_year(&plain)) || (month && is_glued(&plain)) || is_date(&plain) {
            end = behind;
        } else if plain.len() < 3 && plain.parse::<u8>().is_ok() {
            day = true;
        } else if begins(MONTHS) {
            month = true;
        } else if !(begins(WEEKDAYS) || is(CALLED) || (n > 0 && is(BETWEEN)) || (n == 0 && is_capital(word)))
        {
            return 0;
        }
    }
    // "Jul 262016 BEIRUT Rebels shelled": the place of the dateline
    let mut rest = text[end..].split_whitespace();
    if let (true, Some(place), Some(next)) = (end > 0, rest.next(), rest.next())
        && place.len() >= DATELINE
        && is_capital(place)
        && next.starts_with(char::is_uppercase)
        && !is_capital(next)
    {
        end = place.as_ptr() as usize - text.as_ptr() as usize + place.len();
    }
    let opens = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“');
    if text[end..].trim_start().starts_with(opens) { end } else { 0 }
}

/// All capitals, as agencies and the places of datelines are.
fn is_capital(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
}

/// "262016", the 26th of 2016, of a text that lost its marks.
fn is_glued(word: &str) -> bool {
    matches!(word.len(), 5 | 6)
        && word.chars().all(|c| c.is_ascii_digit())
        && is_year(&word[word.len() - 4..])
}

/// "21-06-2016", "2016/06/21".
fn is_date(word: &str) -> bool {
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    parts.len() == 3 && parts.iter().all(|p| p.parse::<u16>().is_ok()) && parts.iter().any(|p| is_year(p))
}

/// "14:59", "1459", "145900".
fn is_time(word: &str) -> bool {
    matches!(word.len(), 4..=8) && word.chars().all(|c| c.is_ascii_digit() || c == ':')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paragraphs;

    fn told(text: &str) -> Vec<&str> {
        pieces(text, &paragraphs(text)).into_iter().map(|(_, span)| span.of(text)).collect()
    }

    #[test]
    fn stamp_and_headline_stand_by_themselves() {
        let line = "Army shells two towns near Marran";
        let story = "The army shelled two towns on Friday, residents said.";
        for (head, pieces) in [
            (format!("July 18 2014 {line} "), vec!["July 18 2014", line]),
            (
                format!("Sat Feb 28 2015 190703 {line}. "),
                vec!["Sat Feb 28 2015 190703", "Army shells two towns near Marran."],
            ),
            (
                format!("Posted on August 3 2016 by Jo Marn {line} "),
                vec!["Posted on August 3 2016 by Jo Marn", line],
            ),
            (format!("{line} AFP Monday 18 Aug 2014 "), vec![line, "AFP Monday 18 Aug 2014"]),
            ("Published June 11 2016 ".to_owned(), vec!["Published June 11 2016"]),
            ("Last updated at Jul 262016 ".to_owned(), vec!["Last updated at Jul 262016"]),
            ("July 18 2014 MARRAN ".to_owned(), vec!["July 18 2014 MARRAN"]),
            ("21-06-2016 ".to_owned(), vec!["21-06-2016"]),
        ] {
            let text = format!("{line}\n{head}{story}");
            let wanted: Vec<&str> = [line].into_iter().chain(pieces).chain([story]).collect();
            assert_eq!(told(&text), wanted, "{text}");
        }
    }

    #[test]
    fn a_headline_that_begins_with_a_date_is_one_piece() {
        let line = "12 May 2015 Army shells two towns";
        let text = format!("{line}\n{line} The army shelled two towns.");
        assert_eq!(told(&text), [line, line, "The army shelled two towns."]);
    }

    #[test]
    fn the_dates_of_a_chronicle_stay_with_what_they_date() {
        let text =
            "The war in Marran day by day\n12 May 2015 Rebels seized Ain.\n14 May 2015 Jets struck Ain.";
        assert_eq!(told(text).len(), 3);
    }

    #[test]
    fn a_date_in_a_sentence_is_no_stamp() {
        for story in [
            "On 3 August 2016 rebels shelled the town.",
            "On 3 August 2016 Syrian troops shelled the town.",
            "3 August 2016 was quiet.",
            "A film called \"Army shells two towns near Marran\" was shown.",
            "August 2016 Marran offensive ended.",
        ] {
            let text = format!("Army shells two towns near Marran\n{story}");
            assert_eq!(told(&text).len(), 2, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost(parts in proptest::collection::vec(0usize..8, 1..24)) {
            let of = ["Posted on Aug. 3 2016", "12 May 2015", "Army shells two towns near Ain", "12 May 2015 Army shells two towns", "\n", "AFP", "“é”", "He left."];
            let text = parts.iter().map(|&p| of[p]).collect::<Vec<_>>().join(" ");
            let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let kept: Vec<String> = told(&text).into_iter().flat_map(words).collect();
            proptest::prop_assert_eq!(kept, words(&text));
        }
    }
}
