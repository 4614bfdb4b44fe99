//! The day sheet: what each side and every other source tells of one day, province by province, side by side.

use std::collections::BTreeMap;

use holdfire_types::{FigureKind, Id, Kind, PlacePrecision, Stance, Truce};
use jiff::civil::Date;
use serde::Serialize;

use crate::accounts::{FigureAccounts, IncidentSummary};
use crate::aid::Convoy;
use crate::checks::{Check, Outcome};
use crate::interval::{PlacedCounts, union_bounds};
use crate::parties::fights;
use crate::record::Record;
use crate::standing::{DayCell, Window};
use crate::talks::Round;
use crate::view::{ClaimLine, SourceView};
use crate::{Counted, Interval};

/// One day, on one page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DaySheet {
    /// The day.
    pub date: Date,
    /// Id of the truce.
    pub truce: String,
    /// Its name.
    pub name: String,
    /// Each source that counts breaches, in a fixed order: sides first.
    pub lists: Vec<BreachList>,
    /// What the lists of breaches allow together; `None` with fewer than two lists.
    pub union: Option<UnionBounds>,
    /// Incidents by province, with every account's figures.
    pub provinces: Vec<Province>,
    /// Aid of that day, with how each convoy came to it.
    pub convoys: Vec<Convoy>,
    /// Talks of that day.
    pub talks: Vec<Round>,
    /// What is said of the truce itself that day.
    pub truce_claims: Vec<ClaimLine>,
    /// What arithmetic finds.
    pub checks: Vec<Check>,
    /// How much was read of the day.
    pub coverage: DayCell,
}

/// One source's list of breaches of the truce.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreachList {
    /// Who counts.
    pub source: SourceView,
    /// The total as told.
    pub total: Option<Interval>,
    /// Parts by province, as told.
    pub provinces: Vec<ProvinceCount>,
    /// The claims.
    pub claims: Vec<Id>,
}

/// One province's part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProvinceCount {
    /// The province.
    pub province: String,
    /// The count.
    pub count: Interval,
    /// The claims.
    pub claims: Vec<Id>,
}

/// Bounds on what several lists hold together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnionBounds {
    /// Whose lists.
    pub sources: Vec<String>,
    /// From the largest, province by province, to all of them.
    pub bounds: Interval,
    /// In plain words, with the assumption.
    pub text: String,
    /// The claims.
    pub claims: Vec<Id>,
}

/// The incidents of one province.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Province {
    /// Its name; empty for incidents without a known place.
    pub name: String,
    /// How many.
    pub count: Counted,
    /// Each with its accounts' figures.
    pub incidents: Vec<DayIncident>,
}

/// An incident on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayIncident {
    /// Its line.
    pub summary: IncidentSummary,
    /// Who says what of each count.
    pub figures: Vec<FigureAccounts>,
    /// One line of evidence a source.
    pub accounts: Vec<ClaimLine>,
}

impl Record {
    /// The sheet of one day under `truce`.
    pub fn day(&self, date: Date, truce: &Truce) -> DaySheet {
        let window = Window::new(date, date);
        let claims = self.claims_in(window);
        let lists = self.breach_lists(&claims, truce);
        let mut provinces: BTreeMap<String, Province> = BTreeMap::new();
        for (incident, _) in self.violence_in(window) {
            let summary = self.summary(incident);
            let name = summary
                .places
                .iter()
                .map(|p| p.admin1.clone())
                .find(|a| !a.is_empty())
                .or_else(|| summary.places.first().map(|p| p.name.clone()))
                .unwrap_or_default();
            let members = &self.incidents[incident as usize];
            let mut accounts: Vec<ClaimLine> = Vec::new();
            for account in self.accounts(members) {
                // The fullest telling: most figures, then the longest evidence.
                let fullest = |c: &&ClaimLine| (c.figures.len(), c.quote.len());
                accounts.extend(account.claims.iter().max_by_key(fullest).cloned());
            }
            let province = provinces.entry(name.clone()).or_insert_with(|| Province {
                name,
                count: Counted::default(),
                incidents: Vec::new(),
            });
            province.count.value += 1;
            province.count.claims.extend(summary.claims.clone());
            province.incidents.push(DayIncident { figures: self.figures(members), accounts, summary });
        }
        let about = |steps: &[crate::aid::Step]| steps.iter().any(|s| s.day == date);
        let month = Window::new(date.saturating_sub(jiff::Span::new().days(30)), date);
        let before = self.claims_in(month);
        let mut coverage = self.standing(truce, window).days;
        DaySheet {
            date,
            truce: truce.id.clone(),
            name: truce.name.clone(),
            union: bounds_of(&lists),
            lists,
            provinces: provinces.into_values().collect(),
            convoys: self.aid_gauge(truce, &before).convoys.into_iter().filter(|c| about(&c.steps)).collect(),
            talks: self.talks_gauge(truce, &before).rounds.into_iter().filter(|r| about(&r.steps)).collect(),
            truce_claims: claims
                .iter()
                .filter(|c| self.claim(**c).act.kind == Kind::Truce && self.in_area(**c, truce))
                .map(|c| self.line(*c))
                .collect(),
            checks: self.checks_of(&claims),
            coverage: coverage.remove(0),
        }
    }

    /// The lists of breaches that sources give in some claims.
    fn breach_lists(&self, claims: &[u32], truce: &Truce) -> Vec<BreachList> {
        let mut lists: Vec<BreachList> = Vec::new();
        for &at in claims.iter().filter(|c| self.in_area(**c, truce)) {
            let claim = self.claim(at);
            let told = matches!(claim.stance, Stance::States | Stance::Accuses) && !claim.conditional;
            let Some(figure) = claim.act.figures.iter().find(|f| f.what == FigureKind::Violations && !f.part)
            else {
                continue;
            };
            let count = Interval::new(figure.min, figure.max);
            if !told || count.is_open() {
                continue;
            }
            let source = self.source(at);
            let known = lists.iter().position(|l| l.source.key == source.key).unwrap_or_else(|| {
                lists.push(BreachList { source, total: None, provinces: vec![], claims: vec![] });
                lists.len() - 1
            });
            let list = &mut lists[known];
            list.claims.push(claim.id.clone());
            // Told again in a copy or a summary: the accounts of one number allow what either says.
            let join = |old: Interval| if old == count { old } else { old.hull(count) };
            match provinces_of(claim).as_slice() {
                // One place: its part. None, or several without a split: the total.
                [province] => match list.provinces.iter_mut().find(|p| p.province == *province) {
                    Some(part) => {
                        part.count = join(part.count);
                        part.claims.push(claim.id.clone());
                    }
                    None => list.provinces.push(ProvinceCount {
                        province: province.clone(),
                        count,
                        claims: vec![claim.id.clone()],
                    }),
                },
                _ => list.total = Some(list.total.map_or(count, join)),
            }
        }
        for list in &mut lists {
            list.provinces.sort_by(|a, b| a.province.cmp(&b.province));
        }
        lists.sort_by_key(|l| (!fights(l.source.kind), l.source.key.clone()));
        lists
    }

    /// Numbers that equal the sum of two other sources' lists of the same day, told by a third: a sum that the lists
    /// do not support, since both may hold one incident.
    pub(crate) fn sums_of_parties(&self, claims: &[u32]) -> Vec<Check> {
        let mut by_day: BTreeMap<Date, Vec<(String, String, u64, Id)>> = BTreeMap::new();
        for &at in claims.iter().filter(|c| self.asserts(**c)) {
            let claim = self.claim(at);
            let (Some(day), true) = (self.day_of(at), provinces_of(claim).len() != 1) else { continue };
            for figure in claim.act.figures.iter().filter(|f| f.what == FigureKind::Violations && !f.part) {
                if let (Some(min), true) = (figure.min, figure.min == figure.max) {
                    let source = self.source(at);
                    by_day.entry(day).or_default().push((source.key, source.name, min, claim.id.clone()));
                }
            }
        }
        let mut checks = Vec::new();
        for told in by_day.values_mut() {
            told.sort();
            told.truncate(24);
            for (n, a) in told.iter().enumerate() {
                for b in told[n + 1..].iter().filter(|b| b.0 != a.0 && a.2 > 0 && b.2 > 0) {
                    for sum in told.iter().filter(|s| s.0 != a.0 && s.0 != b.0 && s.2 == a.2 + b.2) {
                        let bounds = Interval::new(Some(a.2.max(b.2)), Some(a.2 + b.2));
                        checks.push(Check {
                            outcome: Outcome::Caution,
                            rule: "sum-of-parties",
                            text: format!(
                                "{} breaches ({}) is {} by {} and {} by {} added; the two lists may hold the same \
                                 incidents, so together they are {bounds}",
                                sum.2, sum.1, a.2, a.1, b.2, b.1
                            ),
                            claims: vec![a.3.clone(), b.3.clone(), sum.3.clone()],
                        });
                    }
                }
            }
        }
        checks
    }
}

/// The provinces that a claim names: of places resolved to a province or below, else the names as written. A country
/// is no province.
fn provinces_of(claim: &holdfire_types::Claim) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for filler in &claim.act.place {
        let name = match &filler.place {
            Some(place) if place.precision == PlacePrecision::Country => continue,
            Some(place) if !place.admin1.is_empty() => place.admin1.clone(),
            Some(place) => place.name.clone(),
            None => filler.name.clone(),
        };
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// What the lists allow together. Lists of sources that are no side of the truce may repeat the sides' own and are
/// left out when two sides count.
fn bounds_of(lists: &[BreachList]) -> Option<UnionBounds> {
    let sides: Vec<&BreachList> = lists.iter().filter(|l| fights(l.source.kind)).collect();
    let used = if sides.len() >= 2 { sides } else { lists.iter().collect() };
    if used.len() < 2 {
        return None;
    }
    let placed: Vec<PlacedCounts> = used
        .iter()
        .map(|l| PlacedCounts {
            total: l.total,
            by_place: l.provinces.iter().map(|p| (p.province.clone(), p.count)).collect(),
        })
        .collect();
    let bounds = union_bounds(&placed);
    let sources: Vec<String> = used.iter().map(|l| l.source.name.clone()).collect();
    let text = format!(
        "{bounds} distinct incidents, if neither list holds one twice and both mean the same by a breach; the counts of {} \
         are not added",
        sources.join(" and ")
    );
    let mut claims: Vec<Id> = used.iter().flat_map(|l| l.claims.clone()).collect();
    claims.dedup();
    Some(UnionBounds { sources, bounds, text, claims })
}
