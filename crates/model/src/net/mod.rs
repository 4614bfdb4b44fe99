//! The network: one encoder shared by the heads for tags, tree and names.
//!
//! - A `Word` becomes the sum of table rows (its features and its word vector).
//! - The encoder is residual blocks of layer norm, a convolution over three words and a `ReLU`.
//! - Heads give the universal tag, the treebank tag, arcs and relations, and name labels.
//!
//! Everything but arcs works word by word, so sentences are laid end to end in one batch and no padding is computed.
//! The shape follows spaCy's hash embeddings with residual convolutions, and the parser Dozat & Manning (2017).

mod encode;
mod features;
mod heads;
pub mod kernel;
mod tree;
mod weights;

use kernel::Dense;

pub use weights::NetError;

/// The layers.
#[derive(Debug)]
pub struct Net {
    width: usize,
    table: Vec<i8>,
    scales: Vec<f32>,
    /// Sorted keys of the words that have a vector, and their places in the list of words.
    keys: Vec<u64>,
    key_rows: Vec<u32>,
    blocks: Vec<Block>,
    out_norm: Norm,
    upos_head: Dense,
    xpos_head: Dense,
    names_head: Dense,
    /// Score of each label after each, row-major by the first.
    names_step: Vec<f32>,
    root: Vec<f32>,
    arc_dep: Dense,
    arc_head: Dense,
    arc_turn: Dense,
    arc_bias: Vec<f32>,
    rel_dep: Dense,
    rel_head: Dense,
    rel_out: Dense,
}

#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Block {
    norm: Norm,
    conv: Dense,
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// Buffers that one thread uses again and again.
#[derive(Debug, Default)]
pub struct Scratch {
    folded: String,
    shape: String,
    x: Vec<f32>,
    normed: Vec<f32>,
    wide: Vec<f32>,
    y: Vec<f32>,
}

impl Net {
    /// Labels every sentence of a batch. A sentence is its words. Results do not depend on the batch.
    pub fn label(&self, sentences: &[Vec<&str>], scratch: &mut Scratch) -> Vec<Labels> {
        let total: usize = sentences.iter().map(Vec::len).sum();
        self.encode(sentences, total, scratch);
        self.read_heads(sentences, total, scratch)
    }
}
