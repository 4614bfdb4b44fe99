//! How far a name reaches: from the noun phrase to what a claim would call it.

use holdfire_types::{Dep, NameType, Upos};

use super::name_type;
use crate::view::View;

/// Adjectives and quantifiers that are no part of a name.
const LEADING: &[&str] = &[
    "several", "many", "various", "other", "more", "most", "additional", "new", "former", "latest", "first",
    "second", "third", "suspected", "alleged", "numerous", "some", "all", "few", "two", "three", "dozen",
    "dozens", "hundred", "hundreds", "thousand", "thousands", "scores", "least", "about", "around", "nearly",
    "almost", "over", "another", "late", "at", "up", "to", "than", "as", "both", "own", "same", "such",
    "only", "approximately", "roughly", "any", "local", "unarmed", "heavy", "neighbouring", "neighboring",
    "nearby", "young", "dead", "wounded", "injured", "captured", "masked", "horrific", "brutal", "fierce",
    "key", "major", "large", "small", "overnight", "unidentified", "unknown", "anonymous", "so-called",
    "estimated", "entire", "whole", "main", "ordinary", "vulnerable", "remaining", "single",
];

/// Those whom a text calls by their number.
const SIDES: &[&str] = &["side", "party", "leader", "delegation", "faction", "government", "army"];

/// What follows a side in "Turkish-backed", which is no part of the name behind it.
const ATTACHED: &[&str] = &["backed", "linked", "held", "led", "armed"];

/// Forces that are told by their nation; what they fly is not.
const TOLD_BY_NATION: &[&str] = &["regime", "government", "army", "military", "navy", "coalition", "rebel"];

/// The token that names (which may be an apposition or the noun after "of"), and the stretch of the name.
pub fn extent(view: &View<'_>, i: usize, modifier: bool) -> (usize, usize, usize) {
    if modifier {
        let (start, end) = base(view, i);
        let start = nation_before(view, i).unwrap_or(start);
        return (i, start, end);
    }
    let kid = |deps: &[Dep], test: &dyn Fn(usize) -> bool| {
        view.kids(i).find(|&k| deps.contains(&view.dep(k)) && test(k))
    };
    let after = |k: usize| k > i;
    if view.upos(i) == Upos::Noun {
        // "the spokesman, Anna Weiss" is Anna Weiss
        let apposed =
            kid(&[Dep::Appos, Dep::Flat], &|k| after(k) && view.upos(k) == Upos::Propn && k - i < 12);
        let speaker = view.listed[i].is_some_and(|w| w.sort.speaker || w.sort.people);
        // "the terrorist group Nur"
        let body = view.listed[i].is_some_and(|w| w.sort.force);
        if let Some(k) = apposed
            && (name_type(view, k) == Some(NameType::Person)
                || (speaker && k - i < 4)
                || (body && k == i + 1))
        {
            let (start, end) = base(view, k);
            return (k, start, end);
        }
        // "the town of Marran" is Marran
        let place = view.listed[i].is_some_and(|w| w.sort.place);
        let of =
            kid(&[Dep::Nmod], &|k| after(k) && view.upos(k) == Upos::Propn && has_case(view, k, &["of"]));
        if let (true, Some(k)) = (place, of) {
            let (start, end) = base(view, k);
            return (k, start, end);
        }
    }
    if let Some(k) = beside_place(view, i) {
        return extent(view, k, false);
    }
    let (start, mut end) = base(view, i);
    let speaker = view.listed[i].is_some_and(|w| w.sort.speaker);
    // "forces of the regime", "members of Nur al-Din"
    let body = |k: usize| {
        view.upos(k) == Upos::Propn || view.listed[k].is_some_and(|w| w.sort.force || w.sort.people)
    };
    let listed = view.listed[i].filter(|w| (w.sort.force || w.sort.people) && view.upos(i) == Upos::Noun);
    let owner = listed.and_then(|_| {
        kid(&[Dep::Nmod], &|k| after(k) && k <= end + 6 && has_case(view, k, &["of", "from"]) && body(k))
    });
    if let Some(k) = owner {
        end = end.max(base(view, k).1).max(lands(view, k).unwrap_or_default());
        // "fighters of commander Anna Weiss"
        let named =
            view.kids(k).find(|&n| n == k + 1 && view.dep(n) == Dep::Appos && view.upos(n) == Upos::Propn);
        end = named.map_or(end, |n| end.max(base(view, n).1));
    }
    if view.upos(i) == Upos::Propn || speaker {
        // the names' layer may end "Mission to Varania" at its preposition
        let named = |k: usize| covering(view, i).is_some_and(|(_, last)| last + 1 == k && last > i + 1);
        let of = |k: &usize| {
            view.dep(*k) == Dep::Nmod
                && after(*k)
                && (*k <= end + 4 && has_case(view, *k, &["of", "for"])
                    || named(*k) && has_case(view, *k, &["to", "in"]))
                && view.upos(*k) == Upos::Propn
        };
        end = view.kids(i).filter(of).map(|k| base(view, k).1).fold(end, usize::max);
    }
    if let Some(last) = lands(view, i) {
        end = end.max(last);
    }
    if let Some(name) = covering(view, i)
        && view.upos(i) == Upos::Propn
    {
        end = end.max(name.1);
    }
    (i, start, end)
}

/// One past the lands in the name of what calls itself a state, which stands at `i`: "Islamic State of Iraq and the Levant".
fn lands(view: &View<'_>, i: usize) -> Option<usize> {
    if i == 0 || i + 2 >= view.len() || view.form(i) != "State" {
        return None;
    }
    // "Kachin State in Myanmar", "Northern State in Sudan" are places
    let described = view.sentence.tokens[i - 1].upos == Upos::Adj
        && upper(view, i - 1)
        && !is_direction(&view.form(i - 1).to_lowercase());
    if !described || !["of", "in"].contains(&view.form(i + 1)) {
        return None;
    }
    let link = |t: usize| ["of", "in", "and", "the"].contains(&view.form(t));
    let name = (i + 2..view.len()).take_while(|&t| upper(view, t) || link(t)).filter(|&t| upper(view, t));
    name.last().filter(|last| last - i < 8).map(|last| last + 1)
}

/// True for a token that stands among the lands of such a name.
pub fn is_land(view: &View<'_>, i: usize) -> bool {
    (i.saturating_sub(7)..i).any(|state| lands(view, state).is_some_and(|end| i < end))
}

/// True for a noun inside a body's name, which stands for nobody by itself: "Security" of "the Organization for Security".
pub fn is_within_name(view: &View<'_>, i: usize) -> bool {
    let body = covering(view, i).filter(|_| name_type(view, i) == Some(NameType::Organization));
    let Some((start, end)) = body else { return false };
    let within = |t: &usize| (start..end).contains(t);
    let top = view.tree.above(i).take_while(within).last().filter(|&top| top < i);
    top.is_some_and(|top| view.upos(top) == Upos::Propn && (top..i).any(|t| view.upos(t) == Upos::Adp))
}

/// "Syrian" of "Syrian regime" in "Syrian regime air strikes", where both stand before one noun.
pub fn nation_before(view: &View<'_>, i: usize) -> Option<usize> {
    let force = view.upos(i) == Upos::Noun && TOLD_BY_NATION.contains(&view.lemma_of(i));
    let nation = i.checked_sub(1).filter(|_| force)?;
    let beside = matches!(view.dep(nation), Dep::Amod | Dep::Compound)
        && matches!(view.dep(i), Dep::Compound)
        && view.tree.head(nation) == view.tree.head(i);
    let named = matches!(name_type(view, nation), Some(NameType::Norp | NameType::Location));
    (beside && named).then_some(nation)
}

/// "The area around the town of Marran", "the entrance to Nur": the noun of the place that is meant.
fn beside_place(view: &View<'_>, i: usize) -> Option<usize> {
    let about = ["area", "outskirt", "outskirts", "entrance", "vicinity", "surroundings"];
    let linked = view.upos(i) == Upos::Noun
        && about.contains(&view.lemma_of(i))
        && i + 2 < view.len()
        && ["of", "around", "near", "to", "outside"].contains(&view.form(i + 1));
    if !linked {
        return None;
    }
    let inside =
        |t: &usize| matches!(view.upos(*t), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num);
    let last = (i + 2..view.len().min(i + 8)).take_while(inside).last()?;
    let proper = |t: usize| view.upos(t) == Upos::Propn;
    let of = last + 2 < view.len() && view.form(last + 1) == "of" && (proper(last + 2));
    (proper(last) || (of && view.listed[last].is_some_and(|w| w.sort.place))).then_some(last)
}

fn covering(view: &View<'_>, i: usize) -> Option<(usize, usize)> {
    let at = view.sentence.names.partition_point(|n| n.end as usize <= i);
    view.sentence.names.get(at).filter(|n| n.start as usize <= i).map(|n| (n.start as usize, n.end as usize))
}

fn has_case(view: &View<'_>, i: usize, cases: &[&str]) -> bool {
    view.kids(i).any(|k| view.dep(k) == Dep::Case && cases.contains(&view.lemma_of(k)))
}

/// The base noun phrase: premodifiers, head, and what is flat behind it.
fn base(view: &View<'_>, i: usize) -> (usize, usize) {
    let mut start = i;
    let mut end = i + 1;
    for k in view.kids(i) {
        match view.dep(k) {
            Dep::Amod | Dep::Compound | Dep::NmodPoss | Dep::NmodDesc | Dep::Nummod | Dep::NmodUnmarked
                if k < i =>
            {
                start = start.min(view.tree.extent(k).0);
            }
            Dep::Flat | Dep::Goeswith | Dep::NmodDesc | Dep::Compound if k > i => {
                end = end.max(view.tree.extent(k).1);
            }
            Dep::Nummod if k == i + 1 => end = end.max(k + 1),
            _ => {}
        }
    }
    // a subtree gone astray must not make a name of half the sentence: no verb or preposition stands before the head
    let link = |t: usize| match view.upos(t) {
        Upos::Verb => !matches!(view.dep(t), Dep::Amod | Dep::Compound),
        Upos::Adp => view.form(t).chars().all(char::is_alphabetic),
        // a dash between spaces parts clauses
        Upos::Punct => {
            t > 0
                && matches!(view.form(t), "-" | "–" | "—")
                && view.sentence.tokens[t - 1].span.end < view.sentence.tokens[t].span.start
        }
        other => other == Upos::Sconj,
    };
    if let Some(cut) = (start..i).rev().find(|&t| link(t) && covering(view, t).is_none()) {
        start = cut + 1;
    }
    // "Anna Weiss in Marran-North": a part of another name gone astray
    let away = |t: usize| view.upos(t) == Upos::Adp && covering(view, t).is_none() && view.form(t) == "in";
    if let Some(cut) =
        (i + 1..end).find(|&t| away(t)).filter(|_| name_type(view, i) == Some(NameType::Person))
    {
        end = cut;
    }
    (start.max(end.saturating_sub(14)), end)
}

/// One past what stands in brackets behind a name, where it is the name's short form: "Islamic State (IS)".
pub fn abbreviated(view: &View<'_>, start: usize, end: usize) -> usize {
    let open =
        (start..end).rev().find(|&t| matches!(view.form(t), "(" | ")")).filter(|&t| view.form(t) == "(");
    if open.is_some() && end < view.len() && view.form(end) == ")" {
        return end + 1;
    }
    let bracketed = end + 2 < view.len() && view.form(end) == "(" && view.form(end + 2) == ")";
    if !bracketed || !upper(view, start) {
        return end;
    }
    let mut initials = (start..end).filter_map(|t| view.form(t).chars().next()).filter(|c| c.is_uppercase());
    let short = view.form(end + 1);
    let letters: Vec<char> = short.chars().filter(|c| c.is_uppercase()).collect();
    // in their order; the first letters of a transliteration need not all be there
    let fits = letters.len() >= 2
        && short.starts_with(char::is_uppercase)
        && letters[..2].iter().all(|letter| initials.any(|initial| initial == *letter));
    if fits { end + 3 } else { end }
}

fn upper(view: &View<'_>, i: usize) -> bool {
    view.form(i).starts_with(char::is_uppercase)
}

/// The first token of a phrase with a name in it, past what only describes: "hardline Islamic State militants", "defiant Syrian
/// regime". What says which part of a place is meant stays.
fn past_description(view: &View<'_>, head: usize, start: usize) -> usize {
    let described = |t: usize| {
        matches!(view.upos(t), Upos::Adj | Upos::Verb | Upos::Adv | Upos::Noun | Upos::Punct)
            && !view.form(t).contains(char::is_uppercase)
            && !is_direction(view.form(t))
            && view.form(t) != "ethnic"
    };
    match (start..=head).find(|&t| upper(view, t)) {
        Some(name) if (start..name).all(described) => name,
        _ => start,
    }
}

fn is_direction(form: &str) -> bool {
    ["north", "south", "east", "west", "central"].iter().any(|way| form.starts_with(way))
}

/// Cuts articles, counts and quotation marks off both ends.
pub fn trim(view: &View<'_>, head: usize, mut start: usize, mut end: usize) -> Option<(usize, usize)> {
    let skip = |i: usize| {
        matches!(
            view.upos(i),
            Upos::Det
                | Upos::Num
                | Upos::Punct
                | Upos::Adv
                | Upos::Adp
                | Upos::Part
                | Upos::Cconj
                | Upos::Sym
        ) || (view.upos(i) == Upos::Pron)
            || (view.upos(i) != Upos::Propn && LEADING.contains(&view.form(i).to_lowercase().as_str()))
            // a verb or date that the parser drew into the phrase
            || (view.upos(i) == Upos::Verb && view.sentence.tokens[i].xpos != "VBN")
            || name_type(view, i) == Some(NameType::Date)
    };
    // "the Britain-based Observatory" is the Observatory
    if let Some(based) = (start..end.saturating_sub(1)).find(|&i| view.form(i).eq_ignore_ascii_case("based"))
    {
        start = based + 1;
    }
    // but "Armed" of "Varanian Armed Forces" is of the name
    let attached = |i: usize| {
        let form = view.form(i).to_lowercase();
        let hyphened = form.contains('-') || (i > 0 && view.form(i - 1) == "-");
        (hyphened || !upper(view, i)) && ATTACHED.contains(&form.rsplit('-').next().unwrap_or_default())
    };
    // whose a nameless force or place is tells it apart: "rebel-held districts", "Varanian-led Coalition"
    let side = (start..end.saturating_sub(1)).find(|&i| attached(i));
    let named = |t: usize| upper(view, t) && !view.form(t).eq_ignore_ascii_case("coalition");
    if let Some(side) = side.filter(|&side| (side + 1..end).any(named)) {
        start = side + 1;
    }
    // "a 15-year-old boy"
    let aged = |t: usize| t + 5 < end && view.form(t + 1) == "-" && view.form(t + 4) == "old";
    while start < end && (skip(start) || aged(start)) {
        start += if aged(start) { 5 } else { 1 };
    }
    if (start..end).contains(&head) {
        start = past_description(view, head, start);
    }
    // "both sides": how many of them there are is all that names them
    let unnamed = |t: usize| view.upos(t) != Upos::Propn && !upper(view, t);
    if let Some(before) = start.checked_sub(1)
        && (start..end).contains(&head)
        && SIDES.contains(&view.lemma_of(head))
        && (start..end).all(unnamed)
        && ["both", "each", "two"].iter().any(|word| view.form(before).eq_ignore_ascii_case(word))
    {
        start = before;
    }
    while end > start && matches!(view.upos(end - 1), Upos::Punct | Upos::Part | Upos::Adp | Upos::Cconj) {
        end -= 1;
    }
    (start < end).then_some((start, end))
}
