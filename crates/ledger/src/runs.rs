//! Rows that are kept in runs of entries, looked up run by run, the latest first.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension as _, Params, Row};

use crate::LedgerError;

/// A row of the table of decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionRow {
    pub low: i64,
    pub high: i64,
    pub entry: u64,
    pub place: usize,
    pub same: bool,
}

/// Runs counted down from that of the last entry, put before a query on each of them.
const RUNS: &str = "WITH RECURSIVE runs (n) AS (
  SELECT (SELECT max(number) FROM entry) / 8192 UNION ALL SELECT n - 1 FROM runs WHERE n > 0
) ";

fn all<T>(
    conn: &Connection,
    path: &Path,
    query: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, LedgerError> {
    let run = || {
        conn.prepare_cached(&format!("{RUNS}{query}"))?
            .query_map(params, read)?
            .collect::<rusqlite::Result<Vec<_>>>()
    };
    run().map_err(|e| LedgerError::from_database(path, e))
}

/// The latest reading that has a claim.
pub fn reading_of(conn: &Connection, path: &Path, claim: i64) -> Result<Option<u64>, LedgerError> {
    let readings = readings_of(conn, path, claim, i64::MAX as u64)?;
    Ok(readings.into_iter().map(|(reading, _)| reading).max())
}

/// True when some reading has a claim.
pub fn holds(conn: &Connection, path: &Path, claim: i64) -> Result<bool, LedgerError> {
    let query = "SELECT 1 FROM runs CROSS JOIN claim ON run = n AND id = ? LIMIT 1";
    Ok(!all(conn, path, query, [claim], |_| Ok(()))?.is_empty())
}

/// Every reading that has a claim up to an entry, with the claim's place in it.
pub fn readings_of(
    conn: &Connection,
    path: &Path,
    claim: i64,
    last: u64,
) -> Result<Vec<(u64, usize)>, LedgerError> {
    let query = "SELECT reading, place FROM runs CROSS JOIN claim ON run = n AND id = ? WHERE reading <= ?";
    all(conn, path, query, [claim, last as i64], |row| {
        Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as usize))
    })
}

/// Entry and place of the latest decision on a pair.
pub fn last_decision(
    conn: &Connection,
    path: &Path,
    low: i64,
    high: i64,
) -> Result<Option<(u64, usize)>, LedgerError> {
    let query = format!(
        "{RUNS}SELECT entry, decision.place FROM runs CROSS JOIN decision ON run = n AND low = ? AND high = ?
         ORDER BY n DESC, entry DESC, decision.place DESC LIMIT 1"
    );
    let run = || {
        conn.prepare_cached(&query)?
            .query_row([low, high], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as usize)))
            .optional()
    };
    run().map_err(|e| LedgerError::from_database(path, e))
}

/// The rows of every decision that names a claim.
pub fn decisions_of(conn: &Connection, path: &Path, claim: i64) -> Result<Vec<DecisionRow>, LedgerError> {
    let read = |row: &Row<'_>| {
        Ok(DecisionRow {
            low: row.get(0)?,
            high: row.get(1)?,
            entry: row.get::<_, i64>(2)? as u64,
            place: row.get::<_, i64>(3)? as usize,
            same: row.get_ref(4)?.as_str()? == "same",
        })
    };
    let columns = "SELECT low, high, entry, place, verdict FROM runs CROSS JOIN decision";
    let mut rows = all(conn, path, &format!("{columns} ON run = n AND low = ?"), [claim], read)?;
    // SQLite would rather read the whole run.
    let by_high = format!("{columns} INDEXED BY decision_high ON run = n AND high = ?");
    rows.extend(all(conn, path, &by_high, [claim], read)?);
    Ok(rows)
}

/// A claim told of a place, as the table has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ToldRow {
    pub day: i64,
    pub reading: u64,
    pub claim: usize,
}

/// The claims told of a place on some days up to an entry, in the order of days and of recording. `kinds` are kinds of
/// act in written form between commas; empty for all.
pub fn told(
    conn: &Connection,
    path: &Path,
    place: i64,
    days: (i64, i64),
    kinds: &str,
    last: u64,
) -> Result<Vec<ToldRow>, LedgerError> {
    let query = "SELECT day, reading, claim FROM runs CROSS JOIN told
                 ON run = n AND told.place = ?1 AND day BETWEEN ?2 AND ?3
                 WHERE reading <= ?4 AND (?5 = '' OR instr(?5, ',' || kind || ',') > 0)";
    let params = rusqlite::params![place, days.0, days.1, last as i64, kinds];
    let mut rows = all(conn, path, query, params, |row| {
        Ok(ToldRow {
            day: row.get(0)?,
            reading: row.get::<_, i64>(1)? as u64,
            claim: row.get::<_, i64>(2)? as usize,
        })
    })?;
    rows.sort_unstable();
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;

    #[test]
    fn the_runs_of_queries_are_those_of_the_schema() {
        assert!(RUNS.contains(&format!("/ {} ", schema::RUN)));
    }
}
