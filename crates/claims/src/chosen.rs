//! Which of those who may fill a role do.

use crate::document::Named;
use crate::draft::Bars;
use crate::names::same_stems;
use crate::options::RoleOption;
use crate::told::History;

/// Leaves out those of the sentence who cannot fill the role.
pub fn barred_out(
    mut scores: Vec<f32>,
    own: &[RoleOption],
    barred: impl Fn(&RoleOption) -> bool,
) -> Vec<f32> {
    for (score, option) in scores[1..].iter_mut().zip(own) {
        if barred(option) {
            *score = f32::NEG_INFINITY;
        }
    }
    scores
}

/// Who fills a role: nobody, or the best of the sentence's mentions and earlier fillers, and with a mention all others
/// that are likely enough. Each party once, in reading order.
#[expect(clippy::too_many_arguments, reason = "what may fill the role, and what scores it")]
pub fn fillers(
    mut scores: Vec<f32>,
    own: &[RoleOption],
    further: impl Fn(usize) -> f32,
    carried: &[RoleOption],
    bars: &Bars,
    role: usize,
    told: &History,
    elsewhere: &dyn Fn(&RoleOption) -> bool,
) -> Vec<Named> {
    for (score, option) in scores[1..].iter_mut().zip(own.iter().chain(carried)) {
        if option.who.stems.is_empty() {
            *score = f32::NEG_INFINITY;
        }
    }
    let top = best(&scores);
    let Some(top) = top.checked_sub(1) else { return Vec::new() };
    if top >= own.len() {
        // both sides of a clash are carried together
        let claim = carried[top - own.len()].carried.map_or(0, |c| c.claim);
        let before = &told.told()[claim].roles[role];
        return before.iter().map(|w| Named { span: None, ..w.clone() }).collect();
    }
    let top = whole_phrase(own, top);
    let mut kept = vec![top];
    let mut others: Vec<(usize, f32)> = (0..own.len())
        .filter(|&n| n != top && (role < 2 || scores[n + 1] > f32::NEG_INFINITY) && !elsewhere(&own[n]))
        .map(|n| (n, further(n)))
        .collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (n, odds) in others {
        let joined = kept.iter().any(|&k| {
            own[n].joined_to == Some(own[k].head)
                || own[k].joined_to == Some(own[n].head)
                || (own[n].joined_to.is_some() && own[n].joined_to == own[k].joined_to)
        });
        let bar = if joined { bars.joined[role] } else { bars.roles[role] };
        let stems = &own[n].who.stems;
        // who describes another filler is none beside it; a quarter and its town are both places
        let part = role < 2
            && kept
                .iter()
                .any(|&k| own[n].part_of.contains(&own[k].head) || own[k].part_of.contains(&own[n].head));
        let inside = kept.iter().any(|&k| match (own[k].who.span, own[n].who.span) {
            (Some(a), Some(b)) => a.overlaps(b),
            _ => false,
        });
        if odds >= bar
            && !inside
            && !part
            && !stems.is_empty()
            && !kept.iter().any(|&k| same_stems(&own[k].who.stems, stems))
        {
            kept.push(n);
        }
    }
    // a part of those counted beside the whole: "13 civilians, among them seven children"
    if kept.iter().any(|&n| !elsewhere(&own[n])) {
        kept.retain(|&n| !elsewhere(&own[n]));
    }
    kept.sort_unstable();
    kept.into_iter().map(|n| own[n].who.clone()).collect()
}

/// Places with a name before them that are more exact than that: "Marran airport".
const FACILITIES: &[&str] = &[
    "airport", "airbase", "base", "hospital", "university", "prison", "port", "refinery", "dam", "barracks",
];

/// "Russian" of "Russian jets" stands for the jets, where they are a party of their own; "Marran" of "Marran airport" for the
/// airport.
fn whole_phrase(own: &[RoleOption], n: usize) -> usize {
    let Some(noun) = own[n].modifies else { return n };
    let facility = |o: &RoleOption| {
        own[n].is_place && o.who.stems.last().is_some_and(|s| FACILITIES.contains(&s.as_str()))
    };
    own.iter().position(|o| o.head == noun && (o.is_party || facility(o))).unwrap_or(n)
}

/// Index of the highest score, the first of equals.
pub fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = i;
        }
    }
    best
}
