//! A web page: its story, its title, and what it says of itself.

mod about;
mod json_ld;
mod nesting;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use holdfire_types::{FoundIn, Problem, Published, Report, SourceFormat};

/// Most elements of a page that is read. The longest news pages have some ten thousand.
const MOST_ELEMENTS: usize = 100_000;

/// How deep elements may lie in one another. Pages that people read stay under a hundred.
const DEEPEST: usize = 256;

/// Menus and controls, whose words are no part of a story.
const CONTROLS: &str =
    "nav, label, button, select, textarea, input, legend, datalist, dialog, template, noscript, iframe";

/// What frames a page; taken away where the story cannot be told apart otherwise.
const FRAME: &str = "script, style, nav, header, footer, aside, form, title";

/// The report of a page. A page that was cut short gives what it has.
///
/// The headline opens the text: what it asserts is reported too.
pub fn read(at: &str, name: &str, html: &str) -> Result<Report, Problem> {
    let mend = "save the story's text as .txt";
    // the engine is another's code over hostile input: a panic in it costs this page and no other
    let told = catch_unwind(AssertUnwindSafe(|| story(html)))
        .map_err(|_| Problem::new(at, "cannot be read as a page (the page reader failed)", mend))?;
    let (about, story) = match told {
        Ok((about, story)) if !story.trim().is_empty() => (about, story),
        Ok(_) => return Err(Problem::new(at, "holds no story", mend)),
        Err(what) => return Err(Problem::new(at, what, mend)),
    };
    let mut report = Report::new(name, with_headline(about.title.as_deref(), tidy(&story)));
    report.format = SourceFormat::Html;
    report.published = about.published.map(|date| Published { date, found: FoundIn::Metadata, span: None });
    (report.title, report.publisher, report.byline, report.url) =
        (about.title, about.publisher, about.byline, about.url);
    report.genre = about.genre;
    Ok(report)
}

/// What a page says of itself, and its story.
fn story(html: &str) -> Result<(about::About, String), String> {
    let depth = nesting::depth(html);
    if depth > DEEPEST {
        return Err(format!("is {depth} elements deep, more than {DEEPEST}"));
    }
    let page = Document::from(html);
    let elements = page.select("*").length();
    if elements > MOST_ELEMENTS {
        return Err(format!("has {elements} elements, more than {MOST_ELEMENTS}"));
    }
    let mut about = about::of(&page);
    drop_controls(&page);
    let whole = page.clone();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(article) = article else {
        whole.select(FRAME).remove();
        return Ok((about, whole.formatted_text().to_string()));
    };
    about.title = about.title.or_else(|| Some(article.title.trim().to_owned()).filter(|t| !t.is_empty()));
    about.byline = about.byline.or_else(|| article.byline.filter(|name| !about::is_address(name)));
    Ok((about, article.text_content.to_string()))
}

/// Takes away what a reader types into: controls, and forms that are a small part of the page. (Some sites wrap the
/// whole page in one form.)
fn drop_controls(page: &Document) {
    page.select(CONTROLS).remove();
    let all = page.select("body").text().len();
    for form in page.select("form").nodes() {
        if form.text().len() * 3 < all {
            form.remove_from_parent();
        }
    }
}

/// Lines without spaces at their ends, and one empty line between paragraphs.
fn tidy(story: &str) -> String {
    let mut text = String::with_capacity(story.len());
    for line in story.lines() {
        let line = line.trim();
        if !line.is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.extend(line.chars().map(|c| if c == '\u{a0}' { ' ' } else { c }));
        }
    }
    text
}

/// The text with its headline first, unless it opens with it already.
fn with_headline(title: Option<&str>, text: String) -> String {
    match title {
        Some(title) if !text.starts_with(title) => format!("{title}\n\n{text}"),
        _ => text,
    }
}
