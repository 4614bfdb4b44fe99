//! A sentence with its tree indexed: enough for rules that look at words and relations alone.

use holdfire_types::{Dep, Sentence, Upos};

use crate::tree::Tree;

/// A sentence, its tree, and its lemmas in lower case.
#[derive(Debug)]
pub struct Parse<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The language layer's sentence.
    pub sentence: &'a Sentence,
    pub(crate) tree: Tree,
    lemmas: Vec<String>,
}

impl<'a> Parse<'a> {
    /// Indexes a sentence.
    pub fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let lemmas = sentence.tokens.iter().map(|t| t.lemma.to_lowercase()).collect();
        Self { text, sentence, tree: Tree::new(sentence), lemmas }
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.lemmas.len()
    }

    /// The written form of token `i`.
    pub(crate) fn form(&self, i: usize) -> &'a str {
        self.sentence.form(self.text, i)
    }

    /// The lemma of token `i` in lower case.
    pub(crate) fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Relation of token `i`.
    pub(crate) fn dep(&self, i: usize) -> Dep {
        self.sentence.tokens[i].dep
    }

    /// Universal tag of token `i`; every word of a proper name counts as a proper noun.
    pub(crate) fn upos(&self, i: usize) -> Upos {
        let token = &self.sentence.tokens[i];
        if matches!(token.xpos, "NNP" | "NNPS") { Upos::Propn } else { token.upos }
    }

    /// What token `i` hangs on.
    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        self.tree.head(i)
    }

    /// Dependents of `i`.
    pub(crate) fn kids(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.kids(i).iter().map(|&k| k as usize)
    }

    /// Dependents of `i` by one of `deps`, in order.
    pub(crate) fn kids_by<'s>(&'s self, i: usize, deps: &'s [Dep]) -> impl Iterator<Item = usize> + 's {
        self.kids(i).filter(move |&k| deps.contains(&self.dep(k)))
    }

    /// True where token `i` has its lemma or its form among `words`.
    pub(crate) fn is(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| *w == self.lemmas[i] || self.form(i).eq_ignore_ascii_case(w))
    }

    /// True where a dependent of `i` by one of `deps` is one of `words`.
    pub(crate) fn has(&self, i: usize, deps: &[Dep], words: &[&str]) -> bool {
        self.kids_by(i, deps).any(|k| self.is(k, words))
    }

    /// The token of a stretch that hangs on a word outside it.
    pub fn head_of(&self, tokens: std::ops::Range<usize>) -> usize {
        let outside = |i: &usize| self.head(*i).is_none_or(|h| !tokens.contains(&h));
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }
}

/// Words that deny what they stand on.
const NEGATION: &[&str] = &["not", "never", "n't", "nor", "neither", "no", "nobody", "none"];

/// True where `i` itself is negated: by "not" or "never", or as a predicate by a subject or object that is none.
pub(crate) fn negated(parse: &Parse<'_>, i: usize) -> bool {
    let only = |k: usize| k + 1 < parse.len() && parse.is(k + 1, &["only", "just", "merely"]);
    let noun = parse.upos(i) == Upos::Noun;
    parse.kids(i).any(|k| match parse.dep(k) {
        Dep::Advmod | Dep::Aux | Dep::Cc | Dep::CcPreconj | Dep::Det | Dep::Mark => {
            (parse.is(k, NEGATION) && !only(k))
                || (parse.is(k, &["longer", "long"])
                    && parse.has(k, &[Dep::Advmod, Dep::Det], &["no", "not"]))
        }
        Dep::Obj | Dep::Nsubj | Dep::NsubjPass => {
            !noun && (parse.is(k, NEGATION) || parse.has(k, &[Dep::Det], NEGATION))
        }
        _ => false,
    })
}
