//! Words to vectors: table rows summed, then residual blocks.

use super::features::{FEATURES, ROWS, fold, key, rows};
use super::{Net, Norm, Scratch};

/// A word longer than this many bytes is read by its beginning: no language has it, and the hashes stay linear.
const LONGEST_WORD: usize = 128;

impl Net {
    /// Leaves the encoded words, `total` rows of `width`, in `scratch.x`.
    pub(super) fn encode(&self, sentences: &[Vec<&str>], total: usize, scratch: &mut Scratch) {
        let d = self.width;
        scratch.x.clear();
        scratch.x.resize(total * d, 0.0);
        for (word, row) in sentences.iter().flatten().zip(scratch.x.chunks_exact_mut(d)) {
            self.embed(word, row, &mut scratch.folded, &mut scratch.shape);
        }
        for block in &self.blocks {
            norm(&scratch.x, d, &block.norm, &mut scratch.normed);
            gather(&scratch.normed, d, block.reach, sentences, &mut scratch.wide);
            block.conv.apply(&scratch.wide, total, &mut scratch.y);
            for (x, y) in scratch.x.iter_mut().zip(&scratch.y) {
                *x += y.max(0.0);
            }
        }
        norm(&scratch.x, d, &self.out_norm, &mut scratch.normed);
        std::mem::swap(&mut scratch.x, &mut scratch.normed);
    }

    fn embed(&self, word: &str, row: &mut [f32], folded: &mut String, shape: &mut String) {
        let mut end = word.len().min(LONGEST_WORD);
        while !word.is_char_boundary(end) {
            end -= 1;
        }
        let word = &word[..end];
        fold(word, folded);
        let features: [u32; FEATURES] = rows(word, folded, shape);
        for feature in features {
            self.add_row(feature as usize, row);
        }
        // row ROWS stands for a word without a vector
        let known = self.keys.binary_search(&key(folded)).map_or(0, |i| self.key_rows[i] + 1);
        self.add_row((ROWS + known) as usize, row);
    }

    fn add_row(&self, index: usize, row: &mut [f32]) {
        let d = self.width;
        let scale = self.scales[index];
        for (x, w) in row.iter_mut().zip(&self.table[index * d..(index + 1) * d]) {
            *x += f32::from(*w) * scale;
        }
    }
}

/// Layer norm (Ba et al. 2016) of every row of `x`.
fn norm(x: &[f32], d: usize, norm: &Norm, out: &mut Vec<f32>) {
    out.clear();
    out.reserve(x.len());
    for row in x.chunks_exact(d) {
        let mean = sum(row, |v| v) / d as f32;
        let variance = sum(row, |v| (v - mean) * (v - mean)) / d as f32;
        let inverse = 1.0 / (variance + 1e-5).sqrt();
        out.extend(
            row.iter().zip(&norm.gain).zip(&norm.shift).map(|((v, g), s)| (v - mean) * inverse * g + s),
        );
    }
}

/// Sum over a row in sixteen running sums: one order for every processor, and no waiting for the last addition.
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; 16];
    let (whole, rest) = row.as_chunks::<16>();
    for chunk in whole {
        for (sum, v) in sums.iter_mut().zip(chunk) {
            *sum += of(*v);
        }
    }
    for (sum, v) in sums.iter_mut().zip(rest) {
        *sum += of(*v);
    }
    sums.iter().sum()
}

/// For each word: the row `reach` before it, its own, the one `reach` after; zeros beyond its sentence.
fn gather(rows: &[f32], d: usize, reach: usize, sentences: &[Vec<&str>], out: &mut Vec<f32>) {
    out.resize(rows.len() * 3, 0.0);
    let mut first = 0;
    for words in sentences {
        let n = words.len();
        for i in 0..n {
            let to = &mut out[(first + i) * 3 * d..(first + i + 1) * 3 * d];
            if i >= reach {
                to[..d].copy_from_slice(&rows[(first + i - reach) * d..(first + i - reach + 1) * d]);
            } else {
                to[..d].fill(0.0);
            }
            to[d..2 * d].copy_from_slice(&rows[(first + i) * d..(first + i + 1) * d]);
            if i + reach < n {
                to[2 * d..].copy_from_slice(&rows[(first + i + reach) * d..(first + i + reach + 1) * d]);
            } else {
                to[2 * d..].fill(0.0);
            }
        }
        first += n;
    }
}
