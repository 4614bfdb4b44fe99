//! Reports: invented reports with their claims marked, in `training/reports/*.jsonl`.
//!
//! A line is one report: `doc`, `published`, `text` and `claims`, each claim as in the gold files of the claim guide, with
//! its evidence as `span` alone.

use std::path::Path;

use holdfire_model::Model;
use holdfire_types::{CharMap, Report};
use serde_json::Value;

use super::{Marked, claim, given_day};
use crate::Fault;

/// Every invented report, read by the language layer.
pub fn load(root: &Path) -> Result<Vec<Marked>, Fault> {
    let model = Model::embedded()?;
    let folder = root.join("training/reports");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut marked = Vec::new();
    for path in files {
        for (n, line) in std::fs::read_to_string(&path)?.lines().enumerate() {
            let row: Value =
                serde_json::from_str(line).map_err(|e| format!("{}:{}: {e}", path.display(), n + 1))?;
            let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let mut report = Report::new(text("doc"), text("text"));
            report.published = given_day(&row);
            let map = CharMap::new(&report.text);
            let claims = row["claims"].as_array().into_iter().flatten();
            let gold = claims
                .map(|row| claim(row, &report.text, &map))
                .collect::<Result<Vec<_>, _>>()?
                .into_iter()
                .flatten()
                .collect();
            report.seal();
            let sentences = model.annotate(&report.text);
            marked.push(Marked { report, sentences, gold, outside: true });
        }
    }
    Ok(marked)
}
