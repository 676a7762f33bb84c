//! The sandbox as a child process, and its control door.

use crate::shell;
use anyhow::{Context, Result, ensure};
use fapiao::schema::System;
use fapiao::{Hosts, KeyRing, MerchantCertificate, MerchantConfig};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// What the sandbox prints when it is ready.
#[derive(Clone, Debug, Deserialize)]
pub struct Announcement {
    pub main: String,
    pub backup: String,
    pub control: String,
    pub pay: Merchants,
    pub wechatpay_keys: BTreeMap<String, String>,
    pub platform_certificates: BTreeMap<String, String>,
    pub account: Account,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Merchants {
    pub direct: Merchant,
    pub partner: Merchant,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Merchant {
    pub mchid: String,
    pub serial_no: String,
    pub private_key: String,
    pub certificate: String,
    #[serde(default)]
    pub sub_mchids: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    pub appid: String,
    pub secret: String,
}

impl Announcement {
    /// The sandbox's hosts, from which files may come too.
    pub fn hosts(&self, system: System) -> Result<Hosts> {
        Ok(Hosts::of(system).at(&self.main, &self.backup)?.allow_download("127.0.0.1")?)
    }

    /// A merchant's configuration, its private key left out.
    pub fn merchant(&self, merchant: &Merchant) -> Result<MerchantConfig> {
        let mut ring = KeyRing::new();
        for (id, key) in &self.wechatpay_keys {
            ring = ring.public_key(&merchant.mchid, id, key.as_bytes())?;
        }
        for certificate in self.platform_certificates.values() {
            ring = ring.certificate(&merchant.mchid, certificate.as_bytes())?;
        }
        let certificate = MerchantCertificate::load(merchant.certificate.as_bytes())?;
        let config = MerchantConfig::new(&merchant.mchid, &merchant.serial_no);
        Ok(config.certificate(certificate).keys(ring).hosts(self.hosts(System::Pay)?))
    }
}

/// A running sandbox; it stops with this value.
#[derive(Debug)]
pub struct Sandbox {
    child: Child,
    pub announced: Announcement,
    /// The line it came in, for programs in other languages.
    pub announcement: String,
    control: ureq::Agent,
}

impl Sandbox {
    /// Builds the sandbox where needed and starts it.
    pub fn start(arguments: &[&str]) -> Result<Self> {
        let target = build()?;
        let mut child = Command::new(target)
            .args(["--port", "0", "--exit-with-stdin"])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("the sandbox could not be started")?;
        let output = child.stdout.take().context("the sandbox has no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let announced = serde_json::from_str(&line).context("the sandbox did not announce itself")?;
        Ok(Self { child, announced, announcement: line, control: ureq::Agent::new_with_defaults() })
    }

    /// What it announced, as it was printed: for programs in other languages.
    pub fn announced_json(&self) -> Result<Value> {
        Ok(serde_json::from_str(&self.announcement)?)
    }

    /// Orders something at the control door.
    pub fn order(&self, path: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{path}", self.announced.control);
        let mut answer = self.control.post(&url).send_json(body).with_context(|| format!("control {path}"))?;
        Ok(answer.body_mut().read_json()?)
    }

    /// Reads something at the control door.
    pub fn look(&self, path: &str) -> Result<Value> {
        let url = format!("{}{path}", self.announced.control);
        let mut answer = self.control.get(&url).call().with_context(|| format!("control {path}"))?;
        Ok(answer.body_mut().with_config().limit(512 * 1024 * 1024).read_json()?)
    }

    /// Prints what arrived and took effect; fails where an effect happened twice.
    pub fn show_ledger(&self) -> Result<()> {
        let ledger = self.look("/ledger")?;
        let arrivals = ledger.get("arrivals").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut statuses = BTreeMap::new();
        for arrival in arrivals {
            let status = arrival.pointer("/outcome/status").and_then(Value::as_u64).unwrap_or_default();
            let count: &mut u32 = statuses.entry(status).or_default();
            *count = count.saturating_add(1);
        }
        let effects = self.look("/ledger/effects")?;
        let kinds: Vec<_> = effects
            .get("effects")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|effect| Some(format!("{} ×{}", effect.get("kind")?.as_str()?, effect.get("count")?)))
            .collect();
        println!("\nledger: {} arrivals, by status {statuses:?}; effects: {}", arrivals.len(), kinds.join(", "));
        ensure!(effects.get("doubled").and_then(Value::as_u64) == Some(0), "an effect happened twice");
        Ok(())
    }

    /// Clears every fault.
    pub fn clear_faults(&self) -> Result<()> {
        self.control.delete(format!("{}/faults", self.announced.control)).call()?;
        Ok(())
    }

    /// The payer fills in the title behind a link.
    pub fn fill_in_title(&self, fapiao_apply_id: &str) -> Result<Value> {
        self.order("/title", &json!({ "fapiao_apply_id": fapiao_apply_id }))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It also stops by itself when our end of its input closes; an already stopped one is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Names a sandbox that is built already, here and for the tests of the other languages.
pub const BUILT: &str = "FAPIAO_SANDBOX";

/// Builds the sandbox where needed; its path.
pub fn build() -> Result<PathBuf> {
    match std::env::var_os(BUILT) {
        Some(built) => Ok(built.into()),
        None => shell::built("fapiao-sandbox"),
    }
}
