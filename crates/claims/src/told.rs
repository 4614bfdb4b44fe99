//! What a document has told so far: the claims already made, and how often each name filled which slot of them.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use holdfire_types::{Kind, Stance, Status};

use crate::document::Named;
use crate::view::View;

/// How many claims back one may be filled from.
pub const BACK: usize = 8;
/// And how many sentences.
pub const REACH: usize = 10;

/// How many sentences an attack is told of.
const STRIKING: usize = 3;

/// How many blows back relief may have been struck for "the attack" to be that one.
const BLOWS: usize = 3;

/// A claim already made, as far as later ones may lean on it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Number of its sentence.
    pub sentence: usize,
    /// The word that carries it.
    pub token: usize,
    /// Its kind.
    pub kind: Kind,
    /// Its status.
    pub status: Option<Status>,
    /// Its stance.
    pub stance: Stance,
    /// Hash of its act word's lemma.
    pub lemma: u32,
    /// The act word's fine group.
    pub group: u32,
    /// Its source; `None` for the narrator.
    pub source: Option<Named>,
    /// Actor, target and place.
    pub roles: [Vec<Named>; 3],
}

impl Told {
    /// A claim whose act stands at token `i` of sentence `s`.
    pub fn new(
        view: &View<'_>,
        s: usize,
        i: usize,
        (kind, status, stance): (Kind, Option<Status>, Stance),
        source: Option<Named>,
        roles: [Vec<Named>; 3],
    ) -> Self {
        let (lemma, group) = (view.lemma[i], view.groups[i].fine);
        Self { sentence: s, token: i, kind, status, stance, lemma, group, source, roles }
    }
}

/// How often a name filled a slot so far: actor, target, place, source; at most [`OFTEN`] each.
pub type Filled = [u8; 4];
/// More than this is not counted.
const OFTEN: u8 = 3;

/// The claims of a document so far.
#[derive(Debug, Clone, Default)]
pub struct History {
    told: Vec<Told>,
    filled: HashMap<u64, Filled>,
}

impl History {
    /// Adds a claim.
    pub fn push(&mut self, told: Told) {
        let who = told.roles.iter().enumerate().flat_map(|(slot, who)| who.iter().map(move |w| (slot, w)));
        for (slot, who) in who.chain(told.source.iter().map(|s| (3, s))) {
            let count = &mut self.filled.entry(key(&who.stems)).or_default()[slot];
            *count = (*count + 1).min(OFTEN);
        }
        self.told.push(told);
    }

    /// The claims, first to last.
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// What struck relief among the blows told last.
    pub fn relief_struck(&self) -> Option<&Told> {
        let struck = |claim: &&Told| claim.kind == Kind::Aid && claim.status == Some(Status::Attacked);
        let blows = self.told.iter().rev().filter(|claim| claim.kind == Kind::Attack || struck(claim));
        blows.take(BLOWS).find(struck)
    }

    /// Who did the last attack told of just before sentence `s`.
    pub fn striker(&self, s: usize) -> Vec<Named> {
        let near = self.told.iter().rev().take_while(|claim| s - claim.sentence <= STRIKING);
        let last = near.clone().find(|claim| claim.kind == Kind::Attack);
        let who = last.map_or(&[][..], |claim| &claim.roles[0]);
        who.iter().map(|w| Named { span: None, ..w.clone() }).collect()
    }

    /// True where it was told before that the same actor holds the same places.
    pub fn holds(&self, [actor, _, places]: &[Vec<Named>; 3]) -> bool {
        let stems = |who: &[Named]| {
            let mut stems: Vec<Vec<String>> = who.iter().map(|w| w.stems.clone()).collect();
            stems.sort_unstable();
            stems
        };
        let same = |claim: &&Told| {
            claim.kind == Kind::Control
                && stems(&claim.roles[0]) == stems(actor)
                && stems(&claim.roles[2]) == stems(places)
        };
        !places.is_empty() && self.told.iter().any(|claim| same(&claim))
    }

    /// How often a name filled each slot.
    pub fn filled(&self, stems: &[String]) -> Filled {
        self.filled.get(&key(stems)).copied().unwrap_or_default()
    }
}

fn key(stems: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    stems.hash(&mut hasher);
    hasher.finish()
}
