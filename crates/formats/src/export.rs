//! The record in the forms of others, each with a report of what the form cannot hold.
//!
//! - [`Form`]: the form to write.
//! - [`Exported`]: the text, and the [`LossReport`] that goes with it.
//!
//! `docs/exports.md` has what each form holds and loses.

mod acled;
mod event;
mod ftm;
mod ged;
mod lines;
mod timemap;

#[cfg(test)]
mod tests;

use holdfire_record::Record;

use crate::LossReport;
use crate::geojson;

/// A form to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV with ACLED's 31 columns, an incident a row.
    Acled,
    /// CSV with the 49 columns of UCDP's GED, an incident with deaths a row.
    Ged,
    /// GeoJSON, an incident a feature with all accounts.
    GeoJson,
    /// JSON lines: every claim, then every incident.
    JsonLines,
    /// CSV of FollowTheMoney statements.
    FollowTheMoney,
    /// JSON for TimeMap: events and their sources.
    TimeMap,
}

impl Form {
    /// True for forms that can carry a row of HXL tags.
    pub const fn takes_tags(self) -> bool {
        matches!(self, Self::Acled | Self::Ged)
    }
}

/// The record in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file's text.
    pub text: String,
    /// What it holds and what it lost.
    pub loss: LossReport,
}

/// Writes `record` in a form. `tags` adds a second row of HXL tags where the form takes one.
pub fn export(record: &Record, form: Form, tags: bool) -> Exported {
    let mut exported = match form {
        Form::Acled => acled::export(record, tags),
        Form::Ged => ged::export(record, tags),
        Form::GeoJson => map(record),
        Form::JsonLines => lines::export(record),
        Form::FollowTheMoney => ftm::export(record),
        Form::TimeMap => timemap::export(record),
    };
    if form != Form::JsonLines {
        let apart = record.claims_apart().count();
        exported.loss.lost("claim that tells no incident (demand, promise, threat, toll, statement)", apart);
    }
    exported
}

fn map(record: &Record) -> Exported {
    let evidence: Vec<_> = record.evidence().collect();
    let accounts: Vec<_> = evidence
        .iter()
        .map(|e| (&e.summary.id, e.claims.iter().map(|c| (c.claim, c.report)).collect()))
        .collect();
    let (map, mut loss) = geojson::incidents(&accounts);
    for evidence in &evidence {
        event::verdicts(evidence, &mut loss);
    }
    Exported { text: format!("{map}\n"), loss }
}

/// CSV of rows.
fn csv<'a, const N: usize>(
    heads: [&'a str; N],
    tags: Option<[&'a str; N]>,
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: &mut dyn Iterator<Item = String>| {
        writer.write_record(cells.collect::<Vec<_>>()).expect("memory takes every row");
    };
    write(&mut heads.into_iter().map(str::to_owned));
    if let Some(tags) = tags {
        write(&mut tags.into_iter().map(str::to_owned));
    }
    for row in rows {
        write(&mut row.into_iter());
    }
    let bytes = writer.into_inner().expect("memory takes every row");
    String::from_utf8(bytes).expect("cells are text")
}
