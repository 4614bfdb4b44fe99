//! Fillers as a careful reader would write them.

use holdfire_types::Span;

use crate::document::Named;
use crate::names::stems;
use crate::operators::is;
use crate::view::View;

/// Fillers as a careful reader would write them: "Syrian and Russian jets" are two, "sides" are "both sides".
pub fn worded(view: &View<'_>, who: Vec<Named>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for named in who {
        for part in parted(view, named) {
            if !found.iter().any(|f| f.name == part.name) {
                found.push(part);
            }
        }
    }
    found
}

/// The forces of two nations under one noun, each by itself.
fn parted(view: &View<'_>, named: Named) -> Vec<Named> {
    let Some(span) = named.span.filter(|s| s.of(view.text) == named.name) else { return vec![named] };
    let tokens: Vec<usize> =
        (0..view.len()).filter(|&t| span.contains(view.sentence.tokens[t].span)).collect();
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return vec![named] };
    if let Some(whole) = first.checked_sub(1).filter(|&t| {
        tokens.len() == 1 && is(view, first, &["side", "party"]) && is(view, t, &["both", "two"])
    }) {
        let span = view.sentence.tokens[whole].span.cover(span);
        return vec![named_at(view, span)];
    }
    if !is(view, last, &["forces", "troops", "jets", "warplanes", "planes", "aircraft"]) {
        return vec![named];
    }
    // the nations, each in capitals, and then what all of them have: "U.S. and Iraqi government forces"
    let upper = |t: usize| view.form(t).starts_with(char::is_uppercase);
    let kept = (first..last).rev().find(|&t| upper(t)).map_or(first, |t| t + 1);
    let link = |t: &usize| matches!(view.form(*t), "," | "and");
    let nations: Vec<&[usize]> =
        tokens[..kept - first].split(link).filter(|nation| !nation.is_empty()).collect();
    if nations.len() < 2 || nations.iter().any(|nation| !nation.iter().all(|&t| upper(t))) {
        return vec![named];
    }
    let span = |from: usize, to: usize| view.sentence.tokens[from].span.cover(view.sentence.tokens[to].span);
    // a government is the nearest one's
    let forces = if is(view, kept, &["government", "regime"]) { span(last, last) } else { span(kept, last) };
    nations
        .iter()
        .map(|nation| {
            let (from, to) = (nation[0], nation[nation.len() - 1]);
            if to + 1 == kept {
                return named_at(view, span(from, last));
            }
            let name = format!("{} {}", span(from, to).of(view.text), forces.of(view.text));
            Named { stems: stems(&name), name, span: Some(span(from, to)) }
        })
        .collect()
}

/// The name that stands at `span`.
pub fn named_at(view: &View<'_>, span: Span) -> Named {
    let name = span.of(view.text).to_owned();
    Named { stems: stems(&name), name, span: Some(span) }
}
