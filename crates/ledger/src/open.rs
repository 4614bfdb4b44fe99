//! Opening and making a ledger file.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::chain::{self, Head};
use crate::personal::Keys;
use crate::{LedgerError, schema};

/// What a ledger is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// To read; nothing is recorded.
    Read,
    /// To read and record; the file must be there.
    Write,
    /// To read and record; the file is made where there is none.
    Create,
}

/// One ledger file, open.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) patience: Duration,
    pub(crate) keys: RefCell<Option<Keys>>,
    /// Points that the map is known to have.
    pub(crate) points: HashSet<i64>,
}

/// How long a writer waits for another where nothing else is set.
const PATIENCE: Duration = Duration::from_secs(20);

impl Ledger {
    /// Opens the ledger at `path`.
    ///
    /// Several may read and one may write at the same time, from any number of processes; a second writer waits
    /// for the first, at most 20 seconds a batch ([`Ledger::set_patience`]).
    pub fn open(path: impl AsRef<Path>, mode: Mode) -> Result<Self, LedgerError> {
        let path = path.as_ref();
        if mode != Mode::Create && !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        let failed = |e| LedgerError::from_database(path, e).waited(PATIENCE);
        let conn = connect(path, mode).map_err(failed)?;
        let mut ledger = Self {
            conn,
            path: path.to_owned(),
            patience: PATIENCE,
            keys: RefCell::default(),
            points: HashSet::new(),
        };
        match ledger.version() {
            Ok(Some(schema::VERSION)) => {}
            Ok(Some(found)) if found > schema::VERSION => {
                return Err(LedgerError::Newer { path: path.to_owned(), found, known: schema::VERSION });
            }
            Ok(None) if mode == Mode::Create => ledger.create()?,
            Ok(_) => return Err(LedgerError::NotALedger { path: path.to_owned() }),
            Err(e) => return Err(failed(e)),
        }
        if mode != Mode::Read && ledger.conn.is_readonly("main").map_err(failed)? {
            return Err(LedgerError::ReadOnly { path: path.to_owned() });
        }
        if mode != Mode::Read {
            ledger.destroy_erased_keys()?;
        }
        Ok(ledger)
    }

    /// Sets how long a batch waits for another writer before it gives up with [`LedgerError::Busy`].
    pub fn set_patience(&mut self, patience: Duration) -> Result<(), LedgerError> {
        self.conn.busy_timeout(patience).map_err(|e| LedgerError::from_database(&self.path, e))?;
        self.patience = patience;
        Ok(())
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The last entry, if there is one.
    pub fn head(&self) -> Result<Option<Head>, LedgerError> {
        chain::head(&self.conn, &self.path)
    }

    /// The file's version; `None` for an empty file, version 0 for a database of something else.
    fn version(&self) -> rusqlite::Result<Option<i64>> {
        let application: i64 = self.conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application == schema::APPLICATION_ID {
            return self.conn.pragma_query_value(None, "user_version", |row| row.get(0)).map(Some);
        }
        let tables: i64 = self.conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        Ok((application != 0 || tables != 0).then_some(0))
    }

    /// Makes the tables of an empty file, unless another process has just done so.
    fn create(&mut self) -> Result<(), LedgerError> {
        let path = self.path.clone();
        let patience = self.patience;
        let failed = |e| LedgerError::from_database(&path, e).waited(patience);
        self.conn.pragma_update(None, "page_size", schema::PAGE_SIZE).map_err(failed)?;
        // SQLite does not wait for others when it changes the kind of journal, so we do.
        let until = Instant::now() + patience;
        while let Err(e) = self.conn.pragma_update(None, "journal_mode", "wal") {
            if e.sqlite_error_code() != Some(ErrorCode::DatabaseBusy) || Instant::now() >= until {
                return Err(failed(e));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let tx =
            self.conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).map_err(failed)?;
        let tables: i64 =
            tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
        if tables == 0 {
            tx.execute_batch(schema::CREATE).map_err(failed)?;
            tx.execute_batch(schema::STAYS).map_err(failed)?;
            tx.pragma_update(None, "application_id", schema::APPLICATION_ID).map_err(failed)?;
            tx.pragma_update(None, "user_version", schema::VERSION).map_err(failed)?;
        }
        tx.commit().map_err(failed)
    }
}

const SHARED: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX.union(OpenFlags::SQLITE_OPEN_EXRESCODE);

pub(crate) fn connect(path: &Path, mode: Mode) -> rusqlite::Result<Connection> {
    let access = match mode {
        // Who only reads may still have to take over the log that a killed process left, and to clear up behind it.
        // SQLite opens a file that may not be written for reading.
        Mode::Read | Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let conn = Connection::open_with_flags(path, access | SHARED)?;
    match prepare(&conn, mode) {
        // A ledger on a medium that cannot be written has no room for the file that readers share;
        // with no writer about and nothing left to be taken over, it can be read as it stands.
        Err(e) if mode == Mode::Read && no_room(&e) && !log_left(path) => {
            let conn = Connection::open_with_flags(
                format!("file:{}?immutable=1", percent_encoded(path)),
                OpenFlags::SQLITE_OPEN_READ_ONLY | SHARED | OpenFlags::SQLITE_OPEN_URI,
            )?;
            prepare(&conn, mode)?;
            Ok(conn)
        }
        other => other.map(|()| conn),
    }
}

/// Settings of every connection. The file may come from a stranger: its schema is not trusted, pages are checked as
/// they are read, and the shadow tables of the indexes cannot be written by hand.
fn prepare(conn: &Connection, mode: Mode) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    // An acknowledged entry has reached the disk.
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "cache_size", -131_072)?;
    // Pages of the indexes change in many batches: taking the log over less often writes each of them less often.
    conn.pragma_update(None, "wal_autocheckpoint", 8192)?;
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.pragma_update(None, "query_only", mode == Mode::Read)?;
    conn.set_prepared_statement_cache_capacity(64);
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// True when a file beside the ledger could not be made.
fn no_room(e: &rusqlite::Error) -> bool {
    matches!(e.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly))
}

/// True when a log stands beside the ledger that holds something.
fn log_left(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    Path::new(&name).metadata().is_ok_and(|log| log.len() > 0)
}

/// A path as it may stand in a `file:` address.
fn percent_encoded(path: &Path) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.~".contains(&b);
    let bytes = path.as_os_str().as_encoded_bytes();
    bytes.iter().map(|&b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
