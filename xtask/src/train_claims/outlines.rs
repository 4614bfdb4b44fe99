//! Outlines of marked and running text, one JSON line a document, for `training/claims.py`.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use holdfire_claims::train::{Lesson, outline};
use holdfire_claims::{Document, Models};
use holdfire_model::Model;
use holdfire_types::Report;
use holdfire_world::World;
use serde_json::{Value, json};

use super::Marked;
use crate::Fault;

/// The file being written.
pub struct Writer(BufWriter<std::fs::File>);

impl Writer {
    /// Begins a file.
    pub fn new(path: &Path) -> Result<Self, Fault> {
        Ok(Self(BufWriter::new(std::fs::File::create(path)?)))
    }

    /// A marked document, by models that did not see it.
    pub fn marked(
        &mut self,
        marked: &Marked,
        own: bool,
        models: &Models,
        world: &World,
    ) -> Result<(), Fault> {
        let document = Document::new(&marked.report, &marked.sentences, world.acts());
        let lesson = Lesson { document, gold: marked.gold.clone() };
        self.line(&lesson, models, Some(own))
    }

    /// Running text, by the models that ship.
    pub fn running(&mut self, texts: &Path, world: &World) -> Result<(), Fault> {
        let model = Model::embedded()?;
        for line in BufReader::new(std::fs::File::open(texts)?).lines() {
            let row: Value = serde_json::from_str(&line?)?;
            let word = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let mut report = Report::new(word("id"), word("text"));
            report.seal();
            let sentences = model.annotate(&report.text);
            let document = Document::new(&report, &sentences, world.acts());
            self.line(&Lesson { document, gold: Vec::new() }, Models::embedded(), None)?;
        }
        Ok(())
    }

    /// `own` is `None` for running text.
    fn line(&mut self, lesson: &Lesson<'_>, models: &Models, own: Option<bool>) -> Result<(), Fault> {
        let outline = outline(lesson, models, own.is_some());
        let mut claims = String::new();
        for c in &outline.claims {
            let comma = if claims.is_empty() { "" } else { "," };
            let rows = (&c.at, &c.stance, &c.status, &c.source, &c.own, &c.carried, &c.nobody);
            let (at, stance, status, source, fillers, carried, nobody) = rows;
            // rows of whole numbers print as JSON does
            write!(
                claims,
                "{comma}{{\"at\":{at:?},\"stance\":{stance:?},\"status\":{status:?},\"source\":{source:?},\
                 \"own\":{fillers:?},\"carried\":{carried:?},\"nobody\":{nobody:?}}}"
            )?;
        }
        let report = lesson.document.report;
        let head = json!({"id": report.name, "own": own, "text": report.text});
        let head = head.to_string();
        writeln!(
            self.0,
            "{},\"sentences\":{:?},\"places\":{:?},\"acts\":{:?},\"claims\":[{claims}]}}",
            &head[..head.len() - 1],
            outline.sentences,
            outline.places,
            outline.acts
        )?;
        Ok(())
    }
}
