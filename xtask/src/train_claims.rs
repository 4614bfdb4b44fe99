//! Training of the claim models on the marked documents of `claims/train`, the marks of `training/marks` and the invented
//! reports of `training/reports`.
//!
//! `--folds N` also reads every document by models that did not see it, and leaves those readings in a folder, so that
//! the claim guide's scorer can say how well the models do on documents they were not trained on.

use std::path::{Path, PathBuf};

use clap::Args;
use holdfire_claims::train::{self, Gold, Lesson};
use holdfire_claims::{Bars, Document, Models, read_with};
use holdfire_formats::gold;
use holdfire_model::Model;
use holdfire_types::{CharMap, FoundIn, Published, Report, Sentence, Span};
use holdfire_world::World;
use serde_json::Value;

use crate::Fault;
use crate::data::Data;

pub mod marks;
mod outlines;
mod reports;

/// Where the models lie in the repository.
const FILE: &str = "models/claims-en.bin";

/// How often a document of the guide's own is taught. They are fewer than the marks of running text, which are short
/// briefs for the most part, and hold the long articles and statements.
const OWN_TIMES: usize = 3;

/// The share of the version before in an average with it.
const BEFORE: f32 = 0.3;

/// What to do.
#[derive(Debug, Args)]
pub struct Settings {
    /// Read each document of the guide's own by models trained on all others, in this many parts, into `--out`; trains no
    /// shipped models.
    #[arg(long, requires = "out")]
    folds: Option<usize>,
    /// Folder for those readings.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Average what is trained with the models of this file, for three parts of ten: those of the version before.
    #[arg(long, conflicts_with = "folds")]
    before: Option<PathBuf>,
    /// With `--folds`: also write there what the claim network learns from, as JSON lines.
    #[arg(long, requires = "folds")]
    outlines: Option<PathBuf>,
    /// Running text (JSON lines of `id` and `text`) to outline too, by the models that ship.
    #[arg(long, requires = "outlines")]
    texts: Option<PathBuf>,
    /// The folder that holds data/ and claims/; else `HOLDFIRE_DATA`.
    #[arg(long)]
    pub data: Option<PathBuf>,
}

/// A marked document, read by the language layer.
pub struct Marked {
    /// The document.
    pub report: Report,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// Its claims.
    pub gold: Vec<Gold>,
    /// Not one of the guide's own documents.
    outside: bool,
}

/// Trains and writes `models/claims-en.bin`, or cross-validates.
pub fn run(root: &Path, data: &Data, args: &Settings) -> Result<(), Fault> {
    let mut marked = load(data)?;
    let own = marked.len();
    marked.extend(marks::load(root, data)?);
    marked.extend(reports::load(root)?);
    let world = World::embedded()?;
    let times = |n: usize| if marked[n].outside { 1 } else { OWN_TIMES };
    let lessons = |of: &mut dyn Iterator<Item = usize>| -> Vec<Lesson<'_>> {
        of.flat_map(|n| std::iter::repeat_n(n, times(n)))
            .map(|n| Lesson {
                document: Document::new(&marked[n].report, &marked[n].sentences, world.acts()),
                gold: marked[n].gold.clone(),
            })
            .collect()
    };
    let settings = train::Settings::default();
    let (Some(folds), Some(out)) = (args.folds, &args.out) else {
        let mut bytes = train::train(&lessons(&mut (0..marked.len())), &settings);
        if let Some(before) = &args.before {
            let before = std::fs::read(before).map_err(|e| format!("{}: {e}", before.display()))?;
            bytes =
                train::blend(&bytes, &before, BEFORE).ok_or("the models of before are of another form")?;
        }
        std::fs::write(root.join(FILE), bytes)?;
        println!("{FILE}: trained on {} documents", marked.len());
        return Ok(());
    };
    std::fs::create_dir_all(out)?;
    let folds = folds.max(2);
    let held = |fold: usize| {
        train::train(&lessons(&mut (0..marked.len()).filter(|&n| n % folds != fold)), &settings)
    };
    let trained: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..folds).map(|fold| scope.spawn(move || held(fold))).collect();
        parts.into_iter().map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut outlines = args.outlines.as_deref().map(outlines::Writer::new).transpose()?;
    for (fold, bytes) in trained.iter().enumerate() {
        let models = Models::parse(bytes).ok_or("the models just trained cannot be read")?;
        for n in (fold..marked.len()).step_by(folds) {
            if let Some(writer) = &mut outlines {
                writer.marked(&marked[n], n < own, &models, world)?;
            }
            if n < own {
                write(out, &marked[n], &models, world)?;
            }
        }
        println!("part {} of {folds} read", fold + 1);
    }
    if let (Some(writer), Some(texts)) = (&mut outlines, &args.texts) {
        writer.running(texts, world)?;
    }
    Ok(())
}

fn write(out: &Path, marked: &Marked, models: &Models, world: &World) -> Result<(), Fault> {
    let Marked { report, sentences, .. } = marked;
    let reading = read_with(models, &Bars::default(), report, sentences, world.acts());
    let map = CharMap::new(&report.text);
    let mut lines = vec![gold::document_line(report).to_string()];
    lines.extend(reading.claims.iter().map(|claim| gold::claim_line(claim, report, &map).to_string()));
    lines.push(String::new());
    std::fs::write(out.join(format!("{}.jsonl", report.name)), lines.join("\n"))?;
    Ok(())
}

/// The documents of the guide's training set.
pub fn load(data: &Data) -> Result<Vec<Marked>, Fault> {
    let model = Model::embedded()?;
    let gold = data.documents("claims/train/gold", "jsonl")?;
    let texts = data.documents("claims/train/text", "txt")?;
    let mut marked = Vec::new();
    for (stem, text) in texts {
        let Some((_, lines)) = gold.iter().find(|(name, _)| *name == stem) else { continue };
        let mut report = Report::new(stem, text);
        let map = CharMap::new(&report.text);
        let mut claims = Vec::new();
        for line in lines.lines().filter(|l| !l.trim().is_empty()) {
            let row: Value = serde_json::from_str(line)?;
            if row["kind"].is_string() {
                claims.extend(claim(&row, &report.text, &map)?);
            } else {
                report.published = given_day(&row);
            }
        }
        report.seal();
        let sentences = model.annotate(&report.text);
        marked.push(Marked { report, sentences, gold: claims, outside: false });
    }
    Ok(marked)
}

/// The day of publication that a document's line gives.
fn given_day(row: &Value) -> Option<Published> {
    let date = row["published"].as_str()?.parse().ok()?;
    Some(Published { date, found: FoundIn::Given, span: None })
}

/// A gold line as a claim; `None` where its evidence does not stand in the text.
fn claim(row: &Value, text: &str, map: &CharMap) -> Result<Option<Gold>, Fault> {
    let word = |name: &str| row[name].as_str().unwrap_or_default();
    let at = |n: usize| row["span"][n].as_u64().map(|v| v as usize);
    let span = match (at(0), at(1)) {
        (Some(from), Some(to)) => Some(map.span(text, [from, to])),
        _ => text.find(word("quote")).map(|from| Span::new(from, from + word("quote").len())),
    };
    let names = |name: &str| -> Vec<String> {
        row[name].as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    };
    let Some(span) = span else { return Ok(None) };
    Ok(Some(Gold {
        span,
        kind: word("kind").parse()?,
        status: row["status"].as_str().map(str::parse).transpose()?,
        stance: word("stance").parse()?,
        source: word("source").to_owned(),
        roles: [names("actor"), names("target"), names("place")],
    }))
}
