//! Places that are told to be divided among those who hold their parts: one claim of control, by all of them.

use holdfire_types::Kind;

use crate::document::Named;
use crate::names::same_stems;
use crate::operators::is;
use crate::options::RoleOption;
use crate::view::View;

/// The verb by which the sentence divides a place, at `i` or above it.
pub fn dividing(view: &View<'_>, i: usize) -> Option<usize> {
    let verb = (0..=i).rev().find(|&t| is(view, t, &["divide", "split"]))?;
    (verb == i || view.tree.under(i, verb)).then_some(verb)
}

/// True where the control told at `t` is told at `main` too: "divided into rebel-held and government-held areas".
pub fn told_by(view: &View<'_>, main: usize, t: usize) -> bool {
    main < t && dividing(view, t).is_some_and(|verb| dividing(view, main) == Some(verb))
}

/// Adds all who hold a part of what is divided.
pub fn holders(view: &View<'_>, i: usize, own: &[RoleOption], actors: &mut Vec<Named>) {
    let Some(verb) = dividing(view, i) else { return };
    let held = |noun: usize| view.may_tell(noun, Kind::Control);
    for option in own.iter().filter(|o| o.head > verb && o.is_party && !o.who.stems.is_empty()) {
        let next = option.head + 1;
        let holds = next < view.len() && (view.form(next) == "-" || held(next));
        let holds = holds || option.modifies.is_some_and(held);
        if holds && !actors.iter().any(|who| same_stems(&who.stems, &option.who.stems)) {
            actors.push(option.who.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn a_divided_town_is_told_of_once() {
        let text = "Marran|PROPN|2|nsubj:pass is|AUX|2|aux:pass divided|VERB|_|root|divide between|ADP|5|case government|NOUN|5|compound control|NOUN|2|obl and|CCONJ|8|cc rebel|NOUN|8|compound control|NOUN|5|conj";
        view_of(text, |view| {
            assert!(told_by(view, 5, 8));
            assert!(!told_by(view, 8, 5));
        });
    }
}
