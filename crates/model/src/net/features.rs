//! Rows of the embedding table for a word: hashes of its folded form, its beginnings, its ends and its shape.
//!
//! Training computes the same numbers (`training/features.py`); a test holds both to one list.

/// Rows that hashes fall into.
pub const ROWS: u32 = 24_576;
/// Features of a word.
pub const FEATURES: usize = 11;

/// FNV-1a of `text`, with `seed` mixed into the basis, the high half folded in.
fn hash(seed: u32, text: &[u8]) -> u32 {
    let mut h = (0x811C_9DC5 ^ seed).wrapping_mul(0x0100_0193);
    for &b in text {
        h = (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    }
    h ^ (h >> 15)
}

/// Lower case, digits as `0`, straight apostrophes.
pub fn fold(form: &str, out: &mut String) {
    out.clear();
    for c in form.chars() {
        match c {
            '0'..='9' => out.push('0'),
            '’' | '‘' => out.push('\''),
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// At most ten letters of `X`, `x`, `0` or the character itself; runs longer than three are cut.
fn shape(form: &str, out: &mut String) {
    out.clear();
    let (mut last, mut run, mut count) = ('\0', 0, 0);
    for c in form.chars() {
        let class = if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        run = if class == last { run + 1 } else { 1 };
        last = class;
        if run <= 3 {
            out.push(class);
            count += 1;
            if count == 10 {
                break;
            }
        }
    }
}

/// The rows of a form whose folded form is `folded`. `scratch` is overwritten.
pub fn rows(form: &str, folded: &str, scratch: &mut String) -> [u32; FEATURES] {
    let word = folded.as_bytes();
    let head = |n: usize| {
        let end = folded.char_indices().nth(n).map_or(word.len(), |(i, _)| i);
        &word[..end]
    };
    let tail = |n: usize| {
        let start = folded.char_indices().rev().nth(n - 1).map_or(0, |(i, _)| i);
        &word[start..]
    };
    shape(form, scratch);
    let parts: [&[u8]; FEATURES] = [
        word,
        head(1),
        head(2),
        head(3),
        head(4),
        tail(1),
        tail(2),
        tail(3),
        tail(4),
        tail(5),
        scratch.as_bytes(),
    ];
    std::array::from_fn(|i| hash(i as u32 + 1, parts[i]) % ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Printed by `training/features.py`.
    const LIST: &[(&str, [u32; FEATURES])] = &[
        ("Aleppo", [20383, 8282, 18764, 2451, 8923, 17344, 12506, 21877, 6394, 12606, 7638]),
        ("al-Bab", [23851, 8282, 18764, 13880, 19260, 483, 8449, 18885, 11255, 6280, 3137]),
        ("400,000", [23663, 8920, 3171, 3409, 19875, 7561, 17852, 3671, 10554, 18274, 14558]),
        ("Ja'afari", [5023, 18187, 12967, 16941, 14702, 17745, 4717, 8354, 6229, 2041, 11101]),
        ("Überlingen", [20005, 9974, 15853, 5448, 16959, 11863, 17530, 11407, 5582, 17046, 7638]),
        ("NATO", [2633, 1351, 656, 17001, 15549, 17344, 13794, 2656, 4594, 2250, 7139]),
        ("’s", [16328, 3761, 10260, 17517, 15682, 22751, 1313, 7413, 2722, 23742, 13629]),
        ("x", [18421, 2800, 2316, 3561, 12796, 7410, 14823, 17352, 12228, 19617, 8367]),
        ("2016–17", [6007, 8920, 3171, 3409, 20918, 7561, 17852, 8463, 8258, 8851, 6647]),
        ("ISIS-held", [22120, 19890, 4044, 6605, 16572, 8389, 11804, 20692, 6806, 9262, 5315]),
        (",", [520, 10172, 5195, 14772, 18384, 10413, 23203, 21525, 23447, 15485, 22152]),
        ("Дамаск", [21199, 20585, 17543, 10288, 15379, 20380, 8141, 17811, 4623, 3932, 7638]),
    ];

    #[test]
    fn rows_are_those_of_training() {
        let (mut folded, mut scratch) = (String::new(), String::new());
        for (form, wanted) in LIST {
            fold(form, &mut folded);
            assert_eq!(rows(form, &folded, &mut scratch), *wanted, "{form}");
        }
        assert!(!LIST.is_empty());
    }
}
