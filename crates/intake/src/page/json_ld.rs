//! JSON-LD: the article that a page describes to search engines (schema.org `NewsArticle` and its kin).

use dom_query::Document;
use holdfire_types::Genre;
use serde_json::Value;

use super::about::{About, is_address};
use crate::day;

/// Script blocks that are looked at, and the longest that is read.
const MOST_BLOCKS: usize = 32;
const LONGEST_BLOCK: usize = 1 << 20;

/// How deep in lists and `@graph`s an article is looked for.
const DEEPEST: usize = 6;

/// The first article that the page describes; empty where there is none.
pub fn of(page: &Document) -> About {
    let nothing =
        About { title: None, publisher: None, byline: None, url: None, published: None, genre: Genre::News };
    page.select("script[type='application/ld+json']")
        .nodes()
        .iter()
        .take(MOST_BLOCKS)
        .find_map(|script| article(&block(&script.text())?, 0).map(about))
        .unwrap_or(nothing)
}

/// A block as JSON. Raw line ends inside strings and comment marks around the block are common slips.
fn block(text: &str) -> Option<Value> {
    if text.len() > LONGEST_BLOCK {
        return None;
    }
    let text = text.trim().trim_end_matches(';');
    let inner = ["<![CDATA[", "//<![CDATA[", "<!--"].iter().find_map(|mark| text.strip_prefix(mark));
    let text = inner
        .map_or(text, |text| text.trim_end_matches("//]]>").trim_end_matches("]]>").trim_end_matches("-->"));
    serde_json::from_str(text).ok().or_else(|| {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// The first article within a value.
fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > DEEPEST {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth + 1)),
        Value::Object(map) if types(value).any(is_article) => (!map.is_empty()).then_some(value),
        Value::Object(map) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|key| article(map.get(*key)?, depth + 1)),
        _ => None,
    }
}

fn types(value: &Value) -> impl Iterator<Item = &str> {
    let list = match value.get("@type") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter().filter_map(Value::as_str)
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
}

fn about(article: &Value) -> About {
    let text = |key: &str| names(article.get(key)?);
    let date = |key: &str| day::loose(article.get(key)?.as_str()?);
    let address = |value: &Value| {
        value.as_str().or_else(|| value.get("@id")?.as_str()).filter(|url| is_address(url)).map(str::to_owned)
    };
    About {
        title: text("headline").or_else(|| text("name")),
        publisher: text("publisher").or_else(|| text("sourceOrganization")),
        byline: text("author").or_else(|| text("creator")),
        url: article
            .get("url")
            .and_then(address)
            .or_else(|| article.get("mainEntityOfPage").and_then(address)),
        published: date("datePublished").or_else(|| date("dateCreated")),
        genre: if types(article).any(|kind| kind == "OpinionNewsArticle") {
            Genre::Opinion
        } else {
            Genre::News
        },
    }
}

/// The words of a value: a string, an object with a `name`, or a list of these.
fn names(value: &Value) -> Option<String> {
    let one = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name")?.as_str())?;
        let name = html_free(name);
        (!name.is_empty() && !is_address(&name)).then_some(name)
    };
    match value {
        Value::Array(list) => {
            let names: Vec<String> = list.iter().take(16).filter_map(one).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        value => one(value),
    }
}

/// A value without the entities ("&amp;") that pages leave in JSON.
fn html_free(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains(['&', '<']) { Document::from(text).text().trim().to_owned() } else { text }
}
