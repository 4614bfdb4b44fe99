//! The filler of an earlier claim beside an act: whether it fills a slot again.

use holdfire_model::net::{Dense, NetError, Parts};

use super::{add, apply, last, row};
use crate::features::Carried;
use crate::told::BACK;

/// Actor, target and place.
const ROLES: usize = 3;
/// Whether what is carried is of a claim of the same kind, of the same sentence, for an act that is told of as known.
const FLAGS: usize = 8;

/// Layers that score the filler of an earlier claim for an act.
#[derive(Debug)]
pub struct Earlier {
    act: Dense,
    filler: Dense,
    claim: Dense,
    /// Rows for each role with the flags of what is carried.
    flags: Vec<f32>,
    /// Rows for each role with how many claims back.
    back: Vec<f32>,
    out: Dense,
}

impl Earlier {
    /// Of a file of weights, for words of width `d` and hidden rows of width `p`.
    ///
    /// # Errors
    /// [`NetError`] where a part is missing.
    pub fn open(file: &Parts<'_>, d: usize, p: usize) -> Result<Self, NetError> {
        Ok(Self {
            act: file.dense("earlier.act", d, p)?,
            filler: file.weights("earlier.filler", d, p)?,
            claim: file.weights("earlier.claim", d, p)?,
            flags: file.floats("earlier.flags", &[ROLES * FLAGS, p])?,
            back: file.floats("earlier.back", &[ROLES * BACK, p])?,
            out: file.weights("earlier.out", p, ROLES)?,
        })
    }

    /// The act whose row is `x`, as what is carried is scored against it.
    pub fn acting(&self, x: &[f32]) -> Vec<f32> {
        apply(&self.act, x)
    }

    /// What to add to the score of what is carried; `there` are the rows of the earlier claim's sentence.
    pub fn score(&self, acting: &[f32], carried: &Carried, same_kind: bool, there: Option<&[f32]>) -> f32 {
        let (role, d) = (carried.role as usize, self.claim.inputs);
        let mut x = acting[..self.out.inputs].to_vec();
        if let Some(rows) = there {
            let mut m = apply(&self.claim, row(rows, d, carried.act.1));
            if let Some(head) = carried.head {
                let filler = apply(&self.filler, row(rows, d, head));
                m.iter_mut().zip(filler).for_each(|(m, f)| *m += f);
            }
            x.iter_mut().zip(m).for_each(|(x, m)| *x += m + *x * m);
        }
        let flags = [same_kind, carried.sentences == 0, carried.definite];
        let flags = flags.iter().fold(0, |all, flag| all * 2 + usize::from(*flag));
        add(&mut x, &self.flags, role * FLAGS + flags);
        add(&mut x, &self.back, role * BACK + carried.back as usize);
        last(&self.out, &mut x)[role]
    }
}
