//! Claims in our own CSV ([`crate::table`]): a row a claim, its source the source that the row names.
//!
//! The evidence is the quote; its report is not there, so the row is told as "source, stance, quote". Columns beyond
//! ours that are read: `publisher`, `published`, and `lat`, `lon`, `country`, `place_precision` of a single place.

use std::str::FromStr;

use holdfire_types::{
    Days, Figure, FigureKind, Filler, Kind, Means, PlacePrecision, Stance, Status, UnknownCode, Verification,
};

use super::Told;
use super::sheet::{Fault, Row, one_line, short};
use super::telling::{Telling, Voice, address, figure, point};
use crate::countries;

/// Columns that no row can do without.
pub(super) const NEEDED: &[&[&str]] = &[&["source"], &["stance"], &["kind"], &["quote"]];

/// One claim.
pub(super) fn tell(row: &Row) -> Result<Told, Fault> {
    let quote = one_line(row.need("quote")?);
    row.need("source")?;
    let speaker = row.name("source")?;
    let stance: Stance = code(row, "stance")?.ok_or_else(|| empty("stance"))?;
    let kind: Kind = code(row, "kind")?.ok_or_else(|| empty("kind"))?;
    let status: Option<Status> = code(row, "status")?;
    if let Some(status) = status.filter(|s| !Status::of(kind).contains(s)) {
        return Err(Fault::new(
            format!("an act of kind `{kind}` cannot be `{status}`"),
            "mend `status` or `kind`",
        ));
    }
    let verification: Option<Verification> = code(row, "verification")?;
    let (from, to) = (row.maybe_day("from")?, row.maybe_day("to")?);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        return Err(Fault::new(format!("`to` {to} is before `from` {from}"), "mend the days"));
    }

    let mut told = Telling::default();
    let mut source = told.name(&speaker, "csv/source");
    told.say(" ");
    let stance_span = told.say(stance.as_str());
    told.say(": \u{201c}");
    let span = told.say(&quote);
    told.say("\u{201d}");
    let report_name = row.name("report")?;
    if !report_name.is_empty() {
        told.say(" in ");
        told.say(&report_name);
    }
    let mut act = holdfire_types::Act::of(kind);
    act.status = status;
    let words = told.text().to_owned();
    let fillers = |told: &mut Telling, column: &str| -> Result<Vec<Filler>, Fault> {
        let names = row.names(column)?;
        Ok(names.iter().map(|name| filler(told, &words, span, name, column)).collect())
    };
    act.actor = fillers(&mut told, "actor")?;
    act.target = fillers(&mut told, "target")?;
    act.place = fillers(&mut told, "place")?;
    if let [place] = &mut act.place[..] {
        place.place = at(row, &place.name)?;
    }
    act.days = (from.is_some() || to.is_some()).then_some(Days { from, to });
    act.means = row
        .names("means")?
        .iter()
        .map(|word| Means::from_str(word).map_err(|e| unknown(&e)))
        .collect::<Result<_, _>>()?;
    for cell in row.names("figures")? {
        let (what, of, min, max, share) = read_figure(&cell).ok_or_else(|| {
            Fault::new(
                format!("`{}` is no figure", short(&cell)),
                "write it like `killed 24 or more civilians`",
            )
        })?;
        told.say("; ");
        let words = told.say(&cell);
        act.figures.push(Figure { share, ..figure(what, &of, min, max, words) });
    }
    told.end();
    if speaker == "narrator" {
        source = Filler::narrator();
    }
    let published = row.maybe_day("published")?;
    let publisher = row.name("publisher")?;
    let publisher = if publisher.is_empty() { report_name } else { publisher };
    let report = told.report(address("csv", row.text("id"), &row.cells()), &publisher, published);
    let mut claim = Voice { source, via: vec![], rule: "csv" }.claim(&report, span, span, act);
    claim.id = holdfire_types::Claim::make_id(&report.id, span, span, kind, stance, &claim.source.name);
    claim.stance = stance;
    claim.stance_span = Some(stance_span);
    claim.conditional = yes(row, "conditional")?;
    claim.negated = yes(row, "negated")?;
    claim.verification = verification;
    Ok((report, vec![claim], Vec::new()))
}

/// A name: where it stands in the quote, else told behind it.
fn filler(told: &mut Telling, words: &str, quote: holdfire_types::Span, name: &str, slot: &str) -> Filler {
    let rule = format!("csv/{slot}");
    if let Some(at) = quote.of(words).find(name) {
        let start = quote.start as usize + at;
        return Filler::new(name, holdfire_types::Span::new(start, start + name.len()), &rule);
    }
    told.say(&format!("; {slot}: "));
    told.name(name, &rule)
}

fn at(row: &Row, name: &str) -> Result<Option<holdfire_types::ResolvedPlace>, Fault> {
    let Some(at) = row.point("lat", "lon")? else { return Ok(None) };
    let precision: Option<PlacePrecision> = code(row, "place_precision")?;
    let country = row.name("country")?;
    let known = countries::of_alpha2(&country).or_else(|| countries::of_name(&country));
    let country = known.map_or("", |c| c.alpha2);
    Ok(Some(point(name, at, country, &row.name("admin1")?, precision.unwrap_or(PlacePrecision::Near))))
}

/// A cell of a code list; `None` where it is empty.
fn code<T: FromStr<Err = UnknownCode>>(row: &Row, column: &str) -> Result<Option<T>, Fault> {
    let cell = row.text(column).to_ascii_lowercase();
    if cell.is_empty() { Ok(None) } else { cell.parse().map(Some).map_err(|e| unknown(&e)) }
}

fn unknown(error: &UnknownCode) -> Fault {
    Fault::new(error.to_string(), "use the words that `holdfire read --format csv` writes")
}

fn empty(column: &str) -> Fault {
    Fault::new(format!("`{column}` is empty"), "fill it in, or leave the row out")
}

fn yes(row: &Row, column: &str) -> Result<bool, Fault> {
    match row.text(column).to_ascii_lowercase().as_str() {
        "" | "no" | "false" | "0" => Ok(false),
        "yes" | "true" | "1" => Ok(true),
        other => Err(Fault::new(format!("`{column}` is `{}`", short(other)), "write yes, or leave it empty")),
    }
}

type Bounds = (FigureKind, String, Option<u64>, Option<u64>, Option<f64>);

/// Reads back what [`crate::table::figure`] writes.
fn read_figure(cell: &str) -> Option<Bounds> {
    let (what, rest) = cell.split_once(' ')?;
    let what = what.parse().ok()?;
    if let Some(of) = rest.strip_prefix("an uncounted number of") {
        return Some((what, of.trim().to_owned(), None, None, None));
    }
    if let Some((number, of)) = rest.split_once(" % of") {
        let share: f64 = number.parse().ok().filter(|n: &f64| n.is_finite())?;
        return Some((what, of.trim().to_owned(), None, None, Some(share / 100.0)));
    }
    let (upper, rest) = rest.strip_prefix("up to ").map_or((false, rest), |rest| (true, rest));
    let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let number: u64 = number.parse().ok()?;
    if upper {
        return Some((what, rest.to_owned(), None, Some(number), None));
    }
    if rest == "or more" || rest.starts_with("or more ") {
        return Some((what, rest["or more".len()..].trim().to_owned(), Some(number), None, None));
    }
    if let Some(rest) = rest.strip_prefix("to ") {
        let (high, of) = rest.split_once(' ').unwrap_or((rest, ""));
        if let Ok(high) = high.parse() {
            return (number <= high).then(|| (what, of.to_owned(), Some(number), Some(high), None));
        }
    }
    Some((what, rest.to_owned(), Some(number), Some(number), None))
}

#[cfg(test)]
mod tests {
    use super::read_figure;
    use crate::import::{Form, Imported, import};
    use crate::table;
    use holdfire_types::{Days, FigureKind, Problem, Stance};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Result<Imported, Problem>> {
        import(Form::Claims, "c.csv", text).expect("a table").collect()
    }

    #[test]
    fn what_the_table_writes_comes_back() {
        let (report, claim) = table::sample();
        let rows = read(&table::csv([(&claim, &report)]));
        let told = rows[0].as_ref().expect("a row");
        let back = &told.claims[0];
        assert_eq!(back.quote(&told.report.text), claim.quote(&report.text));
        assert_eq!(
            (&back.source.name, back.stance, back.verification),
            (&claim.source.name, claim.stance, claim.verification)
        );
        let (a, b) = (&back.act, &claim.act);
        assert_eq!((a.kind, a.days, &a.means), (b.kind, b.days, &b.means));
        let names = |list: &[holdfire_types::Filler]| list.iter().map(|f| f.name.clone()).collect::<Vec<_>>();
        assert_eq!((names(&a.target), names(&a.place)), (names(&b.target), names(&b.place)));
        assert_eq!(
            (a.figures[0].min, a.figures[0].max, &a.figures[0].of),
            (Some(24), None, &b.figures[0].of)
        );
        assert_eq!(back.act.place[0].span.map(|s| s.of(&told.report.text)), Some("Bab"));
        assert_eq!(told.report.publisher.as_deref(), Some("fire"));
    }

    #[test]
    fn a_row_of_few_columns_and_words_of_no_list() {
        let rows = read(
            "source,stance,kind,quote,conditional,to,lat,lon,place,status\n\
             the mayor,Denies,attack,nobody shelled the mill,,2017-02-16,36.5,37.2,Millbrook,\n\
             the mayor,shouts,attack,x,,,,,,\n\
             the mayor,states,aid,x,perhaps,,,,,\n\
             the mayor,states,attack,x,,,,,,delivered\n",
        );
        let told = rows[0].as_ref().expect("a row");
        assert_eq!(
            told.report.text,
            "the mayor denies: \u{201c}nobody shelled the mill\u{201d}; place: Millbrook."
        );
        let claim = &told.claims[0];
        assert_eq!(
            (claim.stance, claim.act.days),
            (Stance::Denies, Some(Days { from: None, to: Some(date(2017, 2, 16)) }))
        );
        assert_eq!(claim.act.place[0].place.as_ref().map(|p| p.lat), Some(36.5));
        assert_eq!(rows.iter().filter(|r| r.is_err()).count(), 3, "{rows:?}");
    }

    proptest! {
        #[test]
        fn a_figure_is_read_as_it_is_told(
            low in prop::option::of(0u64..1000), more in prop::option::of(0u64..100), noun in "([a-z]{3,9}( [a-z]{3,9})?)?",
            what in prop::sample::select(FigureKind::ALL),
        ) {
            prop_assume!(!noun.starts_with("to ") && !noun.starts_with("or "));
            let high = match (low, more) { (Some(low), Some(more)) => Some(low + more), (_, more) => more };
            let (_, mut claim) = table::sample();
            let mut figure = claim.act.figures.remove(0);
            (figure.what, figure.of, figure.min, figure.max) = (what, noun.clone(), low, high);
            prop_assert_eq!(read_figure(&table::figure(&figure)), Some((what, noun, low, high, None)));
        }
    }
}
