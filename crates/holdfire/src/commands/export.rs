//! `export`: the record in the forms of others, with a report of what they cannot hold.

use std::fs;
use std::io::Write as _;

use holdfire_formats::LossReport;
use holdfire_formats::export::{Form, export};

use crate::args::{Export, ExportForm};
use crate::commands::view::{json, record};
use crate::failure::{Done, Failure, note};

/// Runs the command.
pub fn run(args: &Export) -> Result<Done, Failure> {
    let form = form(args.form);
    if args.hxl && !form.takes_tags() {
        return Err(Failure::Asked(
            "--hxl goes with --as acled and --as ged; the other forms have no row of tags".to_owned(),
        ));
    }
    if args.view.json && args.out.is_none() {
        return Err(Failure::Asked(
            "--json prints the loss report on standard output; name a file for the data with --out"
                .to_owned(),
        ));
    }
    let exported = export(&record(&args.view)?, form, args.hxl);
    match &args.out {
        Some(path) => fs::write(path, &exported.text).map_err(Failure::file(path))?,
        None => std::io::stdout().lock().write_all(exported.text.as_bytes())?,
    }
    if args.view.json {
        json(&exported.loss)?;
    } else {
        tell(&exported.loss);
    }
    Ok(Done::Clean)
}

fn form(form: ExportForm) -> Form {
    match form {
        ExportForm::Acled => Form::Acled,
        ExportForm::Ged => Form::Ged,
        ExportForm::Geojson => Form::GeoJson,
        ExportForm::Jsonl => Form::JsonLines,
        ExportForm::Ftm => Form::FollowTheMoney,
        ExportForm::Timemap => Form::TimeMap,
    }
}

/// The loss report for people, on standard error: data may stand on standard output.
fn tell(loss: &LossReport) {
    note(&format!("{} written; what this form cannot hold:", loss.written));
    for loss in &loss.losses {
        note(&format!("{:>7}  {}", loss.count, loss.what));
    }
    if loss.losses.is_empty() {
        note("         nothing was lost");
    }
}
