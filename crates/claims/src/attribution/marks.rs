//! Where the words of a document stand to its quotation marks.

use holdfire_types::Sentence;

use crate::document::Document;
use crate::quotes;

/// A word's place in a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In none.
    Outside,
    /// Its opening mark.
    Open,
    /// Inside.
    Inside,
    /// Its closing mark.
    Close,
}

/// For each word of each sentence its place, and the number of its quotation from 1.
#[derive(Debug)]
pub struct Marks(Vec<Vec<(Place, u32)>>);

impl Marks {
    /// Finds the quotations of a document.
    pub fn new(document: &Document<'_>) -> Self {
        let views = &document.views;
        let mut places: Vec<Vec<(Place, u32)>> =
            views.iter().map(|v| vec![(Place::Outside, 0); v.len()]).collect();
        let sentences: Vec<&Sentence> = views.iter().map(|v| v.sentence).collect();
        for (number, quotation) in quotes::find(&document.report.text, &sentences).iter().enumerate() {
            for s in quotation.first..=quotation.last.min(views.len().saturating_sub(1)) {
                for (i, token) in views[s].sentence.tokens.iter().enumerate() {
                    let span = token.span;
                    let place = if quotation.inner.contains(span) {
                        Place::Inside
                    } else if !quotation.span.overlaps(span) {
                        continue;
                    } else if span.start < quotation.inner.start {
                        Place::Open
                    } else {
                        Place::Close
                    };
                    places[s][i] = (place, number as u32 + 1);
                }
            }
        }
        Self(places)
    }

    /// The place of token `i` of sentence `s`.
    pub fn place(&self, s: usize, i: usize) -> Place {
        self.0[s][i].0
    }

    /// The number of its quotation; 0 outside.
    pub fn number(&self, s: usize, i: usize) -> u32 {
        self.0[s][i].1
    }

    /// True where a sentence holds words of a quotation.
    pub fn quoted(&self, s: usize) -> bool {
        self.0[s].iter().any(|(place, _)| *place != Place::Outside)
    }

    /// The number of the quotation that a sentence's last word stands in, where it goes on in the next.
    pub fn runs_on(&self, s: usize) -> Option<u32> {
        let last = *self.0[s].last()?;
        let next = *self.0.get(s + 1)?.first()?;
        (last.1 != 0 && last.1 == next.1).then_some(last.1)
    }
}
