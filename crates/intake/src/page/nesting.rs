//! How deep a page's elements lie in one another, told from its tags without building a tree.
//!
//! Engines take time that grows with the square of the depth; a page from anywhere may be a hundred thousand deep.

/// Elements that hold nothing, or that the next of their kind closes: open ones say nothing about depth.
const FLAT: [&str; 34] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "caption",
    "option", "optgroup", "rp", "rt", "html", "head", "body", "path",
];

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// The greatest number of elements open at once, as far as tags tell.
pub fn depth(html: &str) -> usize {
    let (mut open, mut deepest) = (0usize, 0usize);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = past(comment, "-->");
            continue;
        }
        let closing = rest.starts_with('/');
        let name = &rest[usize::from(closing)..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let is = |list: &[&str]| list.iter().any(|known| name.eq_ignore_ascii_case(known));
        if name.is_empty() || is(&FLAT) {
            continue;
        }
        if closing {
            open = open.saturating_sub(1);
        } else if is(&RAW) {
            rest = past(rest, "</");
        } else {
            let tag = &rest[..rest.find('>').unwrap_or(rest.len())];
            open += usize::from(!tag.ends_with('/'));
            deepest = deepest.max(open);
            rest = &rest[tag.len()..];
        }
    }
    deepest
}

/// What stands after `mark`; nothing where it is missing.
fn past<'t>(text: &'t str, mark: &str) -> &'t str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

#[cfg(test)]
mod tests {
    use super::depth;

    #[test]
    fn open_elements_are_counted_and_closed_ones_are_not() {
        assert_eq!(depth("<div><span>a</span><span>b</span></div>"), 2);
        assert_eq!(depth("<p>one<p>two<br><img src=a><li>x"), 0);
        assert_eq!(depth("<!-- <div><div> --><script>'<div>'</script><b>x"), 1);
        assert_eq!(depth(&"<DIV>".repeat(9)), 9);
        assert_eq!(depth("a < b </ <é <div"), 1);
    }
}
