//! Claims as comma-separated values (RFC 4180), a claim a row.

use std::fmt::Write as _;

use holdfire_types::{CharMap, Claim, Figure, Filler, Report};

/// The head row.
pub const HEAD: &str = "claim,report,published,publisher,source,stance,conditional,negated,verification,kind,status,\
actor,target,place,from,to,means,figures,quote,start,end\n";

/// One row a claim. Lists are joined by `; `, offsets are code points.
pub fn rows(report: &Report, claims: &[Claim]) -> String {
    let map = CharMap::new(&report.text);
    let mut out = String::new();
    for claim in claims {
        let act = &claim.act;
        let [start, end] = map.chars(&report.text, claim.span);
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let flag = |on: bool| if on { "true".to_owned() } else { String::new() };
        let means: Vec<&str> = act.means.iter().map(|m| m.as_str()).collect();
        let figures: Vec<String> = act.figures.iter().map(figure).collect();
        let cells = [
            claim.id.to_string(),
            report.name.clone(),
            day(report.published.as_ref().map(|p| p.date)),
            report.publisher.clone().unwrap_or_default(),
            claim.source.name.clone(),
            claim.stance.to_string(),
            flag(claim.conditional),
            flag(claim.negated),
            claim.verification.map(|v| v.to_string()).unwrap_or_default(),
            act.kind.to_string(),
            act.status.map(|s| s.to_string()).unwrap_or_default(),
            names(&act.actor),
            names(&act.target),
            names(&act.place),
            day(act.days.and_then(|d| d.from)),
            day(act.days.and_then(|d| d.to)),
            means.join("; "),
            figures.join("; "),
            claim.quote(&report.text).to_owned(),
            start.to_string(),
            end.to_string(),
        ];
        for (i, cell) in cells.iter().enumerate() {
            let _ = write!(out, "{}{}", if i == 0 { "" } else { "," }, quoted(cell));
        }
        out.push('\n');
    }
    out
}

fn names(fillers: &[Filler]) -> String {
    fillers.iter().map(|f| f.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// `killed 24-24 civilians`, `killed 5- civilians`.
fn figure(f: &Figure) -> String {
    let bound = |b: Option<u64>| b.map(|n| n.to_string()).unwrap_or_default();
    let count = f.share.map_or_else(|| format!("{}-{}", bound(f.min), bound(f.max)), |s| format!("{s}"));
    format!("{} {count} {}", f.what, f.of).trim_end().to_owned()
}

/// A cell, in quotation marks where it needs them. A leading sign that spreadsheets would run is made text.
fn quoted(cell: &str) -> String {
    let cell =
        if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells_are_quoted_and_never_run() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
