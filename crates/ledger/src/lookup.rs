//! One thing found without reading everything.

use std::path::Path;

use holdfire_types::{Claim, CopyOf, Correction, CorrectionAnswer, Id, LinkDecision, Recorded, Report};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Params, ToSql};

use crate::chain;
use crate::contents::{Value, value};
use crate::form::ClaimBatch;
use crate::projection::key;
use crate::{Ledger, LedgerError, runs};

/// The value of one entry, its hash checked, with its moment.
pub fn value_at(conn: &Connection, path: &Path, number: u64) -> Result<(Timestamp, Value), LedgerError> {
    let entry = chain::entry(conn, path, number)?;
    let value = value(entry.kind, entry.content())
        .map_err(|e| LedgerError::damaged(path, format!("entry {number}"), e.to_string()))?;
    Ok((entry.at(path)?, value))
}

/// The number that `query` gives for `key`.
pub fn number(conn: &Connection, path: &Path, query: &str, key: i64) -> Result<Option<u64>, LedgerError> {
    let run = || conn.prepare_cached(query)?.query_row([key], |row| row.get::<_, Option<i64>>(0)).optional();
    Ok(run().map_err(|e| LedgerError::from_database(path, e))?.flatten().map(|n| n as u64))
}

/// The entry of a report.
pub fn report_entry(conn: &Connection, path: &Path, report: &Id) -> Result<Option<u64>, LedgerError> {
    number(conn, path, "SELECT entry FROM report WHERE id = ?", key(report))
}

/// The entry of a correction.
pub fn correction_entry(conn: &Connection, path: &Path, correction: &Id) -> Result<Option<u64>, LedgerError> {
    number(conn, path, "SELECT entry FROM correction WHERE id = ?", key(correction))
}

/// The entry of the latest reading of the report that entry `report` holds.
pub fn current_reading(conn: &Connection, path: &Path, report: u64) -> Result<Option<u64>, LedgerError> {
    number(conn, path, "SELECT entry FROM reading WHERE report = ? AND superseded IS NULL", report as i64)
}

/// The latest decision on a pair.
pub fn last_decision(
    conn: &Connection,
    path: &Path,
    (low, high): (i64, i64),
) -> Result<Option<LinkDecision>, LedgerError> {
    let Some((entry, place)) = runs::last_decision(conn, path, low, high)? else { return Ok(None) };
    match value_at(conn, path, entry)?.1 {
        Value::Decisions(decisions) => Ok(decisions.into_iter().nth(place)),
        _ => Err(misled(path, entry)),
    }
}

/// The error for a table that leads to an entry of another kind.
pub fn misled(path: &Path, entry: u64) -> LedgerError {
    LedgerError::damaged(
        path,
        format!("entry {entry}"),
        "a table says that it holds something else than it does",
    )
}

impl Ledger {
    pub(crate) fn rows<T>(
        &self,
        query: &str,
        params: impl Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let run =
            || self.conn.prepare_cached(query)?.query_map(params, read)?.collect::<rusqlite::Result<_>>();
        run().map_err(|e| LedgerError::from_database(&self.path, e))
    }

    fn entries(&self, query: &str, key: &dyn ToSql) -> Result<Vec<u64>, LedgerError> {
        self.rows(query, [key], |row| row.get::<_, i64>(0).map(|n| n as u64))
    }

    /// A report.
    pub fn report(&self, id: &Id) -> Result<Option<Recorded<Report>>, LedgerError> {
        match report_entry(&self.conn, &self.path, id)? {
            Some(entry) => self.report_at(entry).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn report_at(&self, entry: u64) -> Result<Recorded<Report>, LedgerError> {
        match value_at(&self.conn, &self.path, entry)? {
            (at, Value::Report(mut value, byline)) => {
                value.byline = self.opened(byline)?;
                Ok(Recorded { entry, at, value })
            }
            _ => Err(misled(&self.path, entry)),
        }
    }

    /// The reports of one address, in the order recorded: the versions of a page.
    pub fn versions(&self, url: &str) -> Result<Vec<Recorded<Report>>, LedgerError> {
        let entries = self.entries("SELECT entry FROM report WHERE url = ? ORDER BY entry", &url)?;
        entries.into_iter().map(|entry| self.report_at(entry)).collect()
    }

    /// A claim, as the latest reading that has it tells it.
    pub fn claim(&self, id: &Id) -> Result<Option<Recorded<Claim>>, LedgerError> {
        let Some(entry) = runs::reading_of(&self.conn, &self.path, key(id))? else { return Ok(None) };
        let (at, batch) = self.reading_at(entry)?;
        let claim = batch.claims.into_iter().rfind(|claim| claim.id == *id);
        claim.map(|value| Some(Recorded { entry, at, value })).ok_or_else(|| misled(&self.path, entry))
    }

    pub(crate) fn reading_at(&self, entry: u64) -> Result<(Timestamp, ClaimBatch), LedgerError> {
        match value_at(&self.conn, &self.path, entry)? {
            (at, Value::Claims(batch)) => Ok((at, batch)),
            _ => Err(misled(&self.path, entry)),
        }
    }

    /// The claims of a report's latest reading, in the reader's order.
    pub fn claims_of(&self, report: &Id) -> Result<Vec<Recorded<Claim>>, LedgerError> {
        let Some(report) = report_entry(&self.conn, &self.path, report)? else { return Ok(Vec::new()) };
        let Some(entry) = current_reading(&self.conn, &self.path, report)? else { return Ok(Vec::new()) };
        let (at, batch) = self.reading_at(entry)?;
        Ok(batch.claims.into_iter().map(|value| Recorded { entry, at, value }).collect())
    }

    /// Version of the reader whose claims stand for a report; `None` where it was not read yet.
    pub fn reader_of(&self, report: &Id) -> Result<Option<String>, LedgerError> {
        let Some(report) = report_entry(&self.conn, &self.path, report)? else { return Ok(None) };
        let Some(entry) = current_reading(&self.conn, &self.path, report)? else { return Ok(None) };
        Ok(Some(self.reading_at(entry)?.1.reader))
    }

    /// The decisions that name a claim, in the order recorded; a later one on the same pair takes the place of the earlier.
    pub fn decisions_of(&self, claim: &Id) -> Result<Vec<Recorded<LinkDecision>>, LedgerError> {
        let mut rows = runs::decisions_of(&self.conn, &self.path, key(claim))?;
        rows.sort_unstable_by_key(|row| (row.entry, row.place));
        self.decisions_at(rows.into_iter().map(|row| (row.entry, row.place)))
    }

    /// The decisions at these places of these entries, which stand in order.
    pub(crate) fn decisions_at(
        &self,
        rows: impl Iterator<Item = (u64, usize)>,
    ) -> Result<Vec<Recorded<LinkDecision>>, LedgerError> {
        let mut decisions = Vec::new();
        let mut open: Option<(u64, Timestamp, Vec<LinkDecision>)> = None;
        for (entry, place) in rows {
            if open.as_ref().is_none_or(|(of, ..)| *of != entry) {
                let (at, Value::Decisions(values)) = value_at(&self.conn, &self.path, entry)? else {
                    return Err(misled(&self.path, entry));
                };
                open = Some((entry, at, values));
            }
            let Some((_, at, values)) = &open else { continue };
            let value = values.get(place).ok_or_else(|| misled(&self.path, entry))?.clone();
            decisions.push(Recorded { entry, at: *at, value });
        }
        Ok(decisions)
    }

    /// Of which earlier report a report is a copy, as recorded last.
    pub fn copy_of(&self, report: &Id) -> Result<Option<Recorded<CopyOf>>, LedgerError> {
        let entries = self.entries("SELECT entry FROM copy WHERE report = ? ORDER BY entry", &key(report))?;
        let Some(&entry) = entries.last() else { return Ok(None) };
        match value_at(&self.conn, &self.path, entry)? {
            (at, Value::Copy(value)) => Ok(Some(Recorded { entry, at, value })),
            _ => Err(misled(&self.path, entry)),
        }
    }

    /// A correction, by its receipt.
    pub fn correction(&self, id: &Id) -> Result<Option<Recorded<Correction>>, LedgerError> {
        let query = "SELECT entry FROM correction WHERE id = ?";
        let Some(entry) = number(&self.conn, &self.path, query, key(id))? else { return Ok(None) };
        match value_at(&self.conn, &self.path, entry)? {
            (at, Value::Correction(mut value, contact)) => {
                value.contact = self.opened(contact)?;
                Ok(Some(Recorded { entry, at, value }))
            }
            _ => Err(misled(&self.path, entry)),
        }
    }

    /// The answers to a correction, in the order recorded; the last one stands.
    pub fn answers_to(&self, correction: &Id) -> Result<Vec<Recorded<CorrectionAnswer>>, LedgerError> {
        let entries =
            self.entries("SELECT entry FROM answer WHERE correction = ? ORDER BY entry", &key(correction))?;
        entries
            .into_iter()
            .map(|entry| match value_at(&self.conn, &self.path, entry)? {
                (at, Value::Answer(value)) => Ok(Recorded { entry, at, value }),
                _ => Err(misled(&self.path, entry)),
            })
            .collect()
    }
}
