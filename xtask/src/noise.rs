//! News as it comes: texts that have lost or gained marks on the way to a reader, made from whole ones by seeded chance.
//!
//! - [`Sort`]: one way in which a text is spoiled; [`Sort::of`] gives a sentence its sort.
//! - [`Spoiled`]: a sentence's words after it, each with the word that it was; a bullet or a dateline was none.
//!
//! Every sentence is spoiled. The generator is here and the noisy data is not: the same seed gives the same noise.

/// How a sentence is spoiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Commas and quotation marks are gone, and apostrophes within words.
    Lost,
    /// All in capitals, as headlines are.
    Capitals,
    /// Quotation marks and apostrophes are curly, doubled or of the other kind.
    Quotes,
    /// Hyphens are other dashes; "al-" and "el-" begin with a capital or a small letter, whichever they did not.
    Hyphens,
    /// A bullet or a dateline stands before it.
    Led,
}

impl Sort {
    /// The sort of the `n`th sentence: of ten sentences four have lost marks, one is in capitals, two have other quotation
    /// marks, one other hyphens, two are led.
    pub fn of(seed: u64, n: usize) -> Self {
        match chance(seed, n as u64) % 10 {
            0..4 => Self::Lost,
            4 => Self::Capitals,
            5 | 6 => Self::Quotes,
            7 => Self::Hyphens,
            _ => Self::Led,
        }
    }

    /// Its name in the table of figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost marks",
            Self::Capitals => "capitals",
            Self::Quotes => "quotation marks",
            Self::Hyphens => "hyphens",
            Self::Led => "bullets and datelines",
        }
    }
}

/// A spoiled sentence: each word with the number of the word it was; `None` for one that came from outside.
pub type Spoiled = Vec<(Option<usize>, String)>;

/// Spoils a sentence. A mark is lost only where `free` says that nothing hangs on it.
pub fn spoil(words: &[&str], free: &dyn Fn(usize) -> bool, sort: Sort, seed: u64) -> Spoiled {
    let draw = |i: usize| chance(seed, i as u64 + 1_000);
    let mut out: Spoiled = Vec::with_capacity(words.len() + 4);
    if sort == Sort::Led {
        let leads: [&[&str]; 4] = [&["•"], &["-"], &["BEIRUT", "—"], &["GENEVA", "(", "Agency", ")", "-"]];
        let lead = leads[(draw(0) % 4) as usize];
        out.extend(lead.iter().map(|word| (None, (*word).to_owned())));
    }
    for (i, &word) in words.iter().enumerate() {
        let spoiled = match sort {
            Sort::Lost if is_mark(word) && free(i) => continue,
            Sort::Lost => word.replace(['\'', '’'], ""),
            Sort::Capitals => word.to_uppercase(),
            Sort::Quotes => quoted(word, draw(i)),
            Sort::Hyphens => hyphened(word, draw(i)),
            Sort::Led => word.to_owned(),
        };
        // a word of an apostrophe alone stays what it was
        out.push((Some(i), if spoiled.is_empty() { word.to_owned() } else { spoiled }));
    }
    out
}

fn is_mark(word: &str) -> bool {
    matches!(word, "," | "\"" | "'" | "``" | "''" | "“" | "”" | "‘" | "’")
}

fn quoted(word: &str, draw: u64) -> String {
    match word {
        "\"" | "“" | "”" | "``" | "''" => ["“", "”", "''", "\"\"", "«"][(draw % 5) as usize].to_owned(),
        _ if word.contains('’') => word.replace('’', "'"),
        _ => word.replace('\'', if draw.is_multiple_of(2) { "’" } else { "‘" }),
    }
}

fn hyphened(word: &str, draw: u64) -> String {
    let word = match word.split_at_checked(3) {
        Some(("al-", rest)) => format!("Al-{rest}"),
        Some(("Al-", rest)) => format!("al-{rest}"),
        Some(("el-", rest)) => format!("El-{rest}"),
        Some(("El-", rest)) => format!("el-{rest}"),
        _ => word.to_owned(),
    };
    word.replace('-', ["–", "—", "\u{2010}", "\u{2011}"][(draw % 4) as usize])
}

/// A number that looks drawn, from a seed and a place (`SplitMix64`, Steele and others 2014).
fn chance(seed: u64, at: u64) -> u64 {
    let mut z = seed.wrapping_add(at.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(words: &[&str], sort: Sort) -> Vec<String> {
        spoil(words, &|i| i != 0, sort, 7).into_iter().map(|(_, word)| word).collect()
    }

    #[test]
    fn marks_are_lost_where_nothing_hangs_on_them() {
        assert_eq!(forms(&[",", "we", "do", "n't", ",", "say"], Sort::Lost), [",", "we", "do", "nt", "say"]);
    }

    #[test]
    fn words_keep_the_number_of_what_they_were() {
        let led = spoil(&["Guns", "fell"], &|_| true, Sort::Led, 7);
        let kept: Vec<_> = led.iter().filter_map(|(was, _)| *was).collect();
        assert_eq!(kept, [0, 1]);
        assert!(led.len() > 2);
    }

    #[test]
    fn the_same_seed_spoils_alike_and_another_differently() {
        let sorts = |seed| (0..200).map(|n| Sort::of(seed, n)).collect::<Vec<_>>();
        assert_eq!(sorts(1), sorts(1));
        assert_ne!(sorts(1), sorts(2));
        let all = [Sort::Lost, Sort::Capitals, Sort::Quotes, Sort::Hyphens, Sort::Led];
        assert!(all.iter().all(|sort| sorts(1).contains(sort)));
    }

    #[test]
    fn hyphens_and_quotation_marks_change_their_kind() {
        assert!(!forms(&["al-Bab"], Sort::Hyphens)[0].contains('-'));
        assert!(forms(&["al-Bab"], Sort::Hyphens)[0].starts_with("Al"));
        assert_ne!(forms(&["it", "'s"], Sort::Quotes)[1], "'s");
    }
}
