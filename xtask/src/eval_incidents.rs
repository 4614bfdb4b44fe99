//! Incidents: how well articles that tell of one incident come together, against pairs judged by reading.
//!
//! `eval/pairs-incidents.tsv` holds pairs of article ids near in day and place, most of them like each other in words.
//! The question was whether what title and lead of the two tell of is the same incident; a piece on what others say of
//! an act tells of that act. One reader judged twice: first article by article in order of days from the beginnings,
//! then pair by pair in another order, sides changed, from what follows them. A pair judged in two ways is `unclear`
//! and not counted. Pairs found `far` lie further apart in the table, whose days are not always those of the text; they
//! were seen while reading and are told the same. All were judged before the linker had seen them. Articles whose text
//! is marked claim by claim elsewhere are not among them.
//!
//! All articles of the table go into one record. The day of publication is the one that the text states, else the
//! table's. An article's main incident is the one that most claims of its title and lead belong to, of two the one told
//! first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use holdfire::Reader;
use holdfire_record::{CopyIndex, Linker, Parties, Record};
use holdfire_types::{Contents, Id, Recorded};
use jiff::Timestamp;

use crate::Fault;
use crate::data::Data;
use crate::eval_articles::{FILE, main_incident, table};
use crate::row::{Count, Row, share};

const JUDGED: &str = include_str!("../../eval/pairs-incidents.tsv");
const SET: &str = "articles/incidents";

/// A pair judged: two articles, and whether they tell of one incident.
type Pair = (&'static str, &'static str, bool);

/// Pair F1 and B-cubed F1 of incidents among the articles of `data/articles`.
///
/// # Errors
/// A message that names the file that is faulty.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let Some(file) = data.get(FILE) else { return Ok(Vec::new()) };
    let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let pairs = pairs()?;
    let found = found(&bytes)?;
    let ours = |article: &str| found.get(article).and_then(Option::as_ref);
    let mut count = Count::default();
    for (a, b, gold) in &pairs {
        let same = ours(a).is_some() && ours(a) == ours(b);
        count.add(usize::from(same && *gold), usize::from(same), usize::from(*gold));
    }
    let gold = groups(&pairs);
    let (precision, recall) = b_cubed(&gold, |a, b| a == b || ours(a).is_some() && ours(a) == ours(b));
    let f1 = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    let pair = |measure: &str, value: f64, unit| Row::new(SET, measure, value, pairs.len(), unit);
    let cubed = |measure: &str, value: f64, unit| Row::new(SET, measure, value, gold.len(), unit);
    let placed = gold.keys().filter(|a| ours(a).is_some()).count();
    Ok(vec![
        pair("pairs precision", count.precision(), "precision"),
        pair("pairs recall", count.recall(), "recall"),
        pair("pairs", count.f1(), "F1"),
        cubed("B-cubed precision", precision, "precision"),
        cubed("B-cubed recall", recall, "recall"),
        cubed("B-cubed", f1, "F1"),
        cubed("articles with a main incident", share(placed, gold.len()), "share"),
    ])
}

/// The pairs on which both passes agree.
fn pairs() -> Result<Vec<Pair>, Fault> {
    let mut pairs = Vec::new();
    for line in JUDGED.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [a, b, _, _, verdict, _] = fields[..] else {
            return Err(format!("eval/pairs-incidents.tsv: `{line}` has not six fields").into());
        };
        match verdict {
            "same" => pairs.push((a, b, true)),
            "different" => pairs.push((a, b, false)),
            _ => {}
        }
    }
    Ok(pairs)
}

/// The main incident of each article, in a record of all.
fn found(file: &[u8]) -> Result<HashMap<String, Option<Id>>, Fault> {
    let reader = Reader::new()?;
    let (mut linker, mut copies) = (Linker::knowing(&Parties::of(reader.world())), CopyIndex::new());
    let mut contents = Contents::default();
    let mut leads: Vec<(String, Vec<Id>)> = Vec::new();
    for (entry, marked) in (1..).zip(table(file)?) {
        let mut report = marked.report;
        let stated = report.published.take();
        let mut read = reader.read(report.clone());
        if read.report.published.is_none() {
            report.published = stated;
            read = reader.read(report);
        }
        let at = Timestamp::UNIX_EPOCH;
        let lead = main_incident(&read.claims).into_iter().map(|claim| claim.id.clone()).collect();
        leads.push((read.report.name.clone(), lead));
        if let Some(value) = copies.add(&read.report) {
            linker.copied(&value);
            contents.copies.push(Recorded { entry, at, value });
        }
        for value in read.claims {
            let decisions = linker.add(&value, &read.report).into_iter();
            contents.decisions.extend(decisions.map(|value| Recorded { entry, at, value }));
            contents.claims.push(Recorded { entry, at, value });
        }
        contents.reports.push(Recorded { entry, at, value: read.report });
    }
    let record = Record::build(contents, reader.world());
    let incident =
        |lead: &[Id]| most_told(lead.iter().filter_map(|claim| record.claim_line(claim)?.incident));
    Ok(leads.into_iter().map(|(article, lead)| (article, incident(&lead))).collect())
}

/// The incident named most often, of two the one named first.
fn most_told(incidents: impl Iterator<Item = Id>) -> Option<Id> {
    let mut counted: Vec<(Id, usize)> = Vec::new();
    for incident in incidents {
        match counted.iter_mut().find(|(known, _)| *known == incident) {
            Some((_, times)) => *times += 1,
            None => counted.push((incident, 1)),
        }
    }
    let most = counted.iter().map(|(_, times)| *times).max()?;
    counted.into_iter().find(|(_, times)| *times == most).map(|(incident, _)| incident)
}

/// The articles of the pairs, each with all that are told to be the same incident, itself among them.
fn groups(pairs: &[Pair]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for &(a, b, same) in pairs {
        for article in [a, b] {
            groups.entry(article).or_insert_with(|| BTreeSet::from([article]));
        }
        if same && !groups[a].contains(b) {
            let both: BTreeSet<&str> = groups[a].union(&groups[b]).copied().collect();
            for article in both.clone() {
                groups.insert(article, both.clone());
            }
        }
    }
    groups
}

/// B-cubed precision and recall (Bagga and Baldwin 1998): over all articles, the share of those that we put together
/// with one that belong to it, and the share of those that belong to it that we put together with it.
fn b_cubed(
    gold: &BTreeMap<&'static str, BTreeSet<&'static str>>,
    same: impl Fn(&str, &str) -> bool,
) -> (f64, f64) {
    let (mut precision, mut recall) = (0.0, 0.0);
    for (article, belong) in gold {
        let ours: Vec<&str> = gold.keys().copied().filter(|other| same(article, other)).collect();
        let right = ours.iter().filter(|other| belong.contains(*other)).count();
        precision += share(right, ours.len());
        recall += share(right, belong.len());
    }
    let articles = gold.len().max(1) as f64;
    (precision / articles, recall / articles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_cubed_counts_each_article_with_its_own() {
        let pairs = [("a", "b", true), ("b", "c", true), ("c", "d", false)];
        let gold = groups(&pairs);
        assert_eq!(gold["a"], BTreeSet::from(["a", "b", "c"]));
        assert_eq!(gold["d"], BTreeSet::from(["d"]));
        // Put together: a with b, and c with d.
        let (precision, recall) = b_cubed(&gold, |x, y| (x < "c") == (y < "c"));
        assert!((precision - 0.75).abs() < 1e-12, "{precision}");
        assert!((recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12, "{recall}");
    }

    #[test]
    fn the_judged_list_reads_and_does_not_contradict_itself() {
        let pairs = pairs().expect("pairs");
        assert!(pairs.len() >= 150, "{}", pairs.len());
        let gold = groups(&pairs);
        for (a, b, same) in pairs {
            assert_eq!(gold[a].contains(b), same, "{a} {b}");
        }
    }
}
