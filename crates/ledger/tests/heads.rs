//! Heads that somebody kept prove what was recorded then.

mod common;

use common::{at, filled, report};
use holdfire_ledger::{AsOf, Checkpoint, Head, Ledger, LedgerError, Mode};

#[test]
fn a_head_reads_back_from_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let head = filled(dir.path(), 3).head().unwrap().unwrap();
    let line = head.to_string();
    assert!(line.starts_with("holdfire ledger, entry 6 of 2017-01-21T12:00:02Z, "), "{line}");
    assert_eq!(line.parse::<Head>(), Ok(head));
    assert!("entry 6".parse::<Head>().is_err());
}

#[test]
fn a_kept_head_shows_that_nothing_before_it_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 3);
    let kept = ledger.head().unwrap().unwrap();
    ledger.add_report(&report(7), at(7)).unwrap();
    ledger.check_head(&kept).unwrap();
    assert_eq!(ledger.head_at(AsOf::Entry(6)).unwrap(), Some(kept));

    // Another record that is whole in itself, made up afterwards: shorter, and with other reports.
    let other = tempfile::tempdir().unwrap();
    let mut forged = Ledger::open(other.path().join("forged"), Mode::Create).unwrap();
    forged.add_report(&report(20), at(0)).unwrap();
    let error = forged.check_head(&kept).unwrap_err();
    assert!(error.to_string().contains("is not there any more"), "{error}");
    for number in 21..29 {
        forged.add_report(&report(number), at(2)).unwrap();
    }
    forged.verify().unwrap();
    let error = forged.check_head(&kept).unwrap_err();
    assert!(
        matches!(&error, LedgerError::Damaged { problems, .. } if problems[0].at == "entry 6"),
        "{error}"
    );
}

#[test]
fn a_day_has_one_head() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(dir.path().join("days"), Mode::Create).unwrap();
    for (number, day) in [0, 0, 1, 5, 5].into_iter().enumerate() {
        ledger.add_report(&report(number), at(day * 86_400)).unwrap();
    }
    let heads = ledger.daily_heads().unwrap();
    assert_eq!(heads.iter().map(|head| head.entry).collect::<Vec<_>>(), [2, 3, 5]);
    for head in &heads {
        ledger.check_head(head).unwrap();
    }
}

#[test]
fn a_signed_head_cannot_be_changed() {
    let dir = tempfile::tempdir().unwrap();
    let head = filled(dir.path(), 3).head().unwrap().unwrap();
    let signed = Checkpoint::sign(head, &[7; 32]);
    let text = signed.to_string();
    assert_eq!(text.parse::<Checkpoint>(), Ok(signed));
    let changed = text.replace("entry 6", "entry 5");
    assert!(changed.parse::<Checkpoint>().unwrap_err().contains("was changed"));
    let other = Checkpoint::sign(head, &[8; 32]);
    let of = |text: &str| text.lines().nth(1).unwrap().split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (own, others) = (of(&text), of(&other.to_string()));
    assert_ne!(own[1], others[1]);
    let mixed = format!("{head}\ned25519 {} {}", others[1], own[2]);
    assert!(mixed.parse::<Checkpoint>().is_err(), "signed by one, said to be by another");
}
