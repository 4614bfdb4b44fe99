//! One incident: every account of it side by side, in the same order whoever spoke first.

use askama::Template;
use holdfire_record::{FigureAccounts, IncidentView, ScopeView};
use holdfire_types::{IdKind, Truce};

use crate::draw::{self, Map, Ranges, ranges};
use crate::reply::Fault;
use crate::site::{Frame, Site, days_query};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "incident.html")]
pub struct Page<'a> {
    f: Frame,
    i: IncidentView,
    figures: Vec<(FigureAccounts, Ranges)>,
    scopes: Vec<(&'a Truce, ScopeView)>,
    map: Option<Map>,
    query: String,
}

impl Page<'_> {
    /// The address of a number's claims.
    fn why(&self, at: &str) -> String {
        format!("{}/number/incident?id={}&at={at}", self.f.base, self.i.summary.id)
    }

    /// The same for one account of a figure.
    fn why_figure(&self, figure: impl words::Of<usize>, account: impl words::Of<usize>) -> String {
        self.why(&format!("/figures/{}/accounts/{}", figure.of(), account.of()))
    }

    /// The same for a number in a list.
    fn why_at(&self, list: &str, n: impl words::Of<usize>, rest: &str) -> String {
        self.why(&format!("{list}{}{rest}", n.of()))
    }
}

/// One incident.
pub fn incident<'a>(site: &Site<'a>) -> Result<Page<'a>, Fault> {
    let id = site.id(IdKind::Incident, "incident")?;
    let Some(view) = site.record().incident(&id) else {
        return Err(Fault::missing(format!("There is no incident {id} in this record.")));
    };
    let truce = site.truce()?;
    let mut scopes: Vec<(&Truce, ScopeView)> = Vec::new();
    for scope in &view.summary.scopes {
        if let Some(of) = site.truces().iter().find(|t| t.id == scope.truce) {
            scopes.push((of, scope.clone()));
        }
    }
    // Truces of other countries and times have nothing to say on it; the truce asked about always has.
    scopes.retain(|(of, scope)| {
        of.id == truce.id || scope.grounds.iter().all(|g| g.term != "area" && g.term != "dates")
    });
    scopes.sort_by_key(|(of, _)| of.id != truce.id);
    let (pins, _) = super::pins(std::iter::once(&view.summary), truce);
    Ok(Page {
        f: site.frame(view.summary.title.clone(), ""),
        figures: view.figures.iter().map(|g| (g.clone(), ranges(g))).collect(),
        map: draw::map(&pins, &site.land(truce), 480.0, 300.0),
        query: days_query(truce, site.window(truce)?),
        scopes,
        i: view,
    })
}
