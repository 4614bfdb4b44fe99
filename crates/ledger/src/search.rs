//! Search by words: in titles, texts and the slots of claims.
//!
//! The index finds reports. Which of their claims have the words themselves is then seen from the claims, so that
//! every word is indexed once.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Id, Report, Span};
use rusqlite::params;

use crate::projection::slots;
use crate::words::{Phrase, Words};
use crate::{Ledger, LedgerError, lookup};

/// A claim or report that has the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The claim or the report.
    pub id: Id,
    /// The report it stands in, or is.
    pub report: Id,
    /// The evidence of a claim, or the part of a report's text around the words.
    pub excerpt: String,
    /// Where the words stand in the excerpt, in bytes; none where only a slot or the title has them.
    pub marks: Vec<Span>,
}

/// What a search found, the latest recorded first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Claims whose evidence and slots have all the words.
    pub claims: Vec<Hit>,
    /// Reports that have them, in title, text or slots.
    pub reports: Vec<Hit>,
    /// True when more reports have the words than were looked at for claims, and `limit` claims were not found.
    pub more: bool,
}

/// Reports whose claims are looked at for one search.
const LOOKED_AT: usize = 100;

/// Bytes of a report's text shown before and after the first word found.
const AROUND: usize = 100;

impl Ledger {
    /// Claims and reports that have all of `words`, at most `limit` of each, the latest recorded first.
    ///
    /// Words in quotation marks must follow each other; a word that ends with `*` may go on. Case and accents do
    /// not count. All else is taken as it is written: no input is an error.
    pub fn search(&self, words: &str, limit: usize) -> Result<Found, LedgerError> {
        let phrases = Phrase::all(words);
        let mut found = Found::default();
        if phrases.is_empty() || limit == 0 {
            return Ok(found);
        }
        let query: Vec<_> = phrases.iter().map(Phrase::as_query).collect();
        let candidates: Vec<i64> = self.rows(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?",
            params![query.join(" "), limit.max(LOOKED_AT) as i64 + 1],
            |row| row.get(0),
        )?;
        for (n, &entry) in candidates.iter().enumerate() {
            let look_at_claims = found.claims.len() < limit && n < LOOKED_AT;
            if n >= limit && !look_at_claims {
                found.more = found.claims.len() < limit;
                break;
            }
            let report = self.report_at(entry as u64)?.value;
            let places = Places::of(&report.text, &phrases);
            if look_at_claims {
                self.claims_with(entry as u64, &report, &phrases, &places, &mut found.claims)?;
                found.claims.truncate(limit);
            }
            if n < limit {
                found.reports.push(places.excerpt(report));
            }
        }
        Ok(found)
    }

    /// Adds the claims of a report that have all the phrases.
    fn claims_with(
        &self,
        entry: u64,
        report: &Report,
        phrases: &[Phrase],
        places: &Places,
        hits: &mut Vec<Hit>,
    ) -> Result<(), LedgerError> {
        let Some(reading) = lookup::current_reading(&self.conn, &self.path, entry)? else { return Ok(()) };
        let claims = self.reading_at(reading)?.1.claims;
        // Claims of one report share most of their slots: each is taken apart once.
        let all: BTreeSet<&str> = claims.iter().flat_map(slots).collect();
        let all: Vec<_> = all.into_iter().map(|slot| (slot, Words::of(slot))).collect();
        let with = |phrase| all.iter().filter(move |(_, words)| words.find(phrase).next().is_some());
        let with: Vec<BTreeSet<&str>> =
            phrases.iter().map(|p| with(p).map(|(slot, _)| *slot).collect()).collect();
        for claim in &claims {
            if let Some(marks) = places.in_claim(claim, &with) {
                let excerpt = claim_text(claim, &report.text).to_owned();
                hits.push(Hit { id: claim.id.clone(), report: claim.report.clone(), excerpt, marks });
            }
        }
        Ok(())
    }
}

fn claim_text<'t>(claim: &Claim, text: &'t str) -> &'t str {
    text.get(claim.span.start as usize..claim.span.end as usize).unwrap_or_default()
}

/// Where each phrase stands in a report's text.
struct Places(Vec<Vec<Span>>);

impl Places {
    fn of(text: &str, phrases: &[Phrase]) -> Self {
        let words = Words::of(text);
        Self(phrases.iter().map(|phrase| words.find(phrase).collect()).collect())
    }

    /// Where the phrases stand in a claim's evidence; `None` unless each stands there or in one of the claim's
    /// slots. `with` has, for each phrase, the slots that it stands in.
    fn in_claim(&self, claim: &Claim, with: &[BTreeSet<&str>]) -> Option<Vec<Span>> {
        let mut marks = Vec::new();
        for (places, with) in self.0.iter().zip(with) {
            let before = marks.len();
            marks.extend(places.iter().filter(|place| claim.span.contains(**place)));
            let in_slot = || !with.is_empty() && slots(claim).iter().any(|slot| with.contains(slot));
            if marks.len() == before && !in_slot() {
                return None;
            }
        }
        Some(moved(marks, claim.span))
    }

    /// The part of the text around the first word found, else its beginning.
    fn excerpt(&self, report: Report) -> Hit {
        let text = &report.text;
        let first = self.0.iter().flatten().min().map_or(0, |place| place.start as usize);
        let start = text.floor_char_boundary(first.saturating_sub(AROUND));
        let start =
            if start == 0 { 0 } else { text[start..first].find(' ').map_or(start, |n| start + n + 1) };
        let end = text.ceil_char_boundary((first + AROUND).min(text.len()));
        let end =
            if end == text.len() { end } else { text[first..end].rfind(' ').map_or(end, |n| first + n) };
        let part = Span::new(start, end);
        let marks = self.0.iter().flatten().filter(|place| part.contains(**place)).copied().collect();
        let excerpt = part.of(text).to_owned();
        Hit { id: report.id.clone(), report: report.id, excerpt, marks: moved(marks, part) }
    }
}

/// The marks in order, each once, from the start of `part`.
fn moved(mut marks: Vec<Span>, part: Span) -> Vec<Span> {
    marks.sort_unstable();
    marks.dedup();
    for mark in &mut marks {
        *mark = Span { start: mark.start - part.start, end: mark.end - part.start };
    }
    marks
}
