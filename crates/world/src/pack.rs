//! Packs: a conflict, or the world at large, as a TOML file that an analyst can edit.
//!
//! A pack holds parties, places and truces. Ids are written short inside the pack (`army`) and become full
//! (`syria/army`); an id with a slash refers to another pack.

use holdfire_types::{PartyKind, PlacePrecision, Term, Truce};
use jiff::civil::Date;
use serde::Deserialize;

use crate::WorldError;
use crate::fold::fold_name;

/// A file as written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Short name; the first half of its ids.
    pub id: String,
    /// What it covers, in plain words.
    pub name: String,
    /// ISO codes of the countries it is about; empty for the world at large.
    #[serde(default)]
    pub countries: Vec<String>,
    /// Where its facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// States, one short row each.
    #[serde(default)]
    pub state: Vec<State>,
    /// Parties.
    #[serde(default)]
    pub party: Vec<Party>,
    /// Places that the gazetteer lacks or has wrong.
    #[serde(default)]
    pub place: Vec<Place>,
    /// Lists of places, a row each. A pack that is read holds them in `place` and none here.
    #[serde(default)]
    places: Vec<PlaceList>,
    /// Truces with their terms.
    #[serde(default)]
    pub truce: Vec<TruceRow>,
}

/// A state: it is a party, and so are its forces.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// ISO 3166-1 alpha-2 code.
    pub iso: String,
    /// Name.
    pub name: String,
    /// Adjectives and names of its people ("Turkish", "Turks").
    pub people: Vec<String>,
    /// Capital, which speaks for its government.
    #[serde(default)]
    pub capital: String,
    /// Other names, and people and bodies that speak for it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A party.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Id.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Parties it belongs to or fights for, nearest first.
    #[serde(default)]
    pub under: Vec<String>,
    /// Other names, in any script.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it bore for a time.
    #[serde(default)]
    pub dated: Vec<DatedName>,
    /// The public document that its facts rest on; the pack's `sources` where left out.
    #[serde(default)]
    pub source: String,
}

/// A name that a party bore from one day to another.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedName {
    /// The name.
    pub name: String,
    /// First day, where one is known.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day, where one is known.
    #[serde(default)]
    pub to: Option<Date>,
}

impl Party {
    /// The name it bore on a day, the newer one on the day of a change; its present name where none is dated.
    pub fn name_on(&self, day: Date) -> &str {
        let bears = |n: &&DatedName| n.from.is_none_or(|f| f <= day) && n.to.is_none_or(|t| day <= t);
        let newest = self.dated.iter().filter(bears).min_by_key(|n| std::cmp::Reverse(n.from));
        newest.map_or(&self.name, |n| &n.name)
    }
}

/// A place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Id.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Other names and spellings that folding does not cover.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO code; the pack's only country where left out.
    #[serde(default)]
    pub country: String,
    /// First-level region.
    #[serde(default)]
    pub admin1: String,
    /// How exact the point is.
    pub precision: PlacePrecision,
    /// The public document or map that its facts rest on; the pack's `sources` where left out.
    #[serde(default)]
    pub source: String,
}

/// Places that share a region and a source, a short row each.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceList {
    /// ISO code; the pack's first where left out.
    #[serde(default)]
    country: String,
    /// First-level region.
    #[serde(default)]
    admin1: String,
    /// The public document or map for rows that name none.
    #[serde(default)]
    source: String,
    /// The places.
    rows: Vec<PlaceRow>,
}

/// A place of a list.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    /// Id; made of the name where left out.
    #[serde(default)]
    id: String,
    /// Name to show.
    name: String,
    /// Other names and spellings that folding does not cover.
    #[serde(default)]
    aliases: Vec<String>,
    /// Degrees north and east.
    at: [f64; 2],
    /// How exact the point is.
    #[serde(default = "exact")]
    precision: PlacePrecision,
    /// The public document or map, where it is another than the list's.
    #[serde(default)]
    source: String,
}

const fn exact() -> PlacePrecision {
    PlacePrecision::Exact
}

/// The id of a place in a list that is given none: "Kafr Nabl" is `kafr-nabl`.
pub(crate) fn id_of(name: &str) -> String {
    fold_name(name).replace(' ', "-")
}

impl PlaceList {
    fn into_places(self) -> impl Iterator<Item = Place> {
        let Self { country, admin1, source, rows } = self;
        rows.into_iter().map(move |row| Place {
            id: if row.id.is_empty() { id_of(&row.name) } else { row.id },
            name: row.name,
            aliases: row.aliases,
            lat: row.at[0],
            lon: row.at[1],
            country: country.clone(),
            admin1: admin1.clone(),
            precision: row.precision,
            source: if row.source.is_empty() { source.clone() } else { row.source },
        })
    }
}

/// A truce as written; dates and terms as in [`Truce`].
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TruceRow {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// ISO codes of the countries whose territory is the area.
    pub countries: Vec<String>,
    /// Places that bound the area.
    #[serde(default)]
    pub area: Vec<String>,
    /// Parties bound.
    pub parties: Vec<String>,
    /// Guarantors.
    #[serde(default)]
    pub guarantors: Vec<String>,
    /// Who monitors.
    #[serde(default)]
    pub monitoring: String,
    /// First day in force.
    pub start: Date,
    /// Last day in force.
    #[serde(default)]
    pub end: Option<Date>,
    /// Terms.
    pub term: Vec<Term>,
    /// Sources.
    pub sources: Vec<String>,
}

impl Pack {
    /// Reads a pack as written, its ids short.
    pub(crate) fn read(toml_text: &str) -> Result<Self, toml::de::Error> {
        let mut pack: Self = toml::from_str(toml_text)?;
        pack.place.extend(std::mem::take(&mut pack.places).into_iter().flat_map(PlaceList::into_places));
        Ok(pack)
    }

    /// Reads a pack and makes its ids full. `file` names it in messages.
    ///
    /// # Errors
    /// [`WorldError::Toml`] with the line, or [`WorldError::Fact`] where the facts contradict each other.
    pub fn parse(file: &str, toml_text: &str) -> Result<Self, WorldError> {
        let mut pack = Self::read(toml_text)
            .map_err(|e| WorldError::Toml { file: file.to_owned(), message: e.to_string() })?;
        let full = |pack: &str, id: &mut String| {
            if !id.contains('/') {
                *id = format!("{pack}/{id}");
            }
        };
        let id = pack.id.clone();
        for party in &mut pack.party {
            full(&id, &mut party.id);
            for under in &mut party.under {
                full(&id, under);
            }
        }
        for place in &mut pack.place {
            full(&id, &mut place.id);
            if place.country.is_empty() {
                place.country = pack.countries.first().cloned().unwrap_or_default();
            }
        }
        for truce in &mut pack.truce {
            for list in [&mut truce.area, &mut truce.parties, &mut truce.guarantors] {
                for member in list {
                    full(&id, member);
                }
            }
            for term in &mut truce.term {
                use holdfire_types::TermRule::{Bars, ExcludesAreaOf, ExcludesParty, Undertakes};
                match &mut term.rule {
                    ExcludesParty { parties } | ExcludesAreaOf { parties } => {
                        for party in parties {
                            full(&id, party);
                        }
                    }
                    Bars { .. } | Undertakes { .. } => {}
                }
            }
            if truce.end.is_some_and(|end| end < truce.start) {
                return Err(WorldError::Fact {
                    file: file.to_owned(),
                    what: format!("the truce `{}` ends before it begins", truce.id),
                    mend: "set `end` to a day after `start`, or leave it out".to_owned(),
                });
            }
        }
        Ok(pack)
    }
}

impl From<TruceRow> for Truce {
    fn from(row: TruceRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            countries: row.countries,
            area: row.area,
            parties: row.parties,
            guarantors: row.guarantors,
            monitoring: row.monitoring,
            start: row.start,
            end: row.end,
            terms: row.term,
            sources: row.sources,
        }
    }
}
