//! A problem with one input, told so that a person can mend it. Problems never stop a run.

use serde::{Deserialize, Serialize};

/// What was wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// File, with line where there is one ("reports/a.jsonl:7"), or the report's name.
    pub at: String,
    /// What happened ("published `2017-02-30` is no date").
    pub what: String,
    /// What to do ("write it as YYYY-MM-DD").
    pub mend: String,
}

impl Problem {
    /// A problem from its three parts.
    pub fn new(at: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into(), mend: mend.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}; {}", self.at, self.what, self.mend)
    }
}
