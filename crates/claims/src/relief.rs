//! Relief: what is brought and who brings it; and blows to it, which are told of the aid, not as an attack or a siege.

use holdfire_types::{Dep, Kind, Upos};

use crate::mentions::Mention;
use crate::operators::{is, marked_by};
use crate::told::History;
use crate::view::View;

/// What carries aid.
const CARRIERS: &[&str] =
    &["convoy", "truck", "lorry", "shipment", "flotilla", "ship", "boat", "consignment"];

/// Words by which a carrier or goods are relief.
const LOADS: &[&str] = &[
    "aid", "relief", "humanitarian", "food", "medical", "medicine", "supply", "assistance", "lifesaving",
    "life-saving",
];
/// Goods that are relief on their way in; a truck of fuel alone is none.
const STAPLES: &[&str] = &["fuel", "flour", "wheat"];
/// Names of those who bring relief.
const AGENCIES: &[&str] = &[
    "un", "u.n.", "nations", "unicef", "wfp", "unhcr", "ocha", "icrc", "cross", "crescent", "msf", "unrwa",
    "programme",
];
/// Names of those who watch a truce.
const MISSIONS: &[&str] = &[
    "osce", "smm", "unifil", "undof", "unmiss", "unmee", "minusma", "monusco", "minurso", "amisom", "eumm",
    "slmm",
];
/// Nouns of both, beside a word that tells what they are there for.
const PEOPLE: &[&str] = &[
    "agency", "worker", "organization", "organisation", "group", "team", "mission", "staff", "programme",
    "program",
];
/// Nouns of those who watch a truce.
const WATCHERS: &[&str] = &["monitor", "observer", "inspector", "peacekeeper", "patrol"];
/// Nouns that are relief by themselves.
const RELIEF: &[&str] = &["aid", "foodstuff", "relief"];
/// Goods and journeys that are relief beside a word for it, "food deliveries", or on their way in.
pub const GOODS: &[&str] = &[
    "assistance", "supply", "supplies", "delivery", "flight", "shipment", "parcel", "ration", "food",
    "medicine", "medication", "flour", "wheat", "fuel", "tent", "item", "good", "equipment",
];
/// Words by which goods are none.
const WARLIKE: &[&str] = &["military", "lethal", "financial", "weapon", "arm", "security", "air"];

/// Carriers that a text calls by their noun alone once it has told what they carry.
pub const BARE: &[&str] = &["convoy", "truck", "lorry"];

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
    let load = |k: usize| is(view, k, LOADS) || is(view, k, AGENCIES);
    CARRIERS.contains(&view.lemma_of(noun))
        && view.kids(noun).chain(view.kids(noun).flat_map(|k| view.kids(k))).any(|k| {
            matches!(view.dep(k), Dep::Compound | Dep::Amod | Dep::Nmod | Dep::NmodPoss | Dep::Acl)
                && (load(k) || view.kids(k).any(load))
        })
}

/// True for a word by which goods are relief.
pub fn is_load(view: &View<'_>, t: usize) -> bool {
    // "Red Cross", but not "to cross"
    let agency = || view.upos(t) == Upos::Propn && is(view, t, AGENCIES);
    is(view, t, LOADS) || is(view, t, STAPLES) || agency()
}

/// True for a sentence that tells of relief or of those who bring it.
pub fn tells_of_relief(view: &View<'_>) -> bool {
    (0..view.len()).any(|t| is(view, t, &["humanitarian", "ocha", "wfp", "unrwa", "unicef", "icrc"]))
}

/// True for the noun of what is brought.
pub fn is_relief(view: &View<'_>, noun: usize) -> bool {
    // the tagger may take "let aid through" for a verb
    let object = view.dep(noun) == Dep::Obj && is(view, noun, &["aid"]);
    if !(matches!(view.upos(noun), Upos::Noun | Upos::Propn) || object) {
        return false;
    }
    let beside = |test: &dyn Fn(usize) -> bool| {
        view.kids(noun).any(|k| matches!(view.dep(k), Dep::Amod | Dep::Compound | Dep::Nmod) && test(k))
    };
    let peaceful = || !beside(&|k| is(view, k, WARLIKE));
    carries_aid(view, noun)
        || (is(view, noun, RELIEF) && peaceful())
        || (is(view, noun, GOODS) && beside(&|k| is_load(view, k)) && peaceful())
}

/// "UNFICYP", "UNMISS".
pub fn is_un_mission(view: &View<'_>, t: usize) -> bool {
    let form = view.form(t);
    form.len() > 4 && form.starts_with("UN") && form.chars().all(char::is_uppercase)
}

/// True for those who bring relief or watch a truce.
pub fn is_bringer(view: &View<'_>, noun: usize) -> bool {
    let names_body = |words: &[&str]| {
        [AGENCIES, MISSIONS, LOADS].iter().any(|list| words.iter().any(|w| list.contains(w)))
    };
    if view.upos(noun) == Upos::Pron {
        let of_body = |m: &Mention| names_body(&m.stems.iter().map(String::as_str).collect::<Vec<_>>());
        return view.mentions.iter().any(|m| m.head as usize == noun && m.resolved && of_body(m));
    }
    let body = |t: usize| is(view, t, AGENCIES) || is(view, t, MISSIONS) || is_un_mission(view, t);
    let bodys = || view.kids(noun).any(body);
    let for_it = || view.kids(noun).any(|k| is_load(view, k) || is(view, k, &["monitoring", "observer"]));
    (view.upos(noun) == Upos::Propn && (body(noun) || bodys()))
        || (is(view, noun, PEOPLE) && (for_it() || bodys()))
        || (view.relief && is(view, noun, &["agency", "worker", "team", "mission", "staff"]))
        || is(view, noun, WATCHERS)
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
