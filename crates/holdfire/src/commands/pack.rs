//! `pack check`: whether packs are whole, and what to mend.

use std::fs;
use std::io::Write as _;

use crate::args::PackCheck;
use crate::failure::{Done, Failure, tell};

/// Checks each file; problems name file, line and mend.
pub fn check(args: &PackCheck) -> Result<Done, Failure> {
    let mut count = 0;
    for path in &args.paths {
        let text = fs::read_to_string(path).map_err(Failure::file(path))?;
        let problems = holdfire_world::check(&path.display().to_string(), &text);
        problems.iter().for_each(tell);
        if problems.is_empty() {
            writeln!(std::io::stdout(), "{}: whole", path.display())?;
        }
        count += problems.len();
    }
    Ok(Done::with(count))
}
