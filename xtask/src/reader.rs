//! Reading a report as the program does.

use holdfire_model::Model;
use holdfire_types::{Claim, Report, Sentence};
use holdfire_world::World;

use crate::Fault;

/// The sentences and claims of a report; parties and places resolved.
pub fn read(report: &Report) -> Result<(Vec<Sentence>, Vec<Claim>), Fault> {
    let world = World::embedded()?;
    let sentences = Model::embedded()?.annotate(&report.text);
    let mut claims = holdfire_claims::read(report, &sentences, world).claims;
    world.resolve(report, &mut claims);
    Ok((sentences, claims))
}
