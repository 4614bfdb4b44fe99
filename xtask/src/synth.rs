//! A ledger of any size, made by seeded chance: reports, copies, claims and link decisions, as `holdfire record` would
//! record them.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use holdfire_ledger::{Ledger, Mode};
use holdfire_record::{CopyIndex, Linker, Parties};
use holdfire_types::Decision;
use holdfire_world::World;
use jiff::Timestamp;

use crate::Fault;

pub mod made;

use made::{ACTS_A_DAY, PLACES, REPORTS_A_DAY, SENTENCES, copied, report};

/// What to make.
#[derive(Debug, Args)]
pub struct Settings {
    /// The ledger to make.
    #[arg(long)]
    out: PathBuf,
    /// The same seed makes the same reports.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many claims, about.
    #[arg(long, default_value_t = 1_000_000)]
    claims: usize,
}

/// Claims that are recorded with one sync.
const PER_SYNC: usize = 1_000;

/// Reports that make up some claims.
pub fn reports(claims: usize) -> usize {
    claims / SENTENCES
}

/// Makes the ledger, and says what is in it and how long linking took.
pub fn run(settings: &Settings) -> Result<(), Fault> {
    let reports = reports(settings.claims);
    let mut ledger = Ledger::open(&settings.out, Mode::Create)?;
    let (mut copies, mut linker) = (CopyIndex::new(), Linker::knowing(&Parties::of(World::embedded()?)));
    let (mut claims, mut copied_reports, mut found) = (0, 0, 0);
    let mut decided = [0_usize; 3];
    let mut linking = Duration::ZERO;
    for first in (0..reports).step_by(PER_SYNC / SENTENCES) {
        let mut batch = ledger.batch()?;
        for number in first..reports.min(first + PER_SYNC / SENTENCES) {
            let (report, told) = report(settings.seed, number);
            batch.add_report(&report, Timestamp::now())?;
            copied_reports += usize::from(copied(settings.seed, number).is_some());
            if let Some(copy) = copies.add(&report) {
                found += 1;
                linker.copied(&copy);
                batch.add_copy(&copy, Timestamp::now())?;
            }
            batch.add_claims(&report.id, "synth", &told, Timestamp::now())?;
            let begun = Instant::now();
            let decisions: Vec<_> = told.iter().flat_map(|claim| linker.add(claim, &report)).collect();
            linking += begun.elapsed();
            for decision in &decisions {
                decided[decision.decision as usize] += 1;
            }
            claims += told.len();
            batch.add_decisions(&decisions, Timestamp::now())?;
        }
        batch.commit()?;
    }
    drop(ledger);
    let [same, different, unsure] =
        [Decision::Same, Decision::Different, Decision::Unsure].map(|d| decided[d as usize]);
    let bytes = std::fs::metadata(&settings.out)?.len();
    writeln!(
        std::io::stdout(),
        "seed {}: {reports} reports, {claims} claims; a day has {REPORTS_A_DAY} reports and {ACTS_A_DAY} acts at {PLACES} \
         places\ncopies: {copied_reports} made ({:.1} % of reports), {found} found\nlinks: {same} same, {different} \
         different, {unsure} unsure ({:.2} a claim), in {:.1} s\nfile: {:.0} bytes a claim, with the links",
        settings.seed,
        100.0 * copied_reports as f64 / reports.max(1) as f64,
        (same + different + unsure) as f64 / claims.max(1) as f64,
        linking.as_secs_f64(),
        bytes as f64 / claims.max(1) as f64,
    )?;
    Ok(())
}
