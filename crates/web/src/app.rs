//! The app: which ledger, and the record as it stands at the moments asked for.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::header::{CACHE_CONTROL, ETAG, HeaderValue, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use holdfire_ledger::{AsOf, Head, Ledger, LedgerError, Mode};
use holdfire_record::{IncidentSummary, Record};
use holdfire_types::{Contents, Id, Recorded, Report};
use holdfire_world::World;
use jiff::civil::Date;
use serde::Serialize;

use crate::ask::Ask;
use crate::pace::Pace;
use crate::reply::Fault;
use crate::site::Site;

/// Records kept built at one time: the present one and a few past moments that someone looks at.
const KEPT: usize = 3;

/// What every request shares.
#[derive(Debug)]
pub struct App {
    /// The ledger file.
    pub ledger: PathBuf,
    /// Parties, truces, places.
    pub world: &'static World,
    /// True when only this machine can ask.
    pub loopback: bool,
    /// How many corrections may come in.
    pub pace: Pace,
    /// Told apart from other runs, so that a browser's copy of a page never outlives the program that made it.
    run: u64,
    built: Mutex<Vec<Arc<Snapshot>>>,
}

/// The record at one moment, built once.
#[derive(Debug)]
pub struct Snapshot {
    /// The ledger's last entry when it was built; `None` for an empty ledger.
    pub head: Option<Head>,
    /// The last entry that the record holds.
    pub entry: u64,
    /// The record.
    pub record: Record,
    /// Every incident on a line, the latest day first.
    pub incidents: Vec<IncidentSummary>,
    /// Every report on a line, in the order recorded.
    pub reports: Vec<ReportLine>,
}

/// A report on a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportLine {
    /// The report.
    pub id: Id,
    /// Its title, else the name it came with.
    pub title: String,
    /// Who put it before readers.
    pub publisher: Option<String>,
    /// The agency that wrote it.
    pub agency: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The earlier report that it copies.
    pub copy_of: Option<Id>,
    /// How many claims it has.
    pub claims: u64,
    /// Number of the ledger entry.
    pub entry: u64,
}

impl Snapshot {
    fn new(head: Option<Head>, entry: u64, contents: Contents, world: &World) -> Self {
        let mut claims: HashMap<&Id, u64> = HashMap::new();
        for claim in &contents.claims {
            *claims.entry(&claim.value.report).or_default() += 1;
        }
        let copies: HashMap<&Id, &Id> =
            contents.copies.iter().map(|c| (&c.value.report, &c.value.of)).collect();
        let line = |r: &Recorded<Report>| ReportLine {
            id: r.value.id.clone(),
            title: r.value.title.clone().unwrap_or_else(|| r.value.name.clone()),
            publisher: r.value.publisher.clone(),
            agency: r.value.agency.clone(),
            published: r.value.published.as_ref().map(|p| p.date),
            copy_of: copies.get(&r.value.id).map(|of| (*of).clone()),
            claims: claims.get(&r.value.id).copied().unwrap_or(0),
            entry: r.entry,
        };
        let reports = contents.reports.iter().map(line).collect();
        let record = Record::build(contents, world);
        let mut incidents: Vec<IncidentSummary> = record.incidents().collect();
        incidents.sort_by_key(|i| std::cmp::Reverse(i.days.and_then(|d| d.to.or(d.from))));
        Self { head, entry, record, incidents, reports }
    }
}

impl App {
    /// An app over one ledger.
    pub fn new(ledger: PathBuf, world: &'static World, loopback: bool) -> Self {
        let run = RandomState::new().hash_one(&ledger);
        Self { ledger, world, loopback, pace: Pace::default(), run, built: Mutex::default() }
    }

    /// The record as of a moment. Reads the file: not for the runtime's own threads.
    pub fn snapshot(&self, as_of: AsOf) -> Result<Arc<Snapshot>, LedgerError> {
        let ledger = Ledger::open(&self.ledger, Mode::Read)?;
        // One builds while the others wait for it: building the same record twice helps nobody.
        let mut built = self.built.lock().unwrap_or_else(PoisonError::into_inner);
        let head = ledger.head()?;
        let entry = ledger.last_entry(as_of)?;
        if let Some(at) = built.iter().position(|s| s.head == head && s.entry == entry) {
            let snapshot = built.remove(at);
            built.push(Arc::clone(&snapshot));
            return Ok(snapshot);
        }
        let contents = ledger.contents(AsOf::Entry(entry))?;
        let snapshot = Arc::new(Snapshot::new(head, entry, contents, self.world));
        built.retain(|s| s.head == head);
        if built.len() >= KEPT {
            built.remove(0);
        }
        built.push(Arc::clone(&snapshot));
        Ok(snapshot)
    }

    /// Answers with what `make` makes of the record, off the runtime's threads, or says that the asker has it already.
    pub async fn answer(
        self: Arc<Self>,
        ask: Ask,
        headers: HeaderMap,
        make: impl FnOnce(&Site) -> Result<Response, Fault> + Send + 'static,
    ) -> Response {
        let api = ask.api;
        let work = move || {
            let snapshot = self.snapshot(ask.as_of.clone()?)?;
            let tag = self.tag(&snapshot);
            if headers.get(IF_NONE_MATCH).is_some_and(|have| *have == tag) {
                return Ok((StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response());
            }
            let mut response = make(&Site { app: &self, snapshot: &snapshot, ask: &ask })?;
            response.headers_mut().insert(ETAG, tag);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            Ok(response)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(response)) => response,
            Ok(Err(fault)) => Fault::reply(fault, api),
            Err(_) => Fault::Broken.reply(api),
        }
    }

    /// Names one state of the record, as this run of the program shows it.
    fn tag(&self, snapshot: &Snapshot) -> HeaderValue {
        let hash =
            snapshot.head.map_or(0, |h| u64::from_le_bytes(h.hash[..8].try_into().unwrap_or_default()));
        let tag = format!("\"{:x}-{hash:x}-{}\"", self.run, snapshot.entry);
        HeaderValue::from_str(&tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }
}
