//! ACLED's rows, all made up.

use holdfire_types::{Days, Kind, Means, PlacePrecision};
use jiff::civil::date;

use crate::import::{Form, Imported, import};

const HEAD: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
    admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n";

/// A row of our own making.
fn row(id: &str, sub: (&str, &str), sides: [(&str, &str); 2], place: &str, dead: &str) -> String {
    let [(one, code1), (two, code2)] = sides;
    format!(
        "{id},2017-02-12,2017,1,Political violence,{},{},{one},,{code1},{two},,{code2},12,,760,Middle East,Syria,Aleppo,,,\
         {place},36.5,37.2,1,Gazette; Evening Post,National,\"Some say more, others less.\",{dead},,1487203200\n",
        sub.0, sub.1
    )
}

fn read(text: &str) -> Vec<Result<Imported, String>> {
    let rows = import(Form::Acled, "a.csv", text).expect("a table");
    rows.map(|row| row.map_err(|problem| problem.to_string())).collect()
}

fn one(text: &str) -> Imported {
    let mut rows = read(text);
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0).expect("a good row")
}

const STRIKE: (&str, &str) = ("Explosions/Remote violence", "Air/drone strike");
const ARMY: (&str, &str) = ("Military Forces of Syria (2000-)", "State forces");
const CIVILIANS: (&str, &str) = ("Civilians (Syria)", "7");
const REBELS: (&str, &str) = ("Rebels of the North", "2");

#[test]
fn a_row_is_a_sentence_and_a_claim_of_acled() {
    let told = one(&(HEAD.to_owned() + &row("SYR1", STRIKE, [ARMY, CIVILIANS], "Azaz", "3")));
    let (report, claim) = (&told.report, &told.claims[0]);
    assert_eq!(
        report.text,
        "ACLED records an air or drone strike in Azaz, Aleppo, Syria on 2017-02-12, by Military Forces of Syria (2000-), \
         against Civilians (Syria), with 3 deaths, after Gazette and Evening Post.\n\n\
         Notes: Some say more, others less."
    );
    assert_eq!(report.url.as_deref(), Some("acled:SYR1"));
    assert_eq!(report.published.as_ref().map(|p| p.date), Some(date(2017, 2, 16)));
    assert_eq!(claim.source.name, "ACLED");
    assert_eq!(claim.via.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["Gazette", "Evening Post"]);
    let act = &claim.act;
    assert_eq!((act.kind, &act.means[..]), (Kind::Attack, &[Means::Airstrike][..]));
    assert_eq!((act.actor[0].name.as_str(), act.target[0].name.as_str()), (ARMY.0, CIVILIANS.0));
    assert_eq!(act.days, Some(Days::on(date(2017, 2, 12))));
    assert_eq!((act.figures[0].min, act.figures[0].max), (Some(3), Some(3)));
    let place = act.place[0].place.as_ref().expect("a point");
    assert_eq!((place.lat, place.lon, place.precision), (36.5, 37.2, PlacePrecision::Exact));
    assert_eq!((place.country.as_str(), place.admin1.as_str()), ("SY", "Aleppo"));
    for filler in act.actor.iter().chain(&act.target).chain(&act.place).chain(&claim.via) {
        assert_eq!(filler.span.expect("words").of(&report.text), filler.name);
    }
}

#[test]
fn who_struck_follows_from_arms_and_never_from_the_order() {
    let turned = one(&(HEAD.to_owned() + &row("SYR1", STRIKE, [CIVILIANS, ARMY], "Azaz", "0")));
    let act = &turned.claims[0].act;
    assert_eq!((act.actor[0].name.as_str(), act.target[0].name.as_str()), (ARMY.0, CIVILIANS.0));
    assert!(act.figures.is_empty(), "0 is no report of a death, not a count");
    let armed = one(&(HEAD.to_owned() + &row("SYR1", STRIKE, [ARMY, REBELS], "Azaz", "1")));
    let act = &armed.claims[0].act;
    assert_eq!((act.kind, act.actor.len(), act.target.len()), (Kind::Clash, 2, 0));
    assert_eq!(act.means, [Means::Airstrike]);
}

#[test]
fn a_bad_row_is_told_with_its_line_and_the_others_go_in() {
    let good = row("SYR1", STRIKE, [ARMY, CIVILIANS], "Azaz", "3");
    let text = HEAD.to_owned()
        + &good
        + &good.replace("SYR1", "SYR2").replace("2017-02-12", "0025-02-12")
        + &good.replace("SYR1", "SYR3").replace(",3,,", ",some,,")
        + &good.replace("SYR1", "SYR4").replace("Air/drone strike", "Rain")
        + &good.replace("SYR1", "SYR5").replace("36.5", "136.5")
        + &good.replace("SYR1", "SYR6").replace(",2017,", ",2018,")
        + "SYR7,2017-02\n";
    let rows = read(&text);
    let wrong: Vec<&str> = rows.iter().filter_map(|r| r.as_ref().err()).map(String::as_str).collect();
    assert_eq!(rows.iter().filter(|r| r.is_ok()).count(), 1);
    let said = [
        "a.csv:3: `event_date`", "a.csv:4: `fatalities`", "a.csv:5:", "a.csv:6: `latitude`",
        "a.csv:7: `year`", "a.csv:8: the row has 2 cells",
    ];
    assert_eq!(wrong.len(), said.len(), "{wrong:?}");
    for (wrong, said) in wrong.iter().zip(said) {
        assert!(wrong.starts_with(said), "{wrong}");
    }
}

#[test]
fn days_and_places_are_as_exact_as_the_row_says() {
    let text = row("SYR1", STRIKE, [ARMY, CIVILIANS], "Azaz", "3");
    let days = |precision: &str| {
        let text = text.replace(",2017,1,", &format!(",2017,{precision},"));
        one(&(HEAD.to_owned() + &text)).claims[0].act.days
    };
    assert_eq!(days("2"), Some(Days::between(date(2017, 2, 9), date(2017, 2, 15))));
    assert_eq!(days("3"), Some(Days::between(date(2017, 2, 1), date(2017, 2, 28))));
    let coarse = one(&(HEAD.to_owned() + &text.replace("37.2,1,", "37.2,3,")));
    let place = coarse.claims[0].act.place[0].place.as_ref().map(|p| p.precision);
    assert_eq!(place, Some(PlacePrecision::Province));
}

#[test]
fn rows_for_each_actor_are_one_event() {
    let first = row("SYR1", ("Battles", "Armed clash"), [ARMY, ("", "")], "Azaz", "4");
    let second = row("SYR1", ("Battles", "Armed clash"), [REBELS, ("", "")], "Azaz", "4");
    let other = row("SYR2", ("Battles", "Armed clash"), [ARMY, REBELS], "Azaz", "4");
    let rows = read(&(HEAD.to_owned() + &first + &other + &second));
    assert_eq!(rows.len(), 2, "{rows:?}");
    let merged = rows[1].as_ref().expect("both");
    assert_eq!(
        merged.claims[0].act.actor.iter().map(|f| &f.name[..]).collect::<Vec<_>>(),
        [ARMY.0, REBELS.0]
    );
    // a later state of an event is another version of it
    let changed = first.replace("1487203200", "1490000000");
    let rows = read(&(HEAD.to_owned() + &first + &changed));
    assert_eq!(rows.len(), 2);
}

#[test]
fn an_older_file_and_a_row_without_an_id_are_read() {
    let text = "data_id,iso,event_id_no_cnty,event_date,year,time_precision,event_type,actor1,inter1,actor2,inter2,\
        country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities,iso3\n\
        77,760,5,12 February 2017,2017,1,Battle-No change of territory,Rebels,2,Army,1,Syria,Aleppo,Azaz,36.5,37.2,1,Gazette,,2,SYR\n\
        ,760,6,12 February 2017,2017,1,Battle-No change of territory,Rebels,2,Army,1,Syria,Aleppo,Azaz,36.5,37.2,1,Gazette,,2,SYR\n\
        ,760,7,12 February 2017,2017,1,Battle-No change of territory,Rebels,2,Army,1,Syria,Aleppo,Azaz,36.5,37.2,1,Gazette,,2,SYR\n";
    let rows = read(text);
    let urls: Vec<_> =
        rows.iter().map(|r| r.as_ref().expect("a row").report.url.clone().expect("one")).collect();
    assert_eq!(urls[0], "acled:77");
    assert!(urls[1].starts_with("acled:row-") && urls[1] != urls[2], "{urls:?}");
}

#[test]
fn a_timestamp_before_the_event_is_doubted() {
    let cut = row("SYR1", STRIKE, [ARMY, CIVILIANS], "Azaz", "3").replace("1487203200", "14872");
    let told = one(&(HEAD.to_owned() + &cut));
    assert_eq!((told.doubts.len(), told.report.published), (1, None));
    assert!(told.doubts[0].what.contains("timestamp"), "{:?}", told.doubts);
}
