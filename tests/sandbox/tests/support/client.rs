//! A client written for these tests alone: it signs, sends and verifies.

use std::sync::OnceLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use rand::{Rng, rngs::OsRng};
use rsa::{
    Oaep, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey,
    pkcs8::{DecodePrivateKey, DecodePublicKey},
};
use serde_json::Value;
use sha1::Sha1;
use sha2::{Digest, Sha256};
use ureq::http::Request;

use super::Gateway;

pub(crate) const KEY_ID: &str = "PUB_KEY_ID_0119000001002026112200000000001";

/// One request, to be changed by a test before it is sent.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) base: String,
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) body: Vec<u8>,
    pub(crate) headers: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// A merchant and its key.
pub(crate) struct Caller {
    pub(crate) mchid: String,
    pub(crate) serial: String,
    pub(crate) key: RsaPrivateKey,
}

impl Gateway {
    pub(crate) fn caller(&self, name: &str) -> Caller {
        let text = |field: &str| self.text(&format!("/pay/{name}/{field}")).to_owned();
        let key = RsaPrivateKey::from_pkcs8_pem(&text("private_key")).unwrap();
        Caller { mchid: text("mchid"), serial: text("serial_no"), key }
    }

    /// A signed request with everything right.
    pub(crate) fn draft(&self, caller: &Caller, method: &'static str, target: &str, body: &str) -> Draft {
        let mut draft = self.plain(method, target, body);
        draft.headers.push(("Wechatpay-Serial".into(), KEY_ID.into()));
        let (target, nonce) = (draft.target.clone(), nonce());
        draft.set("Authorization", &caller.authorization(method, &target, self.now(), &nonce, body.as_bytes()));
        draft
    }

    /// A request without signature.
    pub(crate) fn plain(&self, method: &'static str, target: &str, body: &str) -> Draft {
        let mut draft = Draft {
            base: self.text("/main").to_owned(),
            method,
            target: target.to_owned(),
            body: body.as_bytes().to_vec(),
            headers: vec![("Accept".into(), "application/json".into()), ("User-Agent".into(), "test/1".into())],
        };
        if !body.is_empty() {
            draft.set("Content-Type", "application/json");
        }
        draft
    }

    pub(crate) fn send(&self, draft: &Draft) -> Result<Reply, ureq::Error> {
        let mut request = Request::builder().method(draft.method).uri(format!("{}{}", draft.base, draft.target));
        for (name, value) in &draft.headers {
            request = request.header(name, value);
        }
        let mut response = self.agent.run(request.body(draft.body.clone()).unwrap())?;
        let body = response.body_mut().read_to_vec()?;
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let headers = response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        Ok(Reply { status: response.status().as_u16(), headers, body })
    }

    pub(crate) fn call(&self, caller: &Caller, method: &'static str, target: &str, body: &str) -> Reply {
        self.send(&self.draft(caller, method, target, body)).unwrap()
    }

    pub(crate) fn get(&self, url: &str) -> Reply {
        let mut draft = self.plain("GET", "", "");
        url.clone_into(&mut draft.base);
        self.send(&draft).unwrap()
    }

    /// Verifies an answer the way the official text says; the clock apart.
    pub(crate) fn verify(&self, reply: &Reply) -> Result<(), String> {
        let header = |name: &str| reply.header(name).ok_or(format!("no {name}"));
        let (timestamp, nonce) = (header("wechatpay-timestamp")?, header("wechatpay-nonce")?);
        let message = [timestamp.as_bytes(), b"\n", nonce.as_bytes(), b"\n", &reply.body, b"\n"].concat();
        let signature = STANDARD.decode(header("wechatpay-signature")?).map_err(|error| error.to_string())?;
        let key = self.platform_key(header("wechatpay-serial")?).ok_or("unknown serial")?;
        key.verify(Pkcs1v15Sign::new::<Sha256>(), &Sha256::digest(&message), &signature)
            .map_err(|error| error.to_string())
    }

    /// A field sealed for WeChat Pay.
    pub(crate) fn seal(&self, plain: &str) -> String {
        let key = self.platform_key(KEY_ID).unwrap();
        STANDARD.encode(key.encrypt(&mut OsRng, Oaep::new::<Sha1>(), plain.as_bytes()).unwrap())
    }

    fn platform_key(&self, serial: &str) -> Option<RsaPublicKey> {
        if let Some(pem) = self.info["wechatpay_keys"].get(serial) {
            return RsaPublicKey::from_public_key_pem(pem.as_str()?).ok();
        }
        let pem = self.info["platform_certificates"].get(serial)?.as_str()?;
        Some(certificate_key(pem))
    }
}

impl Caller {
    pub(crate) fn authorization(&self, method: &str, target: &str, timestamp: i64, nonce: &str, body: &[u8]) -> String {
        let head = format!("{method}\n{target}\n{timestamp}\n{nonce}\n");
        let digest = Sha256::digest([head.as_bytes(), body, b"\n"].concat());
        let signature = STANDARD.encode(self.key.sign(Pkcs1v15Sign::new::<Sha256>(), &digest).unwrap());
        format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{}\",nonce_str=\"{nonce}\",signature=\"{signature}\",\
             timestamp=\"{timestamp}\",serial_no=\"{}\"",
            self.mchid, self.serial
        )
    }

    pub(crate) fn open(&self, sealed: &Value) -> String {
        let bytes = STANDARD.decode(sealed.as_str().unwrap()).unwrap();
        String::from_utf8(self.key.decrypt(Oaep::new::<Sha1>(), &bytes).unwrap()).unwrap()
    }
}

impl Draft {
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.drop_header(name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn drop_header(&mut self, name: &str) {
        self.headers.retain(|(known, _)| known != name);
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Status and code of an error answer.
    pub(crate) fn code(&self) -> (u16, String) {
        (self.status, self.json()["code"].as_str().unwrap().to_owned())
    }

    /// The field an error answer names.
    pub(crate) fn field(&self) -> String {
        self.json()["detail"]["field"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn nonce() -> String {
    rand::thread_rng().sample_iter(rand::distributions::Alphanumeric).take(32).map(char::from).collect()
}

/// The RSA key of a certificate: the one stretch of its bytes that reads as a public key.
fn certificate_key(pem: &str) -> RsaPublicKey {
    static FOUND: OnceLock<std::sync::Mutex<std::collections::HashMap<String, RsaPublicKey>>> = OnceLock::new();
    let mut found = FOUND.get_or_init(std::sync::Mutex::default).lock().unwrap();
    found.entry(pem.to_owned()).or_insert_with(|| search_key(pem)).clone()
}

fn search_key(pem: &str) -> RsaPublicKey {
    use rsa::pkcs8::DecodePublicKey as _;
    let text: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let der = STANDARD.decode(text).unwrap();
    // A SubjectPublicKeyInfo of 2048 bits is 294 bytes long and starts with these.
    let start = der.windows(4).position(|window| window == [0x30, 0x82, 0x01, 0x22]).unwrap();
    RsaPublicKey::from_public_key_der(&der[start..start + 294]).unwrap()
}
