//! Days, weeks, months and seasons of the calendar.

use jiff::Span;
use jiff::civil::Date;

use holdfire_types::Days;

/// `year-month-day` where there is such a day.
pub fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
}

/// `from` moved by whole days.
pub fn shift(from: Date, days: i64) -> Option<Date> {
    from.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `from` moved by whole months, the day kept where it can be.
pub fn shift_months(from: Date, months: i64) -> Option<Date> {
    from.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// All days of a month.
pub fn month(year: i32, month: u8) -> Option<Days> {
    let first = day(year, month, 1)?;
    Some(Days::between(first, first.last_of_month()))
}

/// All days of a year.
pub fn year(year: i32) -> Option<Days> {
    Some(Days::between(day(year, 1, 1)?, day(year, 12, 31)?))
}

/// Monday to Sunday of the week of `of`.
pub fn week(of: Date) -> Option<Days> {
    let monday = shift(of, -i64::from(of.weekday().to_monday_zero_offset()))?;
    Some(Days::between(monday, shift(monday, 6)?))
}

/// ISO year and week of `of`, as TimeML writes them ("2017-W07").
pub fn week_value(of: Date) -> String {
    let iso = of.iso_week_date();
    format!("{:04}-W{:02}", iso.year(), iso.week())
}

/// Seasons in TimeML's letters, with the months they are reckoned as (north of the equator).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February.
    Winter,
}

impl Season {
    /// TimeML's letters.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    /// First month.
    pub const fn first_month(self) -> u8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }

    /// Its days in `year`; winter runs into the next.
    pub fn days(self, year: i32) -> Option<Days> {
        let first = day(year, self.first_month(), 1)?;
        Some(Days::between(first, shift_months(first, 2)?.last_of_month()))
    }
}

/// Easter Sunday (Gregorian, by the Meeus/Jones/Butcher rule).
pub fn easter(year: i32) -> Option<Date> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let count = epact + sunday - 7 * late + 114;
    day(year, (count / 31) as u8, (count % 31 + 1) as u8)
}

/// The `nth` weekday (0 Monday) of a month; 0 counts from its end.
pub fn nth_weekday(year: i32, month: u8, weekday: i64, nth: i64) -> Option<Date> {
    let first = day(year, month, 1)?;
    if nth == 0 {
        let last = first.last_of_month();
        return shift(last, -(i64::from(last.weekday().to_monday_zero_offset()) - weekday).rem_euclid(7));
    }
    shift(first, (weekday - i64::from(first.weekday().to_monday_zero_offset())).rem_euclid(7) + 7 * (nth - 1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let days = week(date(2017, 2, 16)).expect("in range");
        assert_eq!((days.from, days.to), (Some(date(2017, 2, 13)), Some(date(2017, 2, 19))));
        assert_eq!(week_value(date(2017, 2, 16)), "2017-W07");
    }

    #[test]
    fn winter_runs_into_the_next_year() {
        let days = Season::Winter.days(2015).expect("in range");
        assert_eq!((days.from, days.to), (Some(date(2015, 12, 1)), Some(date(2016, 2, 29))));
    }

    #[test]
    fn moving_feasts_fall_where_they_fell() {
        assert_eq!(easter(2016), Some(date(2016, 3, 27)));
        assert_eq!(nth_weekday(2016, 11, 3, 4), Some(date(2016, 11, 24)));
        assert_eq!(nth_weekday(2016, 5, 0, 0), Some(date(2016, 5, 30)));
    }
}
