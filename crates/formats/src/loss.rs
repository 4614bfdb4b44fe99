//! What an export could not carry. Every export comes with one: what is not told is not noticed.

use serde::Serialize;

/// One thing that a form has no room for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// What was left out or flattened, in plain words.
    pub what: String,
    /// How often.
    pub count: usize,
}

/// What an export carried and what it could not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LossReport {
    /// Rows or features written.
    pub written: usize,
    /// What was lost, in the order first met.
    pub losses: Vec<Loss>,
}

impl LossReport {
    /// Counts `count` more losses of a sort.
    pub fn lost(&mut self, what: &str, count: usize) {
        if count == 0 {
            return;
        }
        match self.losses.iter_mut().find(|loss| loss.what == what) {
            Some(loss) => loss.count += count,
            None => self.losses.push(Loss { what: what.to_owned(), count }),
        }
    }
}
