//! A claim: source x stance x act x evidence.

use serde::{Deserialize, Serialize};

use crate::{Days, Figure, Id, IdKind, Kind, Means, ResolvedPlace, Span, Stance, Status, Verification};

/// Which rule or model filled a slot ("subject", "passive-agent", "pack:syria/act/shell"). Short, stable, fit to be looked up.
pub type Rule = String;

/// What fills a slot: a name, where it stands, and why it is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filler {
    /// The name, resolved to the fullest form in the document.
    pub name: String,
    /// Where it, or the word that refers to it, stands. `None` when a rule filled it (the narrator).
    pub span: Option<Span>,
    /// The rule or model that filled it.
    pub rule: Rule,
    /// Id of the pack's party, once resolved (`syria/army`).
    pub party: Option<String>,
    /// The place, once resolved; only in the place slot.
    pub place: Option<ResolvedPlace>,
}

impl Filler {
    /// A name that stands in the text.
    pub fn new(name: impl Into<String>, span: Span, rule: &str) -> Self {
        Self { name: name.into(), span: Some(span), rule: rule.to_owned(), party: None, place: None }
    }

    /// The publication itself.
    pub fn narrator() -> Self {
        Self {
            name: "narrator".to_owned(),
            span: None,
            rule: "narrator".to_owned(),
            party: None,
            place: None,
        }
    }

    /// True for [`Filler::narrator`].
    pub fn is_narrator(&self) -> bool {
        self.name == "narrator"
    }
}

/// What is said to have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// The kind.
    pub kind: Kind,
    /// Where an act of aid, truce or talks stands.
    pub status: Option<Status>,
    /// Who does it.
    pub actor: Vec<Filler>,
    /// To whom or what it is done.
    pub target: Vec<Filler>,
    /// The most exact places named for it.
    pub place: Vec<Filler>,
    /// First and last day, and where they are told.
    pub days: Option<Days>,
    /// The words that tell the days.
    pub days_span: Option<Span>,
    /// How.
    pub means: Vec<Means>,
    /// Counts.
    pub figures: Vec<Figure>,
}

/// One thing that a report says, kept together with who says it. Never changed once recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of the report's id, the evidence, kind, source and stance.
    pub id: Id,
    /// The report it stands in.
    pub report: Id,
    /// The evidence; `report.text[span]` is the quote, always.
    pub span: Span,
    /// The word that carries the act.
    pub anchor: Span,
    /// Who says it: the innermost speaker, or the narrator.
    pub source: Filler,
    /// The chain above the source, outermost first: publisher, agency, the speaker who cites.
    pub via: Vec<Filler>,
    /// How the source stands to it.
    pub stance: Stance,
    /// The word that carries the stance, where one does.
    pub stance_span: Option<Span>,
    /// It depends on a condition.
    pub conditional: bool,
    /// It is demanded or promised not to happen, or to stop.
    pub negated: bool,
    /// What the document says about checking it.
    pub verification: Option<Verification>,
    /// What is said to have happened.
    pub act: Act,
    /// The rule or model that found the act.
    pub rule: Rule,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

impl Act {
    /// An act of this kind, with nothing else known of it.
    pub fn of(kind: Kind) -> Self {
        Self {
            kind,
            status: None,
            actor: Vec::new(),
            target: Vec::new(),
            place: Vec::new(),
            days: None,
            days_span: None,
            means: Vec::new(),
            figures: Vec::new(),
        }
    }
}

impl Claim {
    /// What `source` states plainly: on no condition, nothing negated, and for certain.
    pub fn plain(report: &Id, span: Span, anchor: Span, source: Filler, act: Act, rule: &str) -> Self {
        Self {
            id: Self::make_id(report, span, anchor, act.kind, Stance::States, &source.name),
            report: report.clone(),
            span,
            anchor,
            source,
            via: Vec::new(),
            stance: Stance::States,
            stance_span: None,
            conditional: false,
            negated: false,
            verification: None,
            act,
            rule: rule.to_owned(),
            confidence: 1.0,
        }
    }

    /// The id that follows from what the claim says and where.
    pub fn make_id(report: &Id, span: Span, anchor: Span, kind: Kind, stance: Stance, source: &str) -> Id {
        let at = format!("{}:{}:{}:{}", span.start, span.end, anchor.start, anchor.end);
        Id::of(IdKind::Claim, &[report.as_str(), &at, kind.as_str(), stance.as_str(), source])
    }

    /// The evidence, word for word.
    pub fn quote<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}
