//! Places by name: those of the packs and the countries first, then the gazetteer's.

use std::collections::HashMap;

use holdfire_types::{PlacePrecision, ResolvedPlace};

use crate::bodies;
use crate::fold::{bare_region, fold_name, fold_place, spell};
use crate::gazetteer::{Gazetteer, Row, Sort};
use crate::locate::distance;
use crate::pack::{Pack, Place};
use crate::phrase;
use crate::skeleton;

/// At most so many rows of the gazetteer are weighed for one name, those with most inhabitants first.
const WEIGHED: usize = 40;

/// Of the countries that a text is about, so many may lend it places of another spelling.
const ABOUT: usize = 2;

/// A longer name is looked at for one that it begins with up to so many words.
const LEADING: usize = 4;

/// Kilometres within which two towns of one name are one.
const SAME_TOWN: f64 = 15.0;

fn is_country(known: &Known<'_>) -> bool {
    known.precision() == PlacePrecision::Country
}

/// A place of a pack, or a country.
#[derive(Debug)]
pub struct Own {
    /// The place.
    pub place: ResolvedPlace,
    /// Inhabitants, where the gazetteer holds the town too; else 0.
    people: u64,
}

/// A place as the index holds it, before it is told in full.
#[derive(Debug, Clone, Copy)]
pub enum Known<'w> {
    /// Of a pack, or a country.
    Own(&'w Own),
    /// Of the gazetteer.
    Row(Row<'w>),
}

impl<'w> Known<'w> {
    /// Degrees north and east.
    pub fn point(self) -> (f64, f64) {
        match self {
            Self::Own(own) => (own.place.lat, own.place.lon),
            Self::Row(row) => row.point(),
        }
    }

    /// Country code, empty where none applies.
    pub fn country(self) -> &'w str {
        match self {
            Self::Own(own) => &own.place.country,
            Self::Row(row) => row.country(),
        }
    }

    /// Name of the first-level region, empty where none applies.
    pub fn admin1(self) -> &'w str {
        match self {
            Self::Own(own) => &own.place.admin1,
            Self::Row(row) => row.admin1(),
        }
    }

    /// The name to show.
    pub fn name(self) -> &'w str {
        match self {
            Self::Own(own) => &own.place.name,
            Self::Row(row) => row.name(),
        }
    }

    /// Inhabitants; 0 where they are not known.
    pub fn inhabitants(self) -> u64 {
        match self {
            Self::Own(own) => own.people,
            Self::Row(row) => row.inhabitants(),
        }
    }

    /// How exactly the place as such is known.
    pub fn precision(self) -> PlacePrecision {
        match self {
            Self::Own(own) => own.place.precision,
            Self::Row(row) => match row.sort() {
                Sort::Town => PlacePrecision::Exact,
                Sort::District => PlacePrecision::District,
                Sort::Region => PlacePrecision::Province,
            },
        }
    }

    /// The place in full.
    pub fn place(self) -> ResolvedPlace {
        match self {
            Self::Own(own) => own.place.clone(),
            Self::Row(row) => row.place(),
        }
    }
}

/// Places of the packs, the countries and the gazetteer.
#[derive(Debug)]
pub struct Index {
    places: Vec<Own>,
    by_name: HashMap<String, Vec<usize>>,
    /// Places by the consonants of their names.
    skeletons: HashMap<String, Vec<usize>>,
    by_id: HashMap<String, usize>,
    gazetteer: &'static Gazetteer,
}

impl Index {
    /// An index of the gazetteer alone.
    pub fn new(gazetteer: &'static Gazetteer) -> Self {
        Self {
            places: Vec::new(),
            by_name: HashMap::new(),
            skeletons: HashMap::new(),
            by_id: HashMap::new(),
            gazetteer,
        }
    }

    /// Takes the places of a pack.
    pub fn add(&mut self, pack: &Pack) {
        for Place { id, name, aliases, lat, lon, country, admin1, precision, .. } in &pack.place {
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
    pub fn add_country(&mut self, iso: &str, name: &str, aliases: &[&str], [lon, lat]: [f32; 2]) {
        let place = ResolvedPlace {
            id: format!("country:{iso}"),
            name: name.to_owned(),
            lat: f64::from(lat),
            lon: f64::from(lon),
            country: iso.to_owned(),
            admin1: String::new(),
            precision: PlacePrecision::Country,
        };
        self.insert(place, aliases.iter().copied());
    }

    fn insert<'a>(&mut self, place: ResolvedPlace, aliases: impl Iterator<Item = &'a str>) {
        let at = self.places.len();
        let mut names: Vec<String> = aliases.map(fold_place).chain(Some(fold_place(&place.name))).collect();
        // a province is also known without its type word, as the gazetteer's regions are
        if place.precision == PlacePrecision::Province {
            names.extend(names.clone().iter().map(|name| bare_region(name).to_owned()));
        }
        let mut people = 0;
        for name in &names {
            self.gazetteer.find(name, |row| {
                let near = distance((place.lat, place.lon), row.point()) < SAME_TOWN;
                if place.precision == PlacePrecision::Exact && row.sort() == Sort::Town && near {
                    people = people.max(row.inhabitants());
                }
            });
        }
        for name in names {
            if let Some(bare) = skeleton::skeleton(&name) {
                let found = self.skeletons.entry(bare).or_default();
                if !found.contains(&at) {
                    found.push(at);
                }
            }
            let found = self.by_name.entry(name).or_default();
            if !found.contains(&at) {
                found.push(at);
            }
        }
        self.by_id.insert(place.id.clone(), at);
        self.places.push(Own { place, people });
    }

    /// One place of a pack, or a country.
    pub fn get(&self, id: &str) -> Option<&ResolvedPlace> {
        self.by_id.get(id).map(|i| &self.places[*i].place)
    }

    /// Everything that bears the name; failing that, the region of the bare name ("Rapides Parish"), or what is left
    /// without words for parts, surroundings and facilities ("northern Ethiopia", "Aleppo city", "Nuseirat refugee
    /// camp"). A camp of a nation is not its country. `folded` is the name as
    /// [`fold_name`](crate::fold_name) folds it.
    pub fn bearers(&self, name: &str, folded: &str) -> Vec<Known<'_>> {
        let folded = spell(folded);
        if folded.is_empty() {
            return Vec::new();
        }
        let found = self.named(&folded);
        if !found.is_empty() {
            return found;
        }
        let bare = bare_region(name);
        if bare.len() < name.trim().len() {
            let mut regions = self.named(&fold_place(bare));
            regions.retain(|k| matches!(k.precision(), PlacePrecision::Province | PlacePrecision::District));
            if !regions.is_empty() {
                return regions;
            }
        }
        let Some((facility, head)) = phrase::facility(name) else {
            return phrase::core(name).map_or_else(Vec::new, |core| self.named(&fold_place(core)));
        };
        // an airfield goes by several words
        if facility.contains("air") {
            let fields =
                ["air base", "airport"].map(|word| self.named(&fold_place(&[head, " ", word].concat())));
            if let Some(found) = fields.into_iter().find(|found| !found.is_empty()) {
                return found;
            }
        }
        let mut found = self.named(&fold_place(phrase::core(name).unwrap_or(head)));
        found.retain(|k| k.precision() != PlacePrecision::Country);
        found
    }

    /// Places of packs and countries that a name means beside words that describe them, say whose they are, or are its
    /// own possessive: "divided Aleppo", "Syria's Aleppo", "Aleppos". To be asked where nothing else bears the name.
    pub fn described(&self, name: &str) -> Vec<Known<'_>> {
        if let Some(rest) = phrase::undescribed(name) {
            let found = self.bearers(rest, &fold_name(rest));
            return if found.is_empty() { self.described(rest) } else { found };
        }
        if let Some((first, rest)) = name.split_once(' ') {
            let owner = phrase::owner(first).unwrap_or(first);
            let country = self.named(&fold_place(owner)).into_iter().find(is_country);
            let inside =
                |k: &Known<'_>| country.is_some_and(|c| c.country() == k.country() && !is_country(k));
            let mut found = if country.is_some() { self.bearers(rest, &fold_name(rest)) } else { Vec::new() };
            found.retain(inside);
            return found;
        }
        let mut found = phrase::owner(name).map_or_else(Vec::new, |bare| self.named(&fold_place(bare)));
        found.retain(|k| matches!(k, Known::Own(_)));
        found
    }

    /// Whether a pack or the table of countries has a place of this name.
    pub fn is_own(&self, name: &str) -> bool {
        self.by_name.contains_key(&fold_place(name))
    }

    /// Whether a place that is no country bears just this name in one of the countries that come first.
    pub fn is_in(&self, name: &str, countries: &[String]) -> bool {
        let here = |k: &Known<'_>| countries.iter().take(ABOUT).any(|country| country == k.country());
        self.named(&fold_place(name)).iter().any(|k| !is_country(k) && here(k))
    }

    /// Places of packs in these countries whose name begins a longer one that nothing bears: "Homs central Syria",
    /// "Tal Abyad Raqqa". The name that stands first is the most exact. A body ("Aleppo Police Command") is no place.
    pub fn leading(&self, name: &str, countries: &[String]) -> Vec<Known<'_>> {
        let here = |k: &Known<'_>| {
            !is_country(k) && countries.iter().take(ABOUT).any(|country| country == k.country())
        };
        if bodies::is_body(name) {
            return Vec::new();
        }
        let ends: Vec<usize> = name.match_indices(' ').map(|(at, _)| at).take(LEADING).collect();
        for end in ends.into_iter().rev() {
            let mut found = self.named(&fold_place(&name[..end]));
            found.retain(|k| matches!(k, Known::Own(_)) && here(k));
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// Places of packs in these countries that are meant by a name written together with its article, or whose names have
    /// the same consonants; for a name that nothing there bears as it is spelled.
    pub fn spelled(&self, folded: &str, countries: &[String]) -> Vec<Known<'_>> {
        let here = |country: &str| {
            skeleton::COUNTRIES.contains(&country) && countries.iter().take(ABOUT).any(|c| c == country)
        };
        if !countries.iter().take(ABOUT).any(|c| here(c)) {
            return Vec::new();
        }
        let of = |found: Option<&Vec<usize>>| -> Vec<Known<'_>> {
            let found = found.map_or(&[][..], Vec::as_slice);
            found.iter().map(|i| Known::Own(&self.places[*i])).filter(|k| here(k.country())).collect()
        };
        let unjoined = skeleton::unjoined(folded);
        if let Some(bare) = &unjoined {
            let found = of(self.by_name.get(&spell(bare)));
            if !found.is_empty() {
                return found;
            }
        }
        let spelled = spell(unjoined.as_deref().unwrap_or(folded));
        skeleton::skeleton(&spelled).map_or_else(Vec::new, |bare| of(self.skeletons.get(&bare)))
    }

    fn named(&self, folded: &str) -> Vec<Known<'_>> {
        let own = self.by_name.get(folded).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<Known<'_>> = own.iter().map(|i| Known::Own(&self.places[*i])).collect();
        self.gazetteer.find(folded, |row| found.push(Known::Row(row)));
        let rows = &mut found[own.len()..];
        if rows.len() > WEIGHED {
            rows.sort_by_cached_key(|k| std::cmp::Reverse(k.inhabitants()));
            found.truncate(own.len() + WEIGHED);
        }
        // a town that a pack holds too is the pack's
        let towns =
            own.iter().map(|i| &self.places[*i].place).filter(|p| p.precision == PlacePrecision::Exact);
        for town in towns {
            let held = |k: &Known<'_>| match k {
                Known::Own(_) => false,
                Known::Row(row) => {
                    row.sort() == Sort::Town && distance((town.lat, town.lon), row.point()) < SAME_TOWN
                }
            };
            found.retain(|k| !held(k));
        }
        // and so is a region
        let of_pack =
            |k: &&Known<'_>| matches!(k, Known::Own(_)) && k.precision() == PlacePrecision::Province;
        let regions: Vec<&str> = found.iter().filter(of_pack).map(|k| k.country()).collect();
        found.retain(|k| match k {
            Known::Own(_) => true,
            Known::Row(row) => row.sort() != Sort::Region || !regions.contains(&row.country()),
        });
        found
    }
}
