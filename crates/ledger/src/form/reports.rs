//! Reports as bytes. The text comes last and as it is, so that any tool can cut it out.

use holdfire_types::{Published, Report};

use super::bytes::{Malformed, Personal, Reader, Writer};
use super::{put_id, take_id};

/// The payload of a report, with its byline as it is to be kept.
pub fn write_report(report: &Report, byline: Option<&Personal>) -> Vec<u8> {
    let mut w = Writer::default();
    put_id(&mut w, &report.id);
    w.string(&report.name);
    for field in
        [&report.url, &report.title, &report.publisher, &report.agency, &report.dateline, &report.lang]
    {
        w.string_or_none(field.as_deref());
    }
    w.personal(byline);
    w.option(report.published.as_ref(), |w, published| {
        w.date(published.date);
        w.string(published.found.as_str());
        w.span_or_none(published.span);
    });
    w.string(report.genre.as_str());
    w.string(report.format.as_str());
    w.finish(report.text.as_bytes())
}

/// The report of a payload without its byline, and the byline as it is kept.
pub fn read_report(payload: &[u8]) -> Result<(Report, Option<Personal>), Malformed> {
    let mut r = Reader::new(payload)?;
    let id = take_id(&mut r)?;
    let name = r.string()?.to_owned();
    let mut field = || r.string_or_none().map(|f| f.map(str::to_owned));
    let (url, title, publisher, agency, dateline, lang) =
        (field()?, field()?, field()?, field()?, field()?, field()?);
    let byline = r.personal()?;
    let published =
        r.option(|r| Ok(Published { date: r.date()?, found: r.code()?, span: r.span_or_none()? }))?;
    let (genre, format) = (r.code()?, r.code()?);
    let text = std::str::from_utf8(r.rest()).map_err(|_| r.damaged("a text of UTF-8"))?.to_owned();
    let report = Report {
        id,
        name,
        url,
        title,
        publisher,
        agency,
        byline: None,
        dateline,
        published,
        lang,
        genre,
        format,
        text,
    };
    Ok((report, byline))
}

/// The byte of a report's payload where its text begins.
pub fn text_start(payload: &[u8], report: &Report) -> usize {
    payload.len() - report.text.len()
}
