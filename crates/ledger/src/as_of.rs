//! Moments of the record.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Ledger, LedgerError};

/// A moment of the record. `"2017-02-16"` (the whole day, UTC), `"2017-02-16T12:00:00Z"` and `"1234"` (an entry) read as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// With every entry.
    Now,
    /// With this entry and those before it.
    Entry(u64),
    /// With the entries recorded up to this moment.
    Time(Timestamp),
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(Self::Now);
        }
        if let Ok(number) = text.parse() {
            return Ok(Self::Entry(number));
        }
        if let Ok(at) = text.parse() {
            return Ok(Self::Time(at));
        }
        let day = text.parse::<Date>().ok();
        let end = day.and_then(|d| TimeZone::UTC.to_timestamp(d.tomorrow().ok()?.at(0, 0, 0, 0)).ok());
        let last = end.and_then(|end| end.checked_sub(jiff::SignedDuration::from_micros(1)).ok());
        last.map(Self::Time).ok_or_else(|| {
            format!("`{text}` is no moment; write an entry's number, 2017-02-16 or 2017-02-16T12:00:00Z")
        })
    }
}

impl Ledger {
    /// The number of the last entry that belongs to `as_of`; 0 where there is none yet.
    pub fn last_entry(&self, as_of: AsOf) -> Result<u64, LedgerError> {
        let head = self.head()?.map_or(0, |head| head.entry);
        match as_of {
            AsOf::Now => Ok(head),
            AsOf::Entry(number) => Ok(number.min(head)),
            AsOf::Time(at) => self.last_before(at, head),
        }
    }

    /// Halving works because moments never go backwards from entry to entry.
    fn last_before(&self, at: Timestamp, head: u64) -> Result<u64, LedgerError> {
        let failed = |e| LedgerError::from_database(&self.path, e);
        let mut query = self.conn.prepare_cached("SELECT at FROM entry WHERE number = ?").map_err(failed)?;
        let (mut low, mut high) = (0, head);
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let micros: i64 = query.query_row([middle as i64], |row| row.get(0)).map_err(failed)?;
            if micros <= at.as_microsecond() { low = middle } else { high = middle - 1 }
        }
        Ok(low)
    }
}
