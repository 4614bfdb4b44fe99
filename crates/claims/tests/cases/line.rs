//! A claim as a case writes it: `cases/README.md` says how.

use std::fmt::Write as _;

use holdfire_claims::same_name;
use holdfire_types::{Claim, Figure, FigureKind, Filler, Means};
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

/// A claim as a case writes it. What a line leaves out of its endings is left open.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    kind: String,
    status: Option<String>,
    stance: String,
    conditional: bool,
    negated: bool,
    source: String,
    roles: [Slot; 3],
    /// First and last day; `None` inside for an open end.
    days: Option<[Option<Date>; 2]>,
    means: Option<Vec<String>>,
    figures: Option<Vec<String>>,
    verification: Option<String>,
}

/// A day as a case writes it; `-` is an open end.
fn day(text: &str) -> Result<Option<Date>, jiff::Error> {
    if text == "-" { Ok(None) } else { text.parse().map(Some) }
}

impl Expected {
    /// Reads a claim line; `None` where it is none.
    pub fn parse(line: &str) -> Option<Self> {
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
        let (target, rest_of) = rest_of.split_once(" @ ")?;
        let mut endings = endings(rest_of);
        let place = endings.remove(0);
        let mut expected = Self {
            kind,
            status,
            stance,
            conditional,
            negated,
            source: rest.join(" "),
            roles: [actor, target, &place].map(Slot::parse),
            days: None,
            means: None,
            figures: None,
            verification: None,
        };
        for ending in endings {
            let ending = ending.trim_end_matches(',');
            match ending.split_once(' ') {
                Some(("from", days)) => {
                    let (from, to) = days.split_once(" to ")?;
                    expected.days = Some([day(from).ok()?, day(to).ok()?]);
                }
                Some(("by", means)) => {
                    let means: Vec<String> = means.split(", ").map(str::to_owned).collect();
                    means.iter().all(|m| m.parse::<Means>().is_ok()).then_some(())?;
                    expected.means = Some(means);
                }
                Some(("no", "means")) => expected.means = Some(Vec::new()),
                Some(("no", "figures")) => expected.figures = Some(Vec::new()),
                Some(_) => expected.figures.get_or_insert_default().push(ending.to_owned()),
                None => expected.verification = Some(ending.to_owned()),
            }
        }
        Some(expected)
    }

    /// True where the claim is the one written.
    pub fn agrees(&self, claim: &Claim) -> bool {
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
            && self.days.is_none_or(|days| days == claim.act.days.map_or([None; 2], |d| [d.from, d.to]))
            && self.means.as_ref().is_none_or(|wanted| *wanted == means_of(claim))
            && self.figures.as_ref().is_none_or(|wanted| same_figures(wanted, &claim.act.figures))
            && self.verification.as_deref().is_none_or(|wanted| wanted == verification_of(claim))
    }
}

/// The place and what follows it, each ending with its first word.
fn endings(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let begins = |n: usize| {
        let counts = words.get(n + 1).is_some_and(|next| next.contains(|c: char| c.is_ascii_digit()));
        ["from", "by", "no", "confirmed", "unconfirmed", "unchecked"].contains(&words[n])
            || (counts && words[n].parse::<FigureKind>().is_ok())
    };
    let mut parts: Vec<String> = Vec::new();
    for (n, word) in words.iter().enumerate() {
        match parts.last_mut() {
            Some(part) if !begins(n) => {
                part.push(' ');
                part.push_str(word);
            }
            _ => parts.push((*word).to_owned()),
        }
    }
    parts
}

fn means_of(claim: &Claim) -> Vec<String> {
    claim.act.means.iter().map(|m| m.as_str().to_owned()).collect()
}

fn verification_of(claim: &Claim) -> &'static str {
    claim.verification.map_or("unchecked", |v| v.as_str())
}

/// True for the same counts in the same order; a noun that is not written is left open.
fn same_figures(wanted: &[String], got: &[Figure]) -> bool {
    wanted.len() == got.len()
        && wanted.iter().zip(got).all(|(wanted, got)| {
            let count = count_of(got);
            *wanted == count || *wanted == format!("{count} {}", got.of)
        })
}

/// What is counted and how many: "killed 5", "wounded 10+", "displaced ..30", "detained 20..30", "fled 50%".
fn count_of(figure: &Figure) -> String {
    let what = figure.what.as_str();
    match (figure.min, figure.max, figure.share) {
        (_, _, Some(share)) => format!("{what} {:.0}%", share * 100.0),
        (Some(min), Some(max), _) if min == max => format!("{what} {min}"),
        (Some(min), None, _) => format!("{what} {min}+"),
        (min, Some(max), _) => format!("{what} {}..{max}", min.map_or(String::new(), |m| m.to_string())),
        (None, None, None) => format!("{what} ?"),
    }
}

/// The claim in the words of a case, so that a failure can be read beside what was expected.
pub fn told(claim: &Claim) -> String {
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
    let mut told = format!(
        "{}{status} {} {flags}{}: {} > {} @ {}",
        claim.act.kind,
        claim.stance,
        claim.source.name,
        names(&claim.act.actor),
        names(&claim.act.target),
        names(&claim.act.place)
    );
    if let Some(days) = claim.act.days {
        let end = |d: Option<Date>| d.map_or("-".to_owned(), |d| d.to_string());
        let _ = write!(told, " from {} to {}", end(days.from), end(days.to));
    }
    if !claim.act.means.is_empty() {
        let _ = write!(told, " by {}", means_of(claim).join(", "));
    }
    for figure in &claim.act.figures {
        let _ = write!(told, " {} {}", count_of(figure), figure.of);
    }
    if claim.verification.is_some() {
        let _ = write!(told, " {}", verification_of(claim));
    }
    told
}
