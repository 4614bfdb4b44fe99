//! Trend: whether incidents in scope grew more or fewer within a window.

use serde::Serialize;

use crate::standing::DayCell;

/// The two halves of a window compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Trend {
    /// What can be said.
    pub direction: Direction,
    /// Incidents in scope in the first half, and days of it with reports.
    pub before: (u64, u64),
    /// The same for the second half.
    pub after: (u64, u64),
    /// Probability of a split at least this uneven if the rate had not changed.
    pub p: f64,
    /// In plain words.
    pub text: String,
}

/// The direction of a trend.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More a day.
    Rising,
    /// Fewer a day.
    Falling,
    /// The difference may be chance.
    #[default]
    Level,
    /// Too few days with reports.
    Unknown,
}

/// Days with reports that each half needs.
const LEAST_DAYS: u64 = 2;
/// Above this probability a difference may be chance.
const CHANCE: f64 = 0.05;

/// Compares the halves by incidents for each day with reports. The test is exact: given the sum, the first half's
/// count is binomial with the first half's share of such days (Przyborowski and Wilenski 1940).
pub(crate) fn trend(days: &[DayCell]) -> Trend {
    let (first, second) = days.split_at(days.len() / 2);
    let half = |days: &[DayCell]| {
        let incidents: u64 = days.iter().map(|d| d.incidents.within.value).sum();
        (incidents, days.iter().filter(|d| !d.blank).count() as u64)
    };
    let (before, after) = (half(first), half(second));
    if before.1 < LEAST_DAYS || after.1 < LEAST_DAYS {
        let text = "too few days with reports to tell a trend".to_owned();
        return Trend { direction: Direction::Unknown, before, after, p: 1.0, text };
    }
    let share = before.1 as f64 / (before.1 + after.1) as f64;
    let p = two_sided(before.0, before.0 + after.0, share);
    let rate = |(n, days): (u64, u64)| n as f64 / days as f64;
    let direction = match () {
        () if p > CHANCE => Direction::Level,
        () if rate(after) > rate(before) => Direction::Rising,
        () => Direction::Falling,
    };
    let word = match direction {
        Direction::Rising => "more than before",
        Direction::Falling => "fewer than before",
        _ => "no clear change",
    };
    let text = format!(
        "{word}: {} incidents in scope on {} days with reports, then {} on {}",
        before.0, before.1, after.0, after.1
    );
    Trend { direction, before, after, p, text }
}

/// Probability of an outcome no likelier than `k` of `n` at `share`.
fn two_sided(k: u64, n: u64, share: f64) -> f64 {
    // Logarithms of the factorials up to n, so that each term is one sum.
    let mut log = vec![0.0; n as usize + 1];
    for i in 1..log.len() {
        log[i] = log[i - 1] + (i as f64).ln();
    }
    let n = n as usize;
    let term =
        |k: usize| log[n] - log[k] - log[n - k] + k as f64 * share.ln() + (n - k) as f64 * (1.0 - share).ln();
    let limit = term(k as usize) + 1e-9;
    (0..=n).map(term).filter(|t| *t <= limit).map(f64::exp).sum::<f64>().min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_agrees_with_counting_coins() {
        // Five heads of five, or none: 2 of 32.
        assert!((two_sided(5, 5, 0.5) - 2.0 / 32.0).abs() < 1e-12);
        assert!((two_sided(2, 4, 0.5) - 1.0).abs() < 1e-9);
        assert!(two_sided(0, 20_000, 0.5) < 1e-9);
    }
}
