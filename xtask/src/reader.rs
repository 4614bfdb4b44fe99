//! Reading a report as the program does.

use std::sync::OnceLock;

use holdfire::Reader;
use holdfire_types::{Claim, Report, Sentence};

use crate::Fault;

/// The sentences and claims of a report; parties and places resolved.
pub fn read(report: &Report) -> Result<(Vec<Sentence>, Vec<Claim>), Fault> {
    // one for all, as the program has
    static READER: OnceLock<Reader> = OnceLock::new();
    let reader = if let Some(reader) = READER.get() {
        reader
    } else {
        let new = Reader::new()?;
        READER.get_or_init(|| new)
    };
    let read = reader.read(report.clone());
    Ok((read.sentences, read.claims))
}
