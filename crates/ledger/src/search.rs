//! Search by words: in titles, texts and the slots of claims.
//!
//! The index finds reports. Which of their claims have the words themselves is then seen from the claims, so that
//! every word is indexed once.

use holdfire_types::{Claim, Id, IdKind, Span};
use rusqlite::params;

use crate::form::id_of;
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
    /// Where the words stand in the excerpt, in bytes; none where only a slot has them.
    pub marks: Vec<Span>,
}

/// What a search found, the latest recorded first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Claims whose evidence and slots have all the words.
    pub claims: Vec<Hit>,
    /// Reports that have them, in title, text or slots.
    pub reports: Vec<Hit>,
    /// False when so many reports have the words that claims were looked for in the latest of them only.
    pub all_looked_at: bool,
}

/// Reports whose claims are looked at for one search.
const LOOKED_AT: usize = 400;

/// Marks put around found words; they stand in no text that anyone reads.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

impl Ledger {
    /// Claims and reports that have all of `words`, at most `limit` of each, the latest recorded first.
    ///
    /// Words in quotation marks must follow each other; a word that ends with `*` may go on. Case and accents do
    /// not count. All else is taken as it is written: no input is an error.
    pub fn search(&self, words: &str, limit: usize) -> Result<Found, LedgerError> {
        let phrases = Phrase::all(words);
        if phrases.is_empty() {
            return Ok(Found { all_looked_at: true, ..Found::default() });
        }
        let query: Vec<_> = phrases.iter().map(Phrase::as_query).collect();
        let query = query.join(" ");
        let reports = self.reports_with(&query, limit)?;
        let candidates: Vec<i64> = self.rows(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?",
            params![query, LOOKED_AT as i64 + 1],
            |row| row.get(0),
        )?;
        let mut claims = Vec::new();
        for &report in candidates.iter().take(LOOKED_AT) {
            if claims.len() >= limit {
                break;
            }
            self.claims_with(report as u64, &phrases, limit, &mut claims)?;
        }
        Ok(Found { claims, reports, all_looked_at: candidates.len() <= LOOKED_AT })
    }

    fn reports_with(&self, query: &str, limit: usize) -> Result<Vec<Hit>, LedgerError> {
        let rows = self.rows(
            "SELECT report.id, snippet(words, 1, char(2), char(3), '...', 24)
             FROM words JOIN report ON report.entry = words.rowid
             WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?",
            params![query, i64::try_from(limit).unwrap_or(i64::MAX)],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
        )?;
        let hit = |(id, marked): (i64, String)| {
            let (excerpt, marks) = unmarked(&marked);
            let id = id_of(IdKind::Report, id as u64)?;
            Some(Hit { report: id.clone(), id, excerpt, marks })
        };
        Ok(rows.into_iter().filter_map(hit).collect())
    }

    /// Adds the claims of the report that entry `report` holds and that have all the phrases.
    fn claims_with(
        &self,
        report: u64,
        phrases: &[Phrase],
        limit: usize,
        hits: &mut Vec<Hit>,
    ) -> Result<(), LedgerError> {
        let Some(reading) = lookup::current_reading(&self.conn, &self.path, report)? else { return Ok(()) };
        let batch = self.reading_at(reading)?.1;
        let text = self.report_at(report)?.value.text;
        for claim in batch.claims {
            if hits.len() == limit {
                break;
            }
            let quote = text.get(claim.span.start as usize..claim.span.end as usize).unwrap_or_default();
            if let Some(marks) = marks(&claim, quote, phrases) {
                hits.push(Hit { id: claim.id, report: claim.report, excerpt: quote.to_owned(), marks });
            }
        }
        Ok(())
    }
}

/// Where the phrases stand in a claim's evidence; `None` unless each stands there or in a slot.
fn marks(claim: &Claim, quote: &str, phrases: &[Phrase]) -> Option<Vec<Span>> {
    let quote = Words::of(quote);
    let mut in_slots = None;
    let mut marks = Vec::new();
    for phrase in phrases {
        let before = marks.len();
        marks.extend(quote.find(phrase));
        if marks.len() == before {
            let slots =
                in_slots.get_or_insert_with(|| slots(claim).into_iter().map(Words::of).collect::<Vec<_>>());
            if !slots.iter().any(|slot| slot.find(phrase).next().is_some()) {
                return None;
            }
        }
    }
    marks.sort_unstable();
    marks.dedup();
    Some(marks)
}

/// Takes the marks out of an excerpt and tells where they stood.
fn unmarked(marked: &str) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(marked.len());
    let (mut marks, mut open) = (Vec::new(), None);
    for c in marked.chars() {
        match c {
            OPEN => open = Some(text.len()),
            CLOSE => marks.extend(open.take().map(|start| Span::new(start, text.len()))),
            _ => text.push(c),
        }
    }
    (text, marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let (text, marks) = unmarked("in \u{2}al-Bab\u{3} now");
        assert_eq!(text, "in al-Bab now");
        assert_eq!(marks[0].of(&text), "al-Bab");
    }
}
