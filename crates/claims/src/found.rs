//! The act words of a sentence, and which of them tell one act together.

use holdfire_types::{Dep, Kind, Upos};

use crate::access;
use crate::governing;
use crate::kinds;
use crate::machinery;
use crate::once::{self, ROUNDS};
use crate::operators::is;
use crate::relief;
use crate::told::History;
use crate::truces;
use crate::view::View;

/// A word that is an act, with its kind and how sure that is.
pub type Found = (usize, Kind, f32);

/// How sure an act is that the grammar tells plainly.
const PLAIN: f32 = 0.6;
/// And one that goes before the noun that it is done to: what was kept off, who watches a truce.
const SURE: f32 = 1.0;

/// True for words that may be acts at all.
pub fn may_be_act(view: &View<'_>, i: usize) -> bool {
    matches!(view.upos(i), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn)
        || (view.upos(i) == Upos::Aux && view.kinds[i] != 0)
}

/// The words of a sentence that are acts at least as surely as `bar` says of their kind, by the odds of no act and of each
/// kind, and by what was told before it; and those that tell plainly of aid or of how a truce stands, of which the models
/// have seen too little.
pub fn words(
    view: &View<'_>,
    odds: impl IntoIterator<Item = (usize, Vec<f32>)>,
    bar: impl Fn(Kind) -> f32,
    told: &History,
) -> Vec<Found> {
    // how surely each word tells of aid by the grammar alone; surer of what is kept off or goes on than the noun of that is
    let aid: Vec<Option<f32>> = (0..view.len())
        .map(|i| {
            let sure = access::kept_off(view, i).is_some() || access::goes_on(view, i);
            access::told(view, i).map(|_| if sure { SURE } else { PLAIN })
        })
        .collect();
    let likely = odds.into_iter().filter_map(|(i, odds)| {
        let best = (1..odds.len()).max_by(|&a, &b| odds[a].total_cmp(&odds[b]))?;
        let (kind, sure) = (Kind::ALL[best - 1], 1.0 - odds[0]);
        let none = kinds::frees_nobody(view, i, kind) || kinds::is_other(view, i, kind);
        (sure >= bar(kind) && !none).then_some((i, kind, sure))
    });
    let settled = |(i, kind, sure): Found| {
        if let Some(plain) = aid[i] {
            return (i, Kind::Aid, sure.max(plain));
        }
        if let Some(asked) = truces::asked_to_end(view, i) {
            return (i, asked, sure);
        }
        if machinery::watcher(view, i).is_some() {
            return (i, Kind::Truce, sure.max(SURE));
        }
        let kind = relief::kind(view, i, machinery::kind(view, i, kind), told);
        (i, kinds::settled(view, i, kind), sure)
    };
    let mut found: Vec<Found> = likely.map(settled).collect();
    for (i, plain) in aid.iter().enumerate() {
        if found.iter().any(|act| act.0 == i) {
            continue;
        }
        let known = |verb: usize| found.iter().any(|act| act.0 == verb && act.1 == Kind::Truce);
        if let Some(plain) = plain {
            found.push((i, Kind::Aid, *plain));
        } else if truces::told(view, i).is_some_and(|verb| !known(verb)) {
            found.push((i, Kind::Truce, PLAIN));
        } else if let Some(kind) = truces::asked_to_end(view, i) {
            found.push((i, kind, PLAIN));
        } else if machinery::watcher(view, i).is_some() {
            found.push((i, Kind::Truce, SURE));
        } else if kinds::hands_over(view, i) {
            found.push((i, Kind::Release, PLAIN));
        }
    }
    found.sort_by_key(|act| act.0);
    found
}

/// Leaves one word to each act: a speech act that carries an act is none of its own, and of two words of one kind where
/// one depends on the other inside a clause, the surer one tells it.
pub fn apart(view: &View<'_>, found: &[Found]) -> Vec<Found> {
    // "bombed the convoy": the blow tells what befell the convoy
    let struck =
        |t: usize| found.iter().any(|&(blow, _, _)| blow != t && relief::struck(view, blow) == Some(t));
    let found: Vec<Found> =
        found.iter().copied().filter(|&(t, kind, _)| kind != Kind::Aid || !struck(t)).collect();
    let carries = |speech: usize| {
        found.iter().any(|&(t, kind, _)| {
            kind != Kind::Statement
                && t != speech
                && view.tree.under(t, speech)
                && on_main_line(view, t, speech)
        })
    };
    // "rejected a call for a truce", where the parser may hang the truce on either
    let carries = |speech: usize| {
        let word = is(view, speech, governing::SAYINGS) || is(view, speech, governing::OFFERS);
        let verb = view.tree.head(speech).filter(|_| word && view.dep(speech) == Dep::Obj);
        carries(speech) || verb.is_some_and(carries)
    };
    let of_speech = |t: usize, kind: Kind| {
        let told = || access::told(view, t).is_some() || machinery::watcher(view, t).is_some();
        kind == Kind::Statement || !(view.may_tell(t, kind) || told())
    };
    // "accused Ankara of failing to honour its word" is one charge
    let in_speech = |t: usize| {
        found.iter().any(|&(speech, kind, _)| {
            kind == Kind::Statement
                && speech != t
                && view.tree.under(t, speech)
                && on_main_line(view, t, speech)
        })
    };
    let acts: Vec<Found> = found
        .iter()
        .copied()
        .filter(|&(t, kind, _)| !(of_speech(t, kind) && carries(t)))
        .filter(|&(t, kind, _)| !(kind == Kind::Statement && in_speech(t)))
        .collect();
    // "the next round of talks will be held": the round is no act of its own
    let on = |t: usize, of: usize| {
        let head = view.tree.head(t).filter(|_| is_part(view, t))?;
        let round = is(view, head, ROUNDS) && is_part(view, head) && view.dep(t) == Dep::Nmod;
        (head == of || (round && view.tree.head(head) == Some(of))).then_some(())
    };
    let told_twice = |token: usize, kind: Kind, sure: f32| {
        acts.iter().any(|&(t, other, odds)| {
            let linked = on(t, token).or_else(|| on(token, t)).is_some();
            other == kind && t != token && linked && odds.total_cmp(&sure).then(token.cmp(&t)).is_gt()
        })
    };
    let acts: Vec<Found> =
        acts.iter().copied().filter(|&(t, kind, odds)| !told_twice(t, kind, odds)).collect();
    let told_by = |(t, kind, _): Found, mains: &[Found]| {
        mains.iter().any(|&main| main.0 != t && once::told_by(view, main, t, kind))
    };
    // what another tells itself tells nothing of a third
    let mains: Vec<Found> = acts.iter().copied().filter(|&act| !told_by(act, &acts)).collect();
    acts.iter().copied().filter(|&act| !told_by(act, &mains)).collect()
}

/// True where the way from `t` up to `speech` runs through complements alone.
fn on_main_line(view: &View<'_>, t: usize, speech: usize) -> bool {
    let mut at = t;
    for above in view.tree.above(t) {
        if !matches!(
            view.dep(at),
            Dep::Ccomp | Dep::Xcomp | Dep::Advcl | Dep::Obj | Dep::Obl | Dep::Nmod | Dep::Conj | Dep::Acl
        ) {
            return false;
        }
        if above == speech {
            return true;
        }
        at = above;
    }
    false
}

/// True for an argument or modifier inside a clause, which tells the same act as its head when both are of one kind.
fn is_part(view: &View<'_>, t: usize) -> bool {
    matches!(
        view.dep(t),
        Dep::Obj
            | Dep::Obl
            | Dep::Nsubj
            | Dep::NsubjPass
            | Dep::Nmod
            | Dep::Compound
            | Dep::Amod
            | Dep::Xcomp
            | Dep::OblAgent
    )
}
