//! Which of the places that bear a name is meant.
//!
//! Each name of a text has candidates with a prior: how many people live there, whether the name is its own or one of
//! many, whether a pack holds it. Then the names of one text vouch for each other: a candidate near a likely candidate
//! of another name, or in one region or country with it, gains. "Alexandria, Louisiana" settles what Alexandria is.

use std::collections::BTreeMap;

use holdfire_types::{PlacePrecision, ResolvedPlace, Span};

use crate::fold::fold_name;
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
        let mut number: BTreeMap<String, usize> = BTreeMap::new();
        let mut groups: Vec<Vec<&Mention<'_>>> = Vec::new();
        let mut group_of = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let next = number.len();
            let at = *number.entry(fold_name(mention.name)).or_insert(next);
            if at == groups.len() {
                groups.push(Vec::new());
            }
            groups[at].push(mention);
            group_of.push(at);
        }
        let mut beliefs: Vec<Vec<Belief<'_>>> = groups.iter().map(|g| self.believe(g, context)).collect();
        for group in &mut beliefs {
            settle(group);
        }
        for _ in 0..ROUNDS {
            vouch(&mut beliefs);
        }
        let told: Vec<Vec<Candidate>> = beliefs.into_iter().map(tell).collect();
        let each = mentions.iter().zip(group_of);
        each.map(|(mention, group)| as_meant(mention, &told[group])).collect()
    }

    fn believe(&self, group: &[&Mention<'_>], context: &PlaceContext) -> Vec<Belief<'_>> {
        let Some(first) = group.first() else { return Vec::new() };
        let own = fold_name(first.name);
        let holders: Vec<Known<'_>> = group.iter().flat_map(|m| self.holders(m.after)).collect();
        let wanted = group.iter().find_map(|m| type_word(m));
        let bearers = self.bearers(first.name);
        bearers
            .into_iter()
            .map(|known| {
                let (country, _) = known.region();
                let rank = context.countries.iter().position(|c| c == country);
                let inside = holders.iter().any(|h| holds(*h, known));
                let typed = wanted == Some(known.precision());
                let prior = prior(known)
                    + if fold_name(known.name()) == own { weight::OWN_NAME } else { 0.0 }
                    + if rank.is_some() && is_of_pack(known) { weight::PACK_HERE } else { 0.0 }
                    + rank.map_or(0.0, |r| weight::CONTEXT / (1.0 + r as f64))
                    + if inside { weight::INSIDE } else { 0.0 }
                    + if typed { weight::TYPE } else { 0.0 };
                Belief { known, prior, share: 0.0, inside, typed, support: 0.0 }
            })
            .collect()
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
            let mut found = self.bearers(name);
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
        Known::Own(place) if place.precision == PlacePrecision::Country => weight::COUNTRY,
        // a continent or a sea
        Known::Own(place) if place.country.is_empty() => weight::COUNTRY,
        Known::Own(_) => weight::PACK,
        Known::Row(row) => {
            let people = (row.inhabitants().max(1) as f64).log10() * weight::INHABITANTS;
            match known.precision() {
                PlacePrecision::Province => weight::REGION + people * 0.5,
                PlacePrecision::District => weight::DISTRICT + people * 0.5,
                _ => weight::TOWN + people,
            }
        }
    }
}

fn is_of_pack(known: Known<'_>) -> bool {
    matches!(known, Known::Own(place) if place.precision != PlacePrecision::Country)
}

/// Whether `holder` is the country, region or district that `known` lies in.
fn holds(holder: Known<'_>, known: Known<'_>) -> bool {
    let ((country, admin1), (in_country, in_admin1)) = (holder.region(), known.region());
    match holder.precision() {
        PlacePrecision::Country => country == in_country && known.precision() != PlacePrecision::Country,
        PlacePrecision::Province => {
            country == in_country
                && !in_admin1.is_empty()
                && admin1 == in_admin1
                && known.precision() != PlacePrecision::Province
        }
        _ => country == in_country && admin1 == in_admin1 && distance(holder.point(), known.point()) < 60.0,
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
    let height = |b: &Belief<'_>| b.prior + weight::SUPPORT * b.support.ln_1p();
    let top = beliefs.iter().map(height).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = beliefs.iter().map(|b| (height(b) - top).exp()).sum();
    for belief in beliefs {
        belief.share = (height(belief) - top).exp() / total;
    }
}

/// One round: every candidate gathers the support of the other names' candidates.
fn vouch(beliefs: &mut [Vec<Belief<'_>>]) {
    let likely: Vec<(usize, Known<'_>, f64)> = beliefs
        .iter()
        .take(NAMES)
        .enumerate()
        .flat_map(|(n, group)| group.iter().filter(|b| b.share > 0.02).map(move |b| (n, b.known, b.share)))
        .collect();
    for (n, group) in beliefs.iter_mut().enumerate() {
        for belief in group.iter_mut() {
            let mut best: BTreeMap<usize, f64> = BTreeMap::new();
            for (other, known, share) in likely.iter().filter(|(other, ..)| *other != n) {
                let worth = share * kinship(belief.known, *known);
                let held = best.entry(*other).or_default();
                *held = held.max(worth);
            }
            belief.support = best.values().sum();
        }
        settle(group);
    }
}

/// How far one place makes another likely, 0 to 1.
fn kinship(a: Known<'_>, b: Known<'_>) -> f64 {
    let ((country_a, admin_a), (country_b, admin_b)) = (a.region(), b.region());
    let same_country = country_a == country_b && !country_a.is_empty();
    let broad = |k: Known<'_>| k.precision() == PlacePrecision::Country;
    if broad(a) || broad(b) {
        return if same_country { SAME_COUNTRY } else { 0.0 };
    }
    let near = (-distance(a.point(), b.point()) / NEAR).exp();
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
    let mut told: Vec<Candidate> = Vec::new();
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
        if told.iter().all(|c| c.place.id != place.id) {
            told.push(Candidate { place, score: belief.share as f32, why });
        }
    }
    told
}

/// The candidates, each as this one mention means it.
fn as_meant(mention: &Mention<'_>, told: &[Candidate]) -> Vec<Candidate> {
    let meant = |c: &Candidate| Candidate { place: phrase::meant(mention, c.place.clone()), ..*c };
    told.iter().map(meant).collect()
}

/// Kilometres between two points given in degrees north and east.
pub fn distance((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let (phi_a, phi_b) = (lat_a.to_radians(), lat_b.to_radians());
    let half = |d: f64| (d / 2.0).sin().powi(2);
    let h = half(phi_b - phi_a) + phi_a.cos() * phi_b.cos() * half((lon_b - lon_a).to_radians());
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
