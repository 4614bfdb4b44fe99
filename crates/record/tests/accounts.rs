//! Accounts of one incident side by side: nobody's word is lost, copies are no second source.

mod common;

use common::{Draft, Told, contents, correct, day, parties, record, truce};
use holdfire_record::{Interval, Record, Window};
use holdfire_types::{
    Contents, Decision, DecisionBy, FigureKind, Kind, LinkDecision, Means, Reason, Recorded, Stance, Status,
};
use proptest::prelude::*;

const STORY: &str = "Shells fell on the market of Ariha on Thursday morning and killed nine people, two doctors in the \
    town's clinic said. The rebels who hold the town blamed the army's guns on the hill to the south. The army did not \
    answer questions about the strike.";

fn shelling(c: &mut Draft) -> &mut Draft {
    c.at("Ariha").on("2017-02-16", "2017-02-16").means(Means::Shelling)
}

fn first() -> Told {
    Told::new("Morning Paper", "2017-02-16", STORY).agency("Wire").claim(
        "killed nine people",
        Kind::Attack,
        |c| {
            shelling(c).figure(FigureKind::Killed, "people", 9, "nine");
        },
    )
}

fn copy() -> Told {
    let text = format!("Market struck in the north. {}", STORY.replace(',', ""));
    Told::new("Evening Paper", "2017-02-16", &text).claim("killed nine people", Kind::Attack, |c| {
        shelling(c).figure(FigureKind::Killed, "people", 9, "nine");
    })
}

fn rebel_account() -> Told {
    Told::new(
        "Radio",
        "2017-02-16",
        "Rebels said that the army shelled the market of Ariha and killed 12 people.",
    )
    .claim("the army shelled the market of Ariha and killed 12 people", Kind::Attack, |c| {
        shelling(c).by("Rebels", "fsa").stance(Stance::Accuses).actor("army", "army").figure(
            FigureKind::Killed,
            "people",
            12,
            "12",
        );
    })
}

fn armys_denial() -> Told {
    Told::new(
        "State News",
        "2017-02-17",
        "The army denied that it had shelled the market of Ariha on Thursday.",
    )
    .claim("it had shelled the market of Ariha on Thursday", Kind::Attack, |c| {
        shelling(c).by("army", "army").stance(Stance::Denies).actor("army", "army");
    })
}

#[test]
fn four_reports_of_one_strike_are_one_incident_with_three_accounts() {
    let record = record(&[first(), copy(), rebel_account(), armys_denial()]);
    let incidents: Vec<_> = record.incidents().collect();
    assert_eq!(incidents.len(), 1, "{incidents:#?}");
    let incident = record.incident(&incidents[0].id).unwrap();
    let who: Vec<_> = incident
        .accounts
        .iter()
        .map(|a| (a.source.name.as_str(), a.source.party_to_it, a.claims.len()))
        .collect();
    assert_eq!(who, [("Syrian army", true, 1), ("Free Syrian Army", false, 1), ("Wire", false, 2)]);
    assert_eq!(
        incident.summary.independent.value, 2,
        "the copy is no second source and a denial asserts nothing"
    );
    assert_eq!(incident.summary.denied_by, ["Syrian army"]);
    let killed = &incident.figures[0];
    assert_eq!((killed.allowed, killed.agreed), (Interval::new(Some(9), Some(12)), None));
    assert!(incident.checks.iter().any(|c| c.rule == "sources-differ"));
}

#[test]
fn the_army_denies_and_nobody_is_named_as_its_denial_of_another_strike() {
    let record = record(&[first(), armys_denial()]);
    for link in record.incident(&record.incidents().next().unwrap().id).unwrap().links {
        assert!(!link.evidence_for.is_empty(), "every link says why: {link:?}");
        assert!(matches!(link.by, DecisionBy::Rule(_)));
    }
}

fn by_person(contents: &mut Contents, a: usize, b: usize, decision: Decision) {
    let (a, b) = (contents.claims[a].value.id.clone(), contents.claims[b].value.id.clone());
    let (a, b) = (a.clone().min(b.clone()), a.max(b));
    contents.decisions.push(Recorded {
        entry: 5000 + contents.decisions.len() as u64,
        at: jiff::Timestamp::UNIX_EPOCH,
        value: LinkDecision {
            a,
            b,
            decision,
            by: DecisionBy::Person("a reviewer".to_owned()),
            evidence_for: vec![],
            evidence_against: vec!["two strikes, an hour apart".to_owned()],
        },
    });
}

#[test]
fn a_reviewer_parts_two_claims_and_can_take_it_back() {
    let told = [first(), rebel_account()];
    let mut held = contents(&told);
    let count = |c: &Contents| Record::from_parts(c.clone(), parties(), vec![truce()]).incidents().count();
    assert_eq!(count(&held), 1);
    by_person(&mut held, 0, 1, Decision::Different);
    assert_eq!(count(&held), 2);
    let record = Record::from_parts(held.clone(), parties(), vec![truce()]);
    let view = record.claim_view(&told[0].claims[0].id).unwrap();
    assert_eq!(view.links.iter().filter(|l| l.stands).count(), 1);
    assert_eq!(view.links.len(), 2, "the rule's decision stays visible");
    by_person(&mut held, 0, 1, Decision::Same);
    assert_eq!(count(&held), 1);
}

#[test]
fn an_accepted_correction_strikes_a_claim_from_the_counts_and_not_from_view() {
    let told = [first(), rebel_account()];
    let mut held = contents(&told);
    correct(&mut held, &told[1].claims[0].id, Reason::ReportWrong);
    let record = Record::from_parts(held, parties(), vec![truce()]);
    let incident = record.incident(&record.incidents().next().unwrap().id).unwrap();
    assert_eq!(incident.summary.independent.value, 1);
    assert_eq!(incident.figures[0].allowed, Interval::exactly(9));
    let struck: Vec<_> =
        incident.accounts.iter().flat_map(|a| &a.claims).filter(|c| c.struck.is_some()).collect();
    assert_eq!(struck.len(), 1);
    assert!(incident.corrections[0].answers[0].accepted);
    assert!(!serde_json::to_string(&incident).unwrap().contains("contact"));
}

#[test]
fn a_speaker_in_two_papers_is_one_source() {
    let quote = |publisher: &str, lead: &str| {
        Told::new(
            publisher,
            "2017-02-16",
            &format!("{lead} nine people died in shelling of Ariha, the Observatory said."),
        )
        .claim("nine people died in shelling of Ariha", Kind::Attack, |c| {
            shelling(c).by("Observatory", "observatory").figure(FigureKind::Killed, "people", 9, "nine");
        })
    };
    let record = record(&[
        quote("One", "On a cold morning in the north,"),
        quote("Two", "Reports from the town say that"),
    ]);
    let summary = record.incidents().next().unwrap();
    assert_eq!((summary.claims.len(), summary.independent.value), (2, 1));
}

#[test]
fn a_day_without_reports_is_blank_and_not_quiet() {
    let window = Window::new(day("2017-02-15"), day("2017-02-18"));
    let standing = record(&[first(), rebel_account()]).standing(&truce(), window);
    assert_eq!(standing.coverage.days_with_reports, 1);
    assert_eq!(standing.coverage.blank_days.len(), 3);
    assert!(standing.days[0].blank && !standing.days[1].blank);
    assert!(standing.verdict.contains("nothing was read for 3 of 4 days"), "{}", standing.verdict);
}

#[test]
fn who_denies_his_own_breach_does_not_say_that_the_truce_holds() {
    let denied = |of: Option<(&str, &str)>| {
        Told::new("Free Syrian Army", "2017-02-16", "The rebels spoke of the truce.").claim(
            "spoke of the truce",
            Kind::Truce,
            |c| {
                c.by("Free Syrian Army", "fsa").status(Status::Violated).stance(Stance::Denies);
                c.on("2017-02-16", "2017-02-16");
                if let Some((name, party)) = of {
                    c.actor(name, party);
                }
            },
        )
    };
    let window = Window::new(day("2017-02-16"), day("2017-02-16"));
    let said = |of| record(&[denied(of)]).standing(&truce(), window).says;
    assert!(said(Some(("Free Syrian Army", "fsa"))).is_empty());
    let nobody = said(None);
    assert_eq!((nobody.len(), nobody[0].kept.len()), (1, 1), "no breach by anybody is a truce kept");
}

#[test]
fn the_verdict_says_who_says_so() {
    let says = |publisher: &str, party: &str, status: Status| {
        Told::new(publisher, "2017-02-16", &format!("{publisher} spoke of the truce.")).claim(
            "spoke of the truce",
            Kind::Truce,
            |c| {
                c.by(publisher, party).status(status).on("2017-02-16", "2017-02-16");
            },
        )
    };
    let window = Window::new(day("2017-02-16"), day("2017-02-16"));
    let standing = record(&[
        says("Free Syrian Army", "fsa", Status::Violated),
        says("Observatory", "observatory", Status::Violated),
        says("Russia", "russia", Status::Kept),
    ])
    .standing(&truce(), window);
    assert!(
        standing.verdict.starts_with("Not holding by 2 of 3 sources, holding by 1"),
        "{}",
        standing.verdict
    );
    assert!(standing.says.iter().all(|s| s.kept.len() + s.broken.len() == 1));
    let silent = record(&[first()]).standing(&truce(), window);
    assert!(silent.verdict.starts_with("No source says whether it holds"), "{}", silent.verdict);
}

#[test]
fn every_number_of_the_standing_carries_its_claims() {
    fn walk(value: &serde_json::Value, seen: &mut usize) {
        match value {
            serde_json::Value::Object(map) => {
                if let (Some(n), Some(claims)) =
                    (map.get("value").and_then(serde_json::Value::as_u64), map.get("claims"))
                {
                    *seen += 1;
                    assert!(n == 0 || !claims.as_array().unwrap().is_empty(), "{value}");
                }
                map.values().for_each(|v| walk(v, seen));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|v| walk(v, seen)),
            _ => {}
        }
    }
    let window = Window::new(day("2017-02-15"), day("2017-02-18"));
    let standing = record(&[first(), copy(), rebel_account(), armys_denial()]).standing(&truce(), window);
    let mut seen = 0;
    walk(&serde_json::to_value(&standing).unwrap(), &mut seen);
    assert!(seen > 10);
}

/// One of a handful of reports about a handful of events, by one of a handful of sources.
fn any_told() -> impl Strategy<Value = (u8, u8, u8, u64)> {
    (0_u8..4, 0_u8..3, 0_u8..3, 1_u64..30)
}

fn build(n: usize, (source, place, date, killed): (u8, u8, u8, u64)) -> Told {
    let (name, party) =
        [("Rebels", "fsa"), ("army", "army"), ("Observatory", "observatory"), ("", "")][source as usize];
    let place = ["Ariha", "al-Bab", "Daraa"][place as usize];
    let date = ["2017-02-15", "2017-02-16", "2017-02-17"][date as usize];
    let text = format!("Report {n}: shells killed {killed} people in {place}, {name} said on {date}.");
    Told::new(&format!("Paper {n}"), date, &text).claim(
        &format!("shells killed {killed} people in {place}"),
        Kind::Attack,
        |c| {
            c.at(place).on(date, date).figure(FigureKind::Killed, "people", killed, &killed.to_string());
            if !name.is_empty() {
                c.by(name, party);
            }
        },
    )
}

proptest! {
    #[test]
    fn no_order_of_arrival_loses_a_claim_or_an_account(told in prop::collection::vec(any_told(), 1..14), turn in 0_usize..14) {
        let mut reports: Vec<Told> = told.iter().enumerate().map(|(n, t)| build(n, *t)).collect();
        let turn = turn % reports.len();
        reports.rotate_left(turn);
        let record = record(&reports);
        let mut shown: Vec<String> = Vec::new();
        for summary in record.incidents() {
            let incident = record.incident(&summary.id).unwrap();
            for account in &incident.accounts {
                shown.extend(account.claims.iter().map(|c| c.id.to_string()));
                for claim in &account.claims {
                    prop_assert_eq!(&claim.source.key, &account.source.key);
                }
            }
            for figure in &incident.figures {
                // Every source's number lies within what is allowed; the bounds are somebody's numbers, never sums.
                let latest: Vec<_> = figure.accounts.iter().filter(|a| a.latest).map(|a| a.count).collect();
                prop_assert!(latest.iter().any(|c| c.min == figure.allowed.min));
                prop_assert!(latest.iter().any(|c| c.max == figure.allowed.max));
            }
        }
        let mut expected: Vec<String> = reports.iter().flat_map(|t| &t.claims).map(|c| c.id.to_string()).collect();
        shown.sort();
        expected.sort();
        prop_assert_eq!(shown, expected);
    }

    #[test]
    fn the_same_contents_give_the_same_record(told in prop::collection::vec(any_told(), 1..14)) {
        let reports: Vec<Told> = told.iter().enumerate().map(|(n, t)| build(n, *t)).collect();
        let window = Window::new(day("2017-02-14"), day("2017-02-18"));
        let standing = || serde_json::to_string(&record(&reports).standing(&truce(), window)).unwrap();
        prop_assert_eq!(standing(), standing());
    }
}

#[test]
fn one_source_that_names_two_hands_or_two_counts_tells_two_acts() {
    let text = "In Ariha on Thursday the army killed 24 people by shelling, and rebels killed 10 people by shelling.";
    let told = Told::new("Agency", "2017-02-16", text)
        .claim("the army killed 24 people by shelling", Kind::Attack, |c| {
            shelling(c).actor("army", "army").figure(FigureKind::Killed, "people", 24, "24");
        })
        .claim("rebels killed 10 people by shelling", Kind::Attack, |c| {
            shelling(c).actor("rebels", "fsa").figure(FigureKind::Killed, "people", 10, "10");
        });
    assert_eq!(record(&[told]).incidents().count(), 2);
}

#[test]
fn rival_blame_for_one_strike_stays_one_incident() {
    let blame = |publisher: &str, speaker: &str, party: &str, hand: &str, hand_id: &str| {
        let text = format!(
            "{publisher}: {speaker} said that {hand} shelled the market of Ariha and killed nine people."
        );
        Told::new(publisher, "2017-02-16", &text).claim(
            "shelled the market of Ariha and killed nine people",
            Kind::Attack,
            |c| {
                shelling(c).by(speaker, party).stance(Stance::Accuses).actor(hand, hand_id).figure(
                    FigureKind::Killed,
                    "people",
                    9,
                    "nine",
                );
            },
        )
    };
    let record = record(&[
        blame("Radio", "Rebels", "fsa", "the army", "army"),
        blame("State News", "The government", "gov", "rebels", "fsa"),
    ]);
    let incident = record.incident(&record.incidents().next().unwrap().id).unwrap();
    assert_eq!(incident.accounts.len(), 2);
    assert_ne!(incident.accounts[0].actors, incident.accounts[1].actors);
}
