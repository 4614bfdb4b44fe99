//! A measured figure, and the committed table of them.
//!
//! - [`Row`]: one figure of one set.
//! - [`merge`]: a new run's rows laid over the table's; sets that were not measured keep theirs.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The data it was measured on (`ud/ewt-dev`).
    pub set: &'static str,
    /// What was measured (`given LAS`).
    pub measure: String,
    /// The figure; scores lie between 0 and 1.
    pub value: f64,
    /// How many gold items it rests on.
    pub n: usize,
    /// `F1`, `accuracy`, ...
    pub unit: &'static str,
}

impl Row {
    /// A figure of `set`.
    pub fn new(
        set: &'static str,
        measure: impl Into<String>,
        value: f64,
        n: usize,
        unit: &'static str,
    ) -> Self {
        Self { set, measure: measure.into(), value, n, unit }
    }

    fn line(&self) -> String {
        let measure = self.measure.replace(',', ";");
        format!("{},{measure},{:.4},{},{}", self.set, self.value, self.n, self.unit)
    }
}

const HEAD: &str = "set,measure,value,n,unit";

/// The table's text with `rows` in it: every set that was measured is replaced whole, the others stay. Sorted.
pub fn merge(table: &str, rows: &[Row]) -> String {
    let measured: BTreeSet<&str> = rows.iter().map(|r| r.set).collect();
    let kept = table
        .lines()
        .filter(|line| !line.is_empty() && *line != HEAD)
        .filter(|line| !measured.contains(line.split(',').next().unwrap_or("")));
    let lines: BTreeSet<String> = kept.map(str::to_owned).chain(rows.iter().map(Row::line)).collect();
    let mut out = format!("{HEAD}\n");
    for line in lines {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// Hits against what was found and what was there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Right.
    pub right: usize,
    /// Found by us.
    pub found: usize,
    /// In the gold data.
    pub gold: usize,
}

impl Count {
    /// Counts one more of each that holds.
    pub fn add(&mut self, right: usize, found: usize, gold: usize) {
        self.right += right;
        self.found += found;
        self.gold += gold;
    }

    /// Harmonic mean of precision and recall; 0 where nothing was there or found.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }

    /// Right among what we found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// Right among what was there.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The F1 as a row.
    pub fn row(self, set: &'static str, measure: impl Into<String>) -> Row {
        Row::new(set, measure, self.f1(), self.gold, "F1")
    }
}

/// `part` of `whole`; 0 of nothing.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_run_replaces_only_the_sets_it_measured() {
        let before = "set,measure,value,n,unit\nb,old,0.1000,3,F1\nc,kept,0.5000,4,F1\n";
        let after =
            merge(before, &[Row::new("b", "new, too", 0.25, 7, "F1"), Row::new("a", "x", 1.0, 1, "F1")]);
        assert_eq!(
            after,
            "set,measure,value,n,unit\na,x,1.0000,1,F1\nb,new; too,0.2500,7,F1\nc,kept,0.5000,4,F1\n"
        );
        assert_eq!(merge(&after, &[]), after);
    }

    #[test]
    fn f1_of_nothing_is_nought() {
        assert_eq!(Count::default().f1().to_bits(), 0f64.to_bits());
        assert!((Count { right: 1, found: 2, gold: 4 }.f1() - 1.0 / 3.0).abs() < 1e-12);
    }
}
