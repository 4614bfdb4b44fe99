//! The gold files' form of claims: a document line, then a claim a line; spans in code points.

use holdfire_types::{CharMap, Claim, Figure, Filler, Report};
use serde_json::{Map, Value, json};

/// The document's own line.
pub fn document_line(report: &Report) -> Value {
    json!({
        "doc": report.name,
        "published": report.published.as_ref().map(|p| p.date.to_string()),
        "publisher": report.publisher.as_deref().unwrap_or(""),
        "lang": report.lang.as_deref().unwrap_or("en"),
    })
}

/// A claim's line. `map` is of the report's text. Fields that say nothing are left out.
pub fn claim_line(claim: &Claim, report: &Report, map: &CharMap) -> Value {
    let mut line = Map::new();
    let mut put = |name: &str, value: Value| {
        line.insert(name.to_owned(), value);
    };
    let act = &claim.act;
    put("span", json!(map.chars(&report.text, claim.span)));
    put("quote", json!(claim.quote(&report.text)));
    put("source", json!(claim.source.name));
    put("stance", json!(claim.stance));
    if claim.conditional {
        put("conditional", json!(true));
    }
    if claim.negated {
        put("negated", json!(true));
    }
    if let Some(verification) = claim.verification {
        put("verification", json!(verification));
    }
    put("kind", json!(act.kind));
    if let Some(status) = act.status {
        put("status", json!(status));
    }
    put("actor", names(&act.actor));
    put("target", names(&act.target));
    put("place", names(&act.place));
    if let Some(from) = act.days.and_then(|d| d.from) {
        put("from", json!(from.to_string()));
    }
    if let Some(to) = act.days.and_then(|d| d.to) {
        put("to", json!(to.to_string()));
    }
    if !act.means.is_empty() {
        put("means", json!(act.means));
    }
    if !act.figures.is_empty() {
        put("figures", act.figures.iter().map(figure).collect());
    }
    Value::Object(line)
}

fn names(fillers: &[Filler]) -> Value {
    fillers.iter().map(|f| f.name.as_str()).collect()
}

fn figure(figure: &Figure) -> Value {
    let mut out = Map::new();
    out.insert("what".to_owned(), json!(figure.what));
    out.insert("of".to_owned(), json!(figure.of));
    for (name, bound) in [("min", figure.min), ("max", figure.max)] {
        if let Some(bound) = bound {
            out.insert(name.to_owned(), json!(bound));
        }
    }
    if let Some(share) = figure.share {
        out.insert("share".to_owned(), json!(share));
    }
    Value::Object(out)
}

/// A report's name as a file's stem: letters, digits, points, hyphens and low lines; at most 100 of them.
pub fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let kept: String = name.chars().map(safe).take(100).collect();
    let kept = kept.trim_start_matches('.');
    if kept.is_empty() { "report".to_owned() } else { kept.to_owned() }
}

#[cfg(test)]
mod tests {
    use holdfire_types::{Act, FigureKind, Kind, Span, Stance};
    use proptest::prelude::*;

    use super::*;

    fn claim(report: &Report, span: Span) -> Claim {
        Claim {
            id: Claim::make_id(&report.id, span, span, Kind::Attack, Stance::States, "narrator"),
            report: report.id.clone(),
            span,
            anchor: span,
            source: Filler::narrator(),
            via: Vec::new(),
            stance: Stance::States,
            stance_span: None,
            conditional: false,
            negated: false,
            verification: None,
            act: Act {
                kind: Kind::Attack,
                status: None,
                actor: Vec::new(),
                target: vec![Filler::new("civilians", span, "object")],
                place: Vec::new(),
                days: None,
                days_span: None,
                means: Vec::new(),
                figures: vec![Figure {
                    what: FigureKind::Killed,
                    of: "civilians".to_owned(),
                    min: Some(5),
                    max: None,
                    share: None,
                    span,
                    window: None,
                    part: false,
                }],
            },
            rule: "test".to_owned(),
            confidence: 1.0,
        }
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        let report = Report::new("a", "Shells killed at least five civilians.");
        let line = claim_line(&claim(&report, Span::new(0, 6)), &report, &CharMap::new(&report.text));
        assert_eq!(
            line.to_string(),
            r#"{"span":[0,6],"quote":"Shells","source":"narrator","stance":"states","kind":"attack","actor":[],"target":["civilians"],"place":[],"figures":[{"what":"killed","of":"civilians","min":5}]}"#
        );
    }

    #[test]
    fn a_name_becomes_a_safe_stem() {
        assert_eq!(safe_name("../a b/ç.txt"), "_a_b_ç.txt");
        assert_eq!(safe_name("..."), "report");
    }

    proptest! {
        #[test]
        fn the_span_quotes_the_text_in_code_points(text in "\\PC{1,80}", a in 0usize..80, b in 0usize..80) {
            let count = text.chars().count();
            let (a, b) = (a.min(b) % count, a.max(b) % (count + 1));
            prop_assume!(a <= b);
            let map = CharMap::new(&text);
            let report = Report::new("a", text.clone());
            let line = claim_line(&claim(&report, map.span(&text, [a, b])), &report, &map);
            let quote: String = text.chars().skip(a).take(b - a).collect();
            prop_assert_eq!(line["quote"].as_str(), Some(quote.as_str()));
            prop_assert_eq!(&line["span"], &json!([a, b]));
        }
    }
}
