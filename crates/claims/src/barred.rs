//! Barred: who cannot fill a role, whatever the models say.

use holdfire_types::{Dep, Kind, Status, Upos};

use crate::operators::{is, marked_by};
use crate::options::RoleOption;
use crate::speaker;
use crate::view::View;

/// True for a part of a count, "including two nurses", "mostly women", which is a figure and no further victim.
pub fn is_counted_in(view: &View<'_>, option: &RoleOption) -> bool {
    option.head < view.len()
        && ((marked_by(view, option.head, &["including", "include"])
            && view.kids(option.head).any(|k| view.dep(k) == Dep::Nummod)
            && !is(view, option.head, &["civilian"]))
            || (option.is_party && !option.is_force && names_part(view, option.head)))
}

/// Words before a part of those who were counted.
const PARTS: &[&str] =
    &["including", "among", "mostly", "mainly", "most", "many", "nearly", "almost", "largely"];

/// True where the words before token `head`, back over counts and other people, are one of [`PARTS`].
fn names_part(view: &View<'_>, head: usize) -> bool {
    let passed = |t: usize| {
        matches!(view.upos(t), Upos::Num | Upos::Det | Upos::Adj | Upos::Cconj | Upos::Punct | Upos::Pron)
            || matches!(view.form(t), "at" | "least" | "of")
            || view.listed[t].is_some_and(|w| w.sort.people)
    };
    let mut before = (0..head).rev().take(10);
    let found = before.find(|&t| !passed(t) || PARTS.contains(&view.form(t)));
    // the whole must stand before its part
    found.is_some_and(|t| t > 0 && PARTS.contains(&view.form(t)))
}

/// True for what another act's verb strikes: "attacked the camp and killed the guards" attacks no guards.
pub fn of_another(view: &View<'_>, i: usize, found: &[(usize, Kind, f32)], option: &RoleOption) -> bool {
    let Some(verb) = Some(option.head).filter(|&h| h < view.len()).and_then(|h| view.tree.head(h)) else {
        return false;
    };
    let joined = view.dep(verb) == Dep::Conj && view.tree.head(verb) == Some(i);
    // "three were freed by rebels and two were killed": who was freed was not killed
    let own = |k: usize| matches!(view.dep(k), Dep::NsubjPass);
    let before = view.dep(i) == Dep::Conj && view.tree.head(i) == Some(verb) && view.kids(i).any(own);
    let in_clause = view.dep(verb) == Dep::AclRelcl && view.kids(verb).any(|k| view.dep(k) == Dep::Nsubj);
    (joined || in_clause || before)
        && verb != i
        && matches!(view.dep(option.head), Dep::Obj | Dep::NsubjPass)
        && view.upos(verb) == Upos::Verb
        && found.iter().any(|&(t, _, _)| t == verb)
}

/// True where who acts in an earlier claim of status `before` may act in that of a truce in status `now` too: who watches a truce
/// is not for that a party to it, nor who made one him who broke it.
pub fn lends_actor(before: Status, now: Status) -> bool {
    match before {
        Status::Mechanism => now == Status::Mechanism,
        _ => now != Status::Violated || before == Status::Violated,
    }
}

/// Arms, which no one side is told by.
const ARMS: &[&str] =
    &["drone", "shellfire", "gunfire", "artillery", "rocket", "missile", "mortar", "fire", "shell", "mine"];

/// True for arms that stand for nobody: "drone" of "drone attacks".
pub fn is_arm(option: &RoleOption) -> bool {
    matches!(option.who.stems.as_slice(), [one] if ARMS.contains(&one.as_str()))
}

/// True for whose a place is, "the Israeli city": that is no deed of theirs.
pub fn owns_place(view: &View<'_>, option: &RoleOption) -> bool {
    let place =
        |noun: usize| is(view, noun, &["city", "town", "village", "border", "territory", "coast", "capital"]);
    option.modifies.is_some_and(place)
}

/// "Mortars banned under the Minsk accord": the place in an accord's name is where no blow fell.
pub fn is_of_accord(view: &View<'_>, kind: Kind, option: &RoleOption) -> bool {
    let accord =
        |noun: usize| is(view, noun, &["accord", "agreement", "deal", "protocol", "treaty", "process"]);
    !matches!(kind, Kind::Truce | Kind::Talks) && option.modifies.is_some_and(accord)
}

/// True for the subject of a verb of saying above the act at `i`, whose clause has a subject of its own: "the monitor said
/// that 33 people were hurt"; and for who records it, by the full name or the short.
pub fn only_speaks(view: &View<'_>, i: usize, head: usize) -> bool {
    if let Some(recorder) = speaker::recorder(view, i)
        && (head == recorder || (head < view.len() && view.tree.under(head, recorder)))
    {
        return true;
    }
    if head >= view.len() {
        return false;
    }
    // "said army spokesman Anna Weiss": nor does the army
    let office = view.tree.head(head).filter(|&noun| {
        matches!(view.dep(head), Dep::Compound | Dep::Amod | Dep::NmodPoss)
            && view.upos(noun) == Upos::Noun
            && view.listed[noun].is_some_and(|w| w.sort.speaker && !w.sort.force && !w.sort.people)
    });
    if office.is_some_and(|noun| only_speaks(view, i, noun)) {
        return true;
    }
    // "a spokesman, Anna Weiss, said", "spokesman Anna Weiss said"
    let titled = matches!(view.dep(head), Dep::Compound | Dep::NmodDesc) && view.upos(head) == Upos::Noun;
    let named = view.tree.head(head).filter(|_| view.dep(head) == Dep::Appos || titled);
    let head = named.unwrap_or(head);
    if view.dep(head) != Dep::Nsubj {
        return false;
    }
    let Some(verb) = view.tree.head(head).filter(|&v| speaker::is_saying(view, v)) else { return false };
    let mut at = i;
    let mut own = false;
    for above in std::iter::once(i).chain(view.tree.above(i)) {
        if above == verb {
            return own && matches!(view.dep(at), Dep::Ccomp | Dep::Parataxis);
        }
        own |= view.kids(above).any(|k| matches!(view.dep(k), Dep::Nsubj | Dep::NsubjPass | Dep::Csubj));
        at = above;
    }
    false
}
