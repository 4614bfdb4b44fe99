//! `explain`: why a claim was read as it was.

use std::io::Write;

use holdfire::{Explained, Reader};
use holdfire_claims::Weighed;
use holdfire_record::{ClaimView, Record, nearby};
use holdfire_types::{Claim, IdKind, Sentence, SourceFormat, Span};
use serde_json::{Value, json};

use crate::args::One;
use crate::commands::look::write_claim;
use crate::commands::view::{id, json as print_json, moment, open, unknown, world};
use crate::failure::{Done, Failure};
use crate::table::table;

/// A claim with what the reader says of it when it reads the report again.
struct Asked {
    view: ClaimView,
    claim: Claim,
    text: String,
    /// The version that read it for the ledger.
    read_by: Option<String>,
    /// This version.
    reader: String,
    explained: Option<Explained>,
    /// It was taken in as a row, so that nobody read it from words.
    row: bool,
}

/// Runs the command.
pub fn run(args: &One) -> Result<Done, Failure> {
    let asked = ask(args)?;
    if args.view.json {
        print_json(&value(&asked))?;
    } else {
        print(&mut std::io::stdout().lock(), &asked)?;
    }
    Ok(Done::Clean)
}

fn ask(args: &One) -> Result<Asked, Failure> {
    let id = id(IdKind::Claim, &args.id)?;
    let ledger = open(&args.view.ledger.ledger)?;
    let contents = ledger.part(std::slice::from_ref(&id), nearby, moment(&args.view)?)?;
    let found = contents.claims.iter().rev().find(|c| c.value.id == id);
    let claim = found.ok_or_else(|| unknown(&args.id))?.value.clone();
    let report = contents.reports.iter().find(|r| r.value.id == claim.report);
    let report = report.ok_or_else(|| unknown(&args.id))?.value.clone();
    let view = Record::build(contents, world()?).claim_view(&id).ok_or_else(|| unknown(&args.id))?;
    let reader = Reader::new()?;
    let row = report.format == SourceFormat::Row;
    let explained = if row { None } else { reader.explain(&report, &claim) };
    let (read_by, reader) = (ledger.reader_of(&report.id)?, reader.version());
    Ok(Asked { view, claim, text: report.text, read_by, reader, explained, row })
}

impl Asked {
    /// What stands between the claim and its explanation.
    fn note(&self) -> Option<String> {
        let read_by = self.read_by.as_deref().unwrap_or("an unknown reader");
        match &self.explained {
            _ if self.row => Some("taken in as a row of others: no sentence was read".to_owned()),
            None => Some(format!(
                "{} does not read this claim any more; it was read by {read_by}. The slots and their rules \
                 are as they were recorded.",
                self.reader
            )),
            Some(e) if !e.same => Some(format!(
                "{} reads the claim, but not all of its slots, as {read_by} did. What follows is how it \
                 reads it now.",
                self.reader
            )),
            Some(_) => None,
        }
    }
}

fn print(out: &mut impl Write, asked: &Asked) -> Result<(), Failure> {
    write_claim(out, &asked.view)?;
    if let Some(note) = asked.note() {
        writeln!(out, "\n{note}")?;
    }
    let Some(Explained { sentence, explanation, .. }) = &asked.explained else { return Ok(()) };
    let mut rows = table(&["slot", "decided by", "what the models weighed"]);
    for (rule, slot) in decided(asked) {
        let weighed: Vec<String> =
            slot.options.iter().map(|(name, odds)| format!("{name} {odds:.2}")).collect();
        rows.add_row([slot.slot.to_owned(), rule, weighed.join(", ")]);
    }
    writeln!(out, "\n{rows}\n")?;
    for line in tree(sentence, &asked.text, &marks(&asked.claim, sentence, explanation.token)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// What decided each slot, with what was weighed for it.
fn decided(asked: &Asked) -> Vec<(String, &Weighed)> {
    let Some(Explained { explanation, .. }) = &asked.explained else { return Vec::new() };
    let act = &asked.claim.act;
    let first = |list: &[holdfire_types::Filler]| list.first().map(|f| f.rule.clone());
    let rule = |slot: &str| match slot {
        "act" => asked.claim.rule.clone(),
        "stance" => explanation.stance_rule.to_owned(),
        "status" => explanation.status_rule.unwrap_or_default().to_owned(),
        "source" => asked.claim.source.rule.clone(),
        "actor" => first(&act.actor).unwrap_or_default(),
        "target" => first(&act.target).unwrap_or_default(),
        _ => first(&act.place).unwrap_or_default(),
    };
    explanation.weighed.iter().map(|w| (rule(w.slot), w)).collect()
}

/// The slots that each word of the sentence fills.
fn marks(claim: &Claim, sentence: &Sentence, act: usize) -> Vec<Vec<&'static str>> {
    let fillers = [("actor", &claim.act.actor), ("target", &claim.act.target), ("place", &claim.act.place)];
    let filled = fillers.into_iter().flat_map(|(slot, list)| list.iter().map(move |f| (slot, f.span)));
    let figures = claim.act.figures.iter().map(|f| ("figure", Some(f.span)));
    let spans: Vec<(&str, Option<Span>)> = [("source", claim.source.span), ("stance", claim.stance_span)]
        .into_iter()
        .chain(filled)
        .chain([("days", claim.act.days_span)])
        .chain(figures)
        .collect();
    let of = |(i, token): (usize, &holdfire_types::Token)| {
        let own = spans.iter().filter(|(_, span)| span.is_some_and(|s| s.contains(token.span)));
        (i == act).then_some("act").into_iter().chain(own.map(|(slot, _)| *slot)).collect()
    };
    sentence.tokens.iter().enumerate().map(of).collect()
}

/// The tree, a word a line below the word it hangs on: word, relation, tag and the slots that it fills.
fn tree(sentence: &Sentence, text: &str, marks: &[Vec<&'static str>]) -> Vec<String> {
    let mut kids = vec![Vec::new(); sentence.tokens.len()];
    for (i, token) in sentence.tokens.iter().enumerate() {
        if let Some(head) = token.head {
            kids[head as usize].push(i);
        }
    }
    let mut lines = Vec::new();
    let mut open: Vec<(usize, String, String)> =
        sentence.root().map(|root| (root, String::new(), String::new())).into_iter().collect();
    while let Some((i, own, below)) = open.pop() {
        let token = &sentence.tokens[i];
        let slots = if marks[i].is_empty() { String::new() } else { format!("  <- {}", marks[i].join(", ")) };
        lines.push(format!("{own}{} {} {}{slots}", token.span.of(text), token.dep, token.upos));
        for (n, &kid) in kids[i].iter().enumerate().rev() {
            let last = n + 1 == kids[i].len();
            let (turn, bar) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            open.push((kid, format!("{below}{turn}"), format!("{below}{bar}")));
        }
    }
    lines
}

fn value(asked: &Asked) -> Value {
    let weighed: Vec<Value> = decided(asked)
        .into_iter()
        .map(|(rule, slot)| {
            let options: Vec<Value> =
                slot.options.iter().map(|(name, odds)| json!({"value": name, "odds": odds})).collect();
            json!({"slot": slot.slot, "rule": rule, "weighed": options})
        })
        .collect();
    let words = asked.explained.as_ref().map_or_else(Vec::new, |e| {
        let marks = marks(&asked.claim, &e.sentence, e.explanation.token);
        let word = |(i, t): (usize, &holdfire_types::Token)| {
            json!({"word": t.span.of(&asked.text), "lemma": t.lemma, "tag": t.upos.as_str(), "relation": t.dep.as_str(),
                "head": t.head, "slots": marks[i]})
        };
        e.sentence.tokens.iter().enumerate().map(word).collect()
    });
    json!({"claim": asked.view, "read_by": asked.read_by, "reader": asked.reader, "note": asked.note(),
        "slots": weighed, "tree": words})
}
