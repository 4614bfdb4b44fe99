//! Everything the record said at one moment.

use std::collections::BTreeMap;

use holdfire_types::{Contents, Recorded};

use crate::chain::{self, Entry, EntryKind};
use crate::form::{self, ClaimBatch, Erasure, Malformed, Pack, Personal};
use crate::{AsOf, Ledger, LedgerError};

/// An entry as a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Without its byline, which stands beside it as it is kept.
    Report(holdfire_types::Report, Option<Personal>),
    Claims(ClaimBatch),
    Copy(holdfire_types::CopyOf),
    Decisions(Vec<holdfire_types::LinkDecision>),
    /// Without its contact, which stands beside it as it is kept.
    Correction(holdfire_types::Correction, Option<Personal>),
    Answer(holdfire_types::CorrectionAnswer),
    ClockBack,
    Erasure(Erasure),
    Pack(Pack),
}

/// Reads an entry's content.
pub fn value(kind: i64, payload: &[u8]) -> Result<Value, Malformed> {
    match EntryKind::of(kind) {
        Some(EntryKind::Report) => {
            form::read_report(payload).map(|(report, byline)| Value::Report(report, byline))
        }
        Some(EntryKind::Claims) => form::read_claims(payload).map(Value::Claims),
        Some(EntryKind::Copy) => form::read_copy(payload).map(Value::Copy),
        Some(EntryKind::Decisions) => form::read_decisions(payload).map(Value::Decisions),
        Some(EntryKind::Correction) => {
            form::read_correction(payload).map(|(correction, contact)| Value::Correction(correction, contact))
        }
        Some(EntryKind::Answer) => form::read_answer(payload).map(Value::Answer),
        Some(EntryKind::ClockBack) => form::read_clock_back(payload).map(|_| Value::ClockBack),
        Some(EntryKind::Erasure) => form::read_erasure(payload).map(Value::Erasure),
        Some(EntryKind::Pack) => form::read_pack(payload).map(Value::Pack),
        None => Err(Malformed::UnknownKind(kind)),
    }
}

impl Ledger {
    /// Exactly what the record said at `as_of`, each list in the order recorded.
    ///
    /// A report's claims are those of the reading that was the latest then; earlier readings stay in the ledger.
    /// Every hash is checked on the way: a changed entry is never shown as the record.
    pub fn contents(&self, as_of: AsOf) -> Result<Contents, LedgerError> {
        let last = self.last_entry(as_of)?;
        let mut contents = Contents::default();
        let mut readings = BTreeMap::new();
        self.each_entry(last, |entry| {
            let at = entry.at(&self.path)?;
            let number = entry.number;
            match self.value_of(&entry)? {
                Value::Report(mut value, byline) => {
                    value.byline = self.opened(byline)?;
                    contents.reports.push(Recorded { entry: number, at, value });
                }
                Value::Claims(batch) => {
                    readings.insert(batch.report.clone(), (number, at, batch.claims));
                }
                Value::Copy(value) => contents.copies.push(Recorded { entry: number, at, value }),
                Value::Decisions(values) => contents
                    .decisions
                    .extend(values.into_iter().map(|value| Recorded { entry: number, at, value })),
                Value::Correction(mut value, contact) => {
                    value.contact = self.opened(contact)?;
                    contents.corrections.push(Recorded { entry: number, at, value });
                }
                Value::Answer(value) => contents.answers.push(Recorded { entry: number, at, value }),
                Value::ClockBack | Value::Erasure(_) | Value::Pack(_) => {}
            }
            Ok(())
        })?;
        let mut readings: Vec<_> = readings.into_values().collect();
        readings.sort_by_key(|(entry, ..)| *entry);
        contents.claims = readings
            .into_iter()
            .flat_map(|(entry, at, claims)| {
                claims.into_iter().map(move |value| Recorded { entry, at, value })
            })
            .collect();
        Ok(contents)
    }

    /// Calls `each` with every entry up to `last`, in order, its hash checked.
    pub(crate) fn each_entry(
        &self,
        last: u64,
        mut each: impl FnMut(Entry) -> Result<(), LedgerError>,
    ) -> Result<(), LedgerError> {
        let failed = |e| LedgerError::from_database(&self.path, e);
        let mut query = self
            .conn
            .prepare_cached(
                "SELECT number, at, kind, hash, payload FROM entry WHERE number <= ? ORDER BY number",
            )
            .map_err(failed)?;
        let mut rows = query.query([last as i64]).map_err(failed)?;
        let (mut before, mut expected) = (chain::ORIGIN, 1);
        while let Some(row) = rows.next().map_err(failed)? {
            let entry = Entry::from_row(row).map_err(failed)?;
            if entry.number != expected {
                return Err(LedgerError::damaged(&self.path, format!("entry {expected}"), "it is missing"));
            }
            if !entry.whole(&before, &self.conn, &self.path)? {
                return Err(LedgerError::damaged(&self.path, format!("entry {expected}"), chain::BROKEN));
            }
            before = entry.hash;
            expected += 1;
            each(entry)?;
        }
        Ok(())
    }

    pub(crate) fn value_of(&self, entry: &Entry) -> Result<Value, LedgerError> {
        value(entry.kind, entry.content())
            .map_err(|e| LedgerError::damaged(&self.path, format!("entry {}", entry.number), e.to_string()))
    }
}
