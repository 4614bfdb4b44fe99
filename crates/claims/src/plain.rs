//! Sentences for tests from plain text, tagged by short lists: enough for rules that read forms and tags.

use holdfire_types::{Dep, Sentence, Span, Token, Upos};

const VERBS: &str = " killed wounded injured killing wounding kill kills said fled destroyed arrested released fired \
    rose struck hit displaced exploded died left reported injuring leaves leaving ";
const AUXES: &str = " was were is are been be has have had will ";
const PREPOSITIONS: &str =
    " in of on at by with from to for since until near against including during over after ";
const ADJECTIVES: &str = " dead more other injured many ";
const NUMBERS: &str = " one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty fifty \
    hundred thousand million dozen ";

fn tag(form: &str) -> Upos {
    let lower = form.to_lowercase();
    let within = |list: &str| list.contains(&format!(" {lower} "));
    if !form.chars().any(char::is_alphanumeric) {
        return Upos::Punct;
    }
    if form.starts_with(|c: char| c.is_ascii_digit()) || within(NUMBERS) {
        return Upos::Num;
    }
    match lower.as_str() {
        "a" | "an" | "the" | "no" | "this" | "another" => return Upos::Det,
        "and" | "or" | "but" => return Upos::Cconj,
        "when" | "while" | "that" | "as" | "because" => return Upos::Sconj,
        _ => {}
    }
    if within(AUXES) {
        Upos::Aux
    } else if within(PREPOSITIONS) {
        Upos::Adp
    } else if within(ADJECTIVES) {
        Upos::Adj
    } else if within(VERBS) {
        Upos::Verb
    } else if form.starts_with(char::is_uppercase) {
        Upos::Propn
    } else {
        Upos::Noun
    }
}

/// One sentence: words at blanks, marks and hyphens apart.
pub(crate) fn sentence(text: &str) -> Sentence {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (k, &(at, c)) in chars.iter().enumerate() {
        let between_digits = matches!(c, ',' | '.' | ':')
            && k > 0
            && chars[k - 1].1.is_ascii_digit()
            && chars.get(k + 1).is_some_and(|(_, d)| d.is_ascii_digit());
        if c.is_alphanumeric() || between_digits {
            open.get_or_insert(at);
            continue;
        }
        if let Some(start) = open.take() {
            spans.push((start, at));
        }
        if !c.is_whitespace() {
            spans.push((at, at + c.len_utf8()));
        }
    }
    if let Some(start) = open {
        spans.push((start, text.len()));
    }
    let tokens = spans
        .into_iter()
        .enumerate()
        .map(|(i, (start, end))| Token {
            span: Span::new(start, end),
            lemma: text[start..end].to_lowercase(),
            upos: tag(&text[start..end]),
            xpos: if text[start..end].ends_with("ed") { "VBD" } else { "" },
            head: if i == 0 { None } else { Some(0) },
            dep: if i == 0 { Dep::Root } else { Dep::Dep },
        })
        .collect();
    Sentence { span: Span::new(0, text.len()), paragraph: 0, tokens, names: Vec::new(), vectors: Vec::new() }
}

/// A text of sentences that end with a point and a blank, or with a line; an empty line begins a paragraph.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    let bytes = text.as_bytes();
    for end in 1..=text.len() {
        let last = end == text.len();
        let point = bytes[end - 1] == b'.'
            || (end >= 2 && bytes[end - 2] == b'.' && !bytes[end - 1].is_ascii_alphanumeric());
        let stop = last
            || bytes[end] == b'\n'
            || (point && bytes[end] == b' ' && bytes.get(end + 1).is_some_and(u8::is_ascii_uppercase));
        if !stop || !text.is_char_boundary(end) {
            continue;
        }
        let part = &text[start..end];
        let lead = part.len() - part.trim_start().len();
        paragraph += u32::from(part[..lead].contains("\n\n"));
        if !part.trim().is_empty() {
            let mut one = sentence(part);
            for token in &mut one.tokens {
                token.span = Span::new(token.span.start as usize + start, token.span.end as usize + start);
            }
            one.span = Span::new(start + lead, end);
            one.paragraph = paragraph;
            found.push(one);
            start = end;
        }
    }
    found
}
