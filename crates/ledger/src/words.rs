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

    /// Words that must follow each other; `None` where there is none.
    pub fn together(typed: &str) -> Option<Self> {
        Some(Self { open: false, ..Self::of(typed) }).filter(|phrase| !phrase.words.is_empty())
    }

    fn of(typed: &str) -> Self {
        let open = typed.trim_end().ends_with('*');
        let letters = |c: char| if c.is_alphanumeric() || is_combining_mark(c) { c } else { ' ' };
        Self {
            typed: typed.chars().map(letters).collect(),
            words: Words::of(typed).folded().map(str::to_owned).collect(),
            open,
        }
    }

    /// The phrase in the index's language of queries: a quoted string, so that nothing in it is an operator.
    pub fn as_query(&self) -> String {
        format!("\"{}\"{}", self.typed.trim(), if self.open { " *" } else { "" })
    }
}

/// The words of a text and where they stand.
#[derive(Debug, Default)]
pub struct Words {
    /// The words without case and accents, one after the other.
    folded: String,
    /// Where each begins and ends in `folded`, and where it stands in the text.
    words: Vec<(Span, Span)>,
}

impl Words {
    /// Takes a text apart.
    pub fn of(text: &str) -> Self {
        let mut words = Self::default();
        // Where the word at hand begins, in the text and in `folded`.
        let mut begun: Option<(usize, usize)> = None;
        for (at, c) in text.char_indices() {
            if c.is_alphanumeric() {
                begun.get_or_insert((at, words.folded.len()));
                words.fold(c);
            } else if c.is_ascii() || !is_combining_mark(c) {
                words.end(begun.take(), at);
            }
        }
        words.end(begun, text.len());
        words
    }

    fn fold(&mut self, c: char) {
        if c.is_ascii() {
            self.folded.push(c.to_ascii_lowercase());
        } else {
            let letters = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
            self.folded.extend(letters.flat_map(char::to_lowercase));
        }
    }

    fn end(&mut self, begun: Option<(usize, usize)>, at: usize) {
        if let Some((start, folded)) = begun {
            self.words.push((Span::new(folded, self.folded.len()), Span::new(start, at)));
        }
    }

    /// The words one by one.
    pub fn folded(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| word.of(&self.folded))
    }

    /// Where a phrase stands.
    pub fn find(&self, phrase: &Phrase) -> impl Iterator<Item = Span> {
        let (open, count) = (phrase.open, phrase.words.len());
        self.words.windows(count.max(1)).filter_map(move |window| {
            let same = window.iter().zip(&phrase.words).enumerate().all(|(n, ((word, _), sought))| {
                let word = word.of(&self.folded);
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
