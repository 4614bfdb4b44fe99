//! Drawings: plain numbers for the SVG templates. Colours and patterns belong to the style sheet.

mod map;
mod ranges;
mod strip;

pub use map::{Land, Map, Pin, map, part_map};
pub use ranges::{Ranges, ranges};
pub use strip::{Strip, strip};

/// A drawing's number, with one decimal at most: finer is invisible and makes pages long.
pub fn px(n: f64) -> String {
    let text = format!("{n:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
