//! Attributions: whom a text gives words, thoughts, wishes and stands to.
//!
//! - [`find`] goes over a document: which words are cues ("said", "according to", "the claim that"), and for each cue which
//!   words beside it are its own, its source's and its content.
//! - Cues are chosen one by one by a linear model; the words beside a cue together, as the best chain of labels.
//!
//! Source and cue are one stretch each; content may be several, also in the sentences before and after ("…," she said. "…").

mod chain;
mod cue;
mod marks;
mod models;
mod parts;
#[cfg(feature = "train")]
pub mod train;
mod way;

use holdfire_types::Span;

use crate::document::Document;
use chain::Label;
use marks::Marks;
pub use models::AttributionModels;
use parts::Line;

/// What is said, thought or wanted, by whom, and the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who; `None` where the text does not say ("it is said that ...").
    pub source: Option<Span>,
    /// The words that tell that something is given to someone.
    pub cue: Span,
    /// What is given to them, in the order of the text.
    pub content: Vec<Span>,
}

/// Odds from which a word is taken for a cue; chosen on held-out documents of the training set.
const BAR: f32 = 0.4;

/// The attributions of a document, in the order of their cues.
pub fn find(document: &Document<'_>) -> Vec<Attribution> {
    find_with(AttributionModels::embedded(), document, BAR)
}

/// [`find`] with other models and another bar.
pub fn find_with(models: &AttributionModels, document: &Document<'_>, bar: f32) -> Vec<Attribution> {
    let marks = Marks::new(document);
    let mut found = Vec::new();
    for (s, view) in document.views.iter().enumerate() {
        for i in (0..view.len()).filter(|&i| cue::may_be(view, i)) {
            let score = models.cue.score(&cue::features(document, &marks, s, i));
            if 1.0 / (1.0 + (-score).exp()) >= bar {
                found.extend(beside(models, document, &marks, s, i));
            }
        }
    }
    found
}

/// The attribution of the cue at token `i` of sentence `s`; `None` where no content is found.
fn beside(
    models: &AttributionModels,
    document: &Document<'_>,
    marks: &Marks,
    s: usize,
    i: usize,
) -> Option<Attribution> {
    let line = Line::new(document, marks, s, i);
    let words: Vec<[f32; 4]> = (0..line.len()).map(|n| four(&models.parts.scores(&line.word(n)))).collect();
    let steps: Vec<[f32; 16]> =
        (1..line.len()).map(|n| sixteen(&models.steps.scores(&line.step(n)))).collect();
    let labels = chain::best(&words, &steps, line.cue());
    let found = attribution(&line, &labels);
    (!found.content.is_empty()).then_some(found)
}

/// The stretches of a chain of labels.
fn attribution(line: &Line<'_, '_>, labels: &[Label]) -> Attribution {
    let stretches = |label: Label| {
        let mut found: Vec<Span> = Vec::new();
        for (n, _) in labels.iter().enumerate().filter(|(_, l)| **l == label) {
            let joined = n > 0 && labels[n - 1] == label;
            match found.last_mut().filter(|_| joined) {
                Some(last) => *last = last.cover(line.span(n)),
                None => found.push(line.span(n)),
            }
        }
        found
    };
    Attribution {
        source: stretches(Label::Source).first().copied(),
        cue: stretches(Label::Cue).first().copied().unwrap_or_else(|| line.span(line.cue())),
        content: stretches(Label::Content),
    }
}

fn four(scores: &[f32]) -> [f32; 4] {
    std::array::from_fn(|k| scores[k])
}

fn sixteen(scores: &[f32]) -> [f32; 16] {
    std::array::from_fn(|k| scores[k])
}
