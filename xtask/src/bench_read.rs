//! How fast and in how much memory reports are read.
//!
//! Words are our own tokens, punctuation included. A rate is words over the processor time (user and system) of threads
//! that are pinned to one core each; loading weights and packs is told apart. Linux tells times and peak memory; elsewhere
//! they read 0.

use std::time::{Duration, Instant};

use holdfire_model::Model;
use holdfire_types::{FoundIn, Published, Report};
use holdfire_world::World;

use crate::Fault;
use crate::data::Data;
use crate::reader;

const CORPUS: &str = "data/corpus/current-events/events.tsv";

/// What one thread did.
#[derive(Debug, Clone, Copy, Default)]
struct Work {
    words: usize,
    claims: usize,
    /// Processor time of the thread.
    computing: Duration,
}

/// Reads the corpus' first `items` as reports, on one core and on two, and prints the figures.
pub fn run(data: &Data, items: usize) -> Result<(), Fault> {
    let Some(corpus) = data.text(CORPUS)? else { return Err("nothing to read".into()) };
    let reports: Vec<Report> = corpus.lines().filter_map(report).take(items).collect();
    drop(corpus);
    let before = peak_memory();

    let begun = Instant::now();
    let model = Model::embedded()?;
    let layer = begun.elapsed().as_secs_f64() * 1000.0;
    World::embedded()?;
    reader::read(&Report::new("first", "Guns fell silent."))?;
    let all = begun.elapsed().as_secs_f64() * 1000.0;
    println!(
        "load: {layer:.0} ms of wall time for the language layer, {all:.0} ms for all weights and packs"
    );

    let layer = |core: usize, step: usize| {
        on_core(core, || {
            let own = reports.iter().skip(core).step_by(step);
            let words = own.flat_map(|r| model.annotate(&r.text)).map(|s| s.tokens.len()).sum();
            Ok(Work { words, ..Work::default() })
        })
    };
    println!("language layer, one core: {:.0} words a second of processor time", rate(layer(0, 1)?));
    let both: f64 = std::thread::scope(|scope| {
        let threads = [0, 1].map(|core| scope.spawn(move || layer(core, 2).map(rate).unwrap_or_default()));
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
    });
    println!("language layer, two cores: {both:.0} words a second of processor time");

    let whole = on_core(0, || read(reports.iter()))?;
    println!(
        "reading, one core: {:.0} words a second of processor time ({} reports, {} words, {} claims)",
        rate(whole),
        reports.len(),
        whole.words,
        whole.claims
    );

    let (reports_of, begun) = (&reports, Instant::now());
    let halves = std::thread::scope(|scope| {
        let threads = [0, 1].map(|core| {
            let half = move || read(reports_of.iter().skip(core).step_by(2)).map_err(|f| f.to_string());
            scope.spawn(move || on_core(core, || half().map_err(Fault::from)).map_err(|f| f.to_string()))
        });
        threads.map(|thread| thread.join().unwrap_or_else(|_| Err("a reading thread panicked".to_owned())))
    });
    let elapsed = begun.elapsed().as_secs_f64();
    let mut sum = 0.0;
    let mut words = 0;
    for half in halves {
        let half = half?;
        sum += rate(half);
        words += half.words;
    }
    println!(
        "reading, two cores: {sum:.0} words a second of processor time, {:.0} of wall time",
        words as f64 / elapsed
    );
    println!("peak memory: {:.0} MiB, {:.0} MiB of it before weights and packs", peak_memory(), before);
    println!("again: cargo xtask bench read --items {items} --data DIR");
    Ok(())
}

/// A line of the corpus as a report: day, topic, text.
fn report(line: &str) -> Option<Report> {
    let mut cells = line.split('\t');
    let (day, _topic, text) = (cells.next()?, cells.next()?, cells.next()?);
    let mut report = Report::new(day, text);
    report.published = day.parse().ok().map(|date| Published { date, found: FoundIn::Record, span: None });
    report.lang = Some("en".to_owned());
    Some(report)
}

fn read<'r>(reports: impl Iterator<Item = &'r Report>) -> Result<Work, Fault> {
    let mut work = Work::default();
    for report in reports {
        let (sentences, claims) = reader::read(report)?;
        work.words += sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
        work.claims += claims.len();
    }
    Ok(work)
}

fn rate(work: Work) -> f64 {
    work.words as f64 / work.computing.as_secs_f64().max(1e-9)
}

/// Runs `work` in this thread, pinned to one of the cores it may use, and notes its processor time.
fn on_core(core: usize, work: impl FnOnce() -> Result<Work, Fault>) -> Result<Work, Fault> {
    let restore = pin(core)?;
    let begun = computing();
    let mut done = work()?;
    done.computing = computing().saturating_sub(begun);
    restore()?;
    Ok(done)
}

/// Keeps this thread on one core until the closure that is returned is called.
#[cfg(target_os = "linux")]
fn pin(core: usize) -> Result<impl FnOnce() -> Result<(), Fault>, Fault> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
    let may = sched_getaffinity(None)?;
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|&c| may.is_set(c)).collect();
    let mut one = CpuSet::new();
    one.set(*cores.get(core % cores.len().max(1)).ok_or("no core to run on")?);
    sched_setaffinity(None, &one)?;
    Ok(move || Ok(sched_setaffinity(None, &may)?))
}

#[cfg(not(target_os = "linux"))]
fn pin(_core: usize) -> Result<impl FnOnce() -> Result<(), Fault>, Fault> {
    Ok(|| Ok(()))
}

/// Processor time of this thread so far, user and system.
pub fn computing() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|n| n.parse().ok()).map_or(Duration::ZERO, Duration::from_nanos)
}

/// The most memory this process has held so far, in MiB.
pub fn peak_memory() -> f64 {
    let told = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = told.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("");
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_corpus_is_a_dated_report() {
        let report = report("2016-12-30\tWar\tGuns fell silent.\tgazette").expect("a report");
        assert_eq!(report.text, "Guns fell silent.");
        assert_eq!(report.published.map(|p| p.date.to_string()).as_deref(), Some("2016-12-30"));
        assert!(super::report("no tabs").is_none());
    }

    #[test]
    fn a_rate_is_words_over_processor_time() {
        let work = Work { words: 500, claims: 0, computing: Duration::from_millis(250) };
        assert!((rate(work) - 2000.0).abs() < 1e-6);
    }
}
