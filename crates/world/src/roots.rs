//! Words for PLOVER's root events, and how verbs stand to the clause below them.

use std::collections::HashMap;

use holdfire_types::Root;
use serde::Deserialize;

/// A root that a word carries, alone or with another word beside it.
type Entry = (Option<String>, Root);

/// The words of `packs/plover.toml`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RootWords {
    verbs: HashMap<String, Vec<Entry>>,
    nouns: HashMap<String, Vec<Entry>>,
    clause: ClauseWords,
}

/// How verbs stand to the clause below them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClauseWords {
    /// The event is what is said.
    pub speech: Vec<String>,
    /// What is meant to be done.
    pub intent: Vec<String>,
    /// Intents that are an event though nothing is known of what is meant.
    pub firm: Vec<String>,
    /// The noun beside them says what is done.
    pub light: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    root: Vec<RootEntry>,
    clause: ClauseWords,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RootEntry {
    root: Root,
    verbs: Vec<String>,
    nouns: Vec<String>,
}

impl RootWords {
    /// Reads the form of `packs/plover.toml`. The error says what is wrong and where.
    pub fn parse(toml_text: &str) -> Result<Self, String> {
        let pack: Pack = toml::from_str(toml_text).map_err(|e| e.to_string())?;
        let mut words = Self { clause: pack.clause, ..Self::default() };
        for entry in &pack.root {
            let lists = [(&mut words.verbs, &entry.verbs), (&mut words.nouns, &entry.nouns)];
            for (table, list) in lists {
                for word in list {
                    let (word, beside) =
                        word.split_once('+').map_or((word.as_str(), None), |(w, b)| (w, Some(b.to_owned())));
                    table.entry(word.to_owned()).or_default().push((beside, entry.root));
                }
            }
        }
        Ok(words)
    }

    /// The root of a verb, by lemma; `beside` says whether a word stands beside it. Pairs come before plain words.
    pub fn verb(&self, lemma: &str, beside: impl Fn(&str) -> bool) -> Option<Root> {
        choose(self.verbs.get(lemma)?, beside)
    }

    /// The root of a noun, by lemma.
    pub fn noun(&self, lemma: &str, beside: impl Fn(&str) -> bool) -> Option<Root> {
        choose(self.nouns.get(lemma)?, beside)
    }

    /// How verbs stand to the clause below them.
    pub fn clause(&self) -> &ClauseWords {
        &self.clause
    }
}

fn choose(entries: &[Entry], beside: impl Fn(&str) -> bool) -> Option<Root> {
    let paired = entries.iter().find(|(word, _)| word.as_deref().is_some_and(&beside));
    paired.or_else(|| entries.iter().find(|(word, _)| word.is_none())).map(|(_, root)| *root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_comes_before_the_plain_word() {
        let words = RootWords::parse(
            "[[root]]\nroot = \"SANCTION\"\nverbs = [\"suspend+aid\"]\nnouns = []\n\
             [[root]]\nroot = \"COERCE\"\nverbs = [\"suspend\"]\nnouns = []\n\
             [clause]\nspeech = []\nintent = []\nfirm = []\nlight = []\n",
        )
        .unwrap();
        assert_eq!(words.verb("suspend", |w| w == "aid"), Some(Root::Sanction));
        assert_eq!(words.verb("suspend", |_| false), Some(Root::Coerce));
        assert_eq!(words.noun("suspend", |_| true), None);
    }

    #[test]
    fn an_unknown_root_is_named() {
        let error = RootWords::parse("[[root]]\nroot = \"SING\"\nverbs = []\nnouns = []\n").unwrap_err();
        assert!(error.contains("SING"), "{error}");
    }
}
