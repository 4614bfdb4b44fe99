//! General words by a name, which say what sort of body is meant, or nothing.

/// Words for a state's armed bodies.
pub const FORCES: &[&str] = &[
    "force", "forces", "troop", "troops", "army", "military", "soldier", "soldiers", "jet", "jets",
    "warplane", "warplanes", "plane", "planes", "aircraft", "helicopter", "helicopters", "air", "navy",
    "tank", "tanks", "artillery", "police", "guard", "guards", "airstrike", "airstrikes", "drone", "drones",
    "commandos", "servicemen", "gendarmerie", "armed", "bombers", "fighters", "ground", "special", "units",
    "security", "warships", "marines", "fighter", "sukhoi", "mig",
];

/// Words for those who rule or speak for a state.
pub const RULE: &[&str] = &[
    "government", "regime", "officials", "official", "authorities", "authority", "president", "minister",
    "ministry", "foreign", "defense", "defence", "prime", "embassy", "envoy", "ambassador", "delegation",
    "state", "media", "spokesman", "spokeswoman", "diplomat", "diplomats", "leader", "leaders", "parliament",
    "cabinet", "chancellor", "king", "interior", "deputy", "administration", "spokesperson", "side",
    "command", "general", "staff", "news", "agency", "chief", "representative", "secretary", "permanent",
    "intelligence", "dictatorship", "delegates", "delegate",
];

/// Words around a name that do not change whose it is.
pub const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "dr", "gen", "general", "col", "colonel", "lt", "lieutenant", "maj", "major", "brig",
    "brigadier", "commander", "head", "director", "senior", "top", "group", "groups", "militants",
    "fighters", "rebels", "militia", "militias", "faction", "factions", "of", "and", "for", "british",
    "based", "monitor", "monitoring", "monitors", "war", "organization", "organisation", "backed", "led",
    "allied", "affiliated", "linked", "terrorists", "terrorist", "un", "opposition", "rebel", "extremist",
    "jihadist", "hardline", "organizations", "movement", "party", "humanitarian", "coordinator", "special",
    "activists", "relief", "adviser", "advisor", "mediator", "negotiator", "volunteers", "volunteer",
    "staff", "member", "members", "photographer", "journalist", "correspondent", "reporter", "terror",
    "their", "its", "allies", "mainstream", "exiled", "civilian", "like", "self", "proclaimed",
];

/// Words that mean the body of the country spoken of, where no nation stands with them.
pub const BODIES: &[&str] = &[
    "government", "regime", "authorities", "army", "military", "ministry", "parliament", "navy", "security",
];

/// Whether a name ends as the names of bodies do.
pub fn is_body(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    [FORCES, RULE].iter().any(|list| list.contains(&last.as_str()))
}
