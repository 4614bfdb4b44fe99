//! Figures of a sentence: each number with the noun it counts, what it says of them, and the word that says it.

mod after;
mod before;
mod cue_words;
mod cues;
mod nouns;
mod owners;
mod persons;

use jiff::civil::Date;

use holdfire_types::{Days, Dep, Figure, FigureKind, Sentence, Upos, Window};

use crate::numbers::{self, Amount, Number};
use crate::relief::BARE;
use crate::times::{self, TimeExpr, TimeKind};
use crate::words::Words;

pub use owners::{assign, of_kind, shared};

/// A figure and the tokens it hangs on.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundFigure {
    /// The count.
    pub figure: Figure,
    /// First token of the numeral.
    pub token: u32,
    /// Head of the noun counted.
    pub noun: Option<u32>,
    /// The word that says what became of them ("killed", "deaths"); `None` for a bare count.
    pub cue: Option<u32>,
    /// Index in the same list of the figure that this is a part of ("including 11 children").
    pub part_of: Option<usize>,
}

/// The figures of a sentence, in order. Times are found anew; use [`find_among`] where they are at hand.
pub fn find(text: &str, sentence: &Sentence, published: Option<Date>) -> Vec<FoundFigure> {
    find_among(text, sentence, &times::find(text, sentence, published))
}

/// The figures of a sentence, given its times (in order).
pub fn find_among(text: &str, sentence: &Sentence, times: &[TimeExpr]) -> Vec<FoundFigure> {
    let words = Words::new(text, sentence);
    let numbers: Vec<Number> =
        numbers::find(&words).into_iter().filter(|n| !in_time(n, times) && counts(&words, n)).collect();
    if numbers.is_empty() {
        return Vec::new();
    }
    let nouns: Vec<nouns::Counted> =
        numbers.iter().enumerate().map(|(k, n)| nouns::counted(&words, n, numbers.get(k + 1))).collect();
    let mut found: Vec<FoundFigure> = Vec::new();
    // index in `found` of each number kept, for parts
    let mut kept: Vec<Option<usize>> = Vec::new();
    for (k, (number, noun)) in numbers.iter().zip(&nouns).enumerate() {
        // the whole that a part is taken from is no count of its own
        if k > 0 && nouns::is_whole(&words, &numbers[k - 1], number) {
            kept.push(None);
            continue;
        }
        // "one of them a nurse": the nurse is counted
        let told = nouns::of_the_harmed(&words, number.end);
        if numbers.get(k + 1).is_some_and(|next| next.article && told == Some(next.start)) {
            kept.push(None);
            continue;
        }
        let part_of = nouns::part_of(&words, &numbers, &nouns, k).and_then(|whole| kept[whole]);
        let cue = cues::find(&words, &numbers, &nouns, k);
        let (what, cue_token) = match (cue, part_of) {
            (Some(cue), _) => (cue.what, Some(cue.token)),
            (None, Some(whole)) => (found[whole].figure.what, found[whole].cue.map(|token| token as usize)),
            // "not a single convoy has reached the town"
            (None, None)
                if number.only() == Some(0) && noun.head.is_some_and(|h| BARE.contains(&words.at(h))) =>
            {
                (FigureKind::Convoys, noun.head)
            }
            (None, None) => (FigureKind::Other, None),
        };
        if what == FigureKind::Other && !telling(&words, number, noun) {
            kept.push(None);
            continue;
        }
        // "no" counts only what something happened to, "a" only beings and things that are counted
        let weak = number.article || number.only() == Some(0);
        // "wounding three soldiers, a commander told the agency"
        let speaks = |h: usize| matches!(words.at(h + 1), "said" | "told" | "says" | "tells" | "added");
        let idle =
            number.article && !noun.head.is_some_and(|h| cues::countable_one(words.at(h)) && !speaks(h));
        let idle = idle && what != FigureKind::Destroyed;
        // "no casualties": nobody died either
        let what = match (what, number.only()) {
            (FigureKind::Other, Some(0)) if noun.head.is_some_and(|h| words.at(h) == "casualties") => {
                FigureKind::Killed
            }
            _ => what,
        };
        // "dropped no bombs"
        let none = number.only() == Some(0)
            && matches!(what, FigureKind::Munitions | FigureKind::Destroyed | FigureKind::Fighters);
        if idle || none || weak && number.only() == Some(0) && cue_token.is_none() {
            kept.push(None);
            continue;
        }
        let (min, max, share) = match number.amount {
            Amount::Count { min, max } => (min, max, None),
            Amount::Share(share) => (None, None, Some(share)),
        };
        let scale =
            if what == FigureKind::DistanceKm { nouns::km(words.at(noun.head.unwrap_or(0))) } else { 1.0 };
        let scaled = |n: Option<u64>| n.map(|n| (n as f64 * scale).round() as u64);
        kept.push(Some(found.len()));
        found.push(FoundFigure {
            figure: Figure {
                what,
                of: noun.name.clone(),
                min: scaled(min),
                max: scaled(max),
                share,
                span: words.cover(number.start, number.end),
                window: window(&words, number, times),
                part: part_of.is_some()
                    || cues::among(&words, noun).is_some()
                    || nouns::of_the_harmed(&words, number.end).is_some(),
            },
            token: number.head as u32,
            noun: noun.head.map(|n| n as u32),
            cue: cue_token.map(|c| c as u32),
            part_of,
        });
    }
    share_cues(&words, &mut found);
    share_parts(&mut found);
    // "a" and "an" count only what something happened to
    drop_articles(&words, &mut found);
    found
}

/// Nouns that are counted in passing and tell nothing of an act.
const PASSING: [&str; 50] = [
    "sides", "parties", "countries", "states", "nations", "factions", "powers", "day", "days", "hour",
    "hours", "week", "weeks", "month", "months", "year", "years", "minutes", "abstentions", "votes", "point",
    "points", "meters", "metres", "members", "places", "family", "part", "parts", "party", "side", "way",
    "ways", "thing", "things", "state", "fronts", "districts", "areas", "governments", "leaders", "men",
    "allies", "countrys", "o'clock", "p.m.", "a.m.", "pm", "am", "time",
];

/// True where a count of nothing in particular is still worth keeping: it has a noun, and is no mere mention
/// ("the two sides").
fn telling(words: &Words, number: &Number, noun: &nouns::Counted) -> bool {
    let Some(head) = noun.head else {
        return matches!(number.amount, Amount::Share(_)) || !number.exact && !number.article;
    };
    let small = number.only().is_some_and(|n| n <= 10);
    let known = small
        && matches!(
            words.before(number.start, 1),
            "the" | "these" | "those" | "its" | "their" | "his" | "both"
        );
    !known && !PASSING.contains(&words.at(head))
}

/// Takes out articles that no word made a count of, and keeps the references between figures right.
fn drop_articles(words: &Words, found: &mut Vec<FoundFigure>) {
    let idle =
        |f: &FoundFigure| f.cue.is_none() && matches!(words.at(f.token as usize), "a" | "an" | "another");
    let mut new_place = Vec::with_capacity(found.len());
    let mut next = 0;
    for f in found.iter() {
        new_place.push(next);
        next += usize::from(!idle(f));
    }
    found.retain(|f| !idle(f));
    for f in found {
        f.part_of = f.part_of.map(|whole| new_place[whole]);
    }
}

/// In a list, a figure without a word of its own takes that of its neighbour: "14 tanks, three guns and two trucks
/// were destroyed".
fn share_cues(words: &Words, found: &mut [FoundFigure]) {
    let ends: Vec<usize> =
        found.iter().map(|f| f.noun.map_or(f.token as usize, |n| n as usize) + 1).collect();
    let starts: Vec<usize> = found
        .iter()
        .map(|f| words.sentence.tokens.partition_point(|t| t.span.end <= f.figure.span.start))
        .collect();
    // "14 men of the group and five civilians"
    let joined: Vec<bool> = (0..found.len())
        .map(|k| {
            let noun = found[k].noun.map(|noun| &words.sentence.tokens[noun as usize]);
            k > 0 && noun.is_some_and(|noun| noun.dep == Dep::Conj && noun.head == found[k - 1].noun)
        })
        .collect();
    let listed = |a: usize, b: usize| {
        let between = ends[a]..starts[b].max(ends[a]);
        let short = between.len() <= 3
            && starts[b] >= ends[a]
            && between
                .into_iter()
                .all(|i| matches!(words.at(i), "," | "and" | "or" | "as" | "well" | "also" | "-"));
        // "40 fighters of rebel groups as well as 12 soldiers"
        short || joined[b] || words.ends(starts[b], "as well as") || words.ends(starts[b], "along with")
    };
    let lend = |from: &FoundFigure, to: &mut FoundFigure| {
        // soldiers are fighters only where nothing befell them
        let open = to.cue.is_none() && to.figure.what == FigureKind::Other
            || to.cue == to.noun && to.figure.what == FigureKind::Fighters;
        if open && to.noun.is_some() {
            (to.figure.what, to.cue) = (from.figure.what, from.cue);
        }
    };
    let lends = |f: &FoundFigure| {
        f.cue.is_some()
            && f.cue != f.noun
            && matches!(f.figure.what, FigureKind::Killed | FigureKind::Wounded | FigureKind::Destroyed)
    };
    for k in 1..found.len() {
        let (before, rest) = found.split_at_mut(k);
        if listed(k - 1, k) && lends(&before[k - 1]) {
            lend(&before[k - 1], &mut rest[0]);
        }
    }
    for k in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(k);
        if listed(k - 1, k) && lends(&rest[0]) {
            lend(&rest[0], &mut before[k - 1]);
        }
    }
}

/// "Twelve children and 11 fighters were among the dead": who shares the word shares in being a part.
fn share_parts(found: &mut [FoundFigure]) {
    for k in (1..found.len()).rev() {
        let (before, rest) = found.split_at_mut(k);
        let (one, next) = (&mut before[k - 1], &rest[0]);
        one.figure.part |=
            next.figure.part && next.part_of.is_none() && one.cue.is_some() && one.cue == next.cue;
    }
}

fn in_time(number: &Number, times: &[TimeExpr]) -> bool {
    times.iter().any(|t| (t.tokens.0 as usize) <= number.head && number.head < t.tokens.1 as usize)
}

/// False for numbers that name or order and do not count: parts of names, ages, "one of the largest".
fn counts(words: &Words, number: &Number) -> bool {
    let (head, end) = (number.head, number.end);
    // "SU-27", "F-16s", "Resolution 2249", "Chapter 7", "M-5"
    let before = words.before(number.start, 1);
    if number.exact
        && number.start == head
        && head > 0
        && ((before == "-"
            && words.upos(head.saturating_sub(2)) != Upos::Num
            && head >= 2
            && words.joined(head - 2))
            || words.joined(head - 1) && matches!(before, "$" | "€" | "£" | "#" | "/" | "." | ":")
            || NUMBERED.contains(&before))
    {
        return nouns::money(words, number).is_some();
    }
    // ages: "18-year-old", "aged 12", "the boy, 12,"
    if words.at(end) == "-" && words.at(end + 1).starts_with("year")
        || words.at(end).starts_with("year") && matches!(words.at(end + 1), "old" | "-")
        || matches!(before, "aged" | "age")
    {
        return false;
    }
    // "a boy of 12"
    if before == "of" && persons::PERSONS.contains(&words.before(number.start, 2)) {
        return false;
    }
    // "James Brown, 23, a reporter"
    if before == ","
        && matches!(words.at(end), "," | "." | ")")
        && words.upos(head.saturating_sub(2)) == Upos::Propn
    {
        return false;
    }
    // "120mm mortars", "a 120-millimetre shell"
    let measured = if words.at(end) == "-" { end + 1 } else { end };
    if number.exact && matches!(words.at(measured), "mm" | "millimeter" | "millimetre")
        || words.at(head).ends_with("mm")
    {
        return false;
    }
    // "a two-state solution", "the 28-month-old conflict", "a six point plan"
    if number.exact
        && words.at(end) == "-"
        && matches!(
            words.at(end + 1),
            "state" | "nation" | "point" | "month" | "day" | "hour" | "week" | "member" | "party" | "way"
        )
        || matches!(words.at(end), "point") && words.upos(end + 1) == Upos::Noun
    {
        return false;
    }
    // "one of the largest", "one another", "no one" handled elsewhere; "this one"
    if words.at(head) == "one"
        && (matches!(before, "this" | "that" | "the" | "which" | "any" | "another" | "armored" | "new")
            || matches!(words.at(end), "another" | "day" | "side" | "hand" | "by" | "'s")
            || words.starts(end, "of the most")
            || words.at(end) == "of"
                && (words.at(end + 1) == "the" || words.at(end + 1) == "its")
                && (words.at(end + 2).ends_with("est")
                    || matches!(words.at(end + 2), "worst" | "first" | "last")))
    {
        return false;
    }
    true
}

/// Words before a number that name or order things.
const NUMBERED: [&str; 26] = [
    "resolution", "resolutions", "chapter", "article", "section", "paragraph", "page", "no.", "number",
    "phase", "route", "regiment", "base", "base-", "brigade", "division", "battalion", "unit", "highway",
    "flight", "channel", "group", "area", "sector", "part", "title",
];

/// The time that the count covers: the nearest span of time that "in the past", "since" or "during" opens.
fn window(words: &Words, number: &Number, times: &[TimeExpr]) -> Option<Window> {
    times
        .iter()
        .filter(|t| t.kind == TimeKind::Window)
        .min_by_key(|t| (t.tokens.0 as usize).abs_diff(number.head))
        .and_then(|t| {
            let from = t.lead.map_or(t.tokens.0, |lead| lead) as usize;
            Some(Window { span: words.cover(from, t.tokens.1 as usize), days: t.days? })
        })
        .filter(|w| w.days != Days { from: None, to: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::sentence;

    fn told(text: &str) -> Vec<String> {
        find(text, &sentence(text), None)
            .into_iter()
            .map(|f| {
                let g = f.figure;
                let bound = |n: Option<u64>| n.map_or("?".to_owned(), |n| n.to_string());
                format!(
                    "{} {} {}-{}{}",
                    g.what,
                    g.of,
                    bound(g.min),
                    bound(g.max),
                    if g.part { " part" } else { "" }
                )
            })
            .collect()
    }

    #[test]
    fn verbs_after_and_before_say_what_became_of_them() {
        assert_eq!(told("Eight civilians were killed in the town"), ["killed civilians 8-8"]);
        assert_eq!(
            told("The blast struck a bus, killing 12 soldiers and wounding 40 others"),
            ["killed soldiers 12-12", "wounded others 40-40"]
        );
        assert_eq!(told("12 dead and 30 wounded in raids"), ["killed  12-12", "wounded  30-30"]);
        assert_eq!(told("Dozens of houses were destroyed"), ["destroyed houses 24-?"]);
    }

    #[test]
    fn a_breakdown_is_a_part_of_its_whole() {
        assert_eq!(
            told("At least 36 people, including 11 children and five women, were killed"),
            ["killed people 36-?", "killed children 11-11 part", "killed women 5-5 part"]
        );
    }

    #[test]
    fn some_of_those_harmed_are_a_part() {
        assert_eq!(
            told("Six children were among 19 people killed"),
            ["killed children 6-6 part", "killed people 19-19"]
        );
        assert_eq!(
            told("19 civilians, among them six children, were killed"),
            ["killed civilians 19-19", "killed children 6-6 part"]
        );
        assert_eq!(told("At least 14 of the dead were rebels"), ["killed rebels 14-? part"]);
        assert_eq!(told("31 civilians were reported among those killed"), ["killed civilians 31-31 part"]);
    }

    #[test]
    fn who_shares_the_word_shares_in_being_a_part() {
        assert_eq!(
            told("Twelve children and 11 fighters were among the dead"),
            ["killed children 12-12 part", "killed fighters 11-11 part"]
        );
        assert_eq!(
            told("Six civilians including a child were among 22 people killed"),
            ["killed civilians 6-6 part", "killed child 1-1 part", "killed people 22-22"]
        );
    }

    #[test]
    fn dead_and_hurt_counted_together_are_neither() {
        assert_eq!(told("19 people were killed and injured in the attack"), ["other people 19-19"]);
        assert_eq!(
            told("Ten people were killed and wounded 30 others"),
            ["killed people 10-10", "wounded others 30-30"]
        );
    }

    #[test]
    fn martyrs_are_dead_whatever_befell_the_others() {
        assert_eq!(
            told("The attack left 50 martyrs and more than 200 others wounded"),
            ["killed martyrs 50-50", "wounded others 201-?"]
        );
    }

    #[test]
    fn soldiers_bombers_and_officers_are_killed() {
        assert_eq!(told("Six NATO-led soldiers were killed"), ["killed NATO-led soldiers 6-6"]);
        assert_eq!(told("Guards killed two suicide bombers"), ["killed suicide bombers 2-2"]);
        assert_eq!(told("Among those killed were 11 officers"), ["killed officers 11-11"]);
    }

    #[test]
    fn whoever_says_that_others_died_is_not_counted() {
        assert_eq!(told("A worker said 32 people were killed"), ["killed people 32-32"]);
        assert_eq!(told("Ten people, officials said, were killed"), ["killed people 10-10"]);
        assert_eq!(told("The ministry claims 200 people fled the town"), ["fled people 200-200"]);
        assert_eq!(told("The army claimed 30 soldiers were wounded"), ["wounded soldiers 30-30"]);
    }

    #[test]
    fn a_headline_without_commas_is_read_pair_by_pair() {
        assert_eq!(
            told("A child killed 7 people injured in attacks"),
            ["killed child 1-1", "wounded people 7-7"]
        );
        assert_eq!(told("Child killed 20 people injured in attacks"), ["wounded people 20-20"]);
    }

    #[test]
    fn verbs_joined_by_and_have_one_object() {
        assert_eq!(told("They executed and crucified nine men"), ["killed men 9-9"]);
    }

    #[test]
    fn a_list_shares_its_verb() {
        assert_eq!(
            told("30 soldiers and 39 fighters were killed"),
            ["killed soldiers 30-30", "killed fighters 39-39"]
        );
    }

    #[test]
    fn a_toll_rises_to_its_number() {
        assert_eq!(told("The death toll from the raid rose to 115"), ["killed  115-115"]);
        assert_eq!(told("The governor put the death toll at six"), ["killed  6-6"]);
    }

    #[test]
    fn nought_is_a_count() {
        assert_eq!(told("The mission recorded 0 violations"), ["violations violations 0-0"]);
    }

    #[test]
    fn those_who_suffocate_are_hurt() {
        assert_eq!(told("Four civilians suffered suffocation"), ["wounded civilians 4-4"]);
        assert_eq!(told("35 cases of suffocation in the town"), ["wounded cases 35-35"]);
    }

    #[test]
    fn as_well_as_goes_on_with_the_verb() {
        assert_eq!(
            told("Clashes killed 40 fighters from rebel groups as well as 12 soldiers"),
            ["killed fighters 40-40", "killed soldiers 12-12"]
        );
        assert_eq!(told("He was killed along with two other people"), ["killed other people 2-2"]);
        assert_eq!(told("10 people mostly children killed in attacks"), ["killed people 10-10"]);
    }

    #[test]
    fn an_article_counts_only_those_harmed() {
        assert_eq!(told("A child was killed when a shell struck a house"), ["killed child 1-1"]);
        assert_eq!(told("A bomber killed two guards"), ["killed guards 2-2"]);
    }

    #[test]
    fn a_part_taken_from_a_whole_has_its_noun() {
        assert_eq!(told("Fifty of the 53 hostages were killed"), ["killed hostages 50-50"]);
    }

    #[test]
    fn ages_names_and_passing_counts_are_no_figures() {
        assert_eq!(told("Raiders killed a boy of 12"), ["killed boy 1-1"]);
        assert_eq!(told("The two sides of Resolution 2249 met"), Vec::<String>::new());
        assert_eq!(told("A 12-year-old boy was killed"), ["killed 12-year-old boy 1-1"]);
    }

    #[test]
    fn miles_become_kilometres() {
        assert_eq!(told("The convoy is 30 miles from the city"), ["distance-km miles 48-48"]);
    }

    #[test]
    fn a_window_is_kept_with_its_count() {
        let text = "Eight civilians were killed in the past 24 hours";
        let published = jiff::civil::date(2017, 2, 16);
        let found = find(text, &sentence(text), Some(published));
        let window = found[0].figure.window.clone().expect("a window");
        assert_eq!(window.span.of(text), "in the past 24 hours");
        assert_eq!(window.days, Days::between(jiff::civil::date(2017, 2, 15), published));
    }
}
