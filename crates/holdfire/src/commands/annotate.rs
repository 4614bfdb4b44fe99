//! `annotate`: every language layer with offsets, so that others can measure us.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use holdfire::Reader;
use holdfire_formats::safe_name;
use holdfire_model::conllu;
use serde_json::Value;

use crate::args::{Annotate, AnnotateFormat, Input};
use crate::commands::layers::{Given, LAYERS, objects};
use crate::commands::read::each;
use crate::failure::{Done, Failure};

/// Runs the command.
pub fn run(args: &Annotate) -> Result<Done, Failure> {
    if let Some(lost) = args.layers.iter().find(|l| !LAYERS.contains(&l.as_str())) {
        return Err(Failure::Asked(format!("there is no layer `{lost}`; layers are: {}", LAYERS.join(", "))));
    }
    let reader = Reader::new()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(path) = &args.tokens {
        let bytes = fs::read(path).map_err(Failure::file(path))?;
        let (file, _) = holdfire_text::decode(&bytes);
        out.write_all(conllu::refill(reader.model(), &file).as_bytes())?;
        out.flush()?;
        return Ok(Done::Clean);
    }
    if let Some(dir) = &args.out {
        fs::create_dir_all(dir).map_err(Failure::file(dir))?;
    }
    let given = args.spans.as_deref().map(spans).transpose()?;
    let input = Input { paths: args.paths.clone(), published: args.published };
    let problems = each(&reader, &input, |read| {
        if let Some(dir) = &args.out {
            let path = dir.join(format!("{}.txt", safe_name(&read.report.name)));
            fs::write(&path, &read.report.text).map_err(Failure::file(&path))?;
        }
        match args.format {
            AnnotateFormat::Conllu => {
                out.write_all(
                    conllu::write(&read.report.name, &read.report.text, &read.sentences).as_bytes(),
                )?;
            }
            AnnotateFormat::Jsonl => {
                for layer in &args.layers {
                    for object in objects(&read, reader.world(), layer, given.as_ref()) {
                        writeln!(out, "{object}")?;
                    }
                }
            }
        }
        Ok(None)
    })?;
    out.flush()?;
    Ok(Done::with(problems))
}

/// Spans given as JSON lines with `id`, `start` and `end`.
fn spans(path: &Path) -> Result<Given, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    let mut given = Given::new();
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row: Value = serde_json::from_str(line).unwrap_or_default();
        let at = |name: &str| row[name].as_u64().map(|n| n as usize);
        let (Some(id), Some(start), Some(end)) = (row["id"].as_str(), at("start"), at("end")) else {
            let what =
                format!("{}:{}: no span; write {{\"id\", \"start\", \"end\"}}", path.display(), number + 1);
            return Err(Failure::Asked(what));
        };
        if start > end {
            return Err(Failure::Asked(format!(
                "{}:{}: the span ends before it starts",
                path.display(),
                number + 1
            )));
        }
        given.entry(id.to_owned()).or_default().push([start, end]);
    }
    Ok(given)
}
