//! Time expressions: where they stand, their TimeML value, and the days they mean.
//!
//! A text is read in order, because "in April" and "two days later" lean on the dates before them. What they lean on
//! is a [`Frame`]: the day of publication, whether the text is a report of the day or a history, and the last date told.

mod calendar;
mod frame;
mod grammar;
mod lead;
mod lengths;
mod lexicon;
mod pieces;
mod resolve;

use jiff::civil::Date;

use holdfire_types::{Days, Sentence, Span};

pub use frame::Frame;
pub use lengths::Reach;

/// What a time expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeKind {
    /// A day, month, year or other stretch of the calendar ("Thursday", "late May").
    Date,
    /// A time of day, with or without its date.
    Clock,
    /// A stretch up to or from some day that a count or act covers ("in the past 24 hours", "since Feb. 7").
    Window,
    /// A length of time by itself ("three weeks").
    Duration,
    /// Something that comes back ("every day").
    Set,
    /// "Now", "in the future", "recently".
    Vague,
}

/// A time expression in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeExpr {
    /// Where it stands, without the preposition before it.
    pub span: Span,
    /// Its tokens, `[first, last + 1)`.
    pub tokens: (u32, u32),
    /// Its value in TimeML form ("2017-02-16", "P3D", "2012-SU").
    pub value: String,
    /// The days it means, as far as they can be reckoned; for a window, all days of it.
    pub days: Option<Days>,
    /// The days of the expression by itself: where the act stands in the clause that `lead` opens ("since the truce
    /// collapsed on 19 September"), these are its days and not the window's.
    pub own: Option<Days>,
    /// What it is.
    pub kind: TimeKind,
    /// Token of the word before it that makes a window of it ("since", "until").
    pub lead: Option<u32>,
    /// For a length, the days that lie so far from publication.
    pub reach: Option<Reach>,
}

/// The time expressions of one sentence, reckoned from `anchor` alone.
pub fn find(text: &str, sentence: &Sentence, anchor: Option<Date>) -> Vec<TimeExpr> {
    find_in(text, sentence, &mut Frame::new(anchor))
}

/// The time expressions of a whole text, one list a sentence, each reckoned in the light of those before.
pub fn find_all(text: &str, sentences: &[Sentence], published: Option<Date>) -> Vec<Vec<TimeExpr>> {
    let mut frame = Frame::of_text(text, published);
    sentences.iter().map(|s| find_in(text, s, &mut frame)).collect()
}

/// The time expressions of the next sentence; `frame` moves on with them.
pub fn find_in(text: &str, sentence: &Sentence, frame: &mut Frame) -> Vec<TimeExpr> {
    let pieces = pieces::cut(text, sentence.span);
    let found = grammar::find(&pieces, frame.style());
    if found.is_empty() {
        return Vec::new();
    }
    let mut exprs: Vec<TimeExpr> = Vec::with_capacity(found.len());
    for (k, f) in found.iter().enumerate() {
        let span = Span::new(pieces[f.start].start, pieces[f.end - 1].end);
        let tokens = tokens_of(sentence, span);
        let lead = lead::find(&pieces, f.start, f.end, k.checked_sub(1).map(|p| &found[p]));
        let past = lead::has_just_been(&pieces, f, frame.published);
        let ahead = !past && lead::ahead(sentence, text, &pieces, f);
        let resolved = resolve::resolve(f, frame, ahead);
        let (days, kind, lead_token) = lead::days(&resolved, lead, frame, ahead);
        let token = lead_token.and_then(|piece| token_at(sentence, pieces[piece].start));
        let reach = resolved
            .length
            .zip(frame.published)
            .and_then(|((much, unit), day)| lengths::reach(day, much, unit));
        let mut expr = TimeExpr {
            span,
            tokens,
            own: resolved.days,
            value: resolved.value,
            days,
            kind,
            lead: token,
            reach,
        };
        match (lead, exprs.last_mut()) {
            (Some((lead::Lead::Joined, _)), Some(before)) => join(before, &mut expr),
            (Some((lead::Lead::Both, _)), Some(before)) if next_day(before, &expr) => join(before, &mut expr),
            _ => {}
        }
        exprs.push(expr);
    }
    exprs
}

/// Two dates that bound one stretch ("from 3 to 5 May"): both mean all of it.
fn join(first: &mut TimeExpr, second: &mut TimeExpr) {
    if let (Some(Days { from: Some(from), .. }), Some(Days { to: Some(to), .. })) = (first.days, second.days)
        && from <= to
    {
        (first.days, second.days) = (Some(Days::between(from, to)), Some(Days::between(from, to)));
        (first.kind, second.kind) = (TimeKind::Date, TimeKind::Date);
    }
}

/// True where the second tells the day after that of the first ("on Saturday and Sunday").
fn next_day(first: &TimeExpr, second: &TimeExpr) -> bool {
    let day =
        |t: &TimeExpr| t.days.filter(|d| d.from == d.to && t.kind == TimeKind::Date).and_then(|d| d.from);
    match (day(first), day(second)) {
        (Some(first), Some(second)) => shift(first, 1) == Some(second),
        _ => false,
    }
}

/// Tokens that overlap `span`.
fn tokens_of(sentence: &Sentence, span: Span) -> (u32, u32) {
    let first = sentence.tokens.partition_point(|t| t.span.end <= span.start);
    let last = sentence.tokens.partition_point(|t| t.span.start < span.end);
    (first as u32, last.max(first) as u32)
}

fn token_at(sentence: &Sentence, byte: usize) -> Option<u32> {
    let at = byte as u32;
    let i = sentence.tokens.partition_point(|t| t.span.end <= at);
    (i < sentence.tokens.len()).then_some(i as u32)
}

/// What a text tells of its own date, one clue an expression or pair of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clue {
    /// Where it stands.
    pub span: Span,
    /// A whole date with its year.
    pub date: Option<Date>,
    /// First day of a month with its year.
    pub month: Option<Date>,
    /// A month and day without a year.
    pub month_day: Option<(u8, u8)>,
    /// A bare weekday, 0 Monday.
    pub weekday: Option<u8>,
    /// It is told of what is to come.
    pub ahead: bool,
    /// Weeks from publication to the date, where the same sentence tells them ("next week": 1).
    pub week: Option<i64>,
}

/// The clues of a text to its own date, in order.
pub fn clues(text: &str, sentences: &[Sentence]) -> Vec<Clue> {
    let mut clues = Vec::new();
    for sentence in sentences {
        let pieces = pieces::cut(text, sentence.span);
        let found = grammar::find(&pieces, grammar::Style::default());
        let week = found.iter().find_map(|f| match f.meaning {
            grammar::Meaning::UnitRel(lexicon::Unit::Week, grammar::Rel::Next) => Some(1),
            grammar::Meaning::UnitRel(lexicon::Unit::Week, grammar::Rel::This) => Some(0),
            grammar::Meaning::UnitRel(lexicon::Unit::Week, grammar::Rel::Last) => Some(-1),
            _ => None,
        });
        for f in &found {
            let span = Span::new(pieces[f.start].start, pieces[f.end - 1].end);
            let mut clue = Clue {
                span,
                date: None,
                month: None,
                month_day: None,
                weekday: None,
                ahead: lead::ahead(sentence, text, &pieces, f),
                week: None,
            };
            match f.meaning {
                grammar::Meaning::Date { year: Some(year), month: Some(month), day: Some(day), .. } => {
                    clue.date = calendar::day(year, month, day);
                }
                grammar::Meaning::Date { year: Some(year), month: Some(month), day: None, .. } => {
                    clue.month = calendar::day(year, month, 1);
                }
                grammar::Meaning::Date { year: None, year_rel: None, month: Some(month), day: Some(day) } => {
                    clue.month_day = Some((month, day));
                    clue.week = week;
                }
                grammar::Meaning::Weekday(day, None) => clue.weekday = Some(day),
                _ => continue,
            }
            clues.push(clue);
        }
    }
    clues
}

/// `from` moved by whole days.
pub fn shift(from: Date, days: i64) -> Option<Date> {
    calendar::shift(from, days)
}

/// The Monday of the week of `of`.
pub fn monday(of: Date) -> Option<Date> {
    calendar::week(of)?.from
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::plain::{sentence, sentences};

    const PUBLISHED: Date = date(2017, 2, 16);

    fn values(text: &str) -> Vec<String> {
        find(text, &sentence(text), Some(PUBLISHED)).into_iter().map(|t| t.value).collect()
    }

    fn days(text: &str) -> Vec<(Option<Date>, Option<Date>)> {
        let found = find(text, &sentence(text), Some(PUBLISHED));
        found.into_iter().map(|t| t.days.map_or((None, None), |d| (d.from, d.to))).collect()
    }

    fn both(from: Date, to: Date) -> Vec<(Option<Date>, Option<Date>)> {
        vec![(Some(from), Some(to))]
    }

    #[test]
    fn dates_read_whichever_way_round_they_are_written() {
        for text in
            ["on 29 July 2016", "on July 29, 2016", "on July 29 2016", "Fri 29 Jul 2016", "on 2016-07-29"]
        {
            assert_eq!(values(text), ["2016-07-29"], "{text}");
        }
        assert_eq!(values("Last updated at Jul 292016"), ["2016-07-29"]);
    }

    #[test]
    fn a_weekday_is_the_latest_one_unless_the_sentence_looks_ahead() {
        assert_eq!(values("The town was shelled on Sunday"), ["2017-02-12"]);
        assert_eq!(values("Talks will open on Monday"), ["2017-02-20"]);
        assert_eq!(values("They met on Thursday"), ["2017-02-16"]);
        // what is to come next week would be "next Wednesday"
        assert_eq!(values("Guards fired to mark the truce on Wednesday"), ["2017-02-15"]);
        assert_eq!(values("A meeting is planned for Wednesday"), ["2017-02-22"]);
    }

    #[test]
    fn a_length_before_a_noun_has_no_article() {
        let text = "They broke the 14-day siege in only five hours";
        let found = find_all(text, &sentences(text), Some(PUBLISHED));
        let spans: Vec<&str> = found.iter().flatten().map(|t| t.span.of(text)).collect();
        assert_eq!(spans, ["14-day", "five hours"]);
    }

    #[test]
    fn loose_times_follow_the_guide() {
        assert_eq!(days("in late May"), both(date(2016, 5, 21), date(2016, 5, 31)));
        assert_eq!(days("in early January"), both(date(2017, 1, 1), date(2017, 1, 10)));
        assert_eq!(days("this week"), both(date(2017, 2, 13), date(2017, 2, 19)));
        assert_eq!(days("last month"), both(date(2017, 1, 1), date(2017, 1, 31)));
        assert_eq!(days("in the past few days"), both(date(2017, 2, 13), PUBLISHED));
        assert_eq!(days("in the past 24 hours"), both(date(2017, 2, 15), PUBLISHED));
        assert_eq!(days("since 21 May"), both(date(2016, 5, 21), PUBLISHED));
        assert_eq!(days("since mid-2012").first().map(|d| d.0), Some(Some(date(2012, 7, 1))));
    }

    #[test]
    fn two_dates_bound_one_stretch() {
        let found = days("from 3 January to 5 January");
        assert_eq!(
            found,
            [both(date(2017, 1, 3), date(2017, 1, 5)), both(date(2017, 1, 3), date(2017, 1, 5))].concat()
        );
    }

    #[test]
    fn lengths_and_sets_have_timeml_values() {
        assert_eq!(values("a truce of three weeks"), ["P3W"]);
        assert_eq!(values("an eight-hour pause"), ["PT8H"]);
        assert_eq!(values("fighting for several months"), ["PXM"]);
        assert_eq!(values("shelled every day"), ["P1D"]);
        assert_eq!(values("two years ago"), ["2015"]);
    }

    #[test]
    fn a_history_reads_bare_months_in_the_year_last_told() {
        let text = "War began in 1911 and 1912. It was lost in 1913, 1914, 1915, 1916 and 1917. On June 3, 1918 they met. \
                    In December they parted. In February the war ended.";
        let found = find_all(text, &sentences(text), Some(PUBLISHED));
        let values: Vec<&str> = found.iter().flatten().map(|t| t.value.as_str()).collect();
        assert_eq!(values[values.len() - 2..], ["1918-12", "1919-02"]);
    }

    #[test]
    fn two_days_told_together_are_one_stretch() {
        let stretch = both(date(2017, 2, 11), date(2017, 2, 12));
        assert_eq!(days("on Saturday and Sunday"), [stretch.clone(), stretch].concat());
        let apart = [both(date(2017, 2, 10), date(2017, 2, 10)), both(date(2017, 2, 13), date(2017, 2, 13))];
        assert_eq!(days("on Friday and Monday"), apart.concat());
    }

    #[test]
    fn numbers_that_count_are_no_years() {
        assert_eq!(values("2000 people and 1500 soldiers fled"), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn expressions_stand_in_order_inside_their_sentence(text in "[A-Za-z0-9 ,.:-]{0,120}") {
            let sentence = sentence(&text);
            let mut end = 0;
            for t in find(&text, &sentence, Some(PUBLISHED)) {
                prop_assert!(t.span.start >= end && t.span.end as usize <= text.len());
                prop_assert!(t.tokens.0 < t.tokens.1);
                end = t.span.end;
            }
        }

        #[test]
        fn any_words_of_the_calendar_are_read_without_harm(words in prop::collection::vec(
            prop::sample::select(vec!["May", "31", "the", "last", "week", "2016", "of", "early", "Feb.", "-", "ago", "two",
                "years", "noon", "9999", "to", "century", "1990s", "BC", "99999", "quarter", "in", "next", "Friday"]), 0..12)) {
            let text = words.join(" ");
            let sentence = sentence(&text);
            for t in find(&text, &sentence, Some(PUBLISHED)) {
                prop_assert!(!t.value.is_empty());
            }
        }
    }
}
