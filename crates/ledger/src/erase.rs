//! Erasing what names a person: keys destroyed, words taken out of entries, and an entry that says so.
//!
//! Sealed data goes with its key. Words of a text cannot: they are taken out of the entries that hold them, which keep
//! their hashes, so that the chain goes on; the erasure's own entry vouches for what is left of each.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Id};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use crate::batch::{put_told, salted};
use crate::chain::{self, Entry, SALT};
use crate::contents::{Value, value};
use crate::form::{self, Erasure};
use crate::projection::{self, key};
use crate::redact::{Moved, Redaction};
use crate::{Added, Ledger, LedgerError, lookup, runs, schema};

/// An entry that words are taken out of.
struct Rewrite {
    /// With the new payload.
    entry: Entry,
    old: Value,
    new: Value,
}

impl Ledger {
    /// Erases for good what names a person in a report (its byline) or a correction (its contact), and `words`
    /// wherever they stand in it: in text, title, claims, decisions, corrections of it, and the index of words. The
    /// words of the byline or contact are erased so too. An entry says that it was done, and every read of any moment
    /// then shows `[erased DATE]`. What was erased once is known.
    ///
    /// # Errors
    /// [`LedgerError::InLog`] when it was done, but another program keeps the log that the words still stand in.
    pub fn erase(
        &mut self,
        of: &Id,
        words: &[String],
        by: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        let keys = self.keys_of(of)?;
        let mut words = words.to_vec();
        if !keys.is_empty() {
            words.extend(self.sealed_words(of)?);
        }
        let day = self.head()?.map_or(now, |head| head.at.max(now));
        let mark = format!("[erased {}]", TimeZone::UTC.to_datetime(day).date());
        let rewrites = match Redaction::new(&words, mark) {
            Some(redaction) => self.rewrites(of, &redaction)?,
            None => Vec::new(),
        };
        let added = if keys.is_empty() && rewrites.is_empty() {
            Added::Known
        } else {
            let rewritten = rewrites.iter().map(|r| (r.entry.number, r.entry.vouched())).collect();
            let (by, reason) = (by.to_owned(), reason.to_owned());
            self.carry_out(&Erasure { of: of.clone(), keys, by, reason, rewritten }, &rewrites, now)?
        };
        self.destroy_erased_keys()?;
        self.scrub()?;
        Ok(added)
    }

    /// The words of a byline or contact, a byline also without its "by".
    fn sealed_words(&self, of: &Id) -> Result<Vec<String>, LedgerError> {
        let byline = self.report(of)?.and_then(|report| report.value.byline);
        let contact = self.correction(of)?.and_then(|correction| correction.value.contact);
        let bare =
            byline.as_deref().and_then(|b| b.split_once(' ')).filter(|(by, _)| by.eq_ignore_ascii_case("by"));
        let bare = bare.map(|(_, name)| name.to_owned());
        // What cannot be opened is told in brackets.
        let words = byline.into_iter().chain(contact).chain(bare);
        Ok(words.filter(|text| !text.starts_with('[')).collect())
    }

    fn rewrites(&self, of: &Id, redaction: &Redaction) -> Result<Vec<Rewrite>, LedgerError> {
        let mut moved = Moved::default();
        let mut rewrites = Vec::new();
        for number in self.entries_of(of)? {
            let mut entry = chain::entry(&self.conn, &self.path, number)?;
            let old = self.value_of(&entry)?;
            let mut new = old.clone();
            let here = redaction.value(&mut new, &moved);
            if matches!(new, Value::Report(..)) {
                moved = here;
            }
            if new != old {
                entry.payload = salted(&content(&new)).map_err(|e| LedgerError::no_chance(&self.path, &e))?;
                rewrites.push(Rewrite { entry, old, new });
            }
        }
        Ok(rewrites)
    }

    /// The entries that tell of a report or correction, in order.
    fn entries_of(&self, of: &Id) -> Result<BTreeSet<u64>, LedgerError> {
        let mut entries = BTreeSet::new();
        let mut about = BTreeSet::from([of.clone()]);
        if let Some(report) = lookup::report_entry(&self.conn, &self.path, of)? {
            entries.insert(report);
            let query = "SELECT entry FROM reading WHERE report = ?";
            for reading in self.rows(query, [report as i64], |row| row.get::<_, i64>(0))? {
                entries.insert(reading as u64);
                about.extend(self.reading_at(reading as u64)?.1.claims.into_iter().map(|claim| claim.id));
            }
        }
        for claim in about.iter().filter(|id| *id != of) {
            entries.extend(
                runs::decisions_of(&self.conn, &self.path, key(claim))?.into_iter().map(|row| row.entry),
            );
        }
        for number in self.rows("SELECT entry FROM correction", [], |row| row.get::<_, i64>(0))? {
            let entry = chain::entry(&self.conn, &self.path, number as u64)?;
            let Value::Correction(correction, _) = self.value_of(&entry)? else { continue };
            if correction.id == *of || about.contains(&correction.of) {
                entries.insert(number as u64);
                let query = "SELECT entry FROM answer WHERE correction = ?";
                let answers = self.rows(query, [key(&correction.id)], |row| row.get::<_, i64>(0))?;
                entries.extend(answers.into_iter().map(|n| n as u64));
            }
        }
        Ok(entries)
    }

    /// Records the erasure and puts what is left in the place of what was there, both or neither.
    fn carry_out(
        &mut self,
        erasure: &Erasure,
        rewrites: &[Rewrite],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        let path = self.path.clone();
        let failed = |e| LedgerError::from_database(&path, e);
        // What is freed is overwritten with zeros.
        self.conn.pragma_update(None, "secure_delete", true).map_err(failed)?;
        let mut batch = self.batch()?;
        let added = batch.add_erasure(erasure, now)?;
        rewrite(batch.transaction(), rewrites).map_err(failed)?;
        batch.commit()?;
        Ok(added)
    }

    /// Clears away what erased words leave behind in the index of words and in the log.
    fn scrub(&self) -> Result<(), LedgerError> {
        let run = || {
            self.conn.pragma_update(None, "secure_delete", true)?;
            self.conn.execute("INSERT INTO words (words) VALUES ('optimize')", [])?;
            self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        };
        match run().map_err(|e| LedgerError::from_database(&self.path, e))? {
            0 => Ok(()),
            _ => Err(LedgerError::InLog { path: self.path.clone() }),
        }
    }
}

/// The canonical form of a value that words can be taken out of.
fn content(value: &Value) -> Vec<u8> {
    match value {
        Value::Report(report, byline) => form::write_report(report, byline.as_ref()),
        Value::Claims(batch) => form::write_claims(&batch.report, &batch.reader, &batch.claims),
        Value::Copy(copy) => form::write_copy(copy),
        Value::Decisions(decisions) => form::write_decisions(decisions),
        Value::Correction(correction, contact) => form::write_correction(correction, contact.as_ref()),
        Value::Answer(answer) => form::write_answer(answer),
        Value::Erasure(erasure) => form::write_erasure(erasure),
        Value::Pack(pack) => form::write_pack(pack),
        Value::ClockBack => Vec::new(),
    }
}

/// Puts the new payloads in the place of the old, and the rows made from them.
fn rewrite(tx: &Transaction<'_>, rewrites: &[Rewrite]) -> rusqlite::Result<()> {
    tx.execute_batch("DROP TRIGGER entry_stays")?;
    for Rewrite { entry, .. } in rewrites {
        tx.execute(
            "UPDATE entry SET payload = ? WHERE number = ?",
            params![entry.payload, entry.number as i64],
        )?;
    }
    tx.execute_batch(schema::STAYS)?;
    for rewrite in rewrites {
        match (&rewrite.old, &rewrite.new) {
            (Value::Report(old, _), Value::Report(new, _)) => {
                let number = rewrite.entry.number as i64;
                let text_at = (SALT + form::text_start(rewrite.entry.content(), new)) as i64;
                let slots: String =
                    tx.query_row("SELECT slots FROM report WHERE entry = ?", [number], |row| row.get(0))?;
                tx.execute(
                    "INSERT INTO words (words, rowid, title, body, slots) VALUES ('delete', ?, ?, ?, ?)",
                    params![number, old.title, old.text, slots],
                )?;
                let slots = projection::slots_of_report(&standing(tx, number)?, &new.text);
                tx.execute(
                    "UPDATE report SET url = ?, title = ?, text_at = ?, slots = ? WHERE entry = ?",
                    params![new.url, new.title, text_at, slots, number],
                )?;
                tx.execute(
                    "INSERT INTO words (rowid, title, body, slots) VALUES (?, ?, ?, ?)",
                    params![number, new.title, new.text, slots],
                )?;
            }
            (Value::Claims(old), Value::Claims(new)) => {
                retell(tx, rewrite.entry.number, &old.claims, &new.claims)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// The value of the entry that `query` finds for `number`.
fn found(tx: &Transaction<'_>, query: &str, number: i64) -> rusqlite::Result<Option<Value>> {
    let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
    let entry = tx.prepare_cached(query)?.query_row([number], row).optional()?;
    Ok(entry.and_then(|(kind, payload)| value(kind, payload.get(SALT..)?).ok()))
}

/// The claims of a report's standing reading.
fn standing(tx: &Transaction<'_>, report: i64) -> rusqlite::Result<Vec<Claim>> {
    const READING: &str = "SELECT kind, payload FROM reading JOIN entry ON number = reading.entry
        WHERE report = ? AND superseded IS NULL";
    Ok(match found(tx, READING, report)? {
        Some(Value::Claims(batch)) => batch.claims,
        _ => Vec::new(),
    })
}

/// Finds the claims of a reading by their places as they are now told.
fn retell(tx: &Transaction<'_>, reading: u64, old: &[Claim], new: &[Claim]) -> rusqlite::Result<()> {
    const REPORT: &str =
        "SELECT kind, payload FROM reading JOIN entry ON number = reading.report WHERE reading.entry = ?";
    let published = match found(tx, REPORT, reading as i64)? {
        Some(Value::Report(report, _)) => report.published.map(|published| published.date),
        _ => None,
    };
    for (place, day, claim, _) in projection::told(old, published) {
        tx.execute(
            "DELETE FROM told WHERE run = ? AND place = ? AND day = ? AND reading = ? AND claim = ?",
            params![schema::run(reading), place, day, reading as i64, claim],
        )?;
    }
    put_told(tx, reading, new, published)
}
