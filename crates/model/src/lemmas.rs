//! Lemmas: what is written small, and edits of words and of their ends, learnt from the treebanks.
//!
//! A rule is a tag, an ending (`^` for a whole word), how many letters to cut and what to add. A whole word's rule decides,
//! looked up by both tags ("AUX/VBZ") and then by the treebank tag; else the longest known ending does.
//! `training/lemmas.py` learns the rules and does the same.

use std::borrow::Cow;

use crate::net::keys::Keys;

/// Longest ending looked up, in letters.
const LONGEST: usize = 6;

/// Treebank tags of names and addresses: their words are looked up as they are written.
const KEEP: &[&str] = &["NNP", "NNPS", "ADD"];

/// Treebank tags of bent verbs.
const VERBS: &[&str] = &["VBD", "VBN", "VBG", "VBZ"];

/// Ends of adjectives of peoples, which keep their capital.
const PEOPLES: &[&str] = &["an", "ese", "ish", "i"];

/// Names in capitals of more letters are no abbreviations: "GENEVA".
const NAME_OF_LETTERS: usize = 5;

/// The rules, sorted by the hash of tag and ending.
#[derive(Debug, Default)]
pub struct Lemmas {
    keys: Keys,
    edits: Vec<(u8, Box<str>)>,
}

/// Hash of a tag, told in parts, and an ending.
fn key(tag: &[&str], mark: &str, ending: &str) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    for part in tag.iter().chain(&[" ", mark, ending]) {
        for byte in part.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    hash
}

impl Lemmas {
    /// Rules from lines `TAG ENDING CUT ADD`; `None` when a line has another form.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut rules = lines
            .map(|line| {
                let mut cells = line.split(' ');
                let (tag, ending) = (cells.next()?, cells.next()?);
                let (cut, add) = (cells.next()?.parse().ok()?, cells.next()?);
                Some((key(&[tag], "", ending), (cut, add.into())))
            })
            .collect::<Option<Vec<(u64, (u8, Box<str>))>>>()?;
        rules.sort_unstable();
        let (keys, edits) = rules.into_iter().unzip();
        Some(Self { keys: Keys::new(keys), edits })
    }

    /// The lemma of a form with these tags, universal and of the treebank. `known` tells words that running text has: it
    /// decides where an ending leaves several verbs open ("shelled", "rioted").
    pub fn lemma(&self, form: &str, upos: &str, xpos: &str, known: impl Fn(&str) -> bool) -> String {
        let form =
            if form.contains('’') { Cow::Owned(form.replace('’', "'")) } else { Cow::Borrowed(form) };
        let looked = if KEEP.contains(&xpos) { form.clone() } else { Cow::Owned(form.to_lowercase()) };
        let whole = |tag: &[&str]| self.find(key(tag, "^", &looked));
        if let Some(edit) = whole(&[upos, "/", xpos]).or_else(|| whole(&[xpos])) {
            return edited(looked.into_owned(), edit);
        }
        let mut starts = [looked.len(); LONGEST + 1];
        for (start, (at, _)) in starts[1..].iter_mut().zip(looked.char_indices().rev()) {
            *start = at;
        }
        let letters = looked.chars().take(LONGEST).count();
        let ending =
            starts[..=letters].iter().rev().find_map(|&at| self.find(key(&[xpos], "", &looked[at..])));
        let word = plain(&form, upos, xpos);
        let lemma = match ending {
            Some(edit) => edited(word, edit),
            None => word,
        };
        if !VERBS.contains(&xpos) || known(&lemma) {
            return lemma;
        }
        uninflected(&looked).find(|verb| known(verb)).unwrap_or(lemma)
    }

    fn find(&self, key: u64) -> Option<&(u8, Box<str>)> {
        self.keys.find(key).map(|i| &self.edits[i])
    }
}

/// The verbs that a bent form may come from: "shelled" from "shell", "shelle" or "shel".
fn uninflected(form: &str) -> impl Iterator<Item = String> {
    let stems = ["ed", "ing", "s"].into_iter().filter_map(|end| form.strip_suffix(end));
    stems.filter(|stem| stem.len() > 2).flat_map(|stem| {
        let last = stem.chars().next_back();
        let single = last
            .and_then(|last| stem.strip_suffix(last))
            .filter(|short| short.ends_with(last.unwrap_or(' ')));
        [Some(stem.to_owned()), Some(format!("{stem}e")), single.map(str::to_owned)].into_iter().flatten()
    })
}

/// Cuts and adds; a word is never cut to nothing.
fn edited(mut word: String, (cut, add): &(u8, Box<str>)) -> String {
    let last = word.char_indices().rev().take(usize::from(*cut)).last();
    let kept = last.map_or(word.len(), |(at, _)| at);
    if kept > 0 || !add.is_empty() {
        word.truncate(kept);
        word.push_str(add);
    }
    word
}

/// How a word is written whose ending is not bent: small, but for names and peoples; numbers lose their commas.
fn plain(form: &str, upos: &str, xpos: &str) -> String {
    let capitals = || form.chars().count() > 1 && form.chars().all(char::is_uppercase);
    let capital = form.starts_with(char::is_uppercase);
    match xpos {
        "CD" if form.starts_with(|c: char| c.is_ascii_digit()) => form.replace(',', "").to_lowercase(),
        "NNP" | "NNPS" if capitals() && form.chars().count() > NAME_OF_LETTERS => {
            let first = form.chars().next().map_or(0, char::len_utf8);
            format!("{}{}", &form[..first], form[first..].to_lowercase())
        }
        "JJ" if capital && !capitals() && PEOPLES.iter().any(|end| form.ends_with(end)) => form.to_owned(),
        _ if upos == "PROPN" || KEEP.contains(&xpos) => form.to_owned(),
        _ => form.to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::Lemmas;

    #[test]
    fn the_longest_ending_decides() {
        let rules = ["VBD  0 ", "VBD ed 2 ", "VBD ied 3 y", "VBD ^fled 2 ee", "NNS s 1 "];
        let lemmas = Lemmas::parse(rules.into_iter()).expect("rules");
        assert_eq!(lemmas.lemma("Shelled", "VERB", "VBD", |_| true), "shell");
        assert_eq!(lemmas.lemma("denied", "VERB", "VBD", |_| true), "deny");
        assert_eq!(lemmas.lemma("fled", "VERB", "VBD", |_| true), "flee");
        assert_eq!(lemmas.lemma("talks", "NOUN", "NNS", |_| true), "talk");
        assert_eq!(lemmas.lemma("met", "VERB", "VBD", |_| true), "met");
    }

    #[test]
    fn a_known_verb_goes_before_an_unknown_one() {
        let rules = ["VBD ed 2 ", "VBD lled 3 ", "VBD ted 1 "];
        let lemmas = Lemmas::parse(rules.into_iter()).expect("rules");
        let known = |word: &str| ["shell", "riot", "travel", "bomb"].contains(&word);
        let lemma = |form: &str| lemmas.lemma(form, "VERB", "VBD", known);
        assert_eq!(
            ["shelled", "rioted", "travelled", "bombed", "zapped"].map(lemma),
            ["shell", "riot", "travel", "bomb", "zapp"]
        );
    }

    #[test]
    fn both_tags_go_before_one() {
        let rules = ["VBZ ^'s 2 be", "AUX/VBZ ^'s 2 have", "PRP ^i 1 I"];
        let lemmas = Lemmas::parse(rules.into_iter()).expect("rules");
        assert_eq!(lemmas.lemma("’s", "AUX", "VBZ", |_| true), "have");
        assert_eq!(lemmas.lemma("'s", "VERB", "VBZ", |_| true), "be");
        assert_eq!(lemmas.lemma("i", "PRON", "PRP", |_| true), "I");
    }

    #[test]
    fn names_and_peoples_keep_capitals_and_numbers_lose_commas() {
        let lemmas = Lemmas::default();
        let words = [("GENEVA", "PROPN", "NNP"), ("NATO", "PROPN", "NNP"), ("Syrian", "ADJ", "JJ")];
        assert_eq!(
            words.map(|(form, upos, xpos)| lemmas.lemma(form, upos, xpos, |_| true)),
            ["Geneva", "NATO", "Syrian"]
        );
        assert_eq!(lemmas.lemma("The", "DET", "DT", |_| true), "the");
        assert_eq!(lemmas.lemma("1,200", "NUM", "CD", |_| true), "1200");
    }
}
