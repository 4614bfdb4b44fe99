//! Outlines of countries for maps: Natural Earth 1:50m (public domain), thinned.
//!
//! The file: for each country, two letters of its ISO code, a length byte and its name, a count of rings; for each
//! ring a count of points and the points as hundredths of a degree. Numbers are 16-bit little-endian.

/// One country's outline. Borders are as Natural Earth draws them (de facto), which parties to a conflict may dispute.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// ISO 3166-1 alpha-2 code; `--` where there is none.
    pub iso: String,
    /// Name.
    pub name: String,
    /// Closed rings of `[longitude, latitude]`.
    pub rings: Vec<Vec<[f32; 2]>>,
}

/// Reads the file. It is our own and made by `cargo xtask gazetteer`; a cut file gives what it holds.
pub fn parse(bytes: &[u8]) -> Vec<Outline> {
    let mut out = Vec::new();
    let mut rest = bytes;
    while let Some(outline) = country(&mut rest) {
        out.push(outline);
    }
    out
}

fn country(rest: &mut &[u8]) -> Option<Outline> {
    let iso = take(rest, 2)?;
    let length = usize::from(take(rest, 1)?[0]);
    let name = take(rest, length)?;
    let rings = (0..number(rest)? as u16)
        .map(|_| {
            let points = number(rest)? as u16;
            (0..points)
                .map(|_| Some([f32::from(number(rest)?) / 100.0, f32::from(number(rest)?) / 100.0]))
                .collect()
        })
        .collect::<Option<_>>()?;
    Some(Outline {
        iso: String::from_utf8_lossy(iso).into_owned(),
        name: String::from_utf8_lossy(name).into_owned(),
        rings,
    })
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(n)?;
    *rest = tail;
    Some(head)
}

fn number(rest: &mut &[u8]) -> Option<i16> {
    take(rest, 2).map(|b| i16::from_le_bytes([b[0], b[1]]))
}

/// A point inside the largest ring, roughly its middle: where a country is put on a map.
pub fn middle(outline: &Outline) -> [f32; 2] {
    let ring = outline.rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()));
    let Some(ring) = ring else { return [0.0, 0.0] };
    let (mut x, mut y, mut total) = (0.0, 0.0, 0.0);
    for pair in ring.windows(2) {
        let cross = pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1];
        x += (pair[0][0] + pair[1][0]) * cross;
        y += (pair[0][1] + pair[1][1]) * cross;
        total += cross;
    }
    if total == 0.0 {
        ring.first().copied().unwrap_or_default()
    } else {
        [x / (3.0 * total), y / (3.0 * total)]
    }
}

fn area(ring: &[[f32; 2]]) -> f32 {
    ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum()
}
