//! Finding things by words and on the map.

mod common;

use common::{at, claims, filled, report};
use holdfire_ledger::{AsOf, Ledger, Mode, Region};
use holdfire_types::{Claim, Filler, Kind, Report, Span, Stance};

/// A ledger with one report of three sentences and a claim for each.
fn told(dir: &std::path::Path) -> (Ledger, Report, Vec<Claim>) {
    let mut report = Report::new(
        "talks",
        "The Russian army bombed Al-Bāb on Thursday. A convoy reached al-Waer. Turkey's Euphrates Shield forces \
         entered al-Bab.",
    );
    report.title = Some("Opposition delays arrival in Astana".to_owned());
    report.seal();
    let mut sentence = claims(&common::report(3), 1).swap_remove(0);
    sentence.report = report.id.clone();
    sentence.source = Filler::narrator();
    sentence.via.clear();
    for slot in [&mut sentence.act.actor, &mut sentence.act.target, &mut sentence.act.place] {
        slot.clear();
    }
    let mut start = 0;
    let claims: Vec<_> = report
        .text
        .split_inclusive(". ")
        .map(|part| {
            let span = Span::new(start, start + part.trim_end().len());
            start += part.len();
            let anchor = Span::new(span.start as usize, span.start as usize + 1);
            let mut claim = sentence.clone();
            claim.id = Claim::make_id(&report.id, span, anchor, Kind::Attack, Stance::States, "narrator");
            (claim.span, claim.anchor) = (span, anchor);
            claim
        })
        .collect();
    let mut ledger = Ledger::open(dir.join("told"), Mode::Create).unwrap();
    ledger.add_report(&report, at(0)).unwrap();
    ledger.add_claims(&report.id, "reader 1", &claims, at(0)).unwrap();
    (ledger, report, claims)
}

#[test]
fn claims_and_reports_are_found_by_their_words() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, report, claims) = told(dir.path());
    let found = |words: &str| {
        let found = ledger.search(words, 10).unwrap();
        let claims: Vec<_> = found.claims.iter().map(|hit| hit.id.clone()).collect();
        (claims, found.reports.len())
    };
    let ids = |which: &[usize]| which.iter().map(|&n| claims[n].id.clone()).collect::<Vec<_>>();
    assert_eq!(found("al-bab"), (ids(&[0, 2]), 1), "accents and case do not count");
    assert_eq!(found("al-bab shield"), (ids(&[2]), 1));
    assert_eq!(found("\"shield forces\""), (ids(&[2]), 1));
    assert_eq!(found("\"forces shield\""), (ids(&[]), 0));
    assert_eq!(found("conv*"), (ids(&[1]), 1));
    assert_eq!(found("convoy Thursday"), (ids(&[]), 1), "the report has both, no claim does");
    assert_eq!(found("astana"), (ids(&[]), 1), "titles are searched too");
    assert_eq!(found("nowhere"), (ids(&[]), 0));
    let hit = ledger.search("convoy", 10).unwrap();
    assert_eq!(hit.claims[0].excerpt, "A convoy reached al-Waer.");
    assert_eq!(hit.claims[0].marks[0].of(&hit.claims[0].excerpt), "convoy");
    assert_eq!(hit.claims[0].report, report.id);
    assert_eq!(hit.reports[0].marks[0].of(&hit.reports[0].excerpt), "convoy");
}

#[test]
fn any_input_is_a_search() {
    let dir = tempfile::tempdir().unwrap();
    let (ledger, ..) = told(dir.path());
    for words in [
        "", "\"", "\"\"", "*", "a* OR", "NEAR(a b", "title:x", "^a", "-a", "a\0b", "'; DROP TABLE entry; --",
        "ก้",
    ] {
        ledger.search(words, 10).unwrap();
    }
}

#[test]
fn a_new_reading_is_searched_and_the_old_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let (mut ledger, report, mut claims) = told(dir.path());
    claims.truncate(1);
    claims[0].source = Filler::new("Viktor Kozin", Span::new(0, 3), "subject");
    ledger.add_claims(&report.id, "reader 2", &claims, at(1)).unwrap();
    let found = ledger.search("kozin", 10).unwrap();
    assert_eq!((found.claims.len(), found.reports.len()), (1, 1));
    assert_eq!(ledger.search("convoy", 10).unwrap().claims, []);
    ledger.verify().unwrap();
}

#[test]
fn the_map_finds_the_claims_with_a_place_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut ledger = filled(dir.path(), 60);
    ledger.add_claims(&report(7).id, "reader 2", &claims(&report(7), 2), at(60)).unwrap();
    let all = ledger.contents(AsOf::Now).unwrap().claims;
    for region in [
        Region { south: 36.0, west: 37.0, north: 36.5, east: 38.0 },
        Region { south: 33.571, west: 36.402, north: 33.571, east: 36.402 },
        Region { south: -90.0, west: 36.5, north: 90.0, east: 36.3 },
        Region { south: 0.0, west: 0.0, north: 1.0, east: 1.0 },
    ] {
        let here = |claim: &Claim| {
            claim.act.place.iter().filter_map(|f| f.place.as_ref()).any(|p| region.holds(p.lat, p.lon))
        };
        let mut expected: Vec<_> =
            all.iter().filter(|c| here(&c.value)).map(|c| c.value.id.clone()).collect();
        let found = ledger.claims_in(region, 1000).unwrap();
        assert!(found.is_sorted_by(|a, b| a.entry >= b.entry), "the latest first");
        let mut ids: Vec<_> = found.into_iter().map(|c| c.value.id).collect();
        expected.sort_unstable();
        ids.sort_unstable();
        assert_eq!(ids, expected);
    }
    assert_eq!(
        ledger.claims_in(Region { south: 30.0, west: 30.0, north: 40.0, east: 40.0 }, 3).unwrap().len(),
        3
    );
}
