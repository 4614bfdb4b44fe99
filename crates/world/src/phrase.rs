//! What the words in and around a place's name say of the place: a part of it, its surroundings, a sector.

use holdfire_types::{PlacePrecision, ResolvedPlace};

use crate::locate::Mention;

/// Points of the compass with their bearing in degrees.
const BEARINGS: &[(&str, f64)] = &[
    ("north", 0.0),
    ("northeast", 45.0),
    ("north-east", 45.0),
    ("east", 90.0),
    ("southeast", 135.0),
    ("south-east", 135.0),
    ("south", 180.0),
    ("southwest", 225.0),
    ("south-west", 225.0),
    ("west", 270.0),
    ("northwest", 315.0),
    ("north-west", 315.0),
];

/// Words before a name that ask for a part of the place.
const PARTS: &[&str] = &[
    "northern", "southern", "eastern", "western", "central", "upper", "lower", "greater", "rural",
    "northeastern", "northwestern", "southeastern", "southwestern", "north-eastern", "north-western",
    "south-eastern", "south-western",
];

/// Words by a name that mean its surroundings.
const SURROUNDINGS: &[&str] = &["countryside", "suburbs", "suburb", "outskirts", "environs", "surroundings"];

/// Words for a town or what it consists of that are no part of its name.
const TOWNS: &[&str] = &[
    "city", "town", "village", "district", "districts", "quarter", "quarters", "neighborhood",
    "neighborhoods", "neighbourhood", "neighbourhoods", "part", "parts", "farms",
];

/// What stands in or by the place whose name it bears: a camp, an airport.
const FACILITIES: &[&str] = &[
    "refugee camp", "camp", "border crossing", "crossing", "military airport", "military airfield",
    "military air base", "airport", "air base", "airbase", "airfield", "oil field", "oilfield", "gas field",
    "shrine", "central prison", "prison", "dam", "pocket",
];

/// Words that lead from those to the name.
const FILLERS: &[&str] = &["of", "the", "capital", "near"];

/// A shorter name that ends in "s" is taken as it stands.
const SHORTEST: usize = 4;

/// Whether `word` is one of `list`, in any case.
fn among(list: &[&str], word: &str) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// The facility that a name ends with, and the name of the place before it.
pub fn facility(name: &str) -> Option<(&'static str, &str)> {
    if !name.contains(' ') {
        return None;
    }
    FACILITIES.iter().find_map(|facility| {
        let at = name.len().checked_sub(facility.len())?;
        let (head, tail) = name.split_at_checked(at)?;
        (tail.eq_ignore_ascii_case(facility) && head.ends_with(' ')).then(|| (*facility, head.trim_end()))
    })
}

/// A name without words for parts, surroundings, towns and facilities, and without what stands in brackets after it;
/// `None` where there are none.
pub fn core(name: &str) -> Option<&str> {
    let name = name.trim();
    let before = name.len();
    let name = name.strip_suffix(')').and_then(|n| n.rsplit_once(" (")).map_or(name, |(head, _)| head);
    let mut rest = facility(name).map_or(name, |(_, head)| head);
    loop {
        let known = |w: &str| {
            [PARTS, SURROUNDINGS, TOWNS, FILLERS].iter().any(|list| among(list, w))
                || BEARINGS.iter().any(|(b, _)| b.eq_ignore_ascii_case(w))
        };
        match (rest.split_once(' '), rest.rsplit_once(' ')) {
            (Some((first, tail)), _) if known(first) => rest = tail.trim_start(),
            (_, Some((head, last))) if known(last) => rest = head.trim_end(),
            _ => break,
        }
    }
    (rest.len() < before).then_some(rest)
}

/// A name without the words that only describe the place, before a name of its own: "strategic Castello Road",
/// "besieged eastern Aleppo"; `None` where there are none.
pub fn undescribed(name: &str) -> Option<&str> {
    let name = name.trim();
    let capital = name.rfind(char::is_uppercase)?;
    let lower = |word: &str| word.starts_with(char::is_lowercase) && !word.contains(char::is_uppercase);
    let mut rest = name;
    while let Some((first, tail)) = rest.split_once(' ')
        && lower(first)
        && name.len() - tail.len() <= capital
    {
        rest = tail.trim_start();
    }
    (rest.len() < name.len()).then_some(rest)
}

/// A name without the possessive at its end, written with its apostrophe or without ("Aleppos"); `None` where it can
/// have none.
pub fn owner(name: &str) -> Option<&str> {
    let bare =
        name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).or_else(|| name.strip_suffix('s'))?;
    (bare.chars().count() >= SHORTEST).then_some(bare)
}

/// What the words in and around a name say of the place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meaning {
    /// Kilometres and bearing in degrees: "21 km north-west of" it.
    sector: Option<(f64, f64)>,
    /// Its surroundings are meant.
    around: bool,
    /// A part of it is meant.
    part: bool,
    /// A facility that bears its name is meant.
    facility: bool,
}

/// Reads what a mention's words say of the place.
pub fn meaning(mention: &Mention<'_>) -> Meaning {
    let mut back = mention.before.split_whitespace().rev();
    let last = back.next().unwrap_or("");
    let of = if last.eq_ignore_ascii_case("of") { back.next().unwrap_or("") } else { "" };
    let next = mention.after.split_whitespace().next().unwrap_or("").trim_matches([',', '.', ';']);
    let inside = |list: &[&str]| mention.name.split(' ').any(|w| among(list, w));
    Meaning {
        sector: sector(mention.before),
        around: last.eq_ignore_ascii_case("near")
            || among(SURROUNDINGS, of)
            || among(SURROUNDINGS, next)
            || inside(SURROUNDINGS),
        part: among(PARTS, last) || inside(PARTS),
        facility: facility(mention.name).is_some(),
    }
}

impl Meaning {
    /// Lays it on the place: moved, or less exact.
    pub fn lay_on(&self, place: &mut ResolvedPlace) {
        if let Some((kilometres, bearing)) = self.sector {
            let (lat, lon) = moved((place.lat, place.lon), kilometres, bearing);
            place.lat = (lat * 1e4).round() / 1e4;
            place.lon = (lon * 1e4).round() / 1e4;
            place.precision = PlacePrecision::Near;
            return;
        }
        // unless the facility is itself the place
        let beside = self.facility && facility(&place.name).is_none();
        let broad = matches!(place.precision, PlacePrecision::Province | PlacePrecision::Country);
        if (self.around || beside) && place.precision == PlacePrecision::Exact {
            place.precision = PlacePrecision::Near;
        } else if self.part && broad {
            place.precision = PlacePrecision::Area;
        }
    }
}

/// Kilometres and bearing of "21 km (13 miles) north-west of" at the end of `before`.
fn sector(before: &str) -> Option<(f64, f64)> {
    let before = before.trim_end().strip_suffix("of")?;
    let mut words = before.split_whitespace().rev().map(|w| w.trim_matches(['(', ')', ',']));
    let bearing = words.next()?.to_lowercase();
    let (_, bearing) = BEARINGS.iter().find(|(name, _)| *name == bearing)?;
    let words: Vec<&str> = words.take(8).collect();
    words.windows(2).find_map(|pair| {
        let factor = match pair[0].to_lowercase().as_str() {
            "km" | "kilometers" | "kilometres" | "kilometer" | "kilometre" => 1.0,
            "miles" | "mile" => 1.609,
            _ => return None,
        };
        let count: f64 = pair[1].replace(',', "").parse().ok()?;
        (count.is_finite() && (0.0..=2000.0).contains(&count)).then_some((count * factor, *bearing))
    })
}

/// The point at a distance and bearing from another.
fn moved((lat, lon): (f64, f64), kilometres: f64, bearing: f64) -> (f64, f64) {
    let per_degree = 111.2;
    let (north, east) = (bearing.to_radians().cos(), bearing.to_radians().sin());
    let shrink = lat.to_radians().cos().max(0.01);
    let lat = (lat + kilometres * north / per_degree).clamp(-90.0, 90.0);
    (lat, (lon + kilometres * east / (per_degree * shrink) + 540.0).rem_euclid(360.0) - 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hama(before: &str, after: &str, precision: PlacePrecision) -> ResolvedPlace {
        let mut place = ResolvedPlace {
            id: "x".to_owned(),
            name: "Hama".to_owned(),
            lat: 35.0,
            lon: 36.0,
            country: "SY".to_owned(),
            admin1: String::new(),
            precision,
        };
        meaning(&Mention { name: "Hama", before, after }).lay_on(&mut place);
        place
    }

    #[test]
    fn a_distance_and_a_bearing_move_the_point() {
        let moved = hama("shells fell 111 km (69 miles) north of ", ".", PlacePrecision::Exact);
        assert_eq!(moved.precision, PlacePrecision::Near);
        assert!((moved.lat - 36.0).abs() < 0.01 && (moved.lon - 36.0).abs() < 0.01, "{moved:?}");
        let west = hama("10 miles west of ", "", PlacePrecision::Exact);
        assert!(west.lon < 35.9 && (west.lat - 35.0).abs() < 0.01, "{west:?}");
    }

    #[test]
    fn surroundings_and_parts_are_less_exact() {
        assert_eq!(hama("in ", " countryside", PlacePrecision::Exact).precision, PlacePrecision::Near);
        assert_eq!(hama("near ", ",", PlacePrecision::Exact).precision, PlacePrecision::Near);
        assert_eq!(hama("in northern ", "", PlacePrecision::Province).precision, PlacePrecision::Area);
        assert_eq!(hama("in ", "", PlacePrecision::Exact).precision, PlacePrecision::Exact);
    }

    #[test]
    fn a_camp_of_a_town_lies_near_it() {
        let place = |name| {
            let mut place = hama("", "", PlacePrecision::Exact);
            meaning(&Mention::bare(name)).lay_on(&mut place);
            place.precision
        };
        assert_eq!(place("Hama refugee camp"), PlacePrecision::Near);
        assert_eq!(place("Hama"), PlacePrecision::Exact);
    }

    #[test]
    fn words_that_only_describe_go() {
        assert_eq!(undescribed("strategic Castello Road"), Some("Castello Road"));
        assert_eq!(undescribed("besieged eastern Aleppo"), Some("Aleppo"));
        assert_eq!(undescribed("al-Bab"), None);
        assert_eq!(undescribed("the border"), None);
        assert_eq!(core("northeastern Syria"), Some("Syria"));
        assert_eq!(owner("Aleppos"), Some("Aleppo"));
        assert_eq!(owner("Syria's"), Some("Syria"));
        assert_eq!(owner("Homs"), None);
    }

    #[test]
    fn the_core_of_a_name_stands_alone() {
        assert_eq!(core("Nuseirat refugee camp"), Some("Nuseirat"));
        assert_eq!(core("eastern neighborhoods of Aleppo city"), Some("Aleppo"));
        assert_eq!(
            core("Eastern Democratic Republic of the Congo (DRC)"),
            Some("Democratic Republic of the Congo")
        );
        assert_eq!(core("camp"), None);
        assert_eq!(core("Aleppo city"), Some("Aleppo"));
        assert_eq!(core("eastern suburbs of the capital Damascus"), Some("Damascus"));
        assert_eq!(core("northern Ethiopia"), Some("Ethiopia"));
        assert_eq!(core("Homs"), None);
    }
}
