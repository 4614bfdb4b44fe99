//! The machinery of a truce: a contact group, a monitoring mission, a joint commission that is set up to watch it.

use holdfire_types::{Dep, Kind, Upos};

use crate::operators::{is, marked_by};
use crate::view::View;

const SETTING_UP: &[&str] = &["form", "establish", "create", "set", "launch"];

const BODIES: &[&str] =
    &["group", "mechanism", "commission", "committee", "body", "mission", "center", "centre", "team"];

/// Words beside a body by which it is there for a truce.
const WATCHING: &[&str] = &[
    "contact", "monitoring", "observer", "verification", "liaison", "cease-fire", "ceasefire", "truce",
    "cessation",
];

/// Verbs of watching what they have for an object.
const OVERSEE: &[&str] = &["oversee", "monitor", "supervise", "police"];
/// Nouns that name a truce and nothing else.
pub const TRUCES: &[&str] = &["ceasefire", "cease-fire", "truce", "armistice"];
/// What is watched besides, where the text tells of a truce.
const LOOSELY: &[&str] =
    &["cessation", "agreement", "accord", "deal", "compliance", "implementation", "observance"];

/// The kind of the act at token `i`, which by itself would be `kind`.
pub fn kind(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if tells(view, i) { Kind::Truce } else { kind }
}

/// True for a word that tells of the machinery: it is set up or sent, or it watches.
pub fn tells(view: &View<'_>, i: usize) -> bool {
    is_set_up(view, i) || is_sent(view, i) || watcher(view, i).is_some()
}

/// "Urged the guarantors to send observers", where the text tells of a truce.
fn is_sent(view: &View<'_>, i: usize) -> bool {
    view.truce
        && view.upos(i) == Upos::Verb
        && is(view, i, &["send", "dispatch", "deploy", "place", "station"])
        && view.kids(i).any(|k| {
            matches!(view.dep(k), Dep::Obj | Dep::NsubjPass) && is(view, k, &["observer", "monitor"])
        })
}

/// Who watches a truce by the verb at token `i`: "a committee oversees the truce", "the body set up to monitor it".
pub fn watcher(view: &View<'_>, i: usize) -> Option<usize> {
    let truce = |k: usize| {
        (is(view, k, TRUCES) || (view.truce && is(view, k, LOOSELY)))
            && (view.dep(k) == Dep::Obj || (view.dep(k) == Dep::Obl && marked_by(view, k, &["over"])))
    };
    let over = is(view, i, OVERSEE) || is(view, i, &["watch"]);
    if view.upos(i) != Upos::Verb || !over || !view.kids(i).any(truce) {
        return None;
    }
    let body = |n: usize| matches!(view.upos(n), Upos::Noun | Upos::Propn);
    let described =
        |t: usize| view.tree.head(t).filter(|&n| matches!(view.dep(t), Dep::Acl | Dep::AclRelcl) && body(n));
    let of_clause = || view.kids(i).find(|&k| view.dep(k) == Dep::Nsubj && body(k));
    let set_up = || view.tree.head(i).filter(|_| matches!(view.dep(i), Dep::Xcomp | Dep::Advcl));
    let by_set_up = || set_up().and_then(|v| described(v).or_else(|| view.subject(v).filter(|&s| body(s))));
    let who = of_clause().or_else(|| described(i)).or_else(by_set_up)?;
    // "the Joint Committee, the body set up to oversee the truce"
    Some(view.tree.head(who).filter(|_| view.dep(who) == Dep::Appos).unwrap_or(who))
}

/// "Agreed to form a contact group", "a monitoring mission was established".
pub fn is_set_up(view: &View<'_>, i: usize) -> bool {
    let verb = |t: usize| view.upos(t) == Upos::Verb && SETTING_UP.contains(&view.lemma_of(t));
    let below = || view.kids(i).find(|&k| matches!(view.dep(k), Dep::Xcomp | Dep::Ccomp) && verb(k));
    let Some(verb) = Some(i).filter(|&i| verb(i)).or_else(below) else { return false };
    view.kids(verb).any(|k| {
        matches!(view.dep(k), Dep::Obj | Dep::NsubjPass)
            && BODIES.contains(&view.lemma_of(k))
            && view.kids(k).any(|word| {
                matches!(view.dep(word), Dep::Compound | Dep::Amod | Dep::Nmod)
                    && WATCHING.contains(&view.lemma_of(word))
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn a_contact_group_is_the_machinery_of_a_truce_and_a_working_group_is_not() {
        let of = |word: &str| {
            let text = format!(
                "They|PRON|1|nsubj agreed|VERB|_|root|agree to|PART|3|mark form|VERB|1|xcomp a|DET|6|det {word}|NOUN|6|compound group|NOUN|3|obj"
            );
            view_of(&text, |view| kind(view, 1, Kind::Statement))
        };
        assert_eq!(of("contact"), Kind::Truce);
        assert_eq!(of("working"), Kind::Statement);
    }

    #[test]
    fn who_watches_a_truce_is_its_machinery() {
        let of = |what: &str| {
            let text = format!(
                "A|DET|2|det joint|ADJ|2|amod body|NOUN|_|root set|VERB|2|acl|set up|ADP|3|compound:prt to|PART|6|mark oversee|VERB|3|xcomp the|DET|8|det {what}|NOUN|6|obj"
            );
            view_of(&text, |view| watcher(view, 6))
        };
        assert_eq!(of("truce"), Some(2));
        assert_eq!(of("election"), None);
    }
}
