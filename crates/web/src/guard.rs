//! What every request passes: the host it names, where a form was sent from, a time limit, and the headers of a reply.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::time::timeout;

use crate::app::App;
use crate::reply::Fault;

/// How long a reply may take to be made.
const REPLY_TIME: Duration = Duration::from_secs(30);

/// Nothing from outside, no script, no frames; forms only to ourselves.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The headers of every reply.
const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The layer around every route.
pub async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/");
    let mut response = match refused(&app, request.method(), request.headers()) {
        Some(fault) => fault.reply(api),
        None => match timeout(REPLY_TIME, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Fault::Slow.reply(api),
        },
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.into_response()
}

fn refused(app: &App, method: &Method, headers: &HeaderMap) -> Option<Fault> {
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or("");
    if app.loopback && !is_loopback(host) {
        return Some(Fault::Host);
    }
    let safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    (!safe && !same_origin(headers, host)).then_some(Fault::Origin)
}

/// True for a host that can only be this machine. A name of someone else's that was made to point here is not.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// True when a form was sent from our own pages, or by a program that is no browser.
///
/// Every browser of the last years says where a request comes from, in `Sec-Fetch-Site` or in `Origin`.
fn same_origin(headers: &HeaderMap, host: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(ORIGIN).map(HeaderValue::to_str) {
        None => true,
        Some(Ok(origin)) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        Some(Err(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:80", "127.1.2.3", "[::1]:8080", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in ["", "example.org", "localhost.example.org:80", "10.0.0.1", "127.0.0.1.example.org"] {
            assert!(!is_loopback(host), "{host}");
        }
    }

    #[test]
    fn a_form_comes_from_our_own_pages_or_from_no_browser() {
        let from = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            same_origin(&headers, "127.0.0.1:8080")
        };
        assert!(from(&[]));
        assert!(from(&[("origin", "http://127.0.0.1:8080")]));
        assert!(from(&[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:8080")]));
        assert!(!from(&[("origin", "https://example.org")]));
        assert!(!from(&[("origin", "null")]));
        assert!(!from(&[("sec-fetch-site", "cross-site")]));
        assert!(!from(&[("sec-fetch-site", "same-site")]));
    }
}
