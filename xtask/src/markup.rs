//! Bits of XML as marked corpora hold it: attributes and letters written as marks.

/// The value of an attribute in the tag that `text` begins inside of.
pub fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.split('>').next()?;
    let before = tag.find(&format!("{name}=\"")).filter(|&at| at == 0 || tag[..at].ends_with(' '))?;
    tag[before + name.len() + 2..].split('"').next().map(str::to_owned)
}

/// Words with marks for letters as those letters.
pub fn plain(words: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(words.to_owned(), |text, (mark, letter)| text.replace(mark, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_end_with_their_tag() {
        let tag = "TIMEX3 tid=\"t1\" value=\"2001\">May id=\"x\"";
        assert_eq!(attribute(tag, "value").as_deref(), Some("2001"));
        assert_eq!(attribute(tag, "id"), None);
        assert_eq!(plain("A&amp;B &lt; C"), "A&B < C");
    }
}
