//! The one kernel: rows times a weight matrix, plus a bias.
//!
//! Every output element is the sum over `k`, in ascending order, of fused multiply-adds (one rounding each). So the
//! result does not depend on how many rows are computed together, nor on which instruction set runs it: the same text
//! gives the same bits on any machine. A processor without the instruction computes it in software, slowly.

/// A dense layer: `inputs` x `outputs` weights, row-major by input, and a bias.
///
/// Columns are padded to a multiple of [`LANES`] so that the kernel has no tail.
#[derive(Debug, Clone)]
pub struct Dense {
    /// Number of inputs.
    pub inputs: usize,
    /// Number of outputs that mean something.
    pub outputs: usize,
    stride: usize,
    weights: Vec<f32>,
    bias: Vec<f32>,
}

/// Columns computed together.
pub const LANES: usize = 16;
/// Rows computed together: their sums, a panel row and one input fill the registers with none to spare (six spill).
const ROWS: usize = 5;
/// Rows that pass through all columns before the next are begun, so that they stay in the cache.
const TILE: usize = 8 * ROWS;

impl Dense {
    /// A layer from `outputs` x `inputs` weights, as they are stored (row-major by output), and a bias.
    ///
    /// # Panics
    /// When the lengths do not fit; the reader of the model file checks them first.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Self {
        assert_eq!(weights.len(), inputs * outputs, "weights fit the layer");
        assert!(bias.is_empty() || bias.len() == outputs, "the bias fits the layer");
        let stride = outputs.div_ceil(LANES) * LANES;
        let mut turned = vec![0.0; inputs * stride];
        // panels of LANES columns, each stored input by input: the kernel walks memory forwards
        for o in 0..outputs {
            let (panel, lane) = (o / LANES, o % LANES);
            for i in 0..inputs {
                turned[(panel * inputs + i) * LANES + lane] = weights[o * inputs + i];
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(stride, 0.0);
        Self { inputs, outputs, stride, weights: turned, bias: padded }
    }

    /// Floats from one output row to the next.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// `out = x * weights + bias`, for `rows` rows of `x`; `out` gets `rows * stride()` floats.
    pub fn apply(&self, x: &[f32], rows: usize, out: &mut Vec<f32>) {
        assert!(x.len() >= rows * self.inputs, "the input has its rows");
        out.resize(rows * self.stride, 0.0);
        run(self, x, rows, out);
    }
}

#[cfg(target_arch = "x86_64")]
fn run(layer: &Dense, x: &[f32], rows: usize, out: &mut [f32]) {
    if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
        #[expect(unsafe_code, reason = "the call is sound: the processor was just seen to have both")]
        // SAFETY: `tiles_avx2` needs nothing but AVX2 and FMA, which were detected above.
        unsafe {
            tiles_avx2(layer, x, rows, out);
        }
    } else {
        tiles(layer, x, rows, out);
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn run(layer: &Dense, x: &[f32], rows: usize, out: &mut [f32]) {
    tiles(layer, x, rows, out);
}

/// The same code, compiled with 256-bit registers and the fused instruction.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn tiles_avx2(layer: &Dense, x: &[f32], rows: usize, out: &mut [f32]) {
    tiles(layer, x, rows, out);
}

#[allow(clippy::inline_always, reason = "it must be compiled anew inside the AVX2 caller")]
#[inline(always)]
fn tiles(layer: &Dense, x: &[f32], rows: usize, out: &mut [f32]) {
    let (inputs, stride) = (layer.inputs, layer.stride);
    for (x, out) in x[..rows * inputs].chunks(TILE * inputs).zip(out.chunks_mut(TILE * stride)) {
        for panel in 0..stride / LANES {
            let weights = &layer.weights[panel * inputs * LANES..(panel + 1) * inputs * LANES];
            let bias: &[f32; LANES] =
                layer.bias[panel * LANES..(panel + 1) * LANES].try_into().expect("a whole panel");
            let blocks = x.chunks_exact(ROWS * inputs).zip(out.chunks_exact_mut(ROWS * stride));
            for (x, out) in blocks {
                block::<ROWS>(weights, bias, x, inputs, &mut out[panel * LANES..], stride);
            }
            let done = x.len() / inputs / ROWS * ROWS;
            let left = x[done * inputs..].chunks_exact(inputs);
            for (x, out) in left.zip(out[done * stride..].chunks_exact_mut(stride)) {
                block::<1>(weights, bias, x, inputs, &mut out[panel * LANES..], stride);
            }
        }
    }
}

#[allow(clippy::inline_always, reason = "it must be compiled anew inside the AVX2 caller")]
#[inline(always)]
fn block<const R: usize>(
    weights: &[f32],
    bias: &[f32; LANES],
    x: &[f32],
    inputs: usize,
    out: &mut [f32],
    stride: usize,
) {
    let rows: [&[f32]; R] = std::array::from_fn(|r| &x[r * inputs..][..inputs]);
    let weights = &weights.as_chunks::<LANES>().0[..inputs];
    let mut sums = [*bias; R];
    for k in 0..inputs {
        for (sum, row) in sums.iter_mut().zip(&rows) {
            for lane in 0..LANES {
                sum[lane] = row[k].mul_add(weights[k][lane], sum[lane]);
            }
        }
    }
    for (sum, out) in sums.iter().zip(out.chunks_mut(stride)) {
        out[..LANES].copy_from_slice(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(w: &[f32], bias: &[f32], x: &[f32], rows: usize, inputs: usize, outputs: usize) -> Vec<f32> {
        let mut out = Vec::new();
        for r in 0..rows {
            for o in 0..outputs {
                let mut sum = bias[o];
                for k in 0..inputs {
                    sum = x[r * inputs + k].mul_add(w[o * inputs + k], sum);
                }
                out.push(sum);
            }
        }
        out
    }

    proptest! {
        #[test]
        fn the_kernel_gives_the_bits_of_the_plain_loop(rows in 1usize..11, inputs in 1usize..40, outputs in 1usize..40, seed in 0u32..1000) {
            let value = |i: usize| (((i as u32).wrapping_mul(2_654_435_761).wrapping_add(seed * 977)) % 2001) as f32 / 1000.0 - 1.0;
            let w: Vec<f32> = (0..inputs * outputs).map(value).collect();
            let bias: Vec<f32> = (0..outputs).map(|i| value(i + 7)).collect();
            let x: Vec<f32> = (0..rows * inputs).map(|i| value(i + 31)).collect();
            let layer = Dense::new(&w, &bias, inputs, outputs);
            let mut out = Vec::new();
            layer.apply(&x, rows, &mut out);
            let wanted = plain(&w, &bias, &x, rows, inputs, outputs);
            for r in 0..rows {
                for o in 0..outputs {
                    prop_assert_eq!(out[r * layer.stride() + o].to_bits(), wanted[r * outputs + o].to_bits());
                }
            }
        }
    }
}
