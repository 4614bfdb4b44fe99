//! Two parties count breaches of one truce: side by side, bounded, never added.

mod common;

use common::{Told, day, record, truce};
use holdfire_record::{Interval, Outcome, Record};
use holdfire_types::{FigureKind, Kind, Status};

/// A side's bulletin: a total, and parts by province.
fn bulletin(publisher: &str, party: &str, date: &str, total: u64, parts: &[(&str, u64)]) -> Told {
    let mut text = format!("{publisher} registered {total} breaches in Syria.");
    for (province, n) in parts {
        text = format!("{text} In {province}: {n} breaches.");
    }
    let mut told =
        Told::new(publisher, date, &text).claim(&format!("{total} breaches in Syria"), Kind::Truce, |c| {
            c.by(publisher, party).status(Status::Violated).on(date, date).figure(
                FigureKind::Violations,
                "breaches",
                total,
                &total.to_string(),
            );
        });
    for (province, n) in parts {
        told = told.claim(&format!("In {province}: {n} breaches"), Kind::Truce, |c| {
            c.by(publisher, party).status(Status::Violated).at(province).on(date, date).figure(
                FigureKind::Violations,
                "breaches",
                *n,
                &n.to_string(),
            );
        });
    }
    told
}

fn seventh_of_may() -> Record {
    record(&[
        bulletin(
            "Russian side",
            "russia",
            "2017-05-07",
            18,
            &[("Damascus", 10), ("Latakia", 3), ("Daraa province", 3), ("Hama", 2)],
        ),
        bulletin(
            "Turkish side",
            "turkey",
            "2017-05-07",
            15,
            &[("Damascus", 2), ("Daraa province", 3), ("Hama", 7), ("Homs", 3)],
        ),
    ])
}

#[test]
fn the_sheet_shows_both_lists_and_what_they_allow_together() {
    let sheet = seventh_of_may().day(day("2017-05-07"), &truce());
    let totals: Vec<_> = sheet.lists.iter().map(|l| (l.source.name.as_str(), l.total)).collect();
    assert_eq!(totals, [("Russia", Some(Interval::exactly(18))), ("Turkey", Some(Interval::exactly(15)))]);
    assert_eq!(sheet.lists[0].provinces.len(), 4);
    let union = sheet.union.unwrap();
    assert_eq!(union.bounds, Interval::new(Some(26), Some(33)));
    assert_eq!(union.claims.len(), 10);
}

/// Where in a value the number 33 stands.
fn exact_33(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Number(n) if n.as_u64() == Some(33) => found.push(path.to_owned()),
        serde_json::Value::Array(list) => list.iter().for_each(|v| exact_33(v, path, found)),
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                exact_33(value, &format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn no_number_of_the_sheet_is_the_sum_of_both_sides() {
    let sheet = seventh_of_may().day(day("2017-05-07"), &truce());
    let json = serde_json::to_value(&sheet).unwrap();
    // 33 may stand only as the upper bound of the union.
    let mut found = Vec::new();
    exact_33(&json, "", &mut found);
    assert_eq!(found, ["/union/bounds/max"]);
}

#[test]
fn a_printed_sum_of_two_lists_is_flagged_with_all_three_claims() {
    let date = "2018-01-25";
    let agency =
        Told::new("News agency", date, "Ten breaches of the truce were registered, the two sides said.")
            .claim("Ten breaches of the truce were registered", Kind::Truce, |c| {
                c.status(Status::Violated).on(date, date).figure(
                    FigureKind::Violations,
                    "breaches",
                    10,
                    "Ten",
                );
            });
    let sheet = record(&[
        bulletin("Russian side", "russia", date, 4, &[]),
        bulletin("Turkish side", "turkey", date, 6, &[]),
        agency,
    ])
    .day(day(date), &truce());
    let flagged: Vec<_> = sheet.checks.iter().filter(|c| c.rule == "sum-of-parties").collect();
    assert_eq!(flagged.len(), 1);
    assert_eq!((flagged[0].outcome, flagged[0].claims.len()), (Outcome::Caution, 3));
    // The agency's ten is no third list of a side, so the bounds stay those of the two.
    assert_eq!(sheet.union.unwrap().bounds, Interval::new(Some(6), Some(10)));
}

#[test]
fn a_side_without_cases_is_a_list_of_none_and_no_missing_list() {
    let date = "2018-02-01";
    let sheet = record(&[
        bulletin("Russian side", "russia", date, 0, &[]),
        bulletin("Turkish side", "turkey", date, 5, &[("Hama", 5)]),
    ])
    .day(day(date), &truce());
    assert_eq!(sheet.union.unwrap().bounds, Interval::exactly(5));
}

#[test]
fn a_total_with_two_provinces_and_no_split_is_a_total() {
    let date = "2018-02-02";
    let two = Told::new("Russian side", date, "2 breaches in Hama and Homs.").claim(
        "2 breaches in Hama and Homs",
        Kind::Truce,
        |c| {
            c.by("Russian side", "russia")
                .status(Status::Violated)
                .at("Hama")
                .at("Homs")
                .on(date, date)
                .figure(FigureKind::Violations, "breaches", 2, "2");
        },
    );
    let sheet =
        record(&[two, bulletin("Turkish side", "turkey", date, 1, &[("Hama", 1)])]).day(day(date), &truce());
    assert!(sheet.lists[0].provinces.is_empty());
    assert_eq!(sheet.union.unwrap().bounds, Interval::new(Some(2), Some(3)));
}

#[test]
fn a_counter_that_can_only_grow_is_flagged_when_it_falls() {
    let counter =
        |date: &str, n: u64| {
            Told::new("Russian side", date, &format!("{n} armed groups have joined since 30 December."))
                .claim(&format!("{n} armed groups have joined since 30 December"), Kind::Truce, |c| {
                    c.by("Russian side", "russia").status(Status::Agreed).on("2016-12-30", date);
                    c.figure(FigureKind::Other, "armed groups", n, &n.to_string())
                        .window("since 30 December", "2016-12-30", date);
                })
        };
    let window = holdfire_record::Window::new(day("2017-09-01"), day("2018-02-01"));
    let falls = |told: &[Told]| {
        let checks = record(told).standing(&truce(), window).checks;
        checks.into_iter().filter(|c| c.rule == "counter-falls").collect::<Vec<_>>()
    };
    assert!(falls(&[counter("2017-09-05", 229), counter("2018-01-25", 233)]).is_empty());
    let found = falls(&[counter("2017-09-05", 233), counter("2018-01-25", 229)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].outcome, found[0].claims.len()), (Outcome::Conflict, 2));
}
