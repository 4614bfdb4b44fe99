//! Vectors to labels: tags, the tree, names.

use super::kernel::Dense;
use super::tree::{NEVER, best_tree};
use super::{Labels, Net, Scratch};

impl Net {
    /// Labels of every sentence from the encoded words in `scratch.x`.
    pub(super) fn read_heads(
        &self,
        sentences: &[Vec<&str>],
        total: usize,
        scratch: &mut Scratch,
    ) -> Vec<Labels> {
        let layer = |layer: &Dense, x: &[f32], rows: usize| {
            let mut out = Vec::new();
            layer.apply(x, rows, &mut out);
            out
        };
        let x = &scratch.x;
        let with_root: Vec<f32> = self.root.iter().chain(x).copied().collect();
        let upos = best_columns(&layer(&self.upos_head, x, total), &self.upos_head);
        let xpos = best_columns(&layer(&self.xpos_head, x, total), &self.xpos_head);
        let name_scores = layer(&self.names_head, x, total);
        let mut arc_dep = layer(&self.arc_dep, x, total);
        relu(&mut arc_dep);
        let mut arc_head = layer(&self.arc_head, &with_root, total + 1);
        relu(&mut arc_head);
        let arc_dep = layer(&self.arc_turn, &arc_dep, total);
        let rel_dep = layer(&self.rel_dep, x, total);
        let rel_head = layer(&self.rel_head, &with_root, total + 1);

        let mut labels = Vec::with_capacity(sentences.len());
        let mut first = 0;
        for words in sentences {
            let n = words.len();
            let heads = self.heads(&arc_dep, &arc_head, first, n);
            let deps = self.relations(&rel_dep, &rel_head, &heads, first);
            labels.push(Labels {
                upos: upos[first..first + n].to_vec(),
                xpos: xpos[first..first + n].to_vec(),
                heads: heads.into_iter().map(|h| h as u32).collect(),
                deps,
                names: self.best_names(&name_scores, first, n),
            });
            first += n;
        }
        labels
    }

    /// Heads of the words `first..first + n`; row 0 of `arc_head` is the root, row `i + 1` word `i` of the batch.
    fn heads(&self, arc_dep: &[f32], arc_head: &[f32], first: usize, n: usize) -> Vec<usize> {
        let d = self.arc_turn.outputs;
        let row =
            |h: usize| if h == 0 { &arc_head[..d] } else { &arc_head[(first + h) * d..(first + h + 1) * d] };
        let bias: Vec<f32> = (0..=n).map(|h| dot(row(h), &self.arc_bias)).collect();
        let mut scores = vec![NEVER; n * (n + 1)];
        for i in 0..n {
            let dep = &arc_dep[(first + i) * d..(first + i + 1) * d];
            for h in (0..=n).filter(|h| *h != i + 1) {
                scores[i * (n + 1) + h] = dot(dep, row(h)) + bias[h];
            }
        }
        best_tree(&scores, n)
    }

    fn relations(&self, rel_dep: &[f32], rel_head: &[f32], heads: &[usize], first: usize) -> Vec<u8> {
        let d = self.rel_out.inputs;
        let mut pairs = Vec::with_capacity(heads.len() * d);
        for (i, &h) in heads.iter().enumerate() {
            let head = if h == 0 { 0 } else { first + h };
            let (dep, head) =
                (&rel_dep[(first + i) * d..(first + i + 1) * d], &rel_head[head * d..(head + 1) * d]);
            pairs.extend(dep.iter().zip(head).map(|(a, b)| (a + b).max(0.0)));
        }
        let mut out = Vec::new();
        self.rel_out.apply(&pairs, heads.len(), &mut out);
        best_columns(&out, &self.rel_out)
    }

    /// The best sequence of name labels (Viterbi).
    fn best_names(&self, scores: &[f32], first: usize, n: usize) -> Vec<u8> {
        let (count, stride) = (self.names_head.outputs, self.names_head.stride());
        if n == 0 {
            return Vec::new();
        }
        let row = |i: usize| &scores[(first + i) * stride..(first + i) * stride + count];
        let mut best = row(0).to_vec();
        let mut back = vec![0u8; n * count];
        let mut next = vec![0.0; count];
        for i in 1..n {
            for to in 0..count {
                let (mut from, mut top) = (0, f32::MIN);
                for (f, b) in best.iter().enumerate() {
                    let score = b + self.names_step[f * count + to];
                    if score > top {
                        (from, top) = (f, score);
                    }
                }
                next[to] = top + row(i)[to];
                back[i * count + to] = from as u8;
            }
            std::mem::swap(&mut best, &mut next);
        }
        let mut label = best_index(&best);
        let mut path = vec![0; n];
        for i in (0..n).rev() {
            path[i] = label as u8;
            label = usize::from(back[i * count + label]);
        }
        path
    }
}

/// Sum of products in eight running sums: one order for every processor.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum()
}

fn relu(x: &mut [f32]) {
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
