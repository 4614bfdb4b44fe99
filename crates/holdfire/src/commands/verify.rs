//! `verify`: nothing was changed or lost, or what was.

use std::io::Write as _;

use crate::args::Verify;
use crate::commands::view::{json, open};
use crate::failure::{Done, Failure};

/// Runs the command.
pub fn run(args: &Verify) -> Result<Done, Failure> {
    let verified = open(&args.ledger.ledger)?.verify()?;
    let head = verified.head.map(|h| h.to_string());
    if args.json {
        let view = serde_json::json!({
            "whole": true,
            "head": head,
            "reports": verified.reports,
            "claims": verified.claims,
            "clock_backs": verified.clock_backs,
        });
        json(&view)?;
        return Ok(Done::Clean);
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}: whole; {} reports, {} claims",
        args.ledger.ledger.display(),
        verified.reports,
        verified.claims
    )?;
    if let Some(head) = head {
        writeln!(out, "{head}")?;
    }
    if verified.clock_backs > 0 {
        writeln!(
            out,
            "the clock had been set back {} times; entries keep their order",
            verified.clock_backs
        )?;
    }
    Ok(Done::Clean)
}
