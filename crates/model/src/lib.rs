//! The English language layer: sentences, tags, lemmas, the dependency tree and names, with small weights of our own.
//!
//! - [`Model`] holds the weights; [`Model::embedded`] is the set in the binary.
//! - [`Model::annotate`] turns a text into [`Sentence`]s; [`Model::annotate_given`] labels words that are given.
//! - [`conllu`] reads and writes the treebanks' file form.
//!
//! Annotation is pure: the same text gives the same sentences in any batch, on any thread and machine. It never fails;
//! text in another language gives sentences that mean nothing, so ask `holdfire_text::language` first.

pub mod conllu;
mod lemmas;
mod mend;
pub mod net;
mod sentences;

use std::sync::OnceLock;

use holdfire_text::{paragraphs, pieces, words};
use holdfire_types::{Dep, NameType, NamedSpan, Sentence, Span, Token, Upos};
pub use net::NetError as ModelError;
use net::{Labels, Net, Scratch};

use lemmas::Lemmas;

/// Penn Treebank tags as the English treebanks use them.
const PENN: &[&str] = &[
    "NN", "IN", "DT", "NNP", "JJ", "PRP", ".", "RB", ",", "NNS", "VB", "CC", "VBD", "VBP", "VBZ", "CD",
    "VBN", "VBG", "TO", "_", "MD", "PRP$", "UH", ":", "-RRB-", "-LRB-", "WDT", "WRB", "WP", "HYPH", "``",
    "''", "RP", "POS", "NNPS", "JJR", "JJS", "EX", "RBR", "SYM", "FW", "NFP", "$", "GW", "ADD", "PDT", "RBS",
    "LS", "AFX", "WP$", "XX",
];

/// Words labelled together: enough to keep the kernel busy, little enough to stay in the cache.
const BATCH: usize = 512;

/// Names that are words in small letters, by which the network tells words before all, and a body like it that is none.
const NAMES_LIKE_WORDS: &[(&str, &str)] = &[("IS", "ISIS"), ("WHO", "UNHCR")];

/// Words of one text whose vectors are kept: far more than a report has, and few enough that a file of one endless line
/// fills no memory. What stands behind them is read without.
const VECTORS: usize = 1 << 16;

/// The weights with their label lists.
#[derive(Debug)]
pub struct Model {
    net: Net,
    digest: String,
    lemmas: Lemmas,
    upos: Vec<Upos>,
    xpos: Vec<&'static str>,
    deps: Vec<Dep>,
    /// `None` for `O`; else the type and whether the label begins a name.
    names: Vec<Option<(NameType, bool)>>,
}

impl Model {
    /// The weights in the binary, opened once.
    ///
    /// # Errors
    /// [`ModelError`] when the binary was built with a damaged file.
    pub fn embedded() -> Result<&'static Self, ModelError> {
        static MODEL: OnceLock<Result<Model, ModelError>> = OnceLock::new();
        MODEL
            .get_or_init(|| Self::from_bytes(include_bytes!("../../../models/english.safetensors")))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// Opens a model file.
    ///
    /// # Errors
    /// [`ModelError`] names what is wrong: cut, of another form, a wrong checksum, a missing part.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (net, lists) = Net::open(bytes)?;
        let wrong = |name: &str| ModelError::Part(name.to_owned());
        let upos =
            lists.upos.iter().map(|l| l.parse().map_err(|_| wrong("upos"))).collect::<Result<_, _>>()?;
        let deps =
            lists.deps.iter().map(|l| l.parse().map_err(|_| wrong("deps"))).collect::<Result<_, _>>()?;
        let xpos =
            lists.xpos.iter().map(|l| PENN.iter().find(|p| *p == l).copied().unwrap_or("XX")).collect();
        let names = lists
            .names
            .iter()
            .map(|l| match l.split_once('-') {
                None => Ok(None),
                Some((place, kind)) => {
                    kind.parse().map(|k| Some((k, place == "B"))).map_err(|_| wrong("names"))
                }
            })
            .collect::<Result<_, _>>()?;
        let lemmas = Lemmas::parse(lists.lemmas.iter().map(String::as_str)).ok_or_else(|| wrong("lemmas"))?;
        Ok(Self { net, digest: lists.digest, lemmas, upos, xpos, deps, names })
    }

    /// First digits of the weights' checksum: which model read.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Every sentence of `text` with every layer.
    pub fn annotate(&self, text: &str) -> Vec<Sentence> {
        let mut groups: Vec<(u32, Vec<Span>)> = Vec::new();
        for (number, piece) in pieces(text, &paragraphs(text)) {
            let from = piece.start;
            let cut: Vec<Span> = words(piece.of(text))
                .into_iter()
                .map(|w| Span { start: w.start + from, end: w.end + from })
                .collect();
            for range in sentences::split(text, &cut) {
                groups.push((number as u32, cut[range].to_vec()));
            }
        }
        self.label(text, &groups)
    }

    /// Labels the words given, in the sentences given. Spans are bytes of `text`. All count as one paragraph.
    pub fn annotate_given(&self, text: &str, given: &[Vec<Span>]) -> Vec<Sentence> {
        self.label(text, &given.iter().map(|words| (0, words.clone())).collect::<Vec<_>>())
    }

    fn label(&self, text: &str, groups: &[(u32, Vec<Span>)]) -> Vec<Sentence> {
        let mut scratch = Scratch::default();
        let mut out = Vec::with_capacity(groups.len());
        let mut rest = groups;
        let mut room = VECTORS;
        while !rest.is_empty() {
            let mut count = 0;
            let size = rest
                .iter()
                .take_while(|(_, words)| {
                    count += words.len();
                    count <= BATCH
                })
                .count()
                .max(1);
            let (batch, after) = rest.split_at(size);
            rest = after;
            let forms: Vec<Vec<&str>> =
                batch.iter().map(|(_, words)| words.iter().map(|w| w.of(text)).collect()).collect();
            let seen: Vec<Vec<&str>> = forms.iter().map(|forms| unmistaken(forms)).collect();
            let labels = self.net.label(&seen, &mut scratch);
            for (((paragraph, words), forms), mut labels) in batch.iter().zip(&forms).zip(labels) {
                if room < words.len() {
                    labels.vectors = Vec::new();
                }
                room = room.saturating_sub(words.len());
                if !words.is_empty() {
                    out.push(self.sentence(*paragraph, words, forms, labels));
                }
            }
        }
        out
    }

    fn sentence(&self, paragraph: u32, words: &[Span], forms: &[&str], labels: Labels) -> Sentence {
        let mut tokens: Vec<Token> = words
            .iter()
            .enumerate()
            .map(|(i, &span)| {
                let xpos = self.xpos[usize::from(labels.xpos[i])];
                let head = labels.heads[i].checked_sub(1);
                let dep = self.deps[usize::from(labels.deps[i])];
                let upos = self.upos[usize::from(labels.upos[i])];
                Token {
                    span,
                    lemma: self.lemmas.lemma(forms[i], upos.as_str(), xpos, |word| self.net.knows(word)),
                    upos,
                    xpos,
                    head,
                    // the label is chosen apart from the arc: the root is always called so, and nothing else is
                    dep: match (head, dep) {
                        (None, _) => Dep::Root,
                        (Some(_), Dep::Root) => Dep::Parataxis,
                        (Some(_), dep) => dep,
                    },
                }
            })
            .collect();
        mend::mend(&mut tokens);
        let span = words[0].cover(words[words.len() - 1]);
        Sentence { span, paragraph, tokens, names: self.names(&labels.names), vectors: labels.vectors }
    }

    /// Names from labels, read leniently: an inside label without a beginning begins one.
    fn names(&self, labels: &[u8]) -> Vec<NamedSpan> {
        let mut out: Vec<NamedSpan> = Vec::new();
        let mut open = false;
        for (i, label) in labels.iter().enumerate() {
            let Some((kind, begins)) = self.names[usize::from(*label)] else {
                open = false;
                continue;
            };
            match out.last_mut() {
                Some(last) if open && !begins && last.kind == kind => last.end = i as u32 + 1,
                _ => out.push(NamedSpan { start: i as u32, end: i as u32 + 1, kind }),
            }
            open = true;
        }
        out
    }
}

/// The words as the network shall see them: [`NAMES_LIKE_WORDS`] in a sentence that is not all capitals are shown as a name
/// that it knows.
fn unmistaken<'t>(forms: &[&'t str]) -> Vec<&'t str> {
    let known = |form: &str| NAMES_LIKE_WORDS.iter().find(|(name, _)| *name == form).map(|(_, known)| *known);
    let shouted = || !forms.iter().any(|form| form.starts_with(char::is_lowercase));
    if !forms.iter().any(|form| known(form).is_some()) || shouted() {
        return forms.to_vec();
    }
    forms.iter().map(|&form| known(form).unwrap_or(form)).collect()
}
