//! A truce as data, after the UN's Guidance on Mediation of Ceasefires (2022).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Kind, Means};

/// What a term decides about an act.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermRule {
    /// These kinds of act, by these means where given, are barred.
    Bars {
        /// Kinds of act.
        kinds: Vec<Kind>,
        /// Means; empty for any.
        means: Vec<Means>,
    },
    /// These parties, and those who fight only them, stand outside.
    ExcludesParty {
        /// Party ids.
        parties: Vec<String>,
    },
    /// Places held by these parties stand outside.
    ExcludesAreaOf {
        /// Party ids.
        parties: Vec<String>,
    },
    /// A thing undertaken (aid, talks, a monitoring body) that the gauges follow.
    Undertakes {
        /// Kinds of act.
        kinds: Vec<Kind>,
    },
}

/// One term of a truce. Whether it holds may itself be disputed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Short name ("excluded-groups").
    pub id: String,
    /// In plain words.
    pub text: String,
    /// What it decides.
    pub rule: TermRule,
    /// Who disputes it and how, in plain words; empty when nobody does.
    pub disputed: String,
    /// Where it stands.
    pub source: String,
}

/// A cease-fire's terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truce {
    /// Id ("syria-2016-12-30").
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO codes of the countries whose territory is the area.
    pub countries: Vec<String>,
    /// Ids of the places that bound the area further; empty for the whole territory.
    pub area: Vec<String>,
    /// Ids of the parties bound.
    pub parties: Vec<String>,
    /// Ids of the guarantors.
    pub guarantors: Vec<String>,
    /// Who monitors, in plain words.
    pub monitoring: String,
    /// First day in force.
    pub start: Date,
    /// Last day in force, where one is set or known.
    pub end: Option<Date>,
    /// The terms.
    pub terms: Vec<Term>,
    /// Where the text or an account of it can be read.
    pub sources: Vec<String>,
}
