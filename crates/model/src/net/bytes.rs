//! Rows of weights told in bytes, and their sums. The order of a sum is the rows' own, on every processor.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

use super::kernel::wide;
use super::rows::LANES;

wide! {
    /// The sum of rows of a table whose rows have a scale each.
    pub(super) fn add_up(table: &[i8], scales: &[f32], rows: &[usize], out: &mut [f32]) {
        let d = out.len();
        for (part, out) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for row in rows {
                let weights = &table[row * d + part * LANES..][..LANES];
                for (sum, w) in sum.iter_mut().zip(weights) {
                    *sum += f32::from(*w) * scales[*row];
                }
            }
            *out = sum;
        }
    }
}

wide! {
    /// Adds rows of signed bytes, which stand one behind the other, to their columns' sums; each column has a scale. There
    /// are whole lanes of columns.
    pub fn add_rows(rows: &[u8], scales: &[f32], sums: &mut [f32]) {
        let width = sums.len();
        let parts = sums.as_chunks_mut::<LANES>().0.iter_mut().zip(scales.as_chunks::<LANES>().0);
        for (part, (sums, scales)) in parts.enumerate() {
            let mut sum = *sums;
            for row in rows.chunks_exact(width) {
                let row: &[u8; LANES] = row[part * LANES..].first_chunk().expect("whole lanes");
                for lane in 0..LANES {
                    sum[lane] += f32::from(row[lane].cast_signed()) * scales[lane];
                }
            }
            *sums = sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_add_to_their_columns() {
        let mut rows = vec![0_u8; 4 * LANES];
        (rows[1], rows[LANES + 2], rows[2 * LANES + 1]) = (3, 0xff, 2);
        let mut scales = vec![1.0; 2 * LANES];
        scales[1] = 0.5;
        let mut sums = vec![10.0; 2 * LANES];
        add_rows(&rows, &scales, &mut sums);
        assert_eq!((sums[0], sums[1], sums[LANES + 2]), (10.0, 12.5, 9.0));
    }
}
