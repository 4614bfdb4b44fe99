//! Spans of text, and the map from bytes to code points.

use serde::{Deserialize, Serialize};

/// A stretch `[start, end)` of a report's text, in bytes, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    ///
    /// # Panics
    /// When `end < start` or the text is longer than 4 GiB (intake refuses such reports).
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span runs forwards: {start}..{end}");
        Self {
            start: u32::try_from(start).expect("a report is shorter than 4 GiB"),
            end: u32::try_from(end).expect("a report is shorter than 4 GiB"),
        }
    }

    /// The stretch of `text` that this span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for an empty stretch.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// True when `other` lies inside this span (ends included).
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Maps byte offsets of one text to code points and back, in logarithmic time.
///
/// Every output of holdfire counts code points; the inside counts bytes.
#[derive(Debug, Clone)]
pub struct CharMap {
    /// Byte offset of every 64th character; empty for ASCII text, where the two counts agree.
    marks: Vec<u32>,
    bytes: usize,
    chars: usize,
}

const STEP: usize = 64;

impl CharMap {
    /// Builds the map for `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Vec::new(), bytes: text.len(), chars: text.len() };
        }
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        let mut chars = 0;
        for (at, _) in text.char_indices() {
            if chars % STEP == 0 {
                marks.push(at as u32);
            }
            chars += 1;
        }
        Self { marks, bytes: text.len(), chars }
    }

    /// How many code points stand before byte `at` (`at` clamps to the text's end).
    pub fn to_char(&self, text: &str, at: u32) -> usize {
        let at = (at as usize).min(self.bytes);
        if self.marks.is_empty() {
            return at;
        }
        if at == self.bytes {
            return self.chars;
        }
        let block = self.marks.partition_point(|&m| m as usize <= at).saturating_sub(1);
        let from = self.marks[block] as usize;
        block * STEP + text[from..at].chars().count()
    }

    /// The byte at which code point `at` begins (`at` clamps to the text's end).
    pub fn to_byte(&self, text: &str, at: usize) -> usize {
        if at >= self.chars {
            return self.bytes;
        }
        if self.marks.is_empty() {
            return at;
        }
        let from = self.marks[at / STEP] as usize;
        text[from..].char_indices().nth(at % STEP).map_or(self.bytes, |(i, _)| from + i)
    }

    /// A span in code points, `[start, end)`.
    pub fn chars(&self, text: &str, span: Span) -> [usize; 2] {
        [self.to_char(text, span.start), self.to_char(text, span.end)]
    }

    /// A byte span from code points.
    pub fn span(&self, text: &str, chars: [usize; 2]) -> Span {
        Span::new(self.to_byte(text, chars[0]), self.to_byte(text, chars[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_code_points_convert_both_ways(text in "\\PC{0,300}") {
            let map = CharMap::new(&text);
            for (count, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.to_char(&text, at as u32), count);
                prop_assert_eq!(map.to_byte(&text, count), at);
            }
            prop_assert_eq!(map.to_char(&text, text.len() as u32), text.chars().count());
        }
    }
}
