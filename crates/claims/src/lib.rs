//! From parsed sentences to claims: who says what, with what standing.
//!
//! - [`read`] turns a report and its sentences into claims; pure, it never fails on bad text.
//! - A `View` is a sentence with its tree indexed and its mentions found; a `Document` is a report's views with
//!   pronouns and short names resolved.
//! - A `Draft` is an act with the slots that the models ([`Models`]) chose; [`read`] makes claims of drafts.
//! - [`explain`] tells why an act was read as it was, and what the models weighed.
//! - [`root_event`], [`factuality`] and [`event_places`] look at any word, whether it is a claim's or not.
//! - Figures, times, means and quotations are read from the words themselves.
//!
//! Claims come unresolved: parties and places are matched to packs and gazetteer by the world.

mod access;
pub mod attribution;
mod barred;
mod bodies;
mod called;
mod chosen;
mod dated;
mod denial;
mod divided;
mod document;
mod draft;
mod event_places;
mod evidence;
mod explain;
mod factuality;
mod features;
pub mod figures;
mod floor;
mod found;
mod frame;
mod fuller;
mod governing;
mod groups;
mod issuer;
mod kinds;
mod linear;
mod machinery;
pub mod means;
mod mentions;
mod models;
mod names;
mod net;
mod numbers;
mod once;
mod operators;
mod options;
mod place_names;
#[cfg(test)]
mod plain;
mod plover;
pub mod published;
pub mod quotes;
mod read;
mod refer;
mod relief;
mod roles;
#[cfg(test)]
mod samples;
mod scores;
mod sides;
mod source;
mod speaker;
mod stand;
mod standing;

mod status;
mod struck;
mod tail;
pub mod times;
mod told;
#[cfg(feature = "train")]
pub mod train;
mod tree;
mod truces;
mod verified;
mod view;
mod when;
mod worded;
mod words;

pub use document::Document;
pub use draft::Bars;
pub use event_places::event_places;
pub use explain::{Explanation, Weighed, explain};
pub use factuality::factuality;
pub use models::Models;
pub use names::same_name;
pub use plover::root_event;
pub use read::{Reading, read, read_with};
pub use view::View;
