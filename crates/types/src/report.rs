//! A report: one publication as it was read.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::{Days, Id, IdKind, Span};

codes! {
    /// Where the value of a report's field was found.
    FoundIn {
        /// Given by the person who ran the program.
        Given = "given",
        /// A field of the record that carried the report (JSON lines, `meta.jsonl`, a feed).
        Record = "record",
        /// The page's own metadata (JSON-LD, OpenGraph, `<time>`).
        Metadata = "metadata",
        /// The dateline or the head of the text.
        Dateline = "dateline",
        /// Reckoned from days and dates that the text names.
        Inferred = "inferred",
    }
}

codes! {
    /// News or opinion.
    Genre {
        /// A report of events.
        News = "news",
        /// A signed view.
        Opinion = "opinion",
        /// A government's or organisation's own statement.
        Statement = "statement",
    }
}

codes! {
    /// What the report was read from.
    SourceFormat {
        /// Plain text.
        Text = "text",
        /// A web page.
        Html = "html",
        /// A line of JSON lines.
        JsonLine = "jsonl",
        /// A row of another data set, told as a sentence.
        Row = "row",
    }
}

/// When a report was published, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day that relative times ("Thursday", "in the past 24 hours") are reckoned from.
    pub date: Date,
    /// Where it was found.
    pub found: FoundIn,
    /// The stretch of the text it was read from, where it was.
    pub span: Option<Span>,
}

/// One publication as it was read. Nothing in it changes afterwards; an edited page is a new report with the same url.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Hash of publisher, url (or name) and text.
    pub id: Id,
    /// The `id` it came with, or its file's stem.
    pub name: String,
    /// Address, where known.
    pub url: Option<String>,
    /// Title, where known apart from the text.
    pub title: Option<String>,
    /// Who put it before readers.
    pub publisher: Option<String>,
    /// Who wrote it, when that is an agency (AP by way of Libyan Express).
    pub agency: Option<String>,
    /// The byline as written. Personal data: never exported by default.
    pub byline: Option<String>,
    /// Place of the dateline ("BEIRUT (AP) -"), as written.
    pub dateline: Option<String>,
    /// Publication day.
    pub published: Option<Published>,
    /// ISO 639-1 code of the language, where it could be told.
    pub lang: Option<String>,
    /// News, opinion or statement.
    pub genre: Genre,
    /// What it was read from.
    pub format: SourceFormat,
    /// The text: UTF-8, LF line ends. Every span points into it.
    pub text: String,
}

impl Report {
    /// A report of nothing but a name and a text; the other fields are filled by the reader that knows them.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let mut report = Self {
            id: Id::of(IdKind::Report, &[]),
            name,
            url: None,
            title: None,
            publisher: None,
            agency: None,
            byline: None,
            dateline: None,
            published: None,
            lang: None,
            genre: Genre::News,
            format: SourceFormat::Text,
            text,
        };
        report.seal();
        report
    }

    /// Sets the id from publisher, url (or, without one, the name) and text. Call it after those are final.
    ///
    /// So one text that came twice under two names is two reports, the second a copy of the first.
    pub fn seal(&mut self) {
        self.id = Id::of(
            IdKind::Report,
            &[self.publisher.as_deref().unwrap_or(""), self.url.as_deref().unwrap_or(&self.name), &self.text],
        );
    }

    /// The publication day as days, for claims that take their time from it.
    pub fn published_days(&self) -> Option<Days> {
        self.published.as_ref().map(|p| Days::on(p.date))
    }
}
