//! The day sheet: one day on one page, each side's account, the bounds that two lists allow, and what was not read.

use askama::Template;
use holdfire_record::{DaySheet, Interval};
use jiff::civil::Date;

use crate::ask::{coded, read_day};
use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "day.html")]
pub struct Page {
    f: Frame,
    d: DaySheet,
    before: Option<Date>,
    after: Option<Date>,
    provinces: Vec<String>,
    query: String,
}

impl Page {
    /// The address of a number's claims.
    fn why(&self, at: &str) -> String {
        format!("{}/number/day{}&date={}&at={at}", self.f.base, self.query, self.d.date)
    }

    /// The same for a number in a list.
    fn why_at(&self, list: &str, n: impl words::Of<usize>, rest: &str) -> String {
        self.why(&format!("{list}{}{rest}", n.of()))
    }

    /// What a list says of a province, with where it stands in the sheet.
    fn cell(&self, list: &usize, province: &String) -> Option<(Interval, String)> {
        let parts = &self.d.lists[*list].provinces;
        let at = parts.iter().position(|p| p.province == *province)?;
        Some((parts[at].count, self.why(&format!("/lists/{list}/provinces/{at}"))))
    }
}

/// The sheet of one day.
pub fn day(site: &Site) -> Result<Page, Fault> {
    let truce = site.truce()?;
    let date = read_day("day", site.ask.part("date"))?;
    let d = site.record().day(date, truce);
    let days = site.days_of_reports();
    let at = days.partition_point(|day| *day < date);
    let after = days[at..].iter().find(|day| **day > date);
    let mut provinces: Vec<String> =
        d.lists.iter().flat_map(|l| &l.provinces).map(|p| p.province.clone()).collect();
    provinces.sort();
    provinces.dedup();
    Ok(Page {
        f: site.frame(format!("Day sheet of {}", words::day(date)), "Day sheet"),
        before: at.checked_sub(1).map(|n| days[n]),
        after: after.copied(),
        provinces,
        query: format!("?truce={}", coded(&truce.id)),
        d,
    })
}

/// Every day that something was published on.
#[derive(Template)]
#[template(path = "days.html")]
pub struct Days {
    f: Frame,
    months: Vec<(String, Vec<(Date, u64)>)>,
}

/// The days with reports, by month.
pub fn days(site: &Site) -> Result<Days, Fault> {
    let mut months: Vec<(String, Vec<(Date, u64)>)> = Vec::new();
    let mut days = site.days_of_reports();
    days.reverse();
    for day in days {
        let month = format!("{} {}", words::month(day), day.year());
        let reports = site.snapshot.reports.iter().filter(|r| r.published == Some(day)).count() as u64;
        match months.last_mut() {
            Some((name, list)) if *name == month => list.push((day, reports)),
            _ => months.push((month, vec![(day, reports)])),
        }
    }
    Ok(Days { f: site.frame("Day sheets", "Day sheet"), months })
}
