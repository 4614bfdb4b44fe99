//! `correct`, `corrections`, `answer`: objections, their receipts, and what became of them.

use std::io::Write as _;

use holdfire_ledger::{Ledger, Mode};
use holdfire_types::{Correction, CorrectionAnswer, Id, IdKind};
use jiff::Timestamp;

use crate::args::{Answer, Correct, View};
use crate::commands::view::{self, id, json};
use crate::failure::{Done, Failure};
use crate::table::{short, table};

/// Records an objection and prints its receipt.
pub fn correct(args: &Correct) -> Result<Done, Failure> {
    let of = [IdKind::Claim, IdKind::Report, IdKind::Incident]
        .into_iter()
        .find_map(|kind| Id::parse(kind, &args.id));
    let of =
        of.ok_or_else(|| Failure::Asked(format!("`{}` is no id of a report, claim or incident", args.id)))?;
    let reason = args.reason.parse().map_err(|e| {
        Failure::Asked(format!("{e}; use misread, report-wrong, withdrawn, linked, personal or other"))
    })?;
    let mut ledger = Ledger::open(&args.ledger.ledger, Mode::Write)?;
    let received = Timestamp::now();
    let record = holdfire_record::Record::build(ledger.contents(holdfire_ledger::AsOf::Now)?, view::world()?);
    let known = record.claim_line(&of).is_some()
        || record.report_view(&of).is_some()
        || record.incident(&of).is_some();
    if !known {
        return Err(view::unknown(&args.id));
    }
    let receipt = Id::of(IdKind::Correction, &[of.as_str(), &args.text, &received.to_string()]);
    let correction = Correction {
        id: receipt.clone(),
        of,
        reason,
        text: args.text.clone(),
        contact: args.contact.clone(),
        received,
    };
    ledger.add_correction(&correction, received)?;
    writeln!(std::io::stdout(), "{receipt}")?;
    Ok(Done::Clean)
}

/// Records an answer.
pub fn answer(args: &Answer) -> Result<Done, Failure> {
    let decided = Timestamp::now();
    let answer = CorrectionAnswer {
        correction: id(IdKind::Correction, &args.id)?,
        accepted: args.accept,
        text: args.text.clone(),
        by: args.by.clone(),
        decided,
    };
    Ledger::open(&args.ledger.ledger, Mode::Write)?.add_answer(&answer, decided)?;
    Ok(Done::Clean)
}

/// Lists corrections with their answers.
pub fn list(args: &View) -> Result<Done, Failure> {
    let corrections = view::record(args)?.corrections();
    if args.json {
        json(&corrections)?;
        return Ok(Done::Clean);
    }
    let mut rows = table(&["receipt", "of", "reason", "text", "answer"]);
    for c in &corrections {
        let answer = c.answers.last().map_or_else(
            || "open".to_owned(),
            |a| format!("{} by {}: {}", if a.accepted { "accepted" } else { "not accepted" }, a.by, a.text),
        );
        rows.add_row([c.id.to_string(), c.of.to_string(), c.reason.to_string(), short(&c.text, 200), answer]);
    }
    writeln!(std::io::stdout(), "{rows}")?;
    Ok(Done::Clean)
}
