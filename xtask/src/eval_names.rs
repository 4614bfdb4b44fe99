//! Names against newswire from outside the West: exact span and type, the words being given.
//!
//! The set's labels are BIO, read leniently: an inside label without a beginning begins a name.

use std::collections::{BTreeMap, BTreeSet};

use holdfire_model::Model;
use holdfire_types::{Sentence, Span};

use crate::Fault;
use crate::data::Data;
use crate::row::{Count, Row};

const SET: &str = "ner/worldwide-dev";
/// The newswire.
pub const FILE: &str = "data/ner/worldwide/dev.tsv";

/// A name: first token, one past the last, type.
pub type Name = (usize, usize, String);

/// Rows over all types and for each.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.text(FILE)? else { return Ok(Vec::new()) };
    let sentences = read(&file);
    let (text, spans) = joined(&sentences);
    let ours = Model::embedded()?.annotate_given(&text, &spans);
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (gold, ours) in sentences.iter().zip(&ours) {
        let (gold, ours) = (names(gold.iter().map(|(_, label)| label.as_str())), told(ours));
        for name in &gold {
            counts.entry(name.2.clone()).or_default().add(usize::from(ours.contains(name)), 0, 1);
        }
        for name in &ours {
            counts.entry(name.2.clone()).or_default().add(0, 1, 0);
        }
    }
    let mut all = Count::default();
    for count in counts.values() {
        all.add(count.right, count.found, count.gold);
    }
    let mut rows = vec![
        all.row(SET, "all names"),
        Row::new(SET, "all names precision", all.precision(), all.found, "precision"),
        Row::new(SET, "all names recall", all.recall(), all.gold, "recall"),
    ];
    rows.extend(counts.iter().map(|(kind, count)| count.row(SET, format!("type {kind}"))));
    Ok(rows)
}

/// Sentences of words with their labels.
pub fn read(file: &str) -> Vec<Vec<(String, String)>> {
    let mut out = vec![Vec::new()];
    for line in file.lines() {
        match line.split_once('\t') {
            Some((word, label)) if !word.is_empty() => {
                if let Some(open) = out.last_mut() {
                    open.push((word.to_owned(), label.trim().to_owned()));
                }
            }
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

/// The words joined by spaces, a line for each sentence, and where they stand.
pub fn joined(sentences: &[Vec<(String, String)>]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let words = sentence.iter().map(|(word, _)| {
            let start = text.len();
            text.push_str(word);
            let span = Span::new(start, text.len());
            text.push(' ');
            span
        });
        spans.push(words.collect());
        text.push('\n');
    }
    (text, spans)
}

/// Names of labels.
pub fn names<'l>(labels: impl Iterator<Item = &'l str>) -> BTreeSet<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut open = false;
    for (i, label) in labels.enumerate() {
        let Some((place, kind)) = label.split_once('-') else {
            open = false;
            continue;
        };
        match out.last_mut() {
            Some(last) if open && place != "B" && last.2 == kind => last.1 = i + 1,
            _ => out.push((i, i + 1, kind.to_owned())),
        }
        open = true;
    }
    out.into_iter().collect()
}

/// Names that we gave.
pub fn told(sentence: &Sentence) -> BTreeSet<Name> {
    let names = sentence.names.iter();
    names.map(|n| (n.start as usize, n.end as usize, n.kind.as_str().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_leniently() {
        let labels = ["I-Person", "I-Person", "O", "B-Location", "B-Location", "I-Date"];
        let told: Vec<_> = names(labels.into_iter()).into_iter().map(|(s, e, _)| (s, e)).collect();
        assert_eq!(told, [(0, 2), (3, 4), (4, 5), (5, 6)]);
    }

    #[test]
    fn words_stand_where_they_are_said_to() {
        let sentences = read("# doc = a\nOld\tB-Location\nTown\tI-Location\n\nYes\tO\n");
        let (text, spans) = joined(&sentences);
        assert_eq!(spans.len(), 2);
        assert_eq!((spans[0][1].of(&text), spans[1][0].of(&text)), ("Town", "Yes"));
    }
}
