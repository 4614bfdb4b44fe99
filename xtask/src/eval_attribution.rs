//! Attributions against `PolNeAR`'s development half, from raw text: exact source, cue and content, each and joined.
//!
//! A span is its set of stretches. A span found twice, as the source of two cues, counts once on either side.

use std::collections::BTreeSet;

use holdfire_claims::Document;
use holdfire_claims::attribution::{self, Attribution};
use holdfire_model::Model;
use holdfire_types::{Report, Span};
use holdfire_world::World;

use crate::Fault;
use crate::data::Data;
use crate::polnear::{self, Marked, Spans};
use crate::row::{Count, Row};

const SET: &str = "attribution/polnear-dev";

/// Hits on sources, cues, contents and whole attributions.
pub type Counts = [Count; 4];

/// What is counted.
pub const MEASURES: [&str; 4] = ["source", "cue", "content", "source, cue and content"];

/// The F1 of each part and of the three joined.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let model = Model::embedded()?;
    let world = World::embedded()?;
    let mut counts = Counts::default();
    let documents = polnear::load(data, "dev")?;
    for marked in &documents {
        let report = Report::new(marked.name.clone(), marked.text.clone());
        let sentences = model.annotate(&report.text);
        let document = Document::new(&report, &sentences, world.acts());
        count(&mut counts, marked, &attribution::find(&document));
    }
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    Ok(counts.iter().zip(MEASURES).map(|(count, measure)| count.row(SET, measure)).collect())
}

/// Adds what was found of a document.
pub fn count(counts: &mut Counts, marked: &Marked, found: &[Attribution]) {
    let found: Vec<Spans> = found
        .iter()
        .map(|a| Spans {
            source: a.source.into_iter().collect(),
            cue: vec![a.cue],
            content: a.content.clone(),
        })
        .collect();
    let part = |of: fn(&Spans) -> &Vec<Span>| {
        let set = |all: &[Spans]| -> BTreeSet<Vec<Span>> {
            all.iter().map(of).filter(|s| !s.is_empty()).cloned().collect()
        };
        hits(&set(&marked.attributions), &set(&found))
    };
    let parts = [part(|s| &s.source), part(|s| &s.cue), part(|s| &s.content)];
    let whole = hits(&marked.attributions.iter().collect(), &found.iter().collect());
    for (count, (right, found, gold)) in counts.iter_mut().zip(parts.into_iter().chain([whole])) {
        count.add(right, found, gold);
    }
}

fn hits<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> (usize, usize, usize) {
    (gold.intersection(found).count(), found.len(), gold.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_right_by_all_its_stretches() {
        let span = |from: usize, to: usize| Span::new(from, to);
        let gold = Spans {
            source: vec![span(0, 3)],
            cue: vec![span(4, 8)],
            content: vec![span(9, 12), span(14, 20)],
        };
        let marked = Marked { name: String::new(), text: String::new(), attributions: vec![gold] };
        let found = Attribution { source: Some(span(0, 3)), cue: span(4, 8), content: vec![span(9, 12)] };
        let mut counts = Counts::default();
        count(&mut counts, &marked, &[found]);
        assert_eq!(counts.map(|c| c.right), [1, 1, 0, 0]);
        assert_eq!(counts.map(|c| (c.found, c.gold)), [(1, 1); 4]);
    }
}
