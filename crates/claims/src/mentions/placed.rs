//! Names that stand where only places do, whatever the names layer takes them for.

use std::collections::{HashMap, HashSet};

use holdfire_types::{Dep, NameType};

use super::{Mention, Sort, name_type};
use crate::operators::is;
use crate::view::View;

/// Words of trust, behind which "in" names a person.
const TRUST: &[&str] =
    &["confidence", "trust", "faith", "hope", "interest", "believe", "believer", "confide"];
/// Prepositions that nobody else stands behind.
const LOCATIVE: &[&str] = &["in", "near", "at", "outside", "inside", "into", "throughout", "across"];

/// Nouns of acts that strike where people are, not those people.
pub const STRUCK: &[&str] = &["shelling", "bombing", "bombardment", "storming", "siege"];
/// Other nouns whose "of" names a place.
const OF_PLACE: &[&str] = &["town", "city", "village", "district", "province", "suburb", "outskirts"];

/// "Fighting near Marran", "the siege of Marran": no person, whatever the names layer takes it for.
pub fn stands_in_place(view: &View<'_>, i: usize) -> bool {
    let behind =
        |words: &[&str]| view.kids(i).any(|k| view.dep(k) == Dep::Case && k < i && is(view, k, words));
    let above = |words: &[&str]| view.tree.head(i).is_some_and(|word| is(view, word, words));
    (behind(LOCATIVE) && !above(TRUST)) || (behind(&["of"]) && (above(OF_PLACE) || above(STRUCK)))
}

/// Names that stand in a place half of the times or more are places throughout: "fighting near Marran ... Marran fell".
pub fn places_throughout(views: &mut [View<'_>]) {
    // how often a name that was taken for a person's stands in a place, and in all
    let mut counts: HashMap<&[String], (usize, usize)> = HashMap::new();
    for view in views.iter() {
        let taken = |m: &&Mention| name_type(view, m.head as usize) == Some(NameType::Person);
        for mention in view.mentions.iter().filter(taken) {
            let count = counts.entry(&mention.stems).or_default();
            count.0 += usize::from(mention.sort == Sort::Place);
            count.1 += 1;
        }
    }
    let often = |(stems, (placed, all)): (&[String], (usize, usize))| {
        (placed > 0 && placed * 2 >= all).then(|| stems.to_vec())
    };
    let places: HashSet<Vec<String>> = counts.into_iter().filter_map(often).collect();
    for mention in views.iter_mut().flat_map(|view| &mut view.mentions) {
        if mention.sort == Sort::Person && places.contains(&mention.stems) {
            mention.sort = Sort::Place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn whom_one_trusts_stands_in_no_place() {
        let of = |noun: &str| {
            let text = format!(
                "They|PRON|1|nsubj told|VERB|_|root|tell of|ADP|3|case {noun}|NOUN|1|obl in|ADP|5|case Weiss|PROPN|3|nmod"
            );
            view_of(&text, |view| stands_in_place(view, 5))
        };
        assert!(of("fighting"));
        assert!(!of("confidence"));
    }

    #[test]
    fn what_a_siege_is_of_is_a_place_and_what_a_spokesman_is_of_may_be_anyone() {
        let of = |noun: &str| {
            let text = format!("{noun}|NOUN|_|root of|ADP|2|case Weiss|PROPN|0|nmod");
            view_of(&text, |view| stands_in_place(view, 2))
        };
        assert!(of("siege"));
        assert!(!of("spokesman"));
    }
}
