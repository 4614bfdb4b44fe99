//! The pages and the HTTP API of a ledger.
//!
//! - [`serve`] answers on one address until it is told to stop.
//! - A *page* is made on the server, works without script, and asks nothing of any other machine.
//! - A *view* is the same as JSON, under `/api/`.
//! - Every address also exists under `/at/MOMENT/`: the record as it stood then.
//!
//! The record is built once for each state of the ledger and shared by all requests.
#![allow(
    clippy::disallowed_methods,
    reason = "the web answers from files and stamps corrections with the time"
)]
#![allow(
    clippy::unnecessary_wraps,
    reason = "every page and view has one signature, also those that cannot fail yet"
)]
#![allow(
    clippy::needless_pass_by_value,
    clippy::trivially_copy_pass_by_ref,
    reason = "templates call functions with values and with references to them, as they come"
)]

mod api;
mod app;
mod ask;
mod draw;
mod guard;
mod listen;
mod marks;
mod pace;
mod pages;
mod reply;
mod routes;
mod site;
mod submit;
mod words;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use holdfire_ledger::{AsOf, LedgerError};
use holdfire_world::World;
use tokio::net::TcpListener;

use crate::app::App;

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The ledger file.
    pub ledger: PathBuf,
    /// Parties, truces, places.
    pub world: &'static World,
    /// The address; port 0 takes any free one. On a loopback address only requests that name this machine are answered.
    pub addr: SocketAddr,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The address cannot be had.
    #[error("{addr}: the address cannot be used ({source}); choose another port, or 0 for any free one")]
    Address {
        /// The address.
        addr: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gives no threads.
    #[error("the server could not start ({0}); close other programs and try again")]
    Start(std::io::Error),
}

/// Serves pages and API until the program is interrupted. Calls `on_ready` with the address once it is open.
pub fn serve(options: Options, on_ready: impl FnOnce(SocketAddr)) -> Result<(), WebError> {
    let app = App::new(options.ledger, options.world, options.addr.ip().is_loopback());
    // Whatever is wrong with the ledger is told now, not on the first page.
    app.snapshot(AsOf::Now)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(16)
        .enable_all()
        .build()
        .map_err(WebError::Start)?;
    runtime.block_on(async {
        let failed = |source| WebError::Address { addr: options.addr, source };
        let listener = TcpListener::bind(options.addr).await.map_err(failed)?;
        on_ready(listener.local_addr().map_err(failed)?);
        let stop = async {
            // Where no signal can be heard, the process is ended from outside.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        listen::listen(listener, routes::routes(Arc::new(app)), stop).await;
        Ok(())
    })
}
