//! Replies: pages, JSON, and faults that say what happened and what to do.

use askama::Template;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::response::{Html, IntoResponse, Response};
use holdfire_ledger::LedgerError;
use serde::Serialize;

use crate::site::Frame;

/// Why a request got no answer.
#[derive(Debug, Clone)]
pub enum Fault {
    /// There is no such page or thing.
    Missing {
        /// What was looked for.
        what: String,
    },
    /// The request says something that cannot be.
    Bad {
        /// What.
        what: String,
        /// What to do.
        mend: String,
    },
    /// More was sent than is taken.
    Large,
    /// More corrections came than can be taken.
    Many,
    /// The request named a host that is not this machine.
    Host,
    /// A form was sent from someone else's page.
    Origin,
    /// The address takes no such request.
    Method,
    /// Making the answer took too long.
    Slow,
    /// The ledger could not be read or written.
    Ledger {
        /// What happened.
        what: String,
        /// True when waiting may help.
        passing: bool,
    },
    /// A mistake of ours.
    Broken,
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        let passing = matches!(error, LedgerError::Busy { .. });
        Self::Ledger { what: error.to_string(), passing }
    }
}

/// A fault as it is told.
#[derive(Debug, Serialize)]
struct Told {
    error: String,
    mend: String,
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    f: Frame,
    status: u16,
    told: Told,
}

impl Fault {
    /// Something wrong with the request, and how to mend it.
    pub fn bad(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::Bad { what: what.into(), mend: mend.into() }
    }

    /// Nothing by that name.
    pub fn missing(what: impl Into<String>) -> Self {
        Self::Missing { what: what.into() }
    }

    fn told(self) -> (StatusCode, Told) {
        let (status, error, mend) = match self {
            Self::Missing { what } => (
                StatusCode::NOT_FOUND,
                what,
                "Look for it with the search above, or start from the standing.".to_owned(),
            ),
            Self::Bad { what, mend } => (StatusCode::BAD_REQUEST, what, sentence(&mend)),
            Self::Large => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "More was sent than is taken.".to_owned(),
                "Send a shorter text; name addresses instead of pasting whole pages.".to_owned(),
            ),
            Self::Many => (
                StatusCode::TOO_MANY_REQUESTS,
                "Many corrections are coming in at once; yours was not recorded.".to_owned(),
                "Send it again in a minute.".to_owned(),
            ),
            Self::Host => (
                StatusCode::MISDIRECTED_REQUEST,
                "These pages are served for this machine only.".to_owned(),
                "Open them under the address that holdfire printed when it started, for example http://127.0.0.1:8080/."
                    .to_owned(),
            ),
            Self::Origin => (
                StatusCode::FORBIDDEN,
                "The form was sent from a page that is not of this record; nothing was recorded.".to_owned(),
                "Open the form here and send it from here.".to_owned(),
            ),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "This address takes no such request.".to_owned(),
                "Pages are read with GET; only the correction form is sent with POST.".to_owned(),
            ),
            Self::Slow => (
                StatusCode::SERVICE_UNAVAILABLE,
                "The answer took too long.".to_owned(),
                "Ask for fewer days, or try again when less is going on.".to_owned(),
            ),
            Self::Ledger { what, passing } => (
                if passing { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR },
                what,
                if passing { "Try again in a moment." } else { "Run `holdfire verify` on the ledger." }.to_owned(),
            ),
            Self::Broken => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The program made a mistake on this page; nothing in the record was changed.".to_owned(),
                "Tell whoever runs these pages which address it was.".to_owned(),
            ),
        };
        (status, Told { error, mend })
    }

    /// The fault as a page, or as JSON for the API.
    pub fn reply(self, api: bool) -> Response {
        let wait = matches!(self, Self::Many | Self::Ledger { passing: true, .. });
        let (status, told) = self.told();
        let mut response = if api {
            (status, Json(told)).into_response()
        } else {
            let f = Frame::bare(status.canonical_reason().unwrap_or("Fault"));
            (status, html(&FaultPage { f, status: status.as_u16(), told })).into_response()
        };
        response.headers_mut().insert(CACHE_CONTROL, axum::http::HeaderValue::from_static("no-store"));
        if wait {
            response.headers_mut().insert(RETRY_AFTER, axum::http::HeaderValue::from_static("60"));
        }
        response
    }
}

/// Begins with a capital, ends with a stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}

/// A page as a reply.
pub fn html(page: &impl Template) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
