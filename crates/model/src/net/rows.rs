//! Rows: vectors told in whole numbers, as the kernel takes them.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

use super::kernel::wide;

/// Numbers computed together.
pub const LANES: usize = 16;
/// The largest step number of an input. Smaller inputs leave more room for the weights: here both are told alike well.
pub(super) const MOST: i16 = 8191;

/// Vectors in whole steps: each row has its own step, and its largest element is [`MOST`] of them.
#[derive(Debug, Default)]
pub struct Rows {
    pub(super) width: usize,
    /// Rows of `width` numbers, and a zero where that is odd.
    numbers: Vec<i16>,
    pub(super) steps: Vec<f32>,
}

impl Rows {
    /// No rows, of `width` elements each.
    pub fn clear(&mut self, width: usize) {
        self.width = width;
        self.numbers.clear();
        self.steps.clear();
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.steps.len()
    }

    /// Takes the rows of `x`, `width` elements each, in place of what it held.
    pub fn take(&mut self, x: &[f32], width: usize) {
        self.clear(width);
        self.numbers.reserve(x.len() / width.max(1) * width.next_multiple_of(2));
        self.steps.reserve(x.len() / width.max(1));
        push_all(self, x);
    }

    /// Adds a row. A row that has no finite step (all zeros, or an infinite element) counts as zeros.
    #[inline(always)]
    pub fn push(&mut self, row: &[f32]) {
        assert_eq!(row.len(), self.width, "the row has its elements");
        let peak = largest(row);
        let per_step = f32::from(MOST) / peak;
        let told = per_step.is_finite() && per_step > 0.0;
        let (step, per_step) = if told { (peak / f32::from(MOST), per_step) } else { (0.0, 0.0) };
        self.steps.push(step);
        self.numbers.extend(row.iter().map(|v| nearest(v * per_step)));
        self.numbers.extend(std::iter::repeat_n(0, self.width % 2));
    }

    /// The elements of some rows.
    pub fn floats(&self, rows: std::ops::Range<usize>) -> Vec<f32> {
        let mut floats = Vec::with_capacity(rows.len() * self.width);
        for r in rows {
            let row = &self.row(r).as_flattened()[..self.width];
            floats.extend(row.iter().map(|v| f32::from(*v) * self.steps[r]));
        }
        floats
    }

    /// One row, by pairs of elements.
    pub(super) fn row(&self, index: usize) -> &[[i16; 2]] {
        let padded = self.width.next_multiple_of(2);
        self.numbers[index * padded..(index + 1) * padded].as_chunks().0
    }
}

wide! {
    fn push_all(rows: &mut Rows, x: &[f32]) {
        for row in x.chunks_exact(rows.width) {
            rows.push(row);
        }
    }
}

/// One number from several, by halves: one order for every processor, with little waiting.
#[inline(always)]
pub(super) fn fold<const N: usize>(mut numbers: [f32; N], of: impl Fn(f32, f32) -> f32) -> f32 {
    let mut half = N / 2;
    while half > 0 {
        for i in 0..half {
            numbers[i] = of(numbers[i], numbers[i + half]);
        }
        half /= 2;
    }
    numbers[0]
}

/// The largest absolute value of a row.
#[inline(always)]
fn largest(row: &[f32]) -> f32 {
    let mut most = [0.0f32; LANES];
    let (whole, rest) = row.as_chunks::<LANES>();
    for chunk in whole {
        for (most, v) in most.iter_mut().zip(chunk) {
            *most = if v.abs() > *most { v.abs() } else { *most };
        }
    }
    fold(most, f32::max).max(rest.iter().fold(0.0, |most, v| most.max(v.abs())))
}

/// The nearest whole number, ties to even, within [`MOST`] whatever `v` is.
#[inline(always)]
fn nearest(v: f32) -> i16 {
    // beside 1.5 * 2^23 floats are one apart: the addition rounds, and the low bits are the number
    const EVEN: f32 = 12_582_912.0;
    let whole = (v + EVEN).to_bits().wrapping_sub(EVEN.to_bits()) as i32;
    whole.clamp(-i32::from(MOST), i32::from(MOST)) as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_leaves_the_steps() {
        let told = [0.5, 1.5, -2.5, 1e30, -1e30, f32::NAN, f32::INFINITY].map(nearest);
        assert_eq!(told[..5], [0, 2, -2, MOST, -MOST]);
        assert!(told.iter().all(|v| (-MOST..=MOST).contains(v)));
        let mut rows = Rows::default();
        rows.take(&[0.0, 0.0, 1e-44, 0.0, f32::INFINITY, 1.0, 2.0, -4.0], 2);
        assert_eq!(rows.steps[..3], [0.0; 3]);
        assert_eq!(rows.row(3), [[(MOST + 1) / 2, -MOST]]);
    }
}
