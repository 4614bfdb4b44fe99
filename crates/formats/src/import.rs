//! Rows of other data sets as claims of their makers.
//!
//! - [`Form`]: whose rows they are.
//! - [`Rows`]: the rows of one file, each an [`Imported`] or a problem with its line.
//! - [`Imported`]: one row as a report of one sentence, with the claims of its maker that point into it.
//!
//! `docs/imports.md` has the columns and the traps of each form.

mod acled;
mod bulletin;
mod claims;
mod ged;
mod hapi;
mod osce;
mod sheet;
mod telling;

#[cfg(test)]
mod tests;

use holdfire_types::{Claim, Problem, Report};

use sheet::{Fault, Row, Sheet};

/// Whose rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// ACLED's events, of today and of older years.
    Acled,
    /// UCDP's georeferenced events (GED).
    Ged,
    /// Conflict events of HDX HAPI, summed up by month and area.
    Hapi,
    /// The bulletin of two parties: each side's count of breaches.
    Bulletin,
    /// A monitoring mission's table of observations.
    Osce,
    /// Our own CSV of claims.
    Claims,
}

impl Form {
    /// The word for it on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acled => "acled",
            Self::Ged => "ged",
            Self::Hapi => "hapi",
            Self::Bulletin => "bulletin",
            Self::Osce => "osce",
            Self::Claims => "csv",
        }
    }

    /// Groups of columns; of each, one must be there.
    const fn needed(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Acled => acled::NEEDED,
            Self::Ged => ged::NEEDED,
            Self::Hapi => hapi::NEEDED,
            Self::Bulletin => bulletin::NEEDED,
            Self::Osce => osce::NEEDED,
            Self::Claims => claims::NEEDED,
        }
    }
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a file cannot be read as a table of its form at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No line of heads, or a line that can be none.
    #[error("{file}: it is no table; a first line with the heads of {form}'s columns is needed")]
    NoTable {
        /// The file.
        file: String,
        /// The form.
        form: Form,
    },
    /// Columns that the form cannot do without.
    #[error("{file}: as {form} it lacks the column {}; add it, or name another form with --as", columns.join(", and "))]
    MissingColumns {
        /// The file.
        file: String,
        /// The form.
        form: Form,
        /// The columns; where one of several will do, those with "or" between them.
        columns: Vec<String>,
    },
}

/// One row, told.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The row as a sentence.
    pub report: Report,
    /// What its maker claims. Parties are not resolved; places stand where the row puts them, or are not resolved.
    pub claims: Vec<Claim>,
    /// What is odd in a row that went in all the same.
    pub doubts: Vec<Problem>,
}

/// The rows of one file.
pub struct Rows<'t> {
    form: Form,
    file: String,
    sheet: Sheet<'t>,
    events: acled::Events,
}

/// Reads the rows of a file. `file` is the name for problems.
///
/// # Errors
/// [`ImportError`] when the file is no table of this form.
pub fn import<'t>(form: Form, file: &str, text: &'t str) -> Result<Rows<'t>, ImportError> {
    let open = || Sheet::open(form, file, text, form.needed());
    let events = match form {
        Form::Acled => acled::Events::of(open()?),
        _ => acled::Events::default(),
    };
    Ok(Rows { form, file: file.to_owned(), sheet: open()?, events })
}

impl Iterator for Rows<'_> {
    type Item = Result<Imported, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, told) = match self.sheet.next()? {
                Ok(row) => (row.line, self.tell(row)),
                Err((line, fault)) => (line, Err(fault)),
            };
            let at = format!("{}:{line}", self.file);
            return Some(match told {
                Ok(None) => continue,
                Ok(Some((report, claims, doubts))) => {
                    let doubts = doubts.into_iter().map(|f| Problem::new(at.as_str(), f.what, f.mend));
                    Ok(Imported { report, claims, doubts: doubts.collect() })
                }
                Err(fault) => Err(Problem::new(at, fault.what, fault.mend)),
            });
        }
    }
}

/// A row told: its report, its claims, and what is odd in it.
type Told = (Report, Vec<Claim>, Vec<Fault>);

impl Rows<'_> {
    /// `None` for a row that belongs to one still to come.
    fn tell(&mut self, row: Row) -> Result<Option<Told>, Fault> {
        match self.form {
            Form::Acled => self.events.gather(row).map(|rows| acled::tell(&rows)).transpose(),
            Form::Ged => ged::tell(&row).map(Some),
            Form::Hapi => hapi::tell(&row).map(Some),
            Form::Bulletin => bulletin::tell(&row).map(Some),
            Form::Osce => osce::tell(&row).map(Some),
            Form::Claims => claims::tell(&row).map(Some),
        }
    }
}
