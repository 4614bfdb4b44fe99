//! Scores of one sentence's acts and their options: the linear models', and what the network adds where it has read the
//! sentence.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use holdfire_types::{Kind, Stance, Status};

use crate::features::{self, Bag};
use crate::linear::softmax;
use crate::models::Models;
use crate::net::{Acting, Net, Words};
use crate::options::{RoleOption, SourceOption};
use crate::told::REACH;
use crate::view::View;

/// Odds of being an act, by the linear model, under which the network is not asked about a word: it does not lift them
/// over the bars ([`crate::draft::Bars`]).
const LEAST: f32 = 0.1;
/// The same for the likeliest word of a sentence: under it the network does not read the sentence.
const LEAST_IN_SENTENCE: f32 = 0.2;

/// The sentence itself, and those that a filler may be carried from.
const KEPT: usize = REACH + 1;

/// The scorer of a sentence. The network reads it when the first likely act is met, and only then.
pub struct Scores<'a> {
    models: &'a Models<'a>,
    view: &'a View<'a>,
    read: OnceCell<Option<(&'a Net, Words)>>,
}

/// The scorers of a document's sentences. Those are kept that a claim may still lean on.
pub struct Scorers<'a> {
    models: &'a Models<'a>,
    views: &'a [View<'a>],
    kept: RefCell<VecDeque<(usize, Rc<Scores<'a>>)>>,
}

impl<'a> Scorers<'a> {
    /// For a document.
    pub fn new(models: &'a Models<'_>, views: &'a [View<'a>]) -> Self {
        Self { models, views, kept: RefCell::default() }
    }

    /// The scorer of sentence `s`.
    pub fn of(&self, s: usize) -> Rc<Scores<'a>> {
        let mut kept = self.kept.borrow_mut();
        if let Some((_, scores)) = kept.iter().find(|(n, _)| *n == s) {
            return Rc::clone(scores);
        }
        let scores = Rc::new(Scores::new(self.models, &self.views[s]));
        kept.push_back((s, Rc::clone(&scores)));
        if kept.len() > KEPT {
            kept.pop_front();
        }
        scores
    }
}

/// How the source stands to an act.
pub struct Standing {
    /// Scores of stances.
    pub stances: Vec<f32>,
    /// What the network adds to the scores of statuses.
    statuses: Option<Vec<f32>>,
}

/// An act whose options are scored.
pub struct Scored<'s, 'a> {
    scores: &'s Scores<'a>,
    kind: Kind,
    acting: Option<Acting>,
}

impl<'a> Scores<'a> {
    /// For a sentence.
    pub fn new(models: &'a Models<'_>, view: &'a View<'a>) -> Self {
        Self { models, view, read: OnceCell::new() }
    }

    fn net(&self) -> Option<&(&'a Net, Words)> {
        let read = || self.models.net.as_ref().and_then(|net| Some((net, net.read(self.view)?)));
        self.read.get_or_init(read).as_ref()
    }

    /// Odds of no act and of each kind for those of `tokens` that may be acts: of the others the linear model is sure that
    /// they are none.
    pub fn acts(&self, tokens: impl Iterator<Item = usize>) -> Vec<(usize, Vec<f32>)> {
        let mut likeliest: f32 = 0.0;
        let (mut likely, mut scores): (Vec<usize>, Vec<Vec<f32>>) = tokens
            .map(|i| (i, self.models.act.scores(&features::act(self.view, i).0)))
            .filter(|(_, linear)| {
                let mut odds = linear.clone();
                softmax(&mut odds);
                likeliest = likeliest.max(1.0 - odds[0]);
                1.0 - odds[0] >= LEAST
            })
            .unzip();
        if likeliest < LEAST_IN_SENTENCE {
            return Vec::new();
        }
        if let Some((net, words)) = self.net() {
            let more = net.acts(words, self.view, &likely);
            let each = more.chunks_exact(self.models.act.classes());
            for (scores, more) in scores.iter_mut().zip(each) {
                *scores = joined(scores, more, net.trust(0));
            }
        }
        for scores in &mut scores {
            softmax(scores);
        }
        likely.drain(..).zip(scores).collect()
    }

    /// How the source stands to the act at token `i`.
    pub fn standing(&self, i: usize, kind: Kind) -> Standing {
        let linear = self.models.stance.scores(&features::standing(self.view, i, kind).0);
        let Some((net, words)) = self.net() else { return Standing { stances: linear, statuses: None } };
        let mut more = net.standing(words, self.view, i, kind);
        let statuses = more.split_off(Stance::ALL.len());
        Standing { stances: joined(&linear, &more, net.trust(1)), statuses: Some(statuses) }
    }

    /// Scores of statuses for the act at token `i`.
    pub fn statuses(&self, i: usize, kind: Kind, stance: Stance, standing: &Standing) -> Vec<f32> {
        let linear = self.models.status.scores(&features::status(self.view, i, kind, stance).0);
        match (self.net(), &standing.statuses) {
            (Some((net, _)), Some(more)) => joined(&linear, more, net.trust(2)),
            _ => linear,
        }
    }

    /// The act at token `i`, to score its options.
    pub fn of(&self, i: usize, kind: Kind, stance: Stance) -> Scored<'_, 'a> {
        let acting = self.net().map(|(net, words)| net.acting(words, self.view, i, kind, stance));
        Scored { scores: self, kind, acting }
    }
}

impl Scored<'_, '_> {
    fn net(&self) -> Option<(&Net, &Words, &Acting)> {
        let (net, words) = self.scores.net()?;
        Some((net, words, self.acting.as_ref()?))
    }

    /// Scores of the options for the source.
    pub fn sources(&self, options: &[SourceOption]) -> Vec<f32> {
        let mut scores: Vec<f32> =
            options.iter().map(|option| self.scores.models.source.score(&option.bag.0)).collect();
        if let Some((net, words, acting)) = self.net() {
            let stands = options.iter().map(|option| (option.rule as usize, option.stand.as_ref()));
            for (score, more) in scores.iter_mut().zip(net.sources(words, acting, stands)) {
                *score = net.trust(3) * *score + more;
            }
        }
        scores
    }

    /// Scores of mentions as the first filler of each role, and as a further one.
    pub fn fillers(&self, options: &[RoleOption]) -> Vec<[f32; 6]> {
        let linear = |option: &RoleOption| {
            let scores = self.scores.models.fillers.scores(&option.bag.0);
            std::array::from_fn(|n| scores[n])
        };
        let mut scores: Vec<[f32; 6]> = options.iter().map(linear).collect();
        if let Some((net, words, acting)) = self.net() {
            let stands = options.iter().map(|option| option.stand.as_ref());
            for (scores, more) in scores.iter_mut().zip(net.roles(words, acting, stands).as_chunks().0) {
                let more: &[f32; 6] = more;
                for (n, (score, more)) in scores.iter_mut().zip(more).enumerate() {
                    *score = net.trust(4 + n) * *score + more;
                }
            }
        }
        scores
    }

    /// Score of one of an earlier claim as the first filler of a role.
    pub fn carried(&self, role: usize, option: &RoleOption, scorers: &Scorers<'_>) -> f32 {
        let linear = self.scores.models.fillers.scores(&option.bag.0)[role];
        let (Some((net, _, acting)), Some(carried)) = (self.net(), &option.carried) else { return linear };
        let there = scorers.of(carried.act.0);
        let rows = there.net().map(|(_, words)| words);
        let more = acting.nobody[3 + role] + net.earlier(acting, carried, carried.kind == self.kind, rows);
        net.trust(13 + role) * linear + more
    }

    /// Score of nobody in a role.
    pub fn nobody(&self, role: usize, bag: &Bag) -> f32 {
        let linear = self.scores.models.fillers.scores(&bag.0)[role];
        match self.net() {
            Some((net, _, acting)) => net.trust(10 + role) * linear + acting.nobody[role],
            None => linear,
        }
    }
}

/// Odds of a score.
pub fn odds(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

fn joined(linear: &[f32], more: &[f32], trust: f32) -> Vec<f32> {
    linear.iter().zip(more).map(|(l, m)| trust * l + m).collect()
}

/// The likeliest status that a kind may have.
pub fn likeliest(scores: &[f32], allowed: &[Status]) -> Option<Status> {
    allowed.iter().copied().max_by(|&a, &b| scores[a as usize].total_cmp(&scores[b as usize]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn a_sentence_is_scored_by_one_scorer_as_long_as_a_claim_may_lean_on_it() {
        view_of("Rebels|NOUN|1|nsubj shelled|VERB|_|root Marran|PROPN|1|obj", |view| {
            let again = || {
                let model = holdfire_model::Model::embedded().unwrap();
                model.annotate(view.text).remove(0)
            };
            let sentences: Vec<_> = std::iter::repeat_with(again).take(KEPT + 1).collect();
            let acts = holdfire_world::Acts::default();
            let views: Vec<View<'_>> =
                sentences.iter().map(|s| View::new(view.text, s, &acts, &mut false)).collect();
            let scorers = Scorers::new(Models::embedded(), &views);
            let first = scorers.of(0);
            assert!(Rc::ptr_eq(&first, &scorers.of(0)));
            for s in 1..=KEPT {
                scorers.of(s);
            }
            assert!(!Rc::ptr_eq(&first, &scorers.of(0)));
        });
    }

    #[test]
    fn what_no_network_read_keeps_its_linear_scores() {
        view_of("Rebels|NOUN|1|nsubj shelled|VERB|_|root Marran|PROPN|1|obj", |view| {
            let models = Models::embedded();
            let scores = Scores::new(models, view);
            let odds = models.act.probabilities(&features::act(view, 1).0);
            assert_eq!(scores.acts([1].into_iter()), [(1, odds)]);
            let standing = models.stance.scores(&features::standing(view, 1, Kind::Attack).0);
            assert_eq!(scores.standing(1, Kind::Attack).stances, standing);
        });
    }
}
