//! The server over a real port: what it shows, what it refuses, and what never leaves it.

mod common;

use common::client::Server;
use common::{HOSTILE, nobody};
use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_types::{CorrectionAnswer, Id, IdKind};
use holdfire_world::World;
use tempfile::TempDir;

struct Sample {
    dir: TempDir,
    server: Server,
    reports: Vec<Id>,
}

impl Sample {
    fn ledger(&self) -> std::path::PathBuf {
        self.dir.path().join("sample.holdfire")
    }
}

fn sample() -> Sample {
    let dir = TempDir::new().expect("a folder");
    let path = dir.path().join("sample.holdfire");
    let reports = common::record(&path, World::embedded().expect("packs"));
    let server = Server::start(&path);
    Sample { dir, server, reports }
}

/// Every link of a page that stays on this server.
fn links(body: &str) -> Vec<String> {
    let plain = |link: &str| link.replace("&amp;", "&").replace("&#38;", "&");
    let found = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    found.filter(|l| l.starts_with('/') || l.starts_with('?')).map(plain).collect()
}

#[test]
fn every_page_and_every_link_on_it_answers() {
    let s = sample();
    let mut todo: Vec<String> = vec!["/".to_owned()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(path) = todo.pop() {
        if seen.len() > 500 || !seen.insert(path.clone()) {
            continue;
        }
        let reply = s.server.get(&path);
        assert_eq!(reply.status, 200, "{path}");
        let html = reply.header("content-type").is_some_and(|t| t.starts_with("text/html"));
        if html {
            let here = path.split(['?', '#']).next().unwrap_or("/").to_owned();
            for link in links(&reply.body) {
                let link = link.split('#').next().unwrap_or("").to_owned();
                let whole = if link.starts_with('?') { format!("{here}{link}") } else { link };
                // The pages of past moments are the same pages; one of them is looked at elsewhere.
                if !whole.is_empty() && !whole.starts_with("/at/") {
                    todo.push(whole);
                }
            }
        }
    }
    for part in [
        "/day/2017-02-16", "/incident/i", "/claim/c", "/report/r", "/number/standing", "/number/day", "/map",
        "/correct?of=", "/api",
    ] {
        assert!(seen.iter().any(|p| p.starts_with(part)), "no link leads to {part}");
    }
}

#[test]
fn hostile_text_is_shown_as_text_on_every_page() {
    let s = sample();
    let id = &s.reports[8];
    let report = s.server.get(&format!("/api/report/{id}")).json();
    let claim = report["claims"][0]["id"].as_str().expect("a claim").to_owned();
    let incident = report["claims"][0]["incident"].as_str().expect("an incident").to_owned();
    let pages = [
        "/".to_owned(),
        "/incidents".to_owned(),
        "/incidents?source=%3Cscript%3E&place=%22%3E%3Cimg".to_owned(),
        "/map".to_owned(),
        "/sources".to_owned(),
        "/reports".to_owned(),
        "/day/2017-02-15".to_owned(),
        "/search?q=%3Cscript%3Ealert%281%29%3C%2Fscript%3E".to_owned(),
        "/incidents?kind=%3Cscript%3E".to_owned(),
        "/day/%3Cscript%3E".to_owned(),
        "/incident/%3Cscript%3E".to_owned(),
        "/at/%3Cscript%3E/".to_owned(),
        "/number/standing?at=%3Cscript%3E".to_owned(),
        "/correct?of=%22%3E%3Cscript%3E".to_owned(),
        format!("/report/{id}"),
        format!("/claim/{claim}"),
        format!("/incident/{incident}"),
        format!("/correct?of={claim}"),
    ];
    for path in pages {
        let reply = s.server.get(&path);
        assert!(matches!(reply.status, 200 | 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.body.contains("<script"), "{path} lets a script through");
        assert!(!reply.body.contains("<img"), "{path} lets an image through");
        assert!(!reply.body.contains("onmouseover='"), "{path} lets a handler out of its quotes");
    }
    let body = s.server.get(&format!("/report/{id}")).body;
    let told = HOSTILE.split(' ').next().expect("a word").replace('<', "&#60;").replace('>', "&#62;");
    assert!(body.contains(&told), "the text itself is there");
}

#[test]
fn a_report_marks_its_claims_where_they_stand() {
    let s = sample();
    let body = s.server.get(&format!("/report/{}", s.reports[0])).body;
    assert!(body.contains(">Turkish strikes killed 24 civilians, including 11 children, in the town</a>"));
    assert_eq!(body.matches("class=\"mark d1").count(), 2);
}

#[test]
fn accounts_stand_side_by_side_and_copies_are_told() {
    let s = sample();
    let report = s.server.get(&format!("/api/report/{}", s.reports[0])).json();
    let incident = report["claims"][0]["incident"].as_str().expect("an incident").to_owned();
    let body = s.server.get(&format!("/incident/{incident}")).body;
    assert!(body.contains("copy of an earlier report"));
    assert!(body.contains("could not be verified"));
    assert!(body.contains("fighters killed") && body.contains("civilians killed"));
}

#[test]
fn two_sides_counts_are_bounds_and_never_a_sum() {
    let s = sample();
    let body = s.server.get("/day/2017-02-14").body;
    assert!(body.contains(">26 to 33</a>"), "the bound of the two lists");
    let claims = s.server.get("/api/number/day?date=2017-02-14&at=/union").json();
    assert_eq!(claims["claims"].as_array().expect("claims").len(), 8);
}

#[test]
fn every_number_of_the_standing_leads_to_its_claims() {
    let s = sample();
    let body = s.server.get("/").body;
    let numbers: Vec<String> = links(&body).into_iter().filter(|l| l.starts_with("/number/")).collect();
    assert!(numbers.len() > 10, "{numbers:?}");
    for path in numbers {
        let api = s.server.get(&format!("/api{path}"));
        assert_eq!(api.status, 200, "{path}");
        assert!(!api.json()["claims"].as_array().expect("claims").is_empty(), "{path} rests on nothing");
    }
}

#[test]
fn what_is_not_there_is_told_with_what_to_do() {
    let s = sample();
    for (path, status, word) in [
        ("/nothing".to_owned(), 404, "no such page"),
        (format!("/report/{}", nobody(IdKind::Report)), 404, "There is no report"),
        (format!("/claim/{}", nobody(IdKind::Claim)), 404, "There is no claim"),
        (format!("/incident/{}", nobody(IdKind::Incident)), 404, "There is no incident"),
        (format!("/receipt/{}", nobody(IdKind::Correction)), 404, "No correction"),
        ("/incident/abc".to_owned(), 404, "is no incident"),
        ("/number/standing?at=/violence".to_owned(), 404, "no number"),
        ("/day/2017-02-30".to_owned(), 400, "YYYY-MM-DD"),
        ("/?from=yesterday".to_owned(), 400, "YYYY-MM-DD"),
        ("/?from=1000-01-01".to_owned(), 400, "ten years"),
        ("/?truce=none".to_owned(), 400, "syria-2016-12-30"),
        ("/incidents?scope=perhaps".to_owned(), 400, "disputed"),
        ("/incidents?page=0".to_owned(), 400, "from 1"),
        ("/at/never/".to_owned(), 400, "no moment"),
    ] {
        let reply = s.server.get(&path);
        assert_eq!(reply.status, status, "{path}");
        assert!(reply.body.contains(word), "{path} does not say `{word}`");
        assert!(reply.body.contains("<h1>"), "{path} is no page");
    }
    let api = s.server.get("/api/claim/abc");
    assert!(api.json()["error"].as_str().is_some_and(|e| e.contains("no claim")));
}

#[test]
fn a_head_request_gives_the_head_alone() {
    let s = sample();
    for path in ["/", "/incidents", "/api/status", "/style.css", "/nothing"] {
        let (head, get) = (s.server.send("HEAD", path, &[], ""), s.server.get(path));
        assert_eq!(head.status, get.status, "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
}

#[test]
fn every_reply_forbids_script_frames_and_other_hosts() {
    let s = sample();
    for path in ["/", "/api/status", "/style.css", "/nothing", "/day/x"] {
        let reply = s.server.get(path);
        let policy = reply.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("x-frame-options"), Some("DENY"), "{path}");
    }
    let body = s.server.get("/").body;
    assert!(!body.contains("http://") && !body.contains("https://"), "a page asks nothing of other machines");
    assert!(!body.contains(" style=\""), "the policy would drop it");
}

#[test]
fn a_page_that_has_not_changed_is_not_sent_again() {
    let s = sample();
    let tag = s.server.get("/").header("etag").expect("a tag").to_owned();
    let again = s.server.send("GET", "/", &[("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let sent = s.server.correct(&[
        ("of", s.reports[0].as_str()),
        ("reason", "other"),
        ("text", "The town is misspelt."),
    ]);
    assert_eq!(sent.status, 303);
    assert_eq!(s.server.send("GET", "/", &[("If-None-Match", &tag)], "").status, 200);
}

#[test]
fn a_correction_gets_a_receipt_and_a_public_answer_and_its_sender_stays_unnamed() {
    let s = sample();
    let of = s.reports[2].as_str();
    let fields = [
        ("of", of),
        ("reason", "report-wrong"),
        ("text", "The paper itself took this back on Tuesday. <b>See there.</b>"),
        ("contact", "someone@example.org"),
    ];
    let sent = s.server.correct(&fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let receipt = sent.header("location").expect("a receipt").to_owned();
    let id = receipt.strip_prefix("/receipt/").expect("a receipt").to_owned();
    assert_eq!(
        s.server.correct(&fields).header("location"),
        Some(receipt.as_str()),
        "sent twice, recorded once"
    );
    let page = s.server.get(&receipt).body;
    assert!(page.contains(&id) && page.contains("No answer yet") && page.contains("&#60;b&#62;See there."));

    let mut ledger = Ledger::open(s.ledger(), Mode::Write).expect("the ledger");
    let contents = ledger.contents(AsOf::Now).expect("its contents");
    assert_eq!(contents.corrections.len(), 1);
    assert_eq!(contents.corrections[0].value.contact.as_deref(), Some("someone@example.org"));
    let now = contents.corrections[0].at;
    let answer = CorrectionAnswer {
        correction: Id::parse(IdKind::Correction, &id).expect("an id"),
        accepted: true,
        text: "Checked: the paper withdrew it.".to_owned(),
        by: "the desk".to_owned(),
        decided: now,
    };
    ledger.add_answer(&answer, now).expect("recorded");
    assert!(s.server.get(&receipt).body.contains("Checked: the paper withdrew it."));
    assert!(s.server.get(&format!("/report/{of}")).body.contains("struck by a correction"));
    for path in [
        receipt.as_str(),
        "/corrections",
        "/api/corrections",
        "/search?q=someone",
        &format!("/report/{of}"),
        &format!("/api/report/{of}"),
    ] {
        let reply = s.server.get(path);
        assert_eq!(reply.status, 200, "{path}");
        assert!(!reply.body.contains("someone@"), "{path} names the sender");
    }
}

#[test]
fn words_about_a_person_are_withheld() {
    let s = sample();
    let sent = s.server.correct(&[
        ("of", s.reports[0].as_str()),
        ("reason", "personal"),
        ("text", "It names my neighbour Zaynab, who is in danger."),
    ]);
    assert_eq!(sent.status, 303);
    let receipt = sent.header("location").expect("a receipt").to_owned();
    for path in [receipt.as_str(), "/corrections", "/api/corrections"] {
        assert!(!s.server.get(path).body.contains("Zaynab"), "{path}");
    }
}

#[test]
fn a_form_that_says_too_little_comes_back_with_what_was_written() {
    let s = sample();
    let reply =
        s.server.correct(&[("of", "nothing"), ("reason", ""), ("text", "no"), ("contact", "me \"<i>")]);
    assert_eq!(reply.status, 422);
    assert!(reply.body.contains("Choose what is wrong") && reply.body.contains("value=\"nothing\""));
    assert!(reply.body.contains("me &#34;&#60;i&#62;"), "what was written is kept");
    let ledger = Ledger::open(s.ledger(), Mode::Read).expect("the ledger");
    assert!(ledger.contents(AsOf::Now).expect("its contents").corrections.is_empty());
}

#[test]
fn only_our_own_pages_can_send_the_form() {
    let s = sample();
    let body = format!("of={}&reason=other&text=sent+from+elsewhere", s.reports[0]);
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    for header in [("Origin", "https://example.org"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")] {
        let reply = s.server.send("POST", "/corrections", &[form, header], &body);
        assert_eq!(reply.status, 403, "{header:?}");
    }
    let ledger = Ledger::open(s.ledger(), Mode::Read).expect("the ledger");
    assert!(ledger.contents(AsOf::Now).expect("its contents").corrections.is_empty());
    assert_eq!(s.server.send("POST", "/incidents", &[], "").status, 405);
}

#[test]
fn a_name_that_was_made_to_point_here_is_refused() {
    let s = sample();
    let request = "GET / HTTP/1.1\r\nHost: rebound.example.org\r\nConnection: close\r\n\r\n";
    assert_eq!(s.server.raw(request.as_bytes()).status, 421);
    let request = format!(
        "GET /api/head HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
        s.server.addr.port()
    );
    assert_eq!(s.server.raw(request.as_bytes()).status, 200);
}

#[test]
fn too_much_and_nonsense_are_refused_and_the_next_request_is_served() {
    let s = sample();
    let long = "x".repeat(200_000);
    let reply = s.server.correct(&[("of", s.reports[0].as_str()), ("reason", "other"), ("text", &long)]);
    assert!(matches!(reply.status, 413 | 0), "{}", reply.status);
    let head = format!(
        "GET /{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        "y".repeat(100_000),
        s.server.addr
    );
    assert!(matches!(s.server.raw(head.as_bytes()).status, 400..=499 | 0));
    assert!(matches!(s.server.raw(b"\x16\x03\x01 nonsense\r\n\r\n").status, 400 | 0));
    assert_eq!(s.server.get("/").status, 200);
}

#[test]
fn corrections_come_in_at_a_pace() {
    let s = sample();
    let of = s.reports[0].as_str();
    let sent: Vec<u16> = (0..25)
        .map(|n| {
            s.server
                .correct(&[
                    ("of", of),
                    ("reason", "other"),
                    ("text", &format!("Objection number {n} of a flood.")),
                ])
                .status
        })
        .collect();
    assert_eq!(sent[0], 303);
    assert_eq!(sent[24], 429, "{sent:?}");
}

#[test]
fn a_past_moment_can_be_looked_at_and_does_not_change() {
    let s = sample();
    let before = s.server.get("/api/head").json()["entry"].as_u64().expect("a number");
    let sent =
        s.server.correct(&[("of", s.reports[0].as_str()), ("reason", "other"), ("text", "This came later.")]);
    assert_eq!(sent.status, 303);
    assert!(s.server.get("/corrections").body.contains("This came later."));
    let then = s.server.get(&format!("/at/{before}/corrections"));
    assert_eq!(then.status, 200);
    assert!(!then.body.contains("This came later.") && then.body.contains("The record as it stood"));
    assert!(
        links(&then.body).iter().any(|l| l == &format!("/at/{before}/incidents")),
        "links stay in that moment"
    );
    assert_eq!(s.server.get(&format!("/at/{before}/api/corrections")).body, "[]");
    assert_eq!(s.server.get("/at/1/reports").body.matches("href=\"/at/1/report/").count(), 1);
}

#[test]
fn an_empty_ledger_has_pages_too() {
    let dir = TempDir::new().expect("a folder");
    let path = dir.path().join("empty.holdfire");
    drop(Ledger::open(&path, Mode::Create).expect("a new ledger"));
    let server = Server::start(&path);
    for path in [
        "/", "/day", "/incidents", "/map", "/convoys", "/talks", "/sources", "/reports", "/corrections",
        "/correct", "/search?q=x", "/about", "/api/status", "/api/head",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
}

#[test]
fn a_ledger_that_is_none_is_refused_at_once() {
    let dir = TempDir::new().expect("a folder");
    let options = holdfire_web::Options {
        ledger: dir.path().join("none.holdfire"),
        world: World::embedded().expect("packs"),
        addr: ([127, 0, 0, 1], 0).into(),
    };
    let error =
        holdfire_web::serve(options, |_| panic!("nothing is served")).expect_err("there is no ledger");
    assert!(error.to_string().contains("none.holdfire"), "{error}");
}
