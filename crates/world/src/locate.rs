//! Which of the places that bear a name is meant.
//!
//! Each name of a text has candidates with a prior: how many people live there, whether the name is its own or one of
//! many, whether a pack holds it. Then the names of one text vouch for each other: a candidate near a likely candidate
//! of another name, or in one region or country with it, gains. "Alexandria, Louisiana" settles what Alexandria is.

use std::collections::HashMap;

use holdfire_types::{PlacePrecision, ResolvedPlace, Span};

use crate::fold::{fold_name, folds_to};
use crate::phrase;
use crate::places::{Index, Known};

/// What is known of the setting of a text.
#[derive(Debug, Clone, Default)]
pub struct PlaceContext {
    /// ISO codes of the countries that the text or the pack is about, likeliest first.
    pub countries: Vec<String>,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The place.
    pub place: ResolvedPlace,
    /// Share of the belief, 0 to 1; those of one name sum to 1.
    pub score: f32,
    /// Why it stands where it stands.
    pub why: &'static str,
}

/// A name as it stands in a text.
#[derive(Debug, Clone, Copy)]
pub struct Mention<'t> {
    /// The name.
    pub name: &'t str,
    /// A few words before it.
    pub before: &'t str,
    /// A few words after it.
    pub after: &'t str,
}

/// How much text on either side counts as "a few words", in bytes.
const AROUND: usize = 48;

impl<'t> Mention<'t> {
    /// The name at `span` of `text`.
    pub fn at(text: &'t str, span: Span) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let from = text.ceil_char_boundary(start.saturating_sub(AROUND));
        let to = text.floor_char_boundary((end + AROUND).min(text.len()));
        Self { name: span.of(text), before: &text[from..start], after: &text[end..to] }
    }

    /// Whether it stands in a text without a capital letter: "the border", "the south".
    fn is_general(&self) -> bool {
        let alone = self.before.is_empty() && self.after.is_empty();
        !alone && self.name.is_ascii() && !self.name.contains(|c: char| c.is_ascii_uppercase())
    }

    /// A name alone.
    pub fn bare(name: &'t str) -> Self {
        Self { name, before: "", after: "" }
    }
}

/// Weights, set by hand and checked on marked news; all in the unit of a natural logarithm of belief.
mod weight {
    /// For each power of ten of inhabitants.
    pub const INHABITANTS: f64 = 0.9;
    /// The name is the place's own, letter for letter.
    pub const OWN_NAME: f64 = 1.6;
    /// A place that a pack holds, as against a town of the gazetteer.
    pub const PACK: f64 = 4.5;
    /// A place that a pack holds because the conflict makes it matter, in a text about that country.
    pub const PACK_HERE: f64 = 3.0;
    /// A country, as against a town of that name.
    pub const COUNTRY: f64 = 9.0;
    /// A first-level region.
    pub const REGION: f64 = 4.4;
    /// A first-level region, against a town of its name that a pack holds.
    pub const BESIDE_TOWN: f64 = -4.0;
    /// A district whose name is written without its type word.
    pub const DISTRICT: f64 = 2.2;
    /// A town.
    pub const TOWN: f64 = 1.5;
    /// A type word stands by the name, and the candidate is of that type.
    pub const TYPE: f64 = 4.0;
    /// The first of the countries that the text is about.
    pub const CONTEXT: f64 = 2.5;
    /// The text says which country or region it lies in.
    pub const INSIDE: f64 = 8.0;
    /// Other names vouch for it.
    pub const SUPPORT: f64 = 3.0;
}

/// Kilometres at which nearness has fallen to a third.
const NEAR: f64 = 120.0;

/// What lying in one country counts as, beside nearness 1.
const SAME_COUNTRY: f64 = 0.12;

/// What lying in one first-level region counts as.
const SAME_REGION: f64 = 0.45;

/// Rounds in which names vouch for each other.
const ROUNDS: usize = 3;

/// The most distinct names of one text that vouch for each other.
const NAMES: usize = 200;

/// A town of so many inhabitants abroad is no other spelling of a village here.
const LARGE: u64 = 300_000;

/// One candidate while beliefs move.
#[derive(Debug)]
struct Belief<'w> {
    known: Known<'w>,
    prior: f64,
    share: f64,
    inside: bool,
    typed: bool,
    support: f64,
}

impl Index {
    /// What each mention may mean, likeliest first. One name means one place throughout a text.
    pub fn locate(&self, mentions: &[Mention<'_>], context: &PlaceContext) -> Vec<Vec<Candidate>> {
        let mut number: HashMap<String, usize> = HashMap::new();
        let mut groups: Vec<Vec<Mention<'_>>> = Vec::new();
        let mut group_of = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let at = *number.entry(fold_name(mention.name)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[at].push(*mention);
            group_of.push(at);
        }
        let mut beliefs: Vec<Vec<Belief<'_>>> = groups.iter().map(|g| self.believe(g, context)).collect();
        for _ in 0..ROUNDS {
            vouch(&mut beliefs);
        }
        let mut told: Vec<Vec<Candidate>> = beliefs.into_iter().map(tell).collect();
        let mut left: Vec<usize> = groups.iter().map(Vec::len).collect();
        let meant = mentions.iter().zip(group_of).map(|(mention, group)| {
            left[group] -= 1;
            let told = &mut told[group];
            as_meant(mention, if left[group] == 0 { std::mem::take(told) } else { told.clone() })
        });
        meant.collect()
    }

    /// What a name may mean in a text that names no other place.
    pub fn locate_alone(&self, mention: Mention<'_>, context: &PlaceContext) -> Vec<Candidate> {
        as_meant(&mention, tell(self.believe(&[mention], context)))
    }

    /// What the mentions of one name may mean, before other names are asked.
    fn believe(&self, group: &[Mention<'_>], context: &PlaceContext) -> Vec<Belief<'_>> {
        let Some(first) = group.first() else { return Vec::new() };
        let own = fold_name(first.name);
        let mut holders: Vec<Known<'_>> = group.iter().flat_map(|m| self.holders(m.after)).collect();
        let wanted = group.iter().find_map(type_word);
        let mut bearers = self.bearers(first.name, &own);
        // "Washington, D.C."
        if bearers.is_empty()
            && let Some(comma) = first.name.find(',')
        {
            let (name, after) = first.name.split_at(comma);
            bearers = self.bearers(name, &fold_name(name));
            holders.extend(self.holders(after));
        }
        if bearers.is_empty() {
            bearers = self.described(first.name);
        }
        if first.is_general() {
            bearers.retain(|k| !matches!(k, Known::Row(_)));
        }
        let settled = |k: &Known<'_>| {
            matches!(k, Known::Own(_))
                || k.inhabitants() >= LARGE
                || context.countries.iter().any(|c| c == k.country())
        };
        let named = bearers.len();
        if !bearers.iter().any(settled) {
            bearers.extend(self.spelled(&own, &context.countries));
        }
        if bearers.is_empty() {
            bearers = self.leading(first.name, &context.countries);
        }
        let towns: Vec<&str> = bearers
            .iter()
            .filter(|k| is_of_pack(**k) && k.precision() == PlacePrecision::Exact)
            .map(|k| k.country())
            .collect();
        let weighed = bearers.into_iter().enumerate().map(|(at, known)| {
            let country = known.country();
            let rank = context.countries.iter().position(|c| c == country);
            let inside = holders.iter().any(|h| holds(*h, known));
            let typed = wanted == Some(known.precision());
            // every name that a pack gives is the place's own; a province's may be its capital's
            let alias = at < named && is_of_pack(known) && known.precision() != PlacePrecision::Province;
            let name = known.name();
            let prior = prior(known)
                + if alias || name == first.name || folds_to(name, &own) { weight::OWN_NAME } else { 0.0 }
                + if rank.is_some() && is_of_pack(known) { weight::PACK_HERE } else { 0.0 }
                + rank.map_or(0.0, |r| weight::CONTEXT / (1.0 + r as f64))
                + if inside { weight::INSIDE } else { 0.0 }
                + if known.precision() == PlacePrecision::Province && !typed && towns.contains(&country) {
                    weight::BESIDE_TOWN
                } else {
                    0.0
                }
                + if typed { weight::TYPE } else { 0.0 };
            Belief { known, prior, share: 0.0, inside, typed, support: 0.0 }
        });
        let mut beliefs = weighed.collect::<Vec<_>>();
        settle(&mut beliefs);
        beliefs
    }

    /// The region or country that follows a name: ", Louisiana", " (La.)".
    fn holders(&self, after: &str) -> Vec<Known<'_>> {
        let rest = after.trim_start();
        let Some(rest) = rest.strip_prefix([',', '(']) else { return Vec::new() };
        let rest = rest.trim_start();
        let words: Vec<(usize, &str)> = rest
            .split_whitespace()
            .take(3)
            .map(|w| (w.as_ptr() as usize - rest.as_ptr() as usize + w.len(), w))
            .collect();
        for (end, word) in words.iter().rev() {
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            let name = rest[..*end].trim_end_matches([',', ')', ';', ':', '.']);
            let mut found = self.bearers(name, &fold_name(name));
            found.retain(|k| {
                matches!(
                    k.precision(),
                    PlacePrecision::Province | PlacePrecision::Country | PlacePrecision::District
                )
            });
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }
}

/// How likely a place is before anything is known of the text.
fn prior(known: Known<'_>) -> f64 {
    match known {
        Known::Own(own) if own.place.precision == PlacePrecision::Country => weight::COUNTRY,
        // a continent or a sea
        Known::Own(own) if own.place.country.is_empty() => weight::COUNTRY,
        // what it would weigh as the gazetteer's town, where that is more
        Known::Own(_) => weight::PACK.max(town(known.inhabitants())),
        Known::Row(row) => {
            let people = (row.inhabitants().max(1) as f64).log10() * weight::INHABITANTS;
            match known.precision() {
                PlacePrecision::Province => weight::REGION + people * 0.5,
                PlacePrecision::District => weight::DISTRICT + people * 0.5,
                _ => town(row.inhabitants()),
            }
        }
    }
}

fn town(inhabitants: u64) -> f64 {
    weight::TOWN + (inhabitants.max(1) as f64).log10() * weight::INHABITANTS
}

fn is_of_pack(known: Known<'_>) -> bool {
    matches!(known, Known::Own(_)) && known.precision() != PlacePrecision::Country
}

/// Whether `holder` is the country, region or district that `known` lies in.
fn holds(holder: Known<'_>, known: Known<'_>) -> bool {
    if holder.country() != known.country() {
        return false;
    }
    let same_region = || holder.admin1() == known.admin1();
    match holder.precision() {
        PlacePrecision::Country => known.precision() != PlacePrecision::Country,
        PlacePrecision::Province => {
            known.precision() != PlacePrecision::Province && !known.admin1().is_empty() && same_region()
        }
        _ => same_region() && distance(holder.point(), known.point()) < 60.0,
    }
}

/// The type that a word by the name asks for.
fn type_word(mention: &Mention<'_>) -> Option<PlacePrecision> {
    let next = mention.after.split_whitespace().next().unwrap_or("").trim_matches([',', '.', '’', '\'']);
    let mut back = mention.before.split_whitespace().rev();
    let last = back.next().unwrap_or("");
    let head = if last == "of" { back.next().unwrap_or("") } else { last };
    for word in [next, head] {
        let wanted = match word.to_lowercase().as_str() {
            "province" | "governorate" | "oblast" | "state" | "region" => PlacePrecision::Province,
            "county" | "district" | "parish" => PlacePrecision::District,
            _ => continue,
        };
        return Some(wanted);
    }
    None
}

/// Shares from priors and support.
fn settle(beliefs: &mut [Belief<'_>]) {
    let mut top = f64::NEG_INFINITY;
    for belief in beliefs.iter_mut() {
        let support = if belief.support > 0.0 { belief.support.ln_1p() } else { 0.0 };
        belief.share = belief.prior + weight::SUPPORT * support;
        top = top.max(belief.share);
    }
    let mut total = 0.0;
    for belief in beliefs.iter_mut() {
        belief.share = (belief.share - top).exp();
        total += belief.share;
    }
    for belief in beliefs {
        belief.share /= total;
    }
}

/// One round: every candidate gathers the support of the other names' candidates.
fn vouch(beliefs: &mut [Vec<Belief<'_>>]) {
    let likely: Vec<(usize, Seat<'_>, f64)> = beliefs
        .iter()
        .take(NAMES)
        .enumerate()
        .flat_map(|(n, group)| {
            let likely = group.iter().filter(|b| b.share > 0.02);
            likely.map(move |b| (n, Seat::of(b.known), b.share))
        })
        .collect();
    for (n, group) in beliefs.iter_mut().enumerate() {
        for belief in group.iter_mut() {
            let seat = Seat::of(belief.known);
            let (mut support, mut best, mut of) = (0.0, 0.0, usize::MAX);
            // those of one name stand together: the best of each name counts
            for (other, voucher, share) in likely.iter().filter(|(other, ..)| *other != n) {
                if *other != of {
                    support += best;
                    (best, of) = (0.0, *other);
                }
                best = f64::max(best, share * kinship(seat, *voucher));
            }
            belief.support = support + best;
        }
        settle(group);
    }
}

/// Where a candidate lies, as far as vouching asks.
#[derive(Debug, Clone, Copy)]
struct Seat<'w> {
    point: (f64, f64),
    region: (&'w str, &'w str),
    country: bool,
}

impl<'w> Seat<'w> {
    fn of(known: Known<'w>) -> Self {
        let country = known.precision() == PlacePrecision::Country;
        Self { point: known.point(), region: (known.country(), known.admin1()), country }
    }
}

/// How far one place makes another likely, 0 to 1.
fn kinship(a: Seat<'_>, b: Seat<'_>) -> f64 {
    let ((country_a, admin_a), (country_b, admin_b)) = (a.region, b.region);
    let same_country = country_a == country_b && !country_a.is_empty();
    if a.country || b.country {
        return if same_country { SAME_COUNTRY } else { 0.0 };
    }
    let near = (-distance(a.point, b.point) / NEAR).exp();
    if !same_country {
        near * 0.7
    } else if admin_a == admin_b && !admin_a.is_empty() {
        near.max(SAME_REGION)
    } else {
        near.max(SAME_COUNTRY)
    }
}

fn tell(mut beliefs: Vec<Belief<'_>>) -> Vec<Candidate> {
    beliefs.sort_by(|a, b| b.share.total_cmp(&a.share));
    let mut told: Vec<Candidate> = Vec::with_capacity(beliefs.len());
    for belief in beliefs {
        let why = if belief.inside {
            "the text says where it lies"
        } else if belief.typed {
            "of the type that the text names"
        } else if is_of_pack(belief.known) {
            "a pack holds it"
        } else if belief.support > 0.3 {
            "other places of the text are near"
        } else if belief.known.precision() == PlacePrecision::Country {
            "a country"
        } else {
            "of this name, by inhabitants"
        };
        let place = belief.known.place();
        // districts of one name in one region share an id; a town stands once
        if place.precision == PlacePrecision::Exact || told.iter().all(|c| c.place.id != place.id) {
            told.push(Candidate { place, score: belief.share as f32, why });
        }
    }
    told
}

/// The candidates as this one mention means them.
fn as_meant(mention: &Mention<'_>, mut told: Vec<Candidate>) -> Vec<Candidate> {
    let meaning = phrase::meaning(mention);
    for candidate in &mut told {
        meaning.lay_on(&mut candidate.place);
    }
    told
}

/// Kilometres between two points given in degrees north and east.
pub fn distance((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let (phi_a, phi_b) = (lat_a.to_radians(), lat_b.to_radians());
    let half = |d: f64| (d / 2.0).sin().powi(2);
    let h = half(phi_b - phi_a) + phi_a.cos() * phi_b.cos() * half((lon_b - lon_a).to_radians());
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
