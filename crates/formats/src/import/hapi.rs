//! Conflict events of the Humanitarian Data Exchange's API (HDX HAPI): sums over a month and an area.
//!
//! OCHA makes them from ACLED's events, so ACLED is the maker: its rows and these are one source, not two. An event
//! that targets civilians is in the row `civilian_targeting` and in `political_violence`; rows are never added.

use holdfire_types::{Days, FigureKind, Kind};

use super::Told;
use super::sheet::{Fault, Row, short};
use super::telling::{Telling, Voice, address, figure};
use crate::countries;

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[
    &["location_code"],
    &["event_type"],
    &["events"],
    &["reference_period_start"],
    &["reference_period_end"],
];

/// `event_type` and what is counted.
const TYPES: [(&str, &str); 3] = [
    ("civilian_targeting", "events of violence against civilians"),
    ("demonstration", "demonstrations"),
    ("political_violence", "events of political violence"),
];

/// One sum.
pub(super) fn tell(row: &Row) -> Result<Told, Fault> {
    let code = row.need("location_code")?;
    let (from, to) = (row.day("reference_period_start")?, row.day("reference_period_end")?);
    if to < from {
        return Err(Fault::new(
            format!("the period ends on {to}, before it begins on {from}"),
            "mend the days",
        ));
    }
    let event = row.need("event_type")?;
    let noun = TYPES.iter().find(|t| t.0 == event).map(|t| t.1).ok_or_else(|| {
        Fault::new(
            format!("`event_type` is `{}`", short(event)),
            "it is civilian_targeting, demonstration or political_violence",
        )
    })?;
    if !row.text("error").is_empty() {
        return Err(Fault::new(
            format!("the row says of itself: {}", short(row.text("error"))),
            "take it up with the publisher",
        ));
    }
    let warning = row.text("warning");
    let doubt = || Fault::new(format!("the row warns: {}", short(warning)), "read it with care");
    let doubts = if warning.is_empty() { Vec::new() } else { vec![doubt()] };
    let country = countries::of_iso(code).map_or(code, |c| c.name);
    let admin1 = one_of(row, "admin1_name", "provider_admin1_name")?;
    let admin2 = one_of(row, "admin2_name", "provider_admin2_name")?;
    let name =
        [admin2.as_str(), admin1.as_str(), country].into_iter().find(|n| !n.is_empty()).unwrap_or(code);

    let mut told = Telling::default();
    let source = told.name("ACLED", "hapi/maker");
    told.say(", summed up by ");
    let via = vec![told.name("HDX HAPI", "hapi/publisher")];
    told.say(", counts ");
    let mut act = holdfire_types::Act::of(Kind::Toll);
    let anchor = match row.count("events")? {
        Some(events) => {
            let span = told.say(&format!("{events} {noun}"));
            act.figures.push(figure(FigureKind::Other, noun, Some(events), Some(events), span));
            span
        }
        None => told.say(noun),
    };
    // 0 says that no death is reported
    if let Some(dead) = row.count("fatalities")?.filter(|dead| *dead > 0) {
        told.say(" with ");
        let span = told.say(&format!("{dead} deaths"));
        act.figures.push(figure(FigureKind::Killed, "people", Some(dead), Some(dead), span));
    }
    told.say(" in ");
    let holders = [admin1.as_str(), country];
    act.place = vec![told.place(name, &holders, None, "hapi/location")];
    told.say(" ");
    let days = Days::between(from, to);
    act.days = Some(days);
    act.days_span = Some(told.days(days));
    let span = told.end();
    let id = [code, &admin1, &admin2, event, &from.to_string()].join("/");
    let report = told.report(address("hapi", &id, &[]), "HDX HAPI", None);
    let claim = Voice { source, via, rule: "hapi" }.claim(&report, span, anchor, act);
    Ok((report, vec![claim], doubts))
}

fn one_of(row: &Row, column: &str, other: &str) -> Result<String, Fault> {
    let name = row.name(column)?;
    if name.is_empty() { row.name(other) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use crate::import::{Form, import};
    use holdfire_types::{FigureKind, Kind};

    #[test]
    fn a_sum_over_a_month_is_a_toll_of_acleds() {
        let text = "location_code,admin1_name,admin2_name,provider_admin1_name,event_type,events,fatalities,\
            reference_period_start,reference_period_end,warning,error\n\
            #country+code,#adm1+name,#adm2+name,#adm1+name+provider,#event+type,#event+num,#affected+killed,#date+start,#date+end,,\n\
            SYR,Aleppo,Azaz,Halab,political_violence,12,30,2017-02-01T00:00:00,2017-02-28T23:59:59,,\n\
            SYR,,,Halab,demonstration,2,0,2017-02-01,2017-02-28,boundaries changed,\n\
            SYR,,,,weather,2,,2017-02-01,2017-02-28,,\n\
            SYR,,,,demonstration,2,,2017-02-01,2017-02-28,,no code\n";
        let rows: Vec<_> = import(Form::Hapi, "h.csv", text).expect("a table").collect();
        let first = rows[0].as_ref().expect("a row");
        assert_eq!(
            first.report.text,
            "ACLED, summed up by HDX HAPI, counts 12 events of political violence with 30 deaths in Azaz, Aleppo, Syria from \
             2017-02-01 to 2017-02-28."
        );
        let claim = &first.claims[0];
        assert_eq!((claim.source.name.as_str(), claim.act.kind), ("ACLED", Kind::Toll));
        let counts: Vec<_> = claim.act.figures.iter().map(|f| (f.what, f.min)).collect();
        assert_eq!(counts, [(FigureKind::Other, Some(12)), (FigureKind::Killed, Some(30))]);
        let second = rows[1].as_ref().expect("a row");
        assert_eq!((second.doubts.len(), second.claims[0].act.figures.len()), (1, 1));
        assert!(rows[2].is_err() && rows[3].is_err());
        assert_eq!(rows[3].as_ref().expect_err("an error").at, "h.csv:6");
    }
}
