//! The words of a sentence in lower case, for rules that match by form.

use std::borrow::Cow;

use holdfire_types::{Sentence, Span, Upos};

/// A word in lower case; most are so as they stand.
pub fn lower(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() {
        Cow::Owned(word.to_lowercase())
    } else if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// A sentence with its forms folded to lower case.
#[derive(Debug)]
pub struct Words<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    lower: Vec<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    /// Folds every token once.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let lower = sentence.tokens.iter().map(|t| lower(t.span.of(text))).collect();
        Self { text, sentence, lower }
    }

    /// How many tokens there are.
    pub fn count(&self) -> usize {
        self.lower.len()
    }

    /// Token `i` in lower case; empty past either end, so that rules need no bounds of their own.
    pub fn at(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", AsRef::as_ref)
    }

    /// The token `back` places before `i`; empty before the start.
    pub fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |j| self.at(j))
    }

    /// Token `i` as written.
    pub fn form(&self, i: usize) -> &'a str {
        self.sentence.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The tag of token `i`; `X` past the end.
    pub fn upos(&self, i: usize) -> Upos {
        self.sentence.tokens.get(i).map_or(Upos::X, |t| t.upos)
    }

    /// Where token `i` stands.
    pub fn span(&self, i: usize) -> Span {
        self.sentence.tokens[i].span
    }

    /// From the start of token `from` to the end of token `to - 1`.
    pub fn cover(&self, from: usize, to: usize) -> Span {
        self.span(from).cover(self.span(to.max(from + 1) - 1))
    }

    /// True when the tokens from `i` on are `phrase`, word by word (split at spaces).
    pub fn starts(&self, i: usize, phrase: &str) -> bool {
        phrase.split(' ').enumerate().all(|(k, word)| self.at(i + k) == word)
    }

    /// True when the tokens up to and without `i` are `phrase`.
    pub fn ends(&self, i: usize, phrase: &str) -> bool {
        let words = phrase.split(' ').count();
        i >= words && self.starts(i - words, phrase)
    }

    /// True when no blank stands between token `i` and the next.
    pub fn joined(&self, i: usize) -> bool {
        match (self.sentence.tokens.get(i), self.sentence.tokens.get(i + 1)) {
            (Some(a), Some(b)) => a.span.end == b.span.start,
            _ => false,
        }
    }
}
