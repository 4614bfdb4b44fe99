//! The way through the tree from a cue to a word.

use holdfire_types::Dep;

use crate::linear::fold;
use crate::view::View;

/// A word in the tree as seen from the cue.
#[derive(Debug, Clone, Copy, Default)]
pub struct Way {
    /// The whole way by relations and prepositions.
    pub whole: u32,
    /// By relations alone.
    pub bare: u32,
    /// The first step: the dependent of the cue that the word hangs under, or the climb.
    pub branch: u32,
    /// The branch by relations alone.
    pub branch_bare: u32,
    /// The second step down, by relation.
    pub second: u32,
    /// The second step, with its preposition.
    pub whole_second: u32,
    /// What lies on the way, as bits.
    pub flags: u32,
    /// How many steps down and up.
    pub steps: u32,
    /// The branch's number, to tell whether two words share it.
    pub under: usize,
    /// Whether the word is first, last or head of the branch, as bits.
    pub edge: u32,
}

/// How token `t` stands in the tree as seen from the cue at token `h`.
pub fn way(view: &View<'_>, h: usize, t: usize) -> Way {
    if t == h {
        return Way { whole: 1, bare: 1, branch: 1, branch_bare: 1, under: h, ..Way::default() };
    }
    let Some(path) = view.tree.path(h, t) else {
        return Way { whole: 2, bare: 2, branch: 2, branch_bare: 2, under: usize::MAX, ..Way::default() };
    };
    let (mut whole, mut bare, mut flags) = (3, 3, 0);
    for &k in path.up() {
        whole = fold(11, &[whole, view.rel[k as usize]]);
        bare = fold(12, &[bare, view.dep(k as usize) as u32]);
    }
    let up = bare;
    for &k in path.down() {
        let k = k as usize;
        whole = fold(13, &[whole, view.rel[k]]);
        bare = fold(14, &[bare, view.dep(k) as u32]);
        flags |= flag(view.dep(k));
    }
    let first = path.down().first().map(|&k| k as usize);
    let (branch, branch_bare, under) = match first {
        Some(k) => {
            let left = u32::from(k < h);
            let climb = if path.up().len() > 2 { 0 } else { up };
            (fold(15, &[up, view.rel[k], left]), fold(16, &[climb, view.dep(k) as u32, left]), k)
        }
        None => (fold(17, &[up]), fold(18, &[path.up().len().min(3) as u32]), path.top as usize),
    };
    let second = path.down().get(1).map_or(0, |&k| view.dep(k as usize) as u32 + 1);
    let whole_second = path.down().get(1).map_or(0, |&k| view.rel[k as usize]);
    let (from, to) = view.tree.extent(under);
    let edge = u32::from(t == from) + 2 * u32::from(t + 1 == to) + 4 * u32::from(t == under);
    Way {
        whole,
        bare,
        branch,
        branch_bare,
        second,
        whole_second,
        flags,
        steps: path.down().len().min(4) as u32 * 4 + path.up().len().min(3) as u32,
        under,
        edge,
    }
}

/// Relations that part a phrase, one bit each.
pub fn flag(dep: Dep) -> u32 {
    match dep {
        Dep::AclRelcl => 1,
        Dep::Appos => 2,
        Dep::Parataxis => 4,
        Dep::Advcl => 8,
        Dep::Acl => 16,
        Dep::Conj => 32,
        Dep::Punct => 64,
        Dep::Nmod => 128,
        Dep::Ccomp => 256,
        Dep::Obl => 512,
        _ => 0,
    }
}
