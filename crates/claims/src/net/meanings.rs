//! What words mean by themselves, as vectors.
//!
//! A *meaning* is what a pretrained reader of sentences makes of a word that stands alone, in fewer dimensions
//! (`training/meanings.py`): "evict" lies beside "vacate", "truce" beside "armistice". Words that are not listed have none.

use holdfire_model::net::keys::{Keys, key};
use holdfire_model::net::{Dense, NetError, Parts, Rows};

use crate::view::View;
use crate::words;

/// A whole number of this size is one.
const UNIT: f32 = 24.0;

/// The table, and the layer that reads it.
#[derive(Debug)]
pub struct Meanings {
    keys: Keys,
    table: Vec<i8>,
    layer: Dense,
}

impl Meanings {
    /// Of a file of weights, for rows of `width`.
    ///
    /// # Errors
    /// [`NetError`] where a part is missing.
    pub fn open(file: &Parts<'_>, width: usize) -> Result<Self, NetError> {
        let (count, size) = (file.number("meanings")?, file.number("meaning")?);
        let keys = file.bytes("meaning.keys", &[count, 8])?;
        let (keys, _) = keys.as_chunks::<8>();
        Ok(Self {
            keys: Keys::new(keys.iter().map(|k| u64::from_le_bytes(k.map(|b| b as u8))).collect()),
            table: file.bytes("meaning.table", &[count, size])?,
            layer: file.weights("meaning", size, width)?,
        })
    }

    /// Adds to each word's row what the word means.
    pub fn add(&self, view: &View<'_>, rows: &mut [f32]) {
        let size = self.layer.inputs;
        let mut known = Vec::with_capacity(view.len());
        let mut x = Vec::with_capacity(view.len() * size);
        for i in 0..view.len() {
            if let Some(at) = self.keys.find(key(&words::lower(view.form(i)))) {
                known.push((known.len(), i));
                x.extend(self.table[at * size..(at + 1) * size].iter().map(|n| f32::from(*n) / UNIT));
            }
        }
        let mut meant = Rows::default();
        meant.take(&x, size);
        self.layer.add(&meant, known.into_iter(), rows);
    }
}
