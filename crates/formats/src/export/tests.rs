//! Exports by what they hold, what they lose, and what comes back of them.

use holdfire_record::{Parties, Record};
use holdfire_types::{
    Act, Claim, Contents, Days, Decision, DecisionBy, Figure, FigureKind, Filler, FoundIn, Id, Kind,
    LinkDecision, Means, PlacePrecision, Published, Recorded, Report, ResolvedPlace, Span, Stance,
};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;
use serde_json::Value;

use super::{Exported, Form, export};
use crate::import::{self, import};
use crate::{acled, ged};

/// An act to be told.
#[derive(Debug, Clone)]
struct Told {
    kind: Kind,
    means: Vec<Means>,
    days: Days,
    place: ResolvedPlace,
    dead: Option<(u64, Option<u64>)>,
}

fn at<T>(entry: usize, value: T) -> Recorded<T> {
    Recorded { entry: entry as u64, at: Timestamp::constant(1_600_000_000 + entry as i64, 0), value }
}

/// A report of the paper `publisher` with one claim of its own words.
fn account(publisher: &str, told: &Told, stance: Stance) -> (Report, Claim) {
    let text = format!("{publisher} tells of an act.");
    let mut report = Report::new(format!("{publisher}-{}", told.days.from.unwrap_or_default()), &text);
    report.publisher = Some(publisher.to_owned());
    report.published = Some(Published { date: date(2019, 1, 1), found: FoundIn::Given, span: None });
    report.seal();
    let span = Span::new(0, text.len());
    let figure = |(min, max)| Figure {
        what: FigureKind::Killed,
        of: "people".to_owned(),
        min: Some(min),
        max,
        share: None,
        span: Span::new(0, 3),
        window: None,
        part: false,
    };
    let mut place = Filler::new(told.place.name.as_str(), span, "test");
    place.place = Some(told.place.clone());
    let act = Act {
        actor: vec![Filler::new("Army of the North", span, "test")],
        place: vec![place],
        days: Some(told.days),
        means: told.means.clone(),
        figures: told.dead.map(figure).into_iter().collect(),
        ..Act::of(told.kind)
    };
    let plain = Claim::plain(&report.id, span, span, Filler::narrator(), act, "test");
    let id = Claim::make_id(&report.id, span, span, told.kind, stance, "narrator");
    let claim = Claim { id, stance, ..plain };
    (report, claim)
}

/// The record of some accounts, all of one incident where `linked`.
fn record(accounts: Vec<(Report, Claim)>, linked: bool) -> Record {
    let mut contents = Contents::default();
    for (n, (report, claim)) in accounts.into_iter().enumerate() {
        contents.reports.push(at(2 * n + 1, report));
        contents.claims.push(at(2 * n + 2, claim));
    }
    let ids: Vec<Id> = contents.claims.iter().map(|c| c.value.id.clone()).collect();
    for pair in ids.windows(2).filter(|_| linked) {
        let (a, b) = (pair[0].clone().min(pair[1].clone()), pair[0].clone().max(pair[1].clone()));
        let decision = LinkDecision {
            a,
            b,
            decision: Decision::Same,
            by: DecisionBy::Person("tester".to_owned()),
            evidence_for: vec![],
            evidence_against: vec![],
        };
        contents.decisions.push(at(100, decision));
    }
    Record::from_parts(contents, Parties::new([]), vec![])
}

fn place(precision: PlacePrecision) -> ResolvedPlace {
    ResolvedPlace {
        id: "pack:test/millbrook".to_owned(),
        name: "Millbrook".to_owned(),
        lat: 36.5,
        lon: 37.25,
        country: "SY".to_owned(),
        admin1: "Aleppo".to_owned(),
        precision,
    }
}

fn strike(dead: Option<(u64, Option<u64>)>) -> Told {
    Told {
        kind: Kind::Attack,
        means: vec![Means::Airstrike],
        days: Days::on(date(2017, 2, 12)),
        place: place(PlacePrecision::Exact),
        dead,
    }
}

fn lost(exported: &Exported, words: &str) -> usize {
    exported.loss.losses.iter().filter(|l| l.what.contains(words)).map(|l| l.count).sum()
}

/// A file's acts as an import reads them.
fn back(form: import::Form, text: &str) -> Vec<Act> {
    let rows = import(form, "x.csv", text).expect("a table");
    rows.map(|row| row.expect("a good row").claims[0].act.clone()).collect()
}

fn days_between(from: Date, days: i32) -> Days {
    Days::between(from, from.saturating_add(days.days()))
}

prop_compose! {
    fn some_place(all: Vec<PlacePrecision>)(
        precision in prop::sample::select(all), lat in -9000_i32..9000, lon in -18000_i32..18000,
        country in prop::sample::select(vec!["SY", "UA", "YE", "LB"]), name in "[A-Z][a-z]{2,8}( [a-z]{2,8})?",
    ) -> ResolvedPlace {
        // at 0, 0 lies no place, as far as tables go
        let lat = f64::from(if lat == 0 { 1 } else { lat }) / 100.0;
        ResolvedPlace { name, lat, lon: f64::from(lon) / 100.0, country: country.to_owned(), ..place(precision) }
    }
}

fn some_day() -> impl Strategy<Value = Date> {
    (2000_i16..2030, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

prop_compose! {
    fn for_acled()(
        kind in prop::sample::select(vec![Kind::Attack, Kind::Clash]),
        means in prop::sample::select(vec![Means::Airstrike, Means::Shelling, Means::Chemical, Means::SuicideBomb, Means::MineIed]),
        day in some_day(), how in 0..3, dead in prop::option::of(1_u64..100_000),
        place in some_place(vec![PlacePrecision::Exact, PlacePrecision::Near, PlacePrecision::Province]),
    ) -> Told {
        let days = match how {
            0 => Days::on(day),
            1 => days_between(day, 6),
            _ => Days::between(day.first_of_month(), day.last_of_month()),
        };
        Told { kind, means: vec![means], days, place, dead: dead.map(|n| (n, Some(n))) }
    }
}

prop_compose! {
    fn for_ged()(
        day in some_day(), days in 0_i32..500, low in 0_u64..1000, more in 1_u64..1000,
        place in some_place(PlacePrecision::ALL.to_vec()),
    ) -> Told {
        Told { kind: Kind::Clash, means: vec![], days: days_between(day, days), place, dead: Some((low, Some(low + more))) }
    }
}

fn same(told: &[Told], back: &[Act]) -> Result<(), TestCaseError> {
    prop_assert_eq!(told.len(), back.len());
    for (told, back) in told.iter().zip(back) {
        prop_assert_eq!(back.days, Some(told.days));
        let counts: Vec<_> = back.figures.iter().filter(|f| !f.part).map(|f| (f.min, f.max)).collect();
        let expected: Vec<_> = told.dead.iter().map(|(low, high)| (Some(*low), *high)).collect();
        prop_assert_eq!(counts, expected);
        let place = back.place[0].place.as_ref().expect("a point");
        prop_assert_eq!(
            (place.lat, place.lon, place.precision),
            (told.place.lat, told.place.lon, told.place.precision)
        );
        prop_assert_eq!(
            (&place.name, &place.country, &place.admin1),
            (&told.place.name, &told.place.country, &told.place.admin1)
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_acled_can_hold_comes_back_as_it_was(told in prop::collection::vec(for_acled(), 1..5), tags: bool) {
        let accounts = told.iter().enumerate().map(|(n, t)| account(&format!("Paper {n}"), t, Stance::States)).collect();
        let exported = export(&record(accounts, false), Form::Acled, tags);
        let acts = back(import::Form::Acled, &exported.text);
        same(&told, &acts)?;
        for (told, act) in told.iter().zip(&acts) {
            prop_assert_eq!(&act.means, &told.means);
        }
        prop_assert_eq!(exported.loss.written, told.len());
        for of in ["first and last day", "precision", "bounds"] {
            prop_assert_eq!(lost(&exported, of), 0);
        }
    }

    #[test]
    fn what_ged_can_hold_comes_back_as_it_was(told in prop::collection::vec(for_ged(), 1..5), tags: bool) {
        let accounts = told.iter().enumerate().map(|(n, t)| account(&format!("Paper {n}"), t, Stance::States)).collect();
        let exported = export(&record(accounts, false), Form::Ged, tags);
        same(&told, &back(import::Form::Ged, &exported.text))?;
    }

    #[test]
    fn a_row_of_ged_comes_back_with_its_best_estimate_and_its_parts(
        parts in prop::array::uniform4(0_u64..50), less in 0_u64..20, more in 0_u64..20,
    ) {
        let best: u64 = parts.iter().sum();
        prop_assume!(best + more > 0);
        let [a, b, civilians, unknown] = parts;
        let (low, high) = (best.saturating_sub(less), best + more);
        let row = format!(
            "id,type_of_violence,side_a,side_b,where_prec,where_coordinates,latitude,longitude,date_start,date_end,deaths_a,\
             deaths_b,deaths_civilians,deaths_unknown,best,high,low\n7,2,Wolves of the Hill,Sons of the Valley,1,Millbrook,36.5,\
             37.2,2017-02-12,2017-02-12,{a},{b},{civilians},{unknown},{best},{high},{low}\n"
        );
        let told = import(import::Form::Ged, "x.csv", &row).expect("a table").next().expect("a row").expect("a good row");
        let record = record(vec![(told.report, told.claims[0].clone())], false);
        let exported = export(&record, Form::Ged, false).text;
        let mut reader = csv::Reader::from_reader(exported.as_bytes());
        let cells = reader.records().next().expect("a row").expect("a row");
        let cell = |name| cells[ged::COLUMNS.iter().position(|c| *c == name).expect("a column")].to_owned();
        let numbers = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low"].map(cell);
        prop_assert_eq!(numbers, [a, b, civilians, unknown, best, high, low].map(|n| n.to_string()));
    }
}

#[test]
fn the_columns_are_those_of_the_makers() {
    let record = record(vec![account("Gazette", &strike(Some((3, Some(3)))), Stance::States)], false);
    for (form, columns) in [(Form::Acled, &acled::COLUMNS[..]), (Form::Ged, &ged::COLUMNS[..])] {
        let text = export(&record, form, true).text;
        let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .records()
            .collect::<Result<_, _>>()
            .expect("rows of one length");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].iter().collect::<Vec<_>>(), columns);
        assert!(rows[1].iter().all(|tag| tag.is_empty() || tag.starts_with('#')));
    }
    assert!(Form::Ged.takes_tags() && !Form::TimeMap.takes_tags());
}

#[test]
fn accounts_that_differ_give_the_lowest_number_and_a_loss() {
    let accounts = vec![
        account("Gazette", &strike(Some((24, None))), Stance::States),
        account("Evening Post", &strike(Some((15, Some(15)))), Stance::States),
        account("Ministry", &strike(None), Stance::Denies),
    ];
    let record = record(accounts, true);
    let flat = export(&record, Form::Acled, false);
    assert_eq!(back(import::Form::Acled, &flat.text)[0].figures[0].max, Some(15));
    assert!(flat.text.contains("Gazette: at least 24 people killed"), "{}", flat.text);
    assert!(flat.text.contains("denied by Ministry"), "{}", flat.text);
    for (words, count) in [("account beside the first", 2), ("denial", 1), ("bounds", 1), ("evidence", 3)] {
        assert_eq!(lost(&flat, words), count, "{words}: {:?}", flat.loss);
    }
    let bounds = export(&record, Form::Ged, false);
    let figure = &back(import::Form::Ged, &bounds.text)[0].figures[0];
    assert_eq!((figure.min, lost(&bounds, "upper bound")), (Some(15), 1));
}

#[test]
fn civilians_are_civilians_however_many_sources_count_them() {
    let civilians = |publisher, dead| {
        let (report, mut claim) = account(publisher, &strike(Some((dead, Some(dead)))), Stance::States);
        claim.act.figures[0].of = "civilians".to_owned();
        (report, claim)
    };
    let record = record(vec![civilians("Gazette", 24), civilians("Evening Post", 15)], true);
    let parts: Vec<_> = back(import::Form::Ged, &export(&record, Form::Ged, false).text)[0]
        .figures
        .iter()
        .map(|f| (f.of.clone(), f.min, f.max))
        .collect();
    assert_eq!(
        parts,
        [("people".to_owned(), Some(15), Some(24)), ("civilians".to_owned(), Some(15), Some(15))]
    );
}

#[test]
fn what_nobody_asserts_is_no_row() {
    let record = record(vec![account("Ministry", &strike(Some((3, Some(3)))), Stance::Denies)], false);
    for form in [Form::Acled, Form::Ged, Form::FollowTheMoney, Form::TimeMap] {
        let exported = export(&record, form, false);
        assert_eq!(exported.loss.written, 0, "{form:?}");
        assert!(!exported.loss.losses.is_empty(), "{form:?}");
    }
    assert!(export(&record, Form::GeoJson, false).text.contains("\"denies\""));
    assert!(export(&record, Form::JsonLines, false).text.contains("\"denies\""));
}

#[test]
fn days_that_acled_has_no_word_for_are_counted_as_lost() {
    let mut told = strike(Some((3, Some(3))));
    told.days = days_between(date(2017, 2, 12), 3);
    told.place.precision = PlacePrecision::District;
    let exported =
        export(&record(vec![account("Gazette", &told, Stance::States)], false), Form::Acled, false);
    assert_eq!((lost(&exported, "first and last day"), lost(&exported, "precision")), (1, 1));
    assert_eq!(back(import::Form::Acled, &exported.text)[0].days, Some(days_between(date(2017, 2, 10), 6)));
}

#[test]
fn an_incident_without_a_death_is_no_event_of_ged() {
    let exported =
        export(&record(vec![account("Gazette", &strike(None), Stance::States)], false), Form::Ged, false);
    assert_eq!((exported.loss.written, lost(&exported, "without a death")), (0, 1));
}

#[test]
fn json_lines_hold_claims_and_incidents() {
    let record = record(vec![account("Gazette", &strike(Some((3, None))), Stance::Accuses)], false);
    let exported = export(&record, Form::JsonLines, false);
    let lines: Vec<Value> = exported.text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!((lines.len(), exported.loss.written), (2, 2));
    assert_eq!((&lines[0]["type"], &lines[0]["stance"]), (&"claim".into(), &"accuses".into()));
    assert_eq!(lines[0]["figures"][0]["count"], serde_json::json!({"min": 3, "max": null}));
    assert_eq!((&lines[1]["type"], &lines[1]["claims"][0]), (&"incident".into(), &lines[0]["id"]));
}

#[test]
fn statements_keep_each_sources_values_apart() {
    let accounts = vec![
        account("Gazette", &strike(Some((24, Some(24)))), Stance::States),
        account("Evening Post", &strike(Some((15, Some(15)))), Stance::States),
        account("Ministry", &strike(None), Stance::Denies),
    ];
    let exported = export(&record(accounts, true), Form::FollowTheMoney, false);
    let mut reader = csv::Reader::from_reader(exported.text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    let summaries: Vec<(&str, &str)> =
        rows.iter().filter(|r| &r[2] == "summary").map(|r| (&r[6], &r[5])).collect();
    assert_eq!(summaries, [("evening_post", "killed 15 people"), ("gazette", "killed 24 people")]);
    assert!(rows.iter().all(|r| &r[6] != "ministry"));
    assert_eq!(lost(&exported, "denies"), 1);
    let events: std::collections::BTreeSet<&str> =
        rows.iter().filter(|r| &r[4] == "Event").map(|r| &r[1]).collect();
    assert_eq!(events.len(), 1);
    let party =
        rows.iter().find(|r| &r[2] == "involved").expect("a party").get(5).expect("its id").to_owned();
    assert!(rows.iter().any(|r| r[1] == party && &r[2] == "name" && &r[5] == "Army of the North"));
}

#[test]
fn the_viewer_gets_strings_and_every_source_it_is_pointed_to() {
    let record = record(vec![account("Gazette", &strike(Some((3, Some(3)))), Stance::States)], false);
    let map: Value = serde_json::from_str(&export(&record, Form::TimeMap, false).text).expect("JSON");
    let event = map["events"][0].as_object().expect("an event");
    let lists = ["associations", "sources"];
    assert!(event.iter().all(|(key, value)| value.is_string() || lists.contains(&key.as_str())), "{event:?}");
    assert_eq!((&event["latitude"], &event["date"]), (&"36.5".into(), &"2017-02-12".into()));
    let source = event["sources"][0].as_str().expect("a source");
    assert_eq!(map["sources"][source]["author"], "Gazette");
}
