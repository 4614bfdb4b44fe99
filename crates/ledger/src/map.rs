//! Claims found on the map.

use std::collections::BTreeSet;

use holdfire_types::{Claim, Recorded};
use rusqlite::params;

use crate::lookup::{misled, number};
use crate::{Ledger, LedgerError, schema};

/// A part of the map, in degrees. `west > east` crosses the date line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Region {
    /// Latitude of the southern edge.
    pub south: f64,
    /// Longitude of the western edge.
    pub west: f64,
    /// Latitude of the northern edge.
    pub north: f64,
    /// Longitude of the eastern edge.
    pub east: f64,
}

impl Region {
    /// True for a point inside or on the edge.
    pub fn holds(&self, lat: f64, lon: f64) -> bool {
        let across = if self.west <= self.east {
            (self.west..=self.east).contains(&lon)
        } else {
            lon >= self.west || lon <= self.east
        };
        across && (self.south..=self.north).contains(&lat)
    }
}

/// Up to so many places of a region are asked for one by one; of more, every claim of a run is looked at.
const PLACES: usize = 256;

impl Ledger {
    /// Claims with a place inside `region`, the latest first, at most `limit`.
    pub fn claims_in(&self, region: Region, limit: usize) -> Result<Vec<Recorded<Claim>>, LedgerError> {
        let places = self.places_in(region)?;
        let mut claims = Vec::new();
        let last = self.head()?.map_or(0, |head| head.entry);
        for run in (0..=schema::run(last)).rev() {
            let mut found: Vec<(i64, i64)> = Vec::new();
            if places.len() <= PLACES {
                for place in &places {
                    found.extend(self.rows(
                        "SELECT reading, claim FROM told WHERE run = ? AND place = ?",
                        [run, *place],
                        |row| Ok((row.get(0)?, row.get(1)?)),
                    )?);
                }
            } else {
                let all =
                    self.rows("SELECT place, reading, claim FROM told WHERE run = ?", [run], |row| {
                        Ok((row.get::<_, i64>(0)?, (row.get(1)?, row.get(2)?)))
                    })?;
                found.extend(all.into_iter().filter(|(place, _)| places.contains(place)).map(|(_, of)| of));
            }
            found.sort_unstable_by(|a, b| b.cmp(a));
            found.dedup();
            for reading in found.chunk_by(|a, b| a.0 == b.0) {
                let rest = limit - claims.len();
                if rest == 0 {
                    return Ok(claims);
                }
                claims.extend(self.standing_in(region, reading)?.into_iter().take(rest));
            }
        }
        Ok(claims)
    }

    /// The places inside `region`.
    fn places_in(&self, region: Region) -> Result<BTreeSet<i64>, LedgerError> {
        let halves = if region.west <= region.east {
            vec![region]
        } else {
            vec![Region { east: 180.0, ..region }, Region { west: -180.0, ..region }]
        };
        let mut places = BTreeSet::new();
        for half in halves {
            places.extend(self.rows(
                "SELECT place FROM place_point WHERE north >= ? AND south <= ? AND east >= ? AND west <= ?",
                params![half.south, half.north, half.west, half.east],
                |row| row.get::<_, i64>(0),
            )?);
        }
        Ok(places)
    }

    /// The claims of one reading at these places of it, as far as the reading stands and they lie in `region`.
    fn standing_in(&self, region: Region, rows: &[(i64, i64)]) -> Result<Vec<Recorded<Claim>>, LedgerError> {
        let reading = rows[0].0;
        let query = "SELECT entry FROM reading WHERE entry = ? AND superseded IS NULL";
        let Some(entry) = number(&self.conn, &self.path, query, reading)? else { return Ok(Vec::new()) };
        let (at, batch) = self.reading_at(entry)?;
        let mut claims = Vec::new();
        for &(_, claim) in rows {
            let value = batch.claims.get(claim as usize).ok_or_else(|| misled(&self.path, entry))?;
            // The index keeps 32-bit floats: it finds, the claim decides.
            let mut places = value.act.place.iter().filter_map(|f| f.place.as_ref());
            if places.any(|p| region.holds(p.lat, p.lon)) {
                claims.push(Recorded { entry, at, value: value.clone() });
            }
        }
        Ok(claims)
    }
}
