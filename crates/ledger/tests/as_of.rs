//! Any past state of the record can be had again.

mod common;

use common::{at, claims, correction, decision, report};
use holdfire_ledger::{Added, AsOf, Ledger, Mode};
use holdfire_types::{Contents, CopyOf, CorrectionAnswer, Decision, Recorded};
use jiff::Timestamp;
use proptest::prelude::*;

/// One thing to record; the numbers choose among the samples.
#[derive(Debug, Clone)]
enum Step {
    Report(usize),
    Claims(usize, u64),
    Copy(usize, usize),
    Decide(usize, usize, Decision),
    Correct(usize),
    Answer(usize, bool),
}

fn step() -> impl Strategy<Value = Step> {
    let sample = 0..6usize;
    prop_oneof![
        3 => sample.clone().prop_map(Step::Report),
        4 => (sample.clone(), 1..4u64).prop_map(|(r, reading)| Step::Claims(r, reading)),
        1 => (sample.clone(), sample.clone()).prop_map(|(a, b)| Step::Copy(a, b)),
        2 => (sample.clone(), sample.clone(), prop::sample::select(Decision::ALL)).prop_map(|(a, b, d)| Step::Decide(a, b, d)),
        1 => sample.clone().prop_map(Step::Correct),
        1 => (sample, any::<bool>()).prop_map(|(k, accepted)| Step::Answer(k, accepted)),
    ]
}

/// What a ledger should say, kept in the plainest way.
#[derive(Default, Clone)]
struct Plain(Contents);

impl Plain {
    fn has(&self, sample: usize) -> bool {
        self.0.reports.iter().any(|r| r.value == report(sample))
    }

    fn claim_of(&self, sample: usize) -> Option<holdfire_types::Claim> {
        let id = report(sample).id;
        self.0.claims.iter().find(|c| c.value.report == id).map(|c| c.value.clone())
    }
}

/// Records `step` in both; steps about things that are not there are left out.
fn take(step: &Step, ledger: &mut Ledger, plain: &mut Plain, now: Timestamp) {
    let here = plain.clone();
    let Contents { reports, copies, claims: all, decisions, corrections, answers } = &mut plain.0;
    match *step {
        Step::Report(r) => {
            if let Added::New(entry) = ledger.add_report(&report(r), now).unwrap() {
                reports.push(Recorded { entry, at: now, value: report(r) });
            }
        }
        Step::Claims(r, reading) if here.has(r) => {
            let found = claims(&report(r), reading);
            let reader = format!("reader {reading}");
            if let Added::New(entry) = ledger.add_claims(&report(r).id, &reader, &found, now).unwrap() {
                all.retain(|c| c.value.report != report(r).id);
                all.extend(found.into_iter().map(|value| Recorded { entry, at: now, value }));
            }
        }
        Step::Copy(a, b) if here.has(a) && here.has(b) => {
            let value = CopyOf { report: report(a).id, of: report(b).id, shared: 0.5 };
            if let Added::New(entry) = ledger.add_copy(&value, now).unwrap() {
                copies.push(Recorded { entry, at: now, value });
            }
        }
        Step::Decide(a, b, verdict) => {
            let (Some(a), Some(b)) = (here.claim_of(a), here.claim_of(b)) else { return };
            let value = decision(&a, &b, verdict, "linker 1");
            if let Added::New(entry) = ledger.add_decision(&value, now).unwrap() {
                decisions.push(Recorded { entry, at: now, value });
            }
        }
        Step::Correct(r) => {
            let value = correction(&report(r).id, &format!("Objection {r}"));
            if let Added::New(entry) = ledger.add_correction(&value, now).unwrap() {
                corrections.push(Recorded { entry, at: now, value });
            }
        }
        Step::Answer(k, accepted) => {
            let Some(objection) = here.0.corrections.get(k) else { return };
            let value = CorrectionAnswer {
                correction: objection.value.id.clone(),
                accepted,
                text: "Looked into.".to_owned(),
                by: "desk".to_owned(),
                decided: now,
            };
            if let Added::New(entry) = ledger.add_answer(&value, now).unwrap() {
                answers.push(Recorded { entry, at: now, value });
            }
        }
        Step::Claims(..) | Step::Copy(..) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_moment_of_the_record_is_what_was_there_then(steps in prop::collection::vec(step(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(dir.path().join("a"), Mode::Create).unwrap();
        let mut plain = Plain::default();
        let mut then = vec![(0, at(-1), plain.0.clone())];
        for (second, step) in (0..).zip(&steps) {
            take(step, &mut ledger, &mut plain, at(second));
            let entry = ledger.head().unwrap().map_or(0, |head| head.entry);
            then.push((entry, at(second), plain.0.clone()));
        }
        for (entry, moment, expected) in &then {
            prop_assert_eq!(&ledger.contents(AsOf::Entry(*entry)).unwrap(), expected);
            prop_assert_eq!(&ledger.contents(AsOf::Time(*moment)).unwrap(), expected);
        }
        prop_assert_eq!(&ledger.contents(AsOf::Now).unwrap(), &plain.0);
        ledger.verify().unwrap();

        // The same steps give the same record.
        let mut again = Ledger::open(dir.path().join("b"), Mode::Create).unwrap();
        let mut plain = Plain::default();
        for (second, step) in (0..).zip(&steps) {
            take(step, &mut again, &mut plain, at(second));
        }
        prop_assert_eq!(ledger.contents(AsOf::Now).unwrap(), again.contents(AsOf::Now).unwrap());
    }
}

#[test]
fn a_moment_is_written_as_a_day_a_time_or_an_entry() {
    let time = |text: &str| AsOf::Time(text.parse().unwrap());
    assert_eq!("17".parse(), Ok(AsOf::Entry(17)));
    assert_eq!("now".parse(), Ok(AsOf::Now));
    assert_eq!("2017-02-16T12:00:00Z".parse(), Ok(time("2017-02-16T12:00:00Z")));
    assert_eq!("2017-02-16".parse(), Ok(time("2017-02-16T23:59:59.999999Z")));
    assert!("Thursday".parse::<AsOf>().unwrap_err().contains("2017-02-16"));
}
