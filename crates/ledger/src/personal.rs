//! Personal data, each under a key of its own, in a file beside the ledger.
//!
//! The ledger holds only what the key locks up. Destroying the key erases the data and leaves the chain whole.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use holdfire_types::Id;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::contents::Value;
use crate::form::{Personal, Sealed};
use crate::{Ledger, LedgerError, lookup};

/// Names a key; drawn by chance.
pub type KeyId = [u8; 8];

/// The keys of one ledger.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    known: BTreeMap<KeyId, [u8; 32]>,
}

/// First line of the file of keys.
const TITLE: &str = "holdfire keys 1";

/// The file of keys that belongs to the ledger at `path`.
pub fn keys_path(path: &Path) -> PathBuf {
    beside(path, ".keys")
}

/// The file beside `path` whose name is that of `path` with `ending`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Locks `text` up under a new key. A key is used once, so the nonce is zero.
pub fn seal(text: &str) -> std::io::Result<(Sealed, [u8; 32])> {
    let (mut id, mut key) = ([0; 8], [0; 32]);
    getrandom::fill(&mut id)?;
    getrandom::fill(&mut key)?;
    let cipher = ChaCha20Poly1305::new(&key.into());
    let bytes = cipher
        .encrypt(&Nonce::default(), text.as_bytes())
        .map_err(|_| std::io::Error::other("the text is too long to be sealed"))?;
    Ok((Sealed { key: id, bytes }, key))
}

impl Keys {
    /// Reads the file of keys; where there is none, there are no keys.
    pub fn load(ledger: &Path) -> Result<Self, LedgerError> {
        let path = keys_path(ledger);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(LedgerError::Keys { path, detail: e.to_string() }),
        };
        let mut known = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            // A process that was killed may leave half a line; its entry was never acknowledged.
            if let Some((id, key)) = entry(line) {
                known.insert(id, key);
            } else if n == 0 && line != TITLE {
                return Err(LedgerError::Keys { path, detail: "this is no file of keys".to_owned() });
            }
        }
        Ok(Self { known })
    }

    /// What was sealed; `None` without its key or when either was changed.
    pub fn unseal(&self, sealed: &Sealed) -> Option<String> {
        let key = self.known.get(&sealed.key)?;
        let cipher = ChaCha20Poly1305::new(&(*key).into());
        let plain = cipher.decrypt(&Nonce::default(), sealed.bytes.as_slice()).ok()?;
        String::from_utf8(plain).ok()
    }

    /// Writes the file again without `ids`; false when it had none of them.
    pub fn destroy(mut self, ledger: &Path, ids: &[KeyId]) -> std::io::Result<bool> {
        let before = self.known.len();
        self.known.retain(|id, _| !ids.contains(id));
        if self.known.len() == before {
            return Ok(false);
        }
        let path = keys_path(ledger);
        let new = path.with_extension("keys-new");
        let mut file = private(OpenOptions::new().write(true).create(true).truncate(true)).open(&new)?;
        file.write_all(format!("{TITLE}\n").as_bytes())?;
        for (id, key) in &self.known {
            file.write_all(line(*id, key).as_bytes())?;
        }
        file.sync_all()?;
        fs::rename(&new, &path)?;
        sync_folder(&path)?;
        Ok(true)
    }
}

impl Ledger {
    /// A text that names a person, as it is to be shown.
    pub(crate) fn opened(&self, kept: Option<Personal>) -> Result<Option<String>, LedgerError> {
        match kept {
            None => Ok(None),
            Some(Personal::Plain(text)) => Ok(Some(text)),
            Some(Personal::Sealed(sealed)) => self.unsealed(&sealed).map(Some),
        }
    }

    fn unsealed(&self, sealed: &Sealed) -> Result<String, LedgerError> {
        if let Some(on) = self.erased_on(sealed.key)? {
            return Ok(format!("[erased {on}]"));
        }
        let mut keys = self.keys.borrow_mut();
        if keys.as_ref().is_none_or(|keys| !keys.known.contains_key(&sealed.key)) {
            // Another process may have added keys since. Who may not read them reads everything else.
            *keys = Some(Keys::load(&self.path).unwrap_or_default());
        }
        let text = keys.as_ref().and_then(|keys| keys.unseal(sealed));
        Ok(text.unwrap_or_else(|| "[its key is not here]".to_owned()))
    }

    /// The day on which the data under a key was erased.
    fn erased_on(&self, key: KeyId) -> Result<Option<Date>, LedgerError> {
        let entries = self.rows(
            "SELECT entry.at FROM erased JOIN entry ON entry.number = erased.entry WHERE erased.key = ?",
            [i64::from_be_bytes(key)],
            |row| row.get::<_, i64>(0),
        )?;
        let at = entries.first().and_then(|micros| Timestamp::from_microsecond(*micros).ok());
        Ok(at.map(|at| TimeZone::UTC.to_datetime(at).date()))
    }

    /// The keys under which the personal data of a report or correction is locked up, as far as it is not erased.
    pub(crate) fn keys_of(&self, of: &Id) -> Result<Vec<KeyId>, LedgerError> {
        let report = lookup::report_entry(&self.conn, &self.path, of)?;
        let correction = lookup::correction_entry(&self.conn, &self.path, of)?;
        let kept = match report.or(correction).map(|entry| lookup::value_at(&self.conn, &self.path, entry)) {
            Some(found) => match found?.1 {
                Value::Report(report, byline) if report.id == *of => byline,
                Value::Correction(correction, contact) if correction.id == *of => contact,
                _ => None,
            },
            None => return Err(LedgerError::Unknown { path: self.path.clone(), id: of.clone() }),
        };
        match kept {
            Some(Personal::Sealed(sealed)) if self.erased_on(sealed.key)?.is_none() => Ok(vec![sealed.key]),
            _ => Ok(Vec::new()),
        }
    }

    /// Destroys the keys that erasures name and the file still has: also those that a process was killed before.
    pub(crate) fn destroy_erased_keys(&mut self) -> Result<(), LedgerError> {
        let ids = self.rows("SELECT key FROM erased", [], |row| row.get::<_, i64>(0))?;
        let ids: Vec<_> = ids.into_iter().map(i64::to_be_bytes).collect();
        let left = if ids.is_empty() { Keys::default() } else { Keys::load(&self.path)? };
        if ids.iter().all(|id| !left.known.contains_key(id)) {
            return Ok(());
        }
        // Nobody may add keys meanwhile: they would be lost.
        let alone = self.batch()?;
        let path = alone.path().to_owned();
        Keys::load(&path)?.destroy(&path, &ids).map_err(|e| LedgerError::keys(&path, &e))?;
        drop(alone);
        self.keys.take();
        Ok(())
    }
}

/// Adds keys to the file. When this returns they have reached the disk.
pub fn save(ledger: &Path, keys: &[(KeyId, [u8; 32])]) -> std::io::Result<()> {
    let path = keys_path(ledger);
    let new = !path.exists();
    let mut file = private(OpenOptions::new().append(true).create(true)).open(&path)?;
    // The empty line ends a line that a killed process may have left unfinished.
    let mut text = if new { format!("{TITLE}\n") } else { "\n".to_owned() };
    text.extend(keys.iter().map(|(id, key)| line(*id, key)));
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if new { sync_folder(&path) } else { Ok(()) }
}

/// Only the owner may read keys.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Makes a new name in a file's folder last.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

fn line(id: KeyId, key: &[u8; 32]) -> String {
    format!("{:016x} {}\n", u64::from_be_bytes(id), blake3::Hash::from(*key).to_hex())
}

fn entry(line: &str) -> Option<(KeyId, [u8; 32])> {
    let (id, key) = line.split_once(' ')?;
    let id = (id.len() == 16).then(|| u64::from_str_radix(id, 16).ok())??;
    Some((id.to_be_bytes(), *blake3::Hash::from_hex(key).ok()?.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_no_other() {
        let (sealed, key) = seal("A. Writer").unwrap();
        let with = |key| Keys { known: BTreeMap::from([(sealed.key, key)]) }.unseal(&sealed);
        assert_eq!(with(key).as_deref(), Some("A. Writer"));
        assert_eq!(with([7; 32]), None);
        assert_eq!(Keys::default().unseal(&sealed), None);
        assert!(!sealed.bytes.windows(6).any(|w| w == b"Writer"));
    }
}
