//! The layers of `annotate --format jsonl`: one object a stretch, with offsets in code points.

use std::collections::HashMap;

use holdfire::{Event, ReadReport, events, events_at, places_of};
use holdfire_claims::Document;
use holdfire_claims::attribution::{self, Attribution};
use holdfire_types::{CharMap, Kind, NameType, ResolvedPlace, Root, Span};
use holdfire_world::{Candidate, Mention, PlaceContext, World};
use serde_json::{Map, Value, json};

/// Layers that can be asked for.
pub const LAYERS: &[&str] =
    &["sentences", "tokens", "names", "times", "places", "attribution", "events", "event-places"];

/// Candidates shown for a place.
const SHOWN: usize = 5;

/// Spans to label instead of those found, by report: `[start, end)` in code points.
pub type Given = HashMap<String, Vec<[usize; 2]>>;

/// The lines of one layer of one report.
pub fn objects(read: &ReadReport, world: &World, layer: &str, given: Option<&Given>) -> Vec<Value> {
    let text = &read.report.text;
    let map = CharMap::new(text);
    let object = |span: Span, more: Value| {
        let [start, end] = map.chars(text, span);
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(read.report.name));
        object.insert("layer".to_owned(), json!(layer));
        object.insert("start".to_owned(), json!(start));
        object.insert("end".to_owned(), json!(end));
        object.insert("text".to_owned(), json!(span.of(text)));
        if let Value::Object(more) = more {
            object.extend(more);
        }
        Value::Object(object)
    };
    let sentences = read.sentences.iter();
    let spans = |map: &CharMap| -> Vec<Span> {
        let of = given.and_then(|given| given.get(&read.report.name)).map_or(&[][..], Vec::as_slice);
        of.iter().map(|chars| map.span(text, *chars)).collect()
    };
    match layer {
        "sentences" => sentences.map(|s| object(s.span, Value::Null)).collect(),
        "tokens" => sentences
            .flat_map(|s| &s.tokens)
            .map(|t| object(t.span, json!({"label": t.upos.as_str(), "value": t.lemma})))
            .collect(),
        "names" => sentences
            .flat_map(|s| {
                s.names.iter().map(|n| {
                    let span = s.tokens[n.start as usize].span.cover(s.tokens[n.end as usize - 1].span);
                    object(span, json!({"label": n.kind.as_str()}))
                })
            })
            .collect(),
        "times" => {
            let published = read.report.published.as_ref().map(|p| p.date);
            holdfire_claims::times::find_all(text, &read.sentences, published)
                .into_iter()
                .flatten()
                .map(|t| {
                    let (from, to) = t.days.map_or((None, None), |d| (d.from, d.to));
                    object(t.span, json!({"value": t.value, "from": from, "to": to}))
                })
                .collect()
        }
        "places" => {
            let spans = if given.is_some() { spans(&map) } else { place_names(read) };
            let mentions: Vec<Mention<'_>> = spans.iter().map(|s| Mention::at(text, *s)).collect();
            let context = PlaceContext { countries: world.countries_in(text) };
            let located = world.locate(&mentions, &context);
            spans.iter().zip(located).map(|(span, found)| object(*span, located_value(&found))).collect()
        }
        "attribution" => attributions(read, world)
            .into_iter()
            .zip(0..)
            .flat_map(|(found, group)| {
                let parts = found.source.into_iter().map(|span| (span, "source"));
                let parts = parts.chain([(found.cue, "cue")]);
                let parts = parts.chain(found.content.into_iter().map(|span| (span, "content")));
                parts.map(move |(span, label)| (span, label, group)).collect::<Vec<(Span, &str, usize)>>()
            })
            .map(|(span, label, group)| object(span, json!({"label": label, "group": group})))
            .collect(),
        "event-places" => {
            let asked = match given {
                Some(_) => spans(&map),
                None => events(read, world).iter().map(|event| event.span).collect(),
            };
            let of = |event: Span| map.chars(text, event)[0];
            let found = places_of(read, world, &asked);
            found.into_iter().map(|(event, place)| object(place, json!({"of": of(event)}))).collect()
        }
        _ => {
            let found = match given {
                Some(_) => events_at(read, world, &spans(&map)),
                None => events(read, world),
            };
            found.iter().map(|event| object(event.span, event_value(event))).collect()
        }
    }
}

/// Who is said to say, think or want what; `group` numbers them in the order of their cues.
fn attributions(read: &ReadReport, world: &World) -> Vec<Attribution> {
    attribution::find(&Document::new(&read.report, &read.sentences, world.acts()))
}

/// Kind, root, and how the text stands to an event.
fn event_value(event: &Event) -> Value {
    json!({"label": event.kind.map(Kind::as_str), "value": event.root.map(Root::as_str),
        "polarity": event.polarity.as_str(), "certainty": event.certainty.as_str()})
}

/// Names of places, as the language layer finds them.
fn place_names(read: &ReadReport) -> Vec<Span> {
    let named = |s: &holdfire_types::Sentence| {
        let places = s
            .names
            .iter()
            .filter(|n| matches!(n.kind, NameType::Location | NameType::Facility | NameType::Norp));
        places
            .map(|n| s.tokens[n.start as usize].span.cover(s.tokens[n.end as usize - 1].span))
            .collect::<Vec<_>>()
    };
    read.sentences.iter().flat_map(named).collect()
}

/// The choice and what else the name may mean, each with its reason.
fn located_value(found: &[Candidate]) -> Value {
    let point = |p: &ResolvedPlace| {
        json!({"id": p.id, "name": p.name, "lat": p.lat, "lon": p.lon, "country": p.country, "admin1": p.admin1,
            "precision": p.precision.as_str()})
    };
    let candidates: Vec<Value> = found
        .iter()
        .take(SHOWN)
        .map(|c| {
            let p = &c.place;
            json!({"id": p.id, "name": p.name, "lat": p.lat, "lon": p.lon, "class": p.precision.as_str(), "why": c.why})
        })
        .collect();
    json!({"candidates": candidates, "choice": found.first().map(|c| point(&c.place))})
}
