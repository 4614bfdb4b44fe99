//! Pages: each a function from the record to a template.

mod about;
mod boards;
mod claim;
mod corrections;
mod day;
mod incident;
mod incidents;
mod map;
mod number;
mod report;
mod search;
mod sources;
mod standing;

pub use about::about;
pub use boards::{convoys, talks};
pub use claim::claim;
pub use corrections::{
    Draft as CorrectionDraft, Form as CorrectionForm, about as about_correction, correct, corrections,
    receipt,
};
pub use day::{day, days};
pub use incident::incident;
pub use incidents::{Filter, incidents};
pub use map::{map, pins};
pub use number::{number, resolve};
pub use report::report;
pub use search::search;
pub use sources::{reports, sources};
pub use standing::standing;
