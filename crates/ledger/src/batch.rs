//! Recording: entries that go in together or not at all.

use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use holdfire_types::{Claim, CopyOf, Correction, CorrectionAnswer, Id, LinkDecision, Report};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Transaction, params};

use crate::chain::{self, EntryKind, SALT};
use crate::contents::Value;
use crate::form::{Erasure, Pack, Personal};
use crate::personal::{self, KeyId};
use crate::projection::{self, key};
use crate::schema::run;
use crate::{LedgerError, form, lookup, runs};

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

/// Bytes of texts that may wait for the index of words.
const WAITING: usize = 16 << 20;

/// A report at hand, and what is still to be put into the index of words for it.
struct AtHand {
    id: Id,
    entry: u64,
    published: Option<Date>,
    title: Option<String>,
    text: String,
    slots: String,
    indexed: bool,
}

/// Entries on their way in. [`Batch::commit`] acknowledges them all; dropped before, none of them was recorded.
pub struct Batch<'l> {
    tx: Transaction<'l>,
    path: PathBuf,
    last: u64,
    last_micros: i64,
    last_hash: [u8; 32],
    clock_noted: bool,
    at_hand: Option<AtHand>,
    /// Reports whose words are not in the index yet, by entry. They go in together when the batch ends: for every entry
    /// that is appended after words were put in, the index writes out all that it has and begins anew.
    waiting: BTreeMap<u64, AtHand>,
    waiting_bytes: usize,
    new_keys: Vec<(KeyId, [u8; 32])>,
    /// Points that the map is known to have: those that were committed, and those of this batch.
    points: &'l mut HashSet<i64>,
    new_points: HashSet<i64>,
    /// The database refused a step, so what stands in the batch may be half of something.
    broken: Cell<bool>,
}

impl<'l> Batch<'l> {
    pub(crate) fn begin(
        tx: Transaction<'l>,
        path: PathBuf,
        points: &'l mut HashSet<i64>,
    ) -> Result<Self, LedgerError> {
        let head = chain::head(&tx, &path)?;
        Ok(Self {
            tx,
            path,
            last: head.map_or(0, |h| h.entry),
            last_micros: head.map_or(i64::MIN, |h| h.at.as_microsecond()),
            last_hash: head.map_or(chain::ORIGIN, |h| h.hash),
            clock_noted: false,
            at_hand: None,
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            new_keys: Vec::new(),
            points,
            new_points: HashSet::new(),
            broken: Cell::new(false),
        })
    }

    pub(crate) fn transaction(&self) -> &Transaction<'l> {
        &self.tx
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the batch last: when this returns, its entries have reached the disk.
    pub fn commit(mut self) -> Result<(), LedgerError> {
        if self.broken.get() {
            return Err(LedgerError::Broken { path: self.path });
        }
        self.put_away()?;
        self.index()?;
        let Self { tx, path, new_keys, points, new_points, .. } = self;
        if !new_keys.is_empty() {
            // Keys first: one without its entry does no harm, an entry without its key would have lost something.
            personal::save(&path, &new_keys).map_err(|e| LedgerError::keys(&path, &e))?;
        }
        tx.commit().map_err(|e| LedgerError::from_database(&path, e))?;
        points.extend(new_points);
        Ok(())
    }

    /// Records a report. One with the same publisher, url and text is known.
    pub fn add_report(&mut self, report: &Report, now: Timestamp) -> Result<Added, LedgerError> {
        if self.report_entry(&report.id)?.is_some() {
            return Ok(Added::Known);
        }
        self.put_away()?;
        let payload = form::write_report(report, self.sealed(report.byline.as_deref())?.as_ref());
        let entry = self.append(EntryKind::Report, &payload, now)?;
        let text_at = (SALT + form::text_start(&payload, report)) as i64;
        self.write(|tx| {
            tx.prepare_cached(
                "INSERT INTO report (entry, id, url, title, text_at, slots) VALUES (?, ?, ?, ?, ?, '')",
            )?
            .execute(params![entry as i64, key(&report.id), report.url, report.title, text_at])
        })?;
        self.at_hand = Some(AtHand {
            id: report.id.clone(),
            entry,
            published: report.published.as_ref().map(|p| p.date),
            title: report.title.clone(),
            text: report.text.clone(),
            slots: String::new(),
            indexed: false,
        });
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
        let of = self.take_up(report)?;
        let (of_entry, text, published) = (of.entry, of.text.as_str(), of.published);
        let baseless = claims.iter().find(|claim| {
            let quote = text.get(claim.span.start as usize..claim.span.end as usize);
            quote.is_none() || claim.report != *report
        });
        let slots = projection::slots_of_report(claims, text);
        if let Some(claim) = baseless {
            return Err(LedgerError::NoEvidence {
                path: self.path.clone(),
                claim: claim.id.clone(),
                report: report.clone(),
                start: claim.span.start,
                end: claim.span.end,
            });
        }
        let payload = form::write_claims(report, reader, claims);
        let earlier = self.current_reading(of_entry)?;
        if let Some(earlier) = earlier
            && chain::entry(&self.tx, &self.path, earlier)?.content() == payload
        {
            return Ok(Added::Known);
        }
        let entry = self.append(EntryKind::Claims, &payload, now)?;
        self.change_slots(slots)?;
        self.write(|tx| {
            if let Some(earlier) = earlier {
                tx.prepare_cached("UPDATE reading SET superseded = ? WHERE entry = ?")?
                    .execute([entry as i64, earlier as i64])?;
            }
            tx.prepare_cached("INSERT INTO reading (entry, report) VALUES (?, ?)")?
                .execute([entry as i64, of_entry as i64])?;
            let mut row =
                tx.prepare_cached("INSERT INTO claim (run, id, reading, place) VALUES (?, ?, ?, ?)")?;
            for (place, claim) in (0i64..).zip(claims) {
                row.execute([run(entry), key(&claim.id), entry as i64, place])?;
            }
            put_told(tx, entry, claims, published)
        })?;
        self.put_points(claims)?;
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
                if !runs::holds(&self.tx, &self.path, key(claim))? {
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
            let mut insert = tx.prepare_cached("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?)")?;
            for (place, decision) in (0i64..).zip(&new) {
                let (low, high) = projection::pair(decision);
                insert.execute(params![
                    run(entry),
                    low,
                    high,
                    entry as i64,
                    place,
                    decision.decision.as_str()
                ])?;
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
        let contact = self.sealed(correction.contact.as_deref())?;
        let payload = form::write_correction(correction, contact.as_ref());
        let entry = self.append(EntryKind::Correction, &payload, now)?;
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

    /// Records a pack that the readings from here on are made with, by the hash of its file.
    pub fn add_pack(&mut self, name: &str, text: &str, now: Timestamp) -> Result<Added, LedgerError> {
        let pack = Pack { name: name.to_owned(), hash: *blake3::hash(text.as_bytes()).as_bytes() };
        let known: Vec<i64> = self.write(|tx| {
            tx.prepare_cached("SELECT entry FROM pack WHERE hash = ?")?
                .query_map([pack.hash], |row| row.get(0))?
                .collect()
        })?;
        for entry in known {
            if self.says(Some(entry as u64), &Value::Pack(pack.clone()))? {
                return Ok(Added::Known);
            }
        }
        let entry = self.append(EntryKind::Pack, &form::write_pack(&pack), now)?;
        self.write(|tx| {
            tx.prepare_cached("INSERT INTO pack (hash, entry) VALUES (?, ?)")?
                .execute(params![pack.hash, entry as i64])
        })?;
        Ok(Added::New(entry))
    }

    /// Records that the personal data of a report (its byline) or a correction (its contact) is erased.
    pub(crate) fn add_erasure(&mut self, erasure: &Erasure, now: Timestamp) -> Result<Added, LedgerError> {
        let entry = self.append(EntryKind::Erasure, &form::write_erasure(erasure), now)?;
        self.write(|tx| {
            let mut insert = tx.prepare_cached("INSERT INTO erased (key, entry) VALUES (?, ?)")?;
            for id in &erasure.keys {
                insert.execute([i64::from_be_bytes(*id), entry as i64])?;
            }
            let mut insert = tx
                .prepare_cached("INSERT OR REPLACE INTO rewritten (entry, erasure, hash) VALUES (?, ?, ?)")?;
            for (rewritten, hash) in &erasure.rewritten {
                insert.execute(params![*rewritten as i64, entry as i64, hash])?;
            }
            Ok(())
        })?;
        Ok(Added::New(entry))
    }

    /// Locks up what names a person.
    fn sealed(&mut self, text: Option<&str>) -> Result<Option<Personal>, LedgerError> {
        let Some(text) = text else { return Ok(None) };
        let (sealed, key) = personal::seal(text).map_err(|e| LedgerError::keys(&self.path, &e))?;
        self.new_keys.push((sealed.key, key));
        Ok(Some(Personal::Sealed(sealed)))
    }

    /// Puts places that the map does not have yet onto it.
    fn put_points(&mut self, claims: &[Claim]) -> Result<(), LedgerError> {
        for (id, lat, lon, place) in projection::points(claims) {
            if !self.points.contains(&id) && self.new_points.insert(id) {
                self.write(|tx| {
                    tx.prepare_cached("INSERT OR IGNORE INTO place_point VALUES (?1, ?2, ?2, ?3, ?3, ?4)")?
                        .execute(params![id, lat, lon, place])
                })?;
            }
        }
        Ok(())
    }

    /// Appends one entry. Its moment is never before the last entry's.
    fn append(&mut self, kind: EntryKind, content: &[u8], now: Timestamp) -> Result<u64, LedgerError> {
        let payload = &salted(content).map_err(|e| LedgerError::no_chance(&self.path, &e))?;
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
        write(&self.tx).map_err(|e| {
            self.broken.set(true);
            LedgerError::from_database(&self.path, e)
        })
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

    /// The report, taken to hand; the one recorded last is there already.
    fn take_up(&mut self, report: &Id) -> Result<&AtHand, LedgerError> {
        if self.at_hand.as_ref().is_none_or(|at_hand| at_hand.id != *report) {
            self.put_away()?;
            let entry = self.report_entry(report)?.ok_or_else(|| self.unknown(report))?;
            if let Some(waiting) = self.waiting.remove(&entry) {
                self.waiting_bytes -= waiting.text.len();
                return Ok(self.at_hand.insert(waiting));
            }
            let Value::Report(value, _) = lookup::value_at(&self.tx, &self.path, entry)?.1 else {
                return Err(lookup::misled(&self.path, entry));
            };
            let slots = self.write(|tx| {
                tx.prepare_cached("SELECT slots FROM report WHERE entry = ?")?
                    .query_row([entry as i64], |row| row.get(0))
            })?;
            let published = value.published.as_ref().map(|p| p.date);
            let Report { id, title, text, .. } = value;
            self.at_hand = Some(AtHand { id, entry, published, title, text, slots, indexed: true });
        }
        self.at_hand.as_ref().ok_or_else(|| self.unknown(report))
    }

    /// Gives the report at hand other slots. Its words are taken out of the index, if they stand there, and go back
    /// in when it is put away: so a report that comes with its claims is indexed once.
    fn change_slots(&mut self, slots: String) -> Result<(), LedgerError> {
        let Some(mut at_hand) = self.at_hand.take() else { return Ok(()) };
        self.write(|tx| {
            if at_hand.indexed {
                tx.prepare_cached(
                    "INSERT INTO words (words, rowid, title, body, slots) VALUES ('delete', ?, ?, ?, ?)",
                )?
                .execute(at_hand.words())?;
            }
            tx.prepare_cached("UPDATE report SET slots = ? WHERE entry = ?")?
                .execute(params![slots, at_hand.entry as i64])
        })?;
        (at_hand.slots, at_hand.indexed) = (slots, false);
        self.at_hand = Some(at_hand);
        Ok(())
    }

    /// Lets the report at hand wait for the index, where it is not in there.
    fn put_away(&mut self) -> Result<(), LedgerError> {
        let Some(at_hand) = self.at_hand.take().filter(|at_hand| !at_hand.indexed) else { return Ok(()) };
        self.waiting_bytes += at_hand.text.len();
        self.waiting.insert(at_hand.entry, at_hand);
        if self.waiting_bytes > WAITING { self.index() } else { Ok(()) }
    }

    /// Puts the words of all reports that wait into the index.
    fn index(&mut self) -> Result<(), LedgerError> {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        self.write(|tx| {
            let mut row =
                tx.prepare_cached("INSERT INTO words (rowid, title, body, slots) VALUES (?, ?, ?, ?)")?;
            for report in waiting.values() {
                row.execute(report.words())?;
            }
            Ok(())
        })
    }

    fn unknown(&self, id: &Id) -> LedgerError {
        LedgerError::Unknown { path: self.path.clone(), id: id.clone() }
    }
}

/// A content as it is kept: bytes of chance before it.
pub(crate) fn salted(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut payload = vec![0; SALT + content.len()];
    let (salt, rest) = payload.split_at_mut(SALT);
    getrandom::fill(salt)?;
    rest.copy_from_slice(content);
    Ok(payload)
}

/// The rows by which the claims of a reading are found by place and day.
pub(crate) fn put_told(
    tx: &Transaction<'_>,
    reading: u64,
    claims: &[Claim],
    published: Option<Date>,
) -> rusqlite::Result<()> {
    let mut row = tx.prepare_cached("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?)")?;
    for (place, day, claim, kind) in projection::told(claims, published) {
        row.execute(params![run(reading), place, day, reading as i64, claim, kind.as_str()])?;
    }
    Ok(())
}

impl AtHand {
    /// The row of the index of words.
    fn words(&self) -> (i64, Option<&str>, &str, &str) {
        (self.entry as i64, self.title.as_deref(), &self.text, &self.slots)
    }
}
