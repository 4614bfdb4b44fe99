//! Which days belong to which act: the time expression that the tree brings nearest to it, or else the days of the
//! act of its kind that was told before.

use holdfire_types::{Days, Dep, Kind, Span, Status, Upos};
use jiff::civil::Date;

use crate::dated::Told;
use crate::draft::Draft;
use crate::operators::is;
use crate::status;
use crate::times::{TimeExpr, TimeKind};
use crate::view::View;

/// The days of an act, and the expression that tells them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When {
    /// The days.
    pub days: Days,
    /// Where they are told.
    pub span: Span,
}

/// Furthest that an expression stands from its act, as [`cost`] reckons. This and the steps of `cost` were chosen on
/// one half of the marked documents and checked on the other.
const FAR: f32 = 5.0;
/// How much nearer another act must stand to take an expression for itself alone.
const NEARER: f32 = 2.1;
/// The days of each of a sentence's acts; `told` moves on with them.
pub fn of_acts(
    view: &View<'_>,
    drafts: &[Draft],
    times: &[TimeExpr],
    published: Option<Date>,
    told: &mut Told,
) -> Vec<Option<When>> {
    let dates = |t: &TimeExpr| {
        !(heading(view, t) || ranks(view, t) || names(view, t, drafts) || dateline(view, t, published))
    };
    let times: Vec<&TimeExpr> = times.iter().filter(|t| dates(t)).collect();
    let costs: Vec<Vec<f32>> =
        times.iter().map(|time| drafts.iter().map(|d| cost(view, d.token, time)).collect()).collect();
    let mut found = Vec::with_capacity(drafts.len());
    for (n, draft) in drafts.iter().enumerate() {
        let mut best: Option<(f32, When)> = None;
        for (time, costs) in times.iter().zip(&costs) {
            let far = costs[n];
            let Some(days) = reading(view, draft, time, published).filter(|_| far <= FAR) else { continue };
            let others = costs.iter().enumerate().filter(|(other, _)| *other != n);
            let nearest = others.map(|(_, cost)| *cost).fold(f32::INFINITY, f32::min);
            if far - nearest <= NEARER && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, When { days, span: time.span }));
            }
        }
        found.push(best.map(|(_, when)| when));
    }
    told.enter(view);
    for (draft, when) in drafts.iter().zip(&mut found) {
        *when = when.or_else(|| told.days(view, draft, published));
        if let Some(when) = *when {
            told.tell(draft, when);
        }
    }
    found
}

/// "The rebel-held town".
pub fn modifies(view: &View<'_>, act: usize) -> bool {
    matches!(view.dep(act), Dep::Amod | Dep::Compound)
}

/// When the clause of an act plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// "Struck", "were killed", "had fled", "the dead".
    Past,
    /// "Has struck", "strike", "is striking".
    Now,
    /// "Will strike", "to strike".
    Ahead,
}

pub fn tense(view: &View<'_>, act: usize) -> Tense {
    let clause = view.clause(act);
    // "has answered by firing": as the verb above
    let bare = |t: usize| {
        view.sentence.tokens[t].xpos == "VBG"
            && !view.kids(t).any(|k| matches!(view.dep(k), Dep::Aux | Dep::AuxPass))
    };
    let verb = std::iter::once(clause)
        .chain(view.tree.above(clause))
        .find(|&t| view.is_predicate(t) && !bare(t))
        .unwrap_or(clause);
    let helps = |words: &[&str]| {
        view.kids(verb).any(|k| {
            matches!(view.dep(k), Dep::Aux | Dep::AuxPass | Dep::Cop)
                && words.iter().any(|w| view.form(k).eq_ignore_ascii_case(w))
        })
    };
    let to = view.kids(verb).any(|k| view.dep(k) == Dep::Mark && view.form(k).eq_ignore_ascii_case("to"));
    if to
        || helps(&["will", "would", "shall", "could", "should", "must", "may", "can", "might", "'ll", "’ll"])
    {
        return Tense::Ahead;
    }
    if helps(&["has", "have", "is", "are", "am", "'s", "'re", "’s", "’re"]) {
        return Tense::Now;
    }
    if helps(&["was", "were", "had"]) {
        return Tense::Past;
    }
    match view.sentence.tokens[verb].xpos {
        "VB" => Tense::Ahead,
        "VBZ" | "VBP" => Tense::Now,
        _ => Tense::Past,
    }
}

/// The days that an expression means for an act.
fn reading(view: &View<'_>, draft: &Draft, time: &TimeExpr, published: Option<Date>) -> Option<Days> {
    // "the rebel-held town" was held before and after
    if matches!(draft.kind, Kind::Control | Kind::Siege) && modifies(view, draft.token) {
        return None;
    }
    let act = draft.token as u32;
    let (first, end) = time.tokens;
    if time.kind == TimeKind::Window
        && time.lead.is_some_and(|lead| inside(view, draft.token, time, lead as usize))
    {
        return time.own;
    }
    if let Some(reach) = time.reach {
        let before = first.checked_sub(1).map_or("", |t| view.form(t as usize));
        // "extended the truce by 15 days", "for another month"
        if draft.status == Some(Status::Extended) && ["by", "for", "another", "further"].contains(&before) {
            return Some(reach.forth);
        }
        if before.eq_ignore_ascii_case("in") && tense(view, draft.token) == Tense::Ahead {
            return Some(reach.hence);
        }
        if time.days.is_none() {
            // "three days after a raid": the raid was so long ago
            let after = (end as usize) < view.len() && view.form(end as usize).eq_ignore_ascii_case("after");
            if after && act > end {
                return Some(reach.ago);
            }
            // "a nine-year war"
            let top = top(view, time);
            let of_it = view.tree.head(top) == Some(draft.token) && top < draft.token;
            let lasts = matches!(draft.kind, Kind::Siege | Kind::Clash | Kind::Attack | Kind::Control);
            return (of_it && lasts && view.dep(top) != Dep::Det).then_some(reach.back);
        }
    }
    match (draft.kind, time.days?, published) {
        // "the war that began in 2011 has killed": a toll runs on
        (Kind::Toll, days @ Days { from: Some(from), to: Some(to) }, Some(published))
            if time.kind == TimeKind::Date && to < published && (to - from).get_days() >= MONTH =>
        {
            Some(Days { from: days.from, to: Some(published) })
        }
        // "a truce that took effect on 30 December": from then on
        (Kind::Truce, Days { from: Some(from), to }, _)
            if to == Some(from)
                && draft.status == Some(Status::InForce)
                && status::takes_effect(view, draft.token) =>
        {
            Some(Days { from: Some(from), to: None })
        }
        // "to withdraw by 30 June": from now on
        (_, Days { from: None, to: Some(to) }, Some(published)) if published < to => {
            Some(Days::between(published, to))
        }
        (_, days, _) => Some(days),
    }
}

/// True where the act has the day itself, and what goes on since then the window: "since the truce collapsed on 3 May",
/// "since the war began in 2011 with protests", "it began in May, when troops fired on a crowd".
fn inside(view: &View<'_>, act: usize, time: &TimeExpr, lead: usize) -> bool {
    let since = view.form(lead).eq_ignore_ascii_case("since");
    let clause = view.tree.head(lead).filter(|_| since && view.dep(lead) == Dep::Mark);
    (lead < act && act < time.tokens.0 as usize)
        || clause.is_some_and(|verb| view.tree.under(act, verb))
        || (matches!(view.form(lead), "in" | "on") && act >= time.tokens.1 as usize)
}

/// Fewest days, less one, of a stretch that a toll runs on from.
const MONTH: i32 = 27;

/// "2006 Lebanon war: ...": a year that begins the name over a report dates none of its acts.
fn heading(view: &View<'_>, time: &TimeExpr) -> bool {
    let text = time.span.of(view.text);
    let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let named = time.tokens.0 == 0 && (1..view.len().min(14)).any(|t| view.form(t) == ":");
    let joined =
        (time.tokens.1 as usize) < view.len() && matches!(view.form(time.tokens.1 as usize), "-" | "–");
    year && (named || joined)
}

/// "The March 23 Movement", "the Sunday Telegraph", "a breach of the 2002 truce": a date in a name.
fn names(view: &View<'_>, time: &TimeExpr, drafts: &[Draft]) -> bool {
    let end = time.tokens.1 as usize;
    let top = top(view, time);
    let head = view.tree.head(top);
    let truce = head.is_some_and(|h| {
        matches!(view.dep(top), Dep::Compound | Dep::Nummod | Dep::Amod)
            && view.upos(h) == Upos::Noun
            && (view.may_tell(h, Kind::Truce)
                || is(view, h, &["war", "coup", "uprising", "revolution", "election"]))
            && !drafts.iter().any(|d| d.token == h)
    });
    truce || head.is_some_and(|h| h >= end && h < end + 2 && view.form(h).starts_with(char::is_uppercase))
}

/// "Mon 11 Jul 2016 Shells hit ...": the report's own date before its first words dates none of its acts.
fn dateline(view: &View<'_>, time: &TimeExpr, published: Option<Date>) -> bool {
    let whole = time.span.of(view.text).split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    let own = published.is_some_and(|day| time.days == Some(Days::on(day)));
    whole && own && time.tokens.0 < DATELINE && view.form(time.tokens.0.saturating_sub(1) as usize) != "on"
}

/// Words before a date that still stands before the first words of a report.
const DATELINE: u32 = 5;

const ORDINALS: [&str; 6] = ["first", "second", "third", "fourth", "fifth", "sixth"];

/// "The deadliest day in months", "the first talks since 2012": the stretch ranks the act and does not date it.
fn ranks(view: &View<'_>, time: &TimeExpr) -> bool {
    let Some(lead) = time.tokens.0.checked_sub(1).map(|t| t as usize) else { return false };
    let stretch = match view.form(lead) {
        "in" | "for" => time.reach.is_some(),
        "since" => true,
        _ => false,
    };
    stretch
        && (lead.saturating_sub(9)..lead).any(|t| {
            matches!(view.sentence.tokens[t].xpos, "JJS" | "RBS")
                || ORDINALS.contains(&view.form(t).to_lowercase().as_str())
        })
}

/// The token of an expression that the others hang on.
pub fn top(view: &View<'_>, time: &TimeExpr) -> usize {
    let (first, end) = (time.tokens.0 as usize, time.tokens.1 as usize);
    (first..end).find(|&t| view.tree.head(t).is_none_or(|h| h < first || h >= end)).unwrap_or(first)
}

/// How far an expression stands from an act: steps through the tree, with more for each clause that is left or
/// entered on the way, and for a verb of speech, whose time is its own.
fn cost(view: &View<'_>, act: usize, time: &TimeExpr) -> f32 {
    let top = top(view, time);
    let Some(path) = view.tree.path(act, top) else { return f32::INFINITY };
    let speaks = |t: usize| t != act && view.listed[t].is_some_and(|w| w.stances() != 0);
    let shared = path.top as usize;
    let mut cost: f32 = path.up().iter().map(|&t| leaving(view, t as usize)).sum();
    let inner = path.down().split_last().map_or(&[][..], |(_, inner)| inner);
    // "killed by shells that hit the town on Friday": one deed
    let deed = |t: usize| {
        let by = |h: usize| matches!(view.dep(h), Dep::OblAgent | Dep::Obl) && view.kinds[h] != 0;
        view.dep(t) == Dep::AclRelcl && view.tree.head(t).is_some_and(by)
    };
    let steps = inner.iter().map(|&t| t as usize);
    cost += steps.map(|t| if deed(t) { 1.0 } else { entering(view, t) }).sum::<f32>();
    if speaks(shared) {
        cost += 2.5;
    }
    if view.tree.head(top).is_some_and(|h| h != shared && view.upos(h) == Upos::Verb && speaks(h)) {
        cost += 2.0;
    }
    // "..., a monitor said on Thursday": said then, whatever the tree makes of it
    let first = time.tokens.0 as usize;
    let before = (first.saturating_sub(2)..first).rev().find(|&t| view.dep(t) != Dep::Case);
    if before.is_some_and(|t| view.upos(t) == Upos::Verb && speaks(t)) {
        cost += 6.0;
    }
    // "the rebel-held town"
    if modifies(view, act) && !path.up().is_empty() {
        cost += 1.5;
    }
    cost + 0.02 * top.abs_diff(act) as f32
}

/// Words that part the time of a clause from that of the clause around it.
const PARTING: [&str; 7] = ["after", "before", "since", "until", "because", "if", "unless"];

fn parted(view: &View<'_>, token: usize) -> bool {
    view.kids(token).any(|k| {
        matches!(view.dep(k), Dep::Mark | Dep::Case)
            && PARTING.iter().any(|w| view.form(k).eq_ignore_ascii_case(w))
    })
}

fn leaving(view: &View<'_>, token: usize) -> f32 {
    match view.dep(token) {
        Dep::Ccomp | Dep::AclRelcl | Dep::AdvclRelcl => 9.0,
        Dep::Parataxis => 3.0,
        Dep::Advcl | Dep::Acl if parted(view, token) => 3.3,
        Dep::Advcl => 0.7,
        Dep::Acl | Dep::Csubj => 2.5,
        Dep::Xcomp => 0.5,
        _ => 1.0,
    }
}

fn entering(view: &View<'_>, token: usize) -> f32 {
    let since = || view.kids(token).any(|k| view.dep(k) == Dep::Mark && view.form(k) == "since");
    match view.dep(token) {
        Dep::Advcl if !since() && parted(view, token) => 5.5,
        Dep::Ccomp => 6.0,
        Dep::Parataxis | Dep::AdvclRelcl => 5.0,
        Dep::AclRelcl => 3.0,
        Dep::Advcl if since() => 1.6,
        Dep::Advcl | Dep::Conj => 2.5,
        Dep::Acl | Dep::Csubj => 2.0,
        Dep::Xcomp => 1.0,
        _ => 0.6,
    }
}
