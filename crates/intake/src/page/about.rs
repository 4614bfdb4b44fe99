//! What a page says of itself: title, publisher, author, day and address.

use dom_query::Document;
use holdfire_types::Genre;
use jiff::civil::Date;

use super::json_ld;
use crate::day;

/// What a page says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub byline: Option<String>,
    pub url: Option<String>,
    pub published: Option<Date>,
    pub genre: Genre,
}

/// Elements and the attribute that holds the value; the first with a value is taken. An empty attribute means the
/// element's own words.
type Where = &'static [(&'static str, &'static str)];

const TITLE: Where = &[
    ("meta[property='og:title']", "content"),
    ("meta[name='twitter:title']", "content"),
    ("[itemprop='headline']", ""),
    ("article h1", ""),
    ("h1", ""),
];

const PUBLISHER: Where = &[
    ("meta[property='og:site_name']", "content"),
    ("meta[name='publisher']", "content"),
    ("meta[name='dc.publisher']", "content"),
    ("meta[name='DC.publisher']", "content"),
    ("meta[name='application-name']", "content"),
];

const BYLINE: Where = &[
    ("meta[name='author']", "content"),
    ("meta[name='byl']", "content"),
    ("meta[name='dc.creator']", "content"),
    ("[itemprop='author'] [itemprop='name']", ""),
    ("[rel='author']", ""),
];

const URL: Where = &[("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")];

const PUBLISHED: Where = &[
    ("meta[property='article:published_time']", "content"),
    ("meta[property='og:published_time']", "content"),
    ("meta[name='article:published_time']", "content"),
    ("[itemprop='datePublished']", "content"),
    ("[itemprop='datePublished']", "datetime"),
    ("meta[name='parsely-pub-date']", "content"),
    ("meta[name='sailthru.date']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publishdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='dc.date.issued']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='dc.date']", "content"),
    ("meta[name='date']", "content"),
    ("time[pubdate]", "datetime"),
    ("article header time", "datetime"),
    ("article time", "datetime"),
    ("time", "datetime"),
    ("time", ""),
];

/// What a page says of itself: its JSON-LD first, then its other metadata.
pub fn of(page: &Document) -> About {
    let ld = json_ld::of(page);
    let value = |places: Where| {
        places
            .iter()
            .find_map(|(element, attribute)| first(page, element, attribute, |text| Some(text.to_owned())))
    };
    About {
        title: ld.title.or_else(|| value(TITLE)),
        publisher: ld.publisher.or_else(|| value(PUBLISHER)),
        byline: ld.byline.or_else(|| value(BYLINE).filter(|name| !is_address(name))),
        url: ld.url.or_else(|| value(URL)).filter(|url| is_address(url)),
        published: ld.published.or_else(|| {
            PUBLISHED.iter().find_map(|(element, attribute)| first(page, element, attribute, day::loose))
        }),
        genre: ld.genre,
    }
}

/// What `read` makes of the first element that has a value.
fn first<T>(page: &Document, element: &str, attribute: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    page.select(element).nodes().iter().take(8).find_map(|node| {
        let text = if attribute.is_empty() { Some(node.text()) } else { node.attr(attribute) };
        let text = text?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| read(&text))?
    })
}

/// True for an address of the web.
pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
