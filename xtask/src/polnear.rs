//! `PolNeAR`: news with attributions marked, in standoff files beside the texts.
//!
//! A line `T4<tab>Cue 113 119;130 135<tab>words` marks a span by its stretches in code points, `E1<tab>Attribution:T4 Content:T3
//! Cue:T2 Source:T1` joins spans. Where several annotators marked a text, the first by name counts. A span that stands inside
//! what is marked `Discard` is left out.

use std::collections::BTreeMap;

use holdfire_types::{CharMap, Span};

use crate::Fault;
use crate::data::Data;

/// A text and its attributions.
#[derive(Debug)]
pub struct Marked {
    /// Name of the file.
    pub name: String,
    /// The text.
    pub text: String,
    /// The attributions.
    pub attributions: Vec<Spans>,
}

/// The spans of one attribution, each a set of stretches in order; empty where it has none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spans {
    /// Who.
    pub source: Vec<Span>,
    /// The words that tell it.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// The texts of one split, `train` or `dev`.
pub fn load(data: &Data, split: &str) -> Result<Vec<Marked>, Fault> {
    let folder = format!("data/attribution/polnear/{split}");
    let mut files: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (stem, file) in data.documents(&format!("{folder}/attributions"), "ann")? {
        let Some((name, annotator)) = stem.rsplit_once('_') else { continue };
        match files.get(name) {
            Some((first, _)) if first.as_str() <= annotator => {}
            _ => drop(files.insert(name.to_owned(), (annotator.to_owned(), file))),
        }
    }
    let mut out = Vec::new();
    for (name, text) in data.documents(&format!("{folder}/text"), "txt")? {
        if let Some((_, file)) = files.get(&name) {
            let attributions = read(file, &text);
            out.push(Marked { name, text, attributions });
        }
    }
    Ok(out)
}

/// The attributions of a standoff file.
fn read(file: &str, text: &str) -> Vec<Spans> {
    let map = CharMap::new(text);
    let mut spans: BTreeMap<&str, (&str, Vec<Span>)> = BTreeMap::new();
    let mut found = Vec::new();
    for line in file.lines() {
        let mut cells = line.split('\t');
        let (Some(id), Some(what)) = (cells.next(), cells.next()) else { continue };
        match id.as_bytes().first() {
            Some(b'T') => {
                let Some((label, stretches)) = what.split_once(' ') else { continue };
                spans.insert(
                    id,
                    (label, stretches.split(';').filter_map(|s| stretch(s, text, &map)).collect()),
                );
            }
            Some(b'E') => found.push(what),
            _ => {}
        }
    }
    let discarded: Vec<Span> =
        spans.values().filter(|(label, _)| *label == "Discard").flat_map(|(_, s)| s.clone()).collect();
    let kept = |id: &str| -> Vec<Span> {
        let Some((_, stretches)) = spans.get(id) else { return Vec::new() };
        let gone = stretches.iter().all(|s| discarded.iter().any(|d| d.contains(*s)));
        if gone { Vec::new() } else { stretches.clone() }
    };
    let joined = |what: &str| {
        let mut spans = Spans::default();
        for (role, id) in what.split(' ').filter_map(|part| part.split_once(':')) {
            let of = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut spans.source,
                "Cue" => &mut spans.cue,
                "Content" => &mut spans.content,
                _ => continue,
            };
            of.extend(kept(id));
            of.sort();
        }
        spans
    };
    found.into_iter().map(joined).filter(|s| *s != Spans::default()).collect()
}

/// `113 119`, in code points.
fn stretch(cell: &str, text: &str, map: &CharMap) -> Option<Span> {
    let (from, to) = cell.split_once(' ')?;
    let (from, to): (usize, usize) = (from.parse().ok()?, to.parse().ok()?);
    (from < to).then(|| map.span(text, [from, to]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_joined_and_discarded_ones_left_out() {
        let text = "Ann said é left. Bob said so.";
        let file = "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 10;11 15\té left\n\
            T4\tSource 17 20\tBob\nT5\tCue 21 25\tsaid\nT6\tContent 26 28\tso\nT7\tDiscard 17 29\tBob said so.\n\
            T8\tDiscuss 0 3\tAnn\nE1\tAttribution:T2 Content:T3 Cue:T2 Source:T1\nE2\tContent:T6 Cue:T5 Source:T4\n";
        let found = read(file, text);
        assert_eq!(found.len(), 1);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(words(&found[0].source), ["Ann"]);
        assert_eq!(words(&found[0].content), ["é", "left"]);
    }
}
