//! What the tables beside `entry` say, worked out from the values. Writing inserts these rows, verifying compares them.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Filler, Id, Kind, LinkDecision, ResolvedPlace, Stance, Status, Verification};
use jiff::civil::Date;
use memchr::memmem;

use crate::form::id_number;
use crate::words::Words;

/// An id as the integer that stands for it in the tables.
pub fn key(id: &Id) -> i64 {
    id_number(id) as i64
}

/// A point of the map: its id, latitude, longitude and place.
pub type Point = (i64, f64, f64, i64);

/// A day that is not known.
const NO_DAY: i64 = i32::MIN as i64;

/// A place as the integer that stands for it in the tables: of its id, or of the words of a name that was not resolved.
pub fn place_key(place: &str) -> i64 {
    let words = Words::of(place);
    let words: Vec<_> = words.folded().filter(|word| *word != "the" && *word != "s").collect();
    short_hash(words.join(" ").as_bytes())
}

fn short_hash(bytes: &[u8]) -> i64 {
    let hash = blake3::hash(bytes);
    i64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default())
}

fn key_of(filler: &Filler) -> i64 {
    place_key(filler.place.as_ref().map_or(&filler.name, |place| &place.id))
}

/// Days since 1970-01-01 of the day that a claim is about: the last of its act, else that on which it was published.
pub fn day_of(claim: &Claim, published: Option<Date>) -> i64 {
    let told = claim.act.days.and_then(|days| days.to.or(days.from)).or(published);
    told.map_or(NO_DAY, day_number)
}

/// Days since 1970-01-01.
pub fn day_number(day: Date) -> i64 {
    i64::from((day - Date::constant(1970, 1, 1)).get_days())
}

/// A row for each place of each claim of a reading: place, day, claim, kind. In order, each once.
pub fn told(claims: &[Claim], published: Option<Date>) -> BTreeSet<(i64, i64, i64, Kind)> {
    let rows = (0i64..).zip(claims).flat_map(|(at, claim)| {
        let day = day_of(claim, published);
        claim.act.place.iter().map(move |place| (key_of(place), day, at, claim.act.kind))
    });
    rows.collect()
}

/// The points of some claims' places. A place whose coordinates were told in two ways has two.
pub fn points(claims: &[Claim]) -> Vec<Point> {
    let fillers = claims.iter().flat_map(|claim| &claim.act.place);
    let resolved = fillers.filter_map(|filler| Some((key_of(filler), filler.place.as_ref()?)));
    let real = resolved.filter(|(_, place)| place.lat.is_finite() && place.lon.is_finite());
    let point = |(key, place): (i64, &ResolvedPlace)| {
        let at = [key.to_le_bytes(), place.lat.to_le_bytes(), place.lon.to_le_bytes()].concat();
        (short_hash(&at), place.lat, place.lon, key)
    };
    real.map(point).collect()
}

/// What the claims of a report are found by beside its own words: each once, as far as the text does not have it.
pub fn slots_of_report(claims: &[Claim], text: &str) -> String {
    // Most names stand in the text where the claim says that they do.
    let stands = |filler: &Filler| {
        let at = filler.span.and_then(|span| text.get(span.start as usize..span.end as usize));
        at == Some(filler.name.as_str())
    };
    let mut words: Vec<&str> = Vec::new();
    for claim in claims {
        words.extend(codes(claim));
        for filler in fillers(claim) {
            words.extend(names(filler).skip(usize::from(stands(filler))));
        }
    }
    words.sort_unstable();
    words.dedup();
    words.retain(|word| !word.is_empty() && memmem::find(text.as_bytes(), word.as_bytes()).is_none());
    words.join("; ")
}

/// Codes, names, parties and places of a claim.
pub fn slots(claim: &Claim) -> Vec<&str> {
    let mut words: Vec<_> = codes(claim).chain(fillers(claim).flat_map(names)).collect();
    words.retain(|word| !word.is_empty());
    words
}

fn codes(claim: &Claim) -> impl Iterator<Item = &str> {
    let act = &claim.act;
    let stance = (claim.stance != Stance::States).then(|| claim.stance.as_str());
    std::iter::once(act.kind.as_str())
        .chain(act.status.map(Status::as_str))
        .chain(stance)
        .chain(claim.verification.map(Verification::as_str))
        .chain(act.means.iter().map(|m| m.as_str()))
        .chain(act.figures.iter().map(|f| f.what.as_str()))
}

fn fillers(claim: &Claim) -> impl Iterator<Item = &Filler> {
    let act = &claim.act;
    let fillers = std::iter::once(&claim.source).chain(&claim.via);
    let fillers = fillers.chain(&act.actor).chain(&act.target).chain(&act.place);
    fillers.filter(|filler| !filler.is_narrator())
}

/// The name first, then what it was resolved to.
fn names(filler: &Filler) -> impl Iterator<Item = &str> {
    let place = filler.place.as_ref();
    let of_place = place.map(|p| [p.name.as_str(), p.admin1.as_str()]).into_iter().flatten();
    std::iter::once(filler.name.as_str()).chain(filler.party.as_deref()).chain(of_place)
}

/// The pair of a decision as it is looked up: the smaller key first.
pub fn pair(decision: &LinkDecision) -> (i64, i64) {
    let (a, b) = (key(&decision.a), key(&decision.b));
    (a.min(b), a.max(b))
}
