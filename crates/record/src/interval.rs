//! Intervals: what one count, or several accounts of one count, allow.
//!
//! An [`Interval`] has a lower and an upper bound, each of which may be open. Nothing here adds the counts of two
//! sources: [`union_bounds`] is the only way to speak of two lists at once, and it gives bounds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A count between two bounds, both included; an absent bound is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// At least this many.
    pub min: Option<u64>,
    /// At most this many.
    pub max: Option<u64>,
}

impl Interval {
    /// Exactly `n`.
    pub fn exactly(n: u64) -> Self {
        Self { min: Some(n), max: Some(n) }
    }

    /// From `min` to `max`.
    pub fn new(min: Option<u64>, max: Option<u64>) -> Self {
        Self { min, max }
    }

    /// The lower bound, 0 where it is open: a count is never negative.
    pub fn low(self) -> u64 {
        self.min.unwrap_or(0)
    }

    /// True when nothing is known.
    pub fn is_open(self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// True when one number can satisfy both.
    pub fn meets(self, other: Self) -> bool {
        self.max.is_none_or(|max| other.low() <= max) && other.max.is_none_or(|max| self.low() <= max)
    }

    /// The smallest interval that holds both: what two accounts of one count allow together.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { min: Some(self.low().min(other.low())), max: self.max.zip(other.max).map(|(a, b)| a.max(b)) }
    }

    /// What satisfies both, if anything does.
    pub fn both(self, other: Self) -> Option<Self> {
        self.meets(other).then(|| Self {
            min: self.min.max(other.min),
            max: match (self.max, other.max) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        })
    }

    /// The sum of two counts of disjoint things by one source. Never used across sources.
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            min: Some(self.low().saturating_add(other.low())),
            max: self.max.zip(other.max).map(|(a, b)| a.saturating_add(b)),
        }
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = match (self.min, self.max) {
            (Some(a), Some(b)) if a == b => a.to_string(),
            (Some(a), Some(b)) => format!("{a} to {b}"),
            (Some(a), None) => format!("at least {a}"),
            (None, Some(b)) => format!("at most {b}"),
            (None, None) => "not known".to_owned(),
        };
        f.pad(&text)
    }
}

/// One list of like things: its total, and its parts by place where they are given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlacedCounts {
    /// The total as told.
    pub total: Option<Interval>,
    /// Counts by place (province).
    pub by_place: BTreeMap<String, Interval>,
}

impl PlacedCounts {
    /// The total as told, else what the parts come to, else open.
    pub fn sum(&self) -> Interval {
        self.total
            .unwrap_or_else(|| self.by_place.values().copied().reduce(Interval::plus).unwrap_or_default())
    }
}

/// How many distinct things two or more lists can hold together: at least the largest of any list, place by place
/// where places are given, and at most all of them.
///
/// Assumes that no list holds one thing twice. The Venn bound max(a, b) <= union <= a + b, applied to each province
/// and then summed, since one thing lies in one province.
pub fn union_bounds(lists: &[PlacedCounts]) -> Interval {
    let largest_total = lists.iter().map(|l| l.sum().low()).max().unwrap_or(0);
    let places: std::collections::BTreeSet<&String> = lists.iter().flat_map(|l| l.by_place.keys()).collect();
    let by_place: u64 = places
        .into_iter()
        .map(|place| lists.iter().filter_map(|l| l.by_place.get(place)).map(|i| i.low()).max().unwrap_or(0))
        .fold(0, u64::saturating_add);
    // Both hold whatever is left unplaced: one thing lies in one place, and a list lies within the union.
    let min = by_place.max(largest_total);
    let max = lists.iter().map(PlacedCounts::sum).reduce(Interval::plus).and_then(|i| i.max);
    Interval { min: Some(min), max }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(parts: &[(&str, u64)]) -> PlacedCounts {
        PlacedCounts {
            total: Some(Interval::exactly(parts.iter().map(|p| p.1).sum())),
            by_place: parts.iter().map(|(p, n)| ((*p).to_owned(), Interval::exactly(*n))).collect(),
        }
    }

    #[test]
    fn two_lists_of_seven_may_lie_between_twenty_six_and_thirty_three() {
        let russian = list(&[("Damascus", 10), ("Latakia", 3), ("Daraa", 3), ("Hama", 2)]);
        let turkish = list(&[("Damascus", 2), ("Daraa", 3), ("Hama", 7), ("Homs", 3)]);
        assert_eq!(union_bounds(&[russian, turkish]), Interval::new(Some(26), Some(33)));
    }

    #[test]
    fn totals_without_places_give_the_larger_and_the_sum() {
        let of = |n| PlacedCounts { total: Some(Interval::exactly(n)), ..PlacedCounts::default() };
        assert_eq!(union_bounds(&[of(4), of(6)]), Interval::new(Some(6), Some(10)));
        assert_eq!(union_bounds(&[of(0), of(5)]), Interval::exactly(5));
    }

    #[test]
    fn a_list_whose_places_are_not_counted_is_bounded_by_its_total() {
        let split = list(&[("Idlib", 1)]);
        let unsplit = PlacedCounts { total: Some(Interval::exactly(2)), ..PlacedCounts::default() };
        assert_eq!(union_bounds(&[split, unsplit]), Interval::new(Some(2), Some(3)));
    }

    #[test]
    fn an_open_end_stays_open() {
        let at_least = PlacedCounts { total: Some(Interval::new(Some(5), None)), ..PlacedCounts::default() };
        assert_eq!(union_bounds(&[at_least, list(&[("Homs", 1)])]), Interval::new(Some(5), None));
        assert_eq!(Interval::new(Some(5), None).to_string(), "at least 5");
    }

    proptest! {
        /// Draw the things themselves, let two sides list some of each: the bound holds the truth.
        #[test]
        fn the_true_number_lies_within_the_bounds(things in prop::collection::vec((0_u8..4, any::<bool>(), any::<bool>()), 0..60)) {
            let listed = |by: fn(&(u8, bool, bool)) -> bool| {
                let mut parts = BTreeMap::new();
                for thing in things.iter().filter(|t| by(t)) {
                    *parts.entry(thing.0.to_string()).or_insert(0_u64) += 1;
                }
                PlacedCounts {
                    total: None,
                    by_place: parts.into_iter().map(|(p, n)| (p, Interval::exactly(n))).collect(),
                }
            };
            let mut lists = vec![listed(|t| t.1), listed(|t| t.2)];
            lists.retain(|l| !l.by_place.is_empty());
            let truth = things.iter().filter(|t| t.1 || t.2).count() as u64;
            if !lists.is_empty() {
                let bounds = union_bounds(&lists);
                prop_assert!(bounds.low() <= truth && bounds.max.is_some_and(|m| truth <= m), "{bounds} {truth}");
            }
        }

        #[test]
        fn what_satisfies_both_lies_within_the_hull(a in 0_u64..50, b in 0_u64..50, c in 0_u64..50, d in 0_u64..50) {
            let one = Interval::new(Some(a.min(b)), Some(a.max(b)));
            let two = Interval::new(Some(c.min(d)), Some(c.max(d)));
            let hull = one.hull(two);
            prop_assert_eq!(one.both(two).is_some(), one.meets(two));
            if let Some(both) = one.both(two) {
                prop_assert!(hull.low() <= both.low() && both.max <= hull.max);
            }
        }
    }
}
