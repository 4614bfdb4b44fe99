//! `erase`: personal data gone for good, and an entry that says so.

use std::io::Write as _;

use holdfire_ledger::{Added, Ledger, Mode};
use holdfire_types::{Id, IdKind};
use jiff::Timestamp;

use crate::args::Erase;
use crate::failure::{Done, Failure};
use crate::table::short;

/// Other reports listed that have the words too.
const ELSEWHERE: usize = 20;

/// Runs the command.
pub fn run(args: &Erase) -> Result<Done, Failure> {
    let of = [IdKind::Report, IdKind::Correction].into_iter().find_map(|kind| Id::parse(kind, &args.id));
    let of = of.ok_or_else(|| Failure::Asked(format!("`{}` is no id of a report or correction", args.id)))?;
    let mut ledger = Ledger::open(&args.ledger.ledger, Mode::Write)?;
    let told = match ledger.erase(&of, &args.words, &args.by, &args.reason, Timestamp::now())? {
        Added::New(entry) => format!("{of}: erased, entry {entry}"),
        Added::Known => format!("{of}: nothing is left to erase"),
    };
    let mut out = std::io::stdout().lock();
    writeln!(out, "{told}")?;
    for words in &args.words {
        let phrase = format!("\"{}\"", words.replace('"', " "));
        for hit in ledger.search(&phrase, ELSEWHERE)?.reports {
            writeln!(out, "they still stand in {}: {}", hit.report, short(&hit.excerpt, 80))?;
        }
    }
    Ok(Done::Clean)
}
