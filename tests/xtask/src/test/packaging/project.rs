//! One empty project: a folder of `tests/packaging`, the package installed in it, a gateway of its own.

use crate::gateway::Sandbox;
use crate::npm;
use crate::shell::{self, step};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A project with the package installed.
pub(super) struct Project {
    /// The package.
    pub(super) package: &'static str,
    pub(super) sandbox: Sandbox,
    folder: TempDir,
}

impl Project {
    /// Copies the folder, installs the tarballs, and writes `input.json`: the shop at the gateway, and what is ordered there.
    pub(super) fn make(package: &'static str, name: &str, tarballs: &[&Path]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let source = shell::root().join("tests/packaging").join(name);
        if source.is_dir() {
            copy(&source, folder.path(), package)?;
        }
        npm::install(tarballs, folder.path())?;
        let project = Self { package, sandbox: Sandbox::start(&[])?, folder };
        fs::write(project.path("input.json"), json!({ "shop": project.shop(), "order": order(name) }).to_string())?;
        Ok(project)
    }

    /// Its folder.
    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file of it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A JSON file of it.
    pub(super) fn read(&self, name: &str) -> Result<Value> {
        let bytes = fs::read(self.path(name)).with_context(|| format!("{name} was not written"))?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// A program run in it.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.folder());
        command
    }

    /// Runs a program of its own on Node.
    pub(super) fn node(&self, program: &str, arguments: &[&str]) -> Result<()> {
        step(&format!("run {program}"), self.command("node").arg(program).args(arguments))
    }

    /// The gateway's word: this many calls arrived from the project, and each was taken.
    pub(super) fn called(&self, times: usize) -> Result<()> {
        let ledger = self.sandbox.look("/ledger")?;
        let arrivals = ledger.get("arrivals").and_then(Value::as_array).context("no ledger")?;
        let taken = arrivals.iter().filter(|arrival| arrival.pointer("/outcome/status") == Some(&Value::from(200)));
        let (arrived, taken) = (arrivals.len(), taken.count());
        ensure!(arrived == times && taken == times, "{taken} of {arrived} calls were taken, {times} are right");
        Ok(())
    }

    /// The configuration of the gateway's direct merchant.
    pub(super) fn shop(&self) -> Value {
        let announced = &self.sandbox.announced;
        let merchant = &announced.pay.direct;
        json!({
            "mchid": merchant.mchid,
            "serial_no": merchant.serial_no,
            "certificate": merchant.certificate,
            "private_key": merchant.private_key,
            "wechatpay_keys": announced.wechatpay_keys,
            "platform_certificates": announced.platform_certificates.values().collect::<Vec<_>>(),
            "hosts": { "main": announced.main, "backup": announced.backup },
        })
    }
}

/// Every file below a folder.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// What a title link needs.
fn order(name: &str) -> Value {
    json!({
        "fapiao_apply_id": format!("packaging-{name}"), "source": "WEB", "appid": "wx5157f09efdc09600",
        "openid": "plN5twRbHym_j-QcqCzstl0HmwEs", "total_amount": 100,
    })
}

/// Copies a folder, with the package's name where its programs name one.
fn copy(from: &Path, to: &Path, package: &str) -> Result<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().context("a file without a folder")?)?;
        fs::write(target, fs::read_to_string(&file)?.replace("fapiao-edge", package))?;
    }
    Ok(())
}
