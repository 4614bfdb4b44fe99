//! What the models are told when the source of an act is sought.

use holdfire_types::{Dep, Kind, Stance, Upos};

use super::{Bag, case_of, governors, mood, way};
use crate::frame::Frame;
use crate::mentions::Mention;
use crate::told::History;
use crate::view::View;

/// What is known of an act when its source is sought.
#[derive(Debug)]
pub struct Said {
    /// The act's kind.
    pub kind: Kind,
    /// Its stance.
    pub stance: Stance,
    /// Its frame.
    pub frame: Frame,
    /// The turnings on the way up to a word of speech.
    pub turnings: u32,
    /// Who says it by grammar alone, and how that was found.
    pub speaker: Option<(usize, u32)>,
}

/// Whether a mention is the source of the act at `i`.
pub fn source(view: &View<'_>, i: usize, said: &Said, mention: &Mention, told: &History) -> Bag {
    let mut bag = Bag::default();
    let head = mention.head as usize;
    let sort = mention.sort as u32;
    let rel = view.rel[head];
    let kind = said.kind;
    let stance = said.stance as u32;
    let guessed = said.speaker.map_or(0, |(token, how)| {
        let exact = token == head;
        let inside = !exact && mention.start as usize <= token && token < mention.end as usize;
        if exact {
            how
        } else if inside {
            10 + how
        } else {
            20
        }
    });
    bag.add(234, &[guessed, said.turnings]);
    bag.add(235, &[guessed, view.dep(i) as u32]);
    bag.add(236, &[guessed, kind as u32]);
    bag.add(226, &[guessed]);
    bag.add(237, &[guessed, view.spoken, stance]);
    bag.add(227, &[guessed, sort]);
    bag.add(228, &[guessed, stance]);
    bag.add(229, &[guessed, u32::from(view.quoted[i])]);
    let [a, _, _, says] = told.filled(&mention.stems).map(u32::from);
    bag.add(238, &[says, a.min(1), sort]);
    bag.add(239, &[says, guessed, told.told().len().min(2) as u32]);
    let function = said.frame.of(head);
    bag.add(230, &[function, stance]);
    bag.add(231, &[function, stance, kind as u32]);
    bag.add(232, &[function, view.lemma[i]]);
    bag.add(233, &[stance, rel]);
    bag.add(200, &[sort]);
    bag.add(201, &[rel, sort]);
    bag.add(202, &[view.dep(head) as u32]);
    bag.add(203, &[u32::from(mention.modifier)]);
    bag.add(204, &[kind as u32, sort]);
    let governor = view.tree.head(head);
    let inside = view.tree.under(head, i);
    if let Some(above) = governor {
        let stances = view.listed[above].map_or(0, |w| u32::from(w.stances()));
        let over = view.tree.under(i, above);
        bag.add(205, &[view.lemma[above], rel]);
        bag.add(206, &[stances, rel, u32::from(over)]);
        bag.add(207, &[view.lemma[above], rel, u32::from(over)]);
        bag.add(208, &[stances, view.dep(head) as u32, u32::from(over), sort]);
        bag.add(340, &[view.groups[above].fine, rel, u32::from(over)]);
        bag.add(341, &[view.groups[above].coarse, view.dep(head) as u32, u32::from(over), sort]);
        bag.add(209, &[u32::from(above == i), rel, view.lemma[above]]);
        bag.add(223, &[u32::from(above == i), rel, kind as u32]);
        // the nearest speech word above the act is the innermost speaker's
        let nearest = std::iter::once(i)
            .chain(governors(view, i))
            .find(|&g| view.listed[g].is_some_and(|w| w.stances() != 0));
        bag.add(210, &[u32::from(nearest == Some(above)), rel, stances]);
        bag.add(224, &[u32::from(nearest == Some(above)), view.dep(head) as u32, u32::from(above == i)]);
    }
    if let Some(way) = way(view, i, head) {
        bag.add(211, &[way.whole]);
        bag.add(212, &[way.bare]);
        bag.add(213, &[way.bare, sort]);
        bag.add(214, &[way.bare, view.lemma[i]]);
        bag.add(215, &[way.top_lemma, way.bare]);
        bag.add(216, &[way.steps.min(8), u32::from(head < i)]);
        bag.add(225, &[way.bare, kind as u32]);
    }
    let case = case_of(view, head);
    bag.add(217, &[case, sort]);
    bag.add(218, &[view.lemma[head]]);
    bag.add(342, &[view.groups[head].fine]);
    bag.add(343, &[view.groups[head].coarse, guessed]);
    bag.add(219, &[u32::from(inside), sort, u32::from(view.quoted[i])]);
    if (mention.start as usize) > 0 {
        bag.add(220, &[view.lemma[mention.start as usize - 1], sort]);
    }
    bag.add(221, &[u32::from(view.quoted[head]), u32::from(view.quoted[i])]);
    let clause = view.clause(i);
    bag.add(222, &[u32::from(view.subject(clause) == Some(head)), view.lemma[clause]]);
    bag
}

/// Whether the narrator is the source of the act at `i`.
pub fn narrator(view: &View<'_>, i: usize, said: &Said, speaker_known: bool) -> Bag {
    let mut bag = Bag::default();
    let (kind, stance) = (said.kind, said.stance as u32);
    let how = said.speaker.map_or(0, |(_, how)| how);
    let quoted = u32::from(view.quoted[i]);
    let known = u32::from(speaker_known) + 2 * view.spoken;
    bag.add(251, &[how]);
    bag.add(252, &[how, stance]);
    bag.add(253, &[stance, kind as u32]);
    bag.add(254, &[how, quoted, known]);
    bag.add(255, &[stance, known]);
    bag.add(256, &[how, known, stance]);
    bag.add(257, &[view.lemma[i], stance]);
    bag.add(344, &[view.groups[view.clause(i)].fine, u32::from(view.clause(i) == i)]);
    bag.add(345, &[view.groups[i].fine, how]);
    bag.add(258, &[said.turnings, how]);
    bag.add(259, &[said.turnings, how, kind as u32]);
    bag.add(272, &[said.turnings, quoted, known]);
    bag.add(273, &[view.dep(i) as u32, how, known]);
    bag.add(274, &[view.upos(i) as u32, how, stance]);
    bag.add(240, &[]);
    bag.add(241, &[u32::from(view.quoted[i])]);
    bag.add(242, &[u32::from(speaker_known)]);
    bag.add(243, &[kind as u32]);
    bag.add(244, &[view.lemma[i]]);
    let clause = view.clause(i);
    bag.add(245, &[view.lemma[clause], u32::from(clause == i)]);
    let mut stances = 0;
    let mut below = i;
    for above in std::iter::once(i).chain(governors(view, i)) {
        if let Some(word) = view.listed[above].filter(|w| w.stances() != 0) {
            stances |= u32::from(word.stances());
            bag.add(348, &[view.groups[above].fine, view.rel[below], u32::from(above == i)]);
            bag.add(246, &[view.lemma[above], view.rel[below], u32::from(above == i)]);
            bag.add(250, &[u32::from(word.stances()), view.rel[below], u32::from(above == i)]);
        }
        below = above;
    }
    bag.add(247, &[stances]);
    bag.add(248, &[u32::from(has_speech(view))]);
    mood(view, clause, &mut bag);
    bag.add(249, &[view.dep(i) as u32]);
    bag
}

/// True when the sentence has a word of speech with a subject, or "according to".
pub fn has_speech(view: &View<'_>) -> bool {
    (0..view.len()).any(|i| {
        view.listed[i].is_some_and(|w| w.stances() != 0)
            && view.kids(i).any(|k| matches!(view.dep(k), Dep::Nsubj | Dep::Case | Dep::Fixed))
    })
}

/// Whether the source of the claim before, or the document's own speaker, says the act at `i`.
pub fn standing_source(view: &View<'_>, i: usize, said: &Said, what: u32, near: u32) -> Bag {
    let mut bag = Bag::default();
    let how = said.speaker.map_or(0, |(_, how)| how);
    bag.add(268, &[what, how]);
    bag.add(275, &[what, view.spoken, how, said.turnings]);
    bag.add(269, &[what, how, near, u32::from(view.quoted[i])]);
    bag.add(270, &[what, said.stance as u32]);
    bag.add(271, &[what, how, said.stance as u32]);
    let quoted = u32::from(view.quoted[i]);
    let speech = u32::from(has_speech(view));
    bag.add(260, &[what]);
    bag.add(261, &[what, near]);
    bag.add(262, &[what, quoted]);
    bag.add(263, &[what, speech]);
    bag.add(264, &[what, near, quoted, speech]);
    bag.add(265, &[what, u32::from(view.quoted.first().copied().unwrap_or(false)), near]);
    let first_person = (0..view.len()).any(|j| {
        view.upos(j) == Upos::Pron
            && matches!(view.form(j).to_lowercase().as_str(), "we" | "our" | "i" | "my" | "us")
    });
    bag.add(266, &[what, u32::from(first_person), quoted]);
    bag.add(267, &[what, view.lemma[view.clause(i)]]);
    bag
}
