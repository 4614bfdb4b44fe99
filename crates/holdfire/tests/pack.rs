//! Packs from outside: a start, what is wrong with one, and runs that bring their own.
#![allow(clippy::disallowed_methods, reason = "tests lay out files for the program to find")]

mod common;
use common::{folder, run, write};

const HEAD: &str = "id = \"x\"\nname = \"X\"\ncountries = [\"ML\"]\nsources = [\"a document\"]\n";

/// A party in five lines.
fn party(id: &str, name: &str, more: &str) -> String {
    format!("[[party]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"rebel\"\n{more}\n")
}

#[test]
fn a_new_pack_passes_the_check_and_is_never_written_over() {
    let dir = folder();
    let made = run(dir.path(), &["pack", "new", "sahel-2024"]);
    assert_eq!((made.code, made.out.as_str()), (0, "sahel-2024.toml\n"), "{}", made.err);
    let checked = run(dir.path(), &["pack", "check", "sahel-2024.toml"]);
    assert_eq!((checked.code, checked.out.as_str()), (0, "sahel-2024.toml: whole\n"), "{}", checked.err);
    let text = std::fs::read_to_string(dir.path().join("sahel-2024.toml")).expect("the pack");
    assert!(text.lines().filter(|l| l.starts_with('#')).count() > 20, "{text}");
    assert!(!text.contains("NAME"), "{text}");

    let again = run(dir.path(), &["pack", "new", "sahel-2024"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("sahel-2024.toml is there already"), "{}", again.err);
}

#[test]
fn a_new_pack_needs_a_name_that_can_be_an_id() {
    let dir = folder();
    let made = run(dir.path(), &["pack", "new", "../Sahel"]);
    assert_eq!(made.code, 2);
    assert!(made.err.contains("`../Sahel` is no id for a pack; write small letters"), "{}", made.err);
}

#[test]
fn every_fault_is_told_with_file_line_and_mend() {
    let dir = folder();
    let truce = "[[truce]]\nid = \"t\"\nname = \"T\"\ncountries = [\"ML\"]\narea = [\"moon\"]\nparties = [\"a\"]\n\
                 start = \"2020-01-02\"\nend = \"2020-01-01\"\nterm = []\nsources = []\n";
    let body = party("a", "A", "under = [\"b\"]")
        + &party("b", "Front", "under = [\"a\"]")
        + &party("c", "the Front", "")
        + truce;
    write(dir.path(), "x.toml", HEAD.to_owned() + &body);
    let told = run(dir.path(), &["pack", "check", "x.toml"]);
    assert_eq!(told.code, 1);
    let lines: Vec<&str> = told.err.lines().collect();
    assert_eq!(
        lines,
        [
            "problem: x.toml:6: `a` stands under itself; take one `under` out of the circle",
            "problem: x.toml:11: `b` stands under itself; take one `under` out of the circle",
            "problem: x.toml:16: `c` and `b` both bear the name `the Front` at one time; take the name from one of them or date it",
            "problem: x.toml:21: the truce `t` ends before it begins; set `end` to a day after `start`, or leave it out",
            "problem: x.toml:21: the truce `t` names the area `moon`, which is no place; add that place or mend the id",
        ]
    );
}

#[test]
fn a_run_brings_its_own_pack() {
    let dir = folder();
    assert_eq!(run(dir.path(), &["pack", "new", "here"]).code, 0);
    write(dir.path(), "a.txt", "Rebels shelled the town of Azaz on Monday.\n");
    let given = ["record", "a.txt", "--published", "2000-01-04", "--pack", "here.toml"];
    assert_eq!(run(dir.path(), &given).code, 0);
    let status = run(dir.path(), &["status", "--truce", "here-2000-01-01", "--pack", "here.toml"]);
    assert_eq!(status.code, 0, "{}", status.err);
    assert!(status.out.contains("Name of the cease-fire"), "{}", status.out);
    let without = run(dir.path(), &["status", "--truce", "here-2000-01-01"]);
    assert_eq!(without.code, 2);
    assert!(without.err.contains("no pack holds the truce `here-2000-01-01`"), "{}", without.err);
}

#[test]
fn a_faulty_pack_ends_the_run_unless_it_may_be_left_out() {
    let dir = folder();
    write(dir.path(), "bad.toml", HEAD.to_owned() + &party("a", "A", "under = [\"nobody\"]"));
    assert_eq!(run(dir.path(), &["pack", "new", "here"]).code, 0);
    write(dir.path(), "a.txt", "Syria denied on Thursday that Israel attacked Lebanon.\n");
    let given = ["read", "a.txt", "--published", "2017-02-16", "--pack", "bad.toml", "--pack", "here.toml"];
    let stopped = run(dir.path(), &given);
    assert_eq!((stopped.code, stopped.out.as_str()), (2, ""));
    assert!(stopped.err.contains("problem: bad.toml:6: `a` stands under `nobody`"), "{}", stopped.err);
    assert!(stopped.err.contains("--skip-bad-packs"), "{}", stopped.err);

    let went_on = run(dir.path(), &[&given[..], &["--skip-bad-packs"]].concat());
    assert_eq!(went_on.code, 1);
    assert!(went_on.err.contains("problem: bad.toml:6"), "{}", went_on.err);
    assert!(went_on.out.contains("denies"), "{}", went_on.out);
}

#[test]
fn a_kind_that_packs_do_not_have_is_told_with_its_line() {
    let dir = folder();
    write(dir.path(), "y.toml", HEAD.to_owned() + &party("a", "A", "").replace("rebel", "rebellious"));
    let told = run(dir.path(), &["pack", "check", "y.toml"]);
    assert_eq!(told.code, 1);
    assert!(told.err.starts_with("problem: y.toml:8: unknown variant `rebellious`"), "{}", told.err);
}

#[test]
fn unknown_names_are_parties_of_their_own_and_bare_words_stay_open() {
    let dir = folder();
    write(dir.path(), "a.txt", "Jaish al-Nasr shelled the airport on Monday, killing two soldiers.\n");
    write(dir.path(), "b.txt", "The government denied on Thursday that rebels attacked the town.\n");
    assert_eq!(run(dir.path(), &["record", "a.txt", "b.txt", "--published", "2017-02-16"]).code, 0);
    let told = run(dir.path(), &["parties"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.out.contains("1 names that no pack knows"), "{}", told.out);
    assert!(told.out.contains("Jaish al-Nasr"), "{}", told.out);
    let open = told.out.lines().find(|l| l.contains("government")).expect("the bare word");
    assert!(open.contains("syria/government"), "{open}");

    let rows = run(dir.path(), &["parties", "--toml"]);
    write(dir.path(), "x.toml", HEAD.to_owned() + &rows.out);
    let checked = run(dir.path(), &["pack", "check", "x.toml"]);
    assert_eq!(checked.code, 0, "{}{}", rows.out, checked.err);
    assert_eq!(
        run(dir.path(), &["record", "a.txt", "--published", "2017-02-16", "--reread", "--pack", "x.toml"])
            .code,
        0
    );
    let after = run(dir.path(), &["parties", "--json", "--pack", "x.toml"]);
    assert!(!after.out.contains("Jaish al-Nasr"), "{}", after.out);
}
