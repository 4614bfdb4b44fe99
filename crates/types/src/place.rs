//! A resolved place.

use serde::{Deserialize, Serialize};

use crate::codes::codes;

codes! {
    /// How exactly a place is known. The numbers of UCDP GED `where_prec` are 1, 2, 3, 4, 5, 6 in this order.
    PlacePrecision {
        /// A named point: town, village, base, crossing.
        Exact = "exact",
        /// Near a named point, or a sector ("21 km north-west of Hama").
        Near = "near",
        /// A district.
        District = "district",
        /// A province or state.
        Province = "province",
        /// A valley, front line, countryside or other area.
        Area = "area",
        /// A country.
        Country = "country",
    }
}

/// A place of the gazetteer or a pack, with how exactly it is meant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolvedPlace {
    /// Id in its source: `geonames:170654`, `pack:syria/wadi-barada`, `country:SY`.
    pub id: String,
    /// The gazetteer's own name.
    pub name: String,
    /// Latitude, degrees north.
    pub lat: f64,
    /// Longitude, degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code, empty where none applies.
    pub country: String,
    /// Name of the first-level region, empty where none applies.
    pub admin1: String,
    /// How exactly it is meant.
    pub precision: PlacePrecision,
}
