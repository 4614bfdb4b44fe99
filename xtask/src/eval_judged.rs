//! Places and parties of marked documents against lists judged from the texts.
//!
//! - `eval/places-17.tsv` and `eval/parties-17.tsv`: document, name, what is right, why.
//! - The names stand in the gold claims of `claims/dev`; they are resolved as the names of claims are, all of a document
//!   together. A name is right when one of the ids judged right is chosen, a pack's place that rests on the town judged
//!   right, or a place within [`NEAR`] of a judged point.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use holdfire_types::{Act, Claim, Filler, Id, IdKind, Kind, Report, ResolvedPlace, Span};
use holdfire_world::{PACKS, Pack, World, distance};
use serde_json::Value;

use crate::Fault;
use crate::data::Data;
use crate::eval_claims::report;
use crate::row::Row;

/// Kilometres within which a place is the one at a judged point.
const NEAR: f64 = 10.0;

/// A judged name.
#[derive(Debug, PartialEq, Eq)]
struct Judged<'t> {
    document: &'t str,
    name: &'t str,
    right: &'t str,
}

/// The share of places and of parties that are right; prints those that are not.
pub fn rows(root: &Path, data: &Data) -> Result<Vec<Row>, Fault> {
    let golds: BTreeMap<_, _> = data.documents("claims/dev/gold", "jsonl")?.into_iter().collect();
    if golds.is_empty() {
        return Ok(Vec::new());
    }
    let mut resolved: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
    for (stem, text) in data.documents("claims/dev/text", "txt")? {
        let Some((head, lines)) = golds.get(&stem).and_then(|gold| gold.split_once('\n')) else { continue };
        let report = report(&stem, text, head);
        let mut claims: Vec<Claim> = lines.lines().filter_map(|line| claim(&report, line)).collect();
        World::embedded()?.resolve(&report, &mut claims);
        resolved.insert(stem, claims);
    }
    let towns = towns()?;
    let mut rows = Vec::new();
    for (what, file) in [("places", "places-17.tsv"), ("parties", "parties-17.tsv")] {
        let list = std::fs::read_to_string(root.join("eval").join(file))?;
        let judged = read(&list);
        let mut right = 0_usize;
        for j in &judged {
            let claims = resolved.get(j.document).map_or(&[][..], Vec::as_slice);
            let told = if what == "places" { place(claims, j, &towns) } else { party(claims, j) };
            match told {
                Ok(()) => right += 1,
                Err(chosen) => eprintln!("{what}: {} `{}` is {}, not {chosen}", j.document, j.name, j.right),
            }
        }
        let share = right as f64 / judged.len().max(1) as f64;
        rows.push(Row::new("judged/17 documents", format!("{what} right"), share, judged.len(), "accuracy"));
    }
    Ok(rows)
}

/// The rows of a list; lines with `#` and the line of heads are none.
fn read(list: &str) -> Vec<Judged<'_>> {
    let row = |line| {
        let mut cells = str::split(line, '\t');
        Some(Judged { document: cells.next()?, name: cells.next()?, right: cells.next()? })
    };
    list.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(row).collect()
}

/// A gold claim as far as its names go; acts and stances play no part in resolving.
fn claim(report: &Report, line: &str) -> Option<Claim> {
    let gold: Value = serde_json::from_str(line).ok()?;
    let quote = gold["quote"].as_str().unwrap_or("");
    let quoted = report.text.find(quote).unwrap_or(0);
    let filler = |name: &str| {
        let within = quote.find(name).map(|at| quoted + at).or_else(|| report.text.find(name));
        let span = within.map(|at| Span::new(at, at + name.len()));
        Filler { span, ..Filler::new(name, Span::new(0, 0), "gold") }
    };
    let list = |slot: &str| -> Vec<Filler> {
        gold[slot].as_array().into_iter().flatten().filter_map(Value::as_str).map(filler).collect()
    };
    let act = Act {
        actor: list("actor"),
        target: list("target"),
        place: list("place"),
        ..Act::of(Kind::Statement)
    };
    let source = gold["source"].as_str().filter(|s| *s != "narrator").map_or_else(Filler::narrator, filler);
    let at = Span::new(quoted, quoted);
    Some(Claim {
        id: Id::of(IdKind::Claim, &[line]),
        ..Claim::plain(&report.id, at, at, source, act, "gold")
    })
}

/// GeoNames' id of each place of a pack that rests on it: a town stays the same when a pack takes it over.
fn towns() -> Result<Towns, Fault> {
    let mut towns = Towns::new();
    for (file, text) in PACKS {
        for place in Pack::parse(file, text)?.place {
            if let Some(number) = place.source.strip_prefix("GeoNames ") {
                towns.insert(place.id, format!("geonames:{number}"));
            }
        }
    }
    Ok(towns)
}

/// Id of a pack's place to GeoNames' id.
type Towns = HashMap<String, String>;

/// Whether the place chosen for the name is right; else what was chosen.
fn place(claims: &[Claim], judged: &Judged<'_>, towns: &Towns) -> Result<(), String> {
    let mut named = claims.iter().flat_map(|c| &c.act.place).filter(|f| f.name == judged.name);
    let Some(place) = named.find_map(|f| f.place.as_ref()) else { return Err("nothing".to_owned()) };
    if is_place(place, judged.right, towns) { Ok(()) } else { Err(place.id.clone()) }
}

fn is_place(place: &ResolvedPlace, right: &str, towns: &Towns) -> bool {
    let point = right.strip_prefix("point:").and_then(|p| p.split_once(','));
    if let Some(point) = point.and_then(|(lat, lon)| Some((lat.parse().ok()?, lon.parse().ok()?))) {
        return distance(point, (place.lat, place.lon)) <= NEAR;
    }
    let town = towns.get(&place.id);
    right.split(',').any(|id| id == place.id || town.is_some_and(|t| t == id))
}

/// Whether the party chosen for the name is right; else what was chosen.
fn party(claims: &[Claim], judged: &Judged<'_>) -> Result<(), String> {
    let fillers = claims.iter().flat_map(|c| c.act.actor.iter().chain(&c.act.target).chain(Some(&c.source)));
    let party = fillers.filter(|f| f.name == judged.name).find_map(|f| f.party.as_deref()).unwrap_or("new");
    if judged.right.split(',').any(|id| id == party) { Ok(()) } else { Err(party.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_notes_and_heads_and_rows() {
        let list = "# note\ndoc\tname\tright\treason\na\tthe town\tx/y,x/z\tnamed so\n";
        assert_eq!(read(list), [Judged { document: "a", name: "the town", right: "x/y,x/z" }]);
    }

    #[test]
    fn names_are_resolved_as_those_of_claims() {
        let report = report("a", "Rebels shelled Aleppo, Syria said.".to_owned(), "{}");
        let line = r#"{"quote": "Rebels shelled Aleppo", "source": "Syria", "actor": ["Rebels"], "place": ["Aleppo"]}"#;
        let mut claims = vec![claim(&report, line).expect("a claim")];
        World::embedded().expect("packs").resolve(&report, &mut claims);
        let judged = |name, right| Judged { document: "a", name, right };
        assert_eq!(party(&claims, &judged("Rebels", "syria/opposition")), Ok(()));
        assert_eq!(party(&claims, &judged("Rebels", "new")), Err("syria/opposition".to_owned()));
        let towns = towns().expect("packs");
        for right in ["point:36.21,37.15", "syria/aleppo", "geonames:170063"] {
            assert_eq!(place(&claims, &judged("Aleppo", right), &towns), Ok(()), "{right}");
        }
        assert_eq!(place(&claims, &judged("Homs", "syria/homs"), &towns), Err("nothing".to_owned()));
    }
}
