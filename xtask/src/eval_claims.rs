//! Claims against documents marked by careful reading.
//!
//! The program reads each text with the day and publisher of its gold file's first line, writes gold files of its own, and
//! the claim guide's scorer (`claims/score.py`, Python's standard library only) compares the two.

use std::path::Path;
use std::process::Command;

use holdfire_formats::gold;
use holdfire_types::{CharMap, FoundIn, Published, Report};
use serde_json::Value;

use crate::Fault;
use crate::data::Data;
use crate::reader;
use crate::row::Row;

/// Sets and their folders. The models were trained on the last: its figures say how much was learned by heart.
const SETS: [(&str, &str); 3] = [
    ("claims/dev", "claims/dev"),
    ("claims/dev-briefs", "claims/dev-briefs"),
    ("claims/train seen", "claims/train"),
];

const SCORER: &str = "claims/score.py";

/// Rows of every set that is there.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(scorer) = data.get(SCORER) else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for (set, folder) in SETS {
        let Some(gold) = data.get(&format!("{folder}/gold")) else { continue };
        let ours = tempfile::tempdir()?;
        let heads = data.documents(&format!("{folder}/gold"), "jsonl")?;
        let texts = data.documents(&format!("{folder}/text"), "txt")?;
        for (stem, text) in texts {
            let head = heads.iter().find(|(name, _)| *name == stem).and_then(|(_, file)| file.lines().next());
            write(&ours.path().join(format!("{stem}.jsonl")), &report(&stem, text, head.unwrap_or("")))?;
        }
        rows.extend(scores(set, &score(&scorer, &gold, ours.path())?));
    }
    Ok(rows)
}

/// A marked text as a report, with what its gold file's first line says of it.
pub fn report(stem: &str, text: String, head: &str) -> Report {
    let head: Value = serde_json::from_str(head).unwrap_or_default();
    let field = |name: &str| head[name].as_str().filter(|v| !v.is_empty());
    let mut report = Report::new(stem, text);
    report.publisher = field("publisher").map(str::to_owned);
    report.lang = field("lang").map(str::to_owned);
    report.published = field("published").and_then(|day| day.parse().ok()).map(|date| Published {
        date,
        found: FoundIn::Given,
        span: None,
    });
    report.seal();
    report
}

/// Reads a report and writes its claims in the gold form.
fn write(file: &Path, report: &Report) -> Result<(), Fault> {
    let (_, claims) = reader::read(report)?;
    let map = CharMap::new(&report.text);
    let mut lines = vec![gold::document_line(report).to_string()];
    lines.extend(claims.iter().map(|claim| gold::claim_line(claim, report, &map).to_string()));
    lines.push(String::new());
    std::fs::write(file, lines.join("\n")).map_err(|e| format!("{}: {e}", file.display()).into())
}

/// What the scorer says, as JSON.
fn score(scorer: &Path, gold: &Path, ours: &Path) -> Result<Value, Fault> {
    let told = Command::new("python3")
        .args([scorer, gold, ours])
        .arg("--json")
        .output()
        .map_err(|e| format!("python3: {e}; the scorer {} needs it", scorer.display()))?;
    if !told.status.success() {
        return Err(format!("{}: {}", scorer.display(), String::from_utf8_lossy(&told.stderr)).into());
    }
    Ok(serde_json::from_slice(&told.stdout)?)
}

/// The headline figures with their intervals' ends, then each slot over pairs of one kind and over all claims.
fn scores(set: &'static str, report: &Value) -> Vec<Row> {
    let number = |v: &Value| v.as_f64().unwrap_or(0.0);
    let n = |v: &Value| v["gold"].as_u64().unwrap_or(0) as usize;
    let mut rows = Vec::new();
    for measure in ["detection", "kind", "whole", "full"] {
        let told = &report[measure];
        rows.push(Row::new(set, measure, number(&told["f1"]), n(told), "F1"));
        rows.push(Row::new(set, format!("{measure} precision"), number(&told["p"]), n(told), "precision"));
        rows.push(Row::new(set, format!("{measure} recall"), number(&told["r"]), n(told), "recall"));
        for (end, bound) in ["from", "to"].into_iter().zip(told["interval"].as_array().into_iter().flatten())
        {
            rows.push(Row::new(set, format!("{measure} 95% {end}"), number(bound), n(told), "F1"));
        }
    }
    for (slot, told) in report["slots"].as_object().into_iter().flatten() {
        rows.push(Row::new(set, format!("slot {slot}"), number(&told["f1"]), n(told), "F1"));
        rows.push(Row::new(set, format!("slot {slot} over all"), number(&told["all"]), n(told), "F1"));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_takes_day_and_publisher_from_the_first_line() {
        let head = r#"{"doc": "a", "published": "2016-12-30", "publisher": "", "lang": "en"}"#;
        let report = report("a", "Guns fell silent.".to_owned(), head);
        assert_eq!(report.published.map(|p| p.date.to_string()).as_deref(), Some("2016-12-30"));
        assert_eq!((report.publisher, report.lang.as_deref()), (None, Some("en")));
    }

    #[test]
    fn the_scorers_words_become_rows() {
        let told = serde_json::json!({
            "kind": {"p": 0.5, "r": 0.25, "f1": 0.3333, "gold": 8, "predicted": 4, "interval": [0.1, 0.6]},
            "slots": {"source": {"f1": 0.75, "all": 0.5, "gold": 6}},
        });
        let rows = scores("x", &told);
        assert!(rows.contains(&Row::new("x", "kind", 0.3333, 8, "F1")));
        assert!(rows.contains(&Row::new("x", "kind 95% to", 0.6, 8, "F1")));
        assert!(rows.contains(&Row::new("x", "slot source over all", 0.5, 6, "F1")));
    }
}
