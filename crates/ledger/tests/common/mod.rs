//! Samples made by a seeded dice: every field of a report and a claim is filled now and then.
#![allow(dead_code, reason = "each test file uses its own part of this")]

use holdfire_ledger::{Ledger, Mode};
use holdfire_types::{
    Act, Claim, Correction, Days, Decision, DecisionBy, Figure, FigureKind, Filler, FoundIn, Genre, Id,
    IdKind, Kind, LinkDecision, Means, PlacePrecision, Published, Reason, Report, ResolvedPlace,
    SourceFormat, Span, Stance, Status, Verification, Window,
};
use jiff::Timestamp;
use jiff::civil::Date;

/// A small generator: the same seed gives the same samples.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides as u64) as usize
    }

    pub fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(2) == 0).then(|| make(self))
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.roll(list.len())]
    }
}

const PLACES: [(&str, f64, f64); 4] = [
    ("al-Bab", 36.3725, 37.5178),
    ("Douma", 33.571, 36.402),
    ("عين الفيجة", 33.6167, 36.1833),
    ("Homs", 34.7268, 36.7234),
];
const PARTIES: [&str; 5] =
    ["Syrian army", "Free Syrian Army", "Turkish forces", "the Observatory", "Воздушно-космические силы"];
const ACTS: [&str; 5] = ["shelled", "bombed", "entered", "besieged", "sent a convoy to"];

pub fn date(dice: &mut Dice) -> Date {
    Date::constant(2016, 12, 1) + jiff::Span::new().days(dice.roll(90) as i64)
}

/// A report of a few sentences, another for every number.
pub fn report(number: usize) -> Report {
    let dice = &mut Dice(number as u64);
    let mut sentences = vec![format!("Report {number}. ")];
    for _ in 0..3 + dice.roll(5) {
        let (actor, act, place) = (dice.pick(&PARTIES), dice.pick(&ACTS), dice.pick(&PLACES).0);
        let killed = dice.roll(40);
        sentences.push(format!("{actor} {act} {place}, killing at least {killed} people. "));
    }
    let mut report = Report::new(format!("sample-{number}"), sentences.concat());
    report.url = dice.maybe(|d| format!("https://news.example/{}", d.roll(50)));
    report.title = dice.maybe(|_| format!("Title {number}"));
    report.publisher = dice.maybe(|d| format!("Publisher {}", d.roll(9)));
    report.agency = dice.maybe(|d| d.pick(&["AP", "Reuters"]).to_owned());
    report.byline = dice.maybe(|_| "By A. Writer".to_owned());
    report.dateline = dice.maybe(|_| "BEIRUT".to_owned());
    report.lang = dice.maybe(|_| "en".to_owned());
    report.genre = dice.pick(Genre::ALL);
    report.format = dice.pick(SourceFormat::ALL);
    report.published = dice.maybe(|d| Published {
        date: date(d),
        found: d.pick(FoundIn::ALL),
        span: d.maybe(|_| Span::new(0, 6)),
    });
    report.seal();
    report
}

fn filler(dice: &mut Dice, span: Span) -> Filler {
    let mut filler =
        Filler::new(dice.pick(&PARTIES), span, dice.pick(&["subject", "object", "passive-agent"]));
    filler.party = dice.maybe(|_| "syria/army".to_owned());
    if dice.roll(4) == 0 { Filler::narrator() } else { filler }
}

fn place(dice: &mut Dice, span: Span) -> Filler {
    let (name, lat, lon) = dice.pick(&PLACES);
    let mut filler = Filler::new(name, span, "in");
    filler.place = dice.maybe(|d| ResolvedPlace {
        id: format!("geonames:{}", d.roll(1000)),
        name: name.to_owned(),
        lat,
        lon,
        country: "SY".to_owned(),
        admin1: "Aleppo".to_owned(),
        precision: d.pick(PlacePrecision::ALL),
    });
    filler
}

/// One claim a sentence; another `reading` finds other claims.
pub fn claims(report: &Report, reading: u64) -> Vec<Claim> {
    let dice = &mut Dice(report.text.len() as u64 ^ (reading << 20));
    let mut start = 0;
    let mut claims = Vec::new();
    for sentence in report.text.split_inclusive(". ") {
        let span = Span::new(start, start + sentence.trim_end().len());
        start += sentence.len();
        if dice.roll(6) > 0 {
            claims.push(claim(report, span, dice));
        }
    }
    claims
}

fn claim(report: &Report, span: Span, dice: &mut Dice) -> Claim {
    let word = Span::new(span.start as usize, span.start as usize + 3);
    let (kind, stance) = (dice.pick(Kind::ALL), dice.pick(Stance::ALL));
    let source = filler(dice, word);
    let days = Days { from: dice.maybe(date), to: dice.maybe(date) };
    Claim {
        id: Claim::make_id(&report.id, span, word, kind, stance, &source.name),
        report: report.id.clone(),
        span,
        anchor: word,
        source,
        via: (0..dice.roll(3)).map(|_| filler(dice, word)).collect(),
        stance,
        stance_span: dice.maybe(|_| word),
        conditional: dice.roll(2) == 0,
        negated: dice.roll(2) == 0,
        verification: dice.maybe(|d| d.pick(Verification::ALL)),
        act: Act {
            kind,
            status: dice.maybe(|d| d.pick(Status::ALL)),
            actor: (0..dice.roll(3)).map(|_| filler(dice, word)).collect(),
            target: (0..dice.roll(2)).map(|_| filler(dice, word)).collect(),
            place: (0..dice.roll(3)).map(|_| place(dice, word)).collect(),
            days: dice.maybe(|_| days),
            days_span: dice.maybe(|_| word),
            means: (0..dice.roll(2)).map(|_| dice.pick(Means::ALL)).collect(),
            figures: (0..dice.roll(2))
                .map(|_| Figure {
                    what: dice.pick(FigureKind::ALL),
                    of: "people".to_owned(),
                    min: dice.maybe(|d| d.roll(1000) as u64),
                    max: dice.maybe(|d| d.roll(1000) as u64),
                    share: dice.maybe(|_| 0.5),
                    span: word,
                    window: dice.maybe(|_| Window { span: word, days }),
                    part: dice.roll(2) == 0,
                })
                .collect(),
        },
        rule: "verb".to_owned(),
        confidence: dice.roll(100) as f32 / 100.0,
    }
}

pub fn decision(a: &Claim, b: &Claim, verdict: Decision, by: &str) -> LinkDecision {
    LinkDecision {
        a: a.id.clone(),
        b: b.id.clone(),
        decision: verdict,
        by: DecisionBy::Rule(by.to_owned()),
        evidence_for: vec!["same day".to_owned()],
        evidence_against: vec!["other figures".to_owned()],
    }
}

pub fn correction(of: &Id, text: &str) -> Correction {
    Correction {
        id: Id::of(IdKind::Correction, &[text]),
        of: of.clone(),
        reason: Reason::Misread,
        text: text.to_owned(),
        contact: Some("reader@example.org".to_owned()),
        received: at(0),
    }
}

/// `seconds` after the start of all samples.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_485_000_000 + seconds).unwrap()
}

/// A ledger in `dir` with `count` reports and their claims.
pub fn filled(dir: &std::path::Path, count: usize) -> Ledger {
    let mut ledger = Ledger::open(dir.join("sample.holdfire"), Mode::Create).unwrap();
    for number in 0..count {
        let report = report(number);
        let mut batch = ledger.batch().unwrap();
        batch.add_report(&report, at(number as i64)).unwrap();
        batch.add_claims(&report.id, "reader 1", &claims(&report, 1), at(number as i64)).unwrap();
        batch.commit().unwrap();
    }
    ledger
}
