//! The pages of the file and its index of words, by the database's own checks.

use std::path::Path;

use holdfire_types::Problem;
use rusqlite::Connection;

use crate::error::damage;
use crate::open::connect;
use crate::{LedgerError, Mode};

/// What is not whole, and whether the words of the index could be compared with the texts.
pub fn check(path: &Path) -> Result<(Vec<Problem>, bool), LedgerError> {
    let problems = match connect(path, Mode::Read).and_then(|conn| pages(&conn)) {
        Ok(problems) => problems,
        Err(e) => vec![damage("the file's pages", e.to_string())],
    };
    if problems.is_empty() { words(path) } else { Ok((problems, false)) }
}

/// Pages, rows, indexes and the structure of the indexes of words and places.
fn pages(conn: &Connection) -> rusqlite::Result<Vec<Problem>> {
    let mut query = conn.prepare("PRAGMA integrity_check(20)")?;
    let told = query.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(told.into_iter().filter(|line| line != "ok").map(|line| damage("the file's pages", line)).collect())
}

/// Compares the words of the index with the texts. That needs a file that may be written, although nothing is.
fn words(path: &Path) -> Result<(Vec<Problem>, bool), LedgerError> {
    let Ok(conn) = connect(path, Mode::Write) else { return Ok((Vec::new(), false)) };
    if conn.is_readonly("main").unwrap_or(true) {
        return Ok((Vec::new(), false));
    }
    let checked = conn.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)", []);
    match checked.map_err(|e| LedgerError::from_database(path, e)) {
        Ok(_) => Ok((Vec::new(), true)),
        Err(LedgerError::Damaged { .. }) => {
            Ok((vec![damage("index words", "its words are not those of the texts")], true))
        }
        Err(other) => Err(other),
    }
}
