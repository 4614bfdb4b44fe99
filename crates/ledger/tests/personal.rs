//! Personal data can be erased for good, and the chain stays whole.
#![allow(clippy::disallowed_methods, reason = "the tests look at the files themselves")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{at, correction, report};
use holdfire_ledger::{Added, AsOf, Ledger, LedgerError, Mode};
use holdfire_types::{Claim, Decision, Filler, Id, IdKind, Report, Span};

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
    assert_eq!(
        ledger.erase(&receipt, &[], "desk", "the sender asked for it", at(86_400)).unwrap(),
        Added::New(3)
    );
    assert_eq!(ledger.erase(&receipt, &[], "desk", "once more", at(86_401)).unwrap(), Added::Known);
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

/// A report that names its writer and a witness in text, title, claims and links, read twice, and an objection.
fn naming(dir: &Path) -> (Ledger, Report) {
    let mut report = Report::new(
        "naming",
        "Miriam Quellenstein reports from Homs. Shells fell on Homs, said Anton Zeugmann, a baker. Rebels fired, ANTON \
         ZEUGMANN'S brother said.",
    );
    report.title = Some("Anton Zeugmann saw the shells".to_owned());
    report.url = Some("https://news.example/anton-zeugmann-saw-it".to_owned());
    report.byline = Some(BYLINE.to_owned());
    report.seal();
    let mut read: Vec<_> = common::claims(&common::report(0), 1);
    let mut start = 0;
    read.truncate(2);
    for (claim, sentence) in read.iter_mut().zip(report.text.split_inclusive(". ").skip(1)) {
        start = report.text[start..].find(sentence).unwrap() + start;
        claim.report = report.id.clone();
        claim.span = Span::new(start, start + sentence.trim_end().len());
        let last = Span::new(claim.span.end as usize - 5, claim.span.end as usize);
        (claim.anchor, claim.stance_span, claim.act.days_span) = (last, Some(last), None);
        claim.source = Filler::new("Anton Zeugmann", last, "subject");
        claim.via.clear();
        claim.act.figures.clear();
        (claim.act.actor, claim.act.target) = (vec![claim.source.clone()], Vec::new());
        claim.act.place = vec![Filler::new("the house of Anton Zeugmann", last, "in")];
        claim.id =
            Claim::make_id(&report.id, claim.span, last, claim.act.kind, claim.stance, "Anton Zeugmann");
    }
    let mut ledger = Ledger::open(dir.join("naming"), Mode::Create).unwrap();
    ledger.add_report(&report, at(0)).unwrap();
    ledger.add_claims(&report.id, "reader 1", &read[..1], at(1)).unwrap();
    ledger.add_claims(&report.id, "reader 2", &read, at(2)).unwrap();
    let mut link = common::decision(&read[0], &read[1], Decision::Same, "linker 1");
    link.evidence_for = vec!["same actor: Anton Zeugmann".to_owned()];
    ledger.add_decision(&link, at(3)).unwrap();
    ledger.add_correction(&correction(&read[0].id, "Anton Zeugmann was not there."), at(4)).unwrap();
    (ledger, report)
}

#[test]
fn words_that_name_a_person_are_gone_from_all_that_tells_of_a_report() {
    let dir = tempfile::tempdir().unwrap();
    let (mut ledger, report) = naming(dir.path());
    let kept = ledger.head().unwrap().unwrap();
    let words = ["Anton Zeugmann".to_owned()];
    assert_eq!(
        ledger.erase(&report.id, &words, "desk", "he is in danger", at(86_400)).unwrap(),
        Added::New(6)
    );
    for as_of in [AsOf::Entry(2), AsOf::Entry(5), AsOf::Now] {
        let contents = ledger.contents(as_of).unwrap();
        let (told, claim) = (&contents.reports[0].value, &contents.claims[0].value);
        assert_eq!(
            told.text,
            "[erased 2017-01-22] reports from Homs. Shells fell on Homs, said [erased 2017-01-22], a baker. Rebels \
             fired, [erased 2017-01-22]'S brother said."
        );
        assert_eq!(told.title.as_deref(), Some("[erased 2017-01-22] saw the shells"));
        assert_eq!(told.byline.as_deref(), Some("[erased 2017-01-22]"));
        assert_eq!(told.id, report.id);
        assert_eq!(claim.quote(&told.text), "Shells fell on Homs, said [erased 2017-01-22], a baker.");
        assert_eq!(claim.anchor.of(&told.text), "aker.");
        assert_eq!(claim.source.name, "[erased 2017-01-22]");
    }
    assert_eq!(
        ledger.contents(AsOf::Now).unwrap().decisions[0].value.evidence_for,
        ["same actor: [erased 2017-01-22]"]
    );
    assert_eq!(ledger.search("zeugmann", 10).unwrap().reports, []);
    assert_eq!(ledger.search("baker", 10).unwrap().claims.len(), 1);
    let verified = ledger.verify().unwrap();
    assert_eq!(verified.rewritten, 5, "the report, two readings, the decision and the correction");
    ledger.check_head(&kept).unwrap();
    assert_eq!(ledger.add_report(&report, at(86_500)).unwrap(), Added::Known, "it does not come back");
    drop(ledger);
    for words in ["Zeugmann", "zeugmann", "ZEUGMANN", "Quellenstein", "quellenstein"] {
        assert!(!stands_in(dir.path(), words), "{words}");
    }
}

#[test]
fn what_an_erasure_left_cannot_be_changed_and_nothing_else_can_be_passed_off_as_erased() {
    let dir = tempfile::tempdir().unwrap();
    let (mut ledger, report) = naming(dir.path());
    ledger.erase(&report.id, &["Anton Zeugmann".to_owned()], "desk", "", at(9)).unwrap();
    let path = ledger.path().to_owned();
    drop(ledger);
    for (sql, named) in [
        (
            "UPDATE entry SET payload = CAST(replace(payload, 'Homs', 'Hama') AS BLOB) WHERE number = 1",
            "entry 1",
        ),
        ("UPDATE entry SET at = at + 1 WHERE number = 1", "entry 1"),
        ("DELETE FROM rewritten WHERE entry = 1", "entry 1"),
        ("UPDATE entry SET payload = zeroblob(99) WHERE number = 6", "entry 6"),
    ] {
        let copy = dir.path().join("copy");
        fs::copy(&path, &copy).unwrap();
        let conn = rusqlite::Connection::open(&copy).unwrap();
        conn.execute_batch(&format!("DROP TRIGGER entry_stays; {sql}")).unwrap();
        drop(conn);
        let error = Ledger::open(&copy, Mode::Write).and_then(|ledger| ledger.verify()).unwrap_err();
        let LedgerError::Damaged { problems, .. } = &error else { panic!("{sql}: {error}") };
        assert!(problems.iter().any(|p| p.at == named), "{sql}: {problems:?}");
    }
}

#[test]
fn an_erasure_that_was_interrupted_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path());
    let keys = fs::read_to_string(dir.path().join("personal.keys")).unwrap();
    ledger.erase(&signed().id, &[], "desk", "the writer asked for it", at(2)).unwrap();
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
    let error = ledger.erase(&Id::of(IdKind::Report, &["none"]), &[], "desk", "", at(2)).unwrap_err();
    assert!(matches!(error, LedgerError::Unknown { .. }), "{error}");
}
