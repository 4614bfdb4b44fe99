//! Incidents with the claims and reports that they rest on: what exports write in the forms of others.

use holdfire_types::{Claim, Id, Report};
use jiff::Timestamp;

use crate::accounts::{FigureAccounts, IncidentSummary};
use crate::parties::Parties;
use crate::record::Record;
use crate::view::SourceView;

/// One incident with all that is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence<'r> {
    /// Its line in lists.
    pub summary: IncidentSummary,
    /// Each count with all that is said of it.
    pub figures: Vec<FigureAccounts>,
    /// Its claims, in the order recorded.
    pub claims: Vec<ClaimEvidence<'r>>,
}

/// One claim of an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimEvidence<'r> {
    /// The claim.
    pub claim: &'r Claim,
    /// Its report.
    pub report: &'r Report,
    /// Who says it.
    pub source: SourceView,
    /// It is said or charged, without a condition, and no correction strikes it.
    pub asserts: bool,
    /// When it was recorded.
    pub recorded: Timestamp,
}

impl Record {
    /// Every incident with its claims, in the order of its earliest-recorded claim.
    pub fn evidence(&self) -> impl Iterator<Item = Evidence<'_>> {
        (0..self.incidents.len() as u32).map(|at| {
            let claims = &self.incidents[at as usize];
            Evidence {
                summary: self.summary(at),
                figures: self.figures(claims),
                claims: claims.iter().map(|claim| self.claim_evidence(*claim)).collect(),
            }
        })
    }

    /// Ids of the claims that are part of no incident, in the order recorded.
    pub fn claims_apart(&self) -> impl Iterator<Item = &Id> {
        let apart = self.contents.claims.iter().zip(&self.incident_of).filter(|(_, of)| of.is_none());
        apart.map(|(claim, _)| &claim.value.id)
    }

    /// Who is who.
    pub fn parties(&self) -> &Parties {
        &self.parties
    }

    fn claim_evidence(&self, at: u32) -> ClaimEvidence<'_> {
        ClaimEvidence {
            claim: self.claim(at),
            report: self.report_of(at),
            source: self.source(at),
            asserts: self.asserts(at),
            recorded: self.contents.claims[at as usize].at,
        }
    }
}
