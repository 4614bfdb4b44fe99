//! Issuers: who issues a text as its own words, by the text's head.
//!
//! The *head* is the lines before the first sentence of the body: a title, the name of a body, a person with his office, a
//! place and a day. A *paper* is what such a head calls the text: "statement", "communiqué", "remarks".

use holdfire_types::{Dep, Report};

use crate::document::Named;
use crate::floor;
use crate::mentions::{Mention, Sort};
use crate::operators::is;
use crate::speaker;
use crate::view::View;

/// What a head calls a text that its issuer speaks.
const PAPERS: &[&str] = &[
    "statement", "communiqué", "communique", "declaration", "remarks", "transcript", "comment", "comments",
    "release", "readout", "briefing",
];
/// Those of them that are "of" someone: a comment of someone may be told by others.
const OF_SOMEONE: &[&str] =
    &["statement", "communiqué", "communique", "declaration", "remarks", "transcript"];

/// Offices: in a title they stand for the person who holds them.
const OFFICES: &[&str] = &[
    "secretary", "minister", "spokesman", "spokesperson", "spokeswoman", "ambassador", "president",
    "director", "coordinator", "representative", "envoy", "commander", "head", "chairman", "general",
    "governor", "premier", "commissioner", "mr.", "ms.", "mrs.", "dr.", "dr",
];

/// Nouns by which a line names a body.
const BODIES: &[&str] = &[
    "ministry", "army", "command", "council", "government", "mission", "coalition", "force", "forces",
    "party", "front", "presidency", "secretariat", "department", "embassy", "movement", "organization",
    "union", "committee", "commission", "office",
];

/// Words of a first line that let a text be a statement.
const OF_STATEMENTS: &[&str] = &[
    "statement", "readout", "remarks", "comments", "response", "spokesman", "spokesperson", "minister",
    "secretary", "ambassador",
];

/// What ends the name of the issuer in a title.
const ENDS: &[&str] = &[
    " on ", " regarding ", " concerning ", " after ", " following ", " about ", " welcoming ",
    " in response", " to the ", " at the ", ": ", " - ", " – ", " — ",
];

/// Lines of a head, at most; words of one, at most.
const LINES: usize = 8;
const WORDS: usize = 25;

/// The lines of a text's head with where each begins.
fn head(text: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    // a single line is all body
    if !text.trim().contains('\n') {
        return lines;
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, bare) = (at, line.trim());
        at += line.len();
        if bare.is_empty() {
            continue;
        }
        let body = bare.ends_with(['.', ',', '"', '”']) || bare.split_whitespace().count() > WORDS;
        if lines.len() == LINES || (body && !lines.is_empty()) {
            break;
        }
        lines.push((start, bare));
    }
    lines
}

/// The paper that a line calls the text, among its first words, and where it ends. Prisoners are released too, but not in a
/// press release.
fn paper(line: &str) -> Option<(String, usize)> {
    let (mut at, mut before) = (0, String::new());
    for (n, word) in line.split(' ').enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        at += word.len();
        let printed = bare != "release" || ["press", "news", "media"].contains(&before.as_str());
        if n < 5 && printed && PAPERS.contains(&bare.as_str()) {
            return Some((bare, at));
        }
        at += 1;
        before = bare;
    }
    None
}

/// True where a head calls its text a paper of someone.
fn announces(text: &str) -> bool {
    head(text).iter().any(|(_, line)| paper(line).is_some())
}

/// "Statement by the Minister, Anna Weiss, on the truce": what stands between "by" and the matter.
fn by_line(line: &str) -> Option<String> {
    const FOR: &str = " on behalf of ";
    let (paper, end) = paper(line)?;
    let rest = line.get(end..)?;
    let lower = rest.to_lowercase();
    // so that places in the one are places in the other
    if lower.len() != rest.len() {
        return None;
    }
    if let Some(at) = lower.find(FOR) {
        return Some(cased(line, without_article(rest.get(at + FOR.len()..)?)));
    }
    let of = OF_SOMEONE.contains(&paper.as_str());
    let by = [" attributable to ", " by ", " from ", " of "];
    let by = by.iter().filter(|word| of || **word != " of ");
    let from = by.filter_map(|word| Some(lower.find(word)? + word.len())).min()?;
    let end = ENDS.iter().filter_map(|end| lower.get(from..)?.find(end)).min();
    let name = without_article(rest.get(from..)?.get(..end.unwrap_or(rest.len() - from))?);
    // "remarks of the spokesperson", "opening remarks of ..."
    let name = by_line(name).unwrap_or_else(|| name.to_owned());
    // "statement by Weiss angers the army" is news
    let office = OFFICES.iter().any(|o| name.starts_with(o));
    let of_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
            || ["of", "the", "and", "for", "in", "to", "its", "ad", "interim"].contains(&word)
    };
    let named = name.starts_with(char::is_uppercase) && name.split_whitespace().all(of_name);
    ((named || office) && name.split_whitespace().count() <= 40).then(|| cased(line, &name))
}

fn without_article(name: &str) -> &str {
    let name = name.trim();
    name.get(..4).filter(|the| the.eq_ignore_ascii_case("the ")).map_or(name, |_| &name[4..])
}

/// A name out of a line in capitals, in the letters of a name.
fn cased(line: &str, name: &str) -> String {
    let name = name.trim().trim_end_matches([',', ':', '.']);
    if line.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The person whom a line names and nothing else, after a title or none: "Ambassador Anna Weiss", "Anna Weiss".
fn person_line(line: &str) -> Option<String> {
    let bare = line.trim_end_matches(',');
    let mut words: Vec<&str> = bare.split_whitespace().collect();
    while words.len() > 2 && OFFICES.contains(&words[0].to_lowercase().as_str()) {
        words.remove(0);
    }
    let plain = |word: &&str| {
        let lower = word.to_lowercase();
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
            && !BODIES.contains(&lower.as_str())
            && !PAPERS.contains(&lower.as_str())
            && !OFFICES.contains(&lower.as_str())
    };
    ((2..=4).contains(&words.len()) && words.iter().all(plain)).then(|| cased(line, &words.join(" ")))
}

/// The person behind an office: named after a comma, or on a line of his own beside a line of office.
fn office_holder(by: Option<&str>, lines: &[(usize, &str)], text: &str) -> Option<String> {
    if let Some(by) = by {
        let parts: Vec<&str> = by.split(',').map(str::trim).collect();
        if let Some(person) = parts.iter().skip(1).find_map(|part| person_line(part)) {
            return Some(person);
        }
    }
    let is_office = |line: &str| {
        line.split_whitespace().any(|w| OFFICES.contains(&w.trim_matches(',').to_lowercase().as_str()))
    };
    let lines: Vec<&str> = lines.iter().skip(1).map(|(_, line)| *line).collect();
    let titled =
        |line: &&str| line.split(' ').next().is_some_and(|w| OFFICES.contains(&w.to_lowercase().as_str()));
    let beside = lines.windows(2).find(|w| is_office(w[1]) && person_line(w[0]).is_some()).map(|w| w[0]);
    let named = beside.or_else(|| lines.iter().copied().find(|l| titled(l) && person_line(l).is_some()));
    let signed = || {
        let last: Vec<&str> = text.lines().rev().map(str::trim).filter(|l| !l.is_empty()).take(3).collect();
        last.into_iter().find(|line| person_line(line).is_some())
    };
    let office = by.is_some_and(is_office);
    named.or_else(|| office.then(signed).flatten()).and_then(person_line)
}

/// "Republic of Varania - Ministry of Defence": the body that a line of the head names.
fn body_line(lines: &[(usize, &str)]) -> Option<String> {
    lines.iter().find_map(|(_, line)| {
        let part = line.rsplit([',', '–', '—']).map(str::trim).find(|part| {
            let words: Vec<String> = part.split_whitespace().map(str::to_lowercase).collect();
            words.len() <= 12
                && paper(part).is_none()
                && words.iter().any(|w| BODIES.contains(&w.as_str()))
                && !words.iter().any(|w| OFFICES.contains(&w.as_str()))
                && part.split_whitespace().all(|w| w.starts_with(char::is_alphabetic))
                && part.split_whitespace().all(|w| {
                    w.starts_with(char::is_uppercase) || ["of", "the", "and", "for", "on"].contains(&w)
                })
        })?;
        Some(cased(line, without_article(part)))
    })
}

/// The issuer whom the head names, spelt as fully as the body's beginning spells it.
fn in_head(report: &Report, views: &[View<'_>]) -> Option<Named> {
    let lines = head(&report.text);
    let by = lines.iter().find_map(|(_, line)| by_line(line));
    lines.iter().find(|(_, line)| paper(line).is_some())?;
    let name = office_holder(by.as_deref(), &lines, &report.text).or(by).or_else(|| body_line(&lines))?;
    let mut named = Named::bare(&name);
    let fuller = |m: &&Mention| {
        m.stems.len() > named.stems.len() && m.stems.starts_with(&named.stems) && m.sort == Sort::Organization
    };
    let found = views.iter().take(6).flat_map(|v| &v.mentions).filter(fuller).max_by_key(|m| m.stems.len());
    if let Some(m) = found {
        named = Named { span: None, ..Named::of(m) };
    }
    Some(named).filter(|n| !n.stems.is_empty())
}

/// Who speaks in a text: the issuer whom its head names, or else the person or body that its opening does.
pub fn issuer(report: &Report, views: &[View<'_>]) -> Option<Named> {
    let end = first_line_end(report);
    let opening = |sort: Sort| {
        views
            .iter()
            .take(4)
            .filter(|v| v.sentence.span.start < 400)
            .flat_map(|v| &v.mentions)
            .find(|m| m.sort == sort && (!m.modifier || m.span.end <= end) && !m.stems.is_empty())
            .map(Named::of)
    };
    let person = opening(Sort::Person);
    if let Some(who) = person.as_ref().filter(|p| p.span.is_some_and(|s| s.end <= end)) {
        return Some(person_line(&who.name).map_or_else(|| who.clone(), |name| Named::bare(&name)));
    }
    let committed = || views.iter().filter(|v| v.sentence.span.start >= end).find_map(committed);
    let body = || opening(Sort::Organization).or_else(|| opening(Sort::Place));
    let found = in_head(report, views).or_else(committed).or(person).or_else(body)?;
    let spelt = match found.name.as_str() {
        "U.S." | "US" => "United States",
        "U.K." | "UK" => "United Kingdom",
        _ => return Some(found),
    };
    Some(if report.text.contains(spelt) { Named::bare(spelt) } else { found })
}

/// Who speaks in a statement, where its head or its first person says that someone does.
pub fn speaker(report: &Report, views: &[View<'_>]) -> Option<Named> {
    let first_line = report.text.trim_start().lines().next().unwrap_or("").to_lowercase();
    let announced = announces(&report.text) || OF_STATEMENTS.iter().any(|w| first_line.contains(w));
    let first_person = views
        .iter()
        .any(|v| (0..v.len()).any(|i| !v.quoted[i] && matches!(v.form(i), "I" | "We" | "we" | "my" | "our")));
    if announced || first_person { issuer(report, views) } else { None }
}

/// True where a body or person issues the whole text as its own words.
pub fn is_issued(report: &Report, views: &[View<'_>]) -> bool {
    let lines = head(&report.text);
    let readout = lines.iter().any(|(_, line)| line.to_lowercase().contains("readout"));
    if readout || views.iter().any(floor::ends_with_colon) {
        return false;
    }
    let opens = |v: &View<'_>| {
        (0..v.len()).any(|i| !v.quoted[i] && speaker::is_first_person(v, i) && v.dep(i) == Dep::Nsubj)
    };
    let reported = views
        .iter()
        .any(|v| (0..v.len()).any(|t| matches!(v.lemma_of(t), "say" | "tell") && speaker::is_saying(v, t)));
    let body = lines.last().map_or(0, |(at, line)| (at + line.len()) as u32);
    let begins = || views.iter().find(|v| v.sentence.span.start >= body).and_then(committed).is_some();
    in_head(report, views).is_some_and(|who| !is_told_of(views, &who))
        || (announces(&report.text) && (begins() || views.iter().any(opens)))
        || (!reported && views.iter().take(3).any(opens))
}

/// "Weiss said": who issues a text does not tell so of himself.
fn is_told_of(views: &[View<'_>], issuer: &Named) -> bool {
    let names = |m: &Mention| m.stems.last().is_some_and(|last| issuer.stems.last() == Some(last));
    let says = |v: &View<'_>, t: usize| {
        speaker::is_saying(v, t)
            && !v.quoted[t]
            && v.subject(t).is_some_and(|s| v.mentions.iter().any(|m| m.head as usize == s && names(m)))
    };
    views.iter().any(|v| (0..v.len()).any(|t| says(v, t)))
}

/// Where the head's first line ends.
pub fn first_line_end(report: &Report) -> u32 {
    head(&report.text).first().map_or(0, |(at, line)| (at + line.len()) as u32)
}

/// What those who issue statements say of themselves.
const COMMITMENTS: &[&str] = &[
    "condemn", "denounce", "deplore", "welcome", "commend", "applaud", "congratulate", "express", "extend",
    "reaffirm", "reiterate", "support", "stand", "remain", "continue", "urge", "call", "regret", "reject",
    "inform", "mourn", "declare", "take", "note", "follow", "announce",
];
/// How those who issue statements feel.
const MOODS: &[&str] = &[
    "troubled", "concerned", "alarmed", "appalled", "outraged", "aware", "saddened", "disturbed", "dismayed",
    "committed", "grateful",
];

/// The body or state whose stand a sentence tells in the present: "the Union condemns".
fn committed(view: &View<'_>) -> Option<Named> {
    let commits = |m: &&Mention| {
        let head = m.head as usize;
        let verb = view
            .tree
            .head(head)
            .filter(|_| matches!(view.dep(head), Dep::Nsubj | Dep::NsubjPass) && !m.modifier);
        let named = matches!(m.sort, Sort::Organization | Sort::Place | Sort::Norp | Sort::OtherName)
            || (m.sort == Sort::Force && m.name.starts_with(char::is_uppercase));
        let present = |t: usize| matches!(view.sentence.tokens[t].xpos, "VBZ" | "VBP");
        let helped = |t: usize| {
            view.kids(t).any(|k| matches!(view.dep(k), Dep::Aux | Dep::Cop | Dep::AuxPass) && present(k))
        };
        named
            && !m.stems.is_empty()
            && verb.is_some_and(|t| {
                view.dep(t) == Dep::Root
                    && ((is(view, t, COMMITMENTS) && (present(t) || helped(t)))
                        || (MOODS.contains(&view.form(t)) && helped(t)))
            })
    };
    view.mentions.iter().find(commits).map(Named::of)
}
