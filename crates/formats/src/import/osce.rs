//! Observations of a monitoring mission, a row for each line of its daily table.
//!
//! - What was heard or seen is an observation; who fired is not in it.
//! - "5-7 km south-east of the position" is a sector. The point is its middle, exact to "near" only.
//! - "Uncountable" is a count that nobody made: neither 0 nor a missing row.

use std::f64::consts::{FRAC_PI_2, PI};

use holdfire_types::{Days, FigureKind, Kind, Means, PlacePrecision, ResolvedPlace};

use super::Told;
use super::sheet::{Fault, Row, short};
use super::telling::{Telling, Voice, address, figure, point};

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[&["report_date"], &["observer"], &["position_name"], &["event_kind"]];

/// The sixteen points of the compass, clockwise from north.
const BEARINGS: [&str; 16] =
    ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

/// Kilometres of the Earth's mean radius.
const RADIUS: f64 = 6371.0;

/// Farther than this nobody hears or sees, in kilometres.
const FARTHEST: f64 = 100.0;

/// Words in the name of a weapon, and the means that they say. The first that occurs holds.
const WEAPONS: &[(&str, Means)] = &[
    ("mlrs", Means::Rocket),
    ("rocket", Means::Rocket),
    ("missile", Means::Missile),
    ("mortar", Means::Shelling),
    ("artillery", Means::Shelling),
    ("howitzer", Means::Shelling),
    ("tank", Means::Shelling),
    ("uav", Means::Drone),
    ("drone", Means::Drone),
    ("mine", Means::MineIed),
    ("ied", Means::MineIed),
    ("small-arms", Means::SmallArms),
    ("small arms", Means::SmallArms),
    ("machine-gun", Means::SmallArms),
    ("machine gun", Means::SmallArms),
    ("rifle", Means::SmallArms),
    ("cannon", Means::Shelling),
];

/// One observation.
pub(super) fn tell(row: &Row) -> Result<Told, Fault> {
    for column in ["observer", "position_name", "event_kind"] {
        row.need(column)?;
    }
    let published = row.day("report_date")?;
    let to = row.maybe_day("period_end")?.unwrap_or(published);
    let from = row.maybe_day("period_start")?.unwrap_or(to);
    if to < from {
        return Err(Fault::new(
            format!("the period ends on {to}, before it begins on {from}"),
            "mend the days",
        ));
    }
    let (observer, position) = (row.name("observer")?, row.name("position_name")?);
    let event = row.name("event_kind")?.to_lowercase();
    let plural = plural(&event);
    let (low, high) = counts(row)?;
    let sector = sector(row, &position)?;

    let mut told = Telling::default();
    let source = told.name(&observer, "osce/observer");
    told.say(" at ");
    told.say(&position);
    told.say(" ");
    let means = row.name("means")?.to_lowercase();
    let stance = told.say(if means.is_empty() { "recorded" } else { &means });
    told.say(" ");
    let counted = match (row.name("count_text")?, low, high) {
        (words, ..) if !words.is_empty() => told.say(&words),
        (_, Some(low), Some(high)) if low == high => told.say(&low.to_string()),
        (_, Some(low), Some(high)) => told.say(&format!("{low} to {high}")),
        (_, Some(low), None) => told.say(&format!("at least {low}")),
        (_, None, Some(high)) => told.say(&format!("up to {high}")),
        (_, None, None) => told.say("an uncountable number of"),
    };
    told.say(" ");
    let anchor = told.say(&plural);
    let mut act = holdfire_types::Act::of(if event == "exchange" { Kind::Clash } else { Kind::Attack });
    act.figures = vec![figure(FigureKind::Munitions, &plural, low, high, counted)];
    for (lead, column) in [(", ", "direction"), (", calibre in mm ", "calibre_mm")] {
        let cell = row.name(column)?;
        if !cell.is_empty() {
            told.say(lead);
            told.say(&cell);
        }
    }
    let (weapon, certainty) = (row.name("weapon_assessed")?.to_lowercase(), row.name("weapon_certainty")?);
    if !weapon.is_empty() {
        told.say(", weapon ");
        told.say(if certainty.is_empty() { "assessed" } else { &certainty });
        told.say(": ");
        told.say(&weapon);
        if !certainty.eq_ignore_ascii_case("undetermined") {
            act.means = WEAPONS.iter().find(|w| weapon.contains(w.0)).map(|w| w.1).into_iter().collect();
        }
    }
    told.say(", ");
    act.place = vec![told.place(&sector.name, &[], sector.point, "osce/sector")];
    told.say(" ");
    let days = Days::between(from, to);
    act.days = Some(days);
    act.days_span = Some(told.days(days));
    if matches!(row.text("in_disengagement_area").to_lowercase().as_str(), "true" | "yes" | "1") {
        told.say(", inside a disengagement area");
    }
    let span = told.end();
    let id = row.text("source_sentence_id");
    let report = told.report(address("osce", id, &row.cells()), &observer, Some(published));
    let mut claim = Voice { source, via: vec![], rule: "osce" }.claim(&report, span, anchor, act);
    claim.stance_span = Some(stance);
    Ok((report, vec![claim], Vec::new()))
}

/// The bounds of the count; none at all for what was not countable.
fn counts(row: &Row) -> Result<(Option<u64>, Option<u64>), Fault> {
    if matches!(row.text("countable").to_lowercase().as_str(), "false" | "no" | "0") {
        return Ok((None, None));
    }
    let (low, high) = (row.count("count_min")?, row.count("count_max")?);
    match (low, high) {
        (Some(low), Some(high)) if low > high => Err(Fault::new(
            format!("`count_min` is {low} and `count_max` is {high}"),
            "look whether they are mixed up",
        )),
        bounds => Ok(bounds),
    }
}

/// Where an observation lies.
struct Sector {
    name: String,
    point: Option<ResolvedPlace>,
}

fn sector(row: &Row, position: &str) -> Result<Sector, Fault> {
    let at = row.point("position_lat", "position_lon")?;
    let (near, far) = (row.decimal("dist_min_km")?, row.decimal("dist_max_km")?);
    let (near, far) = (near.or(far), far.or(near));
    let bearing = row.text("bearing_16").to_ascii_uppercase();
    let known = BEARINGS.iter().position(|b| *b == bearing);
    if known.is_none() && !bearing.is_empty() {
        return Err(Fault::new(
            format!("`bearing_16` is `{}`", short(&bearing)),
            "it is one of N, NNE, NE, ENE, E and so on",
        ));
    }
    let place = |name: String, at: Option<(f64, f64)>| Sector {
        point: at.map(|at| point(&name, at, "", "", PlacePrecision::Near)),
        name,
    };
    let (Some(near), Some(far)) = (near, far) else { return Ok(place(position.to_owned(), at)) };
    if !(0.0..=FARTHEST).contains(&near) || !(near..=FARTHEST).contains(&far) {
        return Err(Fault::new(
            format!("the distance is {near} to {far} km"),
            "write kilometres from 0 to 100, the smaller first",
        ));
    }
    let range = if far > near { format!("{near}-{far}") } else { near.to_string() };
    let Some(known) = known else { return Ok(place(format!("within {far} km of {position}"), at)) };
    let middle = at.map(|at| along(at, f64::midpoint(near, far), known as f64 * PI / 8.0));
    Ok(place(format!("{range} km {bearing} of {position}"), middle))
}

/// The point at `km` from another along a bearing in radians, clockwise from north.
fn along((lat, lon): (f64, f64), km: f64, bearing: f64) -> (f64, f64) {
    let (lat, lon, arc) = (lat.to_radians(), lon.to_radians(), km / RADIUS);
    let to = (lat.sin() * arc.cos() + lat.cos() * arc.sin() * bearing.cos()).clamp(-1.0, 1.0).asin();
    let east = (bearing.sin() * arc.sin() * lat.cos()).atan2(arc.cos() - lat.sin() * to.sin());
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let wrapped = (lon + east + PI).rem_euclid(2.0 * PI) - PI;
    (round(to.clamp(-FRAC_PI_2, FRAC_PI_2).to_degrees()), round(wrapped.to_degrees()))
}

fn plural(event: &str) -> String {
    if event.ends_with('s') {
        return event.to_owned();
    }
    let ending = if event.ends_with("sh") || event.ends_with("ch") { "es" } else { "s" };
    format!("{event}{ending}")
}

#[cfg(test)]
mod tests {
    use super::along;
    use crate::import::{Form, Imported, import};
    use holdfire_types::{Days, Means, Problem};
    use jiff::civil::date;

    fn read(rows: &str) -> Vec<Result<Imported, Problem>> {
        let text = format!(
            "report_date,period_start,period_end,observer,position_name,position_lat,position_lon,dist_min_km,dist_max_km,\
             bearing_16,means,count_min,count_max,count_text,countable,event_kind,direction,weapon_assessed,weapon_certainty\n{rows}"
        );
        import(Form::Osce, "o.csv", &text).expect("a table").collect()
    }

    #[test]
    fn an_observation_is_a_sector_a_count_and_no_blame() {
        let rows = read(
            "2017-03-02,2017-03-01 19:00,2017-03-02 19:00,The Mission,Millbrook,48.0,37.8,5,7,se,heard,12,,at least 12,true,explosion,impact,120 mm mortar,assessed\n",
        );
        let told = rows[0].as_ref().expect("a row");
        assert_eq!(
            told.report.text,
            "The Mission at Millbrook heard at least 12 explosions, impact, weapon assessed: 120 mm mortar, 5-7 km SE of \
             Millbrook from 2017-03-01 to 2017-03-02."
        );
        let act = &told.claims[0].act;
        assert!(act.actor.is_empty());
        assert_eq!(act.means, [Means::Shelling]);
        assert_eq!((act.figures[0].min, act.figures[0].max), (Some(12), None));
        assert_eq!(act.days, Some(Days::between(date(2017, 3, 1), date(2017, 3, 2))));
        let place = act.place[0].place.as_ref().expect("a point");
        assert!((place.lat - 47.9618).abs() < 1e-3 && (place.lon - 37.857).abs() < 1e-3, "{place:?}");
    }

    #[test]
    fn what_nobody_could_count_is_neither_zero_nor_missing() {
        let rows = read("2017-03-02,,,The Mission,Millbrook,,,,,,,0,,,no,burst,,tank,undetermined\n");
        let told = rows[0].as_ref().expect("a row");
        assert!(told.report.text.contains("an uncountable number of bursts"), "{}", told.report.text);
        let act = &told.claims[0].act;
        assert_eq!((act.figures[0].min, act.figures[0].max), (None, None));
        assert!(act.means.is_empty(), "undetermined");
        assert_eq!(act.place[0].place, None);
    }

    #[test]
    fn a_distance_or_bearing_that_is_none_is_refused() {
        let rows = read(
            "2017-03-02,,,M,P,48,37,7,5,N,,1,1,,,shot,,,\n2017-03-02,,,M,P,48,37,5,7,up,,1,1,,,shot,,,\n2017-03-02,,,M,P,48,37,,,,,3,1,,,shot,,,\n",
        );
        assert!(rows.iter().all(Result::is_err), "{rows:?}");
    }

    #[test]
    fn a_way_along_the_globe_ends_where_it_should() {
        let degree = 6371.0 * std::f64::consts::PI / 180.0;
        assert_eq!(along((0.0, 0.0), degree, 0.0), (1.0, 0.0));
        assert_eq!(along((0.0, 179.5), degree, std::f64::consts::FRAC_PI_2), (0.0, -179.5));
    }
}
