//! Pieces: words, numbers and marks, cut finer than tokens so that "mid-2012", "15km" and "a.m." read alike
//! however the tokeniser cut them.

use holdfire_types::Span;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Letters.
    Word,
    /// Digits.
    Number,
    /// One mark.
    Mark,
}

/// A run of letters or digits, or one mark.
#[derive(Debug, Clone)]
pub struct Piece {
    /// First byte in the report.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Lower case.
    pub lower: String,
    /// True where it begins with a capital.
    pub capital: bool,
    /// What it is made of.
    pub shape: Shape,
}

impl Piece {
    /// The number it writes in digits.
    pub fn number(&self) -> Option<i32> {
        if self.shape == Shape::Number && self.lower.len() <= 6 { self.lower.parse().ok() } else { None }
    }
}

/// Cuts the stretch `span` of `text`.
pub fn cut(text: &str, span: Span) -> Vec<Piece> {
    let base = span.start as usize;
    let part = span.of(text);
    let mut pieces: Vec<Piece> = Vec::with_capacity(part.len() / 5);
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let shape = if c.is_ascii_digit() {
            Shape::Number
        } else if c.is_alphabetic() {
            Shape::Word
        } else if c.is_whitespace() {
            continue;
        } else {
            Shape::Mark
        };
        let mut end = at + c.len_utf8();
        if shape != Shape::Mark {
            while let Some(&(next, d)) = chars.peek() {
                let same = match shape {
                    Shape::Number => d.is_ascii_digit(),
                    _ => d.is_alphabetic(),
                };
                if !same {
                    break;
                }
                end = next + d.len_utf8();
                chars.next();
            }
        }
        pieces.push(Piece {
            start: base + at,
            end: base + end,
            lower: part[at..end].to_lowercase(),
            capital: c.is_uppercase(),
            shape,
        });
    }
    pieces
}

/// A view that answers past its ends, so that rules need no bounds.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The pieces.
    pub all: &'a [Piece],
}

impl<'a> View<'a> {
    /// The piece at `i` in lower case, or "".
    pub fn at(self, i: usize) -> &'a str {
        self.all.get(i).map_or("", |p| p.lower.as_str())
    }

    /// The piece `back` before `i`, or "".
    pub fn before(self, i: usize, back: usize) -> &'a str {
        i.checked_sub(back).map_or("", |j| self.at(j))
    }

    /// The number at `i`.
    pub fn number(self, i: usize) -> Option<i32> {
        self.all.get(i).and_then(Piece::number)
    }

    /// True when no blank stands between `i` and the next piece.
    pub fn joined(self, i: usize) -> bool {
        match (self.all.get(i), self.all.get(i + 1)) {
            (Some(a), Some(b)) => a.end == b.start,
            _ => false,
        }
    }

    /// True where the pieces from `i` on are `phrase`, split at blanks.
    pub fn starts(self, i: usize, phrase: &str) -> bool {
        // most phrases are told apart by their first word
        phrase.starts_with(self.at(i))
            && phrase.split(' ').enumerate().all(|(k, word)| self.at(i + k) == word)
    }

    /// True where piece `i` begins with a capital.
    pub fn capital(self, i: usize) -> bool {
        self.all.get(i).is_some_and(|p| p.capital)
    }
}
