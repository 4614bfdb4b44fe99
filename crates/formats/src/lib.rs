//! Claims in the forms of others.
//!
//! - [`gold`]: JSON lines, the form that readers are scored in.
//! - [`geojson`]: incidents on a map, with every account.
//! - [`table`]: CSV of claims, one a row.
//! - [`LossReport`]: what an export could not carry.
//! - [`safe_name`]: a file name from whatever a report is called.

pub mod geojson;
pub mod gold;
mod loss;
mod name;
pub mod table;

pub use loss::{Loss, LossReport};
pub use name::safe_name;
