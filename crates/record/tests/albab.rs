//! A chain of counts over three days, by a monitor and an army: consistent within one source, in conflict between two.

mod common;

use common::{Draft, Told, record, truce};
use holdfire_record::{Interval, Outcome, Record, Window};
use holdfire_types::{FigureKind, Kind, Means, ScopeVerdict};

const AGENCY: &str = "Bombardment of al-Bab killed 24 civilians in the past 24 hours, 11 of them children, the \
    Observatory said on Thursday. Turkey's army said that it killed 15 terrorists in al-Bab in the past 24 hours.";
const NEXT_DAY: &str = "The Observatory said that 21 civilians were killed in al-Bab in the past 24 hours, 7 of them \
    children, and 45 civilians were killed in al-Bab in the past 48 hours, 18 of them children.";

fn strike(draft: &mut Draft) -> &mut Draft {
    draft.by("Observatory", "observatory").actor("Turkish army", "tsk").at("al-Bab").means(Means::Shelling)
}

fn chain() -> Vec<Told> {
    let first = Told::new("Agency", "2017-02-16", AGENCY)
        .claim(
            "Bombardment of al-Bab killed 24 civilians in the past 24 hours, 11 of them children",
            Kind::Attack,
            |c| {
                strike(c)
                    .on("2017-02-15", "2017-02-16")
                    .days_words("in the past 24 hours")
                    .figure(FigureKind::Killed, "civilians", 24, "24")
                    .figure(FigureKind::Killed, "children", 11, "11")
                    .part();
            },
        )
        .claim("it killed 15 terrorists in al-Bab in the past 24 hours", Kind::Attack, |c| {
            c.by("Turkey's army", "tsk")
                .actor("Turkish army", "tsk")
                .target("terrorists", "is")
                .at("al-Bab")
                .on("2017-02-15", "2017-02-16")
                .days_words("in the past 24 hours")
                .figure(FigureKind::Killed, "terrorists", 15, "15");
        });
    let second = Told::new("Agency", "2017-02-17", NEXT_DAY)
        .claim(
            "21 civilians were killed in al-Bab in the past 24 hours, 7 of them children",
            Kind::Attack,
            |c| {
                strike(c)
                    .on("2017-02-16", "2017-02-17")
                    .days_words("in the past 24 hours")
                    .figure(FigureKind::Killed, "civilians", 21, "21")
                    .figure(FigureKind::Killed, "children", 7, "7")
                    .part();
            },
        )
        .claim(
            "45 civilians were killed in al-Bab in the past 48 hours, 18 of them children",
            Kind::Attack,
            |c| {
                strike(c)
                    .on("2017-02-15", "2017-02-17")
                    .days_words("in the past 48 hours")
                    .figure(FigureKind::Killed, "civilians", 45, "45")
                    .figure(FigureKind::Killed, "children", 18, "18")
                    .part();
            },
        );
    vec![first, second]
}

fn week() -> Window {
    Window::new("2017-02-13".parse().unwrap(), "2017-02-19".parse().unwrap())
}

fn incident_of(record: &Record, quote: &str) -> holdfire_record::IncidentView {
    let line = record.claim_lines().find(|c| c.quote.starts_with(quote)).unwrap();
    record.incident(&line.incident.unwrap()).unwrap()
}

#[test]
fn the_monitors_counts_of_two_days_make_up_its_count_of_both() {
    let record = record(&chain());
    let checks = record.standing(&truce(), week()).checks;
    let sums: Vec<_> = checks.iter().filter(|c| c.rule == "window-sum").collect();
    assert!(sums.iter().all(|c| c.outcome == Outcome::Consistent), "{sums:?}");
    assert!(sums.iter().any(|c| c.text.contains("24 + 21 = 45") && c.claims.len() == 3), "{sums:?}");
    assert!(sums.iter().any(|c| c.text.contains("11 + 7 = 18")), "{sums:?}");
}

#[test]
fn a_total_that_its_days_exceed_is_a_conflict_that_names_the_claims() {
    let mut told = chain();
    let figures = &mut told[1].claims[1].act.figures;
    figures[0].min = Some(44);
    figures[0].max = Some(44);
    let record = record(&told);
    let checks = record.standing(&truce(), week()).checks;
    let conflict = checks.iter().find(|c| c.outcome == Outcome::Conflict).unwrap();
    assert_eq!(conflict.rule, "window-sum");
    assert_eq!(conflict.claims.len(), 3);
}

#[test]
fn the_armys_count_is_another_account_and_never_part_of_the_monitors() {
    let record = record(&chain());
    let standing = record.standing(&truce(), week());
    let incident = incident_of(&record, "Bombardment");
    let figures: Vec<_> =
        incident.figures.iter().filter(|f| !f.part && f.what == FigureKind::Killed).collect();
    for figure in &figures {
        assert!(
            figure.allowed == Interval::exactly(24) || figure.allowed == Interval::exactly(15),
            "{figure:?}"
        );
    }
    for death in &standing.violence.deaths {
        assert_ne!(death.count.max, Some(39), "two sources' counts are not added: {death:?}");
    }
}

#[test]
fn the_count_of_two_days_sums_up_the_days_and_is_no_incident_beside_them() {
    let record = record(&chain());
    let two_days = incident_of(&record, "45 civilians");
    assert!(two_days.summary.sums_up.len() >= 2, "{:?}", two_days.summary);
    let first = incident_of(&record, "Bombardment").summary.id;
    let next = incident_of(&record, "21 civilians").summary.id;
    assert_ne!(first, next);
    let violence = record.standing(&truce(), week()).violence;
    assert!(violence.summaries.incidents.contains(&two_days.summary.id));
    assert!(!violence.incidents.unknown.incidents.contains(&two_days.summary.id));
}

#[test]
fn fighting_against_the_excluded_group_alone_is_out_of_scope_by_that_term() {
    let record = record(&chain());
    let army = incident_of(&record, "it killed 15");
    let scope = &army.summary.scopes[0];
    assert_eq!(scope.verdict, ScopeVerdict::Out, "{scope:?}");
    assert_eq!(scope.grounds[0].term, "excluded-groups");
    assert!(!scope.grounds[0].claims.is_empty());
}

#[test]
fn deaths_of_one_source_count_disjoint_days_once() {
    let record = record(&chain());
    let deaths = record.standing(&truce(), week()).violence.deaths;
    let civilians: Vec<_> = deaths
        .iter()
        .filter(|d| d.source.key == "observatory" && d.of == holdfire_record::Counts::Civilians)
        .collect();
    assert_eq!(civilians.len(), 1);
    // At least the two days' 45, never the 90 of days and total together as a lower bound.
    assert_eq!(civilians[0].count.min, Some(45), "{civilians:?}");
}
