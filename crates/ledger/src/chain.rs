//! Entries and the chain of hashes that holds them together.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::LedgerError;
use crate::contents::{Value, value};

/// What an entry records. The numbers stand in the file and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// A report.
    Report,
    /// The claims that one reader found in one report.
    Claims,
    /// A report that repeats an earlier one.
    Copy,
    /// Link decisions made together.
    Decisions,
    /// A correction received.
    Correction,
    /// The answer to a correction.
    Answer,
    /// A moment before that of the last entry was given: the clock was set back.
    ClockBack,
    /// Personal data was erased.
    Erasure,
    /// A pack that readings from here on were made with.
    Pack,
}

impl EntryKind {
    /// Every kind with the number that stands for it in the file.
    pub const ALL: [(Self, i64); 9] = [
        (Self::Report, 1),
        (Self::Claims, 2),
        (Self::Copy, 3),
        (Self::Decisions, 4),
        (Self::Correction, 5),
        (Self::Answer, 6),
        (Self::ClockBack, 7),
        (Self::Erasure, 8),
        (Self::Pack, 9),
    ];

    /// The number in the file.
    pub fn number(self) -> i64 {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or(0, |(_, number)| *number)
    }

    /// The kind of a number.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.iter().find(|(_, n)| *n == number).map(|(kind, _)| *kind)
    }
}

/// The last entry: whoever keeps this line can later tell whether anything up to it was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Number of the entry.
    pub entry: u64,
    /// When it was recorded, UTC, to the microsecond.
    pub at: Timestamp,
    /// Its hash (BLAKE3), which covers every entry before it.
    pub hash: [u8; 32],
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "holdfire ledger, entry {} of {}, {}",
            self.entry,
            self.at,
            blake3::Hash::from(self.hash).to_hex()
        )
    }
}

impl std::str::FromStr for Head {
    type Err = String;

    /// Reads the line that [`Head`] is written as.
    fn from_str(line: &str) -> Result<Self, String> {
        let read = || {
            let rest = line.trim().strip_prefix("holdfire ledger, entry ")?;
            let (entry, rest) = rest.split_once(" of ")?;
            let (at, hash) = rest.split_once(", ")?;
            let hash = *blake3::Hash::from_hex(hash).ok()?.as_bytes();
            Some(Self { entry: entry.parse().ok()?, at: at.parse().ok()?, hash })
        };
        read().ok_or_else(|| {
            format!("`{}` is no head of a ledger; it begins with `holdfire ledger, entry`", line.trim())
        })
    }
}

/// One entry as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub number: u64,
    /// Microseconds since 1970-01-01T00:00:00Z.
    pub micros: i64,
    pub kind: i64,
    pub hash: [u8; 32],
    /// [`SALT`] bytes drawn by chance, then the content.
    pub payload: Vec<u8>,
}

/// Bytes of chance before each content. Without them a word that was erased could be guessed: whoever tries every name
/// would know by the hash which one stood there.
pub const SALT: usize = 16;

/// What the first entry follows.
pub const ORIGIN: [u8; 32] = [0; 32];

const CONTEXT: &str = "holdfire 2026-11-25 ledger entry version 1";

/// The hash of an entry that follows `before`.
pub fn hash(before: &[u8; 32], number: u64, micros: i64, kind: i64, payload: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    hasher.update(before);
    hasher.update(&number.to_le_bytes());
    hasher.update(&micros.to_le_bytes());
    hasher.update(&kind.to_le_bytes());
    hasher.update(&(payload.len() as u64).to_le_bytes());
    hasher.update(payload);
    *hasher.finalize().as_bytes()
}

impl Entry {
    /// Reads the columns number, at, kind, hash and payload.
    pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: row.get::<_, i64>(0)? as u64,
            micros: row.get(1)?,
            kind: row.get(2)?,
            hash: row.get(3)?,
            payload: row.get(4)?,
        })
    }

    /// True when the hash is that of this entry after `before`.
    pub fn follows(&self, before: &[u8; 32]) -> bool {
        self.hash == hash(before, self.number, self.micros, self.kind, &self.payload)
    }

    /// What is recorded, in the canonical form.
    pub fn content(&self) -> &[u8] {
        self.payload.get(SALT..).unwrap_or_default()
    }

    /// The hash of what stands here now, by which an erasure vouches for it; it covers the entry's own hash too.
    pub fn vouched(&self) -> [u8; 32] {
        hash(&self.hash, self.number, self.micros, self.kind, &self.payload)
    }

    /// True when this is the entry that was recorded after `before`, or what an erasure left of it.
    pub fn whole(&self, before: &[u8; 32], conn: &Connection, path: &Path) -> Result<bool, LedgerError> {
        if self.follows(before) {
            return Ok(true);
        }
        let found = conn
            .prepare_cached("SELECT erasure FROM rewritten WHERE entry = ?")
            .and_then(|mut query| {
                query.query_row([self.number as i64], |row| row.get::<_, i64>(0)).optional()
            })
            .map_err(|e| LedgerError::from_database(path, e))?;
        // An erasure is never rewritten itself, so this goes one step down.
        let Some(erasure) = found.filter(|_| self.kind != EntryKind::Erasure.number()) else {
            return Ok(false);
        };
        let erasure = entry(conn, path, erasure as u64)?;
        let listed = match value(erasure.kind, erasure.content()) {
            Ok(Value::Erasure(erasure)) => erasure.rewritten,
            _ => return Ok(false),
        };
        Ok(listed.contains(&(self.number, self.vouched())))
    }

    pub fn at(&self, path: &Path) -> Result<Timestamp, LedgerError> {
        moment(path, self.number, self.micros)
    }
}

fn moment(path: &Path, number: u64, micros: i64) -> Result<Timestamp, LedgerError> {
    Timestamp::from_microsecond(micros)
        .map_err(|_| LedgerError::damaged(path, format!("entry {number}"), "it has no moment that exists"))
}

/// The last entry, if there is one.
pub fn head(conn: &Connection, path: &Path) -> Result<Option<Head>, LedgerError> {
    let last = conn
        .prepare_cached("SELECT number, at, hash FROM entry ORDER BY number DESC LIMIT 1")
        .and_then(|mut query| {
            query
                .query_row([], |row| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)?, row.get(2)?)))
                .optional()
        })
        .map_err(|e| LedgerError::from_database(path, e))?;
    last.map(|(entry, micros, hash)| Ok(Head { entry, at: moment(path, entry, micros)?, hash })).transpose()
}

/// Entry `number`, checked against the hash of the one before.
pub fn entry(conn: &Connection, path: &Path, number: u64) -> Result<Entry, LedgerError> {
    let read = || -> rusqlite::Result<Option<(Entry, [u8; 32])>> {
        let before = if number <= 1 {
            Some(ORIGIN)
        } else {
            conn.prepare_cached("SELECT hash FROM entry WHERE number = ?")?
                .query_row([number as i64 - 1], |row| row.get(0))
                .optional()?
        };
        let entry = conn
            .prepare_cached("SELECT number, at, kind, hash, payload FROM entry WHERE number = ?")?
            .query_row([number as i64], Entry::from_row)
            .optional()?;
        Ok(entry.zip(before))
    };
    let found = read().map_err(|e| LedgerError::from_database(path, e))?;
    let at = || format!("entry {number}");
    let (entry, before) = found.ok_or_else(|| LedgerError::damaged(path, at(), "it is missing"))?;
    if entry.whole(&before, conn, path)? { Ok(entry) } else { Err(LedgerError::damaged(path, at(), BROKEN)) }
}

/// What is said of an entry whose hash is not the hash of what stands there.
pub const BROKEN: &str = "it does not have the hash recorded with it: it was changed";
