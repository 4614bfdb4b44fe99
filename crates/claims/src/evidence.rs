//! Evidence: the stretch of the text that carries an act.

use holdfire_types::{Dep, Span, Upos};

use crate::view::View;

/// The stretch for the act at token `i`. `others` are the sentence's other acts: their own clauses are cut off.
pub fn stretch(view: &View<'_>, i: usize, others: &[usize]) -> Span {
    // "struck the town in response to an attack": the verb tells another act
    let top = Some(top(view, i)).filter(|top| !others.contains(top)).unwrap_or(i);
    let (mut from, mut to) = (i.min(top), i.max(top) + 1);
    let mut stack = vec![top];
    while let Some(node) = stack.pop() {
        (from, to) = (from.min(node), to.max(node + 1));
        for k in view.kids(node) {
            if !(leaves(view, node, k, top, i, others)) {
                stack.push(k);
            }
        }
    }
    cover(view, from, to)
}

/// `span` stretched to the fillers and figures that stand near it: evidence carries its slots.
pub fn with_slots(view: &View<'_>, span: Span, slots: impl Iterator<Item = Span>) -> Span {
    let near = |slot: &Span| view.sentence.span.contains(*slot) && gap(span, *slot) <= REACH;
    slots.filter(near).fold(span, Span::cover)
}

/// How far from the act's clause, in bytes, a slot may stand and still be taken into the evidence.
const REACH: u32 = 90;

fn gap(a: Span, b: Span) -> u32 {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}

/// The word whose clause tells the act: the verb that an act noun depends on, where that verb is not one of speech.
fn top(view: &View<'_>, i: usize) -> usize {
    if view.is_predicate(i) {
        return i;
    }
    // "the rebel-held town": the noun with all that stands before it
    if view.dep(i) == Dep::Amod
        && let Some(noun) = view.tree.head(i)
    {
        return noun;
    }
    let clause = view.clause(i);
    let near = view.tree.above(i).take(3).any(|h| h == clause);
    // "the next round of talks is planned": who plans it is not told
    let own = view.subject(clause).is_some_and(|s| view.tree.under(i, s));
    let speech = !own && view.listed[clause].is_some_and(|w| w.stances() != 0);
    let direct = matches!(
        view.dep(i),
        Dep::Obj
            | Dep::Nsubj
            | Dep::NsubjPass
            | Dep::Obl
            | Dep::OblAgent
            | Dep::Nmod
            | Dep::Compound
            | Dep::Conj
    );
    if near && direct && !speech { clause } else { i }
}

/// True when the dependent `k` of `node` is left out of the evidence.
fn leaves(view: &View<'_>, node: usize, k: usize, top: usize, act: usize, others: &[usize]) -> bool {
    if k == act || view.tree.under(act, k) {
        return false;
    }
    let (low, high) = view.tree.extent(k);
    let holds_other = others.iter().any(|&o| low <= o && o < high && view.tree.under(o, k));
    let at_edge = node == top;
    match view.dep(k) {
        Dep::Mark | Dep::Cc | Dep::Discourse | Dep::Punct | Dep::Vocative => at_edge && (k < top),
        Dep::Parataxis => true,
        Dep::Ccomp | Dep::Advcl | Dep::Conj | Dep::Acl | Dep::AclRelcl | Dep::AdvclRelcl => {
            holds_other || (view.dep(k) == Dep::AclRelcl && high - low > 12)
        }
        _ => false,
    }
}

fn cover(view: &View<'_>, mut from: usize, mut to: usize) -> Span {
    let edge =
        |i: usize| view.upos(i) == Upos::Punct && !matches!(view.form(i), "\"" | "“" | "”" | "(" | ")");
    while to > from + 1 && edge(to - 1) {
        to -= 1;
    }
    while from + 1 < to && edge(from) {
        from += 1;
    }
    view.sentence.tokens[from].span.cover(view.sentence.tokens[to - 1].span)
}
