//! The root event of a sentence in PLOVER's terms, from its words and its tree.
//!
//! The main clause decides. Under verbs of saying the event is what is said; under verbs of intent, and in the future,
//! what helps is agreed to and what hurts is threatened; what helps and is negated is rejected.

use holdfire_types::{Dep, Root, Upos};
use holdfire_world::RootWords;

use crate::factuality::{has, kids_by, negated};
use crate::view::View;

/// Clauses in clauses that are followed.
const DEEPEST: usize = 6;

/// A root and the token that gave it.
type Found = (usize, Root);

/// The root event of a sentence and the token that carries it; `None` where no word of the list stands in it.
pub fn root_event(view: &View<'_>, words: &RootWords) -> Option<(usize, Root)> {
    let coder = Coder { view, words };
    let root = view.sentence.root()?;
    coder.clause(root, 0).or_else(|| coder.anywhere())
}

struct Coder<'a, 'p> {
    view: &'a View<'p>,
    words: &'a RootWords,
}

impl Coder<'_, '_> {
    /// The event of the clause that `i` heads.
    fn clause(&self, i: usize, depth: usize) -> Option<Found> {
        if depth > DEEPEST {
            return None;
        }
        let view = self.view;
        let complement = kids_by(view, i, &[Dep::Ccomp, Dep::Xcomp]).next();
        let below = |coder: &Self, k: Option<usize>| k.and_then(|k| coder.clause(k, depth + 1));
        if self.listed(i, &self.words.clause().speech) {
            let said = below(self, complement).or_else(|| self.named(i, &[Dep::Obj])).or_else(|| {
                let beside = kids_by(view, i, &[Dep::Ccomp, Dep::Parataxis, Dep::Advcl]);
                beside.into_iter().find_map(|k| self.clause(k, depth + 1))
            });
            if said.is_some() {
                return said;
            }
        }
        // "said that Sudan must return": who says so asks for it
        if depth > 0 && has(view, i, &[Dep::Aux], &["must", "should"]) {
            return Some((i, Root::Request));
        }
        let own = self.verb(i);
        if self.listed(i, &self.words.clause().intent) && complement.is_some() {
            return self.intended(i, own, below(self, complement));
        }
        if own == Some(Root::Agree) {
            return Some((i, if negated(view, i) { Root::Reject } else { Root::Agree }));
        }
        let mut found = own.map(|root| (i, root));
        if found.is_none() || self.listed(i, &self.words.clause().light) {
            found = self.named(i, &[Dep::Obj, Dep::NsubjPass, Dep::Obl]).or(found);
        }
        let found = found
            .or_else(|| below(self, complement))
            .or_else(|| (view.upos(i) != Upos::Verb).then(|| self.noun(i, 0)).flatten())
            .or_else(|| self.named(i, &[Dep::Nsubj, Dep::Obl]))
            .or_else(|| {
                let beside = [Dep::Advcl, Dep::Conj, Dep::Parataxis, Dep::Acl];
                kids_by(view, i, &beside).find_map(|k| self.clause(k, depth + 1))
            });
        self.modified(i, found?)
    }

    /// What is meant to be done below the verb of intent `i`.
    fn intended(&self, i: usize, own: Option<Root>, inner: Option<Found>) -> Option<Found> {
        if negated(self.view, i) {
            return Some((i, Root::Reject));
        }
        match inner {
            Some((t, root)) if helps(root) => Some((t, Root::Agree)),
            Some((t, Root::Assault | Root::Sanction | Root::Coerce | Root::Protest)) => {
                Some((t, Root::Threaten))
            }
            Some(other) => Some(other),
            None => own
                .or_else(|| self.listed(i, &self.words.clause().firm).then_some(Root::Agree))
                .map(|root| (i, root)),
        }
    }

    /// An event of the clause at `i`, negated or yet to come.
    fn modified(&self, i: usize, (t, root): Found) -> Option<Found> {
        if matches!(root, Root::Request | Root::Accuse | Root::Threaten | Root::Reject) {
            return Some((t, root));
        }
        let view = self.view;
        if negated(view, i) {
            return helps(root).then_some((t, Root::Reject));
        }
        if has(view, i, &[Dep::Aux], &["will", "would", "shall", "'ll", "wo", "'d"]) {
            let unless = kids_by(view, i, &[Dep::Advcl]).any(|k| has(view, k, &[Dep::Mark], &["unless"]));
            return Some((t, if unless || !helps(root) { Root::Threaten } else { Root::Agree }));
        }
        Some((t, root))
    }

    /// The first listed word, where the main clause has none.
    fn anywhere(&self) -> Option<Found> {
        let all = || 0..self.view.len();
        let verb = all().find_map(|i| self.verb(i).map(|root| (i, root)));
        verb.or_else(|| all().find_map(|i| self.noun_alone(i).map(|root| (i, root))))
    }

    /// The root of the first noun among `i`'s dependents by `deps` that has one.
    fn named(&self, i: usize, deps: &[Dep]) -> Option<Found> {
        deps.iter()
            .find_map(|dep| kids_by(self.view, i, std::slice::from_ref(dep)).find_map(|k| self.noun(k, 0)))
    }

    /// The root of a noun or of one that describes it ("the first round of talks").
    fn noun(&self, i: usize, depth: usize) -> Option<Found> {
        if let Some(root) = self.noun_alone(i) {
            return Some((i, root));
        }
        let parts = [Dep::Nmod, Dep::NmodPoss, Dep::NmodDesc, Dep::Compound, Dep::Conj];
        let noun = |k: &usize| matches!(self.view.upos(*k), Upos::Noun | Upos::Propn) && *k < i + 12;
        (depth < 2)
            .then(|| kids_by(self.view, i, &parts).filter(noun).find_map(|k| self.noun(k, depth + 1)))
            .flatten()
    }

    fn noun_alone(&self, i: usize) -> Option<Root> {
        if !matches!(self.view.upos(i), Upos::Noun | Upos::Propn) {
            return None;
        }
        let above = self.view.tree.head(i);
        let beside = |word: &str| {
            self.near(i, word, 0) || above.is_some_and(|h| self.view.lemma_of(h).eq_ignore_ascii_case(word))
        };
        self.words.noun(&self.view.lemma_of(i).to_lowercase(), beside)
    }

    fn verb(&self, i: usize) -> Option<Root> {
        if !matches!(self.view.upos(i), Upos::Verb | Upos::Aux) {
            return None;
        }
        let beside = |word: &str| self.near(i, word, 0);
        self.words.verb(&self.view.lemma_of(i).to_lowercase(), beside).or_else(|| {
            // the lemma may be misread ("shel" of "shelled"): the form without its ending
            let form = self.view.form(i).to_lowercase();
            self.words.verb(form.strip_suffix("ed")?, beside)
        })
    }

    /// True where a word stands below `i`, down to the parts of its arguments' parts.
    fn near(&self, i: usize, word: &str, depth: usize) -> bool {
        let part = |k: &usize| {
            depth == 0 || matches!(self.view.dep(*k), Dep::Nmod | Dep::Compound | Dep::Amod | Dep::Conj)
        };
        depth < 3
            && self
                .view
                .kids(i)
                .filter(part)
                .any(|k| self.view.lemma_of(k).eq_ignore_ascii_case(word) || self.near(k, word, depth + 1))
    }

    fn listed(&self, i: usize, list: &[String]) -> bool {
        list.iter().any(|word| word.eq_ignore_ascii_case(self.view.lemma_of(i)))
    }
}

/// True for roots of cooperation.
fn helps(root: Root) -> bool {
    matches!(
        root,
        Root::Agree
            | Root::Consult
            | Root::Support
            | Root::Cooperate
            | Root::Aid
            | Root::Concede
            | Root::Retreat
            | Root::Investigate
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    fn root(items: &str) -> Option<Root> {
        let world = holdfire_world::World::embedded().unwrap();
        view_of(items, |view| root_event(view, world.roots()).map(|(_, root)| root))
    }

    #[test]
    fn what_is_said_is_the_event() {
        let said = "Officials|NOUN|1|nsubj|official said|VERB|_|root|say rebels|NOUN|3|nsubj|rebel freed|VERB|1|ccomp|free hostages|NOUN|3|obj|hostage";
        assert_eq!(root(said), Some(Root::Retreat));
    }

    #[test]
    fn intent_and_future_agree_to_what_helps_and_threaten_what_hurts() {
        let frees = "It|PRON|2|nsubj will|AUX|2|aux free|VERB|_|root hostages|NOUN|2|obj|hostage";
        assert_eq!(root(frees), Some(Root::Agree));
        let bombs = "It|PRON|2|nsubj will|AUX|2|aux bomb|VERB|_|root towns|NOUN|2|obj|town";
        assert_eq!(root(bombs), Some(Root::Threaten));
        let plans = "It|PRON|1|nsubj plans|VERB|_|root|plan to|PART|3|mark talk|VERB|1|xcomp";
        assert_eq!(root(plans), Some(Root::Agree));
    }

    #[test]
    fn what_helps_and_is_negated_is_rejected() {
        let kept = "It|PRON|3|nsubj will|AUX|3|aux not|PART|3|advmod withdraw|VERB|_|root";
        assert_eq!(root(kept), Some(Root::Reject));
        let calm = "It|PRON|3|nsubj did|AUX|3|aux|do not|PART|3|advmod attack|VERB|_|root";
        assert_eq!(root(calm), Some(Root::Assault), "found anywhere, as nothing else is told");
    }

    #[test]
    fn a_light_verb_leaves_the_event_to_its_noun() {
        let talks = "Envoys|NOUN|1|nsubj|envoy held|VERB|_|root|hold a|DET|3|det round|NOUN|1|obj of|ADP|5|case talks|NOUN|3|nmod|talk";
        assert_eq!(root(talks), Some(Root::Consult));
    }
}
