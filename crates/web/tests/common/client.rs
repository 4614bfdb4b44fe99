//! A browser without a window: sends bytes, reads a reply.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::mpsc;

use holdfire_web::{Options, serve};
use holdfire_world::World;

/// A server on a free port of this machine, over one ledger, until the test program ends.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    pub addr: SocketAddr,
}

/// A reply, taken apart.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

impl Server {
    pub fn start(ledger: &Path) -> Self {
        let world = World::embedded().expect("packs");
        let (tell, hear) = mpsc::channel();
        let options = Options { ledger: ledger.to_owned(), world, addr: ([127, 0, 0, 1], 0).into() };
        std::thread::spawn(move || serve(options, |addr| tell.send(addr).expect("the test listens")));
        Self { addr: hear.recv().expect("the server came up") }
    }

    /// Sends one request as it stands and reads to the end.
    pub fn raw(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(self.addr).expect("the port is open");
        // A refused body may close the way in before all of it is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let more = headers.iter().fold(String::new(), |all, (k, v)| all + k + ": " + v + "\r\n");
        let (host, length) = (self.addr, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n{body}"
        );
        self.raw(request.as_bytes())
    }

    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    /// Sends the correction form from our own page.
    pub fn correct(&self, fields: &[(&str, &str)]) -> Reply {
        let coded = |text: &str| text.bytes().fold(String::new(), |all, b| all + &format!("%{b:02X}"));
        let body: Vec<String> = fields.iter().map(|(k, v)| format!("{k}={}", coded(v))).collect();
        let origin = format!("http://{}", self.addr);
        let headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("Origin", &origin),
            ("Sec-Fetch-Site", "same-origin"),
        ];
        self.send("POST", "/corrections", &headers, &body.join("&"))
    }
}
