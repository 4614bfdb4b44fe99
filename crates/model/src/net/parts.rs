//! A file of weights: safetensors with our header, checked before use.

use std::collections::HashMap;

use safetensors::{Dtype, SafeTensors};
use thiserror::Error;

use super::kernel::Dense;
use super::norm::Norm;

/// Why a model file was refused.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum NetError {
    /// It is no safetensors file, or it is cut.
    #[error("the model file cannot be read ({0}); fetch it again")]
    Unreadable(String),
    /// It is of another form.
    #[error(
        "the model file is of form `{found}`, this holdfire reads `{wanted}`; use the file that came with this version"
    )]
    Form {
        /// Its form.
        found: String,
        /// The form that is read.
        wanted: &'static str,
    },
    /// The checksum does not fit.
    #[error("the model file is damaged: its checksum does not fit; fetch it again")]
    Checksum,
    /// A part is missing or has the wrong shape.
    #[error(
        "the model file lacks `{0}` in the shape that this holdfire reads; use the file that came with this version"
    )]
    Part(String),
}

/// A file of weights, opened and checked.
pub struct Parts<'a> {
    parts: SafeTensors<'a>,
    numbers: HashMap<String, String>,
}

impl<'a> Parts<'a> {
    /// Opens a file of this form.
    ///
    /// # Errors
    /// [`NetError`] says what is wrong with the file; nothing is read from a file whose checksum does not fit.
    pub fn open(bytes: &'a [u8], wanted: &'static str) -> Result<Self, NetError> {
        let (_, header) =
            SafeTensors::read_metadata(bytes).map_err(|e| NetError::Unreadable(e.to_string()))?;
        let numbers = header.metadata().clone().unwrap_or_default();
        let found = numbers.get("form").cloned().unwrap_or_default();
        if found != wanted {
            return Err(NetError::Form { found, wanted });
        }
        let parts = SafeTensors::deserialize(bytes).map_err(|e| NetError::Unreadable(e.to_string()))?;
        if numbers.get("blake3").map(String::as_str) != Some(checksum(&parts).as_str()) {
            return Err(NetError::Checksum);
        }
        Ok(Self { parts, numbers })
    }

    /// First digits of the checksum: which weights these are.
    pub fn digest(&self) -> String {
        self.numbers.get("blake3").map_or_else(String::new, |d| d.chars().take(12).collect())
    }

    /// A number of the header.
    ///
    /// # Errors
    /// [`NetError::Part`] where there is none.
    pub fn number(&self, name: &str) -> Result<usize, NetError> {
        self.numbers
            .get(name)
            .and_then(|v| v.parse::<usize>().ok())
            .ok_or_else(|| NetError::Part(name.to_owned()))
    }

    fn part(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&[u8], NetError> {
        match self.parts.tensor(name) {
            Ok(part) if part.dtype() == dtype && part.shape() == shape => Ok(part.data()),
            _ => Err(NetError::Part(name.to_owned())),
        }
    }

    /// Floats of this shape, row-major.
    ///
    /// # Errors
    /// [`NetError::Part`] where there are none.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, NetError> {
        let data = self.part(name, Dtype::F32, shape)?;
        Ok(data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Signed bytes of this shape, row-major.
    ///
    /// # Errors
    /// [`NetError::Part`] where there are none.
    pub fn bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, NetError> {
        Ok(self.part(name, Dtype::I8, shape)?.iter().map(|b| *b as i8).collect())
    }

    /// A layer: `NAME.weight` and `NAME.bias`.
    ///
    /// # Errors
    /// [`NetError::Part`] where one is missing.
    pub fn dense(&self, name: &str, inputs: usize, outputs: usize) -> Result<Dense, NetError> {
        let weights = self.floats(&format!("{name}.weight"), &[outputs, inputs])?;
        let bias = self.floats(&format!("{name}.bias"), &[outputs])?;
        Ok(Dense::new(&weights, &bias, inputs, outputs))
    }

    /// A layer without a bias.
    ///
    /// # Errors
    /// [`NetError::Part`] where it is missing.
    pub fn weights(&self, name: &str, inputs: usize, outputs: usize) -> Result<Dense, NetError> {
        Ok(Dense::new(&self.floats(&format!("{name}.weight"), &[outputs, inputs])?, &[], inputs, outputs))
    }

    /// A convolution over three words, `outputs` x (before, own, after), as a layer for each.
    ///
    /// # Errors
    /// [`NetError::Part`] where it is missing.
    pub fn convolution(&self, name: &str, d: usize) -> Result<[Dense; 3], NetError> {
        let weights = self.floats(&format!("{name}.weight"), &[d, 3 * d])?;
        let bias = self.floats(&format!("{name}.bias"), &[d])?;
        Ok([0, 1, 2].map(|word| {
            let part: Vec<f32> =
                weights.chunks_exact(3 * d).flat_map(|row| &row[word * d..(word + 1) * d]).copied().collect();
            Dense::new(&part, if word == 1 { &bias } else { &[] }, d, d)
        }))
    }

    /// A layer norm.
    ///
    /// # Errors
    /// [`NetError::Part`] where it is missing.
    pub fn norm(&self, name: &str, width: usize) -> Result<Norm, NetError> {
        Ok(Norm::new(
            self.floats(&format!("{name}.weight"), &[width])?,
            self.floats(&format!("{name}.bias"), &[width])?,
        ))
    }

    /// Lines of text.
    ///
    /// # Errors
    /// [`NetError::Part`] where there are none.
    pub fn lines(&self, name: &str) -> Result<Vec<String>, NetError> {
        let wrong = || NetError::Part(name.to_owned());
        let part = self.parts.tensor(name).map_err(|_| wrong())?;
        let text = std::str::from_utf8(part.data()).map_err(|_| wrong())?;
        Ok(text.split('\n').map(str::to_owned).collect())
    }
}

/// blake3 over the parts in order of their names: name, length, bytes.
fn checksum(parts: &SafeTensors<'_>) -> String {
    let mut names: Vec<&str> = parts.names().into_iter().collect();
    names.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for name in names {
        if let Ok(part) = parts.tensor(name) {
            hasher.update(name.as_bytes());
            hasher.update(&(part.data().len() as u64).to_le_bytes());
            hasher.update(part.data());
        }
    }
    hasher.finalize().to_hex().to_string()
}
