//! Words, sentences, tags, lemmas and trees against treebanks, as CoNLL 2018 defines the measures
//! (universaldependencies.org/conll18/evaluation.html).
//!
//! - given: words and sentences are the treebank's; we label them.
//! - raw: we start from the text; a word counts where ours begins and ends as the treebank's does.
//!
//! Subtypes of relations are dropped. Words of a contraction stand side by side, as in its text.

use std::collections::{HashMap, HashSet};

use holdfire_model::{Model, conllu};
use holdfire_types::{Sentence, Span};

use crate::Fault;
use crate::data::Data;
use crate::row::{Count, Row, share};

/// Development half of the English Web Treebank.
pub const EWT: &str = "data/ud/ewt/en_ewt-ud-dev.conllu";
/// Development half of GUM, its free genres.
pub const GUM: &str = "data/ud/gum/en_gum-clean-ud-dev.conllu";

/// Rows of every treebank that is there.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let model = Model::embedded()?;
    let mut rows = Vec::new();
    for (set, file) in [("ud/ewt-dev", EWT), ("ud/gum-dev", GUM)] {
        if let Some(text) = data.text(file)? {
            let gold = Treebank::read(&text);
            rows.extend(gold.given(set, &model.annotate_given(&gold.text, &gold.spans)));
            rows.extend(gold.raw(set, &model.annotate(&gold.text)));
        }
    }
    Ok(rows)
}

/// A word's label: lemma, tags, where its head stands (`None` for the root) and its relation.
#[derive(Debug, PartialEq)]
pub struct Word {
    lemma: String,
    upos: String,
    xpos: String,
    /// Where its head stands.
    pub head: Option<Span>,
    /// Its relation, without subtype.
    pub dep: String,
}

/// Which labels of a word are right.
#[derive(Debug, Clone, Copy, Default)]
struct Right {
    upos: bool,
    xpos: bool,
    lemma: bool,
    head: bool,
    labelled: bool,
}

impl Word {
    /// Our word's labels against these. An unmarked lemma agrees with any.
    fn right(&self, ours: &Self) -> Right {
        let head = self.head == ours.head;
        Right {
            upos: self.upos == ours.upos,
            xpos: self.xpos == ours.xpos,
            lemma: self.lemma == "_" || self.lemma == ours.lemma,
            head,
            labelled: head && self.dep == ours.dep,
        }
    }
}

/// How often each label was right.
#[derive(Debug, Default)]
struct Tally([usize; 5]);

const LABELS: [&str; 5] = ["UPOS", "XPOS", "lemmas", "UAS", "LAS"];

impl Tally {
    fn add(&mut self, right: Right) {
        let each = [right.upos, right.xpos, right.lemma, right.head, right.labelled];
        for (count, right) in self.0.iter_mut().zip(each) {
            *count += usize::from(right);
        }
    }
}

/// The gold trees over one text.
pub struct Treebank {
    /// Its sentences' text.
    pub text: String,
    /// Where the words of each sentence stand.
    pub spans: Vec<Vec<Span>>,
    /// What they are.
    pub words: Vec<Vec<Word>>,
}

impl Treebank {
    /// Reads a CoNLL-U file.
    pub fn read(file: &str) -> Self {
        let conllu::Text { text, sentences } = conllu::read(file);
        let sentences: Vec<_> = sentences.into_iter().filter(|s| !s.words.is_empty()).collect();
        let words = sentences.iter().map(|s| {
            s.words.iter().map(|&at| {
                let row = &s.rows[at];
                let head: usize = row[6].parse().unwrap_or(0);
                Word {
                    lemma: row[2].clone(),
                    upos: row[3].clone(),
                    xpos: row[4].clone(),
                    head: head.checked_sub(1).and_then(|h| s.spans.get(h).copied()),
                    dep: base(&row[7]).to_owned(),
                }
            })
        });
        let words = words.map(Iterator::collect).collect();
        Self { words, spans: sentences.into_iter().map(|s| s.spans).collect(), text }
    }

    fn size(&self) -> usize {
        self.words.iter().map(Vec::len).sum()
    }

    /// Shares of the words that are right, words and sentences being given.
    fn given(&self, set: &'static str, ours: &[Sentence]) -> Vec<Row> {
        let mut tally = Tally::default();
        for (gold, ours) in self.words.iter().zip(ours) {
            for (gold, (_, ours)) in gold.iter().zip(labels(ours)) {
                tally.add(gold.right(&ours));
            }
        }
        let n = self.size();
        let rows = LABELS.iter().zip(tally.0);
        rows.map(|(label, right)| Row::new(set, format!("given {label}"), share(right, n), n, "accuracy"))
            .collect()
    }

    /// F1 of words, sentences and labels, starting from the text.
    fn raw(&self, set: &'static str, ours: &[Sentence]) -> Vec<Row> {
        let there: HashMap<Span, &Word> =
            self.spans.iter().flatten().copied().zip(self.words.iter().flatten()).collect();
        let bounds: HashSet<Span> = self.spans.iter().map(|s| s[0].cover(s[s.len() - 1])).collect();
        let (mut tally, mut aligned, mut found) = (Tally::default(), 0, 0);
        for (span, ours) in ours.iter().flat_map(labels) {
            found += 1;
            if let Some(gold) = there.get(&span) {
                aligned += 1;
                tally.add(gold.right(&ours));
            }
        }
        let gold = self.size();
        let whole = ours.iter().filter(|s| bounds.contains(&s.span)).count();
        let mut rows = vec![
            Count { right: aligned, found, gold }.row(set, "raw words"),
            Count { right: whole, found: ours.len(), gold: bounds.len() }.row(set, "raw sentences"),
        ];
        for (label, right) in LABELS.iter().zip(tally.0) {
            rows.push(Count { right, found, gold }.row(set, format!("raw {label}")));
        }
        rows
    }
}

/// Our words with where they stand.
fn labels(sentence: &Sentence) -> impl Iterator<Item = (Span, Word)> + '_ {
    sentence.tokens.iter().map(|token| {
        let word = Word {
            lemma: token.lemma.clone(),
            upos: token.upos.as_str().to_owned(),
            xpos: token.xpos.to_owned(),
            head: token.head.map(|h| sentence.tokens[h as usize].span),
            dep: token.dep.base().to_owned(),
        };
        (token.span, word)
    })
}

fn base(dep: &str) -> &str {
    dep.split_once(':').map_or(dep, |(base, _)| base)
}

#[cfg(test)]
mod tests {
    use holdfire_types::{Dep, Token, Upos};

    use super::*;

    fn gold() -> Treebank {
        let rows = [
            ["1", "Guns", "gun", "NOUN", "NNS", "_", "2", "nsubj:outer", "_", "_"],
            ["2", "fell", "fall", "VERB", "VBD", "_", "0", "root", "_", "_"],
            ["3", "silent", "silent", "ADJ", "JJ", "_", "2", "xcomp", "_", "SpaceAfter=No"],
            ["4", ".", ".", "PUNCT", ".", "_", "2", "punct", "_", "_"],
        ];
        Treebank::read(&rows.map(|r| r.join("\t")).join("\n"))
    }

    fn ours(spans: &[(usize, usize)], heads: &[Option<u32>]) -> Sentence {
        let deps = [Dep::Nsubj, Dep::Root, Dep::Obj, Dep::Punct];
        let tokens: Vec<Token> = spans
            .iter()
            .zip(heads)
            .zip(deps)
            .map(|((&(start, end), &head), dep)| Token {
                span: Span::new(start, end),
                lemma: "gun".to_owned(),
                upos: Upos::Noun,
                xpos: "NN",
                head,
                dep,
            })
            .collect();
        let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
        Sentence { span, paragraph: 0, tokens, names: Vec::new(), vectors: Vec::new() }
    }

    fn value(rows: &[Row], measure: &str) -> f64 {
        rows.iter().find(|r| r.measure == measure).expect("the measure").value
    }

    #[test]
    fn given_words_are_scored_word_by_word_without_subtypes() {
        let spans = [(0, 4), (5, 9), (10, 16), (16, 17)];
        let rows = gold().given("x", &[ours(&spans, &[Some(1), None, Some(1), Some(2)])]);
        assert!((value(&rows, "given UAS") - 0.75).abs() < 1e-9);
        assert!((value(&rows, "given LAS") - 0.5).abs() < 1e-9);
        assert!((value(&rows, "given UPOS") - 0.25).abs() < 1e-9);
        assert!((value(&rows, "given lemmas") - 0.25).abs() < 1e-9);
    }

    #[test]
    fn raw_words_are_right_only_where_both_ends_agree() {
        // "silent." is one word of ours: three found, two aligned of four
        let rows = gold().raw("x", &[ours(&[(0, 4), (5, 9), (10, 17)], &[Some(1), None, Some(1)])]);
        assert!((value(&rows, "raw words") - 4.0 / 7.0).abs() < 1e-9);
        assert!((value(&rows, "raw LAS") - 4.0 / 7.0).abs() < 1e-9);
        assert!((value(&rows, "raw sentences") - 1.0).abs() < 1e-9);
    }
}
