//! An incident as one row of a data set: one place, one stretch of days, two sides, one number of dead.
//!
//! What does not fit is counted in the loss report as it is left out.

use std::collections::BTreeMap;

use holdfire_record::{ClaimEvidence, Counts, Evidence, Interval, Parties, PlaceView};
use holdfire_types::{Claim, Days, FigureKind, Filler, Kind, PartyKind, ScopeVerdict, Stance};
use jiff::civil::Date;

use crate::LossReport;

/// The dead of an incident: bounds that hold every account's bounds. Accounts are never added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dead {
    /// The lowest bound of any account.
    pub low: u64,
    /// The highest; `None` where an account leaves it open.
    pub high: Option<u64>,
    /// How many sources count.
    pub sources: usize,
}

impl Dead {
    /// True when all accounts give one number.
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }
}

/// What all accounts allow of the dead; `None` where nobody counts them.
pub(super) fn dead(evidence: &Evidence<'_>) -> Option<Dead> {
    let mut by_source: BTreeMap<&str, BTreeMap<Counts, Interval>> = BTreeMap::new();
    for figure in evidence.figures.iter().filter(|f| f.what == FigureKind::Killed && !f.part) {
        for account in figure.accounts.iter().filter(|a| a.latest) {
            let counts = by_source.entry(&account.source).or_default();
            counts.entry(figure.of).and_modify(|i| *i = i.hull(account.count)).or_insert(account.count);
        }
    }
    let totals: Vec<Interval> = by_source.values().filter_map(total).collect();
    let all = totals.iter().copied().reduce(Interval::hull)?;
    Some(Dead { low: all.low(), high: all.max, sources: totals.len() })
}

/// One source's total: its count of people, else of civilians and fighters, else of women and children.
fn total(counts: &BTreeMap<Counts, Interval>) -> Option<Interval> {
    let apart = |a: Counts, b: Counts| {
        let of = [a, b].into_iter().filter_map(|c| counts.get(&c).copied());
        of.reduce(|a, b| {
            let max = a.max.zip(b.max).map(|(a, b)| a.saturating_add(b));
            Interval::new(Some(a.low().saturating_add(b.low())), max)
        })
    };
    let people = counts.get(&Counts::People).copied();
    people
        .or_else(|| apart(Counts::Civilians, Counts::Fighters))
        .or_else(|| apart(Counts::Women, Counts::Children))
}

/// First and last day. Where no account tells them, the day of publication.
pub(super) fn days(evidence: &Evidence<'_>, loss: &mut LossReport) -> Option<(Date, Date)> {
    match evidence.summary.days {
        Some(Days { from: Some(from), to: Some(to) }) => Some((from, to)),
        Some(Days { from: Some(day), to: None } | Days { from: None, to: Some(day) }) => {
            loss.lost("open end of an incident's days", 1);
            Some((day, day))
        }
        _ => {
            let day = evidence.claims.iter().find_map(|c| c.report.published.as_ref()).map(|p| p.date);
            match day {
                Some(_) => loss.lost("day that nobody tells (the day of publication is written)", 1),
                None => loss.lost("incident without any day (left out)", 1),
            }
            day.map(|day| (day, day))
        }
    }
}

/// The most exact place on the map, else the first that is named.
pub(super) fn place<'e>(evidence: &'e Evidence<'_>, loss: &mut LossReport) -> Option<&'e PlaceView> {
    let places = &evidence.summary.places;
    let place = places.iter().find(|p| p.lat.is_some()).or_else(|| places.first());
    loss.lost("further place that an account names", places.len().saturating_sub(1));
    loss.lost(
        "incident without a place on the map (its coordinates are empty)",
        usize::from(place.is_none_or(|p| p.lat.is_none())),
    );
    place
}

/// One of those who take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// As the account names it.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Id in the packs, where known.
    pub party: Option<String>,
}

/// Who did it and to whom, or the two sides of a fight, by the first account that says so.
pub(super) fn sides(evidence: &Evidence<'_>, parties: &Parties) -> [Vec<Member>; 2] {
    let named = |c: &&ClaimEvidence<'_>| !c.claim.act.actor.is_empty() || !c.claim.act.target.is_empty();
    let Some(first) = asserting(evidence).find(named) else { return [vec![], vec![]] };
    let act = &first.claim.act;
    let members = |list: &[Filler]| list.iter().map(|f| member(f, parties)).collect();
    match &act.actor[..] {
        [one, others @ ..] if act.target.is_empty() => [members(std::slice::from_ref(one)), members(others)],
        actors => [members(actors), members(&act.target)],
    }
}

fn member(filler: &Filler, parties: &Parties) -> Member {
    let known = filler.party.as_deref().map(|p| parties.kind(p)).filter(|k| *k != PartyKind::Unknown);
    let civilians = matches!(Counts::of(&filler.name), Counts::Civilians | Counts::Children | Counts::Women);
    let kind = known.unwrap_or(if civilians { PartyKind::Civilians } else { PartyKind::Unknown });
    Member { name: filler.name.replace(';', ","), kind, party: filler.party.clone() }
}

/// The claims that assert the incident; they alone make a row.
pub(super) fn asserting<'e, 'r>(
    evidence: &'e Evidence<'r>,
) -> impl Iterator<Item = &'e ClaimEvidence<'r>> + use<'e, 'r> {
    evidence.claims.iter().filter(|c| c.asserts)
}

/// True for an incident that somebody asserts. A row would assert the others; they are left out and counted.
pub(super) fn is_asserted(evidence: &Evidence<'_>, loss: &mut LossReport) -> bool {
    loss.lost(
        "incident that nobody asserts, only denied or doubted (left out)",
        usize::from(evidence.summary.unasserted),
    );
    !evidence.summary.unasserted
}

/// Counts what no row of a data set has room for.
pub(super) fn flattened(evidence: &Evidence<'_>, loss: &mut LossReport) {
    let claims = &evidence.claims;
    let count = |of: &dyn Fn(&Claim) -> bool| claims.iter().filter(|c| of(c.claim)).count();
    loss.lost(
        "account beside the first (who says it, its sides and its words)",
        evidence.summary.sources.len().saturating_sub(1),
    );
    loss.lost("denial", count(&|c| c.stance == Stance::Denies));
    loss.lost("charge (written as if it were plainly said)", count(&|c| c.stance == Stance::Accuses));
    loss.lost("doubt", count(&|c| c.stance == Stance::Doubts));
    loss.lost("word on whether a claim was checked", count(&|c| c.verification.is_some()));
    loss.lost("claim's evidence (the words it rests on)", claims.len());
    let figures = || claims.iter().flat_map(|c| &c.claim.act.figures);
    loss.lost(
        "count of other things than deaths",
        figures().filter(|f| f.what != FigureKind::Killed).count(),
    );
    verdicts(evidence, loss);
}

/// Counts verdicts on an incident under truces of its country.
pub(super) fn verdicts(evidence: &Evidence<'_>, loss: &mut LossReport) {
    let scopes = evidence.summary.scopes.iter().filter(|s| s.verdict != ScopeVerdict::Out);
    loss.lost("verdict under the terms of a truce", scopes.count());
}

/// What accounts say of the dead, and who denies, in words.
pub(super) fn remarks(evidence: &Evidence<'_>) -> String {
    let mut remarks = vec![evidence.summary.title.clone()];
    for figure in evidence.figures.iter().filter(|f| f.what == FigureKind::Killed) {
        for account in &figure.accounts {
            let part = if figure.part { "of them " } else { "" };
            let noun = if account.noun.is_empty() { "people" } else { &account.noun };
            remarks.push(format!("{}: {part}{} {noun} killed", account.name, account.count));
        }
    }
    remarks.extend(evidence.summary.denied_by.iter().map(|name| format!("denied by {name}")));
    remarks.join("; ")
}

/// Names parted by "; ", each once.
pub(super) fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut out: Vec<String> = Vec::new();
    for name in names.map(|n| n.replace(';', ",")) {
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out.join("; ")
}

/// The same of some members.
pub(super) fn names(members: &[Member]) -> String {
    joined(members.iter().map(|m| m.name.as_str()))
}

/// True when the side is civilians and nobody else.
pub(super) fn is_civilian(side: &[Member]) -> bool {
    !side.is_empty() && side.iter().all(|m| m.kind == PartyKind::Civilians)
}

/// True when a state or a body of it is on the side.
pub(super) fn is_state(side: &[Member]) -> bool {
    let of_state = |kind| matches!(kind, PartyKind::State | PartyKind::Government | PartyKind::StateForce);
    side.iter().any(|m| of_state(m.kind))
}

/// True when one armed side struck another, which no data set tells from two sides fighting.
pub(super) fn is_aimed(kind: Kind, sides: &[Vec<Member>; 2]) -> bool {
    kind == Kind::Attack && !sides[0].is_empty() && !sides[1].is_empty() && !is_civilian(&sides[1])
}
