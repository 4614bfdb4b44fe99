//! Places by name.

use std::collections::HashMap;

use holdfire_types::{PlacePrecision, ResolvedPlace};

use crate::fold::fold_place;
use crate::pack::{Pack, Place};

/// What is known of the setting of a mention.
#[derive(Debug, Clone, Default)]
pub struct PlaceContext {
    /// ISO codes of the countries that the report or the pack is about, likeliest first.
    pub countries: Vec<String>,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: ResolvedPlace,
    /// Higher is likelier.
    pub score: f32,
    /// Why it stands where it stands.
    pub why: &'static str,
}

/// Places of the packs and the countries.
#[derive(Debug, Default)]
pub struct Index {
    places: Vec<ResolvedPlace>,
    by_name: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, usize>,
}

impl Index {
    /// Takes the places of a pack.
    pub fn add(&mut self, pack: &Pack) {
        for Place { id, name, aliases, lat, lon, country, admin1, precision } in &pack.place {
            let place = ResolvedPlace {
                id: id.clone(),
                name: name.clone(),
                lat: *lat,
                lon: *lon,
                country: country.clone(),
                admin1: admin1.clone(),
                precision: *precision,
            };
            self.insert(place, aliases.iter().map(String::as_str));
        }
    }

    /// Takes a country at a point.
    pub fn add_country(&mut self, iso: &str, name: &str, aliases: &[String], [lon, lat]: [f32; 2]) {
        let place = ResolvedPlace {
            id: format!("country:{iso}"),
            name: name.to_owned(),
            lat: f64::from(lat),
            lon: f64::from(lon),
            country: iso.to_owned(),
            admin1: String::new(),
            precision: PlacePrecision::Country,
        };
        self.insert(place, aliases.iter().map(String::as_str));
    }

    fn insert<'a>(&mut self, place: ResolvedPlace, aliases: impl Iterator<Item = &'a str>) {
        let at = self.places.len();
        let names = aliases.map(fold_place).chain(Some(fold_place(&place.name)));
        for name in names {
            let found = self.by_name.entry(name).or_default();
            if !found.contains(&at) {
                found.push(at);
            }
        }
        self.by_id.insert(place.id.clone(), at);
        self.places.push(place);
    }

    /// One place.
    pub fn get(&self, id: &str) -> Option<&ResolvedPlace> {
        self.by_id.get(id).map(|i| &self.places[*i])
    }

    /// Places of this name, likeliest first.
    pub fn find(&self, name: &str, context: &PlaceContext) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = self
            .by_name
            .get(&fold_place(name))
            .into_iter()
            .flatten()
            .map(|i| {
                let place = self.places[*i].clone();
                let near = context.countries.iter().position(|c| *c == place.country);
                let (score, why) = match near {
                    Some(rank) => (2.0 - 0.1 * rank as f32, "in a country that the report is about"),
                    None => (1.0, "of this name"),
                };
                Candidate { place, score, why }
            })
            .collect();
        out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.place.id.cmp(&b.place.id)));
        out
    }
}
