//! Names in claims to parties and places.

use std::collections::BTreeMap;

use holdfire_types::{Claim, Filler, Report};

use crate::World;
use crate::places::PlaceContext;

impl World {
    /// Fills `party` of sources, actors and targets, and `place` of places. What is not known stays empty.
    pub fn resolve(&self, report: &Report, claims: &mut [Claim]) {
        let countries = self.countries_of(claims);
        let on = report.published.as_ref().map(|p| p.date);
        let context = PlaceContext { countries: countries.clone() };
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
            for filler in &mut act.place {
                let best = self.places.find(&filler.name, &context).into_iter().next();
                filler.place = best.map(|c| c.place);
            }
        }
    }

    /// ISO codes of the countries that the claims are about, most named first: by places, then by nations named.
    fn countries_of(&self, claims: &[Claim]) -> Vec<String> {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        let none = PlaceContext::default();
        for claim in claims {
            for place in &claim.act.place {
                if let Some(first) = self.places.find(&place.name, &none).first() {
                    *votes.entry(first.place.country.clone()).or_default() += 3;
                }
            }
            for Filler { name, .. } in claim.act.actor.iter().chain(&claim.act.target) {
                for word in name.split([' ', '-']) {
                    if let Some(iso) = self.parties.nation(word) {
                        *votes.entry(iso.to_uppercase()).or_default() += 1;
                    }
                }
            }
        }
        let mut ranked: Vec<(usize, String)> = votes.into_iter().map(|(c, n)| (n, c)).collect();
        ranked.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        ranked.into_iter().map(|(_, c)| c).collect()
    }
}
