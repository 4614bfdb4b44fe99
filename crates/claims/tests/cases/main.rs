//! Runs the literate cases of `cases/*.md`; `cases/README.md` says how they are written.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the cases are files, and failures are told in full"
)]

mod attributions;
mod line;
mod snippets;

use std::path::Path;

use holdfire_claims::read;
use holdfire_model::Model;
use holdfire_types::{Claim, FoundIn, Published, Report};
use holdfire_world::World;

use line::{Expected, told};
use snippets::{Snippet, snippets};

/// The list of what is not read right yet.
const OPEN: &str = "open.md";

/// The claims expected of a snippet.
fn expected(case: &Snippet) -> Vec<Expected> {
    assert!(!case.items.is_empty(), "{}:{}: nothing is expected", case.file, case.line);
    let claims = case.items.iter().filter(|(_, item)| item != "none");
    claims
        .map(|(line, item)| {
            Expected::parse(item).unwrap_or_else(|| panic!("{}:{line}: `{item}` is no claim line", case.file))
        })
        .collect()
}

/// The claims read from a case.
fn claims(case: &Snippet, model: &Model, world: &World) -> Vec<Claim> {
    let mut report = Report::new(case.file.clone(), case.text.clone());
    report.published =
        case.info.as_ref().map(|d| Published { date: d.parse().unwrap(), found: FoundIn::Given, span: None });
    read(&report, &model.annotate(&report.text), world).claims
}

/// True where each expected claim is among those read and there is no other.
fn is_right(case: &Snippet, claims: &[Claim]) -> bool {
    let expected = expected(case);
    let mut left: Vec<&Claim> = claims.iter().collect();
    expected.len() == claims.len()
        && expected
            .iter()
            .all(|wanted| left.iter().position(|c| wanted.agrees(c)).map(|at| left.remove(at)).is_some())
}

/// The case, what it expects and what was read, line under line.
fn failure(case: &Snippet, claims: &[Claim]) -> String {
    let list = |lines: Vec<String>| match lines.len() {
        0 => "none".to_owned(),
        _ => lines.join("\n            "),
    };
    let read = list(claims.iter().map(told).collect());
    format!(
        "{}:{}: {}\n  expected  {}\n  read      {read}\n",
        case.file,
        case.line,
        case.text,
        list(case.items.iter().map(|(_, item)| item.clone()).collect())
    )
}

#[test]
fn every_case_is_read_as_it_says() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let (mut count, mut failures) = (0, Vec::new());
    for case in snippets(|file| file != OPEN && !file.starts_with("attribution-")) {
        count += 1;
        let claims = claims(&case, model, world);
        if !is_right(&case, &claims) {
            failures.push(failure(&case, &claims));
        }
    }
    assert!(count >= 300, "only {count} cases were found");
    let told = failures.join("\n");
    assert!(failures.is_empty(), "{} of {count} cases are read otherwise:\n\n{told}", failures.len());
}

#[test]
fn what_is_open_is_not_read_right_yet() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let open = snippets(|file| file == OPEN);
    for case in &open {
        assert!(
            !is_right(case, &claims(case, model, world)),
            "{OPEN}:{}: `{}` is read right now: move it to the file of its phenomenon",
            case.line,
            case.text
        );
    }
    let head = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases").join(OPEN));
    let told = format!("{} cases are open", open.len());
    assert!(head.unwrap().contains(&told), "{OPEN} should say `{told}`");
}
