//! How fast place names are looked up, and in how much memory.
//!
//! A look-up takes one name of marked news to its candidates with their shares, without other names around it. A rate is
//! look-ups over the processor time of one thread.

use std::time::Duration;

use holdfire_world::{PlaceContext, World};

use crate::bench_read::{computing, peak_memory};
use crate::data::Data;
use crate::{Fault, eval_places};

/// Times that the list of names is looked up; the first brings the gazetteer into memory and is told apart.
const ROUNDS: usize = 10;

/// Looks up every name of the marked news and prints the figures.
pub fn run(data: &Data) -> Result<(), Fault> {
    let names = eval_places::names(data)?;
    if names.is_empty() {
        return Err("no names to look up".into());
    }
    let before = peak_memory();
    let begun = computing();
    let world = World::embedded()?;
    println!("load: {:.0} ms of processor time for packs and gazetteer", since(begun) * 1e3);
    let context = PlaceContext { countries: vec!["SY".to_owned()] };
    let look_up = || {
        let begun = computing();
        let found: usize = names.iter().map(|n| world.find_place(n, &context).len()).sum();
        (found, since(begun))
    };
    let (found, first) = look_up();
    let rest: f64 = (1..ROUNDS).map(|_| look_up().1).sum();
    println!(
        "look-ups: {:.0} a second of processor time, {:.0} in the first round ({} names, {found} candidates)",
        (names.len() * (ROUNDS - 1)) as f64 / rest,
        names.len() as f64 / first,
        names.len()
    );
    println!("peak memory: {:.0} MiB, {before:.0} MiB of it before packs and gazetteer", peak_memory());
    println!("again: cargo xtask bench places --data DIR");
    Ok(())
}

/// Seconds of this thread's processor time since `begun`.
fn since(begun: Duration) -> f64 {
    computing().saturating_sub(begun).as_secs_f64().max(1e-9)
}
