//! The trained models of the reader, by name.

use std::sync::OnceLock;

use crate::linear::{self, Linear};
use crate::net::Net;

/// The models that ship inside the program; `models/claims-en.md` is their card.
const EMBEDDED: &[u8] = include_bytes!("../../../models/claims-en.bin");
/// The network that adds to them.
const NETWORK: &[u8] = include_bytes!("../../../models/claims-net.safetensors");

/// Every decision that is learned has one model.
#[derive(Debug)]
pub struct Models<'m> {
    /// Is this word an act, and of which kind: no act, then [`holdfire_types::Kind::ALL`] in order.
    pub act: Linear<'m>,
    /// [`holdfire_types::Stance::ALL`] in order.
    pub stance: Linear<'m>,
    /// [`holdfire_types::Status::of`]: `Status` in declaration order.
    pub status: Linear<'m>,
    /// Which option is the source: one score each.
    pub source: Linear<'m>,
    /// Who fills the roles, all told by the same features: who, if anyone, is actor, target, place before all others, and
    /// then whether a mention is actor, target, place beside another.
    pub fillers: Linear<'m>,
    /// What adds to their scores; `None` while they are trained.
    pub net: Option<Net>,
}

impl Models<'static> {
    /// The models inside the program.
    ///
    /// # Panics
    /// Never in a tested build: the embedded file is read by the tests.
    pub fn embedded() -> &'static Self {
        static MODELS: OnceLock<Models<'static>> = OnceLock::new();
        MODELS.get_or_init(|| {
            let linear = Self::parse(EMBEDDED).expect("the embedded claim models are whole");
            Self { net: Some(Net::open(NETWORK).expect("the embedded claim network is whole")), ..linear }
        })
    }

    /// First digits of the checksum of the files inside the program: which models these are. Read anew at each call.
    pub fn digest() -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(EMBEDDED).update(NETWORK);
        hasher.finalize().to_hex().chars().take(12).collect()
    }
}

impl<'m> Models<'m> {
    /// Reads a file of linear models, without a network; `None` when it is cut short or one is missing.
    pub fn parse(bytes: &'m [u8]) -> Option<Self> {
        let mut read = linear::read(bytes)?;
        let mut take = |name: &str| read.remove(name);
        Some(Self {
            act: take("act")?,
            stance: take("stance")?,
            status: take("status")?,
            source: take("source")?,
            fillers: take("fillers")?,
            net: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfire_types::{Kind, Stance};

    #[test]
    fn the_embedded_models_have_a_class_for_every_code() {
        let models = Models::embedded();
        assert_eq!(models.act.classes(), Kind::ALL.len() + 1);
        assert_eq!(models.stance.classes(), Stance::ALL.len());
    }
}
