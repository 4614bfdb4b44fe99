//! Marks in a text: stretches that may lie in each other or overlap, laid out as pieces that do neither.

use holdfire_types::{CharMap, Span};

/// A stretch to mark, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What it marks: the caller's own number.
    pub of: usize,
}

/// A piece of text between two ends of marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// The marks that cover it, the innermost last.
    pub of: Vec<usize>,
    /// The marks that begin with it.
    pub begins: Vec<usize>,
}

/// Cuts `text` at blank lines, and each part at the ends of marks. Marks outside the text or without length are left out.
pub fn paragraphs(text: &str, marks: &[Mark]) -> Vec<Vec<Piece>> {
    let map = CharMap::new(text);
    let spans: Vec<(Span, usize)> = marks
        .iter()
        .filter(|m| m.start < m.end)
        .map(|m| (map.span(text, [m.start, m.end]), m.of))
        .filter(|(s, _)| !s.is_empty())
        .collect();
    let mut cuts: Vec<u32> = spans.iter().flat_map(|(s, _)| [s.start, s.end]).collect();
    let blocks = blocks(text);
    cuts.extend(blocks.iter().flat_map(|b| [b.start, b.end]));
    cuts.sort_unstable();
    cuts.dedup();
    let mut starting = spans;
    // The longer of two that begin together is the outer one.
    starting.sort_by_key(|(s, of)| (s.start, std::cmp::Reverse(s.end), *of));
    let mut next = starting.into_iter().peekable();
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut out: Vec<Vec<Piece>> = blocks.iter().map(|_| Vec::new()).collect();
    let mut block = 0;
    for pair in cuts.windows(2) {
        let piece = Span { start: pair[0], end: pair[1] };
        open.retain(|(s, _)| s.end > piece.start);
        let mut begins = Vec::new();
        while let Some((span, of)) = next.next_if(|(s, _)| s.start <= piece.start) {
            begins.push(of);
            open.push((span, of));
        }
        while blocks.get(block).is_some_and(|b| b.end <= piece.start) {
            block += 1;
        }
        if blocks.get(block).is_some_and(|b| b.contains(piece)) {
            let mut of: Vec<(usize, usize)> = open.iter().map(|(s, of)| (s.len(), *of)).collect();
            of.sort_by_key(|(len, _)| std::cmp::Reverse(*len));
            let of = of.into_iter().map(|(_, of)| of).collect();
            out[block].push(Piece { text: piece.of(text).to_owned(), of, begins });
        }
    }
    out
}

/// The stretches between blank lines.
fn blocks(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let filled = line.trim_end();
        if filled.is_empty() {
            open = None;
        } else if open.is_some() {
            let last: &mut Span = found.last_mut().expect("an open stretch was pushed");
            last.end = (at + filled.len()) as u32;
        } else {
            found.push(Span::new(at, at + filled.len()));
            open = Some(at);
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(start: usize, end: usize, of: usize) -> Mark {
        Mark { start, end, of }
    }

    #[test]
    fn a_mark_within_a_mark_is_innermost() {
        let laid = paragraphs("one two three", &[mark(0, 13, 7), mark(4, 7, 9)]);
        let pieces: Vec<(&str, &[usize])> =
            laid[0].iter().map(|p| (p.text.as_str(), p.of.as_slice())).collect();
        assert_eq!(pieces, [("one ", &[7][..]), ("two", &[7, 9]), (" three", &[7])]);
        assert_eq!(laid[0][1].begins, [9]);
    }

    #[test]
    fn marks_may_overlap() {
        let laid = paragraphs("abcdef", &[mark(0, 4, 1), mark(2, 6, 2)]);
        let covered: Vec<usize> = laid[0].iter().map(|p| p.of.len()).collect();
        assert_eq!(covered, [1, 2, 1]);
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        let laid = paragraphs("a\nb\n\n \nc\n", &[]);
        let texts: Vec<&str> = laid.iter().map(|p| p[0].text.as_str()).collect();
        assert_eq!(texts, ["a\nb", "c"]);
    }

    proptest! {
        #[test]
        fn no_text_is_lost_or_doubled(text in "[a-zé \\n]{0,60}", marks in prop::collection::vec((0_usize..70, 0_usize..70), 0..8)) {
            let marks: Vec<Mark> = marks.iter().enumerate().map(|(n, (a, b))| mark(*a, *b, n)).collect();
            let laid = paragraphs(&text, &marks);
            let told: String = laid.iter().flatten().flat_map(|p| p.text.chars()).filter(|c| !c.is_whitespace()).collect();
            let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(told, whole);
        }

        #[test]
        fn every_letter_lies_under_its_own_marks(text in "[a-zé]{1,40}", marks in prop::collection::vec((0_usize..40, 0_usize..40), 0..8)) {
            let marks: Vec<Mark> = marks.iter().enumerate().map(|(n, (a, b))| mark(*a, *b, n)).collect();
            let mut at = 0;
            for piece in paragraphs(&text, &marks).into_iter().flatten() {
                for _ in piece.text.chars() {
                    let mut of = piece.of.clone();
                    of.sort_unstable();
                    let expected: Vec<usize> = marks.iter().filter(|m| m.start <= at && at < m.end).map(|m| m.of).collect();
                    prop_assert_eq!(&of, &expected, "letter {}", at);
                    at += 1;
                }
            }
        }
    }
}
