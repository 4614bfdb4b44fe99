//! Every measure, part by part; prints its rows and keeps them in `eval/results.csv`.

use std::path::Path;

use clap::ValueEnum;

use crate::data::Data;
use crate::row::{Row, merge};
use crate::{
    Fault, eval_articles, eval_attribution, eval_claims, eval_copies, eval_event_places, eval_factuality,
    eval_incidents, eval_judged, eval_names, eval_noise, eval_places, eval_plover, eval_syntax, eval_times,
};

/// Where the figures are committed.
const TABLE: &str = "eval/results.csv";

/// What can be measured apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Words, sentences, tags, lemmas, trees against treebanks.
    Syntax,
    /// Names against newswire.
    Names,
    /// Trees and names of words that are spoiled as news often is.
    Noise,
    /// Claims against marked documents.
    Claims,
    /// Who says what, against marked news.
    Attribution,
    /// Time expressions against `TimeML` files.
    Times,
    /// Negated and uncertain events against `NewsReader`'s marked news.
    Factuality,
    /// Places of verbs against marked reports of wars.
    EventPlaces,
    /// Root events against PLOVER's gold sentences.
    Plover,
    /// Place names against marked news.
    Places,
    /// Places and parties of the measuring documents against lists judged by reading.
    Judged,
    /// The main incident of articles against a table.
    Articles,
    /// Wire copies against pairs of articles judged by reading.
    Copies,
    /// Incidents against pairs of articles judged by reading.
    Incidents,
}

impl Part {
    fn rows(self, root: &Path, data: &Data) -> Result<Vec<Row>, Fault> {
        match self {
            Self::Syntax => eval_syntax::rows(data),
            Self::Names => eval_names::rows(data),
            Self::Noise => eval_noise::rows(data),
            Self::Claims => eval_claims::rows(data),
            Self::Attribution => eval_attribution::rows(data),
            Self::Times => eval_times::rows(data),
            Self::Factuality => eval_factuality::rows(data),
            Self::EventPlaces => eval_event_places::rows(data),
            Self::Plover => eval_plover::rows(data),
            Self::Places => eval_places::rows(data),
            Self::Judged => eval_judged::rows(root, data),
            Self::Articles => eval_articles::rows(root, data),
            Self::Copies => eval_copies::rows(data),
            Self::Incidents => eval_incidents::rows(data),
        }
    }
}

/// Measures the parts named, or all of them.
pub fn run(root: &Path, data: &Data, only: &[Part]) -> Result<(), Fault> {
    let mut rows = Vec::new();
    for part in Part::value_variants().iter().filter(|p| only.is_empty() || only.contains(p)) {
        rows.extend(part.rows(root, data)?);
    }
    for Row { set, measure, value, n, unit } in &rows {
        println!("{set:<22} {measure:<32} {value:>8.4} {unit:<10} (n {n})");
    }
    let table = root.join(TABLE);
    let before = if table.exists() { std::fs::read_to_string(&table)? } else { String::new() };
    std::fs::write(&table, merge(&before, &rows)).map_err(|e| format!("{}: {e}", table.display()).into())
}
