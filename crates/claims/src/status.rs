//! How a truce or talks stand, where words by the act leave no doubt: "violated the truce", "talks broke down".

use holdfire_types::{Dep, Kind, Stance, Status, Upos};

use crate::view::View;

/// Words that tell how a truce stands, the first rule that fits decides.
const TRUCE: &[(&[&str], Status)] = &[
    (&["violate", "violation", "breach", "break", "infringe", "infringement", "broken"], Status::Violated),
    (&["extend", "extension", "prolong", "prolongation", "renew", "renewal"], Status::Extended),
    (
        &["collapse", "expire", "end", "cancel", "abandon", "terminate", "expiry", "scrap", "unravel"],
        Status::Ended,
    ),
    (&["hold", "uphold", "observe", "respect", "honor", "honour", "adhere"], Status::Kept),
    (&["propose", "proposal", "suggest"], Status::Proposed),
    (&["ongoing", "effect"], Status::InForce),
];

const TALKS: &[(&[&str], Status)] = &[
    (&["postpone", "delay", "suspend", "freeze", "defer"], Status::Postponed),
    (&["fail", "collapse", "cancel", "break", "stall"], Status::Failed),
    (
        &["schedule", "plan", "resume", "set", "ready", "invite", "further", "upcoming", "ahead", "prepare"],
        Status::Planned,
    ),
    (&["conclude", "complete", "end"], Status::Ended),
];

/// The status of the act at `i` by the words on it and above it.
pub fn by_words(view: &View<'_>, i: usize, kind: Kind, stance: Stance) -> Option<Status> {
    let rules = match kind {
        Kind::Truce => TRUCE,
        Kind::Talks => TALKS,
        _ => return None,
    };
    let found = near(view, i).into_iter().find_map(|t| {
        rules.iter().find(|(words, _)| words.contains(&view.lemma_of(t))).map(|(_, status)| *status)
    })?;
    // what is demanded or promised is yet to come
    let asked = matches!(stance, Stance::Demands | Stance::Promises);
    match (kind, found) {
        (Kind::Truce, Status::InForce | Status::Ended) if asked => None,
        _ => Some(found),
    }
}

/// The act's own word, what stands directly on it, and the words above it inside its clause.
fn near(view: &View<'_>, i: usize) -> Vec<usize> {
    let mut found = vec![i];
    let modifies = |k: &usize| {
        matches!(view.dep(*k), Dep::Amod | Dep::Compound | Dep::Acl | Dep::AclRelcl | Dep::Case)
            || (view.dep(*k) == Dep::Nmod && view.upos(*k) == Upos::Noun)
    };
    found.extend(view.kids(i).filter(modifies));
    let mut at = i;
    for above in view.tree.above(i).take(3) {
        if !matches!(
            view.dep(at),
            Dep::Obj
                | Dep::Obl
                | Dep::Nmod
                | Dep::Nsubj
                | Dep::NsubjPass
                | Dep::Compound
                | Dep::Xcomp
                | Dep::Amod
                | Dep::Conj
        ) {
            break;
        }
        found.push(above);
        if view.upos(above) == Upos::Verb {
            found.extend(view.kids(above).filter(|&k| view.dep(k) == Dep::Obl && view.upos(k) == Upos::Noun));
            break;
        }
        at = above;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn words_by_the_act_tell_how_it_stands() {
        view_of("Rebels|NOUN|1|nsubj violated|VERB|_|root|violate the|DET|3|det truce|NOUN|1|obj", |view| {
            assert_eq!(by_words(view, 3, Kind::Truce, Stance::States), Some(Status::Violated));
            assert_eq!(by_words(view, 3, Kind::Attack, Stance::States), None);
        });
        view_of("Talks|NOUN|1|nsubj collapsed|VERB|_|root|collapse", |view| {
            assert_eq!(by_words(view, 0, Kind::Talks, Stance::States), Some(Status::Failed));
        });
    }
}
