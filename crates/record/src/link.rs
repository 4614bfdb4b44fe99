//! The linker: finds, for each claim added, the earlier claims that may speak of the same incident, and judges them.
//!
//! Claims are looked up by keys (blocks): place and day, count and day, pair of parties and day, region and day, square
//! of the map and day. The claims of one report are compared with each other, and those of a wire copy with what the
//! report copied tells in the same words. A block keeps the [`BLOCK`] latest claims that differ in what they tell; a claim told just like
//! an earlier one is linked to that one and joins no block. A claim is compared with [`MOST`] others at most, those
//! of its own place first. So the work for one claim has a ceiling, and the whole grows with the number of claims.

use std::collections::HashMap;

use holdfire_types::{Claim, CopyOf, Decision, DecisionBy, FigureKind, Id, LinkDecision, Report};

use crate::facts::{Facts, Family, Names, PlaceFact};
use crate::judge::{Judgement, RULE, evidence, judge};
use crate::parties::Parties;

/// Claims in one block.
const BLOCK: usize = 16;
/// Earlier claims that one claim is compared with.
const MOST: usize = 48;
/// Side of a square of the map, in degrees: about 11 km from south to north.
const SQUARE: f32 = 0.1;
/// Days of a claim that are looked up one by one; an act told of more days is looked up by its first and last.
const DAYS: i32 = 8;
/// Sentences kept of one report and its copies.
const SENTENCES: usize = 256;
/// Decisions kept for a claim, the weightiest first: same, different, unsure.
const KEPT: [usize; 3] = [3, 2, 1];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Key {
    Place(u32),
    /// A square of the map, for towns side by side.
    Square(i32, i32),
    /// A place that was not resolved, by the last word of its name.
    Unresolved(u32),
    /// A resolved place by the last word of its name, for those that are not.
    Resolved(u32),
    /// Towns of a region.
    Fine(u32),
    /// The region itself.
    Coarse(u32),
    Parties(u32, u32),
    /// The pair of parties, with no place told.
    Nowhere(u32, u32),
    /// The least that is counted: "at least 16" and "16" are told of one act.
    Count(FigureKind, u64),
}

/// What a claim is looked up by, and the day.
type Block = (Family, Key, i32);

/// The blocks of one day. News comes day by day, so the blocks asked for stay few and near each other in memory however
/// long the record grows.
type Day = HashMap<(Family, Key), Vec<u32>>;

/// Links claims as they come.
#[derive(Debug, Default)]
pub struct Linker {
    names: Names,
    ids: Vec<Id>,
    facts: Vec<Facts>,
    /// Signature of each fact, beside `facts`.
    signatures: Vec<u64>,
    days: HashMap<i32, Day>,
    /// The report added last, and its claims.
    report: (u32, Vec<u32>),
    /// The report that each copy goes back to.
    roots: HashMap<u32, u32>,
    /// For each report that is no copy, what it and its copies tell: the words and the claim that told them first.
    words: HashMap<u32, Vec<(u64, u32)>>,
}

impl Linker {
    /// A linker that has seen nothing and knows no parties.
    pub fn new() -> Self {
        Self::default()
    }

    /// A linker that has seen nothing and knows who stands under whom.
    pub fn knowing(parties: &Parties) -> Self {
        Self { names: Names::of(parties), ..Self::default() }
    }

    /// Says that a report repeats an earlier one; to be called before its claims are added.
    pub fn copied(&mut self, copy: &CopyOf) {
        let (report, of) = (self.names.number(copy.report.as_str()), self.names.number(copy.of.as_str()));
        let root = self.roots.get(&of).copied().unwrap_or(of);
        self.roots.insert(report, root);
    }

    /// Adds a claim and gives the decisions on it and earlier claims: the same incident, or unsure, or different where
    /// place and day had let one expect the same. Claims that are part of no incident (demands, promises, states of
    /// things, totals) give none.
    pub fn add(&mut self, claim: &Claim, report: &Report) -> Vec<LinkDecision> {
        let Some(mut facts) = Facts::of(claim, report, &mut self.names) else { return Vec::new() };
        facts.root = self.roots.get(&facts.report).copied().unwrap_or(facts.report);
        let signature = facts.signature();
        let at = self.facts.len() as u32;
        let candidates = self.candidates(&facts);
        let mut judged: Vec<(Judgement, u32)> =
            candidates.iter().map(|&c| (judge(&self.facts[c as usize], &facts, &self.names), c)).collect();
        // The weightiest first, the earliest among equals.
        judged.sort_unstable_by(|a, b| b.0.sum.cmp(&a.0.sum).then(a.1.cmp(&b.1)));
        let told_alike = candidates.iter().any(|&c| self.signatures[c as usize] == signature);
        let mut decisions = Vec::new();
        let mut kept = [0_usize; 3];
        for (judgement, other) in judged {
            let decision = judgement.decision();
            let slot = &mut kept[decision as usize];
            if decision == Decision::Different && !judgement.close || *slot == KEPT[decision as usize] {
                continue;
            }
            *slot += 1;
            decisions.push(self.decision(other, &facts, &claim.id, decision));
        }
        self.ids.push(claim.id.clone());
        self.remember(&facts, at);
        self.signatures.push(signature);
        if !told_alike {
            for (family, key, day) in keys(&facts) {
                let claims = self.days.entry(day).or_default().entry((family, key)).or_default();
                if claims.len() == BLOCK {
                    claims.remove(0);
                }
                claims.push(at);
            }
        }
        self.facts.push(facts);
        decisions
    }

    /// Keeps what is needed to compare the claims of one report, and of a report and its copies.
    fn remember(&mut self, facts: &Facts, at: u32) {
        if self.report.0 != facts.report {
            self.report = (facts.report, Vec::new());
        }
        self.report.1.push(at);
        let told = self.words.entry(facts.root).or_default();
        if told.len() < SENTENCES && !told.iter().any(|(words, _)| *words == facts.words) {
            told.push((facts.words, at));
        }
    }

    /// Earlier claims that `facts` is compared with, each once: those told in the same words, of its own report, and of
    /// the blocks that it is looked up in, the likeliest blocks first.
    fn candidates(&self, facts: &Facts) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::with_capacity(MOST);
        if facts.root != facts.report {
            let told = self.words.get(&facts.root).into_iter().flatten();
            found.extend(told.filter(|(words, _)| *words == facts.words).map(|(_, claim)| *claim));
        }
        if self.report.0 == facts.report {
            let own = self.report.1.iter().rev().take(BLOCK);
            found.extend(own.filter(|c| self.facts[**c as usize].family == facts.family));
        }
        for (family, key, day) in asked(facts) {
            let Some(claims) = self.days.get(&day).and_then(|day| day.get(&(family, key))) else { continue };
            for &claim in claims.iter().rev() {
                if found.len() == MOST {
                    return found;
                }
                if !found.contains(&claim) {
                    found.push(claim);
                }
            }
        }
        found
    }

    fn decision(&self, other: u32, facts: &Facts, id: &Id, decision: Decision) -> LinkDecision {
        let earlier = &self.ids[other as usize];
        let (a, b) = if earlier <= id { (earlier, id) } else { (id, earlier) };
        let (evidence_for, evidence_against) = evidence(&self.facts[other as usize], facts, &self.names);
        LinkDecision {
            a: a.clone(),
            b: b.clone(),
            decision,
            by: DecisionBy::Rule(RULE.to_owned()),
            evidence_for,
            evidence_against,
        }
    }
}

fn pair(facts: &Facts) -> Option<(u32, u32)> {
    let (a, b) = if facts.targets.is_empty() {
        (facts.actors.first()?, facts.actors.get(1)?)
    } else {
        (facts.actors.first()?, facts.targets.first()?)
    };
    Some((*a.min(b), *a.max(b)))
}

fn count(facts: &Facts) -> Option<(FigureKind, u64)> {
    let told = facts.counts.iter().find(|c| c.count.low() > 4)?;
    Some((told.what, told.count.low()))
}

fn over_days(facts: &Facts, margin: i32) -> Vec<i32> {
    let Some((from, to)) = facts.days else { return Vec::new() };
    let (from, to) = (from - margin, to + margin);
    if to - from < DAYS + 2 * margin { (from..=to).collect() } else { vec![from, to] }
}

fn square(place: &PlaceFact) -> Option<(i32, i32)> {
    let exact = place.resolved && !place.coarse;
    exact.then(|| ((place.lat / SQUARE).floor() as i32, (place.lon / SQUARE).floor() as i32))
}

/// The blocks that a claim stands in.
fn keys(facts: &Facts) -> Vec<Block> {
    let mut out = Vec::new();
    for day in over_days(facts, 0) {
        let mut add = |key| out.push((facts.family, key, day));
        for place in &*facts.places {
            add(Key::Place(place.id));
            add(if place.resolved { Key::Resolved(place.head) } else { Key::Unresolved(place.head) });
            if let Some((lat, lon)) = square(place) {
                add(Key::Square(lat, lon));
            }
            if place.region != 0 {
                add(if place.coarse { Key::Coarse(place.region) } else { Key::Fine(place.region) });
            }
        }
        if let Some((a, b)) = pair(facts) {
            add(if facts.places.is_empty() { Key::Nowhere(a, b) } else { Key::Parties(a, b) });
        }
        if let Some((what, n)) = count(facts) {
            add(Key::Count(what, n));
        }
    }
    out.sort_unstable_by_key(|b| (b.1, b.2));
    out.dedup();
    out
}

/// The blocks that a claim is looked up in, the likeliest first: its places on its days, then on the days beside them,
/// the same count, the same parties, its region, the squares around it.
fn asked(facts: &Facts) -> Vec<Block> {
    let mut out = Vec::new();
    let own = over_days(facts, 0);
    let mut add = |key, day| out.push((facts.family, key, day));
    for place in &*facts.places {
        for &day in own.iter().chain(&over_days(facts, 1)) {
            add(Key::Place(place.id), day);
        }
    }
    for &day in &own {
        if let Some((what, n)) = count(facts) {
            add(Key::Count(what, n), day);
        }
        if let Some((a, b)) = pair(facts) {
            add(Key::Nowhere(a, b), day);
            if facts.places.is_empty() {
                add(Key::Parties(a, b), day);
            }
        }
        for place in &*facts.places {
            add(Key::Unresolved(place.head), day);
            if !place.resolved {
                add(Key::Resolved(place.head), day);
            }
            if place.region != 0 {
                add(Key::Coarse(place.region), day);
                if place.coarse {
                    add(Key::Fine(place.region), day);
                }
            }
            if let Some((lat, lon)) = square(place) {
                for around in 0..9 {
                    add(Key::Square(lat + around / 3 - 1, lon + around % 3 - 1), day);
                }
            }
        }
    }
    out
}
