//! Convoys and talks as they went, step by step and word by word.

mod common;

use common::{Told, day, record, truce};
use holdfire_record::Window;
use holdfire_types::{FigureKind, Kind, Stance, Status};

fn window() -> Window {
    Window::new(day("2017-02-01"), day("2017-02-28"))
}

fn waer() -> Vec<Told> {
    vec![
        Told::new("Agency", "2017-02-16", "A convoy was lining up for al-Waer, the UN said.").claim(
            "A convoy was lining up for al-Waer",
            Kind::Aid,
            |c| {
                c.by("UN", "un").status(Status::Waiting).at("al-Waer").on("2017-02-16", "2017-02-16");
            },
        ),
        Told::new("Opposition Radio", "2017-02-19", "Army fire turned the convoy to al-Waer back.").claim(
            "Army fire turned the convoy to al-Waer back",
            Kind::Aid,
            |c| {
                c.status(Status::Attacked).actor("Army", "army").at("al-Waer").on("2017-02-19", "2017-02-19");
            },
        ),
        Told::new("Agency", "2017-02-20", "The UN gave the convoy to al-Waer up, for security reasons.")
            .claim("The UN gave the convoy to al-Waer up", Kind::Aid, |c| {
                c.by("UN", "un").status(Status::Blocked).at("al-Waer").on("2017-02-20", "2017-02-20");
            }),
    ]
}

#[test]
fn a_convoy_is_told_step_by_step_with_who_says_so() {
    let aid = record(&waer()).standing(&truce(), window()).aid;
    assert_eq!(aid.convoys.len(), 1);
    let convoy = &aid.convoys[0];
    let steps: Vec<_> = convoy.steps.iter().map(|s| (s.status, s.source.name.as_str())).collect();
    assert_eq!(
        steps,
        [
            (Status::Waiting, "United Nations"),
            (Status::Attacked, "Opposition Radio"),
            (Status::Blocked, "United Nations")
        ]
    );
    assert_eq!((convoy.state, convoy.contested), (Some(Status::Blocked), false));
    assert_eq!(convoy.steps[1].by, ["Army"]);
}

#[test]
fn two_words_on_the_end_of_a_convoy_are_a_contest_and_not_a_vote() {
    let mut told = waer();
    told.push(Told::new("State News", "2017-02-20", "The convoy reached al-Waer.").claim(
        "The convoy reached al-Waer",
        Kind::Aid,
        |c| {
            c.by("government", "gov").status(Status::Delivered).at("al-Waer").on("2017-02-20", "2017-02-20");
        },
    ));
    let convoy = &record(&told).standing(&truce(), window()).aid.convoys[0];
    assert!(convoy.contested);
    assert_eq!(convoy.steps.len(), 4);
}

#[test]
fn a_demand_for_access_is_no_delivery() {
    let told = Told::new("Agency", "2017-02-16", "The UN called for a convoy to al-Waer to be let in.")
        .claim("a convoy to al-Waer to be let in", Kind::Aid, |c| {
            c.by("UN", "un")
                .stance(Stance::Demands)
                .status(Status::Requested)
                .at("al-Waer")
                .on("2017-02-16", "2017-02-16");
        });
    let aid = record(&[told]).standing(&truce(), window()).aid;
    let count = |s: Status| aid.states.iter().find(|c| c.status == s).unwrap().told.value;
    assert_eq!((count(Status::Requested), count(Status::Delivered)), (1, 0));
    assert_eq!(aid.convoys[0].state, None);
}

#[test]
fn counts_of_convoys_keep_their_basis_and_are_not_compared_across_it() {
    let told = Told::new(
        "UN office",
        "2017-02-10",
        "No land convoy reached a besieged place this year. None went under January's plan. One convoy ran under the \
         November plan.",
    )
    .claim("No land convoy reached a besieged place this year", Kind::Aid, |c| {
        c.by("UN", "un").status(Status::Blocked).on("2017-02-10", "2017-02-10").figure(FigureKind::Convoys, "convoy", 0, "No");
    })
    .claim("None went under January's plan", Kind::Aid, |c| {
        c.by("UN", "un").status(Status::Blocked).on("2017-02-10", "2017-02-10").figure(FigureKind::Convoys, "", 0, "None");
    })
    .claim("One convoy ran under the November plan", Kind::Aid, |c| {
        c.by("UN", "un").status(Status::Delivered).on("2017-02-10", "2017-02-10").figure(FigureKind::Convoys, "convoy", 1, "One");
    });
    let aid = record(&[told]).standing(&truce(), window()).aid;
    let bases: Vec<_> = aid.figures.iter().map(|f| f.figure.basis.join(", ")).collect();
    assert_eq!(bases, ["besieged places, by land, this year so far", "January's plan", "November's plan"]);
}

#[test]
fn talks_show_what_was_planned_and_what_came_of_it() {
    let told = Told::new("Agency", "2017-02-16", "Talks in Astana, planned for the 15th, opened a day late.")
        .claim("planned for the 15th", Kind::Talks, |c| {
            c.status(Status::Planned).actor("government", "gov").at("Astana").on("2017-02-15", "2017-02-15");
        })
        .claim("opened a day late", Kind::Talks, |c| {
            c.status(Status::Held)
                .actor("government", "gov")
                .actor("rebels", "fsa")
                .at("Astana")
                .on("2017-02-16", "2017-02-16");
        });
    let talks = record(&[told]).standing(&truce(), window()).talks;
    assert_eq!(talks.rounds.len(), 1);
    assert_eq!(talks.rounds[0].state, Some(Status::Held));
    assert_eq!(talks.rounds[0].named, ["government", "rebels"]);
    let held = talks.states.iter().find(|s| s.status == Status::Held).unwrap();
    assert_eq!((held.told.value, held.told.claims.len()), (1, 1));
}
