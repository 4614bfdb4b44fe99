//! The bytes of one file, within limits.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use holdfire_types::Problem;

use crate::LONGEST;

/// The whole of a file that holds one report.
pub fn whole(path: &Path) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    open(path)?.take(LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() > LONGEST { Err(too_long(path.display())) } else { Ok(bytes) }
}

/// A file to read from. What is no file (a pipe, a device) is refused: it may never end.
pub fn open(path: &Path) -> Result<File, Problem> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    match file.metadata() {
        Ok(about) if about.is_file() => Ok(file),
        Ok(_) => Err(Problem::new(shown(path), "is no file", "give a file or a folder")),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Text from bytes, with the problem where some were no text.
///
/// # Errors
/// When there is nothing in it, or it is no text at all.
pub fn text(at: &str, bytes: &[u8]) -> Result<(String, Option<Problem>), Problem> {
    let wide = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    if bytes.starts_with(b"%PDF") || (!wide && bytes.contains(&0)) {
        let mend = "save it as text (.txt) or as a page (.html)";
        return Err(Problem::new(at, "is no text (it holds binary data)", mend));
    }
    let (text, replaced) = holdfire_text::decode(bytes);
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Problem::new(at, "is empty", "leave it out, or fetch the report again"));
    }
    let problem = replaced.then(|| {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        Problem::new(
            at,
            format!("{count} pieces are no UTF-8 and were replaced by U+FFFD; the rest was read"),
            "convert it to UTF-8, for example with iconv",
        )
    });
    Ok((text, problem))
}

/// The problem of a report over the limit.
pub fn too_long(at: impl std::fmt::Display) -> Problem {
    let limit = LONGEST >> 20;
    Problem::new(
        at.to_string(),
        format!("is longer than {limit} MiB"),
        "split it: one report, one file or line",
    )
}

/// The problem of a path that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let mend = match error.kind() {
        std::io::ErrorKind::NotFound => "check the path",
        std::io::ErrorKind::PermissionDenied => "ask for the right to read it",
        _ => "check the disk, then run again",
    };
    let what = match error.kind() {
        std::io::ErrorKind::NotFound => "does not exist".to_owned(),
        _ => format!("cannot be read ({error})"),
    };
    Problem::new(shown(path), what, mend)
}

/// A path as it is shown to people.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}
