//! A report with its sentences looked at and its references resolved: what models and rules read from.

use std::collections::{HashMap, HashSet};

use holdfire_types::{Dep, Kind, Report, Sentence, Span, Stance, Upos};
use holdfire_world::Acts;

use crate::features::{self, Bag, Carried, Context, Said};
use crate::floor;
use crate::frame::{self, Frame};
use crate::kinds;
use crate::mentions::{Mention, Sort};
use crate::names::same_stems;
use crate::operators;
use crate::refer;
use crate::relief;
use crate::source;
use crate::stand::Stand;
use crate::told::{BACK, History, REACH};
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
    /// The sentences that tell nothing: those that stand word for word before, such as a headline that a page repeats, and
    /// headings of a word or two.
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

/// What offers one as the source of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceRule {
    /// Nobody is named: the publication says it.
    Narrator,
    /// A mention of the sentence.
    Mention,
    /// The source of the claim before.
    Before,
    /// Who speaks the sentence though no verb says so.
    Voice,
    /// Who issues the whole text.
    Speaker,
}

impl SourceRule {
    /// As claims tell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Narrator => "narrator",
            Self::Mention => "model:source",
            Self::Before => "model:source-before",
            Self::Voice => "model:voice",
            Self::Speaker => "model:document-speaker",
        }
    }
}

/// One who may be the source of an act.
#[derive(Debug)]
pub struct SourceOption {
    /// Who; `None` for the narrator.
    pub who: Option<Named>,
    /// The token of the mention, where it is one.
    pub head: Option<usize>,
    /// How the mention stands to the act, where it is one.
    pub stand: Option<Stand>,
    /// Where the option comes from.
    pub rule: SourceRule,
    /// Its features.
    pub bag: Bag,
}

/// One who may fill a role.
#[derive(Debug)]
pub struct RoleOption {
    /// Who.
    pub who: Named,
    /// Steps in the tree from the act; large where there is no way.
    pub steps: usize,
    /// Its head in the tree; past all tokens for one of an earlier claim.
    pub head: usize,
    /// The noun that it stands before, for a modifier.
    pub modifies: Option<usize>,
    /// It is a force, a body or people.
    pub is_party: bool,
    /// It is a force or a body.
    pub is_force: bool,
    /// It is a person, by name or by office.
    pub is_person: bool,
    /// It is a named place.
    pub is_place: bool,
    /// The head that it is joined to by "and".
    pub joined_to: Option<usize>,
    /// How it stands to the act; `None` for one of an earlier claim.
    pub stand: Option<Stand>,
    /// What is known of the earlier claim, for one of those.
    pub carried: Option<Carried>,
    /// The heads of the noun phrases that it is a part of ("Aleppo" in "people in Aleppo").
    pub part_of: Vec<usize>,
    /// Its features.
    pub bag: Bag,
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
        let truce = views.iter().any(kinds::tells_of_truce);
        for view in &mut views {
            (view.convoy, view.truce) = (convoy, truce);
        }
        let speaker = speaker(report, &views);
        let (voices, held) = source::voices(report, &views, speaker.as_ref());
        for (view, voice) in views.iter_mut().zip(&voices) {
            view.spoken = match voice {
                None => 0,
                Some(_) if *voice == speaker => 1,
                Some(_) => 2,
            };
        }
        let silent =
            repeated(&views).into_iter().zip(&views).map(|(again, v)| again || is_heading(v)).collect();
        Self { report, views, speaker, voices, silent, held }
    }

    /// Those who may be the source of the act at token `i` of sentence `s`.
    pub fn sources(
        &self,
        s: usize,
        i: usize,
        kind: Kind,
        stance: Stance,
        told: &History,
    ) -> Vec<SourceOption> {
        let view = &self.views[s];
        let said = Said {
            kind,
            stance,
            frame: Frame::new(view, i),
            turnings: frame::turnings(view, i),
            speaker: frame::grammatical_speaker(view, i)
                .or_else(|| source::undertaker(view, i, stance).map(|t| (t, 6))),
        };
        let mut options = vec![SourceOption {
            who: None,
            head: None,
            stand: None,
            rule: SourceRule::Narrator,
            bag: features::narrator(view, i, &said, self.speaker.is_some()),
        }];
        for mention in view.mentions.iter().filter(|m| can_speak(view, m)) {
            options.push(SourceOption {
                who: Some(self.speaking(s, mention)),
                head: Some(mention.head as usize),
                stand: Some(Stand::new(view, i, mention, &said.frame)),
                rule: SourceRule::Mention,
                bag: features::source(view, i, &said, mention, told),
            });
        }
        if let Some(last) = told.told().last()
            && let Some(source) = &last.source
        {
            let near = match s - last.sentence {
                0 => 0,
                1 if self.views[last.sentence].sentence.paragraph == view.sentence.paragraph => 1,
                1 => 2,
                2 | 3 => 3,
                _ => 4,
            };
            options.push(SourceOption {
                who: Some(source.clone()),
                head: None,
                stand: None,
                rule: SourceRule::Before,
                bag: features::standing_source(view, i, &said, 1, near),
            });
        }
        if let Some(voice) = &self.voices[s] {
            options.push(SourceOption {
                who: Some(voice.clone()),
                head: None,
                stand: None,
                rule: SourceRule::Voice,
                bag: features::standing_source(view, i, &said, 2 + view.spoken, 0),
            });
        }
        if let Some(speaker) = self.speaker.as_ref().filter(|_| view.spoken != 1) {
            options.push(SourceOption {
                who: Some(speaker.clone()),
                head: None,
                stand: None,
                rule: SourceRule::Speaker,
                bag: features::standing_source(view, i, &said, 2, 0),
            });
        }
        options
    }

    /// The name of a speaker: those joined to it by "and" speak too.
    fn speaking(&self, s: usize, mention: &Mention) -> Named {
        let view = &self.views[s];
        let head = mention.head as usize;
        if !mention.modifier
            && !matches!(mention.sort, Sort::Person | Sort::Pronoun)
            && let Some(person) = source::person(view, head)
        {
            return person;
        }
        if let Some(issuer) = source::issuer_of_paper(view, head) {
            return self.speaking(s, issuer);
        }
        if matches!(view.form(head), "I" | "We" | "we" | "my" | "our" | "Our" | "My") {
            // a short quotation has no voice of its own
            let quoted = || floor::speaker_in(view).filter(|_| view.quoted[head]);
            let voice = self.voices[s].clone().or_else(quoted).or_else(|| self.speaker.clone());
            if let Some(speaker) = voice {
                return Named { span: Some(mention.span), ..speaker };
            }
        }
        let joined = view
            .kids(head)
            .filter(|&k| {
                view.dep(k) == Dep::Conj && k > head && matches!(view.upos(k), Upos::Noun | Upos::Propn)
            })
            .filter_map(|k| view.mentions.iter().find(|m| m.head as usize == k))
            .last();
        match joined {
            Some(last) if !mention.resolved && last.span.start > mention.span.start => {
                let span = mention.span.cover(last.span);
                let name = span.of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
                if name.split(' ').count() > 12 {
                    return Named::of(mention);
                }
                Named { stems: crate::names::stems(&name), name, span: Some(span) }
            }
            _ => Named::of(mention),
        }
    }

    /// Those of the sentence who may fill a role of the act at token `i` of sentence `s`.
    pub fn fillers(&self, s: usize, i: usize, kind: Kind, stance: Stance) -> Vec<RoleOption> {
        let view = &self.views[s];
        let frame = Frame::new(view, i);
        view.mentions
            .iter()
            .filter(|m| !m.stems.is_empty() || m.sort == Sort::Pronoun)
            .filter(|m| m.head as usize != i || m.modifier)
            .filter(|m| !is_blow(view, m))
            .filter(|m| view.tail.is_none_or(|tail| tail.tells(m.head as usize)))
            .filter(|m| !operators::in_condition(view, i, m.head as usize))
            .map(|m| RoleOption {
                who: self.filling(view, m),
                steps: view.tree.path(i, m.head as usize).map_or(99, |p| p.up().len() + p.down().len()),
                head: m.head as usize,
                modifies: if m.modifier { view.tree.head(m.head as usize) } else { None },
                is_party: matches!(m.sort, Sort::Force | Sort::Organization | Sort::People),
                is_force: matches!(m.sort, Sort::Force | Sort::Organization),
                is_person: matches!(m.sort, Sort::Person | Sort::Speaker),
                is_place: m.sort == Sort::Place,
                joined_to: (view.dep(m.head as usize) == Dep::Conj)
                    .then(|| view.tree.head(m.head as usize))
                    .flatten(),
                part_of: part_of(view, m.head as usize),
                stand: Some(Stand::new(view, i, m, &frame)),
                carried: None,
                bag: features::role(view, i, kind, stance, m, &frame),
            })
            .collect()
    }

    fn filling(&self, view: &View<'_>, mention: &Mention) -> Named {
        let first_person = matches!(view.form(mention.head as usize), "I" | "my" | "My" | "me");
        match &self.speaker {
            Some(speaker) if first_person => Named { span: Some(mention.span), ..speaker.clone() },
            _ => Named::of(mention),
        }
    }

    /// Those of earlier claims who may fill `role` (0 actor, 1 target, 2 place) again.
    pub fn carried(
        &self,
        s: usize,
        i: usize,
        kind: Kind,
        role: usize,
        context: &Context,
        told: &History,
    ) -> Vec<RoleOption> {
        let view = &self.views[s];
        let mut options: Vec<RoleOption> = Vec::new();
        let near =
            told.told().iter().enumerate().rev().take(BACK).take_while(|(_, c)| s - c.sentence <= REACH);
        for (back, (n, claim)) in near.enumerate() {
            for who in &claim.roles[role] {
                if options.iter().any(|o| same_stems(&o.who.stems, &who.stems)) {
                    continue;
                }
                let carried = Carried {
                    role: role as u32,
                    claim: n,
                    kind: claim.kind,
                    sentences: (s - claim.sentence) as u32,
                    back: back as u32,
                    same_word: claim.lemma == view.lemma[i],
                    same_group: claim.group != 0 && claim.group == view.groups[i].fine,
                    same_paragraph: self.views[claim.sentence].sentence.paragraph == view.sentence.paragraph,
                };
                options.push(RoleOption {
                    who: Named { span: None, ..who.clone() },
                    steps: 99,
                    head: usize::MAX,
                    modifies: None,
                    is_party: false,
                    is_force: false,
                    is_person: false,
                    is_place: false,
                    joined_to: None,
                    part_of: Vec::new(),
                    stand: None,
                    bag: features::carried(view, i, kind, context, &carried, &who.stems, told),
                    carried: Some(carried),
                });
            }
        }
        options
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

/// The nouns above token `i` that it describes, and for "including women" what includes them.
fn part_of(view: &View<'_>, i: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = i;
    while let Some(above) = view.tree.head(at).filter(|_| found.len() < 4) {
        let part = match view.dep(at) {
            Dep::Nmod
            | Dep::NmodPoss
            | Dep::NmodDesc
            | Dep::Appos
            | Dep::Amod
            | Dep::Compound
            | Dep::Flat => true,
            Dep::Obl => view.kids(at).any(|k| view.form(k).eq_ignore_ascii_case("including")),
            _ => false,
        };
        if !part {
            break;
        }
        found.push(above);
        at = above;
    }
    found
}

/// True for a blow by its noun, which neither acts nor suffers: "clashes killed ten".
fn is_blow(view: &View<'_>, mention: &Mention) -> bool {
    let tells = |kind: Kind| view.may_tell(mention.head as usize, kind);
    mention.sort == Sort::Thing
        && !mention.name.contains(char::is_uppercase)
        && (tells(Kind::Attack) || tells(Kind::Clash))
}

fn can_speak(view: &View<'_>, mention: &Mention) -> bool {
    match mention.sort {
        Sort::Date => false,
        Sort::Pronoun => {
            mention.resolved
                || matches!(view.form(mention.head as usize), "I" | "We" | "we" | "my" | "our" | "Our" | "My")
        }
        Sort::Thing | Sort::PlaceNoun => {
            matches!(
                view.dep(mention.head as usize),
                Dep::Nsubj | Dep::Obl | Dep::OblAgent | Dep::NmodPoss | Dep::NsubjPass
            )
        }
        _ => true,
    }
}

/// Who speaks in a statement: the first person that its head names, or the body when the head says "statement".
fn speaker(report: &Report, views: &[View<'_>]) -> Option<Named> {
    let first_line = report.text.trim_start().lines().next().unwrap_or("").to_lowercase();
    let announced = [
        "statement", "readout", "remarks", "comments", "response", "spokesman", "spokesperson", "minister",
        "secretary", "ambassador",
    ]
    .iter()
    .any(|w| first_line.contains(w));
    let first_person = views.iter().any(|v| {
        (0..v.len()).any(|i| {
            !v.quoted[i] && v.upos(i) == Upos::Pron && matches!(v.form(i), "I" | "We" | "we" | "my" | "our")
        })
    });
    if !announced && !first_person {
        return None;
    }
    source::issuer(report, views)
}
