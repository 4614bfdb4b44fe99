//! One report: its text with every claim marked where its evidence stands, and the claims beside it.

use askama::Template;
use holdfire_record::{ClaimLine, ReportView};
use holdfire_types::IdKind;

use crate::marks::{Mark, Piece, paragraphs};
use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "report.html")]
pub struct Page {
    f: Frame,
    r: ReportView,
    text: Vec<Vec<Piece>>,
    /// The claim looked at, as an index into the report's claims.
    chosen: Option<usize>,
}

impl Page {
    fn claim(&self, n: &usize) -> &ClaimLine {
        &self.r.claims[*n]
    }

    fn is_chosen(&self, n: impl words::Of<usize>) -> bool {
        self.chosen == Some(n.of())
    }

    /// Looks of a piece: how many claims lie over each other here, and whether the chosen one is among them.
    fn look(&self, piece: &Piece) -> String {
        let depth = piece.of.len().min(3);
        let chosen = self.chosen.is_some_and(|c| piece.of.contains(&c));
        format!("d{depth}{}", if chosen { " chosen" } else { "" })
    }
}

/// One report.
pub fn report(site: &Site) -> Result<Page, Fault> {
    let id = site.id(IdKind::Report, "report")?;
    let Some(r) = site.record().report_view(&id) else {
        return Err(Fault::missing(format!("There is no report {id} in this record.")));
    };
    let mark = |(n, c): (usize, &ClaimLine)| Mark { start: c.chars[0], end: c.chars[1], of: n };
    let marks: Vec<Mark> = r.claims.iter().enumerate().map(mark).collect();
    let chosen = site.ask.param("claim").and_then(|c| r.claims.iter().position(|line| line.id.as_str() == c));
    let title = r.title.clone().unwrap_or_else(|| r.name.clone());
    Ok(Page { f: site.frame(title, ""), text: paragraphs(&r.text, &marks), r, chosen })
}
