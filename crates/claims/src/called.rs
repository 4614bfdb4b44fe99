//! Those whom a text calls by their kind alone once they are known: "the group", "the army", "the town".
//!
//! A *body* is an armed group, a national or allied force, a place, or what carries aid. [`Called`] keeps which ones the text has named and
//! gives a bare noun the name of the one that it goes on about.

use std::collections::{HashMap, HashSet};

use holdfire_types::Dep;

use crate::mentions::{Mention, Sort};
use crate::operators::is;
use crate::view::View;

/// Nouns that tell that the name beside them is an armed group's.
const ARMED: &[&str] = &[
    "group", "militant", "fighter", "jihadist", "insurgent", "terrorist", "extremist", "militia",
    "guerrilla", "organisation", "organization", "movement",
];
/// Words that only the names of armed groups have.
const FIGHTING: &[&str] = &["liberation", "resistance", "jihad", "mujahideen", "brigade"];
/// Nouns that stand for the one group that was named.
const GROUPS: &[&str] = &["group", "organisation", "organization", "movement", "militia"];
/// What may describe such a noun: another word tells of another group ("the monitoring group").
const WARLIKE: &[&str] =
    &["extremist", "terrorist", "jihadist", "militant", "rebel", "armed", "islamist", "insurgent", "takfiri"];
/// Forces that have a nation or an ally in their full name.
const FORCES: &[&str] = &["army", "military", "coalition", "air force", "navy"];
/// Nouns of places, those that stand for each other side by side.
const PLACES: &[&[&str]] = &[
    &["city", "town"],
    &["village"],
    &["district", "neighbourhood", "neighborhood", "quarter", "suburb"],
    &["province", "governorate", "region"],
    &["camp"],
    &["island"],
    &["hospital", "clinic"],
    &["school"],
    &["mosque"],
    &["shrine"],
    &["church"],
    &["market"],
    &["prison"],
    &["airport", "airbase", "airfield"],
    &["base"],
    &["crossing"],
    &["bridge"],
    &["dam"],
    &["hotel"],
    &["embassy"],
];
/// Nouns of what carries aid, which a text tells in full once.
const CARRIERS: &[&str] = &["convoy", "flotilla", "shipment"];

/// The bodies that a document names.
#[derive(Debug, Default)]
pub struct Called {
    groups: HashSet<Vec<String>>,
    group: Option<String>,
    forces: HashMap<&'static str, String>,
    places: HashMap<usize, String>,
    place: Option<String>,
    carriers: HashMap<&'static str, Mention>,
}

impl Called {
    /// Looks over a whole document for armed groups, and for the first full name of each force: a lead calls it short.
    pub fn new(views: &[View<'_>]) -> Self {
        let mut called = Self::default();
        for view in views {
            for mention in &view.mentions {
                if is_group(view, mention) {
                    called.groups.insert(mention.stems.clone());
                }
                if let Some((force, true)) = force(mention) {
                    called.forces.entry(force).or_insert_with(|| mention.name.clone());
                }
            }
        }
        called
    }

    /// The full name of what a mention calls by its kind, and what it is.
    pub fn name<'s>(&'s self, view: &'s View<'_>, mention: &Mention) -> Option<(&'s str, Sort)> {
        let head = mention.head as usize;
        if let Some(coalition) = self.forces.get("coalition").filter(|name| leads(view, head, name)) {
            return Some((coalition, Sort::Force));
        }
        // a capital is a name's own, but for the first word's
        if mention.name.contains(char::is_uppercase) && mention.start > 0 {
            return None;
        }
        if let Some(named) = apposed(view, mention) {
            return Some((&named.name, Sort::Organization));
        }
        if let Some((force, false)) = force(mention) {
            return Some((self.forces.get(force)?, mention.sort));
        }
        if mention.modifier || !view.is_definite(head) {
            return None;
        }
        let noun = view.lemma_of(head);
        if GROUPS.contains(&noun) && mention.stems.iter().all(|s| s == noun || WARLIKE.contains(&s.as_str()))
        {
            return Some((self.group.as_deref()?, Sort::Organization));
        }
        if mention.stems.len() != 1 {
            return None;
        }
        if let Some(full) = self.carriers.get(noun) {
            return Some((&full.name, full.sort));
        }
        // an area may be of any place, the one named last
        let name = if noun == "area" { self.place.as_ref() } else { self.places.get(&place(noun)?) };
        Some((name?, Sort::Place))
    }

    /// Keeps what a mention names, as the text goes on.
    pub fn remember(&mut self, view: &View<'_>, mention: &Mention) {
        if mention.resolved && mention.sort == Sort::Place {
            return;
        }
        if self.groups.contains(&mention.stems) {
            self.group = Some(mention.name.clone());
        }
        if let Some((force, true)) = force(mention) {
            self.forces.insert(force, mention.name.clone());
        }
        let head = mention.head as usize;
        if let Some(carrier) =
            CARRIERS.iter().find(|noun| **noun == view.lemma_of(head)).filter(|_| !mention.modifier)
        {
            let fuller = |known: &Mention| known.stems.len() < mention.stems.len();
            if (2..=6).contains(&mention.stems.len()) && self.carriers.get(carrier).is_none_or(fuller) {
                self.carriers.insert(carrier, mention.clone());
            }
        }
        let noun = place(view.lemma_of(head)).or_else(|| place(mention.stems.last()?));
        if let Some(noun) =
            noun.filter(|_| mention.name.contains(char::is_uppercase) && mention.stems.len() <= 4)
        {
            self.places.insert(noun, mention.name.clone());
            self.place = Some(mention.name.clone());
        }
    }
}

/// "Nur group", "fighters of Nur", "militant group Nur": the mention names an armed group.
fn is_group(view: &View<'_>, mention: &Mention) -> bool {
    let named = matches!(mention.sort, Sort::Organization | Sort::OtherName)
        && mention.name.starts_with(char::is_uppercase);
    let watches =
        mention.stems.iter().any(|s| matches!(s.as_str(), "observatory" | "right" | "monitor" | "council"));
    let (start, end) = (mention.start as usize, mention.end as usize);
    let head = mention.head as usize;
    let beside = [start.checked_sub(1), Some(end).filter(|&e| e < view.len()), end.checked_sub(1)];
    // "Nur, a rebel group", "the rebel group, Nur"
    let apposed = view.kids(head).find(|&k| view.dep(k) == Dep::Appos);
    let apposed = apposed.or_else(|| view.tree.head(head).filter(|_| view.dep(head) == Dep::Appos));
    let armed = |t: usize| ARMED.contains(&view.lemma_of(t));
    let fighting = mention.stems.iter().any(|s| FIGHTING.contains(&s.as_str()));
    named && !watches && (fighting || beside.into_iter().flatten().chain(apposed).any(armed))
}

/// "The main rebel group, the Movement of Nur": the name that stands in apposition to a body's kind.
fn apposed<'v>(view: &'v View<'_>, mention: &Mention) -> Option<&'v Mention> {
    let head = mention.head as usize;
    let kind = !mention.modifier
        && !mention.name.contains(char::is_uppercase)
        && (GROUPS.contains(&view.lemma_of(head))
            || is(view, head, &["service", "agency", "party", "faction", "alliance", "coalition"]));
    let called = |k: usize| matches!(view.dep(k), Dep::Acl) && is(view, k, &["know", "call", "name", "dub"]);
    let name = view.kids(head).find(|&k| kind && k > head && view.dep(k) == Dep::Appos).or_else(|| {
        let verb = view.kids(head).find(|&k| called(k) && k > head)?;
        view.kids(verb).find(|&k| k > verb && matches!(view.dep(k), Dep::Obl | Dep::Xcomp | Dep::Obj))
    })?;
    view.mentions.iter().find(|m| {
        m.head as usize == name
            && !m.modifier
            && matches!(m.sort, Sort::Organization | Sort::OtherName | Sort::Force)
            && m.name.starts_with(char::is_uppercase)
    })
}

/// "US" of "US-led air strikes", where `coalition` is the US-led one.
fn leads(view: &View<'_>, head: usize, coalition: &str) -> bool {
    let led = head + 3 < view.len() && view.form(head + 1) == "-" && view.form(head + 2) == "led";
    let named = coalition.strip_prefix(view.form(head)).is_some_and(|rest| rest.starts_with("-led"));
    let of_forces = |t: usize| view.listed[t].is_some_and(|w| w.sort.force);
    let noun = Some(head + 2).filter(|_| led && named).and_then(|led| view.tree.head(led));
    noun.is_some_and(|noun| noun > head && !(head + 3..=noun).any(of_forces))
}

/// The force that a mention names, and whether it is by its full name: "the Varanian army", "the US-led coalition".
fn force(mention: &Mention) -> Option<(&'static str, bool)> {
    if !matches!(mention.sort, Sort::Force | Sort::Organization | Sort::OtherName | Sort::Thing) {
        return None;
    }
    let name = mention.name.as_str();
    let rest = |force: &&&str| {
        let at = name.len().checked_sub(force.len())?;
        name.get(at..).filter(|end| end.eq_ignore_ascii_case(force)).and(name.get(..at))
    };
    let force = FORCES.iter().find(|f| rest(f).is_some())?;
    let before = rest(&force)?.trim_end();
    let full = before.starts_with(char::is_uppercase)
        && (before.ends_with("-led") || !before.contains(' '))
        && before.len() > 1;
    (before.is_empty() || full).then_some((force, full))
}

/// Which of [`PLACES`] a noun is.
fn place(noun: &str) -> Option<usize> {
    PLACES.iter().position(|nouns| nouns.contains(&noun))
}
