//! What a report has dated: the days that an act takes from those told before it, where its own sentence tells none.

use holdfire_types::{Days, Dep, Kind, Stance, Upos};
use jiff::civil::Date;

use crate::draft::Draft;
use crate::operators::is;
use crate::times::TimeExpr;
use crate::view::View;
use crate::when::{Tense, When, modifies, tense, top};

/// Days before the latest act told that are background: a report that looks back goes on with what is new.
const BACKGROUND: i32 = 30;

/// Sentences after which a report no longer goes on to tell of the same act.
const GOES_ON: usize = 3;

/// What a report has dated so far.
#[derive(Debug, Clone)]
pub struct Told {
    /// The last dated act of each kind that the report can go on to tell of, with its sentence.
    last: Vec<(Kind, usize, When)>,
    /// The latest day told.
    latest: Option<Date>,
    /// The days on which its war began.
    war: Option<When>,
}

impl Told {
    /// Nothing dated yet, but the war's beginning, wherever the report tells it.
    pub fn new(views: &[View<'_>], times: &[Vec<TimeExpr>]) -> Self {
        let told = |days: fn(&View<'_>, &TimeExpr) -> Option<When>| {
            views.iter().zip(times).find_map(|(view, times)| times.iter().find_map(|time| days(view, time)))
        };
        Self { last: Vec::new(), latest: None, war: told(beginning).or_else(|| told(lasting)) }
    }

    /// Moves on to a sentence: "elsewhere", "meanwhile" leave what was told of.
    pub fn enter(&mut self, view: &View<'_>) {
        let elsewhere = |t: usize| is(view, t, &["elsewhere", "meanwhile", "separately", "meantime"]);
        if (0..view.len().min(4)).any(elsewhere) {
            self.last.clear();
        }
    }

    /// The days of an act whose sentence tells none.
    pub fn days(&self, view: &View<'_>, draft: &Draft, published: Option<Date>) -> Option<When> {
        carried(view, draft, self).or_else(|| of_war(view, draft, published, self))
    }

    fn of(&self, kind: Kind) -> Option<(usize, When)> {
        self.last.iter().find(|(k, ..)| *k == kind).map(|&(_, sentence, when)| (sentence, when))
    }

    fn of_fighting(&self) -> Option<(usize, When)> {
        self.last
            .iter()
            .rev()
            .find(|(kind, ..)| is_fighting(*kind))
            .map(|&(_, sentence, when)| (sentence, when))
    }

    /// Keeps an act with its days.
    pub fn tell(&mut self, draft: &Draft, when: When) {
        let day = when.days.to.or(when.days.from);
        if let (Some(day), Some(latest)) = (day, self.latest)
            && (latest - day).get_days() > BACKGROUND
        {
            return;
        }
        self.latest = self.latest.max(day);
        self.last.retain(|(kind, ..)| *kind != draft.kind);
        self.last.push((draft.kind, draft.sentence, when));
    }
}

/// The days of the fighting told last, where the report goes on to tell of it: not long before, and either an act of the
/// kind is named again ("the attack") or it was of a day or a night and the sentence stands in a plain past tense.
fn carried(view: &View<'_>, draft: &Draft, told: &Told) -> Option<When> {
    if !is_fighting(draft.kind) || modifies(view, draft.token) {
        return None;
    }
    let again = is_named_again(view, draft.token);
    let same = told.of(draft.kind);
    let (sentence, when) = if again { same? } else { same.or_else(|| told.of_fighting())? };
    if draft.sentence - sentence > GOES_ON {
        return None;
    }
    let told_plainly = matches!(draft.stance, Stance::States | Stance::Doubts | Stance::Denies);
    let short =
        matches!((when.days.from, when.days.to), (Some(from), Some(to)) if (to - from).get_days() <= 1);
    let goes_on = told_plainly && short && tense(view, draft.token) == Tense::Past;
    (goes_on || again).then_some(when)
}

fn is_fighting(kind: Kind) -> bool {
    matches!(kind, Kind::Attack | Kind::Clash | Kind::Capture)
}

/// "The attack", "that raid".
fn is_named_again(view: &View<'_>, act: usize) -> bool {
    let points = |k: usize| {
        view.dep(k) == Dep::Det
            && ["the", "this", "that", "these", "those"].iter().any(|w| view.form(k).eq_ignore_ascii_case(w))
    };
    view.upos(act) == Upos::Noun && view.kids(act).any(points)
}

const WARS: &[&str] = &["war", "conflict", "uprising", "revolt", "unrest", "insurgency", "rebellion"];

/// The days on which a war began, where the expression tells them: "the war, which began in 2011".
fn beginning(view: &View<'_>, time: &TimeExpr) -> Option<When> {
    let verb =
        view.tree.head(top(view, time)).filter(|&t| is(view, t, &["begin", "start", "erupt", "break"]))?;
    let who = match view.dep(verb) {
        Dep::AclRelcl => view.tree.head(verb),
        _ => view.subject(verb),
    };
    who.filter(|&t| is(view, t, WARS))?;
    Some(When { days: time.days?, span: time.span })
}

/// The days on which a war began that is so long: "the five-year-old conflict", "the six-year war".
fn lasting(view: &View<'_>, time: &TimeExpr) -> Option<When> {
    let top = top(view, time);
    view.tree.head(top).filter(|&noun| top < noun && is(view, noun, WARS))?;
    Some(When { days: time.reach?.ago, span: time.span })
}

/// A toll of the war runs from its beginning.
fn of_war(view: &View<'_>, draft: &Draft, published: Option<Date>, told: &Told) -> Option<When> {
    let war = told.war.filter(|_| draft.kind == Kind::Toll)?;
    let meant = (0..view.len()).any(|t| is(view, t, WARS));
    meant.then_some(When { days: Days { from: war.days.from, to: published }, span: war.span })
}
