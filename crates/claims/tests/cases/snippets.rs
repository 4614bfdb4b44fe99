//! Literate cases: snippets in fenced blocks, and the items of the list behind each.

use std::path::Path;

/// A snippet and what is expected of it.
#[derive(Debug)]
pub struct Snippet {
    /// The file's name.
    pub file: String,
    /// The line of its fence.
    pub line: usize,
    /// What stands behind the opening fence.
    pub info: Option<String>,
    /// The snippet.
    pub text: String,
    /// The list items behind it, with their lines.
    pub items: Vec<(usize, String)>,
}

/// The snippets of every file of `cases/` whose name the test asks for, by name.
pub fn snippets(wanted: impl Fn(&str) -> bool) -> Vec<Snippet> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut found = Vec::new();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file != "README.md" && wanted(&file) {
            read(&file, &std::fs::read_to_string(path).unwrap(), &mut found);
        }
    }
    found
}

fn read(file: &str, text: &str, found: &mut Vec<Snippet>) {
    let first = found.len();
    let mut inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(info) = line.strip_prefix("```") {
            if !inside {
                let info = (!info.is_empty()).then(|| info.to_owned());
                found.push(Snippet {
                    file: file.to_owned(),
                    line: number,
                    info,
                    text: String::new(),
                    items: Vec::new(),
                });
            }
            inside = !inside;
        } else if inside {
            let snippet = found.last_mut().unwrap();
            if !snippet.text.is_empty() {
                snippet.text.push('\n');
            }
            snippet.text.push_str(line);
        } else if let Some(item) = line.strip_prefix("- ")
            && found.len() > first
        {
            found.last_mut().unwrap().items.push((number, item.to_owned()));
        }
    }
    assert!(!inside, "{file}: a fence is not closed");
}
