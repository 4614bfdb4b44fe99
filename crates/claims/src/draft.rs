//! Drafts: the models' decisions for one document, act by act, before they become claims.

use holdfire_types::{Kind, Stance, Status, Upos};

use crate::document::{Document, Named, RoleOption, Told};
use crate::features::{self, Bag};
use crate::linear::softmax;
use crate::models::Models;
use crate::names::same_stems;
use crate::view::View;

/// How sure the models must be. Chosen by cross-validation over the training set.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// Probability that a word is an act at all.
    pub act: f32,
    /// Probability that a second mention fills actor, target, place too.
    pub roles: [f32; 3],
    /// The same for a mention that is joined by "and" to one that does.
    pub joined: f32,
    /// What is added to the score of nobody as actor, target, place.
    pub nobody: [f32; 3],
}

impl Default for Bars {
    fn default() -> Self {
        Self { act: 0.29, roles: [0.5, 0.5, 0.5], joined: 0.25, nobody: [0.0, 0.0, 0.0] }
    }
}

/// An act found, with everything that the models decide about it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Number of its sentence.
    pub sentence: usize,
    /// The word that carries it.
    pub token: usize,
    /// Its kind.
    pub kind: Kind,
    /// How sure.
    pub confidence: f32,
    /// Its stance.
    pub stance: Stance,
    /// Its status, for kinds with one.
    pub status: Option<Status>,
    /// Its source; `None` for the narrator.
    pub source: Option<Named>,
    /// What chose the source.
    pub source_rule: &'static str,
    /// Actor, target and place.
    pub roles: [Vec<Named>; 3],
    /// It depends on a condition.
    pub conditional: bool,
    /// It is demanded or promised not to happen, or to stop.
    pub negated: bool,
}

/// True for words that may be acts at all.
pub fn may_be_act(view: &View<'_>, i: usize) -> bool {
    matches!(view.upos(i), Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn)
        || (view.upos(i) == Upos::Aux && view.kinds[i] != 0)
}

/// The acts of a document with their slots, in reading order.
pub fn drafts(document: &Document<'_>, models: &Models, bars: &Bars) -> Vec<Draft> {
    let mut told: Vec<Told> = Vec::new();
    let mut drafts = Vec::new();
    for s in 0..document.views.len() {
        for (token, kind, confidence) in acts(&document.views[s], models, bars) {
            let draft = fill(document, models, bars, s, token, kind, confidence, &told);
            told.push(Told { sentence: s, kind, source: draft.source.clone(), roles: draft.roles.clone() });
            drafts.push(draft);
        }
    }
    drafts
}

/// The words of a sentence that are acts.
fn acts(view: &View<'_>, models: &Models, bars: &Bars) -> Vec<(usize, Kind, f32)> {
    (0..view.len())
        .filter(|&i| may_be_act(view, i))
        .filter_map(|i| {
            let odds = models.act.probabilities(&features::act(view, i).0);
            let sure = 1.0 - odds[0];
            if sure < bars.act {
                return None;
            }
            let best = (1..odds.len()).max_by(|&a, &b| odds[a].total_cmp(&odds[b]))?;
            Some((i, Kind::ALL[best - 1], sure))
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "the act's address in the document and what is known so far")]
fn fill(
    document: &Document<'_>,
    models: &Models,
    bars: &Bars,
    sentence: usize,
    token: usize,
    kind: Kind,
    confidence: f32,
    told: &[Told],
) -> Draft {
    let view = &document.views[sentence];
    let stances = models.stance.scores(&features::standing(view, token, kind).0);
    let stance = Stance::ALL[best(&stances)];
    let status = status(view, models, token, kind, stance);
    let mut options = document.sources(sentence, token, kind, stance, told);
    let scores: Vec<f32> = options.iter().map(|o| models.source.scores(&o.bag.0)[0]).collect();
    let chosen = options.swap_remove(best(&scores));
    let own = document.fillers(sentence, token, kind, stance);
    let roles = std::array::from_fn(|role| {
        let carried = document.carried(sentence, token, kind, stance, role, told);
        let nobody = features::nobody(view, token, kind, stance, role);
        chosen_fillers(&nobody, &own, &carried, models, bars, role)
    });
    Draft {
        sentence,
        token,
        kind,
        confidence,
        stance,
        status,
        source: chosen.who,
        source_rule: chosen.rule,
        roles,
        conditional: false,
        negated: false,
    }
}

fn status(view: &View<'_>, models: &Models, token: usize, kind: Kind, stance: Stance) -> Option<Status> {
    let allowed = Status::of(kind);
    if allowed.is_empty() {
        return None;
    }
    let mut scores = models.status.scores(&features::status(view, token, kind, stance).0);
    softmax(&mut scores);
    allowed.iter().copied().max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize]))
}

/// Who fills a role: nobody, or the best of the sentence's mentions and earlier fillers, and with a mention all others
/// that are likely enough. Each party once, in reading order.
fn chosen_fillers(
    nobody: &Bag,
    own: &[RoleOption],
    carried: &[RoleOption],
    models: &Models,
    bars: &Bars,
    role: usize,
) -> Vec<Named> {
    let first = &models.first[role];
    let mut scores = vec![first.scores(&nobody.0)[0] + bars.nobody[role]];
    scores.extend(own.iter().chain(carried).map(|o| {
        if o.who.stems.is_empty() { f32::NEG_INFINITY } else { first.scores(&o.bag.0)[0] }
    }));
    let top = best(&scores);
    let Some(top) = top.checked_sub(1) else { return Vec::new() };
    if top >= own.len() {
        return vec![carried[top - own.len()].who.clone()];
    }
    let mut kept = vec![top];
    let mut others: Vec<(usize, f32)> =
        own.iter().enumerate().map(|(n, o)| (n, models.roles[role].yes(&o.bag.0))).filter(|&(n, _)| n != top).collect();
    others.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    for (n, odds) in others {
        let joined = kept.iter().any(|&k| own[n].joined_to == Some(own[k].head) || own[k].joined_to == Some(own[n].head) || (own[n].joined_to.is_some() && own[n].joined_to == own[k].joined_to));
        let bar = if joined { bars.joined } else { bars.roles[role] };
        let stems = &own[n].who.stems;
        if odds >= bar && !stems.is_empty() && !kept.iter().any(|&k| same_stems(&own[k].who.stems, stems)) {
            kept.push(n);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|n| own[n].who.clone()).collect()
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
