//! `serve`: the pages on this machine.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use holdfire_web::Options;

use crate::commands::view::world;
use crate::failure::{Done, Failure, note};

/// Serves a ledger on loopback until it is told to stop.
pub fn run(ledger: &Path, port: u16) -> Result<Done, Failure> {
    let options = Options {
        ledger: ledger.to_owned(),
        world: world()?,
        addr: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
    };
    holdfire_web::serve(options, |addr| {
        note(&format!("serving {} on http://{addr}/ (Ctrl-C ends)", ledger.display()));
    })?;
    Ok(Done::Clean)
}
