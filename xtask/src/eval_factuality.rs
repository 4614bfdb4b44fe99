//! Polarity and certainty of events against `NewsReader`'s MEANTIME, on gold words and gold event spans.

use std::collections::HashMap;

use holdfire_claims::{Document, factuality};
use holdfire_model::Model;
use holdfire_types::{Certainty, Polarity, Report};
use holdfire_world::World;

use crate::Fault;
use crate::data::Data;
use crate::eval_names::joined;
use crate::markup::{attribute, plain};
use crate::row::{Count, Row};

const SET: &str = "factuality/meantime";
/// The folder and the four corpora in it. The events that it adds to those of single documents carry no labels.
const FOLDER: &str = "data/factuality/meantime/intra_cross-doc_annotation";
const CORPORA: [&str; 4] = ["corpus_airbus", "corpus_apple", "corpus_gm", "corpus_stock"];

/// A document: sentences of words, and its events.
#[derive(Debug, Default, PartialEq)]
struct Marked {
    sentences: Vec<Vec<(String, String)>>,
    events: Vec<Event>,
}

/// An event: sentence, its words there, and the labels.
#[derive(Debug, PartialEq)]
struct Event {
    sentence: usize,
    words: Vec<usize>,
    polarity: String,
    certainty: String,
}

/// F1 of negated events, and of events that are not certain. What is underspecified or has no label is left out.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let (model, world) = (Model::embedded()?, World::embedded()?);
    let (mut negated, mut open) = (Count::default(), Count::default());
    for corpus in CORPORA {
        for file in data.texts(&format!("{FOLDER}/{corpus}"), "xml")? {
            let marked = read(&file);
            let (text, spans) = joined(&marked.sentences);
            let sentences = model.annotate_given(&text, &spans);
            let report = Report::new("marked", text);
            let document = Document::new(&report, &sentences, world.acts());
            for event in &marked.events {
                let Some(view) = document.views.get(event.sentence) else { continue };
                let (Some(first), Some(last)) = (event.words.first(), event.words.last()) else { continue };
                let (polarity, certainty) = factuality(view, view.head_of(*first..*last + 1));
                let sure = matches!(certainty, Certainty::Certain | Certainty::Underspecified);
                if let gold @ ("POS" | "NEG") = event.polarity.as_str() {
                    count(&mut negated, polarity == Polarity::Neg, gold == "NEG");
                }
                if let gold @ ("CERTAIN" | "PROBABLE" | "POSSIBLE") = event.certainty.as_str() {
                    count(&mut open, !sure, gold != "CERTAIN");
                }
            }
        }
    }
    if negated == Count::default() {
        return Ok(Vec::new());
    }
    Ok(vec![negated.row(SET, "negated"), open.row(SET, "not certain")])
}

fn count(count: &mut Count, ours: bool, gold: bool) {
    count.add(usize::from(ours && gold), usize::from(ours), usize::from(gold));
}

/// Reads one file in `NewsReader`'s XML.
fn read(file: &str) -> Marked {
    let mut marked = Marked::default();
    let mut places: HashMap<String, (usize, usize)> = HashMap::new();
    let mut sentence = String::new();
    for tag in file.split("<token ").skip(1) {
        let (Some(number), Some(id)) = (attribute(tag, "sentence"), attribute(tag, "t_id")) else { continue };
        if marked.sentences.is_empty() || number != sentence {
            marked.sentences.push(Vec::new());
            sentence = number;
        }
        let at = marked.sentences.len() - 1;
        let form = tag.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
        places.insert(id, (at, marked.sentences[at].len()));
        marked.sentences[at].push((plain(form), String::new()));
    }
    for tag in file.split("<EVENT_MENTION ").skip(1) {
        let tag = tag.split("</EVENT_MENTION>").next().unwrap_or_default();
        let anchors = tag.split("<token_anchor ").skip(1).filter_map(|a| attribute(a, "t_id"));
        let words: Vec<(usize, usize)> = anchors.filter_map(|id| places.get(&id).copied()).collect();
        let Some((sentence, _)) = words.first().copied() else { continue };
        marked.events.push(Event {
            sentence,
            words: words.into_iter().filter(|(s, _)| *s == sentence).map(|(_, word)| word).collect(),
            polarity: attribute(tag, "polarity").unwrap_or_default(),
            certainty: attribute(tag, "certainty").unwrap_or_default(),
        });
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_labels_are_read_from_the_markup() {
        let file = "<Document><token number=\"0\" sentence=\"0\" t_id=\"1\">Rain</token>\
            <token number=\"1\" sentence=\"0\" t_id=\"2\">stopped</token>\
            <token number=\"0\" sentence=\"1\" t_id=\"3\">A&amp;B</token><Markables>\
            <EVENT_MENTION certainty=\"CERTAIN\" m_id=\"4\" polarity=\"NEG\"><token_anchor t_id=\"2\"/></EVENT_MENTION>";
        let marked = read(file);
        assert_eq!(marked.sentences.len(), 2);
        assert_eq!(marked.sentences[1][0].0, "A&B");
        let event = Event {
            sentence: 0,
            words: vec![1],
            polarity: "NEG".to_owned(),
            certainty: "CERTAIN".to_owned(),
        };
        assert_eq!(marked.events, [event]);
    }
}
