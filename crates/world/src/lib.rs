//! The world that reports speak of: parties, places, truces, and the words for acts.
//!
//! - A `Pack` is a TOML file: parties with aliases and dated names, places, truces with their terms.
//! - [`World`] is all packs together, ready to be asked.
//! - [`Acts`] are the words for acts, [`RootWords`] those for PLOVER's root events.
//! - [`Outline`] is a country's outline for maps.
//!
//! It knows nothing of documents' structure and nothing of storage.

mod acts;
mod apart;
mod bodies;
mod check;
mod error;
mod fold;
pub mod gazetteer;
mod locate;
mod outlines;
mod pack;
mod parties;
mod phrase;
mod places;
mod resolve;
mod roots;
mod skeleton;

use std::sync::OnceLock;

use holdfire_types::{ResolvedPlace, Truce};
use jiff::civil::Date;

pub use acts::{ActWord, Acts, NounSort, WordClass};
pub use check::check;
pub use error::WorldError;
pub use fold::{bare_region, fold_name, fold_place};
pub use locate::{Candidate, Mention, PlaceContext, distance};
pub use outlines::Outline;
pub use pack::{DatedName, Pack, Party};
pub use roots::{ClauseWords, RootWords};

/// The packs in the binary: file name and text.
pub const PACKS: &[(&str, &str)] = &[
    ("world.toml", include_str!("../../../packs/world.toml")),
    ("syria.toml", include_str!("../../../packs/syria.toml")),
    ("ukraine.toml", include_str!("../../../packs/ukraine.toml")),
    ("yemen.toml", include_str!("../../../packs/yemen.toml")),
    ("lebanon.toml", include_str!("../../../packs/lebanon.toml")),
];

/// A commented pack to begin with; `NAME` stands for its id.
pub const START: &str = include_str!("../../../packs/start.toml");

/// The words for acts.
const ACTS: &str = include_str!("../../../packs/acts.toml");

/// The words for root events.
const ROOTS: &str = include_str!("../../../packs/plover.toml");

/// Everything that the packs say.
#[derive(Debug)]
pub struct World {
    acts: Acts,
    roots: RootWords,
    parties: parties::Index,
    places: places::Index,
    truces: Vec<Truce>,
    outlines: Vec<Outline>,
}

impl World {
    /// The world of the packs in the binary, built once.
    ///
    /// # Errors
    /// [`WorldError`] when the binary was built with a faulty pack.
    pub fn embedded() -> Result<&'static Self, WorldError> {
        static WORLD: OnceLock<Result<World, WorldError>> = OnceLock::new();
        WORLD.get_or_init(|| Self::from_packs(PACKS)).as_ref().map_err(Clone::clone)
    }

    /// A world of packs given as file name and TOML text.
    ///
    /// # Errors
    /// [`WorldError`] names the file, what is wrong and what to do.
    pub fn from_packs(packs: &[(&str, &str)]) -> Result<Self, WorldError> {
        let acts = Acts::parse(ACTS)
            .map_err(|message| WorldError::Toml { file: "acts.toml".to_owned(), message })?;
        let roots = RootWords::parse(ROOTS)
            .map_err(|message| WorldError::Toml { file: "plover.toml".to_owned(), message })?;
        let gazetteer = gazetteer::Gazetteer::embedded().ok_or_else(|| WorldError::Fact {
            file: "places.bin".to_owned(),
            what: "the gazetteer in the binary is cut or of another form".to_owned(),
            mend: "build it anew with `cargo xtask gazetteer`".to_owned(),
        })?;
        let outlines = outlines::parse(include_bytes!("../data/outlines.bin"));
        let mut world = Self {
            acts,
            roots,
            parties: parties::Index::default(),
            places: places::Index::new(gazetteer),
            truces: Vec::new(),
            outlines,
        };
        for (file, text) in packs {
            let pack = Pack::parse(file, text)?;
            world.parties.add(&pack);
            world.places.add(&pack);
            for state in &pack.state {
                if let Some(outline) = world.outlines.iter().find(|o| o.iso == state.iso) {
                    let middle = outlines::middle(outline);
                    let names: Vec<&str> =
                        state.aliases.iter().chain(&state.people).map(String::as_str).collect();
                    world.places.add_country(&state.iso, &state.name, &names, middle);
                }
            }
            world.truces.extend(pack.truce.into_iter().map(Truce::from));
        }
        for truce in &world.truces {
            if let Some(lost) =
                truce.parties.iter().chain(&truce.guarantors).find(|p| world.party(p).is_none())
            {
                return Err(WorldError::Fact {
                    file: "packs".to_owned(),
                    what: format!("the truce `{}` names the party `{lost}`, which no pack holds", truce.id),
                    mend: "add the party or mend the id".to_owned(),
                });
            }
        }
        Ok(world)
    }

    /// The words for root events.
    pub fn roots(&self) -> &RootWords {
        &self.roots
    }

    /// The words for acts.
    pub fn acts(&self) -> &Acts {
        &self.acts
    }

    /// Every truce, in the order of the packs.
    pub fn truces(&self) -> &[Truce] {
        &self.truces
    }

    /// One truce.
    pub fn truce(&self, id: &str) -> Option<&Truce> {
        self.truces.iter().find(|t| t.id == id)
    }

    /// Every party, in the order of the packs.
    pub fn parties(&self) -> &[Party] {
        self.parties.all()
    }

    /// One party.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.get(id)
    }

    /// The party that bears `name` on a day, in a report about `country` (ISO code).
    pub fn find_party(&self, name: &str, on: Option<Date>, country: Option<&str>) -> Option<&Party> {
        let countries: Vec<String> = country.map(str::to_owned).into_iter().collect();
        self.parties.find(name, on, &parties::About { chief: countries.len(), countries })
    }

    /// Every party that ever bears the name itself: the candidates for a bare word like "government".
    pub fn parties_named(&self, name: &str) -> Vec<&Party> {
        self.parties.bearers(name)
    }

    /// Whether words hold a name of their own ("Jaish al-Ezza"), and not nations and general words alone ("rebels").
    pub fn is_name(&self, words: &str) -> bool {
        self.parties.is_name(words)
    }

    /// One place.
    pub fn place(&self, id: &str) -> Option<&ResolvedPlace> {
        self.places.get(id)
    }

    /// The places that `name` may mean by itself, likeliest first.
    pub fn find_place(&self, name: &str, context: &PlaceContext) -> Vec<Candidate> {
        self.places.locate_alone(Mention::bare(name), context)
    }

    /// The places that the names of one text may mean, likeliest first, weighed together.
    pub fn locate(&self, mentions: &[Mention<'_>], context: &PlaceContext) -> Vec<Vec<Candidate>> {
        self.places.locate(mentions, context)
    }

    /// Outlines of the world's countries, for maps.
    pub fn outlines(&self) -> &[Outline] {
        &self.outlines
    }
}
