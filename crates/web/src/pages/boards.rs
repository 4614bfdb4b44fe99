//! Boards: convoys and rounds of talks, each step with who says so.

use askama::Template;
use holdfire_record::{AidGauge, TalksGauge, Window};
use holdfire_types::Truce;

use crate::reply::Fault;
use crate::site::{Frame, Site, days_query};
use crate::words;

/// The board of convoys.
#[derive(Template)]
#[template(path = "convoys.html")]
pub struct Convoys<'a> {
    f: Frame,
    aid: AidGauge,
    truce: &'a Truce,
    truces: &'a [Truce],
    window: Window,
    query: String,
}

impl Convoys<'_> {
    fn why(&self, at: &str) -> String {
        format!("{}/number/standing{}&at={at}", self.f.base, self.query)
    }

    /// The same for a number in a list.
    fn why_at(&self, list: &str, n: impl words::Of<usize>, rest: &str) -> String {
        self.why(&format!("{list}{}{rest}", n.of()))
    }
}

/// The board of talks.
#[derive(Template)]
#[template(path = "talks.html")]
pub struct Talks<'a> {
    f: Frame,
    gauge: TalksGauge,
    truce: &'a Truce,
    truces: &'a [Truce],
    window: Window,
    query: String,
}

impl Talks<'_> {
    fn why(&self, at: &str) -> String {
        format!("{}/number/standing{}&at={at}", self.f.base, self.query)
    }

    /// The same for a number in a list.
    fn why_at(&self, list: &str, n: impl words::Of<usize>, rest: &str) -> String {
        self.why(&format!("{list}{}{rest}", n.of()))
    }
}

/// The convoys of the days asked about.
pub fn convoys<'a>(site: &Site<'a>) -> Result<Convoys<'a>, Fault> {
    let truce = site.truce()?;
    let window = site.window(truce)?;
    Ok(Convoys {
        f: site.frame("Convoys", "Convoys"),
        aid: site.record().standing(truce, window).aid,
        truce,
        truces: site.truces(),
        window,
        query: days_query(truce, window),
    })
}

/// The talks of the days asked about.
pub fn talks<'a>(site: &Site<'a>) -> Result<Talks<'a>, Fault> {
    let truce = site.truce()?;
    let window = site.window(truce)?;
    Ok(Talks {
        f: site.frame("Talks", "Talks"),
        gauge: site.record().standing(truce, window).talks,
        truce,
        truces: site.truces(),
        window,
        query: days_query(truce, window),
    })
}
