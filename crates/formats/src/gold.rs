//! JSON lines in the form that readers are scored in: one line for the document, then one for each claim.
//!
//! Spans count Unicode code points, `[start, end)`. `conditional`, `negated`, `verification`, `status`, `from`, `to`,
//! `means` and `figures` are left out where there is nothing to say.

use holdfire_types::{CharMap, Claim, Figure, Filler, Report};
use serde_json::{Map, Value, json};

/// The document's own line: name, publication day, publisher, language.
pub fn document_line(report: &Report) -> Value {
    json!({
        "doc": report.name,
        "published": report.published.as_ref().map(|published| published.date.to_string()),
        "publisher": report.publisher.as_deref().unwrap_or(""),
        "lang": report.lang.as_deref().unwrap_or("en"),
    })
}

/// A claim's line. `map` is that of `report.text`; made once a report.
pub fn claim_line(claim: &Claim, report: &Report, map: &CharMap) -> Value {
    let act = &claim.act;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| Value::from(day.to_string()));
    let list = |values: Vec<Value>| (!values.is_empty()).then_some(Value::Array(values));
    let fields = [
        ("span", Some(json!(map.chars(&report.text, claim.span)))),
        ("quote", Some(claim.quote(&report.text).into())),
        ("source", Some(claim.source.name.as_str().into())),
        ("stance", Some(claim.stance.as_str().into())),
        ("conditional", claim.conditional.then_some(Value::Bool(true))),
        ("negated", claim.negated.then_some(Value::Bool(true))),
        ("verification", claim.verification.map(|v| v.as_str().into())),
        ("kind", Some(act.kind.as_str().into())),
        ("status", act.status.map(|status| status.as_str().into())),
        ("actor", Some(names(&act.actor))),
        ("target", Some(names(&act.target))),
        ("place", Some(names(&act.place))),
        ("from", day(act.days.and_then(|days| days.from))),
        ("to", day(act.days.and_then(|days| days.to))),
        ("means", list(act.means.iter().map(|means| means.as_str().into()).collect())),
        ("figures", list(act.figures.iter().map(figure).collect())),
    ];
    Value::Object(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
}

fn names(fillers: &[Filler]) -> Value {
    fillers.iter().map(|filler| filler.name.as_str()).collect()
}

fn figure(figure: &Figure) -> Value {
    let fields = [
        ("what", Some(figure.what.as_str().into())),
        ("of", Some(figure.of.as_str().into())),
        ("min", figure.min.map(Value::from)),
        ("max", figure.max.map(Value::from)),
        ("share", figure.share.map(Value::from)),
    ];
    Value::Object(
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>(),
    )
}

#[cfg(test)]
mod tests {
    use super::{claim_line, document_line};
    use crate::table::sample;
    use holdfire_types::{CharMap, Span};
    use proptest::prelude::*;

    #[test]
    fn a_document_without_a_day_says_null() {
        let (report, _) = sample();
        assert_eq!(
            document_line(&report).to_string(),
            r#"{"doc":"fire","published":null,"publisher":"","lang":"en"}"#
        );
    }

    #[test]
    fn a_claim_says_what_it_has_and_leaves_out_the_rest() {
        let (report, mut claim) = sample();
        let line = claim_line(&claim, &report, &CharMap::new(&report.text));
        assert_eq!(
            line.to_string(),
            concat!(
                r#"{"span":[14,47],"quote":"at least 24 civilians died in Bab","source":"the mayor","stance":"states","#,
                r#""verification":"unconfirmed","kind":"attack","actor":[],"target":["civilians"],"place":["Bab"],"#,
                r#""from":"2017-02-15","to":"2017-02-16","means":["shelling"],"#,
                r#""figures":[{"what":"killed","of":"civilians","min":24}]}"#
            )
        );
        (claim.negated, claim.conditional, claim.verification) = (true, true, None);
        (claim.act.days, claim.act.means, claim.act.figures) = (None, vec![], vec![]);
        let line = claim_line(&claim, &report, &CharMap::new(&report.text));
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "span", "quote", "source", "stance", "conditional", "negated", "kind", "actor", "target",
                "place"
            ]
        );
    }

    proptest! {
        #[test]
        fn the_span_of_a_line_quotes_the_text(text in "\\PC{1,300}", a in 0usize..300, b in 0usize..300) {
            let (mut report, mut claim) = sample();
            let map = CharMap::new(&text);
            let count = text.chars().count();
            let (a, b) = (a.min(count), b.min(count));
            let (start, end) = (a.min(b), a.max(b));
            claim.span = Span::new(map.to_byte(&text, start), map.to_byte(&text, end));
            report.text.clone_from(&text);
            let line = claim_line(&claim, &report, &map);
            prop_assert_eq!(&line["span"], &serde_json::json!([start, end]));
            let quoted: String = text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(line["quote"].as_str(), Some(quoted.as_str()));
        }
    }
}
