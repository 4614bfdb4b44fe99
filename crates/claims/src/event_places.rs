//! Which places of a sentence belong to one of its words, whether a claim is told there or not.
//!
//! The claim models' odds of being the place of an act at that word are weighed with the way through the tree. Of places
//! that lie in each other the most exact is taken, with those that are joined to it.

use holdfire_types::{Dep, Kind, Span, Stance, Upos};

use crate::document::Document;
use crate::features;
use crate::linear::softmax;
use crate::models::Models;
use crate::place_names::{self, PlaceName, conj_root};
use crate::scores::Scores;
use crate::told::History;
use crate::view::View;

/// Role of places among actor, target and place.
const PLACE: usize = 2;

/// What a place must reach. This and what follows was chosen on sentences on wars.
const BAR: f32 = 0.0;
/// Costs of each step up from the word, of each down to the place, and of each clause on the way down.
const UP: f32 = 0.16;
const DOWN: f32 = 0.06;
const CLAUSE: f32 = 0.3;
/// Of only telling where another place lies.
const AROUND: f32 = 1.5;
/// Of standing in what the word says.
const SAID: f32 = 2.0;
/// What being the word's object is worth.
const OBJECT: f32 = 0.5;
/// Odds as one of several that a place needs beside another.
const BESIDE: f32 = 0.8;

/// How well a name would do as the place.
struct Weighed {
    name: PlaceName,
    /// Odds as one of several.
    further: f32,
    /// It only tells where another lies.
    around: bool,
    /// Clauses on the way down to it.
    clauses: usize,
    worth: f32,
}

/// The places of the word at token `i` of sentence `s`, bare names in reading order.
pub fn event_places(document: &Document<'_>, s: usize, i: usize) -> Vec<Span> {
    let view = &document.views[s];
    let names: Vec<PlaceName> =
        place_names::find(view).into_iter().filter(|n| !(n.start..n.end).contains(&i)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let weighed = weigh(document, s, i, &names);
    let better = |a: &Weighed, b: &Weighed| a.worth.total_cmp(&b.worth).is_ge();
    let best = weighed.iter().reduce(|best, next| if better(best, next) { best } else { next });
    let Some(best) = best.filter(|best| best.worth >= BAR) else { return Vec::new() };
    let beside = |other: &&Weighed| {
        other.name == best.name
            || joined(view, best.name.head, other.name.head)
            || (other.further >= BESIDE && !other.around && !best.around && other.clauses == 0)
    };
    let tokens = &view.sentence.tokens;
    let span = |w: &Weighed| tokens[w.name.start].span.cover(tokens[w.name.end - 1].span);
    weighed.iter().filter(beside).map(span).collect()
}

fn weigh(document: &Document<'_>, s: usize, i: usize, names: &[PlaceName]) -> Vec<Weighed> {
    let view = &document.views[s];
    let odds = odds(document, s, i);
    let weigh = |name: &PlaceName| {
        let own = || odds.iter().filter(|(head, ..)| (name.start..name.end).contains(head));
        let first = own().map(|o| o.1).fold(0.0, f32::max);
        let further = own().map(|o| o.2).fold(0.0, f32::max);
        let around = names.iter().any(|other| other != name && place_names::tells_where(view, name, other));
        let (cost, clauses) = way(view, i, name.head);
        let gain = if is_object(view, i, name.head) { OBJECT } else { 0.0 };
        let worth = first + further + gain - cost - if around { AROUND } else { 0.0 };
        Weighed { name: *name, further, around, clauses, worth }
    };
    names.iter().map(weigh).collect()
}

/// "Stormed Ain", "stormed the town of Ain", "Ain was stormed".
fn is_object(view: &View<'_>, i: usize, head: usize) -> bool {
    let of = |t: usize| view.tree.head(t) == Some(i) && matches!(view.dep(t), Dep::Obj | Dep::NsubjPass);
    let name = conj_root(view, head);
    let names = matches!(view.dep(name), Dep::Nmod | Dep::Appos | Dep::Compound);
    let noun = view.tree.head(name).filter(|&noun| names && place_names::is_site(view, noun));
    of(name) || noun.is_some_and(|noun| of(noun) && view.dep(noun) == Dep::Obj)
}

/// Heads of mentions with their odds of being the place of `i`: before all others, and as one of several.
fn odds(document: &Document<'_>, s: usize, i: usize) -> Vec<(usize, f32, f32)> {
    let view = &document.views[s];
    let scores = Scores::new(Models::embedded(), view);
    // the likeliest kind, if it were an act
    let act = scores.acts([i].into_iter()).pop();
    let kind = act.map_or(Kind::Attack, |(_, odds)| Kind::ALL[crate::chosen::best(&odds[1..])]);
    let scored = scores.of(i, kind, Stance::States);
    let mut options = document.fillers(s, i, kind, Stance::States);
    options.retain(|o| !o.who.stems.is_empty());
    let fit = scored.fillers(&options);
    let mut first: Vec<f32> = fit.iter().map(|fit| fit[PLACE]).collect();
    let context = features::Context::new(view, i, kind, Stance::States);
    let nobody = features::nobody(view, i, &context, PLACE, &History::default());
    first.push(scored.nobody(PLACE, &nobody));
    softmax(&mut first);
    let further = fit.iter().map(|fit| crate::scores::odds(fit[3 + PLACE]));
    options.iter().zip(first).zip(further).map(|((o, first), further)| (o.head, first, further)).collect()
}

/// What the way from the word at `i` to the place at `to` costs, and the clauses on its way down.
fn way(view: &View<'_>, i: usize, to: usize) -> (f32, usize) {
    let speech = view.listed[i].is_some_and(|w| w.stances() != 0 && view.kinds[i] == 0);
    let said = if speech { SAID } else { 0.0 };
    let Some(path) = view.tree.path(i, to) else { return (UP * 9.0 + said, 0) };
    let clause = |t: usize| {
        matches!(
            view.dep(t),
            Dep::Advcl
                | Dep::Ccomp
                | Dep::Xcomp
                | Dep::Acl
                | Dep::AclRelcl
                | Dep::Parataxis
                | Dep::AdvclRelcl
                | Dep::Csubj
        ) || (view.dep(t) == Dep::Conj && view.upos(t) == Upos::Verb)
    };
    let clauses = path.down().iter().filter(|&&t| clause(t as usize)).count();
    let steps = UP * path.up().len() as f32 + DOWN * path.down().len() as f32 + CLAUSE * clauses as f32;
    let inside = clauses > 0 || !path.up().is_empty();
    (steps + if inside { said } else { 0.0 }, clauses)
}

/// "A, B and C", "A village and B village".
fn joined(view: &View<'_>, a: usize, b: usize) -> bool {
    if conj_root(view, a) == conj_root(view, b) {
        return true;
    }
    let (Some(over_a), Some(over_b)) = (view.tree.head(a), view.tree.head(b)) else { return false };
    over_a != over_b
        && view.dep(a) == view.dep(b)
        && matches!(view.dep(a), Dep::Compound | Dep::Nmod)
        && view.lemma_of(over_a) == view.lemma_of(over_b)
        && conj_root(view, over_a) == conj_root(view, over_b)
}
