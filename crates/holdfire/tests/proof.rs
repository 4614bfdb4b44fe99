//! What an outsider can check, and what is erased, from the command line.
#![allow(clippy::disallowed_methods, reason = "tests look at the files that the program leaves")]

mod common;
use std::path::Path;

use common::{folder, run, write};
use serde_json::Value;

/// A ledger of one signed report.
fn recorded(dir: &Path) -> String {
    let text = "Rebels shelled the town of Azaz on Monday, killing two civilians, residents said.";
    let head = "<title>Shells on Azaz</title><meta name='author' content='Miriam Quellenstein'>";
    write(
        dir,
        "one.html",
        format!("<html><head>{head}</head><body><article><p>{text}</p></article></body></html>"),
    );
    let told = run(dir, &["record", "one.html", "--published", "2017-01-03"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let found = run(dir, &["search", "Azaz", "--json"]).out;
    let found: Value = serde_json::from_str(&found).expect("JSON");
    found["reports"][0]["id"].as_str().expect("a report").to_owned()
}

/// One more report into it.
fn record_more(dir: &Path) {
    write(dir, "two.txt", "A convoy reached the town of Azaz on Tuesday, aid workers said.");
    assert_eq!(run(dir, &["record", "two.txt", "--published", "2017-01-04"]).code, 0);
}

#[test]
fn a_checkpoint_is_held_by_the_ledger_that_it_was_made_of_and_by_no_other() {
    let dir = folder();
    recorded(dir.path());
    assert_eq!(run(dir.path(), &["checkpoint", "--out", "kept.txt"]).code, 0);
    let kept = std::fs::read_to_string(dir.path().join("kept.txt")).expect("a checkpoint");
    assert!(kept.starts_with("holdfire ledger, entry ") && kept.contains("\ned25519 "), "{kept}");
    record_more(dir.path());
    let signer = kept.split(' ').rev().nth(1).expect("a key").to_owned();
    let held = run(dir.path(), &["verify", "--checkpoint", "kept.txt", "--signer", &signer]);
    assert_eq!(held.code, 0, "{}", held.err);
    assert!(held.out.contains(&format!("signed by {signer}")), "{}", held.out);
    // the same key signs the next one
    assert!(run(dir.path(), &["checkpoint"]).out.contains(&signer));
    let stranger = run(dir.path(), &["verify", "--checkpoint", "kept.txt", "--signer", &"0".repeat(64)]);
    assert_eq!(stranger.code, 2);
    assert!(stranger.err.contains("not by the key of --signer"), "{}", stranger.err);

    let other = folder();
    record_more(other.path());
    write(other.path(), "kept.txt", &kept);
    let lost = run(other.path(), &["verify", "--checkpoint", "kept.txt"]);
    assert_eq!(lost.code, 2);
    assert!(lost.err.contains("recorded once"), "{}", lost.err);

    write(dir.path(), "kept.txt", kept.replacen(" of 20", "0 of 20", 1));
    let forged = run(dir.path(), &["verify", "--checkpoint", "kept.txt"]);
    assert_eq!(forged.code, 2);
    assert!(forged.err.contains("kept.txt") && forged.err.contains("was changed"), "{}", forged.err);
}

#[test]
fn the_head_is_one_line_that_can_be_kept_and_checked() {
    let dir = folder();
    recorded(dir.path());
    let line = run(dir.path(), &["head"]).out;
    assert_eq!(line.lines().count(), 1);
    assert_eq!(run(dir.path(), &["head", "--daily"]).out, line, "everything was recorded today");
    record_more(dir.path());
    assert_ne!(run(dir.path(), &["head"]).out, line);
    write(dir.path(), "kept.txt", &line);
    let held = run(dir.path(), &["verify", "--checkpoint", "kept.txt"]);
    assert_eq!(held.code, 0, "{}", held.err);
    assert!(held.out.contains("nobody signed it"), "{}", held.out);
    let signed = run(dir.path(), &["verify", "--checkpoint", "kept.txt", "--signer", "00"]);
    assert_eq!(signed.code, 2, "a head alone is not signed");
}

#[test]
fn an_erased_byline_is_gone_at_every_moment() {
    let dir = folder();
    let report = recorded(dir.path());
    let erase = ["erase", &report, "--by", "editor", "--reason", "the writer asked for it"];
    let done = run(dir.path(), &erase);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("erased, entry "), "{}", done.out);
    assert!(run(dir.path(), &erase).out.contains("nothing is left to erase"));
    assert_eq!(run(dir.path(), &["verify"]).code, 0);
    let lost = run(dir.path(), &["erase", "c0000000000000000", "--by", "editor", "--reason", "x"]);
    assert_eq!(lost.code, 2);
}

#[test]
fn an_erased_name_is_gone_from_text_claims_and_index_at_every_moment() {
    let dir = folder();
    let text = "Shells fell on Azaz on Monday and killed two people, Anton Zeugmann said. Rebels fired them, he said.";
    let line = |id: &str, text: &str| {
        format!(
            "{}\n",
            serde_json::json!({"id": id, "published": "2017-01-03", "publisher": "Gazette", "text": text})
        )
    };
    let other = "A baker, Anton Zeugmann, opened his shop in Azaz again on Sunday after a year.";
    write(dir.path(), "two.jsonl", line("one", text) + &line("two", other));
    assert_eq!(run(dir.path(), &["record", "two.jsonl"]).code, 0);
    let found: Value =
        serde_json::from_str(&run(dir.path(), &["search", "fired", "--json"]).out).expect("JSON");
    let report = found["reports"][0]["id"].as_str().expect("a report").to_owned();
    let before = run(dir.path(), &["head"]).out;
    write(dir.path(), "kept.txt", &before);

    let erase = ["erase", &report, "--words", "Anton Zeugmann", "--by", "editor", "--reason", "in danger"];
    let done = run(dir.path(), &erase);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("they still stand in r"), "the other report is named: {}", done.out);
    for as_of in ["1", "99"] {
        let shown = run(dir.path(), &["report", &report, "--as-of", as_of]).out;
        assert!(shown.contains("people, [erased 20") && !shown.contains("Zeugmann"), "{shown}");
    }
    let found = run(dir.path(), &["search", "Zeugmann", "--json"]).out;
    assert!(!found.contains(&report), "{found}");
    let whole = run(dir.path(), &["verify", "--checkpoint", "kept.txt"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert!(whole.out.contains("words were erased from "), "{}", whole.out);

    let other: Value = serde_json::from_str(&found).expect("JSON");
    let other = other["reports"][0]["id"].as_str().expect("the other report").to_owned();
    run(
        dir.path(),
        &["erase", &other, "--words", "anton zeugmann", "--by", "editor", "--reason", "in danger"],
    );
    let bytes = std::fs::read(dir.path().join("holdfire.ledger")).expect("the ledger").to_ascii_lowercase();
    assert!(!bytes.windows(8).any(|part| part == b"zeugmann"), "it stands nowhere in the file");
}
