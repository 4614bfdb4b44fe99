//! What is struck beside who is harmed: "hit a school, killing two boys", "two boys were killed in an air strike on a school".
//!
//! A *blow* is a word of attack that is no harm itself; *harm* is done to people by it. One attack has both for its targets.

use holdfire_types::{Dep, Kind, Upos};

use crate::document::Named;
use crate::names::{is_nation, same_stems};
use crate::once::HARM;
use crate::operators::{is, marked, marked_by};
use crate::options::RoleOption;
use crate::view::View;

/// What a blow is on.
const ON: &[&str] = &["on", "against", "into"];
/// How far behind a blow what it struck may stand.
const REACH: usize = 12;
/// Where people live: that they were harmed there says that it was struck.
pub const HOMES: &[&str] = &[
    "town", "village", "city", "district", "area", "province", "region", "neighbourhood", "neighborhood",
    "suburb",
];

/// Adds to the targets of the attack at `i` whom its blow harmed, or what the blow that harmed them struck.
pub fn both(view: &View<'_>, i: usize, own: &[RoleOption], targets: &mut Vec<Named>) {
    if targets.is_empty() {
        return;
    }
    let found = if is(view, i, HARM) { struck(view, i) } else { harmed(view, i) };
    for head in found {
        let Some(option) =
            own.iter().find(|o| o.head == head && o.modifies.is_none() && !o.who.stems.is_empty())
        else {
            continue;
        };
        let fits = if is(view, i, HARM) {
            !(option.is_place || view.may_tell(head, Kind::Attack) || is(view, head, HOMES))
        } else {
            option.is_party
        };
        if fits && !targets.iter().any(|who| same_stems(&who.stems, &option.who.stems)) {
            targets.push(option.who.clone());
        }
    }
}

/// "Hit the school, killing two boys", "leaving two boys dead": those whom the blow at `i` harmed.
fn harmed(view: &View<'_>, i: usize) -> Vec<usize> {
    let leaves = |k: usize| {
        is(view, k, &["leave"]) && view.kids(k).any(|d| is(view, d, &["dead", "wounded", "injured"]))
    };
    let harm = view.kids(view.clause(i)).filter(|&k| {
        view.dep(k) == Dep::Advcl && view.sentence.tokens[k].xpos == "VBG" && (is(view, k, HARM) || leaves(k))
    });
    harm.flat_map(|verb| view.kids(verb).filter(|&k| view.dep(k) == Dep::Obj))
        .map(|o| counted(view, o))
        .collect()
}

/// "Citizens" of "a large number of citizens".
fn counted(view: &View<'_>, noun: usize) -> usize {
    let count = is(view, noun, &["number", "dozen", "score", "hundred", "thousand"]);
    view.kids(noun).find(|&k| count && view.dep(k) == Dep::Nmod).unwrap_or(noun)
}

/// "Killed in an air strike on a school", "killed when jets hit a school": what the blow that did the harm at `i` struck.
fn struck(view: &View<'_>, i: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for k in view.kids(i).filter(|&k| is_blow(view, k)) {
        match (view.upos(k), view.dep(k)) {
            (Upos::Noun | Upos::Propn, Dep::Obl | Dep::OblAgent | Dep::Nsubj) => {
                found.extend(on_behind(view, i, k));
            }
            (Upos::Verb, Dep::Advcl) if marked(view, k, &["when", "as", "after"]) => {
                found.extend(hit(view, k));
            }
            _ => {}
        }
    }
    // "hit the school, killing two boys"
    if view.dep(i) == Dep::Advcl
        && view.sentence.tokens[i].xpos == "VBG"
        && let Some(main) = view.tree.head(i)
    {
        if is_blow(view, main) {
            found.extend(hit(view, main));
        }
        found.extend(
            view.kids(main)
                .filter(|&k| is_blow(view, k) && view.dep(k) == Dep::Obj)
                .flat_map(|k| on(view, k)),
        );
    }
    found
}

/// What the blow at the verb strikes; what is dropped or fired strikes something else.
fn hit(view: &View<'_>, verb: usize) -> Vec<usize> {
    let throws = is(view, verb, &["drop", "fire", "launch", "lob", "use"]);
    let struck =
        |k: &usize| matches!(view.dep(*k), Dep::Obj | Dep::NsubjPass) && !throws && !is_blow(view, *k);
    view.kids(verb).filter(struck).chain(on(view, verb)).collect()
}

/// Weapons: what stands before one may be its make ("Qassam rockets").
const WEAPONS: &[&str] = &["rocket", "missile", "shell", "bomb", "mortar", "drone"];

/// "Killed in US air strikes", "rebel raids killed two": the party that stands before a blow strikes.
pub fn striker<'o>(view: &View<'_>, i: usize, own: &'o [RoleOption]) -> Option<&'o Named> {
    let deps = [Dep::Nsubj, Dep::Obl, Dep::OblAgent];
    let blow = |t: usize| {
        (t == i || (view.tree.head(t) == Some(i) && deps.contains(&view.dep(t))))
            && is_blow(view, t)
            && matches!(view.upos(t), Upos::Noun | Upos::Propn)
            && !is(view, t, WEAPONS)
    };
    let party = |o: &&RoleOption| o.is_party || is_nation(&o.who.stems);
    own.iter().find(|o| o.modifies.is_some_and(blow) && !o.who.stems.is_empty() && party(o)).map(|o| &o.who)
}

/// "The attack", "killed in the raids": the attack at `i` is one that was told of.
pub fn is_known(view: &View<'_>, i: usize) -> bool {
    let another = |t: usize| view.kids(t).any(|k| is(view, k, &["last", "previous", "earlier", "other"]));
    let known =
        |t: usize| view.upos(t) == Upos::Noun && is_blow(view, t) && view.is_definite(t) && !another(t);
    let beside = |t: usize| {
        view.kids(t).any(|k| {
            matches!(view.dep(k), Dep::Nsubj | Dep::NsubjPass | Dep::Obl | Dep::OblAgent) && known(k)
        })
    };
    known(i) || beside(i)
}

/// A word of attack that is no harm.
fn is_blow(view: &View<'_>, t: usize) -> bool {
    view.may_tell(t, Kind::Attack) && !is(view, t, HARM)
}

/// What stands behind token `t` by "on".
fn on(view: &View<'_>, t: usize) -> Vec<usize> {
    view.kids(t).filter(|&k| matches!(view.dep(k), Dep::Obl | Dep::Nmod) && marked_by(view, k, ON)).collect()
}

/// What the blow at `noun` is on, wherever the parser put it: "a shell fired by rebels on the park".
fn on_behind(view: &View<'_>, i: usize, noun: usize) -> Option<usize> {
    (noun + 1..view.len().min(noun + REACH))
        .take_while(|&t| view.upos(t) != Upos::Verb || view.dep(t) == Dep::Acl)
        .find(|&t| {
            matches!(view.dep(t), Dep::Obl | Dep::Nmod) && marked_by(view, t, ON) && view.tree.under(t, i)
        })
}
