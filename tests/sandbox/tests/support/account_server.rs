//! The server of an account or a third-party platform: it reads pushes with a token and a key, as the official text says.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use aes::Aes256;
use base64::{
    Engine,
    alphabet::STANDARD as ALPHABET,
    engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD},
};
use cbc::cipher::{BlockDecryptMut, KeyIvInit, block_padding::NoPadding};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::Gateway;

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Pushed {
    pub(crate) method: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) body: String,
}

/// A listening account.
pub(crate) struct AccountServer {
    pub(crate) url: String,
    arrived: Arc<Mutex<Vec<Pushed>>>,
    answer: Arc<Mutex<(u16, String)>>,
}

impl AccountServer {
    /// Listens on a free port, answers `success`, and the console with its `echostr`.
    pub(crate) fn start() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/wechat", socket.local_addr().unwrap());
        let arrived = Arc::<Mutex<Vec<Pushed>>>::default();
        let answer = Arc::new(Mutex::new((200, "success".to_owned())));
        let (kept, told) = (Arc::clone(&arrived), Arc::clone(&answer));
        std::thread::spawn(move || {
            for stream in socket.incoming() {
                let mut stream = stream.unwrap();
                let pushed = read(&mut stream);
                let (status, text) = told.lock().unwrap().clone();
                let text = pushed.value("echostr").filter(|_| status == 200).map_or(text, str::to_owned);
                kept.lock().unwrap().push(pushed);
                let length = text.len();
                let head = format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
                let _read = write!(stream, "{head}{text}");
            }
        });
        Self { url, arrived, answer }
    }

    /// Answers this from now on.
    pub(crate) fn answer(&self, status: u16, text: &str) {
        *self.answer.lock().unwrap() = (status, text.to_owned());
    }

    /// What has arrived since it was last asked.
    pub(crate) fn take(&self) -> Vec<Pushed> {
        std::mem::take(&mut self.arrived.lock().unwrap())
    }
}

impl Pushed {
    /// A query as text, with its body.
    pub(crate) fn of(query: &str, body: &str) -> Self {
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { method: "POST".to_owned(), query, body: body.to_owned() }
    }

    /// A query parameter.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// An element of the body, be it XML or JSON.
    pub(crate) fn element(&self, name: &str) -> Option<String> {
        element(&self.body, name)
    }

    /// Whether `signature` is right.
    pub(crate) fn is_signed(&self, token: &str) -> bool {
        self.value("signature").unwrap() == self.signature(&[token])
    }

    /// What is encrypted in it: signature, key, padding, length and appid are checked.
    pub(crate) fn open(&self, keys: &Value, appid: &str) -> Result<String, String> {
        let encrypt = self.element("Encrypt").ok_or("nothing is encrypted")?;
        let text = |name: &str| keys[name].as_str().unwrap();
        if self.value("msg_signature").unwrap_or_default() != self.signature(&[text("token"), &encrypt]) {
            return Err("msg_signature".to_owned());
        }
        let lenient = GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true);
        let key = GeneralPurpose::new(&ALPHABET, lenient).decode(format!("{}=", text("encoding_aes_key"))).unwrap();
        let plain = cbc::Decryptor::<Aes256>::new_from_slices(&key, &key[..16])
            .unwrap()
            .decrypt_padded_vec_mut::<NoPadding>(&STANDARD.decode(encrypt).unwrap())
            .unwrap();
        let count = *plain.last().unwrap();
        if !(1..=32).contains(&count) || !plain.ends_with(&vec![count; count.into()]) {
            return Err("padding".to_owned());
        }
        let content = &plain[16..plain.len() - usize::from(count)];
        let length = usize::try_from(u32::from_be_bytes(content[..4].try_into().unwrap())).unwrap();
        let (message, rest) = content[4..].split_at_checked(length).ok_or("length")?;
        if rest != appid.as_bytes() {
            return Err("appid".to_owned());
        }
        String::from_utf8(message.to_vec()).map_err(|error| error.to_string())
    }

    fn signature(&self, more: &[&str]) -> String {
        let mut texts = [&[self.value("timestamp").unwrap(), self.value("nonce").unwrap()], more].concat();
        texts.sort_unstable();
        format!("{:x}", Sha1::digest(texts.concat()))
    }
}

/// An account with an address.
pub(crate) struct Account {
    pub(crate) gateway: Gateway,
    pub(crate) server: AccountServer,
}

impl Account {
    pub(crate) fn new(choice: &Value) -> Self {
        let (gateway, server) = (Gateway::start(&[]), AccountServer::start());
        set_url(&gateway, &server, choice);
        Self { gateway, server }
    }

    /// Everything that has arrived, all that is due included.
    pub(crate) fn told(&self) -> Vec<Pushed> {
        self.gateway.control_get("/pushes");
        self.server.take()
    }

    /// One event at once.
    pub(crate) fn trigger(&self, wanted: &Value) -> Value {
        let (status, push) = self.gateway.control_post("/pushes", wanted);
        assert_eq!(status, 200, "{push}");
        push
    }

    /// What is encrypted in a push.
    pub(crate) fn open(&self, pushed: &Pushed) -> Result<String, String> {
        pushed.open(&self.gateway.info["account"]["push"], self.gateway.text("/account/appid"))
    }

    /// One event under a fault.
    pub(crate) fn under(&self, fault: &str) -> Pushed {
        let wanted = json!({"event": "update_invoice_status", "Status": "INVOICE_REIMBURSE_LOCK", "fault": fault});
        let push = self.trigger(&wanted);
        assert_eq!(push["attempts"][0]["fault"], json!([format!("push_{fault}")]));
        self.server.take().remove(0)
    }
}

/// Sets where an account is told.
pub(crate) fn set_url(gateway: &Gateway, server: &AccountServer, choice: &Value) {
    let mut choice = choice.clone();
    choice["url"] = json!(server.url);
    let (status, answer) = gateway.control_post("/push-url", &choice);
    assert_eq!(status, 200, "{answer}");
}

/// An element of XML or JSON.
pub(crate) fn element(text: &str, name: &str) -> Option<String> {
    if text.starts_with('{') {
        let value: Value = serde_json::from_str(text).unwrap();
        let value = value.get(name)?;
        return Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    let (_, rest) = text.split_once(&format!("<{name}>"))?;
    let (inner, _) = rest.split_once(&format!("</{name}>"))?;
    let content = inner.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>"));
    Some(content.unwrap_or(inner).to_owned())
}

fn read(stream: &mut TcpStream) -> Pushed {
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
    let mut start = lines[0].split(' ');
    let (method, target) = (start.next().unwrap().to_owned(), start.next().unwrap());
    let (_, query) = target.split_once('?').unwrap_or((target, ""));
    let length = lines.iter().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).unwrap();
    Pushed { method, ..Pushed::of(query, &String::from_utf8(body).unwrap()) }
}
