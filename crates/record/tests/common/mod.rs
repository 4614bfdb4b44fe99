//! Builds small records for the tests: reports told in a few words, claims by hand, links by the linker.
#![allow(dead_code, reason = "each test file uses its own part of the builder")]

use holdfire_record::{CopyIndex, Linker, Parties, PartyFacts, Record};
use holdfire_types::{
    Claim, Contents, CopyOf, Correction, CorrectionAnswer, Days, Figure, FigureKind, Filler, FoundIn, Id,
    Kind, LinkDecision, Means, PartyKind, PlacePrecision, Published, Recorded, Report, ResolvedPlace, Span,
    Stance, Status, Term, TermRule, Truce, Window,
};
use jiff::Timestamp;
use jiff::civil::Date;

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A report and the claims in it, written as sentences.
#[derive(Clone)]
pub struct Told {
    pub report: Report,
    pub claims: Vec<Claim>,
}

impl Told {
    pub fn new(publisher: &str, published: &str, text: &str) -> Self {
        let mut report = Report::new(publisher, text);
        report.publisher = Some(publisher.to_owned());
        report.published = Some(Published { date: day(published), found: FoundIn::Given, span: None });
        report.seal();
        Self { report, claims: Vec::new() }
    }

    pub fn agency(mut self, name: &str) -> Self {
        self.report.agency = Some(name.to_owned());
        self
    }

    /// Says which words of the text tell when it was published.
    pub fn dated_by(mut self, words: &str) -> Self {
        let start = self.report.text.find(words).unwrap_or_else(|| panic!("`{words}` stands in the text"));
        let published = self.report.published.as_mut().expect("a day");
        (published.found, published.span) = (FoundIn::Dateline, Some(Span::new(start, start + words.len())));
        self
    }

    /// Adds a claim; its evidence is `quote`, which must stand in the text.
    pub fn claim(mut self, quote: &str, kind: Kind, fill: impl FnOnce(&mut Draft)) -> Self {
        let start = self.report.text.find(quote).unwrap_or_else(|| panic!("`{quote}` stands in the text"));
        let span = Span::new(start, start + quote.len());
        let mut draft = Draft {
            claim: Claim::plain(
                &self.report.id,
                span,
                span,
                Filler::narrator(),
                holdfire_types::Act::of(kind),
                "by-hand",
            ),
            text: self.report.text.clone(),
        };
        fill(&mut draft);
        let mut claim = draft.claim;
        let nth = self.claims.len().to_string();
        claim.id = Id::of(holdfire_types::IdKind::Claim, &[claim.report.as_str(), &nth]);
        self.claims.push(claim);
        self
    }
}

pub struct Draft {
    pub claim: Claim,
    text: String,
}

impl Draft {
    fn find(&self, words: &str) -> Span {
        let from = self.claim.span.start as usize;
        let at = self.text[from..].find(words).map(|i| i + from).or_else(|| self.text.find(words));
        let at = at.unwrap_or_else(|| panic!("`{words}` stands in the text"));
        Span::new(at, at + words.len())
    }

    fn filler(&self, name: &str, party: &str) -> Filler {
        let mut filler = Filler::new(name, self.claim.span, "by-hand");
        filler.party = (!party.is_empty()).then(|| party.to_owned());
        filler
    }

    pub fn by(&mut self, name: &str, party: &str) -> &mut Self {
        self.claim.source = self.filler(name, party);
        self
    }

    pub fn stance(&mut self, stance: Stance) -> &mut Self {
        self.claim.stance = stance;
        self
    }

    pub fn status(&mut self, status: Status) -> &mut Self {
        self.claim.act.status = Some(status);
        self
    }

    pub fn actor(&mut self, name: &str, party: &str) -> &mut Self {
        let filler = self.filler(name, party);
        self.claim.act.actor.push(filler);
        self
    }

    pub fn target(&mut self, name: &str, party: &str) -> &mut Self {
        let filler = self.filler(name, party);
        self.claim.act.target.push(filler);
        self
    }

    pub fn at(&mut self, name: &str) -> &mut Self {
        let mut filler = self.filler(name, "");
        filler.place = gazetteer(name);
        self.claim.act.place.push(filler);
        self
    }

    pub fn on(&mut self, from: &str, to: &str) -> &mut Self {
        self.claim.act.days = Some(Days::between(day(from), day(to)));
        self
    }

    /// The words that tell the days.
    pub fn days_words(&mut self, words: &str) -> &mut Self {
        self.claim.act.days_span = Some(self.find(words));
        self
    }

    pub fn means(&mut self, means: Means) -> &mut Self {
        self.claim.act.means.push(means);
        self
    }

    pub fn figure(&mut self, what: FigureKind, of: &str, min: u64, words: &str) -> &mut Self {
        let span = self.find(words);
        self.claim.act.figures.push(Figure {
            what,
            of: of.to_owned(),
            min: Some(min),
            max: Some(min),
            share: None,
            span,
            window: None,
            part: false,
        });
        self
    }

    pub fn window(&mut self, words: &str, from: &str, to: &str) -> &mut Self {
        let span = self.find(words);
        let last = self.claim.act.figures.last_mut().expect("a figure");
        last.window = Some(Window { span, days: Days::between(day(from), day(to)) });
        self
    }

    pub fn part(&mut self) -> &mut Self {
        self.claim.act.figures.last_mut().expect("a figure").part = true;
        self
    }
}

/// Places by their names as the tests write them.
pub fn gazetteer(name: &str) -> Option<ResolvedPlace> {
    let (country, admin1, lat, lon, precision) = match name {
        "al-Bab" => ("SY", "Aleppo", 36.37, 37.52, PlacePrecision::Exact),
        "Tadef" => ("SY", "Aleppo", 36.35, 37.53, PlacePrecision::Exact),
        "Aleppo province" => ("SY", "Aleppo", 36.2, 37.2, PlacePrecision::Province),
        "Daraa" => ("SY", "Daraa", 32.62, 36.1, PlacePrecision::Exact),
        "Ariha" => ("SY", "Idlib", 35.81, 36.6, PlacePrecision::Exact),
        "al-Waer" => ("SY", "Homs", 34.74, 36.67, PlacePrecision::Exact),
        "Damascus" => ("SY", "Damascus", 33.51, 36.29, PlacePrecision::Province),
        "Latakia" => ("SY", "Latakia", 35.6, 36.0, PlacePrecision::Province),
        "Hama" => ("SY", "Hama", 35.13, 36.75, PlacePrecision::Province),
        "Homs" => ("SY", "Homs", 34.73, 36.71, PlacePrecision::Province),
        "Daraa province" => ("SY", "Daraa", 32.6, 36.1, PlacePrecision::Province),
        "Astana" => ("KZ", "Astana", 51.17, 71.43, PlacePrecision::Exact),
        "Mosul" => ("IQ", "Nineveh", 36.34, 43.13, PlacePrecision::Exact),
        _ => return None,
    };
    Some(ResolvedPlace {
        id: format!("test:{name}"),
        name: name.to_owned(),
        lat,
        lon,
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        precision,
    })
}

pub fn parties() -> Parties {
    let party = |id: &str, name: &str, kind, under: &[&str]| PartyFacts {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        under: under.iter().map(|u| (*u).to_owned()).collect(),
    };
    Parties::new([
        party("gov", "Syrian government", PartyKind::Government, &[]),
        party("army", "Syrian army", PartyKind::StateForce, &["gov"]),
        party("opposition", "Armed opposition", PartyKind::Rebel, &[]),
        party("fsa", "Free Syrian Army", PartyKind::Rebel, &["opposition"]),
        party("turkey", "Turkey", PartyKind::State, &[]),
        party("tsk", "Turkish army", PartyKind::StateForce, &["turkey"]),
        party("russia", "Russia", PartyKind::State, &[]),
        party("is", "Islamic State", PartyKind::Jihadist, &[]),
        party("qaida", "al-Qaida-linked faction", PartyKind::Jihadist, &[]),
        party("observatory", "Observatory for Human Rights", PartyKind::Monitor, &[]),
        party("un", "United Nations", PartyKind::International, &[]),
    ])
}

pub fn truce() -> Truce {
    let term = |id: &str, text: &str, rule| Term {
        id: id.to_owned(),
        text: text.to_owned(),
        rule,
        disputed: String::new(),
        source: "test".to_owned(),
    };
    Truce {
        id: "test-truce".to_owned(),
        name: "Truce of the tests".to_owned(),
        countries: vec!["SY".to_owned()],
        area: vec![],
        parties: vec!["gov".to_owned(), "opposition".to_owned()],
        guarantors: vec!["russia".to_owned(), "turkey".to_owned()],
        monitoring: String::new(),
        start: day("2016-12-30"),
        end: None,
        terms: vec![
            term(
                "barred",
                "shelling, air strikes and seizing ground are barred",
                TermRule::Bars { kinds: vec![Kind::Attack, Kind::Clash, Kind::Capture], means: vec![] },
            ),
            term(
                "excluded-groups",
                "groups on the UN list stand outside",
                TermRule::ExcludesParty { parties: vec!["is".to_owned(), "qaida".to_owned()] },
            ),
            term(
                "excluded-area",
                "areas held by the Islamic State stand outside",
                TermRule::ExcludesAreaOf { parties: vec!["is".to_owned()] },
            ),
        ],
        sources: vec![],
    }
}

fn recorded<T>(entry: &mut u64, value: T) -> Recorded<T> {
    *entry += 1;
    Recorded {
        entry: *entry,
        at: Timestamp::from_second(1_487_000_000 + *entry as i64).expect("in range"),
        value,
    }
}

/// What a ledger would hold after these reports came in this order.
pub fn contents(told: &[Told]) -> Contents {
    let (mut linker, mut copies) = (Linker::knowing(&parties()), CopyIndex::new());
    let mut contents = Contents::default();
    let mut entry = 0;
    for Told { report, claims } in told {
        contents.reports.push(recorded(&mut entry, report.clone()));
        if let Some(copy) = copies.add(report) {
            linker.copied(&copy);
            contents.copies.push(recorded::<CopyOf>(&mut entry, copy));
        }
        for claim in claims {
            contents.claims.push(recorded(&mut entry, claim.clone()));
            for decision in linker.add(claim, report) {
                contents.decisions.push(recorded::<LinkDecision>(&mut entry, decision));
            }
        }
    }
    contents
}

pub fn record(told: &[Told]) -> Record {
    Record::from_parts(contents(told), parties(), vec![truce()])
}

/// Adds an accepted correction of `of`.
pub fn correct(contents: &mut Contents, of: &Id, reason: holdfire_types::Reason) {
    let mut entry = 10_000;
    let received = Timestamp::from_second(1_490_000_000).expect("in range");
    let id = Id::of(holdfire_types::IdKind::Correction, &[of.as_str()]);
    contents.corrections.push(recorded(
        &mut entry,
        Correction {
            id: id.clone(),
            of: of.clone(),
            reason,
            text: "wrong".to_owned(),
            contact: None,
            received,
        },
    ));
    contents.answers.push(recorded(
        &mut entry,
        CorrectionAnswer {
            correction: id,
            accepted: true,
            text: "so it is".to_owned(),
            by: "editor".to_owned(),
            decided: received,
        },
    ));
}
