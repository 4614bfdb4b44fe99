//! Sentences: where one ends and the next begins, within a paragraph.
//!
//! Learned weights decide at every gap between two words ([`gaps`]); rules hold what must never be cut: a title from its
//! name, a month from its day. A dateline stands by itself.

mod gaps;

use holdfire_types::Span;

use gaps::Gaps;

/// A sentence of more words than this is cut: no reader can follow it, and the tree's cost grows with its square.
pub const LONGEST: usize = 400;

/// A dateline ends within this many words.
const DATELINE: usize = 14;

/// Words before a name, whose point never ends a sentence.
const TITLES: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "col.", "lt.", "maj.", "capt.", "cpt.", "sgt.", "cmdr.",
    "brig.", "adm.", "gov.", "sen.", "rep.", "rev.", "hon.", "messrs.", "pres.",
];
/// Words of a credit in brackets.
const CREDITS: &[&str] =
    &["photo", "photos", "reuters", "afp", "ap", "press", "agencies", "getty", "anadolu"];
/// A credit has at most so many words, its brackets included.
const CREDIT: usize = 8;
/// Months that are written short, and two that are short.
const MONTHS: &[&str] =
    &["jan", "feb", "mar", "apr", "jun", "june", "jul", "july", "aug", "sep", "sept", "oct", "nov", "dec"];

/// Groups the words of one paragraph into sentences.
pub fn split(text: &str, words: &[Span]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut first = dateline(text, words);
    if first > 0 {
        out.push(0..first);
    }
    let mut gaps = Gaps::new(text, words, first);
    for end in first + 1..words.len() {
        let mut ends = || credited(text, words, end) || !holds(text, words, end) && gaps.ends_behind(end - 1);
        if end - first >= LONGEST || ends() {
            out.push(first..end);
            gaps.begin(end);
            first = end;
        }
    }
    if first < words.len() {
        out.push(first..words.len());
    }
    out
}

/// True when word `at` goes on with what stands before it: a name after its title, a day after its month, the mark of a
/// note ("[3]").
fn holds(text: &str, words: &[Span], at: usize) -> bool {
    let form = |i: usize| words.get(i).map_or("", |w| w.of(text));
    let number = |i: usize| form(i).starts_with(|c: char| c.is_ascii_digit());
    let before = form(at - 1);
    let is = |list: &[&str], word: &str| list.iter().any(|short| short.eq_ignore_ascii_case(word));
    is(TITLES, before)
        || (number(at) && is(MONTHS, before.strip_suffix('.').unwrap_or(before)))
        || (form(at) == "[" && number(at + 1) && form(at + 2) == "]")
}

/// True behind the credit of a photo or of an agency in brackets, before a capital: a caption lost its point there
/// ("destroyed houses in Ain Tara (AFP photo) Rebels shelled the town").
fn credited(text: &str, words: &[Span], at: usize) -> bool {
    let form = |i: usize| words[i].of(text);
    let closed = form(at - 1) == ")" && form(at).starts_with(char::is_uppercase);
    let open = (at.saturating_sub(CREDIT)..at).rev().find(|i| form(*i) == "(");
    // "(AFP)" alone may stand behind the agency's name
    let named = |from: usize| {
        at - from > 3 && (from + 1..at - 1).any(|i| CREDITS.contains(&form(i).to_lowercase().as_str()))
    };
    closed && open.is_some_and(named)
}

/// Words of a dateline that opens the paragraph ("BEIRUT (AP) -", "GENEVA, Feb. 16 —"), its dash included; 0 for none.
/// It is no part of the sentence behind it.
fn dateline(text: &str, words: &[Span]) -> usize {
    let is_capital = |w: &Span| {
        let form = w.of(text);
        form.chars().count() > 2 && form.chars().all(char::is_uppercase)
    };
    if !words.first().is_some_and(is_capital) {
        return 0;
    }
    let apart = |i: usize| {
        words[i - 1].end < words[i].start && words.get(i + 1).is_some_and(|n| words[i].end < n.start)
    };
    let dash = |i: &usize| matches!(words[*i].of(text), "-" | "--" | "–" | "—") && apart(*i);
    let Some(end) = (1..words.len().min(DATELINE)).find(dash) else { return 0 };
    let plain = words[..end].iter().all(|w| w.of(text).starts_with(|c: char| !c.is_lowercase()));
    if plain { end + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfire_text::words;

    fn told(text: &str) -> Vec<&str> {
        let words = words(text);
        split(text, &words)
            .into_iter()
            .map(|r| Span::new(words[r.start].start as usize, words[r.end - 1].end as usize).of(text))
            .collect()
    }

    #[test]
    fn titles_months_and_initials_do_not_end_a_sentence() {
        let text = "Gen. Haddad met the U.N. envoy on Feb. 23. He left at once.";
        assert_eq!(told(text), ["Gen. Haddad met the U.N. envoy on Feb. 23.", "He left at once."]);
        let text = "Mon Jul 11 2016 Shells Hit Two Villages";
        assert_eq!(told(text), [text]);
    }

    #[test]
    fn small_letters_may_open_a_sentence() {
        let text = "we waited for two hours. nobody came. then we went home.";
        assert_eq!(told(text), ["we waited for two hours.", "nobody came.", "then we went home."]);
    }

    #[test]
    fn a_mark_of_a_note_belongs_to_the_sentence_before_it() {
        let text = "The talks failed in May.[3] They began again in June.";
        assert_eq!(told(text), ["The talks failed in May.[3]", "They began again in June."]);
    }

    #[test]
    fn a_closing_quote_stays_with_its_sentence() {
        let text = "“We will hold fire.” The other side said nothing.";
        assert_eq!(told(text), ["“We will hold fire.”", "The other side said nothing."]);
    }

    #[test]
    fn a_dateline_stands_by_itself() {
        let text = "BEIRUT (AP) - Rebels shelled the town.";
        assert_eq!(told(text), ["BEIRUT (AP) -", "Rebels shelled the town."]);
        let text = "UN envoy - and his team - left.";
        assert_eq!(told(text), [text]);
    }

    #[test]
    fn a_caption_ends_with_its_credit() {
        let text = "Houses in Ain Tara on Monday (AFP photo) Rebels shelled the town.";
        assert_eq!(told(text), ["Houses in Ain Tara on Monday (AFP photo)", "Rebels shelled the town."]);
        for text in [
            "Free Syrian Army (FSA) Commander Haddad left.",
            "Agence France-Presse (AFP) Director Weiss left.",
        ] {
            assert_eq!(told(text), [text]);
        }
    }

    #[test]
    fn an_endless_sentence_is_cut() {
        let text = "and ".repeat(3 * LONGEST);
        assert_eq!(told(&text).len(), 3);
    }
}
