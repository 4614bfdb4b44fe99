//! Training of the models of attributions.
//!
//! They learn from documents whose attributions are marked, and from claims: the verb that a claim's source is the subject of
//! is a cue, the words that name the source are its source, and the act is content. What claims leave open is left open.

use std::collections::HashMap;

use holdfire_types::{Dep, Kind, Span, Upos};

use super::chain::{self, Label};
use super::cue;
use super::marks::Marks;
use super::parts::Line;
use super::{Attribution, four, sixteen};
use crate::document::Document;
use crate::linear::{Feature, Rows, write};
use crate::names::{same_stems, stems};
use crate::train::{self, Learner, anchors, in_sight, shuffled};
use crate::view::View;

/// A document and its attributions as marked.
#[derive(Debug)]
pub struct Lesson<'a> {
    /// The document.
    pub document: Document<'a>,
    /// Its attributions.
    pub marked: Vec<Attribution>,
}

/// How to train.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How the model of cues is trained.
    pub cues: train::Settings,
    /// How the models of the words beside them are trained.
    pub lines: train::Settings,
}

impl Default for Settings {
    fn default() -> Self {
        let cues = train::Settings {
            epochs: 8,
            rate: 0.04,
            decay: 1e-4,
            hidden: 0.4,
            least: 10,
            ..Default::default()
        };
        let lines = train::Settings { epochs: 10, rate: 0.02, hidden: 0.6, least: 25, ..cues };
        Self { cues, lines }
    }
}

/// A word that may be a cue.
struct Word {
    bag: Vec<Feature>,
    right: bool,
}

/// A line, and the labels of those words whose labels are known.
struct Known {
    words: Vec<Vec<Feature>>,
    steps: Vec<Vec<Feature>>,
    labels: Vec<Option<Label>>,
    cue: usize,
}

/// Trains the models and returns the file that holds them.
pub fn train(lessons: &[Lesson<'_>], claims: &[train::Lesson<'_>], settings: &Settings) -> Vec<u8> {
    let (mut words, mut lines) = (Vec::new(), Vec::new());
    for lesson in lessons {
        learn_marked(lesson, &mut words, &mut lines);
    }
    for lesson in claims {
        learn_claims(lesson, &mut words, &mut lines);
    }
    std::thread::scope(|scope| {
        let cues = scope.spawn(|| cue_rows(&words, &settings.cues));
        let (parts, steps) = line_rows(&lines, &settings.lines);
        let cue = cues.join().unwrap_or_default();
        write(&[("cue", vec![(1, cue)]), ("parts", vec![(4, parts)]), ("steps", vec![(16, steps)])])
    })
}

fn learn_marked(lesson: &Lesson<'_>, words: &mut Vec<Word>, lines: &mut Vec<Known>) {
    let document = &lesson.document;
    let marks = Marks::new(document);
    let heads: HashMap<(usize, usize), &Attribution> =
        lesson.marked.iter().filter_map(|a| Some((head(document, a.cue)?, a))).collect();
    for (s, view) in document.views.iter().enumerate() {
        for i in (0..view.len()).filter(|&i| cue::may_be(view, i)) {
            let bag = cue::features(document, &marks, s, i);
            words.push(Word { bag, right: heads.contains_key(&(s, i)) });
        }
    }
    for a in &lesson.marked {
        if let Some((s, i)) = head(document, a.cue) {
            let line = Line::new(document, &marks, s, i);
            let label = |k: usize| {
                let span = line.span(k);
                let within = |of: &Span| of.overlaps(span);
                if k == line.cue() || within(&a.cue) {
                    Label::Cue
                } else if a.source.as_ref().is_some_and(within) {
                    Label::Source
                } else if a.content.iter().any(within) {
                    Label::Content
                } else {
                    Label::Outside
                }
            };
            lines.push(known(&line, (0..line.len()).map(|k| Some(label(k))).collect()));
        }
    }
}

/// Kinds whose act words are deeds, and no cues.
const DEEDS: &[Kind] = &[
    Kind::Attack,
    Kind::Clash,
    Kind::Capture,
    Kind::Withdrawal,
    Kind::Deployment,
    Kind::Siege,
    Kind::Displacement,
    Kind::Toll,
    Kind::Aid,
    Kind::Detention,
];

fn learn_claims(lesson: &train::Lesson<'_>, words: &mut Vec<Word>, lines: &mut Vec<Known>) {
    let document = &lesson.document;
    let marks = Marks::new(document);
    for (gold, anchor) in lesson.gold.iter().zip(anchors(lesson, None)) {
        let Some((s, i)) = anchor else { continue };
        let view = &document.views[s];
        if DEEDS.contains(&gold.kind) {
            words.push(Word { bag: cue::features(document, &marks, s, i), right: false });
        }
        let Some((verb, source)) = said_by(view, i, &stems(&gold.source)) else { continue };
        words.push(Word { bag: cue::features(document, &marks, s, verb), right: true });
        let line = Line::new(document, &marks, s, verb);
        let token = |t: usize| view.sentence.tokens[t].span;
        let label = |k: usize| match line.span(k) {
            _ if k == line.cue() => Some(Label::Cue),
            span if span == token(source) => Some(Label::Source),
            span if span == token(i) => Some(Label::Content),
            _ => None,
        };
        lines.push(known(&line, (0..line.len()).map(label).collect()));
    }
}

/// The verb above the act at `i` whose subject is the source, and the head of that subject; the source itself is none of a
/// verb that is the act.
fn said_by(view: &View<'_>, i: usize, source: &[String]) -> Option<(usize, usize)> {
    view.tree.above(i).filter(|&t| t != i && view.upos(t) == Upos::Verb).find_map(|verb| {
        let subject = view.tree.kid_by(view.sentence, verb, &[Dep::Nsubj])?;
        let named = view.mentions.iter().any(|m| m.head as usize == subject && same_stems(&m.stems, source));
        (named && !view.tree.under(i, subject)).then_some((verb, subject))
    })
}

/// The head of a cue: the highest of its words in the tree, a verb before others.
pub fn head(document: &Document<'_>, cue: Span) -> Option<(usize, usize)> {
    let s = document.views.iter().position(|v| v.sentence.span.overlaps(cue))?;
    let view = &document.views[s];
    let inside = |i: usize| cue.overlaps(view.sentence.tokens[i].span);
    let tops = (0..view.len()).filter(|&i| inside(i) && !view.tree.head(i).is_some_and(inside));
    let rank = |i: usize| match view.upos(i) {
        Upos::Verb => 0,
        Upos::Noun | Upos::Propn | Upos::Adj => 1,
        Upos::Punct => 3,
        _ => 2,
    };
    tops.min_by_key(|&i| (rank(i), i)).map(|i| (s, i))
}

fn known(line: &Line<'_, '_>, labels: Vec<Option<Label>>) -> Known {
    Known {
        words: (0..line.len()).map(|k| line.word(k)).collect(),
        steps: (1..line.len()).map(|k| line.step(k)).collect(),
        labels,
        cue: line.cue(),
    }
}

fn cue_rows(words: &[Word], settings: &train::Settings) -> Rows {
    let mut learner = Learner::new(words.iter().map(|w| &w.bag), 1, settings);
    let bags: Vec<Vec<u32>> = words.iter().map(|w| learner.known(&w.bag)).collect();
    for epoch in 0..settings.epochs {
        for n in shuffled(words.len(), epoch) {
            let bag = in_sight(&bags[n], epoch * words.len() + n, settings.hidden);
            let yes = 1.0 / (1.0 + (-learner.scores(&bag)[0]).exp());
            learner.learn(&bag, &[yes - f32::from(u8::from(words[n].right))]);
        }
        if epoch >= settings.epochs * 2 / 3 {
            learner.keep();
        }
    }
    learner.settle();
    learner.rows(settings.hidden)
}

fn line_rows(lines: &[Known], settings: &train::Settings) -> (Rows, Rows) {
    let mut parts = Learner::new(lines.iter().flat_map(|l| &l.words), 4, settings);
    let mut steps = Learner::new(lines.iter().flat_map(|l| &l.steps), 16, settings);
    let bags = |learner: &Learner, of: &[Vec<Feature>]| -> Vec<Vec<u32>> {
        of.iter().map(|bag| learner.known(bag)).collect()
    };
    let told: Vec<[Vec<Vec<u32>>; 2]> =
        lines.iter().map(|l| [bags(&parts, &l.words), bags(&steps, &l.steps)]).collect();
    for epoch in 0..settings.epochs {
        for n in shuffled(lines.len(), epoch) {
            let (line, at) = (&lines[n], epoch * lines.len() + n);
            let [words, pairs] = told[n].each_ref().map(|bags| -> Vec<Vec<u32>> {
                bags.iter().map(|bag| in_sight(bag, at, settings.hidden)).collect()
            });
            let scores: Vec<[f32; 4]> = words.iter().map(|bag| four(&parts.scores(bag))).collect();
            let turns: Vec<[f32; 16]> = pairs.iter().map(|bag| sixteen(&steps.scores(bag))).collect();
            let (labels, turned) = chain::odds(&scores, &turns, line.cue);
            let (right, rightly) = chain::odds(&chain::only(&scores, &line.labels), &turns, line.cue);
            for ((bag, odds), right) in words.iter().zip(&labels).zip(&right) {
                parts.learn(bag, &std::array::from_fn::<f32, 4, _>(|k| odds[k] - right[k]));
            }
            for ((bag, odds), right) in pairs.iter().zip(&turned).zip(&rightly) {
                steps.learn(bag, &std::array::from_fn::<f32, 16, _>(|k| odds[k] - right[k]));
            }
        }
        if epoch >= settings.epochs * 2 / 3 {
            parts.keep();
            steps.keep();
        }
    }
    parts.settle();
    steps.settle();
    (parts.rows(settings.hidden), steps.rows(settings.hidden))
}
