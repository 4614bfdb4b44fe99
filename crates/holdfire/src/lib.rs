//! One report in, its claims out.
//!
//! - [`Reader`]: language layer, packs and claim models together.
//! - [`Event`]: what a sentence tells in the terms of event data, claim or not.
//! - [`Explained`]: a claim read again, with the reasons.
//! - [`ReadReport`]: a report with its sentences, its claims and what was wrong with it.
//!
//! Everything that reads goes through here: the program, the measures, the benches.

mod events;
mod packs;

use holdfire_claims::{Explanation, Models};
use holdfire_model::{Model, ModelError};
use holdfire_types::{Claim, Problem, Report, Sentence};
use holdfire_world::{World, WorldError};

pub use events::{Event, events, events_at, places_of};
pub use packs::{packs, take, world};

/// Letters that a text needs before its language is trusted enough to leave it unread.
const ENOUGH_LETTERS: usize = 80;
/// And how sure the guess must be.
const SURE: f64 = 0.9;

/// Everything that reading needs. Reading is pure: the same report gives the same claims on any thread.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    model: &'static Model,
    world: &'static World,
}

/// Why the reader could not be made: the program was built with a faulty part.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The weights.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The packs.
    #[error(transparent)]
    World(#[from] WorldError),
}

/// A report as read.
#[derive(Debug, Clone)]
pub struct ReadReport {
    /// The report, with language and, where it stated none, a publication day reckoned from its text.
    pub report: Report,
    /// The language layer's sentences; empty where the language is not ours.
    pub sentences: Vec<Sentence>,
    /// The claims, parties and places resolved.
    pub claims: Vec<Claim>,
    /// What could not be read as it stands.
    pub problems: Vec<Problem>,
}

/// A claim read again, with the reasons.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The sentence that tells it.
    pub sentence: Sentence,
    /// Why it was read so.
    pub explanation: Explanation,
    /// True where this reader gives the very same claim; another version may differ in a slot.
    pub same: bool,
}

impl Reader {
    /// The reader of the parts in the binary.
    ///
    /// # Errors
    /// [`ReaderError`] when the binary was built with a faulty part.
    pub fn new() -> Result<Self, ReaderError> {
        // each is read once and needs none of the others: side by side, the first report waits half as long
        let ((model, world), _) =
            rayon::join(|| rayon::join(Model::embedded, packs::world), Models::embedded);
        Ok(Self { model: model?, world: world? })
    }

    /// Which program, weights and packs read; kept with every reading in a ledger.
    pub fn version(&self) -> String {
        let (layer, claims) = (self.model.digest(), Models::digest());
        let mut version = format!("holdfire {} model {layer} claims {claims}", env!("CARGO_PKG_VERSION"));
        if let Some(packs) = packs::digest() {
            version = format!("{version} packs {packs}");
        }
        version
    }

    /// The parties, places and truces.
    pub fn world(&self) -> &'static World {
        self.world
    }

    /// The language layer.
    pub fn model(&self) -> &'static Model {
        self.model
    }

    /// Reads one report. Never fails: what is wrong is among the problems.
    pub fn read(&self, mut report: Report) -> ReadReport {
        let mut problems = Vec::new();
        if report.lang.is_none() {
            report.lang = holdfire_text::language(&report.text)
                .filter(|(_, sure)| *sure >= SURE && letters(&report.text) >= ENOUGH_LETTERS)
                .map(|(code, _)| code.to_owned());
        }
        if let Some(lang) = report.lang.as_deref().filter(|l| !l.to_ascii_lowercase().starts_with("en")) {
            problems.push(Problem::new(
                report.name.as_str(),
                format!("the text is in `{lang}`, which is not read yet"),
                "give an English translation, or `\"lang\": \"en\"` in its record where that is wrong",
            ));
            return ReadReport { report, sentences: Vec::new(), claims: Vec::new(), problems };
        }
        let sentences = self.model.annotate(&report.text);
        if report.published.is_none() {
            report.published = holdfire_claims::published::infer(&report, &sentences);
        }
        if report.published.is_none() {
            problems.push(Problem::new(
                report.name.as_str(),
                "no day of publication is stated or can be reckoned, so days such as \"Thursday\" stay open",
                "give it with --published, in meta.jsonl, or as `published` in its record",
            ));
        }
        let reading = holdfire_claims::read(&report, &sentences, self.world);
        let mut claims = reading.claims;
        problems.extend(reading.problems);
        self.world.resolve(&report, &mut claims);
        ReadReport { report, sentences, claims, problems }
    }

    /// Reads a report again and tells why a claim of it was read so; `None` where this reader does not read it.
    pub fn explain(&self, report: &Report, claim: &Claim) -> Option<Explained> {
        let mut read = self.read(report.clone());
        let again = read.claims.iter().find(|c| c.id == claim.id)?;
        let same = again == claim;
        let explanation = holdfire_claims::explain(&read.report, &read.sentences, self.world, claim.anchor)?;
        let sentence = read.sentences.swap_remove(explanation.sentence);
        Some(Explained { sentence, explanation, same })
    }
}

/// Letters of `text`, counted no further than is asked for.
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).take(ENOUGH_LETTERS).count()
}
