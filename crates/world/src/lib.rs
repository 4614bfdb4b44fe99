//! Being built.
mod acts;

pub use acts::{ActWord, Acts, NounSort, WordClass};
