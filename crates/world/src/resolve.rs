//! Names in claims to parties and places.

use holdfire_types::{Claim, Filler, Report};

use crate::World;
use crate::locate::{Mention, PlaceContext};

impl World {
    /// Fills `party` of sources, actors and targets, and `place` of places. What is not known stays empty.
    pub fn resolve(&self, report: &Report, claims: &mut [Claim]) {
        let mut countries = self.countries_in(&report.text);
        let context = PlaceContext { countries: countries.clone() };
        let mut places: Vec<&mut Filler> = claims.iter_mut().flat_map(|c| &mut c.act.place).collect();
        let mentions: Vec<Mention<'_>> = places.iter().map(|f| mention(&report.text, f)).collect();
        let found = self.locate(&mentions, &context);
        let chosen = found.into_iter().map(|candidates| candidates.into_iter().next().map(|c| c.place));
        for (filler, place) in places.iter_mut().zip(chosen.collect::<Vec<_>>()) {
            if let Some(place) = place.as_ref().filter(|p| !countries.contains(&p.country)) {
                countries.push(place.country.clone());
            }
            filler.place = place;
        }
        let on = report.published.as_ref().map(|p| p.date);
        for claim in claims {
            let act = &mut claim.act;
            let parties = act
                .actor
                .iter_mut()
                .chain(&mut act.target)
                .chain(&mut claim.via)
                .chain(Some(&mut claim.source));
            for filler in parties.filter(|f| !f.is_narrator()) {
                filler.party = self.parties.find(&filler.name, on, &countries).map(|p| p.id.clone());
            }
        }
    }
}

/// A filler with the words around it; its name may be fuller than the words at its span.
fn mention<'t>(text: &'t str, filler: &'t Filler) -> Mention<'t> {
    let around = filler.span.map_or(Mention::bare(""), |span| Mention::at(text, span));
    Mention { name: &filler.name, ..around }
}
