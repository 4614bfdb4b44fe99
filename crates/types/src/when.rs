//! Days of an act, with precision.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::codes;

codes! {
    /// How exactly a day is known (UCDP GED `date_prec` and ACLED `time_precision` follow from it).
    DayPrecision {
        /// The day.
        Day = "day",
        /// Two to six days.
        Days = "days",
        /// A week.
        Week = "week",
        /// A month.
        Month = "month",
        /// A year or more, or one end open.
        Year = "year",
    }
}

/// First and last day of an act, as far as text and publication day settle them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Days {
    /// First day, itself included.
    pub from: Option<Date>,
    /// Last day, itself included.
    pub to: Option<Date>,
}

impl Days {
    /// One day.
    pub fn on(day: Date) -> Self {
        Self { from: Some(day), to: Some(day) }
    }

    /// From one day to another, both included.
    pub fn between(from: Date, to: Date) -> Self {
        Self { from: Some(from), to: Some(to) }
    }

    /// How exact this is. An open end counts as a year.
    pub fn precision(self) -> DayPrecision {
        let (Some(from), Some(to)) = (self.from, self.to) else { return DayPrecision::Year };
        match (to - from).get_days() {
            ..=0 => DayPrecision::Day,
            1..=5 => DayPrecision::Days,
            6..=7 => DayPrecision::Week,
            8..=31 => DayPrecision::Month,
            _ => DayPrecision::Year,
        }
    }

    /// True when the two can speak of one day.
    pub fn meets(self, other: Self) -> bool {
        let starts_before_end = |a: Self, b: Self| match (a.from, b.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}
