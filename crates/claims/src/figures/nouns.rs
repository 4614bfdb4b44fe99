//! What a number counts: its noun phrase, and whether it is a part of the number before.

use holdfire_types::Upos;

use crate::numbers::{Amount, Number};
use crate::words::Words;

use super::persons::PERSONS;

/// The noun phrase that a number counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// Its head; `None` where the number stands alone ("killed 80 there").
    pub head: Option<usize>,
    /// The phrase without the number, as written.
    pub name: String,
    /// One past its last token (the number's end where there is no noun).
    pub end: usize,
}

/// Longest noun phrase that is followed, in tokens.
const LONGEST: usize = 9;

/// Words in lower case that are plural, or countable as they are, whatever they end in.
const PLURALS: [&str; 16] = [
    "people", "men", "women", "children", "police", "troops", "personnel", "civilians", "policemen",
    "gunmen", "servicemen", "militiamen", "aircraft", "casualties", "km", "others",
];

/// Words that stand after a number and are no noun of it, whatever the tagger says.
const NEVER: [&str; 38] = [
    "dead", "killed", "wounded", "injured", "hurt", "more", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "overnight", "yesterday", "today", "were", "was", "are", "is", "dies",
    "die", "died", "missing", "arrested", "detained", "released", "freed", "displaced", "trapped", "flee",
    "fled", "said", "there", "lost", "received", "suffered", "sustained",
];

fn is_plural(words: &Words, i: usize) -> bool {
    let word = words.at(i);
    PLURALS.contains(&word)
        || words.sentence.tokens.get(i).is_some_and(|t| matches!(t.xpos, "NNS" | "NNPS"))
        || (matches!(words.upos(i), Upos::Noun | Upos::Propn)
            && word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is"))
}

fn is_people(words: &Words, i: usize) -> bool {
    let word = words.at(i);
    matches!(word, "people" | "children" | "women" | "men")
        || PERSONS.contains(&word.strip_suffix('s').unwrap_or(""))
}

/// Reads the noun phrase after `number`; `next` is the number after it, where the phrase must end.
pub fn counted(words: &Words, number: &Number, next: Option<&Number>) -> Counted {
    // "fifty of the 53 separatists", "one of three soldiers": the noun stands after the whole
    if let Some(whole) = next.filter(|next| is_whole(words, number, next)) {
        let noun = counted(words, whole, None);
        return Counted { end: whole.end.max(noun.end), ..noun };
    }
    let alone = Counted { head: None, name: String::new(), end: number.end };
    // "15km"
    if words.at(number.head).ends_with("km") {
        return Counted { head: Some(number.head), name: "km".to_owned(), end: number.end };
    }
    // "$40 million"
    if let Some(name) = money(words, number) {
        return Counted { head: Some(number.head), name: name.to_owned(), end: number.end };
    }
    let stop = next.map_or(words.count(), |n| n.start.max(number.end)).min(number.end + LONGEST);
    let mut from = number.end;
    if words.at(from) == "-" {
        from += 1;
    }
    // "14 of the dead were rebels": the noun is told of them
    let group = of_the_harmed(words, from);
    let told = group.unwrap_or(from);
    if matches!(words.at(told), "were" | "are") {
        if !is_people(words, told + 1) {
            return alone;
        }
        from = told + 1;
    } else if group.is_some() && is_people(words, told) {
        // "three of them children"
        from = told;
    } else if group.is_some() {
        return alone;
    }
    if words.at(from) == "of" {
        from += 1;
        while matches!(words.at(from), "the" | "its" | "his" | "her" | "their" | "these" | "those") {
            from += 1;
        }
    } else if matches!(number.amount, Amount::Share(_)) {
        while matches!(words.at(from), "the" | "its" | "his" | "their" | "of") {
            from += 1;
        }
    }
    while matches!(words.at(from), "or" | "so" | "more" | "further" | "additional" | "\"" | "“")
        && from < stop
    {
        from += 1;
    }
    // "dozens more wounded": the words between stay with the number
    let alone = Counted { end: from.min(stop).max(number.end), ..alone };
    let many = number.only() != Some(1);
    let mut head = None;
    let mut i = from;
    while i < stop {
        let word = words.at(i);
        if NEVER.contains(&word) {
            // "hundreds of displaced civilians": the word belongs to the noun after it
            if number.article || !is_people(words, i + 1) {
                break;
            }
            i += 1;
            continue;
        }
        let fits = match words.upos(i) {
            Upos::Noun | Upos::Propn => {
                head = Some(i);
                true
            }
            Upos::Adj | Upos::Num => {
                if word == "others" {
                    head = Some(i);
                }
                true
            }
            // "six NATO-led soldiers"
            Upos::Verb => {
                words.at(i - 1) == "-" || (word.ends_with("ed") || word.ends_with("ing")) && head.is_none()
            }
            // "half of the town's people"
            Upos::Part => head.is_some() && matches!(word, "'s" | "’s" | "'" | "’"),
            Upos::Punct => {
                word == "-"
                    || (word == "," && words.upos(i - 1) == Upos::Adj && words.upos(i + 1) == Upos::Adj)
            }
            Upos::Adv => head.is_none() && words.upos(i + 1) == Upos::Adj,
            Upos::Adp | Upos::X => word.ends_with("ed"),
            _ => PLURALS.contains(&word),
        };
        if !fits {
            break;
        }
        if PLURALS.contains(&word) {
            head = Some(i);
        }
        i += 1;
        // "a 20-kilometre-wide strip" is not counted
        if i == from + 1 && words.at(i) == "-" && matches!(words.at(i + 1), "wide" | "long" | "deep") {
            break;
        }
        // the first plural ends the phrase: texts that lost their commas run on into the next noun
        if many && head == Some(i - 1) && is_plural(words, i - 1) && words.at(i) != "-" {
            let run_on = words.upos(i) == Upos::Noun && is_plural(words, i);
            if !run_on {
                break;
            }
        }
    }
    // a tagger may take "a militant" for an adjective
    let head = head
        .or_else(|| (from..i).rev().find(|j| words.upos(*j) == Upos::Adj && PERSONS.contains(&words.at(*j))));
    match head {
        Some(head) if head >= from => Counted {
            head: Some(head),
            name: words.cover(from, head + 1).of(words.text).to_owned(),
            end: head + 1,
        },
        _ => alone,
    }
}

/// True where `whole` is what `part` is taken from: "fifty of the 53 separatists".
pub fn is_whole(words: &Words, part: &Number, whole: &Number) -> bool {
    words.at(part.end) == "of" && !whole.article && whole.start > part.end && whole.start <= part.end + 2
}

/// True where those counted are some of a later number: "six children were among 19 people killed".
pub fn is_among(words: &Words, noun: &Counted, later: Option<&Number>) -> bool {
    (noun.end..noun.end + 3).any(|i| words.at(i) == "among" && later.is_some_and(|n| n.start == i + 1))
}

/// One past "of the dead", "of those killed" and the like at token `i`.
pub fn of_the_harmed(words: &Words, i: usize) -> Option<usize> {
    const GROUPS: [&str; 8] = [
        "of the dead", "of the victims", "of the wounded", "of the injured", "of those killed", "of them",
        "of whom", "of those wounded",
    ];
    GROUPS.iter().find(|group| words.starts(i, group)).map(|group| i + group.split(' ').count())
}

/// Currencies by their signs and plain names.
const CURRENCIES: [(&str, &str); 3] = [("$", "dollars"), ("€", "euros"), ("£", "pounds")];

/// The currency whose sign stands before a number.
pub fn money(words: &Words, number: &Number) -> Option<&'static str> {
    let sign = words.before(number.head, 1);
    CURRENCIES.iter().find(|(known, _)| sign.ends_with(known)).map(|(_, name)| *name)
}

/// True for a currency by its plain name.
pub fn is_money(name: &str) -> bool {
    CURRENCIES.iter().any(|(_, known)| *known == name)
}

/// How many kilometres one of `unit` is.
pub fn km(unit: &str) -> f64 {
    if unit.starts_with("mile") { 1.609_344 } else { 1.0 }
}

/// Words that open a list of parts.
const OPENERS: [&str; 7] = ["including", "include", "includes", "included", "among", "amongst", "excluding"];

/// The number that number `k` is a part of: "36 civilians, including 11 children and five women".
pub fn part_of(words: &Words, numbers: &[Number], nouns: &[Counted], k: usize) -> Option<usize> {
    // "nine people, four of them children"
    let group = of_the_harmed(words, numbers[k].end);
    if group.is_some_and(|end| matches!(words.at(end - 1), "them" | "whom")) {
        let near = |w: &usize| nouns[*w].end <= numbers[k].start && numbers[k].start <= nouns[*w].end + 4;
        return (0..k).rev().find(|w| !numbers[*w].article).filter(near);
    }
    let mut i = numbers[k].start;
    let floor = i.saturating_sub(14);
    while i > floor {
        i -= 1;
        let among = matches!(words.at(i), "among" | "amongst");
        if among && k > 0 && is_among(words, &nouns[k - 1], numbers.get(k)) {
            return None;
        }
        if OPENERS.contains(&words.at(i))
            || of_the_harmed(words, i).is_some_and(|end| end <= numbers[k].start)
        {
            // the whole is the nearest number before the opener whose noun is a being, or which has none
            let whole = (0..k).rev().find(|w| nouns[*w].end <= i && !numbers[*w].article)?;
            return (numbers[whole].only() != Some(0)).then_some(whole);
        }
        let in_list = matches!(
            words.at(i),
            "and" | "," | "or" | "the" | "-" | "were" | "least" | "at" | "them" | "whom" | "those"
        ) || numbers.iter().zip(nouns).any(|(n, noun)| n.start <= i && i < noun.end)
            || matches!(words.upos(i), Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num);
        if !in_list {
            return None;
        }
    }
    None
}
