//! The text of a report, before any model looks at it.
//!
//! - [`decode`]: bytes to text, what is broken replaced.
//! - [`paragraphs`]: stretches that no sentence crosses.
//! - [`pieces`]: what a page's head ran into its story, cut off.
//! - [`words`]: words as Universal Dependencies cuts them, with their spans.
//! - [`language`]: which language it is in.

mod decode;
mod language;
mod page_head;
mod paragraphs;
mod tokens;

pub use decode::decode;
pub use language::language;
pub use page_head::pieces;
pub use paragraphs::paragraphs;
pub use tokens::{is_abbreviation, words};
