//! A fixed set of 64-bit hashes, each with its place.

/// 64-bit FNV-1a: the key of a word.
pub fn key(word: &str) -> u64 {
    word.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// Bits that choose where a key is looked for: a few keys share them.
const BITS: u32 = 12;

/// Keys in order, found by their first bits.
#[derive(Debug, Default)]
pub struct Keys {
    keys: Vec<u64>,
    /// How many keys are smaller than any with these first bits; one more entry than there are such bits.
    firsts: Vec<u32>,
}

impl Keys {
    /// The keys, which must be in ascending order.
    pub fn new(keys: Vec<u64>) -> Self {
        let below = |bits: u64| keys.partition_point(|key| key >> (64 - BITS) < bits) as u32;
        let firsts = (0..=1 << BITS).map(below).collect();
        Self { keys, firsts }
    }

    /// The place of `key` among the keys; `None` when it is none of them.
    pub fn find(&self, key: u64) -> Option<usize> {
        let bits = (key >> (64 - BITS)) as usize;
        let (first, end) = (*self.firsts.get(bits)? as usize, *self.firsts.get(bits + 1)? as usize);
        self.keys[first..end].iter().position(|k| *k == key).map(|at| first + at)
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keys_are_found_where_they_stand(mut keys in proptest::collection::vec(any::<u64>(), 0..60), other in any::<u64>()) {
            keys.extend([0, u64::MAX]);
            keys.sort_unstable();
            keys.dedup();
            let told = Keys::new(keys.clone());
            for (at, key) in keys.iter().enumerate() {
                prop_assert_eq!(told.find(*key), Some(at));
            }
            prop_assert_eq!(told.find(other), keys.binary_search(&other).ok());
        }
    }

    #[test]
    fn no_keys_hold_nothing() {
        assert_eq!((Keys::default().find(7), Keys::new(Vec::new()).find(7)), (None, None));
    }
}
