//! How sure a text is of an event, and whether it says that it is none: polarity and certainty of any word, by the
//! operators whose scope it stands in.
//!
//! The classes are those of the `NewsReader` guidelines: certainty is the writer's or the speaker's, and a plan for the
//! future may be certain.

use holdfire_types::{Certainty, Dep, Polarity, Upos};

use crate::operators::is;
use crate::view::View;

/// Verbs that deny the clause below them.
const DENY: &[&str] = &[
    "cease", "stop", "fail", "refuse", "decline", "prevent", "deny", "forget", "forbid", "prohibit", "ban",
    "block", "avoid",
];
/// Verbs that do away with the event that is their object.
const UNDO: &[&str] = &[
    "cease", "stop", "prevent", "avoid", "cancel", "halt", "abandon", "scrap", "avert", "deny", "delay",
    "postpone", "prohibit", "ban", "kill", "lack",
];
/// Forms that stand before an event that never came.
const UNDONE: &[&str] =
    &["cancelled", "canceled", "now-cancelled", "aborted", "averted", "scrapped", "abandoned", "postponed"];

/// Verbs and adjectives that leave open the clause below them.
const OPEN: &[&str] = &[
    "consider", "hope", "fear", "expect", "want", "wish", "propose", "seek", "threaten", "risk", "worry",
    "speculate", "suggest", "urge", "predict", "anticipate", "doubt", "call", "demand", "likely", "possible",
    "probable", "potential", "unlikely", "eligible", "prospective", "afraid",
];
/// Verbs that leave open the event that is their object.
const OPEN_OBJECT: &[&str] = &[
    "negotiate", "consider", "expect", "fear", "propose", "prevent", "avoid", "want", "seek", "predict",
    "anticipate", "forecast", "risk", "threaten", "avert", "discuss", "demand",
];
/// Nouns that leave open what they are of.
const OPEN_NOUN: &[&str] = &[
    "hope", "fear", "worry", "prospect", "possibility", "chance", "risk", "threat", "plan", "proposal",
    "likelihood", "rumor", "rumour", "speculation", "effort", "attempt", "bid", "intention", "danger",
    "ambition", "call", "demand",
];
/// Adjectives that leave open the noun they stand before, or what they are said of.
const OPEN_ADJECTIVE: &[&str] =
    &["likely", "possible", "probable", "potential", "unlikely", "eligible", "prospective", "alleged"];
/// Adverbs that do the same to their verb.
const OPEN_ADVERB: &[&str] =
    &["maybe", "perhaps", "possibly", "probably", "likely", "potentially", "allegedly"];
/// Under these, "would" is only the future as it was seen.
const SETTLED: &[&str] = &["announce", "decide", "agree", "confirm", "promise"];
/// Cues that make an event likely; the other ones leave it possible.
const PROBABLE: &[&str] = &["would", "should", "likely", "probable", "probably", "expect", "plan"];

/// Words above that are asked, at most.
const CLIMB: usize = 4;

/// Polarity and certainty of the event at token `i`.
pub fn factuality(view: &View<'_>, i: usize) -> (Polarity, Certainty) {
    let polarity = if denied(view, i) { Polarity::Neg } else { Polarity::Pos };
    let certainty = match open(view, i) {
        _ if in_condition(view, i) => Certainty::Underspecified,
        None => Certainty::Certain,
        Some(cue) if is(view, cue, PROBABLE) => Certainty::Probable,
        Some(_) => Certainty::Possible,
    };
    (polarity, certainty)
}

fn denied(view: &View<'_>, i: usize) -> bool {
    if denied_here(view, i) {
        return true;
    }
    let mut at = i;
    for _ in 0..CLIMB - 1 {
        let Some(above) = view.tree.head(at) else { return false };
        let dep = view.dep(at);
        let verb = view.upos(above) == Upos::Verb;
        let clause = matches!(dep, Dep::Xcomp | Dep::Ccomp | Dep::Advcl)
            || (matches!(dep, Dep::Obl) && view.upos(at) == Upos::Verb);
        let object = matches!(dep, Dep::Obj | Dep::NsubjPass);
        let undoes = verb
            && ((clause && is(view, above, DENY))
                || (object && is(view, above, UNDO) && view.dep(above) != Dep::Amod));
        // "kept from working"; a clause that only stands beside says nothing of what is refused
        let kept = has(view, at, &[Dep::Mark, Dep::Case], &["from"]);
        match dep {
            Dep::Advcl | Dep::Obl if undoes => return kept && !negated(view, above),
            Dep::Ccomp if undoes => return is(view, above, &["deny"]) && !negated(view, above),
            _ if undoes => return !negated(view, above),
            Dep::Xcomp if negated(view, above) => return true,
            Dep::Cop | Dep::Aux | Dep::AuxPass => {
                if denied_here(view, above) {
                    return true;
                }
                at = above;
            }
            // what is cancelled takes with it what it was for
            Dep::Acl if has(view, above, &[Dep::Amod], UNDONE) => return true,
            Dep::Conj => {
                let own = kids_by(view, at, &[Dep::Nsubj, Dep::NsubjPass, Dep::Aux]).next().is_some();
                return !own && has(view, at, &[Dep::Cc], &["or", "nor"]) && denied_here(view, above);
            }
            _ => return false,
        }
    }
    false
}

/// What denies the event by standing directly on it.
fn denied_here(view: &View<'_>, i: usize) -> bool {
    let almost = view.upos(i) == Upos::Verb && has(view, i, &[Dep::Advmod], &["nearly", "almost"]);
    negated(view, i)
        || almost
        || has(view, i, &[Dep::Amod], UNDONE)
        || has(view, i, &[Dep::Case, Dep::Mark], &["without"])
}

/// True in a clause that only says under which condition something else holds.
fn in_condition(view: &View<'_>, i: usize) -> bool {
    std::iter::once(i)
        .chain(view.tree.above(i))
        .take(CLIMB)
        .any(|at| view.dep(at) == Dep::Advcl && has(view, at, &[Dep::Mark], &["if", "unless"]))
}

/// The word that leaves the event at `i` open.
fn open(view: &View<'_>, i: usize) -> Option<usize> {
    if let Some(cue) = open_here(view, i) {
        return Some(cue);
    }
    let mut at = i;
    for step in 0..CLIMB {
        let above = view.tree.head(at)?;
        let noun = matches!(view.upos(at), Upos::Noun | Upos::Propn);
        let of_noun = matches!(view.upos(above), Upos::Noun | Upos::Propn);
        let cue = |words: &[&str]| is(view, above, words).then_some(above);
        match view.dep(at) {
            Dep::Acl if of_noun => {
                let told = has(view, at, &[Dep::Mark, Dep::Case], &["to", "of", "for", "on", "that"]);
                return cue(OPEN_NOUN).filter(|_| told);
            }
            Dep::Xcomp => {
                if let Some(found) = cue(OPEN) {
                    return Some(found);
                }
                let helping = open_here(view, above).filter(|&c| step == 0 && !is(view, c, &["would"]));
                if helping.is_some() || kids_by(view, above, &[Dep::Cop]).next().is_some() {
                    return helping;
                }
            }
            Dep::Ccomp | Dep::Csubj | Dep::CsubjPass => {
                return cue(OPEN).or_else(|| cue(OPEN_NOUN).filter(|_| of_noun));
            }
            Dep::Nmod if is(view, above, OPEN_NOUN) && has(view, at, &[Dep::Case], &["of", "for", "to"]) => {
                return Some(above);
            }
            Dep::Compound if is(view, above, OPEN_NOUN) && !is(view, above, &["plan"]) => return Some(above),
            Dep::Obj | Dep::NsubjPass
                if noun && view.upos(above) == Upos::Verb && is(view, above, OPEN_OBJECT) =>
            {
                return Some(above);
            }
            Dep::Nsubj | Dep::Obl if is(view, above, OPEN_ADJECTIVE) || is(view, above, &["afraid"]) => {
                return Some(above);
            }
            // "could have exposure": the noun is the event
            Dep::Obj if noun && is(view, above, LIGHT) && open_here(view, above).is_some() => {
                return open_here(view, above);
            }
            Dep::Nmod | Dep::Compound | Dep::Obj if noun && of_noun => {}
            Dep::Conj => {
                if kids_by(view, at, &[Dep::Nsubj, Dep::NsubjPass, Dep::Aux]).next().is_some() {
                    return None;
                }
                if let Some(found) = open_here(view, above) {
                    return Some(found);
                }
            }
            Dep::Cop | Dep::Aux | Dep::AuxPass => {
                if let Some(found) = open_here(view, above) {
                    return Some(found);
                }
            }
            Dep::Advcl => {
                return open_here(view, above).filter(|_| has(view, at, &[Dep::Mark], &["to"]));
            }
            _ => return None,
        }
        at = above;
    }
    None
}

/// Verbs whose object is the event.
const LIGHT: &[&str] = &["have", "hold", "make", "take", "give", "get"];

/// What leaves the event open by standing directly on it.
fn open_here(view: &View<'_>, i: usize) -> Option<usize> {
    view.kids(i).find(|&k| match view.dep(k) {
        Dep::Aux | Dep::AuxPass => {
            is(view, k, &["may", "might", "could"])
                || (is(view, k, &["can"]) && !negated(view, i))
                || (is(view, k, &["would", "'d", "should"]) && !settled(view, i))
        }
        Dep::Advmod => is(view, k, OPEN_ADVERB),
        Dep::Mark => is(view, k, &["whether"]),
        Dep::Amod => is(view, k, OPEN_ADJECTIVE) || is(view, k, &["proposed"]),
        _ => false,
    })
}

/// "Announced that it would close": decided, if not yet done.
fn settled(view: &View<'_>, i: usize) -> bool {
    let told = view.dep(i) == Dep::Ccomp && view.tree.head(i).is_some_and(|above| is(view, above, SETTLED));
    told || has(view, i, &[Dep::Aux], &["be"])
}

/// Dependents of `i` by one of `deps`, in order.
pub(crate) fn kids_by<'v>(view: &'v View<'_>, i: usize, deps: &'v [Dep]) -> impl Iterator<Item = usize> + 'v {
    view.kids(i).filter(move |&k| deps.contains(&view.dep(k)))
}

/// True where a dependent of `i` by one of `deps` is one of `words`.
pub(crate) fn has(view: &View<'_>, i: usize, deps: &[Dep], words: &[&str]) -> bool {
    kids_by(view, i, deps).any(|k| is(view, k, words))
}

/// Words that deny what they stand on.
const NEGATION: &[&str] = &["not", "never", "n't", "nor", "neither", "no", "nobody", "none"];

/// True where `i` itself is negated: by "not" or "never", or as a predicate by a subject or object that is none.
pub(crate) fn negated(view: &View<'_>, i: usize) -> bool {
    let only = |k: usize| k + 1 < view.len() && is(view, k + 1, &["only", "just", "merely"]);
    let noun = view.upos(i) == Upos::Noun;
    view.kids(i).any(|k| match view.dep(k) {
        Dep::Advmod | Dep::Aux | Dep::Cc | Dep::CcPreconj | Dep::Det | Dep::Mark => {
            (is(view, k, NEGATION) && !only(k))
                || (is(view, k, &["longer", "long"])
                    && has(view, k, &[Dep::Advmod, Dep::Det], &["no", "not"]))
        }
        Dep::Obj | Dep::Nsubj | Dep::NsubjPass => {
            !noun && (is(view, k, NEGATION) || has(view, k, &[Dep::Det], NEGATION))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    fn of(items: &str, i: usize) -> (Polarity, Certainty) {
        view_of(items, |view| factuality(view, i))
    }

    #[test]
    fn not_and_verbs_of_failing_deny() {
        let did_not = "Talks|NOUN|3|nsubj|talk did|AUX|3|aux|do not|PART|3|advmod resume|VERB|_|root";
        assert_eq!(of(did_not, 3), (Polarity::Neg, Certainty::Certain));
        let failed = "Envoys|NOUN|1|nsubj|envoy failed|VERB|_|root|fail to|PART|3|mark meet|VERB|1|xcomp";
        assert_eq!(of(failed, 3).0, Polarity::Neg);
        assert_eq!(of(failed, 1).0, Polarity::Pos, "the failing itself is no denial of it");
        let did_not_fail = "They|PRON|3|nsubj did|AUX|3|aux|do not|PART|3|advmod fail|VERB|_|root to|PART|5|mark meet|VERB|3|xcomp";
        assert_eq!(of(did_not_fail, 5).0, Polarity::Pos);
    }

    #[test]
    fn an_event_done_away_with_is_denied() {
        let cancelled =
            "The|DET|1|det march|NOUN|3|nsubj:pass was|AUX|3|aux:pass|be cancelled|VERB|_|root|cancel";
        assert_eq!(of(cancelled, 1).0, Polarity::Neg);
        assert_eq!(of(cancelled, 3).0, Polarity::Pos);
        let not_only = "They|PRON|3|nsubj not|PART|3|advmod only|ADV|3|advmod shelled|VERB|_|root|shell";
        assert_eq!(of(not_only, 3).0, Polarity::Pos);
    }

    #[test]
    fn helping_verbs_and_hopes_leave_an_event_open() {
        let could = "Fighting|NOUN|2|nsubj could|AUX|2|aux resume|VERB|_|root";
        assert_eq!(of(could, 2), (Polarity::Pos, Certainty::Possible));
        let cannot = "They|PRON|3|nsubj can|AUX|3|aux not|PART|3|advmod leave|VERB|_|root";
        assert_eq!(of(cannot, 3), (Polarity::Neg, Certainty::Certain));
        let hope =
            "Hopes|NOUN|4|nsubj|hope of|ADP|3|case a|DET|3|det truce|NOUN|0|nmod faded|VERB|_|root|fade";
        assert_eq!(of(hope, 3).1, Certainty::Possible);
        assert_eq!(of(hope, 4).1, Certainty::Certain);
        let expected = "They|PRON|1|nsubj expect|VERB|_|root to|PART|3|mark win|VERB|1|xcomp";
        assert_eq!(of(expected, 3).1, Certainty::Probable);
    }

    #[test]
    fn a_condition_is_left_open_and_what_was_announced_is_not() {
        let text = "If|SCONJ|2|mark they|PRON|2|nsubj attack|VERB|5|advcl we|PRON|5|nsubj will|AUX|5|aux answer|VERB|_|root";
        assert_eq!(of(text, 2).1, Certainty::Underspecified);
        assert_eq!(of(text, 5).1, Certainty::Certain);
        let told = "It|PRON|1|nsubj announced|VERB|_|root|announce that|SCONJ|5|mark it|PRON|5|nsubj would|AUX|5|aux close|VERB|1|ccomp camps|NOUN|5|obj|camp";
        assert_eq!(of(told, 5).1, Certainty::Certain);
    }
}
