//! The map: incidents over the outlines of countries, drawn around the incidents. A point that is known is a dot; a
//! place known only as an area is a ring as wide as it may be off.

use holdfire_types::{PlacePrecision, ScopeVerdict};

use super::px;

/// Incidents at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Pin {
    /// Gazetteer id.
    pub id: String,
    /// Name of the place.
    pub name: String,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// How exactly the place is meant.
    pub precision: PlacePrecision,
    /// How many incidents there are, by verdict, the gravest first.
    pub incidents: Vec<(ScopeVerdict, u64)>,
}

impl Pin {
    /// All incidents.
    pub fn total(&self) -> u64 {
        self.incidents.iter().map(|(_, n)| n).sum()
    }
}

/// A country to draw below the pins.
#[derive(Debug, Clone, Copy)]
pub struct Land<'a> {
    /// Its name.
    pub name: &'a str,
    /// True where the truce holds.
    pub home: bool,
    /// Lines around it, in degrees: longitude, latitude.
    pub rings: &'a [Vec<[f32; 2]>],
}

/// The map, laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// Width.
    pub width: String,
    /// Height.
    pub height: String,
    /// Land where the truce holds, as a path.
    pub home: String,
    /// Other land.
    pub land: String,
    /// Names of countries, where there is room for them.
    pub countries: Vec<Label>,
    /// Rings and dots, the largest first, so that small ones lie on top.
    pub spots: Vec<Spot>,
    /// Names.
    pub labels: Vec<Label>,
    /// Length of the scale, and what it stands for.
    pub scale: (String, String),
    /// It is large enough for names and numbers.
    named: bool,
}

impl Map {
    /// True for a map that is large enough for names and numbers.
    pub fn labelled(&self) -> bool {
        self.named
    }

    /// Where the scale stands.
    pub fn foot(&self) -> String {
        px(self.height.parse::<f64>().unwrap_or(0.0) - 14.0)
    }
}

/// A ring or a dot.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Centre.
    pub x: String,
    /// Centre.
    pub y: String,
    /// Radius of the dot.
    pub r: String,
    /// Radius of the ring, for a place that is no point.
    pub ring: Option<String>,
    /// The gravest verdict.
    pub verdict: ScopeVerdict,
    /// How many incidents.
    pub count: u64,
    /// Id of the place.
    pub id: String,
    /// In words.
    pub told: String,
}

/// A name on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where it is set.
    pub x: String,
    /// Its line.
    pub y: String,
    /// Which end stands there.
    pub anchor: &'static str,
    /// The name.
    pub text: String,
}

/// Kilometres of a degree of latitude.
const DEGREE: f64 = 111.2;
/// Least height of a map, in degrees: closer, outlines mean nothing.
const LEAST: f64 = 1.6;

/// Degrees to the drawing.
#[derive(Debug, Clone, Copy)]
struct View {
    west: f64,
    north: f64,
    /// Drawing units for a degree of latitude.
    unit: f64,
    /// The same for longitude.
    across: f64,
    width: f64,
    height: f64,
}

impl View {
    /// The smallest view of the given shape that holds every pin, with a margin.
    fn around(pins: &[&Pin], width: f64, height: f64) -> Option<Self> {
        if pins.is_empty() {
            return None;
        }
        let span = |of: fn(&Pin) -> f64| {
            let low = pins.iter().map(|p| of(p)).fold(f64::INFINITY, f64::min);
            let high = pins.iter().map(|p| of(p)).fold(f64::NEG_INFINITY, f64::max);
            (f64::midpoint(low, high), high - low)
        };
        let (lat, tall) = span(|p| p.lat);
        let (lon, wide) = span(|p| p.lon);
        let squeeze = lat.to_radians().cos().max(0.1);
        let tall = (tall * 1.3).max(wide * 1.3 * squeeze * height / width).clamp(LEAST, 170.0);
        let unit = height / tall;
        let across = unit * squeeze;
        Some(Self { west: lon - width / across / 2.0, north: lat + tall / 2.0, unit, across, width, height })
    }

    fn point(&self, lat: f64, lon: f64) -> (f64, f64) {
        ((lon - self.west) * self.across, (self.north - lat) * self.unit)
    }

    fn km(&self, km: f64) -> f64 {
        km / DEGREE * self.unit
    }
}

/// How far a place of a precision may be off, in kilometres.
fn spread(precision: PlacePrecision) -> Option<f64> {
    match precision {
        PlacePrecision::Exact | PlacePrecision::Country => None,
        PlacePrecision::Near => Some(10.0),
        PlacePrecision::District | PlacePrecision::Area => Some(20.0),
        PlacePrecision::Province => Some(45.0),
    }
}

/// Draws pins over land. Places known only as a country have no place on it: leave them out and say so.
pub fn map(pins: &[Pin], land: &[Land<'_>], width: f64, height: f64) -> Option<Map> {
    let placed = placed(pins);
    let view = View::around(&placed, width, height)?;
    let spots = placed.iter().map(|pin| spot(pin, &view, 1.0)).collect();
    let labels = labels(&placed, &view);
    Some(Map { spots, labels, scale: scale(&view), named: true, ..ground(land, &view) })
}

/// Draws some of `all` pins over the view that holds them all, without names and without land: one drawing of the
/// land serves every part.
pub fn part_map(all: &[Pin], pins: &[Pin], width: f64, height: f64) -> Option<Map> {
    let view = View::around(&placed(all), width, height)?;
    let spots = placed(pins).iter().map(|pin| spot(pin, &view, 4.0)).collect();
    Some(Map { spots, ..ground(&[], &view) })
}

/// Pins that have a place, in the order drawn: areas below, then the busiest, so that small dots lie on top.
fn placed(pins: &[Pin]) -> Vec<&Pin> {
    let mut placed: Vec<&Pin> = pins.iter().filter(|p| p.precision != PlacePrecision::Country).collect();
    placed.sort_by(|a, b| {
        let point = |p: &Pin| spread(p.precision).is_none();
        point(a).cmp(&point(b)).then(b.total().cmp(&a.total())).then_with(|| a.id.cmp(&b.id))
    });
    placed
}

fn radius(pin: &Pin) -> f64 {
    (4.5 + 2.6 * (pin.total() as f64 - 1.0).sqrt()).min(26.0)
}

fn spot(pin: &Pin, view: &View, size: f64) -> Spot {
    let r = radius(pin) * size;
    let (x, y) = view.point(pin.lat, pin.lon);
    let ring = spread(pin.precision).map(|km| px(view.km(km).max(r + 4.0)));
    let by: Vec<String> =
        pin.incidents.iter().map(|(v, n)| format!("{n} {}", crate::words::scope(v))).collect();
    let note = if ring.is_some() { format!(" ({})", pin.precision) } else { String::new() };
    Spot {
        x: px(x),
        y: px(y),
        r: px(r),
        ring,
        verdict: pin.incidents.first().map_or(ScopeVerdict::Unknown, |(v, _)| *v),
        count: pin.total(),
        id: pin.id.clone(),
        told: format!("{}{note}: {}", pin.name, by.join(", ")),
    }
}

/// Names beside their dots, the busiest first; a name that would cover another, or a dot, is left out.
fn labels(pins: &[&Pin], view: &View) -> Vec<Label> {
    type Box = (f64, f64, f64, f64);
    let meets = |a: &Box, b: &Box| a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3;
    let dot = |p: &&Pin| {
        let ((x, y), r) = (view.point(p.lat, p.lon), radius(p));
        (x - r, y - r, x + r, y + r)
    };
    let mut taken: Vec<Box> = pins.iter().map(dot).collect();
    let mut busiest: Vec<&&Pin> = pins.iter().collect();
    busiest.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.id.cmp(&b.id)));
    let mut labels = Vec::new();
    for pin in busiest.into_iter().take(60) {
        let ((x, y), r) = (view.point(pin.lat, pin.lon), radius(pin) + 4.0);
        let wide = pin.name.chars().count() as f64 * 7.2;
        let spots: [(f64, f64, &'static str, Box); 4] = [
            (x + r, y + 4.5, "start", (x + r, y - 8.0, x + r + wide, y + 8.0)),
            (x - r, y + 4.5, "end", (x - r - wide, y - 8.0, x - r, y + 8.0)),
            (x, y - r - 2.0, "middle", (x - wide / 2.0, y - r - 15.0, x + wide / 2.0, y - r)),
            (x, y + r + 11.0, "middle", (x - wide / 2.0, y + r, x + wide / 2.0, y + r + 15.0)),
        ];
        let inside = |b: &Box| b.0 > 0.0 && b.1 > 0.0 && b.2 < view.width && b.3 < view.height;
        let free = spots.into_iter().find(|s| inside(&s.3) && !taken.iter().any(|t| meets(t, &s.3)));
        if let Some((x, y, anchor, bounds)) = free {
            taken.push(bounds);
            labels.push(Label { x: px(x), y: px(y), anchor, text: pin.name.clone() });
        }
    }
    labels
}

/// Land within the view, and a little beyond, so that no cut edge shows.
fn ground(land: &[Land<'_>], view: &View) -> Map {
    let (margin_x, margin_y) = (view.width * 0.05, view.height * 0.05);
    let bounds = [-margin_x, -margin_y, view.width + margin_x, view.height + margin_y];
    let mut map = Map { width: px(view.width), height: px(view.height), ..Map::default() };
    for country in land {
        let path = if country.home { &mut map.home } else { &mut map.land };
        let mut largest = (0.0, [0.0; 2]);
        for ring in country.rings {
            let points = ring.iter().map(|[lon, lat]| {
                let (x, y) = view.point(f64::from(*lat), f64::from(*lon));
                [x, y]
            });
            let cut = clip(points.collect(), bounds);
            outline(&cut, path);
            let (area, middle) = middle(&cut);
            if area > largest.0 {
                largest = (area, middle);
            }
        }
        let (area, [x, y]) = largest;
        let wide = country.name.chars().count() as f64 * 9.0;
        let inside = x - wide / 2.0 > 0.0 && x + wide / 2.0 < view.width && y > 14.0 && y < view.height - 6.0;
        if inside && area.sqrt() > wide {
            map.countries.push(Label { x: px(x), y: px(y), anchor: "middle", text: country.name.to_owned() });
        }
    }
    map
}

fn outline(points: &[[f64; 2]], path: &mut String) {
    let mut last = (String::new(), String::new());
    let mut letter = 'M';
    for [x, y] in points {
        let at = (px(*x), px(*y));
        if at != last {
            path.push(letter);
            path.push_str(&at.0);
            path.push(' ');
            path.push_str(&at.1);
            letter = 'L';
            last = at;
        }
    }
    if letter == 'L' {
        path.push('Z');
    }
}

/// Area and centre of gravity of a polygon.
fn middle(points: &[[f64; 2]]) -> (f64, [f64; 2]) {
    let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
    for (n, a) in points.iter().enumerate() {
        let b = points[(n + 1) % points.len()];
        let cross = a[0] * b[1] - b[0] * a[1];
        area += cross / 2.0;
        x += (a[0] + b[0]) * cross;
        y += (a[1] + b[1]) * cross;
    }
    if area.abs() < 1e-9 { (0.0, [0.0; 2]) } else { (area.abs(), [x / (6.0 * area), y / (6.0 * area)]) }
}

/// A polygon cut to a rectangle, edge by edge (Sutherland and Hodgman 1974).
fn clip(polygon: Vec<[f64; 2]>, [left, top, right, bottom]: [f64; 4]) -> Vec<[f64; 2]> {
    let edges: [(usize, f64, f64); 4] = [(0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)];
    edges.into_iter().fold(polygon, |points, (axis, at, sign)| {
        let inside = |p: &[f64; 2]| (p[axis] - at) * sign >= 0.0;
        let mut cut = Vec::with_capacity(points.len());
        for (n, point) in points.iter().enumerate() {
            let before = points[(n + points.len() - 1) % points.len()];
            if inside(point) != inside(&before) {
                let share = (at - before[axis]) / (point[axis] - before[axis]);
                let other = 1 - axis;
                let mut crossing = [0.0; 2];
                crossing[axis] = at;
                crossing[other] = before[other] + share * (point[other] - before[other]);
                cut.push(crossing);
            }
            if inside(point) {
                cut.push(*point);
            }
        }
        cut
    })
}

/// A round number of kilometres, about a sixth of the width.
fn scale(view: &View) -> (String, String) {
    let wanted = view.width / 6.0;
    let lengths = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
    let km = lengths.into_iter().rev().find(|km| view.km(*km) <= wanted).unwrap_or(1.0);
    (px(view.km(km)), format!("{km} km"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(name: &str, lat: f64, lon: f64, precision: PlacePrecision) -> Pin {
        Pin {
            id: name.to_owned(),
            name: name.to_owned(),
            lat,
            lon,
            precision,
            incidents: vec![(ScopeVerdict::In, 1)],
        }
    }

    #[test]
    fn a_country_is_no_point_on_the_map() {
        assert_eq!(map(&[pin("Syria", 35.0, 38.0, PlacePrecision::Country)], &[], 600.0, 400.0), None);
    }

    #[test]
    fn every_place_lies_within_the_drawing_and_areas_are_rings() {
        let pins = [
            pin("al-Bab", 36.37, 37.52, PlacePrecision::Exact),
            pin("Daraa", 32.62, 36.1, PlacePrecision::Province),
        ];
        let drawn = map(&pins, &[], 600.0, 400.0).expect("a map");
        for spot in &drawn.spots {
            let (x, y): (f64, f64) = (spot.x.parse().expect("x"), spot.y.parse().expect("y"));
            assert!((0.0..600.0).contains(&x) && (0.0..400.0).contains(&y), "{spot:?}");
        }
        assert!(drawn.spots[0].ring.is_some() && drawn.spots[1].ring.is_none());
    }

    #[test]
    fn north_is_up() {
        let pins = [pin("n", 36.0, 37.0, PlacePrecision::Exact), pin("s", 33.0, 37.0, PlacePrecision::Exact)];
        let drawn = map(&pins, &[], 600.0, 400.0).expect("a map");
        let y = |n: usize| drawn.spots[n].y.parse::<f64>().expect("y");
        assert!(y(0) < y(1));
    }

    #[test]
    fn land_is_cut_to_the_view() {
        let square = vec![[-10.0, -10.0], [50.0, -10.0], [50.0, 50.0], [-10.0, 50.0]];
        let cut = clip(square, [0.0, 0.0, 20.0, 20.0]);
        assert!(cut.iter().all(|p| (0.0..=20.0).contains(&p[0]) && (0.0..=20.0).contains(&p[1])), "{cut:?}");
        assert_eq!(cut.len(), 4);
    }

    #[test]
    fn a_square_has_its_middle_in_the_middle() {
        assert_eq!(middle(&[[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [0.0, 2.0]]), (8.0, [2.0, 1.0]));
    }

    #[test]
    fn land_outside_the_view_leaves_nothing() {
        let square = vec![[30.0, 30.0], [40.0, 30.0], [40.0, 40.0], [30.0, 40.0]];
        assert!(clip(square, [0.0, 0.0, 20.0, 20.0]).is_empty());
    }
}
