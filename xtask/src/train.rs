//! Training of the language layer: word vectors, the network, the file that goes into the binary.
//!
//! The work is done by the Python scripts in `training/`; building and running the program needs no Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::Fault;
use crate::data::Data;

/// What the scripts import.
const MODULES: &str = "torch, numpy, scipy, blake3";

/// How to train.
#[derive(Debug, Args)]
pub struct Settings {
    /// A Python that has torch, numpy, scipy and blake3.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Where checkpoints and vectors are kept; a second run goes on from them.
    #[arg(long)]
    state: PathBuf,
    /// Minutes for the network.
    #[arg(long, default_value_t = 60)]
    minutes: u32,
    /// Threads for the network.
    #[arg(long, default_value_t = 1)]
    threads: u32,
    /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Trains and writes `models/english.safetensors`.
pub fn run(root: &Path, data: &Data, settings: &Settings) -> Result<(), Fault> {
    check(&settings.python)?;
    std::fs::create_dir_all(&settings.state)?;
    let state = std::path::absolute(&settings.state)?;
    let (vectors, checkpoint) = (state.join("vectors.npz"), state.join("state.pt"));
    let script = |name: &str| {
        let mut command = Command::new(&settings.python);
        command.arg(root.join("training").join(name)).arg(data.root());
        command
    };
    if !vectors.exists() {
        call(script("vectors.py").arg(&vectors))?;
    }
    let mut network = script("train.py");
    network.arg(&state).arg("--vectors").arg(&vectors);
    network.args(["--minutes", &settings.minutes.to_string(), "--threads", &settings.threads.to_string()]);
    if checkpoint.exists() {
        network.arg("--resume");
    }
    call(&mut network)?;
    call(script("export.py").args([&state, &vectors, &root.join("models/english.safetensors")]))
}

/// Says what to install where the scripts would not start.
fn check(python: &Path) -> Result<(), Fault> {
    let told = Command::new(python).args(["-c", &format!("import {MODULES}")]).output();
    if told.is_ok_and(|t| t.status.success()) {
        return Ok(());
    }
    Err(format!(
        "{} cannot import {MODULES}. Make one that can and give it with --python:\n  \
         python3 -m venv FOLDER\n  FOLDER/bin/pip install torch numpy scipy blake3",
        python.display()
    )
    .into())
}

fn call(command: &mut Command) -> Result<(), Fault> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
