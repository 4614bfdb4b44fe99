//! `meta.jsonl`: what is known of the texts and pages beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use holdfire_types::Problem;

use crate::lines::Lines;
use crate::record::Record;

/// The name of the file.
pub const NAME: &str = "meta.jsonl";

/// Records by the stem of the file that they speak of.
pub type Notes = Arc<BTreeMap<String, Record>>;

/// The notes of a folder, and what was wrong in them.
pub fn of_folder(folder: &Path) -> (Notes, Vec<Problem>) {
    let path = folder.join(NAME);
    if !path.is_file() {
        return (Notes::default(), Vec::new());
    }
    let (mut notes, mut problems) = (BTreeMap::new(), Vec::new());
    let lines = Lines::open(&path).map_err(|problem| problems.push(problem)).into_iter().flatten();
    for (at, line) in lines {
        match line.and_then(|line| Record::read(&at, &line)) {
            Ok((record, wrong)) => {
                problems.extend(wrong);
                let id = record.id.clone();
                if notes.insert(id.clone(), record).is_some() {
                    let what = format!("`{id}` stands there twice; the later line was taken");
                    problems.push(Problem::new(at, what, "leave one line for each file"));
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    (Arc::new(notes), problems)
}

/// The notes beside single files. Those of the last folder are kept: a shell hands over a folder's files in a row.
#[derive(Default)]
pub struct Beside {
    last: Option<(PathBuf, Notes)>,
}

impl Beside {
    /// The notes beside `file`; the problems in them are told once.
    pub fn of(&mut self, file: &Path) -> (Notes, Vec<Problem>) {
        let folder = file.parent().map(Path::to_owned).unwrap_or_default();
        if let Some((known, notes)) = &self.last
            && *known == folder
        {
            return (Arc::clone(notes), Vec::new());
        }
        let (notes, problems) = of_folder(&folder);
        self.last = Some((folder, Arc::clone(&notes)));
        (notes, problems)
    }
}
