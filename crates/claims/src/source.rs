//! Voices: who speaks where no verb of the sentence says so.
//!
//! A statement is spoken by the one who issues it. A sentence that ends in "X said:" hands the floor to X ([`floor`]). A
//! quotation that runs over sentences has one speaker, named where it opens or where it closes.

use holdfire_types::{Dep, Report, Stance, Upos};

use crate::document::Named;
use crate::floor;
use crate::issuer;
use crate::mentions::{Mention, Sort};
use crate::operators::{is, marked_by};
use crate::quotes;
use crate::speaker;
use crate::told::History;
use crate::view::View;

/// The voice of each sentence, `None` where the publication speaks; and whether the sentence is all its own.
pub fn voices(
    report: &Report,
    views: &[View<'_>],
    speaker: Option<&Named>,
) -> (Vec<Option<Named>>, Vec<bool>) {
    let mut voices: Vec<Option<Named>> = vec![None; views.len()];
    let issued = speaker.filter(|_| issuer::is_issued(report, views));
    if let Some(speaker) = issued {
        let heading = issuer::first_line_end(report);
        for (voice, view) in voices.iter_mut().zip(views) {
            if view.sentence.span.start >= heading {
                *voice = Some(speaker.clone());
            }
        }
    }
    let held = floor::taken(views, &mut voices);
    quotations(report, views, &mut voices);
    (voices, held)
}

/// The mention at or around a token, as a name.
pub fn named(view: &View<'_>, token: usize) -> Option<Named> {
    if let Some(person) = person(view, token) {
        return Some(person);
    }
    let whole = |m: &&Mention| m.head as usize == token && !m.modifier;
    let inside = |m: &&Mention| (m.start as usize..m.end as usize).contains(&token) && !m.modifier;
    let mention = view.mentions.iter().find(whole).or_else(|| view.mentions.iter().find(inside))?;
    if mention.stems.is_empty() || mention.sort == Sort::Date {
        return None;
    }
    Some(Named::of(mention))
}

/// The person that a phrase of office names: "Minister, Anna Weiss", "Observatory head Anna Weiss".
pub fn person(view: &View<'_>, token: usize) -> Option<Named> {
    if !matches!(view.upos(token), Upos::Noun | Upos::Propn) {
        return None;
    }
    let (start, end) = view.tree.extent(token);
    let end = end.min(token + 16);
    // "Anna Weiss, a spokesman for the army, told": wherever the parser hangs the office
    let article = (start..token).find(|&t| view.upos(t) != Upos::Punct).unwrap_or(token);
    let before = |n: &&holdfire_types::NamedSpan| {
        n.kind == holdfire_types::NameType::Person && n.end - n.start > 1 && n.end as usize + 1 == article
    };
    if view.listed[token].is_some_and(|w| w.sort.speaker)
        && article > 0
        && view.form(article - 1) == ","
        && matches!(view.form(article), "a" | "an" | "the")
        && let Some(name) = view.sentence.names.iter().find(before)
        && let Some(m) = view.mentions.iter().find(|m| (name.start..name.end).contains(&m.head))
    {
        return Some(Named::of(m));
    }
    let of_phrase = |t: usize| {
        let mut at = t;
        for _ in 0..4 {
            // the parser may take both office and name for subjects of one verb
            let twin = matches!(view.dep(at), Dep::Nsubj | Dep::NsubjPass)
                && view.dep(token) == view.dep(at)
                && view.tree.head(at) == view.tree.head(token);
            if at == token || twin {
                return true;
            }
            let flat =
                matches!(view.dep(at), Dep::Appos | Dep::Flat | Dep::NmodDesc | Dep::Compound | Dep::Dep);
            let joined = view.dep(at) == Dep::Nmod && view.kids(at).all(|k| view.dep(k) != Dep::Case);
            if !(flat || joined) {
                return false;
            }
            let Some(above) = view.tree.head(at) else { return false };
            at = above;
        }
        false
    };
    // "a member of the party's council Anna Weiss said": the name just before the verb of the office
    let verb = view.tree.head(token).filter(|&v| v > token && view.dep(token) == Dep::Nsubj);
    // or "Minister for Trade, Anna Weiss said", with one comma
    let clear = |from: usize| {
        (token..from).all(|t| match view.upos(t) {
            Upos::Verb | Upos::Cconj => false,
            Upos::Punct => t + 1 == from && view.form(t) == ",",
            _ => true,
        })
    };
    let name = view.sentence.names.iter().find(|n| {
        let (from, to) = (n.start as usize, n.end as usize);
        n.kind == holdfire_types::NameType::Person
            && ((from <= token && token < to)
                || (from > token && verb == Some(to) && clear(from))
                || (from > token && from < end.max(token + 3) && (from..to).any(of_phrase)))
    })?;
    let mention =
        view.mentions.iter().find(|m| (name.start..name.end).contains(&m.head) && m.sort == Sort::Person)?;
    Some(Named::of(mention))
}

/// The speaker named just behind a verb of saying that ends what is said: "... killed ten, said Anna Weiss".
pub fn just_after(view: &View<'_>, verb: usize) -> Option<usize> {
    if view.kids(verb).any(|k| k > verb && matches!(view.dep(k), Dep::Ccomp | Dep::Obj)) {
        return None;
    }
    let next = (verb + 1..view.len()).find(|&t| view.upos(t) != Upos::Det)?;
    view.mentions
        .iter()
        .find(|m| {
            !m.modifier
                && (m.start as usize..m.end as usize).contains(&next)
                && matches!(m.sort, Sort::Person | Sort::Organization | Sort::Speaker | Sort::Force)
        })
        .map(|m| m.head as usize)
}

/// The noun phrase that stands just before a verb of saying at the end of what is said: "... killed ten, a monitor said".
/// Where a comma is lost the parser takes another for the subject.
pub fn just_before(view: &View<'_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    while at > 0 && matches!(view.upos(at - 1), Upos::Aux | Upos::Adv) {
        at -= 1;
    }
    view.mentions
        .iter()
        .find(|m| !m.modifier && m.end as usize == at && m.sort != Sort::Date)
        .map(|m| m.head as usize)
}

/// The one who demands, promises, blames or threatens without a word of speech: the subject of the nearest verb above of
/// that stance, or else of the main verb.
pub fn undertaker(view: &View<'_>, i: usize, stance: Stance) -> Option<usize> {
    if stance == Stance::States {
        return None;
    }
    let verbs: Vec<usize> =
        std::iter::once(i).chain(view.tree.above(i)).filter(|&t| view.upos(t) == Upos::Verb).collect();
    let subject = |t: usize| {
        view.subject(t).filter(|&s| s != i && !view.tree.under(i, s) && view.upos(s) != Upos::Verb)
    };
    let of_stance =
        verbs.iter().find(|&&t| view.listed[t].is_some_and(|w| w.is(stance)) && subject(t).is_some());
    let main = verbs.iter().rev().find(|&&t| subject(t).is_some());
    subject(*of_stance.or(main)?)
}

/// One voice for all sentences of a quotation that runs over several.
fn quotations(report: &Report, views: &[View<'_>], voices: &mut [Option<Named>]) {
    let sentences: Vec<&holdfire_types::Sentence> = views.iter().map(|v| v.sentence).collect();
    for quotation in quotes::find(&report.text, &sentences) {
        if quotation.first == quotation.last
            && quotation.inner.len() * 3 < views[quotation.first].sentence.span.len() * 2
        {
            continue;
        }
        let outside = |s: usize| {
            let view = &views[s];
            (0..view.len())
                .find(|&t| {
                    speaker::is_saying(view, t) && !quotation.span.contains(view.sentence.tokens[t].span)
                })
                .and_then(|t| view.subject(t))
                .filter(|&k| !quotation.span.contains(view.sentence.tokens[k].span))
                .and_then(|k| named(view, k))
        };
        let before = quotation.first.checked_sub(1);
        let found = outside(quotation.first)
            .or_else(|| outside(quotation.last))
            .or_else(|| before.and_then(|b| voices[b].clone().or_else(|| outside(b))));
        let Some(who) = found else { continue };
        for (s, voice) in voices.iter_mut().enumerate().take(quotation.last + 1).skip(quotation.first) {
            let inner = quotation.inner;
            let covered = views[s].sentence.span;
            if s > quotation.first || inner.start <= covered.start + 2 {
                *voice = Some(who.clone());
            }
        }
    }
}

/// The verb or noun that carries the stance to the act at `i`, where one does.
pub fn stance_word(view: &View<'_>, i: usize, stance: Stance) -> Option<usize> {
    std::iter::once(i).chain(view.tree.above(i)).take(8).find(|&t| {
        view.listed[t].is_some_and(|w| w.is(stance))
            && matches!(view.upos(t), Upos::Verb | Upos::Noun | Upos::Adj)
            && (t != i || view.may_tell(i, holdfire_types::Kind::Statement))
    })
}

/// What a body tells in writing, which is no source of its own.
const PAPERS: &[&str] =
    &["statement", "bulletin", "communique", "communiqué", "letter", "document", "note", "message"];

/// The body that issued the paper at token `head`: "a report by the commission".
pub fn issuer_of_paper<'v>(view: &'v View<'_>, head: usize) -> Option<&'v Mention> {
    if !is(view, head, PAPERS) && !is(view, head, &["report"]) {
        return None;
    }
    let by = view.kids(head).find(|&k| view.dep(k) == Dep::Nmod && marked_by(view, k, &["by", "from"]))?;
    view.mentions.iter().find(|m| m.head as usize == by && !m.stems.is_empty())
}

/// "The statement said": the source told of last before it, whose statement it is.
pub fn behind_paper(who: Option<Named>, told: &History) -> Option<Named> {
    let paper = |who: &Named| matches!(who.stems.as_slice(), [noun] if PAPERS.contains(&noun.as_str()));
    if !who.as_ref().is_some_and(paper) {
        return who;
    }
    let issuer =
        told.told().iter().rev().filter_map(|claim| claim.source.as_ref()).find(|source| !paper(source));
    match (who, issuer) {
        (Some(who), Some(issuer)) => Some(Named { span: who.span, ..issuer.clone() }),
        (who, _) => who,
    }
}

/// Those who cite the speaker at token `speaker`, outermost first: "X quoted A as saying", "X said that A said".
pub fn citing(view: &View<'_>, speaker: usize) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for above in view.tree.above(speaker) {
        let speaks =
            view.upos(above) == Upos::Verb && view.listed[above].is_some_and(|w| w.is(Stance::States));
        if speaks
            && let Some(who) = view.subject(above).filter(|&s| s != speaker && !view.tree.under(speaker, s))
            && let Some(named) = named(view, who)
            && !found.contains(&named)
        {
            found.push(named);
        }
    }
    found.reverse();
    found
}
