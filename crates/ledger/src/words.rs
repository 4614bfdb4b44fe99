//! Words as the index sees them: letters and digits, without case and accents.

use holdfire_types::Span;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// One word or several that follow each other, as somebody looks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    typed: String,
    words: Vec<String>,
    /// The last word may go on.
    open: bool,
}

impl Phrase {
    /// The phrases of a search: what stands in quotation marks together, every other word by itself.
    pub fn all(typed: &str) -> Vec<Self> {
        let stretches = typed.split('"').enumerate();
        let parts = stretches.flat_map(|(n, stretch)| match n % 2 {
            1 => vec![stretch],
            _ => stretch.split_whitespace().collect(),
        });
        parts.map(Self::of).filter(|phrase| !phrase.words.is_empty()).collect()
    }

    fn of(typed: &str) -> Self {
        let open = typed.trim_end().ends_with('*');
        let letters = |c: char| if c.is_alphanumeric() || is_combining_mark(c) { c } else { ' ' };
        Self {
            typed: typed.chars().map(letters).collect(),
            words: Words::of(typed).words.into_iter().map(|(word, _)| word).collect(),
            open,
        }
    }

    /// The phrase in the index's language of queries: a quoted string, so that nothing in it is an operator.
    pub fn as_query(&self) -> String {
        format!("\"{}\"{}", self.typed.trim(), if self.open { " *" } else { "" })
    }
}

/// The words of a text and where they stand.
#[derive(Debug)]
pub struct Words {
    words: Vec<(String, Span)>,
}

impl Words {
    /// Takes a text apart.
    pub fn of(text: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut start = 0;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if c.is_alphanumeric() {
                if word.is_empty() {
                    start = at;
                }
                word.extend(
                    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase),
                );
            } else if !word.is_empty() && !is_combining_mark(c) {
                words.push((std::mem::take(&mut word), Span::new(start, at)));
            }
        }
        Self { words }
    }

    /// Where a phrase stands.
    pub fn find(&self, phrase: &Phrase) -> impl Iterator<Item = Span> {
        let (open, count) = (phrase.open, phrase.words.len());
        self.words.windows(count.max(1)).filter_map(move |window| {
            let same = window.iter().zip(&phrase.words).enumerate().all(|(n, ((word, _), sought))| {
                word == sought || open && n + 1 == count && word.starts_with(sought.as_str())
            });
            same.then(|| window[0].1.cover(window[window.len() - 1].1))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, typed: &str) -> Vec<String> {
        let phrase = &Phrase::all(typed)[0];
        Words::of(text).find(phrase).map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn operators_are_words_like_any_other() {
        let queries: Vec<_> = Phrase::all("al-Bab OR NOT (x").iter().map(Phrase::as_query).collect();
        assert_eq!(queries, ["\"al Bab\"", "\"OR\"", "\"NOT\"", "\"x\""]);
        let queries: Vec<_> =
            Phrase::all("\"Euphrates Shield\" shell*").iter().map(Phrase::as_query).collect();
        assert_eq!(queries, ["\"Euphrates Shield\"", "\"shell\" *"]);
        assert_eq!(Phrase::all(" - \" ' * ^"), []);
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(found("In Al-Bāb, and al bab.", "al-bab"), ["Al-Bāb", "al bab"]);
        assert_eq!(found("shelled, shelling, a shelf", "shell*"), ["shelled", "shelling"]);
        assert_eq!(found("غارة على عين الفيجة", "\"عين الفيجة\""), ["عين الفيجة"]);
    }
}
