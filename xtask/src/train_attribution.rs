//! Training of the models of attributions on `PolNeAR`'s training half together with the claims that `train-claims` learns from.
//!
//! `--held` leaves every fourth document of the training half out and measures on those, by several bars.

use std::path::{Path, PathBuf};

use clap::Args;
use holdfire_claims::attribution::train::{self, Lesson};
use holdfire_claims::attribution::{Attribution, AttributionModels, find_with};
use holdfire_claims::{Document, train as claims};
use holdfire_model::Model;
use holdfire_types::{Report, Sentence};
use holdfire_world::World;

use crate::Fault;
use crate::data::Data;
use crate::eval_attribution::{Counts, MEASURES, count};
use crate::polnear::{self, Marked};
use crate::train_claims;

/// Where the models lie in the repository.
const FILE: &str = "models/attribution-en.bin";

/// What to do.
#[derive(Debug, Args)]
pub struct Settings {
    /// Leave every fourth document out and measure on those instead; trains no shipped models.
    #[arg(long)]
    held: bool,
    /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Trains and writes the models, or measures on documents held out.
pub fn run(root: &Path, data: &Data, args: &Settings) -> Result<(), Fault> {
    let (model, world) = (Model::embedded()?, World::embedded()?);
    let marked = polnear::load(data, "train")?;
    let read: Vec<(Report, Vec<Sentence>)> = marked
        .iter()
        .map(|m| (Report::new(m.name.clone(), m.text.clone()), model.annotate(&m.text)))
        .collect();
    let document = |n: usize| Document::new(&read[n].0, &read[n].1, world.acts());
    let is_held = |n: usize| args.held && n % 4 == 3;
    let lessons: Vec<Lesson<'_>> = (0..marked.len())
        .filter(|&n| !is_held(n))
        .map(|n| Lesson { document: document(n), marked: attributions(&marked[n]) })
        .collect();
    let mut claimed = train_claims::load(data)?;
    claimed.extend(train_claims::marks::load(root, data)?);
    let claims: Vec<claims::Lesson<'_>> = claimed
        .iter()
        .map(|m| claims::Lesson {
            document: Document::new(&m.report, &m.sentences, world.acts()),
            gold: m.gold.clone(),
        })
        .collect();
    let bytes = train::train(&lessons, &claims, &train::Settings::default());
    if !args.held {
        std::fs::write(root.join(FILE), bytes)?;
        println!(
            "{FILE}: trained on {} documents with attributions and {} with claims",
            lessons.len(),
            claims.len()
        );
        return Ok(());
    }
    let models = AttributionModels::parse(&bytes).ok_or("the models just trained cannot be read")?;
    for bar in [0.3, 0.35, 0.4, 0.45, 0.5] {
        let mut counts = Counts::default();
        for n in (0..marked.len()).filter(|&n| is_held(n)) {
            count(&mut counts, &marked[n], &find_with(&models, &document(n), bar));
        }
        let told: Vec<String> =
            counts.iter().zip(MEASURES).map(|(c, measure)| format!("{measure} {:.3}", c.f1())).collect();
        println!("bar {bar}: F1 of {}", told.join("; "));
    }
    Ok(())
}

/// What is marked in a document, as far as the models can tell it: one stretch of source and cue.
fn attributions(marked: &Marked) -> Vec<Attribution> {
    let one = |spans: &polnear::Spans| {
        let (source, content) = (spans.source.first().copied(), spans.content.clone());
        Some(Attribution { source, cue: *spans.cue.first()?, content })
    };
    marked.attributions.iter().filter_map(one).collect()
}
