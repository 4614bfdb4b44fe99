//! What a document says about checking its claims: "could not be independently verified", "investigators have verified
//! that".

use holdfire_types::{Dep, Verification};

use crate::draft::Draft;
use crate::operators::is;
use crate::view::View;

const CHECKING: &[&str] = &["verify", "corroborate", "authenticate"];
const HINDRANCES: &[&str] =
    &["difficult", "impossible", "unable", "hard", "cannot", "fail", "decline", "position"];

/// What the document says about checking each draft. `drafts` stand in reading order.
pub fn of(views: &[View<'_>], drafts: &[Draft]) -> Vec<Option<Verification>> {
    let mut found = vec![None; drafts.len()];
    for (s, view) in views.iter().enumerate() {
        for t in 0..view.len() {
            let Some(checked) = cue(view, t) else { continue };
            for d in spoken_of(views, drafts, s, t, checked) {
                found[d] = Some(checked);
            }
        }
    }
    found
}

/// "Neither claim", "none of the reports".
fn is_none(view: &View<'_>, subject: usize) -> bool {
    std::iter::once(subject).chain(view.kids(subject)).any(|t| is(view, t, &["neither", "none", "no"]))
}

/// True where a cue speaks of the accounts of two: "neither account", "either side's claims".
fn of_both(view: &View<'_>, cue: usize) -> bool {
    let two = |t: usize| is(view, t, &["neither", "either", "both"]);
    view.kids(cue)
        .filter(|&k| matches!(view.dep(k), Dep::NsubjPass | Dep::Nsubj | Dep::Obj))
        .any(|k| two(k) || view.kids(k).any(|m| two(m) || view.kids(m).any(two)))
}

/// What the word at `t` says of checking.
fn cue(view: &View<'_>, t: usize) -> Option<Verification> {
    let lemma = view.lemma_of(t).to_lowercase();
    // "there was no independent confirmation"
    if lemma == "confirmation" && view.kids(t).any(|k| view.dep(k) == Dep::Det && is(view, k, &["no"])) {
        return Some(Verification::Unconfirmed);
    }
    if matches!(lemma.as_str(), "unverified" | "unconfirmed") {
        return Some(Verification::Unconfirmed);
    }
    let independently = view.kids(t).any(|k| view.form(k).eq_ignore_ascii_case("independently"));
    let checks = CHECKING.contains(&lemma.as_str()) || (lemma == "confirm" && independently);
    if !checks && lemma != "confirm" {
        return None;
    }
    let negated = |v: usize| {
        view.kids(v).any(|k| matches!(view.form(k).to_lowercase().as_str(), "not" | "n't" | "never"))
            || view.kids(v).any(|k| matches!(view.dep(k), Dep::NsubjPass | Dep::Obj) && is_none(view, k))
    };
    let hindered = view.tree.above(t).take(3).any(|above| {
        HINDRANCES.contains(&view.lemma_of(above))
            || (negated(above) && (view.dep(t) == Dep::Xcomp || view.lemma_of(above) == "possible"))
    });
    if negated(t) || hindered {
        return Some(Verification::Unconfirmed);
    }
    // "confirms that" is mere saying; to verify is to check
    let possible = view
        .kids(t)
        .any(|k| matches!(view.lemma_of(k), "if" | "could" | "can" | "may" | "might" | "to" | "will"));
    (checks && !possible).then_some(Verification::Confirmed)
}

/// The drafts that a cue speaks of: those below it, or else the ones that its sentence tells, or else, where the sentence
/// tells none, the last ones told in the two sentences before.
fn spoken_of(
    views: &[View<'_>],
    drafts: &[Draft],
    s: usize,
    cue: usize,
    checked: Verification,
) -> Vec<usize> {
    let view = &views[s];
    let at = |s: usize| drafts.iter().enumerate().filter(move |(_, d)| d.sentence == s).map(|(n, _)| n);
    let below: Vec<usize> = at(s)
        .filter(|&n| view.tree.under(drafts[n].token, cue) || view.tree.head(cue) == Some(drafts[n].token))
        .collect();
    if !below.is_empty() {
        return below;
    }
    let here: Vec<usize> = at(s).collect();
    if !here.is_empty() {
        return if checked == Verification::Confirmed { Vec::new() } else { here };
    }
    if of_both(view, cue) {
        return accounts(drafts, s);
    }
    let near = (1..=2).filter_map(|back| s.checked_sub(back)).find(|&b| at(b).next().is_some());
    near.map_or_else(Vec::new, |b| at(b).collect())
}

/// Sentences back over which two accounts may stand.
const ACCOUNTS: usize = 6;

/// What the two who were cited last before sentence `s` say.
fn accounts(drafts: &[Draft], s: usize) -> Vec<usize> {
    let mut tellers: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    let before = drafts.partition_point(|draft| draft.sentence < s);
    for (n, draft) in drafts[..before].iter().enumerate().rev() {
        if s - draft.sentence > ACCOUNTS {
            break;
        }
        let Some(teller) = draft.source.as_ref().map(|who| who.name.as_str()) else { continue };
        if !tellers.contains(&teller) {
            if tellers.len() == 2 {
                break;
            }
            tellers.push(teller);
        }
        told.push(n);
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn what_could_not_be_verified_is_unconfirmed_and_saying_is_no_check() {
        view_of(
            "This|PRON|3|nsubj:pass could|AUX|3|aux not|PART|3|advmod verified|VERB|_|root|verify",
            |view| assert_eq!(cue(view, 3), Some(Verification::Unconfirmed)),
        );
        view_of("Kiev|PROPN|1|nsubj confirmed|VERB|_|root|confirm losses|NOUN|1|obj|loss", |view| {
            assert_eq!(cue(view, 1), None);
        });
        view_of("Experts|NOUN|1|nsubj verified|VERB|_|root|verify it|PRON|1|obj", |view| {
            assert_eq!(cue(view, 1), Some(Verification::Confirmed));
        });
    }
}
