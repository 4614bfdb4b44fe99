//! Drafts: the models' decisions for one document, act by act, before they become claims.

use holdfire_types::{Dep, Kind, Stance, Status, Upos};

use crate::access;
use crate::barred;
use crate::chosen::{self, best};
use crate::denial;
use crate::document::{Document, Named};
use crate::features;
use crate::found::{self, Found, may_be_act};
use crate::governing;
use crate::mentions;
use crate::models::Models;
use crate::operators;
use crate::options::{RoleOption, SourceOption, SourceRule};
use crate::relief;
use crate::roles;
use crate::scores::{Scorers, Scores, odds};
use crate::source;
use crate::speaker;
use crate::standing::{self, Stood, spoken_stance, worded};
use crate::struck;
use crate::told::{History, Told};
use crate::view::View;

/// How sure the models must be. Chosen by cross-validation over the training set.
#[derive(Debug, Clone, Copy)]
pub struct Bars {
    /// Probability that a word is an act at all.
    pub act: f32,
    /// The same for truces and talks: the models miss more of these than they make up.
    pub peace: f32,
    /// Probability that a second mention fills actor, target, place too.
    pub roles: [f32; 3],
    /// The same for a mention that is joined by "and" to one that does.
    pub joined: [f32; 3],
}

impl Default for Bars {
    fn default() -> Self {
        Self { act: 0.30, peace: 0.22, roles: [0.5, 0.5, 0.5], joined: [0.25, 0.5, 0.5] }
    }
}

impl Bars {
    /// How sure the models must be of an act of this kind.
    fn of(&self, kind: Kind) -> f32 {
        if matches!(kind, Kind::Truce | Kind::Talks) { self.peace } else { self.act }
    }
}

/// An act found, with everything that the models decide about it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Number of its sentence.
    pub sentence: usize,
    /// The word that carries it.
    pub token: usize,
    /// Its kind.
    pub kind: Kind,
    /// How sure.
    pub confidence: f32,
    /// Its stance.
    pub stance: Stance,
    /// What decided the stance.
    pub stance_rule: &'static str,
    /// Its status, for kinds with one.
    pub status: Option<Status>,
    /// What decided the status.
    pub status_rule: Option<&'static str>,
    /// Its source; `None` for the narrator.
    pub source: Option<Named>,
    /// What chose the source.
    pub source_rule: &'static str,
    /// Actor, target and place.
    pub roles: [Vec<Named>; 3],
    /// It depends on a condition.
    pub conditional: bool,
    /// It is demanded or promised not to happen, or to stop.
    pub negated: bool,
}

impl Draft {
    /// "A truce brokered by two states": a word that hangs on another and tells the very same. What is joined by "and" may
    /// differ in its figures.
    fn repeats(&self, other: &Self, view: &View<'_>) -> bool {
        // "food is running out in the besieged town" too
        let hangs = |t: usize, on: usize| {
            (view.tree.head(t) == Some(on) && view.dep(t) != Dep::Conj) || view.dep(t) == Dep::Amod
        };
        let name = |who: &Option<Named>| who.as_ref().map(|w| w.name.clone());
        let names = |draft: &Self| draft.roles.iter().flatten().map(|w| w.name.clone()).collect::<Vec<_>>();
        // "hand over a list of prisoners for release"
        let named_by = |noun: usize, verb: usize| {
            view.upos(noun) == Upos::Noun && view.upos(verb) == Upos::Verb && view.tree.under(noun, verb)
        };
        let (one, another) = (self.token, other.token);
        (hangs(one, another) || hangs(another, one) || named_by(one, another) || named_by(another, one))
            && (self.kind, self.status, self.stance) == (other.kind, other.status, other.stance)
            && name(&self.source) == name(&other.source)
            && names(self) == names(other)
    }
}

/// The acts of a document with their slots, in reading order.
pub fn drafts(document: &Document<'_>, models: &Models<'_>, bars: &Bars) -> Vec<Draft> {
    let mut told = History::default();
    let mut drafts: Vec<Draft> = Vec::new();
    let scorers = Scorers::new(models, &document.views);
    for s in (0..document.views.len()).filter(|&s| !document.silent[s]) {
        let scores = &*scorers.of(s);
        let view = &document.views[s];
        let likely = scores.acts((0..view.len()).filter(|&i| may_be_act(view, i)));
        let found = found::apart(view, &found::words(view, likely, |kind| bars.of(kind), &told));
        for &act in &denial::among(view, &found) {
            let denied =
                denial::of_what(view, s, act.0, &told).and_then(|charge| denial(view, s, act, charge));
            let read = || {
                found
                    .contains(&act)
                    .then(|| fill(document, (scores, &scorers), bars, s, act, &found, &told))?
            };
            let Some(draft) = denied.or_else(read) else { continue };
            if drafts.iter().rev().take_while(|d| d.sentence == s).any(|d| draft.repeats(d, view)) {
                continue;
            }
            let act = (draft.kind, draft.status, draft.stance);
            told.push(Told::new(view, s, draft.token, act, draft.source.clone(), draft.roles.clone()));
            drafts.push(draft);
        }
    }
    drafts
}

/// "The army denied the accusation": the charge once more, as its speaker denies it.
fn denial(view: &View<'_>, sentence: usize, act: Found, charge: &Told) -> Option<Draft> {
    let (token, _, confidence) = act;
    let source = source::named(view, view.subject(token)?)?;
    let again =
        |who: &Vec<Named>| -> Vec<Named> { who.iter().map(|w| Named { span: None, ..w.clone() }).collect() };
    let mut roles = charge.roles.each_ref().map(again);
    if roles[0].is_empty() || denial::of_own_hand(view, token) {
        roles[0] = vec![source.clone()];
    }
    Some(Draft {
        sentence,
        token,
        kind: charge.kind,
        confidence,
        stance: Stance::Denies,
        stance_rule: denial::RULE,
        status: charge.status,
        status_rule: charge.status.map(|_| denial::RULE),
        source: Some(source),
        source_rule: SourceRule::Mention.name(),
        roles,
        conditional: false,
        negated: false,
    })
}

fn fill(
    document: &Document<'_>,
    (scores, scorers): (&Scores<'_>, &Scorers<'_>),
    bars: &Bars,
    sentence: usize,
    act: Found,
    found: &[Found],
    told: &History,
) -> Option<Draft> {
    let (token, kind, confidence) = act;
    let view = &document.views[sentence];
    let operators = operators::over(view, token);
    if operators.open {
        return None;
    }
    let plain = governing::plain_stance(view, token, kind)
        .filter(|_| kind != Kind::Aid || !access::is_refused(view, token));
    let Stood { mut stance, mut stance_rule, status, negated } =
        standing::of(view, scores, token, kind, operators, plain);
    let mut options = document.sources(sentence, token, kind, spoken_stance(view, token, stance), told);
    let scored = scores.of(token, kind, stance);
    let fit = scored.sources(&options);
    let likeliest_source = best(&fit);
    let by_grammar = || {
        let likeliest = &options[likeliest_source];
        // a pronoun is as a rule whoever told the claim before
        let named = |who: &usize| likeliest.rule == SourceRule::Before && view.upos(*who) != Upos::Pron;
        speaker::teller(view, token, likeliest.who.is_none(), likeliest.head)
            .or_else(|| speaker::direct(view, token).map(|(_, who)| who).filter(named))
    };
    let told_by = plain.map_or_else(by_grammar, |p| p.speaker);
    let told_by_verb = options.iter().position(|o: &SourceOption| told_by.is_some() && o.head == told_by);
    // "Russia failed to withdraw" is not Russia's own word, nor does "Iran supplies weapons" charge Iran in its own name
    let own_deed =
        options[likeliest_source].head.is_some() && options[likeliest_source].head == view.subject(token);
    let charged = stance == Stance::Accuses && kind != Kind::Statement && !worded(view, token, stance);
    let kept_out = kind == Kind::Aid && stance == Stance::States && access::told(view, token).is_some();
    let own_word = own_deed && plain.is_none() && (operators.failed || charged || kept_out);
    // a paragraph that begins without a speaker is not the last one's
    let last = told.told().last().map(|claim| claim.sentence);
    let begins = last.is_some_and(|l| document.views[l].sentence.paragraph != view.sentence.paragraph);
    let nobodys = view.spoken == 0 && !view.quoted.contains(&true);
    let carried_over = options[likeliest_source].rule == SourceRule::Before && begins && nobodys;
    let narrator = options.iter().position(|o: &SourceOption| (own_word || carried_over) && o.who.is_none());
    // an issued text, and what follows "X said:", is X's where no other is named, and again after another was cited
    let unnamed = match options[likeliest_source].rule {
        SourceRule::Narrator => true,
        SourceRule::Before => last != Some(sentence),
        _ => false,
    };
    let held = unnamed && (view.spoken == 1 || document.held[sentence]);
    let voice = options.iter().position(|o| held && o.rule == SourceRule::Voice);
    let chosen = options.swap_remove(told_by_verb.or(narrator).or(voice).unwrap_or(likeliest_source));
    let chosen = SourceOption { who: source::behind_paper(chosen.who, told), ..chosen };
    // who issues a statement and calls a deed barbaric charges whoever did it
    if stance == Stance::States
        && matches!(kind, Kind::Attack | Kind::Detention)
        && chosen.rule == SourceRule::Voice
        && governing::blames(view)
    {
        (stance, stance_rule) = (Stance::Accuses, "words:blame");
    }
    // the publication's own plain sentence charges nobody
    if stance == Stance::Accuses
        && chosen.who.is_none()
        && plain.is_none()
        && !worded(view, token, stance)
        && operators::is_plain(view, token)
    {
        (stance, stance_rule) = (Stance::States, "grammar:plain-sentence");
    }
    let own = document.fillers(sentence, token, kind, stance);
    let context = features::Context::new(view, token, kind, stance);
    let fit = scored.fillers(&own);
    let pick = |role: usize, barred: &dyn Fn(&RoleOption) -> bool| {
        let mut carried = document.carried(sentence, token, kind, role, &context, told);
        if let Some((now, _)) = status.filter(|_| role == 0 && kind == Kind::Truce) {
            let before = |o: &RoleOption| o.carried.and_then(|c| told.told()[c.claim].status);
            carried.retain(|o| before(o).is_none_or(|before| barred::lends_actor(before, now)));
        }
        let nobody = scored.nobody(role, &features::nobody(view, token, &context, role, told));
        let carried_fit = carried.iter().map(|o| scored.carried(role, o, scorers));
        let scores =
            std::iter::once(nobody).chain(fit.iter().map(|fit| fit[role])).chain(carried_fit).collect();
        let further = |n: usize| odds(fit[n][3 + role]);
        let elsewhere = |o: &RoleOption| {
            role < 2
                && (barred::is_counted_in(view, o)
                    || (role == 1 && barred::of_another(view, token, found, o)))
        };
        let barred = |o: &RoleOption| match role {
            0 if barred::is_arm(o) || barred::owns_place(view, o) => true,
            2 => mentions::has_office(view, o.head) || barred::is_of_accord(view, kind, o),
            _ => barred(o) || barred::only_speaks(view, token, o.head),
        };
        let scores = chosen::barred_out(scores, &own, barred);
        chosen::fillers(scores, &own, further, &carried, bars, role, told, &elsewhere)
    };
    let mut roles = [0, 1, 2].map(|role| pick(role, &|_| false));
    let targets = roles[1].clone();
    let suffers = |o: &RoleOption| roles::is_within(o, &own, &targets);
    let acts = |o: &&RoleOption| roles[0].iter().any(|who| who.span == o.who.span);
    if roles::is_done_to_another(kind) && own.iter().filter(acts).any(suffers) {
        roles[0] = pick(0, &suffers);
    }
    let act = roles::Act { view, token, kind, own: &own, source: chosen.who.as_ref(), told: plain };
    roles::settle(&act, &mut roles);
    if kind == Kind::Control && roles::holder(view, token).is_some() && told.holds(&roles) {
        return None;
    }
    if kind == Kind::Attack && roles[0].is_empty() {
        match struck::striker(view, token, &own) {
            Some(who) => roles[0] = vec![who.clone()],
            None if struck::is_known(view, token) => roles[0] = told.striker(sentence),
            None => {}
        }
    }
    if kind == Kind::Aid
        && roles[1].is_empty()
        && relief::is_bare_blow(view, token)
        && let Some(before) = told.relief_struck()
    {
        roles[1] = before.roles[1].iter().map(|w| Named { span: None, ..w.clone() }).collect();
    }
    Some(Draft {
        sentence,
        token,
        kind,
        confidence,
        stance,
        stance_rule,
        status: status.map(|(status, _)| status),
        status_rule: status.map(|(_, rule)| rule),
        source: chosen.who,
        source_rule: chosen.rule.name(),
        roles,
        conditional: operators.conditional,
        negated,
    })
}
