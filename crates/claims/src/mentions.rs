//! Mentions: the names and noun phrases of a sentence, cut to what a claim would call them.

mod extent;

use holdfire_types::{Dep, NameType, NamedSpan, Span, Upos};

use crate::names::stems;
use crate::operators::{is, marked_by};
use crate::tail::Tail;
use crate::view::View;
use extent::{abbreviated, extent, is_land, is_within_name, nation_before, trim};

/// What a mention seems to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A named person.
    Person,
    /// A named organisation.
    Organization,
    /// A named place or building.
    Place,
    /// A nation, faith or political group by adjective or noun.
    Norp,
    /// Another name.
    OtherName,
    /// "troops", "the regime".
    Force,
    /// "civilians".
    People,
    /// "the village".
    PlaceNoun,
    /// "a spokesman", "the report".
    Speaker,
    /// A personal, relative or demonstrative pronoun.
    Pronoun,
    /// A date or amount of money.
    Date,
    /// Any other noun.
    Thing,
}

/// A name or noun phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its head in the tree, where paths lead.
    pub head: u32,
    /// First token of the name.
    pub start: u32,
    /// One past the name's last token.
    pub end: u32,
    /// Where the name stands.
    pub span: Span,
    /// What it seems to name.
    pub sort: Sort,
    /// True for a name that stands before a noun ("Israeli" in "an Israeli strike").
    pub modifier: bool,
    /// The name: as written, or what a pronoun or short form stands for.
    pub name: String,
    /// The name's words as names are compared.
    pub stems: Vec<String>,
    /// True once a pronoun or short form was resolved to another mention's name.
    pub resolved: bool,
}

impl Mention {
    /// Stands for `name` from here on: what it calls short, or by a pronoun.
    pub fn stand_for(&mut self, name: String) {
        self.stems = stems(&name);
        self.name = name;
        self.resolved = true;
    }
}

/// The mentions of a sentence, in the order of their heads.
pub fn find(view: &View<'_>) -> Vec<Mention> {
    (0..view.len()).filter_map(|i| mention(view, i)).collect()
}

fn mention(view: &View<'_>, i: usize) -> Option<Mention> {
    let token = &view.sentence.tokens[i];
    if let Some(tail) = view.tail.filter(|tail| (tail.start..tail.end).contains(&i)) {
        return (tail.head == i).then(|| teller(view, &tail));
    }
    // a name that the parser takes for a verb, "Weiss called on the army", is one all the same
    match view.upos(i) {
        Upos::Pron => return pronoun(view, i),
        Upos::Noun | Upos::Propn | Upos::X => {}
        Upos::Adj if opposed(view, i).is_some() => {}
        Upos::Adj if name_type(view, i).is_some() || capital(view, i) => {}
        // "16 were wounded": a bare count stands for those counted
        _ => return None,
    }
    if matches!(token.dep, Dep::Flat | Dep::Goeswith | Dep::Fixed) {
        return None;
    }
    if is_within_name(view, i)
        || is_land(view, i)
        || (i + 1 < view.len() && nation_before(view, i + 1) == Some(i))
    {
        return None;
    }
    let modifier = matches!(token.dep, Dep::Compound | Dep::Amod | Dep::NmodDesc)
        && view.tail.is_none_or(|tail| view.tree.head(i).is_none_or(|above| tail.tells(above)));
    if modifier && token.upos == Upos::Noun && !view.listed[i].is_some_and(|w| w.sort.force || w.sort.people)
    {
        return None;
    }
    let (named, start, end) = extent(view, i, modifier);
    let until = view.tail.map_or(end, |tail| tail.start).max(i + 1);
    let (start, end) = trim(view, i, start, end.min(until))?;
    // "the Mechanism (MVM) of the League": what stands in brackets is a name by itself
    let closed = (start..end).find(|&t| view.form(t) == ")");
    let end = closed.filter(|&t| t > start && !(start..t).any(|o| view.form(o) == "(")).unwrap_or(end);
    // "Maiduguri, Nigeria" is Maiduguri, but "Washington, D.C." is one name
    let comma = (start + 1..end).find(|&t| view.form(t) == ",");
    let land = comma.filter(|&t| t + 1 < end && name_type(view, named) == Some(NameType::Location));
    let end = land.filter(|&t| named < t && !view.form(t + 1).contains('.')).unwrap_or(end);
    let end = abbreviated(view, start, end);
    let mut span = view.sentence.tokens[start].span.cover(view.sentence.tokens[end - 1].span);
    let mut sort = sort(view, named);
    if let Some(from) = opposed(view, i) {
        (span, sort) =
            (Span { start: view.sentence.tokens[i].span.start + from as u32, ..span }, Sort::Force);
    }
    let name = span.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
    if sort == Sort::Person && !modifier && is_struck(view, i) {
        sort = Sort::Place;
    }
    let stems = stems(&name);
    Some(Mention {
        head: i as u32,
        start: start as u32,
        end: end as u32,
        span,
        sort,
        modifier,
        name,
        stems,
        resolved: false,
    })
}

/// Nouns of acts that strike where people are, not those people.
pub const STRUCK: &[&str] = &["shelling", "bombing", "bombardment", "storming", "siege"];

/// "The siege of Marran": no person, whatever the names layer takes it for.
fn is_struck(view: &View<'_>, i: usize) -> bool {
    marked_by(view, i, &["of"]) && view.tree.head(i).is_some_and(|noun| is(view, noun, STRUCK))
}

/// Where the name begins in "anti-government" and "anti-Weiss".
fn opposed(view: &View<'_>, i: usize) -> Option<usize> {
    const ANTI: &str = "anti-";
    let form = view.form(i);
    let against = form
        .get(..ANTI.len())
        .filter(|start| start.eq_ignore_ascii_case(ANTI))
        .and(form.get(ANTI.len()..))?;
    let party = ["government", "regime", "coalition", "rebel"].contains(&against)
        || against.starts_with(char::is_uppercase);
    party.then_some(ANTI.len())
}

fn pronoun(view: &View<'_>, i: usize) -> Option<Mention> {
    let form = view.form(i).to_lowercase();
    let personal = matches!(
        form.as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "my"
            | "him"
            | "them"
            | "us"
            | "which"
            | "who"
            | "whom"
            | "that"
            | "this"
            | "these"
            | "those"
            | "both"
            | "me"
            | "others"
            | "all"
            | "some"
            | "none"
            | "whose"
            | "you"
    );
    personal.then(|| Mention { stems: Vec::new(), ..word(view, i, Sort::Pronoun) })
}

/// One word as a mention.
fn word(view: &View<'_>, i: usize, sort: Sort) -> Mention {
    Mention {
        head: i as u32,
        start: i as u32,
        end: i as u32 + 1,
        span: view.sentence.tokens[i].span,
        sort,
        modifier: false,
        name: view.form(i).to_owned(),
        stems: stems(view.form(i)),
        resolved: false,
    }
}

/// Who speaks at the end of the sentence.
fn teller(view: &View<'_>, tail: &Tail) -> Mention {
    let start = (tail.start..tail.head).find(|&t| view.upos(t) != Upos::Det).unwrap_or(tail.head);
    let span = view.sentence.tokens[start].span.cover(view.sentence.tokens[tail.end - 1].span);
    let name = span.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let sort = match sort(view, tail.head) {
        named @ (Sort::Person | Sort::Organization) => named,
        _ => Sort::Speaker,
    };
    let (start, end) = (start as u32, tail.end as u32);
    Mention { start, end, span, stems: stems(&name), name, ..word(view, tail.head, sort) }
}

/// The type of the name that covers token `i`.
pub fn name_type(view: &View<'_>, i: usize) -> Option<NameType> {
    let at = view.sentence.names.partition_point(|n| n.end as usize <= i);
    view.sentence.names.get(at).filter(|n| n.start as usize <= i).map(|n| n.kind)
}

/// True for the name of a person whose office follows, "Anna Weiss, a spokesman for the army": the names' layer alone may take
/// a place for a person.
pub fn has_office(view: &View<'_>, i: usize) -> bool {
    let at = view.sentence.names.partition_point(|n| n.end as usize <= i);
    let named = |n: &&NamedSpan| n.start as usize <= i && n.kind == NameType::Person;
    let Some(name) = view.sentence.names.get(at).filter(named) else { return false };
    let end = name.end as usize;
    end < view.len()
        && view.form(end) == ","
        && (end + 1..view.len().min(end + 5)).any(|t| view.listed[t].is_some_and(|w| w.sort.speaker))
}

fn capital(view: &View<'_>, i: usize) -> bool {
    i > 0 && view.form(i).chars().next().is_some_and(char::is_uppercase)
}

fn sort(view: &View<'_>, i: usize) -> Sort {
    match name_type(view, i) {
        Some(NameType::Person) => return Sort::Person,
        Some(NameType::Organization) => return Sort::Organization,
        Some(NameType::Location | NameType::Facility) => return Sort::Place,
        Some(NameType::Norp) => return Sort::Norp,
        Some(NameType::Date | NameType::Money) => return Sort::Date,
        Some(NameType::Misc | NameType::Product) => return Sort::OtherName,
        None => {}
    }
    let Some(word) = view.listed[i] else {
        return if view.upos(i) == Upos::Propn { Sort::OtherName } else { Sort::Thing };
    };
    if word.sort.force {
        Sort::Force
    } else if word.sort.people {
        Sort::People
    } else if word.sort.place {
        Sort::PlaceNoun
    } else if word.sort.speaker {
        Sort::Speaker
    } else if view.upos(i) == Upos::Propn {
        Sort::OtherName
    } else {
        Sort::Thing
    }
}
