//! How much of the trees and names is lost when the words are spoiled by [`noise`](crate::noise).
//!
//! Words and sentences are given. LAS counts the words that are left, clean and spoiled alike; a loss is the clean figure
//! less the spoiled one.

use std::collections::{BTreeSet, HashMap};

use holdfire_model::Model;
use holdfire_types::{Sentence, Span};

use crate::Fault;
use crate::data::Data;
use crate::eval_names;
use crate::eval_syntax::{EWT, GUM, Treebank, Word};
use crate::noise::{Sort, Spoiled, spoil};
use crate::row::{Count, Row, share};

const SEED: u64 = 20_170_216;

/// Rows of what is there: the mix of all sorts, and each sort's own loss.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let model = Model::embedded()?;
    let mut rows = Vec::new();
    for (set, file) in [("noise/ewt-dev", EWT), ("noise/gum-dev", GUM)] {
        if let Some(text) = data.text(file)? {
            rows.extend(trees(model, set, &Treebank::read(&text)));
        }
    }
    if let Some(text) = data.text(eval_names::FILE)? {
        rows.extend(names(model, &eval_names::read(&text)));
    }
    Ok(rows)
}

/// Right clean, right spoiled, of how many.
#[derive(Debug, Clone, Copy, Default)]
struct Both {
    clean: usize,
    spoiled: usize,
    n: usize,
}

fn trees(model: &Model, set: &'static str, gold: &Treebank) -> Vec<Row> {
    let clean = model.annotate_given(&gold.text, &gold.spans);
    let forms: Vec<Vec<&str>> =
        gold.spans.iter().map(|s| s.iter().map(|w| w.of(&gold.text)).collect()).collect();
    let spoiled: Vec<Spoiled> = gold
        .words
        .iter()
        .enumerate()
        .map(|(n, words)| {
            let heads: BTreeSet<Span> = words.iter().filter_map(|w| w.head).collect();
            spoil(&forms[n], &|i| !heads.contains(&gold.spans[n][i]), Sort::of(SEED, n), SEED + n as u64)
        })
        .collect();
    let ours = annotate(model, &spoiled);
    let mut counts = HashMap::<&str, Both>::new();
    let mut all = Both::default();
    for (n, spoiled) in spoiled.iter().enumerate() {
        let number: HashMap<Span, usize> = gold.spans[n].iter().enumerate().map(|(i, s)| (*s, i)).collect();
        let count = counts.entry(Sort::of(SEED, n).name()).or_default();
        for (at, was) in spoiled.iter().enumerate() {
            let Some(was) = was.0 else { continue };
            let word = &gold.words[n][was];
            let wanted = word.head.map(|h| number[&h]);
            let head = ours[n].tokens[at].head.map(|h| spoiled[h as usize].0.unwrap_or(usize::MAX));
            let right = [
                labelled(word, wanted, clean[n].tokens[was].head.map(|h| h as usize), &clean[n], was),
                labelled(word, wanted, head, &ours[n], at),
            ];
            for count in [&mut *count, &mut all] {
                count.clean += usize::from(right[0]);
                count.spoiled += usize::from(right[1]);
                count.n += 1;
            }
        }
    }
    let mut rows = vec![
        Row::new(set, "LAS clean", share(all.clean, all.n), all.n, "accuracy"),
        Row::new(set, "LAS spoiled", share(all.spoiled, all.n), all.n, "accuracy"),
    ];
    let loss = |b: Both| share(b.clean, b.n) - share(b.spoiled, b.n);
    rows.push(Row::new(set, "LAS loss", loss(all), all.n, "loss"));
    rows.extend(
        counts
            .into_iter()
            .map(|(sort, b)| Row::new(set, format!("LAS loss by {sort}"), loss(b), b.n, "loss")),
    );
    rows
}

fn labelled(gold: &Word, wanted: Option<usize>, head: Option<usize>, ours: &Sentence, at: usize) -> bool {
    wanted == head && gold.dep == ours.tokens[at].dep.base()
}

fn names(model: &Model, sentences: &[Vec<(String, String)>]) -> Vec<Row> {
    const SET: &str = "noise/worldwide-dev";
    let (text, spans) = eval_names::joined(sentences);
    let clean = model.annotate_given(&text, &spans);
    let spoiled: Vec<Spoiled> = sentences
        .iter()
        .enumerate()
        .map(|(n, words)| {
            let forms: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            spoil(&forms, &|i| words[i].1 == "O", Sort::of(SEED, n), SEED + n as u64)
        })
        .collect();
    let ours = annotate(model, &spoiled);
    let mut counts = HashMap::<&str, [Count; 2]>::new();
    let mut all = [Count::default(); 2];
    for (n, words) in sentences.iter().enumerate() {
        let gold = eval_names::names(words.iter().map(|(_, label)| label.as_str()));
        let was = |at: usize| spoiled[n][at].0;
        let found: BTreeSet<_> = eval_names::told(&ours[n])
            .into_iter()
            .map(|(from, to, kind)| (was(from), was(to - 1).map(|last| last + 1), kind))
            // a name of a dateline alone is not in the gold data, right or wrong
            .filter(|(from, to, _)| from.is_some() || to.is_some())
            .collect();
        let right = gold.iter().filter(|(a, b, kind)| found.contains(&(Some(*a), Some(*b), kind.clone())));
        let told = eval_names::told(&clean[n]);
        let pair = [(gold.intersection(&told).count(), told.len()), (right.count(), found.len())];
        let count = counts.entry(Sort::of(SEED, n).name()).or_default();
        for (which, (right, found)) in pair.into_iter().enumerate() {
            count[which].add(right, found, gold.len());
            all[which].add(right, found, gold.len());
        }
    }
    let mut rows = vec![
        all[0].row(SET, "names clean"),
        all[1].row(SET, "names spoiled"),
        Row::new(SET, "names loss", all[0].f1() - all[1].f1(), all[0].gold, "loss"),
    ];
    rows.extend(counts.into_iter().map(|(sort, [clean, spoiled])| {
        Row::new(SET, format!("names loss by {sort}"), clean.f1() - spoiled.f1(), clean.gold, "loss")
    }));
    rows
}

/// The spoiled words labelled, sentence by sentence.
fn annotate(model: &Model, spoiled: &[Spoiled]) -> Vec<Sentence> {
    let words: Vec<Vec<(String, String)>> = spoiled
        .iter()
        .map(|sentence| sentence.iter().map(|(_, word)| (word.clone(), String::new())).collect())
        .collect();
    let (text, spans) = eval_names::joined(&words);
    model.annotate_given(&text, &spans)
}
