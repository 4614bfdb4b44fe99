//! Where a mention stands to an act: what the network is told of the two besides their words.

use crate::features;
use crate::frame::Frame;
use crate::mentions::Mention;
use crate::view::View;

/// Rows for whole ways through the tree, for bare ones, and for grammatical functions; the first of each is for none.
pub const WAYS: u32 = 4096;
/// See [`WAYS`].
pub const BARE_WAYS: u32 = 1024;
/// See [`WAYS`].
pub const FUNCTIONS: u32 = 1024;

/// Rows of tables that describe a mention beside an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The mention's head.
    pub head: u32,
    /// Row of the way through the tree with its prepositions.
    pub way: u32,
    /// Row of the way by relations alone.
    pub bare: u32,
    /// Row of its grammatical function to the act.
    pub function: u32,
    /// Twice its sort, and one more for a modifier.
    pub sort: u32,
    /// Row of the words between: see [`near`].
    pub near: u32,
}

impl Stand {
    /// How `mention` stands to the act at token `i`.
    pub fn new(view: &View<'_>, i: usize, mention: &Mention, frame: &Frame) -> Self {
        let head = mention.head as usize;
        let way = features::way(view, i, head);
        let row = |hash: u32, rows: u32| hash % (rows - 1) + 1;
        let function = frame.of(head);
        Self {
            head: mention.head,
            way: way.as_ref().map_or(0, |w| row(w.whole(), WAYS)),
            bare: way.as_ref().map_or(0, |w| row(w.bare(), BARE_WAYS)),
            function: if function == 0 { 0 } else { row(function, FUNCTIONS) },
            sort: mention.sort as u32 * 2 + u32::from(mention.modifier),
            near: near(head as i64 - i as i64),
        }
    }
}

/// Signed distance in words as one of seventeen classes: up to four exact, then by doubling.
pub fn near(words: i64) -> u32 {
    let size = words.unsigned_abs();
    let step = match size {
        0..=4 => size as u32,
        _ => (5 + (size / 4).ilog2()).min(8),
    };
    if words > 0 { 8 + step } else { 8 - step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_in_seventeen_classes() {
        assert_eq!([0, 1, -1, 4, 5, -9, 100, -100].map(near), [8, 9, 7, 12, 13, 2, 16, 0]);
    }
}
