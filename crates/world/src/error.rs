//! Why the world could not be built.

use thiserror::Error;

/// Why a pack or the gazetteer was refused.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum WorldError {
    /// A pack is no TOML, or has a field that packs do not have.
    #[error("{file}: {message}")]
    Toml {
        /// The pack's file.
        file: String,
        /// The TOML reader's message, with line and column.
        message: String,
    },
    /// A pack contradicts itself or another.
    #[error("{file}: {what}; {mend}")]
    Fact {
        /// The pack's file.
        file: String,
        /// What is wrong.
        what: String,
        /// What to do.
        mend: String,
    },
}
