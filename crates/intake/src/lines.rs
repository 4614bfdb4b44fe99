//! JSON lines, read one at a time: a file of any size takes the memory of its longest line.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use holdfire_types::{Problem, Report, SourceFormat};

use crate::record::Record;
use crate::{Item, LONGEST, Options, bytes, file};

/// One line of a file, by number from 1: its bytes, or what was wrong with it.
pub struct Lines {
    from: BufReader<File>,
    name: String,
    number: usize,
    over: bool,
}

impl Lines {
    /// The lines of a file.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let from = BufReader::with_capacity(1 << 16, bytes::open(path)?);
        Ok(Self { from, name: bytes::shown(path), number: 0, over: false })
    }

    /// Reads up to a line end into `line`; false at the end of the file. What is over the limit is passed by, unread.
    fn fill(&mut self, line: &mut Vec<u8>, too_long: &mut bool) -> std::io::Result<bool> {
        let mut any = false;
        loop {
            let part = self.from.fill_buf()?;
            if part.is_empty() {
                return Ok(any);
            }
            any = true;
            let end = part.iter().position(|&b| b == b'\n');
            let taken = end.unwrap_or(part.len());
            if line.len() + taken > LONGEST {
                *too_long = true;
            } else if !*too_long {
                line.extend_from_slice(&part[..taken]);
            }
            self.from.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

impl Iterator for Lines {
    type Item = (String, Result<String, Problem>);

    fn next(&mut self) -> Option<Self::Item> {
        while !self.over {
            let (mut line, mut too_long) = (Vec::new(), false);
            self.number += 1;
            let at = format!("{}:{}", self.name, self.number);
            match self.fill(&mut line, &mut too_long) {
                Ok(false) => self.over = true,
                Ok(true) if too_long => return Some((at.clone(), Err(bytes::too_long(at)))),
                Ok(true) => {
                    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
                    if line.iter().any(|b| !b.is_ascii_whitespace()) {
                        let line = String::from_utf8(line.to_vec()).map_err(|_| {
                            Problem::new(
                                &at,
                                "is no UTF-8",
                                "convert the file to UTF-8, for example with iconv",
                            )
                        });
                        return Some((at, line));
                    }
                }
                Err(error) => {
                    self.over = true;
                    let what = format!("cannot be read further ({error})");
                    return Some((at.clone(), Err(Problem::new(at, what, "check the disk, then run again"))));
                }
            }
        }
        None
    }
}

/// The reports of a file of JSON lines.
pub fn items(path: &Path, options: &Options) -> impl Iterator<Item = Item> + Send + use<> {
    let (lines, missing) = match Lines::open(path) {
        Ok(lines) => (Some(lines), None),
        Err(problem) => (None, Some(Err(problem))),
    };
    let options = options.clone();
    let mut read =
        lines.into_iter().flatten().flat_map(move |(at, line)| item(&at, line, &options)).peekable();
    let empty = (missing.is_none() && read.peek().is_none()).then(|| {
        Err(Problem::new(bytes::shown(path), "is empty", "leave it out, or fetch the reports again"))
    });
    missing.into_iter().chain(empty).chain(read)
}

/// The report of one line, and what was wrong with it.
fn item(at: &str, line: Result<String, Problem>, options: &Options) -> Vec<Item> {
    let (mut record, problems) = match line.and_then(|line| Record::read(at, &line)) {
        Ok(read) => read,
        Err(problem) => return vec![Err(problem)],
    };
    let mut items: Vec<Item> = Vec::with_capacity(1 + problems.len());
    match record.text.take() {
        None => items.push(Err(Problem::new(at, "has no `text`", "give the report's text under \"text\""))),
        Some(text) if text.contains('\0') => {
            items.push(Err(Problem::new(at, "is no text (it holds binary data)", "give the text alone")));
        }
        Some(text) => {
            let (text, _) = holdfire_text::decode(text.as_bytes());
            let mut report = Report::new(record.id.clone(), text);
            report.format = SourceFormat::JsonLine;
            items.push(Ok(file::finished(report, Some(&record), options)));
        }
    }
    items.extend(problems.into_iter().map(Err));
    items
}
