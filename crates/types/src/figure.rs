//! Figures: counts with bounds, what they count and over what time.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Days, Span};

codes! {
    /// What a figure counts.
    FigureKind {
        /// Dead.
        Killed = "killed",
        /// Injured.
        Wounded = "wounded",
        /// Driven out.
        Displaced = "displaced",
        /// Held.
        Detained = "detained",
        /// Freed.
        Released = "released",
        /// Missing.
        Missing = "missing",
        /// Fled.
        Fled = "fled",
        /// Besieged.
        Besieged = "besieged",
        /// Breaches of a truce.
        Violations = "violations",
        /// Shells, rockets, strikes.
        Munitions = "munitions",
        /// Convoys or trucks.
        Convoys = "convoys",
        /// People reached with aid.
        PeopleReached = "people-reached",
        /// Things destroyed.
        Destroyed = "destroyed",
        /// Fighters taking part.
        Fighters = "fighters",
        /// A distance.
        DistanceKm = "distance-km",
        /// Anything else counted.
        Other = "other",
    }
}

/// The time a count covers, in the text's own words and, where they can be reckoned, in days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The words ("in the past 24 hours").
    pub span: Span,
    /// The days it covers.
    pub days: Days,
}

/// One count. `24` is `min == max == 24`; "at least 5" has no `max`; a share has neither.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub what: FigureKind,
    /// The noun counted ("civilians"); empty where none is named.
    pub of: String,
    /// Lower bound, itself included.
    pub min: Option<u64>,
    /// Upper bound, itself included.
    pub max: Option<u64>,
    /// A share between 0 and 1 where no number is given ("half of the population").
    pub share: Option<f64>,
    /// The words of the number and its modifier ("at least 24").
    pub span: Span,
    /// The time it covers, where the text says.
    pub window: Option<Window>,
    /// True for a part of the figure before it in the claim ("including 11 children"); never added to it.
    pub part: bool,
}
