//! Why a command could not be done, and how problems are told.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use holdfire::ReaderError;
use holdfire_ledger::LedgerError;
use holdfire_types::Problem;
use holdfire_web::WebError;

/// Why a command could not be done. Exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The binary is faulty.
    #[error(transparent)]
    Reader(#[from] ReaderError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The server.
    #[error(transparent)]
    Web(#[from] WebError),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// What was typed cannot be done.
    #[error("{0}")]
    Asked(String),
    /// Standard output was closed or is full.
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

impl Failure {
    /// For `map_err` on file operations.
    pub fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }
}

/// How a command ended that could be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Exit code 0.
    Clean,
    /// Exit code 1: done, with problems listed.
    WithProblems,
}

impl Done {
    /// [`Done::WithProblems`] where there are any.
    pub fn with(problems: usize) -> Self {
        if problems == 0 { Self::Clean } else { Self::WithProblems }
    }

    /// With problems where either has any.
    pub fn and(self, other: Self) -> Self {
        if self == Self::Clean { other } else { self }
    }
}

/// Tells a problem on standard error.
pub fn tell(problem: &Problem) {
    // Nobody listens on a closed standard error; the exit code still says that there was a problem.
    let _ = writeln!(std::io::stderr(), "problem: {problem}");
}

/// Tells a line that is no data on standard error.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
