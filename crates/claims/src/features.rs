//! Features: what the models are told of an act word, its clause, its speakers and the names around it.
//!
//! Every feature is a template's number and the hashes that fill it. The numbers are part of the trained model: a changed
//! meaning needs a new number and a new training.

mod history;
mod speaker;

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::frame::Frame;
use crate::linear::{Feature, fold};
use crate::mentions::Mention;
use crate::view::View;

pub use history::{Carried, Context, carried, nobody};
pub use speaker::{Said, narrator, source, standing_source};

/// Collects features.
#[derive(Debug)]
pub struct Bag(pub Vec<Feature>);

/// Room for most bags: growing one by one costs more than what stays free.
const ROOM: usize = 128;

impl Default for Bag {
    fn default() -> Self {
        Self(Vec::with_capacity(ROOM))
    }
}

impl Bag {
    fn add(&mut self, template: u32, parts: &[u32]) {
        self.0.push(fold(template, parts));
    }

    /// Adds every feature again, joined with `by`.
    fn joined(&mut self, from: usize, template: u32, by: u32) {
        for i in from..self.0.len() {
            let feature = self.0[i];
            self.add(template, &[feature, by]);
        }
    }
}

/// The bits of a set, the lowest first.
fn bits(set: u32) -> impl Iterator<Item = u32> {
    let rest = |set: &u32| Some(set & set.wrapping_sub(1));
    std::iter::successors(Some(set), rest).take_while(|set| *set != 0).map(u32::trailing_zeros)
}

fn sort_of(view: &View<'_>, head: usize) -> u32 {
    view.mentions.iter().find(|m| m.head as usize == head).map_or(99, |m| m.sort as u32)
}

/// What may make token `i` an act, and of which kind.
pub fn act(view: &View<'_>, i: usize) -> Bag {
    let mut bag = Bag::default();
    let class = view.upos(i) as u32;
    let lemma = view.lemma[i];
    let rel = view.dep(i) as u32;
    bag.add(10, &[]);
    bag.add(11, &[lemma, class]);
    bag.add(12, &[lemma, view.form_hash(i)]);
    bag.add(13, &[class, rel]);
    bag.add(14, &[lemma, rel]);
    for bit in bits(view.kinds[i]) {
        bag.add(15, &[bit]);
        bag.add(16, &[bit, class, rel]);
    }
    bag.add(17, &[u32::from(view.kinds[i] == 0), class]);
    bag.add(37, &[view.kinds[i]]);
    if let Some(head) = view.tree.head(i) {
        bag.add(18, &[view.lemma[head], view.rel[i]]);
        bag.add(19, &[view.lemma[head], lemma]);
        for bit in bits(view.kinds[head]) {
            bag.add(20, &[bit, rel]);
            bag.add(38, &[bit, rel, view.kinds[i]]);
        }
        if let Some(above) = view.tree.head(head) {
            bag.add(21, &[view.lemma[above], view.dep(head) as u32, rel]);
        }
    }
    for k in view.kids(i) {
        let r = view.rel[k];
        bag.add(22, &[r, class]);
        bag.add(23, &[r, view.lemma[k]]);
        bag.add(24, &[lemma, view.lemma[k]]);
        bag.add(25, &[lemma, r]);
        bag.add(26, &[r, sort_of(view, k), lemma]);
        bag.add(40, &[r, sort_of(view, k), view.kinds[i]]);
        for bit in bits(view.kinds[k]) {
            bag.add(27, &[bit, view.dep(k) as u32]);
            bag.add(39, &[bit, view.dep(k) as u32, view.kinds[i]]);
        }
        for kk in view.kids(k).take(6) {
            bag.add(41, &[r, view.lemma[kk]]);
        }
    }
    for (offset, at) in [(1_u32, i.checked_sub(1)), (2, Some(i + 1)), (3, i.checked_sub(2)), (4, Some(i + 2))]
    {
        let word = at.filter(|&at| at < view.len()).map_or(0, |at| view.lemma[at]);
        bag.add(28, &[offset, word]);
        if offset <= 2 {
            bag.add(29, &[offset, word, lemma]);
        }
    }
    for at in i.saturating_sub(6)..(i + 7).min(view.len()) {
        if at != i && matches!(view.upos(at), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn) {
            bag.add(30, &[view.lemma[at]]);
        }
    }
    let group = view.groups[i];
    bag.add(300, &[group.fine, class]);
    bag.add(301, &[group.coarse, class, rel]);
    bag.add(302, &[group.fine, rel]);
    if let Some(head) = view.tree.head(i) {
        bag.add(303, &[view.groups[head].fine, view.rel[i]]);
        bag.add(304, &[view.groups[head].coarse, group.coarse, rel]);
        bag.add(305, &[view.groups[head].fine, group.fine]);
    }
    for k in view.kids(i) {
        bag.add(306, &[view.groups[k].fine, view.rel[k]]);
        bag.add(307, &[view.groups[k].coarse, view.dep(k) as u32, group.coarse]);
        bag.add(308, &[view.groups[k].fine, group.fine]);
    }
    for (offset, at) in [(1_u32, i.checked_sub(1)), (2, Some(i + 1))] {
        let near = at.filter(|&at| at < view.len()).map_or(0, |at| view.groups[at].fine);
        bag.add(309, &[offset, near]);
        bag.add(310, &[offset, near, group.fine]);
    }
    for at in i.saturating_sub(8)..(i + 9).min(view.len()) {
        if at != i && matches!(view.upos(at), Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn) {
            bag.add(311, &[view.groups[at].coarse]);
            bag.add(312, &[view.groups[at].fine, view.kinds[i]]);
        }
    }
    let clause = view.clause(i);
    mood(view, clause, &mut bag);
    bag.add(31, &[view.lemma[clause], u32::from(clause == i)]);
    bag.add(32, &[u32::from(view.quoted[i])]);
    let alike = |at: std::ops::Range<usize>| {
        view.kinds[at].iter().filter(|kinds| *kinds & view.kinds[i] != 0).take(3).count() as u32
    };
    let (shared, later) = (alike(0..i), alike(i + 1..view.len().min(i + 60)));
    bag.add(33, &[shared]);
    bag.add(34, &[shared, later, class]);
    for above in view.tree.above(i).take(4) {
        for bit in bits(view.kinds[above] & view.kinds[i]) {
            bag.add(35, &[bit]);
        }
        if let Some(word) = view.listed[above] {
            bag.add(36, &[u32::from(word.stances()), view.kinds[i]]);
        }
    }
    bag
}

/// Helping verbs, negation, marks and tense of a clause.
fn mood(view: &View<'_>, clause: usize, bag: &mut Bag) {
    for k in view.kids(clause) {
        match view.dep(k) {
            Dep::Aux | Dep::AuxPass => bag.add(50, &[view.lemma[k], view.form_hash(k)]),
            Dep::Mark | Dep::Cc => bag.add(51, &[view.lemma[k]]),
            Dep::Advmod => bag.add(52, &[view.lemma[k]]),
            Dep::Cop => bag.add(53, &[view.form_hash(k)]),
            Dep::Advcl => bag.add(56, &[view.rel[k]]),
            _ => {}
        }
    }
    bag.add(54, &[crate::linear::word_hash(view.sentence.tokens[clause].xpos)]);
    bag.add(55, &[view.dep(clause) as u32]);
}

/// The words above an act that a speaker's stance may come from: nearest first.
pub fn governors<'v>(view: &'v View<'_>, i: usize) -> impl Iterator<Item = usize> + 'v {
    view.tree.above(i).take(8)
}

/// How its source may stand to the act at `i`, and (for kinds with one) in which status it is.
pub fn standing(view: &View<'_>, i: usize, kind: Kind) -> Bag {
    let mut bag = Bag::default();
    let clause = view.clause(i);
    let lemma = view.lemma[i];
    bag.add(60, &[]);
    bag.add(61, &[lemma]);
    bag.add(62, &[view.lemma[clause]]);
    bag.add(63, &[view.lemma[clause], lemma]);
    bag.add(64, &[u32::from(view.quoted[i])]);
    bag.add(84, &[view.spoken]);
    bag.add(85, &[view.spoken, kind as u32]);
    bag.add(86, &[view.spoken, lemma]);
    if let Some(word) = view.listed[i] {
        bag.add(65, &[u32::from(word.stances())]);
    }
    if let Some(word) = view.listed[clause] {
        bag.add(66, &[u32::from(word.stances()), u32::from(clause == i)]);
    }
    mood(view, clause, &mut bag);
    mood_of_subject(view, clause, &mut bag);
    bag.add(320, &[view.groups[i].fine]);
    bag.add(321, &[view.groups[clause].fine, u32::from(clause == i)]);
    for k in view.kids(i) {
        bag.add(322, &[view.groups[k].fine, view.dep(k) as u32]);
    }
    for k in view.kids(i) {
        bag.add(67, &[view.rel[k], view.lemma[k]]);
        bag.add(80, &[view.lemma[k], lemma]);
        if let Some(word) = view.listed[k].filter(|w| w.stances() != 0) {
            bag.add(81, &[u32::from(word.stances()), view.dep(k) as u32]);
        }
    }
    for k in view.kids(clause) {
        bag.add(82, &[view.lemma[k], view.lemma[clause]]);
    }
    let mut below = i;
    let mut seen = 0;
    for (step, above) in governors(view, i).enumerate() {
        let rel = view.rel[below];
        bag.add(68, &[view.lemma[above], rel]);
        bag.add(69, &[view.lemma[above]]);
        bag.add(323, &[view.groups[above].fine, rel]);
        bag.add(324, &[view.groups[above].coarse]);
        if let Some(word) = view.listed[above].filter(|w| w.stances() != 0) {
            let stances = u32::from(word.stances());
            bag.add(70, &[stances, rel]);
            if seen == 0 {
                bag.add(71, &[stances]);
                bag.add(72, &[view.lemma[above], kind as u32]);
                bag.add(73, &[stances, kind as u32]);
                mood(view, above, &mut bag);
            }
            seen += 1;
        }
        if step < 3 {
            for k in view.kids(above) {
                if matches!(view.dep(k), Dep::Aux | Dep::Advmod | Dep::Mark) {
                    bag.add(74, &[view.lemma[k], rel]);
                }
            }
        }
        below = above;
    }
    bag.add(75, &[seen.min(3)]);
    bag.add(76, &[kind as u32]);
    if i > 0 {
        bag.add(77, &[view.lemma[i - 1]]);
        bag.add(83, &[view.lemma[i - 1], lemma]);
    }
    if i + 1 < view.len() {
        bag.add(78, &[view.lemma[i + 1]]);
    }
    for at in i.saturating_sub(8)..(i + 9).min(view.len()) {
        if at != i && !matches!(view.upos(at), Upos::Punct | Upos::Det) {
            bag.add(79, &[view.lemma[at]]);
        }
    }
    bag
}

fn mood_of_subject(view: &View<'_>, clause: usize, bag: &mut Bag) {
    if let Some(subject) = view.subject(clause) {
        bag.add(57, &[sort_of(view, subject)]);
        if view.upos(subject) == Upos::Pron {
            bag.add(58, &[view.lemma[subject]]);
        }
    }
}

/// Status features: the standing's, all joined with the kind.
pub fn status(view: &View<'_>, i: usize, kind: Kind, stance: Stance) -> Bag {
    let mut bag = standing(view, i, kind);
    for k in view.kids(i) {
        for kk in view.kids(k).take(8) {
            bag.add(84, &[view.lemma[kk]]);
        }
    }
    bag.add(85, &[stance as u32]);
    bag.joined(0, 86, kind as u32);
    bag
}

/// What the way from an act to a mention looks like.
pub struct Way {
    steps: u32,
    whole: u32,
    bare: u32,
    top_lemma: u32,
    verbs: u32,
}

impl Way {
    /// Hash of its relations with their prepositions.
    pub fn whole(&self) -> u32 {
        self.whole
    }

    /// Hash of its relations alone.
    pub fn bare(&self) -> u32 {
        self.bare
    }
}

/// The way between two tokens as hashes; `None` when there is none within reach.
pub fn way(view: &View<'_>, from: usize, to: usize) -> Option<Way> {
    let path = view.tree.path(from, to)?;
    let (up, down) = (path.up(), path.down());
    let mut whole = 7;
    let mut bare = 7;
    for &u in up {
        whole = fold(2, &[whole, view.rel[u as usize]]);
        bare = fold(2, &[bare, view.dep(u as usize) as u32]);
    }
    whole = fold(3, &[whole]);
    bare = fold(3, &[bare]);
    for &d in down {
        whole = fold(4, &[whole, view.rel[d as usize]]);
        bare = fold(4, &[bare, view.dep(d as usize) as u32]);
    }
    let verbs = up.iter().chain(down).filter(|&&n| view.upos(n as usize) == Upos::Verb).count() as u32;
    Some(Way {
        steps: (up.len() + down.len()) as u32,
        whole,
        bare,
        top_lemma: view.lemma[path.top as usize],
        verbs,
    })
}

fn case_of(view: &View<'_>, head: usize) -> u32 {
    view.kids(head).find(|&k| view.dep(k) == Dep::Case).map_or(0, |k| view.lemma[k])
}

/// Whether the mention fills a role of the act at `i`. One bag serves actor, target and place, each with its own model.
pub fn role(view: &View<'_>, i: usize, kind: Kind, stance: Stance, mention: &Mention, frame: &Frame) -> Bag {
    let mut bag = Bag::default();
    let head = mention.head as usize;
    let (k, lemma, sort) = (kind as u32, view.lemma[i], mention.sort as u32);
    let case = case_of(view, head);
    let rel = view.rel[head];
    bag.add(100, &[]);
    bag.add(101, &[k]);
    bag.add(102, &[sort]);
    bag.add(103, &[k, sort]);
    bag.add(104, &[view.lemma[head]]);
    bag.add(105, &[view.lemma[head], k]);
    bag.add(106, &[rel, sort]);
    bag.add(107, &[rel, k, sort]);
    bag.add(108, &[u32::from(mention.modifier), sort, k]);
    bag.add(109, &[case, k]);
    let before = u32::from(head < i);
    if let Some(way) = way(view, i, head) {
        bag.add(110, &[way.whole]);
        bag.add(111, &[way.whole, k]);
        bag.add(112, &[way.whole, lemma]);
        bag.add(113, &[way.whole, sort]);
        bag.add(114, &[way.bare]);
        bag.add(115, &[way.bare, k]);
        bag.add(116, &[way.bare, lemma]);
        bag.add(117, &[way.bare, k, sort]);
        bag.add(118, &[way.steps.min(8), before]);
        bag.add(119, &[way.verbs.min(4), before, k]);
        bag.add(120, &[way.top_lemma, way.bare]);
        bag.add(121, &[way.steps.min(8), sort, k]);
    } else {
        bag.add(122, &[before]);
    }
    let clause = view.clause(i);
    if clause != i
        && let Some(way) = way(view, clause, head)
    {
        bag.add(123, &[way.whole, k]);
        bag.add(124, &[way.whole, view.lemma[clause]]);
        bag.add(125, &[way.bare, view.lemma[clause], lemma]);
        bag.add(126, &[way.bare, sort, k]);
    }
    let passive = view.kids(clause).any(|c| matches!(view.dep(c), Dep::AuxPass | Dep::NsubjPass));
    if view.subject(clause) == Some(head) {
        bag.add(127, &[k, u32::from(passive), u32::from(clause == i)]);
        bag.add(128, &[view.lemma[clause], u32::from(passive)]);
        bag.add(129, &[lemma, u32::from(passive)]);
    }
    let near = view
        .mentions
        .iter()
        .filter(|m| m.sort == mention.sort && (m.head < mention.head) == (mention.head > i as u32))
        .filter(|m| (m.head > i as u32) == (mention.head > i as u32))
        .count()
        .min(4) as u32;
    bag.add(130, &[before, near, sort, k]);
    let apart = (head as i64 - i as i64).unsigned_abs().min(40) as u32;
    bag.add(131, &[apart.ilog2_or_zero(), before, k]);
    if head > 0 {
        bag.add(132, &[view.lemma[head - 1], k, sort]);
    }
    let first = mention.start as usize;
    if first > 0 {
        bag.add(133, &[view.lemma[first - 1], k]);
        bag.add(134, &[view.lemma[first - 1], lemma]);
    }
    bag.add(135, &[stance as u32, k, view.dep(head) as u32]);
    let function = frame.of(head);
    let (act, who) = (view.groups[i], view.groups[head]);
    bag.add(330, &[function, act.fine]);
    bag.add(331, &[function, act.coarse, who.coarse]);
    bag.add(332, &[function, who.coarse, k]);
    bag.add(333, &[who.fine, k]);
    bag.add(334, &[who.coarse, k, before]);
    bag.add(335, &[function, view.groups[clause].fine]);
    if let Some(above) = view.tree.head(head) {
        bag.add(336, &[view.groups[above].fine, rel]);
        bag.add(337, &[view.groups[above].coarse, rel, k]);
    }
    bag.add(140, &[function]);
    bag.add(141, &[function, k]);
    bag.add(142, &[function, lemma]);
    bag.add(143, &[function, k, sort]);
    bag.add(144, &[function, view.lemma[clause]]);
    bag.add(145, &[function, sort]);
    bag.add(146, &[function, stance as u32]);
    bag.add(147, &[function, view.upos(i) as u32, u32::from(mention.modifier)]);
    bag.add(136, &[u32::from(view.kinds[head] != 0), sort, k]);
    if let Some(above) = view.tree.head(head) {
        bag.add(137, &[view.lemma[above], rel]);
        bag.add(138, &[view.lemma[above], rel, k]);
    }
    bag
}

trait Log {
    fn ilog2_or_zero(self) -> u32;
}

impl Log for u32 {
    fn ilog2_or_zero(self) -> u32 {
        self.checked_ilog2().unwrap_or(0)
    }
}
