//! Wire copies: how well copies are found among articles whose pairs were judged by reading.
//!
//! `eval/copies-judged.csv` holds pairs of article ids with `yes` where one carries most of the other's news text (the
//! same agency text, shortened, retitled or merged) and `no` where they share only background or an outlet's closing
//! paragraphs. Pairs were proposed by the share of common runs of three words; those up to .45 of which it was unclear
//! after reading were left out. One reader, one pass; the thresholds of the copy index were set with this list in view.

use std::collections::HashMap;

use holdfire_record::CopyIndex;
use holdfire_types::Report;

use crate::Fault;
use crate::data::Data;
use crate::row::{Count, Row};

const JUDGED: &str = include_str!("../../eval/copies-judged.csv");

/// Measures copies among the articles of `data/articles`.
///
/// # Errors
/// A message that names the file that is faulty.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.get("data/articles/fa-kes-dev.csv") else { return Ok(Vec::new()) };
    let mut rows = csv::Reader::from_path(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let headers = rows.byte_headers().map_err(|e| format!("{}: {e}", file.display()))?.clone();
    let column = |name: &str| {
        let found = headers.iter().position(|h| h == name.as_bytes());
        found.ok_or_else(|| format!("{}: has no column `{name}`", file.display()))
    };
    let (id, text, outlet) = (column("unit_id")?, column("article_content")?, column("source")?);

    let mut index = CopyIndex::new();
    let mut article_of: HashMap<holdfire_types::Id, String> = HashMap::new();
    // From an article to the first one that carries its account.
    let mut first: HashMap<String, String> = HashMap::new();
    for row in rows.byte_records() {
        let row = row.map_err(|e| format!("{}: {e}", file.display()))?;
        let field = |at: usize| String::from_utf8_lossy(&row[at]).into_owned();
        let mut report = Report::new(field(id), field(text));
        report.publisher = Some(field(outlet));
        report.seal();
        // The same text of the same outlet is one report.
        let earlier = match article_of.get(&report.id) {
            Some(known) => Some(known.clone()),
            None => index.add(&report).map(|copy| article_of[&copy.of].clone()),
        };
        let root = earlier.map_or_else(|| field(id), |e| first[&e].clone());
        first.insert(field(id), root);
        article_of.entry(report.id).or_insert_with(|| field(id));
    }

    let (mut count, mut pairs) = (Count::default(), 0);
    for line in JUDGED.lines().skip(1) {
        let mut fields = line.split(',');
        let (Some(a), Some(b), Some(judged)) = (fields.next(), fields.next(), fields.next()) else {
            return Err(format!("eval/copies-judged.csv: `{line}` has not three fields").into());
        };
        let (Some(a), Some(b)) = (first.get(a), first.get(b)) else { continue };
        pairs += 1;
        let (ours, gold) = (a == b, judged == "yes");
        count.add(usize::from(ours && gold), usize::from(ours), usize::from(gold));
    }
    let row = |measure: &str, value: f64, unit| Row::new("articles/copies", measure, value, pairs, unit);
    Ok(vec![
        row("precision", count.precision(), "precision"),
        row("recall", count.recall(), "recall"),
        row("pairs", count.f1(), "F1"),
    ])
}
