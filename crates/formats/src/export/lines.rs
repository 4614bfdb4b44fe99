//! JSON lines: every claim, then every incident, as the JSON API gives them.

use holdfire_record::Record;
use serde::Serialize;
use serde_json::Value;

use super::Exported;
use crate::LossReport;

pub(super) fn export(record: &Record) -> Exported {
    let mut loss = LossReport::default();
    let mut text = String::new();
    for claim in record.claim_lines() {
        line(&mut text, "claim", &claim);
        loss.written += 1;
        loss.lost("reasons of slots (the words and rule that fill each)", 1);
    }
    for evidence in record.evidence() {
        let mut value = serde_json::to_value(&evidence.summary).unwrap_or_default();
        value["figures"] = serde_json::to_value(&evidence.figures).unwrap_or_default();
        line(&mut text, "incident", &value);
        loss.written += 1;
    }
    Exported { text, loss }
}

fn line(text: &mut String, what: &str, value: &impl Serialize) {
    let mut object = serde_json::Map::new();
    object.insert("type".to_owned(), Value::from(what));
    if let Ok(Value::Object(fields)) = serde_json::to_value(value) {
        object.extend(fields);
    }
    text.push_str(&Value::Object(object).to_string());
    text.push('\n');
}
