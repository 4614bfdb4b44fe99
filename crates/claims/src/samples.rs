//! Sentences for tests, written out by hand.

use holdfire_types::{Dep, Sentence, Span, Token, Upos};

/// A text and its sentence from `form|UPOS|head|dep` items (lemma: the lower-case form, or a fifth part; head `_` is the root).
pub(crate) fn sentence(items: &str) -> (String, Sentence) {
    let mut text = String::new();
    let mut tokens = Vec::new();
    for item in items.split(' ') {
        let parts: Vec<&str> = item.split('|').collect();
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(parts[0]);
        tokens.push(Token {
            span: Span::new(start, text.len()),
            lemma: parts.get(4).map_or_else(|| parts[0].to_lowercase(), |l| (*l).to_owned()),
            upos: parts[1].parse::<Upos>().unwrap(),
            xpos: "",
            head: parts[2].parse().ok(),
            dep: parts[3].parse::<Dep>().unwrap(),
        });
    }
    let span = Span::new(0, text.len());
    (text, Sentence { span, paragraph: 0, tokens, names: Vec::new(), vectors: Vec::new() })
}

/// Looks at a sentence written as for [`sentence`], and gives what was seen.
pub(crate) fn view_of<R>(items: &str, look: impl FnOnce(&crate::view::View<'_>) -> R) -> R {
    let (text, sentence) = sentence(items);
    let acts = holdfire_world::Acts::default();
    look(&crate::view::View::new(&text, &sentence, &acts, &mut false))
}
