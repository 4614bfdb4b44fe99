//! Parties as the record needs them: who is who, on whose side, and who speaks as a monitor or a medium.

use std::collections::BTreeMap;

use holdfire_types::PartyKind;
use holdfire_world::{Party, World};

/// What the record asks of one party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFacts {
    /// Id in the pack (`syria/army`).
    pub id: String,
    /// Name to show.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Ids of the parties it belongs to, fights for or is allied with, nearest first.
    pub under: Vec<String>,
}

/// The parties of the packs, by id.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    by_id: BTreeMap<String, PartyFacts>,
}

impl Parties {
    /// From the facts of each party; a later one of the same id takes the place of the earlier.
    pub fn new(facts: impl IntoIterator<Item = PartyFacts>) -> Self {
        Self { by_id: facts.into_iter().map(|p| (p.id.clone(), p)).collect() }
    }

    /// The parties of the packs.
    pub fn of(world: &World) -> Self {
        let facts = |p: &Party| PartyFacts {
            id: p.id.clone(),
            name: p.name.clone(),
            kind: p.kind,
            under: p.under.clone(),
        };
        Self::new(world.parties().iter().map(facts))
    }

    /// One party.
    pub fn get(&self, id: &str) -> Option<&PartyFacts> {
        self.by_id.get(id)
    }

    /// What `id` is; unknown for ids that no pack holds.
    pub fn kind(&self, id: &str) -> PartyKind {
        self.get(id).map_or(PartyKind::Unknown, |p| p.kind)
    }

    /// All, in the order of their ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &PartyFacts> {
        self.by_id.values()
    }

    /// The party and those that it stands under, by whatever number of steps.
    pub(crate) fn above<'p>(&'p self, id: &'p str) -> Vec<&'p str> {
        let mut seen = vec![id];
        let mut next = 0;
        while next < seen.len() {
            for above in self.get(seen[next]).map_or(&[][..], |p| &p.under) {
                if !seen.contains(&above.as_str()) {
                    seen.push(above);
                }
            }
            next += 1;
        }
        seen
    }

    /// True when `id` is one of `parties` or stands under one of them, by whatever number of steps.
    pub fn stands_under(&self, id: &str, parties: &[String]) -> bool {
        self.above(id).into_iter().any(|at| parties.iter().any(|p| p == at))
    }

    /// True when the two are one party, or one stands under the other.
    pub fn related(&self, a: &str, b: &str) -> bool {
        self.stands_under(a, &[b.to_owned()]) || self.stands_under(b, &[a.to_owned()])
    }
}

/// True for kinds that bear arms or rule those who do: their word on a fight is a party's word.
pub const fn fights(kind: PartyKind) -> bool {
    matches!(
        kind,
        PartyKind::State
            | PartyKind::Government
            | PartyKind::StateForce
            | PartyKind::Rebel
            | PartyKind::Militia
            | PartyKind::Jihadist
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(id: &str, under: &[&str]) -> PartyFacts {
        PartyFacts {
            id: id.to_owned(),
            name: id.to_owned(),
            kind: PartyKind::Rebel,
            under: under.iter().map(|u| (*u).to_owned()).collect(),
        }
    }

    #[test]
    fn a_brigade_stands_under_its_umbrella_even_in_a_ring_of_alliances() {
        let parties = Parties::new([
            facts("brigade", &["front"]),
            facts("front", &["opposition"]),
            facts("opposition", &["front"]),
        ]);
        assert!(parties.stands_under("brigade", &["opposition".to_owned()]));
        assert!(parties.related("opposition", "brigade"));
        assert!(!parties.stands_under("opposition", &["brigade".to_owned()]));
    }
}
