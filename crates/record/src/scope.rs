//! Scope: whether an act falls under a truce's terms.
//!
//! The terms are rules over facts that claims report: the day, the country, the kind of act, who is on either side,
//! and who holds the place. The verdict is `in`, `out`, `disputed` (claims or the term itself disagree) or `unknown`
//! (a fact that would decide is not reported), and always names the term and the claims it rests on.

use holdfire_types::{Claim, Days, Id, Kind, ScopeVerdict, Stance, TermRule, Truce};
use jiff::civil::Date;
use serde::Serialize;

use crate::parties::Parties;
use crate::sides;

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
pub(crate) struct Grounds(Vec<Ground>);

impl Grounds {
    pub fn add(&mut self, verdict: ScopeVerdict, term: &str, text: String, claims: Vec<Id>) {
        self.0.push(Ground { verdict, term: term.to_owned(), text, claims });
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
///
/// `published` is the last day on which a report of the incident came out: an act told without its day, before the
/// truce began, lies before it.
pub fn judge(
    claims: &[&Claim],
    around: &[&Claim],
    published: Option<Date>,
    truce: &Truce,
    parties: &Parties,
) -> ScopeView {
    let mut grounds = Grounds(Vec::new());
    let ids = |claims: &[&Claim]| claims.iter().map(|c| c.id.clone()).collect::<Vec<_>>();
    // Who denies the act does not tell who took part in it.
    let told: Vec<&Claim> = claims.iter().copied().filter(|c| c.stance != Stance::Denies).collect();
    let told = if told.is_empty() { claims.to_vec() } else { told };

    by_dates(&told, published, truce, &mut grounds);
    by_area(&told, truce, &mut grounds);
    by_kind(&told, truce, &mut grounds);
    by_holder(&told, around, truce, parties, &mut grounds);
    sides::judge(&told, around, truce, parties, &mut grounds);
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

fn by_dates(claims: &[&Claim], published: Option<Date>, truce: &Truce, grounds: &mut Grounds) {
    let in_force = Days { from: Some(truce.start), to: truce.end };
    let dated: Vec<(&Claim, Days)> = claims.iter().filter_map(|c| Some((*c, c.act.days?))).collect();
    if dated.is_empty() {
        if let Some(day) = published.filter(|d| *d < truce.start) {
            let text = format!("told on {day}, before the truce began on {}", truce.start);
            grounds.add(ScopeVerdict::Out, "dates", text, claims.iter().map(|c| c.id.clone()).collect());
        }
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
