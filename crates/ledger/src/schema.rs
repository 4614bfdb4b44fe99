//! The tables of the file. `entry` is the record; all others are made from it.

/// The version of the file's form, kept in `PRAGMA user_version`.
pub const VERSION: i64 = 1;

/// "HFLD", kept in `PRAGMA application_id`, so that `file` and others can tell a ledger from another database.
pub const APPLICATION_ID: i64 = 0x4846_4C44;

/// Bytes of a page. A payload is a few kilobytes; larger pages leave less unused beside it.
pub const PAGE_SIZE: u32 = 8192;

/// Entries of one run. Claims and decisions are found by ids that lie anywhere, so their tables are kept in runs of
/// entries: recording then changes pages of the last run only, and looking up asks each run.
pub const RUN: u64 = 8192;

/// The run of an entry.
pub fn run(entry: u64) -> i64 {
    (entry / RUN) as i64
}

/// Refuses to change an entry. Only an erasure takes it away for the moment of its own transaction.
pub const STAYS: &str = "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'the record is append-only: nothing is changed; record a correction');
END";

/// Makes the tables of an empty file, with [`STAYS`].
pub const CREATE: &str = "
CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  hash BLOB NOT NULL,
  payload BLOB NOT NULL
) STRICT;
CREATE TRIGGER entry_keeps BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'the record is append-only: nothing is deleted; record a correction');
END;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM entry) BEGIN
  SELECT RAISE(ABORT, 'the record is append-only: an entry follows the last');
END;

CREATE TABLE report (
  entry INTEGER PRIMARY KEY,
  id INTEGER NOT NULL,
  url TEXT,
  title TEXT,
  text_at INTEGER NOT NULL,
  slots TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX report_id ON report (id);
CREATE INDEX report_url ON report (url) WHERE url IS NOT NULL;

CREATE TABLE reading (entry INTEGER PRIMARY KEY, report INTEGER NOT NULL, superseded INTEGER) STRICT;
CREATE INDEX reading_report ON reading (report);
CREATE TABLE claim (
  run INTEGER, id INTEGER, reading INTEGER, place INTEGER, PRIMARY KEY (run, id, reading, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE told (
  run INTEGER, place INTEGER, day INTEGER, reading INTEGER, claim INTEGER, kind TEXT NOT NULL,
  PRIMARY KEY (run, place, day, reading, claim)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy (report INTEGER, entry INTEGER, PRIMARY KEY (report, entry)) STRICT, WITHOUT ROWID;
CREATE TABLE decision (
  run INTEGER, low INTEGER, high INTEGER, entry INTEGER, place INTEGER, verdict TEXT NOT NULL,
  PRIMARY KEY (run, low, high, entry, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_high ON decision (run, high);
CREATE TABLE correction (id INTEGER PRIMARY KEY, entry INTEGER NOT NULL) STRICT;
CREATE TABLE answer (correction INTEGER, entry INTEGER, PRIMARY KEY (correction, entry)) STRICT, WITHOUT ROWID;

CREATE TABLE erased (key INTEGER PRIMARY KEY, entry INTEGER NOT NULL) STRICT;
CREATE TABLE rewritten (entry INTEGER PRIMARY KEY, erasure INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE pack (hash BLOB, entry INTEGER, PRIMARY KEY (hash, entry)) STRICT, WITHOUT ROWID;

CREATE VIEW report_text AS
  SELECT report.entry, report.title, CAST(substr(entry.payload, report.text_at + 1) AS TEXT) AS body, report.slots
  FROM report JOIN entry ON entry.number = report.entry;
CREATE VIRTUAL TABLE words USING fts5 (
  title, body, slots, content = 'report_text', content_rowid = 'entry', columnsize = 0,
  tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO words (words, rank) VALUES ('automerge', 16), ('pgsz', 8000);
CREATE VIRTUAL TABLE place_point USING rtree (id, south, north, west, east, +place);
";
