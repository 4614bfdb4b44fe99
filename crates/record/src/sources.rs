//! Sources: who speaks, and who speaks for himself.
//!
//! A speaker is one source in however many papers. A publication's own words count as its agency's, else its
//! publisher's. The narrator of a copy counts as the narrator of the report copied.

use holdfire_types::{Claim, PartyKind, Report};

use crate::facts::fold;
use crate::parties::{Parties, fights};
use crate::view::SourceView;

/// What makes the sources of two claims one: a party's id, or `name:` and the folded name, or for a report that names
/// neither agency nor publisher `report:` and its id.
pub fn key(claim: &Claim, report: &Report) -> String {
    if !claim.source.is_narrator() {
        let name = fold(&claim.source.name);
        return claim.source.party.clone().unwrap_or_else(|| format!("name:{name}"));
    }
    narrator(report)
}

/// The key of a report's own words.
pub fn narrator(report: &Report) -> String {
    match report.agency.as_ref().or(report.publisher.as_ref()) {
        Some(name) => format!("name:{}", fold(name)),
        None => match host(report) {
            Some(host) => format!("name:{}", fold(host)),
            None => format!("report:{}", report.id),
        },
    }
}

fn host(report: &Report) -> Option<&str> {
    let (_, rest) = report.url.as_deref()?.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}

/// Who put the report before readers, as shown: publisher, agency, address or name.
pub(crate) fn publisher(report: &Report) -> String {
    let told = report.publisher.as_deref().or(report.agency.as_deref()).or_else(|| host(report));
    told.unwrap_or(&report.name).to_owned()
}

/// The source of `claim` as shown. `root` is the report whose account its report carries: itself, or the one copied.
pub(crate) fn view(claim: &Claim, report: &Report, root: &Report, parties: &Parties) -> SourceView {
    if claim.source.is_narrator() {
        let name = root.agency.clone().unwrap_or_else(|| publisher(root));
        return SourceView { key: key(claim, root), name, kind: PartyKind::Medium, party_to_it: false };
    }
    let party = claim.source.party.as_deref();
    let facts = party.and_then(|p| parties.get(p));
    SourceView {
        key: key(claim, report),
        name: facts.map_or_else(|| claim.source.name.clone(), |p| p.name.clone()),
        kind: facts.map_or(PartyKind::Unknown, |p| p.kind),
        party_to_it: party.is_some_and(|p| is_side(p, claim, parties)),
    }
}

/// True when the party `source` is, leads or belongs to a side of the act.
fn is_side(source: &str, claim: &Claim, parties: &Parties) -> bool {
    if !fights(parties.kind(source)) {
        return false;
    }
    let sides = claim.act.actor.iter().chain(&claim.act.target);
    sides.filter_map(|f| f.party.as_deref()).any(|p| parties.related(source, p))
}
