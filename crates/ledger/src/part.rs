//! A part of the record: the claims linked to some claims, with what is told around them. It is found by the indexes,
//! so that one incident is shown without reading everything.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use holdfire_types::{Claim, Contents, CopyOf, Id, Nearby, Recorded, Report};
use jiff::Timestamp;

use crate::contents::Value;
use crate::form::ClaimBatch;
use crate::lookup::{report_entry, value_at};
use crate::projection::{day_number, key, place_key};
use crate::runs::{self, DecisionRow};
use crate::{AsOf, Ledger, LedgerError};

/// A claim by its reading's entry and its place there: the order in which claims are recorded.
type At = (u64, usize);

/// What was found so far.
struct Part<'l> {
    ledger: &'l Ledger,
    /// The last entry that counts.
    last: u64,
    readings: HashMap<u64, (Timestamp, ClaimBatch)>,
    /// Readings by whether they stand.
    stands: HashMap<u64, bool>,
    reports: BTreeMap<Id, Recorded<Report>>,
    claims: BTreeSet<At>,
    decisions: BTreeSet<(u64, usize)>,
}

impl Ledger {
    /// What the record said at `as_of` of some claims: they and all that are linked to them as the same, every
    /// decision on those, the claims that `around` asks for beside each, the reports of all and what they copy, and
    /// every correction. Views of the claims' incidents are the same from this part as from the whole.
    pub fn part(
        &self,
        claims: &[Id],
        around: impl Fn(&Claim, &Report) -> Vec<Nearby>,
        as_of: AsOf,
    ) -> Result<Contents, LedgerError> {
        let mut part = Part {
            ledger: self,
            last: self.last_entry(as_of)?,
            readings: HashMap::new(),
            stands: HashMap::new(),
            reports: BTreeMap::new(),
            claims: BTreeSet::new(),
            decisions: BTreeSet::new(),
        };
        let own = part.linked(claims)?;
        let mut asked = BTreeSet::new();
        for at in own {
            let (claim, report) = part.claim(at)?;
            asked.extend(around(&claim, &report));
        }
        let mut beside = Vec::new();
        for nearby in &asked {
            let found = part.nearby(nearby)?;
            if nearby.linked {
                for at in &found {
                    beside.push(part.claim(*at)?.0.id);
                }
            }
            part.claims.extend(found);
        }
        part.linked(&beside)?;
        part.contents()
    }
}

impl Part<'_> {
    /// Adds claims, all that decisions of "same" lead to from them, and every claim that a decision on these names.
    /// Gives the linked ones.
    fn linked(&mut self, claims: &[Id]) -> Result<BTreeSet<At>, LedgerError> {
        let (conn, path) = (&self.ledger.conn, &self.ledger.path);
        let mut open: Vec<i64> = claims.iter().map(key).collect();
        let mut seen: BTreeSet<i64> = open.iter().copied().collect();
        let (mut linked, mut named) = (BTreeSet::new(), BTreeSet::new());
        while let Some(claim) = open.pop() {
            let at = self.standing(runs::readings_of(conn, path, claim, self.last)?)?;
            if at.is_empty() {
                continue;
            }
            linked.extend(at);
            for row in runs::decisions_of(conn, path, claim)? {
                let DecisionRow { low, high, entry, place, same } = row;
                if entry > self.last {
                    continue;
                }
                self.decisions.insert((entry, place));
                let other = if low == claim { high } else { low };
                if same && seen.insert(other) {
                    open.push(other);
                } else if !same {
                    named.insert(other);
                }
            }
        }
        self.claims.extend(&linked);
        for claim in named.difference(&seen) {
            let at = self.standing(runs::readings_of(conn, path, *claim, self.last)?)?;
            self.claims.extend(at);
        }
        Ok(linked)
    }

    /// Those of some claims whose reading stands.
    fn standing(&mut self, claims: Vec<At>) -> Result<Vec<At>, LedgerError> {
        let mut standing = Vec::with_capacity(claims.len());
        for at in claims {
            if self.stands(at.0)? {
                standing.push(at);
            }
        }
        Ok(standing)
    }

    fn stands(&mut self, reading: u64) -> Result<bool, LedgerError> {
        if let Some(stands) = self.stands.get(&reading) {
            return Ok(*stands);
        }
        let superseded =
            self.ledger.rows("SELECT superseded FROM reading WHERE entry = ?", [reading as i64], |row| {
                row.get::<_, Option<i64>>(0)
            })?;
        let stands = superseded.iter().any(|by| by.is_none_or(|by| by as u64 > self.last));
        self.stands.insert(reading, stands);
        Ok(stands)
    }

    fn nearby(&mut self, nearby: &Nearby) -> Result<Vec<At>, LedgerError> {
        let kinds: Vec<&str> = nearby.kinds.iter().map(|kind| kind.as_str()).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(",{},", kinds.join(",")) };
        let rows = runs::told(
            &self.ledger.conn,
            &self.ledger.path,
            place_key(&nearby.place),
            (day_number(nearby.from), day_number(nearby.to)),
            &kinds,
            self.last,
        )?;
        let mut found = Vec::new();
        for row in rows {
            if found.len() == nearby.most {
                break;
            }
            if self.stands(row.reading)? {
                found.push((row.reading, row.claim));
            }
        }
        Ok(found)
    }

    fn reading(&mut self, entry: u64) -> Result<&(Timestamp, ClaimBatch), LedgerError> {
        if !self.readings.contains_key(&entry) {
            let reading = self.ledger.reading_at(entry)?;
            self.readings.insert(entry, reading);
        }
        self.readings.get(&entry).ok_or_else(|| crate::lookup::misled(&self.ledger.path, entry))
    }

    /// A claim with its report.
    fn claim(&mut self, (reading, place): At) -> Result<(Claim, Report), LedgerError> {
        let claim = self.reading(reading)?.1.claims.get(place).cloned();
        let claim = claim.ok_or_else(|| crate::lookup::misled(&self.ledger.path, reading))?;
        let report = self.report(&claim.report)?.clone();
        Ok((claim, report))
    }

    fn report(&mut self, id: &Id) -> Result<&Report, LedgerError> {
        if !self.reports.contains_key(id) {
            let unknown = || LedgerError::Unknown { path: self.ledger.path.clone(), id: id.clone() };
            let entry = report_entry(&self.ledger.conn, &self.ledger.path, id)?.ok_or_else(unknown)?;
            self.reports.insert(id.clone(), self.ledger.report_at(entry)?);
        }
        Ok(&self.reports[id].value)
    }

    /// The copies that lead from the reports found to the first that tells their account; those reports are added.
    fn copies(&mut self) -> Result<Vec<Recorded<CopyOf>>, LedgerError> {
        let mut open: Vec<Id> = self.reports.keys().cloned().collect();
        let mut copies = BTreeMap::new();
        while let Some(report) = open.pop() {
            let entries = self.ledger.rows(
                "SELECT entry FROM copy WHERE report = ? AND entry <= ?",
                [key(&report), self.last as i64],
                |row| row.get::<_, i64>(0),
            )?;
            for entry in entries {
                let (at, value) = value_at(&self.ledger.conn, &self.ledger.path, entry as u64)?;
                let Value::Copy(value) = value else { continue };
                if !self.reports.contains_key(&value.of) {
                    self.report(&value.of)?;
                    open.push(value.of.clone());
                }
                copies.insert(entry, Recorded { entry: entry as u64, at, value });
            }
        }
        Ok(copies.into_values().collect())
    }

    fn contents(mut self) -> Result<Contents, LedgerError> {
        let mut contents = Contents::default();
        for (entry, place) in self.claims.clone() {
            let (value, _) = self.claim((entry, place))?;
            let at = self.reading(entry)?.0;
            contents.claims.push(Recorded { entry, at, value });
        }
        contents.copies = self.copies()?;
        contents.decisions = self.ledger.decisions_at(self.decisions.iter().copied())?;
        let last = [self.last as i64];
        for query in
            ["SELECT entry FROM correction WHERE entry <= ?", "SELECT entry FROM answer WHERE entry <= ?"]
        {
            let mut entries = self.ledger.rows(query, last, |row| row.get::<_, i64>(0))?;
            entries.sort_unstable();
            for entry in entries {
                let entry = entry as u64;
                match value_at(&self.ledger.conn, &self.ledger.path, entry)? {
                    (at, Value::Correction(mut value, contact)) => {
                        value.contact = self.ledger.opened(contact)?;
                        contents.corrections.push(Recorded { entry, at, value });
                    }
                    (at, Value::Answer(value)) => contents.answers.push(Recorded { entry, at, value }),
                    _ => return Err(crate::lookup::misled(&self.ledger.path, entry)),
                }
            }
        }
        contents.reports = self.reports.into_values().collect();
        contents.reports.sort_by_key(|report| report.entry);
        Ok(contents)
    }
}
