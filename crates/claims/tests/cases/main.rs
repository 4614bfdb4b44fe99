//! Runs the literate cases of `cases/*.md`; `cases/README.md` says how they are written.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the cases are files, and failures are told in full"
)]

mod line;

use std::path::Path;

use holdfire_claims::read;
use holdfire_model::Model;
use holdfire_types::{Claim, FoundIn, Published, Report};
use holdfire_world::World;

use line::{Expected, told};

/// The list of what is not read right yet.
const OPEN: &str = "open.md";

/// A snippet with the claims expected of it.
#[derive(Debug)]
struct Case {
    line: usize,
    day: Option<String>,
    text: String,
    expected: Vec<Expected>,
    /// The claim lines as written, for failures.
    lines: Vec<String>,
}

fn cases(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            if !inside {
                let day = (!info.is_empty()).then(|| info.to_owned());
                cases.push(Case {
                    line: number + 1,
                    day,
                    text: String::new(),
                    expected: Vec::new(),
                    lines: Vec::new(),
                });
            }
            inside = !inside;
        } else if inside {
            let case = cases.last_mut().unwrap();
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(line);
        } else if let (Some(item), Some(case)) = (line.strip_prefix("- "), cases.last_mut()) {
            case.lines.push(item.to_owned());
            if item != "none" {
                let claim = Expected::parse(item)
                    .unwrap_or_else(|| panic!("{file}:{}: `{item}` is no claim line", number + 1));
                case.expected.push(claim);
            }
        }
    }
    assert!(!inside, "{file}: a fence is not closed");
    for case in &cases {
        assert!(!case.lines.is_empty(), "{file}:{}: nothing is expected", case.line);
    }
    cases
}

/// The claims read from a case.
fn claims(file: &str, case: &Case, model: &Model, world: &World) -> Vec<Claim> {
    let mut report = Report::new(file, case.text.clone());
    report.published =
        case.day.as_ref().map(|d| Published { date: d.parse().unwrap(), found: FoundIn::Given, span: None });
    read(&report, &model.annotate(&report.text), world).claims
}

/// True where each expected claim is among those read and there is no other.
fn is_right(case: &Case, claims: &[Claim]) -> bool {
    let mut left: Vec<&Claim> = claims.iter().collect();
    case.expected.len() == claims.len()
        && case
            .expected
            .iter()
            .all(|wanted| left.iter().position(|c| wanted.agrees(c)).map(|at| left.remove(at)).is_some())
}

/// The case, what it expects and what was read, line under line.
fn failure(file: &str, case: &Case, claims: &[Claim]) -> String {
    let list = |lines: Vec<String>| match lines.len() {
        0 => "none".to_owned(),
        _ => lines.join("\n            "),
    };
    let read = list(claims.iter().map(told).collect());
    format!(
        "{file}:{}: {}\n  expected  {}\n  read      {read}\n",
        case.line,
        case.text,
        list(case.lines.clone())
    )
}

/// The cases of all files but the README, with their file's name.
fn all() -> Vec<(String, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .map(|p| (p.file_name().unwrap().to_string_lossy().into_owned(), p))
        .filter(|(file, _)| file != "README.md")
        .map(|(file, path)| {
            let cases = cases(&file, &std::fs::read_to_string(path).unwrap());
            (file, cases)
        })
        .collect()
}

#[test]
fn every_case_is_read_as_it_says() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let (mut count, mut failures) = (0, Vec::new());
    for (file, cases) in all().iter().filter(|(file, _)| file != OPEN) {
        for case in cases {
            count += 1;
            let claims = claims(file, case, model, world);
            if !is_right(case, &claims) {
                failures.push(failure(file, case, &claims));
            }
        }
    }
    assert!(count >= 300, "only {count} cases were found");
    let told = failures.join("\n");
    assert!(failures.is_empty(), "{} of {count} cases are read otherwise:\n\n{told}", failures.len());
}

#[test]
fn what_is_open_is_not_read_right_yet() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let files = all();
    let (file, open) = files.iter().find(|(file, _)| file == OPEN).expect("the open cases");
    for case in open {
        assert!(
            !is_right(case, &claims(file, case, model, world)),
            "{file}:{}: `{}` is read right now: move it to the file of its phenomenon",
            case.line,
            case.text
        );
    }
    let head = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(OPEN))
        .unwrap();
    let told = format!("{} cases are open", open.len());
    assert!(head.contains(&told), "{file} should say `{told}`");
}
