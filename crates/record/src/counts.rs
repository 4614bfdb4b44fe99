//! Classes of what is counted, so that only like is compared with like.

use serde::Serialize;

/// Whom or what a figure counts. Figures of different classes stand side by side and are never compared or added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// People, with no word on who they are.
    People,
    /// Civilians.
    Civilians,
    /// Children.
    Children,
    /// Women.
    Women,
    /// Armed men of whatever side.
    Fighters,
    /// Things: houses, vehicles, aircraft.
    Things,
}

/// Words, lower case and singular or plural as they are met, with their class. The first that occurs in the noun wins.
const WORDS: &[(&str, Counts)] = &[
    ("child", Counts::Children),
    ("minor", Counts::Children),
    ("infant", Counts::Children),
    ("baby", Counts::Children),
    ("babies", Counts::Children),
    ("girl", Counts::Children),
    ("boy", Counts::Children),
    ("women", Counts::Women),
    ("woman", Counts::Women),
    ("noncombatant", Counts::Civilians),
    ("non-combatant", Counts::Civilians),
    ("civilian", Counts::Civilians),
    ("resident", Counts::Civilians),
    ("villager", Counts::Civilians),
    ("worshipper", Counts::Civilians),
    ("doctor", Counts::Civilians),
    ("medic", Counts::Civilians),
    ("fighter", Counts::Fighters),
    ("militant", Counts::Fighters),
    ("soldier", Counts::Fighters),
    ("rebel", Counts::Fighters),
    ("terrorist", Counts::Fighters),
    ("troop", Counts::Fighters),
    ("jihadist", Counts::Fighters),
    ("insurgent", Counts::Fighters),
    ("combatant", Counts::Fighters),
    ("gunm", Counts::Fighters),
    ("militia", Counts::Fighters),
    ("forces", Counts::Fighters),
    ("servicem", Counts::Fighters),
    ("police", Counts::Fighters),
    ("officer", Counts::Fighters),
    ("house", Counts::Things),
    ("home", Counts::Things),
    ("building", Counts::Things),
    ("vehicle", Counts::Things),
    ("truck", Counts::Things),
    ("tank", Counts::Things),
    ("aircraft", Counts::Things),
];

impl Counts {
    /// The class of a noun phrase ("Syrian civilians").
    pub fn of(noun: &str) -> Self {
        let noun = noun.to_lowercase();
        let starts = |stem: &str| {
            noun.split(|c: char| !(c.is_alphanumeric() || c == '-')).any(|word| word.starts_with(stem))
        };
        if starts("child") && (starts("women") || starts("woman")) {
            return Self::People;
        }
        WORDS.iter().find(|(stem, _)| starts(stem)).map_or(Self::People, |(_, class)| *class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_fall_into_classes() {
        assert_eq!(Counts::of("Syrian civilians"), Counts::Civilians);
        assert_eq!(Counts::of("women and children"), Counts::People);
        assert_eq!(Counts::of("\"terrorists\""), Counts::Fighters);
        assert_eq!(Counts::of(""), Counts::People);
        assert_eq!(Counts::of("noncombatants"), Counts::Civilians);
    }
}
