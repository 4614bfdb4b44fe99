//! Claims in the forms of others.
//!
//! - [`gold`]: JSON lines, the form that readers are scored in.
//! - [`table`]: CSV of claims, one a row.
//! - [`safe_name`]: a file name from whatever a report is called.

pub mod gold;
mod name;
pub mod table;

pub use name::safe_name;
