//! Time expressions against TimeML files: exact span and equal value, from raw text; times of creation are given.

use holdfire_claims::times;
use holdfire_model::Model;
use holdfire_types::Span;
use jiff::civil::Date;

use crate::Fault;
use crate::data::Data;
use crate::markup::{attribute, plain};
use crate::row::{Count, Row};

/// Sets and the folders they stand in.
const SETS: [(&str, &str); 3] = [
    ("time/wikiwars", "data/time/wikiwars/tml"),
    ("time/timebank", "data/time/timebank/TimeBank"),
    ("time/aquaint", "data/time/timebank/AQUAINT"),
];

/// A marked document.
#[derive(Debug)]
struct Marked {
    created: Option<Date>,
    text: String,
    /// Where each expression stands, and its value.
    times: Vec<(Span, String)>,
}

/// Span and value figures of each set.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let model = Model::embedded()?;
    let mut rows = Vec::new();
    for (set, folder) in SETS {
        let files = data.texts(folder, "tml")?;
        let (mut spans, mut values) = (Count::default(), Count::default());
        for file in &files {
            let gold = read(file);
            let sentences = model.annotate(&gold.text);
            let found: Vec<_> =
                times::find_all(&gold.text, &sentences, gold.created).into_iter().flatten().collect();
            let same = |(span, _): &&(Span, String)| found.iter().any(|t| t.span == *span);
            let equal =
                |(span, value): &&(Span, String)| found.iter().any(|t| t.span == *span && t.value == *value);
            spans.add(gold.times.iter().filter(same).count(), found.len(), gold.times.len());
            values.add(gold.times.iter().filter(equal).count(), found.len(), gold.times.len());
        }
        if !files.is_empty() {
            rows.extend([spans.row(set, "span"), values.row(set, "span and value")]);
        }
    }
    Ok(rows)
}

/// The text between `TEXT` tags without its markup, the expressions in it, and the day of creation.
fn read(file: &str) -> Marked {
    let created = file
        .split("<TIMEX3")
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or(""))
        .find(|tag| tag.contains("CREATION_TIME"))
        .and_then(|tag| attribute(tag, "value"))
        .and_then(|value| value.get(..10)?.parse().ok());
    let body = file.split("<TEXT>").nth(1).unwrap_or(file);
    let body = body.split("</TEXT>").next().unwrap_or(body);
    let mut text = String::new();
    let mut times: Vec<(usize, usize, String)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (k, part) in body.split('<').enumerate() {
        let (tag, words) = if k == 0 { ("", part) } else { part.split_once('>').unwrap_or(("", part)) };
        if tag.starts_with("TIMEX3") {
            open.push(times.len());
            times.push((text.len(), text.len(), attribute(tag, "value").unwrap_or_default()));
        } else if tag == "/TIMEX3"
            && let Some(place) = open.pop()
        {
            times[place].1 = text.len();
        }
        text.push_str(&plain(words));
    }
    let times = times.into_iter().filter(|(_, _, value)| !value.is_empty());
    Marked { created, times: times.map(|(start, end, value)| (Span::new(start, end), value)).collect(), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_spans_stay() {
        let file = "<DCT><TIMEX3 tid=\"t0\" value=\"2001-02-03T10:00\" functionInDocument=\"CREATION_TIME\">x</TIMEX3></DCT>\
                    <TEXT>Rain &amp; wind <EVENT eid=\"e1\">came</EVENT> on <TIMEX3 tid=\"t1\" value=\"2001-02-02\">Friday</TIMEX3>.</TEXT>";
        let marked = read(file);
        assert_eq!(marked.text, "Rain & wind came on Friday.");
        assert_eq!(marked.created, "2001-02-03".parse().ok());
        let told: Vec<_> = marked.times.iter().map(|(s, v)| (s.of(&marked.text), v.as_str())).collect();
        assert_eq!(told, [("Friday", "2001-02-02")]);
    }
}
