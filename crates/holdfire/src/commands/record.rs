//! `record`: everything new into the ledger.

use std::collections::HashSet;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use holdfire::{ReadReport, Reader};
use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_record::{CopyIndex, Linker, Parties};
use holdfire_types::{Contents, Id, SourceFormat};
use holdfire_world::World;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use serde::Serialize;

use crate::args::{Input, Record};
use crate::commands::read::each;
use crate::commands::view::json;
use crate::failure::{Done, Failure, tell};

/// Reports in one batch of the ledger: one sync of the disk for all of them.
const BATCH: usize = 64;

/// What a run added.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Summary {
    /// Reports seen.
    pub seen: usize,
    /// Reports recorded.
    pub recorded: usize,
    /// Reports that were there already.
    pub known: usize,
    /// Reports found to be copies of earlier ones, with the share of text in common.
    pub copies: Vec<Copy>,
    /// Claims recorded.
    pub claims: usize,
    /// Link decisions recorded.
    pub links: usize,
    /// Problems listed on standard error.
    pub problems: usize,
}

/// A copy found.
#[derive(Debug, Clone, Serialize)]
pub struct Copy {
    /// The later report, by name.
    pub report: String,
    /// The earlier one's id.
    pub of: Id,
    /// Share of the text in common.
    pub shared: f32,
}

/// Runs the command.
pub fn run(args: &Record) -> Result<Done, Failure> {
    let summary = record(&args.input, &args.ledger.ledger, args.reread)?;
    if args.json {
        json(&summary)?;
    } else {
        print(&summary, &args.ledger.ledger)?;
    }
    Ok(Done::with(summary.problems))
}

/// Prints a summary for people.
pub fn print(summary: &Summary, ledger: &Path) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}: {} reports seen, {} recorded, {} known already; {} claims, {} links, {} copies, {} problems",
        ledger.display(),
        summary.seen,
        summary.recorded,
        summary.known,
        summary.claims,
        summary.links,
        summary.copies.len(),
        summary.problems
    )?;
    for copy in &summary.copies {
        let how = if copy.shared >= 1.0 {
            "an exact copy".to_owned()
        } else {
            format!("{:.0} % in common", copy.shared * 100.0)
        };
        writeln!(out, "  {} copies {} ({how})", copy.report, copy.of)?;
    }
    Ok(())
}

/// Reads the input into the ledger. What is known is left alone.
pub fn record(input: &Input, path: &Path, reread: bool) -> Result<Summary, Failure> {
    let reader = Reader::new()?;
    let mut ledger = Ledger::open(path, Mode::Create)?;
    let mut state = State::new(&ledger.contents(AsOf::Now)?, reader.world());
    let version = reader.version();
    let bar = progress();
    let mut summary = Summary::default();
    let mut waiting: Vec<ReadReport> = Vec::with_capacity(BATCH);
    let problems = each(&reader, input, |read| {
        waiting.push(read);
        bar.inc(1);
        if waiting.len() == BATCH {
            write(&mut ledger, &mut state, &mut waiting, &version, reread, &mut summary)?;
        }
        Ok(None)
    })?;
    write(&mut ledger, &mut state, &mut waiting, &version, reread, &mut summary)?;
    bar.finish_and_clear();
    summary.problems += problems;
    Ok(summary)
}

/// What linking needs to know of what is recorded already.
pub(super) struct State {
    known: HashSet<Id>,
    /// The packs of this run stand in the ledger.
    packs: bool,
    copies: CopyIndex,
    linker: Linker,
}

impl State {
    pub(super) fn new(contents: &Contents, world: &World) -> Self {
        let mut copies = CopyIndex::new();
        let mut linker = Linker::knowing(&Parties::of(world));
        let mut known = HashSet::new();
        let reports: std::collections::HashMap<&Id, _> =
            contents.reports.iter().map(|r| (&r.value.id, &r.value)).collect();
        for report in &contents.reports {
            if report.value.format != SourceFormat::Row {
                copies.add(&report.value);
            }
            known.insert(report.value.id.clone());
        }
        for copy in &contents.copies {
            linker.copied(&copy.value);
        }
        for claim in &contents.claims {
            if let Some(report) = reports.get(&claim.value.report) {
                linker.add(&claim.value, report);
            }
        }
        Self { known, packs: false, copies, linker }
    }
}

/// One batch: all of it reaches the disk, or none.
pub(super) fn write(
    ledger: &mut Ledger,
    state: &mut State,
    waiting: &mut Vec<ReadReport>,
    version: &str,
    reread: bool,
    summary: &mut Summary,
) -> Result<(), Failure> {
    let now = Timestamp::now();
    let mut batch = ledger.batch()?;
    for ReadReport { report, claims, .. } in waiting.drain(..) {
        summary.seen += 1;
        let new = state.known.insert(report.id.clone());
        if new {
            batch.add_report(&report, now)?;
            summary.recorded += 1;
            // rows are told in the same few words, which makes none a copy of another
            let copy = (report.format != SourceFormat::Row).then(|| state.copies.add(&report)).flatten();
            if let Some(copy) = copy {
                batch.add_copy(&copy, now)?;
                state.linker.copied(&copy);
                summary.copies.push(Copy { report: report.name.clone(), of: copy.of, shared: copy.shared });
            }
        } else {
            summary.known += 1;
            if !reread {
                continue;
            }
        }
        if !state.packs {
            for (name, text) in holdfire::packs() {
                batch.add_pack(name, text, now)?;
            }
            state.packs = true;
        }
        if !batch.add_claims(&report.id, version, &claims, now)?.is_new() {
            continue;
        }
        summary.claims += claims.len();
        let decisions: Vec<_> = claims.iter().flat_map(|claim| state.linker.add(claim, &report)).collect();
        summary.links += decisions.len();
        batch.add_decisions(&decisions, now)?;
    }
    batch.commit()?;
    Ok(())
}

/// A count on a terminal; nothing elsewhere.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    match ProgressStyle::with_template("{spinner} {pos} reports read, {per_sec}, {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(e) => {
            tell(&holdfire_types::Problem::new("progress", e.to_string(), "report this"));
            bar
        }
    }
}
