//! The pages in a real browser, where there is one: they are laid out, break no rule of their own policy, and run
//! nothing that a report brought in. Without a browser the test says so and passes.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads the picture it took and says when it could not look"
)]

mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::client::Server;
use holdfire_world::World;
use tempfile::TempDir;

fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut all = std::env::split_paths(&path).flat_map(|dir| names.map(|name| dir.join(name)));
    all.find(|file| file.is_file())
}

fn look(browser: &Path, profile: &Path, more: &[&str], address: &str) -> Output {
    let profile = format!("--user-data-dir={}", profile.display());
    let fixed = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", &profile];
    Command::new(browser).args(fixed).args(more).arg(address).output().expect("the browser runs")
}

#[test]
fn a_browser_lays_the_pages_out_and_runs_nothing() {
    let Some(browser) = browser() else {
        eprintln!("no chromium on this machine: the pages were not looked at in a browser");
        return;
    };
    let dir = TempDir::new().expect("a folder");
    let ledger = dir.path().join("sample.holdfire");
    let reports = common::record(&ledger, World::embedded().expect("packs"));
    let server = Server::start(&ledger);
    for path in ["/".to_owned(), "/map".to_owned(), format!("/report/{}", reports[8])] {
        let address = format!("http://{}{path}", server.addr);
        let seen = look(&browser, dir.path(), &["--dump-dom"], &address);
        let (page, log) = (String::from_utf8_lossy(&seen.stdout), String::from_utf8_lossy(&seen.stderr));
        assert!(page.contains("<h1") && page.contains("</footer>"), "{path}: {log}");
        assert!(!page.contains("<script") && !page.contains("onerror=\"alert"), "{path} has script");
        assert!(!log.contains("Content Security Policy"), "{path}: {log}");
    }
    for (width, name) in [("1280", "wide.png"), ("390", "narrow.png")] {
        let picture = dir.path().join(name);
        let shot = format!("--screenshot={}", picture.display());
        let size = format!("--window-size={width},1200");
        look(&browser, dir.path(), &["--hide-scrollbars", &size, &shot], &format!("http://{}/", server.addr));
        let bytes = std::fs::read(&picture).expect("a picture");
        // An empty page of this size packs into a few hundred bytes.
        assert!(bytes.starts_with(b"\x89PNG") && bytes.len() > 20_000, "{name}: {} bytes", bytes.len());
    }
}
