//! `import`: rows of other data sets into the ledger, as claims of their makers.

use std::fs;
use std::path::Path;

use holdfire::ReadReport;
use holdfire_formats::import::{Form, Imported, import};
use holdfire_ledger::{AsOf, Ledger, Mode};
use holdfire_types::{Claim, Filler, PartyKind, PlacePrecision, Problem, Report, ResolvedPlace};
use holdfire_world::{World, distance};
use jiff::civil::Date;

use crate::args::{Import, ImportForm};
use crate::commands::record::{State, Summary, print, write};
use crate::commands::view::{json, world};
use crate::failure::{Done, Failure, tell};

/// Rows in one batch of the ledger.
const BATCH: usize = 1000;

/// Longest file, in bytes.
const LONGEST: u64 = 1 << 30;

/// Kilometres within which a row's point is the town of that name in the gazetteer.
const SAME_TOWN: f64 = 15.0;
/// The same for the middle of a district, a province or an area.
const SAME_REGION: f64 = 120.0;

/// Runs the command.
pub fn run(args: &Import) -> Result<Done, Failure> {
    let world = world()?;
    let form = form(args.form);
    // a file that is no table of this form is told before anything is recorded
    let texts: Vec<String> = args.files.iter().map(|file| text_of(file)).collect::<Result<_, _>>()?;
    let mut tables = Vec::with_capacity(texts.len());
    for (file, text) in args.files.iter().zip(&texts) {
        let rows = import(form, &file.to_string_lossy(), text);
        tables.push(rows.map_err(|e| Failure::Asked(e.to_string()))?);
    }
    let path = &args.ledger.ledger;
    let mut ledger = Ledger::open(path, Mode::Create)?;
    let mut state = State::new(&ledger.contents(AsOf::Now)?, world);
    let version = format!("holdfire {} import {form}", env!("CARGO_PKG_VERSION"));
    let mut summary = Summary::default();
    let mut problems = 0;
    let mut told = |problem: &Problem| {
        tell(problem);
        problems += 1;
    };
    let mut waiting: Vec<ReadReport> = Vec::with_capacity(BATCH);
    for row in tables.into_iter().flatten() {
        match row {
            Err(problem) => told(&problem),
            Ok(Imported { report, mut claims, doubts }) => {
                doubts.iter().for_each(&mut told);
                resolve(world, &report, &mut claims);
                waiting.push(ReadReport { report, sentences: Vec::new(), claims, problems: Vec::new() });
            }
        }
        if waiting.len() == BATCH {
            write(&mut ledger, &mut state, &mut waiting, &version, false, &mut summary)?;
        }
    }
    write(&mut ledger, &mut state, &mut waiting, &version, false, &mut summary)?;
    summary.problems = problems;
    if args.json {
        json(&summary)?;
    } else {
        print(&summary, path)?;
    }
    Ok(Done::with(problems))
}

fn form(form: ImportForm) -> Form {
    match form {
        ImportForm::Acled => Form::Acled,
        ImportForm::Ged => Form::Ged,
        ImportForm::Hapi => Form::Hapi,
        ImportForm::Bulletin => Form::Bulletin,
        ImportForm::Osce => Form::Osce,
        ImportForm::Csv => Form::Claims,
    }
}

/// The text of a file; letters that are no UTF-8 become marks, and the rows that hold them are told.
fn text_of(file: &Path) -> Result<String, Failure> {
    let size = fs::metadata(file).map_err(Failure::file(file))?.len();
    if size > LONGEST {
        return Err(Failure::Asked(format!(
            "{}: {size} bytes, more than {LONGEST}; split the file",
            file.display()
        )));
    }
    let bytes = fs::read(file).map_err(Failure::file(file))?;
    Ok(holdfire_text::decode(&bytes).0)
}

/// Fills in parties, and places where the row gives none. A place of the row keeps its point; it takes the
/// gazetteer's id where that knows a place of the same name there, so that reports and rows speak of one place.
fn resolve(world: &World, report: &Report, claims: &mut [Claim]) {
    let given: Vec<Option<ResolvedPlace>> =
        claims.iter().flat_map(|c| &c.act.place).map(|f| f.place.clone()).collect();
    world.resolve(report, claims);
    let places = claims.iter_mut().flat_map(|c| &mut c.act.place);
    for (filler, given) in places.zip(given) {
        let Some(mut given) = given else { continue };
        if let Some(found) = filler.place.as_ref().filter(|found| is_same(found, &given)) {
            given.id.clone_from(&found.id);
            given.name.clone_from(&found.name);
            given.country.clone_from(&found.country);
            given.admin1.clone_from(&found.admin1);
        }
        filler.place = Some(given);
    }
    let on = report.published.as_ref().map(|p| p.date);
    for claim in claims {
        let country = claim.act.place.iter().find_map(|f| f.place.as_ref()).map(|p| p.country.clone());
        let on = claim.act.days.and_then(|d| d.from).or(on);
        for filler in claim.act.actor.iter_mut().chain(&mut claim.act.target) {
            if let Some(party) = party(world, filler, on, country.as_deref()) {
                filler.party = Some(party);
            }
        }
    }
}

fn is_same(found: &ResolvedPlace, given: &ResolvedPlace) -> bool {
    let town = |p: PlacePrecision| matches!(p, PlacePrecision::Exact | PlacePrecision::Near);
    let far = if town(given.precision) { SAME_TOWN } else { SAME_REGION };
    let alike = town(found.precision) == town(given.precision)
        && (town(given.precision) || found.precision == given.precision);
    alike && distance((found.lat, found.lon), (given.lat, given.lon)) < far
}

/// How data sets write the bodies of a state, and what packs know them as.
const BODIES: [(&str, &str, PartyKind); 3] = [
    ("Military Forces of ", "army", PartyKind::StateForce),
    ("Police Forces of ", "police", PartyKind::StateForce),
    ("Government of ", "government", PartyKind::Government),
];

/// The party of a name as data sets write it: "Military Forces of Syria (2000-)", "Government of Syria",
/// "HTS: Hayat Tahrir al-Sham". Names of other shapes are left as they were resolved.
fn party(world: &World, filler: &Filler, on: Option<Date>, country: Option<&str>) -> Option<String> {
    let find = |name: &str| world.find_party(name, on, country);
    let name = filler.name.split(" (").next().unwrap_or(&filler.name);
    for (head, body, kind) in BODIES {
        let Some(state) = name.strip_prefix(head) else { continue };
        let state = find(state)?;
        let own = state.aliases.iter().chain(Some(&state.name));
        let found = own.filter_map(|people| find(&format!("{people} {body}"))).filter(|p| p.kind == kind);
        // a pack's own army rather than the forces of a state in general
        return found.min_by_key(|p| p.id.starts_with("state/")).map(|p| p.id.clone());
    }
    let (short, full) = name.split_once(": ").filter(|_| filler.party.is_none())?;
    find(full).or_else(|| find(short)).map(|p| p.id.clone())
}
