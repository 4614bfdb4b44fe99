//! Paragraphs: stretches of text that no sentence crosses.

use holdfire_types::Span;

/// The paragraphs of `text`, without the white space around them.
///
/// A line end closes a paragraph, unless the text is wrapped by hand: the line is long, has no closing mark, and the
/// next goes on in lower case.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let from = at;
        at += line.len();
        let body = line.trim();
        if body.is_empty() {
            out.extend(open.take());
            continue;
        }
        let start = from + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + body.len());
        open = match open {
            Some(before) if wrapped(before.of(text), body) => Some(before.cover(span)),
            before => {
                out.extend(before);
                Some(span)
            }
        };
    }
    out.extend(open);
    out
}

fn wrapped(before: &str, next: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    line.len() >= 50
        && !line.ends_with(['.', '!', '?', ':', '"', '”'])
        && next.starts_with(|c: char| c.is_lowercase() || c == '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn a_line_end_closes_a_paragraph() {
        assert_eq!(
            told("Convoys wait\n\nThe trucks stood at the border.\nNone moved. "),
            ["Convoys wait", "The trucks stood at the border.", "None moved."]
        );
    }

    #[test]
    fn a_line_wrapped_by_hand_goes_on() {
        let text = "The delegations met for two hours on Thursday and then left\nwithout a statement.";
        assert_eq!(told(text), [text]);
    }
}
