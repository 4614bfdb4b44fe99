//! Sentences: where one ends and the next begins, within a paragraph.

use holdfire_types::Span;

/// A sentence of more words than this is cut: no reader can follow it, and the tree's cost grows with its square.
pub const LONGEST: usize = 400;

/// A dateline ends within this many words.
const DATELINE: usize = 14;

/// Words before a name, whose point never ends a sentence.
const TITLES: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "prof.", "gen.", "col.", "lt.", "maj.", "capt.", "cpt.", "sgt.", "cmdr.",
    "brig.", "adm.", "gov.", "sen.", "rep.", "rev.", "hon.", "st.", "messrs.", "pres.", "no.", "vs.", "fig.",
    "vol.", "mt.", "ft.",
];
const MONTHS: &[&str] =
    &["jan.", "feb.", "mar.", "apr.", "jun.", "jul.", "aug.", "sep.", "sept.", "oct.", "nov.", "dec."];

/// Words that open sentences and seldom carry a capital elsewhere.
const OPENERS: &[&str] = &[
    "The", "A", "An", "In", "On", "At", "It", "He", "She", "They", "We", "But", "And", "This", "That",
    "These", "Those", "There", "However", "Meanwhile", "According", "After", "Before", "Since", "While",
    "When", "If", "As", "For", "From", "With", "By", "Its", "His", "Her", "Their", "Some", "Many", "Several",
    "Both", "Two", "Three", "At", "Earlier", "Later", "Also", "What", "Who", "I", "You", "No", "Not", "All",
    "One",
];

/// Groups the words of one paragraph into sentences.
pub fn split(text: &str, words: &[Span]) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut first = dateline(text, words);
    if first > 0 {
        out.push(0..first);
    }
    let mut i = first;
    while i < words.len() {
        let form = words[i].of(text);
        let mut last = i;
        if ends(form) {
            // closing quotes and brackets belong to the sentence they close
            while last + 1 < words.len() && closes(text, words, last + 1) {
                last += 1;
            }
            if last + 1 < words.len() && begins(text, words, i, last + 1) {
                out.push(first..last + 1);
                first = last + 1;
            }
        }
        i = last + 1;
        if i - first >= LONGEST {
            out.push(first..i);
            first = i;
        }
    }
    if first < words.len() {
        out.push(first..words.len());
    }
    out
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

fn ends(form: &str) -> bool {
    form.ends_with(['.', '!', '?', '…']) && !form.starts_with("http")
}

fn closes(text: &str, words: &[Span], i: usize) -> bool {
    let form = words[i].of(text);
    let touches = words[i - 1].end == words[i].start;
    matches!(form, "”" | "’" | ")" | "]" | "''" | "»") || (touches && matches!(form, "\"" | "'"))
}

/// True when a sentence may begin at word `next`, after the closing word at `end`.
fn begins(text: &str, words: &[Span], end: usize, next: usize) -> bool {
    let (form, follower) = (words[end].of(text), words[next].of(text));
    if words[next - 1].end == words[next].start && form == "." {
        // "Feb.23" and "gov.sy" are no ends; "said.The" is
        return follower.starts_with(char::is_uppercase);
    }
    let opens = follower.starts_with(|c: char| {
        c.is_uppercase()
            || c.is_ascii_digit()
            || matches!(c, '"' | '“' | '‘' | '(' | '[' | '\'' | '-' | '•' | '–' | '—' | '`' | '*')
    });
    if matches!(form, "." | "!" | "?") || form.ends_with(['!', '?']) {
        return opens
            || form == "."
                && !follower.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ':'));
    }
    if form.starts_with("..") || form == "…" {
        return follower.starts_with(char::is_uppercase);
    }
    // an abbreviation: only before a word that opens sentences
    let lower = form.to_lowercase();
    if TITLES.contains(&lower.as_str())
        || (MONTHS.contains(&lower.as_str()) && follower.starts_with(|c: char| c.is_ascii_digit()))
    {
        return false;
    }
    if form.chars().count() == 2 {
        return OPENERS.contains(&follower) && follower != "I"; // "John F. Kennedy"
    }
    OPENERS.contains(&follower) || matches!(follower, "\"" | "“")
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
    fn an_endless_sentence_is_cut() {
        let text = "and ".repeat(3 * LONGEST);
        assert_eq!(told(&text).len(), 3);
    }
}
