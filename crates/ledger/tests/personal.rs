//! Personal data can be erased for good, and the chain stays whole.
#![allow(clippy::disallowed_methods, reason = "the tests look at the files themselves")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{at, correction, report};
use holdfire_ledger::{Added, AsOf, Ledger, LedgerError, Mode};
use holdfire_types::{Id, IdKind, Report};

const BYLINE: &str = "By Miriam Quellenstein";
const CONTACT: &str = "reader@example.org";

fn signed() -> Report {
    Report { byline: Some(BYLINE.to_owned()), ..report(0) }
}

/// A ledger with a signed report and a correction that says how to reach its sender.
fn filled(dir: &Path) -> Ledger {
    let mut ledger = Ledger::open(dir.join("personal"), Mode::Create).unwrap();
    ledger.add_report(&signed(), at(0)).unwrap();
    ledger.add_correction(&correction(&signed().id, "It was Tuesday."), at(1)).unwrap();
    ledger
}

fn files(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir).unwrap().map(|file| file.unwrap().path()).collect()
}

fn stands_in(dir: &Path, words: &str) -> bool {
    files(dir).iter().any(|file| fs::read(file).unwrap().windows(words.len()).any(|w| w == words.as_bytes()))
}

#[test]
fn personal_data_is_read_with_its_key_and_stands_nowhere_in_the_open() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = filled(dir.path());
    assert_eq!(ledger.report(&signed().id).unwrap().unwrap().value, signed());
    let contents = ledger.contents(AsOf::Now).unwrap();
    assert_eq!(contents.reports[0].value.byline.as_deref(), Some(BYLINE));
    assert_eq!(contents.corrections[0].value.contact.as_deref(), Some(CONTACT));
    assert!(!stands_in(dir.path(), BYLINE));
    assert!(!stands_in(dir.path(), CONTACT));
}

#[test]
fn what_was_erased_is_gone_at_every_moment_and_the_chain_is_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path());
    let receipt = correction(&signed().id, "It was Tuesday.").id;
    let keys = fs::read_to_string(dir.path().join("personal.keys")).unwrap();
    assert_eq!(ledger.erase(&receipt, "desk", "the sender asked for it", at(86_400)).unwrap(), Added::New(3));
    assert_eq!(ledger.erase(&receipt, "desk", "once more", at(86_401)).unwrap(), Added::Known);
    for as_of in [AsOf::Entry(2), AsOf::Now] {
        let contents = ledger.contents(as_of).unwrap();
        assert_eq!(contents.corrections[0].value.contact.as_deref(), Some("[erased 2017-01-22]"));
        assert_eq!(contents.reports[0].value.byline.as_deref(), Some(BYLINE), "each has its own key");
    }
    let left = fs::read_to_string(dir.path().join("personal.keys")).unwrap();
    assert_eq!(left.lines().filter(|line| line.len() == 81).count(), 1);
    assert!(left.len() < keys.len());
    ledger.verify().unwrap();
}

#[test]
fn an_erasure_that_was_interrupted_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path());
    let keys = fs::read_to_string(dir.path().join("personal.keys")).unwrap();
    ledger.erase(&signed().id, "desk", "the writer asked for it", at(2)).unwrap();
    drop(ledger);
    // As if the process had been killed after the entry and before the key was destroyed.
    fs::write(dir.path().join("personal.keys"), keys).unwrap();
    let path = dir.path().join("personal");
    let erased = Ledger::open(&path, Mode::Read).unwrap().report(&signed().id).unwrap().unwrap();
    assert_eq!(erased.value.byline.as_deref(), Some("[erased 2017-01-21]"));
    Ledger::open(&path, Mode::Write).unwrap();
    let left = fs::read_to_string(dir.path().join("personal.keys")).unwrap();
    assert_eq!(left.lines().filter(|line| line.len() == 81).count(), 1);
}

#[test]
fn without_the_file_of_keys_all_else_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = filled(dir.path());
    fs::remove_file(dir.path().join("personal.keys")).unwrap();
    let report = ledger.report(&signed().id).unwrap().unwrap().value;
    assert_eq!(report.byline.as_deref(), Some("[its key is not here]"));
    assert_eq!(report.text, signed().text);
    ledger.verify().unwrap();
}

#[test]
fn only_what_is_there_can_be_erased() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path());
    let error = ledger.erase(&Id::of(IdKind::Report, &["none"]), "desk", "", at(2)).unwrap_err();
    assert!(matches!(error, LedgerError::Unknown { .. }), "{error}");
}
