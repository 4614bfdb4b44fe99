//! How a truce or talks stand, where words by the act leave no doubt: "violated the truce", "talks broke down".

use holdfire_types::{Dep, Kind, Stance, Status, Upos};

use crate::access;
use crate::machinery;
use crate::operators::{NEGATION, Operators, STOPPING, is, marked, marked_by};
use crate::view::View;

/// Words that tell how a truce stands, the first rule that fits decides.
const TRUCE: &[(&[&str], Status)] = &[
    (&["violate", "violation", "breach", "break", "infringe", "infringement", "broken"], Status::Violated),
    (&["extend", "extension", "prolong", "prolongation", "renew", "renewal"], Status::Extended),
    (
        &[
            "collapse", "expire", "end", "cancel", "abandon", "terminate", "expiry", "expiration", "scrap",
            "unravel", "fail",
        ],
        Status::Ended,
    ),
    (
        &[
            "hold", "uphold", "maintain", "observe", "respect", "honor", "honour", "adhere", "adherence",
            "preserve", "comply", "abide", "stick", "prevail",
        ],
        Status::Kept,
    ),
    (&["propose", "proposal", "suggest", "offer"], Status::Proposed),
    (&["ongoing", "effect"], Status::InForce),
    (&["monitor", "monitoring", "watch", "observer", "verification", "mechanism"], Status::Mechanism),
];

const TALKS: &[(&[&str], Status)] = &[
    (&["postpone", "delay", "suspend", "freeze", "froze", "defer"], Status::Postponed),
    (&["fail", "collapse", "cancel", "break", "stall"], Status::Failed),
    (
        &["schedule", "plan", "resume", "set", "ready", "invite", "further", "upcoming", "ahead", "prepare"],
        Status::Planned,
    ),
    (&["conclude", "complete", "end"], Status::Ended),
];

/// Words that tell that aid was struck or robbed.
const BLOWS: &[&str] = &[
    "attack", "shell", "shelling", "bomb", "bombing", "bombardment", "hit", "strike", "airstrike",
    "air-strike", "loot", "hijack", "ambush", "raid", "target", "steal",
];

/// Words that tell how aid stands where it is plainly told; what keeps it off goes before what brings it.
const AID: &[(&[&str], Status)] = &[
    (BLOWS, Status::Attacked),
    (
        &[
            "block", "obstruct", "hinder", "hamper", "impede", "halt", "intercept", "bar", "prevent",
            "seize", "stop",
        ],
        Status::Blocked,
    ),
    (&["deny", "refuse", "reject", "suspend", "freeze", "withhold"], Status::Denied),
    (&["wait", "await", "strand"], Status::Waiting),
    (&["approve", "allow", "permit", "authorize", "authorise"], Status::Approved),
    (&["deliver", "reach", "arrive", "enter", "distribute"], Status::Delivered),
];

/// The status of the act at `i` by the words on it and above it, and failing that by its stance: what is demanded is yet
/// to come.
pub fn by_words(view: &View<'_>, i: usize, kind: Kind, stance: Stance, over: Operators) -> Option<Status> {
    let Some(found) = worded(view, i, kind, stance) else {
        return match (kind, stance) {
            (Kind::Aid, Stance::Demands) if !over.stopped => Some(Status::Requested),
            (Kind::Aid, Stance::Promises) if !over.stopped => Some(Status::Approved),
            // "ordered a cease-fire" is a truce declared
            (Kind::Truce, Stance::Demands) if near(view, i).iter().any(|&t| is(view, t, &["order"])) => {
                Some(Status::Agreed)
            }
            (Kind::Truce, Stance::Demands) => Some(Status::Proposed),
            (Kind::Talks, Stance::Demands | Stance::Promises) => Some(Status::Planned),
            _ => None,
        };
    };
    let asked = matches!(stance, Stance::Demands | Stance::Promises);
    match (kind, found) {
        (Kind::Truce, Status::InForce | Status::Ended) if asked => None,
        // "not a single convoy has reached the town"
        (Kind::Aid, Status::Delivered) if over.denied => Some(Status::Blocked),
        (Kind::Aid, Status::Approved) if over.denied => Some(Status::Denied),
        _ => Some(found),
    }
}

fn worded(view: &View<'_>, i: usize, kind: Kind, stance: Stance) -> Option<Status> {
    let rules = match kind {
        Kind::Truce if machinery::tells(view, i) => return Some(Status::Mechanism),
        Kind::Truce => TRUCE,
        Kind::Talks => TALKS,
        Kind::Aid if matches!(stance, Stance::States | Stance::Accuses) => AID,
        // who denies a blow speaks of the same
        Kind::Aid if matches!(stance, Stance::Denies | Stance::Doubts) => {
            return BLOWS.contains(&view.lemma_of(i)).then_some(Status::Attacked);
        }
        _ => return None,
    };
    let near = near(view, i);
    let told = |words: &[&str]| near.iter().any(|&t| words.contains(&view.lemma_of(t)));
    if kind == Kind::Aid {
        if let Some(plain) = access::told(view, i) {
            return Some(plain);
        }
        // what is a blow by itself struck the aid
        let of = |kind: Kind| view.may_tell(i, kind);
        if of(Kind::Attack) && !of(Kind::Aid) && !of(Kind::Siege) {
            return Some(Status::Attacked);
        }
        return rules.iter().find(|(words, _)| told(words)).map(|(_, status)| *status);
    }
    match kind {
        Kind::Truce if is_called_off(view, i) || falls_apart(view, i) => return Some(Status::Ended),
        Kind::Talks if is_called_off(view, i) || falls_apart(view, i) => return Some(Status::Failed),
        Kind::Talks if is_left(view, i) => return Some(Status::Ended),
        Kind::Talks if has_begun(view, i) => return Some(Status::Held),
        Kind::Truce if is_not_kept(view, i) => return Some(Status::Violated),
        Kind::Truce if is_end_of_fighting(view, i) => return Some(Status::InForce),
        Kind::Truce if stance == Stance::States && is_in_force(view, i) => return Some(Status::InForce),
        // "the truce that took effect on Sunday has been kept"
        Kind::Truce
            if takes_effect(view, i)
                && stance == Stance::States
                && !near.iter().any(|&t| view.upos(t) == Upos::Verb && tells_truce(view, t)) =>
        {
            return Some(if is_to_come(view, i) { Status::Agreed } else { Status::InForce });
        }
        _ => {}
    }
    let told = near.iter().find_map(|&t| {
        rules.iter().find(|(words, _)| words.contains(&view.lemma_of(t))).map(|(_, status)| *status)
    });
    // "after an emergency meeting"
    let passed = kind == Kind::Talks && marked_by(view, i, &["after", "during", "following"]);
    // "strikes despite the truce"
    let runs = kind == Kind::Truce && marked_by(view, i, &["despite", "during"]);
    // "the truce brokered in April"
    let made = kind == Kind::Truce
        && !matches!(stance, Stance::Demands | Stance::Promises | Stance::Threatens)
        && near.iter().any(|&t| is(view, t, &["broker", "sign", "reach", "declare", "agree"]));
    // a truce that is yet to begin is agreed
    let told = match told {
        Some(Status::InForce) if kind == Kind::Truce && is_to_come(view, i) => Some(Status::Agreed),
        told => told,
    };
    told.or(passed.then_some(Status::Held))
        .or(runs.then_some(Status::InForce))
        .or(made.then_some(Status::Agreed))
}

/// "Will take effect", "takes effect tomorrow", "is due to take effect".
fn is_to_come(view: &View<'_>, i: usize) -> bool {
    let words = |verb: usize| view.kids(verb).any(|k| is(view, k, &["will", "shall", "tomorrow"]));
    let due = |t: usize| is(view, t, &["due", "set", "schedule", "expect", "slate"]);
    std::iter::once(i).chain(view.tree.above(i).take(3)).any(|t| words(t) || due(t))
}

/// "Took effect", "came into force".
pub fn takes_effect(view: &View<'_>, truce: usize) -> bool {
    let verbs = view.tree.above(truce).take(2).chain(view.kids(truce)).chain([truce]);
    verbs.into_iter().any(|verb| {
        is(view, verb, &["take", "come", "enter", "go"])
            && view.kids(verb).any(|k| is(view, k, &["effect", "force"]))
    })
}

/// "Has been in force since May", "remains formally in place".
fn is_in_force(view: &View<'_>, truce: usize) -> bool {
    let clause = view.tree.head(truce).filter(|_| view.dep(truce) == Dep::Nsubj);
    // "put in place by two states" is how it was made
    clause.filter(|&word| !is(view, word, &["put"])).is_some_and(|word| {
        std::iter::once(word)
            .chain(view.kids(word))
            .any(|k| is(view, k, &["force", "place"]) && marked_by(view, k, &["in"]))
    })
}

/// True for a verb that tells by itself how a truce stands.
pub fn tells_truce(view: &View<'_>, verb: usize) -> bool {
    TRUCE.iter().any(|(words, _)| words.contains(&view.lemma_of(verb)))
}

/// "Called off the truce", "declared the truce over".
pub fn is_called_off(view: &View<'_>, i: usize) -> bool {
    let with = |verb: usize, words: &[&str]| view.kids(verb).any(|k| is(view, k, words));
    let called = |verb: usize| {
        (is(view, verb, &["call"]) && with(verb, &["off"]))
            || (is(view, verb, &["declare", "pronounce"]) && with(verb, &["over", "dead", "finished"]))
    };
    // the parser may hang "off" on either
    let off = |k: usize| view.dep(k) == Dep::Obl && marked_by(view, k, &["off"]);
    let object = |k: usize| view.kinds[k] != 0 && (matches!(view.dep(k), Dep::Obj | Dep::Xcomp) || off(k));
    // either word may be taken for the act
    let ends = |verb: usize| called(verb) || (is(view, verb, &["call"]) && view.kids(verb).any(off));
    (view.upos(i) == Upos::Verb && ends(i) && view.kids(i).any(object))
        || ((matches!(view.dep(i), Dep::Obj | Dep::NsubjPass | Dep::Xcomp) || off(i))
            && view.tree.head(i).is_some_and(ends))
}

/// "The truce fell apart", "talks broke up".
pub fn falls_apart(view: &View<'_>, i: usize) -> bool {
    let with = |verb: usize, words: &[&str]| view.kids(verb).any(|k| is(view, k, words));
    view.dep(i) == Dep::Nsubj
        && view.tree.head(i).is_some_and(|verb| {
            (is(view, verb, &["fall"]) && with(verb, &["apart", "through"]))
                || (is(view, verb, &["break"]) && with(verb, &["down", "up"]))
        })
}

/// Nouns for war going on, the end of which is a truce.
pub const HOSTILITIES: &[&str] = &["violence", "hostility", "hostilities", "bloodshed"];

/// "All hostilities ended at midnight": what ends is the war.
fn is_end_of_fighting(view: &View<'_>, i: usize) -> bool {
    let war = |t: usize| is(view, t, HOSTILITIES) || is(view, t, &["fighting"]);
    let verb = if war(i) { view.tree.head(i).filter(|_| view.dep(i) == Dep::Nsubj) } else { Some(i) };
    verb.is_some_and(|verb| {
        view.upos(verb) == Upos::Verb
            && is(view, verb, STOPPING)
            && (war(i) || view.subject(verb).is_some_and(war))
    })
}

/// "Quit the talks", "withdrew from the talks", "pulled out of the talks".
fn is_left(view: &View<'_>, i: usize) -> bool {
    let Some(verb) = view.tree.head(i) else { return false };
    let out = || view.kids(verb).chain(view.kids(i)).any(|k| view.form(k) == "out");
    let away = marked_by(view, i, &["from"])
        || (marked_by(view, i, &["of"]) && is(view, verb, &["pull", "walk", "drop"]) && out());
    (view.dep(i) == Dep::Obj || away)
        && is(view, verb, &["withdraw", "leave", "quit", "pull", "walk", "drop"])
}

/// "Talks resumed", "opened talks", not "talks are to open".
fn has_begun(view: &View<'_>, i: usize) -> bool {
    let of_verb = matches!(view.dep(i), Dep::Nsubj | Dep::NsubjPass | Dep::Obj);
    let begins = |t: usize| is(view, t, &["begin", "start", "restart", "open", "resume", "convene"]);
    let finite = |t: usize| match view.sentence.tokens[t].xpos {
        "VBD" | "VBZ" | "VBP" => true,
        "VBN" => view.kids(t).any(|k| is(view, k, &["has", "have", "had", "was", "were"])),
        _ => false,
    };
    of_verb && view.tree.head(i).is_some_and(|verb| begins(verb) && finite(verb))
}

/// "Failed to abide by the truce", "their failure to respect it".
pub fn is_not_kept(view: &View<'_>, i: usize) -> bool {
    let keeps = |t: usize| {
        is(view, t, &["abide", "adhere", "comply", "honor", "honour", "keep", "observe", "respect"])
    };
    let Some(verb) = std::iter::once(i).chain(view.tree.above(i)).take(3).find(|&t| keeps(t)) else {
        return false;
    };
    view.kids(verb).any(|k| is(view, k, NEGATION))
        || view.tree.above(verb).take(2).any(|t| is(view, t, &["fail", "failure", "refuse", "refusal"]))
}

/// The act's own word, what stands directly on it, and the words above it inside its clause.
fn near(view: &View<'_>, i: usize) -> Vec<usize> {
    let mut found = vec![i];
    // "the truce that ended the war"
    let of_another = |k: usize| view.kids(k).any(|o| view.dep(o) == Dep::Obj);
    let modifies = |k: &usize| {
        matches!(view.dep(*k), Dep::Amod | Dep::Compound | Dep::Case)
            || (matches!(view.dep(*k), Dep::Acl | Dep::AclRelcl) && !of_another(*k))
            || (view.dep(*k) == Dep::Nmod && view.upos(*k) == Upos::Noun)
    };
    let described = |k: &usize| matches!(view.dep(*k), Dep::Acl | Dep::AclRelcl);
    found.extend(view.kids(i).filter(|k| modifies(k) && !described(k)));
    let mut at = i;
    for above in view.tree.above(i).take(3) {
        let kept_from = view.dep(at) == Dep::Advcl && marked(view, at, &["from"]);
        if !kept_from
            && !matches!(
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
            )
        {
            break;
        }
        found.push(above);
        if view.upos(above) == Upos::Verb {
            // "took effect", "appeared to hold"
            let told = |k: &usize| match view.dep(*k) {
                Dep::Obl => view.upos(*k) == Upos::Noun,
                Dep::Obj => at == i && is(view, *k, &["effect"]),
                Dep::Xcomp => is(view, above, &["appear", "seem", "continue"]),
                _ => false,
            };
            found.extend(view.kids(above).filter(told));
            break;
        }
        at = above;
    }
    // what the truce does goes before what describes it
    found.extend(view.kids(i).filter(|k| modifies(k) && described(k)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn words_by_the_act_tell_how_it_stands() {
        view_of("Rebels|NOUN|1|nsubj violated|VERB|_|root|violate the|DET|3|det truce|NOUN|1|obj", |view| {
            assert_eq!(
                by_words(view, 3, Kind::Truce, Stance::States, Operators::default()),
                Some(Status::Violated)
            );
            assert_eq!(by_words(view, 3, Kind::Attack, Stance::States, Operators::default()), None);
        });
        view_of("Talks|NOUN|1|nsubj collapsed|VERB|_|root|collapse", |view| {
            assert_eq!(
                by_words(view, 0, Kind::Talks, Stance::States, Operators::default()),
                Some(Status::Failed)
            );
        });
    }
}
