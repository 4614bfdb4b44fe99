//! What pages are made from: the record at one moment, the truce and days asked about, and the frame around a page.

use holdfire_record::{IncidentSummary, Record, ScopeView, Window};
use holdfire_types::{Id, IdKind, ScopeVerdict, Truce};
use jiff::civil::Date;

use crate::app::{App, Snapshot};
use crate::ask::{Ask, coded};
use crate::draw::Land;
use crate::reply::Fault;
use crate::words;

/// The pages of the menu, with their names.
pub const PAGES: &[(&str, &str)] = &[
    ("/", "Standing"),
    ("/day", "Day sheet"),
    ("/incidents", "Incidents"),
    ("/map", "Map"),
    ("/convoys", "Convoys"),
    ("/talks", "Talks"),
    ("/sources", "Sources"),
    ("/corrections", "Corrections"),
];

/// What stands around every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Title of the page.
    pub title: String,
    /// Its name in the menu; empty for pages that are not in it.
    pub here: &'static str,
    /// What stands before every link.
    pub base: String,
    /// Parameters that the menu's links keep.
    pub keep: String,
    /// The page without `base`.
    pub rest: String,
    /// Words in the search field.
    pub words: String,
    /// The past moment shown, if it is one.
    pub moment: Option<String>,
    /// The ledger's last entry.
    pub head: Option<HeadLine>,
}

/// The last entry of the ledger, as the footer tells it.
#[derive(Debug, Clone)]
pub struct HeadLine {
    /// Its number.
    pub entry: u64,
    /// Its number, in words.
    pub entries: String,
    /// When it was recorded.
    pub at: String,
    /// The beginning of its hash.
    pub hash: String,
}

impl Frame {
    /// A frame that knows of no record, for faults.
    pub fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            here: "",
            base: String::new(),
            keep: String::new(),
            rest: "/".to_owned(),
            words: String::new(),
            moment: None,
            head: None,
        }
    }
}

/// One request's view of the record.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The app.
    pub app: &'a App,
    /// The record at the moment asked for.
    pub snapshot: &'a Snapshot,
    /// What was asked.
    pub ask: &'a Ask,
}

impl<'a> Site<'a> {
    /// The record.
    pub fn record(&self) -> &'a Record {
        &self.snapshot.record
    }

    /// The frame of a page.
    pub fn frame(&self, title: impl Into<String>, here: &'static str) -> Frame {
        let ask = self.ask;
        let head = self.snapshot.head.map(|head| HeadLine {
            entry: head.entry,
            entries: words::number(head.entry),
            at: words::moment(head.at),
            hash: words::hex(&head.hash[..8]),
        });
        Frame {
            title: title.into(),
            here,
            base: ask.base.clone(),
            keep: ask.param("truce").map(|t| format!("?truce={}", coded(t))).unwrap_or_default(),
            rest: ask.rest.clone(),
            words: ask.param("q").unwrap_or("").to_owned(),
            moment: (!ask.base.is_empty()).then(|| format!("entry {}", words::number(self.snapshot.entry))),
            head,
        }
    }

    /// The thing that the path names.
    pub fn id(&self, kind: IdKind, noun: &str) -> Result<Id, Fault> {
        let text = self.ask.part("id");
        Id::parse(kind, text).ok_or_else(|| {
            Fault::missing(format!("`{text}` is no {noun}: its id has a `{}` and 16 digits.", kind.letter()))
        })
    }

    /// The page of a list asked for, from 1.
    pub fn page(&self) -> Result<usize, Fault> {
        let Some(text) = self.ask.param("page") else { return Ok(1) };
        let page = text.parse().ok().filter(|n| (1..=100_000).contains(n));
        page.ok_or_else(|| Fault::bad(format!("`{text}` is no page"), "pages are numbered from 1"))
    }

    /// The truces known.
    pub fn truces(&self) -> &'a [Truce] {
        self.app.world.truces()
    }

    /// The truce asked about; without a word, the one that most of the record is about.
    pub fn truce(&self) -> Result<&'a Truce, Fault> {
        if let Some(id) = self.ask.param("truce") {
            return self.truces().iter().find(|t| t.id == id).ok_or_else(|| {
                let known: Vec<&str> = self.truces().iter().map(|t| t.id.as_str()).collect();
                Fault::bad(
                    format!("no truce is called `{id}`"),
                    format!("the truces known are: {}", known.join(", ")),
                )
            });
        }
        let about = |t: &&Truce| {
            let touches =
                |i: &&IncidentSummary| scope_of(i, t).is_some_and(|s| s.verdict != ScopeVerdict::Out);
            self.snapshot.incidents.iter().filter(touches).count()
        };
        // `max_by_key` takes the last of equals; the first of the packs is wanted.
        self.truces()
            .iter()
            .rev()
            .max_by_key(about)
            .ok_or_else(|| Fault::missing("No truce is known: the packs hold none."))
    }

    /// The days asked about; without a word, from the truce's first day to the last report of its time.
    pub fn window(&self, truce: &Truce) -> Result<Window, Fault> {
        let (from, to) = (self.ask.day("from")?, self.ask.day("to")?);
        let whole = self.whole(truce);
        let window = Window::new(from.unwrap_or(whole.from), to.unwrap_or(whole.to));
        if window.days().count() > 3659 {
            return Err(Fault::bad("that is more than ten years", "ask for fewer days"));
        }
        Ok(window)
    }
}

impl Site<'_> {
    /// From the truce's first day to the last day of its time that a report was published on.
    fn whole(&self, truce: &Truce) -> Window {
        let last = self.snapshot.reports.iter().filter_map(|r| r.published).max().unwrap_or(truce.start);
        Window::new(truce.start, truce.end.map_or(last, |end| last.min(end)).max(truce.start))
    }
}

/// The verdict of an incident under a truce.
pub fn scope_of<'a>(incident: &'a IncidentSummary, truce: &Truce) -> Option<&'a ScopeView> {
    incident.scopes.iter().find(|s| s.truce == truce.id)
}

impl Site<'_> {
    /// Countries to draw, with those where `truce` holds apart.
    pub fn land(&self, truce: &Truce) -> Vec<Land<'_>> {
        let home = |iso: &String| truce.countries.contains(iso);
        let outlines = self.app.world.outlines().iter();
        outlines.map(|o| Land { name: &o.name, home: home(&o.iso), rings: &o.rings }).collect()
    }

    /// Every day that a report was published on, in order.
    pub fn days_of_reports(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.snapshot.reports.iter().filter_map(|r| r.published).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Truce and days as they stand in a link.
pub fn days_query(truce: &Truce, window: Window) -> String {
    format!("?truce={}&from={}&to={}", coded(&truce.id), window.from, window.to)
}
