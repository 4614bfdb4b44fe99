//! A row told as a sentence, so that every slot of its claims has words to point at.

use holdfire_types::{
    Act, Claim, Days, Figure, FigureKind, Filler, FoundIn, Genre, Id, IdKind, PlacePrecision, Published,
    Report, ResolvedPlace, SourceFormat, Span,
};
use jiff::civil::Date;

use super::sheet::one_line;

/// A sentence being put together. Each piece gives the span that it will have in the report's text.
#[derive(Debug, Default)]
pub(super) struct Telling {
    text: String,
}

impl Telling {
    /// What is said so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds words.
    pub fn say(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Adds a name.
    pub fn name(&mut self, name: &str, rule: &str) -> Filler {
        let span = self.say(name);
        Filler::new(name, span, rule)
    }

    /// Adds names as a list: "A, B and C".
    pub fn names<S: AsRef<str>>(&mut self, names: &[S], rule: &str) -> Vec<Filler> {
        let mut fillers = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            match at {
                0 => {}
                _ if at + 1 == names.len() => drop(self.say(" and ")),
                _ => drop(self.say(", ")),
            }
            fillers.push(self.name(name.as_ref(), rule));
        }
        fillers
    }

    /// Adds days: "on 2017-02-16", "from 2017-02-13 to 2017-02-19".
    pub fn days(&mut self, days: Days) -> Span {
        match (days.from, days.to) {
            (Some(from), Some(to)) if from == to => self.say(&format!("on {from}")),
            (Some(from), Some(to)) => self.say(&format!("from {from} to {to}")),
            (Some(from), None) => self.say(&format!("from {from} on")),
            (None, Some(to)) => self.say(&format!("until {to}")),
            (None, None) => self.say("on an unknown day"),
        }
    }

    /// Adds a place with what holds it: "Azaz, Aleppo, Syria". `at` is where the row puts it.
    pub fn place(&mut self, name: &str, holders: &[&str], at: Option<ResolvedPlace>, rule: &str) -> Filler {
        let mut filler = self.name(name, rule);
        filler.place = at;
        let mut last = name;
        for holder in holders.iter().filter(|h| !h.is_empty()) {
            if *holder != last {
                self.say(", ");
                self.say(holder);
                last = holder;
            }
        }
        filler
    }

    /// Ends the sentence; its span.
    pub fn end(&mut self) -> Span {
        self.text.push('.');
        Span::new(0, self.text.len())
    }

    /// Adds the maker's own remarks below the sentence.
    pub fn notes(&mut self, notes: &str) {
        let notes = one_line(notes);
        if !notes.is_empty() {
            self.text.push_str("\n\nNotes: ");
            self.text.push_str(&notes);
        }
    }

    /// The report of the row. `address` names the row in its data set, so that a changed row is a new version of it.
    pub fn report(self, address: String, publisher: &str, published: Option<Date>) -> Report {
        let mut report = Report::new(address.clone(), self.text);
        report.url = Some(address);
        report.publisher = Some(publisher.to_owned()).filter(|p| !p.is_empty());
        report.published = published.map(|date| Published { date, found: FoundIn::Record, span: None });
        report.lang = Some("en".to_owned());
        report.genre = Genre::Statement;
        report.format = SourceFormat::Row;
        report.seal();
        report
    }
}

/// What every claim of a row shares.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    /// The maker.
    pub source: Filler,
    /// Whom the maker names as its sources.
    pub via: Vec<Filler>,
    /// The rule that claims carry ("acled").
    pub rule: &'static str,
}

impl Voice {
    /// A claim of the maker. `anchor` is the word of the act.
    pub fn claim(&self, report: &Report, span: Span, anchor: Span, act: Act) -> Claim {
        let plain = Claim::plain(&report.id, span, anchor, self.source.clone(), act, self.rule);
        Claim { via: self.via.clone(), ..plain }
    }
}

/// A count between two bounds.
pub(super) fn figure(what: FigureKind, of: &str, min: Option<u64>, max: Option<u64>, span: Span) -> Figure {
    Figure { what, of: of.to_owned(), min, max, share: None, span, window: None, part: false }
}

/// A place at a point, known by nothing but the row.
pub(super) fn point(
    name: &str,
    (lat, lon): (f64, f64),
    country: &str,
    admin1: &str,
    precision: PlacePrecision,
) -> ResolvedPlace {
    ResolvedPlace {
        id: format!("point:{lat:.4},{lon:.4}"),
        name: name.to_owned(),
        lat,
        lon,
        country: country.to_owned(),
        admin1: admin1.to_owned(),
        precision,
    }
}

/// The address of a row: its id in the data set, else one made of its cells.
pub(super) fn address(data_set: &str, id: &str, cells: &[&str]) -> String {
    if id.is_empty() {
        let hash = Id::of(IdKind::Report, cells);
        return format!("{data_set}:row-{}", &hash.as_str()[1..]);
    }
    format!("{data_set}:{}", one_line(id))
}
