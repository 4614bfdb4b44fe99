//! What the tables beside `entry` say, worked out from the values. Writing inserts these rows, verifying compares them.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Filler, Id, LinkDecision, Stance, Status, Verification};

use crate::form::id_number;

/// An id as the integer that stands for it in the tables.
pub fn key(id: &Id) -> i64 {
    id_number(id) as i64
}

const CLAIM_BITS: u32 = 16;
const PLACE_BITS: u32 = 4;

/// A point of the place index: its id, latitude and longitude.
pub type Point = (i64, f64, f64);

/// The points of the claims that entry `reading` holds: 16 for each of the first 65,536 claims at most.
pub fn points(reading: u64, claims: &[Claim]) -> Vec<Point> {
    let first = (reading as i64) << (CLAIM_BITS + PLACE_BITS);
    let mut points = Vec::new();
    for (claim, of) in (0..1i64 << CLAIM_BITS).zip(claims) {
        let resolved = of.act.place.iter().filter_map(|filler| filler.place.as_ref());
        let real = resolved.filter(|place| place.lat.is_finite() && place.lon.is_finite());
        points.extend(
            (0..1i64 << PLACE_BITS).zip(real).map(|(n, p)| (first + (claim << PLACE_BITS) + n, p.lat, p.lon)),
        );
    }
    points
}

/// The reading's entry and the place of the claim in it that a point belongs to.
pub fn claim_of_point(id: i64) -> (u64, usize) {
    let claim = id >> PLACE_BITS;
    ((claim >> CLAIM_BITS) as u64, (claim & ((1 << CLAIM_BITS) - 1)) as usize)
}

/// What the claims of a report are found by beside its own words: each once, as far as the text does not have it.
pub fn slots_of_report(claims: &[Claim], text: &str) -> String {
    let words: BTreeSet<_> = claims.iter().flat_map(slots).collect();
    let new: Vec<_> = words.into_iter().filter(|word| !text.contains(word)).collect();
    new.join("; ")
}

/// Codes, names, parties and places of a claim.
pub fn slots(claim: &Claim) -> Vec<&str> {
    let mut words = vec![claim.act.kind.as_str()];
    words.extend(claim.act.status.map(Status::as_str));
    words.extend((claim.stance != Stance::States).then(|| claim.stance.as_str()));
    words.extend(claim.verification.map(Verification::as_str));
    words.extend(claim.act.means.iter().map(|m| m.as_str()));
    words.extend(claim.act.figures.iter().map(|f| f.what.as_str()));
    let act = &claim.act;
    let fillers = std::iter::once(&claim.source)
        .chain(&claim.via)
        .chain(&act.actor)
        .chain(&act.target)
        .chain(&act.place);
    for filler in fillers.filter(|filler| !filler.is_narrator()) {
        words.extend(names(filler));
    }
    words.retain(|word| !word.is_empty());
    words
}

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
