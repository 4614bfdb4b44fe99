//! The main incident of an article against a table of Syrian-war articles: civilians killed, governorate, cause, actor.
//!
//! The main incident is the one told first, in title or lead, with people killed, or failing that the first attack.
//! Classes are the table's own (`article_classes`, `civilians`); `unknown` is one of them. Articles that are marked claim
//! by claim for measuring are left out. A second set of figures leaves out those too that the claim models learned from.

use std::path::Path;

use holdfire_types::{Claim, FigureKind, FoundIn, Kind, Published, Report};
use jiff::civil::Date;

use crate::Fault;
use crate::article_classes;
use crate::civilians::civilians;
use crate::data::Data;
use crate::reader;
use crate::row::{Row, share};
use crate::train_claims::marks;

const SET: &str = "articles/fa-kes";
/// The table of articles.
pub const FILE: &str = "data/articles/fa-kes-dev.csv";
const SET_NOT_TAUGHT: &str = "articles/fa-kes not taught";
const MARKED: &str = "claims/dev/text";
const TAUGHT: &str = "claims/train/text";

/// How far title and lead reach, in bytes.
const LEAD: u32 = 900;

/// What the table says of an article.
#[derive(Debug)]
pub struct Marked {
    /// The article, title before text.
    pub report: Report,
    place: String,
    actor: String,
    cause: String,
    civilians: u64,
}

/// What is read rightly of an article.
#[derive(Debug, Clone, Copy)]
struct Outcome {
    taught: bool,
    /// Civilians killed, where the table has some.
    killed: Option<bool>,
    place: bool,
    cause: bool,
    actor: bool,
}

/// Shares of articles whose main incident is read as the table has it.
pub fn rows(root: &Path, data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.get(FILE) else { return Ok(Vec::new()) };
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let texts = |folder| -> Result<Vec<String>, Fault> {
        Ok(data.documents(folder, "txt")?.into_iter().map(|(_, text)| text).collect())
    };
    let (left_out, taught) = (texts(MARKED)?, texts(TAUGHT)?);
    let marks = marks::rows(root)?;
    let mut outcomes = Vec::new();
    for marked in table(&bytes)? {
        let body = marked.report.text.split_once("\n\n").map_or("", |(_, body)| body).trim();
        let among = |texts: &[String]| texts.iter().any(|text| text.contains(body));
        if !among(&left_out) {
            let taught = among(&taught) || marks.contains_key(&format!("a{}", marked.report.name));
            outcomes.push(outcome(&marked, taught)?);
        }
    }
    let mut rows = shares(SET, &outcomes);
    outcomes.retain(|o| !o.taught);
    rows.extend(shares(SET_NOT_TAUGHT, &outcomes));
    Ok(rows)
}

fn outcome(marked: &Marked, taught: bool) -> Result<Outcome, Fault> {
    let (_, claims) = reader::read(&marked.report)?;
    let (incident, text) = (main_incident(&claims), &marked.report.text);
    let killed = || civilians(text, &incident) == Some(marked.civilians);
    Ok(Outcome {
        taught,
        killed: (marked.civilians > 0).then(killed),
        place: article_classes::governorate(&incident, &claims) == marked.place,
        cause: article_classes::cause(text, &incident) == marked.cause,
        actor: article_classes::actor(&incident) == marked.actor,
    })
}

fn shares(set: &'static str, outcomes: &[Outcome]) -> Vec<Row> {
    let row = |measure: &str, right: &[bool]| {
        let count = right.iter().filter(|r| **r).count();
        Row::new(set, measure, share(count, right.len()), right.len(), "accuracy")
    };
    let all = |right: fn(&Outcome) -> bool| -> Vec<bool> { outcomes.iter().map(right).collect() };
    let killed: Vec<bool> = outcomes.iter().filter_map(|o| o.killed).collect();
    vec![
        row("civilians killed", &killed),
        row("place", &all(|o| o.place)),
        row("cause", &all(|o| o.cause)),
        row("actor", &all(|o| o.actor)),
    ]
}

fn is_harm(claim: &Claim) -> bool {
    matches!(claim.act.kind, Kind::Attack | Kind::Clash | Kind::Toll)
}

/// The claims of the main incident: the first that has people killed, with the others of title and lead.
pub fn main_incident(claims: &[Claim]) -> Vec<&Claim> {
    let deadly = |c: &&Claim| c.act.figures.iter().any(|f| f.what == FigureKind::Killed);
    let attack = |c: &&Claim| c.act.kind == Kind::Attack;
    let mut by_place: Vec<&Claim> = claims.iter().filter(|c| is_harm(c)).collect();
    by_place.sort_by_key(|c| c.span);
    let first = by_place
        .iter()
        .copied()
        .find(|c| deadly(c) && c.span.start < LEAD)
        .or_else(|| by_place.iter().copied().find(deadly))
        .or_else(|| by_place.iter().copied().find(attack));
    let Some(first) = first else { return Vec::new() };
    let reach = first.span.start + LEAD;
    let rest = by_place.into_iter().filter(|c| c.id != first.id && c.span.start < reach);
    std::iter::once(first).chain(rest).collect()
}

/// The rows of the table.
pub fn table(file: &[u8]) -> Result<Vec<Marked>, Fault> {
    let (text, _) = holdfire_text::decode(file);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let head = rows.headers()?.clone();
    let mut out = Vec::new();
    for row in rows.records() {
        let row = row?;
        let field =
            |name: &str| head.iter().position(|h| h == name).and_then(|i| row.get(i)).unwrap_or("").trim();
        let mut report = Report::new(
            field("unit_id"),
            format!("{}\n\n{}", field("article_title"), field("article_content")),
        );
        report.publisher = Some(field("source").to_owned());
        report.published =
            day(field("date")).map(|date| Published { date, found: FoundIn::Record, span: None });
        report.seal();
        out.push(Marked {
            report,
            place: field("location").to_lowercase(),
            actor: field("actor").to_lowercase(),
            cause: field("cause_of_death").to_lowercase(),
            civilians: field("nb_civilians").parse().unwrap_or(0),
        });
    }
    Ok(out)
}

/// A day written month/day/year with a year of two digits.
fn day(written: &str) -> Option<Date> {
    let mut parts = written.split('/').map(|p| p.parse::<i16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    Date::new(if year < 100 { 2000 + year } else { year }, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_with_its_day() {
        let file =
            b"unit_id,article_title,article_content,source,date,location,actor,cause_of_death,nb_civilians\n\
                     7,Raid,It came at dawn.,paper,7/10/16,Homs,unknown,shelling,3\n";
        let marked = table(file).expect("a table");
        assert_eq!(marked[0].civilians, 3);
        assert_eq!(marked[0].report.published.as_ref().map(|p| p.date), Date::new(2016, 7, 10).ok());
    }
}
