//! Told once: of several act words for one act, which does not tell it.

use holdfire_types::{Dep, Kind, Upos};

use crate::access;
use crate::divided;
use crate::machinery;
use crate::mentions::Sort;
use crate::operators::{LIFTING, STOPPING, is, marked};
use crate::truces;
use crate::view::View;

/// What talks come in.
pub const ROUNDS: &[&str] = &["round", "session", "phase", "set", "series", "hour", "day", "week", "month"];

/// Verbs of harm, which go with the blow that did it.
pub const HARM: &[&str] = &["kill", "wound", "injure", "hurt", "maim", "die"];

/// True for a word of harm: one of [`HARM`], or "lost their lives".
fn harms(view: &View<'_>, verb: usize) -> bool {
    let life = |k: usize| view.dep(k) == Dep::Obj && is(view, k, &["life"]);
    HARM.contains(&view.lemma_of(verb)) || (is(view, verb, &["lose"]) && view.kids(verb).any(life))
}

/// True where the act at `main` tells what the word at `t` tells too.
pub fn told_by(view: &View<'_>, main: (usize, Kind, f32), t: usize, kind: Kind) -> bool {
    let (main, main_kind, _) = main;
    let alike = kind == Kind::Attack && main_kind == kind;
    // "lifted the blockade": what is lifted is the act
    let lifts = view.tree.head(main) == Some(t)
        && matches!(view.dep(main), Dep::Obj | Dep::NsubjPass)
        && (is(view, t, LIFTING) || is(view, t, STOPPING));
    // "the truce is holding": how it stands is no act of its own
    let seems = || view.dep(t) == Dep::Xcomp && view.tree.head(main) == view.tree.head(t);
    // "two days of talks ended"
    let round = view.tree.head(main).filter(|&n| view.dep(main) == Dep::Nmod && is(view, n, ROUNDS));
    let subject = round.unwrap_or(main);
    let stands = matches!(main_kind, Kind::Truce | Kind::Talks)
        && matches!(
            kind,
            Kind::Attack | Kind::Clash | Kind::Detention | Kind::Control | Kind::Truce | Kind::Talks
        )
        && (view.tree.head(subject) == Some(t) || seems())
        && matches!(view.dep(subject), Dep::Nsubj | Dep::NsubjPass);
    // "fighting resumed": that it goes on is no act of its own
    let goes_on = kind == Kind::Talks
        && matches!(main_kind, Kind::Attack | Kind::Clash | Kind::Aid)
        && view.tree.head(main) == Some(t)
        && (view.dep(main) == Dep::Nsubj
            || (view.dep(main) == Dep::Advcl && main < t && view.subject(t).is_none()));
    // "did not allow the monitors to cross"
    let let_in = main_kind == Kind::Aid
        && view.tree.head(t) == Some(main)
        && view.dep(t) == Dep::Xcomp
        && access::told(view, main).is_some();
    // "the convoy was not able to enter"
    let of_aid = kind == Kind::Aid
        && main_kind == kind
        && access::told(view, main).is_some()
        && (view.subject(main) == Some(t)
            || (view.tree.head(main) == Some(t) && is(view, t, &["able", "unable"])));
    // "have yet to approve the requests for convoys"
    let asked_for = kind == Kind::Aid
        && main_kind == kind
        && access::told(view, main).is_some()
        && matches!(view.upos(t), Upos::Noun | Upos::Propn)
        && view.tree.under(t, main)
        && !view.may_tell(t, Kind::Attack);
    // "agreed to a truce brokered by two states"
    let brokered = kind == Kind::Truce
        && main_kind == kind
        && view.dep(t) == Dep::Acl
        && view.tree.head(t) == Some(main)
        && view.sentence.tokens[t].xpos == "VBN";
    // "committed 72 breaches"
    let committed = is(view, t, &["commit"]) && view.tree.head(main) == Some(t) && view.dep(main) == Dep::Obj;
    // "pulled out of the talks"
    let left = kind == Kind::Withdrawal
        && main_kind == Kind::Talks
        && view.tree.head(main) == Some(t)
        && view.dep(main) == Dep::Obl;
    // "sent troops to reinforce the town"
    let purpose = kind == Kind::Deployment
        && main_kind == kind
        && view.tree.head(t) == Some(main)
        && matches!(view.dep(t), Dep::Advcl | Dep::Xcomp)
        && t > main
        && view.form(t - 1) == "to";
    // "to form a contact group that will monitor the truce", "monitors the truce"
    let watches = kind == Kind::Truce && machinery::tells(view, main) && view.tree.under(t, main);
    lifts
        || stands
        || watches
        || purpose
        || committed
        || asked_for
        || brokered
        || left
        || (kind != main_kind && truces::is_of(view, main, main_kind, t))
        || goes_on
        || let_in
        || of_aid
        || (kind == Kind::Control && main_kind == kind && divided::told_by(view, main, t))
        || (alike && flew(view, main, t))
        || (alike && view.tree.head(t) == Some(main) && (goes_with(view, t) || did(view, main, t)))
        || (alike && (harmed_too(view, main, t) || harms_nobody(view, t)))
        || (kind == Kind::Attack
            && (by_relative(view, main, main_kind, t) || in_clash(view, main, main_kind, t)))
}

/// "Rockets fired from Marran struck the town."
fn flew(view: &View<'_>, main: usize, t: usize) -> bool {
    let thrown = |noun: usize| view.may_tell(noun, Kind::Attack);
    view.dep(t) == Dep::Acl
        && view.tree.head(t).is_some_and(|noun| {
            thrown(noun) && view.dep(noun) == Dep::Nsubj && view.tree.head(noun) == Some(main)
        })
}

/// "Exploded in the market, killing six."
fn goes_with(view: &View<'_>, t: usize) -> bool {
    view.dep(t) == Dep::Advcl
        && view.sentence.tokens[t].xpos == "VBG"
        && harms(view, t)
        && !view.kids(t).any(|k| matches!(view.dep(k), Dep::Nsubj | Dep::Mark))
}

/// "Six were killed when jets struck the market", "a pilot killed as rebels shot at him".
fn did(view: &View<'_>, main: usize, t: usize) -> bool {
    let suffered = view.kids(main).any(|k| view.dep(k) == Dep::NsubjPass)
        || (view.dep(main) == Dep::Acl && view.sentence.tokens[main].xpos == "VBN")
        || is(view, main, &["die", "lose"]);
    harms(view, main)
        && suffered
        && view.upos(t) == Upos::Verb
        && view.dep(t) == Dep::Advcl
        && marked(view, t, &["when", "as"])
}

/// "Six were killed and many more wounded in a raid": the blow stands beside the other word of harm.
fn harmed_too(view: &View<'_>, main: usize, t: usize) -> bool {
    let beside = |verb: usize| view.dep(verb) == Dep::Conj && view.tree.head(verb) == Some(main);
    harms(view, main)
        && matches!(view.upos(t), Upos::Noun | Upos::Propn)
        && view.may_tell(t, Kind::Attack)
        && matches!(view.dep(t), Dep::Obl | Dep::OblAgent | Dep::Nmod)
        && view.tree.head(t).is_some_and(beside)
}

/// "A raid on the town that killed ten": what a blow did is told of the blow.
fn by_relative(view: &View<'_>, main: usize, main_kind: Kind, t: usize) -> bool {
    matches!(main_kind, Kind::Attack | Kind::Clash)
        && harms(view, t)
        && view.dep(t) == Dep::AclRelcl
        && view.upos(main) == Upos::Noun
        && view.tree.head(t).is_some_and(|noun| {
            // "a bombing at a hotel that killed ten": no hotel does
            let at_place = view.tree.under(noun, main)
                && view
                    .mentions
                    .iter()
                    .any(|m| m.head as usize == noun && matches!(m.sort, Sort::Place | Sort::PlaceNoun));
            noun == main || at_place || (view.dep(main) == Dep::Nmod && view.tree.head(main) == Some(noun))
        })
        && view.kids(t).any(|k| view.dep(k) == Dep::Nsubj && view.upos(k) == Upos::Pron)
}

/// "Soldiers and rebels clash in the town; 36 people are killed".
fn in_clash(view: &View<'_>, main: usize, main_kind: Kind, t: usize) -> bool {
    main_kind == Kind::Clash
        && harms(view, t)
        && matches!(view.dep(t), Dep::Parataxis | Dep::Conj)
        && view.tree.head(t) == Some(main)
        && view.kids(t).any(|k| view.dep(k) == Dep::NsubjPass)
        && !view.kids(t).any(|k| matches!(view.dep(k), Dep::Obl | Dep::OblAgent))
}

/// "No injuries were reported", "nobody was hurt".
fn harms_nobody(view: &View<'_>, t: usize) -> bool {
    let none = is(view, t, &["injury", "casualty", "death", "damage"])
        && view.kids(t).any(|k| view.dep(k) == Dep::Det && is(view, k, &["no"]));
    let nobody = |k: usize| {
        matches!(view.dep(k), Dep::Nsubj | Dep::NsubjPass)
            && (is(view, k, &["nobody", "none"])
                || (is(view, k, &["one"]) && view.kids(k).any(|no| is(view, no, &["no"]))))
    };
    none || (harms(view, t) && view.kids(t).any(nobody))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn who_was_killed_when_jets_struck_is_told_once() {
        let text = "Six|NUM|2|nsubj:pass were|AUX|2|aux:pass|be killed|VERB|_|root|kill when|SCONJ|5|mark jets|NOUN|5|nsubj struck|VERB|2|advcl|strike it|PRON|5|obj";
        view_of(text, |view| {
            assert!(told_by(view, (2, Kind::Attack, 0.9), 5, Kind::Attack));
            assert!(!told_by(view, (5, Kind::Attack, 0.9), 2, Kind::Attack));
        });
    }
}
