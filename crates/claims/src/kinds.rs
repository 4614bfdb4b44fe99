//! Kinds that the grammar around an act word decides, whatever the models take it for.

use holdfire_types::{Dep, Kind, NameType, Upos};

use crate::governing;
use crate::mentions::{Sort, name_type};
use crate::once::HARM;
use crate::operators::{is, marked_by};
use crate::truces;
use crate::view::View;

/// The kind of the act at token `i`, which by itself would be `kind`.
pub fn settled(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    let rules: [fn(&View<'_>, usize, Kind) -> Kind; 6] =
        [of_handed_over, of_both, of_breach, of_end, of_long, of_held];
    rules.iter().fold(kind, |kind, rule| rule(view, i, kind))
}

/// "Traded fire", "were killed in clashes": two sides fight.
fn of_both(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if kind != Kind::Attack {
        return kind;
    }
    // either word of "traded fire" may be taken for the act
    let goes_with = view.dep(i) == Dep::Advcl && is(view, i, HARM);
    let i = view.tree.head(i).filter(|_| view.dep(i) == Dep::Obj || goes_with).unwrap_or(i);
    let shot = |k: usize| {
        matches!(view.dep(k), Dep::Obj)
            && is(view, k, &["fire", "gunfire", "strike", "blow", "shelling", "rocket", "shot"])
    };
    let fight = |k: usize| {
        view.dep(k) == Dep::Obl
            && marked_by(view, k, &["in", "during"])
            && view.upos(k) == Upos::Noun
            && view.may_tell(k, Kind::Clash)
    };
    let traded = is(view, i, &["trade", "exchange", "swap"]) && view.kids(i).any(shot);
    if traded || (is(view, i, HARM) && view.kids(i).any(fight)) { Kind::Clash } else { kind }
}

/// "Hand over the bodies of soldiers": the dead and the held are released.
fn of_handed_over(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if kind == Kind::Withdrawal && hands_over(view, i) { Kind::Release } else { kind }
}

/// True for a verb that hands over the dead or the held.
pub fn hands_over(view: &View<'_>, i: usize) -> bool {
    let who = |k: usize| {
        view.dep(k) == Dep::Obj
            && is(view, k, &["body", "remains", "prisoner", "captive", "hostage", "detainee"])
    };
    view.upos(i) == Upos::Verb
        && is(view, i, &["hand", "turn"])
        && view.kids(i).any(|k| is(view, k, &["over"]))
        && view.kids(i).any(who)
}

/// True for a word that cannot be an act of its kind: who visits the front meets nobody, and who denies that a convoy was struck
/// denies no aid.
pub fn is_other(view: &View<'_>, i: usize, kind: Kind) -> bool {
    let person = |k: usize| {
        view.mentions.iter().any(|m| {
            m.head as usize == k && matches!(m.sort, Sort::Person | Sort::Speaker | Sort::Organization)
        })
    };
    let visited = |k: usize| view.dep(k) == Dep::Obj && !person(k);
    match kind {
        Kind::Talks => is(view, i, &["visit"]) && view.upos(i) == Upos::Verb && view.kids(i).any(visited),
        // "the release brought relief"
        Kind::Aid if is(view, i, &["relief"]) => {
            let told = |s: usize| view.kinds[s] != 0 && !view.may_tell(s, Kind::Aid);
            view.tree.head(i).is_some_and(|v| is(view, v, &["bring"]) && view.subject(v).is_some_and(told))
        }
        Kind::Aid => {
            is(view, i, &["deny"]) && view.kids(i).any(|k| matches!(view.dep(k), Dep::Ccomp | Dep::Xcomp))
        }
        Kind::Attack | Kind::Clash | Kind::Capture => {
            view.upos(i) == Upos::Verb && is(view, i, &["deny", "reject", "dismiss", "refute"])
        }
        _ => false,
    }
}

/// "Will release an additional EUR 3 million": money, papers and pictures are not set free.
pub fn frees_nobody(view: &View<'_>, i: usize, kind: Kind) -> bool {
    let paid = |k: usize| {
        matches!(view.dep(k), Dep::Obj | Dep::NsubjPass)
            && (name_type(view, k) == Some(NameType::Money)
                || is(
                    view,
                    k,
                    &["euro", "dollar", "statement", "report", "video", "footage", "fund", "image"],
                )
                || view.kids(k).any(|m| is(view, m, &["eur", "euro", "usd", "dollar", "$", "€"])))
    };
    kind == Kind::Release && view.kids(i).any(paid)
}

/// "Monitors ruled 47 violations by the rebels": where a text tells of a truce, what is bluntly violated is that truce.
fn of_breach(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if truces::told(view, i) == Some(i) {
        return Kind::Truce;
    }
    let breach = view.truce && is(view, i, &["violation", "breach"]);
    if breach && kind == Kind::Attack && !truces::breaks_another(view, i) { Kind::Truce } else { kind }
}

const PARTS: &[&str] = &["most", "part", "parts", "half", "much", "all"];

/// Nouns for an end that is no blow where talks or a truce come to it.
const ENDS: &[&str] = &["collapse", "breakdown", "failure", "break"];

/// "The town is held by rebels": places are controlled, people detained; whom one holds responsible is neither.
fn of_held(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if governing::is_charge(view, i) && kind == Kind::Detention {
        return Kind::Attack;
    }
    // "seized two border posts"
    let seized = |k: usize| {
        view.dep(k) == Dep::Obj
            && (view.listed[k].is_some_and(|w| w.sort.place && !w.sort.people)
                || is(view, k, &["post", "hill"]))
    };
    if kind == Kind::Detention && is(view, i, &["seize", "capture", "take"]) && view.kids(i).any(seized) {
        return Kind::Capture;
    }
    if kind != Kind::Detention || !is(view, i, &["hold", "held"]) {
        return kind;
    }
    let subject = view.kids(i).find(|&k| view.dep(k) == Dep::NsubjPass);
    // "most of the province"
    let part = |s: usize| view.kids(s).find(|&k| view.dep(k) == Dep::Nmod && is(view, s, PARTS));
    let place = |t: usize| {
        view.mentions.iter().any(|m| m.head as usize == t && matches!(m.sort, Sort::Place | Sort::PlaceNoun))
    };
    if subject.is_some_and(|s| place(part(s).unwrap_or(s))) { Kind::Control } else { kind }
}

/// "Strikes have killed thousands since September": deaths over a long time are a toll.
fn of_long(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    let perfect = view.kids(i).any(|k| view.dep(k) == Dep::Aux && is(view, k, &["have"]));
    if kind != Kind::Attack || !is(view, i, &["kill", "claim", "die"]) || !perfect {
        return kind;
    }
    // since a day of the week it may be one operation's
    let since = |k: usize| marked_by(view, k, &["since"]) && !view.form(k).ends_with("day");
    if view.kids(i).any(since) { Kind::Toll } else { kind }
}

/// The kind of an end: "the collapse of the talks" is no attack, nor that of a truce.
fn of_end(view: &View<'_>, i: usize, kind: Kind) -> Kind {
    if !matches!(kind, Kind::Attack | Kind::Truce | Kind::Talks) || !ENDS.contains(&view.lemma_of(i)) {
        return kind;
    }
    let of = |kind: Kind| {
        view.kids(i)
            .any(|k| matches!(view.dep(k), Dep::Nmod | Dep::Nsubj | Dep::Compound) && view.may_tell(k, kind))
    };
    [Kind::Talks, Kind::Truce].into_iter().find(|&k| of(k)).unwrap_or(kind)
}
