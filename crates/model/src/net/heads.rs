//! Vectors to labels: tags, the tree, names.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

use super::kernel::{Dense, wide};
use super::rows::{LANES, Rows, fold};
use super::tree::{NEVER, best_tree};
use super::{Labels, Net};

impl Net {
    /// Labels of every sentence from the encoded words in `x`.
    pub(super) fn read_heads(&self, sentences: &[Vec<&str>], x: &Rows) -> Vec<Labels> {
        let layer = |layer: &Dense, x: &Rows| {
            let mut out = Vec::new();
            layer.apply(x, &mut out);
            out
        };
        let upos = best_columns(&layer(&self.upos_head, x), &self.upos_head);
        let xpos = best_columns(&layer(&self.xpos_head, x), &self.xpos_head);
        let name_scores = layer(&self.names_head, x);
        let mut arc_dep = layer(&self.arc_dep, x);
        relu(&mut arc_dep);
        let mut arc_head = layer(&self.arc_head, x);
        relu(&mut arc_head);
        let mut turned = Rows::default();
        turned.take(&arc_dep, self.arc_dep.outputs);
        let arc_dep = layer(&self.arc_turn, &turned);
        let rel_dep = layer(&self.rel_dep, x);
        let rel_head = layer(&self.rel_head, x);

        let names_stride = self.names_head.stride();
        let mut labels = Vec::with_capacity(sentences.len());
        let mut first = 0;
        for words in sentences {
            let n = words.len();
            let heads = self.heads(&arc_dep, &arc_head, first, n);
            let deps = self.relations(&rel_dep, &rel_head, &heads, first);
            labels.push(Labels {
                vectors: x.floats(first..first + n),
                upos: upos[first..first + n].to_vec(),
                xpos: xpos[first..first + n].to_vec(),
                heads: heads.into_iter().map(|h| h as u32).collect(),
                deps,
                names: best_path(
                    &name_scores[first * names_stride..(first + n) * names_stride],
                    &self.names_step,
                    self.names_head.outputs,
                ),
            });
            first += n;
        }
        labels
    }

    /// Heads of the words `first..first + n`.
    fn heads(&self, arc_dep: &[f32], arc_head: &[f32], first: usize, n: usize) -> Vec<usize> {
        let d = self.arc_turn.outputs;
        let mut heads: Vec<&[f32]> = Vec::with_capacity(n + 1);
        heads.push(&self.arc_root);
        heads.extend(arc_head[first * d..(first + n) * d].chunks_exact(d));
        let scores = arc_scores(&arc_dep[first * d..(first + n) * d], &heads, &self.arc_bias);
        best_tree(&scores, n)
    }

    fn relations(&self, rel_dep: &[f32], rel_head: &[f32], heads: &[usize], first: usize) -> Vec<u8> {
        let d = self.rel_out.inputs;
        let head_rows: Vec<&[f32]> = heads
            .iter()
            .map(|h| {
                h.checked_sub(1)
                    .map_or(&self.rel_root[..], |h| &rel_head[(first + h) * d..(first + h + 1) * d])
            })
            .collect();
        let mut pairs = Rows::default();
        push_sums(&rel_dep[first * d..(first + heads.len()) * d], d, &head_rows, &mut pairs);
        let mut out = Vec::new();
        self.rel_out.apply(&pairs, &mut out);
        best_columns(&out, &self.rel_out)
    }
}

wide! {
    /// Scores of every head (the root first) for every word, row-major by word; [`NEVER`] for a word on itself.
    fn arc_scores(deps: &[f32], heads: &[&[f32]], bias: &[f32]) -> Vec<f32> {
        let mut sums = vec![[0.0; LANES]; heads.len()];
        products(bias, heads, &mut sums);
        let biases: Vec<f32> = sums.iter().map(|sums| fold(*sums, |a, b| a + b)).collect();
        let mut scores = Vec::with_capacity(heads.len() * heads.len());
        for (i, dep) in deps.chunks_exact(bias.len()).enumerate() {
            products(dep, heads, &mut sums);
            for (sums, bias) in sums.iter().zip(&biases) {
                scores.push(fold(*sums, |a, b| a + b) + bias);
            }
            scores[i * heads.len() + i + 1] = NEVER;
        }
        scores
    }
}

/// Sums of products of `row` with each of `others`, each in as many running sums as there are lanes: one order for every
/// processor.
#[inline(always)]
fn products(row: &[f32], others: &[&[f32]], out: &mut [[f32; LANES]]) {
    for (other, out) in others.iter().zip(out) {
        let mut sums = [0.0; LANES];
        for (x, y) in row.as_chunks::<LANES>().0.iter().zip(other.as_chunks::<LANES>().0) {
            for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
                *sum += x * y;
            }
        }
        *out = sums;
    }
}

wide! {
    /// Rows of what is positive in the sum of a word's row and its head's.
    fn push_sums(deps: &[f32], width: usize, heads: &[&[f32]], out: &mut Rows) {
        let mut line = Vec::with_capacity(width);
        out.clear(width);
        for (dep, head) in deps.chunks_exact(width).zip(heads) {
            line.clear();
            line.extend(dep.iter().zip(*head).map(|(a, b)| (a + b).max(0.0)));
            out.push(&line);
        }
    }
}

wide! {
    /// The best sequence of labels (Viterbi): `scores` has a row a word, `steps` one for each of the `count` labels, what
    /// each label behind it adds. Both have rows of whole lanes.
    fn best_path(scores: &[f32], steps: &[f32], count: usize) -> Vec<u8> {
        let stride = steps.len() / count;
        let words = scores.len() / stride;
        let mut best = scores[..stride.min(scores.len())].to_vec();
        let mut next = best.clone();
        let mut back = Vec::with_capacity(scores.len());
        for row in scores.chunks_exact(stride).skip(1) {
            for at in (0..stride).step_by(LANES) {
                let (mut top, mut from) = ([f32::MIN; LANES], [0u32; LANES]);
                for (label, b) in best[..count].iter().enumerate() {
                    let step = &steps[label * stride + at..][..LANES];
                    let mut score = [*b; LANES];
                    for (score, step) in score.iter_mut().zip(step) {
                        *score += step;
                    }
                    for (from, (score, top)) in from.iter_mut().zip(score.iter().zip(&top)) {
                        *from = if score > top { label as u32 } else { *from };
                    }
                    for (top, score) in top.iter_mut().zip(score) {
                        *top = if score > *top { score } else { *top };
                    }
                }
                for (lane, (top, from)) in top.iter().zip(from).enumerate() {
                    next[at + lane] = top + row[at + lane];
                    back.push(from as u8);
                }
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut path = vec![0; words];
        let mut label = best_index(&best[..count.min(best.len())]);
        for (i, told) in path.iter_mut().enumerate().rev() {
            *told = label as u8;
            if let Some(i) = i.checked_sub(1) {
                label = usize::from(back[i * stride + label]);
            }
        }
        path
    }
}

pub(super) fn relu(x: &mut [f32]) {
    for v in x {
        *v = v.max(0.0);
    }
}

fn best_index(row: &[f32]) -> usize {
    let mut best = 0;
    for (i, v) in row.iter().enumerate() {
        if *v > row[best] {
            best = i;
        }
    }
    best
}

fn best_columns(out: &[f32], layer: &Dense) -> Vec<u8> {
    out.chunks_exact(layer.stride()).map(|row| best_index(&row[..layer.outputs]) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_path_is_the_best_of_all(words in 0usize..5, seed in proptest::collection::vec(-3.0f32..3.0, 7)) {
            const LABELS: usize = 3;
            let value = |i: usize| seed[i % seed.len()] + i as f32 * 0.017;
            let table = |rows: usize, from: usize| -> Vec<f32> {
                (0..rows * LANES).map(|i| if i % LANES < LABELS { value(from + i) } else { 99.0 }).collect()
            };
            let (scores, steps) = (table(words, 0), table(LABELS, 5));
            let total = |path: &[u8]| -> f32 {
                let own: f32 = path.iter().enumerate().map(|(i, l)| scores[i * LANES + usize::from(*l)]).sum();
                let between: f32 = path.windows(2).map(|p| steps[usize::from(p[0]) * LANES + usize::from(p[1])]).sum();
                own + between
            };
            let path = best_path(&scores, &steps, LABELS);
            prop_assert_eq!(path.len(), words);
            prop_assert!(path.iter().all(|l| usize::from(*l) < LABELS));
            for code in 0..LABELS.pow(words as u32) {
                let other: Vec<u8> = (0..words).map(|i| (code / LABELS.pow(i as u32) % LABELS) as u8).collect();
                prop_assert!(total(&other) <= total(&path) + 1e-4);
            }
        }
    }
}
