//! The gauge of aid: what was requested, approved, delivered, blocked and attacked, and each convoy as it went.

use std::collections::BTreeMap;

use holdfire_types::{FigureKind, Id, Kind, Stance, Status, Truce};
use jiff::civil::Date;
use serde::Serialize;

use crate::record::{Record, place_keys};
use crate::view::{PlaceView, SourceView};
use crate::{Counted, FigureView};

/// Aid over a window.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct AidGauge {
    /// Claims by state of the aid, in the order of the code list.
    pub states: Vec<StateCount>,
    /// Counts of people, convoys and trucks as told, each with its basis. Never added: they may count one another.
    pub figures: Vec<AidFigure>,
    /// Aid to each place, step by step.
    pub convoys: Vec<Convoy>,
}

/// Claims that put aid or talks in one state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateCount {
    /// The state.
    pub status: Status,
    /// Claims that assert it.
    pub told: Counted,
}

/// One count of aid.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AidFigure {
    /// State of the aid counted.
    pub status: Option<Status>,
    /// Who says it.
    pub source: SourceView,
    /// The count, with its basis.
    pub figure: FigureView,
    /// The claim.
    pub claim: Id,
    /// Day it is told for.
    pub day: Option<Date>,
}

/// Aid to one place over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Convoy {
    /// Where to.
    pub place: PlaceView,
    /// What was told of it, by day.
    pub steps: Vec<Step>,
    /// How far it came: the state told for the last day, by the most sources; `None` where only demands are told.
    pub state: Option<Status>,
    /// Sources tell different states for that last day.
    pub contested: bool,
}

/// One step of a convoy, or of a round of talks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The day.
    pub day: Date,
    /// The state.
    pub status: Status,
    /// Who says so.
    pub source: SourceView,
    /// How that source stands to it: a demand or a promise is a step, yet not a fact.
    pub stance: Stance,
    /// It depends on a condition.
    pub conditional: bool,
    /// Who is named as doing it: who asks, approves, blocks, attacks.
    pub by: Vec<String>,
    /// The claim.
    pub claim: Id,
    /// The evidence.
    pub quote: String,
}

/// Days without a word after which the next word opens another convoy or round.
const GAP: i32 = 21;

impl Record {
    pub(crate) fn aid_gauge(&self, truce: &Truce, claims: &[u32]) -> AidGauge {
        let aid: Vec<u32> = claims
            .iter()
            .copied()
            .filter(|c| self.claim(*c).act.kind == Kind::Aid && self.in_area(*c, truce))
            .collect();
        let convoys = self
            .threads(&aid)
            .into_iter()
            .map(|(place, steps)| {
                let (state, contested) = last_state(&steps);
                Convoy { place, steps, state, contested }
            })
            .collect();
        AidGauge { states: self.states(Kind::Aid, &aid), figures: self.aid_figures(&aid), convoys }
    }

    /// Claims by status. A demand counts as requested and a promise as approved or planned only where its own status
    /// says so; a denial counts nowhere.
    pub(crate) fn states(&self, kind: Kind, claims: &[u32]) -> Vec<StateCount> {
        let count = |status: Status| {
            let told = |c: &&u32| {
                let claim = self.claim(**c);
                let wish = matches!(
                    status,
                    Status::Requested
                        | Status::Approved
                        | Status::Planned
                        | Status::Waiting
                        | Status::Proposed
                );
                let said = matches!(claim.stance, Stance::States | Stance::Accuses)
                    || wish && matches!(claim.stance, Stance::Demands | Stance::Promises);
                claim.act.status == Some(status) && said && !claim.conditional
            };
            let claims: Vec<Id> = claims.iter().filter(told).map(|c| self.claim(*c).id.clone()).collect();
            StateCount { status, told: Counted { value: claims.len() as u64, claims } }
        };
        Status::of(kind).iter().map(|s| count(*s)).collect()
    }

    fn aid_figures(&self, claims: &[u32]) -> Vec<AidFigure> {
        let mut figures = Vec::new();
        for &at in claims.iter().filter(|c| self.asserts(**c)) {
            let line = self.line(at);
            let counted = |f: &&FigureView| {
                matches!(
                    f.what,
                    FigureKind::PeopleReached
                        | FigureKind::Convoys
                        | FigureKind::Besieged
                        | FigureKind::Other
                )
            };
            figures.extend(line.figures.iter().filter(counted).map(|figure| AidFigure {
                status: line.status,
                source: line.source.clone(),
                figure: figure.clone(),
                claim: line.id.clone(),
                day: self.day_of(at),
            }));
        }
        figures
    }

    /// Claims with a status put in threads by place; a long silence ends a thread.
    pub(crate) fn threads(&self, claims: &[u32]) -> Vec<(PlaceView, Vec<Step>)> {
        let mut by_place: BTreeMap<String, Vec<(Date, u32)>> = BTreeMap::new();
        for &at in claims {
            let (Some(day), Some(_)) = (self.first_day(at), self.claim(at).act.status) else { continue };
            for key in place_keys(self.claim(at)) {
                by_place.entry(key).or_default().push((day, at));
            }
        }
        let mut threads = Vec::new();
        for (key, mut told) in by_place {
            told.sort_unstable();
            let mut from = 0;
            for at in 1..=told.len() {
                if at < told.len() && (told[at].0 - told[at - 1].0).get_days() <= GAP {
                    continue;
                }
                let place = self.place_of(told[from].1, &key);
                threads.push((
                    place,
                    told[from..at].iter().filter_map(|(day, c)| self.step(*day, *c)).collect(),
                ));
                from = at;
            }
        }
        threads.sort_by_key(|(_, steps): &(PlaceView, Vec<Step>)| steps.first().map(|s| s.day));
        threads
    }

    /// First day of an act, else the day its report was published.
    fn first_day(&self, at: u32) -> Option<Date> {
        self.claim(at).act.days.and_then(|d| d.from.or(d.to)).or_else(|| self.day_of(at))
    }

    fn place_of(&self, claim: u32, key: &str) -> PlaceView {
        let claim = self.claim(claim);
        let keys = place_keys(claim);
        let at = keys.iter().position(|k| k == key).unwrap_or_default();
        crate::show::place_view(&claim.act.place[at])
    }

    fn step(&self, day: Date, at: u32) -> Option<Step> {
        let claim = self.claim(at);
        Some(Step {
            day,
            status: claim.act.status?,
            source: self.source(at),
            stance: claim.stance,
            conditional: claim.conditional,
            by: claim.act.actor.iter().map(|f| f.name.clone()).collect(),
            claim: claim.id.clone(),
            quote: claim.quote(&self.report_of(at).text).to_owned(),
        })
    }
}

/// The state on the last day with an assertion: the one most sources tell; of equals the one further along.
fn last_state(steps: &[Step]) -> (Option<Status>, bool) {
    let fact = |s: &&Step| matches!(s.stance, Stance::States | Stance::Accuses) && !s.conditional;
    let Some(last) = steps.iter().filter(fact).map(|s| s.day).max() else { return (None, false) };
    let mut sources: BTreeMap<Status, Vec<&str>> = BTreeMap::new();
    for step in steps.iter().filter(fact).filter(|s| s.day == last) {
        let list = sources.entry(step.status).or_default();
        if !list.contains(&step.source.key.as_str()) {
            list.push(&step.source.key);
        }
    }
    let state = sources.iter().max_by_key(|(status, list)| (list.len(), **status)).map(|(status, _)| *status);
    // Blocked and attacked are two words for one end; delivered against either is a dispute.
    let arrived = sources.contains_key(&Status::Delivered);
    let stopped = [Status::Blocked, Status::Attacked, Status::Denied].iter().any(|s| sources.contains_key(s));
    (state, arrived && stopped)
}
