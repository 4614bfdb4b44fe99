//! The JSON API: the views of the record as they are, for programs.

use holdfire_record::{
    AidGauge, ClaimView, CorrectionView, Coverage, DaySheet, IncidentSummary, IncidentView, ReportView,
    Standing, TalksGauge,
};
use holdfire_types::{Id, IdKind, Truce};
use serde::Serialize;

use crate::app::ReportLine;
use crate::ask::read_day;
use crate::pages::{Filter, resolve};
use crate::reply::Fault;
use crate::site::Site;
use crate::words;

/// Things in one answer at most.
const MOST: usize = 1_000;

/// What the API answers, by address.
pub const ADDRESSES: &[(&str, &str)] = &[
    ("/api/head", "the ledger's last entry"),
    ("/api/truces", "the truces known, with their terms"),
    ("/api/status?truce&from&to", "the standing of a truce"),
    ("/api/day/{date}?truce", "the sheet of one day"),
    (
        "/api/incidents?truce&from&to&scope&kind&place&source&skip",
        "incidents, the latest first, at most 1000",
    ),
    ("/api/incident/{id}", "one incident with every account"),
    ("/api/claim/{id}", "one claim with every slot and its rule"),
    ("/api/reports?skip", "reports without their texts, at most 1000"),
    ("/api/report/{id}", "one report with its text and claims"),
    ("/api/convoys?truce&from&to", "aid, state by state and place by place"),
    ("/api/talks?truce&from&to", "talks, round by round"),
    ("/api/sources?truce&from&to", "who spoke on which days, and days without a report"),
    ("/api/corrections", "corrections with their answers"),
    (
        "/api/number/{view}?at&...",
        "the claims behind a number of the view `standing`, `day` or `incident`; `at` is a JSON pointer",
    ),
    ("/at/{moment}/api/...", "any of these as the record stood at an entry's number, a day or a time"),
];

/// The list of addresses.
#[derive(Debug, Serialize)]
pub struct Index {
    addresses: Vec<Address>,
}

#[derive(Debug, Serialize)]
struct Address {
    address: &'static str,
    gives: &'static str,
}

/// What there is.
pub fn index(_: &Site) -> Result<Index, Fault> {
    let addresses = ADDRESSES.iter().map(|(address, gives)| Address { address, gives });
    Ok(Index { addresses: addresses.collect() })
}

/// The last entry.
#[derive(Debug, Serialize)]
pub struct Head {
    /// The last entry shown.
    entry: u64,
    /// The ledger's last entry.
    last: Option<u64>,
    /// When that was recorded.
    at: Option<jiff::Timestamp>,
    /// Its hash, in hexadecimal.
    hash: Option<String>,
}

/// The ledger's last entry.
pub fn head(site: &Site) -> Result<Head, Fault> {
    let head = site.snapshot.head;
    Ok(Head {
        entry: site.snapshot.entry,
        last: head.map(|h| h.entry),
        at: head.map(|h| h.at),
        hash: head.map(|h| words::hex(&h.hash)),
    })
}

/// Truces.
pub fn truces<'a>(site: &Site<'a>) -> Result<&'a [Truce], Fault> {
    Ok(site.truces())
}

/// The standing.
pub fn status(site: &Site) -> Result<Standing, Fault> {
    let truce = site.truce()?;
    Ok(site.record().standing(truce, site.window(truce)?))
}

/// One day.
pub fn day(site: &Site) -> Result<DaySheet, Fault> {
    let date = read_day("day", site.ask.part("date"))?;
    Ok(site.record().day(date, site.truce()?))
}

/// A part of a list.
#[derive(Debug, Serialize)]
pub struct Part<T> {
    /// How many there are.
    all: usize,
    /// How many were left out before these.
    skip: usize,
    /// These.
    items: Vec<T>,
}

fn part<T>(site: &Site, items: Vec<T>) -> Result<Part<T>, Fault> {
    let skip = match site.ask.param("skip") {
        None => 0,
        Some(text) => text.parse().map_err(|_| {
            Fault::bad(format!("`{text}` is no number for `skip`"), "write how many to leave out")
        })?,
    };
    Ok(Part { all: items.len(), skip, items: items.into_iter().skip(skip).take(MOST).collect() })
}

/// Incidents.
pub fn incidents<'a>(site: &Site<'a>) -> Result<Part<&'a IncidentSummary>, Fault> {
    let filter = Filter::read(site)?;
    part(site, site.snapshot.incidents.iter().filter(|i| filter.passes(i)).collect())
}

/// One incident.
pub fn incident(site: &Site) -> Result<IncidentView, Fault> {
    let id = site.id(IdKind::Incident, "incident")?;
    let mut view = site
        .record()
        .incident(&id)
        .ok_or_else(|| Fault::missing(format!("There is no incident {id} in this record.")))?;
    view.corrections.iter_mut().for_each(withhold);
    Ok(view)
}

/// One claim.
pub fn claim(site: &Site) -> Result<ClaimView, Fault> {
    let id = site.id(IdKind::Claim, "claim")?;
    let mut view = site
        .record()
        .claim_view(&id)
        .ok_or_else(|| Fault::missing(format!("There is no claim {id} in this record.")))?;
    view.corrections.iter_mut().for_each(withhold);
    Ok(view)
}

/// Reports.
pub fn reports<'a>(site: &Site<'a>) -> Result<Part<&'a ReportLine>, Fault> {
    part(site, site.snapshot.reports.iter().collect())
}

/// One report.
pub fn report(site: &Site) -> Result<ReportView, Fault> {
    let id = site.id(IdKind::Report, "report")?;
    let mut view = site
        .record()
        .report_view(&id)
        .ok_or_else(|| Fault::missing(format!("There is no report {id} in this record.")))?;
    view.corrections.iter_mut().for_each(withhold);
    Ok(view)
}

/// Aid.
pub fn convoys(site: &Site) -> Result<AidGauge, Fault> {
    status(site).map(|s| s.aid)
}

/// Talks.
pub fn talks(site: &Site) -> Result<TalksGauge, Fault> {
    status(site).map(|s| s.talks)
}

/// Coverage.
pub fn sources(site: &Site) -> Result<Coverage, Fault> {
    status(site).map(|s| s.coverage)
}

/// Corrections. Those about a person are given without their words.
pub fn corrections(site: &Site) -> Result<Vec<CorrectionView>, Fault> {
    let mut all = site.record().corrections();
    all.iter_mut().for_each(withhold);
    Ok(all)
}

fn withhold(correction: &mut CorrectionView) {
    if words::withheld(correction) {
        correction.text = String::new();
    }
}

/// A number with its claims.
#[derive(Debug, Serialize)]
pub struct Number {
    value: String,
    claims: Vec<Id>,
    incidents: Vec<Id>,
}

/// What a number rests on.
pub fn number(site: &Site) -> Result<Number, Fault> {
    let (number, _) = resolve(site)?;
    Ok(Number { value: number.value, claims: number.claims, incidents: number.incidents })
}
