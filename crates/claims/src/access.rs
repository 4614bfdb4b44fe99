//! Relief and access: whether aid, those who bring it and those who watch a truce get through.
//!
//! *Relief* is what is brought: "aid", "a convoy of food", "medical supplies". Its *bringers* are agencies, aid workers and
//! monitors. *Access* is what lets them in: "entry", "passage", "permission". Texts tell of it in few plain ways, which the
//! grammar settles where marked documents hold too few to learn from.

use holdfire_types::{Dep, NameType, Stance, Status, Upos};

use crate::frame::is_passive;
use crate::mentions::name_type;
use crate::operators::{self, NEGATION, is, marked_by};
use crate::relief::{self, GOODS, is_bringer, is_load, is_relief, is_un_mission};
use crate::view::View;

/// What lets relief in.
const ACCESS: &[&str] = &[
    "access", "entry", "passage", "permission", "permit", "clearance", "visa", "movement", "flow", "request",
    "freedom", "plan",
];
/// What is access only where it is said to be for relief.
const LOOSE: &[&str] = &["request", "movement", "flow", "freedom", "plan"];

const ARRIVE: &[&str] = &["reach", "enter", "arrive", "cross"];
const DELIVER: &[&str] = &["deliver", "distribute", "airdrop", "unload", "receive"];
const HOLD: &[&str] = &[
    "block", "bar", "obstruct", "hinder", "hamper", "impede", "halt", "stop", "intercept", "confiscate",
    "seize", "hold", "turn", "prevent", "remove",
];
const ALLOW: &[&str] =
    &["allow", "permit", "approve", "authorize", "authorise", "grant", "give", "let", "clear"];
const REFUSE: &[&str] = &["deny", "refuse"];
const STOP: &[&str] = &["suspend", "withhold"];
const START: &[&str] = &["resume"];
const CALL_OFF: &[&str] = &["call", "cancel"];
const WAIT: &[&str] = &["wait", "await", "strand", "line"];
const GUARANTEE: &[&str] = &["guarantee", "ensure", "provide", "facilitate"];
const GAIN: &[&str] = &["gain", "obtain", "secure", "have"];
const GOING: &[&str] = &["enter", "reach", "cross", "pass", "travel", "proceed", "arrive", "leave"];

/// How far behind "let" the way in may stand.
const REACH: usize = 9;

/// How relief or access stands by the verb at token `i`; `None` where it tells nothing plain of them.
pub fn told(view: &View<'_>, i: usize) -> Option<Status> {
    // "the area is still inaccessible", where the text tells of relief
    if view.relief && is(view, i, &["inaccessible", "unreachable"]) && view.is_predicate(i) {
        return (!is_denied(view, i)).then_some(Status::Blocked);
    }
    if view.upos(i) != Upos::Verb {
        return None;
    }
    if let Some(let_in) = refuses(view, i) {
        return told(view, let_in);
    }
    let among = |words: &[&str]| is(view, i, words);
    if ![ARRIVE, DELIVER, HOLD, ALLOW, REFUSE, WAIT, STOP, START, GAIN, GUARANTEE, CALL_OFF]
        .iter()
        .any(|verbs| among(verbs))
    {
        return None;
    }
    let passive = is_passive(view, i);
    let subject = view.subject(i).map(|s| counted(view, s));
    let mut done_to: Vec<usize> = view
        .kids(i)
        .filter(|&k| matches!(view.dep(k), Dep::Obj | Dep::Iobj))
        .map(|k| counted(view, k))
        .collect();
    done_to.extend(subject.filter(|_| passive));
    let moved = |t: usize| is_relief(view, t) || is_bringer(view, t);
    let denied = is_denied(view, i);
    if is_yet_to(view, i) {
        let of_relief = subject.into_iter().chain(done_to).any(|t| moved(t) || is_access(view, t));
        return of_relief.then_some(Status::Waiting);
    }
    if among(ARRIVE) && !passive {
        return arrival(view, i, subject?, denied);
    }
    let relief = |t: &usize| is_relief(view, *t);
    if among(DELIVER) && done_to.iter().any(relief) {
        return Some(if denied || is_hindered(view, i) { Status::Blocked } else { Status::Delivered });
    }
    // "aid deliveries resumed", "resumed aid deliveries"
    if among(START) && done_to.iter().chain(&subject).any(relief) {
        return Some(if denied { Status::Blocked } else { Status::Delivered });
    }
    if among(STOP) && done_to.iter().any(relief) && !denied {
        return Some(Status::Denied);
    }
    if among(CALL_OFF) && !denied && called_off(view, i).is_some() {
        return Some(Status::Blocked);
    }
    if among(HOLD) && !denied && done_to.iter().any(|&t| is_held(view, i, t)) {
        return Some(Status::Blocked);
    }
    if among(WAIT) {
        let waits = [subject, view.tree.head(i).filter(|_| view.dep(i) == Dep::Acl)];
        // "the other three are awaiting clearance"
        let leave =
            view.relief && done_to.iter().any(|&t| is(view, t, &["clearance", "permission", "approval"]));
        return (leave || waits.into_iter().flatten().any(moved)).then_some(Status::Waiting);
    }
    if among(GAIN) {
        let got = done_to.iter().any(|&t| is_access(view, t)) && subject.is_some_and(moved);
        return got.then_some(if denied { Status::Denied } else { Status::Approved });
    }
    // "called on all sides to guarantee safe passage"
    let asked = || view.tree.head(i).and_then(|v| view.listed[v]).is_some_and(|w| w.is(Stance::Demands));
    if among(GUARANTEE) {
        if !asked() {
            return None;
        }
        let free =
            |k: usize| is(view, k, &["safe", "unhindered", "unimpeded", "unfettered", "full", "rapid"]);
        let way = |t: usize| {
            is(view, t, &["access", "passage"]) && (is_for_relief(view, t) || view.kids(t).any(free))
        };
        return (!denied && done_to.iter().any(|&t| way(t))).then_some(Status::Approved);
    }
    let refused = among(REFUSE);
    let refused_to = is_refused(view, i);
    if !(refused || among(ALLOW)) {
        return None;
    }
    let lets = if done_to.iter().any(|&t| is_access(view, t)) {
        // "denied the monitors passage", "was granted permission", "approved the entry of food"
        let body = |t: usize| name_type(view, t) == Some(NameType::Organization);
        done_to.iter().any(|&t| moved(t) || is_for_relief(view, t) || is_bare(view, t) || body(t))
    } else {
        let goes = view.kids(i).find(|&k| matches!(view.dep(k), Dep::Xcomp | Dep::Ccomp));
        let goes_in = goes.is_some_and(|verb| {
            is(view, verb, GOING)
                && (done_to.iter().any(|&t| moved(t)) || view.subject(verb).is_some_and(moved))
        });
        // "let aid through", "let 20 trucks of aid into the town": where the parser hangs it matters not
        let into = |t: usize| ["through", "into", "in"].contains(&view.form(t));
        // "a relief team was allowed through"
        let passes = || view.kids(i).any(|k| view.dep(k) != Dep::Case && view.form(k) == "through");
        let carried = |t: &usize| {
            is_relief(view, *t) || (refused_to && is_bare(view, *t)) || (passes() && is_bringer(view, *t))
        };
        let through = || done_to.iter().any(carried) && (i + 1..view.len().min(i + REACH)).any(into);
        let approved = || is(view, i, &["approve", "authorize", "authorise"]) && done_to.iter().any(relief);
        !refused && (goes_in || through() || approved())
    };
    let not_yet = denied && !refused && view.kids(i).any(|k| is(view, k, &["yet"]));
    lets.then_some(match refused || refused_to || denied {
        true if not_yet => Status::Waiting,
        true => Status::Denied,
        false => Status::Approved,
    })
}

/// "Aid deliveries resumed."
pub fn goes_on(view: &View<'_>, i: usize) -> bool {
    is(view, i, START)
}

/// "Refused to let the convoy through": kept out, and no denial in words. Either verb may be taken for the act.
pub fn is_refused(view: &View<'_>, i: usize) -> bool {
    let above = view.tree.head(i);
    refuses(view, i).is_some() || above.is_some_and(|v| refuses(view, v) == Some(i))
}

/// The verb of letting in that the verb at token `i` refuses.
fn refuses(view: &View<'_>, i: usize) -> Option<usize> {
    let lets = |k: &usize| view.dep(*k) == Dep::Xcomp && is(view, *k, ALLOW);
    view.kids(i).find(lets).filter(|_| is(view, i, &["refuse", "decline"]))
}

/// "Called off the aid convoy", where the parser may hang "off" on either.
fn called_off(view: &View<'_>, i: usize) -> Option<usize> {
    let off = is(view, i, &["cancel"]) || view.kids(i).any(|k| is(view, k, &["off"]));
    view.kids(i).find(|&k| {
        let of_verb = match view.dep(k) {
            Dep::Obj | Dep::NsubjPass => off,
            Dep::Obl => marked_by(view, k, &["off"]),
            _ => false,
        };
        of_verb && is_relief(view, k)
    })
}

/// What is held up, refused or kept waiting by the verb at token `i`: relief, or those who bring it.
pub fn kept_off(view: &View<'_>, i: usize) -> Option<usize> {
    // who suspends aid does so to those who had it
    if !matches!(told(view, i)?, Status::Blocked | Status::Denied) || is(view, i, STOP) {
        return None;
    }
    let of_verb = |k: &usize| {
        matches!(view.dep(*k), Dep::Obj | Dep::Iobj | Dep::NsubjPass)
            || (view.dep(*k) == Dep::Obl && marked_by(view, *k, &["from"]) && relief::carries_aid(view, *k))
    };
    if let Some(off) = called_off(view, i).filter(|_| is(view, i, CALL_OFF)) {
        return Some(off);
    }
    let goes = || view.subject(i).filter(|_| is(view, i, ARRIVE) || is_passive(view, i));
    let moved = |t: &usize| is_relief(view, *t) || is_bringer(view, *t) || is_bare(view, *t);
    let mut named: Vec<usize> = view.kids(i).filter(of_verb).chain(goes()).filter(moved).collect();
    // what carries it before what is carried
    named.sort_by_key(|&t| !relief::carries_aid(view, t));
    named.first().copied()
}

/// "46 of the requests": the requests.
fn counted(view: &View<'_>, noun: usize) -> usize {
    let of = |k: &usize| view.dep(*k) == Dep::Nmod && marked_by(view, *k, &["of"]);
    view.kids(noun).find(|k| view.upos(noun) == Upos::Num && of(k)).unwrap_or(noun)
}

/// "The convoy reached the town", "was unable to reach it".
fn arrival(view: &View<'_>, i: usize, subject: usize, denied: bool) -> Option<Status> {
    // "allowed trucks to enter" is told at the verb above
    let let_in = view.dep(i) == Dep::Xcomp
        && view.tree.head(i).is_some_and(|v| is(view, v, ALLOW) || is(view, v, HOLD));
    if let_in {
        return None;
    }
    let somewhere = view.kids(i).any(|k| matches!(view.dep(k), Dep::Obj | Dep::Obl | Dep::Advmod));
    if denied || is_hindered(view, i) {
        return (somewhere
            && (is_relief(view, subject) || is_bringer(view, subject) || is_bare(view, subject)))
        .then_some(Status::Blocked);
    }
    (somewhere && (is_relief(view, subject) || is_counted_carrier(view, subject)))
        .then_some(Status::Delivered)
}

/// "897 trucks entered the strip": so many trucks carry relief, where the text tells of it.
fn is_counted_carrier(view: &View<'_>, noun: usize) -> bool {
    let described = |k: usize| {
        matches!(view.dep(k), Dep::Acl | Dep::Nmod | Dep::Amod | Dep::Compound)
            && !is(view, k, &["other", "more", "further", "additional"])
    };
    view.relief
        && is(view, noun, &["truck", "lorry", "convoy"])
        && view.kids(noun).any(|k| view.dep(k) == Dep::Nummod)
        && !view.kids(noun).any(described)
}

/// "Unable to reach", "failed to reach", "was prevented from reaching".
fn is_hindered(view: &View<'_>, i: usize) -> bool {
    let Some(above) = view.tree.head(i).filter(|_| matches!(view.dep(i), Dep::Xcomp | Dep::Advcl)) else {
        return false;
    };
    is(view, above, &["unable", "fail"]) || (is(view, above, &["able"]) && is_denied(view, above))
}

fn is_denied(view: &View<'_>, i: usize) -> bool {
    let negated = |t: usize| view.kids(t).any(|k| is(view, k, NEGATION) || is(view, k, &["cannot"]));
    let none = |t: usize| view.kids(t).any(|k| view.dep(k) == Dep::Det && is(view, k, &["no"]));
    negated(i)
        || view.kids(i).any(|k| {
            matches!(view.dep(k), Dep::Nsubj | Dep::NsubjPass | Dep::Obj)
                && (none(k) || operators::opens_with_not(view, k))
        })
}

/// "Has yet to approve", "have yet to be allowed".
fn is_yet_to(view: &View<'_>, i: usize) -> bool {
    i >= 2 && view.form(i - 1) == "to" && view.form(i - 2) == "yet"
        || i >= 3 && view.form(i - 1) == "be" && view.form(i - 2) == "to" && view.form(i - 3) == "yet"
}

/// What is held up: relief itself, its bringers, or the entry of goods.
fn is_held(view: &View<'_>, verb: usize, what: usize) -> bool {
    // "stopped the group", "seized the mission"
    let kept_off = is(
        view,
        verb,
        &["block", "bar", "obstruct", "hinder", "hamper", "impede", "prevent", "turn", "hold"],
    );
    let carried = is_relief(view, what) || (kept_off && is_bringer(view, what));
    // "held up", "turned back", "removed from the convoy"
    let back = |k: usize| is(view, k, &["up", "back", "away", "around"]);
    let taken = |k: usize| view.dep(k) == Dep::Obl && marked_by(view, k, &["from"]);
    let aside = match view.lemma_of(verb) {
        "hold" | "turn" => view.kids(verb).any(back),
        "remove" => view.kids(verb).any(taken),
        _ => true,
    };
    let bare = || is(view, verb, &["hold", "turn"]) && is_bare(view, what);
    let entry =
        || is(view, what, &["access", "entry", "passage", "delivery", "flow"]) && is_for_relief(view, what);
    (aside && (carried || bare())) || entry()
}

/// True for access of or for relief: "humanitarian access", "the entry of food".
fn is_for_relief(view: &View<'_>, access: usize) -> bool {
    let goods =
        |k: usize| is(view, k, GOODS) || is_relief(view, k) || is_bringer(view, k) || is_bare(view, k);
    let joined = |k: usize| view.kids(k).any(|j| view.dep(j) == Dep::Conj && goods(j));
    view.kids(access).any(|k| {
        is_load(view, k) || is_un_mission(view, k) || (view.dep(k) == Dep::Nmod && (goods(k) || joined(k)))
    })
}

/// True for what lets relief in; a request, where it is one for that.
fn is_access(view: &View<'_>, noun: usize) -> bool {
    let of_access = || is_for_relief(view, noun) || view.kids(noun).any(|k| is(view, k, ACCESS));
    is(view, noun, ACCESS) && (!is(view, noun, LOOSE) || of_access())
}

/// True for those who bring relief as a rule, though nothing here says so.
fn is_bare(view: &View<'_>, noun: usize) -> bool {
    let described = |k: usize| matches!(view.dep(k), Dep::Amod | Dep::Compound | Dep::Nmod | Dep::NmodPoss);
    is(view, noun, &["convoy", "agency"]) || (is(view, noun, relief::BARE) && !view.kids(noun).any(described))
}
