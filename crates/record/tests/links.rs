//! Links: what makes two claims one incident, told in words, and what keeps them two.

mod common;

use common::{Draft, Told, contents, record};
use holdfire_types::{Decision, FigureKind, Kind, LinkDecision, Means, Stance};

/// The decision on the claims of these numbers, in the order recorded.
fn link(told: &[Told], a: usize, b: usize) -> Option<LinkDecision> {
    let contents = contents(told);
    let (a, b) = (&contents.claims[a].value.id, &contents.claims[b].value.id);
    let of_both = |d: &&LinkDecision| [&d.a, &d.b] == [a, b] || [&d.a, &d.b] == [b, a];
    contents.decisions.iter().map(|d| &d.value).rfind(of_both).cloned()
}

/// What speaks for one incident.
fn evidence(told: &[Told], a: usize, b: usize) -> Vec<String> {
    let link = link(told, a, b).expect("a decision");
    assert_eq!(link.decision, Decision::Same, "{link:?}");
    link.evidence_for
}

fn blast(publisher: &str, place: &str, words: &str, killed: u64, at_least: bool) -> Told {
    let text = format!("A bomb went off in {place} on Tuesday and killed {words} people.");
    Told::new(publisher, "2017-02-15", &text).claim("A bomb went off", Kind::Attack, |c| {
        c.at(place).on("2017-02-14", "2017-02-14").figure(FigureKind::Killed, "people", killed, words);
        if at_least {
            c.claim.act.figures[0].max = None;
        }
    })
}

#[test]
fn at_least_sixteen_and_sixteen_are_one_count() {
    let told = [blast("One", "Ariha", "sixteen", 16, false), blast("Two", "Ariha", "at least 16", 16, true)];
    assert!(evidence(&told, 0, 1).contains(&"same count: 16 killed".to_owned()));
}

#[test]
fn a_place_that_no_gazetteer_knows_gives_way_to_a_count_told_alike() {
    let told =
        [blast("One", "Ariha", "sixteen", 16, false), blast("Two", "Market Square", "sixteen", 16, true)];
    assert_eq!(link(&told, 0, 1).map(|l| l.decision), Some(Decision::Same));
    let against = link(&told, 0, 1).expect("a decision").evidence_against;
    assert_eq!(against, ["other place names: test:Ariha, market square"]);
    // two known towns stay two, whatever the count
    let told = [blast("One", "Ariha", "sixteen", 16, false), blast("Two", "Daraa", "sixteen", 16, true)];
    assert_eq!(record(&told).incidents().count(), 2);
}

#[test]
fn names_written_in_two_ways_are_alike() {
    let told = [blast("One", "Hasakeh", "nine", 9, false), blast("Two", "al-Hasaka", "nine", 9, false)];
    assert!(evidence(&told, 0, 1)[0].starts_with("places named alike: "));
}

#[test]
fn an_army_and_its_government_are_no_rivals() {
    let shelled = |publisher: &str, who: &str, party: &str| {
        let text = format!("{who} shelled Ariha on Tuesday.");
        Told::new(publisher, "2017-02-15", &text).claim("shelled Ariha", Kind::Attack, |c| {
            c.actor(who, party).at("Ariha").on("2017-02-14", "2017-02-14").means(Means::Shelling);
        })
    };
    let told = [shelled("One", "The government", "gov"), shelled("Two", "The army", "army")];
    assert!(evidence(&told, 0, 1).contains(&"one stands under the other: gov, army".to_owned()));
    let told = [shelled("One", "The government", "gov"), shelled("Two", "Turkish troops", "tsk")];
    let against = link(&told, 0, 1).expect("a decision").evidence_against;
    assert_eq!(against, ["other actor: gov, tsk"]);
}

#[test]
fn headline_lead_and_text_of_one_report_come_together_and_its_other_acts_stay_apart() {
    let text = "Raids on clinic. Jets hit the clinic of Ariha on Tuesday. The jets came back at noon. In Daraa shells fell.";
    let told = Told::new("One", "2017-02-15", text)
        .claim("Raids on clinic", Kind::Attack, |c| {
            c.actor("Jets", "army").means(Means::Airstrike);
        })
        .claim("Jets hit the clinic of Ariha", Kind::Attack, |c| {
            c.actor("Jets", "army").at("Ariha").on("2017-02-14", "2017-02-14").means(Means::Airstrike);
        })
        .claim("In Daraa shells fell", Kind::Attack, |c| {
            c.at("Daraa").means(Means::Shelling);
        });
    let told = [told];
    assert!(evidence(&told, 0, 1).contains(&"one report goes on to tell it".to_owned()));
    let record = record(&told);
    let sizes: Vec<usize> = record.incidents().map(|i| i.claims.len()).collect();
    assert_eq!(sizes, [2, 1]);
}

#[test]
fn a_wire_copy_tells_in_the_same_words() {
    let story = "Fire rose over the depot on the ring road after a loud blast, a driver of the depot said by telephone. \
        Nobody answered at the number of the provincial council. The road was closed until the evening for all traffic.";
    let told = |publisher: &str, text: &str| {
        Told::new(publisher, "2017-02-15", text).claim(
            "Fire rose over the depot on the ring road",
            Kind::Attack,
            |_| {},
        )
    };
    let copied = [told("One", story), told("Two", &format!("Depot on fire. {story}"))];
    assert!(evidence(&copied, 0, 1).contains(&"told in the same words by a wire copy".to_owned()));
    let other = "Fire rose over the depot on the ring road. Trains were late on two lines to the coast for other reasons.";
    assert_eq!(record(&[told("One", story), told("Two", other)]).incidents().count(), 2);
}

#[test]
fn words_that_tell_no_party_are_no_rival_hand() {
    let hit = |publisher: &str, who: &str, party: &str| {
        let text = format!("{who} hit Ariha on Tuesday.");
        Told::new(publisher, "2017-02-15", &text).claim("hit Ariha", Kind::Attack, |c| {
            c.actor(who, party).at("Ariha").on("2017-02-14", "2017-02-14").means(Means::Airstrike);
        })
    };
    let of_one_source = [hit("One", "Turkish jets", "tsk"), hit("One", "Two warplanes", "")];
    assert_eq!(link(&of_one_source, 0, 1).map(|l| l.decision), Some(Decision::Same));
    let of_one_source = [hit("One", "Turkish jets", "tsk"), hit("One", "Russian jets", "russia")];
    assert_ne!(link(&of_one_source, 0, 1).map(|l| l.decision), Some(Decision::Same));
}

#[test]
fn a_report_that_tells_the_day_once_tells_it_for_the_act() {
    let text = "Jets hit the clinic of Ariha last Friday. The raid on the clinic came at noon.";
    let told = Told::new("One", "2017-02-15", text)
        .claim("Jets hit the clinic of Ariha last Friday", Kind::Attack, |c| {
            c.at("Ariha").on("2017-02-10", "2017-02-10").means(Means::Airstrike);
        })
        .claim("The raid on the clinic", Kind::Attack, |c| {
            c.at("Ariha").means(Means::Airstrike);
        });
    let told = [told];
    let why = evidence(&told, 0, 1);
    assert!(why.contains(&"one report, which tells the day with one of the two".to_owned()), "{why:?}");
}

#[test]
fn the_line_that_tells_when_a_report_was_published_tells_no_acts_day() {
    let text = "Clinic hit in Ariha. 15 February 2017 Jets hit the clinic of Ariha on Tuesday and killed nine people.";
    let told = |publisher: &str| {
        Told::new(publisher, "2017-02-15", text).claim(
            "15 February 2017 Jets hit the clinic of Ariha on Tuesday",
            Kind::Attack,
            |c| {
                c.at("Ariha").on("2017-02-15", "2017-02-15").days_words("15 February 2017").figure(
                    FigureKind::Killed,
                    "people",
                    9,
                    "nine",
                );
            },
        )
    };
    let blast = blast("Two", "Ariha", "nine", 9, false);
    let incidents = |told: &[Told]| record(told).incidents().count();
    // In the text the day is that of an act, and two days are two acts.
    assert_eq!(incidents(&[told("One"), blast.clone()]), 2);
    assert_eq!(incidents(&[told("One").dated_by("15 February 2017"), blast]), 1);
}

#[test]
fn what_two_reports_of_two_days_tell_without_its_day_is_two_acts_unless_more_ties_them() {
    let shelled = |publisher: &str, day: &str, killed: u64| {
        let text = format!("Shells hit Ariha and killed {killed} people.");
        Told::new(publisher, day, &text).claim("Shells hit Ariha", Kind::Attack, |c| {
            c.at("Ariha").means(Means::Shelling).figure(
                FigureKind::Killed,
                "people",
                killed,
                &killed.to_string(),
            );
        })
    };
    let count = |a: &Told, b: &Told| record(&[a.clone(), b.clone()]).incidents().count();
    let first = shelled("One", "2017-02-14", 9);
    assert_eq!(count(&first, &shelled("Two", "2017-02-14", 8)), 1);
    assert_eq!(count(&first, &shelled("Two", "2017-02-15", 8)), 2);
    assert_eq!(count(&first, &shelled("Two", "2017-02-15", 9)), 1);
}

#[test]
fn one_province_on_one_day_is_less_than_one_town() {
    let raided = |publisher: &str, place: &str| {
        let text = format!("Raids hit {place}, {publisher} learnt from two of its readers.");
        Told::new(publisher, "2017-02-15", &text).claim(
            &format!("Raids hit {place}, {publisher}"),
            Kind::Attack,
            |c| {
                c.at(place);
            },
        )
    };
    let decision =
        |place: &str| link(&[raided("One", place), raided("Two", place)], 0, 1).map(|l| l.decision);
    assert_eq!(decision("Ariha"), Some(Decision::Same));
    assert_eq!(decision("Daraa province"), Some(Decision::Unsure));
}

#[test]
fn a_report_goes_on_to_tell_an_act_unless_something_speaks_against_it() {
    let text = "Blast in Ariha. A bomb went off at the gate on Tuesday. The nurses fled to the cellar.";
    let told = |second: Means| {
        Told::new("One", "2017-02-15", text)
            .claim("Blast in Ariha", Kind::Attack, |c| {
                c.at("Ariha").means(Means::CarBomb);
            })
            .claim("A bomb went off at the gate", Kind::Attack, |c| {
                c.on("2017-02-14", "2017-02-14").means(second);
            })
    };
    assert_eq!(record(&[told(Means::CarBomb)]).incidents().count(), 1);
    assert_eq!(record(&[told(Means::Airstrike)]).incidents().count(), 2);
}

#[test]
fn words_that_name_no_place_are_none() {
    let text = "Jets hit Ariha on Tuesday. The raid on the town came at noon.";
    let told = Told::new("One", "2017-02-15", text)
        .claim("Jets hit Ariha", Kind::Attack, |c| {
            c.at("Ariha");
        })
        .claim("The raid on the town", Kind::Attack, |c| {
            c.at("the town");
        });
    assert!(evidence(&[told], 0, 1).contains(&"one report goes on to tell it".to_owned()));
}

/// A day of fighting as one report tells it. The last of its claims names nobody.
fn exchange() -> Told {
    let text = "The army shelled the rebels' quarter of Daraa on Tuesday, the Observatory said. Rebels attacked the army's \
        barracks in Daraa on Tuesday, the army said. Nine people died in Daraa on Tuesday.";
    Told::new("One", "2017-02-15", text)
        .claim("The army shelled the rebels' quarter of Daraa", Kind::Attack, |c| {
            c.by("Observatory", "observatory").actor("The army", "army").target("the rebels' quarter", "");
            c.at("Daraa").on("2017-02-14", "2017-02-14");
        })
        .claim("Rebels attacked the army's barracks in Daraa", Kind::Attack, |c| {
            c.by("army", "army").actor("Rebels", "opposition").target("the army's barracks", "");
            c.at("Daraa").on("2017-02-14", "2017-02-14");
        })
        .claim("Nine people died in Daraa", Kind::Attack, |c| {
            c.at("Daraa").on("2017-02-14", "2017-02-14");
        })
}

#[test]
fn two_sides_that_strike_two_targets_strike_two_blows() {
    let incidents = |told: &[Told]| record(told).incidents().map(|i| i.claims.len()).collect::<Vec<_>>();
    let told = [exchange()];
    let against = link(&told, 0, 1).expect("a decision");
    assert_eq!(against.decision, Decision::Different);
    assert!(against.evidence_against.contains(&"another actor strikes another target".to_owned()));
    // Nine people died in one of the two, which does not make them one.
    assert_eq!(incidents(&told), [2, 1]);
    // A count told alike shows that the two speak of one blow.
    let mut told = exchange();
    told.claims.truncate(2);
    for claim in &mut told.claims {
        claim.act.figures = blast("Two", "Daraa", "nine", 9, false).claims[0].act.figures.clone();
    }
    assert_eq!(incidents(&[told]), [2]);
}

#[test]
fn a_party_that_only_the_words_before_name_parts_nothing() {
    let mut told = exchange();
    told.claims.truncate(2);
    told.claims[1].act.actor[0].span = None;
    assert_eq!(link(&[told], 0, 1).map(|l| l.decision), Some(Decision::Same));
}

/// What one source says in one report: the army hit Daraa, shells fell on Daraa, and the rebels hit Daraa.
fn one_voice(last: impl Fn(&mut Draft)) -> Told {
    let text = "Army jets hit Daraa on Tuesday. Bombs fell on Daraa on Tuesday. Rebels hit Daraa on Tuesday.";
    let daraa = |c: &mut Draft| {
        c.at("Daraa").on("2017-02-14", "2017-02-14").target("civilians", "");
    };
    Told::new("One", "2017-02-15", text)
        .claim("Army jets hit Daraa", Kind::Attack, |c| daraa(c.actor("Army jets", "army")))
        .claim("Bombs fell on Daraa", Kind::Attack, daraa)
        .claim("Rebels hit Daraa", Kind::Attack, |c| {
            daraa(c.actor("Rebels", "opposition"));
            last(c);
        })
}

#[test]
fn one_account_does_not_tell_one_blow_as_done_by_two_sides() {
    let incidents = |told: &[Told]| record(told).incidents().count();
    assert_eq!(incidents(&[one_voice(|_| {})]), 2);
    // The word of another is another account of it.
    let other = |c: &mut Draft| {
        c.by("Syrian government", "gov").stance(Stance::Accuses);
    };
    assert_eq!(incidents(&[one_voice(other)]), 1);
    // The sides of a clash are no rivals.
    let clash = |c: &mut Draft| c.claim.act.kind = Kind::Clash;
    assert_eq!(incidents(&[one_voice(clash)]), 1);
}
