//! How to read the pages: what each word means.

use askama::Template;

use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "about.html")]
pub struct Page {
    f: Frame,
}

/// The words of the pages.
pub fn about(site: &Site) -> Result<Page, Fault> {
    Ok(Page { f: site.frame("How to read these pages", "") })
}
