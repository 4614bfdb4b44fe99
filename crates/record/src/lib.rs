//! The record: what follows from claims, and nothing that does not.
//!
//! - [`CopyIndex`]: which reports carry one account.
//! - [`Linker`]: which claims may speak of one incident, with the evidence for and against.
//! - [`Record`]: claims, reports and incidents at one moment; built from [`holdfire_types::Contents`].
//! - [`IncidentView`]: every account of an incident side by side, with what arithmetic says of its figures.
//! - [`ScopeView`]: in, out, disputed or unknown under a truce, with the term and the claims.
//! - [`Standing`] and [`DaySheet`]: a truce over some days, and one day of it.
//!
//! Everything here is a pure function. Two sources' counts are never added: [`union_bounds`] gives what they allow.

mod accounts;
mod aid;
mod basis;
mod checks;
mod copies;
mod counts;
mod day;
mod evidence;
mod facts;
mod few;
mod hands;
mod incidents;
mod interval;
mod judge;
mod link;
mod nearby;
mod parties;
mod record;
mod scope;
mod show;
mod sides;
pub mod sources;
mod standing;
mod talks;
mod trend;
mod view;

pub use accounts::{Account, FigureAccount, FigureAccounts, IncidentSummary, IncidentView};
pub use aid::{AidFigure, AidGauge, Convoy, StateCount, Step};
pub use checks::{Check, Outcome, WindowCount, one_source};
pub use copies::{CopyIndex, Differences, differences};
pub use counts::Counts;
pub use day::{BreachList, DayIncident, DaySheet, Province, ProvinceCount, UnionBounds};
pub use evidence::{ClaimEvidence, Evidence};
pub use interval::{Interval, PlacedCounts, union_bounds};
pub use judge::RULE;
pub use link::Linker;
pub use nearby::{first_claim, incident_id, nearby};
pub use parties::{Parties, PartyFacts};
pub use record::Record;
pub use scope::{Ground, ScopeView};
pub use standing::{
    ByScope, Coverage, DayCell, Deaths, IncidentCount, Saying, SourceDays, Standing, Violence, Window, Word,
};
pub use talks::{Round, TalksGauge};
pub use trend::{Direction, Trend};
pub use view::*;
