//! The fields of one JSON line: a report with its text, or what is known of a text beside it.

use holdfire_types::{FoundIn, Problem, Published, Report};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::day;

/// What a JSON line says of a report. Only `id` is asked for; all else may be missing or null.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// Its name; for a text beside `meta.jsonl` the file's name without ending.
    pub id: String,
    /// Publication day.
    pub published: Option<Date>,
    /// Who put it before readers.
    pub publisher: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The text.
    pub text: Option<String>,
}

impl Record {
    /// Reads one line. A field that is wrong is left out and told of; a line without an id is no record.
    pub fn read(at: &str, line: &str) -> Result<(Self, Vec<Problem>), Problem> {
        let mut value: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
            let mend = "write one JSON object a line: {\"id\": ..., \"text\": ...}";
            Problem::new(at, format!("is no JSON object ({error})"), mend)
        })?;
        let mut problems = Vec::new();
        let mut field = |name: &str| match value.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text).filter(|t| !t.trim().is_empty()),
            Some(Value::Number(number)) if name == "id" => Some(number.to_string()),
            Some(_) => {
                problems.push(Problem::new(
                    at,
                    format!("`{name}` is no text"),
                    "write it in quotes, or null",
                ));
                None
            }
        };
        let id = field("id");
        let (published, publisher, title, url) =
            (field("published"), field("publisher"), field("title"), field("url"));
        let text = field("text");
        let Some(id) = id else {
            return Err(Problem::new(at, "has no `id`", "give every line an \"id\" of its own"));
        };
        let date = published.as_deref().and_then(day::iso);
        if let (None, Some(published)) = (date, published) {
            let what = format!("published `{}` is no date", clipped(&published));
            problems.push(Problem::new(at, what, "write it as YYYY-MM-DD"));
        }
        Ok((Self { id, published: date, publisher, title, url, text }, problems))
    }

    /// Writes what the record says over what the report has. The text stays.
    pub fn onto(&self, report: &mut Report) {
        if let Some(date) = self.published {
            report.published = Some(Published { date, found: FoundIn::Record, span: None });
        }
        for (ours, theirs) in [
            (&self.publisher, &mut report.publisher),
            (&self.title, &mut report.title),
            (&self.url, &mut report.url),
        ] {
            if ours.is_some() {
                theirs.clone_from(ours);
            }
        }
    }
}

/// The head of a value that is shown in a message.
fn clipped(text: &str) -> String {
    let mut head: String = text.chars().take(40).collect();
    if head.len() < text.len() {
        head.push('…');
    }
    head
}

#[cfg(test)]
mod tests {
    use super::Record;

    #[test]
    fn fields_may_be_missing_or_null() {
        let (record, problems) = Record::read("a", r#"{"id":"x","published":null,"text":"T"}"#).unwrap();
        assert_eq!(record, Record { id: "x".into(), text: Some("T".into()), ..Record::default() });
        assert_eq!(problems, []);
    }

    #[test]
    fn a_wrong_field_is_told_of_and_the_rest_kept() {
        let (record, problems) =
            Record::read("a:3", r#"{"id":7,"published":"2017-02-30","publisher":["B"],"text":"T"}"#).unwrap();
        assert_eq!((record.id.as_str(), record.published, record.publisher), ("7", None, None));
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "a:3: `publisher` is no text; write it in quotes, or null",
                "a:3: published `2017-02-30` is no date; write it as YYYY-MM-DD"
            ]
        );
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for line in ["[1,2]", "{", "{\"text\":\"no id\"}", &"[".repeat(100_000)] {
            assert!(Record::read("a", line).is_err());
        }
    }
}
