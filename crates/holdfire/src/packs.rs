//! The packs that this run uses: the binary's own, and those that a person brings.

use std::sync::OnceLock;

use holdfire_world::{PACKS, Pack, World, WorldError};

/// A world with packs of a person's own.
#[derive(Debug)]
struct Own {
    world: World,
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
    let world = World::from_packs(&kept.copied().chain(own).collect::<Vec<_>>())?;
    let digest = hasher.finalize().to_hex()[..16].to_owned();
    OWN.get_or_init(|| Own { world, digest });
    Ok(())
}
