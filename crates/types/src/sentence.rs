//! What the language layer makes of a text: sentences, tokens, the dependency tree, names.

use crate::Span;
use crate::codes::codes;

codes! {
    /// Universal part-of-speech tags (universaldependencies.org/u/pos).
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Other.
        X = "X",
    }
}

codes! {
    /// Universal dependency relations with the subtypes that English treebanks use.
    Dep {
        /// Clausal modifier of a noun.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Adverbial relative clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverbial modifier.
        Advmod = "advmod",
        /// Adjectival modifier.
        Amod = "amod",
        /// Appositional modifier.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Case marker.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// First half of a paired conjunction.
        CcPreconj = "cc:preconj",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Compound.
        Compound = "compound",
        /// Phrasal verb particle.
        CompoundPrt = "compound:prt",
        /// Conjunct.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clausal subject.
        Csubj = "csubj",
        /// Clausal subject of an outer clause.
        CsubjOuter = "csubj:outer",
        /// Clausal subject of a passive.
        CsubjPass = "csubj:pass",
        /// Unclear.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Predeterminer.
        DetPredet = "det:predet",
        /// Discourse element.
        Discourse = "discourse",
        /// Dislocated element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Fixed multiword expression.
        Fixed = "fixed",
        /// Flat expression (names, dates).
        Flat = "flat",
        /// Goes with.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// List.
        List = "list",
        /// Marker.
        Mark = "mark",
        /// Nominal modifier.
        Nmod = "nmod",
        /// Description without case marking.
        NmodDesc = "nmod:desc",
        /// Possessive modifier.
        NmodPoss = "nmod:poss",
        /// Unmarked nominal modifier.
        NmodUnmarked = "nmod:unmarked",
        /// Nominal subject.
        Nsubj = "nsubj",
        /// Subject of an outer clause.
        NsubjOuter = "nsubj:outer",
        /// Subject of a passive.
        NsubjPass = "nsubj:pass",
        /// Numeric modifier.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique.
        Obl = "obl",
        /// Agent of a passive.
        OblAgent = "obl:agent",
        /// Unmarked oblique ("Monday").
        OblUnmarked = "obl:unmarked",
        /// Orphan.
        Orphan = "orphan",
        /// Parataxis.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Overridden disfluency.
        Reparandum = "reparandum",
        /// Root.
        Root = "root",
        /// Vocative.
        Vocative = "vocative",
        /// Open clausal complement.
        Xcomp = "xcomp",
    }
}

impl Dep {
    /// The relation without its subtype, as CoNLL 2018 counts it.
    pub fn base(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':').map_or(text, |(base, _)| base)
    }
}

codes! {
    /// Types of names (the nine of the Worldwide newswire set).
    NameType {
        /// Date.
        Date = "Date",
        /// Buildings, roads, bridges.
        Facility = "Facility",
        /// Countries, cities, regions, waters.
        Location = "Location",
        /// Other names.
        Misc = "Misc",
        /// Money.
        Money = "Money",
        /// Nationalities, religions, political groups.
        Norp = "NORP",
        /// Organisations.
        Organization = "Organization",
        /// People.
        Person = "Person",
        /// Products, weapons.
        Product = "Product",
    }
}

/// One syntactic word.
///
/// A word that is part of a contraction ("wo" + "n't") has its own span; where the letters are shared the spans abut.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands in the report.
    pub span: Span,
    /// Lemma, lower case but for proper names.
    pub lemma: String,
    /// Universal tag.
    pub upos: Upos,
    /// Penn Treebank tag ("VBD").
    pub xpos: &'static str,
    /// Index in the sentence of the word it hangs on; `None` for the root.
    pub head: Option<u32>,
    /// Its relation to `head`.
    pub dep: Dep,
}

/// A name found by the language layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedSpan {
    /// First token of the sentence.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    /// What it names.
    pub kind: NameType,
}

/// One sentence with every layer. Token indices are into `tokens`; spans into the report's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// From the first to the last token.
    pub span: Span,
    /// Number of its paragraph in the report, from 0.
    pub paragraph: u32,
    /// The words.
    pub tokens: Vec<Token>,
    /// The names, in order, not overlapping.
    pub names: Vec<NamedSpan>,
    /// What the language layer's network made of each token, as many numbers a token as the network is wide; empty where
    /// no network read the sentence, or too far into a very long text.
    pub vectors: Vec<f32>,
}

impl Sentence {
    /// The written form of token `i`.
    pub fn form<'t>(&self, text: &'t str, i: usize) -> &'t str {
        self.tokens[i].span.of(text)
    }

    /// Indices of the tokens that hang directly on `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Some(i as u32)).map(|(j, _)| j)
    }

    /// Index of the root, if the sentence has words.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }
}
