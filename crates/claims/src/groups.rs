//! Word groups: words that occur alike in running text, so that a word never seen in training shares what its likes taught.

use std::collections::HashMap;
use std::sync::OnceLock;

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
    static INDEX: OnceLock<HashMap<&'static str, Groups>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        TABLE
            .lines()
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (word, coarse, fine) = (cells.next()?, cells.next()?, cells.next()?);
                Some((
                    word,
                    Groups { coarse: coarse.parse::<u32>().ok()? + 1, fine: fine.parse::<u32>().ok()? + 1 },
                ))
            })
            .collect()
    });
    index.get(word).copied().unwrap_or_default()
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
