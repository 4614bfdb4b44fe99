//! Whose people a text's speakers are: "Houthi spokesman Anna Weiss", "Anna Weiss, a commander of the Marran Army".
//!
//! What they call theirs ("his men") is their body's, and "the commander" is she.

use std::collections::HashMap;

use holdfire_types::Upos;

use crate::mentions::{Mention, Sort};
use crate::operators::is;
use crate::view::View;

/// Those who speak or command for a body.
const OFFICES: &[&str] = &[
    "ambassador", "brigadier", "chief", "colonel", "commander", "delegate", "director", "envoy", "founder",
    "general", "governor", "head", "leader", "lieutenant", "major", "member", "minister", "negotiator",
    "official", "president", "representative", "secretary", "spokesman", "spokesperson", "spokeswoman",
];

/// Most tokens between a body and its person.
const NEAR: usize = 6;

/// The body of each person whom a text introduces with one, and who holds an office, by the name that it gives them.
#[derive(Debug, Default)]
pub struct Bodies {
    of: HashMap<String, String>,
    holders: HashMap<String, String>,
}

impl Bodies {
    /// Keeps the persons of a sentence.
    pub fn remember(&mut self, view: &View<'_>) {
        for person in view.mentions.iter().filter(|m| m.sort == Sort::Person && !m.modifier) {
            if let Some(body) = before(view, person).or_else(|| behind(view, person)) {
                self.of.entry(person.name.clone()).or_insert_with(|| body.name.clone());
            }
            if let Some(office) = apposed(view, person) {
                self.holders.insert(view.lemma_of(office).to_owned(), person.name.clone());
            }
        }
    }

    /// Who is meant by "the ambassador".
    pub fn holder(&self, view: &View<'_>, mention: &Mention) -> Option<&str> {
        let head = mention.head as usize;
        let bare = mention.end == mention.start + 1 && !mention.modifier && view.is_definite(head);
        bare.then(|| self.holders.get(view.lemma_of(head)).map(String::as_str)).flatten()
    }

    /// The body of a person, by a name that [`Bodies::remember`] was given.
    pub fn of(&self, person: &str) -> Option<&str> {
        self.of.get(person).map(String::as_str)
    }
}

fn is_body(mention: &Mention) -> bool {
    matches!(mention.sort, Sort::Organization | Sort::Force | Sort::Norp | Sort::Place | Sort::OtherName)
        && !mention.stems.is_empty()
}

fn holds_office(view: &View<'_>, t: usize) -> bool {
    is(view, t, OFFICES)
}

/// "The Houthi spokesman Anna Weiss", "the army's commander, Anna Weiss".
fn before<'v>(view: &'v View<'_>, person: &Mention) -> Option<&'v Mention> {
    let name = person.head as usize;
    let office = (name.saturating_sub(NEAR)..name).rev().find(|&t| holds_office(view, t))?;
    let plain = |t: usize| {
        matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Part | Upos::Punct)
            && !matches!(view.form(t), "." | ";" | ":")
    };
    let start = (office.saturating_sub(NEAR)..office).rev().take_while(|&t| plain(t)).last()?;
    (office..name).all(plain).then_some(())?;
    view.mentions.iter().rfind(|x| {
        is_body(x) && x.name != person.name && start <= x.start as usize && (x.head as usize) < office
    })
}

/// "Anna Weiss, a spokeswoman for the group".
fn behind<'v>(view: &'v View<'_>, person: &Mention) -> Option<&'v Mention> {
    let comma = person.end as usize;
    if comma >= view.len() || view.form(comma) != "," {
        return None;
    }
    let office = (comma + 1..view.len().min(comma + NEAR)).find(|&t| holds_office(view, t))?;
    let for_whom =
        (office + 1 < view.len() && matches!(view.form(office + 1), "for" | "of")).then_some(office + 2)?;
    view.mentions
        .iter()
        .find(|x| is_body(x) && for_whom <= x.head as usize && (x.head as usize) < for_whom + NEAR)
}

/// The office that stands beside a name between commas: "Anna Weiss, Varania's ambassador to the council,", "the governor of
/// Marran, Anna Weiss,".
fn apposed(view: &View<'_>, person: &Mention) -> Option<usize> {
    let (start, end) = (person.start as usize, person.end as usize);
    let plain = |t: usize| view.upos(t) != Upos::Verb && view.form(t) != ",";
    let behind = (end < view.len() && view.form(end) == ",")
        .then(|| {
            (end + 1..view.len().min(end + NEAR)).take_while(|&t| plain(t)).find(|&t| holds_office(view, t))
        })
        .flatten();
    let before = || {
        let comma = start.checked_sub(1).filter(|&t| view.form(t) == ",")?;
        (comma.saturating_sub(NEAR)..comma).rev().take_while(|&t| plain(t)).find(|&t| holds_office(view, t))
    };
    behind.or_else(before)
}
