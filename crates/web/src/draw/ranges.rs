//! Ranges: what each source counts of one thing, as lines on one scale. Open ends are drawn open.

use holdfire_record::{FigureAccounts, Interval};

use super::px;

/// The accounts of one count on a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranges {
    /// One line an account.
    pub lines: Vec<Line>,
    /// Where the scale ends.
    pub top: u64,
    /// Where every account can be true, if anywhere.
    pub agreed: Option<(String, String)>,
}

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Left end.
    pub from: String,
    /// Right end.
    pub to: String,
    /// True when the left end is a bound that was told.
    pub closed_left: bool,
    /// The same for the right end.
    pub closed_right: bool,
}

/// Where the scale begins and ends, of a drawing 100 wide.
const LEFT: f64 = 3.0;
const RIGHT: f64 = 97.0;

/// Lays out the accounts of one count.
pub fn ranges(figure: &FigureAccounts) -> Ranges {
    let numbers = figure.accounts.iter().flat_map(|a| [a.count.min, a.count.max]).flatten();
    let top = nice(numbers.max().unwrap_or(1).max(1));
    let x = |n: u64| LEFT + (RIGHT - LEFT) * (n as f64 / top as f64).min(1.0);
    let line = |i: Interval| Line {
        from: px(x(i.low())),
        to: px(i.max.map_or(RIGHT, &x)),
        closed_left: i.min.is_some(),
        closed_right: i.max.is_some(),
    };
    let agreed = figure.agreed.filter(|_| figure.accounts.len() > 1);
    Ranges {
        lines: figure.accounts.iter().map(|a| line(a.count)).collect(),
        top,
        agreed: agreed.map(|i| (px(x(i.low())), px(i.max.map_or(RIGHT, &x)))),
    }
}

/// The next number up that is easy to halve.
fn nice(n: u64) -> u64 {
    let mut power = 1_u64;
    while power.saturating_mul(10) < n {
        power = power.saturating_mul(10);
    }
    [2, 4, 6, 8, 10].into_iter().map(|k| power.saturating_mul(k)).find(|top| *top >= n).unwrap_or(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_ends_at_an_easy_number() {
        for (n, top) in [(1, 2), (15, 20), (43, 60), (101, 200), (930_250, 1_000_000)] {
            assert_eq!(nice(n), top, "{n}");
        }
    }
}
