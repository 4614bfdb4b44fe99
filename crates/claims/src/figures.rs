//! Figures of a sentence: each number with the noun it counts, what it says of them, and the word that says it.

mod cues;
mod nouns;

use jiff::civil::Date;

use holdfire_types::{Days, Figure, FigureKind, Sentence, Upos, Window};

use crate::numbers::{self, Amount, Number};
use crate::times::{self, TimeExpr, TimeKind};
use crate::words::Words;

/// A figure and the tokens it hangs on.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundFigure {
    /// The count.
    pub figure: Figure,
    /// First token of the numeral.
    pub token: u32,
    /// Head of the noun counted.
    pub noun: Option<u32>,
    /// The word that says what became of them ("killed", "deaths"); `None` for a bare count.
    pub cue: Option<u32>,
    /// Index in the same list of the figure that this is a part of ("including 11 children").
    pub part_of: Option<usize>,
}

/// The figures of a sentence, in order. Times are found anew; use [`find_among`] where they are at hand.
pub fn find(text: &str, sentence: &Sentence, published: Option<Date>) -> Vec<FoundFigure> {
    find_among(text, sentence, &times::find(text, sentence, published))
}

/// The figures of a sentence, given its times (in order).
pub fn find_among(text: &str, sentence: &Sentence, times: &[TimeExpr]) -> Vec<FoundFigure> {
    let words = Words::new(text, sentence);
    let numbers: Vec<Number> =
        numbers::find(&words).into_iter().filter(|n| !in_time(n, times) && counts(&words, n)).collect();
    if numbers.is_empty() {
        return Vec::new();
    }
    let nouns: Vec<nouns::Counted> =
        numbers.iter().enumerate().map(|(k, n)| nouns::counted(&words, n, numbers.get(k + 1))).collect();
    let mut found: Vec<FoundFigure> = Vec::new();
    // index in `found` of each number kept, for parts
    let mut kept: Vec<Option<usize>> = Vec::new();
    for (k, (number, noun)) in numbers.iter().zip(&nouns).enumerate() {
        // the whole that a part is taken from is no count of its own
        if k > 0 && nouns::is_whole(&words, &numbers[k - 1], number) {
            kept.push(None);
            continue;
        }
        let part_of = nouns::part_of(&words, &numbers, &nouns, k).and_then(|whole| kept[whole]);
        let cue = cues::find(&words, &numbers, &nouns, k);
        let (what, cue_token) = match (cue, part_of) {
            (Some(cue), _) => (cue.what, Some(cue.token)),
            (None, Some(whole)) => {
                (found[whole].figure.what, found[whole].cue.map(|token| token as usize))
            }
            (None, None) => (FigureKind::Other, None),
        };
        // "a", "an" and "no" count only what something happened to
        let weak = number.article || number.only() == Some(0);
        if weak && cue_token.is_none() {
            kept.push(None);
            continue;
        }
        let (min, max, share) = match number.amount {
            Amount::Count { min, max } => (min, max, None),
            Amount::Share(share) => (None, None, Some(share)),
        };
        let scale = if what == FigureKind::DistanceKm { nouns::km(words.at(noun.head.unwrap_or(0))) } else { 1.0 };
        let scaled = |n: Option<u64>| n.map(|n| (n as f64 * scale).round() as u64);
        kept.push(Some(found.len()));
        found.push(FoundFigure {
            figure: Figure {
                what,
                of: noun.name.clone(),
                min: scaled(min),
                max: scaled(max),
                share,
                span: words.cover(number.start, number.end),
                window: window(&words, number, times),
                part: part_of.is_some(),
            },
            token: number.head as u32,
            noun: noun.head.map(|n| n as u32),
            cue: cue_token.map(|c| c as u32),
            part_of,
        });
    }
    found
}

fn in_time(number: &Number, times: &[TimeExpr]) -> bool {
    times.iter().any(|t| (t.tokens.0 as usize) <= number.head && number.head < t.tokens.1 as usize)
}

/// False for numbers that name or order and do not count: parts of names, ages, "one of the largest".
fn counts(words: &Words, number: &Number) -> bool {
    let (head, end) = (number.head, number.end);
    // "SU-27", "F-16s", "Resolution 2249", "Chapter 7", "M-5"
    let before = words.before(number.start, 1);
    if number.exact
        && number.start == head
        && head > 0
        && ((before == "-" && words.upos(head.saturating_sub(2)) != Upos::Num && head >= 2 && words.joined(head - 2))
            || words.joined(head - 1) && matches!(before, "$" | "#" | "/" | "." | ":")
            || NUMBERED.contains(&before))
    {
        return matches!(before, "$");
    }
    // ages: "18-year-old", "aged 12", "the boy, 12,"
    if words.at(end) == "-" && words.at(end + 1).starts_with("year")
        || words.at(end).starts_with("year") && matches!(words.at(end + 1), "old" | "-")
        || matches!(before, "aged" | "age")
    {
        return false;
    }
    // "one of the largest", "one another", "no one" handled elsewhere; "this one"
    if words.at(head) == "one"
        && (matches!(before, "this" | "that" | "the" | "which" | "any" | "another" | "armored" | "new")
            || matches!(words.at(end), "another" | "day" | "side" | "hand" | "by" | "'s")
            || words.starts(end, "of the most")
            || words.starts(end, "of its")
            || words.at(end) == "of"
                && (words.at(end + 1) == "the" || words.at(end + 1) == "its")
                && (words.at(end + 2).ends_with("est") || matches!(words.at(end + 2), "worst" | "first" | "last")))
    {
        return false;
    }
    true
}

/// Words before a number that name or order things.
const NUMBERED: [&str; 26] = [
    "resolution", "resolutions", "chapter", "article", "section", "paragraph", "page", "no.", "number", "phase", "route",
    "regiment", "base", "base-", "brigade", "division", "battalion", "unit", "highway", "flight", "channel", "group",
    "area", "sector", "part", "title",
];

/// The time that the count covers: the nearest span of time that "in the past", "since" or "during" opens.
fn window(words: &Words, number: &Number, times: &[TimeExpr]) -> Option<Window> {
    times
        .iter()
        .filter(|t| t.kind == TimeKind::Window)
        .min_by_key(|t| (t.tokens.0 as usize).abs_diff(number.head))
        .and_then(|t| {
            let from = t.lead.map_or(t.tokens.0, |lead| lead) as usize;
            Some(Window { span: words.cover(from, t.tokens.1 as usize), days: t.days? })
        })
        .filter(|w| w.days != Days { from: None, to: None })
}
