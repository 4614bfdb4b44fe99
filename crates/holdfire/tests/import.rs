//! Rows of other data sets, from outside. All rows are made up.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;
use common::{examples, folder, run, write};
use serde_json::Value;

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,\
    inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,\
    latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n\
    SYR900001,2017-02-12,2017,1,Political violence,Explosions/Remote violence,Air/drone strike,Military Forces of Syria (2000-),,\
    State forces,Civilians (Syria),,Civilians,17,Civilian targeting,760,Middle East,Syria,Aleppo,,,Azaz,36.586,37.047,1,\
    Gazette; Evening Post,National,A made-up strike.,3,,1487203200\n\
    SYR900002,2017-02-30,2017,1,,Battles,Armed clash,A,,2,B,,2,22,,760,,Syria,Aleppo,,,Azaz,36.586,37.047,1,Gazette,,,1,,1487203200\n\
    SYR900003,2017-02-13,2017,1,,Battles,Armed clash,A,,2,B,,2,22,,760,,Syria,Aleppo,,,Azaz,36.586,37.047,1,Gazette,,,0,,1487203200\n";

const BULLETIN: &str = "date,party,cases,provinces,publisher,country\n\
    2017-05-07,Russia,18,Damascus 10; Latakia 3; Daraa 3; Hama 2,A ministry,Syria\n\
    2017-05-07,Turkey,15,Damascus 2; Daraa 3; Hama 7; Homs 3,A ministry,Syria\n";

fn json(out: &str) -> Value {
    serde_json::from_str(out).expect("JSON")
}

#[test]
fn importing_twice_is_importing_once_and_a_bad_row_is_told() {
    let dir = folder();
    write(dir.path(), "a.csv", ACLED);
    let first = run(dir.path(), &["import", "--as", "acled", "a.csv", "--json"]);
    assert_eq!(first.code, 1, "{}", first.err);
    assert!(first.err.contains("a.csv:3: `event_date` is `2017-02-30`"), "{}", first.err);
    let told = json(&first.out);
    assert_eq!((&told["recorded"], &told["claims"], &told["problems"]), (&2.into(), &2.into(), &1.into()));
    let before = run(dir.path(), &["verify"]).out;
    let second = json(&run(dir.path(), &["import", "--as", "acled", "a.csv", "--json"]).out);
    assert_eq!((&second["recorded"], &second["known"]), (&0.into(), &2.into()));
    assert_eq!(run(dir.path(), &["verify"]).out, before);
    // nor when a report is recorded in between
    write(
        dir.path(),
        "b.txt",
        "Rebels shelled the town of Azaz on Monday, killing two civilians, residents said.",
    );
    assert_eq!(run(dir.path(), &["record", "b.txt", "--published", "2017-02-14"]).code, 0);
    let third = json(&run(dir.path(), &["import", "--as", "acled", "a.csv", "--json"]).out);
    assert_eq!(third["recorded"], 0);
}

#[test]
fn a_row_is_a_claim_with_its_maker_its_party_and_its_place() {
    let dir = folder();
    write(dir.path(), "a.csv", ACLED);
    run(dir.path(), &["import", "--as", "acled", "a.csv"]);
    let found = run(dir.path(), &["search", "strike", "Azaz", "--json"]).out;
    let hex = |word: &&str| word.len() == 17 && word.starts_with('c');
    let claim = found.split('"').find(hex).expect("the id of a claim");
    let view = json(&run(dir.path(), &["claim", claim, "--json"]).out);
    let line = &view["line"];
    assert_eq!((&line["source"]["name"], &line["kind"]), (&"ACLED".into(), &"attack".into()), "{view}");
    assert_eq!(line["figures"][0]["count"], serde_json::json!({"min": 3, "max": 3}));
    let place = &line["place"][0];
    assert_eq!((&place["country"], &place["admin1"]), (&"SY".into(), &"Aleppo".into()));
    assert!(place["id"].as_str().is_some_and(|id| !id.starts_with("point:")), "{place}");
    let slots = view["slots"].as_array().expect("slots");
    let actor = slots.iter().find(|s| s["slot"] == "actor").expect("an actor");
    assert_eq!(actor["party"], "syria/army", "{actor}");
}

#[test]
fn the_lists_of_two_parties_stand_side_by_side_with_bounds() {
    let dir = folder();
    write(dir.path(), "b.csv", BULLETIN);
    let done = run(dir.path(), &["import", "--as", "bulletin", "b.csv"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let day = json(&run(dir.path(), &["day", "2017-05-07", "--json"]).out);
    assert_eq!(day["union"]["bounds"], serde_json::json!({"min": 26, "max": 33}), "{}", day["lists"]);
    assert_eq!(day["lists"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_file_of_another_form_is_refused_before_anything_is_recorded() {
    let dir = folder();
    write(dir.path(), "a.csv", ACLED);
    write(dir.path(), "b.csv", BULLETIN);
    let mixed = run(dir.path(), &["import", "--as", "acled", "a.csv", "b.csv"]);
    assert_eq!(mixed.code, 2);
    assert!(mixed.err.contains("b.csv") && mixed.err.contains("`event_date`"), "{}", mixed.err);
    assert!(!dir.path().join("holdfire.ledger").exists());
    let missing = run(dir.path(), &["import", "--as", "ged", "none.csv"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("none.csv"), "{}", missing.err);
}

#[test]
fn hostile_files_are_told_and_end_nothing() {
    let dir = folder();
    let mut latin = ACLED.replace("Evening Post", "Caf\u{e9} Post").into_bytes();
    let at = latin.windows(2).position(|w| w == "\u{e9}".as_bytes()).expect("the letter");
    latin.splice(at..at + 2, [0xe9]);
    write(dir.path(), "latin.csv", latin);
    let told = run(dir.path(), &["import", "--as", "acled", "latin.csv"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("latin.csv:2: the row holds letters that are no UTF-8"), "{}", told.err);
    let cut = ACLED.replace("A made-up strike.", "\"A made-up strike.");
    write(dir.path(), "cut.csv", cut);
    assert_eq!(run(dir.path(), &["import", "--as", "acled", "cut.csv"]).code, 1);
    for (name, bytes) in [("empty.csv", &b""[..]), ("noise.csv", &[0u8, 159, 146, 150, 10, 34, 44][..])] {
        write(dir.path(), name, bytes);
        let told = run(dir.path(), &["import", "--as", "acled", name]);
        assert_eq!(told.code, 2, "{name}: {}", told.err);
        assert!(told.err.contains(name), "{}", told.err);
    }
}

#[test]
fn rows_of_one_data_set_are_never_one_incident_and_a_changed_row_stays_one() {
    let dir = folder();
    let head = ACLED.lines().next().expect("heads");
    let row = |id: u32, changed: u32, dead: u32| {
        format!(
            "SYR{id},2017-02-12,2017,1,,Explosions/Remote violence,Air/drone strike,Army,,1,Civilians (Syria),,7,17,,760,,Syria,\
             Aleppo,,,Azaz,36.586,37.047,1,Gazette,,,{dead},,{changed}\n"
        )
    };
    let incidents = |dir: &std::path::Path| {
        let lines = run(dir, &["export", "--as", "jsonl"]).out;
        lines.lines().filter(|l| l.starts_with(r#"{"type":"incident""#)).count()
    };
    write(dir.path(), "a.csv", format!("{head}\n{}{}", row(1, 1_487_203_200, 3), row(2, 1_487_203_200, 3)));
    assert_eq!(run(dir.path(), &["import", "--as", "acled", "a.csv"]).code, 0);
    assert_eq!(incidents(dir.path()), 2);
    write(dir.path(), "b.csv", format!("{head}\n{}", row(1, 1_490_000_000, 5)));
    let later = json(&run(dir.path(), &["import", "--as", "acled", "b.csv", "--json"]).out);
    assert_eq!(later["recorded"], 1);
    assert_eq!(incidents(dir.path()), 2);
    let rows = run(dir.path(), &["export", "--as", "acled"]).out;
    let mut dead: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').rev().nth(2)).collect();
    dead.sort_unstable();
    assert_eq!(dead, ["3", "5"], "{rows}");
}

#[test]
fn claims_that_were_read_can_be_taken_in_elsewhere() {
    let dir = folder();
    let samples = examples();
    let table = run(dir.path(), &["read", samples.to_str().expect("a path"), "--format", "csv"]).out;
    let claims = csv::Reader::from_reader(table.as_bytes()).records().count();
    write(dir.path(), "claims.csv", &table);
    let told = run(dir.path(), &["import", "--as", "csv", "claims.csv", "--json"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    assert_eq!(json(&told.out)["claims"], claims);
    assert_eq!(run(dir.path(), &["verify"]).code, 0);
}

#[test]
fn sums_and_observations_are_found_by_their_words() {
    let dir = folder();
    write(
        dir.path(),
        "h.csv",
        "location_code,event_type,events,fatalities,admin1_name,reference_period_start,reference_period_end\n\
         SYR,political_violence,12,30,Aleppo,2017-02-01,2017-02-28\n",
    );
    write(
        dir.path(),
        "o.csv",
        "report_date,observer,position_name,position_lat,position_lon,dist_min_km,dist_max_km,bearing_16,means,count_min,\
         event_kind\n2017-03-02,The Mission,Avdiivka,48.14,37.74,5,7,SE,heard,12,explosion\n",
    );
    for (form, file) in [("hapi", "h.csv"), ("osce", "o.csv")] {
        let done = run(dir.path(), &["import", "--as", form, file]);
        assert_eq!(done.code, 0, "{}", done.err);
    }
    let found = run(dir.path(), &["search", "explosions", "--json"]).out;
    assert!(found.contains("The Mission") && found.contains("5-7 km SE of Avdiivka"), "{found}");
    let found = run(dir.path(), &["search", "political violence", "--json"]).out;
    assert!(found.contains("12 events of political violence with 30 deaths in Aleppo"), "{found}");
}
