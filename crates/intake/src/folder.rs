//! A folder: every report in it, by name.

use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use holdfire_types::Problem;

use crate::{Items, Options, bytes, file, sidecar};

/// Folders within folders that are followed.
const DEEPEST: usize = 64;

/// A folder that a person named: one without a report is a slip worth telling.
pub fn given(folder: &Path, options: &Options) -> Items {
    let mut items = inside(folder, options, 0).peekable();
    if items.peek().is_some() {
        return Box::new(items);
    }
    let mend = "put .txt, .html or .jsonl files there, or name another folder";
    Box::new(std::iter::once(Err(Problem::new(bytes::shown(folder), "holds no reports", mend))))
}

fn inside(folder: &Path, options: &Options, depth: usize) -> Items {
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(error) => return Box::new(std::iter::once(Err(bytes::unreadable(folder, &error)))),
    };
    let (notes, mut problems) = sidecar::of_folder(folder);
    let stems: std::collections::BTreeSet<String> = entries
        .iter()
        .filter(|(path, _)| file::takes_notes(path))
        .map(|(path, _)| file::stem(path))
        .collect();
    for id in notes.keys().filter(|id| !stems.contains(*id)) {
        let at = bytes::shown(&folder.join(sidecar::NAME));
        let what = format!("speaks of `{id}`, and no text or page of that name lies beside it");
        problems.push(Problem::new(at, what, "make `id` the file's name without its ending"));
    }
    let options = options.clone();
    Box::new(problems.into_iter().map(Err).chain(entries.into_iter().flat_map(
        move |(path, kind)| -> Items {
            if kind.is_dir() {
                if depth == DEEPEST {
                    let what = format!("lies more than {DEEPEST} folders deep and was not read");
                    return Box::new(std::iter::once(Err(Problem::new(
                        bytes::shown(&path),
                        what,
                        "name it itself",
                    ))));
                }
                inside(&path, &options, depth + 1)
            } else {
                file::items(&path, &Arc::clone(&notes), &options)
            }
        },
    )))
}

/// What a folder holds of folders and readable files, by name. Hidden ones are passed over; links to files are
/// followed and links to folders are not (they can run in circles).
fn entries(folder: &Path) -> std::io::Result<Vec<(PathBuf, FileType)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let wanted = kind.is_dir() || (file::is_known(&path) && entry.file_name() != sidecar::NAME);
        if !hidden && wanted && !(kind.is_symlink() && path.is_dir()) {
            found.push((path, kind));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(found)
}
