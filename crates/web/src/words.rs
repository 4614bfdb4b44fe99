//! The words of the pages: codes, days, counts and names of things as a reader meets them.
//!
//! A status is told only in fixed phrases ("could not be verified", "followed up and confirmed", "assessed as ..."),
//! so that one phrase always means one thing.

use holdfire_record::{
    ClaimLine, CorrectionView, Counts, FigureView, Interval, Outcome, PlaceView, Step, Word,
};
use holdfire_types::{
    Days, DecisionBy, FigureKind, FoundIn, Genre, Id, Kind, Means, PartyKind, PlacePrecision, Reason,
    ScopeVerdict, Stance, Status, Verification,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Verdicts, under a name that templates can reach.
pub use holdfire_types::ScopeVerdict as Scope;

/// A value, or a reference to one however deep: templates hand over both.
pub trait Of<T> {
    /// The value.
    fn of(&self) -> T;
}

impl<T: Copy> Of<T> for T {
    fn of(&self) -> T {
        *self
    }
}

impl<T: Copy> Of<T> for &T {
    fn of(&self) -> T {
        **self
    }
}

impl<T: Copy> Of<T> for &&T {
    fn of(&self) -> T {
        ***self
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// "Feb".
pub fn month(day: Date) -> &'static str {
    MONTHS[usize::try_from(day.month() - 1).unwrap_or(0)]
}

/// "16 Feb 2017".
pub fn day(day: impl Of<Date>) -> String {
    let day = day.of();
    format!("{} {} {}", day.day(), month(day), day.year())
}

/// "16 Feb".
pub fn short_day(day: impl Of<Date>) -> String {
    let day = day.of();
    format!("{} {}", day.day(), month(day))
}

/// "16 Feb 2017", "12 to 15 Feb 2017", "since 1 Aug 2016".
pub fn days(days: impl Of<Days>) -> String {
    let days = days.of();
    match (days.from, days.to) {
        (Some(a), Some(b)) if a == b => day(a),
        (Some(a), Some(b)) if (a.year(), a.month()) == (b.year(), b.month()) => {
            format!("{} to {}", a.day(), day(b))
        }
        (Some(a), Some(b)) if a.year() == b.year() => format!("{} to {}", short_day(a), day(b)),
        (Some(a), Some(b)) => format!("{} to {}", day(a), day(b)),
        (Some(a), None) => format!("since {}", day(a)),
        (None, Some(b)) => format!("up to {}", day(b)),
        (None, None) => "day not told".to_owned(),
    }
}

/// From one day to another.
pub fn between(from: impl Of<Date>, to: impl Of<Date>) -> Days {
    Days::between(from.of(), to.of())
}

/// "25 Nov 2026, 19:04 UTC".
pub fn moment(at: impl Of<Timestamp>) -> String {
    let at = TimeZone::UTC.to_datetime(at.of());
    format!("{}, {:02}:{:02} UTC", day(at.date()), at.hour(), at.minute())
}

/// A number with its thousands apart: "930 250".
pub fn number(n: impl Of<u64>) -> String {
    let digits = n.of().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// True for nought.
pub fn is_zero(n: impl Of<u64>) -> bool {
    n.of() == 0
}

/// "24", "15 to 43", "at least 5".
pub fn interval(i: impl Of<Interval>) -> String {
    let i = i.of();
    match (i.min, i.max) {
        (Some(a), Some(b)) if a == b => number(a),
        (Some(a), Some(b)) => format!("{} to {}", number(a), number(b)),
        (Some(a), None) => format!("at least {}", number(a)),
        (None, Some(b)) => format!("at most {}", number(b)),
        (None, None) => "no number".to_owned(),
    }
}

/// The count of a figure; a share where there is one.
pub fn count(f: &FigureView) -> String {
    match f.share {
        Some(share) if f.count.is_open() => format!("{:.0} %", share * 100.0),
        _ => interval(f.count),
    }
}

/// What a figure counts: "civilians killed".
pub fn counted(f: &FigureView) -> String {
    let what = figure_kind(f.what);
    if f.of.is_empty() || f.of == what { what.to_owned() } else { format!("{} {what}", f.of) }
}

/// What is counted.
pub fn figure_kind(what: impl Of<FigureKind>) -> &'static str {
    match what.of() {
        FigureKind::PeopleReached => "reached",
        FigureKind::DistanceKm => "km",
        FigureKind::Other => "",
        other => other.as_str(),
    }
}

/// What happened: "attack", "aid delivered", "talks put off".
pub fn kind(kind: impl Of<Kind>, status: Option<Status>) -> String {
    let kind = kind.of();
    match status {
        None => kind.as_str().to_owned(),
        Some(Status::InForce) => format!("{kind} in force"),
        Some(Status::Postponed) => format!("{kind} put off"),
        Some(Status::Violated) => format!("breach of the {kind}"),
        Some(Status::Mechanism) => format!("{kind} machinery"),
        Some(status) => format!("{kind} {status}"),
    }
}

/// What the source does with the act: "reports attack", "accuses the army of attack", "calls for an end to siege".
pub fn says(c: &ClaimLine) -> String {
    let act = kind(c.kind, c.status);
    let before = match (c.stance, c.negated) {
        (Stance::States, false) => "reports",
        (Stance::States, true) => "reports the end of",
        (Stance::Denies, _) => "denies",
        (Stance::Accuses, _) if !c.actor.is_empty() => {
            return format!("accuses {} of {act}", listed(&c.actor));
        }
        (Stance::Accuses, _) => "brings the charge of",
        (Stance::Demands, false) => "calls for",
        (Stance::Demands, true) => "calls for an end to",
        (Stance::Promises, false) => "promises",
        (Stance::Promises, true) => "promises no",
        (Stance::Threatens, _) => "threatens",
        (Stance::Doubts, _) => "leaves open whether there was",
    };
    format!("{before} {act}")
}

/// "a", "a and b", "a, b and c".
fn listed(names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// With a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// What the report says about checking.
pub fn verification(v: impl Of<Verification>) -> &'static str {
    match v.of() {
        Verification::Unconfirmed => "could not be verified",
        Verification::Confirmed => "followed up and confirmed",
    }
}

/// A verdict under the truce.
pub fn scope(v: impl Of<ScopeVerdict>) -> &'static str {
    match v.of() {
        ScopeVerdict::In => "in scope",
        ScopeVerdict::Out => "out of scope",
        ScopeVerdict::Disputed => "scope disputed",
        ScopeVerdict::Unknown => "scope not known",
    }
}

/// How exactly a place is meant, where it is not a point.
pub fn precision(p: &PlaceView) -> Option<&'static str> {
    match p.precision {
        Some(PlacePrecision::Exact) => None,
        Some(PlacePrecision::Near) => Some("near"),
        Some(PlacePrecision::District) => Some("district"),
        Some(PlacePrecision::Province) => Some("province"),
        Some(PlacePrecision::Area) => Some("area"),
        Some(PlacePrecision::Country) => Some("country only"),
        None => Some("not found on the map"),
    }
}

/// Means, in words.
pub fn means(list: &[Means]) -> String {
    let word = |m: &Means| match m {
        Means::MineIed => "mine or improvised bomb",
        Means::SuicideBomb => "suicide bomb",
        Means::CarBomb => "car bomb",
        Means::SmallArms => "small arms",
        Means::GroundAssault => "ground assault",
        Means::Airstrike => "air strike",
        other => other.as_str(),
    };
    list.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// What a source is.
pub fn party_kind(kind: impl Of<PartyKind>) -> &'static str {
    match kind.of() {
        PartyKind::StateForce => "state force",
        PartyKind::Rebel => "armed opposition",
        PartyKind::Unknown => "not identified",
        other => other.as_str(),
    }
}

/// Where a day of publication was found.
pub fn found(found: impl Of<FoundIn>) -> &'static str {
    match found.of() {
        FoundIn::Given => "given when it was read",
        FoundIn::Record => "given with the report",
        FoundIn::Metadata => "from the page's own data",
        FoundIn::Dateline => "from the dateline",
        FoundIn::Inferred => "reckoned from days that the text names",
    }
}

/// What sort of report.
pub fn genre(genre: impl Of<Genre>) -> &'static str {
    match genre.of() {
        Genre::News => "news report",
        Genre::Opinion => "opinion",
        Genre::Statement => "statement",
    }
}

/// A reason for a correction.
pub fn reason(reason: impl Of<Reason>) -> &'static str {
    match reason.of() {
        Reason::Misread => "The record says something else than the report",
        Reason::ReportWrong => "The report itself was wrong",
        Reason::Withdrawn => "The publisher withdrew it",
        Reason::Linked => "Two things were taken for one, or one for two",
        Reason::Personal => "It names a person who must not be named",
        Reason::Other => "Something else",
    }
}

/// True for a correction whose words are kept from the public: they are about a person.
pub fn withheld(k: &CorrectionView) -> bool {
    k.reason == Reason::Personal
}

/// What an id names.
pub fn noun_of(id: &Id) -> &'static str {
    match id.as_str().as_bytes().first() {
        Some(b'r') => "report",
        Some(b'c') => "claim",
        Some(b'i') => "incident",
        Some(b'k') => "correction",
        _ => "link",
    }
}

/// Where a thing is shown.
pub fn path_of(id: &Id) -> String {
    match noun_of(id) {
        "correction" => format!("/receipt/{id}"),
        noun => format!("/{noun}/{id}"),
    }
}

/// A text without the bounds at its beginning, for a page that sets them apart.
pub fn after(text: &str, bounds: impl Of<Interval>) -> String {
    text.strip_prefix(&bounds.of().to_string()).unwrap_or(text).to_owned()
}

/// A source's word on the truce.
pub fn truce_word(word: impl Of<Word>) -> &'static str {
    match word.of() {
        Word::Broken => "broken",
        Word::Kept => "kept",
        Word::Both => "kept, and broken here and there",
    }
}

/// Whom a number counts.
pub fn counts(of: impl Of<Counts>) -> &'static str {
    match of.of() {
        Counts::People => "people",
        Counts::Civilians => "civilians",
        Counts::Children => "children",
        Counts::Women => "women",
        Counts::Fighters => "fighters",
        Counts::Things => "things",
    }
}

/// True for a step that somebody asserts; demands, promises and denials are words, not steps taken.
pub fn is_fact(step: &Step) -> bool {
    matches!(step.stance, Stance::States | Stance::Accuses) && !step.conditional
}

/// Who decided.
pub fn decided_by(by: &DecisionBy) -> String {
    match by {
        DecisionBy::Rule(rule) => format!("by rule {rule}"),
        DecisionBy::Person(name) => format!("by {name}"),
    }
}

/// "82 %".
pub fn percent(share: impl Of<f32>) -> String {
    format!("{:.0} %", share.of() * 100.0)
}

/// "all", "82 %".
pub fn share(share: impl Of<f32>) -> String {
    if share.of() >= 1.0 { "all".to_owned() } else { percent(share.of()) }
}

/// What a check came to.
pub fn outcome(outcome: impl Of<Outcome>) -> &'static str {
    match outcome.of() {
        Outcome::Conflict => "Cannot all be true.",
        Outcome::Caution => "With care.",
        Outcome::Consistent => "Agrees.",
    }
}

/// The same as a code.
pub fn outcome_code(outcome: impl Of<Outcome>) -> &'static str {
    match outcome.of() {
        Outcome::Conflict => "conflict",
        Outcome::Caution => "caution",
        Outcome::Consistent => "consistent",
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|b| [b >> 4, b & 15]);
    digits.filter_map(|n| char::from_digit(u32::from(n), 16)).collect()
}

/// "1 claim", "3 claims".
pub fn many(n: impl Of<u64>, one: &str) -> String {
    let n = n.of();
    format!("{} {one}{}", number(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_told_as_short_as_they_allow() {
        assert_eq!(days(Days::on(at("2017-02-16"))), "16 Feb 2017");
        assert_eq!(days(Days::between(at("2017-02-12"), at("2017-02-15"))), "12 to 15 Feb 2017");
        assert_eq!(days(Days::between(at("2017-01-31"), at("2017-02-02"))), "31 Jan to 2 Feb 2017");
        assert_eq!(days(Days { from: Some(at("2016-08-01")), to: None }), "since 1 Aug 2016");
        assert_eq!(days(Days { from: None, to: None }), "day not told");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(number(7), "7");
        assert_eq!(number(930_250), "930\u{202f}250");
        assert_eq!(number(1_000_000), "1\u{202f}000\u{202f}000");
        assert_eq!(interval(Interval::new(Some(5), None)), "at least 5");
    }
}
