//! Word groups: words that occur alike in running text, so that a word never seen in training shares what its likes taught.

use std::sync::OnceLock;

use holdfire_model::net::keys::{Keys, key};

/// `word TAB coarse TAB fine`, one a line; made from word vectors, see `models/claims-en.md`.
const TABLE: &str = include_str!("../../../models/word-groups.tsv");

/// A word's groups, from 1; 0 for a word in none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Groups {
    /// One of some hundred.
    pub coarse: u32,
    /// One of some eight hundred.
    pub fine: u32,
}

/// The groups of a word in lower case.
pub fn of(word: &str) -> Groups {
    static INDEX: OnceLock<(Keys, Vec<Groups>)> = OnceLock::new();
    let (keys, groups) = INDEX.get_or_init(|| {
        let read = |line: &str| {
            let mut cells = line.split('\t');
            let (word, coarse, fine) = (cells.next()?, cells.next()?, cells.next()?);
            let (coarse, fine): (u32, u32) = (coarse.parse().ok()?, fine.parse().ok()?);
            Some((key(word), Groups { coarse: coarse + 1, fine: fine + 1 }))
        };
        let mut table: Vec<(u64, Groups)> = TABLE.lines().filter_map(read).collect();
        table.sort_unstable_by_key(|(key, _)| *key);
        let (keys, groups) = table.into_iter().unzip();
        (Keys::new(keys), groups)
    });
    keys.find(key(word)).map_or_else(Groups::default, |at| groups[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_use_share_a_group() {
        assert_eq!(of("rebels").fine, of("insurgents").fine);
        assert_ne!(of("rebels").fine, of("banana").fine);
        assert_eq!(of("zzzz"), Groups::default());
    }
}
