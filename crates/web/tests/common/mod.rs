//! A small record in our own words: a shelled town told by three sources, a disputed front, a two-party bulletin, a
//! convoy, talks, a wire copy, and one report full of hostile text.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod client;

use std::path::Path;

use holdfire_ledger::{Ledger, Mode};
use holdfire_record::{CopyIndex, Linker};
use holdfire_types::{
    Act, Claim, Days, Figure, FigureKind, Filler, FoundIn, Id, IdKind, Kind, Means, Published, Report, Span,
    Stance, Status, Verification,
};
use holdfire_world::World;
use jiff::Timestamp;
use jiff::civil::Date;

/// What an attacker would like to see run.
pub const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover='alert(3)";

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// A report under construction, with its claims.
pub struct Told {
    pub report: Report,
    pub claims: Vec<Claim>,
}

pub fn report(publisher: &str, published: &str, title: &str, text: &str) -> Told {
    let mut report = Report::new(title.to_lowercase().replace(' ', "-"), text);
    report.title = Some(title.to_owned());
    report.publisher = Some(publisher.to_owned());
    report.published = Some(Published { date: day(published), found: FoundIn::Record, span: None });
    report.lang = Some("en".to_owned());
    report.seal();
    Told { report, claims: Vec::new() }
}

impl Told {
    fn span(&self, words: &str) -> Span {
        let at = self.report.text.find(words).unwrap_or_else(|| panic!("`{words}` stands in the text"));
        Span::new(at, at + words.len())
    }

    fn filler(&self, name: &str) -> Filler {
        let last = name.rsplit(' ').next().unwrap_or(name);
        let at = self.report.text.find(name).map(|at| (at, name.len()));
        let at = at.or_else(|| self.report.text.find(last).map(|at| (at, last.len())));
        let mut filler = Filler::narrator();
        name.clone_into(&mut filler.name);
        "sample".clone_into(&mut filler.rule);
        filler.span = at.map(|(at, len)| Span::new(at, at + len));
        filler
    }

    /// A claim: who says it, of what kind, with the evidence; `shape` fills the rest.
    pub fn claim(
        mut self,
        source: &str,
        stance: Stance,
        kind: Kind,
        quote: &str,
        shape: impl FnOnce(&Self, &mut Claim),
    ) -> Self {
        let span = self.span(quote);
        let anchor =
            Span { start: span.start, end: span.start + quote.split(' ').next().map_or(1, str::len) as u32 };
        let source = if source.is_empty() { Filler::narrator() } else { self.filler(source) };
        let plain = Claim::plain(&self.report.id, span, anchor, source, Act::of(kind), "sample");
        let id = Claim::make_id(&self.report.id, span, anchor, kind, stance, &plain.source.name);
        let mut claim = Claim { id, stance, confidence: 0.87, ..plain };
        shape(&self, &mut claim);
        self.claims.push(claim);
        self
    }

    pub fn actors(&self, names: &[&str]) -> Vec<Filler> {
        names.iter().map(|n| self.filler(n)).collect()
    }

    pub fn figure(
        &self,
        what: FigureKind,
        of: &str,
        bounds: (Option<u64>, Option<u64>),
        words: &str,
        part: bool,
    ) -> Figure {
        Figure {
            what,
            of: of.to_owned(),
            min: bounds.0,
            max: bounds.1,
            share: None,
            span: self.span(words),
            window: None,
            part,
        }
    }
}

fn exactly(n: u64) -> (Option<u64>, Option<u64>) {
    (Some(n), Some(n))
}

/// The sample reports, in the order they are recorded.
pub fn reports() -> Vec<Told> {
    use FigureKind::{Killed, Violations};
    let mut told = Vec::new();
    let al_bab = "Shells and air strikes fell on al-Bab through the day on Thursday.\n\nThe Syrian Observatory for Human Rights said Turkish strikes killed 24 civilians, including 11 children, in the town. The count could not be checked by others.\n\nThe Turkish army said its aircraft killed 15 fighters of the Islamic State near al-Bab.";
    told.push(
        report("River Post", "2017-02-16", "Bombs fall on al-Bab", al_bab)
            .claim(
                "Syrian Observatory for Human Rights",
                Stance::Accuses,
                Kind::Attack,
                "Turkish strikes killed 24 civilians, including 11 children, in the town",
                |t, c| {
                    c.act.actor = t.actors(&["Turkish"]);
                    c.act.place = t.actors(&["al-Bab"]);
                    c.act.days = Some(Days::on(day("2017-02-16")));
                    c.act.means = vec![Means::Airstrike];
                    c.act.figures = vec![
                        t.figure(Killed, "civilians", exactly(24), "24 civilians", false),
                        t.figure(Killed, "children", exactly(11), "11 children", true),
                    ];
                    c.verification = Some(Verification::Unconfirmed);
                },
            )
            .claim(
                "Turkish army",
                Stance::States,
                Kind::Attack,
                "its aircraft killed 15 fighters of the Islamic State near al-Bab",
                |t, c| {
                    c.act.actor = t.actors(&["Turkish army"]);
                    c.act.target = t.actors(&["Islamic State"]);
                    c.act.place = t.actors(&["al-Bab"]);
                    c.act.days = Some(Days::on(day("2017-02-16")));
                    c.act.means = vec![Means::Airstrike];
                    c.act.figures = vec![t.figure(Killed, "fighters", exactly(15), "15 fighters", false)];
                },
            ),
    );
    told.push(report("Harbour Courier", "2017-02-16", "Bombs fall on al-Bab", al_bab).claim(
        "Syrian Observatory for Human Rights",
        Stance::Accuses,
        Kind::Attack,
        "Turkish strikes killed 24 civilians, including 11 children, in the town",
        |t, c| {
            c.act.actor = t.actors(&["Turkish"]);
            c.act.place = t.actors(&["al-Bab"]);
            c.act.days = Some(Days::on(day("2017-02-16")));
            c.act.means = vec![Means::Airstrike];
            c.act.figures = vec![t.figure(Killed, "civilians", exactly(24), "24 civilians", false)];
        },
    ));
    let daraa = "Rebels attacked government positions in Daraa on Sunday, the Syrian army said. It said at least 20 rebels died.\n\nA spokesman of Ahrar al-Sham denied that its men attacked in Daraa. He said the truce was being broken by the Syrian army every day, with shells on Daraa that killed up to 6 residents.";
    told.push(
        report("River Post", "2017-02-13", "Fighting in Daraa", daraa)
            .claim(
                "Syrian army",
                Stance::States,
                Kind::Attack,
                "Rebels attacked government positions in Daraa on Sunday",
                |t, c| {
                    c.act.actor = t.actors(&["Rebels"]);
                    c.act.target = t.actors(&["government"]);
                    c.act.place = t.actors(&["Daraa"]);
                    c.act.days = Some(Days::on(day("2017-02-12")));
                    c.act.figures =
                        vec![t.figure(Killed, "rebels", (Some(20), None), "at least 20 rebels", false)];
                },
            )
            .claim("Ahrar al-Sham", Stance::Denies, Kind::Attack, "its men attacked in Daraa", |t, c| {
                c.act.actor = t.actors(&["Ahrar al-Sham"]);
                c.act.place = t.actors(&["Daraa"]);
                c.act.days = Some(Days::on(day("2017-02-12")));
            })
            .claim(
                "Ahrar al-Sham",
                Stance::Accuses,
                Kind::Truce,
                "the truce was being broken by the Syrian army every day",
                |t, c| {
                    c.act.status = Some(Status::Violated);
                    c.act.actor = t.actors(&["Syrian army"]);
                },
            )
            .claim(
                "Ahrar al-Sham",
                Stance::Accuses,
                Kind::Attack,
                "shells on Daraa that killed up to 6 residents",
                |t, c| {
                    c.act.actor = t.actors(&["Syrian army"]);
                    c.act.place = t.actors(&["Daraa"]);
                    c.act.days = Some(Days::on(day("2017-02-13")));
                    c.act.means = vec![Means::Shelling];
                    c.act.figures =
                        vec![t.figure(Killed, "residents", (None, Some(6)), "up to 6 residents", false)];
                },
            ),
    );
    let homs = "Government guns shelled al-Waer in Homs on Wednesday and killed 3 people, residents said. The Syrian army said the truce was kept in Homs.";
    told.push(
        report("Plain Dealer", "2017-02-09", "Shells on Homs", homs)
            .claim(
                "residents",
                Stance::States,
                Kind::Attack,
                "Government guns shelled al-Waer in Homs on Wednesday and killed 3 people",
                |t, c| {
                    c.act.actor = t.actors(&["Syrian army"]);
                    c.act.place = t.actors(&["al-Waer", "Homs"]);
                    c.act.days = Some(Days::on(day("2017-02-08")));
                    c.act.means = vec![Means::Shelling];
                    c.act.figures = vec![t.figure(Killed, "people", exactly(3), "3 people", false)];
                },
            )
            .claim("Syrian army", Stance::States, Kind::Truce, "the truce was kept in Homs", |_, c| {
                c.act.status = Some(Status::Kept);
            }),
    );
    let convoy = "Trucks with food for al-Waer lined up on Thursday, the United Nations said. It asked all sides to let them in.";
    told.push(
        report("Relief Wire", "2017-02-16", "Trucks wait for al-Waer", convoy)
            .claim(
                "United Nations",
                Stance::States,
                Kind::Aid,
                "Trucks with food for al-Waer lined up on Thursday",
                |t, c| {
                    c.act.status = Some(Status::Waiting);
                    c.act.place = t.actors(&["al-Waer"]);
                    c.act.days = Some(Days::on(day("2017-02-16")));
                },
            )
            .claim(
                "United Nations",
                Stance::Demands,
                Kind::Aid,
                "It asked all sides to let them in",
                |t, c| {
                    c.act.status = Some(Status::Requested);
                    c.act.place = t.actors(&["al-Waer"]);
                    c.act.days = Some(Days::on(day("2017-02-16")));
                },
            ),
    );
    let turned = "The convoy to al-Waer was shot at on Sunday and turned back after ten minutes, the United Nations said. It named security as the reason. Opposition media blamed the government for blocking the convoy.";
    told.push(
        report("Relief Wire", "2017-02-20", "Convoy turned back at al-Waer", turned)
            .claim(
                "United Nations",
                Stance::States,
                Kind::Aid,
                "The convoy to al-Waer was shot at on Sunday and turned back after ten minutes",
                |t, c| {
                    c.act.status = Some(Status::Attacked);
                    c.act.place = t.actors(&["al-Waer"]);
                    c.act.days = Some(Days::on(day("2017-02-19")));
                },
            )
            .claim(
                "Opposition media",
                Stance::Accuses,
                Kind::Aid,
                "the government for blocking the convoy",
                |t, c| {
                    c.act.status = Some(Status::Blocked);
                    c.act.actor = t.actors(&["government"]);
                    c.act.place = t.actors(&["al-Waer"]);
                    c.act.days = Some(Days::on(day("2017-02-20")));
                },
            ),
    );
    let talks = "Delegates met in Astana on Thursday. Talks in Geneva are to begin on Feb. 23, the United Nations envoy said.";
    told.push(
        report("River Post", "2017-02-16", "Envoys meet in Astana", talks)
            .claim("", Stance::States, Kind::Talks, "Delegates met in Astana on Thursday", |t, c| {
                c.act.status = Some(Status::Held);
                c.act.place = t.actors(&["Astana"]);
                c.act.days = Some(Days::on(day("2017-02-16")));
            })
            .claim(
                "United Nations envoy",
                Stance::States,
                Kind::Talks,
                "Talks in Geneva are to begin on Feb. 23",
                |t, c| {
                    c.act.status = Some(Status::Planned);
                    c.act.place = t.actors(&["Geneva"]);
                    c.act.days = Some(Days::on(day("2017-02-23")));
                },
            ),
    );
    let bulletin = "The joint commission noted cases of firing in a day. The Russian side noted 10 in Damascus, 3 in Latakia, 3 in Daraa and 2 in Hama. The Turkish side noted 2 cases in Damascus, 3 cases in Daraa, 7 cases in Hama and 3 cases in Homs.";
    let mut joint = report("Joint bulletin", "2017-02-14", "Cases of firing", bulletin);
    for (side, words, place, n) in [
        ("Russian side", "10 in Damascus", "Damascus", 10),
        ("Russian side", "3 in Latakia", "Latakia", 3),
        ("Russian side", "3 in Daraa", "Daraa", 3),
        ("Russian side", "2 in Hama", "Hama", 2),
        ("Turkish side", "2 cases in Damascus", "Damascus", 2),
        ("Turkish side", "3 cases in Daraa", "Daraa", 3),
        ("Turkish side", "7 cases in Hama", "Hama", 7),
        ("Turkish side", "3 cases in Homs", "Homs", 3),
    ] {
        joint = joint.claim(side, Stance::States, Kind::Truce, words, |t, c| {
            c.act.status = Some(Status::Violated);
            c.act.place = t.actors(&[place]);
            c.act.days = Some(Days::on(day("2017-02-14")));
            c.act.figures = vec![t.figure(Violations, "cases", exactly(n), words, false)];
        });
    }
    told.push(joint);
    let hostile = format!(
        "{HOSTILE} was written on a wall in Aleppo, where 2 people died, said {HOSTILE} ابن البلد\n\n\u{202e}The end"
    );
    told.push(report(HOSTILE, "2017-02-15", HOSTILE, &hostile).claim(
        HOSTILE,
        Stance::States,
        Kind::Attack,
        &hostile[..hostile.find("\n\n").expect("a break")],
        |t, c| {
            c.act.place = t.actors(&["Aleppo", HOSTILE]);
            c.act.days = Some(Days::on(day("2017-02-15")));
            c.act.figures = vec![t.figure(Killed, HOSTILE, exactly(2), "2 people", false)];
        },
    ));
    let mut undated = report("Undated", "2017-02-01", "A page without a date", "Someone fired somewhere.");
    undated.report.published = None;
    undated.report.seal();
    told.push(undated);
    told
}

/// Records the samples in a ledger at `path`; gives the reports' ids in order.
pub fn record(path: &Path, world: &World) -> Vec<Id> {
    let mut ledger = Ledger::open(path, Mode::Create).expect("a new ledger");
    let (mut linker, mut copies) = (Linker::new(), CopyIndex::new());
    let now: Timestamp = "2026-11-25T18:00:00Z".parse().expect("a moment");
    let mut ids = Vec::new();
    for Told { report, mut claims } in reports() {
        world.resolve(&report, &mut claims);
        ledger.add_report(&report, now).expect("recorded");
        ledger.add_claims(&report.id, "sample", &claims, now).expect("recorded");
        if let Some(copy) = copies.add(&report) {
            ledger.add_copy(&copy, now).expect("recorded");
        }
        for claim in &claims {
            for decision in linker.add(claim, &report) {
                ledger.add_decision(&decision, now).expect("recorded");
            }
        }
        ids.push(report.id);
    }
    ids
}

/// An id of the right form that nothing has.
pub fn nobody(kind: IdKind) -> String {
    format!("{}0123456789abcdef", kind.letter())
}
