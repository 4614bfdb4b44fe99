//! Those on both sides: of a clash, a meeting, a truce, and of a place that changes hands.

use holdfire_types::{Dep, Kind, NameType, Upos};

use crate::document::Named;
use crate::frame::is_passive;
use crate::mentions::name_type;
use crate::names::same_stems;
use crate::once::HARM;
use crate::operators::{is, marked_by};
use crate::options::RoleOption;
use crate::source;
use crate::view::View;

/// "Rebels fought soldiers", "talks between A and B", "met with the envoy", "a truce with rebels": those on both sides of a
/// clash, a meeting or a truce are its actors.
pub fn both_sides(
    view: &View<'_>,
    token: usize,
    kind: Kind,
    own: &[RoleOption],
    roles: &mut [Vec<Named>; 3],
) {
    if !matches!(kind, Kind::Clash | Kind::Talks | Kind::Truce) {
        return;
    }
    let pair = between(view, token);
    let across = |head: usize| {
        pair.is_some_and(|(one, other)| head == one || head == other)
            || view.tree.head(head) == Some(token)
                && match view.dep(head) {
                    // whom the fighting killed is on neither side
                    Dep::Obj => {
                        view.upos(token) == Upos::Verb && kind != Kind::Truce && !is(view, token, HARM)
                    }
                    Dep::Obl | Dep::Nmod => view.kids(head).any(|k| {
                        view.dep(k) == Dep::Case && matches!(view.form(k), "with" | "between" | "against")
                    }),
                    _ => false,
                }
    };
    for option in own {
        let side = across(option.head) || option.joined_to.is_some_and(across);
        let named = option.is_party || option.is_place || (option.is_person && kind == Kind::Talks);
        if side && named && option.modifies.is_none() && !option.who.stems.is_empty() {
            let met = source::person(view, option.head).unwrap_or_else(|| option.who.clone());
            roles[1].retain(|who| !same_stems(&who.stems, &met.stems));
            if !roles[0].iter().any(|who| same_stems(&who.stems, &met.stems)) {
                roles[0].push(met);
            }
        }
    }
}

/// "To the army and the rebels": what is joined by "and" to one who fills a role, and is of the same sort, fills it too.
pub fn joined(view: &View<'_>, own: &[RoleOption], names: &mut Vec<Named>) {
    let alike = |a: &RoleOption, b: &RoleOption| {
        let proper = |o: &RoleOption| view.upos(o.head) == Upos::Propn;
        (a.is_force && b.is_force) || (a.is_place && b.is_place && proper(a) && proper(b))
    };
    let of = |who: &Named| own.iter().find(|o| o.head < view.len() && o.who.span == who.span);
    let firsts: Vec<&RoleOption> = names.iter().filter_map(of).collect();
    for o in own.iter().filter(|o| o.head < view.len() && o.modifies.is_none() && !o.who.stems.is_empty()) {
        let beside = |first: &&RoleOption| {
            view.dep(o.head) == Dep::Conj
                && view.tree.head(o.head) == Some(first.head)
                && !view.kids(o.head).any(|k| view.dep(k) == Dep::Nsubj)
                && alike(first, o)
        };
        let new = || !names.iter().any(|w| same_stems(&w.stems, &o.who.stems));
        if firsts.iter().any(beside) && new() {
            names.push(o.who.clone());
        }
    }
}

/// How far behind an act those may stand between whom it is.
const NEAR: usize = 14;

/// "Clashes erupted between soldiers backed by tanks and rebels": the heads of both phrases, wherever the parser put them.
fn between(view: &View<'_>, i: usize) -> Option<(usize, usize)> {
    let word = (i + 1..view.len().min(i + NEAR)).find(|&t| view.form(t) == "between")?;
    let one = view.tree.head(word).filter(|&one| one > word)?;
    let and = (one + 1..view.len().min(one + NEAR)).find(|&t| view.form(t) == "and")?;
    let other = view
        .mentions
        .iter()
        .filter(|m| !m.modifier)
        .find(|m| (and + 1..and + 4).contains(&(m.start as usize)))?;
    Some((one, other.head as usize))
}

/// "Captured the town from the rebels", "freed it from rebel control": who lost it.
pub fn loser(view: &View<'_>, i: usize, own: &[RoleOption]) -> Option<Named> {
    let head = (i + 1..view.len().min(i + NEAR)).take_while(|&t| view.upos(t) != Upos::Verb).find(|&t| {
        matches!(view.dep(t), Dep::Obl | Dep::Nmod) && marked_by(view, t, &["from"]) && view.tree.under(t, i)
    })?;
    let named = |o: &RoleOption| {
        let date = name_type(view, o.head) == Some(NameType::Date);
        // the names' layer may take "ISIS" for a place
        let short = view.form(o.head).len() > 2 && view.form(o.head).chars().all(char::is_uppercase);
        view.upos(o.head) == Upos::Propn && (!o.is_place || short) && !date
    };
    let holds = |o: &&RoleOption| {
        (o.head == head || (is(view, head, &["control", "hand"]) && o.modifies == Some(head)))
            && (o.is_party || named(o))
            && !o.who.stems.is_empty()
    };
    own.iter().find(holds).map(|o| o.who.clone())
}

/// Those who stand across from others by the verb above the act: "called off the talks with the rebels", "soldiers died in
/// clashes with rebels".
pub fn partners(view: &View<'_>, i: usize, kind: Kind, own: &[RoleOption], roles: &mut [Vec<Named>; 3]) {
    let Some(verb) = view.tree.head(i).filter(|&v| view.upos(v) == Upos::Verb) else { return };
    let across = view.kids(i).any(|k| view.dep(k) == Dep::Nmod && marked_by(view, k, &["with", "against"]));
    let party = match (kind, view.dep(i)) {
        (Kind::Talks, Dep::Obj) if !is(view, verb, BROKERING) && !is_passive(view, verb) => {
            view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj])
        }
        (Kind::Clash, Dep::Obl) if is(view, verb, &["die", "kill", "wound", "injure", "fall"]) => {
            view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj, Dep::NsubjPass])
        }
        _ => None,
    };
    let Some(o) = own.iter().find(|o| across && Some(o.head) == party && (o.is_force || o.is_place)) else {
        return;
    };
    if !roles[0].iter().any(|w| same_stems(&w.stems, &o.who.stems)) {
        roles[0].insert(0, o.who.clone());
    }
}

/// "Denied that his side had broken the truce": the subject of the verb that breaks it broke it.
pub fn breaker(view: &View<'_>, i: usize, kind: Kind, own: &[RoleOption], actors: &mut Vec<Named>) {
    let verb = Some(i)
        .filter(|_| view.upos(i) == Upos::Verb)
        .or_else(|| view.tree.head(i).filter(|_| view.dep(i) == Dep::Obj));
    let breaks = |verb: &usize| is(view, *verb, &["break", "violate", "breach"]) && !is_passive(view, *verb);
    let Some(verb) = verb.filter(|v| kind == Kind::Truce && breaks(v)) else { return };
    let Some(subject) = view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj]) else { return };
    let broke =
        |o: &&RoleOption| (o.head == subject || o.joined_to == Some(subject)) && !o.who.stems.is_empty();
    let named: Vec<Named> = own.iter().filter(broke).map(|o| o.who.clone()).collect();
    if !named.is_empty() {
        *actors = named;
    }
}

/// "The two sides agreed on a truce", "the rebels called off their ceasefire": the subject of the verb above the truce makes
/// or ends it, where the models found nobody.
pub fn maker(view: &View<'_>, i: usize, kind: Kind, own: &[RoleOption], actors: &mut Vec<Named>) {
    // who calls for a truce is asked for none himself
    if kind != Kind::Truce || !actors.is_empty() || marked_by(view, i, &["for"]) {
        return;
    }
    let above = || view.tree.head(i).filter(|_| matches!(view.dep(i), Dep::Obj | Dep::Obl | Dep::Xcomp));
    let verb = Some(i).filter(|_| view.upos(i) == Upos::Verb).or_else(above);
    let Some(verb) = verb.filter(|&v| is(view, v, MAKING) && !is_passive(view, v)) else { return };
    let subject = view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj]);
    let made =
        |o: &&RoleOption| Some(o.head) == subject && !o.who.stems.is_empty() && !view.may_tell(o.head, kind);
    actors.extend(own.iter().find(made).map(|o| o.who.clone()));
}

/// What the parties of a truce do with it.
const MAKING: &[&str] = &[
    "agree", "sign", "declare", "announce", "accept", "extend", "call", "end", "cancel", "suspend",
    "renounce", "abandon", "keep", "observe", "honor", "honour", "reject",
];

/// "A truce between rebels and soldiers brokered by two states": where the parties are named, who brokered it is none.
pub fn brokers(view: &View<'_>, kind: Kind, own: &[RoleOption], actors: &mut Vec<Named>) {
    if kind != Kind::Truce {
        return;
    }
    let brokered = |head: usize| {
        let agent = view.dep(head) == Dep::OblAgent || marked_by(view, head, &["by"]);
        agent && view.tree.head(head).is_some_and(|verb| is(view, verb, BROKERING))
    };
    let broker = |who: &Named| {
        own.iter().any(|o| {
            o.who.span == who.span
                && o.head < view.len()
                && (brokered(o.head) || o.joined_to.is_some_and(brokered))
        })
    };
    if actors.iter().any(|who| !broker(who)) {
        actors.retain(|who| !broker(who));
    }
}

/// What a third party does for talks.
const BROKERING: &[&str] = &[
    "host", "broker", "mediate", "facilitate", "chair", "lead", "welcome", "support", "observe", "sponsor",
    "guarantee", "monitor",
];
