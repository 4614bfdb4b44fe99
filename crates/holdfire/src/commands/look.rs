//! `incident`, `claim`, `report`, `search`, `review`: one thing whole, or the way to it.

use std::io::Write as _;

use holdfire_record::{ClaimLine, ClaimView, FigureView, Record, first_claim};
use holdfire_types::{Id, IdKind, ScopeVerdict};
use serde_json::json;

use crate::args::{One, Review, Search, View};
use crate::commands::status::counted;
use crate::commands::view::{id, json as print_json, moment, open, record, unknown, world};
use crate::failure::{Done, Failure};
use crate::table::{days, ids, interval, places, short, sources, table};

/// The part of the record in which one claim's incident is the same as in the whole.
fn record_around(view: &View, claim: &Id) -> Result<Record, Failure> {
    let ledger = open(&view.ledger.ledger)?;
    let part = ledger.part(std::slice::from_ref(claim), holdfire_record::nearby, moment(view)?)?;
    Ok(Record::build(part, world()?))
}

/// One incident with every account.
pub fn incident(args: &One) -> Result<Done, Failure> {
    let id = id(IdKind::Incident, &args.id)?;
    let record = record_around(&args.view, &first_claim(&id))?;
    let view = record.incident(&id).ok_or_else(|| unknown(&args.id))?;
    if args.view.json {
        print_json(&view)?;
        return Ok(Done::Clean);
    }
    let mut out = std::io::stdout().lock();
    let s = &view.summary;
    writeln!(out, "{} {}\n{} {} {}", s.id, s.title, s.kind, days(s.days), places(&s.places))?;
    writeln!(out, "{} independent sources: {}", s.independent.value, sources(&s.sources))?;
    // truces of other countries have nothing to say of it
    let near = |s: &&holdfire_record::ScopeView| {
        !s.grounds.iter().any(|g| g.term == "area" && g.verdict == ScopeVerdict::Out)
    };
    for scope in s.scopes.iter().filter(near) {
        writeln!(out, "\n{}: {}", scope.truce, scope.verdict)?;
        for ground in &scope.grounds {
            writeln!(out, "  {} [{}] {} {}", ground.verdict, ground.term, ground.text, ids(&ground.claims))?;
        }
    }
    for account in &view.accounts {
        let stances: Vec<&str> = account.stances.iter().map(|s| s.as_str()).collect();
        let party = if account.source.party_to_it { ", a side of it" } else { "" };
        writeln!(out, "\n{} ({}{party}) {}", account.source.name, account.source.kind, stances.join(", "))?;
        for line in &account.claims {
            let copy = if line.copy_of.is_some() { " (copy)" } else { "" };
            writeln!(
                out,
                "  \"{}\" {}, {}{copy} [{}]",
                short(&line.quote, 200),
                line.publisher,
                published(line),
                line.id
            )?;
        }
    }
    for figure in &view.figures {
        writeln!(
            out,
            "\n{} {}: accounts allow {}",
            figure.what,
            counted(figure.of),
            interval(figure.allowed)
        )?;
        for account in &figure.accounts {
            let old = if account.latest { "" } else { ", replaced later" };
            writeln!(
                out,
                "  {}: {} (\"{}\"{old}) [{}]",
                account.name,
                interval(account.count),
                account.words,
                ids(&account.claims)
            )?;
        }
    }
    for check in &view.checks {
        writeln!(out, "\n{}: {} [{}]", check.rule, check.text, ids(&check.claims))?;
    }
    if !view.links.is_empty() {
        let mut rows = table(&["link", "decision", "for", "against"]);
        for link in &view.links {
            rows.add_row([
                format!("{} {}", link.a, link.b),
                link.decision.to_string(),
                link.evidence_for.join("; "),
                link.evidence_against.join("; "),
            ]);
        }
        writeln!(out, "\n{rows}")?;
    }
    Ok(Done::Clean)
}

/// One claim, slot by slot.
pub fn claim(args: &One) -> Result<Done, Failure> {
    let id = id(IdKind::Claim, &args.id)?;
    let view = record_around(&args.view, &id)?.claim_view(&id).ok_or_else(|| unknown(&args.id))?;
    if args.view.json {
        print_json(&view)?;
        return Ok(Done::Clean);
    }
    let mut out = std::io::stdout().lock();
    write_claim(&mut out, &view)?;
    for correction in &view.corrections {
        writeln!(out, "correction {}: {}", correction.id, short(&correction.text, 200))?;
    }
    Ok(Done::Clean)
}

/// A claim's evidence, where it stands and its slots.
pub fn write_claim(out: &mut impl std::io::Write, view: &ClaimView) -> Result<(), Failure> {
    let line = &view.line;
    writeln!(out, "{}\n\"{}\"\n", line.id, line.quote)?;
    writeln!(out, "in: {}", short(&view.sentence, 600))?;
    writeln!(out, "from: {} ({}), report {}", line.chain.join(" <- "), published(line), line.report)?;
    writeln!(out, "{} {} as entry {}", line.stance, line.kind, line.entry)?;
    if let (Some(root), Some(cameo)) = (view.plover, view.cameo) {
        writeln!(out, "PLOVER {root}, CAMEO {cameo}")?;
    }
    if let Some(incident) = &line.incident {
        writeln!(out, "incident: {incident}")?;
    }
    let figures: Vec<String> = line.figures.iter().map(figure).collect();
    if !figures.is_empty() {
        writeln!(out, "figures: {}", figures.join("; "))?;
    }
    let mut rows = table(&["slot", "value", "words", "rule", "party"]);
    for slot in &view.slots {
        let party = slot.party.clone().unwrap_or_default();
        rows.add_row([
            slot.slot.to_owned(),
            slot.value.clone(),
            short(&slot.words, 80),
            slot.rule.clone(),
            party,
        ]);
    }
    writeln!(out, "{rows}")?;
    Ok(())
}

/// One report with its claims.
pub fn report(args: &One) -> Result<Done, Failure> {
    let view =
        record(&args.view)?.report_view(&id(IdKind::Report, &args.id)?).ok_or_else(|| unknown(&args.id))?;
    if args.view.json {
        print_json(&view)?;
        return Ok(Done::Clean);
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{} {}", view.id, view.title.as_deref().unwrap_or(&view.name))?;
    let day = view.published.map_or_else(|| "day not known".to_owned(), |d| d.to_string());
    let found = view.published_found.map_or("", |f| f.as_str());
    writeln!(
        out,
        "{}, {day} ({found}), entry {}",
        view.publisher.as_deref().unwrap_or("publisher not known"),
        view.entry
    )?;
    for copy in &view.copies {
        let how = if copy.earlier { "copies" } else { "is copied by" };
        writeln!(out, "{how} {} ({}), {:.0} % in common", copy.report, copy.publisher, copy.shared * 100.0)?;
    }
    writeln!(out, "\n{}\n\n{}", view.text, lines(&view.claims))?;
    Ok(Done::Clean)
}

/// Claims and reports that have some words.
pub fn search(args: &Search) -> Result<Done, Failure> {
    let found = open(&args.ledger.ledger)?.search(&args.words.join(" "), args.limit)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        let hits = |list: &[holdfire_ledger::Hit]| -> Vec<_> {
            list.iter().map(|h| json!({"id": h.id, "report": h.report, "excerpt": h.excerpt})).collect()
        };
        print_json(&json!({"claims": hits(&found.claims), "reports": hits(&found.reports)}))?;
        return Ok(Done::Clean);
    }
    for hit in found.claims.iter().chain(&found.reports) {
        writeln!(out, "{}  {}", hit.id, short(&hit.excerpt, 200))?;
    }
    Ok(Done::Clean)
}

/// The claims that most need a second look.
pub fn review(args: &Review) -> Result<Done, Failure> {
    let claims = record(&args.view)?.review(args.limit);
    if args.view.json {
        print_json(&claims)?;
    } else {
        writeln!(std::io::stdout(), "{}", lines(&claims))?;
    }
    Ok(Done::Clean)
}

fn lines(claims: &[ClaimLine]) -> comfy_table::Table {
    let mut rows = table(&["claim", "who says", "how", "act", "place", "day", "figures", "evidence"]);
    for line in claims {
        rows.add_row([
            line.id.to_string(),
            line.source.name.clone(),
            line.stance.to_string(),
            format!("{} {}", line.kind, line.status.map_or("", |s| s.as_str())),
            places(&line.place),
            days(line.days),
            line.figures.iter().map(figure).collect::<Vec<_>>().join("; "),
            short(&line.quote, 200),
        ]);
    }
    rows
}

fn figure(f: &FigureView) -> String {
    let count = f.share.map_or_else(|| interval(f.count), |s| format!("{:.0} %", s * 100.0));
    format!("{} {count} {}", f.what, f.of).trim_end().to_owned()
}

fn published(line: &ClaimLine) -> String {
    line.published.map_or_else(|| "day not known".to_owned(), |d| d.to_string())
}
