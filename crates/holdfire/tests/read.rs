//! `read` and `annotate` from outside.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;
use common::{folder, run, write};
use serde_json::Value;

const TEXT: &str = "Syria denied on Thursday that Israel attacked Lebanon.\n";

#[test]
fn read_prints_a_table_with_the_evidence() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT);
    let run = run(dir.path(), &["read", "a.txt", "--published", "2017-02-16"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("a: publisher not known, 2017-02-16 (given), 1 claims"), "{}", run.out);
    for word in ["Syria", "denies", "attack by Israel on", "Lebanon"] {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
}

#[test]
fn read_writes_the_gold_form_with_offsets_in_code_points() {
    let dir = folder();
    write(dir.path(), "é.txt", format!("« {TEXT}"));
    let run = run(dir.path(), &["read", "é.txt", "--published", "2017-02-16", "--format", "jsonl"]);
    let lines: Vec<Value> = run.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(lines[0]["published"], "2017-02-16");
    let text: Vec<char> = format!("« {TEXT}").chars().collect();
    let claim = &lines[1];
    let (from, to) = (
        claim["span"][0].as_u64().expect("start") as usize,
        claim["span"][1].as_u64().expect("end") as usize,
    );
    assert_eq!(text[from..to].iter().collect::<String>(), claim["quote"].as_str().expect("a quote"));
    assert_eq!((claim["source"].as_str(), claim["stance"].as_str()), (Some("Syria"), Some("denies")));
}

#[test]
fn out_writes_a_file_for_each_report_and_names_clashes() {
    let dir = folder();
    let line =
        |id: &str| format!("{}\n", serde_json::json!({"id": id, "published": "2017-02-16", "text": TEXT}));
    write(dir.path(), "two.jsonl", line("one") + &line("one"));
    let run = run(dir.path(), &["read", "two.jsonl", "--out", "claims"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("problem: one: `one` was already written as one.jsonl"), "{}", run.err);
    assert!(dir.path().join("claims/one.jsonl").exists());
}

#[test]
fn csv_has_one_head_and_a_row_a_claim() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT);
    write(dir.path(), "b.txt", TEXT);
    let run = run(dir.path(), &["read", ".", "--published", "2017-02-16", "--format", "csv"]);
    assert_eq!(run.out.lines().count(), 3, "{}", run.out);
}

#[test]
fn one_bad_report_never_stops_the_others() {
    let dir = folder();
    write(dir.path(), "a.txt", "");
    write(dir.path(), "b.txt", [0u8, 1, 2, 3, 0, 255]);
    write(dir.path(), "c.txt", [&b"caf\xe9. "[..], TEXT.as_bytes()].concat());
    write(
        dir.path(),
        "d.html",
        "<html><head><title>Shelling</title><body><p>Rebels shelled the town of Azaz on Monday, killing two",
    );
    write(dir.path(), "e.txt", TEXT);
    let run = run(dir.path(), &["read", ".", "--published", "2017-02-16", "--format", "jsonl"]);
    assert_eq!(run.code, 1);
    for name in ["a.txt", "b.txt", "c.txt"] {
        assert!(run.err.contains(name), "{name}: {}", run.err);
    }
    assert!(run.out.contains("\"doc\":\"e\""), "{}", run.out);
    assert!(run.out.contains("\"doc\":\"c\""), "{}", run.out);
}

#[test]
fn an_endless_line_is_refused_by_name() {
    let dir = folder();
    write(dir.path(), "long.txt", "shells fell ".repeat(50 << 20 >> 3));
    write(dir.path(), "e.txt", TEXT);
    let run = run(dir.path(), &["read", ".", "--published", "2017-02-16"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("long.txt"), "{}", run.err);
    assert!(run.out.contains("Lebanon"), "{}", run.out);
}

#[test]
fn a_missing_date_and_a_folder_without_reports_are_told() {
    let dir = folder();
    write(dir.path(), "a.txt", "Rebels shelled the town.\n");
    let told = run(dir.path(), &["read", "a.txt"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("--published"), "{}", told.err);
    std::fs::create_dir(dir.path().join("empty")).expect("a folder");
    let told = run(dir.path(), &["read", "empty"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("empty"), "{}", told.err);
    let told = run(dir.path(), &["read", "nowhere.txt"]);
    assert_eq!(told.code, 1);
    assert!(told.err.contains("nowhere.txt"), "{}", told.err);
}

#[test]
fn another_language_is_named_and_left_unread() {
    let dir = folder();
    let text = "قال المرصد إن أربعة وعشرين مدنيا قتلوا في مدينة الباب خلال يوم واحد وإن بينهم أحد عشر طفلا وفق ما ذكرت الوكالة يوم الخميس";
    write(dir.path(), "ar.txt", text);
    let run = run(dir.path(), &["read", "ar.txt", "--published", "2017-02-16"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("`ar`"), "{}", run.err);
}

#[test]
fn an_opinion_piece_is_marked_as_one() {
    let dir = folder();
    write(dir.path(), "a.txt", format!("Editorial: hold your fire\n\n{TEXT}"));
    let run = run(dir.path(), &["read", "a.txt", "--published", "2017-02-16"]);
    assert!(run.out.contains("2017-02-16 (given), opinion, 1 claims"), "{}", run.out);
}

#[test]
fn annotate_gives_words_that_cover_the_text() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT);
    let told = run(dir.path(), &["annotate", "a.txt", "--published", "2017-02-16"]);
    assert!(told.out.starts_with("# newdoc id = a\n# newpar\n"), "{}", told.out);
    let row = told.out.lines().find(|l| l.starts_with("2\t")).expect("the second word");
    let cells: Vec<&str> = row.split('\t').collect();
    assert_eq!((cells[1], cells[2], cells[3]), ("denied", "deny", "VERB"));
    assert!(cells[9].starts_with("start_char=6|end_char=12"), "{row}");

    write(dir.path(), "given.conllu", &told.out);
    let again = run(dir.path(), &["annotate", "--tokens", "given.conllu"]);
    let words = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split('\t').nth(1).map(str::to_owned))
            .collect()
    };
    assert_eq!(words(&again.out), words(&told.out));
}

#[test]
fn layers_are_objects_with_offsets() {
    let dir = folder();
    write(dir.path(), "a.txt", TEXT);
    let args = [
        "annotate", "a.txt", "--published", "2017-02-16", "--format", "jsonl", "--layers",
        "names,times,events",
    ];
    let told = run(dir.path(), &args);
    let lines: Vec<Value> = told.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let time = lines.iter().find(|l| l["layer"] == "times").expect("a time");
    assert_eq!((time["text"].as_str(), time["value"].as_str()), (Some("Thursday"), Some("2017-02-16")));
    let events: Vec<&Value> = lines.iter().filter(|l| l["layer"] == "events").collect();
    // what the sentence is about comes first, and then its claims
    assert_eq!((events[0]["text"].as_str(), events[0]["value"].as_str()), (Some("denied"), Some("REJECT")));
    assert_eq!((events[1]["label"].as_str(), events[1]["value"].as_str()), (Some("attack"), None));
    assert_eq!(
        (events[1]["polarity"].as_str(), events[1]["certainty"].as_str()),
        (Some("NEG"), Some("CERTAIN"))
    );
    write(dir.path(), "spans.jsonl", "{\"id\": \"a\", \"start\": 37, \"end\": 45}\n");
    let args = ["annotate", "a.txt", "--format", "jsonl", "--layers", "events", "--spans", "spans.jsonl"];
    let given: Value = serde_json::from_str(run(dir.path(), &args).out.trim()).expect("one line");
    assert_eq!((given["text"].as_str(), given["polarity"].as_str()), (Some("attacked"), Some("NEG")));
    let lost = run(dir.path(), &["annotate", "a.txt", "--layers", "feelings"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("no layer `feelings`"), "{}", lost.err);
}

#[test]
fn an_attribution_is_a_group_of_source_cue_and_content() {
    let dir = folder();
    write(dir.path(), "a.txt", "“We will stay,” Émile Weiss said. The town fell, according to the army.\n");
    let told = run(dir.path(), &["annotate", "a.txt", "--format", "jsonl", "--layers", "attribution"]);
    let lines: Vec<Value> = told.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let group = |n: u64| -> Vec<(&str, &str, u64)> {
        let of = lines.iter().filter(|l| l["group"] == n);
        of.map(|l| (l["label"].as_str().unwrap(), l["text"].as_str().unwrap(), l["start"].as_u64().unwrap()))
            .collect()
    };
    assert_eq!(
        group(0),
        [("source", "Émile Weiss", 16), ("cue", "said", 28), ("content", "“We will stay,”", 0)]
    );
    assert_eq!(
        group(1),
        [("source", "the army", 62), ("cue", "according to", 49), ("content", "The town fell", 34)]
    );
    assert_eq!(lines.len(), 6, "{}", told.out);
}

#[test]
fn places_have_a_choice_with_candidates_and_may_be_given() {
    let dir = folder();
    write(dir.path(), "a.txt", "Shells fell on Douma and Harasta near Damascus, in Syria.\n");
    let args = ["annotate", "a.txt", "--published", "2017-02-16", "--format", "jsonl", "--layers", "places"];
    let told = run(dir.path(), &args);
    let lines: Vec<Value> = told.out.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let douma = lines.iter().find(|l| l["text"] == "Douma").expect("Douma");
    assert_eq!(douma["choice"]["country"], "SY", "{douma}");
    assert!(!douma["candidates"].as_array().expect("candidates").is_empty());

    write(dir.path(), "spans.jsonl", "{\"id\": \"a\", \"start\": 25, \"end\": 32}\n");
    let told = run(dir.path(), &[&args[..], &["--spans", "spans.jsonl"]].concat());
    let line: Value = serde_json::from_str(told.out.trim()).expect("one line");
    assert_eq!((line["text"].as_str(), line["choice"]["country"].as_str()), (Some("Harasta"), Some("SY")));
    write(dir.path(), "bad.jsonl", "{\"id\": \"a\"}\n");
    let told = run(dir.path(), &[&args[..], &["--spans", "bad.jsonl"]].concat());
    assert_eq!(told.code, 2);
    assert!(told.err.contains("bad.jsonl:1: no span"), "{}", told.err);
}
