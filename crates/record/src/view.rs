//! Views: what the terminal and the pages show of claims, reports and corrections. Plain values; nothing here decides.

use holdfire_types::{
    Days, Decision, DecisionBy, FigureKind, FoundIn, Genre, Id, Kind, Means, PartyKind, PlacePrecision,
    Reason, Root, Stance, Status, Verification,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::{Differences, Interval};

/// A number with the claims that it rests on. A number without claims is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The number.
    pub value: u64,
    /// The claims behind it.
    pub claims: Vec<Id>,
}

/// Who says something: the speaker, or for a publication's own words its agency or publisher.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceView {
    /// What makes two mentions one source: the party's id, else the folded name.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// True when it is a side of the act it speaks of.
    pub party_to_it: bool,
}

/// Where an act happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlaceView {
    /// As the report writes it.
    pub name: String,
    /// Gazetteer id, once resolved.
    pub id: Option<String>,
    /// First-level region; empty when not known.
    pub admin1: String,
    /// ISO code of the country; empty when not known.
    pub country: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// How exactly it is meant.
    pub precision: Option<PlacePrecision>,
}

/// One count of a claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureView {
    /// What is counted.
    pub what: FigureKind,
    /// The noun counted.
    pub of: String,
    /// The bounds.
    pub count: Interval,
    /// A share, where no number is given.
    pub share: Option<f64>,
    /// The words of the number.
    pub words: String,
    /// The words of the time it covers.
    pub window: Option<String>,
    /// Days it covers, where they can be reckoned.
    pub covers: Option<Days>,
    /// Counting basis, in the report's words ("besieged", "January's plan", "since 7 February"); empty when none is told.
    pub basis: Vec<String>,
    /// A part of the figure before it; never added to it.
    pub part: bool,
}

/// A claim on one line: who says what, where it stands and how it is recorded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimLine {
    /// The claim.
    pub id: Id,
    /// Its report.
    pub report: Id,
    /// Who published the report, or the name it came with.
    pub publisher: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who says it.
    pub source: SourceView,
    /// The chain of sources, outermost first: publisher, agency, speaker, whom the speaker cites.
    pub chain: Vec<String>,
    /// How the source stands to it.
    pub stance: Stance,
    /// It depends on a condition.
    pub conditional: bool,
    /// It is demanded or promised not to happen.
    pub negated: bool,
    /// What the report says about checking it.
    pub verification: Option<Verification>,
    /// What happened.
    pub kind: Kind,
    /// Where aid, a truce or talks stand.
    pub status: Option<Status>,
    /// Who does it.
    pub actor: Vec<String>,
    /// To whom.
    pub target: Vec<String>,
    /// Where.
    pub place: Vec<PlaceView>,
    /// When.
    pub days: Option<Days>,
    /// How.
    pub means: Vec<Means>,
    /// Counts.
    pub figures: Vec<FigureView>,
    /// The evidence, word for word.
    pub quote: String,
    /// Where the evidence stands in the report, in code points, `[start, end)`.
    pub chars: [usize; 2],
    /// How sure the reader is.
    pub confidence: f32,
    /// Number of the ledger entry.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Timestamp,
    /// The incident it belongs to, for acts that make incidents.
    pub incident: Option<Id>,
    /// The earlier report that its report copies.
    pub copy_of: Option<Id>,
    /// The accepted correction that struck it. A struck claim stays visible and is counted nowhere.
    pub struck: Option<Id>,
}

/// One slot of a claim and why it is filled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SlotView {
    /// Name of the slot ("actor").
    pub slot: &'static str,
    /// What fills it.
    pub value: String,
    /// The words it was read from; empty when a rule filled it.
    pub words: String,
    /// Where they stand, in code points.
    pub chars: Option<[usize; 2]>,
    /// The rule or model.
    pub rule: String,
    /// Party id, once resolved.
    pub party: Option<String>,
}

/// A decision on two claims, with its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkView {
    /// One claim.
    pub a: Id,
    /// The other.
    pub b: Id,
    /// What was decided.
    pub decision: Decision,
    /// By whom.
    pub by: DecisionBy,
    /// Evidence for one incident.
    pub evidence_for: Vec<String>,
    /// Evidence against.
    pub evidence_against: Vec<String>,
    /// Number of the ledger entry.
    pub entry: u64,
    /// False when a later decision on the pair, or a person's, took its place.
    pub stands: bool,
}

/// An objection and what became of it. Never holds the sender's address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionView {
    /// The receipt.
    pub id: Id,
    /// What it objects to.
    pub of: Id,
    /// Why.
    pub reason: Reason,
    /// In the sender's words.
    pub text: String,
    /// When it was received.
    pub received: Timestamp,
    /// The answers, in the order given; the last one holds.
    pub answers: Vec<AnswerView>,
}

/// An answer to a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerView {
    /// True when the record follows the correction.
    pub accepted: bool,
    /// The reason given.
    pub text: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub decided: Timestamp,
}

/// One claim whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClaimView {
    /// The claim.
    pub line: ClaimLine,
    /// The sentence around the evidence, word for word.
    pub sentence: String,
    /// Where the evidence lies within `sentence`, in code points.
    pub within: [usize; 2],
    /// Each slot with its reason.
    pub slots: Vec<SlotView>,
    /// The root event that it is in PLOVER's terms; none for states and counts.
    pub plover: Option<Root>,
    /// And in CAMEO's, by PLOVER's own table.
    pub cameo: Option<&'static str>,
    /// Every decision on it and another claim.
    pub links: Vec<LinkView>,
    /// Corrections of it or of its report.
    pub corrections: Vec<CorrectionView>,
}

/// One report whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportView {
    /// The report.
    pub id: Id,
    /// The name it came with.
    pub name: String,
    /// Title.
    pub title: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Agency.
    pub agency: Option<String>,
    /// Dateline.
    pub dateline: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Where that day was found.
    pub published_found: Option<FoundIn>,
    /// Language.
    pub lang: Option<String>,
    /// News, opinion or statement.
    pub genre: Genre,
    /// The text that every span points into.
    pub text: String,
    /// Its claims, in the order of the text.
    pub claims: Vec<ClaimLine>,
    /// Reports of the same account: the one it copies and those that copy it.
    pub copies: Vec<CopyView>,
    /// Other texts published under the same address, in the order recorded.
    pub versions: Vec<VersionView>,
    /// Corrections of it.
    pub corrections: Vec<CorrectionView>,
    /// Number of the ledger entry.
    pub entry: u64,
    /// When it was recorded.
    pub recorded: Timestamp,
}

/// A copy of a report, or the report copied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyView {
    /// The other report.
    pub report: Id,
    /// Its publisher, or the name it came with.
    pub publisher: String,
    /// True when the other one came first.
    pub earlier: bool,
    /// Share of the shorter text in common.
    pub shared: f32,
    /// What the later of the two added and left out.
    pub differences: Differences,
}

/// Another text under the same address.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VersionView {
    /// The other report.
    pub report: Id,
    /// True when the other one was recorded first.
    pub earlier: bool,
    /// What the later of the two added and left out.
    pub differences: Differences,
}
