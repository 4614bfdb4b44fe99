//! Several processes, and processes that end at the wrong moment. The test program runs itself as the other process.
#![allow(clippy::disallowed_methods, reason = "the other process is told by its environment what to do")]

mod common;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use common::{Dice, at, claims, filled, report};
use holdfire_ledger::{AsOf, Ledger, LedgerError, Mode};

/// Names the ledger that the other process records into, the first sample and how many.
const ORDER: &str = "HOLDFIRE_TEST_RECORD";

/// Records samples (with a count of 0 it only tells those that are there), each with its claims as one batch, and says so after each: what was said was acknowledged.
fn record(path: &Path, first: usize, count: usize) -> Result<(), LedgerError> {
    if count == 0 {
        let ledger = Ledger::open(path, Mode::Read)?;
        for number in 0..ledger.contents(AsOf::Now)?.reports.len() {
            writeln!(std::io::stdout(), "recorded {number}").expect("someone listens");
        }
        return Ok(());
    }
    let mut ledger = Ledger::open(path, Mode::Create)?;
    for number in first..first + count {
        let report = report(number);
        let mut batch = ledger.batch()?;
        batch.add_report(&report, at(number as i64))?;
        batch.add_claims(&report.id, "reader 1", &claims(&report, 1), at(number as i64))?;
        batch.commit()?;
        writeln!(std::io::stdout(), "recorded {number}").expect("someone listens");
    }
    Ok(())
}

/// On its own it records three samples; run as the other process it does what it is told.
#[test]
fn samples_are_recorded() {
    let Ok(order) = std::env::var(ORDER) else {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("three");
        record(&path, 0, 3).unwrap();
        assert_eq!(Ledger::open(&path, Mode::Read).unwrap().verify().unwrap().reports, 3);
        return;
    };
    let mut order = order.split('|');
    let mut next = || order.next().expect("path, first and count");
    let (path, first, count) = (next(), next().parse().unwrap(), next().parse().unwrap());
    if let Err(error) = record(Path::new(path), first, count) {
        writeln!(std::io::stdout(), "error {error}").expect("someone listens");
    }
}

/// The other process, not yet started.
fn recorder(path: &Path, first: usize, count: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "samples_are_recorded", "--nocapture"]);
    command.env(ORDER, format!("{}|{first}|{count}", path.display()));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Numbers of the samples that the other process acknowledged, and the error it told.
fn told(output: &[u8]) -> (Vec<usize>, Option<String>) {
    let text = String::from_utf8_lossy(output);
    // A line that the process was killed in the middle of acknowledges nothing.
    let whole = &text[..text.rfind('\n').map_or(0, |end| end + 1)];
    let after = |word: &'static str| whole.lines().filter_map(move |line| Some(line.split_once(word)?.1));
    (after("recorded ").filter_map(|n| n.parse().ok()).collect(), after("error ").next().map(str::to_owned))
}

/// Every acknowledged sample is there with all its claims, nothing is there by half, and the chain is whole.
fn check(path: &Path, acknowledged: &[usize]) -> usize {
    let ledger = Ledger::open(path, Mode::Write).unwrap();
    ledger.verify().unwrap();
    for &number in acknowledged {
        let report = report(number);
        let found: Vec<_> = ledger.claims_of(&report.id).unwrap().into_iter().map(|c| c.value).collect();
        assert_eq!(found, claims(&report, 1), "sample {number} was acknowledged and is lost");
    }
    let contents = ledger.contents(AsOf::Now).unwrap();
    for report in &contents.reports {
        assert!(
            ledger.reader_of(&report.value.id).unwrap().is_some(),
            "a report is there without its claims"
        );
    }
    contents.reports.len()
}

#[test]
fn a_process_killed_at_any_moment_loses_nothing_it_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("killed.holdfire");
    let mut dice = Dice(u64::from(std::process::id()));
    let (mut acknowledged, mut next) = (Vec::new(), 0);
    for _ in 0..20 {
        let mut child = recorder(&path, next, 100_000).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(15 + dice.roll(120) as u64));
        child.kill().unwrap();
        let (recorded, error) = told(&child.wait_with_output().unwrap().stdout);
        assert_eq!(error, None);
        acknowledged.extend(recorded);
        let there = if path.metadata().is_ok_and(|m| m.len() > 0) || !acknowledged.is_empty() {
            Ledger::open(&path, Mode::Create).unwrap();
            check(&path, &acknowledged)
        } else {
            0
        };
        assert!(there <= acknowledged.len() + 20, "at most one batch a life can be there unacknowledged");
        next = there;
    }
    assert!(
        acknowledged.len() > 20,
        "only {} samples were recorded: the test was too short",
        acknowledged.len()
    );
}

#[test]
fn two_processes_record_into_one_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("shared.holdfire");
    let children: Vec<_> =
        [0, 1000].map(|first| recorder(&path, first, 40).spawn().unwrap()).into_iter().collect();
    let mut acknowledged = Vec::new();
    for child in children {
        let (recorded, error) = told(&child.wait_with_output().unwrap().stdout);
        assert_eq!((recorded.len(), error), (40, None));
        acknowledged.extend(recorded);
    }
    assert_eq!(check(&path, &acknowledged), 80);
}

#[test]
fn a_writer_that_waits_too_long_is_told_why() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = filled(dir.path(), 1);
    let mut second = Ledger::open(first.path(), Mode::Write).unwrap();
    second.set_patience(Duration::from_millis(50)).unwrap();
    let batch = first.batch().unwrap();
    let error = second.add_report(&report(5), at(5)).unwrap_err();
    assert!(matches!(error, LedgerError::Busy { .. }), "{error}");
    assert!(error.to_string().contains("over 50ms"), "{error}");
    assert_eq!(second.contents(AsOf::Now).unwrap().reports.len(), 1, "reading goes on meanwhile");
    drop(batch);
    assert!(second.add_report(&report(5), at(5)).unwrap().is_new());
}

#[test]
fn a_full_disk_stops_recording_and_keeps_what_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("full.holdfire");
    // No file of the process may grow beyond a megabyte; the shell sees to it that the system says so instead of
    // ending the process.
    let inner = recorder(&path, 0, 100_000);
    let mut limited = Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""]).arg(inner.get_program());
    limited.args(inner.get_args()).stdout(Stdio::piped()).stderr(Stdio::null());
    for (name, value) in inner.get_envs() {
        limited.env(name, value.unwrap());
    }
    let (acknowledged, error) = told(&limited.output().unwrap().stdout);
    let error = error.expect("the disk was full");
    assert!(error.contains("full.holdfire: the disk is full or refuses to write"), "{error}");
    assert!(acknowledged.len() > 3, "{acknowledged:?}");
    check(&path, &acknowledged);
}

#[test]
fn a_file_without_write_permission_is_read_and_not_written() {
    let dir = tempfile::tempdir().unwrap();
    let ledger = filled(dir.path(), 2);
    let path = ledger.path().to_owned();
    drop(ledger);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // Who may do everything (root) is not refused; then another user tries.
    let all_powerful = fs::OpenOptions::new().append(true).open(&path).is_ok();
    let other_user = |count| {
        let mut command = recorder(&path, 5, count);
        if all_powerful {
            command.uid(65_534);
        }
        told(&command.output().unwrap().stdout)
    };
    let (recorded, error) = other_user(1);
    assert_eq!(recorded, []);
    let error = error.expect("the ledger cannot be written");
    assert!(error.contains("the ledger is read-only"), "{error}");
    assert_eq!(other_user(0), (vec![0, 1], None), "it can be read all the same");
    fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
}
