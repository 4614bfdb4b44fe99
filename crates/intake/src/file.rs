//! One file: which reader it goes to, and what every report gets at the end.

use std::path::Path;

use holdfire_types::{FoundIn, Problem, Published, Report, SourceFormat};

use crate::record::Record;
use crate::sidecar::Notes;
use crate::{Item, Items, Options, bytes, dateline, genre, lines, page};

/// How files are read, by their ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Page,
    JsonLines,
    /// Holds reports as a rule, and cannot be read yet.
    Closed,
}

/// The form of a file, from its ending; `None` for endings that say nothing.
fn form(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "txt" | "text" => Some(Form::Text),
        "html" | "htm" | "xhtml" => Some(Form::Page),
        "jsonl" | "ndjson" => Some(Form::JsonLines),
        "pdf" | "doc" | "docx" | "odt" | "rtf" | "epub" | "eml" | "warc" | "zip" | "gz" => Some(Form::Closed),
        _ => None,
    }
}

/// True for files that a folder's reader takes up, if only to say that it cannot read them.
pub fn is_known(path: &Path) -> bool {
    form(path).is_some()
}

/// True for files that `meta.jsonl` can speak of.
pub fn takes_notes(path: &Path) -> bool {
    matches!(form(path), Some(Form::Text | Form::Page))
}

/// A file's name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The reports of one file. A file that was named and whose ending says nothing is read as text.
pub fn items(path: &Path, notes: &Notes, options: &Options) -> Items {
    match form(path) {
        Some(Form::JsonLines) => Box::new(lines::items(path, options)),
        Some(Form::Closed) => {
            let mend = "save it as text (.txt) or as a page (.html)";
            let problem = Problem::new(bytes::shown(path), "is of a kind that cannot be read", mend);
            Box::new(std::iter::once(Err(problem)))
        }
        form => Box::new(single(path, form == Some(Form::Page), notes, options).into_iter()),
    }
}

/// The report of a text or a page, and what was wrong with it.
fn single(path: &Path, is_page: bool, notes: &Notes, options: &Options) -> Vec<Item> {
    let at = bytes::shown(path);
    let read = bytes::whole(path).and_then(|raw| bytes::text(&at, &raw));
    let (text, replaced) = match read {
        Ok(read) => read,
        Err(problem) => return vec![Err(problem)],
    };
    let name = stem(path);
    let note = notes.get(&name);
    let report = if is_page {
        page::read(&at, &name, &text)
    } else {
        let mut report = Report::new(name, text);
        report.format = SourceFormat::Text;
        Ok(report)
    };
    let report = report.map(|report| finished(report, note, options));
    std::iter::once(report).chain(replaced.map(Err)).collect()
}

/// Fills what the text's own head says, then what the record says, then what the person gave; and seals the report.
pub fn finished(mut report: Report, record: Option<&Record>, options: &Options) -> Report {
    dateline::onto(&mut report);
    if let Some(record) = record {
        record.onto(&mut report);
    }
    if report.published.is_none() {
        report.published =
            options.published.map(|date| Published { date, found: FoundIn::Given, span: None });
    }
    report.genre = genre::of(&report);
    report.seal();
    report
}
