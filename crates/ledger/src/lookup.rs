//! One thing found without reading everything.

use std::path::Path;

use holdfire_types::{Claim, CopyOf, Correction, CorrectionAnswer, Id, LinkDecision, Recorded, Report};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Params, ToSql, params};

use crate::chain;
use crate::contents::{Value, value};
use crate::form::ClaimBatch;
use crate::projection::{claim_of_point, key};
use crate::{Ledger, LedgerError};

/// A part of the map, in degrees. `west > east` crosses the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Latitude of the southern edge.
    pub south: f64,
    /// Longitude of the western edge.
    pub west: f64,
    /// Latitude of the northern edge.
    pub north: f64,
    /// Longitude of the eastern edge.
    pub east: f64,
}

impl Region {
    /// True for a point inside or on the edge.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        let across = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        across && (self.south..=self.north).contains(&lat)
    }
}

/// The value of one entry, its hash checked, with its moment.
pub fn value_at(conn: &Connection, path: &Path, number: u64) -> Result<(Timestamp, Value), LedgerError> {
    let entry = chain::entry(conn, path, number)?;
    let value = value(entry.kind, &entry.payload)
        .map_err(|e| LedgerError::damaged(path, format!("entry {number}"), e.to_string()))?;
    Ok((entry.at(path)?, value))
}

fn number(conn: &Connection, path: &Path, query: &str, key: i64) -> Result<Option<u64>, LedgerError> {
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
    let run = || {
        conn.prepare_cached(
            "SELECT entry, place FROM decision WHERE low = ? AND high = ? ORDER BY entry DESC, place DESC LIMIT 1",
        )?
        .query_row([low, high], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as usize)))
        .optional()
    };
    let Some((entry, place)) = run().map_err(|e| LedgerError::from_database(path, e))? else {
        return Ok(None);
    };
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
        let Some(entry) =
            number(&self.conn, &self.path, "SELECT max(reading) FROM claim WHERE id = ?", key(id))?
        else {
            return Ok(None);
        };
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
        let found: Vec<(i64, i64)> = self.rows(
            "SELECT entry, place FROM decision WHERE low = ?1
             UNION SELECT entry, place FROM decision WHERE high = ?1 ORDER BY 1, 2",
            params![key(claim)],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut decisions = Vec::with_capacity(found.len());
        for group in found.chunk_by(|a, b| a.0 == b.0) {
            let entry = group[0].0 as u64;
            let (at, Value::Decisions(values)) = value_at(&self.conn, &self.path, entry)? else {
                return Err(misled(&self.path, entry));
            };
            for (_, place) in group {
                let value = values.get(*place as usize).ok_or_else(|| misled(&self.path, entry))?.clone();
                decisions.push(Recorded { entry, at, value });
            }
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

    /// Claims with a place inside `region`, the latest first, at most `limit`.
    pub fn claims_in(&self, region: Region, limit: usize) -> Result<Vec<Recorded<Claim>>, LedgerError> {
        let halves = if region.west <= region.east {
            vec![region]
        } else {
            vec![Region { east: 180.0, ..region }, Region { west: -180.0, ..region }]
        };
        let mut points = Vec::new();
        for half in halves {
            points.extend(self.rows(
                "SELECT id FROM claim_place WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?",
                params![half.south, half.north, half.west, half.east],
                |row| row.get::<_, i64>(0),
            )?);
        }
        let mut found: Vec<_> = points.into_iter().map(claim_of_point).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found.dedup();
        let mut claims = Vec::new();
        for reading in found.chunk_by(|a, b| a.0 == b.0) {
            let entry = reading[0].0;
            let (at, mut batch) = self.reading_at(entry)?;
            for &(_, place) in reading {
                if claims.len() == limit {
                    return Ok(claims);
                }
                // The index keeps 32-bit floats: it finds, the claim decides.
                if place >= batch.claims.len() {
                    return Err(misled(&self.path, entry));
                }
                let value = batch.claims.swap_remove(place);
                if value.act.place.iter().filter_map(|f| f.place.as_ref()).any(|p| region.holds(p.lat, p.lon))
                {
                    claims.push(Recorded { entry, at, value });
                }
            }
        }
        Ok(claims)
    }
}
