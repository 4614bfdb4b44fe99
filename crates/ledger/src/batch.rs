//! Recording: entries that go in together or not at all.

use holdfire_types::{Claim, CopyOf, Correction, CorrectionAnswer, Id, LinkDecision, Report};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::chain::{self, EntryKind};
use crate::contents::Value;
use crate::projection::{self, PLACES, key};
use crate::{Ledger, LedgerError, form, lookup};

/// What came of recording something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It was recorded with this entry.
    New(u64),
    /// The record says it already; nothing was added.
    Known,
}

impl Added {
    /// True when something was recorded.
    pub fn is_new(self) -> bool {
        matches!(self, Self::New(_))
    }
}

/// A clock that lags less than this behind the last entry is taken for a wait, not for a clock set back.
const LAG: SignedDuration = SignedDuration::from_secs(60);

/// A report's text, and the entry that holds it.
struct Told {
    report: Id,
    entry: u64,
    text: String,
}

/// Entries on their way in. [`Batch::commit`] acknowledges them all; dropped before, none of them was recorded.
pub struct Batch<'l> {
    tx: Transaction<'l>,
    path: std::path::PathBuf,
    last: u64,
    last_micros: i64,
    last_hash: [u8; 32],
    clock_noted: bool,
    told: Option<Told>,
}

impl Ledger {
    /// Begins a batch. Waits while another process records.
    pub fn batch(&mut self) -> Result<Batch<'_>, LedgerError> {
        let path = self.path.clone();
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| LedgerError::from_database(&path, e).waited(self.patience))?;
        let head = chain::head(&tx, &path)?;
        Ok(Batch {
            tx,
            path,
            last: head.map_or(0, |h| h.entry),
            last_micros: head.map_or(i64::MIN, |h| h.at.as_microsecond()),
            last_hash: head.map_or(chain::ORIGIN, |h| h.hash),
            clock_noted: false,
            told: None,
        })
    }

    fn one(
        &mut self,
        add: impl FnOnce(&mut Batch<'_>) -> Result<Added, LedgerError>,
    ) -> Result<Added, LedgerError> {
        let mut batch = self.batch()?;
        let added = add(&mut batch)?;
        batch.commit()?;
        Ok(added)
    }

    /// [`Batch::add_report`] as a batch of its own.
    pub fn add_report(&mut self, report: &Report, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_report(report, now))
    }

    /// [`Batch::add_claims`] as a batch of its own.
    pub fn add_claims(
        &mut self,
        report: &Id,
        reader: &str,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_claims(report, reader, claims, now))
    }

    /// [`Batch::add_copy`] as a batch of its own.
    pub fn add_copy(&mut self, copy: &CopyOf, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_copy(copy, now))
    }

    /// [`Batch::add_decisions`] with one decision, as a batch of its own.
    pub fn add_decision(&mut self, decision: &LinkDecision, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_decisions(std::slice::from_ref(decision), now))
    }

    /// [`Batch::add_decisions`] as a batch of its own.
    pub fn add_decisions(
        &mut self,
        decisions: &[LinkDecision],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_decisions(decisions, now))
    }

    /// [`Batch::add_correction`] as a batch of its own.
    pub fn add_correction(&mut self, correction: &Correction, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_correction(correction, now))
    }

    /// [`Batch::add_answer`] as a batch of its own.
    pub fn add_answer(&mut self, answer: &CorrectionAnswer, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_answer(answer, now))
    }
}

impl Batch<'_> {
    /// Makes the batch last: when this returns, its entries have reached the disk.
    pub fn commit(self) -> Result<(), LedgerError> {
        let Self { tx, path, .. } = self;
        tx.commit().map_err(|e| LedgerError::from_database(&path, e))
    }

    /// Records a report. One with the same publisher, url and text is known.
    pub fn add_report(&mut self, report: &Report, now: Timestamp) -> Result<Added, LedgerError> {
        if self.report_entry(&report.id)?.is_some() {
            return Ok(Added::Known);
        }
        let payload = form::write_report(report);
        let entry = self.append(EntryKind::Report, &payload, now)?;
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO report (entry, id, url, title, text_at) VALUES (?, ?, ?, ?, ?)")?
                .execute(params![
                    entry as i64,
                    key(&report.id),
                    report.url,
                    report.title,
                    form::text_start(&payload, report) as i64
                ])?;
            tx.prepare_cached("INSERT INTO report_words (rowid, title, body) VALUES (?, ?, ?)")?
                .execute(params![entry as i64, report.title, report.text])
        })?;
        self.told = Some(Told { report: report.id.clone(), entry, text: report.text.clone() });
        Ok(Added::New(entry))
    }

    /// Records the claims that one reading found in a report. They take the place of an earlier reading's, which
    /// stays in the ledger; the same reading by the same reader is known.
    ///
    /// `reader` names program, model and packs, so that a reading can be repeated.
    pub fn add_claims(
        &mut self,
        report: &Id,
        reader: &str,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        let told = self.told(report)?;
        let mut rows = Vec::with_capacity(claims.len());
        for claim in claims {
            let span = claim.span;
            let quote = told.text.get(span.start as usize..span.end as usize);
            match quote.filter(|_| claim.report == *report) {
                Some(quote) => rows.push(projection::claim_row(claim, quote)),
                None => {
                    return Err(LedgerError::NoEvidence {
                        path: self.path.clone(),
                        claim: claim.id.clone(),
                        report: report.clone(),
                        start: span.start,
                        end: span.end,
                    });
                }
            }
        }
        let payload = form::write_claims(report, reader, claims);
        let earlier = self.current_reading(told.entry)?;
        if let Some(earlier) = earlier
            && chain::entry(&self.tx, &self.path, earlier)?.payload == payload
        {
            self.told = Some(told);
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Claims, &payload, now)?;
        self.write(|tx| {
            if let Some(earlier) = earlier {
                supersede(tx, earlier, entry)?;
            }
            let first: i64 = tx
                .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM claim")?
                .query_row([], |row| row.get(0))?;
            tx.prepare_cached("INSERT INTO batch (entry, report, first, claims) VALUES (?, ?, ?, ?)")?
                .execute(params![entry as i64, told.entry as i64, first, rows.len() as i64])?;
            let mut claim = tx.prepare_cached(
                "INSERT INTO claim (seq, id, batch, start, length, slots) VALUES (?, ?, ?, ?, ?, ?)",
            )?;
            let mut words =
                tx.prepare_cached("INSERT INTO claim_words (rowid, quote, slots) VALUES (?, ?, ?)")?;
            let mut place = tx.prepare_cached("INSERT INTO claim_place VALUES (?1, ?2, ?2, ?3, ?3)")?;
            for (seq, (row, value)) in (first..).zip(rows.iter().zip(claims)) {
                claim.execute(params![seq, row.id, entry as i64, row.start, row.length, row.slots])?;
                words.execute(params![seq, value.quote(&told.text), row.slots])?;
                for (n, (lat, lon)) in (0..).zip(&row.places) {
                    place.execute(params![seq * PLACES + n, lat, lon])?;
                }
            }
            Ok(())
        })?;
        self.told = Some(told);
        Ok(Added::New(entry))
    }

    /// Records that a report repeats an earlier one.
    pub fn add_copy(&mut self, copy: &CopyOf, now: Timestamp) -> Result<Added, LedgerError> {
        for report in [&copy.report, &copy.of] {
            if self.report_entry(report)?.is_none() {
                return Err(self.unknown(report));
            }
        }
        let last = self.last_of("SELECT max(entry) FROM copy WHERE report = ?", key(&copy.report))?;
        if self.says(last, &Value::Copy(copy.clone()))? {
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Copy, &form::write_copy(copy), now)?;
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO copy (report, entry) VALUES (?, ?)")?
                .execute(params![key(&copy.report), entry as i64])
        })?;
        Ok(Added::New(entry))
    }

    /// Records link decisions as one entry. Those that the record says already are left out; a decision on a pair
    /// takes the place of the one before.
    pub fn add_decisions(
        &mut self,
        decisions: &[LinkDecision],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        let mut new = Vec::new();
        for decision in decisions {
            for claim in [&decision.a, &decision.b] {
                if !self.holds("SELECT EXISTS (SELECT 1 FROM claim WHERE id = ?)", key(claim))? {
                    return Err(self.unknown(claim));
                }
            }
            let last = lookup::last_decision(&self.tx, &self.path, projection::pair(decision))?;
            if last.as_ref() != Some(decision) {
                new.push(decision.clone());
            }
        }
        if new.is_empty() {
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Decisions, &form::write_decisions(&new), now)?;
        self.write(|tx| {
            let mut insert = tx.prepare_cached("INSERT INTO decision VALUES (?, ?, ?, ?, ?)")?;
            for (place, decision) in (0i64..).zip(&new) {
                let (low, high) = projection::pair(decision);
                insert.execute(params![low, high, entry as i64, place, decision.decision.as_str()])?;
            }
            Ok(())
        })?;
        Ok(Added::New(entry))
    }

    /// Records a correction that was received.
    pub fn add_correction(&mut self, correction: &Correction, now: Timestamp) -> Result<Added, LedgerError> {
        if self.holds("SELECT EXISTS (SELECT 1 FROM correction WHERE id = ?)", key(&correction.id))? {
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Correction, &form::write_correction(correction), now)?;
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO correction (id, entry) VALUES (?, ?)")?
                .execute(params![key(&correction.id), entry as i64])
        })?;
        Ok(Added::New(entry))
    }

    /// Records the answer to a correction. A later answer takes the place of an earlier one.
    pub fn add_answer(&mut self, answer: &CorrectionAnswer, now: Timestamp) -> Result<Added, LedgerError> {
        let correction = key(&answer.correction);
        if !self.holds("SELECT EXISTS (SELECT 1 FROM correction WHERE id = ?)", correction)? {
            return Err(self.unknown(&answer.correction));
        }
        let last = self.last_of("SELECT max(entry) FROM answer WHERE correction = ?", correction)?;
        if self.says(last, &Value::Answer(answer.clone()))? {
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Answer, &form::write_answer(answer), now)?;
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO answer (correction, entry) VALUES (?, ?)")?
                .execute(params![correction, entry as i64])
        })?;
        Ok(Added::New(entry))
    }

    /// Appends one entry. Its moment is never before the last entry's.
    fn append(&mut self, kind: EntryKind, payload: &[u8], now: Timestamp) -> Result<u64, LedgerError> {
        let given = now.as_microsecond();
        let behind = self.last_micros.saturating_sub(given);
        if SignedDuration::from_micros(behind) > LAG && self.last > 0 && !self.clock_noted {
            self.clock_noted = true;
            self.append(EntryKind::ClockBack, &form::write_clock_back(now), now)?;
        }
        let (number, micros, kind) = (self.last + 1, given.max(self.last_micros), kind.number());
        let hash = chain::hash(&self.last_hash, number, micros, kind, payload);
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO entry (number, at, kind, hash, payload) VALUES (?, ?, ?, ?, ?)")?
                .execute(params![number as i64, micros, kind, hash, payload])
        })?;
        (self.last, self.last_micros, self.last_hash) = (number, micros, hash);
        Ok(number)
    }

    fn write<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LedgerError> {
        write(&self.tx).map_err(|e| LedgerError::from_database(&self.path, e))
    }

    fn holds(&self, query: &str, key: i64) -> Result<bool, LedgerError> {
        self.write(|tx| tx.prepare_cached(query)?.query_row([key], |row| row.get(0)))
    }

    fn last_of(&self, query: &str, key: i64) -> Result<Option<u64>, LedgerError> {
        let last: Option<i64> =
            self.write(|tx| tx.prepare_cached(query)?.query_row([key], |row| row.get(0)))?;
        Ok(last.map(|n| n as u64))
    }

    /// True when entry `number` is there and says `value`.
    fn says(&self, number: Option<u64>, value: &Value) -> Result<bool, LedgerError> {
        let Some(number) = number else { return Ok(false) };
        Ok(lookup::value_at(&self.tx, &self.path, number)?.1 == *value)
    }

    fn report_entry(&self, report: &Id) -> Result<Option<u64>, LedgerError> {
        lookup::report_entry(&self.tx, &self.path, report)
    }

    fn current_reading(&self, report: u64) -> Result<Option<u64>, LedgerError> {
        lookup::current_reading(&self.tx, &self.path, report)
    }

    /// The report's text; that of the report recorded last is at hand.
    fn told(&mut self, report: &Id) -> Result<Told, LedgerError> {
        if let Some(told) = self.told.take_if(|told| told.report == *report) {
            return Ok(told);
        }
        let entry = self.report_entry(report)?.ok_or_else(|| self.unknown(report))?;
        match lookup::value_at(&self.tx, &self.path, entry)?.1 {
            Value::Report(value) => Ok(Told { report: value.id, entry, text: value.text }),
            _ => Err(LedgerError::damaged(
                &self.path,
                format!("entry {entry}"),
                "it should be a report and is not",
            )),
        }
    }

    fn unknown(&self, id: &Id) -> LedgerError {
        LedgerError::Unknown { path: self.path.clone(), id: id.clone() }
    }
}

/// Takes the claims of an earlier reading out of the indexes; their entry and their rows stay.
fn supersede(tx: &Transaction<'_>, earlier: u64, by: u64) -> rusqlite::Result<()> {
    let (first, count): (i64, i64) = tx
        .prepare_cached("SELECT first, claims FROM batch WHERE entry = ?")?
        .query_row([earlier as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
    tx.prepare_cached(
        "INSERT INTO claim_words (claim_words, rowid, quote, slots)
         SELECT 'delete', seq, quote, slots FROM claim_text WHERE seq >= ?1 AND seq < ?1 + ?2",
    )?
    .execute([first, count])?;
    let mut place = tx.prepare_cached("DELETE FROM claim_place WHERE id = ?")?;
    for id in first * PLACES..(first + count) * PLACES {
        place.execute([id])?;
    }
    tx.prepare_cached("UPDATE batch SET superseded = ? WHERE entry = ?")?
        .execute([by as i64, earlier as i64])
        .optional()?;
    Ok(())
}
