//! Search by words: in the evidence and slots of claims, and in the titles and texts of reports.

use holdfire_types::{Id, IdKind, Span};
use rusqlite::params;

use crate::form::id_of;
use crate::{Ledger, LedgerError};

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

/// What a search found, the best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Claims.
    pub claims: Vec<Hit>,
    /// Reports.
    pub reports: Vec<Hit>,
}

/// Marks put around found words; they stand in no text that anyone reads.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

impl Ledger {
    /// Claims and reports that have all of `words`, at most `limit` of each, the best first.
    ///
    /// Words in quotation marks must follow each other; a word that ends with `*` may go on. All else is taken
    /// as it is written: no input is an error.
    pub fn search(&self, words: &str, limit: usize) -> Result<Found, LedgerError> {
        let Some(query) = query(words) else { return Ok(Found::default()) };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let claims = self.hits(
            "SELECT claim.id, report.id, highlight(claim_words, 0, char(2), char(3))
             FROM (SELECT rowid AS seq FROM claim_words WHERE claim_words MATCH ?1 ORDER BY rank LIMIT ?2) AS best
               JOIN claim_words ON claim_words.rowid = best.seq AND claim_words MATCH ?1
               JOIN claim ON claim.seq = best.seq
               JOIN batch ON batch.entry = claim.batch JOIN report ON report.entry = batch.report
             ORDER BY claim_words.rank, best.seq",
            &query,
            limit,
            IdKind::Claim,
        )?;
        let reports = self.hits(
            "SELECT report.id, report.id, snippet(report_words, -1, char(2), char(3), '...', 24)
             FROM report_words JOIN report ON report.entry = report_words.rowid
             WHERE report_words MATCH ?1 ORDER BY report_words.rank, report.entry LIMIT ?2",
            &query,
            limit,
            IdKind::Report,
        )?;
        Ok(Found { claims, reports })
    }

    fn hits(&self, sql: &str, query: &str, limit: i64, kind: IdKind) -> Result<Vec<Hit>, LedgerError> {
        let run = || -> rusqlite::Result<Vec<(i64, i64, String)>> {
            let mut statement = self.conn.prepare_cached(sql)?;
            statement
                .query_map(params![query, limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        };
        let rows = run().map_err(|e| LedgerError::from_database(&self.path, e))?;
        let hit = |(id, report, marked): (i64, i64, String)| {
            let (excerpt, marks) = unmarked(&marked);
            Some(Hit {
                id: id_of(kind, id as u64)?,
                report: id_of(IdKind::Report, report as u64)?,
                excerpt,
                marks,
            })
        };
        Ok(rows.into_iter().filter_map(hit).collect())
    }
}

/// The words as a query in which every word is a quoted string; `None` where there is nothing to look for.
fn query(words: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (n, stretch) in words.split('"').enumerate() {
        if n % 2 == 1 {
            parts.extend(quoted(stretch));
        } else {
            parts.extend(stretch.split_whitespace().filter_map(quoted));
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn quoted(words: &str) -> Option<String> {
    let words = words.replace('\0', " ");
    let (words, star) = words.strip_suffix('*').map_or((words.as_str(), ""), |stem| (stem, " *"));
    words.chars().any(char::is_alphanumeric).then(|| format!("\"{words}\"{star}"))
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
    fn operators_are_words_like_any_other() {
        assert_eq!(query("al-Bab OR NOT (x"), Some("\"al-Bab\" \"OR\" \"NOT\" \"(x\"".to_owned()));
        assert_eq!(query("\"Euphrates Shield\" shell*"), Some("\"Euphrates Shield\" \"shell\" *".to_owned()));
        assert_eq!(query(" - \" ' * ^"), None);
    }

    #[test]
    fn marks_become_spans() {
        let (text, marks) = unmarked("in \u{2}al-Bab\u{3} now");
        assert_eq!(text, "in al-Bab now");
        assert_eq!(marks[0].of(&text), "al-Bab");
    }
}
