//! Files and folders become [`Report`]s, one at a time.
//!
//! - [`reports`]: everything under some paths, in a settled order, with flat memory.
//! - [`Options`]: what the person who runs the program knows and the files do not say.
//!
//! Text (`.txt`), pages (`.html`, `.htm`) and JSON lines (`.jsonl`) are read. A `meta.jsonl` beside texts and pages
//! gives what they do not say themselves. Whatever goes wrong with one file is a [`Problem`] in the stream; the
//! files after it are still read.
#![allow(clippy::disallowed_methods, reason = "this room reads files")]

mod bytes;
mod dateline;
mod day;
mod file;
mod folder;
mod genre;
mod lines;
mod page;
mod record;
mod sidecar;

use std::path::PathBuf;

use holdfire_types::{Problem, Report};
use jiff::civil::Date;

/// Longest text of one report that is read, in bytes.
pub const LONGEST: usize = 16 << 20;

/// What the person who runs the program knows and the files do not say.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Publication day of texts that carry none.
    pub published: Option<Date>,
}

/// A report, or what was wrong with one.
type Item = Result<Report, Problem>;

/// Items of one file or folder.
type Items = Box<dyn Iterator<Item = Item> + Send>;

/// Everything under `paths`: files as given, folders with all that lies in them, by name.
///
/// A text that had to be mended (bytes that are no text) is given, and the problem after it.
pub fn reports(
    paths: &[PathBuf],
    options: &Options,
) -> impl Iterator<Item = Result<Report, Problem>> + Send + use<> {
    let (paths, options) = (paths.to_vec(), options.clone());
    let mut beside = sidecar::Beside::default();
    paths.into_iter().flat_map(move |path| -> Items {
        if path.is_dir() {
            folder::given(&path, &options)
        } else {
            let (notes, problems) = beside.of(&path);
            Box::new(problems.into_iter().map(Err).chain(file::items(&path, &notes, &options)))
        }
    })
}
