//! What a request asks: the moment of the record, the thing, and the parameters. Reading one never fails; what is
//! wrong with it is told when it is used.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::extract::{FromRequestParts, OriginalUri, Query, RawPathParams};
use axum::http::request::Parts;
use holdfire_ledger::AsOf;
use jiff::civil::Date;

use crate::reply::Fault;

/// A request, taken apart.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The moment of the record asked for.
    pub as_of: Result<AsOf, Fault>,
    /// What stands before every link, so that links stay in that moment: empty, or `/at/MOMENT`.
    pub base: String,
    /// True for the JSON API.
    pub api: bool,
    /// Path and parameters after `base`.
    pub rest: String,
    path: BTreeMap<String, String>,
    params: BTreeMap<String, String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let path: BTreeMap<String, String> = match RawPathParams::from_request_parts(parts, state).await {
            Ok(found) => found.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            Err(_) => BTreeMap::new(),
        };
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri).map(|q| q.0).unwrap_or_default();
        let params = pairs.into_iter().map(|(k, v)| (k, v.trim().to_owned())).filter(|(_, v)| !v.is_empty());
        let OriginalUri(uri) =
            OriginalUri::from_request_parts(parts, state).await.unwrap_or(OriginalUri(parts.uri.clone()));
        let moment = path.get("moment");
        let base =
            moment.map(|_| uri.path().split('/').take(3).collect::<Vec<_>>().join("/")).unwrap_or_default();
        let whole = uri.path_and_query().map_or("/", |p| p.as_str());
        let rest = whole.strip_prefix(&base).unwrap_or(whole).to_owned();
        let as_of = moment.map_or(Ok(AsOf::Now), |m| {
            m.parse().map_err(|e: String| Fault::bad(e, "or leave out /at/ for the record of now"))
        });
        Ok(Self { as_of, api: rest.starts_with("/api"), base, rest, path, params: params.collect() })
    }
}

impl Ask {
    /// A part of the path; empty when the route has none of that name.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A parameter; empty ones are none.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }

    /// A parameter that is a day.
    pub fn day(&self, name: &str) -> Result<Option<Date>, Fault> {
        self.param(name).map(|text| read_day(name, text)).transpose()
    }

    /// A parameter that is a word of a code list.
    pub fn code<T: std::str::FromStr>(&self, name: &str, words: &str) -> Result<Option<T>, Fault> {
        let Some(text) = self.param(name) else { return Ok(None) };
        let told = || Fault::bad(format!("`{text}` is no {name}"), format!("the words for it are: {words}"));
        text.parse().map(Some).map_err(|_| told())
    }

    /// The parameters with one of them changed or dropped, as they stand in a link.
    pub fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        let mut params: BTreeMap<&str, &str> =
            self.params.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        for (name, value) in changes {
            match value {
                Some(value) => params.insert(name, value),
                None => params.remove(name),
            };
        }
        let pairs: Vec<String> = params.iter().map(|(k, v)| format!("{}={}", coded(k), coded(v))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// A day that a person wrote.
pub fn read_day(name: &str, text: &str) -> Result<Date, Fault> {
    text.parse().map_err(|_| {
        Fault::bad(
            format!("`{text}` is no day for `{name}`"),
            "write it as YYYY-MM-DD, for example 2017-02-16",
        )
    })
}

/// Text as it stands in an address.
pub fn coded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15]
                    .map(|n| char::from_digit(u32::from(n), 16).unwrap_or('0').to_ascii_uppercase()),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_safe_in_an_address() {
        assert_eq!(coded("a b&c=\"é\"<"), "a%20b%26c%3D%22%C3%A9%22%3C");
        assert_eq!(coded("2017-02-16"), "2017-02-16");
    }
}
