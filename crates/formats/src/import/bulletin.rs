//! The bulletin of two parties: how many breaches each side's list holds for a day, province by province.
//!
//! A row is one side's list of one day. The two lists may hold the same case, so each side is the source of its own
//! list and nothing adds them.

use holdfire_types::{Days, FigureKind, Kind, Status};

use super::Told;
use super::sheet::{Fault, Row, short};
use super::telling::{Telling, Voice, address, figure};

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[&["date"], &["party"], &["cases"]];

/// What the lists count.
const NOUN: &str = "cases of firing";

/// Words for an empty list.
const NO_CASES: &[&str] = &["no", "none", "no cases", "no violations"];

/// One side's list of one day.
pub(super) fn tell(row: &Row) -> Result<Told, Fault> {
    row.need("party")?;
    let (date, party, country) = (row.day("date")?, row.name("party")?, row.name("country")?);
    let cases = row.text("cases").to_ascii_lowercase();
    let total = if NO_CASES.contains(&cases.as_str()) { Some(0) } else { row.count("cases")? };
    let provinces = provinces(row)?;
    if total.is_none() && provinces.iter().all(|p| p.1.is_none()) {
        return Err(Fault::new("the row counts nothing", "fill in `cases`; 0 or `none` is a count"));
    }
    let doubts = total.and_then(|total| unequal(total, &provinces)).into_iter().collect();

    let mut told = Telling::default();
    told.say("The side of ");
    let source = told.name(&party, "bulletin/party");
    told.say(" in the joint commission registered ");
    let whole = match total {
        Some(0) => told.say(&format!("no {NOUN}")),
        Some(n) => told.say(&format!("{n} {NOUN}")),
        None => told.say(NOUN),
    };
    if !country.is_empty() {
        told.say(" in ");
        told.say(&country);
    }
    told.say(" in the 24 hours to ");
    let days_span = told.say(&date.to_string());
    let mut parts = Vec::new();
    let mut unsplit = Vec::new();
    for (at, (province, count)) in provinces.iter().enumerate() {
        told.say(if at == 0 { ": " } else { ", " });
        let place = told.name(province, "bulletin/province");
        if !is_typed(province) {
            told.say(" province");
        }
        match count {
            Some(count) => {
                told.say(" ");
                parts.push((place, *count, told.say(&count.to_string())));
            }
            None => unsplit.push(place),
        }
    }
    let span = told.end();
    let publisher = row.name("publisher")?;
    let id = format!("{date}/{party}");
    let report = told.report(address("bulletin", &id, &[]), &publisher, Some(date));
    let voice = Voice { source, via: vec![], rule: "bulletin" };
    let list = |count: u64, words| {
        let mut act = holdfire_types::Act::of(Kind::Truce);
        act.status = Some(if count == 0 { Status::Kept } else { Status::Violated });
        act.days = Some(Days::on(date));
        act.days_span = Some(days_span);
        act.figures = vec![figure(FigureKind::Violations, NOUN, Some(count), Some(count), words)];
        act
    };
    let mut claims = Vec::new();
    if let Some(total) = total {
        let mut act = list(total, whole);
        act.place = unsplit;
        claims.push(voice.claim(&report, span, whole, act));
    }
    for (place, count, words) in parts {
        let mut act = list(count, words);
        act.place = vec![place];
        claims.push(voice.claim(&report, span, words, act));
    }
    Ok((report, claims, doubts))
}

/// The provinces with their counts, where the list is split: "Damascus 10; Hama 2", or "Damascus; Hama".
fn provinces(row: &Row) -> Result<Vec<(String, Option<u64>)>, Fault> {
    let split = |name: String| match name.rsplit_once([' ', ':', '=']) {
        Some((province, digits)) if digits.bytes().all(|b| b.is_ascii_digit()) && !digits.is_empty() => {
            let count = digits.parse().map_err(|_| {
                Fault::new(format!("`{}` is no count of a province", short(&name)), "write it like `Hama 2`")
            })?;
            Ok((province.trim_end_matches([':', '=', ' ']).to_owned(), Some(count)))
        }
        _ => Ok((name, None)),
    };
    row.names("provinces")?.into_iter().map(split).collect()
}

/// A list whose provinces do not come to its total. Both are what the side says, so both go in.
fn unequal(total: u64, provinces: &[(String, Option<u64>)]) -> Option<Fault> {
    let counts: Option<Vec<u64>> = provinces.iter().map(|p| p.1).collect();
    let sum = counts.filter(|c| !c.is_empty())?.into_iter().fold(0u64, u64::saturating_add);
    (sum != total).then(|| {
        Fault::new(
            format!("the provinces come to {sum}, `cases` is {total}; the row went in as it is"),
            "look whether a province is missing",
        )
    })
}

fn is_typed(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name).to_ascii_lowercase();
    ["province", "governorate", "region", "oblast", "district"].contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use crate::import::{Form, Imported, import};
    use holdfire_types::{Problem, Status};

    fn read(rows: &str) -> Vec<Result<Imported, Problem>> {
        let text = format!("date,party,cases,provinces,publisher,country\n{rows}");
        import(Form::Bulletin, "b.csv", &text).expect("a table").collect()
    }

    #[test]
    fn a_list_is_a_total_and_its_provinces() {
        let rows =
            read("2017-05-07,Russia,18,Damascus 10; Latakia 3; Daraa 3; Hama: 2,Defence ministry,Syria\n");
        let told = rows[0].as_ref().expect("a row");
        assert_eq!(
            told.report.text,
            "The side of Russia in the joint commission registered 18 cases of firing in Syria in the 24 hours to 2017-05-07: \
             Damascus province 10, Latakia province 3, Daraa province 3, Hama province 2."
        );
        let counts: Vec<_> = told
            .claims
            .iter()
            .map(|c| (c.act.place.first().map_or("", |p| p.name.as_str()), c.act.figures[0].min))
            .collect();
        assert_eq!(
            counts,
            [
                ("", Some(18)),
                ("Damascus", Some(10)),
                ("Latakia", Some(3)),
                ("Daraa", Some(3)),
                ("Hama", Some(2))
            ]
        );
        assert!(
            told.claims.iter().all(|c| c.source.name == "Russia" && c.act.status == Some(Status::Violated))
        );
        assert!(told.doubts.is_empty());
        let mut ids: Vec<_> = told.claims.iter().map(|c| c.id.clone()).collect();
        ids.dedup();
        assert_eq!(ids.len(), 5);
    }

    #[test]
    fn lists_without_a_split_and_empty_lists_are_lists() {
        let rows = read(
            "2017-09-22,Turkey,2,Aleppo; Idlib,,\n2017-09-22,Russia,no cases,,,\n2017-09-23,Russia,,,,\n2017-09-24,Russia,3,Hama 1,,\n",
        );
        let unsplit = rows[0].as_ref().expect("a row");
        assert_eq!((unsplit.claims.len(), unsplit.claims[0].act.place.len()), (1, 2));
        let none = &rows[1].as_ref().expect("a row").claims[0].act;
        assert_eq!((none.status, none.figures[0].max), (Some(Status::Kept), Some(0)));
        assert!(rows[2].is_err());
        assert!(rows[3].as_ref().expect("a row").doubts[0].what.contains("come to 1"));
    }
}
