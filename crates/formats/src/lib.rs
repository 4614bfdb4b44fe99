//! Claims in the forms of others.
//!
//! - [`gold`]: JSON lines, the form that readers are scored in.
//! - [`geojson`]: incidents on a map, with every account.
//! - [`table`]: CSV of claims, one a row.
//! - [`export`]: the record in the forms of others.
//! - [`import`]: rows of other data sets as claims of their makers.
//! - [`LossReport`]: what an export could not carry.
//! - [`safe_name`]: a file name from whatever a report is called.

mod acled;
mod countries;
pub mod export;
mod ged;
pub mod geojson;
pub mod gold;
pub mod import;
mod loss;
mod name;
pub mod table;

pub use loss::{Loss, LossReport};
pub use name::safe_name;
