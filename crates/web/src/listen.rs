//! Connections: accepted up to a limit, each with a time for its request head, and ended in order when told to stop.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

/// Connections open at one time; later ones wait to be accepted.
const CONNECTIONS: usize = 256;
/// How long a client may take to send a request's head, and an idle connection may stay.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Bytes of a request's head.
const HEAD_BYTES: usize = 32 * 1024;
/// How long open requests may take to end after the word to stop.
const FAREWELL: Duration = Duration::from_secs(5);

/// Serves `app` until `stop` is done.
pub async fn listen(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let farewell = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = farewell.watch(connection(stream, app.clone()));
                tokio::spawn(async move {
                    // A client that breaks off is no fault of ours and nobody waits for word of it.
                    let _ = connection.await;
                    drop(place);
                });
            }
            // Out of file handles, or the client went away: let others finish before the next.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
    let _ = timeout(FAREWELL, farewell.shutdown()).await;
}

fn connection(
    stream: TcpStream,
    app: Router,
) -> http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Router>> {
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
}
