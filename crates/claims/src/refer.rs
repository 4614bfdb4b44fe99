//! Who is who: pronouns, short names and acronyms, resolved inside the document.

use holdfire_types::{Dep, Upos};

use crate::bodies::Bodies;
use crate::called::Called;
use crate::fuller::{self, HEADS};
use crate::mentions::{Mention, Sort};
use crate::names::{is_nation, stems};
use crate::operators::is;
use crate::speaker;
use crate::view::View;

/// What a pronoun may stand for, as the text has run so far.
#[derive(Debug, Default)]
struct Recent {
    person: Option<String>,
    person_subject: Option<String>,
    body: Option<String>,
    body_subject: Option<String>,
    many: Option<String>,
    many_subject: Option<String>,
    /// The body that last said something.
    body_speaking: Option<String>,
    paragraph: u32,
}

/// Resolves the mentions of a document, in reading order: short names and acronyms first, then pronouns.
pub fn resolve(views: &mut [View<'_>]) {
    fuller::full_names(views);
    fuller::nations(views);
    watchers(views);
    let mut recent = Recent::default();
    let mut called = Called::new(views);
    let mut bodies = Bodies::default();
    for view in views {
        bodies.remember(view);
        recent.paragraph = view.sentence.paragraph;
        for m in 0..view.mentions.len() {
            if let Some((name, sort)) = called.name(view, &view.mentions[m]) {
                let name = name.to_owned();
                view.mentions[m].stand_for(name);
                view.mentions[m].sort = sort;
            }
            if let Some(name) = bodies.holder(view, &view.mentions[m]).map(str::to_owned) {
                view.mentions[m].stand_for(name);
            }
            if let Some(name) = owner(view, m, &bodies) {
                view.mentions[m].stand_for(name);
            }
            // "the agency said", of the body that spoke last
            if let Some(body) = recent.body_speaking.clone().filter(|_| is_bare_body(view, &view.mentions[m]))
            {
                view.mentions[m].stand_for(body);
            }
            called.remember(view, &view.mentions[m]);
            if view.mentions[m].sort == Sort::Pronoun {
                if let Some(name) = antecedent(view, m, &recent) {
                    view.mentions[m].stand_for(name);
                }
            } else {
                remember(view, m, &mut recent);
            }
        }
    }
}

/// "The agency", "the mission", as a speaker.
fn is_bare_body(view: &View<'_>, mention: &Mention) -> bool {
    let head = mention.head as usize;
    mention.stems.len() == 1
        && !mention.resolved
        && is(
            view,
            head,
            &["agency", "mission", "organization", "organisation", "body", "charity", "commission"],
        )
        && mention.name.starts_with(char::is_lowercase)
        && view.is_definite(head)
        && reports(view, head)
}

/// Nouns of those through whom a state or party acts: "its planes bombed" is its own deed.
const HANDS: &[&str] =
    &["force", "troop", "aircraft", "plane", "jet", "warplane", "military", "army", "artillery", "drone"];

/// The same for what they do, and not for what is done to them.
const MEN: &[&str] = &[
    "fighter", "group", "gunner", "man", "militia", "organisation", "organization", "side", "soldier", "unit",
];

/// Hands that a person's state has too: "his army".
const ARMED: &[&str] = &["force", "troop", "military", "army", "soldier"];

/// Whose hands mention `m` is, by the pronoun beside it, once it is known whom that stands for.
fn owner(view: &View<'_>, m: usize, bodies: &Bodies) -> Option<String> {
    let mention = &view.mentions[m];
    let head = mention.head as usize;
    let own = HANDS.contains(&view.lemma_of(head))
        || (MEN.contains(&view.lemma_of(head)) && matches!(view.dep(head), Dep::Nsubj | Dep::OblAgent));
    let bare = !mention.resolved && mention.stems.len() == 1 && own;
    let whose = view.kids(head).filter(|_| bare).find(|&k| view.dep(k) == Dep::NmodPoss)?;
    let owner =
        view.mentions.iter().find(|x| x.head as usize == whose && x.resolved && !x.stems.is_empty())?;
    match view.form(whose).to_lowercase().as_str() {
        "its" | "their" => Some(owner.name.clone()),
        "his" | "her" => {
            let body = bodies.of(&owner.name)?;
            let armed = ARMED.contains(&view.lemma_of(head)) && is_nation(&stems(body));
            Some(if armed { format!("{body} {}", view.form(head)) } else { body.to_owned() })
        }
        _ => None,
    }
}

fn is_subject(view: &View<'_>, head: usize) -> bool {
    matches!(view.dep(head), Dep::Nsubj | Dep::NsubjPass | Dep::NsubjOuter)
}

/// True for the subject of a verb of reporting.
fn reports(view: &View<'_>, head: usize) -> bool {
    let stands = |t: usize| view.upos(t) == Upos::Verb && view.listed[t].is_some_and(|w| w.stances() != 0);
    let tells = |t: usize| speaker::is_saying(view, t) || speaker::records(view, t) || stands(t);
    view.tail.is_some_and(|tail| tail.head == head)
        || (view.dep(head) == Dep::Nsubj && view.tree.head(head).is_some_and(tells))
}

fn plural(view: &View<'_>, mention: &Mention) -> bool {
    let head = mention.head as usize;
    view.sentence.tokens[head].xpos.ends_with('S') && view.sentence.tokens[head].xpos.starts_with("NN")
}

fn remember(view: &View<'_>, m: usize, recent: &mut Recent) {
    let mention = &view.mentions[m];
    let head = mention.head as usize;
    let subject = is_subject(view, head) || view.tail.is_some_and(|tail| tail.head == head);
    let (last, last_subject) = match mention.sort {
        Sort::Person => (&mut recent.person, &mut recent.person_subject),
        Sort::Speaker if subject && view.upos(head) == Upos::Noun && !plural(view, mention) => {
            (&mut recent.person, &mut recent.person_subject)
        }
        // "the Observatory", which no list of names knows
        Sort::Speaker
            if subject
                && view.upos(head) == Upos::Propn
                && WATCHERS.contains(&view.lemma_of(head).to_lowercase().as_str()) =>
        {
            (&mut recent.body, &mut recent.body_subject)
        }
        Sort::Organization | Sort::Force | Sort::Norp | Sort::Place | Sort::OtherName
            if !mention.modifier =>
        {
            if plural(view, mention) {
                (&mut recent.many, &mut recent.many_subject)
            } else {
                (&mut recent.body, &mut recent.body_subject)
            }
        }
        Sort::People if plural(view, mention) => (&mut recent.many, &mut recent.many_subject),
        _ => return,
    };
    *last = Some(mention.name.clone());
    let body = !matches!(mention.sort, Sort::Person | Sort::People);
    let cited = || view.tree.head(head).is_some_and(|above| is(view, above, &["accord", "according"]));
    if body && (reports(view, head) || cited()) {
        recent.body_speaking = Some(mention.name.clone());
    }
    if subject {
        *last_subject = Some(mention.name.clone());
    }
}

/// What the pronoun `m` stands for.
fn antecedent(view: &View<'_>, m: usize, recent: &Recent) -> Option<String> {
    let head = view.mentions[m].head as usize;
    let first = |options: [&Option<String>; 4]| options.into_iter().find_map(Clone::clone);
    match view.form(head).to_lowercase().as_str() {
        "he" | "she" | "his" | "her" | "him" => first([&recent.person_subject, &recent.person, &None, &None]),
        "it" if reports(view, head) && recent.body_speaking.is_some() => recent.body_speaking.clone(),
        "it" | "its" => first([&recent.body_subject, &recent.body, &recent.many_subject, &None]),
        "they" | "their" | "them" => {
            first([&recent.many_subject, &recent.many, &recent.body_subject, &recent.body])
        }
        "who" | "which" | "that" | "whom" | "whose" => relative(view, head),
        _ => None,
    }
}

/// The noun that a relative pronoun stands for.
fn relative(view: &View<'_>, head: usize) -> Option<String> {
    let clause = view.tree.above(head).find(|&h| matches!(view.dep(h), Dep::AclRelcl | Dep::Acl))?;
    let noun = view.tree.head(clause)?;
    let found = view.mentions.iter().find(|x| x.head as usize == noun && x.sort != Sort::Pronoun)?;
    Some(found.name.clone())
}

const WATCHERS: &[&str] = &["monitor", "observatory", "watchdog"];

/// "A monitor", "the monitoring group", "the Observatory": the body that watches, where the document names just one.
fn watchers(views: &mut [View<'_>]) {
    let of_watching = |m: &Mention| {
        m.sort == Sort::Organization
            && m.stems.len() >= 2
            && !m.stems.iter().any(|s| HEADS.contains(&s.as_str()))
            && m.stems.iter().any(|s| WATCHERS.contains(&s.as_str()) || s == "monitoring")
            && m.stems.iter().any(|s| !WATCHERS.contains(&s.as_str()))
            && m.name.split(' ').filter(|w| w.starts_with(char::is_uppercase)).count() >= 2
    };
    let body = views
        .iter()
        .flat_map(|v| &v.mentions)
        .filter(|m| of_watching(m))
        .max_by_key(|m| m.stems.len().min(7));
    let Some(name) = body.map(|m| m.name.clone()) else { return };
    for view in views {
        for m in 0..view.mentions.len() {
            let mention = &view.mentions[m];
            let head = mention.stems.last().map_or("", String::as_str);
            let watches = WATCHERS.contains(&head)
                || (matches!(head, "group" | "organisation" | "organization" | "center" | "centre")
                    && mention.stems.iter().any(|s| s == "monitoring" || s == "monitor"));
            if watches && !mention.modifier && mention.stems.len() <= 3 && mention.sort != Sort::Person {
                view.mentions[m].stand_for(name.clone());
            }
        }
    }
}
