//! The machinery of a truce: a contact group, a monitoring mission, a joint commission that is set up to watch it.

use holdfire_types::{Dep, Kind, Upos};

use crate::view::View;

const SETTING_UP: &[&str] = &["form", "establish", "create", "set", "launch"];

const BODIES: &[&str] =
    &["group", "mechanism", "commission", "committee", "body", "mission", "center", "centre", "team"];

/// Words beside a body by which it is there for a truce.
const WATCHING: &[&str] = &[
    "contact", "monitoring", "observer", "verification", "liaison", "cease-fire", "ceasefire", "truce",
    "cessation",
];

/// The kind of the act at token `i`, which by itself would be `kind`.
pub fn kind(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if is_set_up(view, i) { Kind::Truce } else { kind }
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
}
