//! An incident with every account of it side by side.

use holdfire_types::{Claim, Days, Decision, FigureKind, Id, Kind, Means, ScopeVerdict, Stance};
use serde::Serialize;

use crate::checks::{self, Check};
use crate::parties::fights;
use crate::record::Record;
use crate::show::place_view;
use crate::view::{ClaimLine, CorrectionView, LinkView, PlaceView, SourceView};
use crate::{Counted, Counts, Interval, ScopeView, Window};

/// One incident whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentView {
    /// Its line in lists.
    pub summary: IncidentSummary,
    /// What each source says, one account a source, in an order that does not depend on when they were recorded.
    pub accounts: Vec<Account>,
    /// Each count with all that is said of it.
    pub figures: Vec<FigureAccounts>,
    /// What arithmetic finds in the figures.
    pub checks: Vec<Check>,
    /// The decisions that hold its claims together.
    pub links: Vec<LinkView>,
    /// Decisions on its claims and others that are unsure or keep them apart.
    pub open_links: Vec<LinkView>,
    /// Corrections of its claims, or of itself.
    pub corrections: Vec<CorrectionView>,
}

/// One incident on a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IncidentSummary {
    /// Id.
    pub id: Id,
    /// In plain words: act, place, day.
    pub title: String,
    /// The act told by most accounts.
    pub kind: Kind,
    /// All acts told.
    pub kinds: Vec<Kind>,
    /// How, by any account.
    pub means: Vec<Means>,
    /// First and last day that accounts allow.
    pub days: Option<Days>,
    /// Where, the most exact first.
    pub places: Vec<PlaceView>,
    /// Its claims, in the order recorded.
    pub claims: Vec<Id>,
    /// Everyone who speaks of it.
    pub sources: Vec<SourceView>,
    /// How many of them assert it and stand on their own: not outlets, not copies, and speakers of one party once.
    pub independent: Counted,
    /// Of those, how many are no side of it.
    pub apart_from_sides: Counted,
    /// Sources that deny it.
    pub denied_by: Vec<String>,
    /// Nobody asserts it any more: it is only denied or doubted, or every assertion is struck.
    pub unasserted: bool,
    /// Incidents that its count over several days sums up; it is then counted nowhere beside them.
    pub sums_up: Vec<Id>,
    /// The verdict under each truce known.
    pub scopes: Vec<ScopeView>,
}

/// What one source says of an incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// The source.
    pub source: SourceView,
    /// How it stands to the act; several where it changed or qualified its word.
    pub stances: Vec<Stance>,
    /// Whom it says did it.
    pub actors: Vec<String>,
    /// To whom.
    pub targets: Vec<String>,
    /// Its claims, in the order recorded. Copies are there too, marked.
    pub claims: Vec<ClaimLine>,
}

/// One count and what each source says of it. Nothing here is a sum.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureAccounts {
    /// What is counted.
    pub what: FigureKind,
    /// Whom or what.
    pub of: Counts,
    /// A part of another figure ("including 11 children").
    pub part: bool,
    /// Each source's number.
    pub accounts: Vec<FigureAccount>,
    /// What all accounts together allow: from the lowest bound to the highest.
    pub allowed: Interval,
    /// What satisfies every account, where something does.
    pub agreed: Option<Interval>,
}

/// One source's number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureAccount {
    /// Key of the source.
    pub source: String,
    /// Its name.
    pub name: String,
    /// The number.
    pub count: Interval,
    /// The words of it.
    pub words: String,
    /// The noun, as written.
    pub noun: String,
    /// Claims that give it.
    pub claims: Vec<Id>,
    /// False for a number that the same source later replaced by another.
    pub latest: bool,
}

impl Record {
    /// One incident whole.
    pub fn incident(&self, id: &Id) -> Option<IncidentView> {
        let at = self.find_incident(id)?;
        let claims = &self.incidents[at as usize];
        let mut all: Vec<u32> =
            claims.iter().flat_map(|c| self.links_of.get(c).into_iter().flatten()).copied().collect();
        all.sort_unstable();
        all.dedup();
        let own = |id: &Id| self.find_claim(id).is_some_and(|c| self.incident_of[c as usize] == Some(at));
        let (links, open_links): (Vec<LinkView>, Vec<LinkView>) = all
            .into_iter()
            .map(|link| self.link_view(link))
            .filter(|link| link.stands)
            .partition(|link| link.decision == Decision::Same && own(&link.a) && own(&link.b));
        let mut corrections = self.corrections_of(id);
        for &claim in claims {
            corrections.extend(self.corrections_of(&self.claim(claim).id));
        }
        let figures = self.figures(claims);
        let mut checks = checks::between(&figures);
        let own: Vec<&Id> = claims.iter().map(|c| &self.claim(*c).id).collect();
        let chain = checks::arithmetic(self, &self.chain_of(claims));
        checks.extend(chain.into_iter().filter(|c| c.claims.iter().any(|id| own.contains(&id))));
        Some(IncidentView {
            summary: self.summary(at),
            accounts: self.accounts(claims),
            figures,
            checks,
            links,
            open_links,
            corrections,
        })
    }

    /// Every incident on a line, in the order of its earliest-recorded claim.
    pub fn incidents(&self) -> impl Iterator<Item = IncidentSummary> {
        (0..self.incidents.len() as u32).map(|at| self.summary(at))
    }

    /// One incident on a line.
    pub fn incident_summary(&self, id: &Id) -> Option<IncidentSummary> {
        self.find_incident(id).map(|at| self.summary(at))
    }

    /// The incidents of violence of some days, on a line each.
    pub fn incidents_in(&self, window: Window) -> Vec<IncidentSummary> {
        self.violence_in(window).into_iter().map(|(at, _)| self.summary(at)).collect()
    }

    pub(crate) fn summary(&self, at: u32) -> IncidentSummary {
        let claims = &self.incidents[at as usize];
        let standing: Vec<u32> = claims.iter().copied().filter(|c| self.struck(*c).is_none()).collect();
        let told: &[u32] = if standing.is_empty() { claims } else { &standing };
        let kinds = most_told(told.iter().map(|c| self.claim(*c).act.kind));
        let mut means: Vec<Means> = told.iter().flat_map(|c| self.claim(*c).act.means.clone()).collect();
        means.sort_unstable();
        means.dedup();
        let places = self.places_of(told);
        let days = self.days_of(told);
        let title = title(&kinds, &means, &places, days);
        let sources = self.sources_of(claims);
        let asserting: Vec<u32> = claims.iter().copied().filter(|c| self.asserts(*c)).collect();
        let (independent, apart_from_sides) = self.independent(&asserting);
        let denied: Vec<u32> =
            claims.iter().copied().filter(|c| self.claim(*c).stance == Stance::Denies).collect();
        IncidentSummary {
            id: self.incident_id(at).clone(),
            title,
            kind: kinds[0],
            kinds,
            means,
            days,
            places,
            claims: claims.iter().map(|c| self.claim(*c).id.clone()).collect(),
            sources,
            independent,
            apart_from_sides,
            denied_by: self.sources_of(&denied).into_iter().map(|s| s.name).collect(),
            unasserted: asserting.is_empty(),
            sums_up: self.sums_up[at as usize].iter().map(|i| self.incident_id(*i).clone()).collect(),
            scopes: self.truces.iter().filter_map(|t| self.scope_of(at, t)).collect(),
        }
    }

    /// The verdict of one incident under one truce.
    pub fn scope(&self, incident: &Id, truce: &holdfire_types::Truce) -> Option<ScopeView> {
        self.scope_of(self.find_incident(incident)?, truce)
    }

    /// The sources of some claims, each once. A source that is a side of any of the acts is marked as one.
    pub(crate) fn sources_of(&self, claims: &[u32]) -> Vec<SourceView> {
        let mut found: Vec<SourceView> = Vec::new();
        for &at in claims {
            let source = self.source(at);
            match found.iter_mut().find(|s| s.key == source.key) {
                Some(known) => known.party_to_it |= source.party_to_it,
                None => found.push(source),
            }
        }
        for source in &mut found {
            source.party_to_it |= self.is_side_of(source, claims);
        }
        found.sort_by(|a, b| b.party_to_it.cmp(&a.party_to_it).then_with(|| a.key.cmp(&b.key)));
        found
    }

    fn is_side_of(&self, source: &SourceView, claims: &[u32]) -> bool {
        if !fights(source.kind) {
            return false;
        }
        let sides = |c: &Claim| -> bool {
            let parties = c.act.actor.iter().chain(&c.act.target).filter_map(|f| f.party.as_deref());
            parties.into_iter().any(|p| self.parties.related(p, &source.key))
        };
        claims.iter().any(|c| sides(self.claim(*c)))
    }

    /// How many sources stand behind some claims on their own, all of them and those that are no side of the act.
    /// Speakers of one party, or of parties one of which stands under the other, are one.
    pub(crate) fn independent(&self, claims: &[u32]) -> (Counted, Counted) {
        let sources = self.sources_of(claims);
        let mut voices: Vec<&SourceView> = Vec::new();
        for source in &sources {
            let one_side = |v: &&SourceView| {
                fights(v.kind) && fights(source.kind) && self.parties.related(&v.key, &source.key)
            };
            if !voices.iter().any(one_side) {
                voices.push(source);
            }
        }
        let apart: Vec<&str> = voices.iter().filter(|v| !v.party_to_it).map(|v| v.key.as_str()).collect();
        let ids = |keep: &dyn Fn(u32) -> bool| {
            claims.iter().filter(|c| keep(**c)).map(|c| self.claim(*c).id.clone()).collect()
        };
        (
            Counted { value: voices.len() as u64, claims: ids(&|_| true) },
            Counted {
                value: apart.len() as u64,
                claims: ids(&|c| apart.contains(&self.source(c).key.as_str())),
            },
        )
    }

    pub(crate) fn accounts(&self, claims: &[u32]) -> Vec<Account> {
        let mut accounts: Vec<Account> = self
            .sources_of(claims)
            .into_iter()
            .map(|source| Account {
                source,
                stances: vec![],
                actors: vec![],
                targets: vec![],
                claims: vec![],
            })
            .collect();
        for &at in claims {
            let key = self.source(at).key;
            let Some(account) = accounts.iter_mut().find(|a| a.source.key == key) else { continue };
            let line = self.line(at);
            for (all, one) in [(&mut account.actors, &line.actor), (&mut account.targets, &line.target)] {
                for name in one {
                    if !all.contains(name) {
                        all.push(name.clone());
                    }
                }
            }
            if !account.stances.contains(&line.stance) {
                account.stances.push(line.stance);
            }
            account.claims.push(line);
        }
        accounts
    }

    /// Each count of some claims with what each source says of it. Denied, doubted and struck numbers stay in the
    /// accounts and are no bounds.
    pub(crate) fn figures(&self, claims: &[u32]) -> Vec<FigureAccounts> {
        let mut all: Vec<FigureAccounts> = Vec::new();
        for &at in claims.iter().filter(|c| self.asserts(**c)) {
            let (source, claim) = (self.source(at), self.claim(at));
            for figure in &claim.act.figures {
                let count = Interval::new(figure.min, figure.max);
                if count.is_open() {
                    continue;
                }
                let of = Counts::of(&figure.of);
                let known =
                    all.iter_mut().find(|f| f.what == figure.what && f.of == of && f.part == figure.part);
                let group = if let Some(group) = known {
                    group
                } else {
                    all.push(FigureAccounts {
                        what: figure.what,
                        of,
                        part: figure.part,
                        accounts: vec![],
                        allowed: count,
                        agreed: None,
                    });
                    all.last_mut().expect("one was pushed")
                };
                let same = group.accounts.iter_mut().find(|a| a.source == source.key && a.count == count);
                if let Some(account) = same {
                    if !account.claims.contains(&claim.id) {
                        account.claims.push(claim.id.clone());
                    }
                } else {
                    group.accounts.push(FigureAccount {
                        source: source.key.clone(),
                        name: source.name.clone(),
                        count,
                        words: figure.span.of(&self.report_of(at).text).to_owned(),
                        noun: figure.of.clone(),
                        claims: vec![claim.id.clone()],
                        latest: true,
                    });
                }
            }
        }
        for group in &mut all {
            self.settle(group);
        }
        all.sort_by_key(|f| (f.what, f.part, f.of));
        all
    }

    /// Marks the numbers that their own source replaced on a later day, and reckons what the rest allow.
    fn settle(&self, group: &mut FigureAccounts) {
        let day = |account: &FigureAccount| {
            let days = account.claims.iter().filter_map(|id| {
                let at = self.find_claim(id)?;
                self.report_of(at).published.as_ref().map(|p| p.date)
            });
            days.max()
        };
        let told: Vec<_> = group.accounts.iter().map(|a| (a.source.clone(), day(a))).collect();
        for (account, own) in group.accounts.iter_mut().zip(&told) {
            account.latest = !told.iter().any(|t| t.0 == own.0 && t.1 > own.1);
        }
        group.accounts.sort_by(|a, b| a.source.cmp(&b.source).then(a.count.low().cmp(&b.count.low())));
        let latest = || group.accounts.iter().filter(|a| a.latest).map(|a| a.count);
        group.allowed = latest().reduce(Interval::hull).unwrap_or(group.allowed);
        let first = latest().next();
        group.agreed = latest().fold(first, |agreed, count| agreed?.both(count));
    }

    fn places_of(&self, claims: &[u32]) -> Vec<PlaceView> {
        let mut places: Vec<PlaceView> = Vec::new();
        for filler in claims.iter().flat_map(|c| &self.claim(*c).act.place) {
            let view = place_view(filler);
            let same = |p: &PlaceView| p.id == view.id && (view.id.is_some() || p.name == view.name);
            if !places.iter().any(same) {
                places.push(view);
            }
        }
        places.sort_by_key(|p| (p.precision.is_none(), p.precision));
        places
    }

    /// From the first to the last day that accounts give; the exact ones where there are any.
    fn days_of(&self, claims: &[u32]) -> Option<Days> {
        let told = || claims.iter().filter_map(|c| self.claim(*c).act.days);
        let exact: Vec<Days> = told().filter(|d| d.from.is_some() && d.from == d.to).collect();
        let used: Vec<Days> = if exact.is_empty() { told().collect() } else { exact };
        let from = used.iter().map(|d| d.from).min()?;
        let to =
            if used.iter().any(|d| d.to.is_none()) { None } else { used.iter().filter_map(|d| d.to).max() };
        Some(Days { from, to })
    }
}

/// The kinds, the one told most often first, ties in the order of the code list.
fn most_told(kinds: impl Iterator<Item = Kind>) -> Vec<Kind> {
    let mut counted: Vec<(Kind, usize)> = Vec::new();
    for kind in kinds {
        match counted.iter_mut().find(|c| c.0 == kind) {
            Some(c) => c.1 += 1,
            None => counted.push((kind, 1)),
        }
    }
    counted.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    counted.into_iter().map(|c| c.0).collect()
}

fn title(kinds: &[Kind], means: &[Means], places: &[PlaceView], days: Option<Days>) -> String {
    let mut title = match (kinds[0], means) {
        (kind, [only]) => format!("{kind} ({only})"),
        (kind, _) => kind.to_string(),
    };
    if let Some(place) = places.first() {
        title = format!("{title} at {}", place.name);
    }
    match days.map(|d| (d.from, d.to)) {
        Some((Some(from), Some(to))) if from == to => format!("{title}, {from}"),
        Some((Some(from), Some(to))) => format!("{title}, {from} to {to}"),
        Some((Some(from), None)) => format!("{title}, from {from}"),
        _ => title,
    }
}

impl IncidentSummary {
    /// The verdict under the truce of that id.
    pub fn verdict(&self, truce: &str) -> Option<ScopeVerdict> {
        self.scopes.iter().find(|s| s.truce == truce).map(|s| s.verdict)
    }
}
