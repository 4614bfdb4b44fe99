//! How a number came about: any number of a view, by its place in that view, with every claim that it rests on.

use askama::Template;
use holdfire_record::{ClaimLine, IncidentSummary};
use holdfire_types::{Id, IdKind};
use serde_json::Value;

use crate::ask::read_day;
use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// Claims shown on one page.
const MOST: usize = 200;

/// A number and what it rests on.
#[derive(Debug)]
pub struct Number {
    /// The number as shown.
    pub value: String,
    /// Its claims.
    pub claims: Vec<Id>,
    /// Its incidents, where it counts incidents.
    pub incidents: Vec<Id>,
    /// How it was made, where the view says.
    pub how: Option<String>,
}

/// The page.
#[derive(Template)]
#[template(path = "number.html")]
pub struct Page<'a> {
    f: Frame,
    name: String,
    when: String,
    number: Number,
    incidents: Vec<&'a IncidentSummary>,
    claims: Vec<ClaimLine>,
    left_out: u64,
    api: String,
}

/// The number that the parameters name.
pub fn number<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let at = site.ask.param("at").unwrap_or("").to_owned();
    let (number, when) = resolve(site)?;
    let claims = number.claims.iter().take(MOST).filter_map(|id| site.record().claim_line(id)).collect();
    let incidents = site.snapshot.incidents.iter().filter(|i| number.incidents.contains(&i.id)).collect();
    let name = name(&at);
    Ok(Page {
        f: site.frame(format!("How this number came about: {name}"), ""),
        left_out: number.claims.len().saturating_sub(MOST) as u64,
        api: format!("/api{}", site.ask.rest),
        name,
        when,
        number,
        incidents,
        claims,
    })
}

/// Finds the number in its view.
pub fn resolve(site: &Site) -> Result<(Number, String), Fault> {
    let truce = site.truce()?;
    let (view, when) = match site.ask.part("view") {
        "standing" => {
            let window = site.window(truce)?;
            let days = holdfire_types::Days::between(window.from, window.to);
            (serde_json::to_value(site.record().standing(truce, window)), words::days(days))
        }
        "day" => {
            let date = read_day("date", site.ask.param("date").unwrap_or(""))?;
            (serde_json::to_value(site.record().day(date, truce)), words::day(date))
        }
        "incident" => {
            let text = site.ask.param("id").unwrap_or("");
            let view = Id::parse(IdKind::Incident, text).and_then(|id| site.record().incident(&id));
            let view =
                view.ok_or_else(|| Fault::missing(format!("There is no incident `{text}` in this record.")))?;
            let when = view.summary.title.clone();
            (serde_json::to_value(view), when)
        }
        other => return Err(Fault::missing(format!("No view is called `{other}`."))),
    };
    let view = view.map_err(|_| Fault::Broken)?;
    let at = site.ask.param("at").unwrap_or("");
    let found = view.pointer(at).and_then(read);
    let number =
        found.ok_or_else(|| Fault::missing(format!("There is no number at `{at}` in this view.")))?;
    Ok((number, when))
}

/// A part of a view that has claims is a number that can be asked about.
fn read(part: &Value) -> Option<Number> {
    let ids = |name: &str, kind: IdKind| -> Option<Vec<Id>> {
        let list = part.get(name)?.as_array()?;
        // A list of ids, or of claims with their ids.
        let id = |v: &Value| Id::parse(kind, v.as_str().or_else(|| v.get("id")?.as_str())?);
        Some(list.iter().filter_map(id).collect())
    };
    let claims = match ids("claims", IdKind::Claim) {
        Some(claims) => claims,
        None => vec![Id::parse(IdKind::Claim, part.get("claim")?.as_str()?)?],
    };
    let bound = |of: &Value, name: &str| of.get(name).and_then(Value::as_u64);
    let interval =
        |of: &Value| words::interval(holdfire_record::Interval::new(bound(of, "min"), bound(of, "max")));
    let intervals = ["count", "total", "bounds", "allowed"]
        .iter()
        .filter_map(|name| part.get(name))
        .find(|v| v.is_object());
    let value = match (part.get("value").and_then(Value::as_u64), intervals) {
        (Some(n), _) => words::number(n),
        (None, Some(bounds)) => interval(bounds),
        (None, None) => words::many(claims.len() as u64, "claim"),
    };
    let how = part.get("text").and_then(Value::as_str).map(str::to_owned);
    Some(Number { value, claims, incidents: ids("incidents", IdKind::Incident).unwrap_or_default(), how })
}

/// A place in a view, in words: "violence, incidents, in scope".
fn name(at: &str) -> String {
    let word = |part: &str| match part {
        "within" => "in scope".to_owned(),
        "told" => "as told".to_owned(),
        other => other.replace(['_', '-'], " "),
    };
    let parts = at.split('/').filter(|p| !p.is_empty() && !p.bytes().all(|b| b.is_ascii_digit()));
    parts.map(word).collect::<Vec<_>>().join(", ")
}
