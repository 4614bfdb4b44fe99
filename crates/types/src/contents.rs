//! What a ledger holds at one moment, as values: the hand-over from storage to the record.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Claim, Correction, CorrectionAnswer, Id, Kind, LinkDecision, Report};

/// A value with the entry that recorded it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded<T> {
    /// Number of the ledger entry, from 1.
    pub entry: u64,
    /// When it was recorded.
    pub at: Timestamp,
    /// The value.
    pub value: T,
}

/// A report found to carry the same account as an earlier one (a wire copy, an exact copy).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyOf {
    /// The later report.
    pub report: Id,
    /// The earlier one.
    pub of: Id,
    /// Share of the text in common, 0 to 1; 1 is an exact copy.
    pub shared: f32,
}

/// Claims told of one place on some days: what a view looks at beside its own claims.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nearby {
    /// Id of the place, or the name of one that was not resolved.
    pub place: String,
    /// First day that the claims are about.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Only claims of these kinds; of every kind where it is empty.
    pub kinds: Vec<Kind>,
    /// At most so many, those of the earliest days.
    pub most: usize,
    /// The claims that are linked to them are looked at too.
    pub linked: bool,
}

/// Everything recorded up to some entry, each list in the order recorded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contents {
    /// Reports.
    pub reports: Vec<Recorded<Report>>,
    /// Copies.
    pub copies: Vec<Recorded<CopyOf>>,
    /// Claims.
    pub claims: Vec<Recorded<Claim>>,
    /// Link decisions; a later one on the same pair takes the place of the earlier.
    pub decisions: Vec<Recorded<LinkDecision>>,
    /// Corrections received.
    pub corrections: Vec<Recorded<Correction>>,
    /// Answers to them.
    pub answers: Vec<Recorded<CorrectionAnswer>>,
}
