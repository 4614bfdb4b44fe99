//! The day strip: a column a day, or a longer stretch where there are many days, with incidents by verdict and with
//! the days that nothing was read of.

use holdfire_record::{ByScope, DayCell};
use jiff::civil::Date;

use super::px;
use crate::words;

/// The strip, laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Strip {
    /// Width of the drawing.
    pub width: String,
    /// Width with the numbers beside it.
    pub view_width: String,
    /// Where columns stand.
    pub base: String,
    /// Days to a column.
    pub step: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// Lines for a number of incidents.
    pub grid: Vec<(String, String)>,
    /// Names of months or days below, with where they begin.
    pub ticks: Vec<(String, String)>,
}

/// A day, or a few.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Left edge.
    pub x: String,
    /// Width.
    pub width: String,
    /// First day, as in an address.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// What is drawn, in words.
    pub told: String,
    /// Height of the hatching for days without a report; none where there were reports on every day.
    pub blank: Option<Blank>,
    /// Incidents, from the ground up.
    pub bars: Vec<Bar>,
}

/// Days of a column without a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blank {
    /// True when it is every one of them.
    pub whole: bool,
    /// Left edge: without a gap, so that blank days side by side are one stretch.
    pub x: String,
    /// Width.
    pub width: String,
}

/// Incidents of one verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The verdict.
    pub verdict: &'static str,
    /// Upper edge.
    pub y: String,
    /// Height.
    pub height: String,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 132.0;
/// Height of the tallest column, below the room for its number.
const TALL: f64 = 118.0;
/// Columns that can be told apart.
const MOST: usize = 150;

/// Lays out the days of a window.
pub fn strip(days: &[DayCell]) -> Strip {
    let step = match days.len() {
        0..=MOST => 1,
        n if n <= MOST * 7 => 7,
        n => n.div_ceil(MOST),
    };
    let groups: Vec<&[DayCell]> = days.chunks(step).collect();
    let pitch = (WIDTH / groups.len().max(1) as f64).min(80.0);
    let gap = (pitch * 0.18).clamp(0.5, 6.0);
    let most = groups.iter().map(|g| g.iter().map(|d| total(&d.incidents)).sum::<u64>()).max().unwrap_or(0);
    let unit = (TALL / most.max(1) as f64).min(22.0);
    let columns =
        groups.iter().enumerate().map(|(n, group)| column(group, n as f64 * pitch, pitch, gap, unit));
    let grid = grid(most).into_iter().map(|n| (px(HEIGHT - n as f64 * unit), words::number(n))).collect();
    let wide = groups.len() as f64 * pitch;
    Strip {
        width: px(wide),
        view_width: px(wide.max(320.0) + 40.0),
        base: px(HEIGHT),
        step,
        columns: columns.collect(),
        grid,
        ticks: ticks(&groups, pitch),
    }
}

fn total(incidents: &ByScope) -> u64 {
    by_verdict(incidents).iter().map(|(_, n)| n).sum()
}

/// From the gravest up, in the order of the legend.
fn by_verdict(i: &ByScope) -> [(&'static str, u64); 4] {
    [
        ("in", i.within.value),
        ("disputed", i.disputed.value),
        ("unknown", i.unknown.value),
        ("out", i.out.value),
    ]
}

fn column(group: &[DayCell], left: f64, pitch: f64, gap: f64, unit: f64) -> Column {
    let (x, width) = (left + gap / 2.0, pitch - gap);
    let (from, to) = (group[0].date, group[group.len() - 1].date);
    let mut sums = [("in", 0_u64), ("disputed", 0), ("unknown", 0), ("out", 0)];
    for day in group {
        for (sum, (_, n)) in sums.iter_mut().zip(by_verdict(&day.incidents)) {
            sum.1 += n;
        }
    }
    let mut y = HEIGHT;
    let mut bars = Vec::new();
    for (verdict, n) in sums.into_iter().filter(|(_, n)| *n > 0) {
        let height = n as f64 * unit;
        y -= height;
        bars.push(Bar { verdict, y: px(y), height: px((height - 1.0).max(0.8)) });
    }
    let blanks = group.iter().filter(|d| d.blank).count();
    let blank = (blanks > 0).then(|| Blank { whole: blanks == group.len(), x: px(left), width: px(pitch) });
    Column { x: px(x), width: px(width), from, to, told: told(group, &sums, blanks), blank, bars }
}

fn told(group: &[DayCell], sums: &[(&'static str, u64)], blanks: usize) -> String {
    let (from, to) = (group[0].date, group[group.len() - 1].date);
    let when = words::days(holdfire_types::Days::between(from, to));
    let reports: u64 = group.iter().map(|d| d.reports).sum();
    let read = match (blanks, group.len()) {
        (_, 1) if blanks == 1 => "no report".to_owned(),
        (0, _) => words::many(reports, "report"),
        (b, n) => format!("{}, none on {b} of {n} days", words::many(reports, "report")),
    };
    let name = |v: &str| match v {
        "in" => "in scope",
        "disputed" => "disputed",
        "unknown" => "scope not known",
        _ => "out of scope",
    };
    let told: Vec<String> =
        sums.iter().filter(|(_, n)| *n > 0).map(|(v, n)| format!("{n} {}", name(v))).collect();
    let incidents = if told.is_empty() { "no incident reported".to_owned() } else { told.join(", ") };
    format!("{when}: {incidents}; {read}")
}

/// One or two round numbers to read heights by.
fn grid(most: u64) -> Vec<u64> {
    let step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]
        .into_iter()
        .find(|s| most / s <= 3)
        .unwrap_or(10_000);
    (1..=3).map(|n| n * step).filter(|n| *n <= most).collect()
}

/// Days below short strips, months below longer ones, never closer than they can be read. The year stands at the
/// first and at each January.
fn ticks(groups: &[&[DayCell]], pitch: f64) -> Vec<(String, String)> {
    let by_month = groups.len() > 35 || groups.iter().any(|g| g.len() > 1);
    let begins_month = |n: usize| n > 0 && groups[n - 1][0].date.month() != groups[n][0].date.month();
    let every = (ROOM / pitch).ceil() as usize;
    let wanted = |n: &usize| *n == 0 || if by_month { begins_month(*n) } else { n.is_multiple_of(every) };
    let mut places: Vec<usize> = (0..groups.len()).filter(wanted).collect();
    // A month of which only the last days are shown gives way to the next.
    if by_month && places.len() > 1 && places[1] as f64 * pitch < ROOM {
        places.remove(0);
    }
    let mut ticks: Vec<(String, String)> = Vec::new();
    let mut free = 0.0;
    for n in places {
        let (x, day) = (n as f64 * pitch, groups[n][0].date);
        if x < free {
            continue;
        }
        let with_year = ticks.is_empty() || begins_month(n) && day.month() == 1;
        let text = match (by_month, with_year) {
            (true, true) => format!("{} {}", words::month(day), day.year()),
            (true, false) => words::month(day).to_owned(),
            (false, true) => words::day(day),
            (false, false) => words::short_day(day),
        };
        free = x + text.chars().count() as f64 * 6.6 + 10.0;
        ticks.push((px(x), text));
    }
    ticks
}

/// Width of a month with its year.
const ROOM: f64 = 70.0;

#[cfg(test)]
mod tests {
    use super::*;
    use holdfire_record::{Counted, IncidentCount};

    fn day(date: &str, within: u64, reports: u64) -> DayCell {
        DayCell {
            date: date.parse().expect("a day"),
            reports,
            accounts: reports,
            sources: reports,
            incidents: ByScope {
                within: IncidentCount { value: within, ..IncidentCount::default() },
                ..ByScope::default()
            },
            aid: Counted::default(),
            talks: Counted::default(),
            blank: reports == 0,
        }
    }

    #[test]
    fn a_day_without_a_report_is_not_drawn_as_a_quiet_one() {
        let strip = strip(&[day("2017-02-15", 0, 3), day("2017-02-16", 0, 0)]);
        assert_eq!(strip.columns[0].blank, None);
        assert!(strip.columns[1].blank.as_ref().is_some_and(|b| b.whole));
        assert!(strip.columns[1].told.contains("no report"), "{}", strip.columns[1].told);
    }

    #[test]
    fn columns_are_as_high_as_their_incidents() {
        let strip = strip(&[day("2017-02-15", 2, 1), day("2017-02-16", 4, 1)]);
        let height = |n: usize| strip.columns[n].bars[0].height.parse::<f64>().expect("a number") + 1.0;
        assert!((height(1) - 2.0 * height(0)).abs() < 0.2);
    }

    #[test]
    fn many_days_share_columns() {
        let first: Date = "2017-01-01".parse().expect("a day");
        let days: Vec<DayCell> =
            first.series(jiff::Span::new().days(1)).take(400).map(|d| day(&d.to_string(), 1, 1)).collect();
        let strip = strip(&days);
        assert_eq!(strip.step, 7);
        assert_eq!(strip.columns.len(), 58);
        assert_eq!(strip.columns[57].to, days[399].date);
    }
}
