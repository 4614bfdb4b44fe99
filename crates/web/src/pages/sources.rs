//! Sources: who spoke on which days, which days nothing was read of, and every report read.

use askama::Template;
use holdfire_record::{Coverage, Window};
use holdfire_types::Truce;
use jiff::civil::Date;

use crate::app::ReportLine;
use crate::reply::Fault;
use crate::site::{Frame, Site, days_query};
use crate::words;

/// The page of sources.
#[derive(Template)]
#[template(path = "sources.html")]
pub struct Sources<'a> {
    f: Frame,
    c: Coverage,
    truce: &'a Truce,
    truces: &'a [Truce],
    window: Window,
    query: String,
}

/// Sources and coverage of the days asked about.
pub fn sources<'a>(site: &Site<'a>) -> Result<Sources<'a>, Fault> {
    let truce = site.truce()?;
    let window = site.window(truce)?;
    let standing = site.record().standing(truce, window);
    Ok(Sources {
        f: site.frame("Sources and coverage", "Sources"),
        c: standing.coverage,
        query: days_query(truce, window),
        truce,
        truces: site.truces(),
        window,
    })
}

impl Sources<'_> {
    /// Runs of blank days, as stretches: a list of a hundred days says less.
    fn blank_runs(&self) -> Vec<holdfire_types::Days> {
        let mut runs: Vec<(Date, Date)> = Vec::new();
        for day in &self.c.blank_days {
            match runs.last_mut() {
                Some(run) if run.1.tomorrow().is_ok_and(|next| next == *day) => run.1 = *day,
                _ => runs.push((*day, *day)),
            }
        }
        runs.into_iter().map(|(from, to)| holdfire_types::Days::between(from, to)).collect()
    }
}

/// The page of reports.
#[derive(Template)]
#[template(path = "reports.html")]
pub struct Reports<'a> {
    f: Frame,
    rows: Vec<&'a ReportLine>,
    all: u64,
    earlier: Option<String>,
    later: Option<String>,
}

/// Reports to a page.
const EACH: usize = 100;

/// Every report read, the latest day first.
pub fn reports<'a>(site: &Site<'a>) -> Result<Reports<'a>, Fault> {
    let day = site.ask.day("day")?;
    let mut rows: Vec<&ReportLine> =
        site.snapshot.reports.iter().filter(|r| day.is_none() || r.published == day).collect();
    rows.sort_by_key(|r| std::cmp::Reverse((r.published, r.entry)));
    let page = site.page()?;
    let to = |n: usize| site.ask.with(&[("page", Some(&n.to_string()))]);
    Ok(Reports {
        f: site.frame("Reports", "Sources"),
        all: rows.len() as u64,
        earlier: (page > 1).then(|| to(page - 1)),
        later: (page * EACH < rows.len()).then(|| to(page + 1)),
        rows: rows.into_iter().skip((page - 1) * EACH).take(EACH).collect(),
    })
}
