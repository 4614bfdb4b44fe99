//! The network: one encoder shared by the heads for tags, tree and names.
//!
//! - A `Word` becomes the sum of table rows (its features and its word vector).
//! - The encoder is residual blocks of layer norm, a convolution over three words and a `ReLU`.
//! - Heads give the universal tag, the treebank tag, arcs and relations, and name labels.
//!
//! Everything but arcs works word by word, so sentences are laid end to end in one batch and no padding is computed.
//! The shape follows spaCy's hash embeddings with residual convolutions, and the parser Dozat & Manning (2017).

mod bytes;
mod encode;
mod features;
mod heads;
mod kernel;
pub mod keys;
mod norm;
mod parts;
mod rows;
mod tree;
mod weights;

use keys::Keys;

pub use bytes::add_rows;
pub use kernel::Dense;
pub use norm::Norm;
pub use parts::{NetError, Parts};
pub use rows::{LANES, Rows};

/// The layers.
#[derive(Debug)]
pub struct Net {
    width: usize,
    table: Vec<i8>,
    scales: Vec<f32>,
    /// Keys of the words that have a vector, and their places in the list of words.
    keys: Keys,
    key_rows: Vec<u32>,
    blocks: Vec<Block>,
    out_norm: Norm,
    upos_head: Dense,
    xpos_head: Dense,
    names_head: Dense,
    /// Score of each label after each, row-major by the first, rows filled up as those of `names_head`.
    names_step: Vec<f32>,
    arc_dep: Dense,
    arc_head: Dense,
    /// What `arc_head` gives for the root.
    arc_root: Vec<f32>,
    arc_turn: Dense,
    arc_bias: Vec<f32>,
    rel_dep: Dense,
    rel_head: Dense,
    /// What `rel_head` gives for the root.
    rel_root: Vec<f32>,
    rel_out: Dense,
}

#[derive(Debug)]
struct Block {
    norm: Norm,
    /// For the word before, the word itself (with the bias) and the word after.
    conv: [Dense; 3],
    reach: usize,
}

/// The written forms of the heads' outputs, and the lemma rules that came in the same file.
#[derive(Debug)]
pub struct Lists {
    /// First digits of the file's checksum.
    pub digest: String,
    /// Universal tags.
    pub upos: Vec<String>,
    /// Treebank tags.
    pub xpos: Vec<String>,
    /// Relations, subtypes included.
    pub deps: Vec<String>,
    /// Name labels: `O`, `B-Person`, `I-Person` ...
    pub names: Vec<String>,
    /// Lemma rules, one a line.
    pub lemmas: Vec<String>,
}

/// What the network says of one sentence; all lists have one entry a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// Indices into [`Lists::upos`].
    pub upos: Vec<u8>,
    /// Indices into [`Lists::xpos`].
    pub xpos: Vec<u8>,
    /// 0 for the root, else the head's number from 1.
    pub heads: Vec<u32>,
    /// Indices into [`Lists::deps`].
    pub deps: Vec<u8>,
    /// Indices into [`Lists::names`].
    pub names: Vec<u8>,
    /// The words as the heads saw them, row by row.
    pub vectors: Vec<f32>,
}

/// Buffers that one thread uses again and again.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: String,
    shape: String,
    x: Vec<f32>,
    y: Vec<f32>,
    rows: Rows,
}

impl Net {
    /// True for a word in small letters that has a vector: the running text behind the weights uses it often.
    pub fn knows(&self, word: &str) -> bool {
        self.keys.find(keys::key(word)).is_some()
    }

    /// Labels every sentence of a batch. A sentence is its words. Results do not depend on the batch.
    pub fn label(&self, sentences: &[Vec<&str>], scratch: &mut Scratch) -> Vec<Labels> {
        let total: usize = sentences.iter().map(Vec::len).sum();
        self.encode(sentences, total, scratch);
        self.read_heads(sentences, &scratch.rows)
    }
}
