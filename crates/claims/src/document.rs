//! A report with its sentences looked at and its references resolved: what models and rules read from.

use std::collections::{HashMap, HashSet};

use holdfire_types::{Genre, Report, Sentence, Span, Upos};
use holdfire_world::Acts;

use crate::issuer;
use crate::mentions::Mention;
use crate::refer;
use crate::relief;
use crate::source;
use crate::truces;
use crate::view::View;

/// A document ready to be read.
#[derive(Debug)]
pub struct Document<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its sentences.
    pub views: Vec<View<'a>>,
    /// Who speaks in a statement ("Statement by Minister X"), where the head of the text says so.
    pub speaker: Option<Named>,
    /// Who speaks each sentence where no verb says so; `None` for the publication.
    pub voices: Vec<Option<Named>>,
    /// The sentences that tell nothing: those that stand word for word before, such as a headline that a page repeats, headings
    /// of a word or two, and what an opinion piece is called.
    pub silent: Vec<bool>,
    /// True for each sentence that is all its voice's own.
    pub held: Vec<bool>,
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// Its words as names are compared.
    pub stems: Vec<String>,
    /// Where it, or what refers to it, stands.
    pub span: Option<Span>,
}

impl Named {
    /// A name of no place in the text.
    pub fn bare(name: &str) -> Self {
        Self { name: name.to_owned(), stems: crate::names::stems(name), span: None }
    }

    /// As a mention names it.
    pub fn of(mention: &Mention) -> Self {
        Self { name: mention.name.clone(), stems: mention.stems.clone(), span: Some(mention.span) }
    }
}

impl<'a> Document<'a> {
    /// Looks at every sentence and resolves who is who.
    pub fn new(report: &'a Report, sentences: &'a [Sentence], acts: &'a Acts) -> Self {
        let mut open = false;
        let mut paragraph = 0;
        let mut views: Vec<View<'a>> = sentences
            .iter()
            .map(|s| {
                // a quotation left open ends with its paragraph
                if s.paragraph != paragraph {
                    open = false;
                    paragraph = s.paragraph;
                }
                View::new(&report.text, s, acts, &mut open)
            })
            .collect();
        refer::resolve(&mut views);
        count_words(&mut views);
        let convoy = views.iter().any(relief::carry_aid);
        let relief = convoy || views.iter().any(relief::tells_of_relief);
        let truce = views.iter().any(truces::tells_of_truce);
        for view in &mut views {
            (view.convoy, view.relief, view.truce) = (convoy, relief, truce);
        }
        let speaker = issuer::speaker(report, &views);
        let (voices, held) = source::voices(report, &views, speaker.as_ref());
        for (view, voice) in views.iter_mut().zip(&voices) {
            view.spoken = match voice {
                None => 0,
                Some(_) if *voice == speaker => 1,
                Some(_) => 2,
            };
        }
        // what an opinion piece is called is an opinion too
        let title = |v: &View<'_>| report.genre == Genre::Opinion && v.sentence.paragraph == 0;
        let titled = views.last().is_some_and(|v| v.sentence.paragraph > 0);
        let silent = repeated(&views)
            .into_iter()
            .zip(&views)
            .map(|(again, v)| again || is_heading(v) || (titled && title(v)))
            .collect();
        Self { report, views, speaker, voices, silent, held }
    }
}

/// A heading has no more words.
const HEADING: usize = 4;

/// "Ceasefire violations.", "Humanitarian access": a few words that call what follows and assert nothing.
fn is_heading(view: &View<'_>) -> bool {
    let words: Vec<usize> = (0..view.len()).filter(|&i| view.upos(i) != Upos::Punct).collect();
    let calls = |i: &usize| {
        matches!(view.upos(*i), Upos::Noun | Upos::Adj | Upos::Adp | Upos::Cconj | Upos::Det)
            && !view.is_predicate(*i)
    };
    words.len() <= HEADING && words.iter().all(calls)
}

/// A sentence of fewer words may be said twice and mean two things.
const REPEATED: usize = 5;

/// Which sentences stand word for word before; marks do not count.
fn repeated(views: &[View<'_>]) -> Vec<bool> {
    let mut seen = HashSet::new();
    views
        .iter()
        .map(|view| {
            let words: Vec<u32> =
                (0..view.len()).filter(|&i| view.upos(i) != Upos::Punct).map(|i| view.form_hash(i)).collect();
            words.len() >= REPEATED && !seen.insert(words)
        })
        .collect()
}

/// Tells each view how deep in the text it stands and which of its words stood there before.
fn count_words(views: &mut [View<'_>]) {
    let mut seen: HashMap<u32, u8> = HashMap::new();
    for (n, view) in views.iter_mut().enumerate() {
        view.depth = match n {
            0..=2 => n as u32,
            3..=5 => 3,
            6..=10 => 4,
            _ => 5,
        };
        view.again = view.lemma.iter().map(|l| seen.get(l).copied().unwrap_or_default()).collect();
        for lemma in &view.lemma {
            let count = seen.entry(*lemma).or_default();
            *count = (*count + 1).min(3);
        }
    }
}
