//! `day`: the sheet of one day, each side's account by province.

use std::io::Write as _;

use holdfire_record::DaySheet;

use crate::args::Day;
use crate::commands::status::counted;
use crate::commands::view::{json, record, truce};
use crate::failure::{Done, Failure};
use crate::table::{ids, interval, short, table};

/// Runs the command.
pub fn run(args: &Day) -> Result<Done, Failure> {
    let truce = truce(&args.truce)?;
    let sheet = record(&args.view)?.day(args.date, truce);
    if args.view.json {
        json(&sheet)?;
    } else {
        print(&sheet)?;
    }
    Ok(Done::Clean)
}

fn print(sheet: &DaySheet) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}  {}", sheet.date, sheet.name)?;
    let c = &sheet.coverage;
    writeln!(out, "{} reports published, {} sources spoke", c.reports, c.sources)?;
    if c.blank {
        writeln!(out, "nothing that was read was published this day: it is blank, not quiet")?;
    }
    if !sheet.lists.is_empty() {
        writeln!(out, "\nBreaches, each source's own list")?;
        for list in &sheet.lists {
            let provinces: Vec<String> =
                list.provinces.iter().map(|p| format!("{} {}", p.province, interval(p.count))).collect();
            let total = list.total.map_or_else(|| "no total".to_owned(), interval);
            writeln!(
                out,
                "  {}: {total} ({}) [{}]",
                list.source.name,
                provinces.join(", "),
                ids(&list.claims)
            )?;
        }
        if let Some(union) = &sheet.union {
            writeln!(out, "  together: {}; {}", interval(union.bounds), union.text)?;
        }
    }
    for province in &sheet.provinces {
        let name = if province.name.is_empty() { "place not known" } else { &province.name };
        writeln!(out, "\n{name}: {} incidents", province.count.value)?;
        for incident in &province.incidents {
            let scope: Vec<&str> = incident.summary.scopes.iter().map(|s| s.verdict.as_str()).collect();
            writeln!(
                out,
                "  {} {} (scope: {})",
                incident.summary.id,
                incident.summary.title,
                scope.join(", ")
            )?;
            for figure in &incident.figures {
                for account in &figure.accounts {
                    writeln!(
                        out,
                        "    {}: {} {} {}",
                        account.name,
                        figure.what,
                        interval(account.count),
                        counted(figure.of)
                    )?;
                }
            }
            let mut rows = table(&["who says", "how", "evidence", "claim"]);
            for line in &incident.accounts {
                rows.add_row([
                    line.source.name.clone(),
                    line.stance.to_string(),
                    short(&line.quote, 160),
                    line.id.to_string(),
                ]);
            }
            writeln!(out, "{rows}")?;
        }
    }
    for (head, list) in [("Aid", steps(&sheet.convoys)), ("Talks", rounds(&sheet.talks))] {
        if !list.is_empty() {
            writeln!(out, "\n{head}\n{}", list.join("\n"))?;
        }
    }
    if !sheet.truce_claims.is_empty() {
        writeln!(out, "\nOf the truce itself")?;
        for line in &sheet.truce_claims {
            writeln!(
                out,
                "  {} {}: {} [{}]",
                line.source.name,
                line.stance,
                short(&line.quote, 160),
                line.id
            )?;
        }
    }
    for check in &sheet.checks {
        writeln!(out, "\n{}: {} [{}]", check.rule, check.text, ids(&check.claims))?;
    }
    Ok(())
}

fn steps(convoys: &[holdfire_record::Convoy]) -> Vec<String> {
    let line = |c: &holdfire_record::Convoy| {
        let steps: Vec<String> =
            c.steps.iter().map(|s| format!("{} {} ({})", s.day, s.status, s.source.name)).collect();
        format!("  {}: {}", c.place.name, steps.join(" -> "))
    };
    convoys.iter().map(line).collect()
}

fn rounds(rounds: &[holdfire_record::Round]) -> Vec<String> {
    let line = |r: &holdfire_record::Round| {
        let steps: Vec<String> =
            r.steps.iter().map(|s| format!("{} {} ({})", s.day, s.status, s.source.name)).collect();
        format!("  {}: {}", r.place.name, steps.join(" -> "))
    };
    rounds.iter().map(line).collect()
}
