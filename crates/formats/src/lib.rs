//! Claims in other forms.
//!
//! - [`gold`]: the form that claims are marked and scored in, JSON lines.
//! - [`table`]: comma-separated values.

pub mod gold;
pub mod table;
