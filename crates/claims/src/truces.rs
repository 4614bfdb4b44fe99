//! How a truce stands, told plainly by the verb that it is subject or object of: "the truce is holding", "broke the truce".

use holdfire_types::{Dep, Kind, Upos};

use crate::kinds;
use crate::operators::is;
use crate::speaker;
use crate::view::View;

/// What a truce does, or what is done with it.
const OF_SUBJECT: &[&str] = &[
    "hold", "collapse", "expire", "end", "fail", "unravel", "break", "violate", "breach", "respect",
    "observe", "honor", "honour", "uphold", "maintain", "extend", "prolong", "renew",
];
/// What parties do with it.
const OF_OBJECT: &[&str] = &[
    "break", "violate", "breach", "respect", "observe", "honor", "honour", "uphold", "maintain", "extend",
    "prolong", "renew", "announce", "declare", "abandon", "scrap", "sign",
];
/// Verbs whose complement tells it: "appeared to be holding".
const SEEMING: &[&str] = &["appear", "seem", "continue"];

/// The verb that tells how the truce named at token `i` stands, or who took down what broke it.
pub fn told(view: &View<'_>, i: usize) -> Option<usize> {
    // "registered two violations", where the text tells of a truce
    let taken_down = |verb: &usize| view.dep(i) == Dep::Obj && speaker::records(view, *verb);
    if view.truce && is(view, i, &["violation", "breach"]) && !kinds::breaks_another(view, i) {
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
    if view.upos(i) != Upos::Noun || !kinds::names_truce(view, i) {
        return None;
    }
    let above = view.tree.head(i).filter(|&v| view.upos(v) == Upos::Verb)?;
    let verb =
        if is(view, above, SEEMING) { view.kids(above).find(|&k| view.dep(k) == Dep::Xcomp)? } else { above };
    let with = |words: &[&str]| view.kids(verb).any(|k| is(view, k, words));
    let tells = match view.dep(i) {
        Dep::Nsubj | Dep::NsubjPass => {
            is(view, verb, OF_SUBJECT)
                || (is(view, verb, &["fall"]) && with(&["apart"]))
                || (is(view, verb, &["take"]) && with(&["effect"]))
                || (is(view, verb, &["come", "go", "enter"]) && with(&["force", "effect"]))
        }
        Dep::Obj => is(view, verb, OF_OBJECT) || (is(view, verb, &["call"]) && with(&["off"])),
        _ => false,
    };
    tells.then_some(verb)
}

/// True where the word at `i` tells how a truce stands that is found as an act itself.
pub fn is_of(view: &View<'_>, truce: usize, kind: Kind, i: usize) -> bool {
    kind == Kind::Truce && told(view, truce) == Some(i)
}
