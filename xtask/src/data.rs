//! The data folder: treebanks, name sets, corpora and marked claims, kept apart from the repository.

use std::path::PathBuf;

use crate::Fault;

/// Where the measuring data lies: it holds `data/` and `claims/`.
#[derive(Debug, Clone)]
pub struct Data {
    root: PathBuf,
}

impl Data {
    /// The folder given, or that of the environment variable `HOLDFIRE_DATA`.
    pub fn find(given: Option<PathBuf>) -> Result<Self, Fault> {
        let root = given.or_else(|| std::env::var_os("HOLDFIRE_DATA").map(PathBuf::from)).ok_or(
            "no data folder: give --data DIR or set HOLDFIRE_DATA to the folder that holds data/ and claims/",
        )?;
        if root.is_dir() {
            Ok(Self { root })
        } else {
            Err(format!("{}: no such folder", root.display()).into())
        }
    }

    /// A file or folder of it, where it is there; says on stderr when it is not.
    pub fn get(&self, inside: &str) -> Option<PathBuf> {
        let path = self.root.join(inside);
        if path.exists() {
            return Some(path);
        }
        eprintln!("missing: {inside}; what is measured on it is left out");
        None
    }

    /// The text of a file, where it is there.
    pub fn text(&self, inside: &str) -> Result<Option<String>, Fault> {
        let Some(path) = self.get(inside) else { return Ok(None) };
        std::fs::read_to_string(&path).map(Some).map_err(|e| format!("{}: {e}", path.display()).into())
    }
}
