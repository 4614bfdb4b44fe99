//! Numbers as written: digits, words, scales, vague counts, ranges and the words that bound them.

use crate::words::Words;

/// The bounds of a count, before it is known what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// From one number to another; either may be open.
    Count {
        /// Lower bound.
        min: Option<u64>,
        /// Upper bound.
        max: Option<u64>,
    },
    /// A share of something, 0 to 1.
    Share(f64),
}

/// A number in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// How much.
    pub amount: Amount,
    /// First token, modifiers ("at least") included.
    pub start: usize,
    /// First token of the numeral itself.
    pub head: usize,
    /// One past the last token.
    pub end: usize,
    /// True for "a", "an" and "another", which count only where the noun is a victim or the like.
    pub article: bool,
    /// True for digits or number words, false for vague words and articles.
    pub exact: bool,
}

impl Number {
    /// The single number it gives, if it gives one.
    pub fn only(&self) -> Option<u64> {
        match self.amount {
            Amount::Count { min: Some(a), max: Some(b) } if a == b => Some(a),
            _ => None,
        }
    }
}

/// A numeral without its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Numeral {
    value: f64,
    /// "dozens", "hundreds": no upper bound.
    vague: bool,
    /// Share of a whole.
    share: bool,
    exact: bool,
    article: bool,
    end: usize,
}

const UNITS: [(&str, u64); 27] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const SCALES: [(&str, f64); 9] = [
    ("dozen", 12.0),
    ("hundred", 100.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
];

/// Words that count without saying how many, with the least they mean.
const VAGUE: [(&str, f64); 8] = [
    ("dozens", 24.0),
    ("scores", 40.0),
    ("tens", 20.0),
    ("hundreds", 200.0),
    ("thousands", 2e3),
    ("millions", 2e6),
    ("billions", 2e9),
    ("lakhs", 2e5),
];

const SHARES: [(&str, f64); 14] = [
    ("half", 0.5),
    ("halves", 0.5),
    ("third", 1.0 / 3.0),
    ("thirds", 1.0 / 3.0),
    ("quarter", 0.25),
    ("quarters", 0.25),
    ("fourth", 0.25),
    ("fourths", 0.25),
    ("fifth", 0.2),
    ("fifths", 0.2),
    ("sixth", 1.0 / 6.0),
    ("eighth", 0.125),
    ("tenth", 0.1),
    ("tenths", 0.1),
];

/// What a word before (or after) a number does to its bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    /// At least N.
    Least,
    /// More than N.
    Above,
    /// Up to N.
    Most,
    /// Fewer than N.
    Below,
    /// N, more or less: N to N.
    About,
}

/// Phrases before a number; longer ones first where one ends another.
const BEFORE: [(&str, Bound); 51] = [
    ("no fewer than", Bound::Least),
    ("no less than", Bound::Least),
    ("not less than", Bound::Least),
    ("not fewer than", Bound::Least),
    ("no more than", Bound::Most),
    ("not more than", Bound::Most),
    ("at the very least", Bound::Least),
    ("a minimum of", Bound::Least),
    ("minimum of", Bound::Least),
    ("a maximum of", Bound::Most),
    ("maximum of", Bound::Most),
    ("in excess of", Bound::Above),
    ("as many as", Bound::Most),
    ("as much as", Bound::Most),
    ("as high as", Bound::Most),
    ("as few as", Bound::Least),
    ("as little as", Bound::Least),
    ("well over", Bound::Above),
    ("well above", Bound::Above),
    ("at least", Bound::Least),
    ("at last", Bound::Least),
    ("least", Bound::Least),
    ("at most", Bound::Most),
    ("more than", Bound::Above),
    ("greater than", Bound::Above),
    ("upwards of", Bound::Above),
    ("upward of", Bound::Above),
    ("fewer than", Bound::Below),
    ("less than", Bound::Below),
    ("up to", Bound::Most),
    ("close to", Bound::About),
    ("an estimated", Bound::About),
    ("over", Bound::Above),
    ("above", Bound::Above),
    ("exceeding", Bound::Above),
    ("exceeds", Bound::Above),
    ("exceeded", Bound::Above),
    ("exceed", Bound::Above),
    ("under", Bound::Below),
    ("below", Bound::Below),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("about", Bound::About),
    ("around", Bound::About),
    ("some", Bound::About),
    ("roughly", Bound::About),
    ("approximately", Bound::About),
    ("approx.", Bound::About),
    ("estimated", Bound::About),
    ("circa", Bound::About),
    ("perhaps", Bound::About),
];

/// Words between a bound and its number that change nothing ("at least another 20", "more than a total of 20").
const IDLE: [&str; 20] = [
    "another", "other", "further", "additional", "a", "the", "an", "total", "of", "only", "just", "exactly",
    "these", "those", "all", "also", "some", "$", "€", "£",
];

fn lookup<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(w, _)| *w == word).map(|(_, v)| *v)
}

/// The value of one number word without a scale: "twelve", "thirty-five".
fn small(word: &str) -> Option<u64> {
    if let Some((tens, ones)) = word.split_once('-') {
        let (tens, ones) = (lookup(&UNITS, tens)?, lookup(&UNITS, ones)?);
        return (tens >= 20 && ones < 10).then_some(tens + ones);
    }
    lookup(&UNITS, word)
}

/// The value of digits: "1,081", "7.5", "24k", "3%"; the flag is true for a percentage.
fn digits(word: &str) -> Option<(f64, bool)> {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (word, percent) = match word.strip_suffix('%') {
        Some(rest) => (rest, true),
        None => (word, false),
    };
    let cut = word.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(word.len());
    let (number, suffix) = word.split_at(cut);
    let scale = match suffix {
        "" => 1.0,
        _ => lookup(&SCALES, suffix)?,
    };
    // "1.081" for 1,081 is left alone: a point is a point.
    let clean: String = number.chars().filter(|c| *c != ',').collect();
    let groups_ok = number.split('.').next().unwrap_or("").split(',').skip(1).all(|group| group.len() == 3);
    if !groups_ok || clean.len() > 15 {
        return None;
    }
    clean.trim_end_matches('.').parse::<f64>().ok().map(|value| (value * scale, percent))
}

/// A number in words: "thirty-five", "two hundred and fifty thousand"; the value and one past its last token.
fn spelled(words: &Words, i: usize) -> Option<(f64, usize)> {
    let (mut total, mut current, mut end) = (0.0, small(words.at(i))? as f64, i + 1);
    loop {
        // a hyphen inside a number, and "and" after a hundred or a thousand, change nothing
        let inside = match words.at(end) {
            "-" => true,
            "and" => (current > 0.0 && current % 100.0 == 0.0) || (current == 0.0 && total > 0.0),
            _ => false,
        };
        let at = if inside { end + 1 } else { end };
        if let Some(scale) =
            lookup(&SCALES, words.at(at)).filter(|_| words.at(at).len() > 2 && words.at(end) != "and")
        {
            if scale >= 1000.0 {
                total += current.max(1.0) * scale;
                current = 0.0;
            } else {
                current = current.max(1.0) * scale;
            }
            end = at + 1;
            continue;
        }
        let fits = |n: u64| {
            let below = if n >= 10 { 100.0 } else { 10.0 };
            (current > 0.0 || total > 0.0) && current % below == 0.0 && !(current > 0.0 && current < 20.0)
        };
        match small(words.at(at)) {
            Some(n) if fits(n) => {
                current += n as f64;
                end = at + 1;
            }
            _ => return Some((total + current, end)),
        }
    }
}

/// Digits with their groups and scale ("300 000", "2.5 million"); the value, whether it is a percentage, and the end.
fn figures(words: &Words, i: usize) -> Option<(f64, bool, usize)> {
    let (mut value, percent) = digits(words.at(i))?;
    let mut end = i + 1;
    // "300 000": groups of three parted by a blank
    while value < 1e12
        && (value < 1000.0 || end > i + 1)
        && value.fract() == 0.0
        && words.at(end) == "000"
        && words.span(end).start == words.span(end - 1).end + 1
    {
        value *= 1000.0;
        end += 1;
    }
    let at = if words.at(end) == "-" { end + 1 } else { end };
    // "5 m" is five metres as often as five million
    if let Some(scale) =
        lookup(&SCALES, words.at(at)).filter(|_| words.at(at).len() > 1 || words.joined(at - 1))
    {
        value *= scale;
        end = at + 1;
    }
    (value < 1e15).then_some((value, percent, end))
}

/// Token `i` begins digits or number words.
fn counted(words: &Words, i: usize) -> Option<(f64, bool, usize)> {
    figures(words, i).or_else(|| spelled(words, i).map(|(value, end)| (value, false, end)))
}

fn numeral(words: &Words, i: usize) -> Option<Numeral> {
    let word = words.at(i);
    let plain = |value: f64, end: usize| Numeral {
        value,
        vague: false,
        share: false,
        exact: true,
        article: false,
        end,
    };
    // "tens of thousands", "hundreds of thousands", "dozens"
    if let Some(base) = lookup(&VAGUE, word) {
        let vague =
            |value: f64, end| Numeral { value, vague: true, share: false, exact: false, article: false, end };
        if words.at(i + 1) == "of"
            && let Some(scale) = match words.at(i + 2) {
                "thousands" => Some(1e3),
                "millions" => Some(1e6),
                "hundreds" => Some(1e2),
                "billions" => Some(1e9),
                _ => None,
            }
        {
            return Some(vague(base * scale, i + 3));
        }
        return Some(vague(base, i + 1));
    }
    if let Some((value, percent, end)) = counted(words, i) {
        let sign =
            percent || words.at(end) == "%" || words.at(end) == "percent" || words.starts(end, "per cent");
        if sign {
            let end = match words.at(end) {
                "per" => end + 2,
                "%" | "percent" => end + 1,
                _ => end,
            };
            return Some(Numeral { value: value / 100.0, share: true, ..plain(0.0, end) });
        }
        // "two thirds", "three quarters", "one in five"
        let next = if words.at(end) == "-" { end + 1 } else { end };
        if value < 10.0
            && let Some(part) = lookup(&SHARES, words.at(next))
            && words.at(next) != "half"
            && (words.at(next).ends_with('s') || value < 1.5)
            && words.at(next + 1) == "of"
        {
            return Some(Numeral { value: value * part, share: true, ..plain(0.0, next + 1) });
        }
        return Some(plain(value, end));
    }
    match word {
        "half" => {
            let after = if matches!(words.at(i + 1), "a" | "an") { i + 2 } else { i + 1 };
            if after == i + 2
                && let Some(scale) = lookup(&SCALES, words.at(after))
            {
                return Some(plain(scale / 2.0, after + 1));
            }
            // "half of the population", "half the city's people"
            if matches!(words.at(i + 1), "of" | "the" | "its" | "their" | "a" | "all" | "that")
                && !words.ends(i, "and a")
            {
                return Some(Numeral { value: 0.5, share: true, exact: false, ..plain(0.0, i + 1) });
            }
            None
        }
        "a" | "an" | "one" | "another" | "several" | "few" | "couple" | "many" => {
            let next = i + 1;
            if let Some(scale) = lookup(&SCALES, words.at(next)).filter(|_| words.at(next).len() > 2) {
                return Some(match word {
                    "several" | "few" | "many" => {
                        Numeral { vague: true, exact: false, ..plain(scale * 2.0, next + 1) }
                    }
                    _ => plain(scale, next + 1),
                });
            }
            match word {
                "a" | "an"
                    if lookup(&SHARES, words.at(next)).is_some()
                        && words.at(next + 1) == "of"
                        && words.at(next) != "half" =>
                {
                    let part = lookup(&SHARES, words.at(next)).unwrap_or(0.5);
                    Some(Numeral { value: part, share: true, exact: false, ..plain(0.0, next + 1) })
                }
                "a" | "an" | "another" => Some(Numeral { article: true, exact: false, ..plain(1.0, next) }),
                _ => None,
            }
        }
        "no" if !matches!(
            words.at(i + 1),
            "longer" | "more" | "fewer" | "less" | "one" | "matter" | "doubt" | "."
        ) =>
        {
            Some(Numeral { exact: false, ..plain(0.0, i + 1) })
        }
        "no" if words.starts(i, "no one") => Some(Numeral { exact: false, ..plain(0.0, i + 2) }),
        "nobody" | "none" => Some(Numeral { exact: false, ..plain(0.0, i + 1) }),
        "not" if words.starts(i, "not a single") || words.starts(i, "not one single") => {
            Some(Numeral { exact: false, ..plain(0.0, i + 3) })
        }
        _ => None,
    }
}

/// Token where the modifiers of the number at `head` begin, and what they do.
fn bound_before(words: &Words, head: usize) -> (usize, Option<Bound>) {
    let mut at = head;
    for _ in 0..4 {
        for (phrase, bound) in &BEFORE {
            if words.ends(at, phrase) {
                let start = at - phrase.split(' ').count();
                // "over two people's heads": "over" and "under" as places are told apart by the caller's noun
                return (start, Some(*bound));
            }
        }
        if at == 0 || !IDLE.contains(&words.at(at - 1)) {
            break;
        }
        at -= 1;
    }
    (head, None)
}

fn whole(value: f64) -> u64 {
    value.round().max(0.0) as u64
}

/// The numbers of a sentence, left to right, not overlapping.
pub fn find(words: &Words) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut i = 0;
    while i < words.count() {
        let Some(first) = numeral(words, i) else {
            i += 1;
            continue;
        };
        // "at least another 20": the number that follows counts
        if first.article && words.at(i) == "another" && numeral(words, first.end).is_some() {
            i += 1;
            continue;
        }
        let mut end = first.end;
        let (start, bound) = bound_before(words, i);
        let start = start.max(found.last().map_or(0, |n| n.end));
        let mut amount = if first.share { Amount::Share(first.value) } else { count(first, bound) };
        // ranges: "10 to 15", "10-15", "between 10 and 15"
        if !first.share && !first.vague && !first.article {
            let joint = match words.at(end) {
                "to" | "-" | "–" | "—" => Some(end + 1),
                "and" | "or" if words.before(i, 1) == "between" => Some(end + 1),
                _ => None,
            };
            if let Some(next) = joint
                && let Some(second) = numeral(words, next)
                && second.exact
                && !second.share
                && second.value > first.value
            {
                // "10 to 15 thousand" counts both in thousands
                let low = if second.value >= 1000.0 * first.value
                    && second.end > next + 1
                    && first.value < 1000.0
                {
                    let scale = lookup(&SCALES, words.at(second.end - 1)).unwrap_or(1.0);
                    first.value * scale
                } else {
                    first.value
                };
                amount = Amount::Count { min: Some(whole(low)), max: Some(whole(second.value)) };
                end = second.end;
            }
        }
        if let Amount::Count { min: Some(n), max: Some(m) } = amount
            && n == m
            && (words.starts(end, "or more") || words.starts(end, "and more") || words.at(end) == "+")
        {
            amount = Amount::Count { min: Some(n), max: None };
            end += if words.at(end) == "+" { 1 } else { 2 };
        }
        found.push(Number { amount, start, head: i, end, article: first.article, exact: first.exact });
        i = end;
    }
    found
}

fn count(numeral: Numeral, bound: Option<Bound>) -> Amount {
    let n = whole(numeral.value);
    let (min, max) = if numeral.vague {
        match bound {
            Some(Bound::Most | Bound::Below) => (None, Some(n)),
            _ => (Some(n), None),
        }
    } else {
        match bound {
            Some(Bound::Least) => (Some(n), None),
            Some(Bound::Above) => (Some(n + 1), None),
            Some(Bound::Most) => (None, Some(n)),
            Some(Bound::Below) => (None, Some(n.saturating_sub(1))),
            Some(Bound::About) | None => (Some(n), Some(n)),
        }
    };
    Amount::Count { min, max }
}

#[cfg(test)]
mod tests;
