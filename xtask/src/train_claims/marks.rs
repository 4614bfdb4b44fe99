//! Marks: claims of running text, marked by reading in the claim guide's terms, in `training/marks/*.tsv`.
//!
//! A mark names its item of the corpus and the word that carries the act; the text itself stays in the data folder. An
//! item is `eN` (line N of the current events, from 0), `wYEAR-N` (row N of that year's Wikinews), `sN` (the statement
//! before line N of the government's statements), `rSOURCE-N` (line N, from 0, of that source's documents in re3d), `gA-B`
//! (sentences A to B, from 0 and without the last, of GMB), `nN` (document N, from 0, of the worldwide newswire) or `aID`
//! (the article of that number in the table of Syrian-war articles, title before text, whole).

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use holdfire_claims::train::Gold;
use holdfire_model::Model;
use holdfire_types::{FoundIn, Published, Report, Span};

use super::Marked;
use crate::data::Data;
use crate::{Fault, articles};

/// Characters of a long item that were read.
const READ: usize = 2_600;

/// The sources of re3d whose licences allow it.
const RE3D: [&str; 6] = [
    "Australian-Department-of-Foreign-Affairs",
    "CENTCOM",
    "Delegation-of-the-European-Union-to-Syria",
    "UK-Government",
    "US-State-Department",
    "Wikipedia",
];

/// An item of the corpus: its day, where one is known, and its text.
struct Item {
    day: Option<String>,
    text: String,
}

/// The rows of all marks by their item.
pub fn rows(root: &Path) -> Result<BTreeMap<String, Vec<Vec<String>>>, Fault> {
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    let folder = root.join("training/marks");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    for path in files {
        for line in std::fs::read_to_string(&path)?.lines() {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            rows.entry(cells[0].clone()).or_default().push(cells);
        }
    }
    Ok(rows)
}

/// Every marked item, read by the language layer.
pub fn load(root: &Path, data: &Data) -> Result<Vec<Marked>, Fault> {
    let rows = rows(root)?;
    let items = items(data, &rows)?;
    let model = Model::embedded()?;
    let mut marked = Vec::new();
    let mut lost = Vec::new();
    for (id, rows) in rows {
        let item = items.get(&id).ok_or_else(|| format!("training/marks: the corpus has no item {id}"))?;
        let mut report = Report::new(id, item.text.clone());
        report.published = item.day.as_ref().and_then(|day| day.parse().ok()).map(|date| Published {
            date,
            found: FoundIn::Given,
            span: None,
        });
        report.seal();
        let sentences = model.annotate(&report.text);
        let gold: Vec<Gold> = rows.iter().filter_map(|cells| claim(cells, &report.text)).collect();
        lost.extend(
            rows.iter().filter(|c| c.len() > 2 && claim(c, &report.text).is_none()).map(|c| c.join(" ")),
        );
        marked.push(Marked { report, sentences, gold, outside: true });
    }
    if let Some(first) = lost.first() {
        eprintln!(
            "training/marks: {} marks fit no word or code and are left out, the first: {first}",
            lost.len()
        );
    }
    Ok(marked)
}

/// A row as a claim; `None` for a row without one, or whose word does not stand in the text.
fn claim(cells: &[String], text: &str) -> Option<Gold> {
    let [_, word, kind, status, stance, source, actor, target, place] = cells else { return None };
    let names = |cell: &str| -> Vec<String> {
        cell.split(';').map(str::trim).filter(|n| !n.is_empty() && *n != "-").map(str::to_owned).collect()
    };
    Some(Gold {
        span: find(text, word)?,
        kind: kind.parse().ok()?,
        status: status.parse().ok(),
        stance: stance.split('+').next()?.parse().ok()?,
        source: source.clone(),
        roles: [names(actor), names(target), names(place)],
    })
}

/// Where a word stands: "attack#2" is the second "attack".
fn find(text: &str, word: &str) -> Option<Span> {
    let (word, nth) = match word.rsplit_once('#') {
        Some((word, n)) => (word, n.parse::<usize>().ok()?),
        None => (word, 1),
    };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word)
        .filter(|(at, _)| {
            !letter(text[..*at].chars().next_back()) && !letter(text[at + word.len()..].chars().next())
        })
        .nth(nth.checked_sub(1)?)
        .map(|(at, _)| Span::new(at, at + word.len()))
}

/// The items that are asked for.
fn items<V>(data: &Data, ids: &BTreeMap<String, V>) -> Result<HashMap<String, Item>, Fault> {
    let mut found = HashMap::new();
    let mut keep = |id: String, day: Option<&str>, text: String| {
        if ids.contains_key(&id) {
            let text = text.chars().take(READ).collect();
            found.insert(id, Item { day: day.map(str::to_owned), text });
        }
    };
    for (n, line) in
        data.text("data/corpus/current-events/events.tsv")?.unwrap_or_default().lines().enumerate()
    {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [day, topic, told, ..] = cells[..] {
            let plain = topic == "Uncategorized" || topic.split_whitespace().count() > 6;
            let text = if plain { told.to_owned() } else { format!("{topic}: {told}") };
            keep(format!("e{n}"), Some(day), text);
        }
    }
    for year in [2019, 2020] {
        let file = data
            .text(&format!("data/corpus/wikinews/wikinews_{year}.csv"))?
            .unwrap_or_default()
            .replace("\r\n", "\n");
        for (n, row) in csv::Reader::from_reader(file.as_bytes()).records().enumerate() {
            let row = row?;
            let cell = |i: usize| row.get(i).unwrap_or_default();
            keep(format!("w{year}-{n}"), Some(cell(1)), format!("{}\n\n{}", cell(2), cell(3)));
        }
    }
    for source in RE3D {
        let file = data.text(&format!("data/entities/re3d/{source}/documents.json"))?.unwrap_or_default();
        for (n, line) in file.lines().enumerate() {
            let document: serde_json::Value = serde_json::from_str(line)?;
            keep(format!("r{source}-{n}"), None, document["text"].as_str().unwrap_or_default().to_owned());
        }
    }
    let gmb = tagged(&data.text("data/ner/gmb/gmb.tsv")?.unwrap_or_default());
    let gmb: Vec<&String> = gmb.iter().flatten().collect();
    for range in wanted_ranges(ids) {
        if let Some(sentences) = gmb.get(range.clone()) {
            let text = sentences.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(" ");
            keep(format!("g{}-{}", range.start, range.end), None, text);
        }
    }
    let newswire = tagged(&data.text("data/ner/worldwide/train.tsv")?.unwrap_or_default());
    for (n, sentences) in newswire.iter().enumerate() {
        keep(format!("n{n}"), None, sentences.join("\n"));
    }
    let (mut head, mut lines) = (String::new(), Vec::new());
    for (n, line) in data
        .text("data/corpus/us-statements/statements-releases.txt")?
        .unwrap_or_default()
        .lines()
        .enumerate()
    {
        if line.starts_with("# ") {
            if !lines.is_empty() {
                keep(format!("s{n}"), None, format!("{head}\n{}", lines.join("\n")));
            }
            lines.clear();
            line.rsplit('\t').next().unwrap_or_default().clone_into(&mut head);
        } else if !line.trim().is_empty() {
            lines.push(line.trim());
        }
    }
    for row in articles::read(data)?.unwrap_or_default() {
        let word = |name: &str| row[name].as_str().unwrap_or_default().trim();
        let id = format!("a{}", word("id"));
        if ids.contains_key(&id) {
            let text = format!("{}\n\n{}", word("title"), word("text"));
            found.insert(id, Item { day: row["published"].as_str().map(str::to_owned), text });
        }
    }
    Ok(found)
}

/// The ranges of sentences that ids of the form `gA-B` name.
fn wanted_ranges<V>(ids: &BTreeMap<String, V>) -> Vec<std::ops::Range<usize>> {
    let range = |id: &String| {
        let (from, to) = id.strip_prefix('g')?.split_once('-')?;
        Some(from.parse().ok()?..to.parse().ok()?)
    };
    ids.keys().filter_map(range).collect()
}

/// The documents of a file of tagged words, as plain sentences. A line `# doc` begins a document; a file without one is one.
fn tagged(file: &str) -> Vec<Vec<String>> {
    let (mut documents, mut words) = (vec![Vec::new()], Vec::new());
    for line in file.lines().chain([""]) {
        let begins = line.starts_with("# doc");
        if (line.trim().is_empty() || begins) && !words.is_empty() {
            let sentence = plain(&std::mem::take(&mut words));
            documents.last_mut().expect("never empty").push(sentence);
        }
        if begins {
            documents.push(Vec::new());
        } else if !line.trim().is_empty() {
            words.push(line.split('\t').next().unwrap_or_default());
        }
    }
    if documents.len() > 1 {
        documents.remove(0);
    }
    documents
}

/// Words as a sentence: no space before closing marks and endings, none behind opening ones.
fn plain(words: &[&str]) -> String {
    let (mut text, mut glued, mut quoted) = (String::new(), true, false);
    for word in words {
        if matches!(*word, "\"" | "``" | "''") {
            text.push_str(if quoted || glued { "\"" } else { " \"" });
            glued = !quoted;
            quoted = !quoted;
            continue;
        }
        let closing = matches!(*word, "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "...")
            || word.starts_with('\'')
            || word.eq_ignore_ascii_case("n't");
        if !(glued || closing) {
            text.push(' ');
        }
        text.push_str(word);
        glued = matches!(*word, "(" | "[" | "$" | "#");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tagged_words_read_as_a_sentence() {
        let words = ["He", "said", ":", "\"", "We", "did", "n't", "(", "yet", ")", ".", "\""];
        assert_eq!(plain(&words), "He said: \"We didn't (yet).\"");
        assert_eq!(tagged("Guns\tO\nfell\tO\n\nA\tO\n"), [["Guns fell".to_owned(), "A".to_owned()]]);
        let two = tagged("# doc 1\nOne\tO\n\n# doc 2\nTwo\tO\n");
        assert_eq!(two, [["One".to_owned()], ["Two".to_owned()]]);
    }
}
