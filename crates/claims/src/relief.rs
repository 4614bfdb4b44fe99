//! Blows to relief: what hits or holds up a convoy of aid is told of the aid, not as an attack or a siege.

use holdfire_types::{Dep, Kind, Upos};

use crate::access;
use crate::operators::marked_by;
use crate::told::History;
use crate::view::View;

/// What carries aid.
const CARRIERS: &[&str] =
    &["convoy", "truck", "lorry", "shipment", "flotilla", "ship", "boat", "consignment"];

/// Words beside a carrier by which it carries aid.
const LOADS: &[&str] = &[
    "aid", "relief", "humanitarian", "food", "medical", "medicine", "supply", "assistance", "cross",
    "crescent", "un", "u.n.", "nations", "unicef", "wfp", "unhcr",
];

/// Carriers that a text calls by their noun alone once it has told what they carry.
const BARE: &[&str] = &["convoy", "truck", "lorry"];

/// Nouns of blows.
const BLOWS: &[&str] = &[
    "attack", "strike", "airstrike", "air-strike", "bombing", "bombardment", "raid", "shelling", "assault",
    "hit",
];

/// Verbs by which aid itself is struck.
const ROBBING: &[&str] = &["loot", "steal", "plunder", "hijack", "rob"];

/// Verbs that a blow's noun stands with: "strikes were carried out against the convoy".
const LIGHT: &[&str] = &["carry", "conduct", "launch", "make", "mount", "perform", "stage"];

/// The carrier of aid that the act at token `i` strikes or holds up.
pub fn struck(view: &View<'_>, i: usize) -> Option<usize> {
    let noun = view.upos(i) == Upos::Noun;
    let against = |k: usize| marked_by(view, k, &["on", "against", "of", "at"]);
    let hit = |k: usize| match view.dep(k) {
        Dep::Obj | Dep::NsubjPass => true,
        Dep::Compound => noun,
        Dep::Nmod => noun && against(k),
        Dep::Obl => !noun && marked_by(view, k, &["on", "against"]),
        _ => false,
    };
    // "18 of the trucks"
    let some_of = |k: usize| view.kids(k).find(|&of| view.upos(k) == Upos::Num && carries_aid(view, of));
    // "above the convoy when it was struck"
    let stands_for = |k: usize| {
        let pronoun = view.upos(k) == Upos::Pron && ["it", "they", "them"].contains(&view.lemma_of(k));
        (0..k).rev().find(|&before| pronoun && carries_aid(view, before))
    };
    // "the aid had been looted"
    let robbed = |k: usize| view.lemma_of(k) == "aid" && ROBBING.contains(&view.lemma_of(i));
    let whole = |k: usize| {
        let aid = Some(k).filter(|&k| carries_aid(view, k) || robbed(k));
        aid.or_else(|| some_of(k)).or_else(|| stands_for(k))
    };
    let carrier = view.kids(i).filter(|&k| hit(k)).find_map(whole);
    let light = || {
        let verb = view.tree.head(i).filter(|&v| noun && LIGHT.contains(&view.lemma_of(v)))?;
        view.kids(verb).find(|&k| view.dep(k) == Dep::Obl && against(k) && carries_aid(view, k))
    };
    // the parser may hang "on a convoy" on the verb above
    let beside = || {
        let next = Some(i + 1)
            .filter(|&t| noun && t < view.len() && ["on", "against", "of"].contains(&view.form(t)))?;
        view.tree.head(next).filter(|&k| view.dep(next) == Dep::Case && carries_aid(view, k))
    };
    carrier.or_else(light).or_else(beside)
}

/// The kind of the act at token `i`, which by itself would be `kind`.
pub fn kind(view: &View<'_>, i: usize, kind: Kind, told: &History) -> Kind {
    if access::told(view, i).is_some() {
        return Kind::Aid;
    }
    let blow = match view.upos(i) {
        Upos::Verb => matches!(kind, Kind::Attack | Kind::Siege),
        _ => kind == Kind::Attack && BLOWS.contains(&view.lemma_of(i)),
    };
    let again = || kind == Kind::Attack && is_bare_blow(view, i) && told.relief_struck().is_some();
    if blow && (struck(view, i).is_some() || again()) { Kind::Aid } else { kind }
}

/// "The attack", "this strike": a blow told of before, with nobody and nothing here that it strikes.
pub fn is_bare_blow(view: &View<'_>, i: usize) -> bool {
    view.upos(i) == Upos::Noun
        && BLOWS.contains(&view.lemma_of(i))
        && view.is_definite(i)
        && !view.kids(i).any(|k| {
            let whose = view.dep(k) == Dep::Compound
                && !["air", "drone", "rocket", "missile"].contains(&view.form(k));
            whose
                || matches!(view.dep(k), Dep::Nummod | Dep::NmodPoss)
                || (view.dep(k) == Dep::Nmod && marked_by(view, k, &["on", "against", "of", "at", "in"]))
        })
}

/// True for a sentence that tells of a carrier of aid and of its load.
pub fn carry_aid(view: &View<'_>) -> bool {
    (0..view.len()).any(|i| is_loaded(view, i))
}

/// True for the noun of what carries aid.
pub fn carries_aid(view: &View<'_>, noun: usize) -> bool {
    let described = |k: usize| matches!(view.dep(k), Dep::Amod | Dep::Compound | Dep::NmodPoss | Dep::Nmod);
    let bare = || {
        view.convoy
            && BARE.contains(&view.lemma_of(noun))
            && view.upos(noun) == Upos::Noun
            && !view.kids(noun).any(described)
    };
    is_loaded(view, noun) || bare()
}

fn is_loaded(view: &View<'_>, noun: usize) -> bool {
    let load = |k: usize| LOADS.contains(&view.lemma_of(k).to_lowercase().as_str());
    CARRIERS.contains(&view.lemma_of(noun))
        && view.kids(noun).chain(view.kids(noun).flat_map(|k| view.kids(k))).any(|k| {
            matches!(view.dep(k), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::NmodPoss | Dep::Acl)
                && (load(k) || view.kids(k).any(load))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn a_convoy_of_aid_is_struck_as_aid_and_one_of_soldiers_is_attacked() {
        let kind_of = |load: &str| {
            let text = format!(
                "Gunmen|NOUN|1|nsubj attacked|VERB|_|root|attack an|DET|4|det {load}|NOUN|4|compound convoy|NOUN|1|obj"
            );
            view_of(&text, |view| kind(view, 1, Kind::Attack, &History::default()))
        };
        assert_eq!(kind_of("aid"), Kind::Aid);
        assert_eq!(kind_of("army"), Kind::Attack);
    }
}
