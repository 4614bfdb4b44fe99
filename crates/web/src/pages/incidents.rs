//! The list of incidents, with what it is narrowed to.

use askama::Template;
use holdfire_record::{IncidentSummary, Window};
use holdfire_types::{Kind, ScopeVerdict, Truce};

use super::map::day_of;
use crate::reply::Fault;
use crate::site::{Frame, Site, days_query, scope_of};
use crate::words;

/// Incidents to a page.
const EACH: usize = 60;

/// What a list of incidents is narrowed to.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// Truce whose scope is meant.
    pub truce: &'a Truce,
    /// Days.
    pub window: Window,
    /// Verdict.
    pub scope: Option<ScopeVerdict>,
    /// Kind of act.
    pub kind: Option<Kind>,
    /// Part of a place's name, or its id.
    pub place: Option<&'a str>,
    /// Part of a source's name, or its key.
    pub source: Option<&'a str>,
    place_folded: Option<String>,
    source_folded: Option<String>,
}

impl<'a> Filter<'a> {
    /// Reads it from the parameters.
    pub fn read(site: &Site<'a>) -> Result<Self, Fault> {
        let truce = site.truce()?;
        let ask = site.ask;
        let list = |codes: &[&str]| codes.join(", ");
        let verdicts: Vec<&str> = ScopeVerdict::ALL.iter().map(|v| v.as_str()).collect();
        let kinds: Vec<&str> = Kind::ALL.iter().map(|k| k.as_str()).collect();
        let (place, source) = (ask.param("place"), ask.param("source"));
        Ok(Self {
            truce,
            window: site.window(truce)?,
            scope: ask.code("scope", &list(&verdicts))?,
            kind: ask.code("kind", &list(&kinds))?,
            place,
            source,
            place_folded: place.map(str::to_lowercase),
            source_folded: source.map(str::to_lowercase),
        })
    }

    /// The incidents that pass, in their order.
    pub fn apply<'s>(&'s self, all: &'s [IncidentSummary]) -> impl Iterator<Item = &'s IncidentSummary> {
        all.iter().filter(|i| self.passes(i))
    }

    /// True for an incident that passes.
    pub fn passes(&self, incident: &IncidentSummary) -> bool {
        let has = |wanted: &str, id: Option<&str>, name: &str| {
            id == Some(wanted) || name.to_lowercase().contains(wanted)
        };
        let place = |wanted: &String| {
            let mut places = incident.places.iter();
            places.any(|p| {
                has(wanted, p.id.as_deref(), &p.name) || p.admin1.to_lowercase().contains(wanted.as_str())
            })
        };
        let source = |wanted: &String| incident.sources.iter().any(|s| has(wanted, Some(&s.key), &s.name));
        day_of(incident).is_none_or(|d| self.window.holds(d))
            && self.scope.is_none_or(|v| scope_of(incident, self.truce).is_some_and(|s| s.verdict == v))
            && self.kind.is_none_or(|k| incident.kinds.contains(&k))
            && self.place_folded.as_ref().is_none_or(place)
            && self.source_folded.as_ref().is_none_or(source)
    }

    fn is_scope(&self, verdict: impl words::Of<ScopeVerdict>) -> bool {
        self.scope == Some(verdict.of())
    }

    fn is_kind(&self, kind: impl words::Of<Kind>) -> bool {
        self.kind == Some(kind.of())
    }

    /// True when only truce and days narrow the list.
    pub fn is_bare(&self) -> bool {
        self.scope.is_none() && self.kind.is_none() && self.place.is_none() && self.source.is_none()
    }
}

/// The page.
#[derive(Template)]
#[template(path = "incidents.html")]
pub struct Page<'a> {
    f: Frame,
    filter: Filter<'a>,
    truces: &'a [Truce],
    rows: Vec<&'a IncidentSummary>,
    all: u64,
    first: usize,
    earlier: Option<String>,
    later: Option<String>,
    query: String,
}

impl Page<'_> {
    fn verdict(&self, incident: &IncidentSummary) -> Option<ScopeVerdict> {
        scope_of(incident, self.filter.truce).map(|s| s.verdict)
    }
}

/// The incidents that pass the filter.
pub fn incidents<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let filter = Filter::read(site)?;
    let passing: Vec<&IncidentSummary> =
        site.snapshot.incidents.iter().filter(|i| filter.passes(i)).collect();
    let page = site.page()?;
    let first = (page - 1) * EACH;
    let to = |n: usize| site.ask.with(&[("page", Some(&n.to_string()))]);
    Ok(Page {
        f: site.frame("Incidents", "Incidents"),
        query: days_query(filter.truce, filter.window),
        truces: site.truces(),
        earlier: (page > 1).then(|| to(page - 1)),
        later: (first + EACH < passing.len()).then(|| to(page + 1)),
        all: passing.len() as u64,
        rows: passing.into_iter().skip(first).take(EACH).collect(),
        first: first + 1,
        filter,
    })
}
