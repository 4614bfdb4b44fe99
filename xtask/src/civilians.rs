//! How many civilians an incident killed, as the article table counts them.
//!
//! The table has one number for an incident, as printed ("more than 1,400" is 1400): everyone who is not called armed,
//! unless the text tells the civilians apart. It has a number where a headline has only "dozens" and the text a count,
//! and the whole where a headline has only the children.

use holdfire_record::Counts;
use holdfire_types::{Claim, Figure, FigureKind};

/// Words of those who bear no arms.
const CIVILIAN: [&str; 4] = ["civilian", "citizen", "resident", "combatant"];
/// More of them, by calling.
const PEACEFUL: [&str; 9] =
    ["villager", "worshipper", "doctor", "medic", "journalist", "teacher", "pilgrim", "nurse", "worker"];
/// Words of those who do, beside those of [`Counts::Fighters`].
const ARMED: [&str; 6] = ["jihadi", "gunmen", "member", "commander", "personnel", "guard"];

/// Whom a figure counts, as far as the table tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Called civilians.
    Civilians,
    /// Children, women, medics: civilians, but seldom all of them.
    Some,
    /// Armed men.
    Armed,
    /// People, with no word on who they are.
    People,
}

fn who(figure: &Figure) -> Who {
    let of = figure.of.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| of.contains(w));
    let counts = Counts::of(&of);
    if has(&CIVILIAN) {
        Who::Civilians
    } else if matches!(counts, Counts::Children | Counts::Women) || has(&PEACEFUL) {
        Who::Some
    } else if counts == Counts::Fighters || has(&ARMED) {
        Who::Armed
    } else {
        Who::People
    }
}

/// How exactly a number is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// "Dozens".
    Vaguely,
    /// "More than 40", "nearly 40".
    Roughly,
    /// "40", "at least 40".
    Plainly,
}

fn told(text: &str, figure: &Figure) -> Told {
    let words = figure.span.of(text).to_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if has(&["dozens", "scores", "hundreds", "thousands", "tens"]) {
        Told::Vaguely
    } else if has(&["more than", "over", "above", "exceed", "nearly", "almost", "up to", "as many"]) {
        Told::Roughly
    } else {
        Told::Plainly
    }
}

/// The number as printed: "more than 40" is 40, whatever it allows.
fn printed(text: &str, figure: &Figure) -> Option<u64> {
    let words = figure.span.of(text).to_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    match (figure.min, figure.max) {
        (Some(n), None) if has(&["more than", "over", "above", "exceed"]) => Some(n.saturating_sub(1)),
        (None, Some(n)) if has(&["less than", "fewer than", "under", "below"]) => Some(n + 1),
        (min, max) => min.or(max),
    }
}

/// A killed figure with the claim it stands in and its printed number.
#[derive(Clone, Copy)]
struct Dead<'a> {
    claim: &'a Claim,
    figure: &'a Figure,
    number: u64,
}

/// The dead that `claims` tell of, in order.
fn dead<'a>(text: &str, claims: &[&'a Claim]) -> Vec<Dead<'a>> {
    let mut found = Vec::new();
    for &claim in claims {
        let killed = claim.act.figures.iter().filter(|f| f.what == FigureKind::Killed);
        found
            .extend(killed.filter_map(|figure| Some(Dead { claim, figure, number: printed(text, figure)? })));
    }
    found
}

/// The civilians killed in the incident; `None` where it tells of none.
pub fn civilians(text: &str, incident: &[&Claim]) -> Option<u64> {
    let all = dead(text, incident);
    let unarmed = |d: &&Dead<'_>| who(d.figure) != Who::Armed;
    let Some(first) = all.iter().find(|d| unarmed(d) && !d.figure.part) else {
        return all.iter().find(unarmed).map(|d| d.number);
    };
    let plainly = |d: &&Dead<'_>| told(text, d.figure) == Told::Plainly;
    let better = match told(text, first.figure) {
        Told::Vaguely => {
            let counted = |d: &&Dead<'_>| told(text, d.figure) != Told::Vaguely;
            all.iter().filter(unarmed).find(plainly).or_else(|| all.iter().filter(unarmed).find(counted))
        }
        Told::Roughly => {
            all.iter().filter(unarmed).find(|d| plainly(d) && !d.figure.part && d.number >= first.number)
        }
        Told::Plainly => None,
    };
    Some(settled(text, better.unwrap_or(first), &all))
}

/// The number of civilians that `told` comes to, given the other counts of the incident.
fn settled(text: &str, told: &Dead<'_>, all: &[Dead<'_>]) -> u64 {
    match who(told.figure) {
        Who::Civilians | Who::Armed => told.number,
        Who::Some => {
            let own = all.iter().filter(|d| d.claim.id == told.claim.id && !d.figure.part);
            let sum = own.filter(|d| who(d.figure) != Who::Armed).map(|d| d.number).sum();
            whole(told, all).or_else(|| in_all(text, told, sum, all)).unwrap_or(sum)
        }
        Who::People => all
            .iter()
            .find(|d| who(d.figure) == Who::Civilians && d.number < told.number && is_part(d, told, all))
            .map(|d| d.number)
            .or_else(|| Some(told.number - armed(told, all)?))
            .or_else(|| civilians_there(told, all))
            .or_else(|| told_of_a_place(told, all))
            .unwrap_or(told.number),
    }
}

/// True where `d` counts some of those that `told` counts: a part, or told beside the same number.
fn is_part(d: &Dead<'_>, told: &Dead<'_>, all: &[Dead<'_>]) -> bool {
    let beside = |other: &Dead<'_>| other.claim.id == d.claim.id && other.number == told.number;
    d.figure.part || d.claim.id != told.claim.id && all.iter().any(beside)
}

/// The count that another claim takes `told` as a part of: "ten people, including seven children".
fn whole(told: &Dead<'_>, all: &[Dead<'_>]) -> Option<u64> {
    let parts = all.iter().filter(|d| d.figure.part && d.number == told.number);
    parts
        .flat_map(|part| all.iter().filter(|d| d.claim.id == part.claim.id))
        .find(|d| !d.figure.part && who(d.figure) != Who::Armed && d.number > told.number)
        .map(|d| d.number)
}

/// True where both are told of the same place: the first that their claims name.
fn same_place(a: &Dead<'_>, b: &Dead<'_>) -> bool {
    let place = |d: &Dead<'_>| d.claim.act.place.first().map(|p| p.name.to_lowercase());
    place(a) == place(b)
}

/// The civilians among the people killed in a place, where the text counts them too.
fn civilians_there(told: &Dead<'_>, all: &[Dead<'_>]) -> Option<u64> {
    let civilians = |d: &&Dead<'_>| who(d.figure) == Who::Civilians && d.number < told.number;
    all.iter().find(|d| civilians(d) && same_place(d, told)).map(|d| d.number)
}

/// The count of people killed in the same place that may hold the `some` children, women or medics `told` begins with.
fn in_all(text: &str, told: &Dead<'_>, some: u64, all: &[Dead<'_>]) -> Option<u64> {
    let holds = |d: &&Dead<'_>| {
        let plain = Told::Plainly == self::told(text, d.figure) && !d.figure.part;
        let named = !told.claim.act.place.is_empty();
        let same = d.claim.act.kind == told.claim.act.kind && named && same_place(d, told);
        plain && same && d.number > some && matches!(who(d.figure), Who::People | Who::Civilians)
    };
    all.iter().find(holds).map(|d| d.number)
}

/// The civilians killed in the first place named, where `told` counts the dead of a whole country: the table has one
/// place for an article.
fn told_of_a_place(told: &Dead<'_>, all: &[Dead<'_>]) -> Option<u64> {
    let placed = |d: &Dead<'_>| {
        d.claim.act.place.iter().any(|p| p.place.as_ref().is_some_and(|p| !p.admin1.is_empty()))
    };
    let everywhere = !all.iter().any(|d| d.number == told.number && placed(d));
    let civilians = |d: &&Dead<'_>| {
        who(d.figure) == Who::Civilians && !d.figure.part && d.number < told.number && placed(d)
    };
    all.iter().find(civilians).filter(|_| everywhere).map(|d| d.number)
}

/// The armed men among those that `told` counts: a part of it, or of a list that adds up to it.
fn armed(told: &Dead<'_>, all: &[Dead<'_>]) -> Option<u64> {
    let claims = all.chunk_by(|a, b| a.claim.id == b.claim.id);
    claims.into_iter().find_map(|own| {
        let (parts, wholes): (Vec<&Dead<'_>>, Vec<&Dead<'_>>) = own.iter().partition(|d| d.figure.part);
        let is_armed = |d: &&&Dead<'_>| who(d.figure) == Who::Armed && d.number < told.number;
        let about = wholes.is_empty() || wholes.iter().any(|d| d.number == told.number);
        if let Some(part) = parts.iter().find(|d| is_armed(d)).filter(|_| about) {
            return Some(part.number);
        }
        // a headline run into the sentence tells the whole once more
        let listed = || wholes.iter().filter(|d| d.number != told.number);
        let adds_up = listed().count() > 1 && listed().map(|d| d.number).sum::<u64>() == told.number;
        let sum: u64 = wholes.iter().filter(|d| is_armed(d)).map(|d| d.number).sum();
        (adds_up && sum > 0).then_some(sum)
    })
}

#[cfg(test)]
mod tests {
    use holdfire_types::{Act, Filler, Id, IdKind, Kind, PlacePrecision, ResolvedPlace, Span};

    use super::*;

    /// A claim of "24 people" and the like: each figure as (words of the number, noun, part).
    fn claim(text: &mut String, figures: &[(&str, &str, bool)]) -> Claim {
        let from = text.len();
        let mut act = Act::of(Kind::Attack);
        for &(number, of, part) in figures {
            let start = text.len();
            text.push_str(number);
            let span = Span::new(start, text.len());
            text.push_str(". ");
            let digits: u64 =
                number.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(24);
            let least = number.starts_with("more") || number == "dozens";
            let min = digits + u64::from(number.starts_with("more"));
            act.figures.push(Figure {
                what: FigureKind::Killed,
                of: of.to_owned(),
                min: Some(min),
                max: (!least).then_some(min),
                share: None,
                span,
                window: None,
                part,
            });
        }
        let span = Span::new(from, text.len());
        Claim::plain(&Id::of(IdKind::Report, &["test"]), span, span, Filler::narrator(), act, "test")
    }

    fn count(claims: &[&[(&str, &str, bool)]]) -> Option<u64> {
        let mut text = String::new();
        let claims: Vec<Claim> = claims.iter().map(|figures| claim(&mut text, figures)).collect();
        civilians(&text, &claims.iter().collect::<Vec<_>>())
    }

    #[test]
    fn people_are_civilians_unless_told_apart() {
        assert_eq!(count(&[&[("12", "people", false)]]), Some(12));
        assert_eq!(count(&[&[("30", "people", false), ("24", "civilians", true)]]), Some(24));
        assert_eq!(count(&[&[("20", "people", false)], &[("14", "rebels", true)]]), Some(6));
        assert_eq!(
            count(&[&[("18", "", false)], &[("17", "militants", false), ("1", "child", false)]]),
            Some(1)
        );
        assert_eq!(count(&[&[("9", "soldiers", false), ("2", "civilians", false)]]), Some(2));
        assert_eq!(
            count(&[&[("22", "", false)], &[("6", "civilians", false), ("22", "people", false)]]),
            Some(6)
        );
        let run_on: &[_] = &[("18", "", false), ("17", "militants", false), ("1", "child", false)];
        assert_eq!(count(&[&[("18", "", false)], run_on]), Some(1));
    }

    #[test]
    fn a_part_of_another_act_is_not_taken_off() {
        assert_eq!(
            count(&[&[("45", "people", false)], &[("7", "people", false), ("1", "policeman", true)]]),
            Some(45)
        );
    }

    #[test]
    fn children_in_a_headline_give_way_to_the_whole() {
        let ten: &[_] = &[("10", "people", false), ("7", "children", true)];
        assert_eq!(count(&[&[("7", "children", false)], ten]), Some(10));
        assert_eq!(count(&[&[("5", "women", false), ("1", "child", false)]]), Some(6));
        assert_eq!(count(&[&[("5", "women", false)], &[("35", "people", false)]]), Some(5));
    }

    #[test]
    fn civilians_counted_in_the_same_place_are_the_count() {
        assert_eq!(count(&[&[("40", "people", false)], &[("31", "civilians", false)]]), Some(31));
    }

    #[test]
    fn the_dead_of_a_whole_country_give_way_to_those_of_a_place() {
        let mut text = String::new();
        let country = claim(&mut text, &[("44", "people", false)]);
        let mut town = claim(&mut text, &[("16", "civilians", false)]);
        let mut place = Filler::new("Daraa", town.span, "test");
        place.place = Some(ResolvedPlace {
            id: "test".to_owned(),
            name: "Daraa".to_owned(),
            lat: 32.6,
            lon: 36.1,
            country: "SY".to_owned(),
            admin1: "Daraa".to_owned(),
            precision: PlacePrecision::Exact,
        });
        town.act.place.push(place);
        assert_eq!(civilians(&text, &[&country, &town]), Some(16));
    }

    #[test]
    fn a_plain_number_goes_before_a_vague_one_and_more_than_n_is_printed_n() {
        assert_eq!(count(&[&[("dozens", "", false)], &[("21", "civilians", false)]]), Some(21));
        assert_eq!(count(&[&[("dozens", "", false)], &[("more than 130", "civilians", false)]]), Some(130));
        assert_eq!(count(&[&[("more than 200", "", false)], &[("213", "people", false)]]), Some(213));
        assert_eq!(count(&[&[("more than 1400", "people", false)]]), Some(1400));
    }
}
