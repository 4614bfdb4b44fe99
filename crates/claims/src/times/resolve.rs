//! From what an expression says to its TimeML value and its days.

use jiff::civil::Date;

use holdfire_types::Days;

use super::TimeKind;
use super::calendar::{self, Season};
use super::frame::{Frame, Told};
use super::grammar::{Edge, Feast, Found, Meaning, Much, Rel};
use super::lengths::{length, window};
use super::lexicon::Unit;

/// A resolved expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    /// TimeML value.
    pub value: String,
    /// Days, as far as they can be reckoned.
    pub days: Option<Days>,
    /// What it is.
    pub kind: TimeKind,
    /// Its length back from publication, for lengths that a preposition turns into a window.
    pub length: Option<(Much, Unit)>,
}

/// Resolves one expression and moves the frame on. `ahead`: the sentence speaks of what is to come.
pub fn resolve(found: &Found, frame: &mut Frame, ahead: bool) -> Resolved {
    let mut resolved = meaning(&found.meaning, frame, ahead);
    if let Some(part) = found.part
        && resolved.kind == TimeKind::Date
    {
        resolved.value = format!("{}T{part}", resolved.value);
    }
    if let Some(days) = resolved.days {
        resolved.days = Some(match found.edge {
            Some(edge) => bounded(days, edge, frame.published),
            None => so_far(days, &found.meaning, frame, ahead),
        });
    }
    resolved
}

fn at(kind: TimeKind, value: String, days: Option<Days>) -> Resolved {
    Resolved { value, days, kind, length: None }
}

fn meaning(meaning: &Meaning, frame: &mut Frame, ahead: bool) -> Resolved {
    match meaning {
        Meaning::Date { year, year_rel, month, day } => {
            let year = year.or_else(|| year_rel.and_then(|rel| rel_year(rel, frame)));
            let year = match (year, month) {
                (Some(year), _) => Some(year),
                (None, Some(month)) => infer_year(frame, *month, *day, ahead),
                (None, None) => None,
            };
            told(frame, Told { year, month: *month, day: *day })
        }
        Meaning::Season { year, year_rel, season } => {
            let year = year.or_else(|| year_rel.and_then(|rel| rel_year(rel, frame)));
            let year = year.or_else(|| infer_year(frame, season.first_month(), None, ahead));
            season_of(frame, year, *season)
        }
        Meaning::Quarter { quarter, year, year_rel } => {
            let year = year
                .or_else(|| year_rel.and_then(|rel| rel_year(rel, frame)))
                .or_else(|| infer_year(frame, quarter * 3, None, ahead));
            let days = year.and_then(|y| {
                let first = calendar::day(y, quarter * 3 - 2, 1)?;
                Some(Days::between(first, calendar::shift_months(first, 2)?.last_of_month()))
            });
            frame.quarter = year.map(|y| (y, *quarter));
            at(TimeKind::Date, format!("{}-Q{quarter}", year_text(year)), days)
        }
        Meaning::Half { half, year, year_rel } => {
            let year = year.or_else(|| year_rel.and_then(|rel| rel_year(rel, frame)));
            let days = year.and_then(|y| {
                let first = calendar::day(y, half * 6 - 5, 1)?;
                Some(Days::between(first, calendar::shift_months(first, 5)?.last_of_month()))
            });
            at(TimeKind::Date, format!("{}-H{half}", year_text(year)), days)
        }
        Meaning::Decade(first) => {
            let text = year_text(Some(*first));
            let value = text[..text.len() - 1].to_owned();
            let days = (*first > 0).then(|| span_years(*first, first + 9)).flatten();
            at(TimeKind::Date, value, days)
        }
        Meaning::Century(n) => {
            let value = if *n < 0 { format!("BC{:02}", -n - 1) } else { format!("{n:02}") };
            let days = (*n > 0).then(|| span_years(n * 100 + 1, n * 100 + 100)).flatten();
            at(TimeKind::Date, value, days)
        }
        Meaning::Weekday(day, rel) => weekday(frame, *day, *rel, ahead),
        Meaning::MonthRel(month, rel) => {
            let year = near_year(frame, *month, *rel);
            told(frame, Told { year, month: Some(*month), day: None })
        }
        Meaning::SeasonRel(season, rel) => {
            let year = near_year(frame, season.first_month(), *rel);
            season_of(frame, year, *season)
        }
        Meaning::UnitRel(unit, rel) => unit_rel(frame, *unit, *rel, ahead),
        Meaning::DayRel(n) => {
            match frame.published.filter(|_| !frame.history).and_then(|p| calendar::shift(p, *n)) {
                Some(date) => told(frame, Told::of(date)),
                None => at(TimeKind::Date, "XXXX-XX-XX".to_owned(), None),
            }
        }
        Meaning::Offset { much, unit, back, now } => offset(frame, *much, *unit, *back, *now),
        Meaning::Window { much, unit, back } => {
            let days = frame.published.and_then(|p| window(p, *much, *unit, *back));
            // papers' "the past year" is marked as last year, a history's as a length
            let single = !frame.history
                && *unit >= Unit::Day
                && matches!(much, Much::N(n) if (*n - 1.0).abs() < f64::EPSILON);
            if single {
                let rel = if *back { Rel::Last } else { Rel::Next };
                let value = unit_rel(&mut frame.clone(), *unit, rel, ahead).value;
                return at(TimeKind::Window, value, days);
            }
            at(TimeKind::Window, length(*much, *unit), days)
        }
        Meaning::Length { much, unit } => {
            Resolved { length: Some((*much, *unit)), ..at(TimeKind::Duration, length(*much, *unit), None) }
        }
        Meaning::Set { unit, rate } => {
            let value = if frame.history && !rate {
                match unit {
                    Unit::Week => "XXXX-WXX".to_owned(),
                    Unit::Month => "XXXX-XX".to_owned(),
                    Unit::Year => "XXXX".to_owned(),
                    _ => "XXXX-XX-XX".to_owned(),
                }
            } else {
                length(Much::N(1.0), *unit)
            };
            at(TimeKind::Set, value, None)
        }
        Meaning::Feast(feast, year) => {
            let (month, day) =
                feast_day(*feast, 2000).map_or((12, None), |d| (d.month() as u8, Some(d.day() as u8)));
            let year = year.or_else(|| infer_year(frame, month, day, ahead));
            match year.and_then(|y| feast_day(*feast, y)) {
                Some(date) => told(frame, Told::of(date)),
                None => at(TimeKind::Date, "XXXX-XX-XX".to_owned(), None),
            }
        }
        Meaning::Clock { time, on } => {
            let day = match on {
                Some(on) => self::meaning(on, frame, ahead),
                None => match if frame.history { frame.told } else { frame.published.map(Told::of) } {
                    Some(told) if told.day.is_some() => told_value(told),
                    _ => at(TimeKind::Date, "XXXX-XX-XX".to_owned(), None),
                },
            };
            // the day of a clock time is told by the clock only where it is told with it
            let days = if on.is_some() { day.days } else { None };
            at(TimeKind::Clock, format!("{}T{time}", day.value), days)
        }
        Meaning::Ref(what) => at(TimeKind::Vague, (*what).to_owned(), None),
    }
}

/// A year as TimeML writes it.
fn year_text(year: Option<i32>) -> String {
    match year {
        Some(y) if y < 0 => format!("BC{:04}", -y),
        Some(y) => format!("{y:04}"),
        None => "XXXX".to_owned(),
    }
}

fn span_years(from: i32, to: i32) -> Option<Days> {
    Some(Days::between(calendar::day(from, 1, 1)?, calendar::day(to, 12, 31)?))
}

/// Value and days of a date as far as it is told.
fn told_value(t: Told) -> Resolved {
    let mut value = year_text(t.year);
    match (t.month, t.day) {
        (Some(m), Some(d)) => value = format!("{value}-{m:02}-{d:02}"),
        (Some(m), None) => value = format!("{value}-{m:02}"),
        (None, Some(_)) => value.push_str("-XX-XX"),
        (None, None) => {}
    }
    let days = match (t.year.filter(|y| *y > 0), t.month, t.day) {
        (Some(y), Some(m), Some(d)) => calendar::day(y, m, d).map(Days::on),
        (Some(y), Some(m), None) => calendar::month(y, m),
        (Some(y), None, None) => calendar::year(y),
        _ => None,
    };
    at(TimeKind::Date, value, days)
}

/// The same, and it becomes the date last told.
fn told(frame: &mut Frame, t: Told) -> Resolved {
    frame.tell(t);
    told_value(t)
}

fn season_of(frame: &mut Frame, year: Option<i32>, season: Season) -> Resolved {
    frame.tell(Told { year, month: Some(season.first_month()), day: None });
    let days = year.filter(|y| *y > 0).and_then(|y| season.days(y));
    at(TimeKind::Date, format!("{}-{}", year_text(year), season.code()), days)
}

/// The year that "that year", "last year" names.
fn rel_year(rel: Rel, frame: &Frame) -> Option<i32> {
    let published = frame.published.map(|p| i32::from(p.year()));
    let then = frame.then().and_then(|t| t.year);
    match rel {
        Rel::This => {
            if frame.history {
                then
            } else {
                published
            }
        }
        Rel::Last => published.map(|y| y - 1),
        Rel::Next => published.map(|y| y + 1),
        Rel::Previous => then.map(|y| y - 1),
        Rel::Following => then.map(|y| y + 1),
        Rel::Same => then,
    }
}

/// How far back a month may lie behind the month last told and still be of the same year, in a history.
const BACKWARDS: i32 = 8;

/// The year of a month (and day) told without one.
fn infer_year(frame: &Frame, month: u8, day: Option<u8>, ahead: bool) -> Option<i32> {
    if frame.history {
        let told = frame.line?;
        let year = told.year?;
        let behind = i32::from(told.month.unwrap_or(month)) - i32::from(month);
        return Some(if behind > BACKWARDS { year + 1 } else { year });
    }
    let published = frame.published?;
    let of = |year: i32| {
        let date = match day {
            Some(day) => calendar::day(year, month, day)?,
            None if year == i32::from(published.year()) && month == published.month() as u8 => published,
            None => calendar::day(year, month, 15)?,
        };
        let gap = (date - published).get_days();
        // what is past is told more often than what is to come
        let cost = match (gap >= 0, ahead) {
            (true, false) => gap * 5,
            (false, true) => -gap * 3,
            _ => gap.abs(),
        };
        Some((cost, year))
    };
    let year = i32::from(published.year());
    [year, year - 1, year + 1].into_iter().filter_map(of).min().map(|(_, year)| year)
}

/// The year of "last October", "next March", "the following May".
fn near_year(frame: &Frame, month: u8, rel: Rel) -> Option<i32> {
    let from = match rel {
        Rel::This | Rel::Last | Rel::Next if !(frame.history && rel == Rel::This) => {
            frame.published.map(Told::of)?
        }
        _ => frame.then()?,
    };
    let (year, now) = (from.year?, from.month.unwrap_or(month));
    Some(match rel {
        Rel::This | Rel::Same => year,
        Rel::Last | Rel::Previous => {
            if month < now {
                year
            } else {
                year - 1
            }
        }
        Rel::Next | Rel::Following => {
            if month > now {
                year
            } else {
                year + 1
            }
        }
    })
}

fn weekday(frame: &mut Frame, day: u8, rel: Option<Rel>, ahead: bool) -> Resolved {
    let from = if frame.history || matches!(rel, Some(Rel::Following | Rel::Previous | Rel::Same)) {
        frame.told.and_then(Told::date)
    } else {
        frame.published
    };
    let Some(from) = from else {
        return at(TimeKind::Date, format!("XXXX-WXX-{}", day + 1), None);
    };
    let now = i64::from(from.weekday().to_monday_zero_offset());
    let since = (now - i64::from(day)).rem_euclid(7);
    let until = (i64::from(day) - now).rem_euclid(7);
    let strictly = |n: i64| if n == 0 { 7 } else { n };
    let days = match rel {
        Some(Rel::Last | Rel::Previous) => -strictly(since),
        Some(Rel::Next | Rel::Following) => strictly(until),
        Some(Rel::This) if !ahead && since <= now => -since,
        Some(Rel::This | Rel::Same) => until,
        None if ahead || frame.history => until,
        None => -since,
    };
    match calendar::shift(from, days) {
        Some(date) => told(frame, Told::of(date)),
        None => at(TimeKind::Date, format!("XXXX-WXX-{}", day + 1), None),
    }
}

fn unit_rel(frame: &mut Frame, unit: Unit, rel: Rel, ahead: bool) -> Resolved {
    let step = match rel {
        Rel::This | Rel::Same => 0,
        Rel::Last | Rel::Previous => -1,
        Rel::Next | Rel::Following => 1,
    };
    let from_published =
        matches!(rel, Rel::This | Rel::Last | Rel::Next) && !(frame.history && rel == Rel::This);
    let from = if from_published { frame.published.map(Told::of) } else { frame.then() };
    let unknown = || at(TimeKind::Date, blank(unit).to_owned(), None);
    let Some(from) = from else { return unknown() };
    match unit {
        Unit::Day => match from.date().and_then(|d| calendar::shift(d, step)) {
            Some(date) => told(frame, Told::of(date)),
            None if step == 0 && from.year.is_some() => {
                told_value(Told { day: Some(1), ..from }).without_day(from)
            }
            None => Told { day: None, ..from }.partial(),
        },
        Unit::Week | Unit::Weekend => {
            let Some(date) = from.date().and_then(|d| calendar::shift(d, step * 7)) else { return unknown() };
            // "this weekend", told at the start of the week, is the one just past
            let early = i64::from(date.weekday().to_monday_zero_offset()) < 3;
            let back = unit == Unit::Weekend && rel == Rel::This && early && !ahead;
            let date = if back { calendar::shift(date, -7).unwrap_or(date) } else { date };
            let week = calendar::week(date);
            let value = calendar::week_value(date);
            if unit == Unit::Weekend {
                let days = week.and_then(|w| Some(Days::between(calendar::shift(w.to?, -1)?, w.to?)));
                return at(TimeKind::Date, format!("{value}-WE"), days);
            }
            at(TimeKind::Date, value, week)
        }
        Unit::Month => {
            let (Some(year), Some(month)) = (from.year, from.month) else { return unknown() };
            let index = year * 12 + i32::from(month) - 1 + step as i32;
            told(
                frame,
                Told {
                    year: Some(index.div_euclid(12)),
                    month: Some((index.rem_euclid(12) + 1) as u8),
                    day: None,
                },
            )
        }
        Unit::Quarter => {
            if let (Some((year, quarter)), Rel::Same) = (frame.quarter, rel) {
                return at(TimeKind::Date, format!("{year:04}-Q{quarter}"), None);
            }
            let step = if rel == Rel::Same { -1 } else { step };
            let (Some(year), Some(month)) = (from.year, from.month) else { return unknown() };
            let index = year * 4 + (i32::from(month) - 1) / 3 + step as i32;
            at(TimeKind::Date, format!("{:04}-Q{}", index.div_euclid(4), index.rem_euclid(4) + 1), None)
        }
        // "as in the previous year" is an aside
        Unit::Year => match from.year {
            Some(year) if step < 0 => {
                told_value(Told { year: Some(year + step as i32), month: None, day: None })
            }
            Some(year) => told(frame, Told { year: Some(year + step as i32), month: None, day: None }),
            None => unknown(),
        },
        Unit::Decade => match from.year {
            Some(year) => {
                let first = year - year.rem_euclid(10) + 10 * step as i32;
                meaning(&Meaning::Decade(first), frame, ahead)
            }
            None => unknown(),
        },
        Unit::Century => match from.year {
            Some(year) => at(TimeKind::Date, format!("{:02}", year / 100 + step as i32), None),
            None => unknown(),
        },
        Unit::Hour | Unit::Minute | Unit::Second => at(TimeKind::Duration, length(Much::N(1.0), unit), None),
    }
}

impl Resolved {
    /// The value with its day blanked.
    fn without_day(mut self, from: Told) -> Self {
        let month = from.month.map_or("XX".to_owned(), |m| format!("{m:02}"));
        self.value = format!("{}-{month}-XX", year_text(from.year));
        self.days = None;
        self
    }
}

impl Told {
    /// A day that is not settled, of a month or year that is.
    fn partial(self) -> Resolved {
        at(TimeKind::Date, String::new(), None).without_day(self)
    }
}

fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Weekend => "XXXX-WXX",
        Unit::Month | Unit::Quarter => "XXXX-XX",
        _ => "XXXX",
    }
}

fn offset(frame: &mut Frame, much: Much, unit: Unit, back: bool, now: bool) -> Resolved {
    let Much::N(n) = much else {
        let value = if back { "PAST_REF" } else { "FUTURE_REF" };
        return at(TimeKind::Vague, value.to_owned(), None);
    };
    let from = if now { frame.published.map(Told::of) } else { frame.then() };
    let Some(from) = from else { return at(TimeKind::Date, blank(unit).to_owned(), None) };
    let sign = if back { -1.0 } else { 1.0 };
    let n = n.min(5000.0) * sign;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            let day = told_value(from);
            at(TimeKind::Clock, format!("{}TXX", day.value), day.days)
        }
        Unit::Day => match from.date().and_then(|d| calendar::shift(d, n as i64)) {
            Some(date) => told(frame, Told::of(date)),
            None => Told { day: None, ..from }.partial(),
        },
        Unit::Week | Unit::Weekend => match from.date().and_then(|d| calendar::shift(d, (n * 7.0) as i64)) {
            Some(date) => {
                frame.tell(Told::of(date));
                at(TimeKind::Date, calendar::week_value(date), Some(Days::on(date)))
            }
            None => at(TimeKind::Date, "XXXX-WXX".to_owned(), None),
        },
        Unit::Month | Unit::Quarter => {
            let months = if unit == Unit::Quarter { n * 3.0 } else { n };
            let (Some(year), Some(month)) = (from.year, from.month) else {
                return at(TimeKind::Date, format!("{}-XX", year_text(from.year)), None);
            };
            let index = year * 12 + i32::from(month) - 1 + months as i32;
            let day = from.date().and_then(|d| calendar::shift_months(d, months as i64));
            let month = told(
                frame,
                Told {
                    year: Some(index.div_euclid(12)),
                    month: Some((index.rem_euclid(12) + 1) as u8),
                    day: None,
                },
            );
            Resolved { days: day.map(Days::on).or(month.days), ..month }
        }
        Unit::Year | Unit::Decade | Unit::Century => {
            let years = match unit {
                Unit::Decade => n * 10.0,
                Unit::Century => n * 100.0,
                _ => n,
            };
            match (from.year, frame.quarter.filter(|_| years as i32 == -1)) {
                // in talk of quarters, "a year earlier" is the same quarter of the year before
                (Some(_), Some((year, quarter))) => {
                    at(TimeKind::Date, format!("{:04}-Q{quarter}", year - 1), None)
                }
                // "two years earlier" is an aside, "two years later" the story
                (Some(year), None) if back => {
                    told_value(Told { year: Some(year + years as i32), month: None, day: None })
                }
                (Some(year), None) => {
                    told(frame, Told { year: Some(year + years as i32), month: None, day: None })
                }
                (None, _) => at(TimeKind::Date, "XXXX".to_owned(), None),
            }
        }
    }
}

fn feast_day(feast: Feast, year: i32) -> Option<Date> {
    match feast {
        Feast::Christmas => calendar::day(year, 12, 25),
        Feast::ChristmasEve => calendar::day(year, 12, 24),
        Feast::NewYear => calendar::day(year, 1, 1),
        Feast::NewYearsEve => calendar::day(year, 12, 31),
        Feast::Easter => calendar::easter(year),
        Feast::Thanksgiving => calendar::nth_weekday(year, 11, 3, 4),
        Feast::ElectionDay => calendar::nth_weekday(year, 11, 0, 1).and_then(|d| calendar::shift(d, 1)),
    }
}

/// "In August", "this year": of the month or year that runs at publication, the part that is past.
fn so_far(days: Days, meaning: &Meaning, frame: &Frame, ahead: bool) -> Days {
    let long = matches!(
        meaning,
        Meaning::Date { day: None, .. }
            | Meaning::UnitRel(Unit::Month | Unit::Year | Unit::Decade, _)
            | Meaning::Decade(_)
    );
    match (days.from, days.to, frame.published) {
        (Some(from), Some(to), Some(published)) if long && !ahead && from < published && published < to => {
            Days::between(from, published)
        }
        _ => days,
    }
}

/// The part of `days` that an edge leaves: the first, middle or last ten days of a month, of a week its first or last
/// day, of a year its first or last quarter; its start and end are a month; "mid" of a year is July.
fn bounded(days: Days, edge: Edge, published: Option<Date>) -> Days {
    let (Some(from), Some(to)) = (days.from, days.to) else { return days };
    let length = (to - from).get_days() + 1;
    let cut = |first: i64, last: i64| match (calendar::shift(from, first), calendar::shift(from, last)) {
        (Some(a), Some(b)) => Days::between(a, b),
        _ => days,
    };
    let end = i64::from(length) - 1;
    match (length, edge) {
        (_, Edge::Earlier | Edge::Later) => match (published.filter(|p| from <= *p && *p <= to), edge) {
            (Some(published), Edge::Earlier) => Days::between(from, published),
            (Some(published), _) => Days::between(published, to),
            (None, _) => days,
        },
        (..=2, _) => days,
        (3..=7, Edge::Start | Edge::Early) => cut(0, 0),
        (3..=7, Edge::Mid) => cut(2, 3),
        (3..=7, Edge::Late | Edge::End) => cut(end, end),
        (8..=31, Edge::Start | Edge::Early) => cut(0, 9),
        (8..=31, Edge::Mid) => cut(10, 19),
        (8..=31, Edge::Late | Edge::End) => cut(20, end),
        (32..=92, Edge::Start | Edge::Early) => cut(0, end / 3),
        (32..=92, Edge::Mid) => cut(end / 3, 2 * end / 3),
        (32..=92, Edge::Late | Edge::End) => cut(2 * end / 3, end),
        (_, Edge::Start) => cut(0, 30),
        (_, Edge::Early) => cut(0, end / 4),
        (_, Edge::Mid) => calendar::month(i32::from(from.year()), 7).unwrap_or(days),
        (_, Edge::Late) => cut(3 * end / 4, end),
        (_, Edge::End) => cut(end - 30, end),
    }
}
