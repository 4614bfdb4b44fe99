//! What the linker keeps of a claim: names as numbers, days as numbers, places with their region.

use std::collections::HashMap;

use holdfire_types::{
    Claim, Days, FigureKind, Filler, Kind, PlacePrecision, Report, SourceFormat, Stance, Status,
};
use jiff::civil::Date;

use crate::few::Few;
use crate::hands::authors;
use crate::parties::{Parties, fights};
use crate::sources;
use crate::{Counts, Interval, copies};

/// Names as numbers, so that comparing two is one instruction. 0 stands for no name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    numbers: HashMap<String, u32>,
    told: Vec<String>,
    /// By the number of a party, those that it stands under by whatever number of steps. Parties are numbered first.
    above: Vec<Vec<u32>>,
    /// By the number of a party, whether it bears arms.
    armed: Vec<bool>,
}

impl Names {
    /// Names that know who stands under whom.
    pub fn of(parties: &Parties) -> Self {
        let mut names = Self::default();
        for party in parties.all() {
            names.number(&party.id);
        }
        (names.above, names.armed) = (vec![Vec::new()], vec![false]);
        for party in parties.all() {
            let above = parties.above(&party.id).into_iter().map(|id| names.number(id)).collect();
            names.above.push(above);
            names.armed.push(fights(party.kind));
        }
        names
    }

    /// True for a party that a pack knows.
    pub fn is_known(&self, party: u32) -> bool {
        !self.name(party).starts_with("name:")
    }

    /// True for a party that a pack knows and that bears arms.
    pub fn is_armed(&self, party: u32) -> bool {
        self.armed.get(party as usize).is_some_and(|armed| *armed)
    }

    /// True when one of two parties stands under the other.
    pub fn related(&self, a: u32, b: u32) -> bool {
        let under = |x: u32, y: u32| self.above.get(x as usize).is_some_and(|above| above.contains(&y));
        under(a, b) || under(b, a)
    }

    /// True when the two are one party, or one of them stands under the other.
    pub fn one_side(&self, a: u32, b: u32) -> bool {
        a == b || self.related(a, b)
    }

    /// The number of `name`.
    pub fn number(&mut self, name: &str) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if let Some(&n) = self.numbers.get(name) {
            return n;
        }
        self.told.push(name.to_owned());
        let n = self.told.len() as u32;
        self.numbers.insert(name.to_owned(), n);
        n
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> &str {
        number.checked_sub(1).map_or("", |n| &self.told[n as usize])
    }
}

/// Acts that can be one incident: those of one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Violence,
    Aid,
    Truce,
    Talks,
    Held,
    Moves,
    People,
    Protest,
}

/// The family of a claim; `None` where it tells no act that took place somewhere on some day: demands, promises,
/// threats and conditions, states, running totals, support, sanctions and bare statements.
pub(crate) fn family(claim: &Claim) -> Option<Family> {
    let told = matches!(claim.stance, Stance::States | Stance::Accuses | Stance::Denies | Stance::Doubts);
    if !told || claim.conditional {
        return None;
    }
    Some(match claim.act.kind {
        Kind::Attack | Kind::Clash | Kind::Capture => Family::Violence,
        Kind::Aid if claim.act.status == Some(Status::Attacked) => Family::Violence,
        Kind::Aid => Family::Aid,
        Kind::Truce => Family::Truce,
        Kind::Talks => Family::Talks,
        Kind::Detention | Kind::Release => Family::Held,
        Kind::Withdrawal | Kind::Deployment | Kind::Siege => Family::Moves,
        Kind::Displacement => Family::People,
        Kind::Protest => Family::Protest,
        Kind::Control | Kind::Support | Kind::Toll | Kind::Sanction | Kind::Statement => return None,
    })
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct PlaceFact {
    /// Number of the gazetteer id, or of the folded name.
    pub id: u32,
    /// Number of the last word of the name as the report has it: "the northern city of Aleppo" ends as "Aleppo" does.
    pub head: u32,
    /// Number of "country/region"; 0 when not known.
    pub region: u32,
    /// A province or area: it holds places, it is none.
    pub coarse: bool,
    /// Resolved to the gazetteer.
    pub resolved: bool,
    pub lat: f32,
    pub lon: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CountFact {
    pub what: FigureKind,
    /// Class of what is counted.
    pub of: Counts,
    pub count: Interval,
    pub part: bool,
}

impl Default for CountFact {
    fn default() -> Self {
        Self { what: FigureKind::Other, of: Counts::People, count: Interval::default(), part: false }
    }
}

/// What the linker compares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Facts {
    pub family: Family,
    pub kind: Kind,
    pub status: Option<Status>,
    pub stance: Stance,
    pub report: u32,
    /// The report that this one is a copy of, by whatever number of steps; else itself.
    pub root: u32,
    pub source: u32,
    /// Number of the address of a row that a data set tells in its own name; 0 for all others.
    pub row: u32,
    /// First and last day as numbers; reckoned from the publication day when `told` is false.
    pub days: Option<(i32, i32)>,
    /// The text tells the day.
    pub told: bool,
    /// The days told, else that of publication: news is of the day, and of the day before where it says so.
    pub likeliest: Option<(i32, i32)>,
    /// The days of a rolling count ("in the past 24 hours"), as [`crate::checks::covers`] reckons them.
    pub rolling: Option<(i32, i32)>,
    pub places: Few<PlaceFact, 3>,
    pub actors: Few<u32, 6>,
    /// The armed parties that the claim's own words make the authors of a blow.
    pub hands: Few<u32, 6>,
    pub targets: Few<u32, 6>,
    /// One bit for each means.
    pub means: u32,
    pub counts: Few<CountFact, 4>,
    /// Where the evidence stands.
    pub span: (u32, u32),
    /// Hash of the words of the evidence.
    pub words: u64,
}

/// Days since 1 January 1970, for arithmetic.
pub(crate) fn day_number(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

/// A name without case, punctuation and "the".
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        let word = word.to_lowercase();
        if word == "the" || word == "s" {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
    }
    out
}

/// Names that say nothing of who is meant.
const ANYONE: &[&str] = &[
    "narrator", "people", "civilians", "residents", "men", "women", "children", "person", "others", "troops",
    "forces", "fighters", "militants", "gunmen", "soldiers", "unknown", "town", "city", "village",
];

impl Facts {
    /// What is kept of `claim`; `None` where it can be part of no incident.
    pub fn of(claim: &Claim, report: &Report, names: &mut Names) -> Option<Self> {
        let family = family(claim)?;
        let published = report.published.as_ref().map(|p| day_number(p.date));
        let told = days_told(claim, report).and_then(|d| d.from.or(d.to).map(|_| d)).map(|d| {
            let from = d.from.or(d.to).map(day_number).unwrap_or_default();
            let to = d.to.or(d.from).map_or(from, day_number);
            (from.min(to), from.max(to))
        });
        let places = Few::of(claim.act.place.iter().filter_map(|p| place(p, names)));
        let parties = |fillers: &[Filler], names: &mut Names| {
            let mut out: Vec<u32> = fillers
                .iter()
                .filter_map(|f| match &f.party {
                    Some(party) => Some(names.number(party)),
                    None => unknown(&f.name, names),
                })
                .collect();
            out.sort_unstable();
            out.dedup();
            out
        };
        let place_ids: Vec<u32> = claim
            .act
            .target
            .iter()
            .filter_map(|t| place_of_target(t, &claim.act.place))
            .filter_map(|n| unknown(&n, names))
            .collect();
        let mut targets = parties(&claim.act.target, names);
        // The town that fills both target and place is no party.
        targets.retain(|t| !place_ids.contains(t));
        let number = names.number(report.id.as_str());
        let quote = report.text.get(claim.span.start as usize..claim.span.end as usize).unwrap_or_default();
        Some(Self {
            family,
            kind: claim.act.kind,
            status: claim.act.status,
            stance: claim.stance,
            report: number,
            root: number,
            source: names.number(&sources::key(claim, report)),
            row: row(claim, report).map_or(0, |address| names.number(address)),
            days: told.or_else(|| published.map(|p| (p - 1, p))),
            told: told.is_some(),
            likeliest: told.or_else(|| published.map(|p| (p, p))),
            rolling: crate::checks::rolling(claim, report),
            places,
            actors: Few::of(parties(&claim.act.actor, names)),
            hands: authors(claim, names),
            targets: Few::of(targets),
            means: claim.act.means.iter().fold(0, |bits, m| bits | 1 << (*m as u32)),
            counts: Few::of(claim.act.figures.iter().filter(|f| f.min.is_some() || f.max.is_some()).map(
                |f| CountFact {
                    what: f.what,
                    of: Counts::of(&f.of),
                    count: Interval::new(f.min, f.max),
                    part: f.part,
                },
            )),
            span: (claim.span.start, claim.span.end),
            words: copies::hash(quote),
        })
    }

    /// A hash of all that [`crate::link`] compares: two claims of one signature are told alike.
    pub fn signature(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        (self.kind, self.status, self.source, self.row, self.days, self.rolling, self.means)
            .hash(&mut hasher);
        (&self.actors[..], &self.hands[..], &self.targets[..]).hash(&mut hasher);
        for place in &*self.places {
            place.id.hash(&mut hasher);
        }
        for count in &*self.counts {
            (count.what, count.of, count.count, count.part).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The days that the text tells for a claim's act. The words that say when the report was published ("BEIRUT, June 3",
/// "Posted on 3 June") tell the day of no act, although they stand in one sentence with it.
pub(crate) fn days_told(claim: &Claim, report: &Report) -> Option<Days> {
    let line = report.published.as_ref().and_then(|p| p.span);
    let of_line = claim.act.days_span.zip(line).is_some_and(|(told, line)| told.overlaps(line));
    claim.act.days.filter(|_| !of_line)
}

/// The number of a party that no pack knows; `None` for a name that says nothing of who is meant.
fn unknown(name: &str, names: &mut Names) -> Option<u32> {
    let name = fold(name);
    let said = !name.is_empty() && !ANYONE.contains(&name.as_str());
    said.then(|| names.number(&format!("name:{name}")))
}

/// The address of a row whose maker speaks for itself.
fn row<'r>(claim: &Claim, report: &'r Report) -> Option<&'r str> {
    let own = report.publisher.as_ref().is_some_and(|p| fold(p) == fold(&claim.source.name));
    report.url.as_deref().filter(|_| report.format == SourceFormat::Row && own)
}

fn place_of_target(target: &Filler, places: &[Filler]) -> Option<String> {
    let folded = fold(&target.name);
    places.iter().any(|p| fold(&p.name) == folded).then_some(folded)
}

/// A place's name without the words that only say what it is: "the city of Ariha" and "Ariha" are one.
fn bare(name: &str) -> String {
    const GENERAL: &[&str] = &[
        "of", "city", "town", "village", "capital", "neighborhood", "neighbourhood", "quarter", "district",
        "area",
    ];
    let folded = fold(name);
    let kept: Vec<&str> = folded.split(' ').filter(|w| !GENERAL.contains(w)).collect();
    if kept.is_empty() { folded } else { kept.join(" ") }
}

/// Shorter ones are kept as they are: too many names share two consonants.
const CONSONANTS: usize = 3;

/// A name as its consonants, each run of one letter once: "Hasakeh" and "Hasaka" are one name written in two ways.
fn consonants(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        if (out.is_empty() || !"aeiouyh".contains(letter)) && !out.ends_with(letter) {
            out.push(letter);
        }
    }
    if out.chars().count() < CONSONANTS { word.to_owned() } else { out }
}

fn place(filler: &Filler, names: &mut Names) -> Option<PlaceFact> {
    let name = bare(&filler.name);
    let head = names.number(&consonants(name.rsplit(' ').next().unwrap_or_default()));
    let Some(place) = &filler.place else {
        let id = names.number(&format!("name:{name}"));
        // "The city", "a village": words that name no place, in letters that tell a name by its capital.
        let general = filler.name.contains(char::is_lowercase) && !filler.name.contains(char::is_uppercase);
        return (!name.is_empty() && !general).then_some(PlaceFact {
            id,
            head,
            region: 0,
            coarse: false,
            resolved: false,
            lat: f32::NAN,
            lon: f32::NAN,
        });
    };
    // "Northern Syria" tells as little of a place as "Syria" does, and bears its id.
    let coarse = matches!(place.precision, PlacePrecision::Province | PlacePrecision::Area);
    if place.precision == PlacePrecision::Country || place.id.starts_with("country:") {
        return None;
    }
    let region = if place.admin1.is_empty() {
        0
    } else {
        names.number(&format!("region:{}/{}", place.country, fold(&place.admin1)))
    };
    Some(PlaceFact {
        id: names.number(&place.id),
        head,
        region,
        coarse,
        resolved: true,
        lat: place.lat as f32,
        lon: place.lon as f32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_without_gaps() {
        let numbers: Vec<i32> = Date::constant(2015, 12, 25)
            .series(jiff::Span::new().days(1))
            .take(800)
            .map(day_number)
            .collect();
        assert!(numbers.windows(2).all(|w| w[0] + 1 == w[1]));
        assert_eq!(day_number(Date::constant(1970, 1, 2)), 1);
    }

    #[test]
    fn names_are_folded_to_what_they_share() {
        assert_eq!(fold("The Syrian Army's"), fold("Syrian army"));
        assert_eq!(fold("al-Bab"), "al bab");
        assert_eq!(bare("the eastern suburbs of the capital Damascus"), bare("eastern suburbs of Damascus"));
        assert_eq!(bare("Village"), "village");
    }
}
