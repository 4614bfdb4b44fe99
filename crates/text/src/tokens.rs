//! Words of English text as Universal Dependencies cuts them.
//!
//! Contractions are two words ("do" + "n't"), hyphens stand alone but after a few prefixes ("non-state"), numbers with
//! their commas and points are one. Nothing but white space is left out, and nothing is changed.

use holdfire_types::Span;

/// Byte order mark and zero-width space part words and are none.
const BOM: char = '\u{feff}';
const ZERO_WIDTH: char = '\u{200b}';

/// Prefixes that keep their hyphen (counted in the EWT and GUM treebanks).
const PREFIXES: &[&str] = &[
    "non", "e", "anti", "re", "co", "pre", "pro", "mid", "cross", "post", "over", "semi", "multi", "ex",
    "sub", "counter", "mini", "socio", "inter", "intra", "micro", "un", "arch",
];

/// Ends of contractions that are words of their own, longest first.
const CLITICS: &[&str] =
    &["n't", "n’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'s", "’s", "'m", "’m", "'d", "’d"];

/// Whole words written together.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("gotta", 3),
    ("wanna", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
];

/// Abbreviations whose point belongs to them.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "cpt", "sgt", "cmdr", "brig", "adm",
    "gov", "sen", "rep", "rev", "hon", "st", "jr", "sr", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
    "inc", "co", "corp", "ltd", "vs", "etc", "no", "vol", "fig", "al", "dept", "est", "approx", "ave",
    "blvd", "rd", "mt", "ft", "pp", "op", "cit", "ed", "eds", "min", "max", "messrs", "pres",
];

/// True when `word` (without its point) is an abbreviation that takes one: "Gen", "Feb", "U.N", "a.m", a single capital.
pub fn is_abbreviation(word: &str) -> bool {
    let lower = word.to_lowercase();
    if ABBREVIATIONS.contains(&lower.as_str()) {
        return lower != "no" || word == "No";
    }
    let mut letters = 0;
    for part in word.split('.') {
        let mut chars = part.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_alphabetic() => letters += 1,
            _ => return false,
        }
    }
    letters > 1 || word.chars().all(char::is_uppercase)
}

/// The words of `text`, in order.
pub fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut start = None;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || c == BOM || c == ZERO_WIDTH {
            if let Some(from) = start.take() {
                chunk(text, from, at, &mut out);
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        chunk(text, from, text.len(), &mut out);
    }
    out
}

/// One stretch without white space.
fn chunk(text: &str, mut from: usize, mut to: usize, out: &mut Vec<Span>) {
    if is_address(&text[from..to]) {
        let end = from
            + text[from..to].trim_end_matches(['.', ',', ')', ';', ':', '"', '”', '>', ']', '?', '!']).len();
        if end > from {
            out.push(Span::new(from, end));
            from = end;
        }
    }
    // punctuation before the word
    while let Some(c) = text[from..to].chars().next() {
        let end = from + c.len_utf8();
        let stays = c.is_alphanumeric()
            || (end < to && matches!(c, '\'' | '’') && clitic_follows(&text[from..to]))
            || (c == '.' && text[end..to].starts_with(|d: char| d.is_ascii_digit()))
            || (matches!(c, '@' | '#') && text[end..to].starts_with(char::is_alphabetic));
        if stays {
            break;
        }
        let run = same_run(&text[from..to], c);
        out.push(Span::new(from, from + run));
        from += run;
    }
    // punctuation after it, pushed back to front
    let mut tail = Vec::new();
    while let Some(c) = text[from..to].chars().next_back() {
        if c.is_alphanumeric() {
            break;
        }
        let mut begin = to - c.len_utf8();
        if c == '.' && !text[from..begin].ends_with('.') && is_abbreviation(last_piece(&text[from..begin])) {
            break;
        }
        while matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_') && text[from..begin].ends_with(c) {
            begin -= 1;
        }
        tail.push(Span::new(begin, to));
        to = begin;
    }
    if from < to {
        middle(text, from, to, out);
    }
    out.extend(tail.into_iter().rev());
}

/// What is left: letters and digits at both ends.
fn middle(text: &str, from: usize, to: usize, out: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut start = from;
    let piece = |a: usize, b: usize, out: &mut Vec<Span>| {
        if a < b {
            word(text, a, b, out);
        }
    };
    for (i, c) in text[from..to].char_indices() {
        let at = from + i;
        if at < start {
            continue;
        }
        let end = at + c.len_utf8();
        let digits = |before: usize, after: usize| {
            before > from && bytes[before - 1].is_ascii_digit() && after < to && bytes[after].is_ascii_digit()
        };
        let cut = match c {
            '-' => {
                let lower = text[start..at].to_ascii_lowercase();
                !PREFIXES.contains(&lower.as_str())
            }
            '/' => !digits(at, end) || text[start..at].bytes().any(|b| b.is_ascii_alphabetic()),
            ',' | ':' => !digits(at, end),
            '.' => {
                // "said.The" without a space; not "U.N", "e.g" or "12.5"
                let next_upper = text[end..to].starts_with(char::is_uppercase);
                let left = last_piece(&text[start..at]);
                !digits(at, end)
                    && next_upper
                    && left.chars().count() > 2
                    && left.chars().all(char::is_alphabetic)
            }
            '\'' | '’' | '&' | '_' | '@' | '#' | '+' | '\u{ad}' => false,
            '%' | '$' | '£' | '€' => true,
            _ => !c.is_alphanumeric() && !is_mark(c),
        };
        if cut {
            piece(start, at, out);
            let run = same_run(&text[at..to], c);
            out.push(Span::new(at, at + run));
            start = at + run;
        }
    }
    piece(start, to, out);
}

/// One word between cuts: contractions, "$5m" and "5km" are taken apart.
fn word(text: &str, from: usize, to: usize, out: &mut Vec<Span>) {
    let form = &text[from..to];
    let lower = form.to_lowercase();
    if lower.len() == form.len() {
        for clitic in CLITICS {
            if lower.len() > clitic.len() && lower.ends_with(clitic) {
                let cut = to - clitic.len();
                out.push(Span::new(from, cut));
                out.push(Span::new(cut, to));
                return;
            }
        }
        if let Some((_, cut)) = JOINED.iter().find(|(w, _)| *w == lower) {
            out.push(Span::new(from, from + cut));
            out.push(Span::new(from + cut, to));
            return;
        }
    }
    // "5km", "122mm", "30kg": a number and its unit
    let digits = form.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(form.len());
    if digits > 0
        && digits < form.len()
        && matches!(
            &lower[digits.min(lower.len())..],
            "km" | "m" | "mm" | "cm" | "kg" | "am" | "pm" | "bn" | "mn" | "k" | "mph" | "gb"
        )
    {
        out.push(Span::new(from, from + digits));
        out.push(Span::new(from + digits, to));
        return;
    }
    out.push(Span::new(from, to));
}

fn clitic_follows(chunk: &str) -> bool {
    let lower = chunk.to_lowercase();
    CLITICS.iter().any(|c| lower.strip_prefix(c).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

fn last_piece(form: &str) -> &str {
    form.rsplit(['-', '/', '(']).next().unwrap_or(form)
}

/// Length in bytes of the run of `c` at the start, for marks that are told together ("...", "--", "!!").
fn same_run(chunk: &str, c: char) -> usize {
    if matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '`' | '\'') {
        chunk.len() - chunk.trim_start_matches(c).len()
    } else {
        c.len_utf8()
    }
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}')
}

fn is_address(chunk: &str) -> bool {
    let body = chunk.trim_start_matches(['(', '<', '[', '"']);
    body.len() == chunk.len()
        && (body.starts_with("http://")
            || body.starts_with("https://")
            || body.starts_with("www.")
            || (body.contains('@') && body.contains('.') && !body.starts_with('@')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(text: &str) -> Vec<&str> {
        words(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn contractions_are_two_words() {
        assert_eq!(told("They don't say it’s over."), ["They", "do", "n't", "say", "it", "’s", "over", "."]);
        assert_eq!(told("the rebels' posts"), ["the", "rebels", "'", "posts"]);
    }

    #[test]
    fn hyphens_stand_alone_but_after_prefixes() {
        assert_eq!(told("rebel-held al-Bab"), ["rebel", "-", "held", "al", "-", "Bab"]);
        assert_eq!(told("a non-state group"), ["a", "non-state", "group"]);
    }

    #[test]
    fn points_belong_to_abbreviations_and_numbers() {
        assert_eq!(
            told("On Feb. 23 the U.N. counted 400,000."),
            ["On", "Feb.", "23", "the", "U.N.", "counted", "400,000", "."]
        );
        assert_eq!(
            told("It cost $5.5 (about €5)."),
            ["It", "cost", "$", "5.5", "(", "about", "€", "5", ")", "."]
        );
    }

    #[test]
    fn units_and_addresses() {
        assert_eq!(
            told("122mm shells, see http://example.org/a-b."),
            ["122", "mm", "shells", ",", "see", "http://example.org/a-b", "."]
        );
    }

    proptest! {
        #[test]
        fn words_cover_all_but_white_space(text in "\\PC{0,200}") {
            let blank = |c: char| c.is_whitespace() || c == BOM || c == ZERO_WIDTH;
            let mut at = 0;
            for word in words(&text) {
                prop_assert!(word.start as usize >= at && !word.is_empty());
                prop_assert!(text[at..word.start as usize].chars().all(blank));
                at = word.end as usize;
            }
            prop_assert!(text[at..].chars().all(blank));
        }
    }
}
