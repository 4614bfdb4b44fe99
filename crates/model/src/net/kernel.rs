//! The one kernel: rows times a weight matrix, in whole numbers.
//!
//! [`Rows`] are vectors told in 16-bit steps, one step a row; a [`Dense`] layer holds its weights likewise, one step a
//! column. A product is summed in 32 bits, exactly: the steps are chosen so that no sum can leave them. So the result
//! depends neither on the order of the sum, nor on the rows computed together, nor on the instruction set: the same
//! text gives the same bits on any machine.

#![allow(clippy::inline_always, reason = "what runs wide must be compiled anew inside its caller")]

/// A function that is compiled twice, the second time for 256-bit registers, which it uses where the processor has them.
/// Both do the same arithmetic in the same order, so the bits are the same. Only what is inlined is compiled twice.
macro_rules! wide {
    ($(#[$doc:meta])* $seen:vis fn $name:ident($($arg:ident: $type:ty),* $(,)?) $(-> $told:ty)? $body:block) => {
        $(#[$doc])*
        $seen fn $name($($arg: $type),*) $(-> $told)? {
            #[inline(always)]
            fn plain($($arg: $type),*) $(-> $told)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn fast($($arg: $type),*) $(-> $told)? {
                    plain($($arg),*)
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    #[expect(unsafe_code, reason = "the call is sound: the processor was just seen to have AVX2")]
                    // SAFETY: `fast` needs nothing but AVX2, which was detected above.
                    return unsafe { fast($($arg),*) };
                }
            }
            plain($($arg),*)
        }
    };
}
pub(super) use wide;

use super::rows::{LANES, MOST, Rows};

/// Rows computed together in 256 bits: their sums, two registers of weights and one pair of inputs leave one register
/// over.
const ROWS: usize = 6;
/// Rows computed together in 512 bits: each sum waits five cycles for itself, and two are begun in each.
#[cfg(target_arch = "x86_64")]
const MANY_ROWS: usize = 12;
/// Sums of each row that are kept apart where few rows are computed together in 512 bits.
#[cfg(target_arch = "x86_64")]
const PARTS: usize = 4;
/// Rows that pass through all columns before the next are begun, so that they stay in the cache.
const TILE: usize = 8 * ROWS;
/// Weights of two inputs, column by column, as one instruction takes them: the sum of both products is one column's.
/// They fill one line of the cache, and no load has to wait for two.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Pairs([[i16; 2]; LANES]);

/// A row of the input, and the row of the output that it goes into.
type Place = (usize, usize);

/// A dense layer: `inputs` x `outputs` weights, and a bias.
///
/// Columns are padded to a multiple of [`LANES`] so that the kernel has no tail.
#[derive(Debug, Clone)]
pub struct Dense {
    /// Number of inputs.
    pub inputs: usize,
    /// Number of outputs that mean something.
    pub outputs: usize,
    stride: usize,
    /// Panels of [`LANES`] columns, each stored pair of inputs by pair: the kernel walks memory forwards.
    weights: Vec<Pairs>,
    steps: Vec<[f32; LANES]>,
    bias: Vec<[f32; LANES]>,
}

impl Dense {
    /// A layer from `outputs` x `inputs` weights, as they are stored (row-major by output), and a bias (or none).
    ///
    /// # Panics
    /// When the lengths do not fit; the reader of the model file checks them first.
    pub fn new(weights: &[f32], bias: &[f32], inputs: usize, outputs: usize) -> Self {
        assert_eq!(weights.len(), inputs * outputs, "weights fit the layer");
        assert!(bias.is_empty() || bias.len() == outputs, "the bias fits the layer");
        let stride = outputs.div_ceil(LANES) * LANES;
        let pairs = inputs.div_ceil(2);
        let mut turned = vec![Pairs([[0; 2]; LANES]); pairs * stride / LANES];
        let mut steps = vec![[0.0; LANES]; stride / LANES];
        for (o, column) in weights.chunks_exact(inputs).enumerate() {
            let (panel, lane) = (o / LANES, o % LANES);
            let per_step = steps_per_unit(column);
            if per_step > 0.0 {
                steps[panel][lane] = (1.0 / per_step) as f32;
            }
            for (i, w) in column.iter().enumerate() {
                turned[panel * pairs + i / 2].0[lane][i % 2] = (f64::from(*w) * per_step).round() as i16;
            }
        }
        let mut padded = vec![[0.0; LANES]; stride / LANES];
        padded.as_flattened_mut()[..bias.len()].copy_from_slice(bias);
        Self { inputs, outputs, stride, weights: turned, steps, bias: padded }
    }

    /// Floats from one output row to the next.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// `out = x * weights + bias`; `out` gets `x.len() * stride()` floats.
    pub fn apply(&self, x: &Rows, out: &mut Vec<f32>) {
        out.resize(x.len() * self.stride, 0.0);
        self.tiles(x, (0..x.len()).map(|row| (row, row)), true, out);
    }

    /// `out[to] += x[from] * weights` for each `(from, to)`; the bias has no part in it.
    pub fn add(&self, x: &Rows, places: impl Iterator<Item = Place>, out: &mut [f32]) {
        self.tiles(x, places, false, out);
    }

    /// Both; `fresh` rows begin with the bias.
    fn tiles(&self, x: &Rows, places: impl Iterator<Item = Place>, fresh: bool, out: &mut [f32]) {
        assert_eq!(x.width, self.inputs, "the rows fit the layer");
        let mut places = places.fuse();
        let mut tile = [(0, 0); TILE];
        loop {
            let mut count = 0;
            for (slot, place) in tile.iter_mut().zip(&mut places) {
                *slot = place;
                count += 1;
            }
            if count == 0 {
                return;
            }
            run(self, x, &tile[..count], fresh, out);
        }
    }
}

/// How many steps stand for a weight of 1 in this column: as many as 16 bits hold, and as keep every sum of products
/// with inputs of at most [`MOST`] steps within 32 bits. None for a column of zeros, or with what is no number.
fn steps_per_unit(column: &[f32]) -> f64 {
    let peak = column.iter().map(|w| f64::from(w.abs())).fold(0.0, f64::max);
    let total: f64 = column.iter().map(|w| f64::from(w.abs())).sum();
    // rounding may add half a step a weight
    let room = f64::from(i32::MAX / i32::from(MOST)) - column.len() as f64;
    let per_unit = (f64::from(i16::MAX) / peak).min(room / total);
    if total.is_finite() && per_unit.is_finite() { per_unit.max(0.0) } else { 0.0 }
}

#[cfg(target_arch = "x86_64")]
fn run(layer: &Dense, x: &Rows, places: &[Place], fresh: bool, out: &mut [f32]) {
    if has_avx512() {
        #[expect(
            unsafe_code,
            reason = "the call is sound: the processor was just seen to have what it needs"
        )]
        // SAFETY: `tile_avx512` needs nothing but what `has_avx512` has asked for.
        unsafe {
            tile_avx512(layer, x, places, fresh, out);
        }
    } else if std::arch::is_x86_feature_detected!("avx2") {
        #[expect(unsafe_code, reason = "the call is sound: the processor was just seen to have AVX2")]
        // SAFETY: `tile_avx2` needs nothing but AVX2, which was detected above.
        unsafe {
            tile_avx2(layer, x, places, fresh, out);
        }
    } else {
        tile::<Plain, ROWS>(layer, x, places, fresh, out);
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn run(layer: &Dense, x: &Rows, places: &[Place], fresh: bool, out: &mut [f32]) {
    tile::<Plain, ROWS>(layer, x, places, fresh, out);
}

/// True where the processor has all that [`tile_avx512`] needs.
#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    std::arch::is_x86_feature_detected!("avx512f")
        && std::arch::is_x86_feature_detected!("avx512bw")
        && std::arch::is_x86_feature_detected!("avx512vnni")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn tile_avx512(layer: &Dense, x: &Rows, places: &[Place], fresh: bool, out: &mut [f32]) {
    tile::<Avx512, MANY_ROWS>(layer, x, places, fresh, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn tile_avx2(layer: &Dense, x: &Rows, places: &[Place], fresh: bool, out: &mut [f32]) {
    tile::<Avx2, ROWS>(layer, x, places, fresh, out);
}

/// Rows through all columns, `MANY` of them together, the rest in smaller companies.
#[inline(always)]
fn tile<S: Sums, const MANY: usize>(layer: &Dense, x: &Rows, places: &[Place], fresh: bool, out: &mut [f32]) {
    let (blocks, rest) = places.as_chunks::<MANY>();
    let (sixes, rest) = rest.as_chunks::<ROWS>();
    let (twos, one) = rest.as_chunks::<2>();
    for panel in 0..layer.stride / LANES {
        for places in blocks {
            block::<S, MANY>(layer, x, places, panel, fresh, out);
        }
        for places in sixes {
            block::<S, ROWS>(layer, x, places, panel, fresh, out);
        }
        for places in twos {
            block::<S, 2>(layer, x, places, panel, fresh, out);
        }
        for place in one {
            block::<S, 1>(layer, x, &[*place], panel, fresh, out);
        }
    }
}

#[inline(always)]
fn block<S: Sums, const R: usize>(
    layer: &Dense,
    x: &Rows,
    places: &[Place; R],
    panel: usize,
    fresh: bool,
    out: &mut [f32],
) {
    let pairs = layer.inputs.div_ceil(2);
    let weights = &layer.weights[panel * pairs..(panel + 1) * pairs];
    let mut rows: [&[[i16; 2]]; R] = [&[]; R];
    for (row, (from, _)) in rows.iter_mut().zip(places) {
        *row = x.row(*from);
    }
    let sums = S::sums(weights, rows);
    let (steps, bias) = (&layer.steps[panel], &layer.bias[panel]);
    for (sums, (from, to)) in sums.iter().zip(places) {
        let out: &mut [f32; LANES] =
            (&mut out[to * layer.stride + panel * LANES..][..LANES]).try_into().expect("a whole panel");
        let step = x.steps[*from];
        let mut line = if fresh { *bias } else { *out };
        for lane in 0..LANES {
            line[lane] += sums[lane] as f32 * (steps[lane] * step);
        }
        *out = line;
    }
}

/// A way to sum the products of some rows with a panel of weights.
trait Sums {
    fn sums<const R: usize>(weights: &[Pairs], rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R];
}

/// For any processor.
struct Plain;

impl Sums for Plain {
    fn sums<const R: usize>(weights: &[Pairs], rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R] {
        let mut sums = [[0; LANES]; R];
        for (sums, row) in sums.iter_mut().zip(rows) {
            for (weights, [a, b]) in weights.iter().zip(row) {
                for (sum, [v, w]) in sums.iter_mut().zip(weights.0) {
                    *sum += i32::from(*a) * i32::from(v) + i32::from(*b) * i32::from(w);
                }
            }
        }
        sums
    }
}

/// With the instruction that multiplies eight pairs and adds each pair's products. Only [`tile_avx2`] names it.
#[cfg(target_arch = "x86_64")]
struct Avx2;

#[cfg(target_arch = "x86_64")]
impl Sums for Avx2 {
    #[inline(always)]
    fn sums<const R: usize>(weights: &[Pairs], rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R] {
        #[expect(unsafe_code, reason = "the call is sound: the only caller has AVX2")]
        // SAFETY: `tile_avx2`, which alone names this way, is called only where AVX2 was detected.
        unsafe {
            sums_avx2(weights, rows)
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
#[inline]
fn sums_avx2<const R: usize>(weights: &[Pairs], mut rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R] {
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    };
    for row in &mut rows {
        *row = &row[..weights.len()];
    }
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for (k, weights) in weights.iter().enumerate() {
        #[expect(unsafe_code, reason = "registers are made of plain numbers")]
        // SAFETY: both are 64 bytes of whole numbers, and any bits are such.
        let weights = unsafe { std::mem::transmute::<[[i16; 2]; LANES], [__m256i; 2]>(weights.0) };
        for (sums, row) in sums.iter_mut().zip(&rows) {
            #[expect(
                unsafe_code,
                reason = "a check for each pair of each row would cost a fifth of the time"
            )]
            // SAFETY: `k` counts the weights, and the rows were cut to as many pairs above.
            let [a, b] = unsafe { *row.get_unchecked(k) };
            let pair = _mm256_set1_epi32(i32::from(a as u16) | i32::from(b) << 16);
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(weights, pair));
            }
        }
    }
    let mut out = [[0; LANES]; R];
    for (out, sums) in out.iter_mut().zip(sums) {
        #[expect(unsafe_code, reason = "registers become plain numbers")]
        // SAFETY: both are 64 bytes of whole numbers, and any bits are such.
        let sums = unsafe { std::mem::transmute::<[__m256i; 2], [i32; LANES]>(sums) };
        *out = sums;
    }
    out
}

/// With registers of a whole panel, and the instruction that also adds to the sums. Only [`tile_avx512`] names it.
#[cfg(target_arch = "x86_64")]
struct Avx512;

#[cfg(target_arch = "x86_64")]
impl Sums for Avx512 {
    #[inline(always)]
    fn sums<const R: usize>(weights: &[Pairs], rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R] {
        #[expect(unsafe_code, reason = "the call is sound: the only caller has what it needs")]
        // SAFETY: `tile_avx512`, which alone names this way, is called only where `has_avx512` says so.
        unsafe {
            sums_avx512(weights, rows)
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
#[inline]
fn sums_avx512<const R: usize>(weights: &[Pairs], mut rows: [&[[i16; 2]]; R]) -> [[i32; LANES]; R] {
    use std::arch::x86_64::{
        __m512i, _mm512_add_epi32, _mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512,
    };
    for row in &mut rows {
        *row = &row[..weights.len()];
    }
    let add = |sums: &mut [__m512i; R], k: usize, weights: &Pairs| {
        #[expect(unsafe_code, reason = "a register is made of plain numbers")]
        // SAFETY: both are 64 bytes of whole numbers, and any bits are such.
        let weights = unsafe { std::mem::transmute::<[[i16; 2]; LANES], __m512i>(weights.0) };
        for (sum, row) in sums.iter_mut().zip(&rows) {
            #[expect(
                unsafe_code,
                reason = "a check for each pair of each row would cost a fifth of the time"
            )]
            // SAFETY: `k` counts the weights, and the rows were cut to as many pairs above.
            let [a, b] = unsafe { *row.get_unchecked(k) };
            let pair = _mm512_set1_epi32(i32::from(a as u16) | i32::from(b) << 16);
            *sum = _mm512_dpwssd_epi32(*sum, weights, pair);
        }
    };
    // few rows would wait for their own sums: each has several, which are added in the end
    let mut parts = [[_mm512_setzero_si512(); R]; PARTS];
    let (whole, rest) = if R < ROWS { weights.as_chunks::<PARTS>() } else { (&[][..], weights) };
    for (n, several) in whole.iter().enumerate() {
        for (part, weights) in several.iter().enumerate() {
            add(&mut parts[part], n * PARTS + part, weights);
        }
    }
    for (n, weights) in rest.iter().enumerate() {
        add(&mut parts[0], whole.len() * PARTS + n, weights);
    }
    let [mut sums, others @ ..] = parts;
    if R < ROWS {
        for other in others {
            for (sum, other) in sums.iter_mut().zip(other) {
                *sum = _mm512_add_epi32(*sum, other);
            }
        }
    }
    let mut out = [[0; LANES]; R];
    for (out, sum) in out.iter_mut().zip(sums) {
        #[expect(unsafe_code, reason = "a register becomes plain numbers")]
        // SAFETY: both are 64 bytes of whole numbers, and any bits are such.
        let sum = unsafe { std::mem::transmute::<__m512i, [i32; LANES]>(sum) };
        *out = sum;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(count: usize, seed: usize) -> Vec<f32> {
        let value = |i: usize| {
            ((i as u32).wrapping_mul(2_654_435_761).wrapping_add(seed as u32 * 977) % 2001) as f32 / 1000.0
                - 1.0
        };
        (0..count).map(value).collect()
    }

    /// The layer with one row, in floats, and what rounding may have cost.
    fn plain(w: &[f32], bias: &[f32], row: &[f32]) -> Vec<(f32, f32)> {
        let peak = |of: &[f32]| of.iter().fold(0.0f32, |most, v| most.max(v.abs()));
        w.chunks_exact(row.len())
            .zip(bias)
            .map(|(column, bias)| {
                let sum: f32 = column.iter().zip(row).map(|(a, b)| a * b).sum();
                (bias + sum, row.len() as f32 * peak(column) * peak(row) * 2e-4 + 1e-6)
            })
            .collect()
    }

    type Way = fn(&Dense, &Rows, &[Place], bool, &mut [f32]);

    /// Every way to compute a tile that this processor has.
    fn ways() -> Vec<Way> {
        let mut ways: Vec<Way> = vec![tile::<Plain, ROWS>];
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            #[expect(unsafe_code, reason = "the call is sound: the processor was just seen to have AVX2")]
            // SAFETY: `tile_avx2` needs nothing but AVX2, which was detected above.
            ways.push(|layer, x, places, fresh, out| unsafe { tile_avx2(layer, x, places, fresh, out) });
        }
        ways.push(run);
        ways
    }

    proptest! {
        #[test]
        fn a_layer_is_rows_times_weights_plus_bias(rows in 1usize..60, inputs in 1usize..40, outputs in 1usize..40, seed in 0usize..1000) {
            let w = values(inputs * outputs, seed);
            let bias = values(outputs, seed + 7);
            let x = values(rows * inputs, seed + 31);
            let layer = Dense::new(&w, &bias, inputs, outputs);
            let (mut taken, mut out) = (Rows::default(), Vec::new());
            taken.take(&x, inputs);
            layer.apply(&taken, &mut out);
            for (out, x) in out.chunks_exact(layer.stride()).zip(x.chunks_exact(inputs)) {
                for (out, (wanted, margin)) in out.iter().zip(plain(&w, &bias, x)) {
                    prop_assert!((out - wanted).abs() <= margin, "{out} for {wanted}");
                }
            }
        }

        #[test]
        fn any_processor_and_any_company_give_the_same_bits(rows in 1usize..60, inputs in 1usize..90, seed in 0usize..1000) {
            let layer = Dense::new(&values(inputs * 24, seed), &values(24, seed + 7), inputs, 24);
            let x = values(rows * inputs, seed + 31);
            let (mut taken, mut out) = (Rows::default(), Vec::new());
            taken.take(&x, inputs);
            layer.apply(&taken, &mut out);
            let places: Vec<Place> = (0..rows).map(|row| (row, row)).collect();
            for way in ways() {
                let mut told = vec![0.0; out.len()];
                way(&layer, &taken, &places, true, &mut told);
                prop_assert_eq!(&out, &told);
            }
            let (mut one, mut alone) = (Rows::default(), Vec::new());
            one.take(&x[..inputs], inputs);
            layer.apply(&one, &mut alone);
            prop_assert_eq!(&out[..layer.stride()], &alone[..]);
        }
    }

    #[test]
    fn rows_are_added_where_they_belong() {
        let layer = Dense::new(&[1.0, 2.0], &[9.0], 2, 1);
        let mut x = Rows::default();
        x.take(&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0], 2);
        let mut out = vec![0.0; 3 * layer.stride()];
        layer.add(&x, [(0, 2), (1, 0), (2, 0)].into_iter(), &mut out);
        let told: Vec<f32> = out.iter().step_by(layer.stride()).map(|v| v.round()).collect();
        assert_eq!(told, [5.0, 0.0, 1.0]);
    }

    #[test]
    fn the_largest_sum_stays_within_32_bits() {
        let cases = [(160, [1.0, -1.0]), (480, [1.0, 0.25]), (4096, [-1e-30, 1e-31]), (1, [3e38, 0.0])];
        for (inputs, weights) in cases {
            let column: Vec<f32> = (0..inputs).map(|i| weights[i % 2]).collect();
            let layer = Dense::new(&column, &[], inputs, 1);
            let weights = layer.weights.iter().flat_map(|pairs| pairs.0[0]);
            let most: i64 = weights.clone().map(|w| i64::from(w.unsigned_abs()) * i64::from(MOST)).sum();
            assert!(most <= i64::from(i32::MAX), "{inputs} inputs");
            assert!(most > i64::from(i32::MAX) / 10 * 8 || inputs == 1, "{inputs} inputs use the room");
            // the worst row: all elements as large as can be, each with its weight's sign
            let worst: Vec<i16> = weights.map(|w| w.signum() * MOST).collect();
            let sums = Plain::sums(&layer.weights, [worst.as_chunks().0]);
            assert_eq!(i64::from(sums[0][0]), most);
        }
    }

    #[test]
    fn a_column_without_numbers_counts_as_zeros() {
        let odd = [f32::NAN, 1.0, f32::INFINITY, 1.0, 0.0, 0.0];
        let layer = Dense::new(&odd, &[1.0, 2.0, 3.0], 2, 3);
        let (mut x, mut out) = (Rows::default(), Vec::new());
        x.take(&[1.0, 1.0], 2);
        layer.apply(&x, &mut out);
        assert_eq!(out[..3], [1.0, 2.0, 3.0]);
    }
}
