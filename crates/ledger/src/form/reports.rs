//! Reports as bytes. The text comes last and as it is, so that any tool can cut it out.

use holdfire_types::{Published, Report};

use super::bytes::{Malformed, Reader, Writer};
use super::{put_id, take_id};

/// A field that names a person: 0 none, 1 as it is. (2 is kept for one sealed under its own key.)
fn put_personal(w: &mut Writer, value: Option<&str>) {
    w.option(value, Writer::string);
}

fn take_personal(r: &mut Reader<'_>) -> Result<Option<String>, Malformed> {
    r.option(Reader::string).map(|value| value.map(str::to_owned))
}

/// The payload of a report.
pub fn write_report(report: &Report) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &report.id);
    w.string(&report.name);
    for field in
        [&report.url, &report.title, &report.publisher, &report.agency, &report.dateline, &report.lang]
    {
        w.string_or_none(field.as_deref());
    }
    put_personal(&mut w, report.byline.as_deref());
    w.option(report.published.as_ref(), |w, published| {
        w.date(published.date);
        w.string(published.found.as_str());
        w.span_or_none(published.span);
    });
    w.string(report.genre.as_str());
    w.string(report.format.as_str());
    w.finish(report.text.as_bytes())
}

/// The report of a payload.
pub fn read_report(payload: &[u8]) -> Result<Report, Malformed> {
    let mut r = Reader::new(payload)?;
    let id = take_id(&mut r)?;
    let name = r.string()?.to_owned();
    let mut field = || r.string_or_none().map(|f| f.map(str::to_owned));
    let (url, title, publisher, agency, dateline, lang) =
        (field()?, field()?, field()?, field()?, field()?, field()?);
    let byline = take_personal(&mut r)?;
    let published =
        r.option(|r| Ok(Published { date: r.date()?, found: r.code()?, span: r.span_or_none()? }))?;
    let (genre, format) = (r.code()?, r.code()?);
    let text = std::str::from_utf8(r.rest()).map_err(|_| r.damaged("a text of UTF-8"))?.to_owned();
    Ok(Report {
        id,
        name,
        url,
        title,
        publisher,
        agency,
        byline,
        dateline,
        published,
        lang,
        genre,
        format,
        text,
    })
}

/// The byte of a report's payload where its text begins.
pub fn text_start(payload: &[u8], report: &Report) -> usize {
    payload.len() - report.text.len()
}
