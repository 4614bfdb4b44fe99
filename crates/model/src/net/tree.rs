//! The best tree over a sentence's arc scores: greedy heads, mended by Chu-Liu-Edmonds where they form a cycle.
//!
//! Chu & Liu (1965), Edmonds (1967), in Tarjan's dense form (1977); one root a sentence, as Universal Dependencies asks.

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
    if roots == 1 && !circular(&greedy) {
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
        let heads = edmonds(one);
        let total: f32 = (1..n).map(|d| table.at(d, heads[d])).sum();
        if best.as_ref().is_none_or(|(score, _)| total > *score) {
            best = Some((total, heads));
        }
    }
    best.map_or_else(Vec::new, |(_, heads)| heads[1..].to_vec())
}

/// Whether `heads`, whose first is the root, run in a circle somewhere.
fn circular(heads: &[usize]) -> bool {
    let mut seen = vec![0usize; heads.len()];
    (1..heads.len()).any(|start| {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        node != 0 && seen[node] == start
    })
}

/// The best tree, whatever the number of roots, in time and space that grow with the square of the words: from each node that has no head yet a path is grown against the arcs, and where it runs into itself, the
/// cycle becomes one node.
fn edmonds(table: Table) -> Vec<usize> {
    let Table { n, mut scores } = table;
    // Nodes are the words, then the cycles as they are found. The place of a cycle in the table is that of one of its nodes.
    let mut node_at: Vec<usize> = (0..n).collect();
    let mut arcs: Vec<(usize, usize)> = (0..n * n).map(|at| (at / n, at % n)).collect();
    let mut live: Vec<usize> = (0..n).collect();
    let mut arc_into = vec![(0, 0); n];
    let mut cycle_of: Vec<usize> = vec![0; n];
    let mut done = vec![false; n];
    done[0] = true;
    for start in 1..n {
        let mut path: Vec<(usize, f32)> = Vec::new();
        let mut dep = start;
        while !done[dep] {
            let head = live.iter().copied().filter(|head| *head != dep).fold(usize::MAX, |best, head| {
                if best == usize::MAX || scores[dep * n + head] > scores[dep * n + best] {
                    head
                } else {
                    best
                }
            });
            arc_into[node_at[dep]] = arcs[dep * n + head];
            path.push((dep, scores[dep * n + head]));
            dep = head;
            let Some(from) = path.iter().position(|(node, _)| *node == head) else { continue };
            let ring = path.split_off(from);
            live.retain(|node| *node == head || ring.iter().all(|(other, _)| other != node));
            for &(node, _) in &ring {
                cycle_of[node_at[node]] = arc_into.len();
                done[node] = node != head;
            }
            node_at[head] = arc_into.len();
            arc_into.push((0, 0));
            cycle_of.push(0);
            // an arc into the ring breaks it where that costs least; one out of it starts where it is best
            for &other in live.iter().filter(|other| **other != head) {
                let (mut into, mut out) = ((f32::MIN, (0, 0)), (f32::MIN, (0, 0)));
                for &(node, price) in &ring {
                    let (inward, outward) = (node * n + other, other * n + node);
                    if scores[inward] - price > into.0 {
                        into = (scores[inward] - price, arcs[inward]);
                    }
                    if scores[outward] > out.0 {
                        out = (scores[outward], arcs[outward]);
                    }
                }
                (scores[head * n + other], arcs[head * n + other]) = into;
                (scores[other * n + head], arcs[other * n + head]) = out;
            }
        }
        for (node, _) in path {
            done[node] = true;
        }
    }
    // from the outermost cycle to the innermost: the arc into it breaks it
    for cycle in (n..arc_into.len()).rev() {
        let mut node = arc_into[cycle].0;
        while cycle_of[node] != cycle {
            node = cycle_of[node];
        }
        arc_into[node] = arc_into[cycle];
    }
    (0..n).map(|word| arc_into[word].1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The best total of all trees over up to five words that have a number of roots in `roots`, by trying all heads.
    fn exhaustive(scores: &[f32], words: usize, roots: std::ops::RangeInclusive<usize>) -> f32 {
        let n = words + 1;
        let mut best = f32::MIN;
        for code in 0..n.pow(words as u32) {
            let heads: Vec<usize> =
                std::iter::once(0).chain((0..words).map(|i| code / n.pow(i as u32) % n)).collect();
            if roots.contains(&heads[1..].iter().filter(|h| **h == 0).count())
                && heads.iter().enumerate().skip(1).all(|(d, h)| d != *h)
                && !circular(&heads)
            {
                best = best.max((1..n).map(|d| scores[(d - 1) * n + heads[d]]).sum());
            }
        }
        best
    }

    /// A row a word, made of `seed`; no word on itself.
    fn table(words: usize, seed: &[f32]) -> Vec<f32> {
        let n = words + 1;
        let mut scores: Vec<f32> =
            (0..words * n).map(|i| seed[i % seed.len()] + (i as f32) * 0.013).collect();
        for d in 0..words {
            scores[d * n + d + 1] = NEVER;
        }
        scores
    }

    proptest! {
        #[test]
        fn the_tree_is_the_best_of_all(words in 1usize..5, seed in proptest::collection::vec(-3.0f32..3.0, 20)) {
            let n = words + 1;
            let scores = table(words, &seed);
            let heads = best_tree(&scores, words);
            let all: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
            prop_assert!(!circular(&all));
            prop_assert_eq!(heads.iter().filter(|h| **h == 0).count(), 1);
            // with at most three words the three roots tried are all there are
            if words <= 3 {
                let total: f32 = heads.iter().enumerate().map(|(d, h)| scores[d * n + h]).sum();
                prop_assert!((total - exhaustive(&scores, words, 1..=1)).abs() < 1e-4);
            }
        }

        #[test]
        fn cycles_beside_each_other_are_mended_at_the_least_loss(seed in proptest::collection::vec(-3.0f32..3.0, 30)) {
            let (words, n) = (5, 6);
            let scores = table(words, &seed);
            let mut whole = Table { n, scores: vec![NEVER; n] };
            whole.scores.extend_from_slice(&scores);
            let heads = edmonds(Table { n, scores: whole.scores.clone() });
            prop_assert!(!circular(&heads));
            let total: f32 = (1..n).map(|d| whole.at(d, heads[d])).sum();
            prop_assert!((total - exhaustive(&scores, words, 1..=words)).abs() < 1e-4);
        }
    }
}
