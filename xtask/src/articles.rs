//! The article set as the program's own input: JSON lines, one report a line.

use std::io::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::Fault;
use crate::data::Data;

const FILE: &str = "data/articles/fa-kes-dev.csv";

/// Writes `FILE` as JSON lines to `out`.
pub fn run(data: &Data, out: &Path) -> Result<(), Fault> {
    let lines = read(data)?.ok_or_else(|| format!("{FILE} is not there"))?;
    let target = std::fs::File::create(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let mut target = std::io::BufWriter::new(target);
    for line in &lines {
        writeln!(target, "{line}")?;
    }
    target.flush()?;
    eprintln!("{} reports", lines.len());
    Ok(())
}

/// The articles as reports' records; `None` where the table is not there.
pub fn read(data: &Data) -> Result<Option<Vec<Value>>, Fault> {
    let Some(file) = data.get(FILE) else { return Ok(None) };
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    lines(&bytes).map(Some).map_err(|e| format!("{}: {e}", file.display()).into())
}

/// Each row as a report's record. Bytes that are no UTF-8 are replaced.
fn lines(file: &[u8]) -> Result<Vec<Value>, Fault> {
    let (text, _) = holdfire_text::decode(file);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head = rows.headers()?.clone();
    let column =
        |name: &str| head.iter().position(|h| h == name).ok_or_else(|| format!("has no column `{name}`"));
    let (id, title, body) = (column("unit_id")?, column("article_title")?, column("article_content")?);
    let (source, date) = (column("source")?, column("date")?);
    let mut out = Vec::new();
    for row in rows.records() {
        let row = row?;
        out.push(json!({
            "id": row[id],
            "published": day(&row[date]).map(|d| d.to_string()),
            "publisher": row[source],
            "title": row[title],
            "url": null,
            "text": row[body],
        }));
    }
    Ok(out)
}

/// A day written month/day/year, the year in two digits or four.
fn day(written: &str) -> Option<Date> {
    let parts: Vec<i16> = written.split('/').map(|p| p.trim().parse().ok()).collect::<Option<_>>()?;
    let [month, day, year] = parts[..] else { return None };
    let year = if year < 100 { 2000 + year } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_becomes_a_record() {
        let file = b"unit_id,article_title,article_content,source,date\n7,Quiet,\"All calm, they say.\",gazette,7/5/16\n";
        let lines = lines(file).expect("rows");
        assert_eq!(
            lines[0].to_string(),
            r#"{"id":"7","published":"2016-07-05","publisher":"gazette","title":"Quiet","url":null,"text":"All calm, they say."}"#
        );
    }

    #[test]
    fn days_that_are_none_stay_open() {
        assert_eq!(day("13/40/16"), None);
        assert_eq!(day("12/31/2017"), Date::new(2017, 12, 31).ok());
    }
}
