//! `erase`: personal data gone for good, and an entry that says so.

use std::io::Write as _;

use holdfire_ledger::{Added, Ledger, Mode};
use holdfire_types::{Id, IdKind};
use jiff::Timestamp;

use crate::args::Erase;
use crate::failure::{Done, Failure};

/// Runs the command.
pub fn run(args: &Erase) -> Result<Done, Failure> {
    let of = [IdKind::Report, IdKind::Correction].into_iter().find_map(|kind| Id::parse(kind, &args.id));
    let of = of.ok_or_else(|| Failure::Asked(format!("`{}` is no id of a report or correction", args.id)))?;
    let mut ledger = Ledger::open(&args.ledger.ledger, Mode::Write)?;
    let told = match ledger.erase(&of, &args.by, &args.reason, Timestamp::now())? {
        Added::New(entry) => format!("{of}: erased, entry {entry}"),
        Added::Known => format!("{of}: nothing is left to erase"),
    };
    writeln!(std::io::stdout(), "{told}")?;
    Ok(Done::Clean)
}
