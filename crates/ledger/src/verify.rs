//! The proof that the record is whole: pages, tables, chain, and every row that is made from an entry.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::path::Path;

use holdfire_types::{Id, Problem};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use crate::chain::{self, Entry, Head, SALT};
use crate::contents::{Value, value};
use crate::error::damage;
use crate::form::{self, ClaimBatch, Pack};
use crate::projection::{self, Point, key};
use crate::{Ledger, LedgerError, lookup, pages, schema};

/// What was checked and found whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The last entry; `None` for an empty ledger.
    pub head: Option<Head>,
    /// Reports.
    pub reports: u64,
    /// Claims of the readings that stand.
    pub claims: u64,
    /// The packs that readings were made with, in the order recorded.
    pub packs: Vec<Pack>,
    /// How often the clock had been set back.
    pub clock_backs: u64,
    /// Entries that an erasure took words out of. What is left of them is what the erasure vouches for; that they say
    /// what they said before is no longer proven by their own hashes.
    pub rewritten: u64,
    /// True when the words of the index were compared with the texts too. That needs a file that may be written,
    /// although nothing is.
    pub words_compared: bool,
}

/// Damage listed before the rest is only counted.
const LISTED: usize = 50;

impl Ledger {
    /// Checks everything: the pages of the file, its tables and triggers, the hash of every entry, and that tables
    /// and indexes say what the entries say.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] lists what is not whole, each with the entry or table it is in.
    pub fn verify(&self) -> Result<Verified, LedgerError> {
        // The file's pages and its index of words take about as long as the entries and have nothing to do with them.
        let path = self.path.as_path();
        std::thread::scope(|scope| {
            let pages = scope.spawn(|| pages::check(path));
            let entries = self.verify_entries();
            let (mut problems, words_compared) =
                pages.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
            let (more, verified) = entries?;
            problems.extend(more);
            if problems.is_empty() {
                return Ok(Verified { words_compared, ..verified });
            }
            problems.truncate(LISTED);
            Err(LedgerError::Damaged { path: self.path.clone(), problems })
        })
    }

    fn verify_entries(&self) -> Result<(Vec<Problem>, Verified), LedgerError> {
        let failed = |e| LedgerError::from_database(&self.path, e);
        let snapshot = self.conn.unchecked_transaction().map_err(failed)?;
        let mut check =
            Check { conn: &self.conn, path: &self.path, problems: Vec::new(), made: Made::default() };
        let mut head = None;
        check.step(Check::schema)?;
        check.step(Check::entries)?;
        check.step(Check::readings)?;
        check.step(Check::sums)?;
        check.step(Check::places)?;
        check.step(Check::counts)?;
        check.step(|_| {
            head = self.head()?;
            Ok(())
        })?;
        drop(snapshot);
        let Check { problems, made, .. } = check;
        let standing = made.readings.iter().filter(|r| r.superseded.is_none());
        let verified = Verified {
            head,
            reports: made.reports.len() as u64,
            claims: standing.map(|r| r.claims).sum(),
            packs: made.packs,
            clock_backs: made.clock_backs,
            rewritten: made.rewritten.len() as u64,
            words_compared: false,
        };
        Ok((problems, verified))
    }
}

/// What the tables must hold, gathered while reading the entries.
#[derive(Debug, Default)]
struct Made {
    reports: BTreeMap<Id, ReportMade>,
    readings: Vec<ReadingMade>,
    claims: Sum,
    told: Sum,
    decisions: Sum,
    points: BTreeMap<i64, Point>,
    rewritten: BTreeMap<u64, (u64, [u8; 32])>,
    packs: Vec<Pack>,
    copies: i64,
    corrections: i64,
    answers: i64,
    erased: i64,
    clock_backs: u64,
    /// The text of the report read last, and when it was published.
    text: Option<(Id, (String, Option<Date>))>,
}

/// The rows of a table, whatever their order: how many, and the sum of their hashes. The hash has a key drawn for each
/// check, so nobody can make up other rows of the same sum.
#[derive(Debug, Clone, Default)]
struct Sum {
    rows: u64,
    hashes: u64,
    by: RandomState,
}

impl Sum {
    /// An empty sum whose hash has the key of this one.
    fn empty(&self) -> Self {
        Self { rows: 0, hashes: 0, by: self.by.clone() }
    }

    fn add(&mut self, row: impl Hash) {
        self.rows += 1;
        self.hashes = self.hashes.wrapping_add(self.by.hash_one(row));
    }

    fn same(&self, other: &Self) -> bool {
        (self.rows, self.hashes) == (other.rows, other.hashes)
    }
}

#[derive(Debug)]
struct ReportMade {
    entry: u64,
    /// Index of the reading that stands, in `readings`.
    reading: Option<usize>,
    slots: String,
}

#[derive(Debug)]
struct ReadingMade {
    entry: u64,
    report: u64,
    claims: u64,
    superseded: Option<u64>,
}

struct Check<'c> {
    conn: &'c Connection,
    path: &'c Path,
    problems: Vec<Problem>,
    made: Made,
}

type Step = Result<(), LedgerError>;

impl Check<'_> {
    /// Runs one step; damage that stops it is listed and the next step runs.
    fn step(&mut self, step: impl FnOnce(&mut Self) -> Step) -> Step {
        match step(self) {
            Err(LedgerError::Damaged { problems, .. }) => self.problems.extend(problems),
            // A database that was changed by hand fails in many ways, not all of which call themselves damage.
            Err(LedgerError::Database { source, .. }) => {
                self.problems.push(damage("the file", source.to_string()));
            }
            Err(LedgerError::NotALedger { .. }) => {
                self.problems.push(damage("the file", "its first page is broken"));
            }
            other => return other,
        }
        Ok(())
    }

    fn query<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, LedgerError> {
        let run = || self.conn.prepare_cached(sql)?.query_map(params, read)?.collect::<rusqlite::Result<_>>();
        run().map_err(|e| LedgerError::from_database(self.path, e))
    }

    fn expect(&mut self, holds: bool, at: impl FnOnce() -> String, what: &str) {
        if !holds && self.problems.len() < LISTED {
            self.problems.push(damage(at(), what));
        }
    }

    /// Tables, indexes and triggers must be exactly those that a new ledger has.
    fn schema(&mut self) -> Step {
        const ALL: &str =
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY name, type";
        let row = |row: &Row<'_>| Ok([row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
        let failed = |e| LedgerError::from_database(self.path, e);
        let new = Connection::open_in_memory().map_err(failed)?;
        new.execute_batch(schema::CREATE).map_err(failed)?;
        new.execute_batch(schema::STAYS).map_err(failed)?;
        let rows = || new.prepare(ALL)?.query_map([], row)?.collect::<rusqlite::Result<Vec<_>>>();
        let (expected, found) = (rows().map_err(failed)?, self.query(ALL, [], row)?);
        // SQLite keeps statistics in tables of its own when somebody asks it to; they say nothing of the record.
        let found: Vec<_> =
            found.into_iter().filter(|object| !object[1].starts_with("sqlite_stat")).collect();
        for object in expected.iter().filter(|object| !found.contains(object)) {
            self.problems
                .push(damage(format!("{} {}", object[0], object[1]), "it is missing or was changed"));
        }
        for object in found.iter().filter(|object| !expected.contains(object)) {
            self.problems
                .push(damage(format!("{} {}", object[0], object[1]), "it does not belong in a ledger"));
        }
        Ok(())
    }

    /// The chain, and the rows made from each entry.
    fn entries(&mut self) -> Step {
        let failed = |e| LedgerError::from_database(self.path, e);
        let mut query = self
            .conn
            .prepare("SELECT number, at, kind, hash, payload FROM entry ORDER BY number")
            .map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let (mut before, mut expected, mut last) = (chain::ORIGIN, 1, i64::MIN);
        while let Some(row) = rows.next().map_err(failed)? {
            let entry = match Entry::from_row(row) {
                Ok(entry) => entry,
                Err(e) => {
                    self.expect(false, || format!("entry {expected}"), &format!("it does not read: {e}"));
                    expected += 1;
                    continue;
                }
            };
            let at = || format!("entry {}", entry.number);
            self.expect(entry.number == expected, || format!("entry {expected}"), "it is missing");
            let whole = match entry.whole(&before, self.conn, self.path) {
                Err(LedgerError::Damaged { .. }) => false,
                other => other?,
            };
            self.expect(whole, at, chain::BROKEN);
            self.expect(entry.micros >= last, at, "it is older than the entry before it");
            (before, expected, last) = (entry.hash, entry.number + 1, entry.micros);
            if whole {
                match value(entry.kind, entry.content()) {
                    Ok(value) => self.made_from(&entry, value)?,
                    Err(e) => self.expect(false, at, &e.to_string()),
                }
            }
        }
        Ok(())
    }

    fn made_from(&mut self, entry: &Entry, value: Value) -> Step {
        let number = entry.number as i64;
        let at = |table: &str| format!("table {table}, entry {number}");
        match value {
            Value::Report(report, _) => {
                let row = self.query(
                    "SELECT id, url, title, text_at FROM report WHERE entry = ?",
                    [number],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )?;
                let text_at = (SALT + form::text_start(entry.content(), &report)) as i64;
                let made = (key(&report.id), report.url, report.title, text_at);
                self.expect(row == [made], || at("report"), DIFFERS);
                let published = report.published.map(|published| published.date);
                self.made.text = Some((report.id.clone(), (report.text, published)));
                self.made.reports.insert(
                    report.id,
                    ReportMade { entry: entry.number, reading: None, slots: String::new() },
                );
            }
            Value::Claims(batch) => self.made_from_reading(entry.number, &batch)?,
            Value::Copy(copy) => {
                self.made.copies += 1;
                self.exists(
                    "SELECT 1 FROM copy WHERE report = ? AND entry = ?",
                    params![key(&copy.report), number],
                    || at("copy"),
                )?;
            }
            Value::Decisions(decisions) => {
                for (place, decision) in (0i64..).zip(&decisions) {
                    let (low, high) = projection::pair(decision);
                    let verdict = decision.decision.as_str();
                    self.made.decisions.add((schema::run(entry.number), low, high, number, place, verdict));
                }
            }
            Value::Correction(correction, _) => {
                self.made.corrections += 1;
                let row = params![key(&correction.id), number];
                self.exists("SELECT 1 FROM correction WHERE id = ? AND entry = ?", row, || at("correction"))?;
            }
            Value::Answer(answer) => {
                self.made.answers += 1;
                let row = params![key(&answer.correction), number];
                self.exists("SELECT 1 FROM answer WHERE correction = ? AND entry = ?", row, || at("answer"))?;
            }
            Value::Erasure(erasure) => {
                self.made.erased += erasure.keys.len() as i64;
                for id in &erasure.keys {
                    let row = [i64::from_be_bytes(*id), number];
                    self.exists("SELECT 1 FROM erased WHERE key = ? AND entry = ?", row, || at("erased"))?;
                }
                let rewritten = erasure.rewritten.into_iter();
                self.made.rewritten.extend(rewritten.map(|(of, hash)| (of, (entry.number, hash))));
            }
            Value::Pack(pack) => {
                let row = params![pack.hash, number];
                self.exists("SELECT 1 FROM pack WHERE hash = ? AND entry = ?", row, || at("pack"))?;
                self.made.packs.push(pack);
            }
            Value::ClockBack => self.made.clock_backs += 1,
        }
        Ok(())
    }

    fn exists(&mut self, query: &str, row: impl Params, at: impl FnOnce() -> String) -> Step {
        let run = || self.conn.prepare_cached(query)?.query_row(row, |_| Ok(())).optional();
        let found = run().map_err(|e| LedgerError::from_database(self.path, e))?;
        self.expect(found.is_some(), at, DIFFERS);
        Ok(())
    }

    fn made_from_reading(&mut self, number: u64, batch: &ClaimBatch) -> Step {
        let at = || format!("table claim, entry {number}");
        let Some((text, published)) = self.text_of(&batch.report)? else {
            self.expect(false, at, "the report of these claims is missing");
            return Ok(());
        };
        let found =
            self.query("SELECT report, superseded FROM reading WHERE entry = ?", [number as i64], |row| {
                Ok((row.get::<_, i64>(0)? as u64, row.get::<_, Option<i64>>(1)?))
            })?;
        for (place, claim) in (0i64..).zip(&batch.claims) {
            self.made.claims.add((schema::run(number), key(&claim.id), number as i64, place));
        }
        for (place, day, claim, kind) in projection::told(&batch.claims, published) {
            self.made.told.add((schema::run(number), place, day, number as i64, claim, kind.as_str()));
        }
        self.made.points.extend(projection::points(&batch.claims).into_iter().map(|point| (point.0, point)));
        let this = self.made.readings.len();
        if let Some(report) = self.made.reports.get_mut(&batch.report) {
            if let Some(earlier) = report.reading.replace(this) {
                self.made.readings[earlier].superseded = Some(number);
            }
            report.slots = projection::slots_of_report(&batch.claims, &text);
            let (report, claims) = (report.entry, batch.claims.len() as u64);
            self.made.readings.push(ReadingMade { entry: number, report, claims, superseded: None });
            self.expect(found.iter().any(|row| row.0 == report), at, DIFFERS);
        }
        self.made.text = Some((batch.report.clone(), (text, published)));
        Ok(())
    }

    /// The text of a report, and when it was published; those of the report read last are at hand.
    fn text_of(&mut self, report: &Id) -> Result<Option<(String, Option<Date>)>, LedgerError> {
        if let Some((_, found)) = self.made.text.take_if(|(id, _)| id == report) {
            return Ok(Some(found));
        }
        let Some(made) = self.made.reports.get(report) else { return Ok(None) };
        match lookup::value_at(self.conn, self.path, made.entry)?.1 {
            Value::Report(report, _) => Ok(Some((report.text, report.published.map(|p| p.date)))),
            _ => Ok(None),
        }
    }

    /// Which reading stands, and what its report is found by.
    fn readings(&mut self) -> Step {
        let row =
            |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<i64>>(2)?));
        let rows = self.query("SELECT entry, report, superseded FROM reading ORDER BY entry", [], row)?;
        let made = self.made.readings.iter();
        let made = made.map(|r| (r.entry as i64, r.report as i64, r.superseded.map(|n| n as i64)));
        let same = rows.into_iter().eq(made);
        self.expect(same, || "table reading".to_owned(), DIFFERS);
        let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
        let rows = self.query("SELECT entry, slots FROM report ORDER BY entry", [], row)?;
        let mut made: Vec<_> =
            self.made.reports.values().map(|r| (r.entry as i64, r.slots.as_str())).collect();
        made.sort_unstable();
        let same = rows.iter().map(|(entry, slots)| (*entry, slots.as_str())).eq(made);
        self.expect(same, || "table report, slots".to_owned(), DIFFERS);
        Ok(())
    }

    /// The tables with a row for each claim or decision, as a whole: asking for each row would take minutes.
    fn sums(&mut self) -> Step {
        let mut found = self.made.claims.empty();
        self.query("SELECT run, id, reading, place FROM claim", [], |row| {
            let row: (i64, i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            found.add(row);
            Ok(())
        })?;
        self.expect(found.same(&self.made.claims), || "table claim".to_owned(), DIFFERS);
        let mut found = self.made.told.empty();
        self.query("SELECT run, place, day, reading, claim, kind FROM told", [], |row| {
            let numbers: [i64; 5] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            let [run, place, day, reading, claim] = numbers;
            found.add((run, place, day, reading, claim, row.get_ref(5)?.as_str()?));
            Ok(())
        })?;
        self.expect(found.same(&self.made.told), || "table told".to_owned(), DIFFERS);
        let mut found = self.made.decisions.empty();
        self.query("SELECT run, low, high, entry, place, verdict FROM decision", [], |row| {
            let numbers: [i64; 5] = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
            let [run, low, high, entry, place] = numbers;
            found.add((run, low, high, entry, place, row.get_ref(5)?.as_str()?));
            Ok(())
        })?;
        self.expect(found.same(&self.made.decisions), || "table decision".to_owned(), DIFFERS);
        let rows = self.query("SELECT entry, erasure, hash FROM rewritten ORDER BY entry", [], |row| {
            Ok((row.get::<_, i64>(0)? as u64, (row.get::<_, i64>(1)? as u64, row.get(2)?)))
        })?;
        let same = rows.into_iter().eq(self.made.rewritten.clone());
        self.expect(same, || "table rewritten".to_owned(), DIFFERS);
        Ok(())
    }

    fn places(&mut self) -> Step {
        type Box = (i64, f64, f64, f64, f64, i64);
        let row = |row: &Row<'_>| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        };
        let mut rows: Vec<Box> =
            self.query("SELECT id, south, north, west, east, place FROM place_point", [], row)?;
        rows.sort_unstable_by_key(|row| row.0);
        // The index keeps 32-bit floats, rounded outwards.
        let around = |low: f64, value: f64, high: f64| low <= value && value <= high && high - low < 1e-4;
        let same = rows.len() == self.made.points.len()
            && rows.iter().zip(self.made.points.values()).all(|(row, (id, lat, lon, place))| {
                let (of, south, north, west, east, told) = row;
                of == id && told == place && around(*south, *lat, *north) && around(*west, *lon, *east)
            });
        self.expect(same, || "index place_point".to_owned(), DIFFERS);
        Ok(())
    }

    /// No table has a row that no entry made.
    fn counts(&mut self) -> Step {
        let made = &self.made;
        let tables = [
            ("report", made.reports.len() as i64),
            ("reading", made.readings.len() as i64),
            ("copy", made.copies),
            ("correction", made.corrections),
            ("answer", made.answers),
            ("erased", made.erased),
            ("pack", made.packs.len() as i64),
        ];
        for (table, count) in tables {
            let found =
                self.query(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))?;
            self.expect(
                found == [count],
                || format!("table {table}"),
                "it has rows that no entry made, or lacks some",
            );
        }
        Ok(())
    }
}

const DIFFERS: &str = "it does not say what the entry says";
