//! Governing words: how the verb above an act makes its subject stand to it, "denied that", "accused X of", "could not say
//! whether".

use holdfire_types::{Dep, Kind, Stance, Upos};

use crate::frame::is_passive;
use crate::operators::{NEGATION, STOPPING, is, marked, marked_by};
use crate::view::View;

/// Verbs that leave no doubt how their subject stands to what is below them, with the prepositions that it must stand
/// under where the verb alone does not say so.
const PLAIN: &[(&str, &[&str], Stance)] = &[
    ("deny", &[], Stance::Denies),
    ("reject", &[], Stance::Denies),
    ("dismiss", &[], Stance::Denies),
    ("refuse", &[], Stance::Denies),
    ("decline", &[], Stance::Denies),
    ("rule", &[], Stance::Denies),
    ("turn", &[], Stance::Denies),
    ("accuse", &[], Stance::Accuses),
    ("blame", &[], Stance::Accuses),
    ("condemn", &[], Stance::Accuses),
    ("denounce", &[], Stance::Accuses),
    ("threaten", &[], Stance::Threatens),
    ("warn", &["to", "against"], Stance::Demands),
    ("warn", &[], Stance::Threatens),
    ("demand", &[], Stance::Demands),
    ("urge", &[], Stance::Demands),
    ("call", &["for", "on", "upon", "to"], Stance::Demands),
    ("appeal", &["for", "to"], Stance::Demands),
    ("order", &[], Stance::Demands),
    ("tell", &["to"], Stance::Demands),
    ("promise", &[], Stance::Promises),
    ("pledge", &[], Stance::Promises),
    ("vow", &[], Stance::Promises),
    ("offer", &[], Stance::Promises),
    ("propose", &[], Stance::Promises),
    ("undertake", &["to"], Stance::Promises),
    ("intend", &["to"], Stance::Promises),
    ("plan", &["to"], Stance::Promises),
    ("agree", &["to"], Stance::Promises),
    ("doubt", &[], Stance::Doubts),
];

/// Nouns for what was said, which a denial passes on to the act: "denied allegations of an attack".
pub const SAYINGS: &[&str] = &[
    "responsibility", "allegation", "accusation", "claim", "report", "involvement", "charge", "role",
    "suggestion",
];

/// Nouns for what is asked or offered, which is turned down with the act in it: "rejected an offer of a truce".
pub const OFFERS: &[&str] =
    &["offer", "proposal", "call", "appeal", "demand", "request", "bid", "plan", "idea"];

/// What such a verb gives the act below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The stance.
    pub stance: Stance,
    /// Who says it: the verb's subject; none is named by "was accused of".
    pub speaker: Option<usize>,
    /// The verb's object: the one accused or called upon.
    pub addressed: Option<usize>,
}

/// The stance that such a verb gives the act at `i`, with the token of its speaker, where the act stands in the clause
/// that the verb governs and off no side road.
pub fn plain_stance(view: &View<'_>, i: usize, kind: Kind) -> Option<Told> {
    let whole = left_open(view, i).or_else(|| owned_up(view, i)).or_else(|| charges(view, i));
    if let Some(told) = whole.or_else(|| denied_by(view, i)).or_else(|| unanswered(view, i, kind)) {
        return Some(told);
    }
    let mut at = i;
    for _ in 0..5 {
        let above = view.tree.head(at)?;
        let described = matches!(view.dep(at), Dep::Nmod | Dep::Acl);
        let turned_down = |noun: usize| {
            view.tree.head(noun).is_some_and(|verb| {
                is(view, verb, &["reject", "dismiss", "refuse"]) || is_turned_down(view, verb)
            })
        };
        let of_saying =
            described && (is(view, above, SAYINGS) || (is(view, above, OFFERS) && turned_down(above)));
        // "demanded a halt to the fighting"
        let of_end = view.dep(at) == Dep::Nmod && is(view, above, STOPPING);
        let clausal = of_saying
            || of_end
            || matches!(
                view.dep(at),
                Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Acl | Dep::Obj | Dep::Obl | Dep::Conj
            );
        let of_verb = view.upos(above) == Upos::Verb;
        // "refused to stop shelling" denies no shelling
        if at != i && is(view, at, STOPPING) && is(view, above, &["refuse", "decline"]) {
            return None;
        }
        if !clausal
            || (view.dep(at) == Dep::Advcl
                && !marked(view, at, &["of", "for", "to", "with", "that"])
                && !is_to(view, at))
        {
            return None;
        }
        // "blamed the army for killing": the parser may hang the clause on the army
        if view.dep(at) == Dep::Acl && of_verb {
            return None;
        }
        if of_verb
            && view.dep(at) != Dep::Conj
            && let Some((_, _, stance)) = PLAIN.iter().find(|(verb, under, _)| {
                view.lemma_of(above) == *verb && (under.is_empty() || marked_by(view, at, under))
            })
            && !(is(view, above, &["warn"]) && *stance == Stance::Threatens && !is_own_will(view, at))
            && !(*stance == Stance::Denies && keeps_out(view, above))
            // what was agreed between two is told as agreed
            && !(is(view, above, &["agree"]) && matches!(kind, Kind::Truce | Kind::Talks))
            && (!is(view, above, &["rule"]) || view.kids(above).any(|k| is(view, k, &["out"])))
            && (!is(view, above, &["turn"]) || is_turned_down(view, above))
        {
            let object = view
                .tree
                .kid_by(view.sentence, above, &[Dep::Obj, Dep::Iobj])
                .filter(|&o| !view.tree.under(i, o) || view.dep(at) == Dep::Acl);
            // "called on Israel to", "appealed to both sides to"
            let called_on = || {
                let asks = |k: &usize| view.dep(*k) == Dep::Obl && marked_by(view, *k, &["on", "upon", "to"]);
                view.kids(above).find(asks).filter(|_| *stance == Stance::Demands)
            };
            let addressed =
                object.filter(|_| matches!(stance, Stance::Accuses | Stance::Demands)).or_else(called_on);
            let agent = || view.kids(above).find(|&k| view.dep(k) == Dep::OblAgent);
            // "said the fighting was a feud and denied that ...": no deed speaks; "said rebels had taken the town but denied
            // that ...": who said the one denies the other
            let that = (view.dep(at) == Dep::Ccomp && is(view, above, &["deny"]))
                || is(view, above, &["accuse", "blame"]);
            let subject = view.subject(above).and_then(|s| match view.tree.head(s) {
                Some(verb)
                    if verb != above
                        && view.dep(verb) == Dep::Ccomp
                        && (that || (view.kinds[s] != 0 && view.upos(s) == Upos::Noun)) =>
                {
                    let saying = view.tree.head(verb).filter(|_| view.dep(verb) == Dep::Ccomp)?;
                    view.subject(saying)
                }
                _ => Some(s),
            });
            return subject.map(|subject| {
                if is_passive(view, above) && matches!(stance, Stance::Accuses | Stance::Demands) {
                    Told { stance: *stance, speaker: agent(), addressed: Some(subject) }
                } else {
                    Told { stance: *stance, speaker: Some(subject), addressed }
                }
            });
        }
        // another speaker's clause begins
        if view.dep(at) == Dep::Ccomp {
            return None;
        }
        at = above;
    }
    None
}

/// "Turned down the offer".
fn is_turned_down(view: &View<'_>, verb: usize) -> bool {
    is(view, verb, &["turn"]) && view.kids(verb).any(|k| is(view, k, &["down"]))
}

/// "Warned that it would attack": what one who warns will do himself.
fn is_own_will(view: &View<'_>, clause: usize) -> bool {
    let own = |k: usize| view.dep(k) == Dep::Nsubj && is(view, k, &["it", "he", "she", "they", "we"]);
    let will = |k: usize| view.dep(k) == Dep::Aux && is(view, k, &["will", "would"]);
    view.dep(clause) == Dep::Ccomp && view.kids(clause).any(own) && view.kids(clause).any(will)
}

/// "The army blamed the rebels", for what was told before: the verb itself is the act word.
fn charges(view: &View<'_>, i: usize) -> Option<Told> {
    // "holds the army responsible": either word may be taken for the act
    let i = view.tree.head(i).filter(|_| is(view, i, &["responsible", "accountable"])).unwrap_or(i);
    let charged = |dep: Dep| view.tree.kid_by(view.sentence, i, &[dep]);
    if !is_charge(view, i) {
        return None;
    }
    let (speaker, addressed) = if is_passive(view, i) {
        (view.kids(i).find(|&k| view.dep(k) == Dep::OblAgent), charged(Dep::NsubjPass))
    } else {
        (view.subject(i), charged(Dep::Obj))
    };
    Some(Told { stance: Stance::Accuses, speaker, addressed: Some(addressed?) })
}

/// True for a verb of charging, which is no deed of its subject.
pub fn is_charge(view: &View<'_>, i: usize) -> bool {
    let to_account = |k: usize| is(view, k, &["responsible", "accountable"]);
    view.upos(i) == Upos::Verb
        && (is(view, i, &["blame", "accuse"]) || (is(view, i, &["hold"]) && view.kids(i).any(to_account)))
}

/// "Denied the convoy access": a deed and no speech.
fn keeps_out(view: &View<'_>, verb: usize) -> bool {
    let kid = |dep: Dep| view.kids(verb).find(|&k| view.dep(k) == dep);
    kid(Dep::Iobj).is_some()
        || view
            .kids(verb)
            .any(|k| view.dep(k) == Dep::Obj && is(view, k, &["access", "entry", "passage", "permission"]))
}

/// True for an act under "denied the convoy access": nobody denies it in words.
pub fn is_kept_out(view: &View<'_>, i: usize) -> bool {
    std::iter::once(i)
        .chain(view.tree.above(i).take(2))
        .any(|t| is(view, t, &["deny", "refuse"]) && keeps_out(view, t))
}

/// "The group claimed responsibility for the attack."
fn owned_up(view: &View<'_>, i: usize) -> Option<Told> {
    let noun = view.tree.head(i).filter(|&t| is(view, t, &["responsibility", "credit"]));
    let verb = match noun {
        Some(noun) if view.dep(i) == Dep::Nmod || view.dep(i) == Dep::Acl => view.tree.head(noun)?,
        // the parser may hang "for the attack" on the verb
        _ => view.tree.head(i).filter(|&verb| {
            marked_by(view, i, &["for"])
                && view
                    .kids(verb)
                    .any(|k| view.dep(k) == Dep::Obj && is(view, k, &["responsibility", "credit"]))
        })?,
    };
    let claims = view.upos(verb) == Upos::Verb && is(view, verb, &["claim"]) && !is_passive(view, verb);
    let speaker = view.subject(verb).filter(|_| claims)?;
    Some(Told { stance: Stance::States, speaker: Some(speaker), addressed: None })
}

/// "Has yet to respond to the rebels' offer of a truce": it is told as offered, whoever offers it.
fn unanswered(view: &View<'_>, i: usize, kind: Kind) -> Option<Told> {
    let verb = view.tree.above(i).take(4).find(|&t| view.upos(t) == Upos::Verb)?;
    let word = |k: usize| is(view, k, NEGATION) || is(view, k, &["yet"]);
    let yet = |t: usize| view.kids(t).any(word);
    let answers = is(view, verb, &["answer", "respond", "reply"]) && kind == Kind::Truce;
    let above = view.tree.head(verb).filter(|_| view.dep(verb) == Dep::Xcomp);
    let open = answers && (yet(verb) || above.is_some_and(yet));
    open.then_some(Told { stance: Stance::States, speaker: None, addressed: None })
}

/// "The fall of the town was denied by the militia", "reports of a raid were dismissed by the army".
fn denied_by(view: &View<'_>, i: usize) -> Option<Told> {
    let saying = view
        .tree
        .head(i)
        .filter(|&n| matches!(view.dep(i), Dep::Nmod | Dep::Acl | Dep::Ccomp) && is(view, n, SAYINGS));
    let what = saying.unwrap_or(i);
    let verb = view.tree.head(what).filter(|_| view.dep(what) == Dep::NsubjPass)?;
    let negated = view.kids(verb).any(|k| is(view, k, NEGATION));
    if !is(view, verb, &["deny", "reject", "dismiss", "refute"]) || negated {
        return None;
    }
    let agent = view.kids(verb).find(|&k| view.dep(k) == Dep::OblAgent)?;
    Some(Told { stance: Stance::Denies, speaker: Some(agent), addressed: None })
}

/// Words for deeds that nobody tells without blame.
const BLAMING: &[&str] = &[
    "abhorrent", "aggression", "appalling", "appalled", "atrocity", "barbaric", "barbarity", "brutal",
    "brutality", "cowardly", "cruel", "cruelty", "depravity", "despicable", "evil", "heinous", "horrific",
    "illegal", "indiscriminate", "innocent", "massacre", "murder", "reckless", "senseless", "slaughter",
    "unjustified", "unlawful", "unprovoked", "vicious",
];

/// True where a sentence blames whoever did the deed that it tells.
pub fn blames(view: &View<'_>) -> bool {
    let terror = |t: usize| {
        is(view, t, &["terror", "terrorist"]) && view.tree.head(t).is_some_and(|h| view.kinds[h] != 0)
    };
    (0..view.len())
        .any(|t| is(view, t, BLAMING) || (matches!(view.dep(t), Dep::Amod | Dep::Compound) && terror(t)))
}

/// Verbs of telling that, denied, leave open what they ask.
const TELLING: &[&str] = &["say", "tell", "confirm"];
/// Words of knowing that, denied, leave open what they ask.
const KNOWING: &[&str] = &["know", "clear", "determine", "certain", "establish", "ascertain", "sure"];
/// Words that leave it open by themselves.
const UNCLEAR: &[&str] = &["unclear", "unknown", "uncertain", "unsure"];

/// "Could not say whether", "it was not clear who": what is asked is in doubt.
fn left_open(view: &View<'_>, i: usize) -> Option<Told> {
    let mut at = i;
    for above in view.tree.above(i).take(6) {
        if matches!(view.dep(at), Dep::Ccomp | Dep::Csubj | Dep::Advcl) {
            let asks = |words: &[&str]| view.kids(at).any(|k| is(view, k, words));
            let whether = asks(&["whether"]) || (view.dep(at) == Dep::Ccomp && asks(&["if"]));
            let who = asks(&["who", "what"]);
            let known = (KNOWING.contains(&view.lemma_of(above)) && (whether || who))
                || (TELLING.contains(&view.lemma_of(above)) && whether);
            let open = UNCLEAR.contains(&view.lemma_of(above)) && (whether || who)
                || (is(view, above, &["question"]) && view.upos(above) == Upos::Verb && whether);
            if open || (known && unsaid(view, above)) {
                let subject = view.tree.kid_by(view.sentence, above, &[Dep::Nsubj]);
                let speaker = subject.filter(|&s| !is(view, s, &["it"]));
                return Some(Told { stance: Stance::Doubts, speaker, addressed: None });
            }
            return None;
        }
        if !matches!(
            view.dep(at),
            Dep::Obj
                | Dep::Obl
                | Dep::Nmod
                | Dep::Nsubj
                | Dep::NsubjPass
                | Dep::Xcomp
                | Dep::Conj
                | Dep::OblAgent
        ) {
            return None;
        }
        at = above;
    }
    None
}

/// "Could not say", "declined to say", "was unable to tell".
fn unsaid(view: &View<'_>, verb: usize) -> bool {
    let negated = |t: usize| view.kids(t).any(|k| is(view, k, NEGATION));
    negated(verb)
        || (view.dep(verb) == Dep::Xcomp
            && view
                .tree
                .head(verb)
                .is_some_and(|h| negated(h) || is(view, h, &["decline", "refuse", "unable"])))
}

fn is_to(view: &View<'_>, clause: usize) -> bool {
    view.kids(clause).any(|k| view.dep(k) == Dep::Mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::view_of;

    #[test]
    fn what_nobody_could_say_is_in_doubt() {
        let text = "Officials|NOUN|3|nsubj could|AUX|3|aux not|PART|3|advmod say|VERB|_|root whether|SCONJ|6|mark rebels|NOUN|6|nsubj took|VERB|3|ccomp|take Homs|PROPN|6|obj";
        view_of(text, |view| {
            let told = plain_stance(view, 6, Kind::Capture).expect("a stance");
            assert_eq!((told.stance, told.speaker), (Stance::Doubts, Some(0)));
        });
    }

    #[test]
    fn whoever_was_accused_says_nothing() {
        let text = "Rebels|NOUN|2|nsubj:pass were|AUX|2|aux:pass|be accused|VERB|_|root|accuse of|SCONJ|4|mark killing|VERB|2|advcl|kill guards|NOUN|4|obj";
        view_of(text, |view| {
            let told = plain_stance(view, 4, Kind::Attack).expect("a stance");
            assert_eq!((told.stance, told.speaker, told.addressed), (Stance::Accuses, None, Some(0)));
        });
    }
}
