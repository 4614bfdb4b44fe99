//! CoNLL-U, the treebanks' file form (universaldependencies.org/format.html).
//!
//! - [`write`] writes our sentences, with offsets in code points.
//! - [`read`] reads words and sentences that somebody else made; [`refill`] labels them and keeps everything else.

use std::fmt::Write as _;

use holdfire_types::{CharMap, NameType, NamedSpan, Sentence, Span};

use crate::Model;

/// A sentence as read: its lines and where its words stand in a text made of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Lines that begin with `#`, as they are.
    pub comments: Vec<String>,
    /// The other lines, cut into their ten columns.
    pub rows: Vec<Vec<String>>,
    /// For each syntactic word, its line in `rows`.
    pub words: Vec<usize>,
    /// For each syntactic word, its span in the text of [`Text`].
    pub spans: Vec<Span>,
}

/// Sentences as read, and a text that their words stand in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Words joined as `SpaceAfter` says; sentences by a space, paragraphs by a blank line.
    pub text: String,
    /// The sentences.
    pub sentences: Vec<Given>,
}

/// Reads a file's text. Lines that are no rows of ten columns are passed over.
pub fn read(file: &str) -> Text {
    let mut out = Text::default();
    let mut open = Given::default();
    for line in file.lines().chain(Some("")) {
        if line.trim().is_empty() {
            if !open.rows.is_empty() {
                place(&mut open, &mut out.text);
                out.sentences.push(std::mem::take(&mut open));
            }
        } else if line.starts_with('#') {
            open.comments.push(line.to_owned());
        } else {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() == 10 {
                if cells[0].bytes().all(|b| b.is_ascii_digit()) {
                    open.words.push(open.rows.len());
                }
                open.rows.push(cells);
            }
        }
    }
    out
}

/// Appends the sentence's words to `text` and notes their spans.
fn place(given: &mut Given, text: &mut String) {
    let paragraph = given.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"));
    if paragraph && !text.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    let mut inside_until = 0; // number of the last word of an open multiword token
    let mut glue_after = false; // whether that token is followed by no space
    for (at, row) in given.rows.iter().enumerate() {
        let no_space = row[9].split('|').any(|m| m == "SpaceAfter=No");
        if let Some((_, last)) = row[0].split_once('-') {
            inside_until = last.parse().unwrap_or(0);
            glue_after = no_space;
        } else if given.words.binary_search(&at).is_ok() {
            let number: usize = row[0].parse().unwrap_or(0);
            let start = text.len();
            text.push_str(&row[1]);
            given.spans.push(Span::new(start, text.len()));
            let glued = match number.cmp(&inside_until) {
                std::cmp::Ordering::Less => true,
                std::cmp::Ordering::Equal => glue_after,
                std::cmp::Ordering::Greater => no_space,
            };
            if !glued {
                text.push(' ');
            }
        }
    }
}

/// Labels the words of a file and writes it again: lemma, tags, head and relation are ours, the rest stays.
pub fn refill(model: &Model, file: &str) -> String {
    let read = read(file);
    let spans: Vec<Vec<Span>> = read.sentences.iter().map(|s| s.spans.clone()).collect();
    let labelled = model.annotate_given(&read.text, &spans);
    let mut out = String::with_capacity(file.len());
    for (given, sentence) in read.sentences.iter().filter(|s| !s.words.is_empty()).zip(&labelled) {
        for comment in &given.comments {
            out.push_str(comment);
            out.push('\n');
        }
        let mut rows = given.rows.clone();
        let names = bio(sentence);
        for (i, (&at, token)) in given.words.iter().zip(&sentence.tokens).enumerate() {
            let head =
                token.head.map_or_else(|| "0".to_owned(), |h| rows[given.words[h as usize]][0].clone());
            let row = &mut rows[at];
            row[2].clone_from(&token.lemma);
            token.upos.as_str().clone_into(&mut row[3]);
            token.xpos.clone_into(&mut row[4]);
            "_".clone_into(&mut row[5]);
            row[6] = head;
            token.dep.as_str().clone_into(&mut row[7]);
            "_".clone_into(&mut row[8]);
            if let Some(name) = &names[i] {
                let kept: Vec<&str> =
                    row[9].split('|').filter(|m| *m != "_" && !m.starts_with("NER=")).collect();
                row[9] = kept.into_iter().chain(Some(name.as_str())).collect::<Vec<_>>().join("|");
            }
        }
        for row in rows {
            out.push_str(&row.join("\t"));
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// Writes the sentences of one document.
pub fn write(id: &str, text: &str, sentences: &[Sentence]) -> String {
    let map = CharMap::new(text);
    let mut out = format!("# newdoc id = {}\n", id.replace('\n', " "));
    let mut paragraph = None;
    for (number, sentence) in sentences.iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
        }
        let told = sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "# sent_id = {id}-{}\n# text = {told}", number + 1);
        let names = bio(sentence);
        for (i, token) in sentence.tokens.iter().enumerate() {
            let [start, end] = map.chars(text, token.span);
            let glued = sentence.tokens.get(i + 1).is_some_and(|next| next.span.start == token.span.end);
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\tstart_char={start}|end_char={end}{}{}{}",
                i + 1,
                token.span.of(text),
                token.lemma,
                token.upos,
                token.xpos,
                token.head.map_or(0, |h| h + 1),
                token.dep,
                names[i].as_ref().map_or("", |_| "|"),
                names[i].as_deref().unwrap_or(""),
                if glued { "|SpaceAfter=No" } else { "" },
            );
        }
        out.push('\n');
    }
    out
}

/// `NER=B-Person` for each token inside a name.
fn bio(sentence: &Sentence) -> Vec<Option<String>> {
    let mut out = vec![None; sentence.tokens.len()];
    for &NamedSpan { start, end, kind } in &sentence.names {
        for i in start..end {
            out[i as usize] = Some(label(kind, i == start));
        }
    }
    out
}

fn label(kind: NameType, first: bool) -> String {
    format!("NER={}-{kind}", if first { 'B' } else { 'I' })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn words_stand_in_the_text_that_is_read() {
        let row = |cells: &[&str]| cells.join("\t");
        let file = [
            "# newdoc id = a".to_owned(),
            row(&["1-2", "don't", "_", "_", "_", "_", "_", "_", "_", "_"]),
            row(&["1", "do", "do", "AUX", "VBP", "_", "3", "aux", "_", "_"]),
            row(&["2", "n't", "not", "PART", "RB", "_", "3", "advmod", "_", "_"]),
            row(&["3", "fire", "fire", "VERB", "VB", "_", "0", "root", "_", "SpaceAfter=No"]),
            row(&["4", ".", ".", "PUNCT", ".", "_", "3", "punct", "_", "_"]),
        ]
        .join("\n");
        let read = read(&file);
        assert_eq!(read.text.trim_end(), "don't fire.");
        let words: Vec<&str> = read.sentences[0].spans.iter().map(|s| s.of(&read.text)).collect();
        assert_eq!(words, ["do", "n't", "fire", "."]);
    }
}
