//! Linear models over hashed features: what they hold, how they score, how they are stored.

use std::borrow::Cow;
use std::collections::BTreeMap;

use holdfire_model::net::{LANES, add_rows};

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

/// Most classes, in whole lanes.
const WIDEST: usize = 2 * LANES;

/// Keys looked through at once, and features looked up together.
const WINDOW: usize = 8;
/// See [`WINDOW`].
const TOGETHER: usize = 64;

/// One linear model: a row of class weights for each feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear<'m> {
    classes: usize,
    /// Classes filled up to whole lanes.
    width: usize,
    /// The features in ascending order, each as it is stored.
    keys: Cow<'m, [[u8; 4]]>,
    /// Where the features begin that share their first bits.
    firsts: Vec<u32>,
    /// How many bits stand behind those.
    shift: u32,
    weights: Weights<'m>,
}

/// Rows of class weights, one behind the other.
#[derive(Debug, Clone, PartialEq)]
enum Weights<'m> {
    /// While they are trained.
    #[cfg(any(test, feature = "train"))]
    Floats(Vec<f32>),
    /// As they are stored: signed bytes, of so much each by their class, 0 for what fills up. A row is read in whole lanes,
    /// what stands behind it too; behind the last row stand as many bytes more.
    Bytes(&'m [u8], Vec<f32>),
}

impl<'m> Linear<'m> {
    /// A model from its rows in ascending order of features, each of `classes` weights.
    #[cfg(any(test, feature = "train"))]
    pub fn new<R: IntoIterator<Item = f32>>(
        classes: usize,
        rows: impl ExactSizeIterator<Item = (Feature, R)>,
    ) -> Self {
        let mut weights = Vec::with_capacity(rows.len() * classes);
        let mut keys = Vec::with_capacity(rows.len());
        for (feature, row) in rows {
            keys.push(feature.to_le_bytes());
            weights.extend(row);
        }
        Self::with(classes, Cow::Owned(keys), Weights::Floats(weights))
    }

    fn with(classes: usize, keys: Cow<'m, [[u8; 4]]>, weights: Weights<'m>) -> Self {
        // a few keys share their first bits
        let bits = (keys.len() / 2).max(2).ilog2();
        let shift = u32::BITS - bits;
        let mut firsts = Vec::with_capacity(1 << bits);
        for (at, key) in keys.iter().enumerate() {
            let bucket = (u32::from_le_bytes(*key) >> shift) as usize;
            if firsts.len() <= bucket {
                firsts.resize(bucket + 1, at as u32);
            }
        }
        firsts.resize(1 << bits, keys.len() as u32);
        Self { classes, width: classes.next_multiple_of(LANES), keys, firsts, shift, weights }
    }

    /// Its rows in ascending order of features, as floats.
    #[cfg(any(test, feature = "train"))]
    pub fn rows_of(&self) -> impl Iterator<Item = (Feature, Vec<f32>)> + '_ {
        self.keys.iter().enumerate().map(|(n, key)| {
            let at = n * self.classes..(n + 1) * self.classes;
            let row = match &self.weights {
                Weights::Floats(weights) => weights[at].to_vec(),
                Weights::Bytes(bytes, scales) => bytes[at]
                    .iter()
                    .zip(scales)
                    .map(|(b, scale)| f32::from(b.cast_signed()) * scale)
                    .collect(),
            };
            (u32::from_le_bytes(*key), row)
        })
    }

    /// How many classes it tells apart.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The place of the first key that is not smaller, from `from` on.
    fn place(&self, from: usize, feature: Feature) -> usize {
        let smaller = |key: &[u8; 4]| u32::from_le_bytes(*key) < feature;
        let mut at = from;
        // without a branch that could be foretold wrongly; nearly always once
        while let Some(window) = self.keys[at..].first_chunk::<WINDOW>() {
            let count = window.iter().map(|key| usize::from(smaller(key))).sum::<usize>();
            at += count;
            if count < WINDOW {
                return at;
            }
        }
        at + self.keys[at..].partition_point(smaller)
    }

    /// Hands on the numbers of the rows of those features that have one, in order, some together.
    ///
    /// All keys of some features are asked for before any is needed, and all their rows likewise: memory is slow, but
    /// answers many at once.
    fn rows(&self, features: &[Feature], mut some: impl FnMut(&[usize])) {
        for features in features.chunks(TOGETHER) {
            let (mut places, mut count) = ([0; TOGETHER], 0);
            for (place, feature) in places.iter_mut().zip(features) {
                *place = self.firsts[(feature >> self.shift) as usize] as usize;
            }
            for (n, feature) in features.iter().enumerate() {
                let at = self.place(places[n], *feature);
                places[count] = at;
                count += usize::from(self.keys.get(at) == Some(&feature.to_le_bytes()));
            }
            some(&places[..count]);
        }
    }

    /// The classes' scores.
    pub fn scores(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = vec![0.0; self.width];
        match &self.weights {
            #[cfg(any(test, feature = "train"))]
            Weights::Floats(weights) => self.rows(features, |rows| {
                for row in rows {
                    let row = &weights[row * self.classes..(row + 1) * self.classes];
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += weight;
                    }
                }
            }),
            Weights::Bytes(bytes, scales) => {
                let mut gathered = Vec::with_capacity(TOGETHER * self.width);
                self.rows(features, |rows| {
                    gathered.clear();
                    let starts = rows.iter().map(|row| row * self.classes);
                    match self.width {
                        LANES => gather::<LANES>(bytes, starts, &mut gathered),
                        _ => gather::<WIDEST>(bytes, starts, &mut gathered),
                    }
                    add_rows(&gathered, scales, &mut scores);
                });
            }
        }
        scores.truncate(self.classes);
        scores
    }

    /// The score of a model of one class.
    pub fn score(&self, features: &[Feature]) -> f32 {
        self.scores(features)[0]
    }

    /// The classes' probabilities.
    pub fn probabilities(&self, features: &[Feature]) -> Vec<f32> {
        let mut scores = self.scores(features);
        softmax(&mut scores);
        scores
    }
}

/// The bytes of rows that begin at `starts`, one behind the other.
fn gather<const WIDTH: usize>(bytes: &[u8], starts: impl Iterator<Item = usize>, out: &mut Vec<u8>) {
    for start in starts {
        if let Some(row) = bytes[start..].first_chunk::<WIDTH>() {
            out.extend_from_slice(row);
        }
    }
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

const MAGIC: &[u8; 8] = b"HFCLAIM2";

/// The rows of a model before it is stored: feature to class weights.
#[cfg(any(test, feature = "train"))]
pub type Rows = BTreeMap<Feature, Vec<f32>>;

/// Models that share their features, and are stored as one: how many classes each has, and its rows.
#[cfg(any(test, feature = "train"))]
pub type Joined = Vec<(usize, Rows)>;

/// Writes named models: weights as signed bytes over one scale for each of those joined; a feature that weighs next to
/// nothing is left out.
#[cfg(any(test, feature = "train"))]
pub fn write(models: &[(&str, Joined)]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((models.len() as u32).to_le_bytes());
    for (name, joined) in models {
        let classes = joined.iter().map(|(classes, _)| classes).sum();
        let mut rows: BTreeMap<Feature, Vec<i8>> = BTreeMap::new();
        let mut scales = Vec::with_capacity(classes);
        for (classes_here, part) in joined {
            let largest = part.values().flatten().fold(0.0_f32, |top, w| top.max(w.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            let first = scales.len();
            scales.resize(first + classes_here, scale);
            for (feature, row) in part {
                let row: Vec<i8> = row.iter().map(|w| (w / scale).round() as i8).collect();
                if row.iter().any(|b| b.unsigned_abs() >= LEAST) {
                    let whole = rows.entry(*feature).or_insert_with(|| vec![0; classes]);
                    whole[first..first + classes_here].copy_from_slice(&row);
                }
            }
        }
        out.push(name.len() as u8);
        out.extend(name.as_bytes());
        out.push(classes as u8);
        out.extend((rows.len() as u32).to_le_bytes());
        out.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
        out.extend(rows.keys().flat_map(|feature| feature.to_le_bytes()));
        out.extend(rows.values().flatten().map(|byte| byte.cast_unsigned()));
        out.extend([0; LANES]);
    }
    out
}

/// The average of two files of the same models, `share` of it the second's; `None` where they are not of the same form.
/// Trainings that differ little err differently, and their average wavers less. What is joined has one class a part.
#[cfg(any(test, feature = "train"))]
pub fn blend(one: &[u8], other: &[u8], share: f32) -> Option<Vec<u8>> {
    let (one, other) = (read(one)?, read(other)?);
    let mut names: Vec<&str> = one.keys().copied().collect();
    // as they are written
    names.sort_by_key(|name| ["act", "stance", "status", "source", "fillers"].iter().position(|n| n == name));
    let mut models = Vec::new();
    for name in names {
        let (one, other) = (&one[name], other.get(name)?);
        if one.classes() != other.classes() {
            return None;
        }
        let classes = one.classes();
        let mut rows: Rows = BTreeMap::new();
        for (model, share) in [(one, 1.0 - share), (other, share)] {
            for (feature, row) in model.rows_of() {
                let sum = rows.entry(feature).or_insert_with(|| vec![0.0; classes]);
                sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += share * weight);
            }
        }
        let part = |class: usize| -> (usize, Rows) {
            (1, rows.iter().map(|(feature, row)| (*feature, vec![row[class]])).collect())
        };
        let joined = if name == "fillers" { (0..classes).map(part).collect() } else { vec![(classes, rows)] };
        models.push((name, joined));
    }
    Some(write(&models))
}

/// Reads what [`write`] wrote, without a copy; `None` when the bytes are not of that form.
pub fn read(bytes: &[u8]) -> Option<BTreeMap<&str, Linear<'_>>> {
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
        let name = std::str::from_utf8(take(length)?).ok()?;
        let classes = take(1)?[0] as usize;
        let rows = u32_of(take(4)?)? as usize;
        if classes > WIDEST {
            return None;
        }
        let mut scales = vec![0.0; classes.next_multiple_of(LANES)];
        for (scale, bytes) in scales.iter_mut().zip(take(classes * 4)?.as_chunks().0) {
            *scale = f32::from_le_bytes(*bytes);
        }
        let keys = take(rows.checked_mul(4)?)?.as_chunks().0;
        let weights = take(rows.checked_mul(classes)?.checked_add(LANES)?)?;
        models.insert(name, Linear::with(classes, Cow::Borrowed(keys), Weights::Bytes(weights, scales)));
    }
    Some(models)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_model_reads_back_as_written() {
        let stance: Rows = [(fold(1, &[7]), vec![1.0, -0.5]), (fold(2, &[7, 9]), vec![0.25, 0.0])].into();
        let other: Rows = [(fold(3, &[1]), vec![8.0])].into();
        let bytes = write(&[("stance", vec![(2, stance), (1, other)])]);
        let model = &read(&bytes).unwrap()["stance"];
        assert_eq!(model.classes(), 3);
        let scores = model.scores(&[fold(1, &[7]), fold(3, &[1]), fold(4, &[1])]);
        let wanted = [1.0_f32, -0.5, 8.0];
        assert!(scores.iter().zip(wanted).all(|(s, w)| (s - w).abs() < 0.01), "{scores:?}");
    }

    #[test]
    fn a_blend_is_the_average_of_both() {
        let file = |rows: Rows| write(&[("stance", vec![(1, rows)])]);
        let one = file([(7, vec![1.0]), (8, vec![1.0])].into());
        let other = file([(7, vec![0.0]), (9, vec![2.0])].into());
        let bytes = blend(&one, &other, 0.25).unwrap();
        let model = &read(&bytes).unwrap()["stance"];
        let near = |feature: u32, wanted: f32| (model.score(&[feature]) - wanted).abs() < 0.01;
        assert!(near(7, 0.75) && near(8, 0.75) && near(9, 0.5));
        assert!(blend(&one, b"something else", 0.25).is_none());
    }

    #[test]
    fn bytes_cut_short_are_no_model() {
        let rows: Rows = [(fold(1, &[7]), vec![1.0])].into();
        let bytes = write(&[("kind", vec![(1, rows)])]);
        assert!(read(&bytes[..bytes.len() - 1]).is_none());
        assert!(read(b"something else").is_none());
    }

    proptest! {
        #[test]
        fn every_feature_finds_its_own_weight(
            known in proptest::collection::btree_set(1_u32.., 0..300),
            same in proptest::collection::btree_set(0_u32..200, 0..100),
            other in any::<u32>(),
        ) {
            // some far apart, some so near that they share all their first bits
            let known: Vec<u32> = known.into_iter().chain(same.into_iter().map(|n| 0x7000_0000 + n)).collect();
            let weight = |feature: u32| (feature % 100) as f32 + 1.0;
            let rows: Rows = known.iter().map(|&f| (f, vec![weight(f)])).collect();
            let model = Linear::new(1, rows.into_iter());
            for feature in known.iter().copied().chain([other, 0, u32::MAX]) {
                let wanted = if known.contains(&feature) { weight(feature) } else { 0.0 };
                prop_assert_eq!(model.scores(&[feature]), vec![wanted]);
            }
            let sum: f32 = known.iter().map(|f| weight(*f)).sum();
            prop_assert_eq!(model.scores(&known), vec![sum]);
        }
    }
}
