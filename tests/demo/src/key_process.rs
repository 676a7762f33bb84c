//! Every key operation in another process: a stand-in for a KMS or an HSM, spoken to in JSON lines.

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fapiao::flow::{NeedKind, NeedResult};
use fapiao::{KeyRing, PrivateKey, SignatureCheck};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// One operation asked of the key process. Bytes travel as Base64.
#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
enum Asked {
    Load { serial_no: String, private_key: String },
    Sign { serial_no: String, message: String },
    Decrypt { serial_no: String, ciphertext: String },
    Verify { public_key: String, message: String, signature: String },
    Encrypt { public_key: String, plaintext: String },
}

/// What the key process answers.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Answered {
    Bytes(String),
    Valid(bool),
    Loaded,
    Failed(String),
}

/// The other process, seen from here.
#[derive(Debug)]
pub(crate) struct KeyProcess {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// How many operations it did.
    pub(crate) operations: BTreeMap<&'static str, u32>,
}

impl KeyProcess {
    /// Starts it and hands it the private keys by serial number.
    pub(crate) fn start(keys: &[(&str, &str)]) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("--key-process")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the key process could not be started")?;
        let input = child.stdin.take().context("the key process has no input")?;
        let output = BufReader::new(child.stdout.take().context("the key process has no output")?);
        let mut process = Self { child, input, output, operations: BTreeMap::new() };
        for (serial_no, private_key) in keys {
            let load = Asked::Load { serial_no: (*serial_no).to_owned(), private_key: (*private_key).to_owned() };
            process.ask(&load)?;
        }
        Ok(process)
    }

    /// Has one piece of work done there.
    pub(crate) fn work(&mut self, kind: NeedKind) -> Result<NeedResult> {
        let encode = |bytes: &[u8]| STANDARD.encode(bytes);
        let (name, asked, given): (_, _, fn(Vec<u8>) -> NeedResult) = match kind {
            NeedKind::Sign { serial_no, message } => {
                ("sign", Asked::Sign { serial_no, message: encode(&message) }, NeedResult::Signed)
            }
            NeedKind::Decrypt { serial_no, ciphertext } => {
                ("decrypt", Asked::Decrypt { serial_no, ciphertext: encode(&ciphertext) }, NeedResult::Decrypted)
            }
            NeedKind::Encrypt { public_key, plaintext, .. } => {
                let plaintext = encode(plaintext.reveal().as_bytes());
                ("encrypt", Asked::Encrypt { public_key: encode(&public_key), plaintext }, NeedResult::Encrypted)
            }
            NeedKind::Verify { public_key, message, signature, .. } => {
                let (public_key, message) = (encode(&public_key), encode(&message));
                ("verify", Asked::Verify { public_key, message, signature: encode(&signature) }, NeedResult::Encrypted)
            }
            other => bail!("{other:?} is not a key operation"),
        };
        let count = self.operations.entry(name).or_default();
        *count = count.saturating_add(1);
        Ok(match self.ask(&asked)? {
            Answered::Bytes(text) => given(STANDARD.decode(text)?),
            Answered::Valid(true) => NeedResult::Checked(SignatureCheck::Valid),
            Answered::Valid(false) => NeedResult::Checked(SignatureCheck::Invalid),
            Answered::Failed(why) => bail!("the key process failed: {why}"),
            Answered::Loaded => bail!("the key process answered out of turn"),
        })
    }

    fn ask(&mut self, asked: &Asked) -> Result<Answered> {
        writeln!(self.input, "{}", serde_json::to_string(asked)?)?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        serde_json::from_str(&line).context("the key process does not answer")
    }
}

impl Drop for KeyProcess {
    fn drop(&mut self) {
        // One that has stopped already is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other process itself: one answer a line, until its input ends.
pub(crate) fn serve() -> Result<()> {
    let mut keys = BTreeMap::new();
    let mut output = std::io::stdout();
    for line in std::io::stdin().lines() {
        let answered = match serde_json::from_str(&line?) {
            Ok(asked) => answer(&mut keys, asked).unwrap_or_else(|error| Answered::Failed(error.to_string())),
            Err(error) => Answered::Failed(error.to_string()),
        };
        writeln!(output, "{}", serde_json::to_string(&answered)?)?;
        output.flush()?;
    }
    Ok(())
}

fn answer(keys: &mut BTreeMap<String, PrivateKey>, asked: Asked) -> Result<Answered> {
    let key =
        |keys: &BTreeMap<String, PrivateKey>, serial_no: &str| keys.get(serial_no).cloned().context("no such key");
    Ok(match asked {
        Asked::Load { serial_no, private_key } => {
            keys.insert(serial_no, PrivateKey::load(private_key.as_bytes())?);
            Answered::Loaded
        }
        Asked::Sign { serial_no, message } => {
            let signature = key(keys, &serial_no)?.sign(&STANDARD.decode(message)?, &crate::host::moment()?)?;
            Answered::Bytes(STANDARD.encode(signature))
        }
        Asked::Decrypt { serial_no, ciphertext } => {
            Answered::Bytes(STANDARD.encode(key(keys, &serial_no)?.decrypt(&STANDARD.decode(ciphertext)?)?))
        }
        Asked::Verify { public_key, message, signature } => {
            let ring = only(&public_key)?;
            let valid = ring.find("1", ONLY)?.verify(&STANDARD.decode(message)?, &STANDARD.decode(signature)?);
            Answered::Valid(valid)
        }
        Asked::Encrypt { public_key, plaintext } => {
            let encrypted = only(&public_key)?.find("1", ONLY)?.encrypt(
                &STANDARD.decode(plaintext)?,
                &crate::host::moment()?,
                "",
            )?;
            Answered::Bytes(STANDARD.encode(encrypted))
        }
    })
}

/// The name of the one key of a ring made for one operation.
const ONLY: &str = "PUB_KEY_ID_0";

fn only(public_key: &str) -> Result<KeyRing> {
    Ok(KeyRing::new().public_key("1", ONLY, &STANDARD.decode(public_key)?)?)
}
