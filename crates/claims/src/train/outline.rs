//! Outlines: a document's decisions as rows of numbers, for training the claim network outside this crate.
//!
//! An [`Outline`] has the words of each sentence, the words that may be acts, and for each act what the linear models say
//! of its options and, where it is marked, which are right. `training/outlines.py` reads them.

use holdfire_types::Status;

use super::{Anchor, Gold, Lesson, labels, right_fillers, right_sources};
use crate::document::Document;
use crate::draft::{Bars, Draft, drafts};
use crate::features;
use crate::found::may_be_act;
use crate::models::Models;
use crate::names::stems;
use crate::options::RoleOption;
use crate::stand::Stand;
use crate::told::History;

/// Rows of whole numbers. Scores are in [`STEPS`] a unit.
pub type Row = Vec<i32>;

/// Steps of a score in an outline.
const STEPS: f32 = 64.0;
/// Odds of being an act under which a word is left out.
const LEAST: f32 = 0.01;
/// Odds from which an unmarked word counts as an act.
const LIKELY: f32 = 0.15;

/// A document's rows.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// For each sentence, for each token: start and end in bytes, tag, relation, head (-1 for none), kinds and stances
    /// that the packs list as bits, whether it is quoted.
    pub sentences: Vec<Vec<Row>>,
    /// For each sentence: its paragraph, and whose words it is.
    pub places: Vec<Row>,
    /// Sentence, token, label (0 for no act, one more than the kind; -1 where nothing is marked), scores of no act and
    /// each kind.
    pub acts: Vec<Row>,
    /// The acts that are claims.
    pub claims: Vec<ClaimRows>,
}

/// One claim's rows.
#[derive(Debug, Clone)]
pub struct ClaimRows {
    /// Sentence, token, kind, stance, status (-1 for none).
    pub at: Row,
    /// Scores of stances.
    pub stance: Row,
    /// Scores of statuses.
    pub status: Row,
    /// Sources: what offers it (`SourceRule`), score, right, and the mention's [`stand`].
    pub source: Vec<Row>,
    /// Fillers of the sentence: blank name, three scores as the first, three as another, three times right as the first,
    /// three labels (-1 for left out), and the mention's [`stand`].
    pub own: Vec<Row>,
    /// Fillers of earlier claims: role, score, right, claims back, same kind, same sentence, definite; sentence and
    /// token of the earlier act, token of the filler there (-1 for none).
    pub carried: Vec<Row>,
    /// For each role: the score of nobody, and whether that is right.
    pub nobody: Vec<Row>,
}

fn steps(score: f32) -> i32 {
    (score * STEPS).round() as i32
}

fn rows(scores: &[f32]) -> Row {
    scores.iter().map(|s| steps(*s)).collect()
}

fn stand(stand: Option<&Stand>) -> Row {
    stand.map_or_else(
        || vec![-1, 0, 0, 0, 0, 0],
        |s| [s.head, s.way, s.bare, s.function, s.sort, s.near].map(|n| n as i32).to_vec(),
    )
}

/// The outline of a document; of its marks when `marked`, else of the acts that the models find likely.
pub fn outline(lesson: &Lesson<'_>, models: &Models<'_>, marked: bool) -> Outline {
    let document = &lesson.document;
    let anchors: Vec<Anchor> = if marked { super::anchors(lesson, Some(&models.act)) } else { Vec::new() };
    let mut outline = Outline::default();
    for (s, view) in document.views.iter().enumerate() {
        outline.places.push(vec![view.sentence.paragraph as i32, view.spoken as i32]);
        outline.sentences.push((0..view.len()).map(|i| token(document, s, i)).collect());
        for i in (0..view.len()).filter(|&i| may_be_act(view, i)) {
            let scores = models.act.scores(&features::act(view, i).0);
            let mut odds = scores.clone();
            crate::linear::softmax(&mut odds);
            let label = lesson.gold.iter().zip(&anchors).find(|(_, a)| **a == Some((s, i)));
            if 1.0 - odds[0] < LEAST && label.is_none() {
                continue;
            }
            let label = match label {
                Some((gold, _)) => gold.kind as i32 + 1,
                None if marked => 0,
                None => -1,
            };
            outline.acts.push([vec![s as i32, i as i32, label], rows(&scores)].concat());
        }
    }
    let mut told = History::default();
    if marked {
        for (gold, (s, i)) in super::in_order(&lesson.gold, &anchors) {
            outline.claims.push(claim(document, models, s, i, gold, Some(gold), &told));
            told.push(gold.told(&document.views[s], s, i));
        }
    } else {
        for draft in drafts(document, models, &Bars { act: LIKELY, peace: LIKELY, ..Bars::default() }) {
            let gold = guessed(&draft);
            outline.claims.push(claim(document, models, draft.sentence, draft.token, &gold, None, &told));
            told.push(gold.told(&document.views[draft.sentence], draft.sentence, draft.token));
        }
    }
    outline
}

fn token(document: &Document<'_>, s: usize, i: usize) -> Row {
    let view = &document.views[s];
    let token = &view.sentence.tokens[i];
    vec![
        token.span.start as i32,
        token.span.end as i32,
        view.upos(i) as i32,
        view.dep(i) as i32,
        view.tree.head(i).map_or(-1, |h| h as i32),
        view.listed_bits(i) as i32,
        i32::from(view.quoted[i]),
    ]
}

/// A draft in the form of a mark.
fn guessed(draft: &Draft) -> Gold {
    let names = |who: &Vec<crate::document::Named>| who.iter().map(|w| w.name.clone()).collect();
    Gold {
        span: holdfire_types::Span::new(0, 0),
        kind: draft.kind,
        status: draft.status,
        stance: draft.stance,
        source: draft.source.as_ref().map_or_else(|| "narrator".to_owned(), |w| w.name.clone()),
        roles: draft.roles.each_ref().map(names),
    }
}

fn claim(
    document: &Document<'_>,
    models: &Models<'_>,
    s: usize,
    i: usize,
    of: &Gold,
    marked: Option<&Gold>,
    told: &History,
) -> ClaimRows {
    let view = &document.views[s];
    let (kind, stance) = (of.kind, of.stance);
    let sources = document.sources(s, i, kind, stance, told);
    let right = marked.map_or_else(Vec::new, |gold| right_sources(&sources, &gold.source));
    let own = document.fillers(s, i, kind, stance);
    let context = features::Context::new(view, i, kind, stance);
    let carried: [Vec<RoleOption>; 3] =
        std::array::from_fn(|role| document.carried(s, i, kind, role, &context, told));
    let wanted: [Vec<Vec<String>>; 3] = std::array::from_fn(|role| {
        marked.map_or_else(Vec::new, |g| g.roles[role].iter().map(|n| stems(n)).collect())
    });
    let firsts: [Vec<usize>; 3] = std::array::from_fn(|role| match marked {
        Some(_) => right_fillers(&own, &carried[role], &wanted[role]),
        None => Vec::new(),
    });
    let marks: [Vec<Option<bool>>; 3] = std::array::from_fn(|role| labels(&own, &wanted[role]));
    let own_row = |(n, option): (usize, &RoleOption)| -> Row {
        let scores = rows(&models.fillers.scores(&option.bag.0));
        let right = |role: usize| i32::from(firsts[role].contains(&(n + 1)));
        let label = |role: usize| marks[role][n].map_or(-1, i32::from);
        [
            vec![i32::from(option.who.stems.is_empty())],
            scores,
            (0..3).map(right).collect(),
            (0..3).map(label).collect(),
            stand(option.stand.as_ref()),
        ]
        .concat()
    };
    let back = |role: usize, n: usize, option: &RoleOption| -> Row {
        let score = steps(models.fillers.scores(&option.bag.0)[role]);
        let right = i32::from(firsts[role].contains(&(own.len() + n + 1)));
        let from = option.carried.as_ref();
        let told = from.map_or_else(
            || vec![0; 7],
            |c| {
                let flags = [c.kind == kind, c.sentences == 0, c.definite].map(i32::from);
                let (sentence, act) = c.act;
                let stands = [sentence as i32, act as i32, c.head.map_or(-1, |h| h as i32)];
                [vec![c.back as i32], flags.to_vec(), stands.to_vec()].concat()
            },
        );
        [vec![role as i32, score, right], told].concat()
    };
    let status = features::status(view, i, kind, stance);
    ClaimRows {
        at: vec![s as i32, i as i32, kind as i32, stance as i32, of.status.map_or(-1, |s| s as i32)],
        stance: rows(&models.stance.scores(&features::standing(view, i, kind).0)),
        status: if Status::of(kind).is_empty() { Vec::new() } else { rows(&models.status.scores(&status.0)) },
        source: sources
            .iter()
            .enumerate()
            .map(|(n, o)| {
                let score = steps(models.source.score(&o.bag.0));
                let head = vec![o.rule as i32, score, i32::from(right.contains(&n))];
                [head, stand(o.stand.as_ref())].concat()
            })
            .collect(),
        own: own.iter().enumerate().map(own_row).collect(),
        carried: (0..3)
            .flat_map(|role| carried[role].iter().enumerate().map(move |(n, o)| (role, n, o)))
            .map(|(role, n, o)| back(role, n, o))
            .collect(),
        nobody: (0..3)
            .map(|role| {
                let bag = features::nobody(view, i, &context, role, told);
                vec![steps(models.fillers.scores(&bag.0)[role]), i32::from(firsts[role].contains(&0))]
            })
            .collect(),
    }
}
