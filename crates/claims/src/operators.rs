//! Operators: helping verbs, negation, conditions and words of stopping whose scope an act stands in.

use holdfire_types::{Dep, Stance, Upos};

use crate::view::View;

/// What the grammar around an act does to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Operators {
    /// It is only possible, or is itself a condition: no claim.
    pub open: bool,
    /// It hangs on a condition.
    pub conditional: bool,
    /// It did not, does not or will not happen.
    pub denied: bool,
    /// It is to stop, or not to begin.
    pub stopped: bool,
}

const POSSIBLE: &[&str] = &["may", "might", "could"];
const CONDITION: &[&str] = &["if", "unless", "provided"];
const NEGATION: &[&str] = &["not", "never", "n't", "nor", "neither", "no"];
const REFUSAL: &[&str] = &["refuse", "decline", "fail"];
const STOPPING: &[&str] = &["stop", "halt", "cease", "refrain", "end"];

/// The operators over the act at token `i`.
pub fn over(view: &View<'_>, i: usize) -> Operators {
    let mut found = Operators::default();
    let mut at = i;
    for _ in 0..8 {
        look(view, i, at, &mut found);
        let Some(above) = view.tree.head(at) else { break };
        match view.dep(at) {
            Dep::Advcl if marked(view, at, CONDITION) => {
                found.open = true;
                break;
            }
            // a new speaker begins above: only a condition that the parser hung there still counts
            Dep::Ccomp | Dep::Parataxis => {
                found.conditional |= has_condition(view, i, above);
                break;
            }
            Dep::AclRelcl | Dep::Amod | Dep::Acl | Dep::Appos | Dep::Advcl => break,
            Dep::Conj
                if view.upos(at) == Upos::Verb
                    && view.tree.kid_by(view.sentence, at, &[Dep::Nsubj, Dep::Aux]).is_some() =>
            {
                break;
            }
            _ => {}
        }
        if at != i || view.is_predicate(i) {
            govern(view, above, &mut found);
        }
        at = above;
    }
    found
}

/// What stands directly on the predicate `at`.
fn look(view: &View<'_>, act: usize, at: usize, found: &mut Operators) {
    if !view.is_predicate(at) {
        found.denied |= at == act && view.kids(at).any(|k| view.dep(k) == Dep::Det && is(view, k, &["no"]));
        return;
    }
    let perfect = view.kids(at).any(|k| view.dep(k) == Dep::Aux && is(view, k, &["have"]));
    for k in view.kids(at) {
        match view.dep(k) {
            Dep::Aux if is(view, k, POSSIBLE) && !perfect => found.open = true,
            Dep::Advmod if is(view, k, NEGATION) => found.denied = true,
            Dep::Advmod if is(view, k, &["long"]) && view.kids(k).any(|l| is(view, l, &["no"])) => {
                found.denied = true;
            }
            Dep::Nsubj | Dep::NsubjPass | Dep::Obj
                if view.kids(k).any(|l| is(view, l, &["no", "neither", "none"]) && l < k)
                    || is(view, k, &["none", "nobody", "neither"]) =>
            {
                found.denied = true;
            }
            _ => {}
        }
    }
    found.conditional |= has_condition(view, act, at);
}

/// What a verb does to the clause below it.
fn govern(view: &View<'_>, verb: usize, found: &mut Operators) {
    if view.upos(verb) == Upos::Verb {
        found.denied |= is(view, verb, REFUSAL);
        found.stopped |= is(view, verb, STOPPING);
    }
}

fn has_condition(view: &View<'_>, act: usize, at: usize) -> bool {
    view.kids(at).any(|k| view.dep(k) == Dep::Advcl && marked(view, k, CONDITION) && !view.tree.under(act, k))
}

fn marked(view: &View<'_>, clause: usize, marks: &[&str]) -> bool {
    view.kids(clause).any(|k| matches!(view.dep(k), Dep::Mark | Dep::Advmod) && is(view, k, marks))
}

fn is(view: &View<'_>, i: usize, words: &[&str]) -> bool {
    words.contains(&view.lemma_of(i)) || words.iter().any(|w| view.form(i).eq_ignore_ascii_case(w))
}

/// Verbs that leave no doubt how their subject stands to what is below them, with the prepositions that it must stand
/// under where the verb alone does not say so.
const PLAIN: &[(&str, &[&str], Stance)] = &[
    ("deny", &[], Stance::Denies),
    ("reject", &[], Stance::Denies),
    ("dismiss", &[], Stance::Denies),
    ("refuse", &[], Stance::Denies),
    ("decline", &[], Stance::Denies),
    ("accuse", &[], Stance::Accuses),
    ("blame", &[], Stance::Accuses),
    ("condemn", &[], Stance::Accuses),
    ("denounce", &[], Stance::Accuses),
    ("threaten", &[], Stance::Threatens),
    ("demand", &[], Stance::Demands),
    ("urge", &[], Stance::Demands),
    ("call", &["for", "on", "upon", "to"], Stance::Demands),
    ("appeal", &["for", "to"], Stance::Demands),
    ("order", &[], Stance::Demands),
    ("promise", &[], Stance::Promises),
    ("pledge", &[], Stance::Promises),
    ("vow", &[], Stance::Promises),
    ("offer", &[], Stance::Promises),
];

/// Nouns for what was said, which a denial passes on to the act: "denied allegations of an attack".
const SAYINGS: &[&str] = &[
    "responsibility", "allegation", "accusation", "claim", "report", "involvement", "charge", "role",
    "suggestion",
];

/// What such a verb gives the act below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The stance.
    pub stance: Stance,
    /// The verb's subject, who says it.
    pub speaker: usize,
    /// The verb's object: the one accused or called upon.
    pub addressed: Option<usize>,
}

/// The stance that such a verb gives the act at `i`, with the token of its speaker, where the act stands in the clause
/// that the verb governs and off no side road.
pub fn plain_stance(view: &View<'_>, i: usize) -> Option<Told> {
    let mut at = i;
    for _ in 0..5 {
        let above = view.tree.head(at)?;
        let of_saying = matches!(view.dep(at), Dep::Nmod | Dep::Acl) && is(view, above, SAYINGS);
        let clausal = of_saying
            || matches!(
                view.dep(at),
                Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Acl | Dep::Obj | Dep::Obl | Dep::Conj
            );
        let of_verb = view.upos(above) == Upos::Verb;
        if !clausal
            || (view.dep(at) == Dep::Advcl
                && !marked(view, at, &["of", "for", "to", "with", "that"])
                && !is_to(view, at))
        {
            return None;
        }
        // "blamed the army for killing": the parser may hang the clause on the army
        if view.dep(at) == Dep::Acl && of_verb {
            return None;
        }
        if of_verb
            && view.dep(at) != Dep::Conj
            && let Some((_, under, stance)) = PLAIN.iter().find(|(verb, _, _)| view.lemma_of(above) == *verb)
            && (under.is_empty() || marked_by(view, at, under))
        {
            let object = view
                .tree
                .kid_by(view.sentence, above, &[Dep::Obj])
                .filter(|&o| !view.tree.under(i, o) || view.dep(at) == Dep::Acl);
            // "called on Israel to", "appealed to both sides to"
            let called_on = || {
                let asks = |k: &usize| view.dep(*k) == Dep::Obl && marked_by(view, *k, &["on", "upon", "to"]);
                view.kids(above).find(asks).filter(|_| *stance == Stance::Demands)
            };
            let addressed =
                object.filter(|_| matches!(stance, Stance::Accuses | Stance::Demands)).or_else(called_on);
            return view.subject(above).map(|speaker| Told { stance: *stance, speaker, addressed });
        }
        // another speaker's clause begins
        if view.dep(at) == Dep::Ccomp {
            return None;
        }
        at = above;
    }
    None
}

/// True when token `t` stands in a condition that the act at `i` hangs on, and so is no part of the act.
pub fn in_condition(view: &View<'_>, i: usize, t: usize) -> bool {
    std::iter::once(t).chain(view.tree.above(t)).any(|n| {
        view.dep(n) == Dep::Advcl
            && marked_by(view, n, &["if", "unless", "provided"])
            && !view.tree.under(i, n)
    })
}

/// True where a preposition or mark of the list stands before the phrase or clause at `at`.
fn marked_by(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    view.kids(at).any(|k| matches!(view.dep(k), Dep::Case | Dep::Mark) && is(view, k, words))
}

fn is_to(view: &View<'_>, clause: usize) -> bool {
    view.kids(clause).any(|k| view.dep(k) == Dep::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn may_leaves_an_act_open_and_not_denies_it() {
        view_of("Israel|PROPN|2|nsubj may|AUX|2|aux attack|VERB|_|root Syria|PROPN|2|obj", |view| {
            assert!(over(view, 2).open);
        });
        view_of(
            "Israel|PROPN|3|nsubj did|AUX|3|aux|do not|PART|3|advmod attack|VERB|_|root Syria|PROPN|3|obj",
            |view| {
                assert_eq!(over(view, 3), Operators { denied: true, ..Operators::default() });
            },
        );
    }

    #[test]
    fn a_condition_marks_the_main_act_and_opens_its_own() {
        let text = "If|SCONJ|2|mark Israel|PROPN|2|nsubj attacks|VERB|5|advcl|attack Iran|PROPN|5|nsubj will|AUX|5|aux strike|VERB|_|root";
        view_of(text, |view| {
            assert!(over(view, 2).open);
            assert!(over(view, 5).conditional);
        });
    }
}
