//! What a time expression leans on: the day of publication, the kind of text, and the last date told.

use jiff::civil::Date;

use super::grammar::Style;

/// The date last told, as far as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Told {
    /// Year; negative before Christ.
    pub year: Option<i32>,
    /// Month.
    pub month: Option<u8>,
    /// Day.
    pub day: Option<u8>,
}

/// The frame of a text while it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Day of publication.
    pub published: Option<Date>,
    /// A history, not a report of the day: bare months and weekdays lean on the last date told.
    pub history: bool,
    /// Years before Christ are told.
    pub bc: bool,
    /// The date last told.
    pub told: Option<Told>,
    /// The date that a history has reached: asides to other years leave it where it is.
    pub line: Option<Told>,
    /// The quarter last told: year and 1 to 4.
    pub quarter: Option<(i32, u8)>,
}

/// Fewest years that a text must tell before it is taken for a history, and fewest where all lie long back.
const YEARS: (usize, usize) = (8, 3);

/// Years between the story and a year told by itself that is still of the story.
const ASIDE: i32 = 2;

/// Words of a report of the day.
const DAYS: &[&str] = &["today", "Today", "yesterday", "Yesterday", "tonight", "tomorrow", "week"];

impl Frame {
    /// The frame of a report of the day.
    pub fn new(published: Option<Date>) -> Self {
        Self { published, history: false, bc: false, told: None, line: None, quarter: None }
    }

    /// The frame of `text`. It is a history where it tells many years, most of them two years or more before
    /// publication, or some, nearly all of them ten years or more before, and hardly a weekday.
    pub fn of_text(text: &str, published: Option<Date>) -> Self {
        let mut frame = Self::new(published);
        let newest = published.map_or(2100, |d| i32::from(d.year()));
        let (mut years, mut old, mut ancient, mut words) = (0_usize, 0_usize, 0_usize, 0_usize);
        let (mut weekdays, mut before_christ) = (0_usize, 0_usize);
        for word in text.split_whitespace() {
            words += 1;
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word == "BC" || word == "BCE" {
                before_christ += 1;
            } else if (word.ends_with("day") && super::lexicon::weekday(&word.to_lowercase()).is_some())
                || DAYS.contains(&word)
            {
                weekdays += 1;
            } else if word.len() == 4
                && let Ok(year) = word.parse::<i32>()
                && (1000..=newest + 1).contains(&year)
            {
                years += 1;
                old += usize::from(year + 2 <= newest);
                ancient += usize::from(year + 10 <= newest);
            }
        }
        frame.bc = before_christ >= 3;
        let many = years >= YEARS.0 && old * 2 >= years && years * 200 >= words;
        let far = years >= YEARS.1 && ancient * 5 >= years * 4 && years * 500 >= words;
        frame.history = frame.bc || (many || far) && weekdays * 3 < years;
        frame
    }

    /// How forms are read in this text.
    pub fn style(&self) -> Style {
        Style { history: self.history, bc: self.bc }
    }

    /// A date is told. A year by itself that lies far off is an aside and does not move the story on.
    pub fn tell(&mut self, t: Told) {
        let before = |date: Option<Told>| date.and_then(|d| d.year).zip(t.year);
        // "December 8 ..., 1941": the year by itself adds nothing to a date of that year
        let again = |date: Option<Told>| {
            t.month.is_none()
                && date.is_some_and(|d| d.month.is_some())
                && before(date).is_some_and(|(a, b)| a == b)
        };
        if !again(self.told) {
            self.told = Some(t);
        }
        let aside = t.month.is_none() && before(self.line).is_some_and(|(a, b)| (a - b).abs() > ASIDE);
        if !aside && !again(self.line) {
            self.line = Some(t);
        }
    }

    /// The date last told, or the day of publication in a report of the day.
    pub fn then(&self) -> Option<Told> {
        self.told.or_else(|| if self.history { None } else { self.published.map(Told::of) })
    }
}

impl Told {
    /// A whole date.
    pub fn of(date: Date) -> Self {
        Self {
            year: Some(i32::from(date.year())),
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
        }
    }

    /// The date, where all of it was told and it is after Christ.
    pub fn date(self) -> Option<Date> {
        super::calendar::day(self.year?, self.month?, self.day?)
    }
}
