//! Whether two claims speak of one incident: evidence for, evidence against, and what follows.
//!
//! Each piece of evidence has a weight; the sum decides. The rule is named [`RULE`] in every decision, with its
//! version: a changed weight is a new version. Rival blame ("the army did it", "the rebels did it") speaks against
//! one incident only weakly, since accounts of one strike differ in just that. Where they differ in what was struck as
//! well, the two sides struck at each other.

use std::cell::Cell;

use holdfire_types::{Decision, Kind, Stance};

use crate::facts::{CountFact, Facts, Family, Names, PlaceFact};
use crate::few::Few;
use crate::{Counts, Interval};

/// Name and version of the rule, as decisions carry it.
pub const RULE: &str = "place-day-act/9";

/// Sum from which two claims are one incident.
const SAME: i32 = 5;
/// Sum up to which they are two.
const DIFFERENT: i32 = 1;
/// Bytes between two claims of one report up to which it may go on to tell one act.
const GOES_ON: u32 = 700;
/// Days before its publication in which an act lies that a report tells without its day, and elsewhere with it.
const WEEK: i32 = 8;
/// A count from here on is told alike even where one account gives it as part of another.
const RARE: u64 = 10;

/// What the evidence is about. Words are made only for decisions that are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum About {
    SamePlace(u32),
    NearPlaces(u32, u32, f32),
    PlaceIn(u32, u32),
    OtherPlaces(u32, u32, f32),
    OtherNames(u32, u32),
    AlikeNames(u32, u32),
    SameDay,
    SameWindow,
    OtherWindow,
    DaysMeet,
    DayFromPublication,
    PublishedApart,
    DayFromReport,
    NextDay,
    OtherDays(i32),
    SameKind(Kind),
    OtherKind(Kind, Kind),
    OtherStatus,
    SameActor(u32),
    RelatedActors(u32, u32),
    OtherActor(u32, u32),
    SameTarget(u32),
    OtherTarget(u32, u32),
    SameMeans,
    OtherMeans,
    SameCount(CountFact),
    CountsMeet(CountFact, CountFact),
    OtherCounts(CountFact, CountFact),
    OneSentence,
    ToldAgain,
    GoesOn,
    SameWords,
    OneSourceOtherCount,
    OneSourceOtherActor,
    OtherBlow,
    OtherRow,
    OtherWayRound(u32),
}

/// The sum of the evidence on a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Judgement {
    pub sum: i32,
    /// Place and day are both evidence for: a `different` is then worth recording.
    pub close: bool,
}

impl Judgement {
    pub fn decision(self) -> Decision {
        if self.sum >= SAME && self.close {
            Decision::Same
        } else if self.sum <= DIFFERENT {
            Decision::Different
        } else {
            Decision::Unsure
        }
    }
}

/// Judges two claims of one family.
pub(crate) fn judge(a: &Facts, b: &Facts, names: &Names) -> Judgement {
    let mut sum = 0;
    let close = weigh(a, b, names, &mut |weight, _| sum += weight);
    Judgement { sum, close }
}

/// The evidence for and against, in words.
pub(crate) fn evidence(a: &Facts, b: &Facts, names: &Names) -> (Vec<String>, Vec<String>) {
    let (mut pro, mut con) = (Vec::new(), Vec::new());
    weigh(a, b, names, &mut |weight, about| match weight {
        1.. => pro.push(about.words(names)),
        _ => con.push(about.words(names)),
    });
    (pro, con)
}

/// Weighs each piece of evidence; true when place and day both speak for one incident.
fn weigh(a: &Facts, b: &Facts, names: &Names, add: &mut impl FnMut(i32, About)) -> bool {
    let contradicted = Cell::new(false);
    let add = &mut |weight, about| {
        contradicted.set(contradicted.get() || weight < 0);
        add(weight, about);
    };
    let place = places(a, b).map_or(0, |(weight, about)| {
        add(weight, about);
        weight
    });
    let day = days(a, b).map_or(0, |(weight, about)| {
        add(weight, about);
        weight
    });
    if a.kind == b.kind {
        add(1, About::SameKind(a.kind));
    } else if a.family != Family::Violence {
        add(-4, About::OtherKind(a.kind, b.kind));
    }
    if let (Some(x), Some(y)) = (a.status, b.status)
        && x != y
        && a.family != Family::Violence
    {
        add(if a.family == Family::Talks { -1 } else { -4 }, About::OtherStatus);
    }
    parties(a, b, names, add);
    if a.row != 0 && b.row != 0 && a.source == b.source && a.row != b.row {
        // A data set has a row for each event; a later state of an event has the same address.
        add(-12, About::OtherRow);
    }
    if a.means != 0 && b.means != 0 {
        if a.means & b.means != 0 {
            add(1, About::SameMeans);
        } else {
            add(-2, About::OtherMeans);
        }
    }
    let same_count = counts(a, b, add);
    if !same_count && other_blow(a, b, names) {
        add(-6, About::OtherBlow);
    }
    let mut one_telling = false;
    if a.report == b.report && a.span.0 < b.span.1 && b.span.0 < a.span.1 && a.stance == b.stance {
        // A breakdown by party or place within one sentence tells several acts.
        add(-3, About::OneSentence);
    } else if a.report == b.report && same_count {
        // Headline, lead and text of one report tell one act several times, each with less of it or more.
        add(2, About::ToldAgain);
    } else if a.report == b.report && goes_on(a, b, place) {
        add(if contradicted.get() { 1 } else { 4 }, About::GoesOn);
        one_telling = true;
    }
    let copied = a.report != b.report && a.root == b.root && a.words == b.words;
    if copied {
        add(5, About::SameWords);
        one_telling = true;
    }
    // A count told alike, or one telling, stands in for a place that one of the two does not name or names otherwise; a
    // count alike also for the day.
    (place > 0 || place >= -1 && (same_count || one_telling)) && (day > 0 || day == 0 && same_count)
}

/// True where one report goes on to tell an act: of two claims near each other one names no place, or the same; and one
/// names no day, or the same.
fn goes_on(a: &Facts, b: &Facts, place: i32) -> bool {
    let gap = a.span.0.max(b.span.0).saturating_sub(a.span.1.min(b.span.1));
    let open_place = a.places.is_empty() || b.places.is_empty();
    let open_day = !a.told || !b.told;
    gap < GOES_ON && (open_place || place > 0) && (open_day || a.days == b.days)
}

fn places(a: &Facts, b: &Facts) -> Option<(i32, About)> {
    let pairs = || a.places.iter().flat_map(|x| b.places.iter().map(move |y| (x, y)));
    if let Some((x, _)) = pairs().filter(|(x, y)| x.id == y.id).min_by_key(|(x, _)| x.coarse) {
        return Some((if x.coarse { 2 } else { 4 }, About::SamePlace(x.id)));
    }
    let alike =
        |(x, y): &(&PlaceFact, &PlaceFact)| x.head == y.head && x.head != 0 && !(x.resolved && y.resolved);
    if let Some((x, y)) = pairs().find(alike) {
        return Some((2, About::AlikeNames(x.id, y.id)));
    }
    let (x, y, km) = pairs().map(|(x, y)| (x, y, distance_km(x, y))).min_by(|p, q| p.2.total_cmp(&q.2))?;
    if x.region != 0 && x.region == y.region && (x.coarse || y.coarse) {
        return Some(if x.coarse {
            (2, About::PlaceIn(y.id, x.id))
        } else {
            (2, About::PlaceIn(x.id, y.id))
        });
    }
    if !x.resolved || !y.resolved {
        // A name that no gazetteer knows is often the known place, described in other words, or no place at all.
        return Some((if x.resolved || y.resolved { 0 } else { -1 }, About::OtherNames(x.id, y.id)));
    }
    Some(if km <= 6.0 && !x.coarse && !y.coarse {
        (3, About::NearPlaces(x.id, y.id, km))
    } else if km <= 15.0 {
        (0, About::NearPlaces(x.id, y.id, km))
    } else {
        (-5, About::OtherPlaces(x.id, y.id, km))
    })
}

/// Great-circle distance (haversine, mean radius 6,371 km); infinite where either is not resolved.
fn distance_km(a: &PlaceFact, b: &PlaceFact) -> f32 {
    if !a.resolved || !b.resolved {
        return f32::INFINITY;
    }
    let (la, lb) = (a.lat.to_radians(), b.lat.to_radians());
    let h = ((lb - la) / 2.0).sin().powi(2)
        + la.cos() * lb.cos() * ((b.lon - a.lon).to_radians() / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

fn days(a: &Facts, b: &Facts) -> Option<(i32, About)> {
    let (x, y) = (a.days?, b.days?);
    if let (Some(p), Some(q)) = (a.rolling, b.rolling) {
        // Rolling counts told on two days are two counts, although the hours of one calendar day lie in both.
        return Some(if p == q { (3, About::SameWindow) } else { (-8, About::OtherWindow) });
    }
    let gap = (x.0 - y.1).max(y.0 - x.1);
    let wide = (x.1 - x.0).max(y.1 - y.0);
    Some(match gap {
        ..=0 if !a.told || !b.told => {
            let (x, y) = (a.likeliest?, b.likeliest?);
            // What two reports of two days tell without its day is rather two acts, if nothing else ties them.
            if a.report == b.report || x.0 <= y.1 && y.0 <= x.1 {
                (1, About::DayFromPublication)
            } else {
                (0, About::PublishedApart)
            }
        }
        1..WEEK if a.report == b.report && (!a.told || !b.told) => (2, About::DayFromReport),
        ..=0 if x == y && wide == 0 => (3, About::SameDay),
        ..=0 if wide <= 2 => (2, About::DaysMeet),
        ..=0 if x == y => (2, About::DaysMeet),
        ..=0 if wide <= 8 => (1, About::DaysMeet),
        ..=0 => (-2, About::DaysMeet),
        // Night raids are told on either day.
        1 if wide <= 1 => (-1, About::NextDay),
        _ => (-8, About::OtherDays(gap)),
    })
}

fn parties(a: &Facts, b: &Facts, names: &Names, add: &mut impl FnMut(i32, About)) {
    let shared = |x: &[u32], y: &[u32]| x.iter().find(|p| y.contains(p)).copied();
    let known = |x: &[u32]| x.iter().copied().find(|p| names.is_known(*p));
    let related = |x: &[u32], y: &[u32]| {
        x.iter().find_map(|p| y.iter().find(|q| names.related(*p, **q)).map(|q| About::RelatedActors(*p, *q)))
    };
    // The sides of a clash are told in either order.
    if a.kind == Kind::Clash || b.kind == Kind::Clash {
        let all = |f: &Facts| Few::<u32, 12>::of(f.actors.iter().chain(&*f.targets).copied());
        let (x, y) = (all(a), all(b));
        match shared(&x, &y) {
            Some(party) => add(2, About::SameActor(party)),
            None if !x.is_empty() && !y.is_empty() => match related(&x, &y) {
                Some(about) => add(1, about),
                None => add(-2, About::OtherActor(x[0], y[0])),
            },
            None => {}
        }
        return;
    }
    match shared(&a.actors, &b.actors) {
        Some(party) => add(2, About::SameActor(party)),
        None if !a.actors.is_empty() && !b.actors.is_empty() => {
            if let Some(about) = related(&a.actors, &b.actors) {
                add(1, about);
                return targets(a, b, add);
            }
            let (Some(x), Some(y)) = (known(&a.actors), known(&b.actors)) else {
                // "The bomber", "warplanes": whoever is named elsewhere, in words that tell no party.
                add(0, About::OtherActor(a.actors[0], b.actors[0]));
                return targets(a, b, add);
            };
            add(-1, About::OtherActor(x, y));
            if a.source == b.source && a.stance != Stance::Denies && b.stance != Stance::Denies {
                // Two accounts may blame two hands for one act; one account that names two hands tells two acts.
                add(-4, About::OneSourceOtherActor);
            } else if let Some(party) = shared(&a.actors, &b.targets).or(shared(&a.targets, &b.actors)) {
                add(-2, About::OtherWayRound(party));
            }
        }
        None => {}
    }
    targets(a, b, add);
}

fn targets(a: &Facts, b: &Facts, add: &mut impl FnMut(i32, About)) {
    if let Some(party) = a.targets.iter().find(|p| b.targets.contains(p)) {
        add(1, About::SameTarget(*party));
    } else if another_target(a, b) {
        add(-1, About::OtherTarget(a.targets[0], b.targets[0]));
    }
}

/// True where the two tell blows of two sides. Accounts that dispute who struck agree on what was struck, or how many.
fn other_blow(a: &Facts, b: &Facts, names: &Names) -> bool {
    let one_side = a.hands.iter().any(|x| b.hands.iter().any(|y| names.one_side(*x, *y)));
    !a.hands.is_empty() && !b.hands.is_empty() && !one_side && another_target(a, b)
}

/// True where both tell whom or what they speak of, and no one thing.
fn another_target(a: &Facts, b: &Facts) -> bool {
    !a.targets.is_empty() && !b.targets.is_empty() && !a.targets.iter().any(|p| b.targets.contains(p))
}

/// Compares the counts; true when one above 2 is told alike.
fn counts(a: &Facts, b: &Facts, add: &mut impl FnMut(i32, About)) -> bool {
    let mut best: Option<(i32, About)> = None;
    let mut alike = false;
    for x in &*a.counts {
        for y in &*b.counts {
            let like = x.of == y.of || x.of == Counts::People || y.of == Counts::People;
            // "At least 16" and "16" are one count told twice.
            let same = x.count.low() == y.count.low() && x.count.meets(y.count);
            let one = x.part == y.part || same && x.count.low() >= RARE;
            if x.what != y.what || !like || !one {
                continue;
            }
            let found = if same {
                alike |= x.count.low() > 2;
                (if x.count.low() > 2 { 3 } else { 1 }, About::SameCount(*x))
            } else if x.count.meets(y.count) {
                (1, About::CountsMeet(*x, *y))
            } else if x.of == y.of {
                (far(x.count, y.count), About::OtherCounts(*x, *y))
            } else {
                continue;
            };
            if best.is_none_or(|b| found.0 > b.0) {
                best = Some(found);
            }
        }
    }
    if let Some((weight, about)) = best {
        add(weight, about);
        if weight < 0 && a.source == b.source && a.stance != Stance::Denies {
            // One speaker who gives another number speaks of a later count or of another strike; within one report,
            // of another strike.
            add(if a.report == b.report { -4 } else { -2 }, About::OneSourceOtherCount);
        }
    }
    alike
}

/// Accounts of one strike differ somewhat; a count three times the other is likely another strike.
fn far(a: Interval, b: Interval) -> i32 {
    let (low, high) = if a.low() <= b.low() { (a, b) } else { (b, a) };
    if high.low() > 3 * low.max.unwrap_or(0).max(1) { -3 } else { -1 }
}

impl About {
    /// In words.
    fn words(self, names: &Names) -> String {
        let name = |n: u32| plain(names.name(n));
        let count = |c: CountFact| format!("{} {}", c.count, c.what);
        match self {
            About::SamePlace(p) => format!("same place: {}", name(p)),
            About::PlaceIn(p, q) => format!("{} lies in {}", name(p), name(q)),
            About::NearPlaces(p, q, km) | About::OtherPlaces(p, q, km) => {
                format!("places {km:.0} km apart: {}, {}", name(p), name(q))
            }
            About::OtherNames(p, q) => format!("other place names: {}, {}", name(p), name(q)),
            About::SameDay => "same day".to_owned(),
            About::SameWindow => "counted over the same window".to_owned(),
            About::OtherWindow => "counted over another window".to_owned(),
            About::DaysMeet => "the days meet".to_owned(),
            About::DayFromPublication => {
                "published within a day; the day of the act is not told by both".to_owned()
            }
            About::PublishedApart => "reports of two days; the day of the act is not told by both".to_owned(),
            About::DayFromReport => "one report, which tells the day with one of the two".to_owned(),
            About::NextDay => "a day apart".to_owned(),
            About::OtherDays(n) => format!("{n} days apart"),
            About::SameKind(k) => format!("same act: {k}"),
            About::OtherKind(j, k) => format!("other act: {j}, {k}"),
            About::OtherStatus => "another state of the act".to_owned(),
            About::SameActor(p) => format!("same actor: {}", name(p)),
            About::RelatedActors(p, q) => format!("one stands under the other: {}, {}", name(p), name(q)),
            About::OtherActor(p, q) => format!("other actor: {}, {}", name(p), name(q)),
            About::SameTarget(p) => format!("same target: {}", name(p)),
            About::OtherTarget(p, q) => format!("other target: {}, {}", name(p), name(q)),
            About::SameMeans => "same means".to_owned(),
            About::OtherMeans => "other means".to_owned(),
            About::SameCount(c) => format!("same count: {}", count(c)),
            About::CountsMeet(c, d) => format!("counts agree: {}, {}", count(c), count(d)),
            About::OtherCounts(c, d) => format!("other counts: {}, {}", count(c), count(d)),
            About::OneSentence => "told apart in one sentence".to_owned(),
            About::ToldAgain => "one report tells the count again".to_owned(),
            About::SameWords => "told in the same words by a wire copy".to_owned(),
            About::GoesOn => "one report goes on to tell it".to_owned(),
            About::AlikeNames(p, q) => format!("places named alike: {}, {}", name(p), name(q)),
            About::OtherRow => "two rows of one data set".to_owned(),
            About::OneSourceOtherActor => "one source names another actor".to_owned(),
            About::OtherBlow => "another actor strikes another target".to_owned(),
            About::OtherWayRound(p) => {
                format!("the other way round: {} is actor in one, target in the other", name(p))
            }
            About::OneSourceOtherCount => "one source gives another count".to_owned(),
        }
    }
}

/// A number's name without its prefix ("name:al bab", "region:SY/aleppo").
fn plain(name: &str) -> &str {
    name.strip_prefix("name:").or_else(|| name.strip_prefix("region:")).unwrap_or(name)
}
