//! Standing: how a truce stands over some days, by three gauges (violence, aid, talks), each number with its claims.
//!
//! The record never says that a truce holds. It says who says so, what is reported against its terms, and for how
//! many days nothing was reported at all.

use std::collections::{BTreeMap, BTreeSet};

use holdfire_types::{FigureKind, Id, Kind, ScopeVerdict, Stance, Status, Truce};
use jiff::civil::Date;
use serde::Serialize;

use crate::aid::AidGauge;
use crate::checks::{self, Check};
use crate::facts::day_number;
use crate::record::{Record, place_keys};
use crate::talks::TalksGauge;
use crate::trend::{Trend, trend};
use crate::view::{ClaimLine, SourceView};
use crate::{Counted, Counts, Interval};

/// Days from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Window {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Window {
    /// From one day to another; the earlier is the first.
    pub fn new(a: Date, b: Date) -> Self {
        Self { from: a.min(b), to: a.max(b) }
    }

    /// True when `day` lies in it.
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Its days in order; at most ten years of them.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.from.series(jiff::Span::new().days(1)).take_while(move |d| *d <= self.to).take(3660)
    }
}

/// How a truce stands over a window.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// Id of the truce.
    pub truce: String,
    /// Its name.
    pub name: String,
    /// The days looked at.
    pub window: Window,
    /// One sentence made of the data below; says who says so.
    pub verdict: String,
    /// Who says that it is kept or broken.
    pub says: Vec<Saying>,
    /// Violence.
    pub violence: Violence,
    /// Aid.
    pub aid: AidGauge,
    /// Talks.
    pub talks: TalksGauge,
    /// Day by day.
    pub days: Vec<DayCell>,
    /// How much was read, and of what days nothing.
    pub coverage: Coverage,
    /// What arithmetic finds in the figures of these days.
    pub checks: Vec<Check>,
}

/// What one source says of the truce itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Saying {
    /// The source.
    pub source: SourceView,
    /// What it says, taken together.
    pub word: Word,
    /// Its claims that the truce is kept.
    pub kept: Vec<ClaimLine>,
    /// Its claims that it is broken or over.
    pub broken: Vec<ClaimLine>,
}

/// A source's word on the truce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// It is broken or over.
    Broken,
    /// It is kept.
    Kept,
    /// Both: kept on the whole, yet broken here and there.
    Both,
}

/// Incidents counted, with the incidents and their claims.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct IncidentCount {
    /// How many.
    pub value: u64,
    /// Which.
    pub incidents: Vec<Id>,
    /// Their claims.
    pub claims: Vec<Id>,
}

impl IncidentCount {
    fn add(&mut self, record: &Record, incident: u32) {
        self.value += 1;
        self.incidents.push(record.incident_id(incident).clone());
        self.claims.extend(record.incidents[incident as usize].iter().map(|c| record.claim(*c).id.clone()));
    }
}

/// Incidents by verdict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ByScope {
    /// The terms bar them.
    pub within: IncidentCount,
    /// A term leaves them out.
    pub out: IncidentCount,
    /// It turns on what is disputed.
    pub disputed: IncidentCount,
    /// What would decide is not reported.
    pub unknown: IncidentCount,
}

impl ByScope {
    fn add(&mut self, record: &Record, incident: u32, verdict: ScopeVerdict) {
        let count = match verdict {
            ScopeVerdict::In => &mut self.within,
            ScopeVerdict::Out => &mut self.out,
            ScopeVerdict::Disputed => &mut self.disputed,
            ScopeVerdict::Unknown => &mut self.unknown,
        };
        count.add(record, incident);
    }
}

/// The gauge of violence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violence {
    /// Claims that assert an act of violence; the same account in copies counts each time.
    pub claims: Counted,
    /// The distinct incidents that they make, by verdict.
    pub incidents: ByScope,
    /// Of the incidents in scope, those that two or more independent sources assert.
    pub corroborated: IncidentCount,
    /// Incidents that are only denied or doubted.
    pub unasserted: IncidentCount,
    /// Counts over several days that sum up incidents counted above.
    pub summaries: IncidentCount,
    /// Deaths by source and by whom it counts; never summed over sources.
    pub deaths: Vec<Deaths>,
    /// Whether incidents in scope grow more or fewer.
    pub trend: Trend,
}

/// Deaths told by one source of incidents in or perhaps in scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Deaths {
    /// The source.
    pub source: SourceView,
    /// Whom it counts.
    pub of: Counts,
    /// At least the counts that cannot overlap, at most all of them.
    pub count: Interval,
    /// Its claims.
    pub claims: Vec<Id>,
}

/// One day of the strip.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayCell {
    /// The day.
    pub date: Date,
    /// Reports published that day.
    pub reports: u64,
    /// Of those, accounts of their own: copies left out.
    pub accounts: u64,
    /// Sources that spoke that day.
    pub sources: u64,
    /// Violence by verdict.
    pub incidents: ByScope,
    /// Claims on aid.
    pub aid: Counted,
    /// Claims on talks.
    pub talks: Counted,
    /// True when nothing was published that day in what was read: the day is blank, not quiet.
    pub blank: bool,
}

/// How much was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// Days in the window.
    pub days: u64,
    /// Days on which some report was published.
    pub days_with_reports: u64,
    /// Days without any report.
    pub blank_days: Vec<Date>,
    /// Reports published in the window.
    pub reports: u64,
    /// Of those, copies of others.
    pub copies: u64,
    /// Reports in the record that carry no date and are counted on no day.
    pub undated_reports: u64,
    /// Sources with the days on which they spoke.
    pub sources: Vec<SourceDays>,
}

/// The days of one source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceDays {
    /// The source.
    pub source: SourceView,
    /// Its claims in the window.
    pub claims: u64,
    /// Days on which it spoke.
    pub active_days: u64,
    /// Last of them.
    pub last: Option<Date>,
}

impl Record {
    /// How `truce` stands over `window`.
    pub fn standing(&self, truce: &Truce, window: Window) -> Standing {
        let claims = self.claims_in(window);
        let mut strip: BTreeMap<Date, DayCell> = window.days().map(|d| (d, DayCell::of(d))).collect();
        let coverage = self.coverage(window, &claims, &mut strip);
        let incidents = self.violence_in(window);
        let mut violence = Violence {
            claims: Counted::default(),
            incidents: ByScope::default(),
            corroborated: IncidentCount::default(),
            unasserted: IncidentCount::default(),
            summaries: IncidentCount::default(),
            deaths: Vec::new(),
            trend: Trend::default(),
        };
        let mut perhaps_in: Vec<u32> = Vec::new();
        for (incident, day) in incidents {
            let Some(scope) = self.scope_of(incident, truce) else { continue };
            let asserting: Vec<u32> =
                self.incidents[incident as usize].iter().copied().filter(|c| self.asserts(*c)).collect();
            if asserting.is_empty() {
                violence.unasserted.add(self, incident);
                continue;
            }
            if scope.verdict != ScopeVerdict::Out {
                perhaps_in.extend(&asserting);
            }
            violence.claims.value += asserting.len() as u64;
            violence.claims.claims.extend(asserting.iter().map(|c| self.claim(*c).id.clone()));
            if !self.sums_up[incident as usize].is_empty() {
                violence.summaries.add(self, incident);
                continue;
            }
            violence.incidents.add(self, incident, scope.verdict);
            if let Some(cell) = strip.get_mut(&day) {
                cell.incidents.add(self, incident, scope.verdict);
            }
            if scope.verdict == ScopeVerdict::In && self.independent(&asserting).0.value >= 2 {
                violence.corroborated.add(self, incident);
            }
        }
        violence.deaths = self.deaths(&perhaps_in);
        let days: Vec<DayCell> = strip.into_values().collect();
        violence.trend = trend(&days);
        let says = self.says(truce, &claims);
        let verdict = sentence(&says, &violence, &coverage);
        Standing {
            truce: truce.id.clone(),
            name: truce.name.clone(),
            window,
            verdict,
            says,
            aid: self.aid_gauge(truce, &claims),
            talks: self.talks_gauge(truce, &claims),
            days,
            coverage,
            checks: self.checks_of(&claims),
            violence,
        }
    }

    /// Claims whose day lies in the window and which no correction strikes, in the order recorded.
    pub(crate) fn claims_in(&self, window: Window) -> Vec<u32> {
        let all = 0..self.contents.claims.len() as u32;
        all.filter(|c| self.struck(*c).is_none() && self.day_of(*c).is_some_and(|d| window.holds(d)))
            .collect()
    }

    /// Incidents of violence with their day, where that lies in the window.
    pub(crate) fn violence_in(&self, window: Window) -> Vec<(u32, Date)> {
        let mut found = Vec::new();
        for incident in 0..self.incidents.len() as u32 {
            let claims = &self.incidents[incident as usize];
            let violent = |c: &&u32| {
                let act = &self.claim(**c).act;
                matches!(act.kind, Kind::Attack | Kind::Clash | Kind::Capture)
                    || act.status == Some(Status::Attacked)
            };
            if let Some(day) = claims.iter().filter(violent).filter_map(|c| self.day_of(*c)).min()
                && window.holds(day)
            {
                found.push((incident, day));
            }
        }
        found
    }

    /// True when a claim names no place, or one in the truce's countries.
    pub(crate) fn in_area(&self, claim: u32, truce: &Truce) -> bool {
        let places = || self.claim(claim).act.place.iter().filter_map(|p| p.place.as_ref());
        let country = |c: &String| !c.is_empty();
        let known = || places().map(|p| &p.country).filter(|c| country(c));
        known().next().is_none() || known().any(|c| truce.countries.contains(c))
    }

    pub(crate) fn checks_of(&self, claims: &[u32]) -> Vec<Check> {
        let mut found = checks::arithmetic(self, claims);
        found.extend(self.sums_of_parties(claims));
        found.sort();
        found.dedup();
        found
    }

    fn coverage(&self, window: Window, claims: &[u32], strip: &mut BTreeMap<Date, DayCell>) -> Coverage {
        let (mut reports, mut copies, mut undated) = (0, 0, 0);
        for (at, report) in self.reports() {
            let Some(published) = &report.published else {
                undated += 1;
                continue;
            };
            let Some(cell) = strip.get_mut(&published.date) else { continue };
            let copy = self.copy_of[at as usize].is_some();
            reports += 1;
            copies += u64::from(copy);
            cell.reports += 1;
            cell.accounts += u64::from(!copy);
        }
        let mut days_of: BTreeMap<SourceView, (u64, BTreeSet<Date>)> = BTreeMap::new();
        for &at in claims {
            let spoke = self.report_of(at).published.as_ref().map(|p| p.date);
            let source = SourceView { party_to_it: false, ..self.source(at) };
            let entry = days_of.entry(source).or_default();
            entry.0 += 1;
            entry.1.extend(spoke.filter(|d| window.holds(*d)));
            if let Some(cell) = self.day_of(at).and_then(|d| strip.get_mut(&d)) {
                let count = match self.claim(at).act.kind {
                    Kind::Aid => &mut cell.aid,
                    Kind::Talks => &mut cell.talks,
                    _ => continue,
                };
                count.value += 1;
                count.claims.push(self.claim(at).id.clone());
            }
        }
        for (_, days) in days_of.values() {
            for day in days {
                if let Some(cell) = strip.get_mut(day) {
                    cell.sources += 1;
                }
            }
        }
        for cell in strip.values_mut() {
            cell.blank = cell.reports == 0;
        }
        let blank_days: Vec<Date> = strip.values().filter(|c| c.blank).map(|c| c.date).collect();
        let mut sources: Vec<SourceDays> = days_of
            .into_iter()
            .map(|(source, (claims, days))| SourceDays {
                source,
                claims,
                active_days: days.len() as u64,
                last: days.last().copied(),
            })
            .collect();
        sources.sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.source.key.cmp(&b.source.key)));
        Coverage {
            days: strip.len() as u64,
            days_with_reports: strip.len() as u64 - blank_days.len() as u64,
            blank_days,
            reports,
            copies,
            undated_reports: undated,
            sources,
        }
    }

    /// Deaths by source and class. Counts of one source at one place that cover disjoint days add up to a lower
    /// bound; counts of a province and of its towns may hold each other, so only the larger side counts there.
    fn deaths(&self, claims: &[u32]) -> Vec<Deaths> {
        type Placed = BTreeMap<String, Vec<(i32, i32, Interval)>>;
        let mut told: BTreeMap<(String, Counts), (SourceView, Placed, Vec<Id>)> = BTreeMap::new();
        for &at in claims {
            let (claim, source) = (self.claim(at), self.source(at));
            let Some(day) = self.day_of(at).map(day_number) else { continue };
            let days = checks::cells(claim, self.report_of(at));
            for figure in claim.act.figures.iter().filter(|f| f.what == FigureKind::Killed && !f.part) {
                let count = Interval::new(figure.min, figure.max);
                if count.is_open() {
                    continue;
                }
                let entry = told
                    .entry((source.key.clone(), Counts::of(&figure.of)))
                    .or_insert_with(|| (source.clone(), BTreeMap::new(), Vec::new()));
                let region =
                    claim.act.place.iter().filter_map(|p| p.place.as_ref()).map(|p| p.admin1.clone()).min();
                let place = region.filter(|r| !r.is_empty()).or_else(|| place_keys(claim).into_iter().min());
                let (from, to) = days.unwrap_or((day, day));
                entry.1.entry(place.unwrap_or_default()).or_default().push((from, to, count));
                entry.2.push(claim.id.clone());
            }
        }
        let bounds = |placed: Placed| {
            let each = placed.into_values().map(|mut counts| {
                counts.sort_by_key(|c| (c.1, c.0));
                counts.dedup();
                let most = counts.iter().map(|c| c.2).reduce(Interval::plus).and_then(|i| i.max);
                Interval::new(Some(disjoint(&counts)), most)
            });
            each.reduce(Interval::plus).unwrap_or_default()
        };
        told.into_iter()
            .map(|((_, of), (source, placed, mut claims))| {
                claims.dedup();
                Deaths { source, of, count: bounds(placed), claims }
            })
            .collect()
    }

    fn says(&self, truce: &Truce, claims: &[u32]) -> Vec<Saying> {
        let mut says: Vec<Saying> = Vec::new();
        for &at in claims {
            let claim = self.claim(at);
            if claim.act.kind != Kind::Truce || claim.conditional || !self.in_area(at, truce) {
                continue;
            }
            let (said, denied) =
                (matches!(claim.stance, Stance::States | Stance::Accuses), claim.stance == Stance::Denies);
            // who denies that he broke it does not say that it holds
            if denied && !claim.act.actor.is_empty() {
                continue;
            }
            let broken = match claim.act.status {
                Some(Status::Violated | Status::Ended) if said || denied => said,
                Some(Status::Kept) if said || denied => denied,
                _ => continue,
            };
            let source = self.source(at);
            let known = says.iter().position(|s| s.source.key == source.key).unwrap_or_else(|| {
                says.push(Saying { source, word: Word::Both, kept: vec![], broken: vec![] });
                says.len() - 1
            });
            let list = if broken { &mut says[known].broken } else { &mut says[known].kept };
            list.push(self.line(at));
        }
        for saying in &mut says {
            saying.word = match (saying.kept.is_empty(), saying.broken.is_empty()) {
                (true, _) => Word::Broken,
                (false, true) => Word::Kept,
                (false, false) => Word::Both,
            };
        }
        says.sort_by(|a, b| a.word.cmp(&b.word).then_with(|| a.source.key.cmp(&b.source.key)));
        says
    }
}

impl DayCell {
    fn of(date: Date) -> Self {
        Self {
            date,
            reports: 0,
            accounts: 0,
            sources: 0,
            incidents: ByScope::default(),
            aid: Counted::default(),
            talks: Counted::default(),
            blank: true,
        }
    }
}

/// The most that counts over disjoint days surely come to: of overlapping ones only one is taken (weighted interval
/// scheduling over counts sorted by their last day).
fn disjoint(counts: &[(i32, i32, Interval)]) -> u64 {
    let mut best = vec![0_u64; counts.len() + 1];
    for (n, (from, _, count)) in counts.iter().enumerate() {
        let before = counts[..n].partition_point(|c| c.1 < *from);
        best[n + 1] = best[n].max(best[before].saturating_add(count.low()));
    }
    best[counts.len()]
}

/// The verdict: who says what, what is in scope, and what was not read.
fn sentence(says: &[Saying], violence: &Violence, coverage: &Coverage) -> String {
    let of = |word| says.iter().filter(|s| s.word == word).count();
    let (broken, kept, both, all) = (of(Word::Broken), of(Word::Kept), of(Word::Both), says.len());
    let sources = |n: usize| if n == 1 { "1 source".to_owned() } else { format!("{n} sources") };
    let who = match (broken, kept, both) {
        (0, 0, 0) => "No source says whether it holds".to_owned(),
        (0, 0, _) => format!("Kept and broken at once by {}", sources(both)),
        (b, 0, _) => format!("Not holding by {b} of {}", sources(all)),
        (0, k, _) => format!("Holding by {k} of {}", sources(all)),
        (b, k, _) => format!("Not holding by {b} of {}, holding by {k}", sources(all)),
    };
    let count = |c: &IncidentCount| c.value;
    let incidents = &violence.incidents;
    let mut parts = vec![who];
    parts.push(format!(
        "{} reported in its scope, {} by two or more independent sources, {} in disputed scope",
        if count(&incidents.within) == 1 {
            "1 incident".to_owned()
        } else {
            format!("{} incidents", count(&incidents.within))
        },
        violence.corroborated.value,
        count(&incidents.disputed)
    ));
    if violence.incidents.unknown.value > 0 {
        parts.push(format!("of {} more the scope cannot be told", violence.incidents.unknown.value));
    }
    if !coverage.blank_days.is_empty() {
        parts.push(format!("nothing was read for {} of {} days", coverage.blank_days.len(), coverage.days));
    }
    format!("{}.", parts.join("; "))
}
