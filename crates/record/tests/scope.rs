//! The truce's terms as rules: in, out, disputed, unknown, each with the term and the claims.

mod common;

use common::{Told, record, truce};
use holdfire_record::{Record, ScopeView};
use holdfire_types::{Kind, Means, ScopeVerdict, Stance};

fn verdict(record: &Record, quote: &str) -> ScopeView {
    let line = record.claim_lines().find(|c| c.quote.starts_with(quote)).unwrap();
    record.scope(&line.incident.unwrap(), &truce()).unwrap()
}

#[test]
fn shelling_of_one_bound_party_by_another_is_in_scope_by_the_term_that_bars_it() {
    let told = Told::new("Agency", "2017-02-16", "The army shelled rebel positions in Ariha on Thursday.")
        .claim("The army shelled rebel positions in Ariha", Kind::Attack, |c| {
            c.actor("army", "army")
                .target("Free Syrian Army", "fsa")
                .at("Ariha")
                .on("2017-02-16", "2017-02-16")
                .means(Means::Shelling);
        });
    let record = record(&[told]);
    let scope = verdict(&record, "The army shelled");
    assert_eq!(scope.verdict, ScopeVerdict::In);
    assert_eq!(scope.grounds[0].term, "barred");
    assert_eq!(scope.grounds[0].claims.len(), 1);
}

#[test]
fn an_act_before_the_truce_or_abroad_is_out() {
    let told = Told::new(
        "Agency",
        "2017-02-16",
        "The army shelled Ariha in November. Rockets hit Mosul on Thursday.",
    )
    .claim("The army shelled Ariha in November", Kind::Attack, |c| {
        c.actor("army", "army").at("Ariha").on("2016-11-01", "2016-11-30");
    })
    .claim("Rockets hit Mosul", Kind::Attack, |c| {
        c.actor("army", "army").at("Mosul").on("2017-02-16", "2017-02-16");
    });
    let record = record(&[told]);
    let before = verdict(&record, "The army");
    assert_eq!((before.verdict, before.grounds[0].term.as_str()), (ScopeVerdict::Out, "dates"));
    let abroad = verdict(&record, "Rockets");
    assert_eq!((abroad.verdict, abroad.grounds[0].term.as_str()), (ScopeVerdict::Out, "area"));
}

#[test]
fn an_attack_that_an_excluded_group_began_and_bound_groups_joined_is_disputed() {
    let told = Told::new(
        "Agency",
        "2017-02-16",
        "A faction linked to al-Qaida attacked army posts in Daraa on Sunday. Mainstream rebels joined the attack on \
         the army in Daraa on Monday.",
    )
    .claim("A faction linked to al-Qaida attacked army posts in Daraa", Kind::Attack, |c| {
        c.actor("faction linked to al-Qaida", "qaida").target("army", "army").at("Daraa").on("2017-02-12", "2017-02-12");
    })
    .claim("Mainstream rebels joined the attack on the army in Daraa", Kind::Attack, |c| {
        c.actor("Mainstream rebels", "fsa").target("army", "army").at("Daraa").on("2017-02-13", "2017-02-13");
    });
    let record = record(&[told]);
    for quote in ["A faction", "Mainstream"] {
        let scope = verdict(&record, quote);
        assert_eq!(scope.verdict, ScopeVerdict::Disputed, "{scope:?}");
        assert_eq!(scope.grounds[0].term, "excluded-groups");
        assert_eq!(scope.grounds[0].claims.len(), 2, "both claims are grounds");
    }
}

#[test]
fn two_enemies_at_one_place_are_not_taken_for_partners() {
    let told = Told::new(
        "Agency",
        "2017-02-16",
        "Rebels attacked Islamic State posts in al-Bab. Islamic State fighters struck back at the rebels in al-Bab.",
    )
    .claim("Rebels attacked Islamic State posts in al-Bab", Kind::Attack, |c| {
        c.actor("Rebels", "fsa").target("Islamic State", "is").at("al-Bab").on("2017-02-16", "2017-02-16");
    })
    .claim("Islamic State fighters struck back at the rebels in al-Bab", Kind::Attack, |c| {
        c.actor("Islamic State", "is").target("rebels", "fsa").at("al-Bab").on("2017-02-16", "2017-02-16");
    });
    let record = record(&[told]);
    assert_eq!(verdict(&record, "Rebels").verdict, ScopeVerdict::Out);
    assert_eq!(verdict(&record, "Islamic State").verdict, ScopeVerdict::Out);
}

#[test]
fn a_disputed_term_makes_a_disputed_verdict() {
    let told = Told::new("Agency", "2017-02-16", "The army bombed the faction linked to al-Qaida in Ariha.")
        .claim("The army bombed the faction linked to al-Qaida in Ariha", Kind::Attack, |c| {
            c.actor("army", "army").target("faction", "qaida").at("Ariha").on("2017-02-16", "2017-02-16");
        });
    let record = record(&[told]);
    let mut truce = truce();
    let id = record.incidents().next().unwrap().id;
    assert_eq!(record.scope(&id, &truce).unwrap().verdict, ScopeVerdict::Out);
    truce.terms[1].disputed = "the opposition says the faction is inside".to_owned();
    let scope = record.scope(&id, &truce).unwrap();
    assert_eq!(scope.verdict, ScopeVerdict::Disputed);
    assert!(scope.grounds[0].text.contains("the opposition says"));
}

#[test]
fn a_place_held_by_the_excluded_group_is_out_unless_another_account_says_otherwise() {
    let strike = || {
        Told::new("Agency", "2017-02-16", "Shells hit al-Bab, a town that the Islamic State holds.")
            .claim("Shells hit al-Bab", Kind::Attack, |c| {
                c.actor("army", "army").at("al-Bab").on("2017-02-16", "2017-02-16");
            })
            .claim("a town that the Islamic State holds", Kind::Control, |c| {
                c.actor("Islamic State", "is").at("al-Bab");
            })
    };
    let scope = verdict(&record(&[strike()]), "Shells");
    assert_eq!((scope.verdict, scope.grounds[0].term.as_str()), (ScopeVerdict::Out, "excluded-area"));
    let other = Told::new("Daily", "2017-02-15", "Rebels hold al-Bab.").claim(
        "Rebels hold al-Bab",
        Kind::Control,
        |c| {
            c.actor("Rebels", "fsa").at("al-Bab");
        },
    );
    let scope = verdict(&record(&[strike(), other]), "Shells");
    assert_eq!(scope.verdict, ScopeVerdict::Disputed);
    assert_eq!(scope.grounds[0].claims.len(), 2);
}

#[test]
fn a_blast_with_no_named_hand_is_unknown_and_says_what_is_missing() {
    let told = Told::new("Agency", "2017-02-16", "Shells hit Ariha and killed two.").claim(
        "Shells hit Ariha",
        Kind::Attack,
        |c| {
            c.at("Ariha").on("2017-02-16", "2017-02-16");
        },
    );
    let scope = verdict(&record(&[told]), "Shells");
    assert_eq!(scope.verdict, ScopeVerdict::Unknown);
    assert!(scope.grounds[0].text.contains("not reported"));
}

#[test]
fn a_party_that_the_truce_does_not_bind_and_a_denial_decide_nothing_in() {
    let told = Told::new("Agency", "2017-02-16", "The army said that it did not shell Ariha.").claim(
        "it did not shell Ariha",
        Kind::Attack,
        |c| {
            c.by("army", "army")
                .stance(Stance::Denies)
                .actor("army", "army")
                .at("Ariha")
                .on("2017-02-16", "2017-02-16");
        },
    );
    let record = record(&[told]);
    let summary = record.incidents().next().unwrap();
    assert!(summary.unasserted);
    assert_eq!(summary.independent.value, 0);
    assert_eq!(summary.denied_by, ["Syrian army"]);
    let window = holdfire_record::Window::new("2017-02-16".parse().unwrap(), "2017-02-16".parse().unwrap());
    let violence = record.standing(&truce(), window).violence;
    assert_eq!((violence.incidents.within.value, violence.unasserted.value), (0, 1));
}

#[test]
fn an_act_told_without_its_day_before_the_truce_lies_before_it() {
    let told = |date: &str| {
        Told::new("Agency", date, "The army shelled rebels in Ariha.").claim(
            "The army shelled rebels in Ariha",
            Kind::Attack,
            |c| {
                c.actor("army", "army").target("rebels", "fsa").at("Ariha");
            },
        )
    };
    assert_eq!(verdict(&record(&[told("2016-11-20")]), "The army").verdict, ScopeVerdict::Out);
    assert_eq!(verdict(&record(&[told("2017-01-20")]), "The army").verdict, ScopeVerdict::In);
}
