//! ACLED's events: the form of today with 31 columns, and older ones.
//!
//! - The order of `actor1` and `actor2` does not say who struck. Where one of them is unarmed (civilians, protesters)
//!   it is the one struck; two armed ones stand side by side.
//! - 0 in `fatalities` says that no death is reported, so it gives no figure.
//! - A file with a row for each actor tells an event once, with all actors.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use holdfire_types::{Days, FigureKind, Filler, Kind, PlacePrecision, Status};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _, tz::Offset};

use super::Told;
use super::sheet::{Fault, Row, Sheet, short};
use super::telling::{Telling, Voice, address, figure, point};
use crate::acled::{event_type, inter};
use crate::countries;

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[
    &["event_id_cnty", "data_id"],
    &["event_date"],
    &["event_type"],
    &["actor1"],
    &["location"],
    &["fatalities"],
];

/// What the rows of one event share, in files with a row for each actor.
const OTHERS: [&str; 10] = [
    "event_id_cnty", "data_id", "event_date", "sub_event_type", "event_type", "location", "latitude",
    "longitude", "fatalities", "timestamp",
];

/// Which rows make up one event.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// Rows of each event.
    rows: HashMap<u64, u32>,
    waiting: HashMap<u64, Vec<Row>>,
}

impl Events {
    /// Counts the rows of each event of a file.
    pub fn of(mut sheet: Sheet<'_>) -> Self {
        let mut rows = HashMap::new();
        while let Some(row) = sheet.next() {
            if let Ok(row) = row {
                *rows.entry(key(&row)).or_insert(0) += 1;
            }
        }
        rows.retain(|_, count| *count > 1);
        Self { rows, waiting: HashMap::new() }
    }

    /// All rows of an event, once its last one is there.
    pub fn gather(&mut self, row: Row) -> Option<Vec<Row>> {
        let key = key(&row);
        let Some(&count) = self.rows.get(&key) else { return Some(vec![row]) };
        let waiting = self.waiting.entry(key).or_default();
        waiting.push(row);
        if waiting.len() < count as usize { None } else { self.waiting.remove(&key) }
    }
}

fn key(row: &Row) -> u64 {
    let mut hasher = DefaultHasher::new();
    if row.first(&["event_id_cnty", "data_id"]).is_empty() {
        row.cells().hash(&mut hasher);
    }
    OTHERS.map(|column| row.text(column)).hash(&mut hasher);
    hasher.finish()
}

/// One event, of its rows.
pub(super) fn tell(rows: &[Row]) -> Result<Told, Fault> {
    let row = &rows[0];
    let mut doubts = Vec::new();
    let date = row.day("event_date")?;
    if let Some(year) = row.count("year")?.filter(|year| *year != date.year() as u64) {
        return Err(Fault::new(
            format!("`year` is {year} and `event_date` is {date}"),
            "mend the one that is wrong",
        ));
    }
    let (event, sub) = (row.need("event_type")?, row.text("sub_event_type"));
    let kind = event_type(event, sub).ok_or_else(|| {
        Fault::new(
            format!("`{}` / `{}` is no type of event known here", short(event), short(sub)),
            "use ACLED's own names of event_type and sub_event_type",
        )
    })?;
    let days = days(row, date)?;
    let dead = row.count("fatalities")?;
    let place = place(row)?;
    let sides = sides(rows, &mut doubts)?;
    let published = changed(row, date, &mut doubts)?;

    let mut told = Telling::default();
    let source = told.name("ACLED", "acled/maker");
    told.say(" records ");
    let anchor = told.say(kind.words);
    told.say(place.preposition);
    let mut act = holdfire_types::Act::of(kind.kind);
    let holders = [place.admin1.as_str(), place.country.as_str()];
    act.place = vec![told.place(&place.name, &holders, place.point, "acled/location")];
    told.say(" ");
    act.days = Some(days);
    act.days_span = Some(told.days(days));
    say_sides(&mut told, &mut act, &sides);
    act.means = kind.means.into_iter().collect();
    if act.kind == Kind::Talks {
        act.status = Some(Status::Held);
    }
    match dead.unwrap_or(0) {
        0 => drop(told.say(", with no death reported")),
        n => {
            told.say(", with ");
            let span = told.say(&n.to_string());
            told.say(if n == 1 { " death" } else { " deaths" });
            act.figures = vec![figure(FigureKind::Killed, "people", Some(n), Some(n), span)];
        }
    }
    let via = row.names("source")?;
    let via = if via.is_empty() {
        Vec::new()
    } else {
        told.say(", after ");
        told.names(&via, "acled/source")
    };
    let span = told.end();
    told.notes(row.text("notes"));
    let address = address("acled", row.first(&["event_id_cnty", "data_id"]), &row.cells());
    let report = told.report(address, "ACLED", published);
    let claim = Voice { source, via, rule: "acled" }.claim(&report, span, anchor, act);
    Ok((report, vec![claim], doubts))
}

/// The days that an event may lie on. A week is the three days either side; a month is told by its middle.
fn days(row: &Row, date: Date) -> Result<Days, Fault> {
    match row.count("time_precision")? {
        None | Some(1) => Ok(Days::on(date)),
        Some(2) => Ok(Days::between(date.saturating_sub(3.days()), date.saturating_add(3.days()))),
        Some(3) => Ok(Days::between(date.first_of_month(), date.last_of_month())),
        Some(other) => Err(Fault::new(
            format!("`time_precision` is {other}"),
            "it is 1 for a day, 2 for a week or 3 for a month",
        )),
    }
}

/// The day of the row's last change: the day on which ACLED says it so.
fn changed(row: &Row, date: Date, doubts: &mut Vec<Fault>) -> Result<Option<Date>, Fault> {
    let Ok(Some(seconds)) = row.count("timestamp") else { return row.maybe_day("timestamp") };
    let day = i64::try_from(seconds).ok().and_then(|s| Timestamp::from_second(s).ok());
    let day = day.map(|at| Offset::UTC.to_datetime(at).date()).filter(|day| *day >= date);
    if day.is_none() {
        doubts.push(Fault::new(
            format!(
                "`timestamp` is {seconds}, before the event; the row went in without a day of publication"
            ),
            "look whether the file was cut or the columns have shifted",
        ));
    }
    Ok(day)
}

/// Where a row puts its event.
struct Place {
    name: String,
    admin1: String,
    country: String,
    preposition: &'static str,
    point: Option<holdfire_types::ResolvedPlace>,
}

fn place(row: &Row) -> Result<Place, Fault> {
    row.need("location")?;
    let (name, admin1, country) = (row.name("location")?, row.name("admin1")?, row.name("country")?);
    let (precision, preposition) = match row.count("geo_precision")? {
        Some(1) => (PlacePrecision::Exact, " in "),
        None | Some(2) => (PlacePrecision::Near, " near "),
        Some(3) => (PlacePrecision::Province, " in the region of "),
        Some(other) => {
            return Err(Fault::new(
                format!("`geo_precision` is {other}"),
                "it is 1 for a town, 2 for near a town or 3 for a region",
            ));
        }
    };
    let known = countries::of_iso(row.first(&["iso", "iso3"])).or_else(|| countries::of_name(&country));
    let code = known.map_or("", |c| c.alpha2);
    let point = row.point("latitude", "longitude")?.map(|at| point(&name, at, code, &admin1, precision));
    Ok(Place { name, admin1, country, preposition, point })
}

/// One actor with those beside it.
struct Side {
    names: Vec<String>,
    unarmed: bool,
}

/// The two sides of an event, each actor once however many rows name it.
fn sides(rows: &[Row], doubts: &mut Vec<Fault>) -> Result<Vec<Side>, Fault> {
    let mut sides: Vec<Side> = Vec::new();
    for row in rows {
        let columns = [("actor1", "assoc_actor_1", "inter1"), ("actor2", "assoc_actor_2", "inter2")];
        for (actor, beside, code) in columns {
            let name = row.name(actor)?;
            if name.is_empty() || sides.iter().any(|s| s.names[0] == name) {
                continue;
            }
            let cell = row.text(code);
            if !cell.is_empty() && inter(cell).is_none() {
                let what = format!("`{code}` is `{}`, which is no code of an actor", short(cell));
                doubts.push(Fault::new(what, "it is 1 to 8, or the words for them"));
            }
            let by_name = || {
                let lower = name.to_ascii_lowercase();
                ["civilians", "protesters"].iter().any(|w| lower.starts_with(w))
            };
            let unarmed = inter(cell).map_or_else(by_name, |code| matches!(code, 6 | 7));
            let mut names = row.names(beside)?;
            names.retain(|n| *n != name);
            names.insert(0, name);
            sides.push(Side { names, unarmed });
        }
    }
    Ok(sides)
}

/// Tells the sides, and puts them where the act has room for them.
fn say_sides(told: &mut Telling, act: &mut holdfire_types::Act, sides: &[Side]) {
    let (targets, armed): (Vec<&Side>, Vec<&Side>) = sides
        .iter()
        .partition(|s| s.unarmed && matches!(act.kind, Kind::Attack | Kind::Clash | Kind::Detention));
    if act.kind == Kind::Attack && armed.len() > 1 {
        act.kind = Kind::Clash;
    }
    let mut say = |lead: &str, sides: &[&Side]| -> Vec<Filler> {
        let names: Vec<&String> = sides.iter().flat_map(|s| &s.names).collect();
        if names.is_empty() {
            return Vec::new();
        }
        told.say(lead);
        told.names(&names, "acled/actor")
    };
    act.actor = say(if armed.len() > 1 { ", with the sides " } else { ", by " }, &armed);
    act.target = say(", against ", &targets);
}

#[cfg(test)]
#[path = "acled_tests.rs"]
mod tests;
