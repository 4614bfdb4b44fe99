//! PLOVER's root event of each of its own gold sentences, from raw text.
//!
//! Names of older codebooks are mapped: `DEMAND` to `REQUEST`, `DISAPPROVE` to `ACCUSE`, `FIGHT` to `ASSAULT`.

use holdfire::{Reader, events};
use holdfire_types::{FoundIn, Published, Report, Root};
use serde_json::Value;

use crate::Fault;
use crate::data::Data;
use crate::row::{Row, share};

const SET: &str = "events/plover";
const FILE: &str = "data/events/plover_gsr_cameo_manual.jsonl";

/// Roots that no kind of ours and no stance gives.
const NOT_OURS: &[Root] = &[Root::Cooperate, Root::Investigate];

/// Accuracy over all records, over those whose root our kinds can give, and of the claims alone.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.text(FILE)? else { return Ok(Vec::new()) };
    let reader = Reader::new()?;
    let (mut n, mut right, mut ours, mut ours_right, mut claimed) = (0, 0, 0, 0, 0);
    for line in file.lines().filter(|l| !l.trim().is_empty()) {
        let record: Value = serde_json::from_str(line)?;
        let gold = root(record["plover"].as_str().unwrap_or_default())?;
        let read = reader.read(report(&record));
        let found = events(&read, reader.world()).iter().find_map(|e| e.root);
        n += 1;
        right += usize::from(found == Some(gold));
        claimed += usize::from(read.claims.iter().find_map(Root::of) == Some(gold));
        if !NOT_OURS.contains(&gold) {
            ours += 1;
            ours_right += usize::from(found == Some(gold));
        }
    }
    Ok(vec![
        Row::new(SET, "root event", share(right, n), n, "accuracy"),
        Row::new(SET, "root event that our kinds can give", share(ours_right, ours), ours, "accuracy"),
        Row::new(SET, "root event of the first claim", share(claimed, n), n, "accuracy"),
    ])
}

fn root(name: &str) -> Result<Root, Fault> {
    Ok(match name {
        "DEMAND" => Root::Request,
        "DISAPPROVE" => Root::Accuse,
        "FIGHT" => Root::Assault,
        other => other.parse()?,
    })
}

fn report(record: &Value) -> Report {
    let field = |name: &str| record[name].as_str().unwrap_or_default();
    let mut report = Report::new(field("id"), field("text"));
    report.lang = Some("en".to_owned());
    report.published =
        field("date").parse().ok().map(|date| Published { date, found: FoundIn::Given, span: None });
    report.seal();
    report
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_names_are_todays() {
        assert_eq!(root("FIGHT").ok(), Some(Root::Assault));
        assert_eq!(root("AID").ok(), Some(Root::Aid));
        assert!(root("SING").is_err());
    }
}
