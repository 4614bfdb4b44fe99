//! Options: who may be the source of an act, or fill one of its roles, in a document.

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::document::{Document, Named};
use crate::features::{self, Bag, Carried, Context, Said};
use crate::floor;
use crate::frame::{self, Frame};
use crate::mentions::{Mention, Sort};
use crate::names::same_stems;
use crate::operators;
use crate::source;
use crate::stand::Stand;
use crate::told::{BACK, History, REACH};
use crate::view::View;

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

impl Document<'_> {
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
                    act: (claim.sentence, claim.token),
                    head: self.head_of(claim.sentence, &who.stems),
                    kind: claim.kind,
                    sentences: (s - claim.sentence) as u32,
                    back: back as u32,
                    same_word: claim.lemma == view.lemma[i],
                    same_group: claim.group != 0 && claim.group == view.groups[i].fine,
                    same_paragraph: self.views[claim.sentence].sentence.paragraph == view.sentence.paragraph,
                    definite: context.definite,
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

    /// The token at which sentence `s` names one first.
    fn head_of(&self, s: usize, stems: &[String]) -> Option<usize> {
        let named = self.views[s].mentions.iter().find(|m| same_stems(&m.stems, stems))?;
        Some(named.head as usize)
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
