//! How harm was done, by the words that name it.

mod acts;

use std::collections::HashMap;
use std::sync::OnceLock;

use holdfire_types::{Means, Sentence, Upos};

use crate::words::Words;

pub use acts::{assign, carry, fits};

/// Phrases and what they mean, words split at blanks as the tokeniser splits them. The longest at a place counts;
/// where a phrase means two things it stands twice.
const PHRASES: [(&str, Means); 176] = [
    ("air strike", Means::Airstrike),
    ("air strikes", Means::Airstrike),
    ("air - strike", Means::Airstrike),
    ("air - strikes", Means::Airstrike),
    ("air raid", Means::Airstrike),
    ("air raids", Means::Airstrike),
    ("air attack", Means::Airstrike),
    ("air attacks", Means::Airstrike),
    ("air bombardment", Means::Airstrike),
    ("air bombing", Means::Airstrike),
    ("air assault", Means::Airstrike),
    ("air campaign", Means::Airstrike),
    ("air war", Means::Airstrike),
    ("air operation", Means::Airstrike),
    ("air operations", Means::Airstrike),
    ("aerial", Means::Airstrike),
    ("airstrike", Means::Airstrike),
    ("airstrikes", Means::Airstrike),
    ("airstikes", Means::Airstrike),
    ("raids", Means::Airstrike),
    ("bombing raid", Means::Airstrike),
    ("strafing", Means::Airstrike),
    ("warplane", Means::Airstrike),
    ("warplanes", Means::Airstrike),
    ("war plane", Means::Airstrike),
    ("war planes", Means::Airstrike),
    ("fighter jet", Means::Airstrike),
    ("fighter jets", Means::Airstrike),
    ("regime planes", Means::Airstrike),
    ("jets", Means::Airstrike),
    ("sorties", Means::Airstrike),
    ("barrel bomb", Means::Airstrike),
    ("barrel bombs", Means::Airstrike),
    ("barrel - bomb", Means::Airstrike),
    ("barrel - bombs", Means::Airstrike),
    ("explosive barrel", Means::Airstrike),
    ("explosive barrels", Means::Airstrike),
    ("cluster bomb", Means::Airstrike),
    ("cluster bombs", Means::Airstrike),
    ("cluster munitions", Means::Airstrike),
    ("vacuum bomb", Means::Airstrike),
    ("vacuum bombs", Means::Airstrike),
    ("us - led strikes", Means::Airstrike),
    ("coalition strikes", Means::Airstrike),
    ("coalition strike", Means::Airstrike),
    ("strikes", Means::Airstrike),
    ("strike", Means::Airstrike),
    ("bombing", Means::Airstrike),
    ("aircraft", Means::Airstrike),
    ("planes", Means::Airstrike),
    ("air force", Means::Airstrike),
    ("air power", Means::Airstrike),
    ("air support", Means::Airstrike),
    ("missile strike", Means::Missile),
    ("missile strikes", Means::Missile),
    ("rocket strike", Means::Rocket),
    ("rocket strikes", Means::Rocket),
    ("artillery strikes", Means::Shelling),
    ("helicopters dropped", Means::Airstrike),
    ("helicopter dropped", Means::Airstrike),
    ("helicopter gunship", Means::Airstrike),
    ("helicopter gunships", Means::Airstrike),
    ("helicopter strike", Means::Airstrike),
    ("helicopter strikes", Means::Airstrike),
    ("glide bomb", Means::Airstrike),
    ("glide bombs", Means::Airstrike),
    ("guided bombs", Means::Airstrike),
    ("gunships", Means::Airstrike),
    ("shelling", Means::Shelling),
    ("shelled", Means::Shelling),
    ("shells", Means::Shelling),
    ("shell", Means::Shelling),
    ("artillery", Means::Shelling),
    ("mortar", Means::Shelling),
    ("mortars", Means::Shelling),
    ("howitzer", Means::Shelling),
    ("howitzers", Means::Shelling),
    ("tank fire", Means::Shelling),
    ("bombardment", Means::Shelling),
    ("bombardments", Means::Shelling),
    ("bombarded", Means::Shelling),
    ("bombarding", Means::Shelling),
    ("aerial bombardment", Means::Airstrike),
    ("aerial bombardments", Means::Airstrike),
    ("rocket", Means::Rocket),
    ("rockets", Means::Rocket),
    ("rocket shell", Means::Rocket),
    ("rocket shells", Means::Rocket),
    ("rocket - propelled", Means::Rocket),
    ("rocket launcher", Means::Rocket),
    ("katyusha", Means::Rocket),
    ("grad", Means::Rocket),
    ("missile", Means::Missile),
    ("missiles", Means::Missile),
    ("drone strike", Means::Drone),
    ("drone strikes", Means::Drone),
    ("drone attack", Means::Drone),
    ("drone attacks", Means::Drone),
    ("drones", Means::Drone),
    ("drone", Means::Drone),
    ("unmanned", Means::Drone),
    ("uav", Means::Drone),
    ("uavs", Means::Drone),
    ("mine", Means::MineIed),
    ("mines", Means::MineIed),
    ("landmine", Means::MineIed),
    ("landmines", Means::MineIed),
    ("roadside bomb", Means::MineIed),
    ("roadside bombs", Means::MineIed),
    ("roadside bombing", Means::MineIed),
    ("roadside bombings", Means::MineIed),
    ("improvised explosive", Means::MineIed),
    ("explosive device", Means::MineIed),
    ("explosive devices", Means::MineIed),
    ("ied", Means::MineIed),
    ("ieds", Means::MineIed),
    ("booby", Means::MineIed),
    ("suicide", Means::SuicideBomb),
    ("suicide car bomb", Means::SuicideBomb),
    ("suicide car bomb", Means::CarBomb),
    ("suicide car bombs", Means::SuicideBomb),
    ("suicide car bombs", Means::CarBomb),
    ("car bomb", Means::CarBomb),
    ("car bombs", Means::CarBomb),
    ("car bombing", Means::CarBomb),
    ("car bombings", Means::CarBomb),
    ("truck bomb", Means::CarBomb),
    ("truck bombs", Means::CarBomb),
    ("truck bombing", Means::CarBomb),
    ("truck bombings", Means::CarBomb),
    ("vehicle bomb", Means::CarBomb),
    ("vehicle bombs", Means::CarBomb),
    ("bomb - laden", Means::CarBomb),
    ("gunfire", Means::SmallArms),
    ("gunmen", Means::SmallArms),
    ("gunman", Means::SmallArms),
    ("shooting", Means::SmallArms),
    ("shot dead", Means::SmallArms),
    ("shoot dead", Means::SmallArms),
    ("shoots dead", Means::SmallArms),
    ("shooting dead", Means::SmallArms),
    ("gunned down", Means::SmallArms),
    ("shootout", Means::SmallArms),
    ("gunfight", Means::SmallArms),
    ("gun battle", Means::SmallArms),
    ("gun attack", Means::SmallArms),
    ("live fire", Means::SmallArms),
    ("live bullets", Means::SmallArms),
    ("live ammunition", Means::SmallArms),
    ("shot and killed", Means::SmallArms),
    ("machine gun", Means::SmallArms),
    ("machine guns", Means::SmallArms),
    ("gunbattle", Means::SmallArms),
    ("sniper", Means::Sniper),
    ("snipers", Means::Sniper),
    ("chemical", Means::Chemical),
    ("chlorine", Means::Chemical),
    ("sarin", Means::Chemical),
    ("opened fire", Means::SmallArms),
    ("poisonous", Means::Chemical),
    ("poison gas", Means::Chemical),
    ("poisonous gas", Means::Chemical),
    ("toxic gas", Means::Chemical),
    ("toxic", Means::Chemical),
    ("gas", Means::Chemical),
    ("arson", Means::Arson),
    ("offensive", Means::GroundAssault),
    ("offensives", Means::GroundAssault),
    ("counter - offensive", Means::GroundAssault),
    ("counteroffensive", Means::GroundAssault),
    ("counterattack", Means::GroundAssault),
    ("ground assault", Means::GroundAssault),
    ("stormed", Means::GroundAssault),
    ("storm", Means::GroundAssault),
    ("incursion", Means::GroundAssault),
    ("invasion", Means::GroundAssault),
];

/// More means, told by single words in all their forms.
const WORDS: [(&str, Means); 28] = [
    ("storming", Means::GroundAssault),
    ("invade", Means::GroundAssault),
    ("invaded", Means::GroundAssault),
    ("invades", Means::GroundAssault),
    ("execute", Means::Execution),
    ("executed", Means::Execution),
    ("executes", Means::Execution),
    ("executing", Means::Execution),
    ("execution", Means::Execution),
    ("executions", Means::Execution),
    ("beheaded", Means::Execution),
    ("beheading", Means::Execution),
    ("beheadings", Means::Execution),
    ("beheads", Means::Execution),
    ("crucify", Means::Execution),
    ("crucifies", Means::Execution),
    ("crucified", Means::Execution),
    ("crucifying", Means::Execution),
    ("kidnap", Means::Abduction),
    ("kidnaps", Means::Abduction),
    ("kidnapped", Means::Abduction),
    ("kidnapping", Means::Abduction),
    ("abduct", Means::Abduction),
    ("abducted", Means::Abduction),
    ("abducting", Means::Abduction),
    ("abduction", Means::Abduction),
    ("hostage", Means::Abduction),
    ("hostages", Means::Abduction),
];

/// The means that a sentence names, with the first token of each.
pub fn find(text: &str, sentence: &Sentence) -> Vec<(Means, u32)> {
    let words = Words::new(text, sentence);
    let mut found = Vec::new();
    let mut i = 0;
    while i < words.count() {
        let begun = begun_by(words.at(i));
        let here = || begun.iter().filter(|(phrase, _)| words.starts(i, phrase));
        let length = |phrase: &str| phrase.split(' ').count();
        let longest = here().map(|(phrase, _)| length(phrase)).max().unwrap_or(0);
        for (_, means) in here().filter(|(phrase, _)| length(phrase) == longest && named(&words, i, phrase)) {
            found.push((*means, i as u32));
        }
        i += longest.max(1);
    }
    found
}

/// The phrases that begin with a word, in the tables' order.
fn begun_by(word: &str) -> &'static [(&'static str, Means)] {
    static INDEX: OnceLock<HashMap<&'static str, Vec<(&'static str, Means)>>> = OnceLock::new();
    let index = INDEX.get_or_init(|| {
        let mut index: HashMap<_, Vec<_>> = HashMap::new();
        for entry in PHRASES.iter().chain(&WORDS) {
            let first = entry.0.split(' ').next().unwrap_or_default();
            index.entry(first).or_default().push(*entry);
        }
        index
    });
    index.get(word).map_or(&[], Vec::as_slice)
}

/// False where the words name something else: a gas tank, a gold mine, a peace offensive.
fn named(words: &Words, i: usize, phrase: &str) -> bool {
    match phrase {
        // the verb says nothing of the weapon, and a lone strike little
        "strikes" => is_noun(words, i) && !matches!(words.before(i, 1), "hunger" | "general" | "suicide"),
        "strike" => {
            let whose = words.before(i, 1);
            is_noun(words, i)
                && (["ian", "eli", "ish"].iter().any(|end| whose.ends_with(end))
                    || matches!(whose, "us" | "u.s." | "led" | "nato" | "precision" | "jet"))
        }
        // bombs on foot, on wheels and at the roadside are no bombs from the air
        "bombing" => {
            !matches!(
                words.before(i, 1),
                "suicide" | "car" | "truck" | "bus" | "roadside" | "twin" | "double" | "terrorist" | "deadly"
            ) && !(0..words.count()).any(|k| matches!(words.at(k), "bomber" | "bomb" | "suicide" | "blast"))
        }
        // what is shot down or falls strikes nobody
        "aircraft" | "planes" | "warplane" | "warplanes" | "jets" | "fighter jet" | "fighter jets"
        | "helicopter gunship" => !(0..words.count()).any(|k| {
            words.at(k).starts_with("crash")
                || words.at(k) == "downed"
                || matches!(words.at(k), "shot" | "shoot" | "shoots" | "shooting")
                    && words.at(k + 1) == "down"
        }),
        "gas" => {
            !matches!(words.before(i, 1), "natural" | "tear")
                && !matches!((words.before(i, 2), words.before(i, 1)), ("oil", "and"))
                && !matches!(
                    words.at(i + 1),
                    "tank"
                        | "tanks"
                        | "station"
                        | "stations"
                        | "field"
                        | "fields"
                        | "plant"
                        | "plants"
                        | "pipeline"
                        | "pipelines"
                        | "prices"
                        | "canister"
                        | "canisters"
                        | "cylinder"
                        | "cylinders"
                        | "facilities"
                )
        }
        "mine" | "mines" => {
            !matches!(words.before(i, 1), "gold" | "coal" | "phosphate" | "of" | "a" | "copper")
                || words.before(i, 1) == "a"
                    && matches!(words.at(i + 1), "explosion" | "blast" | "exploded" | "explodes")
        }
        "offensive" => !matches!(words.before(i, 1), "charm" | "peace" | "diplomatic"),
        "shooting" => words.at(i + 1) != "down",
        "missile" | "missiles" => {
            !matches!(words.at(i + 1), "defense" | "defence" | "shield" | "program" | "programme")
        }
        _ => true,
    }
}

fn is_noun(words: &Words, i: usize) -> bool {
    matches!(words.upos(i), Upos::Noun | Upos::Propn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::sentence;

    fn means(text: &str) -> Vec<Means> {
        find(text, &sentence(text)).into_iter().map(|(m, _)| m).collect()
    }

    #[test]
    fn the_longest_phrase_counts_and_may_mean_two_things() {
        assert_eq!(means("Two suicide car bombs went off"), [Means::SuicideBomb, Means::CarBomb]);
        assert_eq!(means("An aerial bombardment hit the quarter"), [Means::Airstrike]);
        assert_eq!(means("Rocket shells fell on the market"), [Means::Rocket]);
    }

    #[test]
    fn strikes_and_bombing_come_from_the_air_unless_a_weapon_is_told() {
        assert_eq!(means("Strikes hit the town"), [Means::Airstrike]);
        assert_eq!(means("Missile strikes hit the town"), [Means::Missile]);
        assert_eq!(means("The bombing of the town went on"), [Means::Airstrike]);
        assert_eq!(means("A twin bombing hit the town"), []);
        assert_eq!(means("A warplane was shot down"), []);
    }

    #[test]
    fn guns_mines_and_crosses_are_named_in_many_words() {
        assert_eq!(means("Guards shoot dead two men in a shootout"), [Means::SmallArms, Means::SmallArms]);
        assert_eq!(means("A mine explosion and a truck bombing"), [Means::MineIed, Means::CarBomb]);
        assert_eq!(means("A roadside bombing hit the guards"), [Means::MineIed]);
        assert_eq!(means("Militants killed and crucified a man"), [Means::Execution]);
    }

    #[test]
    fn other_senses_do_not_count() {
        assert_eq!(means("The gas station and the gold mine were closed"), []);
    }
}
