//! The tail of a sentence: who is said to say it, at its end, where the comma or colon before was lost.
//!
//! "Raids killed four civilians residents said", "Air raids kill 20 in Marran monitor": text that was taken out of a page or a
//! data set often has no commas. The parser then draws the speaker into the noun phrase before.

use holdfire_types::{Dep, NameType, NamedSpan, Sentence, Upos};

use crate::mentions::name_type;
use crate::speaker;
use crate::view::View;

/// Who speaks at the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tail {
    /// First token of the speaker's noun phrase.
    pub start: usize,
    /// Its head.
    pub head: usize,
    /// One past its last token.
    pub end: usize,
}

/// What may stand behind the verb besides a day.
const BEHIND: &[&str] = &["on", "in", "a", "statement", "late", "early", "earlier"];
/// Nouns before a speaker's that belong to it.
const OF_SPEAKERS: &[&str] = &[
    "right", "state", "opposition", "military", "security", "government", "aid", "news", "rebel", "army",
    "police", "hospital", "health", "defence", "defense", "rescue", "relief", "monitoring", "media",
    "ceasefire", "cease-fire", "truce", "election", "peace",
];
/// Speakers whom the packs do not list as such.
const SPEAKERS: &[&str] = &[
    "group", "medium", "media", "network", "agency", "television", "radio", "organisation", "organization",
    "medic", "rescuer", "paramedic", "correspondent", "reporter", "journalist", "photographer", "eyewitness",
];
/// What a headline ends in.
const OF_HEADLINES: &[&str] = &["monitor", "watchdog", "activist", "resident", "observatory", "report"];

impl Tail {
    /// The tail of a sentence that has one.
    pub fn find(view: &View<'_>) -> Option<Self> {
        said(view).or_else(|| after_colon(view)).or_else(|| headline(view))
    }

    /// The sentence without its speaker: what is told.
    pub fn told(&self, sentence: &Sentence) -> Sentence {
        let within = |name: &&NamedSpan| name.end as usize <= self.start;
        Sentence {
            span: sentence.span,
            paragraph: sentence.paragraph,
            tokens: sentence.tokens[..self.start].to_vec(),
            names: sentence.names.iter().filter(within).copied().collect(),
            vectors: Vec::new(),
        }
    }

    /// True for a token that tells what the speaker says.
    pub fn tells(&self, token: usize) -> bool {
        token < self.start
    }
}

/// "..., residents said on Monday".
fn said(view: &View<'_>) -> Option<Tail> {
    let last = (0..view.len()).rev().find(|&t| view.upos(t) != Upos::Punct)?;
    let verb = (last.saturating_sub(5)..=last)
        .rev()
        .find(|&t| speaker::is_saying(view, t) && view.sentence.tokens[t].xpos != "VBN")?;
    let behind = |t: usize| {
        name_type(view, t) == Some(NameType::Date) || BEHIND.contains(&view.form(t).to_lowercase().as_str())
    };
    if verb < 4 || !(verb + 1..=last).all(behind) {
        return None;
    }
    let (start, head) = speaker_before(view, verb)?;
    // "..., the local welfare office said"
    let phrase = (0..start)
        .rev()
        .take_while(|&t| matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num))
        .last();
    if phrase.is_some_and(|t| t > 0 && view.upos(t) == Upos::Det && view.form(t - 1) == ",") {
        return None;
    }
    // a comma, a relative or a conjunction before it: the parser sees what is meant
    let before = view.upos(start.checked_sub(1)?);
    let runs_on = matches!(before, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv | Upos::Adj);
    runs_on.then_some(Tail { start, head, end: verb })
}

/// First token and head of the noun phrase that ends just before `verb`.
fn speaker_before(view: &View<'_>, verb: usize) -> Option<(usize, usize)> {
    let nominal =
        |t: usize| matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Num);
    let mut head = verb.checked_sub(1).filter(|&t| matches!(view.upos(t), Upos::Noun | Upos::Propn))?;
    // "activists in the town"
    let run = (0..=head).rev().take_while(|&t| nominal(t)).last()?;
    if let Some(at) = run.checked_sub(2)
        && ["in", "of", "for", "from", "at"].contains(&view.form(run - 1))
        && view.upos(at) == Upos::Noun
        && speaks(view, at)
        && !speaks(view, head)
    {
        head = at;
    }
    if !speaks(view, head) {
        return None;
    }
    let named = view.sentence.names.iter().find(|n| (n.start as usize..n.end as usize).contains(&head));
    let mut start = named.map_or(head, |n| n.start as usize);
    let proper = view.upos(head) == Upos::Propn;
    while start > 0 {
        let t = start - 1;
        let date = name_type(view, t) == Some(NameType::Date);
        let own = match view.upos(t) {
            Upos::Det => true,
            Upos::Propn if proper => {
                !date && (named.is_none() || name_type(view, t) == name_type(view, head))
            }
            // "the US envoy"
            Upos::Propn => {
                let before = (0..t).rev().find(|&p| view.upos(p) != Upos::Propn);
                !date && before.is_some_and(|p| view.upos(p) == Upos::Det)
            }
            Upos::Adj => !proper || name_type(view, t) == Some(NameType::Norp),
            Upos::Noun => !proper && OF_SPEAKERS.contains(&view.lemma_of(t)),
            Upos::Cconj => start >= 2 && speaks(view, start - 2) && !proper,
            _ => false,
        };
        if !own {
            break;
        }
        let det = view.upos(t) == Upos::Det;
        start = if view.upos(t) == Upos::Cconj { t - 1 } else { t };
        if det {
            break;
        }
    }
    Some((start, head))
}

fn speaks(view: &View<'_>, t: usize) -> bool {
    let listed = view.listed[t].is_some_and(|w| w.sort.speaker || w.sort.people || w.sort.force);
    let named = matches!(name_type(view, t), Some(NameType::Person | NameType::Organization));
    listed || named || SPEAKERS.contains(&view.lemma_of(t))
}

/// "Air raids kill 20 in Marran: monitor".
fn after_colon(view: &View<'_>) -> Option<Tail> {
    let colon = (1..view.len()).rev().take(5).find(|&t| view.form(t) == ":")?;
    let (start, end) = (colon + 1, view.len());
    let ends = |t: usize| !matches!(view.upos(t), Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Num);
    if start == end || !(start..end).all(ends) {
        return None;
    }
    // those who suffer may stand there too: "one victim: a doctor"
    let head = view.head_of(start..end);
    let speaks = view.listed[head].is_some_and(|w| w.sort.speaker)
        || matches!(name_type(view, head), Some(NameType::Person | NameType::Organization));
    speaks.then_some(Tail { start, head, end })
}

/// "Air raids kill 20 in Marran monitor".
fn headline(view: &View<'_>) -> Option<Tail> {
    let head = view.len().checked_sub(1).filter(|&t| t >= 4)?;
    let word = view.lemma_of(head).to_lowercase();
    if !OF_HEADLINES.contains(&word.as_str()) || view.upos(head) == Upos::Punct {
        return None;
    }
    let before = head - 1;
    let place = matches!(name_type(view, before), Some(NameType::Location));
    let runs_on = match view.upos(before) {
        Upos::Noun | Upos::Propn => word != "report" || place || view.kinds[before] != 0,
        Upos::Adv | Upos::Num => word != "report",
        _ => false,
    };
    // whose monitor it is
    let owned = matches!(name_type(view, before), Some(NameType::Organization))
        || (view.dep(before) == Dep::Compound && OF_SPEAKERS.contains(&view.lemma_of(before)));
    (runs_on && !owned).then_some(Tail { start: head, head, end: head + 1 })
}
