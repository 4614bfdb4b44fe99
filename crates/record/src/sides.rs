//! The sides of an act, as a truce sees them: bound by it, excluded by a term, or neither.

use holdfire_types::{Claim, Filler, Id, Kind, ScopeVerdict, Stance, Term, TermRule, Truce};

use crate::parties::{Parties, fights};
use crate::scope::{Grounds, share_place};

/// Who stands on one side of an act.
#[derive(Debug, Clone, Default)]
struct Side {
    /// Bound by the truce, itself or through whom it stands under.
    bound: Vec<String>,
    /// Excluded by a term that nobody disputes.
    excluded: Vec<String>,
    /// Excluded by a term that is disputed.
    doubtful: Vec<String>,
    /// Armed parties of neither sort.
    outside: Vec<String>,
}

impl Side {
    fn of(fillers: &[Filler], truce: &Truce, parties: &Parties) -> Self {
        let mut side = Self::default();
        for id in fillers.iter().filter_map(|f| f.party.as_deref()) {
            let list = match excluding(id, truce, parties) {
                Some(term) if term.disputed.is_empty() => &mut side.excluded,
                Some(_) => &mut side.doubtful,
                None if binds(id, truce, parties) => &mut side.bound,
                None if fights(parties.kind(id)) => &mut side.outside,
                None => continue,
            };
            list.push(id.to_owned());
        }
        side
    }

    fn only_excluded(&self) -> bool {
        !self.excluded.is_empty() && self.bound.is_empty() && self.outside.is_empty()
    }
}

/// One claim, sorted by what its two sides say of the act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// A party that a disputed term excludes takes part.
    Doubtful,
    /// One side is the excluded party alone.
    Excluded,
    /// Excluded and other parties stand on one side.
    Mixed,
    /// Both sides are bound.
    BothBound,
    /// A bound party does it; whom it strikes is not told, or no armed party.
    BoundDoes,
    /// A bound party is struck; who did it is not told.
    BoundStruck,
    /// An armed party that the truce does not bind does it, or both sides are such.
    Outside,
    /// No known party.
    Nobody,
}

fn sort(claim: &Claim, truce: &Truce, parties: &Parties) -> (Sort, Vec<String>) {
    let (by, to) = (Side::of(&claim.act.actor, truce, parties), Side::of(&claim.act.target, truce, parties));
    let both = |x: &[String], y: &[String]| [x, y].concat();
    if !by.doubtful.is_empty() || !to.doubtful.is_empty() {
        return (Sort::Doubtful, both(&by.doubtful, &to.doubtful));
    }
    if !by.excluded.is_empty() || !to.excluded.is_empty() {
        // The two sides of a clash are both told as actors; two bound parties that are strangers to each other then
        // stand on different sides, one of them with the excluded party.
        let strangers = || {
            let bound = &by.bound;
            bound.iter().any(|p| bound.iter().any(|q| !parties.related(p, q)))
        };
        let clash = claim.act.kind == Kind::Clash && to.bound.is_empty() && !strangers();
        let alone = by.only_excluded() || to.only_excluded() || clash;
        return (if alone { Sort::Excluded } else { Sort::Mixed }, both(&by.excluded, &to.excluded));
    }
    let bound = both(&by.bound, &to.bound);
    if by.bound.is_empty() && !by.outside.is_empty() || bound.is_empty() && !to.outside.is_empty() {
        return (Sort::Outside, both(&by.outside, &to.outside));
    }
    let two_sided = claim.act.kind == Kind::Clash && by.bound.len() > 1;
    match (by.bound.is_empty(), to.bound.is_empty()) {
        _ if two_sided => (Sort::BothBound, bound),
        (false, false) => (Sort::BothBound, bound),
        (false, true) => (Sort::BoundDoes, bound),
        (true, false) => (Sort::BoundStruck, bound),
        (true, true) => (Sort::Nobody, bound),
    }
}

/// Grounds from who takes part. `around` are claims of the same place within days.
pub(crate) fn judge(
    claims: &[&Claim],
    around: &[&Claim],
    truce: &Truce,
    parties: &Parties,
    grounds: &mut Grounds,
) {
    let sorted: Vec<(Sort, Vec<String>, Id)> = claims
        .iter()
        .map(|c| {
            let (sort, who) = sort(c, truce, parties);
            (sort, who, c.id.clone())
        })
        .collect();
    let of = |sorts: &[Sort]| {
        let found = sorted.iter().filter(|s| sorts.contains(&s.0));
        let mut who: Vec<String> = Vec::new();
        let mut ids: Vec<Id> = Vec::new();
        for (_, parties, id) in found {
            who.extend(parties.iter().cloned());
            ids.push(id.clone());
        }
        (who, ids)
    };
    let names = |ids: &[String]| {
        let mut names: Vec<String> =
            ids.iter().map(|id| parties.get(id).map_or(id.clone(), |p| p.name.clone())).collect();
        names.sort();
        names.dedup();
        names.join(", ")
    };
    let term_of = |who: &[String]| who.first().and_then(|p| excluding(p, truce, parties));

    let (doubtful, ids) = of(&[Sort::Doubtful]);
    if let Some(term) = term_of(&doubtful) {
        let text = format!("{} ({}); disputed: {}", term.text, names(&doubtful), term.disputed);
        grounds.add(ScopeVerdict::Disputed, &term.id, text, ids);
        return;
    }
    let sided = partners(claims, around, truce, parties);
    let (excluded, ids) = of(&[Sort::Excluded, Sort::Mixed]);
    if let Some(term) = term_of(&excluded) {
        let (mixed, mixed_ids) = of(&[Sort::Mixed]);
        let (bound, bound_ids) = of(&[Sort::BothBound]);
        let told = format!("{} ({})", term.text, names(&excluded));
        if !sided.claims.is_empty() {
            let text = format!(
                "{told}; but {} is reported on the same side, and the truce binds it",
                names(&sided.parties)
            );
            grounds.add(ScopeVerdict::Disputed, &term.id, text, sided.claims);
        } else if !mixed.is_empty() {
            let text = format!("{told}; others stand on the same side");
            grounds.add(ScopeVerdict::Disputed, &term.id, text, mixed_ids);
        } else if !bound.is_empty() {
            let text = format!("{told}; another account names only bound parties ({})", names(&bound));
            grounds.add(ScopeVerdict::Disputed, &term.id, text, [ids, bound_ids].concat());
        } else {
            grounds.add(ScopeVerdict::Out, &term.id, told, ids);
        }
        return;
    }
    // A bound party's act may still belong to a fight that an excluded party began.
    if let Some(term) = term_of(&sided.parties) {
        let text = format!("{} ({}), which is reported in the same fight", term.text, names(&sided.parties));
        grounds.add(ScopeVerdict::Disputed, &term.id, text, sided.claims);
        return;
    }
    let (bound, bound_ids) = of(&[Sort::BothBound, Sort::BoundDoes]);
    let (outside, outside_ids) = of(&[Sort::Outside]);
    let (struck, struck_ids) = of(&[Sort::BoundStruck]);
    match (bound.is_empty(), outside.is_empty()) {
        (false, true) => {
            let text = format!("the truce binds {} and bars the act", names(&bound));
            grounds.add(ScopeVerdict::In, &barring_term(claims, truce), text, bound_ids);
        }
        (true, false) => {
            let text = format!("the truce does not bind {}", names(&outside));
            grounds.add(ScopeVerdict::Out, "parties", text, outside_ids);
        }
        (false, false) => {
            let text = format!(
                "accounts differ on who did it: {} is bound by the truce, {} is not",
                names(&bound),
                names(&outside)
            );
            grounds.add(ScopeVerdict::Disputed, "parties", text, [bound_ids, outside_ids].concat());
        }
        (true, true) if !struck.is_empty() => {
            let text = format!("who did it to {} is not reported", names(&struck));
            grounds.add(ScopeVerdict::Unknown, "parties", text, struck_ids);
        }
        (true, true) => {}
    }
}

/// The term that excludes a party, itself or through whom it stands under.
fn excluding<'t>(id: &str, truce: &'t Truce, parties: &Parties) -> Option<&'t Term> {
    truce.terms.iter().find(|term| match &term.rule {
        TermRule::ExcludesParty { parties: excluded } => parties.stands_under(id, excluded),
        _ => false,
    })
}

fn binds(id: &str, truce: &Truce, parties: &Parties) -> bool {
    parties.stands_under(id, &truce.parties) || parties.stands_under(id, &truce.guarantors)
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
    let in_excluded = |id: &str| excluding(id, truce, parties).is_some();
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
