//! The record: what a ledger holds at one moment, linked and ready to be asked.

use std::collections::{BTreeMap, HashMap};

use holdfire_types::{CharMap, Claim, Contents, Id, Kind, Reason, Report, Stance, Truce};
use holdfire_world::World;
use jiff::civil::Date;

use crate::facts::{Names, day_number, days_told, family, fold};
use crate::hands::Hands;
use crate::incidents::{Held, Told, group, held};
use crate::nearby::incident_id;
use crate::parties::Parties;
use crate::view::SourceView;
use crate::{checks, scope, sources};

/// Claims of one place this many days before or after an act are looked at for who holds the place.
pub(crate) const HOLDER_DAYS: i32 = 30;
/// And this many for who else took part.
pub(crate) const FIGHT_DAYS: i32 = 3;
/// Of the claims around an act, of the chain of counts that it is a link of, and of those that a count over several
/// days may sum up, so many are looked at for each place: those of the earliest days.
pub(crate) const MOST_NEAR: usize = 64;
pub(crate) const MOST_CHAINED: usize = 256;
pub(crate) const MOST_SUMMED: usize = 256;

/// Reports, claims and incidents at one moment. Built once from a ledger's contents; asking never changes it.
#[derive(Debug)]
pub struct Record {
    pub(crate) contents: Contents,
    pub(crate) parties: Parties,
    pub(crate) truces: Vec<Truce>,
    report_at: HashMap<Id, u32>,
    claim_at: HashMap<Id, u32>,
    /// Report of each claim.
    report_of: Vec<u32>,
    /// Claims of each report, in the order recorded.
    pub(crate) claims_of: Vec<Vec<u32>>,
    /// For each report the one it copies and those that copy it, with the share in common.
    pub(crate) copies_of: Vec<Vec<(u32, f32)>>,
    /// The report whose account each report carries: itself, or the first of its copies.
    root_of: Vec<u32>,
    /// The report that each report was found to copy.
    pub(crate) copy_of: Vec<Option<u32>>,
    pub(crate) maps: Vec<CharMap>,
    pub(crate) incident_of: Vec<Option<u32>>,
    pub(crate) incidents: Vec<Vec<u32>>,
    incident_ids: Vec<Id>,
    incident_at: HashMap<Id, u32>,
    /// For each incident the others that its count over several days sums up.
    pub(crate) sums_up: Vec<Vec<u32>>,
    /// Accepted correction that strikes each claim, as an index into the corrections.
    struck: Vec<Option<u32>>,
    pub(crate) held: Vec<Held>,
    pub(crate) links_of: HashMap<u32, Vec<u32>>,
    /// Claims by place, each list in order of days.
    by_place: HashMap<String, Vec<(i32, u32)>>,
}

impl Record {
    /// The record of `contents`, with the parties and truces of the packs.
    pub fn build(contents: Contents, world: &World) -> Self {
        Self::from_parts(contents, Parties::of(world), world.truces().to_vec())
    }

    /// The record of `contents`, with the parties and truces that it is held against.
    ///
    /// Claims whose report `contents` does not hold are left out: a claim without its report cannot be shown.
    pub fn from_parts(mut contents: Contents, parties: Parties, truces: Vec<Truce>) -> Self {
        let report_at: HashMap<Id, u32> =
            contents.reports.iter().enumerate().map(|(n, r)| (r.value.id.clone(), n as u32)).collect();
        let mut seen = std::collections::HashSet::new();
        contents
            .claims
            .retain(|c| report_at.contains_key(&c.value.report) && seen.insert(c.value.id.clone()));
        let claim_at: HashMap<Id, u32> =
            contents.claims.iter().enumerate().map(|(n, c)| (c.value.id.clone(), n as u32)).collect();
        let report_of: Vec<u32> = contents.claims.iter().map(|c| report_at[&c.value.report]).collect();
        let mut claims_of = vec![Vec::new(); contents.reports.len()];
        for (claim, report) in report_of.iter().enumerate() {
            claims_of[*report as usize].push(claim as u32);
        }
        let mut copies_of = vec![Vec::new(); contents.reports.len()];
        for copy in contents.copies.iter().map(|c| &c.value) {
            if let (Some(&a), Some(&b)) = (report_at.get(&copy.report), report_at.get(&copy.of)) {
                copies_of[a as usize].push((b, copy.shared));
                copies_of[b as usize].push((a, copy.shared));
            }
        }
        let (copy_of, root_of) = roots(&contents, &report_at);
        let struck = struck(&contents, &report_of, &report_at, &claim_at);

        let mut names = Names::of(&parties);
        let told = contents.claims.iter().zip(&report_of).map(|(claim, &at)| {
            let (claim, report) = (&claim.value, &contents.reports[at as usize].value);
            Told {
                may: family(claim).is_some(),
                days: exact_days(claim, report),
                hands: Hands::of(claim, at, report, &mut names),
            }
        });
        let told = told.collect();
        let held = held(contents.decisions.iter().map(|d| &d.value), &claim_at);
        let (incident_of, incidents) = group(told, &held, &names);
        let incident_ids: Vec<Id> = incidents
            .iter()
            .map(|claims| incident_id(&contents.claims[claims[0] as usize].value.id))
            .collect();
        let incident_at = incident_ids.iter().enumerate().map(|(n, id)| (id.clone(), n as u32)).collect();
        let mut links_of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (at, decision) in contents.decisions.iter().enumerate() {
            for id in [&decision.value.a, &decision.value.b] {
                if let Some(&claim) = claim_at.get(id) {
                    links_of.entry(claim).or_default().push(at as u32);
                }
            }
        }
        let maps = contents.reports.iter().map(|r| CharMap::new(&r.value.text)).collect();
        let mut record = Self {
            contents,
            parties,
            truces,
            report_at,
            claim_at,
            report_of,
            claims_of,
            copies_of,
            root_of,
            copy_of,
            maps,
            incident_of,
            incidents,
            incident_ids,
            incident_at,
            sums_up: Vec::new(),
            struck,
            held,
            links_of,
            by_place: HashMap::new(),
        };
        record.by_place = record.places();
        record.sums_up = (0..record.incidents.len() as u32).map(|i| record.summed_up(i)).collect();
        record
    }

    /// Every claim by its places, with the day it is about.
    fn places(&self) -> HashMap<String, Vec<(i32, u32)>> {
        let all = 0..self.contents.claims.len() as u32;
        let mut dated: Vec<(i32, u32)> = all.filter_map(|c| Some((day_number(self.day_of(c)?), c))).collect();
        dated.sort_unstable();
        let mut by_place: HashMap<String, Vec<(i32, u32)>> = HashMap::new();
        for (day, at) in dated {
            for key in place_keys(self.claim(at)) {
                by_place.entry(key).or_default().push((day, at));
            }
        }
        by_place
    }

    /// The incidents that a count over several days sums up: of the same source and place, over days within its own.
    /// "45 in 48 hours" is no third incident beside the 24 of one day and the 21 of the next.
    fn summed_up(&self, incident: u32) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for &at in &self.incidents[incident as usize] {
            let claim = self.claim(at);
            let Some((from, to)) = checks::cells(claim, self.report_of(at)).filter(|(from, to)| from < to)
            else {
                continue;
            };
            let key = self.source(at).key;
            for place in place_keys(claim) {
                let Some(list) = self.by_place.get(&place) else { continue };
                let first = list.partition_point(|(d, _)| *d < from);
                let near = list[first..].iter().take_while(|(d, _)| *d <= to + 1).take(MOST_SUMMED);
                found.extend(near.filter_map(|(_, other)| {
                    let of = self.incident_of[*other as usize].filter(|i| *i != incident)?;
                    let (f, t) = checks::cells(self.claim(*other), self.report_of(*other))?;
                    let within = from <= f && t <= to && t - f < to - from;
                    (within && family(self.claim(*other)) == family(claim) && self.source(*other).key == key)
                        .then_some(of)
                }));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(crate) fn claim(&self, at: u32) -> &Claim {
        &self.contents.claims[at as usize].value
    }

    pub(crate) fn report_index(&self, claim: u32) -> u32 {
        self.report_of[claim as usize]
    }

    pub(crate) fn report_of(&self, claim: u32) -> &Report {
        &self.contents.reports[self.report_of[claim as usize] as usize].value
    }

    pub(crate) fn find_claim(&self, id: &Id) -> Option<u32> {
        self.claim_at.get(id).copied()
    }

    pub(crate) fn find_report(&self, id: &Id) -> Option<u32> {
        self.report_at.get(id).copied()
    }

    pub(crate) fn find_incident(&self, id: &Id) -> Option<u32> {
        self.incident_at.get(id).copied()
    }

    pub(crate) fn incident_id(&self, incident: u32) -> &Id {
        &self.incident_ids[incident as usize]
    }

    /// The accepted correction that strikes a claim.
    pub(crate) fn struck(&self, claim: u32) -> Option<&Id> {
        self.struck[claim as usize].map(|k| &self.contents.corrections[k as usize].value.id)
    }

    /// Who says a claim; a copy's own words are those of the report copied.
    pub(crate) fn source(&self, claim: u32) -> SourceView {
        let root = self.root_of[self.report_of[claim as usize] as usize];
        let root = &self.contents.reports[root as usize].value;
        sources::view(self.claim(claim), self.report_of(claim), root, &self.parties)
    }

    /// The day a claim is counted under: the last day of its act, else the day its report was published. A count
    /// "in the past 24 hours" so falls on the day it was told.
    pub(crate) fn day_of(&self, claim: u32) -> Option<Date> {
        let days = self.claim(claim).act.days;
        let published = self.report_of(claim).published.as_ref().map(|p| p.date);
        days.and_then(|d| d.to.or(d.from)).or(published)
    }

    /// True when the claim asserts its act: said or charged, and not struck by a correction.
    pub(crate) fn asserts(&self, claim: u32) -> bool {
        matches!(self.claim(claim).stance, Stance::States | Stance::Accuses)
            && !self.claim(claim).conditional
            && self.struck[claim as usize].is_none()
    }

    /// Claims of the incident's places near its days: who else took part, and who holds the place.
    fn around(&self, incident: u32) -> Vec<&Claim> {
        let claims = &self.incidents[incident as usize];
        let mut found: Vec<u32> = Vec::new();
        for &at in claims {
            let Some(day) = self.day_of(at).map(day_number) else { continue };
            for key in place_keys(self.claim(at)) {
                let Some(list) = self.by_place.get(&key) else { continue };
                let from = list.partition_point(|(d, _)| *d < day - HOLDER_DAYS);
                let near = list[from..].iter().take_while(|(d, _)| *d <= day + HOLDER_DAYS);
                found.extend(
                    near.filter(|(d, c)| self.is_near(*c, (d - day).abs())).map(|(_, c)| *c).take(MOST_NEAR),
                );
            }
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|c| !claims.contains(c) && self.struck[*c as usize].is_none());
        found.into_iter().map(|c| self.claim(c)).collect()
    }

    /// The claims of an incident with those of the same places in the weeks around it: the chain of counts that it is
    /// one link of.
    pub(crate) fn chain_of(&self, claims: &[u32]) -> Vec<u32> {
        let mut found = claims.to_vec();
        for &at in claims {
            let Some(day) = self.day_of(at).map(day_number) else { continue };
            for key in place_keys(self.claim(at)) {
                let Some(list) = self.by_place.get(&key) else { continue };
                let from = list.partition_point(|(d, _)| *d < day - HOLDER_DAYS);
                let near = list[from..].iter().take_while(|(d, _)| *d <= day + HOLDER_DAYS);
                found.extend(near.map(|(_, c)| *c).take(MOST_CHAINED));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn is_near(&self, claim: u32, days: i32) -> bool {
        match self.claim(claim).act.kind {
            Kind::Control => true,
            Kind::Attack | Kind::Clash | Kind::Capture => days <= FIGHT_DAYS,
            _ => false,
        }
    }

    /// Whether an incident falls under `truce`; `None` for acts that no truce judges (talks, statements).
    pub(crate) fn scope_of(&self, incident: u32, truce: &Truce) -> Option<scope::ScopeView> {
        let claims = &self.incidents[incident as usize];
        let standing: Vec<u32> =
            claims.iter().copied().filter(|c| self.struck[*c as usize].is_none()).collect();
        let used = if standing.is_empty() { claims } else { &standing };
        let claims: Vec<&Claim> = used.iter().map(|c| self.claim(*c)).collect();
        if !claims.iter().any(|c| scope::judged(c.act.kind)) {
            return None;
        }
        let published =
            used.iter().filter_map(|c| self.report_of(*c).published.as_ref().map(|p| p.date)).max();
        Some(scope::judge(&claims, &self.around(incident), published, truce, &self.parties))
    }

    /// Reports by index, for the days of coverage.
    pub(crate) fn reports(&self) -> impl Iterator<Item = (u32, &Report)> {
        self.contents.reports.iter().enumerate().map(|(n, r)| (n as u32, &r.value))
    }
}

/// The keys a claim's places are found under.
pub(crate) fn place_keys(claim: &Claim) -> Vec<String> {
    claim.act.place.iter().map(|p| p.place.as_ref().map_or_else(|| fold(&p.name), |r| r.id.clone())).collect()
}

fn exact_days(claim: &Claim, report: &Report) -> Option<(i32, i32)> {
    let days = days_told(claim, report)?;
    let (from, to) = (day_number(days.from?), day_number(days.to?));
    (to - from <= 1).then_some((from, to))
}

/// For each report the one it copies and the first of its chain.
fn roots(contents: &Contents, report_at: &HashMap<Id, u32>) -> (Vec<Option<u32>>, Vec<u32>) {
    let mut copy_of = vec![None; contents.reports.len()];
    for copy in &contents.copies {
        if let (Some(&report), Some(&of)) = (report_at.get(&copy.value.report), report_at.get(&copy.value.of))
            && of < report
        {
            copy_of[report as usize] = Some(of);
        }
    }
    // A copy points to an earlier report, so its root is known when it is reached.
    let mut root_of: Vec<u32> = Vec::with_capacity(copy_of.len());
    for (at, of) in copy_of.iter().enumerate() {
        root_of.push(of.map_or(at as u32, |of: u32| root_of[of as usize]));
    }
    (copy_of, root_of)
}

/// Which claims an accepted correction strikes: the record misread them, or their report was wrong or withdrawn.
fn struck(
    contents: &Contents,
    report_of: &[u32],
    report_at: &HashMap<Id, u32>,
    claim_at: &HashMap<Id, u32>,
) -> Vec<Option<u32>> {
    let mut accepted: BTreeMap<&Id, bool> = BTreeMap::new();
    for answer in &contents.answers {
        accepted.insert(&answer.value.correction, answer.value.accepted);
    }
    let mut claims = vec![None; report_of.len()];
    let mut reports = vec![None; contents.reports.len()];
    for (at, correction) in contents.corrections.iter().enumerate() {
        let strikes =
            matches!(correction.value.reason, Reason::Misread | Reason::ReportWrong | Reason::Withdrawn);
        if !strikes || accepted.get(&correction.value.id) != Some(&true) {
            continue;
        }
        if let Some(&claim) = claim_at.get(&correction.value.of) {
            claims[claim as usize] = Some(at as u32);
        } else if let Some(&report) = report_at.get(&correction.value.of) {
            reports[report as usize] = Some(at as u32);
        }
    }
    for (claim, report) in claims.iter_mut().zip(report_of) {
        *claim = claim.or(reports[*report as usize]);
    }
    claims
}
