//! Who tells an act, where the grammar alone leaves no doubt: the subject of the nearest verb of saying above it.

use holdfire_types::{Dep, Kind, Upos};

use crate::operators::is;
use crate::view::View;

const SAYING: &[&str] = &[
    "say", "tell", "report", "announce", "claim", "state", "declare", "insist", "add", "confirm",
    "acknowledge", "allege", "conclude", "emphasize", "establish", "estimate", "explain", "find", "maintain",
    "note", "stress", "warn",
];

/// Verbs by which a monitor takes down what others do.
const RECORDING: &[&str] = &[
    "record", "document", "observe", "register", "count", "detect", "witness", "log", "verify", "hear",
    "report",
];

/// The subject of a verb of recording that the act at `i` is an object of: "the monitors recorded 12 attacks",
/// "violations were recorded by the monitors". It tells the act and has no part in it.
pub fn recorder(view: &View<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for above in view.tree.above(i).take(5) {
        let records = records(view, above);
        match view.dep(at) {
            Dep::Obj | Dep::Ccomp if records && !keeps(view, at, above) => {
                return view.tree.kid_by(view.sentence, above, &[Dep::Nsubj]);
            }
            Dep::NsubjPass if records => return view.kids(above).find(|&k| view.dep(k) == Dep::OblAgent),
            Dep::Nmod | Dep::Conj | Dep::Acl | Dep::Obl | Dep::OblAgent | Dep::Compound | Dep::Amod => {
                at = above;
            }
            _ => return None,
        }
    }
    None
}

/// True for a verb of recording.
pub fn records(view: &View<'_>, verb: usize) -> bool {
    view.upos(verb) == Upos::Verb && RECORDING.contains(&view.lemma_of(verb))
}

/// "Observed the truce".
fn keeps(view: &View<'_>, object: usize, verb: usize) -> bool {
    is(view, verb, &["observe"])
        && view.may_tell(object, Kind::Truce)
        && !is(view, object, &["violation", "breach"])
}

/// The token of the one who tells the act at `i`, "X said that ...", "quoted X as saying that ...", where the models found
/// the publication (`found` is nobody's token and `narrated`) or one who cites X.
pub fn teller(view: &View<'_>, i: usize, narrated: bool, found: Option<usize>) -> Option<usize> {
    if let Some(tail) = view.tail.filter(|tail| found.is_none() && tail.tells(i) && !aside(view, i)) {
        return Some(tail.head);
    }
    let found_here =
        announced(view, i).or_else(|| recorder(view, i)).or_else(|| appended(view, i)).filter(|_| narrated);
    if found_here.is_some() {
        return found_here;
    }
    let i = if narrated { content(view, i).unwrap_or(i) } else { i };
    if view.dep(i) != Dep::Ccomp {
        return quoted_after(view, i).filter(|_| narrated);
    }
    let verb = view.tree.head(i)?;
    // "... has fallen, officials said"
    let behind_it = view.subject(verb).filter(|&s| narrated && i < s && s < verb && is_saying(view, verb));
    if behind_it.is_some() {
        return behind_it;
    }
    let (verb, teller) = direct(view, i)?;
    let cites = |outer: usize| {
        view.dep(verb) == Dep::Ccomp && view.tree.head(outer) == view.tree.head(verb) && outer < teller
    };
    (narrated || found.is_some_and(cites)).then_some(teller)
}

/// The verb of saying that the act at `i` is the complement of, and who speaks by it: "X said that ...".
pub fn direct(view: &View<'_>, i: usize) -> Option<(usize, usize)> {
    let verb = view.tree.head(i).filter(|_| view.dep(i) == Dep::Ccomp)?;
    // where a comma is lost the parser may take what stands before the verb for its complement
    let behind = verb < i && view.kids(i).all(|k| view.dep(k) == Dep::Mark || verb < view.tree.extent(k).0);
    speaks(view, verb).filter(|&s| behind && s < verb).map(|s| (verb, s))
}

/// "X said: ..."
fn announced(view: &View<'_>, i: usize) -> Option<usize> {
    let says = |t: &usize| is_saying(view, *t) && view.form(t + 1) == ":";
    let verb = (0..i.saturating_sub(1)).rev().find(says)?;
    view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj])
}

/// "Three rebels were killed, he added": a teller whom the parser only sets beside what is told.
fn appended(view: &View<'_>, i: usize) -> Option<usize> {
    let last = (i + 1..view.len()).rev().find(|&t| view.upos(t) != Upos::Punct)?;
    let beside =
        view.tree.head(last).filter(|_| view.dep(last) == Dep::Parataxis && is_saying(view, last))?;
    let silent = view.kids(last).all(|k| !matches!(view.dep(k), Dep::Ccomp | Dep::Obj));
    let teller = view.tree.kid_by(view.sentence, last, &[Dep::Nsubj])?;
    (silent && i < teller && view.tree.under(i, beside)).then_some(teller)
}

/// The clause of what is said that the act at `i` is an argument of or joined to: "said that both sides agreed to talk".
fn content(view: &View<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for above in view.tree.above(i).take(5) {
        let inside = match view.dep(at) {
            Dep::Ccomp => return Some(at),
            Dep::Conj | Dep::Xcomp => true,
            Dep::Obj | Dep::Obl | Dep::Nsubj | Dep::NsubjPass => at == i,
            _ => false,
        };
        if !inside {
            return None;
        }
        at = above;
    }
    None
}

/// "The rebel-held town", "the town, which fell in May": an aside is the narrator's own.
fn aside(view: &View<'_>, i: usize) -> bool {
    matches!(view.dep(i), Dep::Amod | Dep::Compound | Dep::AclRelcl)
}

/// "We", "our", "I" in the writer's own words.
pub fn is_first_person(view: &View<'_>, i: usize) -> bool {
    view.upos(i) == Upos::Pron
        && matches!(view.form(i).to_lowercase().as_str(), "we" | "our" | "us" | "i" | "my" | "me" | "ours")
}

/// True for a verb of saying.
pub fn is_saying(view: &View<'_>, verb: usize) -> bool {
    view.upos(verb) == Upos::Verb && SAYING.contains(&view.lemma_of(verb))
}

/// Who speaks by the verb of saying at `verb`.
fn speaks(view: &View<'_>, verb: usize) -> Option<usize> {
    if !is_saying(view, verb) {
        return None;
    }
    quoted(view, verb).or_else(|| view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj]))
}

/// "The radio quoted X as saying": X, who speaks by `saying`.
fn quoted(view: &View<'_>, saying: usize) -> Option<usize> {
    let above = view.tree.head(saying).filter(|&v| is(view, v, &["quote", "cite"]))?;
    let as_saying = view.dep(saying) == Dep::Advcl && view.kids(saying).any(|k| is(view, k, &["as"]));
    // "X was quoted as saying"
    let passive = || view.tree.kid_by(view.sentence, above, &[Dep::NsubjPass]);
    as_saying.then(|| view.tree.kid_by(view.sentence, above, &[Dep::Obj]).or_else(passive)).flatten()
}

/// "..., the radio quoted X as saying" behind the act at `i`.
fn quoted_after(view: &View<'_>, i: usize) -> Option<usize> {
    let last = (i + 1..view.len()).rev().find(|&t| view.upos(t) != Upos::Punct)?;
    let ends = |t: &usize| last - t <= 4 && is(view, *t, &["saying"]) && !view.tree.under(i, *t);
    let silent = |t: &usize| !view.kids(*t).any(|k| matches!(view.dep(k), Dep::Ccomp | Dep::Obj));
    (i + 1..=last).find(|t| ends(t) && silent(t)).and_then(|t| quoted(view, t))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn the_innermost_speaker_tells_the_act() {
        let text = "Radio|NOUN|1|nsubj reported|VERB|_|root|report ministers|NOUN|3|nsubj said|VERB|1|ccomp|say rebels|NOUN|5|nsubj fled|VERB|3|ccomp|flee";
        view_of(text, |view| assert_eq!(teller(view, 5, false, Some(0)), Some(2)));
    }

    #[test]
    fn whoever_is_quoted_speaks() {
        let text = "Rebels|NOUN|1|nsubj fled|VERB|_|root|flee radio|NOUN|3|nsubj quoted|VERB|1|conj|quote ministers|NOUN|3|obj as|SCONJ|6|mark saying|VERB|3|advcl|say";
        view_of(text, |view| assert_eq!(teller(view, 1, true, None), Some(4)));
    }
}
