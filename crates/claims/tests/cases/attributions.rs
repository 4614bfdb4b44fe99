//! Runs the literate cases of `cases/attribution-*.md`: who is said to say, think or want what.

use std::fmt::Write as _;

use holdfire_claims::Document;
use holdfire_claims::attribution::{Attribution, find};
use holdfire_model::Model;
use holdfire_types::{Report, Span};
use holdfire_world::World;

use crate::snippets::snippets;

/// `SOURCE | CUE | CONTENT`, as a case writes it.
fn told(found: &Attribution, text: &str) -> String {
    let plain = |span: Span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let content: Vec<String> = found.content.iter().map(|s| plain(*s)).collect();
    format!(
        "{} | {} | {}",
        found.source.map_or("-".to_owned(), plain),
        plain(found.cue),
        content.join(" // ")
    )
}

#[test]
fn every_attribution_is_found_as_its_case_says() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let (mut count, mut failures) = (0, String::new());
    for case in snippets(|file| file.starts_with("attribution-")) {
        count += 1;
        let report = Report::new(case.file.clone(), case.text.clone());
        let sentences = model.annotate(&report.text);
        let document = Document::new(&report, &sentences, world.acts());
        let got: Vec<String> = find(&document).iter().map(|a| told(a, &report.text)).collect();
        let wanted: Vec<&String> = case.items.iter().map(|(_, item)| item).filter(|i| *i != "none").collect();
        if wanted.len() != got.len() || !wanted.iter().all(|w| got.contains(w)) {
            let _ = writeln!(failures, "{}:{}: {}\n    got {got:#?}", case.file, case.line, case.text);
        }
    }
    assert!(count >= 12, "only {count} cases were found");
    assert!(failures.is_empty(), "of {count} cases these are read otherwise:\n{failures}");
}

#[test]
fn no_text_makes_the_search_fail() {
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let long = format!("He said that {}.", "the guns fell silent and ".repeat(400));
    for text in ["", "\"", "“He said", "said", ": : :", "said said said", "”“”“ said ''", long.as_str()]
    {
        let report = Report::new("a".to_owned(), text.to_owned());
        let sentences = model.annotate(&report.text);
        for found in find(&Document::new(&report, &sentences, world.acts())) {
            assert!(!found.content.is_empty() && !found.cue.of(text).is_empty(), "{text}");
        }
    }
}
