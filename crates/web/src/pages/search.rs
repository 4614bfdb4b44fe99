//! Search by words, in claims and in reports.

use askama::Template;
use holdfire_ledger::{Hit, Ledger, Mode};
use holdfire_record::ClaimLine;
use holdfire_types::{Id, IdKind};

use crate::app::ReportLine;
use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// Hits of each sort shown at most.
const MOST: usize = 50;

/// The page.
#[derive(Template)]
#[template(path = "search.html")]
pub struct Page<'a> {
    f: Frame,
    q: String,
    claims: Vec<(ClaimLine, Vec<(String, bool)>)>,
    reports: Vec<(&'a ReportLine, Vec<(String, bool)>)>,
}

/// What the words of `q` find. An id of anything finds that thing.
pub fn search<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let q = site.ask.param("q").unwrap_or("").to_owned();
    let found = Ledger::open(&site.app.ledger, Mode::Read)?.search(&q, MOST)?;
    // The index knows the present; a hit that the moment shown does not hold is left out.
    let mut claims: Vec<(ClaimLine, Vec<(String, bool)>)> =
        found.claims.iter().filter_map(|h| Some((site.record().claim_line(&h.id)?, pieces(h)))).collect();
    if let Some(line) = Id::parse(IdKind::Claim, &q).and_then(|id| site.record().claim_line(&id)) {
        let quote = vec![(line.quote.clone(), false)];
        claims.insert(0, (line, quote));
    }
    let report = |id: &Id| site.snapshot.reports.iter().find(|r| r.id == *id);
    let mut reports: Vec<(&ReportLine, Vec<(String, bool)>)> =
        found.reports.iter().filter_map(|h| Some((report(&h.id)?, pieces(h)))).collect();
    if let Some(line) = Id::parse(IdKind::Report, &q).and_then(|id| report(&id)) {
        reports.insert(0, (line, vec![]));
    }
    Ok(Page { f: site.frame("Search", ""), q, claims, reports })
}

/// The excerpt, cut where the words found begin and end.
fn pieces(hit: &Hit) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in &hit.marks {
        let (start, end) = (mark.start as usize, mark.end as usize);
        pieces.push((hit.excerpt[at..start].to_owned(), false));
        pieces.push((hit.excerpt[start..end].to_owned(), true));
        at = end;
    }
    pieces.push((hit.excerpt[at..].to_owned(), false));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}
