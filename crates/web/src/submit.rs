//! A correction sent: checked, recorded in the ledger, and answered with a receipt.

use std::sync::Arc;
use std::time::Instant;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use holdfire_ledger::{AsOf, Ledger, LedgerError, Mode};
use holdfire_types::{Correction, Id, IdKind, Reason};
use jiff::Timestamp;
use serde::Deserialize;

use crate::app::App;
use crate::ask::Ask;
use crate::pages::{CorrectionDraft, CorrectionForm, about_correction};
use crate::reply::{Fault, html};
use crate::site::Site;

/// Characters of a correction.
pub const TEXT: usize = 4_000;
/// Characters of an address.
pub const CONTACT: usize = 200;

/// The fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fields {
    of: String,
    reason: String,
    text: String,
    contact: String,
    /// A field that people do not see; only programs that fill in everything fill it in.
    website: String,
}

/// Records a correction and sends the browser to its receipt.
pub async fn submit(
    State(app): State<Arc<App>>,
    ask: Ask,
    form: Result<Form<Fields>, FormRejection>,
) -> Response {
    let fields = match form {
        Ok(Form(fields)) => fields,
        Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => return Fault::Large.reply(ask.api),
        Err(e) => return Fault::bad(e.body_text(), "send the form of the page /correct").reply(ask.api),
    };
    let api = ask.api;
    match tokio::task::spawn_blocking(move || record(&app, &ask, fields)).await {
        Ok(Ok(response)) => response,
        Ok(Err(fault)) => fault.reply(api),
        Err(_) => Fault::Broken.reply(api),
    }
}

fn record(app: &App, ask: &Ask, fields: Fields) -> Result<Response, Fault> {
    let snapshot = app.snapshot(AsOf::Now)?;
    let site = Site { app, snapshot: &snapshot, ask };
    let (text, contact) = (told(&fields.text), told(&fields.contact));
    let about = about_correction(&site, fields.of.trim());
    let reason = fields.reason.parse::<Reason>().ok();
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    if about.is_none() {
        let what =
            "Name the report, claim or incident: its id has a letter and 16 digits and stands on its page.";
        wrong.push(("of", what.to_owned()));
    }
    if reason.is_none() {
        wrong.push(("reason", "Choose what is wrong.".to_owned()));
    }
    if text.chars().count() < 10 {
        wrong.push(("text", "Say in a sentence what is wrong and how you know.".to_owned()));
    } else if text.chars().count() > TEXT {
        wrong.push(("text", format!("Shorten it to {TEXT} characters.")));
    }
    if contact.chars().count() > CONTACT {
        wrong.push(("contact", format!("Shorten it to {CONTACT} characters.")));
    }
    let (Some(about), Some(reason), true) = (&about, reason, wrong.is_empty()) else {
        let draft = CorrectionDraft {
            of: fields.of,
            reason: fields.reason,
            text: fields.text,
            contact: fields.contact,
        };
        let form = CorrectionForm { f: site.frame("Send a correction", ""), about, draft, wrong };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&form)).into_response());
    };
    if !fields.website.is_empty() || !app.pace.admits(Instant::now()) {
        return Err(Fault::Many);
    }
    // The same words about the same thing are one correction: a form sent twice gives one receipt.
    let id = Id::of(IdKind::Correction, &[about.id.as_str(), reason.as_str(), &text]);
    let now = Timestamp::now();
    let contact = (!contact.is_empty()).then_some(contact);
    let correction =
        Correction { id: id.clone(), of: about.id.clone(), reason, text, contact, received: now };
    let added =
        Ledger::open(&app.ledger, Mode::Write).and_then(|mut ledger| ledger.add_correction(&correction, now));
    match added {
        Ok(_) => Ok((StatusCode::SEE_OTHER, [(LOCATION, format!("/receipt/{id}"))]).into_response()),
        Err(LedgerError::ReadOnly { .. }) => Err(Fault::Ledger {
            what: "This record can only be read here; your correction was not recorded.".to_owned(),
            passing: false,
        }),
        Err(e) => Err(e.into()),
    }
}

/// Text as it is kept: line ends as LF, no control characters, no blank ends.
fn told(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().to_owned()
}
