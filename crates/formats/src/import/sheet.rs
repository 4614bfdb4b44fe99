//! A table of another data set: CSV with heads of columns, read row by row within limits.
//!
//! - [`Sheet`]: the table. Commas, semicolons or tabs; a byte order mark and a second row of HXL tags are passed over.
//! - [`Row`]: one line of it, asked by the name of a column.
//! - [`Fault`]: what is wrong with a row and what to do; it becomes a problem with the row's place.

use std::collections::HashMap;
use std::rc::Rc;

use csv::StringRecord;
use jiff::civil::Date;

use super::{Form, ImportError};

/// Longest cell, in bytes. Longer ones are a quotation mark that was never closed, or no data.
const LONGEST_CELL: usize = 256 * 1024;
/// Longest name of a person, party or place, in bytes.
const LONGEST_NAME: usize = 1024;
/// Most columns; the widest of the forms has 49.
const MOST_COLUMNS: usize = 512;
/// What others write for "no value".
const NOTHING: &[&str] = &["NA", "N/A", "NaN", "nan", "NULL", "null", "None", "<NA>"];
/// Years outside these are slips ("0025").
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What happened.
    pub what: String,
    /// What to do.
    pub mend: &'static str,
}

impl Fault {
    pub fn new(what: impl Into<String>, mend: &'static str) -> Self {
        Self { what: what.into(), mend }
    }
}

/// A table being read.
pub(super) struct Sheet<'t> {
    reader: csv::Reader<&'t [u8]>,
    heads: Rc<HashMap<String, usize>>,
    width: usize,
    first: bool,
}

/// One line of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    heads: Rc<HashMap<String, usize>>,
    cells: StringRecord,
    /// Its line in the file, from 1.
    pub line: u64,
}

impl<'t> Sheet<'t> {
    /// Opens a table that must have one column of each group of `needed`.
    pub fn open(form: Form, file: &str, text: &'t str, needed: &[&[&str]]) -> Result<Self, ImportError> {
        let text = text.trim_start_matches('\u{feff}');
        let first_line = text.lines().next().unwrap_or("");
        let delimiter = *[b',', b';', b'\t']
            .iter()
            .max_by_key(|d| (first_line.bytes().filter(|b| b == *d).count(), **d == b','))
            .unwrap_or(&b',');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut head = StringRecord::new();
        let read = reader.read_record(&mut head);
        let no_table = || ImportError::NoTable { file: file.to_owned(), form };
        if !read.map_err(|_| no_table())? || head.len() > MOST_COLUMNS {
            return Err(no_table());
        }
        let mut heads: HashMap<String, usize> = HashMap::new();
        for (at, name) in head.iter().enumerate() {
            heads.entry(name.trim().to_ascii_lowercase()).or_insert(at);
        }
        let missing: Vec<String> = needed
            .iter()
            .filter(|group| !group.iter().any(|name| heads.contains_key(*name)))
            .map(|group| group.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or "))
            .collect();
        if !missing.is_empty() {
            return Err(ImportError::MissingColumns { file: file.to_owned(), form, columns: missing });
        }
        Ok(Self { reader, heads: Rc::new(heads), width: head.len(), first: true })
    }

    /// The next row; with the line of a row that is none.
    pub fn next(&mut self) -> Option<Result<Row, (u64, Fault)>> {
        loop {
            let mut cells = StringRecord::new();
            let read = self.reader.read_record(&mut cells);
            let line = cells.position().map_or_else(|| self.reader.position().line(), csv::Position::line);
            match read {
                Ok(false) => return None,
                Ok(true) => {}
                Err(e) => return Some(Err((line, Fault::new(e.to_string(), "save the file as UTF-8")))),
            }
            let tags = std::mem::take(&mut self.first)
                && cells.iter().any(|c| c.starts_with('#'))
                && cells.iter().all(|c| c.is_empty() || c.starts_with('#'));
            if tags || cells.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            return Some(self.whole(&cells).map_err(|fault| (line, fault)).map(|()| Row {
                heads: Rc::clone(&self.heads),
                cells,
                line,
            }));
        }
    }

    fn whole(&self, cells: &StringRecord) -> Result<(), Fault> {
        if let Some(cell) = cells.iter().find(|c| c.len() > LONGEST_CELL) {
            return Err(Fault::new(
                format!("a cell of {} bytes, more than {LONGEST_CELL}", cell.len()),
                "look for a quotation mark that is not closed",
            ));
        }
        if cells.len() != self.width {
            return Err(Fault::new(
                format!("the row has {} cells, the heads of columns are {}", cells.len(), self.width),
                "look whether the file was cut, or a cell with a comma is not in quotation marks",
            ));
        }
        if cells.iter().any(|c| c.contains(char::REPLACEMENT_CHARACTER)) {
            return Err(Fault::new("the row holds letters that are no UTF-8", "save the file as UTF-8"));
        }
        Ok(())
    }
}

impl Row {
    /// The cell of a column without white space around it; empty where the column or the value is missing.
    pub fn text(&self, column: &str) -> &str {
        let cell = self.heads.get(column).and_then(|at| self.cells.get(*at)).unwrap_or("").trim();
        if NOTHING.contains(&cell) { "" } else { cell }
    }

    /// The first of several columns that has a value.
    pub fn first(&self, columns: &[&str]) -> &str {
        columns.iter().map(|c| self.text(c)).find(|cell| !cell.is_empty()).unwrap_or("")
    }

    /// A cell that must have a value.
    pub fn need(&self, column: &str) -> Result<&str, Fault> {
        let cell = self.text(column);
        if cell.is_empty() {
            return Err(Fault::new(format!("`{column}` is empty"), "fill it in, or leave the row out"));
        }
        Ok(cell)
    }

    /// A name: on one line, of sane length.
    pub fn name(&self, column: &str) -> Result<String, Fault> {
        let cell = self.text(column);
        if cell.len() > LONGEST_NAME {
            return Err(Fault::new(
                format!("`{column}` has {} bytes, too long for a name", cell.len()),
                "look whether the columns have shifted",
            ));
        }
        Ok(one_line(cell))
    }

    /// Names parted by semicolons, each once.
    pub fn names(&self, column: &str) -> Result<Vec<String>, Fault> {
        let cell = self.text(column);
        let mut names: Vec<String> = Vec::new();
        for name in cell.split(';').map(one_line).filter(|n| !n.is_empty()) {
            if name.len() > LONGEST_NAME || names.len() == 64 {
                return Err(Fault::new(
                    format!("`{column}` holds a name that is too long, or more than 64"),
                    "look whether the columns have shifted",
                ));
            }
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// A count. Spreadsheets write 5 as `5.0`; that is a count, `5.5` is none.
    pub fn count(&self, column: &str) -> Result<Option<u64>, Fault> {
        let cell = self.text(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let digits = cell.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0'));
        digits.map_or(cell, |(whole, _)| whole).parse().map(Some).map_err(|_| {
            Fault::new(format!("`{column}` is `{}`, which is no count", short(cell)), "write a whole number")
        })
    }

    /// A number with a fraction.
    pub fn decimal(&self, column: &str) -> Result<Option<f64>, Fault> {
        let cell = self.text(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let number = cell.parse().ok().filter(|n: &f64| n.is_finite());
        number.map(Some).ok_or_else(|| {
            Fault::new(
                format!("`{column}` is `{}`, which is no number", short(cell)),
                "write it like 36.37, with a point",
            )
        })
    }

    /// A point on the map, from two columns. Both 0 is a form left unfilled, no place in the Gulf of Guinea.
    pub fn point(&self, lat: &str, lon: &str) -> Result<Option<(f64, f64)>, Fault> {
        match (self.decimal(lat)?, self.decimal(lon)?) {
            (Some(0.0), Some(0.0)) | (None, None) => Ok(None),
            (Some(y), Some(x)) if (-90.0..=90.0).contains(&y) && (-180.0..=180.0).contains(&x) => {
                Ok(Some((y, x)))
            }
            _ => Err(Fault::new(
                format!("`{lat}` and `{lon}` are no point: `{}`, `{}`", self.text(lat), self.text(lon)),
                "write degrees north from -90 to 90 and degrees east from -180 to 180",
            )),
        }
    }

    /// A day that must be there.
    pub fn day(&self, column: &str) -> Result<Date, Fault> {
        self.need(column)?;
        self.maybe_day(column)?.ok_or_else(|| Fault::new(format!("`{column}` is empty"), "fill it in"))
    }

    /// A day, as `2017-02-16`, with or without a time behind it, or as `16 February 2017`.
    pub fn maybe_day(&self, column: &str) -> Result<Option<Date>, Fault> {
        let cell = self.text(column);
        if cell.is_empty() {
            return Ok(None);
        }
        let day = read_day(cell).filter(|d| YEARS.contains(&d.year()));
        day.map(Some).ok_or_else(|| {
            Fault::new(
                format!("`{column}` is `{}`, which is no day of the years 1900 to 2100", short(cell)),
                "write it as YYYY-MM-DD; days and months in numbers can be mistaken for each other",
            )
        })
    }

    /// All cells, for the id of a row that has none.
    pub fn cells(&self) -> Vec<&str> {
        self.cells.iter().collect()
    }
}

fn read_day(cell: &str) -> Option<Date> {
    let iso = cell.get(..10).filter(|_| matches!(cell.as_bytes().get(10), None | Some(b' ' | b'T')));
    if let Some(day) = iso.and_then(|iso| iso.parse().ok()) {
        return Some(day);
    }
    if cell.len() > 32 {
        return None;
    }
    let spaced = cell.replace(['-', ','], " ");
    let parts: Vec<&str> = spaced.split_whitespace().collect();
    let [day, month, year] = parts[..] else { return None };
    let (day, month) =
        if day.starts_with(|c: char| c.is_ascii_digit()) { (day, month) } else { (month, day) };
    let month = month.get(..3)?.to_ascii_lowercase();
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = months.iter().position(|m| *m == month)? as i8 + 1;
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// White space of any kind as single spaces, other control characters left out.
pub(super) fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a cell, for messages.
pub(super) fn short(cell: &str) -> String {
    let mut short: String = one_line(cell).chars().take(40).collect();
    if cell.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rows(text: &str) -> Vec<Result<Row, (u64, Fault)>> {
        let mut sheet = Sheet::open(Form::Acled, "x.csv", text, &[&["a"]]).expect("a table");
        std::iter::from_fn(|| sheet.next()).collect()
    }

    #[test]
    fn any_of_three_delimiters_a_mark_and_a_row_of_tags_are_met() {
        for text in ["\u{feff}a,b\n#x,#y\n1,2\n", "A;B\n1;2\n", " a \tb\r\n\r\n1\t2\r\n"] {
            let rows = rows(text);
            assert_eq!(rows.len(), 1, "{text:?}");
            assert_eq!(rows[0].as_ref().expect("a row").text("b"), "2");
        }
    }

    #[test]
    fn a_row_that_is_cut_is_told_with_its_line_and_the_others_stay() {
        let rows = rows("a,b\n1,2\n3\n\"4\nstill 4\",5\n6,7\n");
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[1].as_ref().expect_err("cut").0, 3);
        assert_eq!(rows[3].as_ref().expect("a row").line, 6);
    }

    #[test]
    fn an_open_quotation_mark_is_told_as_one() {
        let text = format!("a,b\n1,\"{}", "x\n".repeat(200_000));
        let fault = rows(&text)[0].as_ref().expect_err("too long").1.clone();
        assert!(fault.mend.contains("quotation mark"), "{fault:?}");
    }

    #[test]
    fn a_missing_column_is_named() {
        let Err(error) = Sheet::open(Form::Ged, "x.csv", "a,b\n", &[&["a"], &["c", "d"]]) else {
            panic!("there is no c");
        };
        assert!(error.to_string().contains("`c` or `d`"), "{error}");
        assert!(Sheet::open(Form::Ged, "x.csv", "", &[]).is_err());
    }

    #[test]
    fn cells_are_read_as_what_they_should_be() {
        let rows = rows("a,b,c\n5.0,-36.5,2017-02-16T00:00:00\n5.5,91,16/02/2017\nNA,,0025-01-01\n");
        let [one, two, three] = &rows[..] else { panic!("three rows") };
        let [one, two, three] = [one, two, three].map(|r| r.as_ref().expect("a row"));
        assert_eq!(one.count("a"), Ok(Some(5)));
        assert_eq!(one.point("b", "a"), Ok(Some((-36.5, 5.0))));
        assert_eq!(one.day("c"), Ok(date(2017, 2, 16)));
        assert!(two.count("a").is_err() && two.point("b", "a").is_err() && two.day("c").is_err());
        assert_eq!((three.count("a"), three.text("no such column")), (Ok(None), ""));
        assert!(three.day("c").is_err());
    }

    #[test]
    fn days_are_read_with_their_month_in_letters() {
        for text in ["16 February 2017", "16-Feb-2017", "February 16, 2017"] {
            assert_eq!(read_day(text), Some(date(2017, 2, 16)), "{text}");
        }
        assert_eq!(read_day("30 February 2017"), None);
        assert_eq!(read_day("é é é"), None);
    }
}
