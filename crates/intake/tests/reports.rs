//! Files and folders become reports; what is wrong with one is told and stops nothing.
#![allow(clippy::disallowed_methods, reason = "tests write the files that they read")]

use std::fs;
use std::path::{Path, PathBuf};

use holdfire_intake::{LONGEST, Options, reports};
use holdfire_types::{FoundIn, Genre, Problem, Report, SourceFormat};
use jiff::civil::date;
use tempfile::TempDir;

/// A folder with these files, folders between them included.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn read(path: impl AsRef<Path>) -> Vec<Result<Report, Problem>> {
    reports(&[path.as_ref().to_owned()], &Options::default()).collect()
}

fn names(read: &[Result<Report, Problem>]) -> Vec<&str> {
    read.iter().flatten().map(|report| report.name.as_str()).collect()
}

/// What was told, without the folder's own path.
fn told(read: &[Result<Report, Problem>], folder: &TempDir) -> Vec<String> {
    let here = format!("{}/", folder.path().display());
    read.iter().filter_map(|item| item.as_ref().err()).map(|p| p.to_string().replace(&here, "")).collect()
}

#[test]
fn a_text_is_read_as_it_stands() {
    let folder = folder(&[("fire.txt", b"\xEF\xBB\xBFShells fell on al-Bab.\r\nNobody was hurt.")]);
    let read = read(folder.path().join("fire.txt"));
    let report = read[0].as_ref().unwrap();
    assert_eq!(read.len(), 1);
    assert_eq!((report.name.as_str(), report.format), ("fire", SourceFormat::Text));
    assert_eq!(report.text, "\u{feff}Shells fell on al-Bab.\nNobody was hurt.");
    assert_eq!(report.published, None);
}

#[test]
fn a_folder_is_read_by_name_with_all_that_lies_in_it() {
    let folder = folder(&[
        ("b.txt", b"Second."),
        ("a/z.txt", b"First."),
        ("c.jsonl", b"{\"id\":\"third\",\"text\":\"Third.\"}\n"),
        ("d.HTM", b"<p>Shells fell on the town at night and nobody was hurt, the mayor said.</p>"),
        (".hidden.txt", b"Not read."),
        (".git/x.txt", b"Not read."),
        ("photo.jpg", b"\xFF\xD8\x00"),
    ]);
    let read = read(folder.path());
    assert_eq!(names(&read), ["z", "b", "third", "d"]);
    assert_eq!(told(&read, &folder), [""; 0]);
}

#[test]
fn the_same_folder_gives_the_same_ids() {
    let folder = folder(&[("a.txt", b"One."), ("b.txt", b"Two.")]);
    let ids = || read(folder.path()).into_iter().map(|r| r.unwrap().id).collect::<Vec<_>>();
    assert_eq!(ids(), ids());
}

#[test]
fn notes_beside_a_text_give_what_it_does_not_say() {
    let notes = br#"{"id":"fire","published":"2017-02-16","publisher":"The Wire","title":"Fire","url":"https://wire.example/1"}
{"id":"lost","publisher":"Nobody"}
{"id":"fire2","published":"soon"}
"#;
    let folder =
        folder(&[("fire.txt", b"Shells fell."), ("fire2.txt", b"They fell again."), ("meta.jsonl", notes)]);
    let all = read(folder.path());
    let report = all.iter().flatten().next().unwrap();
    assert_eq!(
        report.published.as_ref().map(|p| (p.date, p.found)),
        Some((date(2017, 2, 16), FoundIn::Record))
    );
    assert_eq!(report.publisher.as_deref(), Some("The Wire"));
    assert_eq!(
        (report.title.as_deref(), report.url.as_deref()),
        (Some("Fire"), Some("https://wire.example/1"))
    );
    assert_eq!(names(&all), ["fire", "fire2"]);
    assert_eq!(
        told(&all, &folder),
        [
            "meta.jsonl:3: published `soon` is no date; write it as YYYY-MM-DD",
            "meta.jsonl: speaks of `lost`, and no text or page of that name lies beside it; make `id` the file's name without its ending",
        ]
    );
    // the same notes serve a file that is named itself
    let single = read(folder.path().join("fire.txt"));
    assert_eq!(single.iter().flatten().next(), Some(report));
}

#[test]
fn the_given_day_is_for_texts_without_one() {
    let folder = folder(&[(
        "two.jsonl",
        b"{\"id\":1,\"published\":\"2017-01-07T22:00:00+03:00\",\"text\":\"A.\"}\n\n{\"id\":\"b\",\"published\":null,\"text\":\"B.\"}",
    )]);
    let options = Options { published: Some(date(2017, 2, 1)) };
    let days: Vec<_> = reports(&[folder.path().join("two.jsonl")], &options)
        .map(|report| report.unwrap())
        .map(|report| (report.name, report.published.map(|p| (p.date, p.found))))
        .collect();
    assert_eq!(
        days,
        [
            ("1".to_owned(), Some((date(2017, 1, 7), FoundIn::Record))),
            ("b".to_owned(), Some((date(2017, 2, 1), FoundIn::Given))),
        ]
    );
}

#[test]
fn what_is_wrong_with_one_file_is_told_and_the_next_is_read() {
    let folder = folder(&[
        ("a-empty.txt", b""),
        ("b-blank.txt", b" \n\n"),
        ("c-binary.txt", b"PK\x03\x04\0\0"),
        ("d-latin.txt", b"The caf\xE9 was hit."),
        ("e.pdf", b"%PDF-1.4"),
        ("f-good.txt", b"The bridge held."),
    ]);
    let read = read(folder.path());
    assert_eq!(names(&read), ["d-latin", "f-good"]);
    assert_eq!(read[3].as_ref().unwrap().text, "The caf\u{fffd} was hit.");
    assert_eq!(
        told(&read, &folder),
        [
            "a-empty.txt: is empty; leave it out, or fetch the report again",
            "b-blank.txt: is empty; leave it out, or fetch the report again",
            "c-binary.txt: is no text (it holds binary data); save it as text (.txt) or as a page (.html)",
            "d-latin.txt: 1 pieces are no UTF-8 and were replaced by U+FFFD; the rest was read; convert it to UTF-8, for example with iconv",
            "e.pdf: is of a kind that cannot be read; save it as text (.txt) or as a page (.html)",
        ]
    );
}

#[test]
fn a_bad_line_costs_no_other_line() {
    let mut lines = b"{\"id\":\"a\",\"text\":\"A.\"}\n{\"id\":\"b\", oops}\n{\"id\":\"c\"}\n\xFF\n".to_vec();
    lines.extend(b"{\"id\":\"d\",\"text\":\"");
    lines.extend(vec![b'x'; LONGEST + 1]);
    lines.extend(b"\"}\n{\"id\":\"e\",\"text\":\"E.\"}");
    let folder = folder(&[("news.jsonl", &lines)]);
    let read = read(folder.path());
    assert_eq!(names(&read), ["a", "e"]);
    let told = told(&read, &folder);
    assert!(told[0].starts_with("news.jsonl:2: is no JSON object ("), "{}", told[0]);
    assert_eq!(
        told[1..],
        [
            "news.jsonl:3: has no `text`; give the report's text under \"text\"",
            "news.jsonl:4: is no UTF-8; convert the file to UTF-8, for example with iconv",
            "news.jsonl:5: is longer than 16 MiB; split it: one report, one file or line",
        ]
    );
}

#[test]
fn a_text_over_the_limit_is_refused() {
    let folder = folder(&[("long.txt", &vec![b'x'; LONGEST + 1])]);
    assert_eq!(
        told(&read(folder.path()), &folder),
        ["long.txt: is longer than 16 MiB; split it: one report, one file or line"]
    );
}

#[test]
fn missing_paths_and_folders_without_reports_are_told() {
    let folder = folder(&[("empty/readme.md", b"nothing here")]);
    let paths: Vec<PathBuf> = ["nowhere.txt", "empty"].iter().map(|name| folder.path().join(name)).collect();
    let read: Vec<_> = reports(&paths, &Options::default()).collect();
    assert_eq!(
        told(&read, &folder),
        [
            "nowhere.txt: does not exist; check the path",
            "empty: holds no reports; put .txt, .html or .jsonl files there, or name another folder",
        ]
    );
}

#[test]
fn statements_are_told_from_news() {
    let folder = folder(&[
        ("s.txt", b"Joint statement by the guarantors\n\nThe three states met."),
        ("n.txt", b"Met."),
    ]);
    let genres: Vec<_> = read(folder.path()).into_iter().map(|r| r.unwrap().genre).collect();
    assert_eq!(genres, [Genre::News, Genre::Statement]);
}

#[cfg(unix)]
#[test]
fn links_that_run_in_circles_are_not_followed() {
    let folder = folder(&[("in/a.txt", b"A.")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("in/again")).expect("linked");
    assert_eq!(names(&read(folder.path())), ["a"]);
}
