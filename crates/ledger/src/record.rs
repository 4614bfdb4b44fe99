//! Recording one thing, or beginning a batch of several.

use holdfire_types::{Claim, CopyOf, Correction, CorrectionAnswer, Id, LinkDecision, Report};
use jiff::Timestamp;
use rusqlite::TransactionBehavior;

use crate::{Added, Batch, Ledger, LedgerError};

impl Ledger {
    /// Begins a batch. Waits while another process records.
    pub fn batch(&mut self) -> Result<Batch<'_>, LedgerError> {
        let (path, patience) = (self.path.clone(), self.patience);
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(|e| LedgerError::from_database(&path, e).waited(patience))?;
        Batch::begin(tx, path, &mut self.points)
    }

    fn one(
        &mut self,
        add: impl FnOnce(&mut Batch<'_>) -> Result<Added, LedgerError>,
    ) -> Result<Added, LedgerError> {
        let mut batch = self.batch()?;
        let added = add(&mut batch)?;
        batch.commit()?;
        Ok(added)
    }

    /// [`Batch::add_report`] as a batch of its own.
    pub fn add_report(&mut self, report: &Report, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_report(report, now))
    }

    /// [`Batch::add_claims`] as a batch of its own.
    pub fn add_claims(
        &mut self,
        report: &Id,
        reader: &str,
        claims: &[Claim],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_claims(report, reader, claims, now))
    }

    /// [`Batch::add_copy`] as a batch of its own.
    pub fn add_copy(&mut self, copy: &CopyOf, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_copy(copy, now))
    }

    /// [`Batch::add_decisions`] with one decision, as a batch of its own.
    pub fn add_decision(&mut self, decision: &LinkDecision, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_decisions(std::slice::from_ref(decision), now))
    }

    /// [`Batch::add_decisions`] as a batch of its own.
    pub fn add_decisions(
        &mut self,
        decisions: &[LinkDecision],
        now: Timestamp,
    ) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_decisions(decisions, now))
    }

    /// [`Batch::add_correction`] as a batch of its own.
    pub fn add_correction(&mut self, correction: &Correction, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_correction(correction, now))
    }

    /// [`Batch::add_answer`] as a batch of its own.
    pub fn add_answer(&mut self, answer: &CorrectionAnswer, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_answer(answer, now))
    }

    /// [`Batch::add_pack`] as a batch of its own.
    pub fn add_pack(&mut self, name: &str, text: &str, now: Timestamp) -> Result<Added, LedgerError> {
        self.one(|batch| batch.add_pack(name, text, now))
    }
}
