//! The data folder: treebanks, name sets, corpora and marked claims, kept apart from the repository.

use std::path::{Path, PathBuf};

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

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
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

    /// The texts of a folder's files that end in `.ending`, by name; none where it is not there.
    pub fn texts(&self, folder: &str, ending: &str) -> Result<Vec<String>, Fault> {
        Ok(self.documents(folder, ending)?.into_iter().map(|(_, text)| text).collect())
    }

    /// Stems and texts of a folder's files that end in `.ending`, by name; what is not UTF-8 is replaced.
    pub fn documents(&self, folder: &str, ending: &str) -> Result<Vec<(String, String)>, Fault> {
        let Some(path) = self.get(folder) else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for entry in std::fs::read_dir(&path).map_err(|e| format!("{}: {e}", path.display()))? {
            let file = entry?.path();
            if file.extension().is_some_and(|e| e == ending) {
                let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
                let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                out.push((stem, holdfire_text::decode(&bytes).0));
            }
        }
        out.sort();
        Ok(out)
    }
}
