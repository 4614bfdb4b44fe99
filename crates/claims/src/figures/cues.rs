//! The words that say what became of those counted: "killed", "were wounded", "the death of", "rockets".

use holdfire_types::{FigureKind, Upos};

use crate::numbers::Number;
use crate::words::Words;

use super::nouns::Counted;

/// What a figure counts, and the token that says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cue {
    /// What is counted.
    pub what: FigureKind,
    /// The token.
    pub token: usize,
}

use FigureKind::{
    Besieged, Convoys, Destroyed, Detained, Displaced, DistanceKm, Fighters, Fled, Killed, Missing, Munitions,
    PeopleReached, Released, Violations, Wounded,
};

/// Nouns that say by themselves what is counted.
const NOUNS: [(&str, FigureKind); 44] = [
    ("dead", Killed),
    ("death", Killed),
    ("deaths", Killed),
    ("bodies", Killed),
    ("body", Killed),
    ("corpses", Killed),
    ("casualties", Killed),
    ("fatalities", Killed),
    ("fatality", Killed),
    ("martyrs", Killed),
    ("murders", Killed),
    ("executions", Killed),
    ("injuries", Wounded),
    ("wounded", Wounded),
    ("injured", Wounded),
    ("violations", Violations),
    ("breaches", Violations),
    ("km", DistanceKm),
    ("kms", DistanceKm),
    ("kilometers", DistanceKm),
    ("kilometres", DistanceKm),
    ("kilometer", DistanceKm),
    ("kilometre", DistanceKm),
    ("miles", DistanceKm),
    ("mile", DistanceKm),
    ("convoys", Convoys),
    ("trucks", Convoys),
    ("lorries", Convoys),
    ("rockets", Munitions),
    ("rocket", Munitions),
    ("missiles", Munitions),
    ("missile", Munitions),
    ("shells", Munitions),
    ("shell", Munitions),
    ("mortars", Munitions),
    ("bombs", Munitions),
    ("munitions", Munitions),
    ("projectiles", Munitions),
    ("grenades", Munitions),
    ("idps", Displaced),
    ("refugees", Displaced),
    ("evacuees", Displaced),
    ("detainees", Detained),
    ("abductees", Detained),
];

/// Nouns that count forces where nothing befell them.
const FORCES: [&str; 16] = [
    "troops", "soldiers", "fighters", "militants", "peacekeepers", "forces", "insurgents", "rebels", "militiamen",
    "gunmen", "mercenaries", "terrorists", "jihadists", "jihadis", "recruits", "policemen",
];

/// Nouns for people held.
const HELD: [&str; 8] =
    ["hostages", "hostage", "prisoners", "prisoner", "captives", "captive", "abductees", "detainee"];

/// Forms that follow the noun: "were killed", "died", "dead".
const AFTER: [(&str, FigureKind); 62] = [
    ("killed", Killed),
    ("dead", Killed),
    ("died", Killed),
    ("die", Killed),
    ("dies", Killed),
    ("dying", Killed),
    ("slain", Killed),
    ("murdered", Killed),
    ("massacred", Killed),
    ("executed", Killed),
    ("beheaded", Killed),
    ("slaughtered", Killed),
    ("martyred", Killed),
    ("perished", Killed),
    ("perish", Killed),
    ("assassinated", Killed),
    ("drowned", Killed),
    ("wounded", Wounded),
    ("injured", Wounded),
    ("hurt", Wounded),
    ("maimed", Wounded),
    ("hospitalized", Wounded),
    ("hospitalised", Wounded),
    ("suffered", Wounded),
    ("arrested", Detained),
    ("detained", Detained),
    ("captured", Detained),
    ("kidnapped", Detained),
    ("abducted", Detained),
    ("imprisoned", Detained),
    ("jailed", Detained),
    ("seized", Detained),
    ("held", Detained),
    ("hostage", Detained),
    ("released", Released),
    ("freed", Released),
    ("exchanged", Released),
    ("returned", Released),
    ("displaced", Displaced),
    ("homeless", Displaced),
    ("evacuated", Displaced),
    ("uprooted", Displaced),
    ("transferred", Displaced),
    ("fled", Fled),
    ("flee", Fled),
    ("flees", Fled),
    ("fleeing", Fled),
    ("escaped", Fled),
    ("escape", Fled),
    ("missing", Missing),
    ("disappeared", Missing),
    ("besieged", Besieged),
    ("trapped", Besieged),
    ("stranded", Besieged),
    ("encircled", Besieged),
    ("siege", Besieged),
    ("destroyed", Destroyed),
    ("demolished", Destroyed),
    ("downed", Destroyed),
    ("torched", Destroyed),
    ("deployed", Fighters),
    ("sent", Fighters),
];

/// Forms that stand before the number: "killed", "killing", "wounds".
const BEFORE: [(&str, FigureKind); 107] = [
    ("kill", Killed),
    ("kills", Killed),
    ("killed", Killed),
    ("killing", Killed),
    ("dead", Killed),
    ("murder", Killed),
    ("murdered", Killed),
    ("murdering", Killed),
    ("massacre", Killed),
    ("massacred", Killed),
    ("massacring", Killed),
    ("execute", Killed),
    ("executes", Killed),
    ("executed", Killed),
    ("executing", Killed),
    ("behead", Killed),
    ("beheads", Killed),
    ("beheaded", Killed),
    ("beheading", Killed),
    ("slaughtered", Killed),
    ("slay", Killed),
    ("slew", Killed),
    ("assassinate", Killed),
    ("assassinated", Killed),
    ("martyred", Killed),
    ("martyring", Killed),
    ("claimed", Killed),
    ("claiming", Killed),
    ("claims", Killed),
    ("death", Killed),
    ("deaths", Killed),
    ("killings", Killed),
    ("lives", Killed),
    ("lost", Killed),
    ("toll", Killed),
    ("wound", Wounded),
    ("wounds", Wounded),
    ("wounded", Wounded),
    ("wounding", Wounded),
    ("injure", Wounded),
    ("injures", Wounded),
    ("injured", Wounded),
    ("injuring", Wounded),
    ("injuries", Wounded),
    ("injury", Wounded),
    ("hurting", Wounded),
    ("maiming", Wounded),
    ("arrest", Detained),
    ("arrests", Detained),
    ("arrested", Detained),
    ("arresting", Detained),
    ("detain", Detained),
    ("detains", Detained),
    ("detained", Detained),
    ("detaining", Detained),
    ("kidnap", Detained),
    ("kidnaps", Detained),
    ("kidnapped", Detained),
    ("kidnapping", Detained),
    ("abduct", Detained),
    ("abducts", Detained),
    ("abducted", Detained),
    ("abducting", Detained),
    ("abduction", Detained),
    ("holding", Detained),
    ("imprisoned", Detained),
    ("captured", Detained),
    ("capture", Detained),
    ("captures", Detained),
    ("capturing", Detained),
    ("took", Detained),
    ("taking", Detained),
    ("release", Released),
    ("releases", Released),
    ("released", Released),
    ("releasing", Released),
    ("free", Released),
    ("frees", Released),
    ("freed", Released),
    ("freeing", Released),
    ("displace", Displaced),
    ("displaced", Displaced),
    ("displaces", Displaced),
    ("displacing", Displaced),
    ("evacuate", Displaced),
    ("evacuated", Displaced),
    ("evacuates", Displaced),
    ("evacuating", Displaced),
    ("uprooted", Displaced),
    ("destroy", Destroyed),
    ("destroys", Destroyed),
    ("destroyed", Destroyed),
    ("destroying", Destroyed),
    ("demolish", Destroyed),
    ("demolished", Destroyed),
    ("demolishes", Destroyed),
    ("demolishing", Destroyed),
    ("destruction", Destroyed),
    ("downing", Destroyed),
    ("downed", Destroyed),
    ("detonated", Destroyed),
    ("damaging", Destroyed),
    ("fed", PeopleReached),
    ("feed", PeopleReached),
    ("treating", PeopleReached),
    ("reached", PeopleReached),
    ("trapping", Besieged),
];

/// Nouns for single people, whom "a" and "an" count.
const PERSONS: [&str; 78] = [
    "civilian", "child", "woman", "man", "boy", "girl", "soldier", "officer", "policeman", "policewoman", "militant",
    "fighter", "commander", "leader", "member", "worker", "journalist", "reporter", "doctor", "nurse", "teacher",
    "student", "baby", "infant", "toddler", "pilot", "driver", "volunteer", "person", "citizen", "resident", "villager",
    "farmer", "rebel", "insurgent", "terrorist", "jihadist", "gunman", "protester", "protestor", "prisoner", "hostage",
    "national", "general", "colonel", "mother", "father", "son", "daughter", "brother", "sister", "activist", "medic",
    "paramedic", "guard", "photographer", "cameraman", "peacekeeper", "operative", "suspect", "agent", "refugee", "emir",
    "sergeant", "lieutenant", "captain", "major", "serviceman", "bystander", "passer-by", "aide", "deputy", "official",
    "contractor", "engineer", "cleric", "imam", "teenager",
];

fn kind_of(table: &[(&str, FigureKind)], word: &str) -> Option<FigureKind> {
    table.iter().find(|(w, _)| *w == word).map(|(_, kind)| *kind)
}

/// Furthest a cue stands from its noun, in tokens.
const REACH: usize = 16;

/// The cue of number `k`.
pub fn find(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let (number, noun) = (&numbers[k], &nouns[k]);
    let head = noun.head.map_or("", |h| words.at(h));
    let weak = number.article;
    if weak && (noun.head.is_none() || !countable_one(head)) {
        return None;
    }
    let fitting = |cue: Option<Cue>| cue.filter(|c| suits(c.what, head, number)).map(|c| settle(c, head));
    fitting(after(words, numbers, nouns, k))
        .or_else(|| own_noun(words, noun, weak))
        .or_else(|| fitting(before(words, numbers, nouns, k)))
        .or_else(|| by_noun(words, noun, weak))
}

/// True for a noun that "a" or "an" counts.
fn countable_one(noun: &str) -> bool {
    PERSONS.contains(&noun)
        || matches!(
            kind_of(&NOUNS, noun),
            Some(Munitions | Killed)
        )
        || THINGS.contains(&noun)
}

/// Things that are destroyed one by one.
const THINGS: [&str; 20] = [
    "drone", "plane", "helicopter", "warplane", "jet", "aircraft", "tank", "vehicle", "building", "bridge", "mosque",
    "school", "hospital", "house", "home", "mill", "depot", "system", "ship", "vessel",
];

/// Nouns that are their own cue.
fn own_noun(words: &Words, noun: &Counted, weak: bool) -> Option<Cue> {
    let token = noun.head?;
    let what = kind_of(&NOUNS, words.at(token))?;
    let strong = matches!(what, Killed | Wounded | Violations | DistanceKm | Convoys);
    (strong && !(weak && what != Killed)).then_some(Cue { what, token })
}

/// Nouns that tell what is counted where no verb does.
fn by_noun(words: &Words, noun: &Counted, weak: bool) -> Option<Cue> {
    let token = noun.head?;
    let word = words.at(token);
    let what = kind_of(&NOUNS, word)
        .or_else(|| FORCES.contains(&word).then_some(Fighters))
        .or_else(|| HELD.contains(&word).then_some(Detained))?;
    (!weak || what == Munitions && fired(words, token)).then_some(Cue { what, token })
}

fn fired(words: &Words, noun: usize) -> bool {
    let around = noun.saturating_sub(6)..(noun + 4).min(words.len());
    around.into_iter().any(|i| matches!(words.at(i), "fire" | "fired" | "fires" | "firing" | "launched" | "launches"))
}

/// A thing is not killed and a person not destroyed.
fn suits(what: FigureKind, head: &str, number: &Number) -> bool {
    let thing = THINGS.contains(&head.strip_suffix('s').unwrap_or(head))
        || matches!(kind_of(&NOUNS, head), Some(Munitions | DistanceKm | Convoys | Violations))
        || EVENTS.contains(&head);
    match what {
        Killed | Wounded | Detained | Released | Fled | Missing | Besieged => {
            !thing && !(number.article && !PERSONS.contains(&head))
        }
        _ => true,
    }
}

/// Events and places that are counted but never harmed.
const EVENTS: [&str; 40] = [
    "attack", "attacks", "airstrikes", "strikes", "raids", "airstrike", "strike", "raid", "bombings", "explosions",
    "blasts", "explosion", "blast", "incidents", "clashes", "days", "hours", "weeks", "months", "years", "day", "week",
    "year", "month", "villages", "towns", "cities", "areas", "districts", "neighborhoods", "neighbourhoods", "positions",
    "times", "occasions", "dollars", "sites", "targets", "bombers", "points", "percent",
];

/// "taken" says nothing without a hostage; forces that are sent are fighters.
fn settle(cue: Cue, head: &str) -> Cue {
    let what = match cue.what {
        Detained if matches!(head, "villages" | "towns") => FigureKind::Other,
        what => what,
    };
    Cue { what, ..cue }
}

/// A cue after the noun phrase: "18 people were killed", "12 dead".
fn after(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let from = nouns[k].end;
    let last = words.len().min(from + REACH);
    let mut passive = false;
    let mut i = from;
    while i < last {
        let word = words.at(i);
        if let Some(what) = kind_of(&AFTER, word) {
            let active = what != Killed || !matches!(word, "dead" | "die" | "died" | "dies" | "perished" | "perish");
            let object = numbers.iter().any(|n| n.start == i + 1) || words.upos(i + 1) == Upos::Det;
            let near = i == from || numbers.iter().zip(nouns).any(|(n, noun)| n.head > numbers[k].head && noun.end == i);
            let fits = match word {
                "dying" | "fleeing" | "missing" | "dead" | "died" | "die" | "dies" | "flee" | "fled" | "flees" | "escape"
                | "escaped" | "hostage" | "homeless" | "siege" | "perished" => !object || word != "dead",
                "suffered" => words.at(i + 1).starts_with("injur") || words.at(i + 1).starts_with("wound"),
                "sent" | "seized" | "held" | "returned" => passive,
                _ => passive || (near && !(object && active)),
            };
            if fits {
                return Some(Cue { what, token: i });
            }
            return None;
        }
        let stop = matches!(word, ";" | ":" | "." | "?" | "!" | "while" | "when" | "after" | "but" | "because" | "as")
            && !(word == "as" && words.starts(i, "as well as"));
        let verb = words.upos(i) == Upos::Verb
            && !matches!(word, "including" | "confirmed" | "reported" | "reportedly" | "believed" | "feared" | "thought" | "forced" | "found" | "shot" | "left" | "had" | "living");
        if stop || verb {
            return None;
        }
        match word {
            "was" | "were" | "is" | "are" | "been" | "be" | "being" | "got" | "get" | "gets" => passive = true,
            "said" | "says" => return None,
            _ => {}
        }
        i += 1;
    }
    None
}

/// Prepositions that a number may stand behind and still be the object of the cue.
const OPEN: [&str; 5] = ["of", "including", "to", "at", "than"];

/// A cue before the number: "killing 18", "the death of a woman", "the death toll rose to 115".
fn before(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let start = numbers[k].start;
    let mut i = start;
    let floor = start.saturating_sub(REACH);
    let mut closed = false;
    let mut gap = false;
    while i > floor {
        i -= 1;
        let word = words.at(i);
        if let Some(what) = kind_of(&BEFORE, word) {
            let fits = match word {
                "toll" => true,
                "death" | "deaths" | "killings" | "murder" | "destruction" | "massacre" | "injury" | "injuries" | "abduction" | "lives" => {
                    !closed && (words.at(i + 1) == "of" || words.at(i + 1) == "to")
                }
                "release" | "capture" | "arrest" => !closed,
                "claimed" | "claiming" | "claims" => {
                    !closed && nouns[k].head.is_some_and(|h| matches!(words.at(h), "lives" | "life"))
                }
                "lost" => !closed && nouns[k].head.is_some_and(|h| matches!(words.at(h), "lives" | "soldiers" | "men")),
                "took" | "taking" => {
                    !closed && nouns[k].head.is_some_and(|h| HELD.contains(&words.at(h)))
                        || words.at(nouns[k].end) == "hostage"
                }
                "dead" => !closed && matches!(words.before(i, 1), "shot" | "shooting" | "shoot" | "shoots"),
                _ => !closed && !gap,
            };
            return fits.then_some(Cue { what, token: i });
        }
        match words.upos(i) {
            Upos::Adp | Upos::Sconj => {
                if !OPEN.contains(&word) {
                    closed = true;
                }
            }
            Upos::Verb => {
                if !matches!(word, "including" | "rose" | "rising" | "rises" | "reached" | "reaches" | "risen" | "reach" | "exceeds" | "exceeded" | "estimated") {
                    return None;
                }
            }
            Upos::Aux => gap = true,
            Upos::Punct if matches!(word, ";" | "." | ":") => return None,
            _ => {}
        }
    }
    None
}
