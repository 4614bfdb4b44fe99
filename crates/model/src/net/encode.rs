//! Words to vectors: table rows summed, then residual blocks.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

use super::bytes::add_up;
use super::features::{FEATURES, ROWS, fold as folded_form, rows};
use super::kernel::wide;
use super::keys::key;
use super::rows::Rows;
use super::{Block, Net, Scratch};

/// A word longer than this many bytes is read by its beginning: no language has it, and the hashes stay linear.
const LONGEST_WORD: usize = 128;

impl Net {
    /// Leaves the encoded words, `total` rows of `width`, in `scratch.rows`.
    pub(super) fn encode(&self, sentences: &[Vec<&str>], total: usize, scratch: &mut Scratch) {
        let d = self.width;
        scratch.x.clear();
        scratch.x.resize(total * d, 0.0);
        for (word, row) in sentences.iter().flatten().zip(scratch.x.chunks_exact_mut(d)) {
            let rows = self.table_rows(word, &mut scratch.folded, &mut scratch.shape);
            add_up(&self.table, &self.scales, &rows, row);
        }
        for block in &self.blocks {
            block.norm.apply(&scratch.x, &mut scratch.rows);
            block.apply(&scratch.rows, sentences, &mut scratch.y);
            add_positive(&mut scratch.x, &scratch.y);
        }
        self.out_norm.apply(&scratch.x, &mut scratch.rows);
    }

    /// The table rows that tell a word.
    fn table_rows(&self, word: &str, folded: &mut String, shape: &mut String) -> [usize; FEATURES + 1] {
        let mut end = word.len().min(LONGEST_WORD);
        while !word.is_char_boundary(end) {
            end -= 1;
        }
        let word = &word[..end];
        folded_form(word, folded);
        let features: [u32; FEATURES] = rows(word, folded, shape);
        // row ROWS stands for a word without a vector
        let known = self.keys.find(key(folded)).map_or(0, |i| self.key_rows[i] + 1);
        std::array::from_fn(|i| features.get(i).map_or(ROWS + known, |row| *row) as usize)
    }
}

wide! {
    fn add_positive(x: &mut [f32], y: &[f32]) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += y.max(0.0);
        }
    }
}

impl Block {
    /// The convolution: each word's row, the one `reach` before it and the one `reach` after, each with its own weights.
    /// Nothing stands beyond a sentence.
    fn apply(&self, x: &Rows, sentences: &[Vec<&str>], out: &mut Vec<f32>) {
        let [before, own, after] = &self.conv;
        let mut first = 0;
        let pairs = sentences.iter().flat_map(|words| {
            let from = first;
            first += words.len();
            (from + self.reach..first).map(|late| (late - self.reach, late))
        });
        let pairs: Vec<(usize, usize)> = pairs.collect();
        own.apply(x, out);
        before.add(x, pairs.iter().copied(), out);
        after.add(x, pairs.iter().map(|(early, late)| (*late, *early)), out);
    }
}
