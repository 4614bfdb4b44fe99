//! The best tree over a sentence's arc scores: greedy heads, mended by Chu-Liu-Edmonds where they form a cycle.
//!
//! Chu & Liu (1965), Edmonds (1967); one root a sentence, as Universal Dependencies asks.

/// Score of an arc that must not be.
pub const NEVER: f32 = -1e9;

/// A square table of scores; `at(dep, head)`, node 0 is the root.
struct Table {
    n: usize,
    scores: Vec<f32>,
}

impl Table {
    fn at(&self, dep: usize, head: usize) -> f32 {
        self.scores[dep * self.n + head]
    }

    fn best(&self, dep: usize) -> usize {
        let row = &self.scores[dep * self.n..(dep + 1) * self.n];
        let mut best = 0;
        for (head, score) in row.iter().enumerate() {
            if *score > row[best] {
                best = head;
            }
        }
        best
    }
}

/// The head of every word (0 is the root, words from 1). `scores` has `words` rows of `words + 1` heads; the score of a
/// word on itself must be [`NEVER`].
pub fn best_tree(scores: &[f32], words: usize) -> Vec<usize> {
    if words == 0 {
        return Vec::new();
    }
    let n = words + 1;
    let mut table = Table { n, scores: vec![NEVER; n * n] };
    table.scores[n..].copy_from_slice(&scores[..words * n]);
    let greedy: Vec<usize> = (0..n).map(|d| if d == 0 { 0 } else { table.best(d) }).collect();
    let roots = greedy[1..].iter().filter(|h| **h == 0).count();
    if roots == 1 && cycle(&greedy).is_none() {
        return greedy[1..].to_vec();
    }
    // The likeliest three words are tried as the only root; the best whole tree stays.
    let mut firsts: Vec<usize> = (1..n).collect();
    firsts.sort_by(|a, b| table.at(*b, 0).total_cmp(&table.at(*a, 0)));
    let mut best: Option<(f32, Vec<usize>)> = None;
    for &first in firsts.iter().take(3) {
        let mut one = Table { n, scores: table.scores.clone() };
        for dep in 1..n {
            if dep != first {
                one.scores[dep * n] = NEVER;
            }
        }
        for head in 1..n {
            one.scores[first * n + head] = NEVER;
        }
        let heads = edmonds(&one);
        let total: f32 = (1..n).map(|d| one.at(d, heads[d])).sum();
        if best.as_ref().is_none_or(|(score, _)| total > *score) {
            best = Some((total, heads));
        }
    }
    best.map_or_else(Vec::new, |(_, heads)| heads[1..].to_vec())
}

/// The nodes of a cycle among `heads`, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut found = vec![node];
            let mut next = heads[node];
            while next != node {
                found.push(next);
                next = heads[next];
            }
            return Some(found);
        }
    }
    None
}

/// Contracts one cycle after another. Each step makes the table smaller, so it ends after at most `n` steps.
fn edmonds(table: &Table) -> Vec<usize> {
    let n = table.n;
    let heads: Vec<usize> = (0..n).map(|d| if d == 0 { 0 } else { table.best(d) }).collect();
    let Some(ring) = cycle(&heads) else { return heads };
    let mut inside = vec![false; n];
    for &v in &ring {
        inside[v] = true;
    }
    let rest: Vec<usize> = (0..n).filter(|v| !inside[*v]).collect();
    let (c, total) = (rest.len(), ring.iter().map(|&v| table.at(v, heads[v])).sum::<f32>());
    let mut small = Table { n: c + 1, scores: vec![NEVER; (c + 1) * (c + 1)] };
    let (mut enter, mut leave) = (vec![0; c], vec![0; c]);
    for (a, &u) in rest.iter().enumerate() {
        for (b, &v) in rest.iter().enumerate() {
            if a != b && a != 0 {
                small.scores[a * (c + 1) + b] = table.at(u, v);
            }
        }
        // an arc from the ring to `u`, and one from `u` into the ring that breaks it at its weakest point
        let from =
            *ring.iter().max_by(|x, y| table.at(u, **x).total_cmp(&table.at(u, **y))).unwrap_or(&ring[0]);
        let gain = |v: usize| table.at(v, u) - table.at(v, heads[v]);
        let into = *ring.iter().max_by(|x, y| gain(**x).total_cmp(&gain(**y))).unwrap_or(&ring[0]);
        if a != 0 {
            small.scores[a * (c + 1) + c] = table.at(u, from);
            leave[a] = from;
        }
        small.scores[c * (c + 1) + a] = gain(into) + total;
        enter[a] = into;
    }
    let chosen = edmonds(&small);
    let mut out = heads;
    for (a, &u) in rest.iter().enumerate().skip(1) {
        out[u] = if chosen[a] == c { leave[a] } else { rest[chosen[a]] };
    }
    out[enter[chosen[c]]] = rest[chosen[c]];
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every tree with one root over up to four words, by trying all heads.
    fn exhaustive(scores: &[f32], words: usize) -> f32 {
        let n = words + 1;
        let mut best = f32::MIN;
        for code in 0..n.pow(words as u32) {
            let heads: Vec<usize> =
                std::iter::once(0).chain((0..words).map(|i| code / n.pow(i as u32) % n)).collect();
            let roots = heads[1..].iter().filter(|h| **h == 0).count();
            if roots == 1 && heads.iter().enumerate().skip(1).all(|(d, h)| d != *h) && cycle(&heads).is_none()
            {
                best = best.max((1..n).map(|d| scores[(d - 1) * n + heads[d]]).sum());
            }
        }
        best
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best_of_all(words in 1usize..5, seed in proptest::collection::vec(-3.0f32..3.0, 20)) {
            let n = words + 1;
            let mut scores: Vec<f32> = (0..words * n).map(|i| seed[i % seed.len()] + (i as f32) * 0.013).collect();
            for d in 0..words {
                scores[d * n + d + 1] = NEVER;
            }
            let heads = best_tree(&scores, words);
            let all: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
            prop_assert!(cycle(&all).is_none());
            prop_assert_eq!(heads.iter().filter(|h| **h == 0).count(), 1);
            // with at most three words the three roots tried are all there are
            if words <= 3 {
                let total: f32 = heads.iter().enumerate().map(|(d, h)| scores[d * n + h]).sum();
                prop_assert!((total - exhaustive(&scores, words)).abs() < 1e-4);
            }
        }
    }
}
