//! `head`, `checkpoint`: one line that proves later that nothing before it was changed, by itself or signed.

use std::fs;
use std::io::Write as _;

use holdfire_ledger::{Checkpoint, Head, Ledger, Mode};

use crate::args;
use crate::commands::view::{json, moment, open};
use crate::failure::{Done, Failure};

/// Prints the head, or one a day.
pub fn head(args: &args::Head) -> Result<Done, Failure> {
    let ledger = open(&args.view.ledger.ledger)?;
    let heads: Vec<Head> = if args.daily {
        ledger.daily_heads()?
    } else {
        ledger.head_at(moment(&args.view)?)?.into_iter().collect()
    };
    let lines: Vec<String> = heads.iter().map(Head::to_string).collect();
    if args.view.json {
        json(&lines)?;
        return Ok(Done::Clean);
    }
    let mut out = std::io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    Ok(Done::Clean)
}

/// Signs the head.
pub fn sign(args: &args::Checkpoint) -> Result<Done, Failure> {
    let path = &args.ledger.ledger;
    let checkpoint = Ledger::open(path, Mode::Read)?.checkpoint()?;
    let nothing =
        || Failure::Asked(format!("{}: the ledger is empty, so there is nothing to sign", path.display()));
    let text = format!("{}\n", checkpoint.ok_or_else(nothing)?);
    match &args.out {
        Some(file) => fs::write(file, text).map_err(Failure::file(file))?,
        None => std::io::stdout().write_all(text.as_bytes())?,
    }
    Ok(Done::Clean)
}

/// What a file of a checkpoint holds: a signed head, or a head alone.
pub enum Kept {
    Signed(Checkpoint),
    Plain(Head),
}

impl Kept {
    /// Reads such a file's text. A signature that is not its signer's is an error.
    pub fn read(text: &str) -> Result<Self, String> {
        if text.trim().lines().count() > 1 {
            text.parse().map(Self::Signed)
        } else {
            text.parse().map(Self::Plain)
        }
    }

    /// The head.
    pub fn head(&self) -> &Head {
        match self {
            Self::Signed(checkpoint) => &checkpoint.head,
            Self::Plain(head) => head,
        }
    }

    /// The signer's public key in hexadecimal digits.
    pub fn signer(&self) -> Option<String> {
        match self {
            Self::Signed(checkpoint) => Some(checkpoint.signer()),
            Self::Plain(_) => None,
        }
    }
}
