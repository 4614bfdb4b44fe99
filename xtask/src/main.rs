//! The repository's chores: measure, bench, train, check the tree.
//!
//! `cargo xtask help` lists them. What reads data takes `--data DIR` or `HOLDFIRE_DATA`; none of it is needed to build
//! or to test.
#![allow(clippy::disallowed_methods, reason = "chores read files and clocks; no library crate uses this one")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "chores tell the person at the terminal")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod data;
mod eval;
mod eval_names;
mod eval_syntax;
mod row;
mod tidy;

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
    /// Check the rules of the tree that no compiler checks.
    Tidy,
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
        Chore::Tidy => tidy::run(root()),
    }
}

/// The repository: the folder above this crate.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
