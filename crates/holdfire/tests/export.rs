//! The record in the forms of others, from outside, on the sample reports.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;
use std::path::Path;

use common::{examples, folder, run, write};
use serde_json::Value;

/// A ledger of the sample reports.
fn samples() -> tempfile::TempDir {
    let dir = folder();
    let samples = examples();
    assert_eq!(run(dir.path(), &["record", samples.to_str().expect("a path"), "--json"]).err, "");
    dir
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).expect("the file")
}

#[test]
fn every_form_comes_with_its_loss_report() {
    let dir = samples();
    for form in ["acled", "ged", "geojson", "jsonl", "ftm", "timemap"] {
        let done = run(dir.path(), &["export", "--as", form, "--out", form]);
        assert_eq!(done.code, 0, "{form}: {}", done.err);
        assert!(done.err.contains("written; what this form cannot hold:"), "{form}: {}", done.err);
        assert_eq!(done.out, "");
        let loss = run(dir.path(), &["export", "--as", form, "--out", form, "--json"]);
        let loss: Value = serde_json::from_str(&loss.out).expect("JSON");
        assert!(loss["written"].as_u64() > Some(0), "{form}: {loss}");
        assert!(!loss["losses"].as_array().expect("a list").is_empty(), "{form}");
        assert!(read(dir.path(), form).len() > 100, "{form}");
    }
    let rows = read(dir.path(), "acled");
    assert!(rows.starts_with("event_id_cnty,event_date,year,"));
    let map: Value = serde_json::from_str(&read(dir.path(), "geojson")).expect("JSON");
    assert!(!map["features"].as_array().expect("features").is_empty());
}

/// Days, numbers and points of the rows that tell violence and have a place, in order.
fn facts(text: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let facts =
        ["event_date", "date_start", "date_end", "fatalities", "low", "high", "latitude", "longitude"];
    let at: Vec<usize> = (0..heads.len()).filter(|n| facts.contains(&&heads[*n])).collect();
    let event = heads.iter().position(|h| h == "event_type");
    let precision = heads.iter().position(|h| h == "time_precision");
    let mut rows = Vec::new();
    for row in reader.records().map(|row| row.expect("a row")) {
        // "Other" and talks come in as statements and talks, of which not every one is an incident
        let other = event.is_some_and(|n| &row[n] == "Strategic developments");
        if !row[0].starts_with('#') && !other && at.iter().all(|n| !row[*n].is_empty()) {
            // of a stretch longer than a week ACLED's form holds the month alone
            let month = precision.is_some_and(|n| &row[n] == "3");
            let cell = |n: &usize| match &heads[*n] {
                "event_date" if month => row[*n][..7].to_owned(),
                _ => row[*n].to_owned(),
            };
            rows.push(at.iter().map(cell).collect::<Vec<_>>().join(" "));
        }
    }
    rows.sort();
    rows
}

#[test]
fn what_goes_out_comes_in_again() {
    let dir = samples();
    for form in ["acled", "ged"] {
        let out = run(dir.path(), &["export", "--as", form, "--hxl"]).out;
        assert!(out.lines().nth(1).is_some_and(|tags| tags.contains("#geo+lat")), "{out}");
        write(dir.path(), "rows.csv", &out);
        let ledger = format!("{form}.ledger");
        let first = run(dir.path(), &["import", "--as", form, "rows.csv", "--ledger", &ledger, "--json"]);
        let told: Value = serde_json::from_str(&first.out).expect("JSON");
        assert!(told["recorded"].as_u64() > Some(0), "{form}: {} {told}", first.err);
        let again = run(dir.path(), &["export", "--as", form, "--ledger", &ledger]).out;
        assert!(!facts(&out).is_empty());
        assert_eq!(facts(&again), facts(&out), "{form}");
    }
}

#[test]
fn an_export_is_of_the_record_as_it_stood() {
    let dir = samples();
    let before = run(dir.path(), &["export", "--as", "jsonl", "--as-of", "1"]);
    assert_eq!((before.code, before.out.as_str()), (0, ""), "{}", before.err);
    let now = run(dir.path(), &["export", "--as", "jsonl"]).out;
    assert!(now.lines().count() > 20);
    assert_eq!(run(dir.path(), &["export", "--as", "jsonl"]).out, now);
}

#[test]
fn what_cannot_go_together_is_refused() {
    let dir = samples();
    let tags = run(dir.path(), &["export", "--as", "ftm", "--hxl"]);
    assert!(tags.code == 2 && tags.err.contains("--hxl goes with"), "{}", tags.err);
    let both = run(dir.path(), &["export", "--as", "acled", "--json"]);
    assert!(both.code == 2 && both.err.contains("--out"), "{}", both.err);
    let nowhere = run(dir.path(), &["export", "--as", "acled", "--out", "no/such/folder/x.csv"]);
    assert_eq!(nowhere.code, 2);
}
