//! Layer norm.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

use super::kernel::wide;
use super::rows::{Rows, fold};

/// Gain and shift of every element.
#[derive(Debug, Clone)]
pub struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

impl Norm {
    /// From as many gains as shifts.
    pub fn new(gain: Vec<f32>, shift: Vec<f32>) -> Self {
        Self { gain, shift }
    }

    /// Every row of `x`, normed, in place of what `out` held.
    pub fn apply(&self, x: &[f32], out: &mut Rows) {
        norm(x, self, out);
    }
}

wide! {
    /// Layer norm (Ba et al. 2016) of every row of `x`.
    fn norm(x: &[f32], norm: &Norm, out: &mut Rows) {
        let d = norm.gain.len();
        out.clear(d);
        let mut line = vec![0.0; d];
        for row in x.chunks_exact(d) {
            let mean = sum(row, |v| v) / d as f32;
            let variance = sum(row, |v| (v - mean) * (v - mean)) / d as f32;
            let inverse = 1.0 / (variance + 1e-5).sqrt();
            for (((to, v), g), s) in line.iter_mut().zip(row).zip(&norm.gain).zip(&norm.shift) {
                *to = (v - mean) * inverse * g + s;
            }
            out.push(&line);
        }
    }
}

/// Sum over a row in sixteen running sums: one order for every processor, and no waiting for the last addition.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0f32; 16];
    let (whole, rest) = row.as_chunks::<16>();
    for chunk in whole {
        for (sum, v) in sums.iter_mut().zip(chunk) {
            *sum += of(*v);
        }
    }
    for (sum, v) in sums.iter_mut().zip(rest) {
        *sum += of(*v);
    }
    fold(sums, |a, b| a + b)
}
