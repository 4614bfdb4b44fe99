//! How long a cold read of one article takes: the whole program, from its start to its end.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::Fault;

/// What is read: a shipped article of usual length.
const ARTICLE: &str = "examples/astana-talks-2017-02-16.txt";
/// How often; the median is told beside the fastest and the slowest.
const TIMES: usize = 21;

/// Builds the program and times it on one article.
pub fn run(root: &Path) -> Result<(), Fault> {
    let built = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--package", "holdfire"])
        .current_dir(root)
        .status()?;
    if !built.success() {
        return Err("the program did not build; see cargo's words above".into());
    }
    let program = root.join("target/release/holdfire");
    let mut walls = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let begun = Instant::now();
        let read = Command::new(&program)
            .args(["read", ARTICLE, "--format", "jsonl"])
            .current_dir(root)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !read.success() {
            return Err(format!("{} could not read {ARTICLE}", program.display()).into());
        }
        walls.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    walls.sort_by(f64::total_cmp);
    println!(
        "cold read of {ARTICLE}: {:.0} ms of wall time, median of {TIMES} ({:.0} to {:.0})",
        walls[TIMES / 2],
        walls[0],
        walls[TIMES - 1]
    );
    println!("again: cargo xtask bench cold");
    Ok(())
}
