//! What the ledger does under load and under attack: speed and size, `kill -9`, changed bytes.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use holdfire_ledger::{AsOf, Ledger, LedgerError, Mode, Region};
use jiff::Timestamp;

use holdfire_record::{CopyIndex, Linker, Parties, Record, first_claim, nearby};
use holdfire_world::World;

use crate::synth::made::{self as synth, Dice, SENTENCES};
use crate::synth::reports;

type Done = Result<(), Box<dyn Error>>;

const USAGE: &str = "load FILE CLAIMS | ask FILE | link CLAIMS | kill FILE TIMES | flip FILE TIMES; FILE is a ledger to be made";

/// Runs one measure. `args` are the words after those that chose this bench.
///
/// `load` fills a ledger and measures appending; `ask` measures reading and verifying a ledger that `cargo xtask synth`
/// made; `link` measures linking claims and finding copies; `kill` ends a recording process at random
/// moments; `flip` changes single bytes of a ledger of about a megabyte. `record` is the process that `kill` ends.
pub fn run(args: &[String]) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words[..] {
        ["load", file, claims] => load(Path::new(file), claims.parse()?),
        ["ask", file] => ask(Path::new(file)),
        ["link", claims] => link(claims.parse()?),
        ["kill", file, times] => kill(Path::new(file), times.parse()?, args.len()),
        ["flip", file, times] => flip(Path::new(file), times.parse()?),
        ["record", file, first] => record(Path::new(file), first.parse()?),
        _ => Err(USAGE.into()),
    }
}

fn say(line: &str) -> Done {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Claims that are recorded with one sync.
const PER_SYNC: usize = 1_000;

fn load(file: &Path, claims: usize) -> Done {
    let reports = reports(claims);
    let mut total = 0.0;
    let mut ledger = Ledger::open(file, Mode::Create)?;
    let (mut working, mut computing) = (Duration::ZERO, Duration::ZERO);
    for first in (0..reports).step_by(PER_SYNC / SENTENCES) {
        let some: Vec<_> =
            (first..reports.min(first + PER_SYNC / SENTENCES)).map(|n| synth::report(1, n)).collect();
        let (begun, computed) = (Instant::now(), on_processor());
        let mut batch = ledger.batch()?;
        for (report, claims) in &some {
            batch.add_report(report, Timestamp::now())?;
            batch.add_claims(&report.id, "synth", claims, Timestamp::now())?;
        }
        batch.commit()?;
        total += some.iter().map(|(_, claims)| claims.len()).sum::<usize>() as f64;
        working += begun.elapsed();
        computing += on_processor().saturating_sub(computed);
    }
    drop(ledger);
    say(&format!("append           {:>10.0} claims a second", total / working.as_secs_f64()))?;
    say(&format!(
        "append           {:>10.0} claims a second of processor time",
        total / computing.as_secs_f64()
    ))?;
    say(&format!("file size        {:>10.0} bytes a claim", fs::metadata(file)?.len() as f64 / total))
}

fn ask(file: &Path) -> Done {
    let ledger = Ledger::open(file, Mode::Read)?;
    let reports = recorded(&ledger)?;
    let mut dice = Dice::new(7);
    percentile("report, claims", || {
        let (report, claims) = synth::report(1, dice.roll(reports));
        ledger.report(&report.id)?;
        ledger.claims_of(&report.id)?;
        ledger.claim(&claims[0].id).map(drop)
    })?;
    let mut dice = Dice::new(8);
    percentile("search, two words", || {
        let (report, _) = synth::report(1, dice.roll(reports));
        let words: Vec<_> = report.text.split(' ').skip(dice.roll(300)).step_by(9).take(2).collect();
        ledger.search(&words.join(" "), 20).map(drop)
    })?;
    let mut dice = Dice::new(10);
    percentile("search, one word", || {
        let (report, _) = synth::report(1, dice.roll(reports));
        let word = report.text.split(' ').nth(dice.roll(300)).unwrap_or_default();
        ledger.search(word, 20).map(drop)
    })?;
    let mut dice = Dice::new(9);
    percentile("map box, the first 100 claims", || {
        let (south, west) = (32.0 + dice.roll(50) as f64 / 10.0, 35.5 + dice.roll(60) as f64 / 10.0);
        ledger.claims_in(Region { south, west, north: south + 0.1, east: west + 0.1 }, 100).map(drop)
    })?;
    incidents(&ledger, reports)?;
    once("verify", || ledger.verify().map(drop))?;
    once("contents", || ledger.contents(AsOf::Now).map(drop))
}

/// How many reports of seed 1 a ledger holds: they are recorded in order.
fn recorded(ledger: &Ledger) -> Result<usize, LedgerError> {
    let (mut low, mut high) = (0, ledger.head()?.map_or(0, |head| head.entry as usize));
    while low < high {
        let middle = low + (high - low) / 2;
        if ledger.report(&synth::report(1, middle).0.id)?.is_some() {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Incidents as `holdfire incident` shows them, each found by its id.
fn incidents(ledger: &Ledger, reports: usize) -> Done {
    let world = World::embedded()?;
    let mut dice = Dice::new(12);
    let mut ids = Vec::new();
    let mut accounts = 0;
    while ids.len() < TIMES {
        let (_, claims) = synth::report(1, dice.roll(reports));
        let claim = &claims[dice.roll(claims.len())].id;
        let record = Record::build(ledger.part(std::slice::from_ref(claim), nearby, AsOf::Now)?, world);
        let incident = record.claim_line(claim).and_then(|line| line.incident);
        ids.extend(
            incident.inspect(|id| accounts += record.incident(id).map_or(0, |i| i.summary.claims.len())),
        );
    }
    say(&format!("incidents asked for have {:.1} claims on average", accounts as f64 / TIMES as f64))?;
    let mut ids = ids.iter().cycle();
    percentile("incident", || {
        let Some(id) = ids.next() else { return Ok(()) };
        let part = ledger.part(&[first_claim(id)], nearby, AsOf::Now)?;
        drop(Record::build(part, world).incident(id));
        Ok(())
    })
}

/// Linking and finding copies, without a ledger.
fn link(claims: usize) -> Done {
    let (mut linker, mut copies) = (Linker::knowing(&Parties::of(World::embedded()?)), CopyIndex::new());
    let (mut linking, mut copying) = (Duration::ZERO, Duration::ZERO);
    let (mut added, mut decisions, mut found) = (0, 0, 0);
    for number in 0..reports(claims) {
        let (report, told) = synth::report(1, number);
        let begun = Instant::now();
        let copy = copies.add(&report);
        copying += begun.elapsed();
        let begun = Instant::now();
        if let Some(copy) = &copy {
            linker.copied(copy);
            found += 1;
        }
        decisions += told.iter().map(|claim| linker.add(claim, &report).len()).sum::<usize>();
        linking += begun.elapsed();
        added += told.len();
    }
    say(&format!(
        "linking {added} claims  {:.2} s, {decisions} decisions; finding {found} copies {:.2} s",
        linking.as_secs_f64(),
        copying.as_secs_f64()
    ))
}

fn once(what: &str, act: impl FnOnce() -> Result<(), LedgerError>) -> Done {
    let (begun, before) = (Instant::now(), on_processor());
    act()?;
    let (took, computed) =
        (begun.elapsed().as_secs_f64(), on_processor().saturating_sub(before).as_secs_f64());
    say(&format!("{what:<30} {took:.1} s; of processor time {computed:.1} s"))
}

/// Processor time of this thread so far, as Linux tells it; zero elsewhere.
fn on_processor() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|n| n.parse().ok()).map_or(Duration::ZERO, Duration::from_nanos)
}

/// Questions asked for one figure.
const TIMES: usize = 200;

fn percentile(what: &str, mut once: impl FnMut() -> Result<(), LedgerError>) -> Done {
    let (mut took, mut computed) = (Vec::with_capacity(TIMES), Vec::with_capacity(TIMES));
    for _ in 0..TIMES {
        let (begun, before) = (Instant::now(), on_processor());
        once()?;
        took.push(begun.elapsed());
        computed.push(on_processor().saturating_sub(before));
    }
    took.sort_unstable();
    computed.sort_unstable();
    let at = |list: &[Duration], share: usize| list[TIMES * share / 100].as_secs_f64() * 1000.0;
    let (p50, p95) = (at(&took, 50), at(&took, 95));
    let (c50, c95) = (at(&computed, 50), at(&computed, 95));
    say(&format!("{what:<30} p50 {p50:.2} ms, p95 {p95:.2} ms; of processor time {c50:.2} and {c95:.2} ms"))
}

/// Records reports one by one and says so after each, until it is ended from outside.
fn record(file: &Path, first: usize) -> Done {
    let mut ledger = Ledger::open(file, Mode::Create)?;
    for number in first.. {
        let (report, claims) = synth::report(1, number);
        let mut batch = ledger.batch()?;
        batch.add_report(&report, Timestamp::now())?;
        batch.add_claims(&report.id, "synth", &claims, Timestamp::now())?;
        batch.commit()?;
        say(&number.to_string())?;
    }
    Ok(())
}

fn kill(file: &Path, times: usize, words: usize) -> Done {
    let chosen_by: Vec<_> = std::env::args().collect();
    let prefix = &chosen_by[1..chosen_by.len() - words];
    let mut dice = Dice::new(Timestamp::now().as_nanosecond() as u64);
    let (mut acknowledged, mut lost, mut broken, mut halves) = (0, 0, 0, 0);
    for _ in 0..times {
        let mut child = Command::new(std::env::current_exe()?)
            .args(prefix)
            .arg("record")
            .arg(file)
            .arg(acknowledged.to_string())
            .stdout(Stdio::piped())
            .spawn()?;
        std::thread::sleep(Duration::from_micros(2_000 + dice.roll(80_000) as u64));
        child.kill()?;
        let said = child.wait_with_output()?.stdout;
        let said = String::from_utf8_lossy(&said);
        // A line that was cut off acknowledges nothing.
        let whole = said.rfind('\n').map_or("", |end| &said[..end]);
        acknowledged = whole
            .lines()
            .filter_map(|n| n.parse::<usize>().ok())
            .map(|n| n + 1)
            .max()
            .unwrap_or(acknowledged);
        let ledger = Ledger::open(file, Mode::Create)?;
        broken += usize::from(ledger.verify().is_err());
        let there = ledger.head()?.map_or(0, |head| head.entry as usize);
        halves += there % 2;
        lost += (2 * acknowledged).saturating_sub(there);
        acknowledged = there / 2;
    }
    say(&format!("killed {times} times, {acknowledged} reports recorded"))?;
    say(&format!("acknowledged entries lost {lost}, broken chains {broken}, half batches {halves}"))?;
    if lost + broken + halves == 0 { Ok(()) } else { Err("the ledger lost something".into()) }
}

/// Bytes of the ledger whose bytes are changed.
const MEGABYTE: u64 = 1_000_000;

fn flip(file: &Path, times: usize) -> Done {
    let mut ledger = Ledger::open(file, Mode::Create)?;
    for number in 0.. {
        let (report, claims) = synth::report(1, number);
        let mut batch = ledger.batch()?;
        batch.add_report(&report, Timestamp::now())?;
        batch.add_claims(&report.id, "synth", &claims, Timestamp::now())?;
        batch.commit()?;
        // The file itself grows only when the log is taken over into it.
        if number % 10 == 9 {
            drop(ledger);
            ledger = Ledger::open(file, Mode::Write)?;
            if fs::metadata(file)?.len() >= MEGABYTE {
                break;
            }
        }
    }
    let before = ledger.contents(AsOf::Now)?;
    drop(ledger);
    let bytes = fs::read(file)?;
    let changed: PathBuf = file.with_extension("changed");
    let mut dice = Dice::new(11);
    let (mut found, mut harmless, mut missed) = (0, 0, Vec::new());
    for _ in 0..times {
        let (at, bit) = (dice.roll(bytes.len()), 1u8 << dice.roll(8));
        let mut copy = bytes.clone();
        copy[at] ^= bit;
        fs::write(&changed, copy)?;
        let whole = Ledger::open(&changed, Mode::Write).and_then(|ledger| ledger.verify());
        let dumped = || Ledger::open(&changed, Mode::Read).and_then(|ledger| ledger.contents(AsOf::Now));
        match whole {
            Err(_) => found += 1,
            Ok(_) if dumped().is_ok_and(|now| now == before) => harmless += 1,
            Ok(_) => missed.push(at),
        }
    }
    fs::remove_file(&changed)?;
    say(&format!(
        "{times} bytes of {} changed: {found} found, {harmless} harmless, {} missed",
        bytes.len(),
        missed.len()
    ))?;
    if missed.is_empty() { Ok(()) } else { Err(format!("missed at bytes {missed:?}").into()) }
}
