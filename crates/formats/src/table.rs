//! CSV of claims, one a row, for a spreadsheet.
//!
//! Lists stand in one cell, parted by `; `. Spans count Unicode code points, `start-end`, the end not included.

use holdfire_types::{CharMap, Claim, Figure, Filler, Report};

/// The columns.
pub const COLUMNS: [&str; 18] = [
    "id", "report", "source", "stance", "conditional", "negated", "verification", "kind", "status", "actor",
    "target", "place", "from", "to", "means", "figures", "quote", "span",
];

/// The claims as CSV, heads of columns first.
pub fn csv<'a>(claims: impl IntoIterator<Item = (&'a Claim, &'a Report)>) -> String {
    let mut text = line(COLUMNS);
    let mut last: Option<(&Report, CharMap)> = None;
    for (claim, report) in claims {
        let map = match last.take() {
            Some((known, map)) if known.id == report.id => map,
            _ => CharMap::new(&report.text),
        };
        text.push_str(&row(claim, report, &map));
        last = Some((report, map));
    }
    text
}

/// One claim's row, its line end included. `map` is that of `report.text`.
pub fn row(claim: &Claim, report: &Report, map: &CharMap) -> String {
    let act = &claim.act;
    let yes = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let [start, end] = map.chars(&report.text, claim.span);
    line([
        claim.id.to_string(),
        report.name.clone(),
        claim.source.name.clone(),
        claim.stance.to_string(),
        yes(claim.conditional),
        yes(claim.negated),
        claim.verification.map(|v| v.to_string()).unwrap_or_default(),
        act.kind.to_string(),
        act.status.map(|status| status.to_string()).unwrap_or_default(),
        names(&act.actor),
        names(&act.target),
        names(&act.place),
        day(act.days.and_then(|days| days.from)),
        day(act.days.and_then(|days| days.to)),
        joined(act.means.iter().map(|means| means.as_str().to_owned())),
        joined(act.figures.iter().map(figure)),
        claim.quote(&report.text).to_owned(),
        format!("{start}-{end}"),
    ])
}

/// One figure in words: "killed 24 civilians", "wounded 5 or more people", "displaced 50 % of the population".
pub fn figure(figure: &Figure) -> String {
    let count = match (figure.min, figure.max, figure.share) {
        (Some(min), Some(max), _) if min == max => min.to_string(),
        (Some(min), Some(max), _) => format!("{min} to {max}"),
        (Some(min), None, _) => format!("{min} or more"),
        (None, Some(max), _) => format!("up to {max}"),
        (None, None, Some(share)) => format!("{} % of", (share * 1000.0).round() / 10.0),
        (None, None, None) => "an uncounted number of".to_owned(),
    };
    format!("{} {count} {}", figure.what, figure.of).trim_end().to_owned()
}

fn names(fillers: &[Filler]) -> String {
    joined(fillers.iter().map(|filler| filler.name.clone()))
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join("; ")
}

/// One line of CSV.
fn line<T: AsRef<[u8]>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(cells).ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(written.expect("memory takes every row")).expect("cells are text")
}

/// A report of one claim, for tests.
#[cfg(test)]
pub(crate) fn sample() -> (Report, Claim) {
    use holdfire_types::{Act, Days, FigureKind, Kind, Means, Span, Stance, Verification};
    use jiff::civil::date;

    let text = "“Shelling,” ó at least 24 civilians died in Bab, the mayor said.";
    let report = Report::new("fire", text);
    let find = |words: &str| {
        let start = text.find(words).expect("in the text");
        Span::new(start, start + words.len())
    };
    let (span, anchor) = (find("at least 24 civilians died in Bab"), find("died"));
    let claim = Claim {
        id: Claim::make_id(&report.id, span, anchor, Kind::Attack, Stance::States, "the mayor"),
        report: report.id.clone(),
        span,
        anchor,
        source: Filler::new("the mayor", find("the mayor"), "test"),
        via: vec![],
        stance: Stance::States,
        stance_span: None,
        conditional: false,
        negated: false,
        verification: Some(Verification::Unconfirmed),
        act: Act {
            kind: Kind::Attack,
            status: None,
            actor: vec![],
            target: vec![Filler::new("civilians", find("civilians"), "test")],
            place: vec![Filler::new("Bab", find("Bab"), "test")],
            days: Some(Days::between(date(2017, 2, 15), date(2017, 2, 16))),
            days_span: None,
            means: vec![Means::Shelling],
            figures: vec![Figure {
                what: FigureKind::Killed,
                of: "civilians".into(),
                min: Some(24),
                max: None,
                share: None,
                span: find("at least 24"),
                window: None,
                part: false,
            }],
        },
        rule: "test".into(),
        confidence: 1.0,
    };
    (report, claim)
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, csv, figure, sample};

    #[test]
    fn a_row_says_all_of_a_claim() {
        let (report, mut claim) = sample();
        claim.act.actor = vec![claim.source.clone(), holdfire_types::Filler::narrator()];
        claim.source.name = "Omar \"Abu\" Sale, mayor".into();
        let text = csv([(&claim, &report)]);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(
            row.iter().skip(1).collect::<Vec<_>>(),
            [
                "fire",
                "Omar \"Abu\" Sale, mayor",
                "states",
                "",
                "",
                "unconfirmed",
                "attack",
                "",
                "the mayor; narrator",
                "civilians",
                "Bab",
                "2017-02-15",
                "2017-02-16",
                "shelling",
                "killed 24 or more civilians",
                "at least 24 civilians died in Bab",
                "14-47"
            ]
        );
    }

    #[test]
    fn no_claims_are_heads_of_columns_alone() {
        assert_eq!(csv([]).lines().count(), 1);
    }

    #[test]
    fn figures_are_told_with_their_bounds() {
        let told = |min, max, share| {
            let (_, mut claim) = sample();
            let mut one = claim.act.figures.remove(0);
            (one.min, one.max, one.share) = (min, max, share);
            figure(&one)
        };
        assert_eq!(told(Some(24), Some(24), None), "killed 24 civilians");
        assert_eq!(told(Some(26), Some(33), None), "killed 26 to 33 civilians");
        assert_eq!(told(None, Some(30), None), "killed up to 30 civilians");
        assert_eq!(told(None, None, Some(0.275)), "killed 27.5 % of civilians");
        assert_eq!(told(None, None, None), "killed an uncounted number of civilians");
    }
}
