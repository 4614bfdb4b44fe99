//! Pages give their story, and what they say of themselves with where it was found.
#![allow(clippy::disallowed_methods, reason = "tests write the files that they read")]

use std::fs;

use holdfire_intake::{Options, reports};
use holdfire_types::{FoundIn, Genre, Problem, Report, SourceFormat};
use jiff::civil::date;
use proptest::prelude::*;

fn read(html: &str) -> Result<Report, Problem> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("page.html");
    fs::write(&path, html).expect("written");
    reports(&[path], &Options::default()).next().expect("one item for one file")
}

const STORY: &str = "<p>BEIRUT (AP) &mdash; Shells fell on the northern town of al-Bab on Thursday, and the mayor said \
that three people were killed in the market.</p><p>The army denied that it had fired on the town, and said that its \
guns had been silent since the truce began in December.</p><p>Aid workers said that a convoy of twelve trucks was \
waiting for leave to pass the last checkpoint before the town.</p>";

fn page(head: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Shells fall | The Wire</title>{head}</head><body>\
         <nav><a href='/'>Home</a> <a href='/world'>World</a></nav>\
         <article><h1>Shells fall on al-Bab</h1>{STORY}</article>\
         <form action='/c'><p>Submit a correction</p><label>Your email</label><input><button>Send it</button></form>\
         <footer>All rights reserved</footer></body></html>"
    )
}

#[test]
fn the_story_is_read_and_the_furniture_left() {
    let report = read(&page("")).unwrap();
    assert_eq!(report.format, SourceFormat::Html);
    assert!(report.text.contains("three people were killed in the market."), "{}", report.text);
    assert!(report.text.contains("— Shells fell"), "{}", report.text);
    for furniture in ["Submit a correction", "Your email", "Send it", "All rights reserved", "Home"] {
        assert!(!report.text.contains(furniture), "{furniture} in {}", report.text);
    }
    assert_eq!(report.text.matches("\n\n").count(), 3, "headline and three paragraphs: {}", report.text);
    assert!(report.text.starts_with("Shells fall"));
    assert_eq!((report.dateline.as_deref(), report.agency.as_deref()), (Some("BEIRUT"), Some("AP")));
}

#[test]
fn json_ld_tells_who_and_when() {
    let ld = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","name":"The Site","datePublished":"2001-01-01"},
        {"@type":["NewsArticle"],"headline":"Shells fall &amp; a truce frays","datePublished":"2017-02-16T21:00:00Z",
         "dateModified":"2017-02-18","author":[{"@type":"Person","name":"Lina Haddad"},{"name":"Omar Sale"}],
         "publisher":{"@type":"Organization","name":"The Wire"},"mainEntityOfPage":{"@id":"https://wire.example/1"}}]}
        </script><meta property="og:site_name" content="Other"><meta name="date" content="2017-02-20">"#;
    let report = read(&page(ld)).unwrap();
    let published = report.published.unwrap();
    assert_eq!(
        (published.date, published.found, published.span),
        (date(2017, 2, 16), FoundIn::Metadata, None)
    );
    assert_eq!(report.title.as_deref(), Some("Shells fall & a truce frays"));
    assert_eq!(report.publisher.as_deref(), Some("The Wire"));
    assert_eq!(report.byline.as_deref(), Some("Lina Haddad, Omar Sale"));
    assert_eq!(report.url.as_deref(), Some("https://wire.example/1"));
}

#[test]
fn other_metadata_serve_where_json_ld_is_broken() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":</script>
        <meta property="og:title" content="Shells fall on al-Bab"><meta property="og:site_name" content="The Wire">
        <meta property="article:published_time" content="0001-01-01T00:00:00"><meta name="pubdate" content="Thu, 16 Feb 2017 08:00:00 GMT">
        <meta name="author" content="https://social.example/wire"><link rel="canonical" href="https://wire.example/opinion/1">"#;
    let report = read(&page(head)).unwrap();
    assert_eq!(report.published.map(|p| p.date), Some(date(2017, 2, 16)));
    assert_eq!(report.publisher.as_deref(), Some("The Wire"));
    assert_ne!(report.byline.as_deref(), Some("https://social.example/wire"));
    assert_eq!(report.genre, Genre::Opinion);
    assert_eq!(report.text.matches("Shells fall on al-Bab").count(), 1, "the headline stands once");
}

#[test]
fn a_time_element_tells_the_day() {
    let html = page("").replace("</h1>", "</h1><time datetime='2017-02-16'>yesterday</time>");
    assert_eq!(read(&html).unwrap().published.map(|p| p.date), Some(date(2017, 2, 16)));
}

#[test]
fn a_page_wrapped_in_one_form_keeps_its_story() {
    let html = format!("<html><body><form id='aspnet'><div>{STORY}</div></form></body></html>");
    assert!(read(&html).unwrap().text.contains("twelve trucks"));
}

#[test]
fn a_page_cut_short_gives_what_it_has() {
    let whole = page("");
    let cut = &whole[..whole.find("Aid workers").unwrap() + 20];
    let report = read(cut).unwrap();
    assert!(report.text.contains("three people were killed"), "{}", report.text);
    assert!(report.text.contains("silent since the truce"), "{}", report.text);
}

#[test]
fn a_page_without_a_story_is_told_of() {
    let problem = read("<html><body><nav>Home</nav><script>var x = 1;</script></body></html>").unwrap_err();
    assert!(
        problem.to_string().ends_with("page.html: holds no story; save the story's text as .txt"),
        "{problem}"
    );
}

#[test]
fn deep_nesting_and_crowds_of_elements_end_in_a_report_or_a_problem() {
    let deep = format!("{}{STORY}", "<div>".repeat(50_000));
    let crowd = format!("{STORY}{}", "<i></i>".repeat(200_000));
    let ld = format!("<script type='application/ld+json'>{}</script>", "[".repeat(500_000));
    for html in [deep, crowd, page(&ld)] {
        match read(&html) {
            Ok(report) => assert!(report.text.contains("Shells fell")),
            Err(problem) => assert!(!problem.mend.is_empty()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_page_cut_anywhere_never_panics(at in 0usize..2000) {
        let whole = page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"X\"}</script>");
        let at = (0..=at.min(whole.len())).rev().find(|&at| whole.is_char_boundary(at)).unwrap();
        match read(&whole[..at]) {
            Ok(report) => prop_assert!(!report.text.trim().is_empty()),
            Err(problem) => prop_assert!(!problem.mend.is_empty()),
        }
    }
}
