//! Places of verbs against marked sentences on wars: the verb is given, exact spans of places are asked for.
//!
//! Rows that their markers accepted; empty spans are dropped. The dev half is that whose text's BLAKE3 ends in 0 to 3.
//! In a fifth of the rows the marks count words where they should count characters, so that they point nowhere: no
//! reader can find those, and whoever names the place all the same is counted wrong. The figure over the other rows
//! says how well places are found.

use std::io::Read;

use flate2::read::GzDecoder;
use holdfire::{Reader, places_of};
use holdfire_types::{CharMap, Report, Span};
use serde_json::Value;

use crate::Fault;
use crate::data::Data;
use crate::row::{Count, Row};

const FILE: &str = "data/events/event_location.jsonl.gz";
const DEV: &str = "events/places-dev";
const REST: &str = "events/places-rest";

/// F1 of places, over all rows and over those whose marks point at words, in the dev half and in the rest.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(path) = data.get(FILE) else { return Ok(Vec::new()) };
    let mut rows = String::new();
    GzDecoder::new(std::fs::File::open(&path)?)
        .read_to_string(&mut rows)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    let reader = Reader::new()?;
    let mut counts = [[Count::default(); 2]; 2];
    for (number, line) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(line)?;
        let text = row["text"].as_str().unwrap_or_default();
        if row["answer"] != "accept" || text.is_empty() {
            continue;
        }
        let map = CharMap::new(text);
        let Some(verb) = marks(&row, "VERB").next().map(|chars| map.span(text, chars)) else { continue };
        let gold: Vec<Span> = marks(&row, "LOCATION")
            .filter(|[start, end]| start < end)
            .map(|chars| map.span(text, chars))
            .collect();
        let sound = marks(&row, "LOCATION").all(|[start, end]| start < end)
            && gold.iter().all(|span| whole_words(text, *span));
        let mut report = Report::new(number.to_string(), text);
        report.lang = Some("en".to_owned());
        report.seal();
        let read = reader.read(report);
        let found: Vec<Span> =
            places_of(&read, reader.world(), &[verb]).into_iter().map(|(_, place)| place).collect();
        let right = found.iter().filter(|span| gold.contains(span)).count();
        let half = usize::from(!is_dev(text));
        counts[half][0].add(right, found.len(), gold.len());
        if sound {
            counts[half][1].add(right, found.len(), gold.len());
        }
    }
    let half = |set: &'static str, [all, sound]: [Count; 2]| {
        [
            all.row(set, "places"),
            sound.row(set, "places where marks are sound"),
            Row::new(
                set,
                "places where marks are sound precision",
                sound.precision(),
                sound.found,
                "precision",
            ),
            Row::new(set, "places where marks are sound recall", sound.recall(), sound.gold, "recall"),
        ]
    };
    Ok([half(DEV, counts[0]), half(REST, counts[1])].concat())
}

/// Ends of the spans with a label, in characters.
fn marks<'r>(row: &'r Value, label: &'r str) -> impl Iterator<Item = [usize; 2]> + 'r {
    let spans = row["spans"].as_array().into_iter().flatten();
    spans
        .filter(move |s| s["label"] == label)
        .filter_map(|s| Some([s["start"].as_u64()? as usize, s["end"].as_u64()? as usize]))
}

fn is_dev(text: &str) -> bool {
    blake3::hash(text.as_bytes()).to_hex().ends_with(['0', '1', '2', '3'])
}

/// True where a span begins and ends with words, not inside them or at blanks.
fn whole_words(text: &str, span: Span) -> bool {
    let (before, inside, after) = (&text[..span.start as usize], span.of(text), &text[span.end as usize..]);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cut = (word(before.chars().next_back()) && word(inside.chars().next()))
        || (word(inside.chars().next_back()) && word(after.chars().next()));
    !cut && inside.trim() == inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_inside_words_are_no_sound_marks() {
        let text = "The shells fell near Ain.";
        assert!(whole_words(text, Span::new(21, 24)));
        assert!(!whole_words(text, Span::new(5, 8)));
        assert!(!whole_words(text, Span::new(3, 4)));
    }

    #[test]
    fn marks_are_taken_by_label() {
        let row = serde_json::json!({"spans": [{"start": 1, "end": 3, "label": "VERB"}, {"start": 5, "end": 5, "label": "LOCATION"}]});
        assert_eq!(marks(&row, "LOCATION").collect::<Vec<_>>(), [[5, 5]]);
    }
}
