//! What the record adds to claims: incidents, link decisions, corrections.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Id, Reason};

codes! {
    /// Whether two claims speak of one incident.
    Decision {
        /// They do.
        Same = "same",
        /// They do not.
        Different = "different",
        /// It cannot be told.
        Unsure = "unsure",
    }
}

/// Who decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionBy {
    /// A rule of the linker, by name and version.
    Rule(String),
    /// A person.
    Person(String),
}

/// A decision on two claims. A later decision on the same pair takes its place; both stay in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkDecision {
    /// The earlier claim (by id order).
    pub a: Id,
    /// The later claim.
    pub b: Id,
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub by: DecisionBy,
    /// Evidence for it, in short phrases ("same day", "same place: al-Bab").
    pub evidence_for: Vec<String>,
    /// Evidence against it.
    pub evidence_against: Vec<String>,
}

/// A linked set of claims. It is a view: rebuilt from claims and decisions, never stored as truth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    /// Id, from the id of its earliest-recorded claim.
    pub id: Id,
    /// Claims, in the order recorded.
    pub claims: Vec<Id>,
}

/// Someone's objection to what the record holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The receipt.
    pub id: Id,
    /// The report, claim or incident objected to.
    pub of: Id,
    /// Why.
    pub reason: Reason,
    /// In the sender's words.
    pub text: String,
    /// How to reach the sender, where given. Personal data: never shown in public views.
    pub contact: Option<String>,
    /// When it was received.
    pub received: Timestamp,
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAnswer {
    /// The correction answered.
    pub correction: Id,
    /// True when the record follows it.
    pub accepted: bool,
    /// The reason given to the public.
    pub text: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub decided: Timestamp,
}
