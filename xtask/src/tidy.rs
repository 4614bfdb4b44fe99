//! Rules of the tree that no compiler checks.
//!
//! Every text file of the tree is looked at: no path of one machine, no white space at a line's end, a newline at
//! the file's end; and of Rust: module docs first, no file too long, nothing left half done.

use std::path::Path;

use crate::Fault;

/// A Rust file of more lines holds more than one thing.
const LONGEST: usize = 600;

/// Endings of files that hold text of ours.
const TEXT: &[&str] = &["rs", "toml", "md", "py", "html", "css", "svg", "csv", "json", "txt", "sh", "run"];

/// Hidden folders that belong to the tree.
const OURS: &[&str] = &[".ci", ".cargo"];

/// Words that only unfinished code holds. Split, so that this file may hold them.
const UNFINISHED: &[[&str; 2]] =
    &[["todo", "!"], ["dbg", "!"], ["unimplemented", "!"], ["FIX", "ME"], ["XXX", ":"]];

/// Beginnings of paths that exist on one machine only. Split likewise.
const MACHINE: &[[&str; 2]] =
    &[["/wo", "rk/"], ["/ho", "me/"], ["/Us", "ers/"], ["/tm", "p/"], ["/ro", "ot/"]];

/// Looks at the whole tree; the fault lists every breach as `file:line: what`.
pub fn run(root: &Path) -> Result<(), Fault> {
    let mut breaches = Vec::new();
    let mut looked = 0;
    for file in files(root)? {
        let Ok(bytes) = std::fs::read(root.join(&file)) else { continue };
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if TEXT.contains(&ending(&file)) {
            looked += 1;
            breaches
                .extend(check(&file, &text).into_iter().map(|(line, what)| format!("{file}:{line}: {what}")));
        }
    }
    println!("{looked} files looked at, {} breaches", breaches.len());
    if breaches.is_empty() { Ok(()) } else { Err(breaches.join("\n").into()) }
}

/// Every file of the tree, as its path from the root; not what was built, nor folders that are hidden from git's users.
fn files(root: &Path) -> Result<Vec<String>, Fault> {
    let mut out = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type()?.is_dir() {
                if name != "target" && (!name.starts_with('.') || OURS.contains(&name.as_str())) {
                    open.push(entry.path());
                }
            } else if let Ok(inside) = entry.path().strip_prefix(root) {
                out.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    out.sort();
    Ok(out)
}

/// What stands after the last point of a file's name; the name itself where it has none.
fn ending(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit('.').next().unwrap_or(name)
}

/// What is wrong with a file: lines from 1, and what.
fn check(file: &str, text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let rust = ending(file) == "rs";
    for (number, line) in (1..).zip(text.lines()) {
        if line.ends_with([' ', '\t', '\r']) {
            out.push((number, "white space at the line's end".to_owned()));
        }
        if let Some(path) = MACHINE.iter().map(|p| p.concat()).find(|p| machine_path(line, p)) {
            out.push((number, format!("`{path}` is a path of one machine")));
        }
        if rust && let Some(word) = UNFINISHED.iter().map(|w| w.concat()).find(|w| line.contains(w.as_str()))
        {
            out.push((number, format!("`{word}` in code that is meant to be whole")));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        out.push((text.lines().count(), "no newline at the file's end".to_owned()));
    }
    if rust {
        if !text.starts_with("//!") {
            out.push((1, "no module docs (`//!`) at the head".to_owned()));
        }
        let lines = text.lines().count();
        if lines > LONGEST {
            out.push((lines, format!("more than {LONGEST} lines: part it by what it holds")));
        }
    }
    out
}

/// True where `path` begins a path; one that goes on from a folder before it is none.
fn machine_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        !line[..at]
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}' | '$' | '{'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str, text: &str) -> Vec<usize> {
        check(file, text).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn a_tidy_file_passes() {
        assert_eq!(lines("a.rs", "//! Nouns.\n\nfn f() {}\n"), [0; 0]);
    }

    #[test]
    fn each_breach_is_told_with_its_line() {
        assert_eq!(lines("a.md", "x \n"), [1]);
        assert_eq!(lines("a.md", "x"), [1]);
        assert_eq!(lines("a.rs", "fn f() {}\n"), [1]);
        assert_eq!(lines("a.rs", &format!("//! N.\n{}\n", UNFINISHED[0].concat())), [2]);
        assert_eq!(lines("a.py", &format!("ok\nopen('{}x')\n", MACHINE[0].concat())), [2]);
        assert_eq!(lines("a.rs", &format!("//! N.\n{}", "\n".repeat(LONGEST))), [LONGEST + 1]);
    }

    #[test]
    fn a_slash_inside_a_name_begins_no_path() {
        let path = MACHINE[0].concat();
        assert!(!machine_path(&format!("see docs{path}plan"), &path));
        assert!(machine_path(&format!("see {path}plan"), &path));
    }
}
