//! UCDP's georeferenced events (GED): 49 columns.
//!
//! - `low` and `high` are the bounds of the dead; `best` stands in the words, and the parts by side add up to it.
//! - `source_office` is who published, `source_original` whom that source quotes.

use holdfire_types::{Days, Figure, FigureKind, Kind, PlacePrecision, ResolvedPlace};

use super::Told;
use super::sheet::{Fault, Row};
use super::telling::{Telling, Voice, address, figure, point};
use crate::countries;

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[
    &["id"],
    &["type_of_violence"],
    &["side_a"],
    &["side_b"],
    &["date_start"],
    &["date_end"],
    &["best"],
    &["high"],
    &["low"],
];

/// The dead of one event.
struct Dead {
    best: u64,
    low: u64,
    high: u64,
    /// Of side a, of side b, civilians, unknown.
    parts: [u64; 4],
}

/// One event.
pub(super) fn tell(row: &Row) -> Result<Told, Fault> {
    let mut doubts = Vec::new();
    let id = row.need("id")?;
    let (from, to) = (row.day("date_start")?, row.day("date_end")?);
    if to < from {
        return Err(Fault::new(format!("`date_end` {to} is before `date_start` {from}"), "mend the days"));
    }
    let (side_a, side_b) = (row.name("side_a")?, row.name("side_b")?);
    let dead = dead(row, &mut doubts)?;
    let place = place(row)?;

    let mut told = Telling::default();
    let source = told.name("UCDP", "ged/maker");
    told.say(" counts ");
    let total = told.say(&format!("{} deaths (low {}, high {})", dead.best, dead.low, dead.high));
    told.say(" in ");
    let mut act = holdfire_types::Act::of(Kind::Clash);
    let sides = [side_a.as_str(), side_b.as_str()];
    let anchor = match row.count("type_of_violence")? {
        Some(1 | 2) => {
            let anchor = told.say("fighting");
            told.say(" between ");
            act.actor = told.names(&sides, "ged/side");
            anchor
        }
        Some(3) => {
            let anchor = told.say("one-sided violence");
            told.say(" by ");
            act.kind = Kind::Attack;
            act.actor = vec![told.name(&side_a, "ged/side_a")];
            told.say(" against ");
            act.target = vec![told.name(&side_b, "ged/side_b")];
            anchor
        }
        _ => {
            return Err(Fault::new(
                format!("`type_of_violence` is `{}`", row.text("type_of_violence")),
                "it is 1, 2 or 3",
            ));
        }
    };
    told.say(place.preposition);
    let country = row.name("country")?;
    act.place = vec![told.place(&place.name, &[&row.name("adm_1")?, &country], place.point, "ged/where")];
    told.say(" ");
    let days = Days::between(from, to);
    act.days = Some(days);
    act.days_span = Some(told.days(days));
    act.figures = vec![figure(FigureKind::Killed, "people", Some(dead.low), Some(dead.high), total)];
    say_parts(&mut told, &mut act.figures, &dead, sides);
    let mut via = row.names("source_office")?;
    via.truncate(16);
    let mut via = if via.is_empty() {
        Vec::new()
    } else {
        told.say(", after ");
        told.names(&via, "ged/source_office")
    };
    let quoted = row.names("source_original")?;
    if !quoted.is_empty() {
        told.say(", which goes back to ");
        via.extend(told.names(&quoted, "ged/source_original"));
    }
    if row.text("event_clarity") == "2" {
        told.say("; which single event it was is not clear");
    }
    let span = told.end();
    told.notes(row.text("source_headline"));
    let report = told.report(address("ged", id, &[]), "UCDP", None);
    let claim = Voice { source, via, rule: "ged" }.claim(&report, span, anchor, act);
    Ok((report, vec![claim], doubts))
}

fn dead(row: &Row, doubts: &mut Vec<Fault>) -> Result<Dead, Fault> {
    let need = |column| {
        row.count(column)?
            .ok_or_else(|| Fault::new(format!("`{column}` is empty"), "fill it in, or leave the row out"))
    };
    let or_none = |column| row.count(column).map(Option::unwrap_or_default);
    let dead = Dead {
        best: need("best")?,
        low: need("low")?,
        high: need("high")?,
        parts: [
            or_none("deaths_a")?,
            or_none("deaths_b")?,
            or_none("deaths_civilians")?,
            or_none("deaths_unknown")?,
        ],
    };
    let Dead { best, low, high, parts } = &dead;
    if low > high {
        return Err(Fault::new(
            format!("`low` is {low} and `high` is {high}"),
            "look whether the columns are mixed up",
        ));
    }
    if !(low..=high).contains(&best) {
        doubts.push(Fault::new(
            format!("`best` is {best}, outside {low} to {high}; the row went in with its bounds"),
            "look whether the columns are mixed up",
        ));
    }
    let sum = parts.iter().fold(0u64, |sum, part| sum.saturating_add(*part));
    if sum != *best && sum != 0 {
        doubts.push(Fault::new(
            format!("the deaths by side add up to {sum}, `best` is {best}; the row went in as it is"),
            "look whether the columns are mixed up",
        ));
    }
    Ok(dead)
}

/// Tells the dead by side as parts of the total.
fn say_parts(told: &mut Telling, figures: &mut Vec<Figure>, dead: &Dead, sides: [&str; 2]) {
    let nouns = [
        format!("fighters of {}", sides[0]),
        format!("fighters of {}", sides[1]),
        "civilians".to_owned(),
        "people of unknown side".to_owned(),
    ];
    let mut lead = ", among them ";
    for (count, noun) in dead.parts.iter().zip(nouns).filter(|(count, _)| **count > 0) {
        told.say(lead);
        lead = ", ";
        let span = told.say(&format!("{count} {noun}"));
        figures.push(Figure {
            part: true,
            ..figure(FigureKind::Killed, &noun, Some(*count), Some(*count), span)
        });
    }
}

/// Where a row puts its event.
struct Place {
    name: String,
    preposition: &'static str,
    point: Option<ResolvedPlace>,
}

fn place(row: &Row) -> Result<Place, Fault> {
    let (precision, preposition) = match row.count("where_prec")? {
        Some(1) => (PlacePrecision::Exact, " in "),
        None | Some(2) => (PlacePrecision::Near, " near "),
        Some(3) => (PlacePrecision::District, " in the district of "),
        Some(4) => (PlacePrecision::Province, " in the province of "),
        Some(5 | 7) => (PlacePrecision::Area, " in the area of "),
        Some(6) => (PlacePrecision::Country, " in "),
        Some(other) => {
            return Err(Fault::new(
                format!("`where_prec` is {other}"),
                "it is 1 (exact) to 6 (country), or 7",
            ));
        }
    };
    let mut name = String::new();
    for column in ["where_coordinates", "where_description", "country"] {
        if name.is_empty() {
            name = row.name(column)?;
        }
    }
    if name.is_empty() {
        return Err(Fault::new("no column says where", "fill in `where_coordinates` or `country`"));
    }
    let country =
        countries::of_gw(row.text("country_id")).or_else(|| countries::of_name(row.text("country")));
    let (code, admin1) = (country.map_or("", |c| c.alpha2), row.name("adm_1")?);
    let point = row.point("latitude", "longitude")?.map(|at| point(&name, at, code, &admin1, precision));
    Ok(Place { name, preposition, point })
}

#[cfg(test)]
mod tests {
    use crate::import::{Form, Imported, import};
    use holdfire_types::{Days, Kind, PlacePrecision, Problem};
    use jiff::civil::date;

    const HEAD: &str = "id,type_of_violence,side_a,side_b,source_office,source_original,where_prec,where_coordinates,\
        adm_1,latitude,longitude,country,country_id,event_clarity,date_start,date_end,deaths_a,deaths_b,\
        deaths_civilians,deaths_unknown,best,high,low\n";

    fn read(rows: &str) -> Vec<Result<Imported, Problem>> {
        import(Form::Ged, "g.csv", &(HEAD.to_owned() + rows)).expect("a table").collect()
    }

    const GOOD: &str = "77,1,Government of Syria,Northern rebels,Gazette;Evening Post,the town's mayor,2,Azaz town,Aleppo \
        province,36.5,37.2,Syria,652,1,2017-02-12 00:00:00.000,2017-02-13 00:00:00.000,1,2,2,0,5,8,3\n";

    #[test]
    fn a_row_is_a_sentence_with_bounds_and_parts() {
        let rows = read(GOOD);
        let told = rows[0].as_ref().expect("a row");
        assert_eq!(
            told.report.text,
            "UCDP counts 5 deaths (low 3, high 8) in fighting between Government of Syria and Northern rebels near Azaz \
             town, Aleppo province, Syria from 2017-02-12 to 2017-02-13, among them 1 fighters of Government of Syria, 2 \
             fighters of Northern rebels, 2 civilians, after Gazette and Evening Post, which goes back to the town's mayor."
        );
        let act = &told.claims[0].act;
        assert_eq!(act.kind, Kind::Clash);
        assert_eq!(act.days, Some(Days::between(date(2017, 2, 12), date(2017, 2, 13))));
        let counts: Vec<_> = act.figures.iter().map(|f| (f.min, f.max, f.part)).collect();
        let one = |n| (Some(n), Some(n), true);
        assert_eq!(counts, [(Some(3), Some(8), false), one(1), one(2), one(2)]);
        let place = act.place[0].place.as_ref().expect("a point");
        assert_eq!((place.precision, place.country.as_str()), (PlacePrecision::Near, "SY"));
        assert_eq!(told.claims[0].via.last().map(|f| f.rule.as_str()), Some("ged/source_original"));
        assert_eq!((told.claims.len(), told.doubts.len()), (1, 0));
    }

    #[test]
    fn one_sided_violence_has_an_actor_and_a_target() {
        let rows =
            read(&GOOD.replace("77,1,Government of Syria,Northern rebels", "77,3,Northern rebels,Civilians"));
        let act = &rows[0].as_ref().expect("a row").claims[0].act;
        assert_eq!(
            (act.kind, act.actor[0].name.as_str(), act.target[0].name.as_str()),
            (Kind::Attack, "Northern rebels", "Civilians")
        );
    }

    #[test]
    fn counts_that_do_not_fit_are_doubted_and_bounds_that_cross_refused() {
        let odd = read(&GOOD.replace("0,5,8,3", "0,5,4,3"));
        assert_eq!(odd[0].as_ref().expect("a row").doubts.len(), 1);
        let sum = read(&GOOD.replace("1,2,2,0,5", "1,2,9,0,5"));
        assert!(sum[0].as_ref().expect("a row").doubts[0].what.contains("add up to 12"));
        let crossed = read(&GOOD.replace("0,5,8,3", "0,5,3,8"));
        assert!(crossed[0].as_ref().expect_err("crossed").what.contains("`low` is 8"));
        let turned = read(&GOOD.replace("2017-02-13", "2017-02-11"));
        assert!(turned[0].is_err());
    }
}
