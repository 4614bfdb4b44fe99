//! `verify`: nothing was changed or lost, or what was.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use holdfire_ledger::Pack;
use serde::Serialize;

use crate::args::Verify;
use crate::commands::checkpoint::Kept;
use crate::commands::view::{json, open};
use crate::failure::{Done, Failure};

/// A checkpoint that the ledger still holds.
#[derive(Debug, Serialize)]
struct Held {
    file: String,
    head: String,
    /// The signer's public key; none for a head that nobody signed.
    signer: Option<String>,
}

/// A pack that readings were made with.
#[derive(Debug, Serialize)]
struct Read {
    name: String,
    /// Hash of its bytes.
    blake3: String,
}

impl Read {
    fn of(pack: Pack) -> Self {
        Self { name: pack.name, blake3: blake3::Hash::from(pack.hash).to_hex().to_string() }
    }
}

/// Runs the command.
pub fn run(args: &Verify) -> Result<Done, Failure> {
    let kept: Vec<(&Path, Kept)> = args
        .checkpoint
        .iter()
        .map(|file| Ok((file.as_path(), kept(file, args.signer.as_deref())?)))
        .collect::<Result<_, Failure>>()?;
    let ledger = open(&args.ledger.ledger)?;
    let verified = ledger.verify()?;
    let mut held = Vec::new();
    for (file, kept) in &kept {
        ledger.check_head(kept.head())?;
        held.push(Held {
            file: file.display().to_string(),
            head: kept.head().to_string(),
            signer: kept.signer(),
        });
    }
    let head = verified.head.map(|h| h.to_string());
    let packs: Vec<Read> = verified.packs.into_iter().map(Read::of).collect();
    if args.json {
        let view = serde_json::json!({
            "whole": true,
            "head": head,
            "reports": verified.reports,
            "claims": verified.claims,
            "packs": packs,
            "clock_backs": verified.clock_backs,
            "rewritten": verified.rewritten,
            "checkpoints": held,
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
    for Read { name, blake3 } in packs {
        writeln!(out, "read with {name} {blake3}")?;
    }
    for Held { file, head, signer } in held {
        let by = signer.map_or_else(|| "nobody signed it".to_owned(), |key| format!("signed by {key}"));
        writeln!(out, "{file}: the ledger holds it; {by}\n  {head}")?;
    }
    if verified.rewritten > 0 {
        let entries = if verified.rewritten == 1 { "entry" } else { "entries" };
        writeln!(
            out,
            "words were erased from {} {entries}; erasures vouch for what is left",
            verified.rewritten
        )?;
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

/// The head in a file, its signature checked.
fn kept(file: &Path, signer: Option<&str>) -> Result<Kept, Failure> {
    let text = fs::read_to_string(file).map_err(Failure::file(file))?;
    let asked = |what: String| Failure::Asked(format!("{}: {what}", file.display()));
    let kept = Kept::read(&text).map_err(asked)?;
    match (signer, kept.signer()) {
        (None, _) => Ok(kept),
        (Some(wanted), Some(found)) if found.eq_ignore_ascii_case(wanted.trim()) => Ok(kept),
        (Some(_), Some(found)) => Err(asked(format!("it is signed by {found}, not by the key of --signer"))),
        (Some(_), None) => Err(asked("it is not signed".to_owned())),
    }
}
