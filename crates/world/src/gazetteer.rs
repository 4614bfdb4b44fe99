//! The gazetteer: places of GeoNames and the regions and districts they lie in, by folded name.
//!
//! Two files made by `cargo xtask gazetteer` and read in place, so that opening costs next to nothing:
//! - `names.fst`: folded name to a list of rows. A value is a row itself, or, with [`LIST`] set, the place in
//!   `places.bin` where a list of rows begins.
//! - `places.bin`: the lengths of its four tables as 32-bit numbers, then the tables: rows, lists, regions, strings. Numbers are little-endian.

use std::sync::OnceLock;

use fst::Map;
use holdfire_types::{PlacePrecision, ResolvedPlace};

/// Bytes of one row.
pub const ROW: usize = 18;

/// The bit of a name's value that says that a list follows.
pub const LIST: u64 = 1 << 40;

/// What sort of place a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A town or village.
    Town,
    /// A second-level region: county, district.
    District,
    /// A first-level region: province, state.
    Region,
}

/// A row of the table, still pointing into it.
#[derive(Debug, Clone, Copy)]
pub struct Row<'g> {
    gazetteer: &'g Gazetteer,
    bytes: &'g [u8],
}

/// The gazetteer, read in place.
#[derive(Debug)]
pub struct Gazetteer {
    names: Map<&'static [u8]>,
    rows: &'static [u8],
    lists: &'static [u8],
    regions: &'static [u8],
    pool: &'static [u8],
}

impl Gazetteer {
    /// The gazetteer in the binary, opened once.
    pub fn embedded() -> Option<&'static Self> {
        static OPENED: OnceLock<Option<Gazetteer>> = OnceLock::new();
        let open = || Self::open(include_bytes!("../data/names.fst"), include_bytes!("../data/places.bin"));
        OPENED.get_or_init(open).as_ref()
    }

    /// Opens the two files. `None` when they are cut or not of this form.
    pub fn open(names: &'static [u8], places: &'static [u8]) -> Option<Self> {
        let names = Map::new(names).ok()?;
        let mut rest = places.get(16..)?;
        let mut table = |at: usize| {
            let length = u32::from_le_bytes(places.get(at..at + 4)?.try_into().ok()?) as usize;
            let (head, tail) = rest.split_at_checked(length)?;
            rest = tail;
            Some(head)
        };
        Some(Self { names, rows: table(0)?, lists: table(4)?, regions: table(8)?, pool: table(12)? })
    }

    /// Hands on the rows that bear a folded name.
    pub fn find<'g>(&'g self, folded: &str, mut found: impl FnMut(Row<'g>)) {
        if let Some(value) = self.names.get(folded) {
            self.rows_of(value, &mut found);
        }
    }

    /// Hands on the rows that a name's value stands for.
    fn rows_of<'g>(&'g self, value: u64, found: &mut impl FnMut(Row<'g>)) {
        if value & LIST == 0 {
            self.row(value as usize).into_iter().for_each(&mut *found);
            return;
        }
        let at = (value & (LIST - 1)) as usize;
        for i in 0..number(self.lists, at, 2) {
            self.row(number(self.lists, at + 2 + 3 * i, 3)).into_iter().for_each(&mut *found);
        }
    }

    fn row(&self, index: usize) -> Option<Row<'_>> {
        let bytes = self.rows.get(index * ROW..(index + 1) * ROW)?;
        Some(Row { gazetteer: self, bytes })
    }

    /// A string of the pool: a length byte and its letters.
    fn text(&self, at: usize) -> &str {
        let length = self.pool.get(at).map_or(0, |l| usize::from(*l));
        self.pool.get(at + 1..at + 1 + length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

/// A little-endian number of `width` bytes, at most 4; 0 past the end.
fn number(bytes: &[u8], at: usize, width: usize) -> usize {
    let mut four = [0; 4];
    if let Some(part) = bytes.get(at..at + width) {
        four[..width].copy_from_slice(part);
    }
    u32::from_le_bytes(four) as usize
}

/// Fields of a row: id 4, latitude 3, longitude 3 (each 1/20000 of a degree from -90 and -180), inhabitants 2
/// (mantissa and exponent), region 2, name 3, sort 1.
impl<'g> Row<'g> {
    fn field(&self, at: usize, width: usize) -> usize {
        number(self.bytes, at, width)
    }

    /// Degrees north and east.
    pub fn point(&self) -> (f64, f64) {
        let degrees = |n: usize| n as f64 / 20_000.0;
        (degrees(self.field(4, 3)) - 90.0, degrees(self.field(7, 3)) - 180.0)
    }

    /// Inhabitants, to about one part in a thousand.
    pub fn inhabitants(&self) -> u64 {
        unpack(self.field(10, 2) as u16)
    }

    /// What sort of place it is.
    pub fn sort(&self) -> Sort {
        match self.field(17, 1) {
            0 => Sort::Town,
            1 => Sort::District,
            _ => Sort::Region,
        }
    }

    /// The gazetteer's own name.
    pub fn name(&self) -> &'g str {
        self.gazetteer.text(self.field(14, 3))
    }

    /// Country code.
    pub fn country(&self) -> &'g str {
        let at = self.field(12, 2) * 5;
        let code = self.gazetteer.regions.get(at..at + 2).unwrap_or(&[]);
        std::str::from_utf8(code).unwrap_or("")
    }

    /// Name of the first-level region.
    pub fn admin1(&self) -> &'g str {
        self.gazetteer.text(number(self.gazetteer.regions, self.field(12, 2) * 5 + 2, 3))
    }

    /// The place in full.
    pub fn place(&self) -> ResolvedPlace {
        let ((lat, lon), country, admin1, name) = (self.point(), self.country(), self.admin1(), self.name());
        let round = |degrees: f64| (degrees * 1e4).round() / 1e4;
        let (id, precision) = match self.sort() {
            Sort::Town => (["geonames:", &self.field(0, 4).to_string()].concat(), PlacePrecision::Exact),
            Sort::District => {
                (["district:", country, "/", admin1, "/", name].concat(), PlacePrecision::District)
            }
            Sort::Region => (["region:", country, "/", name].concat(), PlacePrecision::Province),
        };
        ResolvedPlace {
            id,
            name: name.to_owned(),
            lat: round(lat),
            lon: round(lon),
            country: country.to_owned(),
            admin1: admin1.to_owned(),
            precision,
        }
    }
}

/// A count in 16 bits: 11 of mantissa, 5 of exponent.
pub fn pack(count: u64) -> u16 {
    let exponent = (64 - count.leading_zeros()).saturating_sub(11).min(31);
    ((exponent as u16) << 11) | (count >> exponent) as u16
}

fn unpack(packed: u16) -> u64 {
    u64::from(packed & 0x7ff) << (packed >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_keep_three_digits() {
        for count in [0, 500, 2047, 2048, 12_345, 8_804_190, 1_400_000_000] {
            let back = unpack(pack(count));
            assert!(back <= count && count - back <= count / 1000, "{count} came back as {back}");
        }
    }
}
