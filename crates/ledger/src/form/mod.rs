//! The canonical form: what is recorded, as bytes that mean the same on every machine and for good.

mod bytes;
mod claims;
mod decisions;
mod reports;

pub use bytes::{Malformed, Personal, Sealed};
pub use claims::{ClaimBatch, read_claims, write_claims};
pub use decisions::{
    Erasure, Pack, read_answer, read_clock_back, read_copy, read_correction, read_decisions, read_erasure,
    read_pack, write_answer, write_clock_back, write_copy, write_correction, write_decisions, write_erasure,
    write_pack,
};
pub use reports::{read_report, text_start, write_report};

use bytes::{Reader, Writer};
use holdfire_types::{Id, IdKind};

const KINDS: [IdKind; 5] =
    [IdKind::Report, IdKind::Claim, IdKind::Incident, IdKind::Correction, IdKind::Link];

/// The letter and the eight bytes of an id.
fn put_id(w: &mut Writer, id: &Id) {
    w.byte(id.as_str().as_bytes().first().copied().unwrap_or(b'?'));
    w.bytes(&id_number(id).to_be_bytes());
}

fn take_id(r: &mut Reader<'_>) -> Result<Id, Malformed> {
    let letter = r.byte()?;
    let number = u64::from_be_bytes(r.array()?);
    let kind = KINDS.into_iter().find(|k| k.letter() == char::from(letter));
    kind.and_then(|kind| id_of(kind, number)).ok_or_else(|| r.damaged("the letter of an id"))
}

/// The sixteen hexadecimal digits of an id as a number; ids of any other form do not exist.
pub fn id_number(id: &Id) -> u64 {
    u64::from_str_radix(id.as_str().get(1..).unwrap_or_default(), 16).unwrap_or_default()
}

/// The id of `kind` with these digits.
pub fn id_of(kind: IdKind, number: u64) -> Option<Id> {
    Id::parse(kind, &format!("{}{number:016x}", kind.letter()))
}
