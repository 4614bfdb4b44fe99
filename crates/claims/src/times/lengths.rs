//! Lengths of time: as TimeML writes them, and the days that they reach from the day of publication.

use holdfire_types::Days;
use jiff::civil::Date;

use super::calendar;
use super::grammar::Much;
use super::lexicon::Unit;

/// How many a vague number of units is taken to be.
const SOME: f64 = 3.0;

/// The days that lie a length away from publication.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reach {
    /// So long before, as exactly as the length says.
    pub ago: Days,
    /// So long after.
    pub hence: Days,
    /// From so long before up to publication.
    pub back: Days,
    /// From publication on until so long after.
    pub forth: Days,
}

/// A length as TimeML writes it.
pub fn length(much: Much, unit: Unit) -> String {
    let (n, letter, clock) = match (much, unit) {
        (Much::N(n), Unit::Decade) => (Some(n * 10.0), "Y", false),
        (Much::N(n), Unit::Century) => (Some(n * 100.0), "Y", false),
        (Much::Some, Unit::Decade) => (None, "DE", false),
        (Much::Some, Unit::Century) => (None, "CE", false),
        (m, u) => {
            let letter = match u {
                Unit::Second => "S",
                Unit::Hour => "H",
                Unit::Day => "D",
                Unit::Weekend => "WE",
                Unit::Week => "W",
                Unit::Minute | Unit::Month => "M",
                Unit::Quarter => "Q",
                _ => "Y",
            };
            (if let Much::N(n) = m { Some(n) } else { None }, letter, u <= Unit::Hour)
        }
    };
    // half an hour more is minutes
    if let (Some(hours), Unit::Hour) = (n, unit)
        && (hours.fract() - 0.5).abs() < f64::EPSILON
    {
        return if hours < 1.0 { "PT30M".to_owned() } else { format!("PT{:.0}H30M", hours.floor()) };
    }
    let n = n.map_or("X".to_owned(), |n| if n.fract() == 0.0 { format!("{n:.0}") } else { n.to_string() });
    format!("P{}{n}{letter}", if clock { "T" } else { "" })
}

fn count(much: Much) -> f64 {
    match much {
        Much::N(n) => n,
        Much::Some => SOME,
    }
}

/// The days from publication back, or on, over a length.
pub fn window(published: Date, much: Much, unit: Unit, back: bool) -> Option<Days> {
    let n = count(much).min(5000.0);
    let sign = if back { -1 } else { 1 };
    let other = match unit {
        Unit::Second | Unit::Minute => published,
        // 24 hours reach into the day before
        Unit::Hour => calendar::shift(published, sign * (n / 24.0).ceil() as i64)?,
        Unit::Day => calendar::shift(published, sign * n.ceil() as i64)?,
        Unit::Weekend | Unit::Week => calendar::shift(published, sign * (n * 7.0) as i64)?,
        Unit::Month => calendar::shift_months(published, sign * n as i64)?,
        Unit::Quarter => calendar::shift_months(published, sign * (n * 3.0) as i64)?,
        Unit::Year => calendar::shift_months(published, sign * (n * 12.0) as i64)?,
        Unit::Decade => calendar::shift_months(published, sign * (n * 120.0) as i64)?,
        Unit::Century => calendar::shift_months(published, sign * (n * 1200.0) as i64)?,
    };
    Some(if back { Days::between(other, published) } else { Days::between(published, other) })
}

/// The days that lie so far from publication: a whole month for months, a whole year for years.
pub fn reach(published: Date, much: Much, unit: Unit) -> Option<Reach> {
    let back = window(published, much, unit, true)?;
    let spread = |day: Date| match unit {
        Unit::Month | Unit::Quarter => calendar::month(i32::from(day.year()), day.month() as u8),
        Unit::Year | Unit::Decade | Unit::Century => calendar::year(i32::from(day.year())),
        Unit::Hour | Unit::Minute | Unit::Second => Some(Days::on(published)),
        _ => Some(Days::on(day)),
    };
    let ago = spread(back.from?)?;
    let forth = window(published, much, unit, false)?;
    Some(Reach { ago, hence: spread(forth.to?)?, back, forth })
}
