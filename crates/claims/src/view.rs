//! A sentence as the reader of claims sees it: tree, act words, hashes and mentions, made once.

use std::borrow::Cow;

use holdfire_types::{Dep, Kind, Sentence, Upos};
use holdfire_world::{ActWord, Acts, WordClass};

use crate::groups::{self, Groups};
use crate::linear::{fold, lower_hash, word_hash};
use crate::mentions::{self, Mention};
use crate::tail::Tail;
use crate::tree::Tree;
use crate::words;

/// One sentence with everything that rules and features ask of it.
#[derive(Debug)]
pub struct View<'a> {
    /// The report's text.
    pub text: &'a str,
    /// The language layer's sentence.
    pub sentence: &'a Sentence,
    /// Its tree, indexed.
    pub tree: Tree,
    /// Hash of each token's lemma in lower case.
    pub lemma: Vec<u32>,
    /// Hash of each token's relation, with its preposition where it has one ("obl:in").
    pub rel: Vec<u32>,
    /// What the pack says of each token's lemma.
    pub listed: Vec<Option<&'a ActWord>>,
    /// The kinds of act that each token may carry here, as bits.
    pub kinds: Vec<u32>,
    /// The word groups of each token's form, or else of its lemma.
    pub groups: Vec<Groups>,
    /// Tokens inside quotation marks.
    pub quoted: Vec<bool>,
    /// Who speaks at its end, where no comma says so.
    pub tail: Option<Tail>,
    /// The names and noun phrases.
    pub mentions: Vec<Mention>,
    /// Whose words the sentence is where no verb says so: 0 the publication's, 1 its issuer's, 2 a speaker's.
    pub spoken: u32,
    /// The document tells of what carries aid.
    pub convoy: bool,
    /// The document tells of relief, or of those who bring it.
    pub relief: bool,
    /// The document tells of a truce.
    pub truce: bool,
    /// How many sentences stand before it, as a class: 0, 1, 2, 3 for up to five, 4 for up to ten, 5 for more.
    pub depth: u32,
    /// How often each word's lemma stands in the text before the sentence, at most three times.
    pub again: Vec<u8>,
}

impl<'a> View<'a> {
    /// Looks at a sentence. `open` says whether a quotation is still open from the sentence before, and is kept up to date.
    pub fn new(text: &'a str, sentence: &'a Sentence, acts: &'a Acts, open: &mut bool) -> Self {
        let tree = Tree::new(sentence);
        let lower: Vec<Cow<'_, str>> = sentence.tokens.iter().map(|t| words::lower(&t.lemma)).collect();
        let lemma: Vec<u32> = lower.iter().map(|l| word_hash(l)).collect();
        let listed: Vec<Option<&ActWord>> = lower.iter().map(|l| acts.word(l)).collect();
        let rel = relations(sentence, &tree, &lemma);
        let kinds = (0..lower.len()).map(|i| kinds_here(sentence, &tree, &lower, &listed, i)).collect();
        let groups = lower
            .iter()
            .zip(&sentence.tokens)
            .map(|(lemma, token)| match groups::of(&words::lower(token.span.of(text))) {
                known if known.fine != 0 => known,
                _ => groups::of(lemma),
            })
            .collect();
        let quoted = quotations(text, sentence, open);
        let mut view = Self {
            text,
            sentence,
            tree,
            lemma,
            rel,
            listed,
            kinds,
            groups,
            quoted,
            tail: None,
            mentions: Vec::new(),
            spoken: 0,
            convoy: false,
            relief: false,
            truce: false,
            depth: 0,
            again: vec![0; sentence.tokens.len()],
        };
        view.tail = Tail::find(&view);
        view.mentions = mentions::find(&view);
        view
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.lemma.len()
    }

    /// The written form of token `i`.
    pub fn form(&self, i: usize) -> &'a str {
        self.sentence.form(self.text, i)
    }

    /// Hash of token `i`'s form in lower case.
    pub fn form_hash(&self, i: usize) -> u32 {
        lower_hash(self.form(i))
    }

    /// Universal tag of token `i`. Every word of a proper name counts as a proper noun, also where the treebanks tag it by
    /// what it is elsewhere ("United" of "United Nations").
    pub fn upos(&self, i: usize) -> Upos {
        let token = &self.sentence.tokens[i];
        if matches!(token.xpos, "NNP" | "NNPS") { Upos::Propn } else { token.upos }
    }

    /// Relation of token `i`.
    pub fn dep(&self, i: usize) -> Dep {
        self.sentence.tokens[i].dep
    }

    /// Token `i`'s lemma as the language layer wrote it.
    pub fn lemma_of(&self, i: usize) -> &'a str {
        &self.sentence.tokens[i].lemma
    }

    /// True where token `i` may carry an act of this kind here.
    pub fn may_tell(&self, i: usize, kind: Kind) -> bool {
        self.kinds[i] & (1 << kind as u32) != 0
    }

    /// What the pack says of token `i` here: the kinds of act that it may carry, and above them its stances, as bits.
    pub fn listed_bits(&self, i: usize) -> u32 {
        self.kinds[i] | self.listed[i].map_or(0, |w| u32::from(w.stances())) << Kind::ALL.len()
    }

    /// Dependents of `i`.
    pub fn kids(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.tree.kids(i).iter().map(|&k| k as usize)
    }

    /// The token of a stretch that hangs on a word outside it.
    pub fn head_of(&self, tokens: std::ops::Range<usize>) -> usize {
        let outside = |i: &usize| self.tree.head(*i).is_none_or(|h| !tokens.contains(&h));
        tokens.clone().find(outside).unwrap_or(tokens.start)
    }

    /// True for a word that comes with "the", "this" or whose it is: it speaks of what is known.
    pub fn is_definite(&self, i: usize) -> bool {
        self.kids(i).any(|k| {
            let form = self.form(k);
            ["the", "this", "that", "these", "those", "its", "their"]
                .iter()
                .any(|d| form.eq_ignore_ascii_case(d))
        })
    }

    /// The predicate of the clause that `i` stands in: itself, or the nearest token above that is a verb or has a subject.
    pub fn clause(&self, i: usize) -> usize {
        if self.is_predicate(i) {
            return i;
        }
        self.tree.above(i).find(|&h| self.is_predicate(h)).unwrap_or(i)
    }

    /// True for a verb that is no mere premodifier, and for a word with a subject or copula of its own.
    pub fn is_predicate(&self, i: usize) -> bool {
        let premodifier = matches!(self.dep(i), Dep::Amod | Dep::Compound);
        (self.upos(i) == Upos::Verb && !premodifier)
            || self.kids(i).any(|k| {
                matches!(
                    self.dep(k),
                    Dep::Nsubj | Dep::NsubjPass | Dep::Cop | Dep::Csubj | Dep::NsubjOuter | Dep::CsubjPass
                )
            })
    }

    /// The subject of `i`, active or passive; borrowed from the first conjunct or the verb above where `i` has none.
    pub fn subject(&self, i: usize) -> Option<usize> {
        let own = |i: usize| {
            self.tree.kid_by(self.sentence, i, &[Dep::Nsubj, Dep::NsubjPass, Dep::Csubj, Dep::NsubjOuter])
        };
        own(i).or_else(|| {
            let mut at = i;
            for _ in 0..4 {
                if !matches!(self.dep(at), Dep::Conj | Dep::Xcomp | Dep::Advcl | Dep::Parataxis) {
                    return None;
                }
                at = self.tree.head(at)?;
                if let Some(found) = own(at) {
                    return Some(found);
                }
            }
            None
        })
    }
}

/// Each token's relation, with its preposition where it has one.
fn relations(sentence: &Sentence, tree: &Tree, lemma: &[u32]) -> Vec<u32> {
    (0..lemma.len())
        .map(|i| {
            let dep = sentence.tokens[i].dep;
            let case = match dep {
                Dep::Obl | Dep::Nmod | Dep::OblAgent => tree
                    .kids(i)
                    .iter()
                    .find(|&&k| sentence.tokens[k as usize].dep == Dep::Case)
                    .map_or(0, |&k| lemma[k as usize]),
                Dep::Advcl | Dep::Acl | Dep::Ccomp => tree
                    .kids(i)
                    .iter()
                    .find(|&&k| sentence.tokens[k as usize].dep == Dep::Mark)
                    .map_or(0, |&k| lemma[k as usize]),
                _ => 0,
            };
            fold(1, &[dep as u32, case])
        })
        .collect()
}

/// The kinds that a token may carry by its own word class and by its dependents.
fn kinds_here(
    sentence: &Sentence,
    tree: &Tree,
    lower: &[Cow<'_, str>],
    listed: &[Option<&ActWord>],
    i: usize,
) -> u32 {
    let Some(word) = listed[i] else { return 0 };
    let token = &sentence.tokens[i];
    let own = match token.upos {
        Upos::Verb | Upos::Aux if token.dep == Dep::Amod => {
            word.kinds(WordClass::Verb) | word.kinds(WordClass::Adjective)
        }
        Upos::Verb => word.kinds(WordClass::Verb),
        Upos::Noun | Upos::Propn => word.kinds(WordClass::Noun),
        Upos::Adj => word.kinds(WordClass::Adjective) | word.kinds(WordClass::Verb),
        _ => return 0,
    };
    let paired = word
        .with
        .iter()
        .filter(|(dependent, _)| tree.kids(i).iter().any(|&k| lower[k as usize] == *dependent))
        .fold(0, |bits, (_, kind)| bits | kind);
    own | paired
}

/// Which tokens stand inside quotation marks.
fn quotations(text: &str, sentence: &Sentence, open: &mut bool) -> Vec<bool> {
    sentence
        .tokens
        .iter()
        .map(|token| {
            match token.span.of(text) {
                "“" | "``" => *open = true,
                "”" | "''" => *open = false,
                "\"" => *open = !*open,
                _ => return *open,
            }
            false
        })
        .collect()
}
