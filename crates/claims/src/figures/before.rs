//! Cues before what is counted: "killing 18", "the death of a woman".

use holdfire_types::FigureKind::{Killed, Wounded};
use holdfire_types::Upos;

use crate::numbers::Number;
use crate::words::Words;

use super::cue_words::{BEFORE, FORCES, HELD, TOTALS, kind_of};
use super::cues::{Cue, REACH};
use super::nouns::Counted;

/// Prepositions that a number may stand behind and still be the object of the cue.
const OPEN: [&str; 5] = ["of", "including", "to", "at", "than"];

/// A cue before the number: "killing 18", "the death of a woman", "the death toll rose to 115".
pub fn before(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let start = numbers[k].start;
    let mut i = start;
    let floor = start.saturating_sub(REACH);
    let mut closed = false;
    let mut gap = false;
    while i > floor {
        i -= 1;
        let word = words.at(i);
        if let Some(what) = kind_of(BEFORE, word) {
            let fits = match word {
                "loss" | "killer" | "death" | "deaths" | "killings" | "murder" | "destruction"
                | "execution" | "executions" | "massacre" | "injury" | "injuries" | "abduction" | "lives"
                | "bodies" | "corpses" => {
                    !closed
                        && (words.at(i + 1) == "of"
                            || words.at(i + 1) == "to"
                            // "had hacked to death 20 villagers"
                            || word == "death" && words.before(i, 1) == "to")
                }
                "release" | "capture" | "arrest" => !closed,
                "claim" | "claimed" | "claiming" | "claims" => {
                    !closed && nouns[k].head.is_some_and(|h| matches!(words.at(h), "lives" | "life"))
                }
                "reached" | "fed" | "feed" | "treating" => {
                    !closed
                        && !gap
                        && nouns[k].head.is_some_and(|h| {
                            matches!(
                                words.at(h),
                                "people"
                                    | "civilians"
                                    | "families"
                                    | "children"
                                    | "residents"
                                    | "refugees"
                                    | "patients"
                                    | "households"
                            )
                        })
                }
                "lost" => {
                    !closed
                        && nouns[k].head.is_some_and(|h| {
                            matches!(words.at(h), "lives" | "men") || FORCES.contains(&words.at(h))
                        })
                }
                "took" | "taking" => {
                    !closed && nouns[k].head.is_some_and(|h| HELD.contains(&words.at(h)))
                        || words.at(nouns[k].end) == "hostage"
                }
                "dead" | "killed"
                    if matches!(words.before(i, 1), "the" | "those")
                        && matches!(words.before(i, 2), "among" | "amongst") =>
                {
                    true
                }
                "dead" => !closed && matches!(words.before(i, 1), "shot" | "shooting" | "shoot" | "shoots"),
                _ => !closed && !gap,
            };
            // "a woman was killed and twenty people were treated": what is told of the first is told
            let told = words.at(i + 1) == "and" && words.upos(i.saturating_sub(1)) == Upos::Aux;
            return (fits && !told).then_some(Cue { what, token: i });
        }
        match words.upos(i) {
            Upos::Adp | Upos::Sconj => {
                let along = word == "with" && words.before(i, 1) == "along"
                    || word == "along" && words.at(i + 1) == "with";
                if !OPEN.contains(&word) && !along {
                    closed = true;
                }
                // "among the dead were 20 children"
                if matches!(word, "among" | "amongst") && words.starts(i + 1, "the dead") {
                    return Some(Cue { what: Killed, token: i + 2 });
                }
                if matches!(word, "among" | "amongst") && words.starts(i + 1, "the wounded") {
                    return Some(Cue { what: Wounded, token: i + 2 });
                }
            }
            // "executed and crucified nine men": the verb before "and" has the same object
            Upos::Verb if words.before(i, 1) == "and" && kind_of(BEFORE, words.before(i, 2)).is_some() => {}
            Upos::Verb
                if !matches!(word, "including" | "included" | "include" | "estimated")
                    && !TOTALS.contains(&word) =>
            {
                return None;
            }
            Upos::Aux => gap = true,
            Upos::Punct if matches!(word, ";" | "." | ":") => return None,
            _ => {}
        }
    }
    None
}
