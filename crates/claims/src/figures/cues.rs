//! The words that say what became of those counted: "killed", "were wounded", "the death of", "rockets".

use std::ops::Range;

use holdfire_types::FigureKind::{
    self, Besieged, Convoys, Detained, Displaced, DistanceKm, Fighters, Fled, Killed, Missing, Munitions,
    Released, Violations, Wounded,
};
use holdfire_types::Upos;

use crate::numbers::Number;
use crate::words::Words;

use super::cue_words::{AFTER, BEFORE, EVENTS, FORCES, HELD, NOUNS, THINGS, TOTALS, kind_of};
use super::nouns::{self, Counted};

/// What a figure counts, and the token that says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cue {
    /// What is counted.
    pub what: FigureKind,
    /// The token.
    pub token: usize,
}

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

/// Nouns that tell how much of something, and are not what is counted.
const AMOUNTS: [&str; 9] =
    ["number", "series", "string", "handful", "couple", "range", "part", "portion", "quantity"];

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

/// Furthest a cue stands from its noun, in tokens.
const REACH: usize = 22;

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
    let told = |c: &Cue| weak && matches!(words.at(c.token), "shot" | "downed" | "downs" | "downing");
    let fitting = |cue: Option<Cue>| {
        cue.filter(|c| suits(c.what, head, number) && !told(c)).map(|c| settle(c, head))
    };
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
    let plain = |cue: &Cue| {
        let shot = matches!(words.at(cue.token), "shot" | "downed" | "downs" | "downing");
        cue.what == FigureKind::Destroyed && !shot && !amount
    };
    object(words, numbers, nouns, k).or_else(|| after(words, numbers, nouns, k)).filter(plain)
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
        let what = kind_of(AFTER, words.at(i)).filter(|_| words.at(i) != "hostage")?;
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
    PERSONS.contains(&noun)
        || PERSON_ENDS.iter().any(|end| noun.len() > end.len() && noun.ends_with(end))
        || matches!(kind_of(NOUNS, noun), Some(Munitions | Killed))
        || THINGS.contains(&noun)
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
    // "violated the truce 31 times"
    if words.at(token) == "times" {
        let broken = |i: usize| words.at(i).starts_with("violat") || words.at(i).starts_with("breach");
        return (token.saturating_sub(8)..token).any(broken).then_some(Cue { what: Violations, token });
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
            let person = || PERSONS.contains(&head) || PERSON_ENDS.iter().any(|end| head.ends_with(end));
            !thing && head != "family" && (!number.article || person())
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

/// A cue after the noun phrase: "18 people were killed", "12 dead".
fn after(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<Cue> {
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
                | "flees" | "escape" | "escaped" | "hostage" | "homeless" | "siege" | "perished" | "starved" => {
                    true
                }
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
