//! The floor: who speaks from "X said:" on, until another takes it.

use holdfire_types::Dep;

use crate::document::Named;
use crate::mentions::{Mention, Sort};
use crate::operators::is;
use crate::source::named;
use crate::speaker;
use crate::view::View;

/// True for a sentence that hands the floor to the one whom it tells of.
pub fn ends_with_colon(view: &View<'_>) -> bool {
    let last = view.len().saturating_sub(1);
    view.len() > 1 && view.form(last) == ":" && announced(view).is_some()
}

/// "Anna Weiss said: The mission ...", where what is said stands in no quotation marks.
fn runs_on_from_colon(view: &View<'_>) -> bool {
    (1..view.len().saturating_sub(1)).any(|t| {
        view.form(t) == ":" && speaker::is_saying(view, t - 1) && !view.quoted[t + 1..].contains(&true)
    })
}

/// "Minister X said:" gives X the floor until another takes it. True for each sentence that is all X's: what follows
/// stands in no quotation marks, or inside them.
pub fn taken(views: &[View<'_>], voices: &mut [Option<Named>]) -> Vec<bool> {
    let mut held = vec![false; views.len()];
    let mut floor: Option<Named> = None;
    let mut unquoted = false;
    for (s, (voice, view)) in voices.iter_mut().zip(views).enumerate() {
        if voice.is_none() {
            voice.clone_from(&floor);
            held[s] = floor.is_some() && (unquoted || !view.quoted.contains(&false));
        }
        if ends_with_colon(view) {
            floor = announced(view);
            unquoted = views.get(s + 1).is_some_and(|next| !next.quoted.contains(&true));
            (*voice, held[s]) = (None, false);
        } else if floor.is_none() && runs_on_from_colon(view) && !views[s + 1..].iter().any(others_speak) {
            (floor, unquoted) = (speaker_in(view), true);
        }
    }
    held
}

/// True where a sentence tells of another who says something.
fn others_speak(view: &View<'_>) -> bool {
    let speaks = |t: usize| {
        speaker::is_saying(view, t) && view.subject(t).is_some_and(|who| !speaker::is_first_person(view, who))
    };
    (0..view.len()).any(|t| !view.quoted[t] && speaks(t))
}

/// Who is said to speak by a sentence that ends in a colon: "X said:", "X released this statement:".
fn announced(view: &View<'_>) -> Option<Named> {
    let of_paper = || {
        let issued = |t: usize| view.dep(t) == Dep::Obj && is(view, t, &["statement", "remark", "comment"]);
        let verb = view.tree.head((0..view.len()).find(|&t| issued(t))?)?;
        named(view, view.subject(verb)?)
    };
    // the parser may have lost the subject
    let before = || {
        view.len().checked_sub(2).filter(|&t| speaker::is_saying(view, t))?;
        let person = |m: &&Mention| m.sort == Sort::Person && !m.modifier && !m.stems.is_empty();
        view.mentions.iter().rev().find(person).map(Named::of)
    };
    speaker_in(view).or_else(of_paper).or_else(before)
}

/// The subject of the sentence's own verb of saying.
pub fn speaker_in(view: &View<'_>) -> Option<Named> {
    let verb = (0..view.len()).find(|&t| speaker::is_saying(view, t) && !view.quoted[t])?;
    named(view, view.subject(verb)?)
}
