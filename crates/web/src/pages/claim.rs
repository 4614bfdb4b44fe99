//! One claim: the sentence, every slot with the words it was read from and the rule that filled it, and the chain of
//! sources.

use askama::Template;
use holdfire_record::{ClaimView, SlotView};
use holdfire_types::IdKind;

use crate::marks::{Mark, Piece, paragraphs};
use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "claim.html")]
pub struct Page {
    f: Frame,
    c: ClaimView,
    sentence: Vec<Vec<Piece>>,
}

/// The mark of the evidence; the slots come after it.
const EVIDENCE: usize = 0;

impl Page {
    fn is_evidence(piece: &Piece) -> bool {
        piece.of.contains(&EVIDENCE)
    }

    /// Names of the slots that a piece fills.
    fn slots_of(&self, piece: &Piece) -> Vec<&'static str> {
        piece.of.iter().filter(|n| **n != EVIDENCE).map(|n| self.c.slots[n - 1].slot).collect()
    }
}

/// One claim.
pub fn claim(site: &Site) -> Result<Page, Fault> {
    let id = site.id(IdKind::Claim, "claim")?;
    let Some(c) = site.record().claim_view(&id) else {
        return Err(Fault::missing(format!("There is no claim {id} in this record.")));
    };
    let start = c.line.chars[0].saturating_sub(c.within[0]);
    let evidence = Mark { start: c.within[0], end: c.within[1], of: EVIDENCE };
    let slot = |(n, s): (usize, &SlotView)| {
        let [from, to] = s.chars?;
        Some(Mark { start: from.checked_sub(start)?, end: to.checked_sub(start)?, of: n + 1 })
    };
    let marks: Vec<Mark> =
        std::iter::once(evidence).chain(c.slots.iter().enumerate().filter_map(slot)).collect();
    let title = format!("{} {}", c.line.source.name, words::says(&c.line));
    Ok(Page { f: site.frame(title, ""), sentence: paragraphs(&c.sentence, &marks), c })
}
