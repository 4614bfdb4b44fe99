//! Names that may be places, as stretches of a sentence: the bare name, without what describes it.

use holdfire_types::{Dep, Kind, NameType, Upos};

use crate::view::View;

/// A name: tokens `start..end`, headed by `head`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceName {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The token of it that hangs on a word outside.
    pub head: usize,
}

/// Written small before a name, these say which part of it is meant.
const PARTS: &[&str] = &[
    "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeast",
    "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern",
    "north-east", "north-west", "south-east", "south-west", "north-eastern", "north-western",
    "south-eastern", "south-western", "upper", "lower", "downtown",
];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Small words inside names.
const INNER: &[&str] = &["al", "ash", "el", "de"];
/// Words before the name of where something is.
const WITHIN: &[&str] = &["in", "of", "near", "at", "outside", "inside", "within", "on", "off", "around"];
/// Prepositions whose object is a place, if it is a name.
const LOCATIVE: &[&str] = &["in", "at", "near", "outside", "into", "inside", "around", "across"];
/// Nouns of parts of a town or province.
const SUBDIVISIONS: &[&str] = &[
    "area", "region", "district", "neighborhood", "neighbourhood", "quarter", "suburb", "section", "sector",
    "countryside", "zone", "subdistrict",
];
/// Nouns of places besides the pack's.
const SITES: &[&str] =
    &["state", "county", "locality", "axis", "gate", "peak", "roundabout", "farm", "field", "hill"];

/// The proper names of a sentence that may be places, in reading order.
pub fn find(view: &View<'_>) -> Vec<PlaceName> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.len() {
        if !proper(view, at) {
            at += 1;
            continue;
        }
        let end = run_end(view, at + 1);
        if let Some(name) = trimmed(view, at, end) {
            found.push(name);
        }
        at = end;
    }
    let sure: Vec<bool> = found.iter().map(|n| is_place(view, n)).collect();
    let joined = |n: &PlaceName| {
        let mut others = found.iter().zip(&sure).filter(|(o, sure)| **sure && o.start != n.start);
        others.any(|(o, _)| conj_root(view, o.head) == conj_root(view, n.head))
    };
    let keep = |(n, sure): (&PlaceName, &bool)| (*sure || joined(n)).then_some(*n);
    found.iter().zip(&sure).filter_map(keep).collect()
}

/// The first of those that `i` is joined to by "and".
pub fn conj_root(view: &View<'_>, i: usize) -> usize {
    let mut at = i;
    while let Some(above) = view.tree.head(at) {
        if view.dep(at) != Dep::Conj || view.upos(above) == Upos::Verb {
            break;
        }
        at = above;
    }
    at
}

/// True where `wide` only tells where `name` lies: "Ain Tara village in Jabal province", "the Jabal town of Ain Tara".
pub fn tells_where(view: &View<'_>, wide: &PlaceName, name: &PlaceName) -> bool {
    let between = |from: usize, to: usize, most: usize| from <= to && to - from <= most;
    if between(wide.end, name.start, 5) {
        return stands_before(view, wide, name);
    }
    if !between(name.end, wide.start, 7) || view.dep(wide.head) == Dep::Conj {
        return false;
    }
    let mid = name.end..wide.start;
    let within = |i: usize| WITHIN.contains(&view.form(i));
    let filling = |i: usize| {
        within(i)
            || is_site(view, i)
            || matches!(view.upos(i), Upos::Adj | Upos::Det)
            || matches!(view.form(i), "," | "-")
            || PARTS.contains(&view.form(i))
    };
    mid.clone().any(within) && mid.clone().all(filling) && !tells_where(view, name, wide)
}

/// "The Jabal town of Ain": `wide` stands before a noun whose name is `name`. "The Ain district of Jabal" and "Ain village
/// of Jabal" are the other way round: what is part of a town is named by what stands before it.
fn stands_before(view: &View<'_>, wide: &PlaceName, name: &PlaceName) -> bool {
    let mid = wide.end..name.start;
    let Some(of) = mid.clone().find(|&i| view.form(i) == "of").filter(|&of| of > wide.end) else {
        return false;
    };
    let noun = of - 1;
    let before = (0..wide.start).rev().find(|&i| view.upos(i) != Upos::Adj);
    let article = before.is_some_and(|i| view.upos(i) == Upos::Det);
    (wide.end..of).any(|i| is_site(view, i))
        && !SUBDIVISIONS.contains(&view.lemma_of(noun))
        && (view.lemma_of(noun) != "village" || article)
        && !mid.clone().any(|i| matches!(view.form(i), "in" | "at" | "near" | "and" | ","))
}

fn proper(view: &View<'_>, i: usize) -> bool {
    let form = view.form(i);
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let in_name = matches!(name_type(view, i), Some(NameType::Location | NameType::Facility));
    let named = in_name && capital && !matches!(view.upos(i), Upos::Adp | Upos::Det);
    (view.upos(i) == Upos::Propn || named) && !form.starts_with(['.', ',', ';'])
}

fn name_type(view: &View<'_>, i: usize) -> Option<NameType> {
    crate::mentions::name_type(view, i)
}

/// One past the last token of the name that goes on at `i`, over hyphens, quotation marks and small words inside it.
fn run_end(view: &View<'_>, mut i: usize) -> usize {
    let glued = |a: usize| view.sentence.tokens[a].span.end == view.sentence.tokens[a + 1].span.start;
    let proper_at = |i: usize| i < view.len() && proper(view, i);
    while i < view.len() {
        let form = view.form(i);
        let hyphen = matches!(form, "-" | "–" | "'" | "’") && glued(i - 1);
        let quoted = i + 1 < view.len() && matches!(view.form(i + 1), "‘" | "'");
        i += if proper(view, i) {
            1
        } else if (hyphen || form == "‘" || INNER.contains(&form)) && proper_at(i + 1) {
            2
        } else if hyphen && quoted && proper_at(i + 2) {
            3
        } else {
            break;
        };
    }
    i
}

fn trimmed(view: &View<'_>, mut start: usize, mut end: usize) -> Option<PlaceName> {
    while end > start + 1 && WEEKDAYS.contains(&view.form(end - 1)) {
        end -= 1;
    }
    while start + 1 < end && PARTS.contains(&view.form(start)) {
        start += 1;
    }
    if start > 0
        && view.form(start - 1) == "‘"
        && view.sentence.tokens[start - 1].span.end == view.sentence.tokens[start].span.start
    {
        start -= 1;
    }
    let outside = |i: &usize| view.tree.head(*i).is_none_or(|h| h < start || h >= end);
    let head = (start..end).filter(|i| view.upos(*i) != Upos::Punct).find(outside)?;
    Some(PlaceName { start, end, head })
}

/// True where the name's type, the noun by it or what it hangs on says that it is a place.
fn is_place(view: &View<'_>, name: &PlaceName) -> bool {
    let types: Vec<NameType> = (name.start..name.end).filter_map(|i| name_type(view, i)).collect();
    if types.iter().any(|t| matches!(t, NameType::Date | NameType::Money)) {
        return false;
    }
    if types.iter().any(|t| matches!(t, NameType::Location | NameType::Facility)) {
        return true;
    }
    let site_before = |i: usize| {
        let above = view.tree.head(i);
        let names = matches!(view.dep(i), Dep::Nmod | Dep::Appos | Dep::Compound | Dep::Flat | Dep::NmodDesc);
        names && above.is_some_and(|h| is_site(view, h))
    };
    let site_after = name.end < view.len() && view.upos(name.end) == Upos::Noun && is_site(view, name.end);
    if is_site(view, name.end - 1) || site_after || site_before(conj_root(view, name.head)) {
        return true;
    }
    let people = types.contains(&NameType::Norp);
    let stands = matches!(view.dep(name.head), Dep::Obl | Dep::Nmod)
        && view.kids(name.head).any(|k| view.dep(k) == Dep::Case && LOCATIVE.contains(&view.form(k)));
    let taken = view.dep(name.head) == Dep::Obj
        && view.tree.head(name.head).is_some_and(|h| view.may_tell(h, Kind::Capture))
        && !types.contains(&NameType::Organization);
    !people && (stands || taken)
}

/// True for a noun of a place ("town", "bridge").
pub fn is_site(view: &View<'_>, i: usize) -> bool {
    view.listed[i].is_some_and(|w| w.sort.place)
        || SITES.iter().any(|s| view.lemma_of(i).eq_ignore_ascii_case(s))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::sentence;
    use holdfire_world::World;

    fn told(items: &str, test: impl FnOnce(&View<'_>, Vec<&str>)) {
        let (text, sentence) = sentence(items);
        let acts = World::embedded().unwrap().acts();
        let view = View::new(&text, &sentence, acts, &mut false);
        let span =
            |n: &PlaceName| sentence.tokens[n.start].span.cover(sentence.tokens[n.end - 1].span).of(&text);
        let names = find(&view);
        test(&view, names.iter().map(span).collect());
    }

    #[test]
    fn the_bare_name_is_the_place_and_those_joined_to_it_are_too() {
        let items = "in|ADP|4|case the|DET|4|det northern|ADJ|4|amod the|DET|4|det towns|NOUN|9|obl|town of|ADP|6|case \
                     Ain|PROPN|4|nmod and|CCONJ|8|cc Deir|PROPN|6|conj died|VERB|_|root|die";
        told(items, |_, names| assert_eq!(names, ["Ain", "Deir"]));
        let mover = "Zed|PROPN|1|nsubj spoke|VERB|_|root|speak";
        told(mover, |_, names| assert_eq!(names, Vec::<&str>::new()));
    }

    #[test]
    fn what_tells_where_another_lies_is_the_wider_one() {
        let inside = "at|ADP|1|case Ain|PROPN|5|obl in|ADP|4|case Jabal|PROPN|4|compound province|NOUN|1|nmod fell|VERB|_|root";
        told(inside, |view, names| {
            assert_eq!(names, ["Ain", "Jabal"]);
            let found = find(view);
            assert!(tells_where(view, &found[1], &found[0]));
            assert!(!tells_where(view, &found[0], &found[1]));
        });
        let part = "the|DET|2|det Ain|PROPN|2|compound district|NOUN|5|nsubj of|ADP|4|case Jabal|PROPN|2|nmod fell|VERB|_|root";
        told(part, |view, names| {
            assert_eq!(names, ["Ain", "Jabal"]);
            let found = find(view);
            assert!(tells_where(view, &found[1], &found[0]));
            assert!(!tells_where(view, &found[0], &found[1]));
        });
        let named = "the|DET|2|det Jabal|PROPN|2|compound town|NOUN|5|nsubj of|ADP|4|case Ain|PROPN|2|nmod fell|VERB|_|root";
        told(named, |view, names| {
            assert_eq!(names, ["Jabal", "Ain"]);
            let found = find(view);
            assert!(tells_where(view, &found[0], &found[1]));
        });
    }
}
