//! Tables of the words that say what became of those counted.

use FigureKind::{
    Besieged, Convoys, Destroyed, Detained, Displaced, DistanceKm, Fighters, Fled, Killed, Missing,
    Munitions, PeopleReached, Released, Violations, Wounded,
};
use holdfire_types::FigureKind;

/// Words by what they count; a word stands in a table once.
pub type Table = [(FigureKind, &'static [&'static str])];

/// Nouns that say by themselves what is counted.
pub const NOUNS: &Table = &[
    (
        Killed,
        &[
            "dead", "death", "deaths", "bodies", "body", "corpses", "fatalities", "fatality", "martyrs",
            "murders", "executions",
        ],
    ),
    // some are dead and some wounded
    (FigureKind::Other, &["casualties"]),
    (Wounded, &["injuries", "wounded", "injured"]),
    (Violations, &["violations", "breaches"]),
    (DistanceKm, &["km", "kms", "kilometers", "kilometres", "kilometer", "kilometre", "miles", "mile"]),
    (Convoys, &["convoys", "trucks", "lorries"]),
    (
        Munitions,
        &[
            "rockets", "rocket", "missiles", "missile", "shells", "shell", "mortars", "bombs", "munitions",
            "projectiles", "grenades",
        ],
    ),
    (Displaced, &["idps", "refugees", "evacuees"]),
    (Detained, &["detainees", "abductees"]),
];

/// Forms that follow the noun: "were killed", "died", "dead".
pub const AFTER: &Table = &[
    (
        Killed,
        &[
            "killed", "dead", "died", "die", "dies", "dying", "slain", "murdered", "massacred", "executed",
            "beheaded", "slaughtered", "martyred", "perished", "perish", "assassinated", "drowned",
            "crucified", "lost", "starved", "neutralised", "neutralized",
        ],
    ),
    (
        Wounded,
        &[
            "wounded", "injured", "hurt", "maimed", "hospitalized", "hospitalised", "suffered", "suffer",
            "suffering", "sustained", "received", "affected", "suffocated", "treated",
        ],
    ),
    (
        Destroyed,
        &[
            "shot", "sunk", "destroyed", "demolished", "downed", "torched", "flattened", "levelled",
            "leveled", "razed", "gutted", "wrecked",
        ],
    ),
    (Released, &["rescued", "released", "freed", "exchanged", "returned"]),
    (
        Detained,
        &[
            "arrested", "detained", "captured", "kidnapped", "abducted", "imprisoned", "jailed", "seized",
            "held", "hostage",
        ],
    ),
    (Displaced, &["displaced", "homeless", "evacuated", "uprooted", "transferred"]),
    (Fled, &["fled", "flee", "flees", "fleeing", "escaped", "escape"]),
    (Missing, &["missing", "disappeared"]),
    (Besieged, &["besieged", "trapped", "stranded", "encircled", "siege"]),
    (Fighters, &["deployed", "sent"]),
];

/// Forms that stand before the number: "killed", "killing", "wounds".
pub const BEFORE: &Table = &[
    (
        Killed,
        &[
            "kill", "kills", "killed", "killing", "dead", "murder", "murdered", "murdering", "massacre",
            "massacred", "massacring", "execute", "executes", "executed", "executing", "behead", "beheads",
            "beheaded", "beheading", "beheadings", "slaughtered", "slay", "slew", "assassinate",
            "assassinated", "martyred", "martyring", "claim", "claimed", "claiming", "claims", "death",
            "deaths", "killings", "execution", "executions", "lives", "lost", "loss", "killer", "crucified",
            "crucifying", "crucifies", "bodies", "corpses", "neutralised", "neutralized", "neutralising",
            "neutralizing",
        ],
    ),
    (
        Wounded,
        &[
            "wound", "wounds", "wounded", "wounding", "injure", "injures", "injured", "injuring", "injuries",
            "injury", "hurt", "hurts", "hurting", "maiming",
        ],
    ),
    (
        Detained,
        &[
            "arrest", "arrests", "arrested", "arresting", "detain", "detains", "detained", "detaining",
            "kidnap", "kidnaps", "kidnapped", "kidnapping", "abduct", "abducts", "abducted", "abducting",
            "abduction", "holding", "imprisoned", "captured", "capture", "captures", "capturing", "took",
            "taking",
        ],
    ),
    (
        Released,
        &[
            "release", "releases", "released", "releasing", "free", "frees", "freed", "freeing", "rescue",
            "rescues", "rescued", "rescuing",
        ],
    ),
    (
        Displaced,
        &[
            "displace", "displaced", "displaces", "displacing", "evacuate", "evacuated", "evacuates",
            "evacuating", "uprooted",
        ],
    ),
    (
        Destroyed,
        &[
            "sinks", "sank", "burn", "burned", "downs", "destroy", "destroys", "destroyed", "destroying",
            "demolish", "demolished", "demolishes", "demolishing", "destruction", "downing", "downed",
            "detonated", "damaging",
        ],
    ),
    (PeopleReached, &["fed", "feed", "treating", "reached"]),
    (Besieged, &["trapping"]),
];

/// What `word` counts by `table`.
pub fn kind_of(table: &Table, word: &str) -> Option<FigureKind> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| *kind)
}

/// Nouns that count forces where nothing befell them.
pub const FORCES: [&str; 16] = [
    "troops", "soldiers", "fighters", "militants", "peacekeepers", "forces", "insurgents", "rebels",
    "militiamen", "gunmen", "mercenaries", "terrorists", "jihadists", "jihadis", "recruits", "policemen",
];

/// Nouns for people held.
pub const HELD: [&str; 8] =
    ["hostages", "hostage", "prisoners", "prisoner", "captives", "captive", "abductees", "detainee"];

/// Verbs that join a running total to its number.
pub const TOTALS: [&str; 20] = [
    "rose", "rises", "rise", "risen", "rising", "reached", "reaches", "reach", "exceeds", "exceeded",
    "exceed", "stands", "stood", "climbs", "climbed", "is", "was", "be", "of", "vary",
];

/// Things that are destroyed one by one.
pub const THINGS: [&str; 20] = [
    "drone", "plane", "helicopter", "warplane", "jet", "aircraft", "tank", "vehicle", "building", "bridge",
    "mosque", "school", "hospital", "house", "home", "mill", "depot", "system", "ship", "vessel",
];

/// Events and places that are counted but never harmed.
pub const EVENTS: [&str; 39] = [
    "attack", "attacks", "airstrikes", "strikes", "raids", "airstrike", "strike", "raid", "bombings",
    "explosions", "blasts", "explosion", "blast", "incidents", "clashes", "days", "hours", "weeks", "months",
    "years", "day", "week", "year", "month", "villages", "towns", "cities", "areas", "districts",
    "neighborhoods", "neighbourhoods", "positions", "times", "occasions", "dollars", "sites", "targets",
    "points", "percent",
];
