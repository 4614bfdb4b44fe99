//! `demo`: the sample reports, read, recorded, and shown.

use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use crate::args::{Demo, Input, LedgerArg, Status, View};
use crate::commands::{record, serve, status};
use crate::failure::{Done, Failure, note};

/// The sample reports, written for this purpose from public facts.
static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// Runs the command.
pub fn run(args: &Demo) -> Result<Done, Failure> {
    let folder = std::env::temp_dir().join(format!("holdfire-demo-{}", std::process::id()));
    let reports = folder.join("reports");
    lay_out(&EXAMPLES, &reports)?;
    let ledger: PathBuf = args.ledger.clone().unwrap_or_else(|| folder.join("demo.holdfire"));
    note(&format!("sample reports: {}\nledger: {}", reports.display(), ledger.display()));
    let input = Input { paths: vec![reports], published: None };
    let summary = record::record(&input, &ledger, false)?;
    record::print(&summary, &ledger)?;
    let view = View { ledger: LedgerArg { ledger: ledger.clone() }, as_of: None, json: false };
    status::run(&Status { view, truce: "syria-2016-12-30".to_owned(), from: None, to: None })?;
    if args.no_serve {
        return Ok(Done::Clean);
    }
    serve::run(&ledger, args.port)
}

fn lay_out(dir: &Dir<'_>, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to).map_err(Failure::file(to))?;
    for entry in dir.entries() {
        let path = to.join(entry.path().file_name().unwrap_or_default());
        match entry {
            DirEntry::Dir(inner) => lay_out(inner, &path)?,
            DirEntry::File(file) => fs::write(&path, file.contents()).map_err(Failure::file(&path))?,
        }
    }
    Ok(())
}
