//! The trained models of attributions.

use std::sync::OnceLock;

use crate::linear::{self, Linear};

/// The models that ship inside the program; `models/claims-en.md` tells of them.
const EMBEDDED: &[u8] = include_bytes!("../../../../models/attribution-en.bin");

/// One model for each decision.
#[derive(Debug, Clone)]
pub struct AttributionModels<'m> {
    /// Whether a word is a cue: one score.
    pub(super) cue: Linear<'m>,
    /// What a word is to a cue: outside, source, cue, content.
    pub(super) parts: Linear<'m>,
    /// What two words in a row are to it: pairs of those.
    pub(super) steps: Linear<'m>,
}

impl AttributionModels<'static> {
    /// The models inside the program.
    ///
    /// # Panics
    /// Never in a tested build: the embedded file is read by the tests.
    pub fn embedded() -> &'static Self {
        static MODELS: OnceLock<AttributionModels<'static>> = OnceLock::new();
        MODELS.get_or_init(|| Self::parse(EMBEDDED).expect("the embedded attribution models are whole"))
    }
}

impl<'m> AttributionModels<'m> {
    /// Reads a file of models; `None` when it is cut short or one is missing.
    pub fn parse(bytes: &'m [u8]) -> Option<Self> {
        let mut read = linear::read(bytes)?;
        let mut take = |name: &str| read.remove(name);
        Some(Self { cue: take("cue")?, parts: take("parts")?, steps: take("steps")? })
    }
}
