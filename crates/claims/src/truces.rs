//! How a truce stands, told plainly by the verb that it is subject or object of: "the truce is holding", "broke the truce".

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::machinery::TRUCES;
use crate::operators::{STOPPING, is, marked_by};
use crate::speaker;
use crate::status;
use crate::view::View;

/// What parties do with a truce besides.
const OF_OBJECT: &[&str] = &["announce", "declare", "sign"];
/// Verbs whose complement tells it: "appeared to be holding".
const SEEMING: &[&str] = &["appear", "seem", "continue"];

/// The verb that tells how the truce named at token `i` stands, or who took down what broke it.
pub fn told(view: &View<'_>, i: usize) -> Option<usize> {
    // "registered two violations", where the text tells of a truce
    let taken_down = |verb: &usize| view.dep(i) == Dep::Obj && speaker::records(view, *verb);
    if view.truce && is(view, i, &["violation", "breach"]) && !breaks_another(view, i) {
        return view.tree.head(i).filter(taken_down);
    }
    // "of violating it"
    let of_it = |k: usize| view.dep(k) == Dep::Obj && view.upos(k) == Upos::Pron && is(view, k, &["it"]);
    if view.truce
        && view.upos(i) == Upos::Verb
        && is(view, i, &["violate", "breach"])
        && view.kids(i).any(of_it)
    {
        return Some(i);
    }
    if view.upos(i) != Upos::Noun || !names_truce(view, i) {
        return None;
    }
    let above = view.tree.head(i).filter(|&v| view.upos(v) == Upos::Verb)?;
    let verb =
        if is(view, above, SEEMING) { view.kids(above).find(|&k| view.dep(k) == Dep::Xcomp)? } else { above };
    let with = |words: &[&str]| view.kids(verb).any(|k| is(view, k, words));
    let tells = match view.dep(i) {
        Dep::Nsubj | Dep::NsubjPass => {
            status::tells_truce(view, verb)
                || (is(view, verb, &["take"]) && with(&["effect"]))
                || (is(view, verb, &["come", "go", "enter"]) && with(&["force", "effect"]))
        }
        Dep::Obj => status::tells_truce(view, verb) || is(view, verb, OF_OBJECT),
        _ => false,
    };
    let ends = status::is_called_off(view, i) || status::falls_apart(view, i);
    (tells || ends).then_some(verb)
}

/// What is asked for where fighting is to end: "urged both sides to stop the fighting", "called for an end to hostilities".
pub fn asked_to_end(view: &View<'_>, i: usize) -> Option<Kind> {
    let kind = if is(view, i, status::HOSTILITIES) { Kind::Truce } else { Kind::Clash };
    if kind == Kind::Clash && !is(view, i, &["fighting"]) {
        return None;
    }
    let above = view.tree.head(i)?;
    let ended = match view.dep(i) {
        Dep::Obj | Dep::NsubjPass | Dep::Xcomp => view.upos(above) == Upos::Verb,
        Dep::Nmod => view.upos(above) == Upos::Noun && marked_by(view, i, &["to", "of", "in"]),
        _ => false,
    };
    let asks = |t: usize| view.upos(t) == Upos::Verb && view.listed[t].is_some_and(|w| w.is(Stance::Demands));
    (ended && is(view, above, STOPPING) && view.tree.above(above).take(2).any(asks)).then_some(kind)
}

/// True where the word at `i` tells how a truce stands that is found as an act itself.
pub fn is_of(view: &View<'_>, truce: usize, kind: Kind, i: usize) -> bool {
    kind == Kind::Truce && told(view, truce) == Some(i)
}

/// True for a noun that names a truce.
pub fn names_truce(view: &View<'_>, i: usize) -> bool {
    is(view, i, TRUCES)
}

/// True for a sentence that names a truce.
pub fn tells_of_truce(view: &View<'_>) -> bool {
    (0..view.len()).any(|t| names_truce(view, t))
}

/// "Violations of human rights", "airspace violations": no truce's.
pub fn breaks_another(view: &View<'_>, i: usize) -> bool {
    view.kids(i).any(|k| {
        matches!(view.dep(k), Dep::Compound | Dep::Nmod | Dep::Amod)
            && (marked_by(view, k, &["of"]) || view.dep(k) == Dep::Compound || is(view, k, &["human"]))
            && !view.may_tell(k, Kind::Truce)
    })
}
