//! CSV with the columns of UCDP's GED, an incident with at least one death a row.
//!
//! `low` and `high` hold the bounds of every account. `best` is the number where all agree on one, what UCDP's own
//! imported row had, else the lowest; it is no judgement.

use holdfire_record::{Counts, Evidence, Parties, Record};
use holdfire_types::{DayPrecision, Days, Figure, FigureKind, Kind, PartyKind, PlacePrecision};

use super::event::{self, Dead, Member};
use super::{Exported, csv};
use crate::LossReport;
use crate::countries::of_alpha2;
use crate::ged::COLUMNS;

/// Tags of the columns that have one (HXL 1.1); the others are empty.
const TAGS: [(&str, &str); 21] = [
    ("id", "#event+code"),
    ("year", "#date+year"),
    ("type_of_violence", "#event+type"),
    ("side_a", "#group+name+first"),
    ("side_b", "#group+name+second"),
    ("source_office", "#meta+source"),
    ("source_headline", "#description"),
    ("where_prec", "#geo+precision"),
    ("where_coordinates", "#loc+name"),
    ("adm_1", "#adm1+name"),
    ("adm_2", "#adm2+name"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("country", "#country+name"),
    ("country_id", "#country+code"),
    ("region", "#region+name"),
    ("date_start", "#date+start"),
    ("date_end", "#date+end"),
    ("best", "#affected+killed"),
    ("high", "#affected+killed+max"),
    ("low", "#affected+killed+min"),
];

pub(super) fn export(record: &Record, tags: bool) -> Exported {
    let mut loss = LossReport::default();
    let rows: Vec<_> = record.evidence().filter_map(|e| row(&e, record.parties(), &mut loss)).collect();
    loss.written = rows.len();
    loss.lost("row with UCDP's own ids, names of conflict, adm_2 and region left empty", rows.len());
    let tag = |column| TAGS.iter().find(|t| t.0 == column).map_or("", |t| t.1);
    Exported { text: csv(COLUMNS, tags.then(|| COLUMNS.map(tag)), rows.into_iter()), loss }
}

fn row(evidence: &Evidence<'_>, parties: &Parties, loss: &mut LossReport) -> Option<[String; 49]> {
    let Some(dead) = event::dead(evidence).filter(|d| d.high != Some(0) && (d.high.is_some() || d.low > 0))
    else {
        loss.lost("incident without a death (GED has none; left out)", 1);
        return None;
    };
    let (from, to) = event::days(evidence, loss)?;
    let place = event::place(evidence, loss);
    let sides = event::sides(evidence, parties);
    let [side_a, side_b] = sides.each_ref().map(|side| event::names(side));
    let toll = Toll::of(evidence, dead, &sides, loss);
    event::flattened(evidence, loss);
    loss.lost("means", evidence.summary.means.len());
    loss.lost(
        "who struck whom (the two sides stand side by side)",
        usize::from(event::is_aimed(evidence.summary.kind, &sides)),
    );
    let country = place.map_or("", |p| p.country.as_str());
    let known = of_alpha2(country);
    let point = place.and_then(|p| p.lat.zip(p.lon));
    let reports = || evidence.claims.iter().map(|c| c.report);
    let dates: Vec<String> =
        reports().filter_map(|r| r.published.as_ref()).map(|p| p.date.to_string()).collect();
    let name = |n: &str| if n.is_empty() { "unknown".to_owned() } else { n.to_owned() };
    Some(COLUMNS.map(|column| {
        match column {
            "id" => evidence.summary.id.to_string(),
            "year" => from.year().to_string(),
            "type_of_violence" => violence(evidence.summary.kind, &sides, loss).to_string(),
            "dyad_name" => format!("{} - {}", name(&side_a), name(&side_b)),
            "side_a" => name(&side_a),
            "side_b" => name(&side_b),
            "number_of_sources" => evidence.summary.sources.len().to_string(),
            "source_article" => event::joined(reports().map(|r| r.url.as_deref().unwrap_or(&r.name))),
            "source_office" => event::joined(reports().filter_map(|r| r.publisher.as_deref())),
            "source_date" => event::joined(dates.iter().map(String::as_str)),
            "source_headline" => event::remarks(evidence),
            "source_original" => event::joined(evidence.summary.sources.iter().map(|s| s.name.as_str())),
            "where_prec" => place.and_then(|p| p.precision).map(exactness).unwrap_or_default().to_owned(),
            "where_coordinates" => place.map(|p| p.name.clone()).unwrap_or_default(),
            "adm_1" => place.map(|p| p.admin1.clone()).unwrap_or_default(),
            "latitude" => point.map(|p| p.0.to_string()).unwrap_or_default(),
            "longitude" => point.map(|p| p.1.to_string()).unwrap_or_default(),
            "geom_wkt" => point.map(|(lat, lon)| format!("POINT ({lon} {lat})")).unwrap_or_default(),
            "priogrid_gid" => point.map(|p| grid_cell(p).to_string()).unwrap_or_default(),
            "country" => known.map_or(country, |c| c.name).to_owned(),
            "country_id" => known.map_or("", |c| c.gw).to_owned(),
            "event_clarity" => if from == to { "1" } else { "2" }.to_owned(),
            "date_prec" => match Days::between(from, to).precision() {
                DayPrecision::Day => "1",
                DayPrecision::Days => "2",
                DayPrecision::Week => "3",
                DayPrecision::Month => "4",
                DayPrecision::Year => "5",
            }
            .to_owned(),
            "date_start" => from.to_string(),
            "date_end" => to.to_string(),
            "deaths_a" => toll.parts[0].to_string(),
            "deaths_b" => toll.parts[1].to_string(),
            "deaths_civilians" => toll.parts[2].to_string(),
            "deaths_unknown" => toll.parts[3].to_string(),
            "best" => toll.best.to_string(),
            "high" => toll.high.to_string(),
            "low" => dead.low.to_string(),
            _ => String::new(),
        }
    }))
}

fn exactness(precision: PlacePrecision) -> &'static str {
    match precision {
        PlacePrecision::Exact => "1",
        PlacePrecision::Near => "2",
        PlacePrecision::District => "3",
        PlacePrecision::Province => "4",
        PlacePrecision::Area => "5",
        PlacePrecision::Country => "6",
    }
}

/// 1 with a state on a side, 3 against civilians, 2 between others.
fn violence(kind: Kind, sides: &[Vec<Member>; 2], loss: &mut LossReport) -> u8 {
    if kind == Kind::Attack && event::is_civilian(&sides[1]) {
        return 3;
    }
    let unknown = |side: &Vec<Member>| side.iter().all(|m| m.kind == PartyKind::Unknown);
    let state = sides.iter().any(|side| event::is_state(side));
    loss.lost(
        "type of violence (who the sides are is not known; 2 is written)",
        usize::from(!state && sides.iter().any(unknown)),
    );
    if state { 1 } else { 2 }
}

/// Cell of PRIO-GRID: half a degree each way, counted from 180 west and 90 south, 720 a row.
fn grid_cell((lat, lon): (f64, f64)) -> u32 {
    let at = |degrees: f64, most: u32| (((degrees / 0.5).floor() as u32) + 1).min(most);
    (at(lat + 90.0, 360) - 1) * 720 + at(lon + 180.0, 720)
}

/// The dead as GED has them.
#[derive(Debug, PartialEq, Eq)]
struct Toll {
    best: u64,
    high: u64,
    /// Of side a, of side b, civilians, unknown; they add up to `best`.
    parts: [u64; 4],
}

impl Toll {
    fn of(evidence: &Evidence<'_>, dead: Dead, sides: &[Vec<Member>; 2], loss: &mut LossReport) -> Self {
        loss.lost(
            "upper bound that an account leaves open (the lower one is written)",
            usize::from(dead.high.is_none()),
        );
        loss.lost(
            "account of the dead beside others (bounds that hold them all are written)",
            dead.sources.saturating_sub(1),
        );
        let high = dead.high.unwrap_or(dead.low);
        let counts = |f: &Figure| f.what == FigureKind::Killed;
        let told = event::asserting(evidence).filter(|c| c.claim.act.figures.iter().any(counts)).last();
        let mut parts = [0; 4];
        let mut best = dead.low;
        if let Some(told) = told.filter(|_| dead.sources == 1) {
            for figure in told.claim.act.figures.iter().filter(|f| counts(f)) {
                match part(figure, sides) {
                    Some(at) => parts[at] += figure.min.unwrap_or(0),
                    None => loss.lost("part of a count (children, women)", usize::from(figure.part)),
                }
            }
            let sum = parts.iter().fold(0u64, |sum, n| sum.saturating_add(*n));
            // UCDP's own parts always add up to its best estimate
            if told.claim.rule == "ged" && (dead.low..=high).contains(&sum) {
                best = sum;
            }
            if sum > best {
                loss.lost("parts of a count that exceed it", 1);
                parts = [0; 4];
            }
        } else {
            let (split, whole): (Vec<_>, Vec<_>) =
                evidence.figures.iter().filter(|f| f.what == FigureKind::Killed).partition(|f| f.part);
            if whole.iter().all(|f| f.of == Counts::Civilians) {
                parts[2] = best;
            }
            loss.lost(
                "part of a count (children, women, one side's)",
                split.iter().map(|f| f.accounts.len()).sum(),
            );
        }
        parts[3] += best - parts.iter().sum::<u64>();
        loss.lost(
            "best estimate (nobody gives one; the lowest number is written)",
            usize::from(best != high && best == dead.low),
        );
        Self { best, high, parts }
    }
}

/// Which column a count of the dead belongs into; none for totals, and for children and women, who are civilians or
/// not.
fn part(figure: &Figure, sides: &[Vec<Member>; 2]) -> Option<usize> {
    if figure.min.is_none() || figure.min != figure.max {
        return None;
    }
    let noun = figure.of.to_lowercase();
    let of_side = |side: &[Member]| {
        let named = side.iter().map(|m| m.name.to_lowercase()).filter(|n| noun.contains(n.as_str()));
        named.map(|n| n.len()).max().unwrap_or(0)
    };
    let [a, b] = sides.each_ref().map(|side| of_side(side));
    match Counts::of(&figure.of) {
        Counts::Civilians => Some(2),
        Counts::Children | Counts::Women => None,
        _ if a > b => Some(0),
        _ if b > 0 => Some(1),
        Counts::Fighters => Some(3),
        _ => figure.part.then_some(3),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid_are_counted_from_the_south_west() {
        assert_eq!(grid_cell((-90.0, -180.0)), 1);
        assert_eq!(grid_cell((-89.6, -179.4)), 2);
        assert_eq!(grid_cell((90.0, 180.0)), 360 * 720);
        assert_eq!(grid_cell((33.51, 36.29)), 178_273);
    }
}
