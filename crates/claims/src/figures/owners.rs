//! Which act of a sentence a figure belongs to, and what it counts there.

use holdfire_types::{Figure, FigureKind, Kind, Sentence, Span, Status};

use super::{FoundFigure, nouns, persons};

/// What a figure counts within an act of `kind`: prisoners are freed in a release and held in a detention. `None`
/// where an act of that kind has no such figure (nobody is killed in talks).
fn within(found: &FoundFigure, kind: Kind) -> Option<FigureKind> {
    use FigureKind as F;
    let what = found.figure.what;
    let people = persons::is_people(&found.figure.of);
    let what = match (kind, what) {
        (Kind::Release, F::Detained | F::Fighters) | (Kind::Truce, F::Detained) => F::Released,
        (Kind::Release, F::Other) if people => F::Released,
        (Kind::Detention, F::Released | F::Fighters) => F::Detained,
        (Kind::Detention, F::Other) if people => F::Detained,
        (Kind::Siege, F::Other | F::Fighters) if people => F::Besieged,
        (Kind::Displacement, F::Fighters) => F::Displaced,
        (Kind::Displacement, F::Other | F::Released) if people => F::Displaced,
        (Kind::Aid, F::Other) if people => F::PeopleReached,
        // "broke the truce on four occasions"
        (Kind::Truce, F::Other) if OCCASIONS.contains(&found.figure.of.as_str()) => F::Violations,
        _ => what,
    };
    let fits = match what {
        F::Killed | F::Wounded | F::Missing => matches!(kind, Kind::Attack | Kind::Clash | Kind::Toll),
        F::Destroyed => matches!(kind, Kind::Attack | Kind::Clash | Kind::Toll),
        F::Munitions | F::Other if is_single(&found.figure) => false,
        F::Munitions => matches!(kind, Kind::Attack | Kind::Toll | Kind::Deployment | Kind::Support),
        F::Detained => kind == Kind::Detention,
        F::Released => matches!(kind, Kind::Release | Kind::Truce),
        F::Displaced => matches!(kind, Kind::Displacement | Kind::Toll | Kind::Attack),
        F::Fled => kind == Kind::Displacement,
        F::Besieged => kind == Kind::Siege,
        F::PeopleReached | F::Convoys => kind == Kind::Aid,
        F::Violations => kind == Kind::Truce,
        F::Fighters => {
            matches!(kind, Kind::Deployment | Kind::Withdrawal | Kind::Support | Kind::Attack | Kind::Clash)
        }
        F::DistanceKm => {
            matches!(kind, Kind::Capture | Kind::Displacement | Kind::Truce | Kind::Withdrawal)
        }
        // "$40 million" buy no attack
        F::Other if nouns::is_money(&found.figure.of) => {
            matches!(kind, Kind::Aid | Kind::Sanction | Kind::Support)
        }
        // places and trucks are not displaced
        F::Other if kind == Kind::Displacement => false,
        // who lives in a town that is held is no figure of its holding, the share held is
        F::Other if kind == Kind::Control => found.figure.share.is_some(),
        F::Other => !matches!(kind, Kind::Statement | Kind::Detention | Kind::Release),
    };
    fits.then_some(what)
}

/// How often a truce was broken.
const OCCASIONS: [&str; 4] = ["times", "occasions", "cases", "incidents"];

/// "A missile", "one front": a single thing is mentioned, not counted.
fn is_single(figure: &Figure) -> bool {
    (figure.min, figure.max) == (Some(1), Some(1))
}

/// The figure as an act of `kind` and `status` has it; `None` where such an act has none.
pub fn of_kind(found: &FoundFigure, kind: Kind, status: Option<Status>) -> Option<FoundFigure> {
    let what = match within(found, kind)? {
        // "a convoy with food for 900 people was turned back": they were not reached
        FigureKind::PeopleReached if found.figure.what == FigureKind::Other && !reaches(status) => {
            FigureKind::Other
        }
        what => what,
    };
    Some(FoundFigure { figure: Figure { what, ..found.figure.clone() }, ..found.clone() })
}

fn reaches(status: Option<Status>) -> bool {
    status.is_none_or(|status| matches!(status, Status::Delivered | Status::Approved))
}

/// True for a count of the very people that are held or freed, whichever other act of the sentence it is nearest to:
/// "freed ten hostages held by militants" counts for both. `held` is where the act's targets stand.
pub fn shared(found: &FoundFigure, kind: Kind, sentence: &Sentence, held: &[Span]) -> bool {
    matches!(kind, Kind::Detention | Kind::Release)
        && !matches!(found.figure.what, FigureKind::Killed | FigureKind::Wounded)
        && found.noun.is_some_and(|noun| {
            let noun = sentence.tokens[noun as usize].span;
            held.iter().any(|span| span.contains(noun))
        })
}

/// Gives each figure to the nearest act that can have it. `acts` are tokens with their kinds; `steps` is the distance
/// of two tokens in the tree. A part follows its whole. Returns the act's place in `acts` for each figure.
pub fn assign(
    found: &[FoundFigure],
    acts: &[(u32, Kind)],
    steps: impl Fn(u32, u32) -> usize,
) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = Vec::with_capacity(found.len());
    for figure in found {
        let of_whole = figure.part_of.and_then(|whole| owners.get(whole).copied().flatten());
        let from = figure.cue.unwrap_or(figure.token);
        let nearest = || {
            let able = acts.iter().enumerate().filter(|(_, (_, kind))| within(figure, *kind).is_some());
            able.min_by_key(|(_, (act, _))| (steps(*act, from), act.abs_diff(from))).map(|(place, _)| place)
        };
        owners.push(of_whole.or_else(nearest));
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;
    use crate::plain::sentence;

    #[test]
    fn a_figure_is_what_its_act_makes_of_it() {
        let text = "They freed two hostages";
        let found = find(text, &sentence(text), None);
        assert_eq!(
            of_kind(&found[0], Kind::Release, None).map(|f| f.figure.what),
            Some(FigureKind::Released)
        );
        assert_eq!(
            of_kind(&found[0], Kind::Detention, None).map(|f| f.figure.what),
            Some(FigureKind::Detained)
        );
        assert_eq!(of_kind(&found[0], Kind::Talks, None), None);
    }

    #[test]
    fn a_figure_goes_to_an_act_that_can_have_it() {
        let text = "Envoys met after 12 soldiers were killed, including two officers";
        let found = find(text, &sentence(text), None);
        let acts = [(1, Kind::Talks), (6, Kind::Attack)];
        let owners = assign(&found, &acts, |a, b| a.abs_diff(b) as usize);
        assert_eq!(owners, [Some(1), Some(1)]);
        assert_eq!(assign(&found, &acts[..1], |_, _| 0), [None, None]);
    }
}
