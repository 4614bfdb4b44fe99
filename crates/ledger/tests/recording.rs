//! What recording does, and what it refuses.
#![allow(clippy::disallowed_methods, reason = "a test looks at the folder")]

mod common;

use common::{at, claims, correction, decision, filled, report};
use holdfire_ledger::{Added, AsOf, Ledger, LedgerError, Mode};
use holdfire_types::{CopyOf, CorrectionAnswer, Decision, Id, IdKind};

#[test]
fn what_goes_in_comes_out() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = filled(dir.path(), 20);
    let contents = ledger.contents(AsOf::Now).unwrap();
    assert_eq!(contents.reports.len(), 20);
    for (number, recorded) in contents.reports.iter().enumerate() {
        let expected = report(number);
        assert_eq!(recorded.value, expected);
        assert_eq!(recorded.at, at(number as i64));
        assert_eq!(ledger.report(&expected.id).unwrap().as_ref(), Some(recorded));
        let read = claims(&expected, 1);
        let of: Vec<_> = ledger.claims_of(&expected.id).unwrap().into_iter().map(|c| c.value).collect();
        assert_eq!(of, read);
        assert!(contents.claims.iter().filter(|c| c.value.report == expected.id).map(|c| &c.value).eq(&read));
        for claim in read {
            assert_eq!(ledger.claim(&claim.id).unwrap().unwrap().value, claim);
        }
    }
    let verified = ledger.verify().unwrap();
    assert_eq!((verified.reports, verified.claims), (20, contents.claims.len() as u64));
    assert!(verified.words_compared);
}

#[test]
fn twice_is_the_same_as_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 2);
    let (a, b) = (report(0), report(1));
    let (ca, cb) = (claims(&a, 1), claims(&b, 1));
    let copy = CopyOf { report: b.id.clone(), of: a.id.clone(), shared: 0.75 };
    let link = decision(&ca[0], &cb[0], Decision::Same, "linker 1");
    let objection = correction(&a.id, "It was Tuesday.");
    let answer = CorrectionAnswer {
        correction: objection.id.clone(),
        accepted: true,
        text: "So it was.".to_owned(),
        by: "desk".to_owned(),
        decided: at(9),
    };
    let mut all = |second| {
        let mut batch = ledger.batch().unwrap();
        let added = [
            batch.add_report(&a, at(second)).unwrap(),
            batch.add_claims(&a.id, "reader 1", &ca, at(second)).unwrap(),
            batch.add_copy(&copy, at(second)).unwrap(),
            batch.add_decisions(std::slice::from_ref(&link), at(second)).unwrap(),
            batch.add_correction(&objection, at(second)).unwrap(),
            batch.add_answer(&answer, at(second)).unwrap(),
        ];
        batch.commit().unwrap();
        added
    };
    assert_eq!(
        all(10),
        [Added::Known, Added::Known, Added::New(5), Added::New(6), Added::New(7), Added::New(8)]
    );
    assert_eq!(all(11), [Added::Known; 6]);
    assert_eq!(ledger.head().unwrap().unwrap().entry, 8);
    assert_eq!(ledger.copy_of(&b.id).unwrap().unwrap().value, copy);
    assert_eq!(ledger.decisions_of(&cb[0].id).unwrap()[0].value, link);
    assert_eq!(ledger.correction(&objection.id).unwrap().unwrap().value, objection);
    assert_eq!(ledger.answers_to(&objection.id).unwrap()[0].value, answer);
    ledger.verify().unwrap();
}

#[test]
fn a_pack_is_recorded_once_and_again_when_it_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 1);
    assert_eq!(ledger.add_pack("syria.toml", "a", at(5)).unwrap(), Added::New(3));
    assert_eq!(ledger.add_pack("syria.toml", "a", at(6)).unwrap(), Added::Known);
    assert_eq!(ledger.add_pack("syria.toml", "b", at(7)).unwrap(), Added::New(4));
    assert_eq!(ledger.add_pack("yemen.toml", "b", at(8)).unwrap(), Added::New(5));
    ledger.verify().unwrap();
}

#[test]
fn a_batch_that_is_not_committed_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 1);
    let before = ledger.head().unwrap();
    let mut batch = ledger.batch().unwrap();
    batch.add_report(&report(7), at(50)).unwrap();
    drop(batch);
    assert_eq!(ledger.head().unwrap(), before);
    assert_eq!(ledger.report(&report(7).id).unwrap(), None);
    ledger.verify().unwrap();
}

#[test]
fn a_new_reading_takes_the_place_of_the_old_and_the_old_can_still_be_seen() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 3);
    let (report, before) = (report(1), ledger.head().unwrap().unwrap());
    let (old, new) = (claims(&report, 1), claims(&report, 2));
    let added = ledger.add_claims(&report.id, "reader 2", &new, at(60)).unwrap();
    assert!(added.is_new());
    assert_eq!(ledger.add_claims(&report.id, "reader 2", &new, at(61)).unwrap(), Added::Known);
    let now: Vec<_> = ledger.claims_of(&report.id).unwrap().into_iter().map(|c| c.value).collect();
    assert_eq!(now, new);
    assert_eq!(ledger.reader_of(&report.id).unwrap().as_deref(), Some("reader 2"));
    let then = ledger.contents(AsOf::Entry(before.entry)).unwrap();
    assert!(then.claims.iter().filter(|c| c.value.report == report.id).map(|c| &c.value).eq(&old));
    let gone = old.iter().find(|claim| new.iter().all(|n| n.id != claim.id)).unwrap();
    assert_eq!(ledger.claim(&gone.id).unwrap().unwrap().value, *gone);
    ledger.verify().unwrap();
}

#[test]
fn a_clock_set_back_is_noted_and_the_record_still_goes_forwards() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 2);
    assert_eq!(ledger.add_report(&report(5), at(-3600)).unwrap(), Added::New(6));
    let contents = ledger.contents(AsOf::Now).unwrap();
    assert_eq!(contents.reports.last().unwrap().at, at(1));
    assert_eq!(ledger.verify().unwrap().clock_backs, 1);
    assert_eq!(
        ledger.add_report(&report(6), at(0)).unwrap(),
        Added::New(7),
        "a second's lag is no clock set back"
    );
}

#[test]
fn what_it_speaks_of_must_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 2);
    let stranger = report(9);
    let unknown = ledger.add_claims(&stranger.id, "reader 1", &[], at(9)).unwrap_err();
    assert!(matches!(&unknown, LedgerError::Unknown { id, .. } if *id == stranger.id), "{unknown}");
    let copy = CopyOf { report: report(0).id, of: stranger.id.clone(), shared: 1.0 };
    assert!(matches!(ledger.add_copy(&copy, at(9)), Err(LedgerError::Unknown { .. })));
    let link = decision(&claims(&report(0), 1)[0], &claims(&stranger, 1)[0], Decision::Same, "linker 1");
    assert!(matches!(ledger.add_decision(&link, at(9)), Err(LedgerError::Unknown { .. })));
    let answer = CorrectionAnswer {
        correction: Id::of(IdKind::Correction, &["none"]),
        accepted: false,
        text: String::new(),
        by: "desk".to_owned(),
        decided: at(9),
    };
    assert!(matches!(ledger.add_answer(&answer, at(9)), Err(LedgerError::Unknown { .. })));
}

#[test]
fn no_claim_without_evidence_in_its_report() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 2);
    let report = report(0);
    let mut beyond = claims(&report, 2);
    beyond[0].span.end = report.text.len() as u32 + 1;
    let refused = ledger.add_claims(&report.id, "reader 2", &beyond, at(9)).unwrap_err();
    assert!(matches!(refused, LedgerError::NoEvidence { .. }), "{refused}");
    assert_eq!(ledger.reader_of(&report.id).unwrap().as_deref(), Some("reader 1"));
    ledger.verify().unwrap();
}

#[test]
fn a_ledger_opened_to_read_records_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path(), 1).path().to_owned();
    let mut ledger = Ledger::open(&path, Mode::Read).unwrap();
    let refused = ledger.add_report(&report(3), at(9)).unwrap_err();
    assert!(matches!(refused, LedgerError::ReadOnly { .. }), "{refused}");
    assert!(refused.to_string().contains("sample.holdfire"), "{refused}");
    ledger.verify().unwrap();
}

#[test]
fn a_closed_ledger_is_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = filled(dir.path(), 1).path().to_owned();
    Ledger::open(&path, Mode::Read).unwrap().verify().unwrap();
    let mut files: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    files.retain(|name| name != "sample.holdfire.keys");
    assert_eq!(files, ["sample.holdfire"]);
}

#[test]
fn a_batch_with_a_step_that_failed_is_not_recorded_by_half() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 1);
    let before = ledger.head().unwrap();
    let other = rusqlite::Connection::open(ledger.path()).unwrap();
    other
        .execute_batch("CREATE TRIGGER jam BEFORE INSERT ON claim BEGIN SELECT RAISE(ABORT, 'jammed'); END")
        .unwrap();
    let report = report(4);
    let mut batch = ledger.batch().unwrap();
    batch.add_report(&report, at(4)).unwrap();
    batch.add_claims(&report.id, "reader 1", &claims(&report, 1), at(4)).unwrap_err();
    let error = batch.commit().unwrap_err();
    assert!(matches!(error, LedgerError::Broken { .. }), "{error}");
    assert_eq!(ledger.head().unwrap(), before);
    other.execute_batch("DROP TRIGGER jam").unwrap();
    ledger.verify().unwrap();
}

#[test]
fn a_refused_claim_leaves_the_rest_of_the_batch() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 1);
    let report = report(4);
    let mut beyond = claims(&report, 1);
    beyond[0].span.end = report.text.len() as u32 + 1;
    let mut batch = ledger.batch().unwrap();
    batch.add_report(&report, at(4)).unwrap();
    batch.add_claims(&report.id, "reader 1", &beyond, at(4)).unwrap_err();
    batch.commit().unwrap();
    assert!(ledger.report(&report.id).unwrap().is_some());
    assert_eq!(ledger.reader_of(&report.id).unwrap(), None);
    ledger.verify().unwrap();
}
