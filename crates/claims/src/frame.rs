//! The frame of an act: which words of the sentence stand in which grammatical function to it.
//!
//! A function is a hash: "active subject", "passive agent", "object of the verb that the act noun is the object of",
//! "under `against`", "joined to the active subject". The models learn what each means for each kind of act.

use holdfire_types::{Dep, Upos};

use crate::linear::fold;
use crate::view::View;

/// A grammatical function, folded.
pub type Function = u32;

/// Functions of the words around one act.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    known: Vec<(usize, Function)>,
}

const SUBJECT: u32 = 1;
const PASSIVE_SUBJECT: u32 = 2;
const OBJECT: u32 = 3;
const AGENT: u32 = 4;
const OBLIQUE: u32 = 5;
const POSSESSOR: u32 = 6;
const MODIFIER: u32 = 7;
const UNDER: u32 = 8;
const JOINED: u32 = 9;
const PART: u32 = 10;
const GOVERNED: u32 = 11;
const CARRIED: u32 = 12;
const ITSELF: u32 = 13;

impl Frame {
    /// The frame of the act at token `i`.
    pub fn new(view: &View<'_>, i: usize) -> Self {
        let mut frame = Self::default();
        frame.note(i, fold(ITSELF, &[]));
        if view.is_predicate(i) || view.upos(i) == Upos::Verb {
            frame.verb(view, i, 0);
            frame.governor(view, i);
        } else {
            frame.noun(view, i);
            let clause = view.clause(i);
            if clause != i {
                let way = view.tree.path(i, clause).map_or(0, |p| {
                    p.up().iter().fold(CARRIED, |hash, &u| fold(hash, &[view.rel[u as usize]]))
                });
                frame.verb(view, clause, way);
                frame.governor(view, clause);
            }
        }
        frame.spread(view);
        frame
    }

    /// The function of token `i`; 0 where it has none.
    pub fn of(&self, i: usize) -> Function {
        self.known.iter().find(|(t, _)| *t == i).map_or(0, |(_, f)| *f)
    }

    fn note(&mut self, token: usize, function: Function) {
        if self.of(token) == 0 {
            self.known.push((token, function));
        }
    }

    /// Subject, object and obliques of the verb `v`. `by` tells how the act hangs on the verb; 0 for the act itself.
    fn verb(&mut self, view: &View<'_>, v: usize, by: u32) {
        let passive = is_passive(view, v);
        let subject = if passive { PASSIVE_SUBJECT } else { SUBJECT };
        for k in view.kids(v) {
            let function = match view.dep(k) {
                Dep::NsubjPass => fold(PASSIVE_SUBJECT, &[by]),
                Dep::Nsubj | Dep::NsubjOuter => fold(subject, &[by]),
                Dep::Obj | Dep::Iobj => fold(OBJECT, &[by]),
                Dep::OblAgent => fold(AGENT, &[by]),
                Dep::Obl if passive && case(view, k) == case_hash("by") => fold(AGENT, &[by]),
                Dep::Obl | Dep::OblUnmarked => fold(OBLIQUE, &[by, case(view, k)]),
                Dep::Amod | Dep::Compound | Dep::Advmod => fold(MODIFIER, &[by, 1]),
                _ => continue,
            };
            self.note(k, function);
        }
        match view.dep(v) {
            // "the rebels shelling the town", "the town shelled by rebels"
            Dep::Acl | Dep::Amod => {
                if let Some(noun) = view.tree.head(v) {
                    let function =
                        if view.sentence.tokens[v].xpos == "VBN" { PASSIVE_SUBJECT } else { subject };
                    self.note(noun, fold(function, &[by]));
                }
            }
            // "the rebels who shelled the town", "the town which rebels shelled"
            Dep::AclRelcl => {
                if let Some(noun) = view.tree.head(v) {
                    let relative =
                        |k: &usize| matches!(view.form(*k).to_lowercase().as_str(), "who" | "which" | "that");
                    let function = match view.subject(v).filter(|s| !relative(s)) {
                        Some(_) if !passive => OBJECT,
                        _ => subject,
                    };
                    self.note(noun, fold(function, &[by]));
                }
            }
            _ => {}
        }
        if let Some(inherited) = view.subject(v) {
            self.note(inherited, fold(subject, &[by]));
        }
    }

    /// What stands around the verb that governs the act's clause ("accused X of", "called on X to").
    fn governor(&mut self, view: &View<'_>, v: usize) {
        let mut at = v;
        for step in 0..3 {
            if !matches!(view.dep(at), Dep::Xcomp | Dep::Advcl | Dep::Ccomp | Dep::Acl | Dep::Conj | Dep::Obl)
            {
                return;
            }
            let Some(above) = view.tree.head(at) else { return };
            let by = fold(GOVERNED, &[view.dep(at) as u32, step.min(1)]);
            self.verb(view, above, by);
            at = above;
        }
    }

    /// Possessor, modifiers and prepositional phrases of the noun `n`.
    fn noun(&mut self, view: &View<'_>, n: usize) {
        for k in view.kids(n) {
            let function = match view.dep(k) {
                Dep::NmodPoss => fold(POSSESSOR, &[]),
                Dep::Amod | Dep::Compound | Dep::NmodDesc => fold(MODIFIER, &[]),
                Dep::Nmod | Dep::Obl => fold(UNDER, &[case(view, k)]),
                _ => continue,
            };
            self.note(k, function);
        }
        // a noun inside a compound shares its head's modifiers: "Israeli air strikes" for "air"
        if matches!(view.dep(n), Dep::Compound | Dep::Conj)
            && let Some(head) = view.tree.head(n)
        {
            for k in view.kids(head) {
                let function = match view.dep(k) {
                    Dep::NmodPoss => fold(POSSESSOR, &[1]),
                    Dep::Amod | Dep::Compound => fold(MODIFIER, &[1]),
                    Dep::Nmod => fold(UNDER, &[case(view, k), 1]),
                    _ => continue,
                };
                self.note(k, function);
            }
        }
    }

    /// Hands functions on: to what is joined by "and", and to modifiers and parts of what has one.
    fn spread(&mut self, view: &View<'_>) {
        let mut at = 0;
        while at < self.known.len() && self.known.len() < 60 {
            let (token, function) = self.known[at];
            at += 1;
            for k in view.kids(token) {
                let handed = match view.dep(k) {
                    Dep::Conj if view.upos(k) != Upos::Verb => fold(JOINED, &[function]),
                    Dep::Nmod => fold(PART, &[function, case(view, k)]),
                    Dep::NmodPoss => fold(PART, &[function, 1]),
                    Dep::Amod | Dep::Compound => fold(PART, &[function, 2]),
                    Dep::Appos => fold(PART, &[function, 3]),
                    Dep::Flat => fold(PART, &[function, 4]),
                    _ => continue,
                };
                self.note(k, handed);
            }
        }
    }
}

/// True for a verb in the passive: by its helper, its subject or its form as a participle behind a noun.
pub fn is_passive(view: &View<'_>, v: usize) -> bool {
    view.kids(v).any(|k| matches!(view.dep(k), Dep::AuxPass | Dep::NsubjPass | Dep::OblAgent))
        || (view.dep(v) == Dep::Acl && view.sentence.tokens[v].xpos == "VBN")
}

fn case(view: &View<'_>, i: usize) -> u32 {
    view.kids(i).find(|&k| view.dep(k) == Dep::Case).map_or(0, |k| view.lemma[k])
}

fn case_hash(word: &str) -> u32 {
    crate::linear::word_hash(word)
}

/// The one who, by grammar alone, says what token `i` tells, and how that was found: 1 a speech verb above, 2 "according
/// to", 3 the sentence's own speech verb around a quotation, 4 a speech noun.
pub fn grammatical_speaker(view: &View<'_>, i: usize) -> Option<(usize, u32)> {
    let speech = |t: usize| view.listed[t].is_some_and(|w| w.stances() != 0);
    // the act is itself one of speech ("criticises"): its own subject says it
    let statement = view.may_tell(i, holdfire_types::Kind::Statement);
    if view.upos(i) == Upos::Verb
        && speech(i)
        && statement
        && let Some(subject) = view.subject(i).or_else(|| agent(view, i))
    {
        return Some((subject, 5));
    }
    let mut below = i;
    for above in view.tree.above(i) {
        let clausal = matches!(
            view.dep(below),
            Dep::Ccomp
                | Dep::Xcomp
                | Dep::Parataxis
                | Dep::Advcl
                | Dep::Acl
                | Dep::Obj
                | Dep::Obl
                | Dep::Nmod
                | Dep::NsubjPass
        );
        if speech(above) && clausal {
            let found = match view.upos(above) {
                Upos::Verb => crate::source::just_after(view, above)
                    .filter(|_| i < above)
                    .or_else(|| crate::source::just_before(view, above))
                    .filter(|&s| i < s && i < above)
                    .or_else(|| view.subject(above))
                    .or_else(|| agent(view, above))
                    .filter(|&s| s != i && !view.tree.under(i, s))
                    .map(|s| (s, 1)),
                Upos::Noun => view.tree.kid_by(view.sentence, above, &[Dep::NmodPoss]).map(|s| (s, 4)),
                _ => None,
            };
            if found.is_some() {
                return found;
            }
        }
        below = above;
    }
    let to = case_hash("to");
    let according = (0..view.len())
        .find(|&t| view.lemma[t] == case_hash("accord") || view.lemma[t] == case_hash("according"));
    if let Some(according) = according {
        let object = (according + 1..view.len().min(according + 12)).find(|&t| {
            matches!(view.dep(t), Dep::Obl | Dep::Nmod)
                && matches!(view.upos(t), Upos::Noun | Upos::Propn | Upos::Pron)
        });
        if view.lemma.get(according + 1) == Some(&to)
            && let Some(object) = object
        {
            return Some((informant(view, object), 2));
        }
    }
    // `"...", said X`; `..., X said`: the parser may have lost the link
    let verb = (0..view.len()).find(|&t| {
        view.upos(t) == Upos::Verb
            && !view.quoted[t]
            && view.listed[t].is_some_and(|w| {
                w.is(holdfire_types::Stance::States) && w.sort == holdfire_world::NounSort::default()
            })
            && view.kids(t).any(|k| view.dep(k) == Dep::Nsubj)
            && !view.tree.under(t, i)
            && (view.quoted[i]
                || view.kids(t).any(|k| matches!(view.dep(k), Dep::Ccomp | Dep::Parataxis))
                || view.dep(t) == Dep::Parataxis)
    })?;
    view.subject(verb).filter(|&s| s != i).map(|s| (s, 3))
}

/// Which turnings the way from token `i` up to a word of speech takes: a bit each for relative clauses, premodifiers,
/// prepositional phrases, participles and subjects. What stands off the main line is often the narrator's own.
pub fn turnings(view: &View<'_>, i: usize) -> u32 {
    let mut bits = 0;
    let mut below = i;
    for above in view.tree.above(i) {
        bits |= match view.dep(below) {
            Dep::AclRelcl | Dep::AdvclRelcl => 1,
            Dep::Amod | Dep::Compound => 2,
            Dep::Nmod | Dep::NmodPoss => 4,
            Dep::Acl => 8,
            Dep::Nsubj | Dep::NsubjPass => 16,
            Dep::Advcl => 32,
            Dep::Ccomp | Dep::Parataxis => 64,
            _ => 0,
        };
        if view.listed[above].is_some_and(|w| w.stances() != 0) {
            return bits | 128;
        }
        below = above;
    }
    bits
}

/// Nouns for what is told, which stand for the one who tells it.
const INFORMATION: &[&str] = &[
    "report", "information", "figure", "figures", "toll", "statement", "release", "count", "tally", "datum",
    "data", "bulletin", "account", "statistic", "estimate",
];

/// Who stands behind a report, a count or information: "a report by X", "figures of X", "X's statement".
fn informant(view: &View<'_>, object: usize) -> usize {
    if !INFORMATION.contains(&view.lemma_of(object)) {
        return object;
    }
    let behind = |k: &usize| {
        matches!(view.upos(*k), Upos::Propn | Upos::Noun)
            && (view.dep(*k) == Dep::NmodPoss
                || (view.dep(*k) == Dep::Nmod
                    && ["by", "from", "of"].map(case_hash).contains(&case(view, *k)))
                || (view.dep(*k) == Dep::Compound && view.upos(*k) == Upos::Propn))
    };
    let kids = view.kids(object).find(behind);
    let made = || {
        let by = view.kids(object).find(|&k| view.dep(k) == Dep::Acl)?;
        view.kids(by)
            .find(|&k| matches!(view.dep(k), Dep::OblAgent | Dep::Obl) && case(view, k) == case_hash("by"))
    };
    kids.or_else(made).unwrap_or(object)
}

fn agent(view: &View<'_>, v: usize) -> Option<usize> {
    view.kids(v).find(|&k| view.dep(k) == Dep::OblAgent)
}
