//! Drafts: the models' decisions for one document, act by act, before they become claims.

use holdfire_types::{Kind, Stance, Status, Upos};

use crate::document::{Document, Named, RoleOption, Told};
use crate::features;
use crate::linear::softmax;
use crate::models::Models;
use crate::names::same_stems;
use crate::view::View;

/// How sure the models must be. Chosen by cross-validation over the training set.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// Probability that a word is an act at all.
    pub act: f32,
    /// Probability that a mention fills actor, target, place.
    pub roles: [f32; 3],
    /// Probability that an earlier filler fills actor, target, place again.
    pub carried: [f32; 3],
}

impl Default for Bars {
    fn default() -> Self {
        Self { act: 0.42, roles: [0.5, 0.5, 0.5], carried: [0.5, 0.5, 0.5] }
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
    let mut options = document.sources(sentence, token, kind, told);
    let scores: Vec<f32> = options.iter().map(|o| models.source.scores(&o.bag.0)[0]).collect();
    let chosen = options.swap_remove(best(&scores));
    let fillers = document.fillers(sentence, token, kind, stance);
    let roles = std::array::from_fn(|role| {
        let own = accepted(&fillers, &models.roles[role], bars.roles[role]);
        if !own.is_empty() {
            return own;
        }
        let carried = document.carried(sentence, token, kind, stance, role, told, false);
        accepted(&carried, &models.carried[role], bars.carried[role])
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

/// The options that the model accepts, each party once, the surest first kept; in reading order.
fn accepted(options: &[RoleOption], model: &crate::linear::Linear, bar: f32) -> Vec<Named> {
    let mut sure: Vec<(usize, f32)> =
        options.iter().enumerate().map(|(n, o)| (n, model.yes(&o.bag.0))).filter(|&(_, p)| p >= bar).collect();
    sure.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut kept: Vec<usize> = Vec::new();
    for (n, _) in sure {
        if !options[n].who.stems.is_empty()
            && !kept.iter().any(|&k| same_stems(&options[k].who.stems, &options[n].who.stems))
        {
            kept.push(n);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|n| options[n].who.clone()).collect()
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
