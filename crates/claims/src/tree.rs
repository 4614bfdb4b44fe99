//! A sentence's tree, indexed: dependents, extents and paths in constant or path-length time.

use holdfire_types::{Dep, Sentence};

/// Paths longer than this many steps on one side are not followed; a 2,000-word sentence stays cheap.
const LONGEST_CLIMB: usize = 12;

/// Dependents and extents of every token.
#[derive(Debug, Clone)]
pub struct Tree {
    head: Vec<Option<u32>>,
    first: Vec<u32>,
    kids: Vec<u32>,
    extent: Vec<(u32, u32)>,
}

/// The way from one token to another: up to the lowest token above both, then down. There are very many: they are told
/// without memory of their own.
#[derive(Debug, Clone)]
pub struct Path {
    /// The token above both.
    pub top: u32,
    ups: [u32; LONGEST_CLIMB + 1],
    up: usize,
    downs: [u32; LONGEST_CLIMB + 1],
    down: usize,
}

impl Path {
    /// Tokens left behind on the way up, the first one included, the top left out.
    pub fn up(&self) -> &[u32] {
        &self.ups[..self.up]
    }

    /// Tokens on the way down, the last one included, the top left out.
    pub fn down(&self) -> &[u32] {
        &self.downs[..self.down]
    }
}

impl Tree {
    /// Indexes a sentence. A head that points outside or round in a circle is taken as none.
    pub fn new(sentence: &Sentence) -> Self {
        let n = sentence.tokens.len();
        let head: Vec<Option<u32>> =
            sentence.tokens.iter().map(|t| t.head.filter(|&h| (h as usize) < n)).collect();
        let mut first = vec![0_u32; n + 1];
        for h in head.iter().flatten() {
            first[*h as usize + 1] += 1;
        }
        for i in 0..n {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut kids = vec![0; first[n] as usize];
        for (i, h) in head.iter().enumerate() {
            if let Some(h) = h {
                kids[next[*h as usize] as usize] = i as u32;
                next[*h as usize] += 1;
            }
        }
        let mut tree = Self { head, first, kids, extent: (0..n as u32).map(|i| (i, i + 1)).collect() };
        tree.measure();
        tree
    }

    fn measure(&mut self) {
        let mut order: Vec<u32> =
            (0..self.head.len() as u32).filter(|&i| self.head[i as usize].is_none()).collect();
        let mut at = 0;
        while at < order.len() {
            let node = order[at] as usize;
            order.extend_from_slice(&self.kids[self.first[node] as usize..self.first[node + 1] as usize]);
            at += 1;
        }
        for &i in order.iter().rev() {
            if let Some(h) = self.head[i as usize] {
                let (from, to) = self.extent[i as usize];
                let whole = &mut self.extent[h as usize];
                *whole = (whole.0.min(from), whole.1.max(to));
            }
        }
    }

    /// The tokens that hang directly on `i`, in order.
    pub fn kids(&self, i: usize) -> &[u32] {
        &self.kids[self.first[i] as usize..self.first[i + 1] as usize]
    }

    /// The token `i` hangs on.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.head[i].map(|h| h as usize)
    }

    /// First token and one past the last of everything under `i`.
    pub fn extent(&self, i: usize) -> (usize, usize) {
        (self.extent[i].0 as usize, self.extent[i].1 as usize)
    }

    /// `i`'s heads from the nearest up, at most twelve.
    pub fn above(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(i), |&h| self.head(h)).take(LONGEST_CLIMB)
    }

    /// True when `i` stands under `top` (or is it).
    pub fn under(&self, i: usize, top: usize) -> bool {
        i == top || self.above(i).any(|h| h == top)
    }

    /// The way from `a` to `b`; `None` when it is too long.
    pub fn path(&self, a: usize, b: usize) -> Option<Path> {
        let (mut ups, mut count) = ([0; LONGEST_CLIMB + 1], 0);
        for node in std::iter::once(a).chain(self.above(a)) {
            ups[count] = node as u32;
            count += 1;
        }
        let (mut downs, mut down) = ([0; LONGEST_CLIMB + 1], 0);
        for node in std::iter::once(b).chain(self.above(b)) {
            let top = node as u32;
            if let Some(up) = ups[..count].iter().position(|u| *u == top) {
                downs[..down].reverse();
                return Some(Path { top, ups, up, downs, down });
            }
            downs[down] = top;
            down += 1;
        }
        None
    }

    /// The first dependent of `i` by one of `deps`.
    pub fn kid_by(&self, sentence: &Sentence, i: usize, deps: &[Dep]) -> Option<usize> {
        self.kids(i).iter().map(|&k| k as usize).find(|&k| deps.contains(&sentence.tokens[k].dep))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::sentence;

    #[test]
    fn a_path_climbs_to_the_shared_head_and_down() {
        // Rebels shelled the town
        let (_, s) = sentence("Rebels|NOUN|1|nsubj shelled|VERB|_|root the|DET|3|det town|NOUN|1|obj");
        let tree = Tree::new(&s);
        let path = tree.path(0, 3).unwrap();
        assert_eq!((path.up(), path.top, path.down()), (&[0][..], 1, &[3][..]));
        assert_eq!(tree.extent(1), (0, 4));
        assert_eq!(tree.extent(3), (2, 4));
    }

    #[test]
    fn a_circle_of_heads_ends() {
        let (_, s) = sentence("a|NOUN|1|dep b|NOUN|0|dep c|NOUN|_|root");
        let tree = Tree::new(&s);
        assert!(tree.path(0, 2).is_none());
        assert_eq!(tree.extent(2), (2, 3));
    }
}
