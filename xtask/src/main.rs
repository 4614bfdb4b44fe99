//! The repository's chores: measure, bench, train, check the tree.
//!
//! `cargo xtask help` lists them. What reads data takes `--data DIR` or `HOLDFIRE_DATA`; none of it is needed to build
//! or to test.
#![allow(clippy::disallowed_methods, reason = "chores read files and clocks; no library crate uses this one")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "chores tell the person at the terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod article_classes;
mod articles;
mod bench_cold;
mod bench_ledger;
mod bench_places;
mod bench_read;
mod civilians;
mod data;
mod eval;
mod eval_articles;
mod eval_attribution;
mod eval_claims;
mod eval_copies;
mod eval_event_places;
mod eval_factuality;
mod eval_incidents;
mod eval_judged;
mod eval_names;
mod eval_noise;
mod eval_places;
mod eval_plover;
mod eval_syntax;
mod eval_times;
mod gazetteer;
mod markup;
mod noise;
mod polnear;
mod reader;
mod row;
mod synth;
mod tidy;
mod train;
mod train_attribution;
mod train_claims;

use data::Data;

/// What went wrong, told to the person at the terminal.
pub type Fault = Box<dyn std::error::Error>;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The repository's chores")]
struct Args {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Measure against marked data, print the figures and keep them in eval/results.csv.
    Eval {
        /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Measure only this; may be given several times. Figures of other sets stay as they are.
        #[arg(long, value_enum)]
        only: Vec<eval::Part>,
    },
    /// Measure speed and memory.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Train the language layer with the scripts in training/ and write models/english.safetensors.
    Train(train::Settings),
    /// Train the claim models on the marked documents and write models/claims-en.bin.
    TrainClaims(train_claims::Settings),
    /// Train the models of attributions and write models/attribution-en.bin.
    TrainAttribution(train_attribution::Settings),
    /// Build the gazetteer's files from `GeoNames`' data, as two packages carry it.
    Gazetteer(gazetteer::Sources),
    /// Make input for the program of measuring data.
    Data {
        #[command(subcommand)]
        what: Made,
    },
    /// Make a ledger of any size by seeded chance, with copies and links.
    Synth(synth::Settings),
    /// Check the rules of the tree that no compiler checks.
    Tidy,
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// Words a second and memory of reading reports.
    Read {
        /// How many items of the corpus to read.
        #[arg(long, default_value_t = 3_000)]
        items: usize,
        /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Time of a cold read of one shipped article, the whole program from start to end.
    Cold,
    /// Look-ups of place names a second, and memory.
    Places {
        /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// The ledger under load and under attack.
    Ledger {
        /// What to measure, and on which file; none prints what there is.
        args: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
enum Made {
    /// The article set as JSON lines, one report a line.
    Articles {
        /// The file to write.
        #[arg(long)]
        out: PathBuf,
        /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
        #[arg(long)]
        data: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    match run(Args::parse().chore) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("xtask: {fault}");
            ExitCode::from(2)
        }
    }
}

fn run(chore: Chore) -> Result<(), Fault> {
    match chore {
        Chore::Eval { data, only } => eval::run(root(), &Data::find(data)?, &only),
        Chore::Bench { what: Bench::Read { items, data } } => bench_read::run(&Data::find(data)?, items),
        Chore::Bench { what: Bench::Cold } => bench_cold::run(root()),
        Chore::Bench { what: Bench::Places { data } } => bench_places::run(&Data::find(data)?),
        Chore::Bench { what: Bench::Ledger { args } } => bench_ledger::run(&args),
        Chore::Train(settings) => train::run(root(), &Data::find(settings.data.clone())?, &settings),
        Chore::TrainClaims(settings) => {
            train_claims::run(root(), &Data::find(settings.data.clone())?, &settings)
        }
        Chore::TrainAttribution(settings) => {
            train_attribution::run(root(), &Data::find(settings.data.clone())?, &settings)
        }
        Chore::Gazetteer(sources) => gazetteer::run(&sources),
        Chore::Data { what: Made::Articles { out, data } } => articles::run(&Data::find(data)?, &out),
        Chore::Synth(settings) => synth::run(&settings),
        Chore::Tidy => tidy::run(root()),
    }
}

/// The repository: the folder above this crate.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
