//! Ledgers written by earlier versions are read for good. `tests/ledgers/` has one of each version.
#![allow(clippy::disallowed_methods, reason = "the tests copy committed ledgers")]

mod common;

use std::fs;
use std::path::Path;

use common::{at, claims, correction, decision, report};
use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_types::{CopyOf, CorrectionAnswer, Decision};

/// Something of every kind of entry.
fn record_all_kinds(path: &Path) {
    let mut ledger = Ledger::open(path, Mode::Create).unwrap();
    for number in 0..4 {
        let report = report(number);
        ledger.add_report(&report, at(number as i64)).unwrap();
        ledger.add_claims(&report.id, "reader 1", &claims(&report, 1), at(number as i64)).unwrap();
    }
    ledger.add_claims(&report(2).id, "reader 2", &claims(&report(2), 2), at(10)).unwrap();
    ledger.add_copy(&CopyOf { report: report(3).id, of: report(0).id, shared: 0.5 }, at(11)).unwrap();
    let (a, b) = (claims(&report(0), 1), claims(&report(1), 1));
    ledger.add_decision(&decision(&a[0], &b[0], Decision::Unsure, "linker 1"), at(12)).unwrap();
    let (first, second) =
        (correction(&report(0).id, "It was Tuesday."), correction(&report(1).id, "Not so."));
    ledger.add_correction(&first, at(13)).unwrap();
    ledger.add_correction(&second, at(14)).unwrap();
    let answer = CorrectionAnswer {
        correction: first.id.clone(),
        accepted: true,
        text: "So it was.".to_owned(),
        by: "desk".to_owned(),
        decided: at(15),
    };
    ledger.add_answer(&answer, at(15)).unwrap();
    ledger.erase(&second.id, &[], "desk", "the sender asked for it", at(16)).unwrap();
    let name = [report(1).title.expect("a title")];
    ledger.erase(&report(1).id, &name, "desk", "it names a person", at(17)).unwrap();
    ledger.add_pack("sample.toml", "[[party]]", at(18)).unwrap();
    ledger.add_report(&report(4), at(-4000)).unwrap();
}

#[test]
fn a_ledger_of_each_version_says_what_it_said() {
    let dir = tempfile::tempdir().unwrap();
    let new = dir.path().join("new");
    record_all_kinds(&new);
    let new = Ledger::open(&new, Mode::Read).unwrap().contents(AsOf::Now).unwrap();
    let kept = [(
        "version-1.ledger",
        "holdfire ledger, entry 19 of 2017-01-21T12:00:18Z, \
         e40a5218a54dc07e299498ef62310350e6ea46a965f50d8d194723392f27b9dd",
    )];
    for (name, head) in kept {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ledgers").join(name);
        let path = dir.path().join(name);
        fs::copy(&here, &path).unwrap();
        fs::copy(here.with_extension("ledger.keys"), path.with_extension("ledger.keys")).unwrap();
        let mut ledger = Ledger::open(&path, Mode::Write).unwrap();
        assert_eq!(ledger.head().unwrap().unwrap().to_string(), head, "{name}");
        ledger.verify().unwrap();
        assert!(ledger.contents(AsOf::Now).unwrap() == new, "{name} says something else than it said");
        assert!(ledger.add_report(&report(9), at(99)).unwrap().is_new());
        ledger.verify().unwrap();
    }
}
