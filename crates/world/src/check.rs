//! What is wrong with a pack, each thing with its line and what to do.

use std::collections::{HashMap, HashSet};

use holdfire_types::{Problem, TermRule};
use jiff::civil::Date;

use crate::fold::fold_name;
use crate::pack::{DatedName, Pack, Party, Place, id_of};
use crate::{World, WorldError};

/// Everything wrong with a pack, in the order of its lines. Ids with a slash are looked up in the binary's own packs.
pub fn check(file: &str, text: &str) -> Vec<Problem> {
    let pack = match Pack::read(text) {
        Ok(pack) => pack,
        Err(fault) => {
            let line = fault.span().map_or(1, |span| line_at(text, span.start));
            let what = fault.message().lines().collect::<Vec<_>>().join(" ");
            return vec![Problem::new(
                format!("{file}:{line}"),
                what,
                "mend the line as docs/packs.md shows",
            )];
        }
    };
    let mut found: Found = Vec::new();
    head(text, &pack, &mut found);
    sources(text, &pack, &mut found);
    twice(text, &pack, &mut found);
    parents(text, &pack, &mut found);
    names(text, &pack, &mut found);
    places(text, &pack, &mut found);
    truces(text, &pack, &mut found);
    found.sort();
    found.into_iter().map(|(line, what, mend)| Problem::new(format!("{file}:{line}"), what, mend)).collect()
}

/// Line, what is wrong, what to do.
type Found = Vec<(usize, String, String)>;

/// The pack's id and countries.
fn head(text: &str, pack: &Pack, found: &mut Found) {
    if pack.id.is_empty()
        || !pack.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        found.push((
            line_of(text, &pack.id, 0),
            format!("`{}` is no id for a pack", pack.id),
            "write small letters, digits and hyphens".to_owned(),
        ));
    }
    for code in pack.countries.iter().filter(|c| c.len() != 2 || !c.chars().all(|c| c.is_ascii_uppercase())) {
        let line = text.lines().position(|l| l.starts_with("countries")).map_or(1, |at| at + 1);
        found.push((
            line,
            format!("`{code}` is no country code"),
            "write the two capital letters of ISO 3166-1".to_owned(),
        ));
    }
}

/// Facts that rest on nothing.
fn sources(text: &str, pack: &Pack, found: &mut Found) {
    if !pack.sources.is_empty() {
        return;
    }
    let parties = pack.party.iter().map(|p| (&p.id, p.source.is_empty()));
    let places = pack.place.iter().map(|p| (&p.id, p.source.is_empty()));
    let truces = pack.truce.iter().map(|t| (&t.id, t.sources.is_empty()));
    for (id, _) in parties.chain(places).chain(truces).filter(|(_, bare)| *bare) {
        found.push((
            line_of(text, id, 0),
            format!("`{id}` gives no source, and neither does the pack"),
            "name the public document that says so".to_owned(),
        ));
    }
}

/// Ids given to two parties, two places or two truces.
fn twice(text: &str, pack: &Pack, found: &mut Found) {
    let lists: [(&str, Vec<&String>); 3] = [
        ("party", pack.party.iter().map(|p| &p.id).collect()),
        ("place", pack.place.iter().map(|p| &p.id).collect()),
        ("truce", pack.truce.iter().map(|t| &t.id).collect()),
    ];
    for (what, ids) in lists {
        let mut seen = HashSet::new();
        for id in ids.into_iter().filter(|id| !seen.insert(*id)) {
            found.push((
                line_of(text, id, 1),
                format!("the {what} id `{id}` is given twice"),
                "give the second another id".to_owned(),
            ));
        }
    }
}

/// Parents that are not there, and cycles of them.
fn parents(text: &str, pack: &Pack, found: &mut Found) {
    let own: HashMap<&str, &Party> = pack.party.iter().map(|p| (p.id.as_str(), p)).collect();
    for party in &pack.party {
        let line = line_of(text, &party.id, 0);
        for under in party.under.iter().filter(|u| !known_party(pack, u)) {
            found.push((
                line,
                format!("`{}` stands under `{under}`, which is no party", party.id),
                "add that party or mend the id".to_owned(),
            ));
        }
        let mut above: Vec<&str> = party.under.iter().map(String::as_str).collect();
        let mut next = 0;
        while next < above.len() {
            if let Some(parent) = own.get(short(pack, above[next])) {
                for up in &parent.under {
                    if !above.contains(&up.as_str()) {
                        above.push(up);
                    }
                }
            }
            next += 1;
        }
        if above.iter().any(|a| short(pack, a) == party.id) {
            found.push((
                line,
                format!("`{}` stands under itself", party.id),
                "take one `under` out of the circle".to_owned(),
            ));
        }
    }
}

/// Two parties of one name at one time.
fn names(text: &str, pack: &Pack, found: &mut Found) {
    type Held<'p> = (&'p str, Option<Date>, Option<Date>);
    let mut held: HashMap<String, Vec<Held<'_>>> = HashMap::new();
    for party in &pack.party {
        let dated: HashSet<String> = party.dated.iter().map(|n| fold_name(&n.name)).collect();
        let lasting = party.aliases.iter().chain(Some(&party.name)).map(|n| (n, None, None));
        let lasting = lasting.filter(|(n, ..)| !dated.contains(&fold_name(n)));
        let for_a_time = party.dated.iter().map(|DatedName { name, from, to }| (name, *from, *to));
        for (name, from, to) in lasting.chain(for_a_time) {
            let bearers = held.entry(fold_name(name)).or_default();
            let meets = |(_, f, t): &&Held<'_>| {
                let before = |a: Option<Date>, b: Option<Date>| a.zip(b).is_some_and(|(a, b)| a <= b);
                !before(*t, from) && !before(to, *f)
            };
            if let Some((other, ..)) = bearers.iter().filter(|(id, ..)| *id != party.id).find(meets) {
                found.push((
                    line_of(text, &party.id, 0),
                    format!("`{}` and `{other}` both bear the name `{name}` at one time", party.id),
                    "take the name from one of them or date it".to_owned(),
                ));
            }
            bearers.push((&party.id, from, to));
        }
    }
}

fn places(text: &str, pack: &Pack, found: &mut Found) {
    for place in &pack.place {
        if !(-90.0..=90.0).contains(&place.lat) || !(-180.0..=180.0).contains(&place.lon) {
            found.push((
                line_of(text, &place.id, 0),
                format!("`{}` lies at {}, {}, which is no point on Earth", place.id, place.lat, place.lon),
                "give `lat` from -90 to 90 and `lon` from -180 to 180".to_owned(),
            ));
        } else if abroad(pack, place) {
            found.push((
                line_of(text, &place.id, 0),
                format!("`{}` lies at {}, {}, far from its country", place.id, place.lat, place.lon),
                "put the degrees north first, or name the `country`".to_owned(),
            ));
        }
    }
}

/// Degrees by which a place may lie outside the box around its country: islands, seas, thinned outlines.
const BESIDE: f64 = 1.5;

/// Whether a place lies far from the country it is said to lie in.
fn abroad(pack: &Pack, place: &Place) -> bool {
    let named = (!place.country.is_empty()).then_some(&place.country);
    let Some(iso) = named.or(pack.countries.first()) else { return false };
    let Some(outline) = embedded().and_then(|w| w.outlines().iter().find(|o| o.iso == *iso)) else {
        return false;
    };
    let points = || outline.rings.iter().flatten();
    let outside = |axis: usize, degrees: f64| {
        let reach = |(low, high): (f64, f64), p: &[f32; 2]| {
            let at = f64::from(p[axis]);
            (low.min(at), high.max(at))
        };
        let (low, high) = points().fold((f64::INFINITY, f64::NEG_INFINITY), reach);
        degrees < low - BESIDE || degrees > high + BESIDE
    };
    outside(0, place.lon) || outside(1, place.lat)
}

/// Terms, parties, areas and dates of truces.
fn truces(text: &str, pack: &Pack, found: &mut Found) {
    for truce in &pack.truce {
        let line = line_of(text, &truce.id, 0);
        if truce.end.is_some_and(|end| end < truce.start) {
            found.push((
                line,
                format!("the truce `{}` ends before it begins", truce.id),
                "set `end` to a day after `start`, or leave it out".to_owned(),
            ));
        }
        let in_terms = truce.term.iter().flat_map(|term| match &term.rule {
            TermRule::ExcludesParty { parties } | TermRule::ExcludesAreaOf { parties } => parties.as_slice(),
            TermRule::Bars { .. } | TermRule::Undertakes { .. } => &[],
        });
        for id in truce.parties.iter().chain(&truce.guarantors).chain(in_terms) {
            if !known_party(pack, id) {
                found.push((
                    line,
                    format!("the truce `{}` names `{id}`, which is no party", truce.id),
                    "add that party or mend the id".to_owned(),
                ));
            }
        }
        for id in truce.area.iter().filter(|id| !known_place(pack, id)) {
            found.push((
                line,
                format!("the truce `{}` names the area `{id}`, which is no place", truce.id),
                "add that place or mend the id".to_owned(),
            ));
        }
    }
}

/// An id as it is written inside its own pack.
fn short<'i>(pack: &Pack, id: &'i str) -> &'i str {
    id.strip_prefix(&pack.id).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id)
}

fn known_party(pack: &Pack, id: &str) -> bool {
    pack.party.iter().any(|p| p.id == short(pack, id))
        || pack.state.iter().any(|s| {
            let iso = s.iso.to_lowercase();
            id == format!("state/{iso}") || id == format!("state/{iso}/forces")
        })
        || embedded().is_some_and(|w| w.party(id).is_some())
}

fn known_place(pack: &Pack, id: &str) -> bool {
    pack.place.iter().any(|p| p.id == short(pack, id)) || embedded().is_some_and(|w| w.place(id).is_some())
}

fn embedded() -> Option<&'static World> {
    let world: Result<&World, WorldError> = World::embedded();
    world.ok()
}

/// The line, from 1, that the byte `at` stands on.
fn line_at(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|b| *b == b'\n').count() + 1
}

/// The line of the entry with this id, the `skip`th after the first; 1 where it cannot be told.
fn line_of(text: &str, id: &str, skip: usize) -> usize {
    let bears = |line: &str| {
        let row = line.trim_start().trim_start_matches(['{', ' ']);
        value(row, "id").is_some_and(|v| v == id)
            || line.contains('{') && value(row, "name").is_some_and(|v| id_of(v) == id)
    };
    text.lines().enumerate().filter(|(_, line)| bears(line)).nth(skip).map_or(1, |(n, _)| n + 1)
}

/// The text that a line gives its first field, where the field is `key`.
fn value<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let rest = line.strip_prefix(key)?.trim_start().strip_prefix('=')?;
    rest.trim_start().strip_prefix('"')?.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id = \"x\"\nname = \"X\"\nsources = [\"hearsay\"]\n";

    fn party(id: &str, name: &str, more: &str) -> String {
        format!("[[party]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"rebel\"\n{more}\n")
    }

    fn told(body: &str) -> Vec<String> {
        check("x.toml", &format!("{HEAD}{body}")).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_field_that_packs_do_not_have_is_told_with_its_line() {
        let problems = check("x.toml", "id = \"x\"\nname = \"X\"\ncolour = \"red\"\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].at, "x.toml:3");
        assert!(problems[0].what.contains("colour"), "{}", problems[0].what);
    }

    #[test]
    fn a_circle_of_parents_is_told() {
        let body = party("a", "A", "under = [\"b\"]") + &party("b", "B", "under = [\"a\"]");
        let problems = told(&body);
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0], "x.toml:5: `a` stands under itself; take one `under` out of the circle");
    }

    #[test]
    fn a_party_may_share_its_id_with_one_of_another_pack() {
        assert_eq!(told(&party("un", "UN here", "under = [\"world/un\"]")), [""; 0]);
    }

    #[test]
    fn what_no_document_says_is_told() {
        let text = "id = \"X/y\"\nname = \"X\"\ncountries = [\"Mali\"]\n".to_owned() + &party("a", "A", "");
        let problems: Vec<String> = check("x.toml", &text).iter().map(ToString::to_string).collect();
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[0].starts_with("x.toml:1: `X/y` is no id"), "{problems:?}");
        assert!(problems[1].starts_with("x.toml:3: `Mali` is no country code"), "{problems:?}");
        assert!(problems[2].starts_with("x.toml:5: `a` gives no source"), "{problems:?}");
    }

    #[test]
    fn the_commented_start_is_whole() {
        let start = crate::START.replace("NAME", "here");
        assert_eq!(check("here.toml", &start), []);
        assert!(World::from_packs(&[("here.toml", &start)]).is_ok());
    }

    #[test]
    fn one_name_belongs_to_one_party_at_a_time() {
        let dated = |days: &str| format!("dated = [{{ name = \"Front\", {days} }}]");
        let early = party("a", "A", &dated("to = \"2016-07-28\""));
        let later = party("b", "B", &dated("from = \"2016-07-28\""));
        assert_eq!(told(&(early.clone() + &later)), [""; 0]);
        let always = party("b", "B", "aliases = [\"the Front\"]");
        assert_eq!(told(&(early + &always)).len(), 1);
    }

    #[test]
    fn rows_of_a_list_are_told_by_their_lines() {
        let list = "countries = [\"SY\"]\n[[places]]\nadmin1 = \"Idlib\"\nrows = [\n";
        let nawa = "    { name = \"Nawa\", at = [32.9, 36.0] },\n";
        let of = |rows: &str| told(&[list, rows, "]\n"].concat());
        assert_eq!(of(nawa), [""; 0]);
        assert_eq!(
            of(&[nawa, nawa].concat()),
            ["x.toml:9: the place id `nawa` is given twice; give the second another id"]
        );
        // longitude and latitude changed about
        assert_eq!(
            of("    { id = \"n\", name = \"Nawa\", at = [36.0, 2.9] },\n"),
            [
                "x.toml:8: `n` lies at 36, 2.9, far from its country; put the degrees north first, or name the `country`"
            ]
        );
    }

    #[test]
    fn a_truce_knows_its_parties_places_and_days() {
        let truce = "[[truce]]\nid = \"t\"\nname = \"T\"\ncountries = []\narea = [\"moon\"]\nparties = [\"a\", \"c\", \"state/sy\"]\n\
                     start = \"2020-01-02\"\nend = \"2020-01-01\"\nterm = []\nsources = []\n";
        let problems = told(&(party("a", "A", "") + truce));
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems.iter().all(|p| p.starts_with("x.toml:10: the truce `t`")), "{problems:?}");
    }
}
