//! The map of incidents, whole and week by week.

use std::collections::BTreeMap;

use askama::Template;
use holdfire_record::{IncidentSummary, Window};
use holdfire_types::{PlacePrecision, ScopeVerdict, Truce};

use crate::draw::{self, Map, Pin};
use crate::pages::Filter;
use crate::reply::Fault;
use crate::site::{Frame, Site, days_query, scope_of};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "map.html")]
pub struct Page<'a> {
    f: Frame,
    filter: Filter<'a>,
    truces: &'a [Truce],
    map: Option<Map>,
    pins: Vec<Pin>,
    weeks: Vec<(Window, u64, Map)>,
    unplaced: usize,
    query: String,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 620.0;
/// Weeks that are drawn apart at most.
const WEEKS: usize = 24;

/// The map of the days asked about.
pub fn map<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let filter = Filter::read(site)?;
    // Acts that no term judges (talks, statements) happen anywhere, and say nothing on where a truce is broken.
    let shown: Vec<&IncidentSummary> =
        filter.apply(&site.snapshot.incidents).filter(|i| scope_of(i, filter.truce).is_some()).collect();
    let (pins, unplaced) = pins(shown.iter().copied(), filter.truce);
    let mut weeks = Vec::new();
    let first_days: Vec<_> = filter.window.days().step_by(7).collect();
    if (2..=WEEKS).contains(&first_days.len()) {
        for from in first_days {
            let week =
                Window::new(from, from.saturating_add(jiff::Span::new().days(6)).min(filter.window.to));
            let of_week = shown.iter().copied().filter(|i| day_of(i).is_some_and(|d| week.holds(d)));
            let (of_week, _) = self::pins(of_week, filter.truce);
            let count = of_week.iter().map(Pin::total).sum();
            if let Some(map) = draw::part_map(&pins, &of_week, WIDTH, HEIGHT) {
                weeks.push((week, count, map));
            }
        }
    }
    Ok(Page {
        f: site.frame("Map of incidents", "Map"),
        map: draw::map(&pins, &site.land(filter.truce), WIDTH, HEIGHT),
        query: days_query(filter.truce, filter.window),
        truces: site.truces(),
        filter,
        pins,
        weeks,
        unplaced,
    })
}

/// The map of a window for another page, and how many incidents have no place on it.
pub fn window_map(
    site: &Site,
    truce: &Truce,
    window: Window,
    width: f64,
    height: f64,
) -> (Option<Map>, usize) {
    let within = site.snapshot.incidents.iter().filter(|i| scope_of(i, truce).is_some());
    let within = within.filter(|i| day_of(i).is_some_and(|d| window.holds(d)));
    let (pins, unplaced) = pins(within, truce);
    (draw::map(&pins, &site.land(truce), width, height), unplaced)
}

/// The day that an incident is counted under.
pub fn day_of(incident: &IncidentSummary) -> Option<jiff::civil::Date> {
    incident.days.and_then(|d| d.to.or(d.from))
}

/// Incidents by their most exact place, and how many have none on a map.
pub fn pins<'a>(incidents: impl Iterator<Item = &'a IncidentSummary>, truce: &Truce) -> (Vec<Pin>, usize) {
    let mut by_place: BTreeMap<String, (Pin, BTreeMap<ScopeVerdict, u64>)> = BTreeMap::new();
    let mut unplaced = 0;
    for incident in incidents {
        let place =
            incident.places.iter().find(|p| p.precision.is_some_and(|at| at != PlacePrecision::Country));
        let Some((place, (lat, lon), precision)) =
            place.and_then(|p| Some((p, p.lat.zip(p.lon)?, p.precision?)))
        else {
            unplaced += 1;
            continue;
        };
        let id = place.id.clone().unwrap_or_else(|| place.name.clone());
        let verdict = scope_of(incident, truce).map_or(ScopeVerdict::Unknown, |s| s.verdict);
        let known = by_place.entry(format!("{id} {precision}")).or_insert_with(|| {
            (Pin { id, name: place.name.clone(), lat, lon, precision, incidents: vec![] }, BTreeMap::new())
        });
        *known.1.entry(verdict).or_default() += 1;
    }
    let gravest = |v: &ScopeVerdict| match v {
        ScopeVerdict::In => 0,
        ScopeVerdict::Disputed => 1,
        ScopeVerdict::Unknown => 2,
        ScopeVerdict::Out => 3,
    };
    let pins = by_place.into_values().map(|(mut pin, counts)| {
        pin.incidents = counts.into_iter().collect();
        pin.incidents.sort_by_key(|(v, _)| gravest(v));
        pin
    });
    (pins.collect(), unplaced)
}
