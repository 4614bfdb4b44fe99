//! The standing: what is reported against the truce's terms, in three gauges, day by day and on the map.

use askama::Template;
use holdfire_record::{Convoy, Round, Standing};
use holdfire_types::Truce;

use super::map::window_map;
use crate::draw::{Map, Strip, strip};
use crate::reply::Fault;
use crate::site::{Frame, Site, days_query};
use crate::words;

/// Convoys and rounds named in the gauges.
const LATEST: usize = 4;

/// The page.
#[derive(Template)]
#[template(path = "standing.html")]
pub struct Page<'a> {
    f: Frame,
    s: Standing,
    truce: &'a Truce,
    truces: &'a [Truce],
    strip: Strip,
    map: Option<Map>,
    unplaced: usize,
    query: String,
}

impl Page<'_> {
    /// The address of a number's claims.
    fn why(&self, at: &str) -> String {
        format!("{}/number/standing{}&at={at}", self.f.base, self.query)
    }

    /// The same for a number in a list.
    fn why_at(&self, list: &str, n: impl words::Of<usize>, rest: &str) -> String {
        self.why(&format!("{list}{}{rest}", n.of()))
    }

    /// The convoys spoken of last.
    fn latest_convoys(&self) -> Vec<&Convoy> {
        let mut convoys: Vec<&Convoy> = self.s.aid.convoys.iter().collect();
        convoys.sort_by_key(|c| std::cmp::Reverse(c.steps.last().map(|s| s.day)));
        convoys.truncate(LATEST);
        convoys
    }

    /// The rounds of talks spoken of last.
    fn latest_rounds(&self) -> Vec<&Round> {
        let mut rounds: Vec<&Round> = self.s.talks.rounds.iter().collect();
        rounds.sort_by_key(|r| std::cmp::Reverse(r.steps.last().map(|s| s.day)));
        rounds.truncate(LATEST);
        rounds
    }

    /// Share of days with a report, in hundredths.
    fn covered(&self) -> u64 {
        self.s.coverage.days_with_reports * 100 / self.s.coverage.days.max(1)
    }
}

/// The standing of the truce asked about.
pub fn standing<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let truce = site.truce()?;
    let window = site.window(truce)?;
    let s = site.record().standing(truce, window);
    let (map, unplaced) = window_map(site, truce, window, 600.0, 460.0);
    Ok(Page {
        f: site.frame(format!("Standing of {}", truce.name), "Standing"),
        strip: strip(&s.days),
        query: days_query(truce, window),
        s,
        truce,
        truces: site.truces(),
        map,
        unplaced,
    })
}
