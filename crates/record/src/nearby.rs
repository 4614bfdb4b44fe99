//! What the view of an incident needs beside its own claims, so that a ledger can find it without reading everything.

use holdfire_types::{Claim, Id, IdKind, Kind, Nearby, Report};
use jiff::civil::Date;

use crate::checks;
use crate::record::{FIGHT_DAYS, HOLDER_DAYS, MOST_CHAINED, MOST_NEAR, MOST_SUMMED, place_keys};

/// The id of the incident that a claim is the earliest recorded of.
pub fn incident_id(claim: &Id) -> Id {
    with_letter(IdKind::Incident, claim)
}

/// The claim that an incident has its id from.
pub fn first_claim(incident: &Id) -> Id {
    with_letter(IdKind::Claim, incident)
}

/// The same digits as an id of another kind.
fn with_letter(kind: IdKind, id: &Id) -> Id {
    let digits = id.as_str().get(1..).unwrap_or_default();
    Id::parse(kind, &format!("{}{digits}", kind.letter())).unwrap_or_else(|| Id::of(kind, &[id.as_str()]))
}

/// The claims that [`crate::Record::incident`] looks at beside those of the incident, for one of its claims: who holds
/// the place, who else fought there, the chain of counts, and what a count over several days sums up.
pub fn nearby(claim: &Claim, report: &Report) -> Vec<Nearby> {
    let published = report.published.as_ref().map(|p| p.date);
    let Some(day) = claim.act.days.and_then(|d| d.to.or(d.from)).or(published) else { return Vec::new() };
    let summed = checks::cells(claim, report).filter(|(from, to)| from < to);
    let mut wanted = Vec::new();
    for place in place_keys(claim) {
        let mut add = |days: i32, kinds: &[Kind], most| {
            let (from, to) = (shifted(day, -days), shifted(day, days));
            wanted.push(Nearby {
                place: place.clone(),
                from,
                to,
                kinds: kinds.to_vec(),
                most,
                linked: false,
            });
        };
        add(HOLDER_DAYS, &[], MOST_CHAINED);
        add(HOLDER_DAYS, &[Kind::Control], MOST_NEAR);
        add(FIGHT_DAYS, &[Kind::Attack, Kind::Clash, Kind::Capture], MOST_NEAR);
        if let Some((from, to)) = summed {
            let epoch = Date::constant(1970, 1, 1);
            let (from, to) = (shifted(epoch, from), shifted(epoch, to + 1));
            wanted.push(Nearby { place, from, to, kinds: Vec::new(), most: MOST_SUMMED, linked: true });
        }
    }
    wanted
}

fn shifted(day: Date, by: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(by))
}
