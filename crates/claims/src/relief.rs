//! Blows to relief: what hits or holds up a convoy of aid is told of the aid, not as an attack or a siege.

use holdfire_types::{Dep, Kind, Upos};

use crate::view::View;

/// What carries aid.
const CARRIERS: &[&str] =
    &["convoy", "truck", "lorry", "shipment", "flotilla", "ship", "boat", "consignment"];

/// Words beside a carrier by which it carries aid.
const LOADS: &[&str] = &[
    "aid", "relief", "humanitarian", "food", "medical", "medicine", "supply", "assistance", "cross",
    "crescent", "un", "u.n.", "nations", "unicef", "wfp", "unhcr",
];

const ARRIVING: &[&str] = &["enter", "reach", "arrive"];

/// The carrier of aid that the act at token `i` strikes or holds up.
pub fn struck(view: &View<'_>, i: usize) -> Option<usize> {
    view.kids(i).find(|&k| matches!(view.dep(k), Dep::Obj | Dep::NsubjPass) && carries_aid(view, k))
}

/// The kind of the act at token `i`, which by itself would be `kind`.
pub fn kind(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    let brought = |k: usize| view.dep(k) == Dep::Nsubj && carries_aid(view, k);
    if ARRIVING.contains(&view.lemma_of(i)) && view.upos(i) == Upos::Verb && view.kids(i).any(brought) {
        return Kind::Aid;
    }
    let blow = matches!(kind, Kind::Attack | Kind::Siege) && view.upos(i) == Upos::Verb;
    if blow && struck(view, i).is_some() { Kind::Aid } else { kind }
}

fn carries_aid(view: &View<'_>, noun: usize) -> bool {
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
            let mut found = None;
            view_of(&text, |view| found = Some(kind(view, 1, Kind::Attack)));
            found
        };
        assert_eq!(kind_of("aid"), Some(Kind::Aid));
        assert_eq!(kind_of("army"), Some(Kind::Attack));
    }
}
