//! Reading: drafts become claims with evidence, days, figures and means.

use holdfire_types::{Act, Claim, Filler, Kind, Problem, Report, Sentence, Span, Status, Verification};
use holdfire_world::{Acts, World};

use crate::dated::Told;
use crate::denial;
use crate::document::{Document, Named};
use crate::draft::{Bars, Draft, drafts};
use crate::evidence;
use crate::figures::{self, FoundFigure};
use crate::means;
use crate::models::Models;
use crate::names::same_stems;
use crate::source;
use crate::times::{self, TimeExpr};
use crate::verified;
use crate::view::View;
use crate::when::{self, When};

/// What a report holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// The claims, in the order of their evidence.
    pub claims: Vec<Claim>,
    /// What could not be read as it stands.
    pub problems: Vec<Problem>,
}

/// Reads the claims of a report. `sentences` are the language layer's, over `report.text`.
///
/// Claims come unresolved; hand them to the world's own resolution for parties and places.
pub fn read(report: &Report, sentences: &[Sentence], world: &World) -> Reading {
    read_with(Models::embedded(), &Bars::default(), report, sentences, world.acts())
}

/// [`read`] with other models or bars than the program's own.
pub fn read_with(
    models: &Models<'_>,
    bars: &Bars,
    report: &Report,
    sentences: &[Sentence],
    acts: &Acts,
) -> Reading {
    let document = Document::new(report, sentences, acts);
    let found = drafts(&document, models, bars);
    let published = report.published.as_ref().map(|p| p.date);
    let times = times::find_all(&report.text, sentences, published);
    let checked = verified::of(&document.views, &found);
    let mut claims = Vec::new();
    let mut told = Told::new(&document.views, &times);
    let mut from = 0;
    while from < found.len() {
        let s = found[from].sentence;
        let to = from + found[from..].iter().take_while(|d| d.sentence == s).count();
        claims.extend(sentence_claims(&document, &found[from..to], &checked[from..to], &times[s], &mut told));
        from = to;
    }
    means::carry(&document.views, &found, &mut claims);
    Reading { claims, problems: Vec::new() }
}

/// The claims of one sentence.
fn sentence_claims(
    document: &Document<'_>,
    drafts: &[Draft],
    checked: &[Option<Verification>],
    times: &[TimeExpr],
    told: &mut Told,
) -> Vec<Claim> {
    let view = &document.views[drafts[0].sentence];
    let tokens: Vec<usize> = drafts.iter().map(|d| d.token).collect();
    let acts: Vec<(u32, Kind)> = drafts.iter().map(|d| (d.token as u32, d.kind)).collect();
    let without_tail = view.tail.map(|tail| tail.told(view.sentence));
    let figures = figures::find_among(view.text, without_tail.as_ref().unwrap_or(view.sentence), times);
    let published = document.report.published.as_ref().map(|p| p.date);
    let days = when::of_acts(view, drafts, times, published, told);
    let near = |act: u32, token: u32| steps(view, act as usize, token as usize);
    let owners = figures::assign(&figures, &acts, near);
    let means = means::assign(&means::find(view.text, view.sentence), &acts, near);
    drafts
        .iter()
        .zip(checked)
        .zip(days)
        .enumerate()
        .map(|(place, ((draft, &verification), when))| {
            let span = evidence::stretch(view, draft.token, &tokens);
            let held: Vec<Span> = draft.roles[1].iter().filter_map(|who| who.span).collect();
            let figures: Vec<FoundFigure> = figures
                .iter()
                .zip(&owners)
                .filter(|(f, owner)| {
                    **owner == Some(place) || figures::shared(f, draft.kind, view.sentence, &held)
                })
                .filter_map(|(f, _)| figures::of_kind(f, draft.kind, draft.status))
                .collect();
            let slots = draft.roles.iter().flatten().filter_map(|who| who.span);
            let span = evidence::with_slots(view, span, slots.chain(figures.iter().map(|f| f.figure.span)));
            let figures = figures.into_iter().map(|f| f.figure).collect();
            // what stands beside a denial in a few words is told of other acts
            let (figures, means) = match draft.stance_rule {
                denial::RULE => (Vec::new(), Vec::new()),
                _ => (figures, means[place].clone()),
            };
            Claim { verification, ..claim(document, draft, span, when, figures, means) }
        })
        .collect()
}

fn claim(
    document: &Document<'_>,
    draft: &Draft,
    span: holdfire_types::Span,
    when: Option<When>,
    figures: Vec<holdfire_types::Figure>,
    means: Vec<holdfire_types::Means>,
) -> Claim {
    let report = document.report;
    let view = &document.views[draft.sentence];
    let anchor = view.sentence.tokens[draft.token].span;
    let source = draft.source.as_ref().map_or_else(Filler::narrator, |who| filler(who, draft.source_rule));
    let [actor, target, place] = &draft.roles;
    // what stands nowhere in the sentence was filled from a claim before it
    let fill = |who: &[Named], rules: [&str; 2]| {
        who.iter().map(|w| filler(w, rules[usize::from(w.span.is_none())])).collect()
    };
    Claim {
        id: Claim::make_id(&report.id, span, anchor, draft.kind, draft.stance, &source.name),
        report: report.id.clone(),
        span,
        anchor,
        source,
        via: via(document, draft),
        stance: draft.stance,
        stance_span: source::stance_word(view, draft.token, draft.stance)
            .map(|t| view.sentence.tokens[t].span),
        conditional: draft.conditional,
        negated: draft.negated,
        verification: None,
        act: Act {
            kind: draft.kind,
            status: draft.status.filter(|s| Status::of(draft.kind).contains(s)),
            actor: fill(actor, ["model:actor", "model:actor-before"]),
            target: fill(target, ["model:target", "model:target-before"]),
            place: fill(place, ["model:place", "model:place-before"]),
            days: when.map(|w| w.days),
            days_span: when.map(|w| w.span),
            means,
            figures,
        },
        rule: "model:act".to_owned(),
        confidence: draft.confidence,
    }
}

/// The publisher, the agency and those who cite the source; nothing above the narrator.
fn via(document: &Document<'_>, draft: &Draft) -> Vec<Filler> {
    let Some(who) = &draft.source else { return Vec::new() };
    let report = document.report;
    let view = &document.views[draft.sentence];
    let outlets = [&report.publisher, &report.agency].into_iter().flatten().map(|name| Named::bare(name));
    let head =
        who.span.and_then(|span| view.mentions.iter().find(|m| m.span == span)).map(|m| m.head as usize);
    let citing = head.map_or_else(Vec::new, |h| source::citing(view, h));
    outlets
        .chain(citing)
        .filter(|above| !same_stems(&above.stems, &who.stems))
        .map(|above| filler(&above, "grammar:via"))
        .collect()
}

fn filler(who: &Named, rule: &str) -> Filler {
    Filler { name: who.name.clone(), span: who.span, rule: rule.to_owned(), party: None, place: None }
}

/// How far `token` is from `act` in the tree; a step up counts twice.
fn steps(view: &View<'_>, act: usize, token: usize) -> usize {
    view.tree.path(act, token).map_or(50 + act.abs_diff(token), |p| 2 * p.up().len() + p.down().len())
}
