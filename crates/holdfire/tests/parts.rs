//! A thing shown from the part of a ledger that it needs is the thing shown from the whole.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;

use common::{examples, folder, run};
use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_record::{Record, first_claim, nearby};
use holdfire_world::World;

#[test]
fn every_incident_and_claim_is_the_same_from_its_part_at_any_moment() {
    let dir = folder();
    let samples = examples();
    assert!(run(dir.path(), &["record", samples.to_str().expect("a path")]).code < 2);
    let ledger = Ledger::open(dir.path().join("holdfire.ledger"), Mode::Read).expect("the ledger");
    let world = World::embedded().expect("the packs");
    let head = ledger.head().expect("a head").expect("entries").entry;
    let mut seen = 0;
    for as_of in [AsOf::Now, AsOf::Entry(head / 2), AsOf::Entry(head / 4)] {
        let whole = Record::build(ledger.contents(as_of).expect("contents"), world);
        for summary in whole.incidents() {
            let part = ledger.part(&[first_claim(&summary.id)], nearby, as_of).expect("a part");
            let part = Record::build(part, world);
            assert_eq!(part.incident(&summary.id), whole.incident(&summary.id), "{}", summary.id);
            let claim = &summary.claims[0];
            assert_eq!(part.claim_view(claim), whole.claim_view(claim), "{claim}");
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} incidents were looked at");
}
