//! Operators: helping verbs, negation, conditions and words of stopping whose scope an act stands in.

use holdfire_types::{Dep, Kind, Upos};

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
    /// Who was to do it failed to.
    pub failed: bool,
    /// What keeps others off is ended by it: "lifted the siege".
    pub lifted: bool,
}

const POSSIBLE: &[&str] = &["may", "might", "could"];
const IRREAL: &[&str] = &["would", "should"];
const CONDITION: &[&str] = &["if", "unless", "provided"];
/// Words that deny a predicate.
pub const NEGATION: &[&str] = &["not", "never", "n't", "nor", "neither", "no"];
const REFUSAL: &[&str] = &["refuse", "decline", "fail"];
/// Verbs that end what is below them.
pub const STOPPING: &[&str] = &["stop", "halt", "cease", "refrain", "end", "suspend"];
/// Words that end what keeps others off.
pub const LIFTING: &[&str] = &["lift", "remove", "drop", "revoke", "lifting", "removal"];

/// The operators over the act at token `i`.
pub fn over(view: &View<'_>, i: usize) -> Operators {
    let mut found = Operators { open: is_question(view) || is_contrary(view, i), ..Operators::default() };
    end_of(view, i, &mut found);
    let mut at = i;
    for _ in 0..8 {
        look(view, i, at, &mut found);
        let Some(above) = view.tree.head(at) else { break };
        match view.dep(at) {
            Dep::Advcl if is_condition(view, at) || is_awaited(view, at, above) => {
                found.open = true;
                break;
            }
            // a new speaker begins above: only a condition that the parser hung there still counts
            Dep::Ccomp | Dep::Parataxis => {
                found.conditional |= has_condition(view, i, above);
                break;
            }
            // "force against anyone who violates it": nobody has yet
            Dep::AclRelcl if is(view, above, &["anyone", "anybody", "whoever"]) => {
                found.open = true;
                break;
            }
            // "to refrain from attacking"
            Dep::Advcl if marked(view, at, &["from"]) && is(view, above, STOPPING) => {}
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
            govern(view, at, above, &mut found);
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
            // a guess about what did happen is a claim; what would have happened did not
            // what could not be done was not done
            Dep::Aux if is(view, k, &["could"]) && view.kids(at).any(|n| is(view, n, NEGATION)) => {}
            Dep::Aux if is(view, k, POSSIBLE) && !perfect => found.open = true,
            Dep::Aux if is(view, k, IRREAL) && perfect => found.open = true,
            Dep::Advmod | Dep::CcPreconj if is(view, k, NEGATION) => found.denied = true,
            Dep::Advmod if is(view, k, &["long"]) && view.kids(k).any(|l| is(view, l, &["no"])) => {
                found.denied = true;
            }
            Dep::Nsubj | Dep::NsubjPass if opens_with_not(view, k) => found.denied = true,
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

/// "Not a single convoy", but not "not only".
pub fn opens_with_not(view: &View<'_>, subject: usize) -> bool {
    let (first, _) = view.tree.extent(subject);
    is(view, first, &["not"]) && first + 1 < view.len() && !is(view, first + 1, &["only"])
}

/// What a verb does to the clause below it.
fn govern(view: &View<'_>, clause: usize, verb: usize, found: &mut Operators) {
    if view.upos(verb) != Upos::Verb {
        return;
    }
    // "failed to stop the bombing": it goes on
    if is(view, verb, REFUSAL) && found.stopped {
        found.stopped = false;
    } else if is(view, verb, REFUSAL) {
        found.denied = true;
        found.failed |= is(view, verb, &["fail"]);
    }
    found.stopped |=
        is(view, verb, STOPPING) || (is(view, verb, &["warn"]) && marked_by(view, clause, &["against"]));
}

/// An act noun that is to end: "halt the offensive", "an end to the siege", "sanctions were lifted".
fn end_of(view: &View<'_>, i: usize, found: &mut Operators) {
    found.lifted |= view.upos(i) == Upos::Verb && is(view, i, LIFTING);
    // "to halt air strikes", where the verb stands for the act
    found.stopped |= view.upos(i) == Upos::Verb
        && is(view, i, STOPPING)
        && view.kids(i).any(|k| view.dep(k) == Dep::Obj && view.kinds[k] != 0);
    let Some(above) = view.tree.head(i).filter(|_| !view.is_predicate(i)) else { return };
    let ended = match view.dep(i) {
        Dep::Obj | Dep::NsubjPass => view.upos(above) == Upos::Verb,
        Dep::Nmod => view.upos(above) == Upos::Noun && marked_by(view, i, &["to", "of", "in"]),
        _ => false,
    };
    found.stopped |= ended && is(view, above, STOPPING);
    found.lifted |= ended && (is(view, above, STOPPING) || is(view, above, LIFTING));
}

/// "Will go on until the siege is lifted", "no truce before the hostages are freed": nobody has freed them yet. But what
/// happened "before the truce takes effect on Monday" tells that it will.
fn is_awaited(view: &View<'_>, clause: usize, above: usize) -> bool {
    let peace = |s: usize| view.may_tell(s, Kind::Truce) || view.may_tell(s, Kind::Talks);
    let present = matches!(view.sentence.tokens[clause].xpos, "VBZ" | "VBP");
    if present && marked(view, clause, &["before"]) && view.subject(clause).is_some_and(peace) {
        return false;
    }
    let past = view.sentence.tokens[clause].xpos == "VBD"
        || view.kids(clause).any(|k| ["was", "were", "had"].contains(&view.form(k)));
    let to_come = view.dep(above) == Dep::Xcomp || view.kids(above).any(|k| is(view, k, &["will", "would"]));
    // where all is told in the present, "rebels hold the town until the army takes it", it came
    let told_now = matches!(view.sentence.tokens[above].xpos, "VBZ" | "VBP");
    marked(view, clause, &["until", "before"]) && (to_come || !(past || told_now))
}

/// "Had the army not bombed the bridge, ...": it did.
fn is_contrary(view: &View<'_>, i: usize) -> bool {
    let helping = view.kids(i).find(|&k| view.dep(k) == Dep::Aux && view.lemma_of(k) == "have");
    helping.is_some_and(|k| view.form(k) == "Had" && view.subject(i).is_some_and(|s| k < s))
}

/// True for the main verb of a sentence that nobody is quoted in and that no adverb of hearsay hedges.
pub fn is_plain(view: &View<'_>, i: usize) -> bool {
    view.dep(i) == Dep::Root
        && view.upos(i) == Upos::Verb
        && view.spoken == 0
        && !view.quoted.contains(&true)
        && !view.kids(i).any(|k| is(view, k, &["allegedly", "purportedly", "reportedly"]))
}

/// True for a sentence that asks.
fn is_question(view: &View<'_>) -> bool {
    (0..view.len())
        .rev()
        .find(|&t| !matches!(view.form(t), "\"" | "”" | "''" | "'" | "’" | ")"))
        .is_some_and(|t| view.form(t) == "?")
}

fn has_condition(view: &View<'_>, act: usize, at: usize) -> bool {
    view.kids(at).any(|k| view.dep(k) == Dep::Advcl && is_condition(view, k) && !view.tree.under(act, k))
}

/// "If the rebels refuse", "should the rebels refuse".
fn is_condition(view: &View<'_>, clause: usize) -> bool {
    let inverted = |k: usize| {
        view.dep(k) == Dep::Aux && is(view, k, &["should"]) && view.subject(clause).is_some_and(|s| k < s)
    };
    marked(view, clause, CONDITION) || view.kids(clause).any(inverted)
}

/// True where a mark or adverb of the list opens the clause.
pub fn marked(view: &View<'_>, clause: usize, marks: &[&str]) -> bool {
    view.kids(clause).any(|k| matches!(view.dep(k), Dep::Mark | Dep::Advmod) && is(view, k, marks))
}

/// True for a word of the list, by lemma or form.
pub fn is(view: &View<'_>, i: usize, words: &[&str]) -> bool {
    words.contains(&view.lemma_of(i)) || words.iter().any(|w| view.form(i).eq_ignore_ascii_case(w))
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
pub fn marked_by(view: &View<'_>, at: usize, words: &[&str]) -> bool {
    view.kids(at).any(|k| matches!(view.dep(k), Dep::Case | Dep::Mark) && is(view, k, words))
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
