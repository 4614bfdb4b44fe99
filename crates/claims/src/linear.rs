//! Linear models over hashed features: what they hold, how they score, how they are stored.

use std::collections::BTreeMap;

/// A feature: a template's number and the hashes of what fills it, folded into one.
pub type Feature = u32;

/// Folds words and numbers into features (FNV-1a, the same on every machine).
pub fn fold(template: u32, parts: &[u32]) -> Feature {
    let mut hash = 0x811c_9dc5_u32 ^ template.wrapping_mul(0x9e37_79b1);
    for part in parts {
        for byte in part.to_le_bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    // The table takes low bits; spread the high ones down. Zero marks an empty slot there.
    (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d).max(1)
}

/// The hash of a word as written.
pub fn word_hash(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The hash of a word in lower case.
pub fn lower_hash(word: &str) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    if word.is_ascii() {
        word.bytes().fold(0x811c_9dc5, |hash, byte| step(hash, byte.to_ascii_lowercase()))
    } else {
        word_hash(&word.to_lowercase())
    }
}

/// One linear model: a row of class weights for each feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    classes: usize,
    /// A feature, and where its row begins; with one class the weight itself, so that a look-up touches memory once.
    slots: Vec<(Feature, u32)>,
    mask: usize,
    weights: Weights,
}

/// Rows of class weights, one behind the other.
#[derive(Debug, Clone, PartialEq)]
enum Weights {
    /// While they are trained.
    #[cfg(any(test, feature = "train"))]
    Floats(Vec<f32>),
    /// As they are stored: signed bytes of so much each.
    Bytes(Vec<i8>, f32),
}

impl Linear {
    /// A model from its rows, each of `classes` weights.
    #[cfg(any(test, feature = "train"))]
    pub fn new<R: IntoIterator<Item = f32>>(
        classes: usize,
        rows: impl ExactSizeIterator<Item = (Feature, R)>,
    ) -> Self {
        let mut weights = Vec::with_capacity(rows.len() * classes);
        let mut features = Vec::with_capacity(rows.len());
        for (feature, row) in rows {
            features.push(feature);
            weights.extend(row);
        }
        let held = |row: usize| if classes == 1 { weights[row].to_bits() } else { (row * classes) as u32 };
        let (slots, mask) = table(features.iter().enumerate().map(|(row, f)| (*f, held(row))));
        Self { classes, slots, mask, weights: Weights::Floats(weights) }
    }

    /// A model as it is stored: its features, and their rows of bytes that weigh `scale` each.
    fn stored(classes: usize, features: &[[u8; 4]], rows: &[u8], scale: f32) -> Self {
        let weight = |b: u8| f32::from(b as i8) * scale;
        let held =
            |row: usize| if classes == 1 { weight(rows[row]).to_bits() } else { (row * classes) as u32 };
        let keys = features.iter().enumerate().map(|(row, f)| (u32::from_le_bytes(*f), held(row)));
        let (slots, mask) = table(keys);
        let bytes = if classes == 1 { Vec::new() } else { rows.iter().map(|b| *b as i8).collect() };
        Self { classes, slots, mask, weights: Weights::Bytes(bytes, scale) }
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// What the slot of a feature holds.
    fn slot(&self, feature: Feature) -> Option<u32> {
        let mut at = feature as usize & self.mask;
        loop {
            match self.slots[at] {
                (0, _) => return None,
                (f, held) if f == feature => return Some(held),
                _ => at = (at + 1) & self.mask,
            }
        }
    }

    /// The classes' scores.
    pub fn scores(&self, features: &[Feature]) -> Vec<f32> {
        if self.classes == 1 {
            return vec![self.score(features)];
        }
        let mut scores = vec![0.0; self.classes];
        for row in features.iter().filter_map(|&f| self.slot(f)) {
            let row = row as usize..row as usize + self.classes;
            match &self.weights {
                #[cfg(any(test, feature = "train"))]
                Weights::Floats(weights) => {
                    for (score, weight) in scores.iter_mut().zip(&weights[row]) {
                        *score += weight;
                    }
                }
                Weights::Bytes(bytes, scale) => {
                    for (score, byte) in scores.iter_mut().zip(&bytes[row]) {
                        *score += f32::from(*byte) * scale;
                    }
                }
            }
        }
        scores
    }

    /// The score of a model of one class.
    pub fn score(&self, features: &[Feature]) -> f32 {
        features.iter().filter_map(|&f| self.slot(f)).fold(0.0, |sum, held| sum + f32::from_bits(held))
    }

    /// The classes' probabilities.
    pub fn probabilities(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = self.scores(features);
        softmax(&mut scores);
        scores
    }
}

/// Slots for features and what is held for each, half of them free, and the mask of their numbers.
fn table(features: impl ExactSizeIterator<Item = (Feature, u32)>) -> (Vec<(Feature, u32)>, usize) {
    let size = (features.len() * 2).next_power_of_two().max(2);
    let (mut slots, mask) = (vec![(0, 0); size], size - 1);
    for (feature, held) in features {
        let mut at = feature as usize & mask;
        while slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = (feature, held);
    }
    (slots, mask)
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - top).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// The weight, of 127, that some class must have for a feature to be kept.
#[cfg(any(test, feature = "train"))]
const LEAST: u8 = 2;

const MAGIC: &[u8; 8] = b"HFCLAIM1";

#[cfg(any(test, feature = "train"))]
/// The rows of a model before it is stored: feature to class weights.
pub type Rows = BTreeMap<Feature, Vec<f32>>;

#[cfg(any(test, feature = "train"))]
/// Writes named models: weights as signed bytes over one scale each; a feature that weighs next to nothing is left out.
pub fn write(models: &[(&str, usize, Rows)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((models.len() as u32).to_le_bytes());
    for (name, classes, rows) in models {
        let largest = rows.values().flatten().fold(0.0_f32, |top, w| top.max(w.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let byte = |w: &f32| (w / scale).round() as i8;
        let kept: Vec<(&Feature, Vec<i8>)> = rows
            .iter()
            .map(|(f, row)| (f, row.iter().map(byte).collect::<Vec<i8>>()))
            .filter(|(_, row)| row.iter().any(|&b| b.unsigned_abs() >= LEAST))
            .collect();
        out.push(name.len() as u8);
        out.extend(name.as_bytes());
        out.push(*classes as u8);
        out.extend((kept.len() as u32).to_le_bytes());
        out.extend(scale.to_le_bytes());
        for (feature, _) in &kept {
            out.extend(feature.to_le_bytes());
        }
        for (_, row) in &kept {
            out.extend(row.iter().map(|&b| b as u8));
        }
    }
    out
}

/// Reads what [`write`] wrote; `None` when the bytes are not of that form.
pub fn read(bytes: &[u8]) -> Option<BTreeMap<String, Linear>> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut take = |n: usize| -> Option<&[u8]> {
        let (head, tail) = rest.split_at_checked(n)?;
        rest = tail;
        Some(head)
    };
    let u32_of = |b: &[u8]| Some(u32::from_le_bytes(b.try_into().ok()?));
    let count = u32_of(take(4)?)?;
    let mut models = BTreeMap::new();
    for _ in 0..count {
        let length = take(1)?[0] as usize;
        let name = std::str::from_utf8(take(length)?).ok()?.to_owned();
        let classes = take(1)?[0] as usize;
        let rows = u32_of(take(4)?)? as usize;
        let scale = f32::from_bits(u32_of(take(4)?)?);
        let (keys, _) = take(rows.checked_mul(4)?)?.as_chunks::<4>();
        let weights = take(rows.checked_mul(classes)?)?;
        models.insert(name, Linear::stored(classes, keys, weights, scale));
    }
    Some(models)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_reads_back_as_written() {
        let rows: Rows = [(fold(1, &[7]), vec![1.0, -0.5]), (fold(2, &[7, 9]), vec![0.25, 0.0])].into();
        let models = read(&write(&[("stance", 2, rows)])).unwrap();
        let scores = models["stance"].scores(&[fold(1, &[7]), fold(3, &[1])]);
        assert!((scores[0] - 1.0).abs() < 0.01 && (scores[1] + 0.5).abs() < 0.01, "{scores:?}");
    }

    #[test]
    fn bytes_cut_short_are_no_model() {
        let rows: Rows = [(fold(1, &[7]), vec![1.0])].into();
        let bytes = write(&[("kind", 1, rows)]);
        assert!(read(&bytes[..bytes.len() - 1]).is_none());
        assert!(read(b"something else").is_none());
    }
}
