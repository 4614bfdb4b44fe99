//! Lemmas as edits of word ends, learnt from the treebanks.
//!
//! A rule is a treebank tag, an ending (`^` for a whole word), how many letters to cut and what to add. The longest
//! known ending decides.

/// Longest ending looked up, in letters.
const LONGEST: usize = 6;

/// The rules, sorted by the hash of tag and ending.
#[derive(Debug, Default)]
pub struct Lemmas {
    keys: Vec<u64>,
    edits: Vec<(u8, Box<str>)>,
}

fn key(tag: &str, ending: [&str; 2]) -> u64 {
    let bytes = tag.bytes().chain(Some(b' ')).chain(ending[0].bytes()).chain(ending[1].bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3))
}

impl Lemmas {
    /// Rules from lines `TAG ENDING CUT ADD`; `None` when a line has another form.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut rules = lines
            .map(|line| {
                let mut cells = line.split(' ');
                let (tag, ending) = (cells.next()?, cells.next()?);
                let (cut, add) = (cells.next()?.parse().ok()?, cells.next()?);
                Some((key(tag, ["", ending]), (cut, add.into())))
            })
            .collect::<Option<Vec<(u64, (u8, Box<str>))>>>()?;
        rules.sort_unstable();
        let (keys, edits) = rules.into_iter().unzip();
        Some(Self { keys, edits })
    }

    /// The lemma of a form with this treebank tag.
    pub fn lemma(&self, form: &str, tag: &str) -> String {
        let mut word = if matches!(tag, "NNP" | "NNPS") { form.to_owned() } else { form.to_lowercase() };
        if word.contains('’') {
            word = word.replace('’', "'");
        }
        let edit = self.find(key(tag, ["^", &word])).or_else(|| {
            let starts = word.char_indices().rev().take(LONGEST).map(|(i, _)| i);
            let mut starts: Vec<usize> = starts.collect();
            starts.reverse();
            starts
                .iter()
                .find_map(|i| self.find(key(tag, ["", &word[*i..]])))
                .or_else(|| self.find(key(tag, ["", ""])))
        });
        if let Some((cut, add)) = edit {
            let keep =
                word.char_indices().rev().take(usize::from(*cut)).last().map_or(word.len(), |(i, _)| i);
            if keep > 0 || !add.is_empty() {
                word.truncate(keep);
                word.push_str(add);
            }
        }
        word
    }

    fn find(&self, key: u64) -> Option<&(u8, Box<str>)> {
        self.keys.binary_search(&key).ok().map(|i| &self.edits[i])
    }
}

#[cfg(test)]
mod tests {
    use super::Lemmas;

    #[test]
    fn the_longest_ending_decides() {
        let rules = ["VBD  0 ", "VBD ed 2 ", "VBD ied 3 y", "VBD ^fled 2 ee", "NNS s 1 "];
        let lemmas = Lemmas::parse(rules.into_iter()).expect("rules");
        assert_eq!(lemmas.lemma("Shelled", "VBD"), "shell");
        assert_eq!(lemmas.lemma("denied", "VBD"), "deny");
        assert_eq!(lemmas.lemma("fled", "VBD"), "flee");
        assert_eq!(lemmas.lemma("talks", "NNS"), "talk");
        assert_eq!(lemmas.lemma("met", "VBD"), "met");
    }
}
