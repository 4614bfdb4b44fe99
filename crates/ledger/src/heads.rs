//! Heads that somebody kept: what they prove, and how they are signed.

use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::chain::{self, Head};
use crate::{AsOf, Ledger, LedgerError};

/// A head with a signature (Ed25519) over its line, so that whoever knows the signer's public key can rely on it.
///
/// Written as two lines: the head, and `ed25519 PUBLIC-KEY SIGNATURE` in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// The head.
    pub head: Head,
    /// The signer's public key.
    pub signer: [u8; 32],
    signature: [u8; 64],
}

impl Checkpoint {
    /// Signs a head with the 32 bytes of a secret key.
    pub fn sign(head: Head, secret: &[u8; 32]) -> Self {
        let key = SigningKey::from_bytes(secret);
        let signature = key.sign(head.to_string().as_bytes()).to_bytes();
        Self { head, signer: key.verifying_key().to_bytes(), signature }
    }

    /// The signer's public key in hexadecimal digits, as it is given to others.
    pub fn signer(&self) -> String {
        hex(&self.signer)
    }
}

impl std::fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{}", self.head)?;
        write!(f, "ed25519 {} {}", hex(&self.signer), hex(&self.signature))
    }
}

impl FromStr for Checkpoint {
    type Err = String;

    /// Reads a checkpoint and checks its signature.
    fn from_str(text: &str) -> Result<Self, String> {
        let (line, signed) = text.trim().split_once('\n').ok_or("a checkpoint has two lines")?;
        let head: Head = line.parse()?;
        let read = || {
            let (signer, signature) = signed.trim().strip_prefix("ed25519 ")?.split_once(' ')?;
            Some((bytes::<32>(signer)?, bytes::<64>(signature)?))
        };
        let (signer, signature) = read().ok_or("its second line is not `ed25519 PUBLIC-KEY SIGNATURE`")?;
        VerifyingKey::from_bytes(&signer)
            .and_then(|key| key.verify_strict(line.trim().as_bytes(), &Signature::from_bytes(&signature)))
            .map_err(|_| "the signature is not the signer's: the checkpoint was changed")?;
        Ok(Self { head, signer, signature })
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.push(char::from(DIGITS[usize::from(byte >> 4)]));
        digits.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    digits
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The bytes of hexadecimal digits; `None` for anything else, also when they are not `N`.
pub fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits = hex.as_bytes();
    let pairs: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect::<Option<_>>()?;
    if digits.len() == 2 * N { pairs.try_into().ok() } else { None }
}

impl Ledger {
    /// Checks that this ledger still holds what `head` was the head of. Together with [`Ledger::verify`] it proves
    /// that nothing recorded up to then was changed, taken away or put in.
    ///
    /// # Errors
    /// [`LedgerError::Damaged`] when the entry is another or is not there.
    pub fn check_head(&self, head: &Head) -> Result<(), LedgerError> {
        let at = || format!("entry {}", head.entry);
        if self.head()?.is_none_or(|last| last.entry < head.entry) {
            return Err(LedgerError::damaged(
                &self.path,
                at(),
                "it was recorded once and is not there any more",
            ));
        }
        let entry = chain::entry(&self.conn, &self.path, head.entry)?;
        if entry.hash == head.hash && entry.at(&self.path)? == head.at {
            Ok(())
        } else {
            Err(LedgerError::damaged(&self.path, at(), "it is another than the one that was recorded once"))
        }
    }

    /// The head at `as_of`.
    pub fn head_at(&self, as_of: AsOf) -> Result<Option<Head>, LedgerError> {
        let last = self.last_entry(as_of)?;
        if last == 0 {
            return Ok(None);
        }
        let entry = chain::entry(&self.conn, &self.path, last)?;
        Ok(Some(Head { entry: last, at: entry.at(&self.path)?, hash: entry.hash }))
    }

    /// The last head of every day (UTC) on which something was recorded: one line a day to print and keep.
    pub fn daily_heads(&self) -> Result<Vec<Head>, LedgerError> {
        let day = |head: &Head| TimeZone::UTC.to_datetime(head.at).date();
        let mut heads = Vec::new();
        let mut next = self.head()?;
        while let Some(head) = next {
            heads.push(head);
            next = self.head_at(AsOf::Time(before(day(&head))))?;
        }
        heads.reverse();
        Ok(heads)
    }
}

/// The last moment before a day.
fn before(day: Date) -> jiff::Timestamp {
    let begins = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(jiff::Timestamp::MIN);
    begins.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(jiff::Timestamp::MIN)
}
