//! `status`: is it holding? Three gauges, bounds, trend and coverage, each number with its claims.

use std::fmt::Write as _;
use std::io::Write as _;

use holdfire_record::{Counts, DayCell, IncidentCount, Outcome, Record, Standing, Window, Word};
use holdfire_types::Truce;
use jiff::civil::Date;

use crate::args::Status;
use crate::commands::view::{json, record, truce};
use crate::failure::{Done, Failure};
use crate::table::{behind, ids, interval, table};

/// Runs the command.
pub fn run(args: &Status) -> Result<Done, Failure> {
    let truce = truce(&args.truce)?;
    let record = record(&args.view)?;
    let standing = record.standing(truce, window(&record, truce, args.from, args.to));
    if args.view.json {
        json(&standing)?;
    } else {
        print(&standing)?;
    }
    Ok(Done::Clean)
}

/// The days asked for; else from the truce's first day to the last day that the record has a report of.
pub fn window(record: &Record, truce: &Truce, from: Option<Date>, to: Option<Date>) -> Window {
    let last = record.claim_lines().filter_map(|c| c.published).max().unwrap_or(truce.start);
    let end = to.unwrap_or_else(|| truce.end.map_or(last, |end| last.min(end)).max(truce.start));
    Window::new(from.unwrap_or(truce.start), end)
}

fn print(s: &Standing) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{}  {} to {}\n{}\n", s.name, s.window.from, s.window.to, s.verdict)?;
    if !s.says.is_empty() {
        let mut rows = table(&["who speaks of the truce", "says", "claims"]);
        for saying in &s.says {
            let word = match saying.word {
                Word::Broken => "broken",
                Word::Kept => "kept",
                Word::Both => "kept, yet broken here and there",
            };
            let claims: Vec<_> = saying.broken.iter().chain(&saying.kept).map(|c| c.id.clone()).collect();
            rows.add_row([saying.source.name.clone(), word.to_owned(), ids(&claims)]);
        }
        writeln!(out, "{rows}")?;
    }
    violence(&mut out, s)?;
    aid_and_talks(&mut out, s)?;
    if !s.checks.is_empty() {
        writeln!(out, "\nWhat arithmetic finds")?;
        for check in &s.checks {
            let outcome = match check.outcome {
                Outcome::Conflict => "conflict",
                Outcome::Caution => "caution",
                Outcome::Consistent => "agrees",
            };
            writeln!(out, "  {outcome} [{}]: {} ({})", check.rule, check.text, ids(&check.claims))?;
        }
    }
    let c = &s.coverage;
    writeln!(
        out,
        "\nCoverage: {} of {} days have a report; {} reports, {} of them copies; {} undated. No report is not nothing.",
        c.days_with_reports, c.days, c.reports, c.copies, c.undated_reports
    )?;
    writeln!(out, "{}", strip(&s.days))?;
    Ok(())
}

fn violence(out: &mut impl std::io::Write, s: &Standing) -> Result<(), Failure> {
    let v = &s.violence;
    writeln!(out, "\nViolence: {} claims make these incidents", v.claims.value)?;
    let mut rows = table(&["under the terms", "incidents", "ids"]);
    let mut row = |name: &str, count: &IncidentCount| {
        rows.add_row([name.to_owned(), count.value.to_string(), ids(&count.incidents)]);
    };
    row("in scope", &v.incidents.within);
    row("  with two or more independent sources", &v.corroborated);
    row("out of scope", &v.incidents.out);
    row("disputed scope", &v.incidents.disputed);
    row("not known", &v.incidents.unknown);
    row("only denied or doubted", &v.unasserted);
    writeln!(out, "{rows}")?;
    if !v.deaths.is_empty() {
        writeln!(out, "Deaths told, source by source; two sources' counts are never added")?;
        for d in &v.deaths {
            writeln!(
                out,
                "  {}: {} {} ({})",
                d.source.name,
                interval(d.count),
                counted(d.of),
                ids(&d.claims)
            )?;
        }
    }
    writeln!(out, "Trend: {}", v.trend.text)?;
    Ok(())
}

/// Whom a figure counts, in words.
pub fn counted(of: Counts) -> &'static str {
    match of {
        Counts::People => "people",
        Counts::Civilians => "civilians",
        Counts::Children => "children",
        Counts::Women => "women",
        Counts::Fighters => "fighters",
        Counts::Things => "things",
    }
}

fn aid_and_talks(out: &mut impl std::io::Write, s: &Standing) -> Result<(), Failure> {
    let states = |list: &[holdfire_record::StateCount]| {
        let told: Vec<String> =
            list.iter().map(|c| format!("{} {} ({})", c.status, c.told.value, behind(&c.told))).collect();
        if told.is_empty() { "nothing told".to_owned() } else { told.join("; ") }
    };
    writeln!(out, "\nAid: {}", states(&s.aid.states))?;
    for convoy in &s.aid.convoys {
        let steps: Vec<String> =
            convoy.steps.iter().map(|t| format!("{} {} ({})", t.day, t.status, t.source.name)).collect();
        let contested = if convoy.contested { ", contested" } else { "" };
        let place = if convoy.place.name.is_empty() { "place not told" } else { &convoy.place.name };
        writeln!(out, "  {place}: {}{contested}", steps.join(" -> "))?;
    }
    writeln!(out, "\nTalks: {}", states(&s.talks.states))?;
    for round in &s.talks.rounds {
        let steps: Vec<String> =
            round.steps.iter().map(|t| format!("{} {} ({})", t.day, t.status, t.source.name)).collect();
        let place = if round.place.name.is_empty() { "place not told" } else { &round.place.name };
        writeln!(out, "  {place}: {}", steps.join(" -> "))?;
    }
    Ok(())
}

/// The days on a strip: `#` in scope, `?` disputed or not known, `o` out of scope, `.` reports but no violence told,
/// a blank for a day without reports.
fn strip(days: &[DayCell]) -> String {
    let mut out = String::new();
    for cell in days {
        if cell.date.day() == 1 || out.is_empty() {
            let _ = write!(
                out,
                "{}{:04}-{:02} ",
                if out.is_empty() { "" } else { "\n" },
                cell.date.year(),
                cell.date.month()
            );
            let ahead = if out.contains('\n') { 0 } else { cell.date.day() - 1 };
            out.extend((0..ahead).map(|_| ' '));
        }
        let i = &cell.incidents;
        out.push(if i.within.value > 0 {
            '#'
        } else if i.disputed.value + i.unknown.value > 0 {
            '?'
        } else if i.out.value > 0 {
            'o'
        } else if cell.blank {
            '_'
        } else {
            '.'
        });
    }
    out.push_str(
        "\n# in scope  ? disputed or not known  o out of scope  . reports, no violence told  _ no report",
    );
    out
}
