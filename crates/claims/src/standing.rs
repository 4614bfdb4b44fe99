//! How an act stands: its stance and status, by the grammar around it where that leaves no doubt, else by the models.

use holdfire_types::{Kind, Stance, Status, Upos};

use crate::access;
use crate::chosen::best;
use crate::governing::{self, Told};
use crate::machinery;
use crate::operators::{Operators, is};
use crate::scores::{Scores, likeliest};
use crate::source;
use crate::status;
use crate::view::View;

/// Stance and status of an act, with what decided them.
#[derive(Debug, Clone, Copy)]
pub struct Stood {
    /// Its stance.
    pub stance: Stance,
    /// What decided the stance.
    pub stance_rule: &'static str,
    /// Its status and what decided that, for kinds with one.
    pub status: Option<(Status, &'static str)>,
    /// It is demanded or promised not to happen, or to stop.
    pub negated: bool,
}

/// How the act at `token` stands. `plain` is what a verb above it leaves no doubt of.
pub fn of(
    view: &View<'_>,
    scores: &Scores<'_>,
    token: usize,
    kind: Kind,
    operators: Operators,
    plain: Option<Told>,
) -> Stood {
    let standing = scores.standing(token, kind);
    let mut stance = Stance::ALL[best(&standing.stances)];
    let mut stance_rule = "model:stance";
    if let Some(by_verb) = plain {
        (stance, stance_rule) = (by_verb.stance, "grammar:plain-verb");
    } else if operators.failed && !(kind == Kind::Aid && access::told(view, token).is_some()) {
        (stance, stance_rule) = (Stance::Denies, "grammar:failure");
    } else if kind == Kind::Aid
        && stance == Stance::Denies
        && (governing::is_kept_out(view, token) || access::told(view, token).is_some())
    {
        (stance, stance_rule) = (Stance::States, "grammar:kept-out");
    }
    // "were unable to enter": a deed and no promise, whoever speaks around it
    let barred =
        matches!(access::told(view, token), Some(Status::Blocked | Status::Denied | Status::Waiting));
    let unworded = stance == Stance::Demands && !worded(view, token, stance);
    if barred && plain.is_none() && (unworded || matches!(stance, Stance::Promises | Stance::Threatens)) {
        (stance, stance_rule) = (Stance::States, "grammar:kept-out");
    }
    // "Iran will attack": nobody threatens in so many words
    if stance == Stance::Threatens && plain.is_none() && !worded(view, token, stance) {
        (stance, stance_rule) = (Stance::States, "grammar:no-threat-told");
    }
    // "agreed to form a contact group": what was agreed is told, whoever tells it
    let agreed = |t: usize| view.upos(t) == Upos::Verb && is(view, t, &["agree"]);
    if stance == Stance::Promises
        && plain.is_none()
        && matches!(kind, Kind::Truce | Kind::Talks)
        && std::iter::once(token).chain(view.tree.above(token).take(2)).any(agreed)
    {
        (stance, stance_rule) = (Stance::States, "grammar:agreed");
    }
    // "the truce will take effect at midnight", "the body set up to watch it": nobody promises it
    if stance == Stance::Promises
        && kind == Kind::Truce
        && plain.is_none()
        && (is_watched_now(view, token)
            || (status::takes_effect(view, token) && !worded_by_verb(view, token, stance)))
    {
        (stance, stance_rule) = (Stance::States, "grammar:promised-by-nobody");
    }
    // "called off the truce" calls for none
    if stance == Stance::Demands && plain.is_none() && status::is_called_off(view, token) {
        (stance, stance_rule) = (Stance::States, "grammar:called-off");
    }
    let directive = matches!(stance, Stance::Demands | Stance::Promises | Stance::Threatens);
    if operators.denied && !directive && stance != Stance::Doubts && kind != Kind::Aid {
        (stance, stance_rule) = (Stance::Denies, "grammar:negation");
    }
    let kept_off = matches!(kind, Kind::Siege | Kind::Sanction);
    // an end of a truce or of talks is a status, not a negation
    let stopped = operators.stopped && !matches!(kind, Kind::Truce | Kind::Talks);
    let negated = (directive && (stopped || operators.denied)) || (kept_off && operators.lifted);
    let worded_status = status::by_words(view, token, kind, stance, operators);
    let status = match plain {
        // turned down; but who denies that a truce was broken turns none down
        Some(p)
            if kind == Kind::Truce
                && p.stance == Stance::Denies
                && worded_status != Some(Status::Violated) =>
        {
            Some((Status::Rejected, "grammar:plain-verb"))
        }
        _ => worded_status.map(|s| (s, "words:status")).or_else(|| {
            let allowed = Status::of(kind);
            if allowed.is_empty() {
                None
            } else {
                let told = likeliest(&scores.statuses(token, kind, stance, &standing), allowed);
                told.map(|s| (s, "model:status"))
            }
        }),
    };
    // "the truce was not respected" denies nothing
    if kind == Kind::Truce
        && stance == Stance::Denies
        && plain.is_none()
        && worded_status == Some(Status::Violated)
        && status::is_not_kept(view, token)
    {
        (stance, stance_rule) = (Stance::States, "grammar:not-kept");
    }
    Stood { stance, stance_rule, status, negated }
}

/// True where a word of the sentence carries this stance.
pub fn worded(view: &View<'_>, token: usize, stance: Stance) -> bool {
    source::stance_word(view, token, stance).is_some()
}

/// True for a body that watches a truce, and not one that will.
fn is_watched_now(view: &View<'_>, token: usize) -> bool {
    machinery::watcher(view, token).is_some()
        && !view.kids(token).any(|k| is(view, k, &["will", "shall", "would"]))
}

/// True where a full verb of the sentence does: "will" alone promises nothing.
fn worded_by_verb(view: &View<'_>, token: usize, stance: Stance) -> bool {
    source::stance_word(view, token, stance).is_some_and(|t| view.upos(t) == Upos::Verb && t != token)
}

/// The stance by which a speaker is looked for: "Israel did not attack" is not Israel's own denial.
pub fn spoken_stance(view: &View<'_>, token: usize, stance: Stance) -> Stance {
    if stance == Stance::Denies && !worded(view, token, stance) { Stance::States } else { stance }
}
