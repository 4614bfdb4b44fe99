//! Which act was done by the means that a text names.

use holdfire_types::{Claim, Kind, Means, Upos};

use crate::document::Named;
use crate::draft::Draft;
use crate::names::same_stems;
use crate::view::View;

/// True where an act of `kind` can be done by `means`.
pub fn fits(means: Means, kind: Kind) -> bool {
    match means {
        Means::Abduction => kind == Kind::Detention,
        Means::Rocket | Means::Missile => {
            matches!(kind, Kind::Attack | Kind::Clash | Kind::Deployment | Kind::Truce)
        }
        Means::Shelling | Means::SmallArms => {
            matches!(kind, Kind::Attack | Kind::Clash | Kind::Toll)
        }
        Means::Airstrike => matches!(kind, Kind::Attack | Kind::Toll | Kind::Support | Kind::Aid),
        Means::Drone => matches!(kind, Kind::Attack | Kind::Deployment),
        _ => kind == Kind::Attack,
    }
}

/// The means of each act: a word goes to the nearest act that can be done so. `acts` are tokens with their kinds, `steps`
/// is the distance of two tokens in the tree.
pub fn assign(
    found: &[(Means, u32)],
    acts: &[(u32, Kind)],
    steps: impl Fn(u32, u32) -> usize,
) -> Vec<Vec<Means>> {
    let mut means: Vec<Vec<Means>> = vec![Vec::new(); acts.len()];
    for &(how, token) in found {
        let able = acts.iter().enumerate().filter(|(_, (_, kind))| fits(how, *kind));
        let nearest = able.min_by_key(|(_, (act, _))| steps(*act, token)).map(|(place, _)| place);
        if let Some(own) = nearest.map(|place| &mut means[place])
            && !own.contains(&how)
        {
            own.push(how);
        }
    }
    means
}

/// How many sentences back a strike told without its means may have been told with them.
const BACK: usize = 2;

/// Gives an attack that names no means those of the attack told last, where the text takes it for the same: "the attack
/// left 12 dead", or more harm in the same place by the same hand or none; else those of an attack told inside it.
pub fn carry(views: &[View<'_>], drafts: &[Draft], claims: &mut [Claim]) {
    let mut last: Option<usize> = None;
    for k in 0..claims.len() {
        if claims[k].act.kind != Kind::Attack {
            continue;
        }
        if let Some(before) = last.filter(|_| claims[k].act.means.is_empty())
            && same_strike(views, &drafts[before], &drafts[k])
        {
            let means = claims[before].act.means.clone();
            claims[k].act.means = means;
        }
        last = Some(k);
    }
    for k in 0..claims.len() {
        if claims[k].act.kind == Kind::Attack && claims[k].act.means.is_empty() {
            // only its own sentence is looked through
            let from =
                drafts[..k].iter().rposition(|d| d.sentence != drafts[k].sentence).map_or(0, |n| n + 1);
            let here = (from..claims.len()).take_while(|&j| drafts[j].sentence == drafts[k].sentence);
            let first = here
                .filter(|&j| claims[j].act.kind == Kind::Attack && is_part(views, &drafts[j], &drafts[k]))
                .find(|&j| !claims[j].act.means.is_empty());
            if let Some(means) = first.map(|j| claims[j].act.means.clone()) {
                claims[k].act.means = means;
            }
        }
    }
}

/// True for an act of a sentence told inside another of it: the raid of "five were killed in a raid on the town".
fn is_part(views: &[View<'_>], inner: &Draft, outer: &Draft) -> bool {
    inner.token != outer.token && views[outer.sentence].tree.under(inner.token, outer.token)
}

fn same_strike(views: &[View<'_>], before: &Draft, draft: &Draft) -> bool {
    let back = draft.sentence - before.sentence;
    let view = &views[draft.sentence];
    let the = |noun: usize| view.upos(noun) == Upos::Noun && view.is_definite(noun);
    let attack = |k: usize| view.may_tell(k, Kind::Attack);
    let known = the(draft.token) || view.kids(draft.token).any(|k| attack(k) && the(k));
    let shared =
        |a: &[Named], b: &[Named]| a.iter().any(|x| b.iter().any(|y| same_stems(&x.stems, &y.stems)));
    let [actor, _, place] = &draft.roles;
    let [actor_before, _, place_before] = &before.roles;
    back <= BACK && known
        || back < BACK && shared(place, place_before) && (actor.is_empty() || shared(actor, actor_before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_goes_to_the_nearest_act_that_can_be_done_so() {
        let found = [(Means::Airstrike, 4)];
        let acts = [(5, Kind::Talks), (1, Kind::Attack)];
        assert_eq!(
            assign(&found, &acts, |a, b| a.abs_diff(b) as usize),
            [Vec::new(), vec![Means::Airstrike]]
        );
    }

    #[test]
    fn talks_are_held_by_no_weapon() {
        assert!(fits(Means::Airstrike, Kind::Attack));
        assert!(!fits(Means::Airstrike, Kind::Talks));
    }
}
