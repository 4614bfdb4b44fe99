//! Short, stable identifiers: a letter for the kind and a hash of what is named.

use serde::{Deserialize, Serialize};

/// What an [`Id`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// A report: `r`.
    Report,
    /// A claim: `c`.
    Claim,
    /// An incident: `i`.
    Incident,
    /// A correction: `k`.
    Correction,
    /// A link decision: `l`.
    Link,
}

impl IdKind {
    /// The letter that stands first.
    pub const fn letter(self) -> char {
        match self {
            Self::Report => 'r',
            Self::Claim => 'c',
            Self::Incident => 'i',
            Self::Correction => 'k',
            Self::Link => 'l',
        }
    }
}

/// A letter and 16 hexadecimal digits, for example `c04f2a9b3c51d77e0`.
///
/// Made by [`Id::of`] from the parts that make the thing what it is, so the same thing has the same id on any machine.
/// 64 bits keep the chance of a collision among ten million ids under one in 100,000.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The id of the thing that `parts` define. Parts are length-prefixed, so `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of(kind: IdKind, parts: &[&str]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let hex = hasher.finalize().to_hex();
        Self(format!("{}{}", kind.letter(), &hex[..16]))
    }

    /// Reads an id that a person typed; `None` when it has not the form of one of `kind`.
    pub fn parse(kind: IdKind, text: &str) -> Option<Self> {
        let digits = text.strip_prefix(kind.letter())?;
        (digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
            .then(|| Self(text.to_owned()))
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Id::of(IdKind::Claim, &["ab", "c"]), Id::of(IdKind::Claim, &["a", "bc"]));
    }

    #[test]
    fn an_id_reads_back_only_as_its_own_kind() {
        let id = Id::of(IdKind::Report, &["x"]);
        assert_eq!(Id::parse(IdKind::Report, id.as_str()), Some(id.clone()));
        assert_eq!(Id::parse(IdKind::Claim, id.as_str()), None);
    }
}
