//! Runs the literate cases of `cases/*.md`; `cases/README.md` says how they are written.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the cases are files, and failures are told in full"
)]

use std::fmt::Write as _;
use std::path::Path;

use holdfire_claims::{read, same_name};
use holdfire_model::Model;
use holdfire_types::{Claim, Filler, FoundIn, Published, Report};
use holdfire_world::World;
use jiff::civil::Date;

/// A slot as a case writes it.
#[derive(Debug, Clone, PartialEq)]
enum Slot {
    Open,
    Names(Vec<String>),
}

impl Slot {
    fn parse(text: &str) -> Self {
        match text.trim() {
            "*" => Self::Open,
            "-" => Self::Names(Vec::new()),
            names => Self::Names(names.split(';').map(|n| n.trim().to_owned()).collect()),
        }
    }

    fn agrees(&self, fillers: &[Filler]) -> bool {
        match self {
            Self::Open => true,
            Self::Names(names) => {
                names.len() == fillers.len()
                    && names.iter().all(|n| fillers.iter().any(|f| n == &f.name || same_name(n, &f.name)))
            }
        }
    }
}

/// A claim as a case writes it.
#[derive(Debug, Clone, PartialEq)]
struct Expected {
    kind: String,
    status: Option<String>,
    stance: String,
    conditional: bool,
    negated: bool,
    source: String,
    roles: [Slot; 3],
    /// First and last day, where the line tells them; `None` inside for an open end.
    days: Option<[Option<Date>; 2]>,
    /// Means and figures as [`means`] and [`figures`] write them, where the line tells them.
    means: Option<String>,
    figures: Option<String>,
}

/// The means of a claim as a case writes them.
fn means(claim: &Claim) -> String {
    listed(claim.act.means.iter().map(ToString::to_string))
}

/// The figures of a claim as a case writes them: "killed 12 soldiers; wounded 5- others".
fn figures(claim: &Claim) -> String {
    listed(claim.act.figures.iter().map(|f| {
        let end = |n: Option<u64>| n.map_or(String::new(), |n| n.to_string());
        let count = match (f.min, f.max, f.share) {
            (_, _, Some(share)) => format!("{share}"),
            (Some(a), Some(b), _) if a == b => a.to_string(),
            (min, max, _) => format!("{}-{}", end(min), end(max)),
        };
        format!("{} {count} {}", f.what, f.of).trim_end().to_owned()
    }))
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "-".to_owned() } else { items.join("; ") }
}

/// Cuts what stands behind `word` off `text`.
fn cut<'a>(text: &mut &'a str, word: &str) -> Option<&'a str> {
    let (before, after) = text.split_once(word)?;
    *text = before;
    Some(after)
}

/// A day as a case writes it; `-` is an open end.
fn day(text: &str) -> Result<Option<Date>, jiff::Error> {
    if text == "-" { Ok(None) } else { text.parse().map(Some) }
}

impl Expected {
    fn parse(line: &str) -> Option<Self> {
        let (head, roles) = line.split_once(": ")?;
        let mut words = head.split(' ');
        let (kind, status) = match words.next()?.split_once('/') {
            Some((kind, status)) => (kind.to_owned(), Some(status.to_owned())),
            None => (head.split(' ').next()?.to_owned(), None),
        };
        let stance = words.next()?.to_owned();
        let mut rest: Vec<&str> = words.collect();
        let mut flag = |name: &str| {
            let found = rest.first() == Some(&name);
            if found {
                rest.remove(0);
            }
            found
        };
        let (conditional, negated) = (flag("if"), flag("not"));
        let (actor, rest_of) = roles.split_once(" > ")?;
        let (target, mut place) = rest_of.split_once(" @ ")?;
        let days = match cut(&mut place, " from ") {
            Some(days) => {
                let (from, to) = days.split_once(" to ")?;
                Some([day(from).ok()?, day(to).ok()?])
            }
            None => None,
        };
        let figures = cut(&mut place, " with ").map(str::to_owned);
        let means = cut(&mut place, " by ").map(str::to_owned);
        let roles = [actor, target, place].map(Slot::parse);
        Some(Self {
            kind,
            status,
            stance,
            conditional,
            negated,
            source: rest.join(" "),
            roles,
            days,
            means,
            figures,
        })
    }

    fn agrees(&self, claim: &Claim) -> bool {
        let open = |wanted: &str, got: &str| wanted == "*" || wanted == got;
        let source = self.source == "*"
            || self.source == claim.source.name
            || same_name(&self.source, &claim.source.name);
        let slots = [&claim.act.actor, &claim.act.target, &claim.act.place];
        self.kind == claim.act.kind.as_str()
            && self.status.as_ref().is_none_or(|s| claim.act.status.is_some_and(|c| c.as_str() == s))
            && open(&self.stance, claim.stance.as_str())
            && self.conditional == claim.conditional
            && self.negated == claim.negated
            && source
            && self.roles.iter().zip(slots).all(|(slot, fillers)| slot.agrees(fillers))
            && self.means.as_ref().is_none_or(|told| *told == means(claim))
            && self.figures.as_ref().is_none_or(|told| *told == figures(claim))
            && self.days.is_none_or(|days| days == claim.act.days.map_or([None; 2], |d| [d.from, d.to]))
    }
}

/// A snippet with the claims expected of it.
#[derive(Debug)]
struct Case {
    line: usize,
    day: Option<String>,
    text: String,
    expected: Vec<Expected>,
}

fn cases(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut inside = false;
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            if !inside {
                let day = (!info.is_empty()).then(|| info.to_owned());
                cases.push(Case { line: number + 1, day, text: String::new(), expected: Vec::new() });
            }
            inside = !inside;
        } else if inside {
            let case = cases.last_mut().unwrap();
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(line);
        } else if let (Some(item), Some(case)) = (line.strip_prefix("- "), cases.last_mut())
            && item != "none"
        {
            let claim = Expected::parse(item)
                .unwrap_or_else(|| panic!("{file}:{}: `{item}` is no claim line", number + 1));
            case.expected.push(claim);
        }
    }
    assert!(!inside, "{file}: a fence is not closed");
    cases
}

fn told(claim: &Claim) -> String {
    let names = |f: &[Filler]| {
        if f.is_empty() {
            "-".to_owned()
        } else {
            f.iter().map(|x| x.name.as_str()).collect::<Vec<_>>().join("; ")
        }
    };
    let status = claim.act.status.map_or(String::new(), |s| format!("/{s}"));
    let flags =
        format!("{}{}", if claim.conditional { "if " } else { "" }, if claim.negated { "not " } else { "" });
    let end = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
    let days = claim.act.days.map_or(String::new(), |d| format!(" from {} to {}", end(d.from), end(d.to)));
    format!(
        "{}{status} {} {flags}{}: {} > {} @ {} by {} with {}{days}",
        claim.act.kind,
        claim.stance,
        claim.source.name,
        names(&claim.act.actor),
        names(&claim.act.target),
        names(&claim.act.place),
        means(claim),
        figures(claim)
    )
}

#[test]
fn every_case_is_read_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let (model, world) = (Model::embedded().unwrap(), World::embedded().unwrap());
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let (mut count, mut failures) = (0, String::new());
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file == "README.md" {
            continue;
        }
        for case in cases(&file, &std::fs::read_to_string(path).unwrap()) {
            count += 1;
            let mut report = Report::new(file.clone(), case.text.clone());
            report.published = case.day.as_ref().map(|d| Published {
                date: d.parse().unwrap(),
                found: FoundIn::Given,
                span: None,
            });
            let claims = read(&report, &model.annotate(&report.text), world).claims;
            let mut left: Vec<&Claim> = claims.iter().collect();
            let right = case.expected.len() == claims.len()
                && case.expected.iter().all(|wanted| {
                    left.iter().position(|c| wanted.agrees(c)).map(|at| left.remove(at)).is_some()
                });
            if !right {
                let got: Vec<String> = claims.iter().map(told).collect();
                let _ = writeln!(failures, "{file}:{}: {}\n    got {got:#?}", case.line, case.text);
            }
        }
    }
    assert!(count >= 40, "only {count} cases were found");
    assert!(failures.is_empty(), "of {count} cases these are read otherwise:\n{failures}");
}
