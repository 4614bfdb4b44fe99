//! Quotations: stretches between quotation marks, within a sentence or over many.
//!
//! Marks may be straight, curly, doubled or angled. A quotation that runs over paragraphs opens each of them with a
//! mark and closes only the last. One that is never closed ends with the sentence it began in.

use holdfire_types::{Sentence, Span};

/// A quoted stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// First sentence that it touches.
    pub first: usize,
    /// Last sentence that it touches.
    pub last: usize,
    /// False where the closing mark is missing.
    pub closed: bool,
}

/// Longest quotation, in bytes; a mark further off belongs to another.
const LONGEST: u32 = 6000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// A straight mark in a place that fits both.
    Either,
}

#[derive(Debug, Clone, Copy)]
struct Mark {
    span: Span,
    side: Side,
    single: bool,
}

/// The quotations of a text, in order, the outermost only.
pub fn find(text: &str, sentences: &[&Sentence]) -> Vec<Quotation> {
    let marks = marks(text);
    let mut found: Vec<Quotation> = Vec::new();
    let mut open: Option<Mark> = None;
    let mut i = 0;
    while i < marks.len() {
        let mark = marks[i];
        match open {
            None => {
                if mark.side != Side::Close && (!mark.single || closes(&marks[i + 1..], mark, sentences)) {
                    open = Some(mark);
                }
            }
            Some(start) if mark.single == start.single => {
                let again = mark.side == Side::Open;
                let far = mark.span.start - start.span.start > LONGEST;
                if again || far {
                    if again && continues(sentences, start.span, mark.span) {
                        // the next paragraph of the same speech
                    } else {
                        found.push(unclosed(start, mark.span.start, sentences));
                        open = (mark.side != Side::Close).then_some(mark);
                    }
                } else {
                    found.push(quotation(start.span, mark.span, sentences, true));
                    open = None;
                }
            }
            Some(_) => {}
        }
        i += 1;
    }
    if let Some(start) = open {
        found.push(unclosed(start, text.len() as u32, sentences));
    }
    found.retain(|q| !q.inner.is_empty());
    found
}

fn quotation(open: Span, close: Span, sentences: &[&Sentence], closed: bool) -> Quotation {
    let span = open.cover(close);
    let (first, last) = touched(sentences, span);
    let end = if closed { close.start } else { close.end };
    let inner = Span { start: open.end.min(end), end };
    Quotation { span, inner, first, last, closed }
}

/// A quotation that never closes ends with its sentence, or before the next mark.
fn unclosed(open: Mark, before: u32, sentences: &[&Sentence]) -> Quotation {
    let (first, _) = touched(sentences, open.span);
    let end = sentences.get(first).map_or(open.span.end, |s| s.span.end).min(before).max(open.span.end);
    quotation(open.span, Span { start: end, end }, sentences, false)
}

/// First and last sentence that share a byte with `span`.
fn touched(sentences: &[&Sentence], span: Span) -> (usize, usize) {
    let first = sentences.partition_point(|s| s.span.end <= span.start);
    let last = sentences.partition_point(|s| s.span.start < span.end);
    (first, last.saturating_sub(1).max(first))
}

/// True where the mark at `next` opens the paragraph right after the one that the speech from `open` has reached.
fn continues(sentences: &[&Sentence], open: Span, next: Span) -> bool {
    let (from, _) = touched(sentences, open);
    let (to, _) = touched(sentences, next);
    match (sentences.get(from), sentences.get(to)) {
        (Some(a), Some(b)) => {
            let opens =
                to.checked_sub(1).and_then(|k| sentences.get(k)).is_some_and(|s| s.paragraph < b.paragraph);
            a.paragraph < b.paragraph && opens && next.start <= b.span.start
        }
        _ => false,
    }
}

/// True where a single mark that may open has its closing mark in the same paragraph.
fn closes(later: &[Mark], open: Mark, sentences: &[&Sentence]) -> bool {
    let (from, _) = touched(sentences, open.span);
    later
        .iter()
        .take_while(|m| m.span.start - open.span.start < LONGEST / 6)
        .find(|m| m.single && m.side == Side::Close)
        .is_some_and(|m| {
            let (to, _) = touched(sentences, m.span);
            match (sentences.get(from), sentences.get(to)) {
                (Some(a), Some(b)) => a.paragraph == b.paragraph,
                _ => true,
            }
        })
}

/// Every quotation mark of the text.
fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        // `` and '' are TeX's double marks
        let doubled = matches!(c, '\'' | '`' | '‘' | '’') && chars.peek().is_some_and(|(_, d)| *d == c);
        if doubled {
            let (next, d) = chars.next().expect("peeked");
            end = next + d.len_utf8();
        }
        let after = chars.peek().map(|(_, d)| *d);
        let spaced_before =
            before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | ':'));
        let spaced_after =
            after.is_none_or(|a| a.is_whitespace() || !(a.is_alphanumeric() || matches!(a, '(' | '[' | '$')));
        let by_place = match (spaced_before, spaced_after) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => Side::Either,
        };
        let mark = match c {
            '“' | '«' | '„' => Some((Side::Open, false)),
            '”' | '»' => Some((Side::Close, false)),
            '"' => Some((by_place, false)),
            '`' | '‘' if doubled => Some((Side::Open, false)),
            '\'' if doubled => Some((if by_place == Side::Open { Side::Open } else { Side::Close }, false)),
            '’' if doubled => Some((Side::Close, false)),
            // a single mark inside a word or after a plural is an apostrophe unless something opened before
            '‘' | '`' if spaced_before => Some((Side::Open, true)),
            '\'' if by_place == Side::Open && !after.is_some_and(|a| a.is_ascii_digit()) => {
                Some((Side::Open, true))
            }
            '\'' | '’' if by_place == Side::Close => Some((Side::Close, true)),
            _ => None,
        };
        if let Some((side, single)) = mark {
            found.push(Mark { span: Span::new(at, end), side, single });
        }
        before = Some(c);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::sentences;
    use proptest::prelude::*;

    fn find(text: &str) -> Vec<Quotation> {
        super::find(text, &sentences(text).iter().collect::<Vec<_>>())
    }

    fn quoted(text: &str) -> Vec<&str> {
        find(text).into_iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn straight_curly_and_doubled_marks_open_and_close() {
        assert_eq!(quoted("He said \"we will stay\" and left."), ["we will stay"]);
        assert_eq!(quoted("He said “we will stay” and left."), ["we will stay"]);
        assert_eq!(quoted("He said ``we will stay'' and left."), ["we will stay"]);
        assert_eq!(quoted("He said 'we will stay' and left."), ["we will stay"]);
    }

    #[test]
    fn apostrophes_open_nothing() {
        assert_eq!(quoted("The rebels' homes and the army's posts weren't hit."), Vec::<&str>::new());
        assert_eq!(quoted("It fell in the '90s, the villagers' elders say."), Vec::<&str>::new());
    }

    #[test]
    fn a_speech_runs_over_sentences_and_paragraphs() {
        let text = "\"We are here. We stay,\" she said.";
        let found = find(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].closed && found[0].first < found[0].last);
        let long = "\"We are here.\n\n\"We stay,\" she said.";
        assert_eq!(quoted(long), ["We are here.\n\n\"We stay,"]);
    }

    #[test]
    fn a_quotation_that_never_closes_ends_with_its_sentence() {
        let text = "She said \"we stay. Shells fell on the town. Others left.";
        let found = find(text);
        assert_eq!(found.len(), 1);
        assert!(!found[0].closed);
        assert_eq!(found[0].inner.of(text), "we stay.");
    }

    proptest! {
        #[test]
        fn quotations_stand_in_order_inside_the_text(text in "[a-z .\n\"'“”‘’`]{0,200}") {
            let found = find(&text);
            let mut end = 0;
            for q in found {
                prop_assert!(q.span.start >= end && q.span.end as usize <= text.len());
                prop_assert!(q.span.contains(q.inner));
                prop_assert!(!q.inner.of(&text).is_empty());
                end = q.span.end;
            }
        }
    }
}
