//! What ACLED's files look like: columns, event types and their words here, codes of actors.
//!
//! Columns and codes as in ACLED's own package `acledR`; no row of ACLED's is here, its terms do not allow that.

use holdfire_types::{Kind, Means};

/// The columns of an export, in order.
pub(crate) const COLUMNS: [&str; 31] = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
];

/// A type of event.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct EventType {
    /// `event_type`.
    pub event: &'static str,
    /// `sub_event_type`; for names of older files the same as `event`.
    pub sub: &'static str,
    /// In a sentence.
    pub words: &'static str,
    /// The kind of act here.
    pub kind: Kind,
    /// How it is done, where the type says.
    pub means: Option<Means>,
}

const fn of(
    event: &'static str,
    sub: &'static str,
    words: &'static str,
    kind: Kind,
    means: Option<Means>,
) -> EventType {
    EventType { event, sub, words, kind, means }
}

const BATTLES: &str = "Battles";
const REMOTE: &str = "Explosions/Remote violence";
const CIVILIANS: &str = "Violence against civilians";
const PROTESTS: &str = "Protests";
const RIOTS: &str = "Riots";
const STRATEGIC: &str = "Strategic developments";

/// The 25 types of today in ACLED's order, then names of older files. For each kind and means here, the first that
/// has them is the one that is written.
pub(crate) const TYPES: &[EventType] = &[
    of(BATTLES, "Armed clash", "an armed clash", Kind::Clash, None),
    of(BATTLES, "Government regains territory", "that a government regained territory", Kind::Capture, None),
    of(
        BATTLES,
        "Non-state actor overtakes territory",
        "that a non-state actor overtook territory",
        Kind::Capture,
        None,
    ),
    of(REMOTE, "Chemical weapon", "an attack with a chemical weapon", Kind::Attack, Some(Means::Chemical)),
    of(REMOTE, "Air/drone strike", "an air or drone strike", Kind::Attack, Some(Means::Airstrike)),
    of(REMOTE, "Suicide bomb", "a suicide bombing", Kind::Attack, Some(Means::SuicideBomb)),
    of(
        REMOTE,
        "Shelling/artillery/missile attack",
        "shelling, artillery fire or a missile attack",
        Kind::Attack,
        Some(Means::Shelling),
    ),
    of(
        REMOTE,
        "Remote explosive/landmine/IED",
        "a remote explosive, landmine or improvised bomb",
        Kind::Attack,
        Some(Means::MineIed),
    ),
    of(REMOTE, "Grenade", "an attack with a grenade", Kind::Attack, None),
    of(CIVILIANS, "Sexual violence", "sexual violence", Kind::Attack, None),
    of(CIVILIANS, "Attack", "an attack on civilians", Kind::Attack, None),
    of(
        CIVILIANS,
        "Abduction/forced disappearance",
        "an abduction or forced disappearance",
        Kind::Detention,
        Some(Means::Abduction),
    ),
    of(PROTESTS, "Peaceful protest", "a peaceful protest", Kind::Protest, None),
    of(PROTESTS, "Protest with intervention", "a protest with intervention", Kind::Protest, None),
    of(
        PROTESTS,
        "Excessive force against protesters",
        "excessive force against protesters",
        Kind::Protest,
        None,
    ),
    of(RIOTS, "Violent demonstration", "a violent demonstration", Kind::Protest, None),
    of(RIOTS, "Mob violence", "mob violence", Kind::Protest, None),
    of(STRATEGIC, "Agreement", "an agreement or negotiations", Kind::Talks, None),
    of(STRATEGIC, "Arrests", "arrests", Kind::Detention, None),
    of(STRATEGIC, "Change to group/activity", "a change to a group or its activity", Kind::Deployment, None),
    of(STRATEGIC, "Disrupted weapons use", "disrupted use of weapons", Kind::Statement, None),
    of(
        STRATEGIC,
        "Headquarters or base established",
        "that a headquarters or base was established",
        Kind::Deployment,
        None,
    ),
    of(STRATEGIC, "Looting/property destruction", "looting or destruction of property", Kind::Attack, None),
    of(
        STRATEGIC,
        "Non-violent transfer of territory",
        "a transfer of territory without violence",
        Kind::Withdrawal,
        None,
    ),
    of(STRATEGIC, "Other", "another development", Kind::Statement, None),
    of("Battle-No change of territory", "Battle-No change of territory", "a battle", Kind::Clash, None),
    of(
        "Battle-Government regains territory",
        "Battle-Government regains territory",
        "that a government regained territory in battle",
        Kind::Capture,
        None,
    ),
    of(
        "Battle-Non-state actor overtakes territory",
        "Battle-Non-state actor overtakes territory",
        "that a non-state actor overtook territory in battle",
        Kind::Capture,
        None,
    ),
    of("Remote violence", "Remote violence", "remote violence", Kind::Attack, None),
    of(CIVILIANS, CIVILIANS, "violence against civilians", Kind::Attack, None),
    of("Riots/Protests", "Riots/Protests", "a riot or protest", Kind::Protest, None),
    of(BATTLES, BATTLES, "a battle", Kind::Clash, None),
    of(REMOTE, REMOTE, "an explosion or remote violence", Kind::Attack, None),
    of(PROTESTS, PROTESTS, "a protest", Kind::Protest, None),
    of(RIOTS, RIOTS, "a riot", Kind::Protest, None),
    of("Strategic development", "Strategic development", "a strategic development", Kind::Statement, None),
    of(STRATEGIC, STRATEGIC, "a strategic development", Kind::Statement, None),
];

/// The type of these two cells, whatever their case; the second may be empty.
pub(crate) fn event_type(event: &str, sub: &str) -> Option<&'static EventType> {
    let sub = if sub.is_empty() { event } else { sub };
    let fits = |t: &&EventType| t.sub.eq_ignore_ascii_case(sub) && t.event.eq_ignore_ascii_case(event);
    TYPES.iter().find(fits).or_else(|| TYPES.iter().find(|t| t.sub.eq_ignore_ascii_case(sub)))
}

/// What an actor is, by ACLED's code: its number and its word.
pub(crate) const INTER: [(u8, &str); 8] = [
    (1, "State forces"),
    (2, "Rebel group"),
    (3, "Political militia"),
    (4, "Identity militia"),
    (5, "Rioters"),
    (6, "Protesters"),
    (7, "Civilians"),
    (8, "External/Other forces"),
];

/// The code of a cell of `inter1` or `inter2`, written as a number or in the words of any year. `None` for no code.
pub(crate) fn inter(cell: &str) -> Option<u8> {
    if let Ok(number) = cell.trim_end_matches(".0").parse::<u8>() {
        return (number <= 8).then_some(number);
    }
    let cell = cell.to_ascii_lowercase();
    let found = INTER.iter().find(|(_, word)| {
        // "Rebel group", "Rebel groups", "Rebels", "Rebel forces"; "Militia" of the first years was political
        let stem = word.to_ascii_lowercase();
        let stem = stem.split([' ', '/']).next().unwrap_or("").trim_end_matches('s').to_owned();
        cell.starts_with(&stem)
    });
    found.map(|f| f.0).or_else(|| cell.starts_with("militia").then_some(3)).or_else(|| {
        // "Other forces", "Outside/external force", "Sole military action"
        ["other", "outside"].iter().any(|w| cell.starts_with(w)).then_some(8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_of_actors_are_read_as_numbers_and_words() {
        for (number, word) in INTER {
            assert_eq!(inter(&number.to_string()), Some(number));
            assert_eq!(inter(word), Some(number), "{word}");
            assert_eq!(inter(&word.to_uppercase()), Some(number), "{word}");
        }
        assert_eq!(inter("Rebel Groups"), Some(2));
        assert_eq!(inter("0"), Some(0));
        assert_eq!((inter("9"), inter("aliens"), inter("")), (None, None, None));
    }

    #[test]
    fn there_are_25_types_of_today() {
        let today: Vec<_> = TYPES.iter().take_while(|t| t.event != t.sub).collect();
        assert_eq!(today.len(), 25);
        assert_eq!(event_type("battles", "ARMED CLASH").map(|t| t.kind), Some(Kind::Clash));
        assert_eq!(event_type("Riots/Protests", "").map(|t| t.kind), Some(Kind::Protest));
        assert_eq!(event_type("Weather", "Rain"), None);
    }
}
