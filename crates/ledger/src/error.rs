//! What can go wrong with a ledger, told with the file and what to do.

use std::path::{Path, PathBuf};
use std::time::Duration;

use holdfire_types::{Id, Problem};
use rusqlite::{ErrorCode, ffi};

/// Why a ledger could not be opened, read or written. Nothing is half-recorded when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no such file.
    #[error("{path}: there is no ledger here; record reports into it first, or name another with --ledger")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: this is not a holdfire ledger; name another file with --ledger")]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// A later program wrote it.
    #[error(
        "{path}: the ledger is of version {found}, this program knows version {known}; use a newer holdfire"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// It may only be read.
    #[error(
        "{path}: the ledger is read-only; nothing was recorded: open it for writing or give write permission"
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another program is writing.
    #[error(
        "{path}: another program has been recording into this ledger for over {waited:?}; nothing was recorded: \
         try again when it is done"
    )]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// The disk took no more.
    #[error(
        "{path}: the disk is full or refuses to write; the entries acknowledged before are safe and this batch was not recorded: make room and record again ({detail})"
    )]
    Full {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// Bytes of the file were changed, or lost.
    #[error(
        "{path}: the ledger is damaged: {}; restore it from a copy, keep this file as evidence",
        told(problems)
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Each thing found, with the entry or table it is in.
        problems: Vec<Problem>,
    },
    /// A thing was to be recorded about something that the ledger does not hold.
    #[error("{path}: {id} is not in the ledger; record it first")]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What is missing.
        id: Id,
    },
    /// A claim whose evidence does not stand in its report.
    #[error(
        "{path}: claim {claim} points to bytes {start}..{end}, which are no text of report {report}; it was not recorded"
    )]
    NoEvidence {
        /// The file.
        path: PathBuf,
        /// The claim.
        claim: Id,
        /// Its report.
        report: Id,
        /// First byte of its span.
        start: u32,
        /// One past the last byte.
        end: u32,
    },
    /// A step of the batch had failed before.
    #[error("{path}: a step of this batch failed, so nothing of the batch was recorded; record it again")]
    Broken {
        /// The file.
        path: PathBuf,
    },
    /// The file of keys beside the ledger, which lock up personal data, could not be read or written.
    #[error(
        "{path}: the keys of personal data could not be used ({detail}); put the file back beside its ledger"
    )]
    Keys {
        /// The file of keys.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// The file beside the ledger with the key that signs its heads could not be read or made.
    #[error(
        "{path}: the key that signs heads could not be used ({detail}); put the file back, or take it away and a new \
         one is made"
    )]
    Signer {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// Words were erased, and another program keeps them in the log.
    #[error(
        "{path}: the words are erased, but another program reads this ledger, so that they still stand in the log \
         beside it; end that program and erase once more"
    )]
    InLog {
        /// The file.
        path: PathBuf,
    },
    /// The system gave no bytes of chance.
    #[error("{path}: the system gives no random numbers, so nothing was recorded ({detail}); try again")]
    NoChance {
        /// The file.
        path: PathBuf,
        /// What the system said.
        detail: String,
    },
    /// Anything else that the database reports.
    #[error("{path}: the ledger could not be used: {source}")]
    Database {
        /// The file.
        path: PathBuf,
        /// What the database said.
        source: rusqlite::Error,
    },
}

fn told(problems: &[Problem]) -> String {
    let first: Vec<_> = problems.iter().take(3).map(|p| format!("{}: {}", p.at, p.what)).collect();
    let more = problems.len().saturating_sub(3);
    if more == 0 { first.join("; ") } else { format!("{}; and {more} more", first.join("; ")) }
}

fn extended_code(source: &rusqlite::Error) -> Option<i32> {
    source.sqlite_error().map(|e| e.extended_code)
}

fn refused_to_write(source: &rusqlite::Error) -> bool {
    use ffi::{SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE};
    let writes = [SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_SHMSIZE];
    extended_code(source).is_some_and(|code| writes.contains(&code))
}

impl LedgerError {
    /// Puts what the database said into this crate's terms.
    pub(crate) fn from_database(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Busy { path, waited: Duration::ZERO }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path, detail: source.to_string() },
            Some(ErrorCode::SystemIoFailure) if refused_to_write(&source) => {
                Self::Full { path, detail: source.to_string() }
            }
            Some(ErrorCode::SystemIoFailure)
                if extended_code(&source) == Some(ffi::SQLITE_IOERR_SHORT_READ) =>
            {
                Self::damaged(&path, "the file", "it ends before it should")
            }
            Some(ErrorCode::NotADatabase) => Self::NotALedger { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::damaged(&path, "the file", source.to_string()),
            _ => Self::Database { path, source },
        }
    }

    /// Says how long was waited for another writer, where that is what went wrong.
    pub(crate) fn waited(self, patience: Duration) -> Self {
        match self {
            Self::Busy { path, .. } => Self::Busy { path, waited: patience },
            other => other,
        }
    }

    pub(crate) fn keys(ledger: &Path, source: &std::io::Error) -> Self {
        Self::Keys { path: crate::personal::keys_path(ledger), detail: source.to_string() }
    }

    pub(crate) fn no_chance(ledger: &Path, source: &std::io::Error) -> Self {
        Self::NoChance { path: ledger.to_owned(), detail: source.to_string() }
    }

    pub(crate) fn damaged(path: &Path, at: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), problems: vec![damage(at, what)] }
    }
}

/// One thing found damaged.
pub(crate) fn damage(at: impl Into<String>, what: impl Into<String>) -> Problem {
    Problem::new(at, what, "restore the ledger from a copy and keep the damaged file as evidence")
}
