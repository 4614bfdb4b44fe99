//! Events of a report in the terms of event data: PLOVER's roots, polarity, certainty.

use holdfire_claims::{Document, View, event_places, factuality, root_event};
use holdfire_types::{Certainty, Claim, Kind, Polarity, Root, Sentence, Span};
use holdfire_world::World;

use crate::ReadReport;

/// What a word of a report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The word, or the stretch asked for.
    pub span: Span,
    /// The kind of the claim that it carries, if any.
    pub kind: Option<Kind>,
    /// The root event in PLOVER's terms, if it is one.
    pub root: Option<Root>,
    /// Whether it is said to happen.
    pub polarity: Polarity,
    /// How surely.
    pub certainty: Certainty,
}

/// The events of a report, sentence by sentence: first what the sentence is about, then what its claims tell besides.
pub fn events(read: &ReadReport, world: &World) -> Vec<Event> {
    let document = Document::new(&read.report, &read.sentences, world.acts());
    let mut all = Vec::new();
    for view in &document.views {
        let sentence = view.sentence;
        let main = root_event(view, world.roots());
        all.extend(main.map(|(token, _)| event(read, view, sentence.tokens[token].span, token, main)));
        let own = |c: &&Claim| sentence.span.contains(c.anchor);
        for claim in read.claims.iter().filter(own) {
            let Some(token) = sentence.tokens.iter().position(|t| t.span == claim.anchor) else { continue };
            if main.is_none_or(|(main, _)| main != token) {
                all.push(event(read, view, claim.anchor, token, main));
            }
        }
    }
    all
}

/// The events that stretches of the text name; none for one that lies in no sentence.
pub fn events_at(read: &ReadReport, world: &World, spans: &[Span]) -> Vec<Event> {
    let document = Document::new(&read.report, &read.sentences, world.acts());
    let named = |&span: &Span| {
        let (s, token) = token_at(&document, span)?;
        let view = &document.views[s];
        Some(event(read, view, span, token, root_event(view, world.roots())))
    };
    spans.iter().filter_map(named).collect()
}

/// The places of each of some stretches that name events, as far as their sentences tell them: pairs of the two.
pub fn places_of(read: &ReadReport, world: &World, spans: &[Span]) -> Vec<(Span, Span)> {
    let document = Document::new(&read.report, &read.sentences, world.acts());
    let mut found = Vec::new();
    for &span in spans {
        if let Some((s, token)) = token_at(&document, span) {
            found.extend(event_places(&document, s, token).into_iter().map(|place| (span, place)));
        }
    }
    found
}

/// The sentence of a stretch, and the token of it that the others hang on.
fn token_at(document: &Document<'_>, span: Span) -> Option<(usize, usize)> {
    let at = |(s, view): (usize, &View<'_>)| Some((s, view.head_of(covered(view.sentence, span)?)));
    document.views.iter().enumerate().find_map(at)
}

/// The tokens of a sentence that a span touches.
fn covered(sentence: &Sentence, span: Span) -> Option<std::ops::Range<usize>> {
    let from = sentence.tokens.iter().position(|t| t.span.overlaps(span))?;
    let more = sentence.tokens[from..].iter().take_while(|t| t.span.overlaps(span)).count();
    Some(from..from + more)
}

fn event(read: &ReadReport, view: &View<'_>, span: Span, token: usize, main: Option<(usize, Root)>) -> Event {
    let anchor = view.sentence.tokens[token].span;
    let claim = read.claims.iter().find(|c| c.anchor == anchor);
    let told = main.filter(|(at, _)| *at == token).map(|(_, root)| root);
    let (polarity, certainty) = factuality(view, token);
    Event {
        span,
        kind: claim.map(|c| c.act.kind),
        root: told.or_else(|| claim.and_then(Root::of)),
        polarity,
        certainty,
    }
}
