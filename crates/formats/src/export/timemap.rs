//! JSON for TimeMap: incidents as events, reports as their sources. All values are strings, as its schema asks.

use holdfire_record::Record;
use serde_json::{Map, Value, json};

use super::{Exported, event};
use crate::LossReport;

pub(super) fn export(record: &Record) -> Exported {
    let mut loss = LossReport::default();
    let mut sources = Map::new();
    let mut events = Vec::new();
    for evidence in record.evidence() {
        if !event::is_asserted(&evidence, &mut loss) {
            continue;
        }
        let Some((from, to)) = event::days(&evidence, &mut loss) else { continue };
        let place = event::place(&evidence, &mut loss);
        let point = place.and_then(|p| p.lat.zip(p.lon));
        for claim in &evidence.claims {
            let report = claim.report;
            let text = |value: Option<&str>| value.unwrap_or("").to_owned();
            sources.entry(report.id.as_str()).or_insert_with(|| {
                json!({
                    "id": report.id.as_str(),
                    "title": report.title.as_deref().unwrap_or(&report.name),
                    "thumbnail": "",
                    "paths": [],
                    "type": report.genre.as_str(),
                    "affil_s": [],
                    "url": text(report.url.as_deref()),
                    "description": "",
                    "parent": "",
                    "author": text(report.publisher.as_deref()),
                    "date": report.published.as_ref().map(|p| p.date.to_string()).unwrap_or_default(),
                    "notes": "",
                })
            });
        }
        let mut reports: Vec<&str> = evidence.claims.iter().map(|c| c.report.id.as_str()).collect();
        reports.dedup();
        event::flattened(&evidence, &mut loss);
        loss.lost("last day (written in words)", usize::from(from != to));
        loss.lost("place's precision (written in words)", usize::from(point.is_some()));
        events.push(json!({
            "id": evidence.summary.id.as_str(),
            "description": event::remarks(&evidence),
            "date": from.to_string(),
            "time": "",
            "time_precision": if from == to { "day".to_owned() } else { format!("{from} to {to}") },
            "location": place.map_or("", |p| p.name.as_str()),
            "latitude": point.map(|p| p.0.to_string()).unwrap_or_default(),
            "longitude": point.map(|p| p.1.to_string()).unwrap_or_default(),
            "type": place.and_then(|p| p.precision).map_or("", |p| p.as_str()),
            "category": evidence.summary.kind.as_str(),
            "category_full": evidence.summary.means.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(", "),
            "associations": [],
            "sources": reports,
            "comments": event::joined(evidence.summary.sources.iter().map(|s| s.name.as_str())),
        }));
        loss.written += 1;
    }
    Exported { text: format!("{}\n", json!({ "events": events, "sources": Value::Object(sources) })), loss }
}
