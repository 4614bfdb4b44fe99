//! CSV with ACLED's columns, an incident a row.
//!
//! `fatalities` is the lowest bound of any account, as ACLED itself takes the most conservative number; the accounts'
//! own bounds stand in `notes`.

use holdfire_record::{Evidence, Parties, PlaceView, Record};
use holdfire_types::{Kind, Means, PartyKind, PlacePrecision, Status};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::event::{self, Member};
use super::{Exported, csv};
use crate::LossReport;
use crate::acled::{COLUMNS, EventType, TYPES, event_type};
use crate::countries::of_alpha2;

/// The tags of the columns (HXL 1.1).
const TAGS: [&str; 31] = [
    "#event+code", "#date+occurred", "#date+year", "#date+precision", "#event+class", "#event+type",
    "#event+type+sub", "#group+name+first", "#group+name+first+assoc", "#group+code+first",
    "#group+name+second", "#group+name+second+assoc", "#group+code+second", "#event+interaction",
    "#event+civilians", "#country+code", "#region+name", "#country+name", "#adm1+name", "#adm2+name",
    "#adm3+name", "#loc+name", "#geo+lat", "#geo+lon", "#geo+precision", "#meta+source",
    "#meta+source+scale", "#description", "#affected+killed+min", "#meta+tags", "#date+updated",
];

pub(super) fn export(record: &Record, tags: bool) -> Exported {
    let mut loss = LossReport::default();
    let rows: Vec<_> = record.evidence().filter_map(|e| row(&e, record.parties(), &mut loss)).collect();
    loss.written = rows.len();
    loss.lost("row with region, admin2, admin3, source_scale and tags left empty", rows.len());
    Exported { text: csv(COLUMNS, tags.then_some(TAGS), rows.into_iter()), loss }
}

fn row(evidence: &Evidence<'_>, parties: &Parties, loss: &mut LossReport) -> Option<[String; 31]> {
    if !event::is_asserted(evidence, loss) {
        return None;
    }
    let (from, to) = event::days(evidence, loss)?;
    let (date, precision) = day(from, to, loss);
    let place = event::place(evidence, loss);
    let sides = event::sides(evidence, parties);
    let [one, two] = &sides;
    let kind = kind(evidence, &sides, loss);
    let dead = event::dead(evidence);
    event::flattened(evidence, loss);
    loss.lost(
        "bounds of a count of deaths (the lowest is written)",
        usize::from(dead.is_some_and(|d| !d.is_exact())),
    );
    let parts = evidence.figures.iter().filter(|f| f.part);
    loss.lost("part of a count (children, women, one side's)", parts.map(|f| f.accounts.len()).sum());
    loss.lost(
        "who struck whom (the two sides stand side by side)",
        usize::from(event::is_aimed(evidence.summary.kind, &sides)),
    );
    let country = place.map_or("", |p| p.country.as_str());
    let known = of_alpha2(country);
    let [inter1, inter2] = [one, two].map(|side| side.first().and_then(|m| inter(m, country, parties)));
    let code = |code: Option<u8>| code.map(|c| c.to_string()).unwrap_or_default();
    let interaction = match (inter1, inter2) {
        (Some(a), Some(b)) => format!("{}{}", a.min(b), a.max(b)),
        (Some(a), None) if two.is_empty() => format!("{a}0"),
        _ => String::new(),
    };
    let aims_at_civilians =
        matches!(evidence.summary.kind, Kind::Attack | Kind::Detention) && event::is_civilian(two);
    let changed = evidence.claims.iter().map(|c| c.recorded).max();
    Some(COLUMNS.map(|column| match column {
        "event_id_cnty" => evidence.summary.id.to_string(),
        "event_date" => date.to_string(),
        "year" => date.year().to_string(),
        "time_precision" => precision.to_string(),
        "disorder_type" => disorder(kind.event).to_owned(),
        "event_type" => kind.event.to_owned(),
        "sub_event_type" if kind.sub != kind.event => kind.sub.to_owned(),
        "actor1" => one.first().map(|m| m.name.clone()).unwrap_or_default(),
        "assoc_actor_1" => event::names(one.get(1..).unwrap_or(&[])),
        "inter1" => code(inter1),
        "actor2" => two.first().map(|m| m.name.clone()).unwrap_or_default(),
        "assoc_actor_2" => event::names(two.get(1..).unwrap_or(&[])),
        "inter2" => code(inter2),
        "interaction" => interaction.clone(),
        "civilian_targeting" if aims_at_civilians => "Civilian targeting".to_owned(),
        "iso" => known.map_or("", |c| c.numeric).to_owned(),
        "country" => known.map_or(country, |c| c.name).to_owned(),
        "admin1" => place.map(|p| p.admin1.clone()).unwrap_or_default(),
        "location" => place.map(|p| p.name.clone()).unwrap_or_default(),
        "latitude" => place.and_then(|p| p.lat).map(|d| d.to_string()).unwrap_or_default(),
        "longitude" => place.and_then(|p| p.lon).map(|d| d.to_string()).unwrap_or_default(),
        "geo_precision" => place.and_then(|p| exactness(p, loss)).map(str::to_owned).unwrap_or_default(),
        "source" => event::joined(evidence.summary.sources.iter().map(|s| s.name.as_str())),
        "notes" => event::remarks(evidence),
        "fatalities" => dead.map_or(0, |d| d.low).to_string(),
        "timestamp" => changed.map(|at| at.as_second().to_string()).unwrap_or_default(),
        _ => String::new(),
    }))
}

/// The day that ACLED writes for days, and how exact it calls it.
fn day(from: Date, to: Date, loss: &mut LossReport) -> (Date, u8) {
    let days = (to - from).get_days();
    let middle = from.saturating_add((days / 2).days());
    if days == 0 {
        return (from, 1);
    }
    if (from, to) == (middle.first_of_month(), middle.last_of_month()) {
        return (middle, 3);
    }
    loss.lost("first and last day (ACLED knows a day, a week or a month)", usize::from(days != 6));
    (middle, if days <= 6 { 2 } else { 3 })
}

fn exactness(place: &PlaceView, loss: &mut LossReport) -> Option<&'static str> {
    let coarse = |p| matches!(p, PlacePrecision::District | PlacePrecision::Area | PlacePrecision::Country);
    loss.lost(
        "place's precision (ACLED knows a town, near a town, or a region)",
        usize::from(place.precision.is_some_and(coarse)),
    );
    Some(match place.precision? {
        PlacePrecision::Exact => "1",
        PlacePrecision::Near => "2",
        _ => "3",
    })
}

/// ACLED's code of what a party is; none where nothing is known of it. A state's forces outside their own country
/// are "other".
fn inter(member: &Member, country: &str, parties: &Parties) -> Option<u8> {
    let at_home = || {
        let state = format!("state/{}", country.to_ascii_lowercase());
        member.party.as_deref().is_none_or(|p| country.is_empty() || parties.stands_under(p, &[state]))
    };
    match member.kind {
        PartyKind::State | PartyKind::Government | PartyKind::StateForce => {
            Some(if at_home() { 1 } else { 8 })
        }
        PartyKind::Rebel | PartyKind::Jihadist => Some(2),
        PartyKind::Militia => Some(3),
        PartyKind::Civilians => Some(7),
        PartyKind::International => Some(8),
        _ => None,
    }
}

/// The type of event. What ACLED has no word for is "Other".
fn kind(evidence: &Evidence<'_>, sides: &[Vec<Member>; 2], loss: &mut LossReport) -> &'static EventType {
    let summary = &evidence.summary;
    let means = |m: Means| summary.means.contains(&m);
    let status = |s: Status| event::asserting(evidence).any(|c| c.claim.act.status == Some(s));
    let remote = TYPES.iter().find(|t| {
        let like: &[Means] = match t.means {
            Some(Means::Airstrike) => &[Means::Airstrike, Means::Drone],
            Some(Means::Shelling) => &[Means::Shelling, Means::Rocket, Means::Missile],
            Some(Means::MineIed) => &[Means::MineIed, Means::CarBomb],
            Some(Means::Chemical) => &[Means::Chemical],
            Some(Means::SuicideBomb) => &[Means::SuicideBomb],
            _ => &[],
        };
        like.iter().any(|m| means(*m))
    });
    loss.lost(
        "means beside the first, or finer than ACLED's",
        match &summary.means[..] {
            [] => 0,
            [one] => usize::from(remote.is_none_or(|t| t.means != Some(*one)) && *one != Means::Abduction),
            more => more.len() - 1,
        },
    );
    let (event, sub) = match summary.kind {
        Kind::Attack | Kind::Clash if remote.is_some() => return remote.expect("one was found"),
        Kind::Attack if event::is_civilian(&sides[1]) => ("Violence against civilians", "Attack"),
        Kind::Attack if means(Means::Arson) => ("Strategic developments", "Looting/property destruction"),
        Kind::Attack | Kind::Clash => ("Battles", "Armed clash"),
        Kind::Capture if event::is_state(&sides[0]) => ("Battles", "Government regains territory"),
        Kind::Capture => ("Battles", "Non-state actor overtakes territory"),
        Kind::Detention if means(Means::Abduction) => {
            ("Violence against civilians", "Abduction/forced disappearance")
        }
        Kind::Detention => ("Strategic developments", "Arrests"),
        Kind::Protest => ("Protests", "Protests"),
        Kind::Withdrawal => ("Strategic developments", "Non-violent transfer of territory"),
        Kind::Deployment => ("Strategic developments", "Change to group/activity"),
        Kind::Talks if status(Status::Held) => ("Strategic developments", "Agreement"),
        Kind::Truce if status(Status::Agreed) => ("Strategic developments", "Agreement"),
        other => {
            loss.lost(&format!("{other} (written as a strategic development of type Other)"), 1);
            ("Strategic developments", "Other")
        }
    };
    event_type(event, sub).expect("the table has every type that is written")
}

fn disorder(event: &str) -> &'static str {
    match event {
        "Protests" => "Demonstrations",
        "Strategic developments" => "Strategic developments",
        _ => "Political violence",
    }
}
