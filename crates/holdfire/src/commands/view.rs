//! Opening a ledger to look at it.

use std::io::Write as _;
use std::path::Path;

use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_record::Record;
use holdfire_types::{Id, IdKind, Truce};
use holdfire_world::World;
use serde::Serialize;

use crate::args::View;
use crate::failure::Failure;

/// The packs of this run.
pub fn world() -> Result<&'static World, Failure> {
    holdfire::world().map_err(|e| Failure::Reader(e.into()))
}

/// The record that a view asks for.
pub fn record(view: &View) -> Result<Record, Failure> {
    let ledger = open(&view.ledger.ledger)?;
    Ok(Record::build(ledger.contents(moment(view)?)?, world()?))
}

/// A ledger opened to read.
pub fn open(path: &Path) -> Result<Ledger, Failure> {
    Ok(Ledger::open(path, Mode::Read)?)
}

/// The moment of the record that a view asks for: an entry number, a day (its end) or a moment.
pub fn moment(view: &View) -> Result<AsOf, Failure> {
    view.as_of.as_deref().map_or(Ok(AsOf::Now), |text| {
        text.parse().map_err(|_| {
            Failure::Asked(format!(
                "`{text}` is no entry number, day or moment; write it like 120, 2017-02-16 or 2017-02-16T12:00Z"
            ))
        })
    })
}

/// The truce of this id.
pub fn truce(id: &str) -> Result<&'static Truce, Failure> {
    let world = world()?;
    world.truce(id).ok_or_else(|| {
        let known: Vec<&str> = world.truces().iter().map(|t| t.id.as_str()).collect();
        Failure::Asked(format!("no pack holds the truce `{id}`; known are: {}", known.join(", ")))
    })
}

/// An id of this kind, as typed.
pub fn id(kind: IdKind, text: &str) -> Result<Id, Failure> {
    Id::parse(kind, text).ok_or_else(|| {
        Failure::Asked(format!(
            "`{text}` is no id here; it is the letter `{}` and 16 digits, as other commands print it",
            kind.letter()
        ))
    })
}

/// Nothing of this id is in the ledger.
pub fn unknown(text: &str) -> Failure {
    Failure::Asked(format!("`{text}` is not in the ledger, or was not yet at the moment asked for"))
}

/// Prints a view as JSON.
pub fn json(view: &impl Serialize) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, view).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
