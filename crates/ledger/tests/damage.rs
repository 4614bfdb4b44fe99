//! Whoever changes the file is found out, and whoever opens the wrong file is told.
#![allow(clippy::disallowed_methods, reason = "the tests change the file behind the ledger's back")]

mod common;

use std::fs;
use std::path::Path;

use common::{Dice, at, claims, correction, decision, filled, report};
use holdfire_ledger::{AsOf, Ledger, LedgerError, Mode};
use holdfire_types::{Contents, Decision};
use rusqlite::Connection;

/// A ledger with something of every kind, closed.
fn sample_of(dir: &Path, reports: usize) -> std::path::PathBuf {
    let mut ledger = filled(dir, reports);
    let (a, b) = (claims(&report(0), 1), claims(&report(1), 1));
    ledger.add_decision(&decision(&a[0], &b[0], Decision::Same, "linker 1"), at(200)).unwrap();
    ledger.add_claims(&report(2).id, "reader 2", &claims(&report(2), 2), at(201)).unwrap();
    ledger.add_correction(&correction(&report(3).id, "No."), at(202)).unwrap();
    ledger.path().to_owned()
}

fn sample(dir: &Path) -> std::path::PathBuf {
    sample_of(dir, 12)
}

fn dump(path: &Path) -> Result<Contents, LedgerError> {
    Ledger::open(path, Mode::Read)?.contents(AsOf::Now)
}

/// What is found when the file is opened and verified.
fn found(path: &Path) -> Option<LedgerError> {
    Ledger::open(path, Mode::Write).and_then(|ledger| ledger.verify()).err()
}

#[test]
fn a_changed_byte_is_found_or_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = sample_of(dir.path(), 150);
    let (bytes, before) = (fs::read(&path).unwrap(), dump(&path).unwrap());
    let changed = dir.path().join("changed.holdfire");
    fs::copy(dir.path().join("sample.holdfire.keys"), dir.path().join("changed.holdfire.keys")).unwrap();
    let mut dice = Dice(5);
    let mut caught = 0;
    for _ in 0..60 {
        let (at, bit) = (dice.roll(bytes.len()), 1 << dice.roll(8));
        let mut copy = bytes.clone();
        copy[at] ^= bit;
        fs::write(&changed, copy).unwrap();
        match found(&changed) {
            Some(error) => {
                caught += 1;
                assert!(error.to_string().contains("changed.holdfire"), "{error}");
            }
            None => {
                assert!(dump(&changed).unwrap() == before, "byte {at}, bit {bit} changed the record unseen");
            }
        }
    }
    assert!(caught > 20, "only {caught} of 60 changes were found");
}

#[test]
fn a_changed_entry_is_named_and_never_shown() {
    let dir = tempfile::tempdir().unwrap();
    let path = sample(dir.path());
    let mut bytes = fs::read(&path).unwrap();
    let needle = b"Report 4. ";
    // Pages that were split keep unused copies of what they held, so there may be more than one.
    let places: Vec<_> = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(needle)).collect();
    for at in places {
        bytes[at] = b'r';
    }
    fs::write(&path, bytes).unwrap();
    let error = found(&path).unwrap().to_string();
    assert!(error.contains("entry 9"), "{error}");
    let ledger = Ledger::open(&path, Mode::Read).unwrap();
    assert!(matches!(ledger.contents(AsOf::Now), Err(LedgerError::Damaged { .. })));
    assert!(matches!(ledger.report(&report(4).id), Err(LedgerError::Damaged { .. })));
    assert!(ledger.report(&report(5).id).unwrap().is_some());
}

#[test]
fn nothing_is_changed_deleted_or_put_between() {
    let dir = tempfile::tempdir().unwrap();
    let conn = Connection::open(sample(dir.path())).unwrap();
    for sql in [
        "UPDATE entry SET at = 0 WHERE number = 3",
        "DELETE FROM entry WHERE number = 3",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT number, 0, kind, hash, payload FROM entry WHERE number = 3",
        "INSERT INTO entry SELECT number + 1000, at, kind, hash, payload FROM entry WHERE number = 3",
    ] {
        let refused = conn.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
}

#[test]
fn who_takes_the_guards_away_is_found_out() {
    let changes = [
        ("DROP TRIGGER entry_stays", "trigger entry_stays"),
        ("DROP TRIGGER entry_stays; UPDATE entry SET at = at + 1 WHERE number = 3", "entry 3"),
        ("DROP TRIGGER entry_keeps; DELETE FROM entry WHERE number = 3", "entry 3"),
        ("CREATE TABLE extra (x)", "table extra"),
        ("UPDATE report SET title = 'Another' WHERE entry = 3", "table report, entry 3"),
        ("UPDATE report SET slots = 'another' WHERE entry = 3", "table report, slots"),
        ("DELETE FROM claim WHERE reading = 4", "table claim"),
        ("UPDATE reading SET superseded = NULL", "table reading"),
        ("DELETE FROM correction", "table correction"),
        ("UPDATE decision SET verdict = 'different'", "table decision"),
        ("UPDATE told SET day = day + 1", "table told"),
        ("DELETE FROM place_point", "index place_point"),
        ("INSERT INTO rewritten VALUES (3, 4, zeroblob(32))", "table rewritten"),
        ("INSERT INTO pack VALUES (zeroblob(32), 4)", "table pack"),
        ("INSERT INTO words (words) VALUES ('delete-all')", "index words"),
        ("INSERT INTO words (rowid, title, body, slots) VALUES (1, 'Another', '', '')", "index words"),
    ];
    for (sql, named) in changes {
        let dir = tempfile::tempdir().unwrap();
        let path = sample(dir.path());
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let error = found(&path).unwrap_or_else(|| panic!("{sql} was not found"));
        let LedgerError::Damaged { problems, .. } = &error else { panic!("{sql}: {error}") };
        assert!(problems.iter().any(|p| p.at == named), "{sql}: {problems:?}");
    }
}

#[test]
fn a_shortened_file_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = sample(dir.path());
    let bytes = fs::read(&path).unwrap();
    for length in [bytes.len() - 1, bytes.len() - 8192, bytes.len() / 2, 100, 50] {
        fs::write(&path, &bytes[..length]).unwrap();
        assert!(found(&path).is_some(), "{length} of {} bytes passed as whole", bytes.len());
    }
}

#[test]
fn other_files_are_no_ledgers() {
    let dir = tempfile::tempdir().unwrap();
    let (text, other, empty) =
        (dir.path().join("a.txt"), dir.path().join("b.sqlite"), dir.path().join("empty"));
    fs::write(&text, "The convoy reached al-Waer. ".repeat(200)).unwrap();
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    fs::write(&empty, "").unwrap();
    for (path, mode) in [
        (&text, Mode::Read),
        (&text, Mode::Create),
        (&other, Mode::Write),
        (&other, Mode::Create),
        (&empty, Mode::Read),
    ] {
        let error = Ledger::open(path, mode).unwrap_err();
        assert!(matches!(error, LedgerError::NotALedger { .. }), "{error}");
    }
    let missing = Ledger::open(dir.path().join("none"), Mode::Write).unwrap_err();
    assert!(matches!(missing, LedgerError::Missing { .. }), "{missing}");
    assert!(!dir.path().join("none").exists());
    Ledger::open(&empty, Mode::Create).unwrap().verify().unwrap();
}

#[test]
fn a_ledger_of_a_newer_version_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = sample(dir.path());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    for mode in [Mode::Read, Mode::Write, Mode::Create] {
        let error = Ledger::open(&path, mode).unwrap_err();
        assert!(matches!(error, LedgerError::Newer { found: 2, known: 1, .. }), "{error}");
        assert!(error.to_string().contains("use a newer holdfire"), "{error}");
    }
}
