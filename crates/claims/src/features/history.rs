//! What models are told of slots that the sentence leaves open: nobody fills them, or one of an earlier claim does.

use holdfire_types::{Dep, Kind, Stance};

use super::Bag;
use crate::linear::word_hash;
use crate::mentions::{Mention, Sort};
use crate::told::History;
use crate::view::View;

/// What an act's sentence says of whether its slots are filled there.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    kind: u32,
    stance: u32,
    /// The act word comes with "the", "this" or whose it is.
    pub definite: bool,
    passive: bool,
    /// The act word is the predicate of its clause.
    predicate: bool,
    /// Word class, voice, subject, agent and object of the act as one number.
    shape: u32,
    /// How many parties and people the sentence names, at most three.
    rivals: u32,
    /// Words that join the act to what was told: "also", "another", "earlier".
    cue: u32,
}

impl Context {
    /// The context of the act at token `i`.
    pub fn new(view: &View<'_>, i: usize, kind: Kind, stance: Stance) -> Self {
        let clause = view.clause(i);
        let has = |of: usize, deps: &[Dep]| view.kids(of).any(|k| deps.contains(&view.dep(k)));
        let passive = has(clause, &[Dep::AuxPass, Dep::NsubjPass]);
        let bits = [
            passive,
            clause == i,
            view.subject(i).is_some(),
            has(i, &[Dep::OblAgent]),
            has(i, &[Dep::Obj]),
            has(i, &[Dep::Nmod, Dep::NmodPoss, Dep::Compound]),
        ];
        let shape = bits.iter().fold(view.upos(i) as u32, |all, bit| all * 2 + u32::from(*bit));
        let party = |m: &&Mention| matches!(m.sort, Sort::Force | Sort::Organization | Sort::People);
        Self {
            kind: kind as u32,
            stance: stance as u32,
            definite: view.is_definite(i),
            passive,
            predicate: clause == i,
            shape,
            rivals: view.mentions.iter().filter(party).count().min(3) as u32,
            cue: cue(view),
        }
    }
}

/// Words at which a sentence goes on from what was told, or turns from it.
const CUES: [&[&str]; 4] = [
    &["also", "too", "further", "more", "rest", "both"],
    &["another", "other", "separate", "separately", "elsewhere", "meanwhile", "second"],
    &["earlier", "previous", "previously", "last", "since", "ago"],
    &["same", "attack", "raid", "strike", "bombing", "blast", "operation"],
];

/// Which of [`CUES`] the sentence holds, as bits.
fn cue(view: &View<'_>) -> u32 {
    let mut bits = 0;
    for token in 0..view.len() {
        let lemma = view.lemma_of(token);
        for (n, words) in CUES.iter().enumerate() {
            if words.iter().any(|w| w.eq_ignore_ascii_case(lemma)) {
                bits |= 1 << n;
            }
        }
    }
    bits
}

/// Whether nobody fills `role` of the act at `i`.
pub fn nobody(view: &View<'_>, i: usize, context: &Context, role: usize, told: &History) -> Bag {
    let mut bag = Bag::default();
    let (k, role) = (context.kind, role as u32);
    let clause = view.clause(i);
    let (passive, predicate) = (u32::from(context.passive), u32::from(context.predicate));
    bag.add(160, &[role]);
    bag.add(161, &[role, k]);
    bag.add(162, &[role, view.lemma[i]]);
    bag.add(346, &[role, view.groups[i].fine]);
    bag.add(347, &[role, view.groups[i].fine, passive, predicate]);
    bag.add(163, &[role, view.upos(i) as u32, k]);
    bag.add(164, &[role, k, context.stance]);
    bag.add(165, &[role, k, passive, predicate]);
    bag.add(166, &[role, u32::from(view.subject(clause).is_some()), passive, view.lemma[i]]);
    bag.add(167, &[role, view.lemma[clause], passive]);
    bag.add(168, &[role, view.dep(i) as u32, k]);
    for kid in view.kids(i) {
        bag.add(169, &[role, view.rel[kid], k]);
        bag.add(170, &[role, view.dep(kid) as u32, view.lemma[i]]);
    }
    let known = told.told().len().min(4) as u32;
    bag.add(440, &[role, known, k]);
    bag.add(441, &[role, known.min(2), context.shape, k]);
    bag.add(442, &[role, context.rivals, context.shape]);
    bag.add(443, &[role, context.rivals, k, u32::from(context.definite)]);
    bag.add(444, &[role, u32::from(context.definite), u32::from(view.again[i]), k]);
    bag.add(445, &[role, view.depth, k]);
    bag
}

/// Features of a filler carried over from a claim before.
pub fn carried(
    view: &View<'_>,
    i: usize,
    kind: Kind,
    context: &Context,
    carried: &Carried,
    who: &[String],
    told: &History,
) -> Bag {
    let mut bag = Bag::default();
    let (k, role) = (context.kind, carried.role);
    let same_sentence = u32::from(carried.sentences == 0);
    let same_kind = u32::from(carried.kind == kind);
    let definite = u32::from(context.definite);
    bag.add(150, &[role]);
    bag.add(151, &[role, k]);
    bag.add(152, &[role, k, carried.kind as u32]);
    bag.add(153, &[role, same_sentence, k]);
    bag.add(154, &[role, view.lemma[i]]);
    bag.add(155, &[role, carried.back, same_kind]);
    bag.add(156, &[role, definite, k]);
    bag.add(158, &[role, context.stance, k]);
    bag.add(159, &[role, definite, same_kind, same_sentence]);
    let gap = match carried.sentences {
        near @ 0..=2 => near,
        3 | 4 => 3,
        5 | 6 => 4,
        _ => 5,
    };
    let [actor, target, place, _] = told.filled(who).map(u32::from);
    let (filled, other) = match role {
        0 => (actor, target.min(1)),
        1 => (target, actor.min(1)),
        _ => (place, actor.min(1)),
    };
    let first = u32::from(carried.claim == 0);
    let same_word = u32::from(carried.same_word) + u32::from(carried.same_group);
    bag.add(420, &[role, gap, same_kind, k]);
    bag.add(421, &[role, context.shape, same_kind, k]);
    bag.add(422, &[role, context.shape, gap, same_kind]);
    bag.add(423, &[role, same_word, definite, same_kind]);
    bag.add(424, &[role, same_word, definite, gap]);
    bag.add(425, &[role, context.cue, same_kind, k]);
    bag.add(426, &[role, filled, other, k]);
    bag.add(427, &[role, first, same_kind, gap]);
    bag.add(428, &[role, context.rivals, context.shape, same_kind]);
    if let Some(last) = who.last() {
        bag.add(429, &[role, word_hash(last), k]);
    }
    bag.add(430, &[role, u32::from(carried.same_paragraph), gap, same_kind]);
    bag.add(431, &[role, context.rivals, gap, same_kind, definite]);
    bag
}

/// A filler of an earlier claim that may fill a role again.
#[derive(Debug, Clone, Copy)]
pub struct Carried {
    /// The role it filled: 0 actor, 1 target, 2 place.
    pub role: u32,
    /// Number of the claim in the document.
    pub claim: usize,
    /// Where the claim's act word stands: sentence and token.
    pub act: (usize, usize),
    /// Where the filler stands in that sentence, if it does.
    pub head: Option<usize>,
    /// The claim's kind.
    pub kind: Kind,
    /// How many sentences back.
    pub sentences: u32,
    /// How many claims back.
    pub back: u32,
    /// The claim's act word is the same.
    pub same_word: bool,
    /// It is of the same fine group.
    pub same_group: bool,
    /// Both stand in one paragraph.
    pub same_paragraph: bool,
    /// The later act word comes with "the", "this" or whose it is.
    pub definite: bool,
}
