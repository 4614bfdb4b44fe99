//! Scope: whether an act falls under a truce's terms.
//!
//! The terms are rules over facts that claims report: the day, the country, the kind of act, who is on either side,
//! and who holds the place. The verdict is `in`, `out`, `disputed` (claims or the term itself disagree) or `unknown`
//! (a fact that would decide is not reported), and always names the term and the claims it rests on.

use holdfire_types::{Claim, Days, Id, Kind, ScopeVerdict, Stance, Term, TermRule, Truce};
use serde::Serialize;

use crate::parties::Parties;

/// A verdict with its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeView {
    /// The truce.
    pub truce: String,
    /// The verdict.
    pub verdict: ScopeVerdict,
    /// Why, the deciding ground first.
    pub grounds: Vec<Ground>,
}

/// One ground of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    /// What this ground alone would say.
    pub verdict: ScopeVerdict,
    /// Id of the term; "dates", "area" and "parties" for the truce's own fields.
    pub term: String,
    /// The ground in plain words.
    pub text: String,
    /// The claims that it rests on.
    pub claims: Vec<Id>,
}

/// Grounds as they are found.
struct Grounds(Vec<Ground>);

impl Grounds {
    fn add(&mut self, verdict: ScopeVerdict, term: &str, text: String, claims: Vec<Id>) {
        self.0.push(Ground { verdict, term: term.to_owned(), text, claims });
    }
}

/// Who stands on one side of an act, as the truce sees it.
#[derive(Debug, Clone, Default)]
struct Side {
    /// Bound by the truce.
    bound: Vec<String>,
    /// Excluded by a term.
    excluded: Vec<String>,
    /// Excluded by a term that is disputed.
    doubtful: Vec<String>,
    /// Armed parties of neither sort.
    outside: Vec<String>,
}

impl Side {
    fn only_excluded(&self) -> bool {
        !self.excluded.is_empty() && self.bound.is_empty() && self.doubtful.is_empty()
    }

    fn add(&mut self, other: Self) {
        self.bound.extend(other.bound);
        self.excluded.extend(other.excluded);
        self.doubtful.extend(other.doubtful);
        self.outside.extend(other.outside);
    }
}

/// Kinds that terms bar or allow; others (talks, statements) are no question of scope.
pub const fn judged(kind: Kind) -> bool {
    matches!(kind, Kind::Attack | Kind::Clash | Kind::Capture | Kind::Aid | Kind::Siege | Kind::Deployment)
}

/// Judges an incident, given by its claims, against `truce`.
///
/// `around` are claims of the same place within days of it: who else took part, and who holds the place. They can
/// make a verdict disputed or decide by a term on areas, and are then named as grounds.
pub fn judge(claims: &[&Claim], around: &[&Claim], truce: &Truce, parties: &Parties) -> ScopeView {
    let mut grounds = Grounds(Vec::new());
    let ids = |claims: &[&Claim]| claims.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    // Who denies the act does not tell who took part in it.
    let told: Vec<&Claim> = claims.iter().copied().filter(|c| c.stance != Stance::Denies).collect();
    let told = if told.is_empty() { claims.to_vec() } else { told };

    by_dates(&told, truce, &mut grounds);
    by_area(&told, truce, &mut grounds);
    by_kind(&told, truce, &mut grounds);
    by_holder(&told, around, truce, parties, &mut grounds);
    by_sides(&told, around, truce, parties, &mut grounds);
    if grounds.0.is_empty() {
        grounds.add(
            ScopeVerdict::Unknown,
            "parties",
            "who took part is not reported, or no pack knows them".to_owned(),
            ids(&told),
        );
    }
    let Grounds(mut grounds) = grounds;
    let verdict = settle(&grounds);
    grounds.sort_by_key(|g| (g.verdict != verdict, order(g.verdict)));
    ScopeView { truce: truce.id.clone(), verdict, grounds }
}

/// What all grounds come to: one that leaves the act out decides, then a dispute, then what is not known.
fn settle(grounds: &[Ground]) -> ScopeVerdict {
    let any = |v| grounds.iter().any(|g| g.verdict == v);
    let decided_out = any(ScopeVerdict::Out);
    if decided_out {
        ScopeVerdict::Out
    } else if any(ScopeVerdict::Disputed) {
        ScopeVerdict::Disputed
    } else if any(ScopeVerdict::Unknown) || !any(ScopeVerdict::In) {
        ScopeVerdict::Unknown
    } else {
        ScopeVerdict::In
    }
}

fn order(verdict: ScopeVerdict) -> u8 {
    match verdict {
        ScopeVerdict::Out => 0,
        ScopeVerdict::Disputed => 1,
        ScopeVerdict::Unknown => 2,
        ScopeVerdict::In => 3,
    }
}

fn by_dates(claims: &[&Claim], truce: &Truce, grounds: &mut Grounds) {
    let in_force = Days { from: Some(truce.start), to: truce.end };
    let dated: Vec<(&Claim, Days)> = claims.iter().filter_map(|c| Some((*c, c.act.days?))).collect();
    if dated.is_empty() {
        return;
    }
    let (inside, outside): (Vec<_>, Vec<_>) = dated.iter().partition(|(_, days)| days.meets(in_force));
    let ids = |list: &[&(&Claim, Days)]| list.iter().map(|(c, _)| c.id.clone()).collect::<Vec<_>>();
    if outside.is_empty() {
        return;
    }
    let ends = truce.end.map_or("with no set end".to_owned(), |end| format!("until {end}"));
    let text = format!("the act lies outside the truce's days, from {} {ends}", truce.start);
    if inside.is_empty() {
        grounds.add(ScopeVerdict::Out, "dates", text, ids(&outside));
    } else {
        let text =
            format!("accounts put it inside and outside the truce's days, from {} {ends}", truce.start);
        grounds.add(ScopeVerdict::Disputed, "dates", text, ids(&dated.iter().collect::<Vec<_>>()));
    }
}

fn by_area(claims: &[&Claim], truce: &Truce, grounds: &mut Grounds) {
    let places = || {
        claims
            .iter()
            .flat_map(|c| c.act.place.iter().filter_map(move |p| Some((*c, p.place.as_ref()?))))
            .filter(|(_, p)| !p.country.is_empty())
    };
    let inside = |country: &str| truce.countries.iter().any(|c| c == country);
    let outside: Vec<_> = places().filter(|(_, p)| !inside(&p.country)).collect();
    if outside.is_empty() || places().any(|(_, p)| inside(&p.country)) {
        return;
    }
    let (_, place) = outside[0];
    grounds.add(
        ScopeVerdict::Out,
        "area",
        format!("{} lies in {}, outside the truce's area", place.name, place.country),
        outside.iter().map(|(c, _)| c.id.clone()).collect(),
    );
}

fn by_kind(claims: &[&Claim], truce: &Truce, grounds: &mut Grounds) {
    let barring = |claim: &Claim| {
        truce.terms.iter().find(|term| match &term.rule {
            TermRule::Bars { kinds, means } => {
                kinds.contains(&claim.act.kind)
                    && (means.is_empty()
                        || claim.act.means.is_empty()
                        || claim.act.means.iter().any(|m| means.contains(m)))
            }
            _ => false,
        })
    };
    let any_bars = truce.terms.iter().any(|t| matches!(t.rule, TermRule::Bars { .. }));
    if any_bars && claims.iter().all(|c| barring(c).is_none()) {
        let kind = claims[0].act.kind;
        grounds.add(
            ScopeVerdict::Out,
            "barred-acts",
            format!("no term of the truce bars an act of this kind ({kind})"),
            claims.iter().map(|c| c.id.clone()).collect(),
        );
    } else if let Some((term, claim)) = claims.iter().find_map(|c| Some((barring(c)?, c)))
        && !term.disputed.is_empty()
    {
        grounds.add(
            ScopeVerdict::Disputed,
            &term.id,
            format!("{}; disputed: {}", term.text, term.disputed),
            vec![claim.id.clone()],
        );
    }
}

/// Places held by excluded parties stand outside, where a claim says who holds the place.
fn by_holder(claims: &[&Claim], around: &[&Claim], truce: &Truce, parties: &Parties, grounds: &mut Grounds) {
    for term in &truce.terms {
        let TermRule::ExcludesAreaOf { parties: excluded } = &term.rule else { continue };
        let held = |claim: &&&Claim| {
            claim.act.kind == Kind::Control
                && claim.stance == Stance::States
                && !claim.conditional
                && claims.iter().any(|c| share_place(c, claim))
        };
        let actor_under = |claim: &Claim| {
            let known: Vec<&str> = claim.act.actor.iter().filter_map(|f| f.party.as_deref()).collect();
            (!known.is_empty()).then(|| known.iter().any(|p| parties.stands_under(p, excluded)))
        };
        let holders: Vec<(&Claim, bool)> =
            around.iter().filter(held).filter_map(|c| Some((*c, actor_under(c)?))).collect();
        let yes: Vec<Id> = holders.iter().filter(|h| h.1).map(|h| h.0.id.clone()).collect();
        let no: Vec<Id> = holders.iter().filter(|h| !h.1).map(|h| h.0.id.clone()).collect();
        if yes.is_empty() {
            continue;
        }
        if no.is_empty() && term.disputed.is_empty() {
            grounds.add(ScopeVerdict::Out, &term.id, term.text.clone(), yes);
        } else if no.is_empty() {
            grounds.add(
                ScopeVerdict::Disputed,
                &term.id,
                format!("{}; disputed: {}", term.text, term.disputed),
                yes,
            );
        } else {
            let text = format!("{}; accounts differ on who holds the place", term.text);
            grounds.add(ScopeVerdict::Disputed, &term.id, text, [yes, no].concat());
        }
    }
}

/// True when the two claims name one place.
pub(crate) fn share_place(a: &Claim, b: &Claim) -> bool {
    let same = |p: &holdfire_types::Filler, q: &holdfire_types::Filler| match (&p.place, &q.place) {
        (Some(x), Some(y)) => x.id == y.id,
        _ => crate::facts::fold(&p.name) == crate::facts::fold(&q.name),
    };
    a.act.place.iter().any(|p| b.act.place.iter().any(|q| same(p, q)))
}

/// Terms that exclude parties, each with its parties.
fn exclusions(truce: &Truce) -> impl Iterator<Item = (&Term, &[String])> {
    truce.terms.iter().filter_map(|term| match &term.rule {
        TermRule::ExcludesParty { parties } => Some((term, parties.as_slice())),
        _ => None,
    })
}

fn side(fillers: &[holdfire_types::Filler], truce: &Truce, parties: &Parties) -> Side {
    let mut side = Side::default();
    for id in fillers.iter().filter_map(|f| f.party.as_deref()) {
        let excluded = exclusions(truce).find(|(_, excluded)| parties.stands_under(id, excluded));
        let list = match excluded {
            Some((term, _)) if term.disputed.is_empty() => &mut side.excluded,
            Some(_) => &mut side.doubtful,
            None if parties.stands_under(id, &truce.parties)
                || parties.stands_under(id, &truce.guarantors) =>
            {
                &mut side.bound
            }
            None if crate::parties::fights(parties.kind(id)) => &mut side.outside,
            None => continue,
        };
        list.push(id.to_owned());
    }
    side
}

fn by_sides(claims: &[&Claim], around: &[&Claim], truce: &Truce, parties: &Parties, grounds: &mut Grounds) {
    let ids = |claims: &[&Claim]| claims.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    let name = |id: &String| parties.get(id).map_or(id.clone(), |p| p.name.clone());
    let list = |parties: &[String]| {
        let mut names: Vec<String> = parties.iter().map(name).collect();
        names.sort();
        names.dedup();
        names.join(", ")
    };
    let clash = |c: &&Claim| c.act.kind == Kind::Clash;
    let (mut doer, mut done_to, mut all) = (Side::default(), Side::default(), Side::default());
    for claim in claims {
        let (by, to) = (side(&claim.act.actor, truce, parties), side(&claim.act.target, truce, parties));
        all.add(by.clone());
        all.add(to.clone());
        doer.add(by);
        done_to.add(to);
    }
    let term_of = |id: &str| exclusions(truce).find(|(_, e)| parties.stands_under(id, e)).map(|(t, _)| t);
    let excluded = [all.excluded.as_slice(), all.doubtful.as_slice()].concat();
    if let Some(first) = excluded.first()
        && let Some(term) = term_of(first)
    {
        // Others bound by the truce who took part on the excluded party's side, in this incident or around it.
        let sided = partners(claims, around, truce, parties);
        if !all.doubtful.is_empty() {
            let text = format!(
                "{} ({}); disputed: {}",
                term_text(term_of(&all.doubtful[0]), term),
                list(&all.doubtful),
                term_of(&all.doubtful[0]).map_or("", |t| &t.disputed)
            );
            grounds.add(
                ScopeVerdict::Disputed,
                &term_of(&all.doubtful[0]).unwrap_or(term).id,
                text,
                ids(claims),
            );
        } else if !sided.claims.is_empty() {
            let text = format!(
                "{} ({}); but {} is reported on the same side, and the truce binds it",
                term.text,
                list(&excluded),
                list(&sided.parties)
            );
            grounds.add(ScopeVerdict::Disputed, &term.id, text, sided.claims);
        } else if doer.only_excluded() || done_to.only_excluded() || claims.iter().any(clash) {
            let text = format!("{} ({})", term.text, list(&excluded));
            grounds.add(ScopeVerdict::Out, &term.id, text, ids(claims));
        } else {
            let text = format!("{} ({}); bound parties stand on the same side", term.text, list(&excluded));
            grounds.add(ScopeVerdict::Disputed, &term.id, text, ids(claims));
        }
        return;
    }
    // A bound party's act may still belong to a fight that an excluded party began.
    let sided = partners(claims, around, truce, parties);
    if !sided.claims.is_empty()
        && let Some(term) = sided.parties.first().and_then(|p| term_of(p))
    {
        let text = format!("{} ({}), which is reported in the same fight", term.text, list(&sided.parties));
        grounds.add(ScopeVerdict::Disputed, &term.id, text, sided.claims);
        return;
    }
    if !all.bound.is_empty() {
        let only_outside = doer.bound.is_empty() && !doer.outside.is_empty();
        if only_outside {
            let text = format!("{} is not bound by the truce", list(&doer.outside));
            grounds.add(ScopeVerdict::Out, "parties", text, ids(claims));
        } else if doer.bound.is_empty() && !claims.iter().any(clash) {
            grounds.add(
                ScopeVerdict::Unknown,
                "parties",
                "who did it is not reported".to_owned(),
                ids(claims),
            );
        } else {
            let text = format!("{} is bound by the truce and the act is barred", list(&all.bound));
            grounds.add(ScopeVerdict::In, &barring_term(claims, truce), text, ids(claims));
        }
    } else if !all.outside.is_empty() {
        let text = format!("{} is not bound by the truce", list(&all.outside));
        grounds.add(ScopeVerdict::Out, "parties", text, ids(claims));
    }
}

fn term_text<'t>(found: Option<&'t Term>, otherwise: &'t Term) -> &'t str {
    &found.unwrap_or(otherwise).text
}

fn barring_term(claims: &[&Claim], truce: &Truce) -> String {
    let bars = |term: &&Term| match &term.rule {
        TermRule::Bars { kinds, .. } => claims.iter().any(|c| kinds.contains(&c.act.kind)),
        _ => false,
    };
    truce.terms.iter().find(bars).map_or_else(|| "parties".to_owned(), |t| t.id.clone())
}

/// Parties of the other sort (bound or excluded) that are told to act with those of `claims`.
struct Partners {
    parties: Vec<String>,
    claims: Vec<Id>,
}

/// Finds, within `claims` and `around` them, acts of violence at the same place in which both an excluded party and a
/// bound one act against one opponent, or with no opponent told. Names the parties that `claims` alone do not show.
fn partners(claims: &[&Claim], around: &[&Claim], truce: &Truce, parties: &Parties) -> Partners {
    let mut found = Partners { parties: Vec::new(), claims: Vec::new() };
    let violent = |c: &Claim| matches!(c.act.kind, Kind::Attack | Kind::Clash | Kind::Capture);
    let in_excluded = |id: &str| exclusions(truce).any(|(_, e)| parties.stands_under(id, e));
    let bound = |id: &str| !in_excluded(id) && parties.stands_under(id, &truce.parties);
    let actors = |c: &Claim| c.act.actor.iter().filter_map(|f| f.party.clone()).collect::<Vec<_>>();
    let targets = |c: &Claim| c.act.target.iter().filter_map(|f| f.party.clone()).collect::<Vec<_>>();
    let opposed = |x: &str, c: &Claim| targets(c).iter().any(|t| parties.related(x, t));
    for claim in claims.iter().filter(|c| c.act.kind != Kind::Clash) {
        for actor in actors(claim) {
            let excluded = in_excluded(&actor);
            if !excluded && !bound(&actor) {
                continue;
            }
            for other in claims.iter().chain(around) {
                let with = violent(other) && other.stance != Stance::Denies && share_place(claim, other);
                if !with || other.act.kind == Kind::Clash {
                    continue;
                }
                for partner in actors(other) {
                    let fits = if excluded { bound(&partner) } else { in_excluded(&partner) };
                    // Enemies do not act together: neither may be the other's target, and opponents must agree.
                    let enemies = opposed(&partner, claim) || opposed(&actor, other);
                    let (mine, theirs) = (targets(claim), targets(other));
                    let common = mine.is_empty()
                        || theirs.is_empty()
                        || mine.iter().any(|m| theirs.iter().any(|t| parties.related(m, t)));
                    if fits && !enemies && common && (!mine.is_empty() || !theirs.is_empty()) {
                        if !found.parties.contains(&partner) {
                            found.parties.push(partner);
                        }
                        for id in [&claim.id, &other.id] {
                            if !found.claims.contains(id) {
                                found.claims.push(id.clone());
                            }
                        }
                    }
                }
            }
        }
    }
    found
}
