//! Names in claims to parties and places.

use std::collections::BTreeMap;

use holdfire_types::{Claim, Filler, Report};

use crate::World;
use crate::locate::{Mention, PlaceContext};
use crate::parties::About;

/// A country that is named no more than once for this many times of another is not what a text is mainly about.
const BESIDE: usize = 2;

/// What an act's place counts beside a mention of a country or people.
const PLACE: usize = 2;

impl World {
    /// Fills `party` of sources, actors and targets, and `place` of places. What is not known stays empty.
    pub fn resolve(&self, report: &Report, claims: &mut [Claim]) {
        let mut votes = self.country_votes(&report.text);
        let context = PlaceContext { countries: ranked(&votes).countries };
        let mut places: Vec<&mut Filler> = claims.iter_mut().flat_map(|c| &mut c.act.place).collect();
        let mentions: Vec<Mention<'_>> = places.iter().map(|f| mention(&report.text, f)).collect();
        let found = self.locate(&mentions, &context);
        let chosen = found.into_iter().map(|candidates| candidates.into_iter().next().map(|c| c.place));
        for (filler, place) in places.iter_mut().zip(chosen.collect::<Vec<_>>()) {
            if let Some(place) = place.as_ref().filter(|p| !p.country.is_empty()) {
                *votes.entry(place.country.clone()).or_default() += PLACE;
            }
            filler.place = place;
        }
        let about = ranked(&votes);
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
                filler.party = self.parties.find(&filler.name, on, &about).map(|p| p.id.clone());
            }
        }
    }

    /// How often `text` names each country or its people, by ISO code.
    fn country_votes(&self, text: &str) -> BTreeMap<String, usize> {
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| w.starts_with(char::is_uppercase)) {
            if let Some(iso) = self.parties.nation(word) {
                *votes.entry(iso.to_uppercase()).or_default() += 1;
            }
        }
        votes
    }

    /// ISO codes of the countries whose names and peoples `text` names, most named first.
    pub fn countries_in(&self, text: &str) -> Vec<String> {
        ranked(&self.country_votes(text)).countries
    }
}

/// Countries by votes, the most voted first; those of one number by their codes.
fn ranked(votes: &BTreeMap<String, usize>) -> About {
    let mut ranked: Vec<(&String, usize)> = votes.iter().map(|(iso, count)| (iso, *count)).collect();
    ranked.sort_by_key(|(iso, count)| (std::cmp::Reverse(*count), *iso));
    let top = ranked.first().map_or(0, |(_, count)| *count);
    let chief = ranked.iter().take_while(|(_, count)| count * BESIDE > top).count();
    About { countries: ranked.into_iter().map(|(iso, _)| iso.clone()).collect(), chief }
}

/// A filler with the words around it; its name may be fuller than the words at its span.
fn mention<'t>(text: &'t str, filler: &'t Filler) -> Mention<'t> {
    let around = filler.span.map_or(Mention::bare(""), |span| Mention::at(text, span));
    Mention { name: &filler.name, ..around }
}
