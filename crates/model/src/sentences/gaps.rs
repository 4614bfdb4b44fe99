//! Gaps between words, scored by learned weights: above zero, a sentence ends there.
//!
//! The weights are learned by `training/sentences.py`, which computes the same features.

use std::borrow::Cow;

use holdfire_types::Span;

/// How many weights there are.
const ROWS: usize = 32768;

static WEIGHTS: &[u8; ROWS] = include_bytes!("../../../../models/sentences.bin");

/// A word as gaps see it.
struct Word<'a> {
    form: &'a str,
    lower: Cow<'a, str>,
    kind: &'static str,
    /// Whether white space follows.
    space: bool,
}

/// Stands before the first word and behind the last.
const EDGE: Word = Word { form: "", lower: Cow::Borrowed(""), kind: "|", space: false };

/// The words of one paragraph, and the sentence that is open in it.
pub(super) struct Gaps<'a> {
    /// Two edges, the words, three edges.
    words: Vec<Word<'a>>,
    /// How the paragraph is written: whether sentences begin in lower case, and its length.
    style: [&'static str; 2],
    start: usize,
    brackets: usize,
    quotes: bool,
}

impl<'a> Gaps<'a> {
    /// The paragraph's words; a sentence is open from word `start` on.
    pub(super) fn new(text: &'a str, spans: &[Span], start: usize) -> Self {
        let word = |(i, span): (usize, &Span)| {
            let form = span.of(text);
            let space = spans.get(i + 1).is_some_and(|next| span.end < next.start);
            Word { form, lower: lower(form), kind: kind(form), space }
        };
        let words: Vec<Word> = [EDGE, EDGE]
            .into_iter()
            .chain(spans.iter().enumerate().map(word))
            .chain([EDGE, EDGE, EDGE])
            .collect();
        let (mut stops, mut low) = (0, false);
        for pair in words[..words.len() - 1].windows(2).filter(|p| matches!(p[0].kind, "." | "!")) {
            stops += 1;
            low |= pair[1].kind == "a";
        }
        let case = if stops < 2 {
            "n"
        } else if low {
            "l"
        } else {
            "u"
        };
        let style = [case, bucket(spans.len() / 8)];
        Self { words, style, start, brackets: 0, quotes: false }
    }

    /// Goes past word `i`: true when the sentence ends behind it. Words are asked for in order, and who ends a sentence
    /// begins the next.
    pub(super) fn ends_behind(&mut self, i: usize) -> bool {
        match self.words[i + 2].kind {
            "(" => self.brackets += 1,
            ")" => self.brackets = self.brackets.saturating_sub(1),
            "\"" => self.quotes = !self.quotes,
            _ => {}
        }
        self.score(i) > 0
    }

    /// Opens a sentence at word `start`.
    pub(super) fn begin(&mut self, start: usize) {
        (self.start, self.brackets, self.quotes) = (start, 0, false);
    }

    fn score(&self, at: usize) -> i32 {
        let Some([w0, w1, w2, w3, w4, w5]) = self.words.get(at..at + 6) else { return 0 };
        let [kpp, kp, ka, kb, kc, kd] = [w0, w1, w2, w3, w4, w5].map(|w| w.kind);
        let [p, a, b, c] = [w1, w2, w3, w4].map(|w| w.lower.as_ref());
        let gap = if w2.space { "1" } else { "0" };
        let length = at - self.start;
        let first = self.words[self.start + 2].kind;
        let bracket = if self.brackets > 0 { "(" } else { "" };
        let quote = if self.quotes { "\"" } else { "" };
        let place = ["0", "1", "2", "3"][length.min(3)];
        let end = a.char_indices().rev().nth(2).map_or(a, |(from, _)| &a[from..]);
        let features: [&[&str]; 18] = [
            &[ka, kb, gap],
            &[kp, ka, kb, gap, kc],
            &[ka, kb, gap, kc, kd],
            &[kpp, kp, ka, kb, gap],
            &[kpp, kp, ka, kb, gap, kc, kd],
            &[a, " ", kb, gap],
            &[ka, gap, w3.form],
            &[a, " ", b],
            &[p, " ", ka, kb, gap],
            &[ka, kb, gap, " ", c],
            &[a],
            &[w3.form],
            &[ka, kb, gap, self.style[0], self.style[1]],
            &[ka, kb, gap, bucket(length)],
            &[ka, kb, gap, first, place],
            &[ka, kb, gap, bracket, quote],
            &[kb, end],
            &[ka, kb, " ", p, " ", c],
        ];
        (1..).zip(features).map(|(seed, parts)| i32::from(WEIGHTS[row(seed, parts)].cast_signed())).sum()
    }
}

/// 32-bit FNV-1a with a seed, as in `training/features.py`.
fn row(seed: u32, parts: &[&str]) -> usize {
    const PRIME: u32 = 0x0100_0193;
    let mut hash = (0x811C_9DC5 ^ seed).wrapping_mul(PRIME);
    for part in parts {
        for byte in part.bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(PRIME);
        }
    }
    (hash ^ (hash >> 15)) as usize % ROWS
}

fn lower(form: &str) -> Cow<'_, str> {
    if form.chars().all(|c| !c.is_uppercase() && c != '’') {
        Cow::Borrowed(form)
    } else {
        Cow::Owned(form.to_lowercase().replace('’', "'"))
    }
}

/// Steps of a length.
fn bucket(length: usize) -> &'static str {
    match length {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5..8 => "5",
        8..14 => "8",
        14..25 => "e",
        _ => "z",
    }
}

/// What a form looks like.
fn kind(form: &str) -> &'static str {
    const ALONE: &[&str] = &[".", ",", ":", ";", "\"", "'", "/", "(", ")"];
    if let Some(mark) = ALONE.iter().find(|m| **m == form) {
        return mark;
    }
    let Some(first) = form.chars().next() else { return "|" };
    if form.contains("://") || form.contains('@') || form.starts_with("www.") {
        return "U";
    }
    let letters = form.chars().any(char::is_alphabetic);
    if !letters && !form.chars().any(char::is_numeric) {
        return mark_kind(form, first);
    }
    let upper = || form.chars().all(|c| !c.is_lowercase());
    match first {
        _ if first.is_numeric() => "0",
        _ if letters && form.ends_with('.') => "A",
        _ if first.is_uppercase() && first.len_utf8() == form.len() => "I",
        _ if first.is_uppercase() && upper() => "X",
        _ if first.is_uppercase() => "T",
        _ if first.is_alphabetic() => "a",
        _ => "s",
    }
}

fn mark_kind(form: &str, first: char) -> &'static str {
    match (form, first) {
        ("[", _) => "(",
        ("]", _) => ")",
        ("''", _) | (_, '”') => "”",
        ("``", _) | (_, '“') => "“",
        _ if form.chars().all(|c| matches!(c, '.' | '!' | '?')) => {
            if form.contains(['!', '?']) {
                "!"
            } else {
                "…"
            }
        }
        (_, '…') => "…",
        (_, '‘') => "‘",
        (_, '’') => "’",
        (_, '•') => "•",
        (_, ':' | ';' | '=') if form.chars().nth(1).is_some() => "F",
        (_, '-' | '–' | '—') => "-",
        (_, '*' | '=' | '_' | '~' | '+' | '#' | '<' | '>') => "*",
        _ => "S",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_those_of_training() {
        // printed by training/sentences.py's rows()
        assert_eq!([row(1, &["a"]), row(9, &["de", "f."]), row(18, &["ü’"])], [12030, 26659, 8769]);
    }

    #[test]
    fn kinds_tell_what_a_form_looks_like() {
        let kinds: String = [
            "Mr.", "U.N.", "the", "NATO", "Aleppo", "A", "24", "?!", "...", ":)", "a@b.org", "--", "[", "'s",
        ]
        .map(kind)
        .concat();
        assert_eq!(kinds, "AAaXTI0!…FU-(s");
    }
}
