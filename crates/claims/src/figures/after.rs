//! Cues behind what is counted: "18 people were killed", "12 dead".

use std::ops::Range;

use holdfire_types::FigureKind::{Killed, Wounded};
use holdfire_types::Upos;

use crate::numbers::Number;
use crate::words::Words;

use super::cue_words::{AFTER, kind_of};
use super::cues::{Cue, REACH};
use super::nouns::Counted;

/// A cue after the noun phrase: "18 people were killed", "12 dead".
pub fn after(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let from = nouns[k].end;
    let last = words.count().min(from + REACH);
    let mut passive = false;
    let mut said = None;
    let mut i = from;
    while i < last {
        let word = words.at(i);
        if let Some(what) = kind_of(AFTER, word) {
            // "civilians killed 700 injured": the next number has a word of its own
            let object = words.upos(i + 1) == Upos::Det
                || numbers
                    .iter()
                    .zip(nouns)
                    .any(|(n, noun)| n.start == i + 1 && kind_of(AFTER, words.at(noun.end)).is_none());
            // "30 soldiers and 39 rebels killed": a later number that has a noun shares its word with this one
            let near = i == from
                || touches(words, from..i)
                || matches!(words.at(from), "mostly" | "mainly" | "most" | "all") && i <= from + 4
                || numbers
                    .iter()
                    .zip(nouns)
                    .any(|(n, noun)| n.head > numbers[k].head && noun.head.is_some() && noun.end == i);
            let fits = match word {
                "dying" | "fleeing" | "missing" | "dead" | "died" | "die" | "dies" | "flee" | "fled"
                | "flees" | "escape" | "escaped" | "hostage" | "homeless" | "siege" | "perished"
                | "starved" => true,
                "suffered" | "sustained" | "suffer" | "suffering" | "received" => {
                    matches!(
                        words.at(i + 1),
                        "injuries"
                            | "wounds"
                            | "from"
                            | "breathing"
                            | "burns"
                            | "serious"
                            | "severe"
                            | "suffocation"
                    )
                }
                "lost" => matches!(words.at(i + 2), "lives" | "life"),
                "shot" => words.at(i + 1) == "down" && passive,
                "affected" | "sent" | "seized" | "held" | "returned" => passive,
                _ => passive || (near && !object),
            };
            if fits {
                if undivided(words, i) {
                    return None;
                }
                // "a worker said 32 people were killed": who speaks is not who was killed
                let told = said.is_some_and(|said| numbers.iter().any(|n| n.start > said && n.start < i));
                return (!told).then_some(Cue { what, token: i });
            }
            // "women from the besieged town were killed"
            if words.upos(i - 1) == Upos::Det && words.upos(i + 1) == Upos::Noun {
                i += 1;
                continue;
            }
            if word != "shot" {
                return None;
            }
        }
        // "Two soldiers, escorting a convoy, are killed": what stands between commas is passed over
        if word == ","
            && i == from
            && let Some(close) = (i + 1..last).find(|j| words.at(*j) == ",")
        {
            let clause = (i + 1..close).any(|j| kind_of(AFTER, words.at(j)).is_some());
            let list = numbers.iter().any(|n| n.start > i && n.start < close);
            if !clause && !list && close < i + 12 {
                i = close + 1;
                continue;
            }
        }
        // a later number without a noun has a word of its own: "a militant, and 25 are injured"
        if numbers.iter().zip(nouns).any(|(n, noun)| n.start == i && noun.head.is_none()) {
            return None;
        }
        let stop = matches!(
            word,
            ";" | ":" | "." | "?" | "!" | "whose" | "while" | "when" | "after" | "but" | "because" | "as"
        ) && !(word == "as" && words.starts(i, "as well as"));
        let verb = words.upos(i) == Upos::Verb
            && !matches!(
                word,
                "including"
                    | "confirmed"
                    | "reported"
                    | "reportedly"
                    | "got"
                    | "get"
                    | "gets"
                    | "shot"
                    | "recorded"
                    | "announced"
                    | "presumed"
                    | "said"
                    | "believed"
                    | "estimated"
                    | "feared"
                    | "thought"
                    | "forced"
                    | "found"
                    | "left"
                    | "had"
                    | "living"
                    | "called"
            );
        if stop || verb {
            return None;
        }
        match word {
            "said" | "announced" | "reported" | "confirmed" if !passive => said = said.or(Some(i)),
            // "IS" is a party
            "was" | "were" | "is" | "are" | "been" | "be" | "being" | "got" | "get" | "gets"
                if words.form(i) != "IS" =>
            {
                passive = true;
            }
            "says" => return None,
            _ => {}
        }
        i += 1;
    }
    None
}

/// True where only words that part nothing stand in `between`: "two soldiers critically injured", "eight militants also
/// killed", "20 people recorded killed", "dozens of officers and rebels killed".
fn touches(words: &Words, between: Range<usize>) -> bool {
    let listed = words.at(between.start) == "and" && between.len() <= 4;
    between.skip(usize::from(listed)).all(|i| {
        words.upos(i) == Upos::Adv
            || matches!(words.at(i), "recorded" | "reported" | "confirmed" | "feared")
            || listed && matches!(words.upos(i), Upos::Adj | Upos::Noun | Upos::Propn)
    })
}

/// "19 killed and injured": how many of them died is not told.
fn undivided(words: &Words, cue: usize) -> bool {
    let harm = |i: usize| kind_of(AFTER, words.at(i)).filter(|what| matches!(what, Killed | Wounded));
    let joined = matches!(words.at(cue + 1), "and" | "or");
    let other = harm(cue + 2).filter(|_| joined);
    let goes_on = matches!(words.upos(cue + 3), Upos::Num | Upos::Det | Upos::Noun | Upos::Adj);
    other.is_some_and(|other| harm(cue) != Some(other)) && !goes_on
}
