//! A merchant's address for callbacks: it keeps what arrives and answers what it is told to.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU16, AtomicU64, Ordering},
    },
    time::Duration,
};

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;

use super::client::Reply;

/// A listening merchant.
pub(crate) struct Receiver {
    pub(crate) url: String,
    arrived: Arc<Mutex<Vec<Reply>>>,
    answer: Arc<AtomicU16>,
    delay: Arc<AtomicU64>,
}

impl Receiver {
    /// Listens on a free port and answers 204.
    pub(crate) fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/notify", socket.local_addr().unwrap());
        let (arrived, answer) = (Arc::<Mutex<Vec<Reply>>>::default(), Arc::new(AtomicU16::new(204)));
        let delay = Arc::<AtomicU64>::default();
        let (kept, status, millis) = (Arc::clone(&arrived), Arc::clone(&answer), Arc::clone(&delay));
        std::thread::spawn(move || {
            for stream in socket.incoming() {
                let mut stream = stream.unwrap();
                kept.lock().unwrap().push(read(&mut stream));
                std::thread::sleep(Duration::from_millis(millis.load(Ordering::SeqCst)));
                let status = status.load(Ordering::SeqCst);
                // Whoever has lost patience does not read this.
                let _read = write!(stream, "HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        Self { url, arrived, answer, delay }
    }

    /// Answers this from now on.
    pub(crate) fn answer(&self, status: u16) {
        self.answer.store(status, Ordering::SeqCst);
    }

    /// Takes so long to answer from now on.
    pub(crate) fn wait(&self, delay: Duration) {
        self.delay.store(u64::try_from(delay.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// What has arrived since it was last asked.
    pub(crate) fn take(&self) -> Vec<Reply> {
        std::mem::take(&mut self.arrived.lock().unwrap())
    }
}

/// What is encrypted in a callback or a certificate.
pub(crate) fn open(key: &str, resource: &Value) -> Result<Vec<u8>, aes_gcm::Error> {
    assert_eq!(resource["algorithm"], "AEAD_AES_256_GCM");
    let text = |name: &str| resource[name].as_str().unwrap();
    let ciphertext = STANDARD.decode(text("ciphertext")).unwrap();
    let payload = Payload { msg: &ciphertext, aad: text("associated_data").as_bytes() };
    Aes256Gcm::new_from_slice(key.as_bytes()).unwrap().decrypt(text("nonce").as_bytes().into(), payload)
}

fn read(stream: &mut TcpStream) -> Reply {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim_end().is_empty() {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    assert_eq!(lines.remove(0), "POST /notify HTTP/1.1");
    let pair = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    let headers: Vec<_> = lines.iter().map(|line| pair(line).unwrap()).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length").unwrap().1.parse().unwrap();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    Reply { status: 0, headers, body }
}
