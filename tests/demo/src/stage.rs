//! What every part of the demo stands on.

use super::show::Show;
use crate::host::Host;
use anyhow::{Context, Result, bail};
use fapiao::{File, Flow, MerchantConfig, PrivateKey, Reply};
use fapiao_test_support::gateway::{Merchant, Sandbox};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Longest wait for an invoice to be issued.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Stage<'a, 'h> {
    pub(super) sandbox: &'a Sandbox,
    pub(super) host: &'a Host<'h>,
    pub(super) show: &'a Show,
    pub(super) out: PathBuf,
    pub(super) remote_keys: bool,
}

impl Stage<'_, '_> {
    /// Drives a flow; a failure is told with its code, help and decision.
    pub(super) fn run<A: Reply>(&self, mut flow: Flow<A>) -> Result<A> {
        flow.keep_tokens();
        let outcome = self.host.run(flow)?;
        let decision = crate::host::told(outcome.decision);
        outcome
            .result
            .map_err(|error| anyhow::anyhow!("{error}\n  help: {}\n  decision: {decision}", error.code().help()))
    }

    /// A merchant's configuration, with its key here or elsewhere.
    pub(super) fn merchant(&self, merchant: &Merchant) -> Result<MerchantConfig> {
        let config = self.sandbox.announced.merchant(merchant)?;
        if self.remote_keys {
            return Ok(config.keys_elsewhere());
        }
        Ok(config.private_key(PrivateKey::load(merchant.private_key.as_bytes())?))
    }

    /// Asks until there is an answer, twice a second.
    pub(super) fn until<T>(mut ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(found) = ask()? {
                return Ok(found);
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        bail!("still not there after {} seconds", PATIENCE.as_secs())
    }

    /// Saves a PDF.
    pub(super) fn save(&self, name: &str, file: &File) -> Result<PathBuf> {
        let path = self.out.join(name);
        fapiao_test_support::save::write(&path, &file.bytes).context("the PDF was not saved")?;
        Show::result(&format!("{} bytes of {} saved as {}", file.bytes.len(), file.media_type, path.display()));
        Ok(path)
    }
}
