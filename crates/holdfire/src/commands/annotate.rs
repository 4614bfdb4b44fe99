//! `annotate`: every language layer with offsets, so that others can measure us.

use std::fs;
use std::io::{BufWriter, Write as _};

use holdfire::{ReadReport, Reader};
use holdfire_formats::safe_name;
use holdfire_model::conllu;
use holdfire_types::{CharMap, Kind, Span, Stance};
use serde_json::{Map, Value, json};

use crate::args::{Annotate, AnnotateFormat, Input};
use crate::commands::read::each;
use crate::failure::{Done, Failure};

/// Layers that can be asked for.
const LAYERS: &[&str] = &["sentences", "tokens", "names", "times", "places", "events"];

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
                    for object in objects(&read, layer) {
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

/// The lines of one layer of one report.
fn objects(read: &ReadReport, layer: &str) -> Vec<Value> {
    let text = &read.report.text;
    let map = CharMap::new(text);
    let object = |span: Span, more: Value| {
        let [start, end] = map.chars(text, span);
        let mut object = Map::new();
        object.insert("id".to_owned(), json!(read.report.name));
        object.insert("layer".to_owned(), json!(layer));
        object.insert("start".to_owned(), json!(start));
        object.insert("end".to_owned(), json!(end));
        object.insert("text".to_owned(), json!(span.of(text)));
        if let Value::Object(more) = more {
            object.extend(more);
        }
        Value::Object(object)
    };
    let sentences = read.sentences.iter();
    match layer {
        "sentences" => sentences.map(|s| object(s.span, Value::Null)).collect(),
        "tokens" => sentences
            .flat_map(|s| &s.tokens)
            .map(|t| object(t.span, json!({"label": t.upos.as_str(), "value": t.lemma})))
            .collect(),
        "names" => sentences
            .flat_map(|s| {
                s.names.iter().map(|n| {
                    let span = s.tokens[n.start as usize].span.cover(s.tokens[n.end as usize - 1].span);
                    object(span, json!({"label": n.kind.as_str()}))
                })
            })
            .collect(),
        "times" => {
            let published = read.report.published.as_ref().map(|p| p.date);
            holdfire_claims::times::find_all(text, &read.sentences, published)
                .into_iter()
                .flatten()
                .map(|t| {
                    let (from, to) = t.days.map_or((None, None), |d| (d.from, d.to));
                    object(t.span, json!({"value": t.value, "from": from, "to": to}))
                })
                .collect()
        }
        "places" => read
            .claims
            .iter()
            .flat_map(|c| &c.act.place)
            .filter_map(|filler| {
                let span = filler.span?;
                let choice = filler.place.as_ref().map(|p| {
                    json!({"id": p.id, "lat": p.lat, "lon": p.lon, "country": p.country, "admin1": p.admin1,
                        "precision": p.precision.as_str()})
                });
                Some(object(span, json!({"choice": choice})))
            })
            .collect(),
        _ => read
            .claims
            .iter()
            .map(|c| {
                object(c.anchor, json!({"label": c.act.kind.as_str(), "value": plover(c.act.kind, c.stance)}))
            })
            .collect(),
    }
}

/// The PLOVER root of a claim, by the crosswalk of the claim guide: a statement's comes from its stance.
fn plover(kind: Kind, stance: Stance) -> Option<&'static str> {
    match (kind, stance) {
        (_, Stance::Accuses) => Some("ACCUSE"),
        (_, Stance::Demands) => Some("REQUEST"),
        (_, Stance::Threatens) => Some("THREATEN"),
        (Kind::Statement | Kind::Truce, Stance::Denies) => Some("REJECT"),
        (Kind::Statement, Stance::Promises) | (Kind::Support, _) => Some("SUPPORT"),
        (Kind::Attack | Kind::Clash | Kind::Capture, _) => Some("ASSAULT"),
        (Kind::Withdrawal, _) => Some("RETREAT"),
        (Kind::Deployment, _) => Some("MOBILIZE"),
        (Kind::Siege | Kind::Detention, _) => Some("COERCE"),
        (Kind::Release, _) => Some("CONCEDE"),
        (Kind::Aid, _) => Some("AID"),
        (Kind::Truce, _) => Some("AGREE"),
        (Kind::Talks | Kind::Statement, _) => Some("CONSULT"),
        (Kind::Protest, _) => Some("PROTEST"),
        (Kind::Sanction, _) => Some("SANCTION"),
        (Kind::Control | Kind::Displacement | Kind::Toll, _) => None,
    }
}
