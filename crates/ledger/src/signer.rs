//! The key that signs a ledger's heads, in a file beside the ledger.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::heads::{Checkpoint, bytes};
use crate::personal::{beside, private, sync_folder};
use crate::{Ledger, LedgerError};

/// First line of the file.
const TITLE: &str = "holdfire signer 1";

impl Ledger {
    /// The head, signed with the key in `FILE.signer`, which is made where there is none. `None` for an empty ledger.
    ///
    /// # Errors
    /// [`LedgerError::Signer`] when the key cannot be read or made.
    pub fn checkpoint(&self) -> Result<Option<Checkpoint>, LedgerError> {
        let Some(head) = self.head()? else { return Ok(None) };
        let path = beside(&self.path, ".signer");
        let failed = |detail: String| LedgerError::Signer { path: path.clone(), detail };
        let secret = secret(&path).map_err(|e| failed(e.to_string()))?;
        let secret = secret.ok_or_else(|| failed("this is no file of a signer".to_owned()))?;
        Ok(Some(Checkpoint::sign(head, &secret)))
    }
}

/// The secret key of the file; `None` where the file is something else.
fn secret(path: &PathBuf) -> std::io::Result<Option<[u8; 32]>> {
    let text = match fs::read_to_string(path) {
        Err(e) if e.kind() == ErrorKind::NotFound => make(path)?,
        other => other?,
    };
    let mut lines = text.lines();
    let titled = lines.next() == Some(TITLE);
    Ok(lines.next().filter(|_| titled).and_then(bytes))
}

/// Makes a key. Of two processes that do so at one moment the first one's key is taken by both.
fn make(path: &Path) -> std::io::Result<String> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)?;
    let text = format!("{TITLE}\n{}\n", blake3::Hash::from(secret).to_hex());
    // Written whole under another name first: a file of half a key would be no key.
    let new = beside(path, &format!("-{}", std::process::id()));
    let mut file: File = private(OpenOptions::new().write(true).create(true).truncate(true)).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let linked = fs::hard_link(&new, path);
    fs::remove_file(&new)?;
    match linked {
        Err(e) if e.kind() != ErrorKind::AlreadyExists => return Err(e),
        _ => sync_folder(path)?,
    }
    fs::read_to_string(path)
}
