//! Wire copies: reports that carry one account.
//!
//! A report's words are read in runs of [`RUN`] words (shingles), without case, punctuation or apostrophes, which
//! outlets change freely. Of the shingles' hashes a fixed share is kept, those divisible by [`SAMPLE`] ("0 mod p"
//! sampling, Manber 1994, Broder 1997), so that the same passage leaves the same marks in any report. A later report
//! is a copy when enough of the shorter one's marks stand in the longer one: a shortened or retitled story is still
//! a copy. Time and memory grow with the number of marks, never with the number of pairs.

use std::collections::HashMap;

use holdfire_types::{CopyOf, Id, Report};

/// Words in one shingle.
const RUN: usize = 4;
/// One in so many shingles of a long report is kept.
const SAMPLE: u64 = 4;
/// Reports of up to so many shingles keep them all.
const SHORT: usize = 160;
/// A mark found in more reports than this is furniture ("click here to subscribe"), no sign of a copy.
const FURNITURE: usize = 40;
/// Share of the shorter report's marks that must stand in the longer.
const SHARED: f32 = 0.42;
/// The same for two reports of one outlet, which ends its stories on the same paragraphs of background.
const SHARED_WITHIN_OUTLET: f32 = 0.6;
/// Fewer words than this say too little to be called a copy, unless the texts are equal.
const LEAST_WORDS: usize = 12;
/// Fewer shared marks than this are chance.
const LEAST_MARKS: u32 = 3;

/// Finds, for each report added, the earlier one that it copies.
#[derive(Debug, Default)]
pub struct CopyIndex {
    reports: Vec<Known>,
    /// From a mark to the reports that bear it, in order of arrival.
    marks: HashMap<u64, Vec<u32>>,
    /// From the hash of the whole normalised text.
    whole: HashMap<u64, u32>,
}

#[derive(Debug)]
struct Known {
    id: Id,
    url: Option<String>,
    outlet: Option<String>,
    /// Marks kept, all of them and only the sampled ones.
    full: u32,
    sampled: u32,
    words: u32,
}

/// The marks of one text.
struct Marks {
    whole: u64,
    words: usize,
    /// Sorted, without repeats.
    all: Vec<u64>,
}

impl CopyIndex {
    /// An index of nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a report. Says which earlier report it copies, and how much of the shorter text the two share: 1 only
    /// for texts that are equal but for case and punctuation.
    ///
    /// A new text under the address of an earlier report is a new version of it and no copy.
    pub fn add(&mut self, report: &Report) -> Option<CopyOf> {
        let marks = marks(&report.text);
        let at = self.reports.len() as u32;
        let found = self.find(report, &marks);
        let short = marks.all.len() <= SHORT;
        let sampled = marks.all.iter().filter(|m| **m % SAMPLE == 0).count() as u32;
        for mark in marks.all.iter().filter(|m| short || **m % SAMPLE == 0) {
            let bearers = self.marks.entry(*mark).or_default();
            if bearers.len() <= FURNITURE {
                bearers.push(at);
            }
        }
        if marks.words > 0 {
            self.whole.entry(marks.whole).or_insert(at);
        }
        self.reports.push(Known {
            id: report.id.clone(),
            url: report.url.clone(),
            outlet: report.publisher.clone(),
            full: marks.all.len() as u32,
            sampled,
            words: marks.words as u32,
        });
        found
    }

    fn find(&self, report: &Report, marks: &Marks) -> Option<CopyOf> {
        let versions = |k: &Known| k.id == report.id || (k.url.is_some() && k.url == report.url);
        let copy = |k: &Known, shared| Some(CopyOf { report: report.id.clone(), of: k.id.clone(), shared });
        if let Some(&at) = self.whole.get(&marks.whole) {
            let known = &self.reports[at as usize];
            return if versions(known) { None } else { copy(known, 1.0) };
        }
        if marks.words < LEAST_WORDS {
            return None;
        }
        let mut full: HashMap<u32, u32> = HashMap::new();
        let mut sampled: HashMap<u32, u32> = HashMap::new();
        for mark in &marks.all {
            let Some(bearers) = self.marks.get(mark).filter(|b| b.len() <= FURNITURE) else { continue };
            for &at in bearers {
                *full.entry(at).or_default() += 1;
                if *mark % SAMPLE == 0 {
                    *sampled.entry(at).or_default() += 1;
                }
            }
        }
        let own_sampled = marks.all.iter().filter(|m| **m % SAMPLE == 0).count() as u32;
        let mut found: Vec<(u32, f32)> = full
            .into_iter()
            .filter_map(|(at, hits)| {
                let known = &self.reports[at as usize];
                if versions(known) || (known.words as usize) < LEAST_WORDS {
                    return None;
                }
                // A short report has all its marks in the index, a long one only its sample.
                let (hits, shorter) = if known.full as usize <= SHORT {
                    (hits, known.full.min(marks.all.len() as u32))
                } else {
                    (sampled.get(&at).copied().unwrap_or(0), known.sampled.min(own_sampled))
                };
                let shared = hits as f32 / shorter.max(1) as f32;
                let one_outlet = known.outlet.is_some() && known.outlet == report.publisher;
                let least = if one_outlet { SHARED_WITHIN_OUTLET } else { SHARED };
                (hits >= LEAST_MARKS && shared >= least).then_some((at, shared.min(0.99)))
            })
            .collect();
        // The earliest of the best: copies of copies lead to the first report, whatever the order of a hash table.
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.first().and_then(|&(at, shared)| copy(&self.reports[at as usize], shared))
    }
}

/// What two texts of one account tell apart: sentences that only one of them has, word for word but for case and
/// punctuation.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Differences {
    /// Sentences of the later text that the earlier one lacks.
    pub added: Vec<String>,
    /// Sentences of the earlier text that the later one lacks.
    pub left_out: Vec<String>,
}

/// Compares two texts sentence by sentence.
pub fn differences(earlier: &str, later: &str) -> Differences {
    let keys = |text: &str| {
        sentences(text).into_iter().map(|s| marks(s).whole).collect::<std::collections::HashSet<_>>()
    };
    let (old, new) = (keys(earlier), keys(later));
    let only = |text: &str, other: &std::collections::HashSet<u64>| {
        sentences(text).into_iter().filter(|s| !other.contains(&marks(s).whole)).map(str::to_owned).collect()
    };
    Differences { added: only(later, &old), left_out: only(earlier, &new) }
}

/// The text in stretches that end with a full stop, a question mark or a line end. Good enough to show what changed.
fn sentences(text: &str) -> Vec<&str> {
    text.split_inclusive(['\n', '?', '!'])
        .flat_map(|line| line.split_inclusive(". "))
        .map(str::trim)
        .filter(|s| s.chars().any(char::is_alphanumeric))
        .collect()
}

/// A hash of the words of a text, without case and punctuation.
pub(crate) fn hash(text: &str) -> u64 {
    marks(text).whole
}

/// The marks of `text`: every run of [`RUN`] words, hashed.
fn marks(text: &str) -> Marks {
    let mut words: Vec<u64> = Vec::new();
    let mut hash = START;
    let mut inside = false;
    let mut whole = START;
    for c in text.chars() {
        if c.is_alphanumeric() {
            inside = true;
            for low in c.to_lowercase() {
                hash = step(hash, u64::from(u32::from(low)));
            }
        } else if !matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '`') && inside {
            // An apostrophe does not end a word: "country's" and "countrys" are one.
            words.push(hash);
            whole = step(whole, hash);
            hash = START;
            inside = false;
        }
    }
    if inside {
        words.push(hash);
        whole = step(whole, hash);
    }
    let mut all: Vec<u64> =
        words.windows(RUN).map(|run| spread(run.iter().fold(START, |h, w| step(h, *w)))).collect();
    all.sort_unstable();
    all.dedup();
    Marks { whole, words: words.len(), all }
}

/// FNV-1a's start and prime, over whole values instead of bytes; [`spread`] mixes the result (the finisher of
/// splitmix64), since sampling by remainder needs every bit to count.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}

fn spread(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "DAMASCUS, Feb 16 (Agency) - Shells fell on the market of Ariha on Thursday morning and killed \
        nine people, two doctors in the town's clinic said. The rebels who hold the town said that the army's guns on \
        the hill to the south had fired. The army didn't answer questions. Aid workers said that a convoy, due on \
        Friday, would now wait for a new promise of safe passage from both sides.";

    fn report(publisher: &str, text: &str) -> Report {
        let mut report = Report::new(publisher, text);
        report.publisher = Some(publisher.to_owned());
        report.seal();
        report
    }

    #[test]
    fn a_text_that_lost_its_commas_and_case_is_an_exact_copy() {
        let mut index = CopyIndex::new();
        let first = report("One", STORY);
        assert_eq!(index.add(&first), None);
        let bare = STORY.replace([',', '\''], "").to_uppercase();
        let copy = index.add(&report("Two", &bare)).unwrap();
        assert_eq!((copy.of, copy.shared), (first.id, 1.0));
    }

    #[test]
    fn a_shortened_story_with_another_headline_and_dateline_is_a_copy() {
        let mut index = CopyIndex::new();
        let first = report("One", STORY);
        index.add(&first);
        let cut = STORY.replace("DAMASCUS, Feb 16 (Agency)", "Nine dead in north Syria market. BEIRUT");
        let cut = &cut[..cut.find("The army didn't").unwrap()];
        let copy = index.add(&report("Two", cut)).unwrap();
        assert_eq!(copy.of, first.id);
        assert!(copy.shared > 0.6 && copy.shared < 1.0, "{}", copy.shared);
    }

    #[test]
    fn another_story_on_the_same_event_is_no_copy() {
        let mut index = CopyIndex::new();
        index.add(&report("One", STORY));
        let other = "Nine people died when artillery hit the market of Ariha on Thursday, according to doctors. Rebels \
            in the town blamed government troops on a nearby hill. A relief convoy planned for Friday has been put off.";
        assert_eq!(index.add(&report("Two", other)), None);
    }

    #[test]
    fn a_new_text_under_the_same_address_is_a_version_and_no_copy() {
        let mut index = CopyIndex::new();
        let with_url = |text: &str| {
            let mut report = report("One", text);
            report.url = Some("https://one.example/ariha".to_owned());
            report.seal();
            report
        };
        index.add(&with_url(STORY));
        assert_eq!(index.add(&with_url(&format!("{STORY} The count rose to ten on Friday."))), None);
    }

    #[test]
    fn words_that_every_page_carries_make_no_copies() {
        let mut index = CopyIndex::new();
        let furniture =
            "Sign up for our morning letter and never miss a story from our reporters in the field again";
        for n in 0..200 {
            index.add(&report(
                "One",
                &format!("{furniture} item {n} says that the road {n} is open to trucks number {n}"),
            ));
        }
        assert_eq!(
            index.add(&report(
                "Two",
                &format!("{furniture} while the lake was calm and no boat left the harbour at noon")
            )),
            None
        );
    }

    #[test]
    fn what_an_outlet_added_and_left_out_is_shown() {
        let cut = STORY.replace("The army didn't answer questions. ", "").replace('\n', " ");
        let changed = format!("{cut} Our reporter saw the trucks.");
        let found = differences(STORY, &changed);
        assert_eq!(found.added, ["Our reporter saw the trucks."]);
        assert_eq!(found.left_out.len(), 1);
        assert!(found.left_out[0].contains("answer questions"));
        assert_eq!(differences(STORY, &STORY.to_uppercase().replace(',', "")), Differences::default());
    }

    #[test]
    fn a_copy_of_a_copy_leads_to_the_first_report() {
        let mut index = CopyIndex::new();
        let first = report("One", STORY);
        index.add(&first);
        index.add(&report("Two", &format!("Short notice. {STORY}")));
        assert_eq!(index.add(&report("Three", &format!("Other notice. {STORY}"))).unwrap().of, first.id);
    }
}
