//! CSV of FollowTheMoney statements: an entity `Event` for each incident, `LegalEntity` for each that takes part.
//!
//! Every value stands in the data set of the source that gives it, so that two sources' values of one property stay
//! two statements. A denial cannot be said: the form knows no "not".

use std::collections::BTreeMap;
use std::fmt::Write as _;

use holdfire_record::{ClaimEvidence, Evidence, Record};
use holdfire_types::{Filler, Id, IdKind};
use jiff::Timestamp;
use sha1::{Digest as _, Sha1};

use super::{Exported, csv, event};
use crate::LossReport;
use crate::table;

/// The columns, in order.
const COLUMNS: [&str; 14] = [
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang",
    "original_value", "external", "first_seen", "last_seen", "id",
];

/// What makes a statement one: entity, property, value, data set.
type Key = (String, &'static str, String, String);

/// When it was said first and last, and by which report first.
struct Seen {
    schema: &'static str,
    first: Timestamp,
    last: Timestamp,
    origin: String,
}

/// Statements, each once.
#[derive(Default)]
struct Statements(BTreeMap<Key, Seen>);

impl Statements {
    fn say(
        &mut self,
        claim: &ClaimEvidence<'_>,
        (schema, entity): (&'static str, &str),
        prop: &'static str,
        value: &str,
    ) {
        if value.is_empty() {
            return;
        }
        let key = (entity.to_owned(), prop, value.to_owned(), data_set(&claim.source.name));
        let at = claim.recorded;
        let seen = self.0.entry(key).or_insert_with(|| Seen {
            schema,
            first: at,
            last: at,
            origin: claim.report.id.to_string(),
        });
        (seen.first, seen.last) = (seen.first.min(at), seen.last.max(at));
    }
}

pub(super) fn export(record: &Record) -> Exported {
    let mut loss = LossReport::default();
    let mut statements = Statements::default();
    for evidence in record.evidence() {
        if !event::is_asserted(&evidence, &mut loss) {
            continue;
        }
        for claim in event::asserting(&evidence) {
            tell(&evidence, claim, &mut statements, &mut loss);
        }
        let silent = evidence.claims.iter().filter(|c| !c.asserts).count();
        loss.lost("claim that denies, doubts or was struck (no statement can say so)", silent);
        event::verdicts(&evidence, &mut loss);
    }
    loss.written = statements.0.len();
    Exported { text: csv(COLUMNS, None, statements.0.into_iter().map(row)), loss }
}

fn tell(evidence: &Evidence<'_>, claim: &ClaimEvidence<'_>, out: &mut Statements, loss: &mut LossReport) {
    let id = evidence.summary.id.as_str();
    let event = ("Event", id);
    let act = &claim.claim.act;
    out.say(claim, event, "id", id);
    out.say(claim, event, "name", &evidence.summary.title);
    out.say(claim, event, "recordId", claim.claim.id.as_str());
    match act.days.map(|d| (d.from, d.to)) {
        Some((Some(from), Some(to))) if from == to => out.say(claim, event, "date", &from.to_string()),
        Some((from, to)) => {
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            out.say(claim, event, "startDate", &day(from));
            out.say(claim, event, "endDate", &day(to));
        }
        None => {}
    }
    for place in &act.place {
        out.say(claim, event, "location", &place.name);
        if let Some(place) = &place.place {
            out.say(claim, event, "country", &place.country.to_lowercase());
            loss.lost("point on the map and its precision (only the place's name is written)", 1);
        }
    }
    for filler in act.actor.iter().chain(&act.target) {
        let party = party_id(filler);
        let entity = ("LegalEntity", party.as_str());
        out.say(claim, entity, "id", &party);
        out.say(claim, entity, "name", &filler.name);
        out.say(claim, event, "involved", &party);
    }
    loss.lost(
        "who did it to whom (both are only involved)",
        usize::from(!act.actor.is_empty() && !act.target.is_empty()),
    );
    for figure in &act.figures {
        out.say(claim, event, "summary", &table::figure(figure));
        loss.lost("count (written in words)", 1);
    }
    if let Some(url) = claim.report.url.as_deref().filter(|u| u.starts_with("http")) {
        out.say(claim, event, "sourceUrl", url);
    }
    out.say(claim, event, "publisher", claim.report.publisher.as_deref().unwrap_or(""));
    loss.lost("stance, condition and word on checking", 1);
    loss.lost("claim's evidence (the words it rests on)", 1);
}

fn row(((entity, prop, value, data_set), seen): (Key, Seen)) -> [String; 14] {
    let kind = match prop {
        "id" => "id",
        "name" => "name",
        "date" | "startDate" | "endDate" => "date",
        "location" => "address",
        "country" => "country",
        "involved" => "entity",
        "sourceUrl" => "url",
        _ => "string",
    };
    let id = statement_id(&data_set, &entity, prop, &value);
    let time = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%S").to_string();
    [
        entity.clone(),
        entity,
        prop.to_owned(),
        kind.to_owned(),
        seen.schema.to_owned(),
        value,
        data_set,
        seen.origin,
        String::new(),
        String::new(),
        "f".to_owned(),
        time(seen.first),
        time(seen.last),
        id,
    ]
}

/// SHA-1 of data set, entity, property and value with points between, as FollowTheMoney makes it.
fn statement_id(data_set: &str, entity: &str, prop: &str, value: &str) -> String {
    let hash = Sha1::digest(format!("{data_set}.{entity}.{prop}.{value}"));
    hash.iter().fold(String::with_capacity(40), |mut hex, byte| {
        // writing to a string cannot fail
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The source's name as the name of a data set: small letters, digits and underscores.
fn data_set(source: &str) -> String {
    let mut slug = String::new();
    for c in source.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    slug.trim_end_matches('_').to_owned()
}

/// The id of one who takes part: its id in the packs, else a hash of its name.
fn party_id(filler: &Filler) -> String {
    match &filler.party {
        Some(party) => format!("party-{}", party.replace('/', "-")),
        None => format!("name-{}", &Id::of(IdKind::Claim, &[&filler.name.to_lowercase()]).as_str()[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_statement_is_the_one_that_followthemoney_makes() {
        // `printf 'gazette.i1.name.Azaz' | sha1sum`
        assert_eq!(statement_id("gazette", "i1", "name", "Azaz"), "283679a1b2fc5b3a67b89767b8a16906125e1f13");
        assert_eq!(data_set("The Evening Post (UK)"), "the_evening_post_uk");
    }
}
