//! A mention beside an act: how well it fits as source, or in a role.

use holdfire_model::net::{Dense, NetError, Parts};

use super::{apply, last, row};
use crate::stand::{BARE_WAYS, FUNCTIONS, Stand, WAYS};

/// Sorts of mention, each plain and as a modifier.
const SORTS: usize = 24;
/// Classes of distance.
const NEAR: usize = 17;

/// Layers that score a mention for an act.
#[derive(Debug)]
pub struct Pairs {
    act: Dense,
    mention: Dense,
    /// Rows for way, bare way, function, sort and distance, one table behind the other.
    tables: Vec<i8>,
    scales: Vec<f32>,
    out: Dense,
}

impl Pairs {
    /// The pairs of this name in a file of weights, for words of width `d` and hidden rows of width `p`.
    ///
    /// # Errors
    /// [`NetError`] where a part is missing.
    pub fn open(file: &Parts<'_>, name: &str, d: usize, p: usize, outputs: usize) -> Result<Self, NetError> {
        let rows = WAYS as usize + BARE_WAYS as usize + FUNCTIONS as usize + SORTS + NEAR;
        Ok(Self {
            act: file.dense(&format!("{name}.act"), d, p)?,
            mention: file.weights(&format!("{name}.mention"), d, p)?,
            tables: file.bytes(&format!("{name}.tables"), &[rows, p])?,
            scales: file.floats(&format!("{name}.scales"), &[rows])?,
            out: file.weights(&format!("{name}.out"), p, outputs)?,
        })
    }

    /// The act whose row is `x`, as mentions are scored against it.
    pub fn acting(&self, x: &[f32]) -> Vec<f32> {
        apply(&self.act, x)
    }

    /// A sentence's words, as mentions beside an act.
    pub fn mentions(&self, rows: &[f32]) -> Vec<f32> {
        apply(&self.mention, rows)
    }

    /// Adds a pair's hidden row: how the mention stands and the sentence's [`Pairs::mentions`], where there is a mention.
    pub fn push(&self, acting: &[f32], seen: Option<(&Stand, &[f32])>, out: &mut Vec<f32>) {
        let (p, from) = (self.out.inputs, out.len());
        out.extend_from_slice(&acting[..p]);
        let x = &mut out[from..];
        if let Some((stand, mentions)) = seen {
            for (x, m) in x.iter_mut().zip(row(mentions, p, stand.head as usize)) {
                *x += m + *x * m;
            }
        }
        let of = |f: fn(&Stand) -> u32| seen.map_or(0, |(stand, _)| f(stand));
        let mut first = 0;
        for (at, rows) in [
            (of(|s| s.way), WAYS),
            (of(|s| s.bare), BARE_WAYS),
            (of(|s| s.function), FUNCTIONS),
            (of(|s| s.sort), SORTS as u32),
            (of(|s| s.near), NEAR as u32),
        ] {
            let at = (first + at) as usize;
            for (x, w) in x.iter_mut().zip(&self.tables[at * p..(at + 1) * p]) {
                *x += f32::from(*w) * self.scales[at];
            }
            first += rows;
        }
    }

    /// The scores of hidden rows.
    pub fn scores(&self, hidden: &mut [f32]) -> Vec<f32> {
        last(&self.out, hidden)
    }
}
