//! Nouns for people: those whom "a" and "an" count one by one, and those counted in any number.

use super::cue_words::{FORCES, HELD};

/// Nouns for single people, whom "a" and "an" count.
pub const PERSONS: [&str; 112] = [
    "civilian", "child", "woman", "man", "boy", "girl", "soldier", "officer", "policeman", "policewoman",
    "militant", "fighter", "commander", "leader", "member", "worker", "journalist", "reporter", "doctor",
    "nurse", "teacher", "student", "baby", "infant", "toddler", "pilot", "driver", "volunteer", "person",
    "citizen", "resident", "villager", "farmer", "rebel", "insurgent", "terrorist", "jihadist", "gunman",
    "protester", "protestor", "prisoner", "hostage", "national", "general", "colonel", "mother", "father",
    "son", "daughter", "brother", "sister", "activist", "medic", "paramedic", "guard", "photographer",
    "cameraman", "peacekeeper", "operative", "suspect", "agent", "refugee", "emir", "sergeant", "lieutenant",
    "captain", "major", "serviceman", "bystander", "passer-by", "aide", "deputy", "official", "contractor",
    "engineer", "cleric", "imam", "teenager", "minister", "governor", "mayor", "judge", "lawyer", "lawmaker",
    "politician", "candidate", "envoy", "diplomat", "ambassador", "spokesman", "observer", "monitor",
    "operator", "trooper", "ranger", "sniper", "bomber", "bishop", "priest", "monk", "nun", "shepherd",
    "fisherman", "trader", "shopkeeper", "pensioner", "pilgrim", "migrant", "labourer", "laborer",
    "businessman", "headmaster",
];

/// How nouns for one person end that are not in that list.
const PERSON_ENDS: [&str; 13] = [
    "man", "woman", "wife", "girl", "boy", "ist", "eer", "herd", "keeper", "worker", "master", "maker",
    "fighter",
];

/// True for a noun for a single person.
pub fn is_one_person(noun: &str) -> bool {
    PERSONS.contains(&noun) || PERSON_ENDS.iter().any(|end| noun.len() > end.len() && noun.ends_with(end))
}

/// True where a noun phrase names people.
pub fn is_people(phrase: &str) -> bool {
    let last = phrase.rsplit(' ').next().unwrap_or("").to_lowercase();
    matches!(
        last.as_str(),
        "" | "people"
            | "children"
            | "women"
            | "men"
            | "families"
            | "others"
            | "personnel"
            | "troops"
            | "persons"
            | "population"
    ) || HELD.contains(&last.as_str())
        || FORCES.contains(&last.as_str())
        || PERSONS.contains(&last.strip_suffix('s').unwrap_or(&last))
        || phrase.starts_with(char::is_uppercase) && last.ends_with('s')
}
