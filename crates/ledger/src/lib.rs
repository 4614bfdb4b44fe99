//! The record in one file: nothing in it is changed or deleted, and whoever changes it all the same is found out.
//!
//! - [`Ledger`]: one `SQLite` file, opened to read or to write.
//! - An *entry*: number, moment, kind, payload in the canonical form, and a hash that also covers the entry before.
//!   All entries together are the record; `docs/ledger-format.md` specifies them to the byte.
//! - A *projection*: a table made from the entries so that things are found fast (reports, claims, words, places).
//!   It can be thrown away and made again; [`Ledger::verify`] checks that it says what the entries say.
//! - [`Batch`]: entries that are recorded together or not at all.
//! - [`Head`] and [`Checkpoint`]: one line that proves later that nothing before it was changed.
//! - [`AsOf`]: a moment of the record; [`Ledger::contents`] gives exactly what it said then.
#![allow(clippy::disallowed_methods, reason = "the ledger keeps files: reading and writing them is its work")]

mod as_of;
mod batch;
mod chain;
mod contents;
mod erase;
mod error;
mod form;
mod heads;
mod lookup;
mod map;
mod open;
mod pages;
mod part;
mod personal;
mod projection;
mod record;
mod redact;
mod runs;
mod schema;
mod search;
mod signer;
mod verify;
mod words;

pub use as_of::AsOf;
pub use batch::{Added, Batch};
pub use chain::{EntryKind, Head};
pub use error::LedgerError;
pub use form::Pack;
pub use heads::Checkpoint;
pub use map::Region;
pub use open::{Ledger, Mode};
pub use search::{Found, Hit};
pub use verify::Verified;
