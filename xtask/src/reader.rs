//! Reading a report as the program does.

use holdfire::Reader;
use holdfire_types::{Claim, Report, Sentence};

use crate::Fault;

/// The sentences and claims of a report; parties and places resolved.
pub fn read(report: &Report) -> Result<(Vec<Sentence>, Vec<Claim>), Fault> {
    let read = Reader::new()?.read(report.clone());
    Ok((read.sentences, read.claims))
}
