//! The words that say what became of those counted: "killed", "were wounded", "the death of", "rockets".

use holdfire_types::FigureKind::{
    self, Besieged, Convoys, Detained, Displaced, DistanceKm, Fighters, Fled, Killed, Missing, Munitions,
    Released, Violations, Wounded,
};
use holdfire_types::Upos;

use crate::numbers::Number;
use crate::words::Words;

use super::after::after;
use super::before::before;
use super::cue_words::{AFTER, BEFORE, EVENTS, FORCES, HELD, NOUNS, THINGS, TOTALS, kind_of};
use super::nouns::{self, Counted};
use super::persons::{PERSONS, is_one_person, is_people};

/// What a figure counts, and the token that says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cue {
    /// What is counted.
    pub what: FigureKind,
    /// The token.
    pub token: usize,
}

/// Nouns that tell how much of something, and are not what is counted.
const AMOUNTS: [&str; 9] =
    ["number", "series", "string", "handful", "couple", "range", "part", "portion", "quantity"];

/// Furthest a cue stands from its noun, in tokens.
pub const REACH: usize = 22;

/// The cue of number `k`.
pub fn find(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let (number, noun) = (&numbers[k], &nouns[k]);
    let head = noun.head.map_or("", |h| words.at(h));
    let weak = number.article;
    if weak && noun.head.is_none() {
        return None;
    }
    if weak && !countable_one(head) {
        return destroyed(words, numbers, nouns, k);
    }
    if let Some(cue) =
        toll(words, number).or_else(|| of_the_harmed(words, number)).or_else(|| among(words, noun))
    {
        return Some(cue);
    }
    // "a helicopter was shot down": what befell it is the act, and none is counted
    // "three children from one family were killed": it tells which children
    let tells_which = words.before(number.start, 1) == "from";
    let told = |c: &Cue| (weak && is_shot_down(words, c.token)) || (tells_which && c.token > number.end);
    let fitting =
        |cue: Option<Cue>| cue.filter(|c| suits(c.what, head, number) && !told(c)).map(|c| settle(c, head));
    fitting(object(words, numbers, nouns, k))
        .or_else(|| dead_by_name(words, noun))
        .or_else(|| fitting(after(words, numbers, nouns, k)))
        .or_else(|| inside(words, number, noun))
        .or_else(|| own_noun(words, noun, weak))
        .or_else(|| fitting(before(words, numbers, nouns, k)))
        .or_else(|| by_noun(words, noun, weak))
}

/// "A bulldozer was destroyed": whatever it is, it is one.
fn destroyed(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let amount = nouns[k].head.is_some_and(|h| AMOUNTS.contains(&words.at(h)));
    let plain = |cue: &Cue| cue.what == FigureKind::Destroyed && !is_shot_down(words, cue.token) && !amount;
    object(words, numbers, nouns, k).or_else(|| after(words, numbers, nouns, k)).filter(plain)
}

fn is_shot_down(words: &Words, cue: usize) -> bool {
    matches!(words.at(cue), "shot" | "downed" | "downs" | "downing")
}

/// "14 of the dead were rebels".
fn of_the_harmed(words: &Words, number: &Number) -> Option<Cue> {
    let token = nouns::of_the_harmed(words, number.end)? - 1;
    let what = match words.at(token) {
        "victims" => Killed,
        word => kind_of(AFTER, word)?,
    };
    Some(Cue { what, token })
}

/// "Six children were among 19 people killed", "31 civilians were found among the dead": they share what befell the
/// rest.
pub fn among(words: &Words, noun: &Counted) -> Option<Cue> {
    noun.head?;
    // "six civilians including a child were among 22 killed"
    let end = if words.at(noun.end) == "including" {
        (noun.end + 1..noun.end + 7).find(|&i| words.upos(i) == Upos::Aux)?
    } else {
        noun.end
    };
    let from = (end..end + 3).find(|&i| words.at(i) == "among")?;
    let passed = (end..from).all(|i| words.upos(i) == Upos::Aux || words.upos(i) == Upos::Verb);
    let token = (from + 1..from + 8).find(|&i| {
        matches!(words.at(i), "killed" | "dead" | "slain" | "wounded" | "injured" | "displaced" | "detained")
    })?;
    let clause = (from + 1..token).any(|i| words.upos(i) == Upos::Verb || words.upos(i) == Upos::Punct);
    let what = kind_of(AFTER, words.at(token))?;
    (passed && !clause).then_some(Cue { what, token })
}

/// A word inside the noun phrase: "hundreds of displaced civilians".
fn inside(words: &Words, number: &Number, noun: &Counted) -> Option<Cue> {
    let head = noun.head.filter(|h| *h > number.end)?;
    (number.end..head).find_map(|i| {
        let what = kind_of(AFTER, words.at(i)).filter(|_| !matches!(words.at(i), "hostage" | "lost"))?;
        matches!(what, Killed | Wounded | Displaced | Missing | Besieged | Detained)
            .then_some(Cue { what, token: i })
    })
}

/// "The death toll from the raid rose to 115", "a toll of at least 12".
fn toll(words: &Words, number: &Number) -> Option<Cue> {
    let start = number.start;
    let (to, at) = (words.before(start, 1) == "to", words.before(start, 1) == "at");
    // "put the death toll at six"
    let joined = to
        || at
        || TOTALS.contains(&words.at(start))
        || (1..=4).any(|back| TOTALS.contains(&words.before(start, back)));
    if !joined || kind_of(AFTER, words.at(number.end)).is_some() {
        return None;
    }
    let token = (start.saturating_sub(30)..start).rev().find(|i| {
        words.at(*i) == "toll"
            || words.at(*i) == "count" && words.before(*i, 1) == "death"
            // "brings the number of soldiers killed in the war to 87", "puts the number of dead at 87"
            || (to || at)
                && matches!(words.at(*i), "killed" | "deaths" | "fatalities" | "dead")
                && (1..=6).any(|back| matches!(words.before(*i, back), "number" | "total"))
    })?;
    // a sentence's end or another number's word between them parts the two
    let parted = (token..start).any(|i| matches!(words.at(i), ";" | "injured" | "wounded"));
    (!parted).then_some(Cue { what: Killed, token })
}

/// The verb right before the number: "killing 18", "has killed an officer". It wins over words further right.
fn object(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
    let (number, noun) = (&numbers[k], &nouns[k]);
    let mut i = number.start.checked_sub(1)?;
    while matches!(words.at(i), "also" | "all" | "the" | "about" | "another" | "between" | "\"" | "“") {
        i = i.checked_sub(1)?;
    }
    let word = words.at(i);
    let what = kind_of(BEFORE, word)?;
    let passive = matches!(words.before(i, 1), "was" | "were" | "been" | "be" | "are" | "got");
    let plain = !matches!(
        word,
        "claim"
            | "claimed"
            | "claims"
            | "claiming"
            | "lives"
            | "toll"
            | "death"
            | "deaths"
            | "took"
            | "taking"
            | "lost"
            | "free"
            | "reached"
            | "dead"
            | "holding"
            | "injuries"
            | "killings"
            | "wounds"
            | "release"
            | "releases"
    );
    // "were killed 30 wounded": the number has a word of its own
    // and so where the verb has been used up: "a child killed 7 people injured", "child killed 7 people injured"
    let used = k > 0 && nouns[k - 1].end == i && nouns[k - 1].head.is_some()
        || i == 1 && PERSONS.contains(&words.at(0));
    let own = (noun.head.is_none() || used) && kind_of(AFTER, words.at(noun.end)).is_some();
    // "the shells claimed nine civilians", not "the ministry claimed nine civilians fled"
    let claimed = word.starts_with("claim")
        && noun.head.is_some_and(|h| is_people(words.at(h)))
        && after(words, numbers, nouns, k).is_none();
    ((plain || claimed) && !passive && !own).then_some(Cue { what, token: i })
}

/// True for a noun that "a" or "an" counts.
pub fn countable_one(noun: &str) -> bool {
    is_one_person(noun) || matches!(kind_of(NOUNS, noun), Some(Munitions | Killed)) || THINGS.contains(&noun)
}

/// Those whose name says that they are dead, whatever befell the others: "50 martyrs and 20 others wounded".
fn dead_by_name(words: &Words, noun: &Counted) -> Option<Cue> {
    let token = noun.head?;
    matches!(words.at(token), "martyrs" | "corpses" | "bodies" | "fatalities" | "deaths")
        .then_some(Cue { what: Killed, token })
}

/// Nouns that are their own cue.
fn own_noun(words: &Words, noun: &Counted, weak: bool) -> Option<Cue> {
    let token = noun.head?;
    // "112 reports of violations"
    let of_breaches = |i: usize| words.at(i).starts_with("violation") || words.at(i).starts_with("breach");
    if matches!(words.at(token), "reports" | "complaints" | "cases") && words.at(token + 1) == "of" {
        let told = (token + 2..token + 5).find(|&i| of_breaches(i));
        if let Some(token) = told {
            return Some(Cue { what: Violations, token });
        }
    }
    if matches!(words.at(token), "lives" | "life") {
        let around = token.saturating_sub(8)..(token + 5).min(words.count());
        return around
            .into_iter()
            .any(|i| {
                matches!(
                    words.at(i),
                    "cost"
                        | "costs"
                        | "costing"
                        | "lost"
                        | "claimed"
                        | "claiming"
                        | "claims"
                        | "take"
                        | "takes"
                        | "took"
                        | "taking"
                        | "taken"
                )
            })
            .then_some(Cue { what: Killed, token });
    }
    // "35 cases of suffocation"
    if words.at(token) == "cases"
        && words.at(token + 1) == "of"
        && matches!(words.at(token + 2), "suffocation" | "asphyxiation" | "poisoning" | "injury")
    {
        return Some(Cue { what: Wounded, token });
    }
    // "heard 20 explosions": what monitors count by ear
    if words.at(token) == "explosions" && heard(words, token) {
        return Some(Cue { what: Munitions, token });
    }
    let what = noun_kind(words, token)?;
    let strong = matches!(what, Killed | Wounded | Violations | DistanceKm | Convoys);
    (strong && !(weak && what != Killed)).then_some(Cue { what, token })
}

/// Nouns that tell what is counted where no verb does.
fn by_noun(words: &Words, noun: &Counted, weak: bool) -> Option<Cue> {
    let token = noun.head?;
    let word = words.at(token);
    let what = noun_kind(words, token)
        .or_else(|| FORCES.contains(&word).then_some(Fighters))
        .or_else(|| HELD.contains(&word).then_some(Detained))?;
    (!weak || what == Munitions && fired(words, token)).then_some(Cue { what, token })
}

/// What the noun at `token` counts by itself.
fn noun_kind(words: &Words, token: usize) -> Option<FigureKind> {
    // "300 square miles" are no way
    let area = words.before(token, 1) == "square";
    kind_of(NOUNS, words.at(token)).filter(|what| !(area && *what == DistanceKm))
}

fn heard(words: &Words, noun: usize) -> bool {
    (noun.saturating_sub(8)..noun)
        .any(|i| matches!(words.at(i), "counted" | "heard" | "recorded" | "registered" | "observed"))
}

fn fired(words: &Words, noun: usize) -> bool {
    let around = noun.saturating_sub(6)..(noun + 4).min(words.count());
    around
        .into_iter()
        .any(|i| matches!(words.at(i), "fire" | "fired" | "fires" | "firing" | "launched" | "launches"))
}

/// A thing is not killed and a person not destroyed.
fn suits(what: FigureKind, head: &str, number: &Number) -> bool {
    let thing = THINGS.contains(&head.strip_suffix('s').unwrap_or(head))
        || matches!(kind_of(NOUNS, head), Some(Munitions | DistanceKm | Convoys | Violations))
        || EVENTS.contains(&head);
    match what {
        Killed | Wounded | Detained | Released | Fled | Missing | Besieged => {
            !thing && (!number.article || is_one_person(head))
        }
        // "five people on board a helicopter that was shot down"
        FigureKind::Destroyed => !matches!(head, "people" | "persons"),
        _ => true,
    }
}

/// "taken" says nothing without a hostage; forces that are sent are fighters.
fn settle(cue: Cue, head: &str) -> Cue {
    let what = match cue.what {
        Detained if matches!(head, "villages" | "towns") => FigureKind::Other,
        // armies "destroy" their enemies
        FigureKind::Destroyed if FORCES.contains(&head) => Killed,
        what => what,
    };
    Cue { what, ..cue }
}
