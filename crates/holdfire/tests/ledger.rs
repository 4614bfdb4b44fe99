//! The ledger's commands from outside, on the sample reports.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;
use common::{examples, folder, run, write};
use serde_json::Value;

fn json(out: &str) -> Value {
    serde_json::from_str(out).expect("JSON")
}

#[test]
fn recording_twice_is_recording_once() {
    let dir = folder();
    let samples = examples();
    let samples = samples.to_str().expect("a path");
    let first = json(&run(dir.path(), &["record", samples, "--json"]).out);
    assert!(first["recorded"].as_u64() > Some(10), "{first}");
    let before = run(dir.path(), &["verify"]);
    assert_eq!(before.code, 0, "{}", before.err);
    let second = json(&run(dir.path(), &["record", samples, "--json"]).out);
    assert_eq!(second["recorded"], 0);
    assert_eq!(second["known"], first["seen"]);
    assert_eq!(run(dir.path(), &["verify"]).out, before.out);
}

#[test]
fn the_packs_that_readings_were_made_with_stand_in_the_ledger_once() {
    let dir = folder();
    write(dir.path(), "a.txt", "Rebels shelled the town of Azaz on Monday.\n");
    write(dir.path(), "b.txt", "Rebels shelled the town of Marea on Monday.\n");
    let packs = || {
        let verified = json(&run(dir.path(), &["verify", "--json"]).out);
        let packs = verified["packs"].as_array().expect("packs").clone();
        let row = |pack: &Value| (pack["name"].to_string(), pack["blake3"].to_string());
        packs.iter().map(row).collect::<Vec<_>>()
    };
    let record = |more: &[&str]| {
        let told = run(dir.path(), &[&["record", "--published", "2017-01-03"], more].concat());
        assert_eq!(told.code, 0, "{}", told.err);
    };
    record(&["a.txt"]);
    let own = packs();
    let syria = own.iter().find(|(name, _)| name == "\"syria.toml\"").expect("the pack of Syria");
    assert_eq!(syria.1.len(), 66, "{}", syria.1);
    record(&["a.txt", "b.txt"]);
    assert_eq!(packs(), own);

    // a pack brought along is one more; one that nothing is read with is none
    assert_eq!(run(dir.path(), &["pack", "new", "here"]).code, 0);
    record(&["a.txt", "--pack", "here.toml"]);
    assert_eq!(packs(), own);
    record(&["a.txt", "--reread", "--pack", "here.toml"]);
    let after = packs();
    assert_eq!(&after[..own.len()], own);
    assert_eq!(
        after[own.len()..].iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["\"here.toml\""]
    );
}

#[test]
fn an_exact_copy_under_another_name_is_kept_and_told() {
    let dir = folder();
    let line = |id: &str| {
        let text = "Rebels shelled the town of Azaz on Monday, killing two civilians, residents said.";
        format!(
            "{}\n",
            serde_json::json!({"id": id, "published": "2017-01-03", "publisher": "Gazette", "text": text})
        )
    };
    write(dir.path(), "two.jsonl", line("one") + &line("two"));
    let first = json(&run(dir.path(), &["record", "two.jsonl", "--json"]).out);
    assert_eq!(
        (&first["recorded"], &first["copies"][0]["report"]),
        (&serde_json::json!(2), &serde_json::json!("two"))
    );
    assert_eq!(first["copies"][0]["shared"], 1.0, "{first}");
    let again = json(&run(dir.path(), &["record", "two.jsonl", "--json"]).out);
    assert_eq!(again["known"], 2);
}

#[test]
fn the_samples_show_a_copy_and_acts_in_and_out_of_scope() {
    let dir = folder();
    let samples = examples();
    let first = json(&run(dir.path(), &["record", samples.to_str().expect("a path"), "--json"]).out);
    assert_eq!(first["copies"].as_array().map(Vec::len), Some(1), "{first}");
    let status = json(&run(dir.path(), &["status", "--json"]).out);
    let incidents = &status["violence"]["incidents"];
    for verdict in ["within", "out"] {
        assert!(incidents[verdict]["value"].as_u64() > Some(0), "{verdict}: {incidents}");
    }
    assert!(status["verdict"].as_str().is_some_and(|v| !v.is_empty()));
    // every number has its claims
    let counted = &incidents["within"];
    assert!(!counted["claims"].as_array().expect("claims").is_empty());
}

#[test]
fn an_incident_a_claim_and_a_report_are_shown_whole() {
    let dir = folder();
    let samples = examples();
    run(dir.path(), &["record", samples.to_str().expect("a path")]);
    let status = json(&run(dir.path(), &["status", "--json"]).out);
    let incident =
        status["violence"]["incidents"]["within"]["incidents"][0].as_str().expect("an incident").to_owned();
    let shown = run(dir.path(), &["incident", &incident]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    let claim = status["violence"]["incidents"]["within"]["claims"][0].as_str().expect("a claim").to_owned();
    let view = json(&run(dir.path(), &["claim", &claim, "--json"]).out);
    let report = view["line"]["report"].as_str().expect("a report").to_owned();
    let text =
        json(&run(dir.path(), &["report", &report, "--json"]).out)["text"].as_str().expect("text").to_owned();
    let quote = view["line"]["quote"].as_str().expect("a quote");
    assert!(text.contains(quote), "{quote}");
    let lost = run(dir.path(), &["claim", "c0000000000000000"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("not in the ledger"), "{}", lost.err);
}

#[test]
fn a_correction_has_a_receipt_and_an_answer() {
    let dir = folder();
    let samples = examples();
    run(dir.path(), &["record", samples.to_str().expect("a path")]);
    let status = json(&run(dir.path(), &["status", "--json"]).out);
    let claim = status["violence"]["incidents"]["within"]["claims"][0].as_str().expect("a claim").to_owned();
    let sent = [
        "correct", &claim, "--text", "The town is another one", "--reason", "misread", "--contact",
        "a@example.org",
    ];
    let receipt = run(dir.path(), &sent).out.trim().to_owned();
    assert!(receipt.starts_with('k'), "{receipt}");
    let answered =
        run(dir.path(), &["answer", &receipt, "--accept", "--text", "Right, see the map", "--by", "editor"]);
    assert_eq!(answered.code, 0, "{}", answered.err);
    let list = run(dir.path(), &["corrections", "--json"]).out;
    assert!(list.contains("Right, see the map") && !list.contains("a@example.org"), "{list}");
    assert_eq!(run(dir.path(), &["verify"]).code, 0);
    let lost = run(dir.path(), &["correct", "i0000000000000000", "--text", "x"]);
    assert_eq!(lost.code, 2);
}

#[test]
fn what_is_no_whole_ledger_is_refused_by_name() {
    let dir = folder();
    let missing = run(dir.path(), &["status", "--ledger", "none.holdfire"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.contains("none.holdfire: there is no ledger here"), "{}", missing.err);
    write(dir.path(), "x.holdfire", "not a database at all, but long enough to be looked at as one");
    let other = run(dir.path(), &["verify", "--ledger", "x.holdfire"]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("x.holdfire"), "{}", other.err);

    let samples = examples();
    run(dir.path(), &["record", samples.to_str().expect("a path"), "--ledger", "a.holdfire"]);
    let path = dir.path().join("a.holdfire");
    let mut bytes = std::fs::read(&path).expect("the ledger");
    for tenth in 2..9 {
        let at = bytes.len() * tenth / 10;
        bytes[at] ^= 1;
    }
    std::fs::write(&path, bytes).expect("the ledger");
    let flipped = run(dir.path(), &["verify", "--ledger", "a.holdfire"]);
    assert_eq!(flipped.code, 2);
    assert!(flipped.err.contains("a.holdfire: the ledger is damaged"), "{}", flipped.err);
}

#[test]
fn as_of_shows_the_record_as_it_stood() {
    let dir = folder();
    let samples = examples();
    let samples = samples.join("al-bab-2017-02-16.txt");
    run(dir.path(), &["record", samples.to_str().expect("a path"), "--published", "2017-02-16"]);
    let before = run(dir.path(), &["status", "--as-of", "1", "--json"]);
    assert_eq!(json(&before.out)["violence"]["claims"]["value"], 0, "{}", before.err);
    let odd = run(dir.path(), &["status", "--as-of", "yesterday"]);
    assert_eq!(odd.code, 2);
    assert!(odd.err.contains("`yesterday` is no entry number"), "{}", odd.err);
}

#[test]
fn the_demo_prints_and_ends() {
    let dir = folder();
    let demo = run(dir.path(), &["demo", "--no-serve", "--ledger", "demo.holdfire"]);
    assert_eq!(demo.code, 0, "{}", demo.err);
    for words in ["Nationwide cease-fire of 30 December 2016", "in scope", "Coverage:"] {
        assert!(demo.out.contains(words), "{words}: {}", demo.out);
    }
}

#[test]
fn a_claim_is_explained_slot_by_slot_with_its_tree() {
    let dir = folder();
    write(dir.path(), "a.txt", "On Monday rebels shelled the town of Azaz, the army said.\n");
    let told = run(dir.path(), &["record", "a.txt", "--published", "2017-01-03"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let id = json(&run(dir.path(), &["review", "--json"]).out)[0]["id"].as_str().expect("a claim").to_owned();

    let explained = run(dir.path(), &["explain", &id]);
    assert_eq!(explained.code, 0, "{}", explained.err);
    for part in
        ["PLOVER ASSAULT, CAMEO 19", "model:act", "model:stance", "shelled", "rebels nsubj NOUN  <- actor"]
    {
        assert!(explained.out.contains(part), "no `{part}` in\n{}", explained.out);
    }

    let explained = json(&run(dir.path(), &["explain", &id, "--json"]).out);
    assert_eq!(explained["claim"]["plover"], "ASSAULT");
    assert_eq!(explained["note"], Value::Null, "the same reader reads it the same way");
    let slot = |name: &str| {
        let slots = explained["slots"].as_array().expect("slots");
        slots.iter().find(|s| s["slot"] == name).expect("the slot").clone()
    };
    assert_eq!(slot("actor")["weighed"][0]["value"], "rebels");
    assert!(slot("source")["weighed"].as_array().expect("options").len() > 1, "the narrator was weighed too");
    let tree = explained["tree"].as_array().expect("words");
    let head = |word: &str| {
        let at = tree.iter().find(|w| w["word"] == word).expect("the word");
        tree[at["head"].as_u64().expect("a head") as usize]["word"].clone()
    };
    assert_eq!(head("rebels"), "shelled");

    assert_eq!(run(dir.path(), &["explain", "c0000000000000000"]).code, 2);
}

#[test]
fn a_row_of_others_is_explained_without_a_sentence() {
    let dir = folder();
    let rows = "event_id_cnty,event_date,year,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,\
                longitude,source,notes,fatalities\n\
                SYR1,2017-01-03,2017,Explosions/Remote violence,Shelling/artillery/missile attack,Rebels,,Syria,Aleppo,\
                Azaz,36.58,37.04,Gazette,Rebels shelled Azaz.,2\n";
    write(dir.path(), "rows.csv", rows);
    let told = run(dir.path(), &["import", "--as", "acled", "rows.csv"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let id = json(&run(dir.path(), &["review", "--json"]).out)[0]["id"].as_str().expect("a claim").to_owned();
    let explained = run(dir.path(), &["explain", &id]);
    assert!(explained.out.contains("taken in as a row of others"), "{}\n{}", explained.out, explained.err);
}
