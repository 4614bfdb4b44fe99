//! Corrections: the form, the receipt, and the public list with answers.

use askama::Template;
use holdfire_record::CorrectionView;
use holdfire_types::{Id, IdKind, Reason};

use crate::reply::Fault;
use crate::site::{Frame, Site};
use crate::words;

/// What a correction can be about, found in the record.
#[derive(Debug, Clone)]
pub struct About {
    /// Its id.
    pub id: Id,
    /// What it says, for the sender to be sure.
    pub told: String,
}

/// Finds what an id names.
pub fn about(site: &Site, text: &str) -> Option<About> {
    let record = site.record();
    let claim = || {
        let line = record.claim_line(&Id::parse(IdKind::Claim, text)?)?;
        Some((line.id, line.quote))
    };
    let report = || {
        let line = site.snapshot.reports.iter().find(|r| r.id.as_str() == text)?;
        Some((line.id.clone(), line.title.clone()))
    };
    let incident = || {
        let line = site.snapshot.incidents.iter().find(|i| i.id.as_str() == text)?;
        Some((line.id.clone(), line.title.clone()))
    };
    claim().or_else(report).or_else(incident).map(|(id, told)| About { id, told })
}

/// What the sender wrote, given back when something about it was wrong.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Id of the thing.
    pub of: String,
    /// Reason, as its code.
    pub reason: String,
    /// Words.
    pub text: String,
    /// How to reach the sender.
    pub contact: String,
}

/// The form.
#[derive(Template)]
#[template(path = "correct.html")]
pub struct Form {
    pub(crate) f: Frame,
    pub(crate) about: Option<About>,
    pub(crate) draft: Draft,
    pub(crate) wrong: Vec<(&'static str, String)>,
}

impl Form {
    fn wrong(&self, field: &str) -> Option<&str> {
        self.wrong.iter().find(|(name, _)| *name == field).map(|(_, text)| text.as_str())
    }
}

/// The empty form, about the thing that `of` names.
pub fn correct(site: &Site) -> Result<Form, Fault> {
    let of = site.ask.param("of").unwrap_or("").to_owned();
    let about = about(site, &of);
    let draft = Draft { of, ..Draft::default() };
    Ok(Form { f: site.frame("Send a correction", ""), about, draft, wrong: vec![] })
}

/// The receipt of one correction.
#[derive(Template)]
#[template(path = "receipt.html")]
pub struct Receipt {
    f: Frame,
    k: CorrectionView,
}

/// The receipt, with what became of it.
pub fn receipt(site: &Site) -> Result<Receipt, Fault> {
    let id = site.id(IdKind::Correction, "receipt")?;
    let found = site.record().corrections().into_iter().find(|k| k.id == id);
    let k =
        found.ok_or_else(|| Fault::missing(format!("No correction has the receipt {id} in this record.")))?;
    Ok(Receipt { f: site.frame(format!("Receipt {id}"), "Corrections"), k })
}

/// The public list.
#[derive(Template)]
#[template(path = "corrections.html")]
pub struct List {
    f: Frame,
    open: Vec<CorrectionView>,
    answered: Vec<CorrectionView>,
}

/// Every correction, the latest first, those without an answer apart.
pub fn corrections(site: &Site) -> Result<List, Fault> {
    let mut all = site.record().corrections();
    all.reverse();
    let (answered, open) = all.into_iter().partition(|k| !k.answers.is_empty());
    Ok(List { f: site.frame("Corrections", "Corrections"), open, answered })
}
