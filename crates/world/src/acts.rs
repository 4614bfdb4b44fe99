//! Act words: which lemmas carry which kinds of act, by which means, how speakers stand to acts, and what nouns name.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use holdfire_types::{Kind, Means, Stance};

/// A word class that an act word is listed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordClass {
    /// Verbs.
    Verb,
    /// Nouns and proper nouns.
    Noun,
    /// Adjectives and participles before a noun.
    Adjective,
}

/// What sorts of thing a noun names. A noun may name several ("front").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NounSort {
    /// Armed or governing bodies and their members.
    pub force: bool,
    /// People as such.
    pub people: bool,
    /// Places and buildings.
    pub place: bool,
    /// Those who are quoted.
    pub speaker: bool,
}

/// Everything the pack says of one lemma.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActWord {
    kinds: [u32; 3],
    /// Means that the word implies.
    pub means: Vec<Means>,
    stances: u8,
    /// What it names, as a noun.
    pub sort: NounSort,
    /// Words that, as its dependents, make an act of it ("take" + "control"), with the kinds they make.
    pub with: Vec<(String, u32)>,
}

impl ActWord {
    /// The kinds it may carry as a word of `class`: bit `k as u32` for each kind `k`.
    pub fn kinds(&self, class: WordClass) -> u32 {
        self.kinds[class as usize]
    }

    /// The stances it may carry: bit `s as u8` for each stance `s`.
    pub fn stances(&self) -> u8 {
        self.stances
    }

    /// True when it may carry `stance`.
    pub fn is(&self, stance: Stance) -> bool {
        self.stances & (1 << stance as u8) != 0
    }
}

/// The act words of a pack.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Acts {
    words: HashMap<String, ActWord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[serde(default)]
    act: Vec<ActEntry>,
    #[serde(default)]
    speech: Vec<SpeechEntry>,
    #[serde(default)]
    nouns: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ActEntry {
    kind: Kind,
    #[serde(default)]
    means: Vec<Means>,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechEntry {
    stance: Stance,
    words: Vec<String>,
}

impl Acts {
    /// Reads a pack's act words (the form of `packs/acts.toml`). The error says what is wrong and where.
    pub fn parse(toml_text: &str) -> Result<Self, String> {
        let pack: Pack = toml::from_str(toml_text).map_err(|e| e.to_string())?;
        let mut acts = Self::default();
        for entry in &pack.act {
            let bit = 1 << entry.kind as u32;
            let lists = [&entry.verbs, &entry.nouns, &entry.adjectives];
            for (class, word) in lists.iter().enumerate().flat_map(|(c, l)| l.iter().map(move |w| (c, w))) {
                let (head, dependent) =
                    word.split_once('+').map_or((word.as_str(), None), |(h, d)| (h, Some(d)));
                let listed = acts.words.entry(head.to_owned()).or_default();
                match dependent {
                    Some(dependent) => listed.with.push((dependent.to_owned(), bit)),
                    None => listed.kinds[class] |= bit,
                }
                for &means in &entry.means {
                    if !listed.means.contains(&means) {
                        listed.means.push(means);
                    }
                }
            }
        }
        for entry in &pack.speech {
            for word in &entry.words {
                acts.words.entry(word.clone()).or_default().stances |= 1 << entry.stance as u8;
            }
        }
        for (sort, words) in &pack.nouns {
            for word in words {
                let listed = &mut acts.words.entry(word.clone()).or_default().sort;
                match sort.as_str() {
                    "force" => listed.force = true,
                    "people" => listed.people = true,
                    "place" => listed.place = true,
                    "speaker" => listed.speaker = true,
                    other => {
                        return Err(format!(
                            "`nouns.{other}` is no sort of noun; use force, people, place or speaker"
                        ));
                    }
                }
            }
        }
        Ok(acts)
    }

    /// What the pack says of a lemma (lower case).
    pub fn word(&self, lemma: &str) -> Option<&ActWord> {
        self.words.get(lemma)
    }

    /// How many lemmas are listed.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// True when none is.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_carries_the_kinds_of_its_class_only() {
        let acts =
            Acts::parse("[[act]]\nkind = \"attack\"\nverbs = [\"shell\"]\nmeans = [\"shelling\"]\n").unwrap();
        let word = acts.word("shell").unwrap();
        assert_eq!(word.kinds(WordClass::Verb), 1 << Kind::Attack as u32);
        assert_eq!(word.kinds(WordClass::Noun), 0);
        assert_eq!(word.means, [Means::Shelling]);
    }

    #[test]
    fn a_pair_is_listed_under_its_head() {
        let acts = Acts::parse("[[act]]\nkind = \"capture\"\nverbs = [\"take+control\"]\n").unwrap();
        let word = acts.word("take").unwrap();
        assert_eq!(word.with, [("control".to_owned(), 1 << Kind::Capture as u32)]);
        assert_eq!(word.kinds(WordClass::Verb), 0);
    }

    #[test]
    fn an_unknown_sort_of_noun_is_named() {
        let error = Acts::parse("[nouns]\nanimal = [\"horse\"]\n").unwrap_err();
        assert!(error.contains("nouns.animal"), "{error}");
    }
}
