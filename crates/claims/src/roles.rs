//! Roles by rule: who does an act by the grammar of its verb, and how fillers are worded.

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::access;
use crate::divided;
use crate::document::Named;
use crate::frame::is_passive;
use crate::governing::{self, Told};
use crate::machinery;
use crate::mentions::STRUCK;
use crate::names::same_stems;
use crate::operators::{is, marked_by};
use crate::options::RoleOption;
use crate::relief;
use crate::sides;
use crate::struck;
use crate::view::View;
use crate::worded;

/// Verbs whose subject is to do, or was to do, what stands below them.
const WILLING: &[&str] = &[
    "refuse", "decline", "fail", "vow", "threaten", "promise", "pledge", "offer", "plan", "intend",
    "undertake", "agree", "deny", "decide", "try", "attempt", "begin", "start", "continue", "manage", "stop",
];

/// Verbs whose subject suffers.
const SUFFERING: &[&str] = &["suffer", "lose", "sustain", "die", "take", "see", "receive", "have"];

/// An act with all that settles its roles.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// Its sentence.
    pub view: &'a View<'a>,
    /// Its word.
    pub token: usize,
    /// Its kind.
    pub kind: Kind,
    /// Those of the sentence who may fill its roles.
    pub own: &'a [RoleOption],
    /// Its source; `None` for the narrator.
    pub source: Option<&'a Named>,
    /// What the verb above it gives it.
    pub told: Option<Told>,
}

/// Settles actor, target and place, as the models chose them, by what the grammar leaves no doubt about.
pub fn settle(act: &Act<'_>, roles: &mut [Vec<Named>; 3]) {
    let Act { view, token, kind, own, source, .. } = *act;
    by_verb_above(act, roles);
    if !governing::is_charge(view, token) {
        own_subject(view, token, own, source, &mut roles[0]);
    }
    by_hand_of(view, token, own, roles);
    doer(view, token, kind, own, &mut roles[0]);
    sides::both_sides(view, token, kind, own, roles);
    sides::partners(view, token, kind, own, roles);
    sides::brokers(view, kind, own, &mut roles[0]);
    sides::breaker(view, token, kind, own, &mut roles[0]);
    sides::maker(view, token, kind, own, &mut roles[0]);
    if let Some(watcher) =
        machinery::watcher(view, token).filter(|_| kind == Kind::Truce && roles[0].is_empty())
        && let Some(named) = own.iter().find(|o| o.head == watcher && !o.who.stems.is_empty())
    {
        roles[0] = vec![named.who.clone()];
    }
    for names in roles.iter_mut() {
        sides::joined(view, own, names);
    }
    struck_place(view, kind, own, roles);
    if kind == Kind::Capture
        && let Some(loser) = sides::loser(view, token, own)
    {
        roles[1] = vec![loser];
    }
    if matches!(kind, Kind::Control | Kind::Siege)
        && let Some(holder) = holder(view, token)
    {
        roles[0] =
            vec![own.iter().find(|o| o.head == holder).map_or_else(
                || worded::named_at(view, view.sentence.tokens[holder].span),
                |o| o.who.clone(),
            )];
        // "called on Norland to stop the strikes on rebel-held areas": no other place is held
        if let Some(noun) = view.tree.head(token) {
            let held = |who: &Named| {
                who.span.is_none()
                    || own
                        .iter()
                        .any(|o| o.who.span == who.span && (o.head == noun || view.tree.under(o.head, noun)))
            };
            roles[2].retain(held);
        }
    }
    if kind == Kind::Attack {
        struck::both(view, token, own, &mut roles[1]);
    }
    if kind == Kind::Control {
        divided::holders(view, token, own, &mut roles[0]);
    }
    if let Some(carrier) = relief::struck(view, token).filter(|_| kind == Kind::Aid)
        && let Some(named) = own.iter().find(|o| o.head == carrier && !o.who.stems.is_empty())
    {
        roles[1] = vec![named.who.clone()];
    }
    if let Some(off) = access::kept_off(view, token).filter(|_| kind == Kind::Aid)
        && let Some(named) = own.iter().find(|o| o.head == off && !o.who.stems.is_empty())
    {
        let of_it = |who: &Named| own.iter().any(|o| o.who.span == who.span && o.modifies == Some(off));
        roles[0].retain(|who| who.span != named.who.span && !of_it(who));
        roles[1] = vec![named.who.clone()];
    }
    // "a relief team was let through": it lets nobody through
    if kind == Kind::Aid {
        let targets = roles[1].clone();
        roles[0].retain(|who| who.span.is_none() || !targets.iter().any(|target| target.span == who.span));
    }
    // "three women from the besieged town": the town is
    if kind == Kind::Siege
        && view.dep(token) == Dep::Amod
        && let Some(town) = view.tree.head(token).and_then(|noun| own.iter().find(|o| o.head == noun))
    {
        roles[1] = vec![town.who.clone()];
    }
    town_of_victims(view, kind, own, roles);
    town_is_both(kind, own, roles);
    roles[0] = worded::worded(view, std::mem::take(&mut roles[0]));
    // who flees is moved by nobody else
    if kind == Kind::Displacement {
        let actors = roles[0].clone();
        roles[1].retain(|who| !actors.iter().any(|actor| actor.span == who.span));
    }
    // who states something is its source
    if kind == Kind::Statement {
        roles[0].clear();
    }
}

/// "Claimed responsibility for": who claims it did it. "Accused X of", "urged X to": X does it, and suffers nothing by it.
fn by_verb_above(act: &Act<'_>, roles: &mut [Vec<Named>; 3]) {
    let Some(told) = act.told else { return };
    let by = |head: Option<usize>| act.own.iter().find(|o| Some(o.head) == head).map(|o| &o.who);
    if let Some(who) = by(told.speaker.filter(|_| told.stance == Stance::States)) {
        roles[0] = vec![who.clone()];
    }
    // "accuse each other of breaking the truce"
    let each_other = told.addressed.is_some_and(|t| is(act.view, t, &["each", "other", "another"]));
    if let Some(speaker) = told.speaker.filter(|_| each_other) {
        let side = |o: &&RoleOption| o.head == speaker || o.joined_to == Some(speaker);
        roles[0] = act.own.iter().filter(side).map(|o| o.who.clone()).collect();
        return;
    }
    let Some(addressed) = by(told.addressed) else { return };
    if !roles[0].iter().any(|w| same_stems(&w.stems, &addressed.stems)) {
        roles[0] = vec![addressed.clone()];
    }
    if let Some(source) = act.source {
        roles[0].retain(|w| !same_stems(&w.stems, &source.stems));
    }
    if act.kind != Kind::Statement {
        for role in &mut roles[1..] {
            role.retain(|w| !same_stems(&w.stems, &addressed.stems));
        }
    }
}

/// "The army denied that soldiers had killed", "Turkey will withdraw its troops": neither who speaks nor what the act's
/// verb has for an object does the act, where the verb has a subject of its own.
fn own_subject(
    view: &View<'_>,
    token: usize,
    own: &[RoleOption],
    source: Option<&Named>,
    actors: &mut Vec<Named>,
) {
    let kid = |dep: Dep| view.kids(token).find(|&k| view.dep(k) == dep);
    let by = |head: Option<usize>| own.iter().find(|o| Some(o.head) == head && !o.who.stems.is_empty());
    let Some(subject) = by(kid(Dep::Nsubj)).filter(|_| view.upos(token) == Upos::Verb) else { return };
    let object = by(kid(Dep::Obj)).map(|o| o.who.span);
    let (before, whose) = (actors.len(), &subject.who.stems);
    actors.retain(|actor| {
        let speaker = source.is_some_and(|s| same_stems(&s.stems, &actor.stems)) && subject.is_party;
        same_stems(whose, &actor.stems) || !(speaker || object == Some(actor.span))
    });
    if actors.is_empty() && before > 0 {
        actors.push(subject.who.clone());
    }
}

/// "The shelling of Marran": what an attack is of does not strike. A name there is a place, whatever it looks like.
fn struck_place(view: &View<'_>, kind: Kind, own: &[RoleOption], roles: &mut [Vec<Named>; 3]) {
    if !matches!(kind, Kind::Attack | Kind::Capture | Kind::Siege) {
        return;
    }
    let noun = |o: &RoleOption| o.part_of.first().copied().filter(|_| of(view, o.head));
    let struck = |o: &&RoleOption| {
        noun(o)
            .is_some_and(|noun| view.may_tell(noun, kind) && (o.is_place || view.form(noun).ends_with("ing")))
    };
    for o in own.iter().filter(struck) {
        roles[0].retain(|who| who.span != o.who.span);
        let place = view.upos(o.head) == Upos::Propn
            && noun(o).is_some_and(|noun| STRUCK.contains(&view.lemma_of(noun)));
        if place && roles[2].is_empty() {
            roles[2].push(o.who.clone());
        }
    }
}

fn of(view: &View<'_>, head: usize) -> bool {
    view.kids(head).any(|k| view.dep(k) == Dep::Case && view.form(k) == "of")
}

/// Where those whom an attack harms are named, their town is where it was and no target beside them.
fn town_of_victims(view: &View<'_>, kind: Kind, own: &[RoleOption], roles: &mut [Vec<Named>; 3]) {
    if kind != Kind::Attack || roles[1].len() < 2 {
        return;
    }
    let of = |who: &Named| own.iter().find(|o| o.who.span == who.span);
    let victim = |o: &RoleOption| o.is_party || o.is_person;
    if !roles[1].iter().filter_map(of).any(victim) {
        return;
    }
    let town = |o: &RoleOption| o.is_place || is(view, o.head, struck::HOMES);
    let towns: Vec<Named> = roles[1].iter().filter(|w| of(w).is_some_and(town)).cloned().collect();
    roles[1].retain(|w| !towns.contains(w));
    if roles[2].is_empty() {
        roles[2] = towns.into_iter().filter(|w| of(w).is_some_and(|o| o.is_place)).collect();
    }
}

/// For attack, capture and siege a town named as target is the place too.
fn town_is_both(kind: Kind, own: &[RoleOption], roles: &mut [Vec<Named>; 3]) {
    if !matches!(kind, Kind::Attack | Kind::Capture | Kind::Siege) || !roles[2].is_empty() {
        return;
    }
    let town = |who: &&Named| own.iter().any(|o| o.is_place && o.who.span == who.span);
    roles[2] = roles[1].iter().filter(town).cloned().collect();
}

/// "Due to shelling by regime forces": a force after "by" strikes, whatever the parser calls it, and is not struck.
fn by_hand_of(view: &View<'_>, i: usize, own: &[RoleOption], roles: &mut [Vec<Named>; 3]) {
    let hand = |o: &&RoleOption| {
        o.is_force
            && o.head < view.len()
            && view.tree.head(o.head) == Some(i)
            && matches!(view.dep(o.head), Dep::Obl | Dep::Nmod | Dep::OblAgent)
            && marked_by(view, o.head, &["by"])
    };
    let Some(hand) = own.iter().find(hand).filter(|_| view.kinds[i] != 0) else { return };
    roles[1].retain(|who| who.span != hand.who.span);
    if roles[0].is_empty() {
        roles[0].push(hand.who.clone());
    }
}

/// The subject of an active verb with an object does the act where the models found nobody in the sentence.
fn doer(view: &View<'_>, i: usize, kind: Kind, own: &[RoleOption], actors: &mut Vec<Named>) {
    let done_by_hand = matches!(
        kind,
        Kind::Attack
            | Kind::Capture
            | Kind::Detention
            | Kind::Release
            | Kind::Withdrawal
            | Kind::Deployment
            | Kind::Siege
            | Kind::Aid
    );
    if !done_by_hand || actors.iter().any(|who| who.span.is_some()) {
        return;
    }
    let found = |head: usize| {
        own.iter().find(|o| o.head == head && (o.is_party || o.is_person) && !o.who.stems.is_empty())
    };
    // "was shelled by the army", "the attack was carried out by rebels"
    let passive = if view.dep(i) == Dep::NsubjPass { view.tree.head(i) } else { Some(i) };
    let agent = passive.and_then(|v| view.kids(v).find(|&k| view.dep(k) == Dep::OblAgent));
    if let Some(agent) = agent.and_then(found) {
        *actors = vec![agent.who.clone()];
        return;
    }
    let active = view.upos(i) == Upos::Verb
        && !is_passive(view, i)
        && view.kids(i).any(|k| view.dep(k) == Dep::Obj)
        && view.may_tell(i, kind)
        && !is(view, i, SUFFERING);
    if !active {
        return;
    }
    let subject = |v: usize| view.tree.kid_by(view.sentence, v, &[Dep::Nsubj]);
    let willing = || {
        let above = view.tree.head(i).filter(|&v| view.dep(i) == Dep::Xcomp && is(view, v, WILLING))?;
        subject(above).filter(|_| !is_passive(view, above))
    };
    let doer = subject(i).or_else(willing).and_then(found);
    if let Some(doer) = doer {
        *actors = vec![doer.who.clone()];
    }
}

/// The token before "-held" and the like: "rebel-held", "government-besieged".
pub fn holder(view: &View<'_>, i: usize) -> Option<usize> {
    let hyphened = is(view, i, &["held", "controlled", "run", "occupied", "besieged"])
        && i >= 2
        && view.form(i - 1) == "-"
        && matches!(view.upos(i - 2), Upos::Noun | Upos::Propn | Upos::Adj);
    (hyphened && divided::dividing(view, i).is_none()).then(|| i - 2)
}

/// True for kinds that one does to another: nobody is both, or a part of the other ("a Russian helicopter was shot down").
pub fn is_done_to_another(kind: Kind) -> bool {
    matches!(kind, Kind::Attack | Kind::Detention)
}

/// True for one of the targets, and for what describes one.
pub fn is_within(option: &RoleOption, own: &[RoleOption], targets: &[Named]) -> bool {
    own.iter()
        .filter(|o| targets.iter().any(|who| who.span == o.who.span))
        .any(|target| option.head == target.head || option.part_of.contains(&target.head))
}
