//! Why an act was read as it was: the rule behind each decision, and what the models weighed against it.

use holdfire_types::{Kind, Report, Sentence, Span, Stance, Status};
use holdfire_world::World;

use crate::document::Document;
use crate::draft::{Bars, Draft, drafts};
use crate::features;
use crate::linear::softmax;
use crate::models::Models;
use crate::scores::Scorers;
use crate::standing::spoken_stance;
use crate::told::{History, Told};

/// How many of the likeliest fillers of a slot are told.
const TOLD: usize = 4;

/// Why one act was read as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Number of its sentence.
    pub sentence: usize,
    /// Number of the word that carries it.
    pub token: usize,
    /// What decided the stance.
    pub stance_rule: &'static str,
    /// What decided the status, for kinds with one.
    pub status_rule: Option<&'static str>,
    /// What the models weighed, slot by slot. Where a rule of grammar decided, they may have leaned elsewhere.
    pub weighed: Vec<Weighed>,
}

/// What could fill a slot, the likeliest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The slot.
    pub slot: &'static str,
    /// Fillers with their odds, 0 to 1; "nobody" where the slot stays empty.
    pub options: Vec<(String, f32)>,
}

/// Reads the report again and tells why its act at `anchor` was read as it was; `None` where none is read there.
pub fn explain(report: &Report, sentences: &[Sentence], world: &World, anchor: Span) -> Option<Explanation> {
    let (models, bars) = (Models::embedded(), Bars::default());
    let document = Document::new(report, sentences, world.acts());
    let found = drafts(&document, models, &bars);
    let at = |d: &Draft| document.views[d.sentence].sentence.tokens[d.token].span;
    let n = found.iter().position(|d| at(d) == anchor)?;
    let mut told = History::default();
    for d in &found[..n] {
        let view = &document.views[d.sentence];
        told.push(Told::new(
            view,
            d.sentence,
            d.token,
            (d.kind, d.status, d.stance),
            d.source.clone(),
            d.roles.clone(),
        ));
    }
    let draft = &found[n];
    Some(Explanation {
        sentence: draft.sentence,
        token: draft.token,
        stance_rule: draft.stance_rule,
        status_rule: draft.status_rule,
        weighed: weighed(&document, models, draft, &told),
    })
}

fn weighed(document: &Document<'_>, models: &Models, draft: &Draft, told: &History) -> Vec<Weighed> {
    let &Draft { sentence, token, kind, stance, .. } = draft;
    let view = &document.views[sentence];
    let scorers = Scorers::new(models, &document.views);
    let scores = scorers.of(sentence);
    let mut slots = Vec::new();
    if let Some((_, odds)) = scores.acts([token].into_iter()).pop() {
        let names = std::iter::once("none").chain(Kind::ALL.iter().map(|k| k.as_str()));
        slots.push(likeliest("act", names.map(str::to_owned).zip(odds)));
    }
    let standing = scores.standing(token, kind);
    let stances = Stance::ALL.iter().map(|s| s.as_str().to_owned());
    slots.push(likeliest("stance", stances.zip(shares(standing.stances.clone()))));
    let allowed = Status::of(kind);
    if !allowed.is_empty() {
        let all = scores.statuses(token, kind, stance, &standing);
        let of = allowed.iter().map(|&s| all[s as usize]).collect();
        slots.push(likeliest("status", allowed.iter().map(|s| s.as_str().to_owned()).zip(shares(of))));
    }
    let scored = scores.of(token, kind, stance);
    let options = document.sources(sentence, token, kind, spoken_stance(view, token, stance), told);
    let odds = shares(scored.sources(&options));
    let name = |who: &Option<crate::document::Named>| {
        who.as_ref().map_or_else(|| "narrator".to_owned(), |who| who.name.clone())
    };
    slots.push(likeliest("source", options.iter().map(|o| name(&o.who)).zip(odds)));
    let own = document.fillers(sentence, token, kind, stance);
    let context = features::Context::new(view, token, kind, stance);
    let fit = scored.fillers(&own);
    for (role, slot) in ["actor", "target", "place"].into_iter().enumerate() {
        let nobody = features::nobody(view, token, &context, role, told);
        let carried = document.carried(sentence, token, kind, role, &context, told);
        let carried = carried.iter().map(|o| (o, scored.carried(role, o, &scorers)));
        let named = own.iter().zip(fit.iter().map(|fit| fit[role])).chain(carried);
        let named = named.filter(|(o, _)| !o.who.stems.is_empty()).map(|(o, fit)| (o.who.name.clone(), fit));
        let (mut names, mut odds) = (vec!["nobody".to_owned()], vec![scored.nobody(role, &nobody)]);
        for (name, score) in named {
            names.push(name);
            odds.push(score);
        }
        slots.push(likeliest(slot, names.into_iter().zip(shares(odds))));
    }
    slots
}

fn shares(mut scores: Vec<f32>) -> Vec<f32> {
    softmax(&mut scores);
    scores
}

/// The likeliest few; those of one name together.
fn likeliest(slot: &'static str, options: impl Iterator<Item = (String, f32)>) -> Weighed {
    let mut told: Vec<(String, f32)> = Vec::new();
    for (name, odds) in options {
        match told.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += odds,
            None => told.push((name, odds)),
        }
    }
    told.sort_by(|a, b| b.1.total_cmp(&a.1));
    told.truncate(TOLD);
    Weighed { slot, options: told }
}
