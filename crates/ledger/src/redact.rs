//! Words taken out of what was recorded: a mark stands in their place, and every span is moved along.

use holdfire_types::{Act, Claim, Filler, Span};

use crate::contents::Value;
use crate::words::{Phrase, Words};

/// What is taken out, and the mark put in its place.
#[derive(Debug)]
pub struct Redaction {
    phrases: Vec<Phrase>,
    mark: String,
}

/// Places of a text that were replaced: where they stood, in order, and the bytes of the mark.
#[derive(Debug, Default)]
pub struct Moved {
    gone: Vec<Span>,
    mark: i64,
}

impl Moved {
    /// A span of the text as it was, in the text as it is. One that met words taken out covers their mark.
    pub fn span(&self, span: Span) -> Span {
        let at = |offset: u32, end: bool| {
            let mut shift = 0i64;
            for gone in self.gone.iter().take_while(|gone| gone.start < offset) {
                if offset < gone.end || offset == gone.end && end {
                    // Inside: a span begins before the mark, or ends behind it.
                    let inside = i64::from(gone.start) + if end { self.mark } else { 0 };
                    return (inside + shift) as u32;
                }
                shift += self.mark - gone.len() as i64;
            }
            (i64::from(offset) + shift) as u32
        };
        let start = at(span.start, false);
        Span { start, end: if span.is_empty() { start } else { at(span.end, true) } }
    }
}

impl Redaction {
    /// Takes out each of `words`: several of one that follow each other, whatever stands between them but letters,
    /// without regard to case and accents. `None` where no word is among them.
    pub fn new(words: &[String], mark: String) -> Option<Self> {
        let phrases: Vec<_> = words.iter().filter_map(|words| Phrase::together(words)).collect();
        (!phrases.is_empty()).then_some(Self { phrases, mark })
    }

    /// The text without the words.
    pub fn text(&self, text: &mut String) -> Moved {
        let words = Words::of(text);
        let mut found: Vec<Span> = self.phrases.iter().flat_map(|phrase| words.find(phrase)).collect();
        found.sort_unstable();
        let mut gone: Vec<Span> = Vec::new();
        for span in found {
            match gone.last_mut() {
                Some(last) if span.start < last.end => last.end = last.end.max(span.end),
                _ => gone.push(span),
            }
        }
        for span in gone.iter().rev() {
            text.replace_range(span.start as usize..span.end as usize, &self.mark);
        }
        Moved { gone, mark: self.mark.len() as i64 }
    }

    fn optional(&self, text: &mut Option<String>) {
        if let Some(text) = text {
            self.text(text);
        }
    }

    /// Takes the words out of everything that an entry says in words. `moved` says how the text of the report was
    /// changed that a reading belongs to; that of a report is given back.
    pub fn value(&self, value: &mut Value, moved: &Moved) -> Moved {
        match value {
            Value::Report(report, _) => {
                let moved = self.text(&mut report.text);
                self.text(&mut report.name);
                for field in [
                    &mut report.url, &mut report.title, &mut report.publisher, &mut report.agency,
                    &mut report.dateline,
                ] {
                    self.optional(field);
                }
                if let Some(span) = report.published.as_mut().and_then(|p| p.span.as_mut()) {
                    *span = moved.span(*span);
                }
                return moved;
            }
            Value::Claims(batch) => batch.claims.iter_mut().for_each(|claim| self.claim(claim, moved)),
            Value::Decisions(decisions) => {
                let evidence = decisions
                    .iter_mut()
                    .flat_map(|d| d.evidence_for.iter_mut().chain(&mut d.evidence_against));
                evidence.for_each(|phrase| drop(self.text(phrase)));
            }
            Value::Correction(correction, _) => drop(self.text(&mut correction.text)),
            Value::Answer(answer) => drop(self.text(&mut answer.text)),
            Value::Copy(_) | Value::ClockBack | Value::Erasure(_) | Value::Pack(_) => {}
        }
        Moved::default()
    }

    fn claim(&self, claim: &mut Claim, moved: &Moved) {
        let Claim { span, anchor, source, via, stance_span, act, .. } = claim;
        let Act { actor, target, place, days_span, figures, .. } = act;
        for span in [span, anchor].into_iter().chain(stance_span).chain(days_span) {
            *span = moved.span(*span);
        }
        let fillers = std::iter::once(source).chain(via).chain(actor).chain(target).chain(place);
        for Filler { name, span, .. } in fillers {
            self.text(name);
            if let Some(span) = span {
                *span = moved.span(*span);
            }
        }
        for figure in figures {
            self.text(&mut figure.of);
            figure.span = moved.span(figure.span);
            if let Some(window) = &mut figure.window {
                window.span = moved.span(window.span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn redaction(words: &str) -> Redaction {
        Redaction::new(&[words.to_owned()], "[gone]".to_owned()).unwrap()
    }

    #[test]
    fn words_are_taken_out_however_they_are_written() {
        let mut text =
            "Miriam\nQUELLENSTEIN's house, miriam quellenstein. Miriam Quell is another.".to_owned();
        redaction("Miriam Quellenstein").text(&mut text);
        assert_eq!(text, "[gone]'s house, [gone]. Miriam Quell is another.");
        assert!(Redaction::new(&[" - ".to_owned()], String::new()).is_none());
    }

    proptest! {
        /// Spans that do not cut into the words taken out still hold what they held.
        #[test]
        fn spans_hold_what_they_held(parts in proptest::collection::vec("(ab|cd|Xy|[.,] )", 0..12), from in 0usize..40, to in 0usize..40) {
            let text = parts.join(" ");
            let (from, to) = (from.min(to).min(text.len()), from.max(to).min(text.len()));
            let span = Span::new(from, to);
            let mut after = text.clone();
            let moved = redaction("xy").text(&mut after);
            let mut expected = span.of(&text).to_owned();
            let cuts = |at: u32| moved.gone.iter().any(|g| g.start < at && at < g.end);
            prop_assume!(!cuts(span.start) && !cuts(span.end));
            redaction("xy").text(&mut expected);
            let found = moved.span(span).of(&after);
            prop_assert_eq!(found, expected);
        }
    }
}
