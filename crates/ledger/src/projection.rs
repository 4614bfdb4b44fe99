//! What the tables beside `entry` say, worked out from the values. Writing inserts these rows, verifying compares them.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Filler, Id, LinkDecision, Stance, Status, Verification};

use crate::form::id_number;

/// Places of one claim that are indexed; the id of the n-th is the claim's number times this, plus n.
pub const PLACES: i64 = 16;

/// An id as the integer that stands for it in the tables.
pub fn key(id: &Id) -> i64 {
    id_number(id) as i64
}

/// A row of `claim` with its rows of `claim_place`.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimRow {
    pub id: i64,
    /// First byte of the evidence in the report's text.
    pub start: i64,
    /// Its length in bytes.
    pub length: i64,
    /// Words to be found by that the evidence itself does not have.
    pub slots: String,
    /// Latitude and longitude of its places.
    pub places: Vec<(f64, f64)>,
}

/// The row of a claim with this evidence.
pub fn claim_row(claim: &Claim, quote: &str) -> ClaimRow {
    let resolved = claim.act.place.iter().filter_map(|filler| filler.place.as_ref());
    let points =
        resolved.map(|place| (place.lat, place.lon)).filter(|(lat, lon)| lat.is_finite() && lon.is_finite());
    ClaimRow {
        id: key(&claim.id),
        start: i64::from(claim.span.start),
        length: claim.span.len() as i64,
        slots: slots(claim, quote),
        places: points.take(PLACES as usize).collect(),
    }
}

/// Codes, names, parties and places of a claim, each once, as far as the evidence does not have them already.
fn slots(claim: &Claim, quote: &str) -> String {
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
    let mut seen = BTreeSet::new();
    words.retain(|word| !word.is_empty() && !quote.contains(word) && seen.insert(*word));
    words.join("; ")
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
