//! The core types of holdfire. Every other crate speaks in these nouns.
//!
//! - [`Report`]: one publication as it was read: clean text, publisher, date and where each came from.
//! - [`Sentence`] and [`Token`]: what the language layer makes of the text.
//! - [`Claim`]: source x stance x act x evidence; one thing that a report says, and who says it.
//! - [`Truce`]: the terms that incidents are held against.
//! - [`Incident`], [`LinkDecision`], [`Correction`]: what the record adds, never overwriting a claim.
//!
//! Spans are bytes into [`Report::text`] inside the program and Unicode code points in every output
//! ([`CharMap`] converts). This crate knows nothing of everything else.

mod claim;
mod codes;
mod contents;
mod figure;
mod ids;
mod incident;
mod place;
mod plover;
mod problem;
mod report;
mod sentence;
mod span;
mod truce;
mod when;

pub use claim::{Act, Claim, Filler, Rule};
pub use codes::{
    Certainty, Kind, Means, PartyKind, Polarity, Reason, ScopeVerdict, Stance, Status, UnknownCode,
    Verification,
};
pub use contents::{Contents, CopyOf, Nearby, Recorded};
pub use figure::{Figure, FigureKind, Window};
pub use ids::{Id, IdKind};
pub use incident::{Correction, CorrectionAnswer, Decision, DecisionBy, Incident, LinkDecision};
pub use place::{PlacePrecision, ResolvedPlace};
pub use plover::Root;
pub use problem::Problem;
pub use report::{FoundIn, Genre, Published, Report, SourceFormat};
pub use sentence::{Dep, NameType, NamedSpan, Sentence, Token, Upos};
pub use span::{CharMap, Span};
pub use truce::{Term, TermRule, Truce};
pub use when::{DayPrecision, Days};
