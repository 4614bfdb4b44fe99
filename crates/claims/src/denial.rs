//! Denials in a few words: "the army denied the accusation" turns down what was told before it.

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::found::Found;
use crate::governing::SAYINGS;
use crate::operators::is;
use crate::told::{History, Told};
use crate::view::View;

/// Verbs that turn a charge down.
const DENYING: &[&str] = &["deny", "reject", "dismiss", "refute"];
/// What only he can deny who is said to have done it.
const OWN: &[&str] = &["involvement", "responsibility", "role"];
/// How claims tell that they were read so.
pub const RULE: &str = "grammar:denial";
/// How many sentences back the charge may stand.
const REACH: usize = 2;

/// How sure a bare denial is.
const SURE: f32 = 0.6;

/// What the verb at token `i` denies, where that is a charge and it is not said which.
fn charge(view: &View<'_>, i: usize) -> Option<usize> {
    if view.upos(i) != Upos::Verb || !is(view, i, DENYING) {
        return None;
    }
    // "a charge that the government denies"
    let told = view.tree.head(i).filter(|&noun| view.dep(i) == Dep::AclRelcl && is(view, noun, SAYINGS));
    if told.is_some() {
        return told;
    }
    // "Baku denies", and no more
    let silent = |k: usize| {
        !matches!(
            view.dep(k),
            Dep::Obj | Dep::Ccomp | Dep::Xcomp | Dep::Iobj | Dep::Obl | Dep::Advcl | Dep::AuxPass
        )
    };
    if is(view, i, &["deny"]) && view.subject(i).is_some() && view.kids(i).all(silent) {
        return Some(i);
    }
    let noun = view.kids(i).find(|&k| view.dep(k) == Dep::Obj && is(view, k, SAYINGS))?;
    let says_which = view.kids(noun).any(|k| match view.dep(k) {
        // other charges than the one told
        Dep::Amod => is(view, k, &["previous", "earlier", "similar", "past"]),
        Dep::Acl | Dep::Ccomp | Dep::AclRelcl => true,
        // "involvement in the attack" is the attack told before
        Dep::Nmod => !(is(view, noun, OWN) && view.is_definite(k)),
        _ => false,
    });
    (!says_which).then_some(noun)
}

/// "Denied involvement": whoever did it, the speaker did not.
pub fn of_own_hand(view: &View<'_>, i: usize) -> bool {
    charge(view, i).is_some_and(|noun| is(view, noun, OWN))
}

/// The acts of a sentence with its bare denials, in reading order.
pub fn among(view: &View<'_>, found: &[Found]) -> Vec<Found> {
    let told =
        |token: usize, noun: usize| found.iter().any(|act| act.0 == token || view.tree.under(act.0, noun));
    let denials = (0..view.len()).filter(|&t| charge(view, t).is_some_and(|noun| !told(t, noun)));
    let mut acts: Vec<Found> =
        found.iter().copied().chain(denials.map(|t| (t, Kind::Statement, SURE))).collect();
    acts.sort_by_key(|act| act.0);
    acts
}

/// What a bare denial at token `i` of sentence `s` turns down: the last charge, or else the last deed, told shortly before.
pub fn of_what<'t>(view: &View<'_>, s: usize, i: usize, told: &'t History) -> Option<&'t Told> {
    charge(view, i)?;
    let near = || told.told().iter().rev().take_while(|claim| s - claim.sentence <= REACH);
    let deed =
        |claim: &&Told| !matches!(claim.kind, Kind::Statement | Kind::Toll | Kind::Control | Kind::Talks);
    near().find(|claim| claim.stance == Stance::Accuses).or_else(|| near().find(deed))
}
