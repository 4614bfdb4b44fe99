//! The linker: finds, for each claim added, the earlier claims that may speak of the same incident, and judges them.
//!
//! Claims are looked up by keys (blocks): place and day, region and day, pair of parties and day, count and day. A
//! block keeps the [`BLOCK`] latest claims that differ in what they tell; a claim told just like an earlier one is
//! linked to that one and joins no block. So the work for one claim has a ceiling, and the whole grows with the
//! number of claims.

use std::collections::HashMap;

use holdfire_types::{Claim, Decision, DecisionBy, FigureKind, Id, LinkDecision, Report};

use crate::facts::{Facts, Family, Names};
use crate::judge::{Judgement, RULE, judge};

/// Claims in one block.
const BLOCK: usize = 32;
/// Days of a claim that are looked up one by one; an act told of more days is looked up by its first and last.
const DAYS: i32 = 8;
/// Decisions of one sort kept for a claim, the weightiest first.
const KEPT: usize = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Place(u32),
    /// Towns of a region.
    Fine(u32),
    /// The region itself.
    Coarse(u32),
    Parties(u32, u32),
    /// The pair of parties, with no place told.
    Nowhere(u32, u32),
    Count(FigureKind, u64),
}

type Block = (Family, Key, i32);

/// Links claims as they come.
#[derive(Debug, Default)]
pub struct Linker {
    names: Names,
    ids: Vec<Id>,
    facts: Vec<Facts>,
    /// Signature of each fact, beside `facts`.
    signatures: Vec<u64>,
    blocks: HashMap<Block, Vec<u32>>,
}

impl Linker {
    /// A linker that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a claim and gives the decisions on it and earlier claims: the same incident, or unsure, or different where
    /// place and day had let one expect the same. Claims that are part of no incident (demands, promises, states of
    /// things, totals) give none.
    pub fn add(&mut self, claim: &Claim, report: &Report) -> Vec<LinkDecision> {
        let Some(facts) = Facts::of(claim, report, &mut self.names) else { return Vec::new() };
        let signature = facts.signature();
        let at = self.facts.len() as u32;
        let mut candidates: Vec<u32> = Vec::new();
        for block in asked(&facts) {
            if let Some(claims) = self.blocks.get(&block) {
                candidates.extend(claims);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut judged: Vec<(Judgement, u32)> =
            candidates.iter().map(|&c| (judge(&self.facts[c as usize], &facts), c)).collect();
        // The weightiest first, the earliest among equals.
        judged.sort_by(|a, b| b.0.sum.cmp(&a.0.sum).then(a.1.cmp(&b.1)));
        let told_alike = candidates.iter().any(|&c| self.signatures[c as usize] == signature);
        let mut decisions = Vec::new();
        let mut kept = [0_usize; 3];
        for (judgement, other) in &judged {
            let decision = judgement.decision();
            let slot = &mut kept[decision as usize];
            if decision == Decision::Different && !judgement.close || *slot == KEPT {
                continue;
            }
            *slot += 1;
            decisions.push(self.decision(&self.ids[*other as usize], &claim.id, decision, judgement));
        }
        self.ids.push(claim.id.clone());
        self.signatures.push(signature);
        if !told_alike {
            for block in keys(&facts) {
                let claims = self.blocks.entry(block).or_default();
                if claims.len() == BLOCK {
                    claims.remove(0);
                }
                claims.push(at);
            }
        }
        self.facts.push(facts);
        decisions
    }

    fn decision(&self, earlier: &Id, later: &Id, decision: Decision, judgement: &Judgement) -> LinkDecision {
        let (a, b) = if earlier <= later { (earlier, later) } else { (later, earlier) };
        let words = |side: fn(i32) -> bool| {
            judgement.evidence.iter().filter(|e| side(e.weight)).map(|e| e.words(&self.names)).collect()
        };
        LinkDecision {
            a: a.clone(),
            b: b.clone(),
            decision,
            by: DecisionBy::Rule(RULE.to_owned()),
            evidence_for: words(|w| w > 0),
            evidence_against: words(|w| w < 0),
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
    let told = facts.counts.iter().find(|c| !c.part && c.count.min == c.count.max && c.count.low() > 4)?;
    Some((told.what, told.count.low()))
}

fn over_days(facts: &Facts, margin: i32) -> Vec<i32> {
    let Some((from, to)) = facts.days else { return Vec::new() };
    let (from, to) = (from - margin, to + margin);
    if to - from < DAYS + 2 * margin { (from..=to).collect() } else { vec![from, to] }
}

/// The blocks that a claim stands in.
fn keys(facts: &Facts) -> Vec<Block> {
    let mut out = Vec::new();
    for day in over_days(facts, 0) {
        for place in &facts.places {
            out.push((facts.family, Key::Place(place.id), day));
            if place.region != 0 {
                let key = if place.coarse { Key::Coarse(place.region) } else { Key::Fine(place.region) };
                out.push((facts.family, key, day));
            }
        }
        if let Some((a, b)) = pair(facts) {
            let key = if facts.places.is_empty() { Key::Nowhere(a, b) } else { Key::Parties(a, b) };
            out.push((facts.family, key, day));
        }
        if let Some((what, n)) = count(facts) {
            out.push((facts.family, Key::Count(what, n), day));
        }
    }
    out.sort_unstable_by_key(|b| b.2);
    out.dedup();
    out
}

/// The blocks that a claim is looked up in: its own, the days beside them, and where it is vague the wider ones.
fn asked(facts: &Facts) -> Vec<Block> {
    let mut out = Vec::new();
    for day in over_days(facts, 1) {
        for place in &facts.places {
            out.push((facts.family, Key::Place(place.id), day));
            if place.region != 0 {
                out.push((facts.family, Key::Coarse(place.region), day));
                // Neighbouring towns: "near al-Bab" and "Tadef".
                out.push((facts.family, Key::Fine(place.region), day));
            }
        }
        if let Some((a, b)) = pair(facts) {
            out.push((facts.family, Key::Nowhere(a, b), day));
            if facts.places.is_empty() {
                out.push((facts.family, Key::Parties(a, b), day));
            }
        }
        if let Some((what, n)) = count(facts) {
            out.push((facts.family, Key::Count(what, n), day));
        }
    }
    out
}
