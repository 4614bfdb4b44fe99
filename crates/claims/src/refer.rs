//! Who is who: pronouns, short names and acronyms, resolved inside the document.

use std::collections::HashMap;

use holdfire_types::{Dep, Upos};

use crate::called::Called;
use crate::mentions::{Mention, Sort};
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
    paragraph: u32,
}

/// Resolves the mentions of a document, in reading order: short names and acronyms first, then pronouns.
pub fn resolve(views: &mut [View<'_>]) {
    full_names(views);
    watchers(views);
    let mut recent = Recent::default();
    let mut called = Called::new(views);
    for view in views {
        recent.paragraph = view.sentence.paragraph;
        for m in 0..view.mentions.len() {
            if let Some((name, sort)) = called.name(view, &view.mentions[m]) {
                let name = name.to_owned();
                view.mentions[m].stand_for(name);
                view.mentions[m].sort = sort;
            }
            if let Some(owner) = owner(view, m) {
                let name = view.mentions[owner].name.clone();
                view.mentions[m].stand_for(name);
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

/// Nouns of those through whom a state or party acts: "its planes bombed" is its own deed.
const HANDS: &[&str] = &["force", "troop", "aircraft", "plane", "jet", "warplane", "military", "army"];

/// The pronoun beside mention `m` that says whose hands it is, once it is known whom it stands for.
fn owner(view: &View<'_>, m: usize) -> Option<usize> {
    let mention = &view.mentions[m];
    let head = mention.head as usize;
    let bare =
        mention.sort == Sort::Force && mention.stems.len() == 1 && HANDS.contains(&view.lemma_of(head));
    let whose = view.kids(head).filter(|_| bare).find(|&k| {
        view.dep(k) == Dep::NmodPoss && ["its", "their"].iter().any(|p| view.form(k).eq_ignore_ascii_case(p))
    })?;
    view.mentions.iter().position(|x| x.head as usize == whose && x.resolved && !x.stems.is_empty())
}

fn is_subject(view: &View<'_>, head: usize) -> bool {
    matches!(view.dep(head), Dep::Nsubj | Dep::NsubjPass | Dep::NsubjOuter)
}

fn plural(view: &View<'_>, mention: &Mention) -> bool {
    let head = mention.head as usize;
    view.sentence.tokens[head].xpos.ends_with('S') && view.sentence.tokens[head].xpos.starts_with("NN")
}

fn remember(view: &View<'_>, m: usize, recent: &mut Recent) {
    let mention = &view.mentions[m];
    let head = mention.head as usize;
    let subject = is_subject(view, head);
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

/// Those who speak for a body, and are called by its name with theirs: "Observatory head Anna Weiss".
const HEADS: &[&str] = &["head", "director", "chief", "founder", "spokesman", "spokeswoman", "leader"];

/// Nouns of speakers that are no person.
const BODIES: &[&str] = &[
    "observatory", "ministry", "agency", "department", "office", "council", "commission", "committee",
    "network", "organization", "organisation", "foundation", "media", "television", "newspaper",
];

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

/// Gives short names ("Weiss", "the Observatory") and acronyms the fullest name of the document.
fn full_names(views: &mut [View<'_>]) {
    let mut by_word: HashMap<String, Vec<Full>> = HashMap::new();
    let mut by_initials: HashMap<String, String> = HashMap::new();
    for mention in views.iter().flat_map(|v| &v.mentions) {
        if mention.stems.len() < 2 || mention.modifier || mention.sort == Sort::Date {
            continue;
        }
        let initials: String = mention
            .name
            .split([' ', '-'])
            .filter_map(|w| w.chars().next().filter(|c| c.is_uppercase()))
            .collect();
        if initials.chars().count() >= 3 {
            by_initials.entry(initials).or_insert_with(|| mention.name.clone());
        }
        // "Islamic State (IS)": the text itself says how it shortens the name
        if let Some((_, short)) = mention.name.strip_suffix(')').and_then(|name| name.rsplit_once(" (")) {
            by_initials.insert(short.to_owned(), mention.name.clone());
        }
        // "the Varanian defence ministry"
        let office = mention.sort == Sort::Speaker && mention.name.contains(char::is_uppercase);
        if !office && !matches!(mention.sort, Sort::Person | Sort::Organization | Sort::OtherName) {
            continue;
        }
        for stem in &mention.stems {
            let full = by_word.entry(stem.clone()).or_default();
            if full.len() < 8 && !full.iter().any(|f| f.name == mention.name) {
                let person = mention.sort == Sort::Person;
                full.push(Full { name: mention.name.clone(), stems: mention.stems.clone(), person });
            }
        }
    }
    for mention in views.iter_mut().flat_map(|v| &mut v.mentions) {
        let acronym = mention.stems.len() == 1
            && mention.name.chars().count() >= 2
            && mention.name.chars().filter(|c| c.is_uppercase()).count() >= 2
            && !mention.name.contains(' ');
        let fuller = match mention.sort {
            _ if acronym => by_initials.get(&mention.name).cloned(),
            Sort::Person | Sort::Organization | Sort::OtherName if mention.stems.len() <= 2 => {
                if mention.modifier { None } else { fuller(mention, &by_word) }
            }
            Sort::Speaker if !mention.modifier && mention.stems.len() <= 2 => fuller(mention, &by_word),
            _ => None,
        };
        if let Some(name) = fuller.filter(|n| n != &mention.name) {
            mention.stand_for(name);
        }
    }
}

/// A name of several words.
struct Full {
    name: String,
    stems: Vec<String>,
    person: bool,
}

/// The longest name of at most eight words that holds all words of the mention and ends as it does, or is a body that it
/// shortens. A person is called by the last name or the office: "the Observatory" is not its director.
fn fuller(mention: &Mention, by_word: &HashMap<String, Vec<Full>>) -> Option<String> {
    let last = mention.stems.last()?;
    by_word
        .get(last)?
        .iter()
        .filter(|full| full.stems.len() > mention.stems.len() && full.stems.len() <= 8)
        .filter(|full| mention.stems.iter().all(|s| full.stems.contains(s)))
        .filter(|full| mention.sort != Sort::Person || full.stems.last() == Some(last))
        .filter(|full| {
            let office = full.person || full.stems.iter().any(|s| HEADS.contains(&s.as_str()));
            let called = mention.sort == Sort::Speaker && !BODIES.contains(&last.as_str());
            !office || called || full.stems.last() == Some(last)
        })
        .max_by_key(|full| full.stems.len())
        .map(|full| full.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfire_types::Span;

    fn mention(name: &str, sort: Sort) -> Mention {
        Mention {
            head: 0,
            start: 0,
            end: 1,
            span: Span::new(0, name.len()),
            sort,
            modifier: false,
            name: name.to_owned(),
            stems: crate::names::stems(name),
            resolved: false,
        }
    }

    #[test]
    fn a_body_is_not_called_by_the_name_of_its_head() {
        let name = "Observatory head Anna Weiss";
        let full = || Full { name: name.to_owned(), stems: crate::names::stems(name), person: true };
        let by_word: HashMap<String, Vec<Full>> =
            full().stems.into_iter().map(|stem| (stem, vec![full()])).collect();
        let called = |name: &str, sort| fuller(&mention(name, sort), &by_word);
        assert_eq!(called("Observatory", Sort::Organization), None);
        assert_eq!(called("Weiss", Sort::OtherName).as_deref(), Some(name));
        assert_eq!(called("head", Sort::Speaker).as_deref(), Some(name));
    }
}
