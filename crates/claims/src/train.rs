//! Training of the claim models from marked documents.
//!
//! A gold claim names its evidence, not its act word. [`anchors`] chooses the word: first by the pack's act words, then,
//! round by round, by the model trained so far.

use std::collections::{BTreeMap, HashMap};

use holdfire_types::{Kind, Span, Stance, Status};

use crate::chosen::best;
use crate::document::{Document, Named};
use crate::features;
use crate::found::may_be_act;
use crate::linear::{Feature, Linear, Rows, softmax, write};
use crate::names::{same_stems, stems};
use crate::options::{RoleOption, SourceOption};
use crate::told::{History, Told};
use crate::view::View;

mod outline;
pub use crate::linear::blend;
pub use outline::{Outline, outline};

/// A claim as marked by a reader.
#[derive(Debug, Clone)]
pub struct Gold {
    /// The evidence, in bytes.
    pub span: Span,
    /// Its kind.
    pub kind: Kind,
    /// Its status.
    pub status: Option<Status>,
    /// Its stance.
    pub stance: Stance,
    /// Who says it; `narrator` for the publication.
    pub source: String,
    /// Actor, target and place.
    pub roles: [Vec<String>; 3],
}

impl Gold {
    /// What later claims may lean on, for a claim whose act is token `i` of sentence `s`.
    fn told(&self, view: &View<'_>, s: usize, i: usize) -> Told {
        let bare = |names: &Vec<String>| names.iter().map(|n| Named::bare(n)).collect();
        let source = (self.source != "narrator").then(|| Named::bare(&self.source));
        Told::new(view, s, i, (self.kind, self.status, self.stance), source, self.roles.each_ref().map(bare))
    }
}

/// A document and what is marked in it.
#[derive(Debug)]
pub struct Lesson<'a> {
    /// The document.
    pub document: Document<'a>,
    /// Its claims.
    pub gold: Vec<Gold>,
}

/// A gold claim's act word: sentence and token.
pub type Anchor = Option<(usize, usize)>;

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Passes over the examples.
    pub epochs: usize,
    /// Step of `AdaGrad`.
    pub rate: f32,
    /// Pull towards zero.
    pub decay: f32,
    /// Passes over the choices that rankings learn from, which are fewer.
    pub rank_epochs: usize,
    /// Step of `AdaGrad` for rankings.
    pub rank_rate: f32,
    /// Share of features hidden at each step, so that no weight leans on one rare word.
    pub hidden: f32,
    /// Rounds of choosing act words anew.
    pub rounds: usize,
    /// How often a feature must occur to get a weight: rarer ones make the file large and learn little.
    pub least: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 10,
            rate: 0.02,
            decay: 1e-3,
            rank_epochs: 20,
            rank_rate: 0.05,
            hidden: 0.4,
            rounds: 3,
            least: 7,
        }
    }
}

/// Options to choose among, and which are right. A yes-or-no or class example has its classes' labels instead.
struct Example {
    features: Vec<Feature>,
    label: usize,
}

struct Choice {
    options: Vec<Vec<Feature>>,
    right: Vec<usize>,
}

/// Trains every model and returns the file that holds them.
pub fn train(lessons: &[Lesson<'_>], settings: &Settings) -> Vec<u8> {
    let mut chosen: Vec<Vec<Anchor>> = lessons.iter().map(|l| anchors(l, None)).collect();
    let mut act = act_model(lessons, &chosen, settings);
    for _ in 1..settings.rounds {
        let model = Linear::new(
            Kind::ALL.len() + 1,
            act.iter().map(|(feature, row)| (*feature, row.iter().copied())),
        );
        chosen = lessons.iter().map(|l| anchors(l, Some(&model))).collect();
        act = act_model(lessons, &chosen, settings);
    }
    let mut stance = Vec::new();
    let mut status = Vec::new();
    let mut source = Vec::new();
    let mut roles: [Vec<Example>; 3] = Default::default();
    let mut first: [Vec<Choice>; 3] = Default::default();
    for (lesson, anchors) in lessons.iter().zip(&chosen) {
        let mut told = History::default();
        for (gold, anchor) in in_order(&lesson.gold, anchors) {
            let (s, i) = anchor;
            let view = &lesson.document.views[s];
            stance.push(Example {
                features: features::standing(view, i, gold.kind).0,
                label: gold.stance as usize,
            });
            if let Some(right) = gold.status {
                let bag = features::status(view, i, gold.kind, gold.stance);
                status.push(Example { features: bag.0, label: right as usize });
            }
            let options = lesson.document.sources(s, i, gold.kind, gold.stance, &told);
            let right = right_sources(&options, &gold.source);
            if !right.is_empty() {
                source.push(Choice { options: options.into_iter().map(|o| o.bag.0).collect(), right });
            }
            let context = features::Context::new(view, i, gold.kind, gold.stance);
            for role in 0..3 {
                let own = lesson.document.fillers(s, i, gold.kind, gold.stance);
                let carried = lesson.document.carried(s, i, gold.kind, role, &context, &told);
                let wanted: Vec<Vec<String>> = gold.roles[role].iter().map(|n| stems(n)).collect();
                let nobody = features::nobody(view, i, &context, role, &told);
                if let Some(choice) = first_choice(&nobody, &own, &carried, &wanted) {
                    first[role].push(choice);
                }
                let marked = labels(&own, &wanted);
                roles[role].extend(own.into_iter().zip(marked).filter_map(|(option, label)| {
                    Some(Example { features: option.bag.0, label: usize::from(label?) })
                }));
            }
            told.push(gold.told(view, s, i));
        }
    }
    let firsts = first.iter().map(|choices| ranking(choices, settings));
    let others = roles.iter().map(|examples| yes_or_no(examples, settings));
    write(&[
        ("act", vec![(Kind::ALL.len() + 1, act)]),
        ("stance", vec![(Stance::ALL.len(), classes(&stance, Stance::ALL.len(), settings))]),
        ("status", vec![(Status::ALL.len(), classes(&status, Status::ALL.len(), settings))]),
        ("source", vec![(1, ranking(&source, settings))]),
        ("fillers", firsts.chain(others).map(|rows| (1, rows)).collect()),
    ])
}

fn in_order<'g>(gold: &'g [Gold], anchors: &[Anchor]) -> Vec<(&'g Gold, (usize, usize))> {
    let mut placed: Vec<(&Gold, (usize, usize))> =
        gold.iter().zip(anchors).filter_map(|(g, a)| Some((g, (*a)?))).collect();
    placed.sort_by_key(|(_, a)| *a);
    placed
}

/// Labels options: for each wanted name the nearest option is right; other options of that name are left out (`None`).
fn labels(options: &[RoleOption], wanted: &[Vec<String>]) -> Vec<Option<bool>> {
    let same: Vec<Option<usize>> =
        options.iter().map(|o| wanted.iter().position(|w| same_stems(&o.who.stems, w))).collect();
    let nearest: Vec<Option<usize>> = (0..wanted.len())
        .map(|w| (0..options.len()).filter(|&o| same[o] == Some(w)).min_by_key(|&o| options[o].steps))
        .collect();
    (0..options.len())
        .map(|o| match same[o] {
            None => Some(false),
            Some(w) if nearest[w] == Some(o) => Some(true),
            Some(_) => None,
        })
        .collect()
}

/// The choice of the one who fills a role before all others. Nobody is right where no name is marked; `None` where the
/// names marked stand nowhere near.
fn first_choice(
    nobody: &features::Bag,
    own: &[RoleOption],
    carried: &[RoleOption],
    wanted: &[Vec<String>],
) -> Option<Choice> {
    let right = right_fillers(own, carried, wanted);
    let options = own.iter().chain(carried);
    let bags = std::iter::once(nobody.0.clone()).chain(options.map(|o| o.bag.0.clone())).collect();
    (!right.is_empty()).then_some(Choice { options: bags, right })
}

/// The options that name the source rightly.
fn right_sources(options: &[SourceOption], source: &str) -> Vec<usize> {
    let narrator = source == "narrator";
    let wanted = stems(source);
    let fits = |o: &SourceOption| match &o.who {
        None => narrator,
        Some(who) => !narrator && same_stems(&who.stems, &wanted),
    };
    (0..options.len()).filter(|&n| fits(&options[n])).collect()
}

/// The options that fill a role rightly: 0 for nobody, then those of the sentence; those carried over only where none of
/// the sentence does.
fn right_fillers(own: &[RoleOption], carried: &[RoleOption], wanted: &[Vec<String>]) -> Vec<usize> {
    if wanted.is_empty() {
        return vec![0];
    }
    let fits = |o: &RoleOption| wanted.iter().any(|w| same_stems(&o.who.stems, w));
    let of = |options: &[RoleOption], first: usize| -> Vec<usize> {
        (0..options.len()).filter(|&n| fits(&options[n])).map(|n| n + first).collect()
    };
    let right = of(own, 1);
    if right.is_empty() { of(carried, own.len() + 1) } else { right }
}

/// The act word of every gold claim of a lesson.
pub fn anchors(lesson: &Lesson<'_>, model: Option<&Linear<'_>>) -> Vec<Anchor> {
    let mut taken: HashMap<(usize, usize), Kind> = HashMap::new();
    let mut order: Vec<usize> = (0..lesson.gold.len()).collect();
    // short evidence first: it has fewer words to choose from
    order.sort_by_key(|&g| lesson.gold[g].span.len());
    let mut chosen = vec![None; lesson.gold.len()];
    for g in order {
        let gold = &lesson.gold[g];
        let mut options: Vec<(f32, (usize, usize))> = Vec::new();
        for (s, view) in lesson.document.views.iter().enumerate() {
            if !view.sentence.span.overlaps(gold.span) {
                continue;
            }
            let inside: Vec<usize> = (0..view.len())
                .filter(|&i| gold.span.contains(view.sentence.tokens[i].span) && may_be_act(view, i))
                .collect();
            for &i in &inside {
                options.push((fitness(view, i, gold.kind, &inside, model), (s, i)));
            }
        }
        options.sort_by(|a, b| b.0.total_cmp(&a.0));
        let free = options.iter().find(|(score, at)| !taken.contains_key(at) && *score > options[0].0 - 3.0);
        chosen[g] = free.or(options.first()).map(|(_, at)| *at);
        if let Some(at) = chosen[g] {
            taken.entry(at).or_insert(gold.kind);
        }
    }
    chosen
}

fn fitness(view: &View<'_>, i: usize, kind: Kind, inside: &[usize], model: Option<&Linear<'_>>) -> f32 {
    let listed = view.may_tell(i, kind);
    let height = view.tree.above(i).filter(|h| inside.contains(h)).count() as f32;
    let base = if listed { 2.0 } else { 0.0 } - 0.4 * height - 0.01 * i as f32;
    match model {
        None => base,
        Some(model) => {
            let odds = model.probabilities(&features::act(view, i).0);
            base * 0.5 + (odds[kind as usize + 1] + 1e-3).ln()
        }
    }
}

fn act_model(lessons: &[Lesson<'_>], chosen: &[Vec<Anchor>], settings: &Settings) -> Rows {
    let mut examples = Vec::new();
    for (lesson, anchors) in lessons.iter().zip(chosen) {
        let labels: HashMap<(usize, usize), Kind> =
            anchors.iter().zip(&lesson.gold).rev().filter_map(|(a, g)| Some(((*a)?, g.kind))).collect();
        for (s, view) in lesson.document.views.iter().enumerate() {
            for i in (0..view.len()).filter(|&i| may_be_act(view, i)) {
                let label = labels.get(&(s, i)).map_or(0, |k| *k as usize + 1);
                // what is said again word for word is marked once, and is no less an act
                if label > 0 || !lesson.document.silent[s] {
                    examples.push(Example { features: features::act(view, i).0, label });
                }
            }
        }
    }
    classes(&examples, Kind::ALL.len() + 1, settings)
}

/// Weights while they are learned: dense rows by number of feature.
pub(crate) struct Learner {
    ids: HashMap<Feature, u32>,
    classes: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
    kept: Vec<f32>,
    times: f32,
}

impl Learner {
    /// Knows the features that occur often enough.
    pub(crate) fn new<'e>(
        bags: impl Iterator<Item = &'e Vec<Feature>>,
        classes: usize,
        settings: &Settings,
    ) -> Self {
        let mut counts: BTreeMap<Feature, u32> = BTreeMap::new();
        for feature in bags.flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        let kept = counts.into_iter().filter(|&(_, n)| n >= settings.least).map(|(f, _)| f);
        let ids: HashMap<Feature, u32> = kept.zip(0..).collect();
        let size = ids.len() * classes;
        Self {
            ids,
            classes,
            weights: vec![0.0; size],
            squares: vec![1e-4; size],
            rate: settings.rate,
            decay: settings.decay,
            kept: Vec::new(),
            times: 0.0,
        }
    }

    pub(crate) fn known(&self, bag: &[Feature]) -> Vec<u32> {
        bag.iter().filter_map(|f| self.ids.get(f).copied()).collect()
    }

    pub(crate) fn scores(&self, bag: &[u32]) -> Vec<f32> {
        let mut scores = vec![0.0; self.classes];
        for &id in bag {
            let at = id as usize * self.classes;
            for (score, weight) in scores.iter_mut().zip(&self.weights[at..at + self.classes]) {
                *score += weight;
            }
        }
        scores
    }

    pub(crate) fn learn(&mut self, bag: &[u32], slopes: &[f32]) {
        for &id in bag {
            let at = id as usize * self.classes;
            for (c, slope) in slopes.iter().enumerate() {
                let weight = &mut self.weights[at + c];
                let slope = slope + self.decay * *weight;
                self.squares[at + c] += slope * slope;
                *weight -= self.rate * slope / self.squares[at + c].sqrt();
            }
        }
    }

    /// Keeps what the weights are now, to be averaged with what else is kept.
    pub(crate) fn keep(&mut self) {
        self.kept.resize(self.weights.len(), 0.0);
        for (kept, weight) in self.kept.iter_mut().zip(&self.weights) {
            *kept += weight;
        }
        self.times += 1.0;
    }

    /// Keeps the weights of the later half of the passes: their average wavers less than the last of them.
    fn keep_late(&mut self, epoch: usize, epochs: usize) {
        if epoch >= epochs / 2 {
            self.keep();
        }
    }

    /// Puts the average of what was kept in place of the weights.
    pub(crate) fn settle(&mut self) {
        for (weight, kept) in self.weights.iter_mut().zip(&self.kept) {
            *weight = kept / self.times;
        }
    }

    pub(crate) fn rows(&self, hidden: f32) -> Rows {
        self.ids
            .iter()
            .map(|(&f, &id)| {
                (
                    f,
                    self.weights[id as usize * self.classes..][..self.classes]
                        .iter()
                        .map(|w| w * (1.0 - hidden))
                        .collect(),
                )
            })
            .collect()
    }
}

/// The features that stay in sight at step `step`; the same for every option of a choice.
pub(crate) fn in_sight(bag: &[u32], step: usize, hidden: f32) -> Vec<u32> {
    let bar = (hidden * 65_536.0) as u32;
    let mark = (step as u32).wrapping_mul(0x9e37_79b1);
    bag.iter().copied().filter(|&id| ((id ^ mark).wrapping_mul(0x85eb_ca6b) >> 16) >= bar).collect()
}

/// A fixed walk through all numbers below `n`, different for each epoch.
pub(crate) fn shuffled(n: usize, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64 ^ (epoch as u64 + 1);
    for i in (1..n).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(i, (state >> 33) as usize % (i + 1));
    }
    order
}

fn classes(examples: &[Example], classes: usize, settings: &Settings) -> Rows {
    let mut learner = Learner::new(examples.iter().map(|e| &e.features), classes, settings);
    let bags: Vec<Vec<u32>> = examples.iter().map(|e| learner.known(&e.features)).collect();
    for epoch in 0..settings.epochs {
        for n in shuffled(examples.len(), epoch) {
            let bag = in_sight(&bags[n], epoch * examples.len() + n, settings.hidden);
            let mut slopes = learner.scores(&bag);
            softmax(&mut slopes);
            slopes[examples[n].label] -= 1.0;
            learner.learn(&bag, &slopes);
        }
        learner.keep_late(epoch, settings.epochs);
    }
    learner.settle();
    learner.rows(settings.hidden)
}

fn yes_or_no(examples: &[Example], settings: &Settings) -> Rows {
    let mut learner = Learner::new(examples.iter().map(|e| &e.features), 1, settings);
    let bags: Vec<Vec<u32>> = examples.iter().map(|e| learner.known(&e.features)).collect();
    for epoch in 0..settings.epochs {
        for n in shuffled(examples.len(), epoch) {
            let bag = in_sight(&bags[n], epoch * examples.len() + n, settings.hidden);
            let yes = 1.0 / (1.0 + (-learner.scores(&bag)[0]).exp());
            learner.learn(&bag, &[yes - examples[n].label as f32]);
        }
        learner.keep_late(epoch, settings.epochs);
    }
    learner.settle();
    learner.rows(settings.hidden)
}

fn ranking(choices: &[Choice], settings: &Settings) -> Rows {
    let settings = &Settings { rate: settings.rank_rate, epochs: settings.rank_epochs, ..*settings };
    let mut learner = Learner::new(choices.iter().flat_map(|c| &c.options), 1, settings);
    let bags: Vec<Vec<Vec<u32>>> =
        choices.iter().map(|c| c.options.iter().map(|o| learner.known(o)).collect()).collect();
    for epoch in 0..settings.epochs {
        for n in shuffled(choices.len(), epoch) {
            let step = epoch * choices.len() + n;
            let sight: Vec<Vec<u32>> =
                bags[n].iter().map(|bag| in_sight(bag, step, settings.hidden)).collect();
            let mut odds: Vec<f32> = sight.iter().map(|bag| learner.scores(bag)[0]).collect();
            softmax(&mut odds);
            let right = &choices[n].right;
            let liked = right[best(&right.iter().map(|&r| odds[r]).collect::<Vec<f32>>())];
            for (option, odds) in odds.iter().enumerate() {
                if option != liked && right.contains(&option) {
                    continue;
                }
                let slope = odds - f32::from(u8::from(option == liked));
                learner.learn(&sight[option], &[slope]);
            }
        }
        learner.keep_late(epoch, settings.epochs);
    }
    learner.settle();
    learner.rows(settings.hidden)
}
