//! `pack check`, `pack new`, and packs that a run brings along.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use holdfire_types::Problem;

use crate::args::{OwnPacks, PackCheck, PackNew};
use crate::failure::{Done, Failure, note, tell};

/// Checks each file; problems name file, line and mend.
pub fn check(args: &PackCheck) -> Result<Done, Failure> {
    let mut count = 0;
    for path in &args.paths {
        let (_, problems) = look(path)?;
        problems.iter().for_each(tell);
        if problems.is_empty() {
            writeln!(std::io::stdout(), "{}: whole", path.display())?;
        }
        count += problems.len();
    }
    Ok(Done::with(count))
}

/// Writes a commented pack that passes `pack check`; a file that is there is left alone.
pub fn new(args: &PackNew) -> Result<Done, Failure> {
    let start = holdfire_world::START.replace("NAME", &args.name);
    let file = format!("{}.toml", args.name);
    if let Some(problem) = holdfire_world::check(&file, &start).first() {
        return Err(Failure::Asked(format!("{}; {}", problem.what, problem.mend)));
    }
    let made = fs::OpenOptions::new().write(true).create_new(true).open(&file);
    match made.and_then(|mut out| out.write_all(start.as_bytes())) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::Asked(format!("{file} is there already; choose another name or move it away")))
        }
        other => {
            other.map_err(Failure::file(Path::new(&file)))?;
            writeln!(std::io::stdout(), "{file}")?;
            note(&format!("fill it in, then: holdfire pack check {file}"));
            Ok(Done::Clean)
        }
    }
}

/// Takes the packs that a run brings. A faulty one ends the run, or is left out where that is asked for.
pub fn bring(args: &OwnPacks) -> Result<Done, Failure> {
    let mut whole = Vec::new();
    let mut faults = 0;
    for path in &args.packs {
        let (text, problems) = look(path)?;
        problems.iter().for_each(tell);
        faults += problems.len();
        if problems.is_empty() {
            whole.push((path.display().to_string(), text));
        } else if !args.skip_bad_packs {
            return Err(Failure::Asked(format!(
                "{}: the pack is not whole; mend it, or leave it out with --skip-bad-packs",
                path.display()
            )));
        }
    }
    if !whole.is_empty() {
        holdfire::take(&whole).map_err(|e| Failure::Reader(e.into()))?;
    }
    Ok(Done::with(faults))
}

/// A pack's text and what is wrong with it.
fn look(path: &Path) -> Result<(String, Vec<Problem>), Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    let problems = holdfire_world::check(&path.display().to_string(), &text);
    Ok((text, problems))
}
