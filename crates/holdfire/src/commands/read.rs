//! `read`: the claims of reports.

use std::collections::HashMap;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use holdfire::{ReadReport, Reader};
use holdfire_formats::{gold, safe_name, table as csv};
use holdfire_intake::Options;
use holdfire_types::{CharMap, Claim, Genre, Problem, Report};
use rayon::prelude::*;

use crate::args::{Input, Read, ReadFormat};
use crate::failure::{Done, Failure, tell};
use crate::table::{days, figures, short, table};

/// Reports read together: enough for every core, few enough that memory stays flat.
const CHUNK: usize = 64;

/// Runs the command.
pub fn run(args: &Read) -> Result<Done, Failure> {
    let reader = Reader::new()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut names: HashMap<String, String> = HashMap::new();
    let mut first = true;
    if let Some(dir) = &args.out {
        fs::create_dir_all(dir).map_err(Failure::file(dir))?;
    } else if args.format == ReadFormat::Csv {
        out.write_all(csv::csv(std::iter::empty()).as_bytes())?;
    }
    let problems = each(&reader, &args.input, |read| {
        if let Some(dir) = &args.out {
            return write_file(dir, &read, &mut names);
        }
        match args.format {
            ReadFormat::Jsonl => write_lines(&mut out, &read)?,
            ReadFormat::Csv => {
                let map = CharMap::new(&read.report.text);
                for claim in &read.claims {
                    out.write_all(csv::row(claim, &read.report, &map).as_bytes())?;
                }
            }
            ReadFormat::Table => {
                if !first {
                    writeln!(out)?;
                }
                write_table(&mut out, &read)?;
            }
        }
        first = false;
        Ok(None)
    })?;
    out.flush()?;
    Ok(Done::with(problems))
}

/// Reads every report of the input, in order and side by side, and gives each to `take`. Problems are told and counted.
pub fn each(
    reader: &Reader,
    input: &Input,
    mut take: impl FnMut(ReadReport) -> Result<Option<Problem>, Failure>,
) -> Result<usize, Failure> {
    let mut count = 0;
    let mut told = |problem: &Problem| {
        tell(problem);
        count += 1;
    };
    let options = Options { published: input.published };
    let mut reports = holdfire_intake::reports(&input.paths, &options);
    loop {
        let mut chunk: Vec<Report> = Vec::with_capacity(CHUNK);
        for found in reports.by_ref() {
            match found {
                Ok(report) => chunk.push(report),
                Err(problem) => told(&problem),
            }
            if chunk.len() == CHUNK {
                break;
            }
        }
        if chunk.is_empty() {
            return Ok(count);
        }
        let read: Vec<ReadReport> = chunk.into_par_iter().map(|report| reader.read(report)).collect();
        for report in read {
            report.problems.iter().for_each(&mut told);
            if let Some(problem) = take(report)? {
                told(&problem);
            }
        }
    }
}

/// NAME.jsonl in `dir`; two reports of one name are a problem, and the first one's file stays.
fn write_file(
    dir: &Path,
    read: &ReadReport,
    names: &mut HashMap<String, String>,
) -> Result<Option<Problem>, Failure> {
    let name = safe_name(&read.report.name);
    if let Some(other) = names.insert(name.clone(), read.report.name.clone()) {
        return Ok(Some(Problem::new(
            read.report.name.as_str(),
            format!("`{other}` was already written as {name}.jsonl"),
            "give the two different ids",
        )));
    }
    let path: PathBuf = dir.join(format!("{name}.jsonl"));
    let file = fs::File::create(&path).map_err(Failure::file(&path))?;
    let mut file = BufWriter::new(file);
    write_lines(&mut file, read).and_then(|()| file.flush()).map_err(Failure::file(&path))?;
    Ok(None)
}

/// The gold files' form: the document, then a claim a line.
fn write_lines(out: &mut impl std::io::Write, read: &ReadReport) -> std::io::Result<()> {
    let map = CharMap::new(&read.report.text);
    writeln!(out, "{}", gold::document_line(&read.report))?;
    for claim in &read.claims {
        writeln!(out, "{}", gold::claim_line(claim, &read.report, &map))?;
    }
    Ok(())
}

fn write_table(out: &mut impl std::io::Write, read: &ReadReport) -> std::io::Result<()> {
    let report = &read.report;
    let publisher = report.publisher.as_deref().unwrap_or("publisher not known");
    let day = report
        .published
        .as_ref()
        .map_or_else(|| "day not known".to_owned(), |p| format!("{} ({})", p.date, p.found));
    // what is no news is said so
    let genre = if report.genre == Genre::News { String::new() } else { format!("{}, ", report.genre) };
    writeln!(out, "{}: {publisher}, {day}, {genre}{} claims", report.name, read.claims.len())?;
    if read.claims.is_empty() {
        return Ok(());
    }
    let mut rows = table(&["who says", "how", "act", "place", "day", "figures", "evidence"]);
    for claim in &read.claims {
        rows.add_row([
            claim.source.name.clone(),
            stance(claim),
            act(claim),
            claim.act.place.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
            days(claim.act.days),
            figures(claim),
            short(claim.quote(&report.text), 240),
        ]);
    }
    writeln!(out, "{rows}")
}

/// `denies`, `promises, if; not to`, `states; unconfirmed`.
pub fn stance(claim: &Claim) -> String {
    let mut words = vec![claim.stance.to_string()];
    words.extend(claim.conditional.then(|| "on a condition".to_owned()));
    words.extend(claim.negated.then(|| "not to".to_owned()));
    words.extend(claim.verification.map(|v| v.to_string()));
    words.join("; ")
}

/// `attack by Turkey on IS`, `aid blocked`.
pub fn act(claim: &Claim) -> String {
    let names =
        |list: &[holdfire_types::Filler]| list.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join(", ");
    let mut out = claim.act.kind.to_string();
    if let Some(status) = claim.act.status {
        out = format!("{out} {status}");
    }
    if !claim.act.actor.is_empty() {
        out = format!("{out} by {}", names(&claim.act.actor));
    }
    if !claim.act.target.is_empty() {
        out = format!("{out} on {}", names(&claim.act.target));
    }
    if !claim.act.means.is_empty() {
        let means: Vec<&str> = claim.act.means.iter().map(|m| m.as_str()).collect();
        out = format!("{out} ({})", means.join(", "));
    }
    out
}
