//! The gauge of talks: planned, held, postponed, ended, failed, and each round as it went.

use holdfire_types::{Kind, Status, Truce};
use serde::Serialize;

use crate::aid::{StateCount, Step};
use crate::record::Record;
use crate::view::PlaceView;

/// Talks over a window.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct TalksGauge {
    /// Claims by state, in the order of the code list.
    pub states: Vec<StateCount>,
    /// Rounds by place.
    pub rounds: Vec<Round>,
}

/// Talks at one place over some days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Round {
    /// Where.
    pub place: PlaceView,
    /// What was told of it, by day.
    pub steps: Vec<Step>,
    /// The state told for the last day.
    pub state: Option<Status>,
    /// Everyone named as taking part, with no word on who came.
    pub named: Vec<String>,
}

impl Record {
    pub(crate) fn talks_gauge(&self, truce: &Truce, claims: &[u32]) -> TalksGauge {
        // Talks are held abroad: the place is no test. The parties or guarantors of the truce, or no known party, are.
        let concerns = |c: &u32| {
            let parties = || {
                self.claim(*c)
                    .act
                    .actor
                    .iter()
                    .chain(&self.claim(*c).act.target)
                    .filter_map(|f| f.party.as_deref())
            };
            let mut known = parties().peekable();
            known.peek().is_none()
                || known.any(|p| {
                    self.parties.stands_under(p, &truce.parties)
                        || self.parties.stands_under(p, &truce.guarantors)
                })
        };
        let talks: Vec<u32> = claims
            .iter()
            .copied()
            .filter(|c| self.claim(*c).act.kind == Kind::Talks && concerns(c))
            .collect();
        let rounds = self.threads(&talks).into_iter().map(|(place, steps)| {
            let mut named: Vec<String> = Vec::new();
            for name in steps.iter().flat_map(|s| &s.by) {
                if !named.contains(name) {
                    named.push(name.clone());
                }
            }
            let state = steps.iter().max_by_key(|s| s.day).map(|s| s.status);
            Round { place, steps, state, named }
        });
        TalksGauge { states: self.states(Kind::Talks, &talks), rounds: rounds.collect() }
    }
}
