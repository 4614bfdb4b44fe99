//! Short names and acronyms, and the fullest name that the document has for each.

use std::collections::{HashMap, HashSet};

use crate::mentions::{Mention, Sort};
use crate::view::View;

/// Those who speak for a body, and are called by its name with theirs: "Observatory head Anna Weiss".
pub const HEADS: &[&str] = &["head", "director", "chief", "founder", "spokesman", "spokeswoman", "leader"];

/// Nouns of speakers that are no person.
const BODIES: &[&str] = &[
    "observatory", "ministry", "agency", "department", "office", "council", "commission", "committee",
    "network", "organization", "organisation", "foundation", "media", "television", "newspaper",
];

/// Gives short names ("Weiss", "the Observatory") and acronyms the fullest name of the document.
pub fn full_names(views: &mut [View<'_>]) {
    let mut by_word: HashMap<String, Vec<Full>> = HashMap::new();
    let mut by_initials: HashMap<String, String> = HashMap::new();
    let mut bracketed: HashMap<String, String> = HashMap::new();
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
        if let Some((name, rest)) = mention.name.split_once(" (")
            && let Some((short, _)) = rest.split_once(')')
        {
            bracketed.insert(short.to_owned(), format!("{name} ({short})"));
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
    by_initials.extend(bracketed);
    let short: HashSet<String> = views
        .iter()
        .flat_map(|v| &v.mentions)
        .filter(|m| {
            is_acronym(m) && !matches!(m.sort, Sort::Place | Sort::Norp) && !by_initials.contains_key(&m.name)
        })
        .filter(|m| m.name.chars().all(char::is_uppercase) && !USUAL.contains(&m.name.as_str()))
        .map(|m| m.name.clone())
        .collect();
    for (short, name) in views.iter().flat_map(|v| spelt(v, &short)) {
        by_initials.entry(short.clone()).or_insert(name);
    }
    for mention in views.iter_mut().flat_map(|v| &mut v.mentions) {
        let acronym = is_acronym(mention);
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

/// Short names that are more usual than what they shorten.
const USUAL: &[&str] = &["UN", "EU", "US", "UK", "UAE"];
/// Words that join the words of a name.
const LINKS: &[&str] = &["in", "of", "and", "for", "the", "to", "on"];
/// The most words of a name that an acronym shortens.
const LONGEST: usize = 9;

/// Every name of a sentence whose capitals spell one of `short`, with that: "Islamic State in Iraq and the Levant" and ISIL.
fn spelt<'s>(view: &View<'_>, short: &'s HashSet<String>) -> Vec<(&'s String, String)> {
    let capital = |t: usize| {
        let mut chars = view.form(t).chars();
        chars.next().filter(|c| c.is_uppercase()).filter(|_| chars.next().is_some_and(char::is_lowercase))
    };
    let mut found = Vec::new();
    for start in (0..view.len()).filter(|&t| capital(t).is_some()) {
        let mut initials = String::new();
        for t in start..view.len().min(start + LONGEST) {
            match capital(t) {
                Some(letter) => initials.push(letter),
                None if LINKS.contains(&view.form(t)) => continue,
                None => break,
            }
            let more = t + 1 < view.len() && capital(t + 1).is_some();
            if let Some(short) = short.get(&initials).filter(|_| t > start && !more) {
                let span = view.sentence.tokens[start].span.cover(view.sentence.tokens[t].span);
                found.push((short, span.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ")));
            }
        }
    }
    found
}

fn is_acronym(mention: &Mention) -> bool {
    mention.stems.len() == 1
        && mention.name.chars().filter(|c| c.is_uppercase()).count() >= 2
        && !mention.name.contains(' ')
}

/// What an adjective of a nation adds to its name.
const ADJECTIVE_ENDS: &[&str] = &["n", "an", "ian", "i", "ese", "ish"];

/// "Syria regime" of a headline is the "Syrian regime" of the text.
pub fn nations(views: &mut [View<'_>]) {
    let two = |m: &Mention| -> Option<(String, String)> {
        match m.stems.as_slice() {
            [nation, force] => Some((force.clone(), nation.clone())),
            _ => None,
        }
    };
    let mut known: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for mention in views.iter().flat_map(|v| &v.mentions).filter(|m| m.sort == Sort::Force) {
        if let Some((force, nation)) = two(mention) {
            known.entry(force).or_default().push((nation, mention.name.clone()));
        }
    }
    for mention in views.iter_mut().flat_map(|v| &mut v.mentions).filter(|m| m.sort == Sort::Force) {
        let Some((force, nation)) = two(mention) else { continue };
        let adjective = |(of, _): &&(String, String)| {
            of.strip_prefix(nation.as_str()).is_some_and(|end| ADJECTIVE_ENDS.contains(&end))
        };
        if let Some((_, name)) = known.get(&force).and_then(|all| all.iter().find(adjective)) {
            mention.stand_for(name.clone());
        }
    }
}

/// A headline that was taken for one name: long, and small letters for the most part.
fn is_running_text(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let capitals = words.iter().filter(|w| w.starts_with(char::is_uppercase)).count();
    words.len() > 5 && capitals * 2 < words.len()
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
        .filter(|full| !is_running_text(&full.name))
        .filter(|full| mention.sort != Sort::Person || full.stems.last() == Some(last))
        .filter(|full| {
            let office = full.person || full.stems.iter().any(|s| HEADS.contains(&s.as_str()));
            let called = mention.sort == Sort::Speaker && !BODIES.contains(&last.as_str());
            // "a spokesman for the Marran Army" is not that army
            let speaks = full.stems.first().is_some_and(|s| HEADS.contains(&s.as_str()));
            !office || called || (full.stems.last() == Some(last) && !speaks)
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
