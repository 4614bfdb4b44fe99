//! The packs that this run uses: the binary's own, and those that a person brings.

use std::path::Path;
use std::sync::OnceLock;

use holdfire_world::{PACKS, Pack, World, WorldError};

/// A world with packs of a person's own.
#[derive(Debug)]
struct Own {
    world: World,
    /// Name and text of each pack that this world is made of.
    packs: Vec<(String, String)>,
    digest: String,
}

static OWN: OnceLock<Own> = OnceLock::new();

/// The parties, places and truces that this run knows.
///
/// # Errors
/// [`WorldError`] when the binary was built with a faulty pack.
pub fn world() -> Result<&'static World, WorldError> {
    OWN.get().map_or_else(World::embedded, |own| Ok(&own.world))
}

/// Name and text of each pack that this run knows parties, places and truces from.
pub fn packs() -> Vec<(&'static str, &'static str)> {
    match OWN.get() {
        Some(own) => own.packs.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        None => PACKS.to_vec(),
    }
}

/// Which packs were brought; nothing where the binary's own alone are used.
pub fn digest() -> Option<&'static str> {
    OWN.get().map(|own| own.digest.as_str())
}

/// Lays packs, given as file name and text, over the binary's own: one of the same id takes its place. To be called
/// before anything is read; later calls change nothing.
///
/// # Errors
/// [`WorldError`] names the pack's file, what is wrong and what to do.
pub fn take(packs: &[(String, String)]) -> Result<(), WorldError> {
    let mut ids = Vec::with_capacity(packs.len());
    let mut hasher = blake3::Hasher::new();
    for (file, text) in packs {
        ids.push(Pack::parse(file, text)?.id);
        hasher.update(text.as_bytes());
    }
    let kept = PACKS.iter().filter(|(_, text)| Pack::parse("", text).is_ok_and(|p| !ids.contains(&p.id)));
    let own = packs.iter().map(|(file, text)| (file.as_str(), text.as_str()));
    let used: Vec<_> = kept.copied().chain(own).collect();
    let world = World::from_packs(&used)?;
    let packs = used.iter().map(|(file, text)| (file_name(file), (*text).to_owned())).collect();
    let digest = hasher.finalize().to_hex()[..16].to_owned();
    OWN.get_or_init(|| Own { world, packs, digest });
    Ok(())
}

/// A path's last part: the folder says nothing of the pack.
fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| path.to_owned())
}
