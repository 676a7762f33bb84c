//! On every runtime: an engine that nobody has loaded yet, and keys in another process.

use super::project::Project;
use crate::demo::javascript::RUNTIMES;
use crate::npm::{self, Location};
use crate::shell;
use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::Child;
use std::time::{Duration, Instant};

/// The platform that lets nobody compile: there, the entry of its own brings the module.
const COMPILES_NOTHING: &str = "workerd";

pub(super) fn run(project: &Project) -> Result<()> {
    let service = KeyService::start(project)?;
    for runtime in RUNTIMES {
        slim(project, runtime)?;
        service.used_by(project, runtime)?;
    }
    Ok(())
}

fn place<'a>(project: &'a Project, runtime: &'a str) -> Location<'a> {
    Location { runtime, package: project.package, folder: project.folder() }
}

fn slim(project: &Project, runtime: &str) -> Result<()> {
    let wasm = fs::read(project.path("node_modules").join(project.package).join("core.wasm"))?;
    let input = json!({ "shop": project.shop(), "wasm": STANDARD.encode(wasm) });
    let output = npm::run(place(project, runtime), "slim", &input)?;
    let part = |pointer: &str| output.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let told = |state: &str| {
        part(&format!("/{state}/code")) == "input.state"
            && part(&format!("/{state}/message")).contains("await init(wasm)")
    };
    ensure!(told("before"), "{runtime}: without an engine it said {output}");
    let loaded = output.get("loaded").and_then(Value::as_bool) == Some(true);
    ensure!(loaded == (runtime != COMPILES_NOTHING), "{runtime}: init gave {output}");
    let after = output.pointer("/after/status").and_then(Value::as_u64);
    ensure!(if loaded { after == Some(404) } else { told("after") }, "{runtime}: after init it said {output}");
    println!("   {runtime}: slim says what loads the engine{}", if loaded { ", and runs with it" } else { "" });
    Ok(())
}

/// The README's key service, with the merchant's key.
struct KeyService {
    child: Child,
    url: String,
}

impl KeyService {
    /// Writes the README's two programs into the project and starts the service.
    fn start(project: &Project) -> Result<Self> {
        let readme = fs::read_to_string(shell::root().join("bindings-wasm/README.md"))?;
        for name in ["shop.mjs", "kms.mjs"] {
            let (_, rest) =
                readme.split_once(&format!("```js\n// {name}")).context("the README has no such program")?;
            let (program, _) = rest.split_once("\n```").context("the program does not end")?;
            fs::write(project.path(name), format!("//{program}\n"))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut command = project.command("node");
        command.arg("kms.mjs").env("PORT", port.to_string());
        let child = command.env("PRIVATE_KEY", &project.sandbox.announced.pay.direct.private_key).spawn()?;
        let mut service = Self { child, url: format!("http://127.0.0.1:{port}") };
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if Instant::now() > until || service.child.try_wait()?.is_some() {
                bail!("the key service of the README does not start");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(service)
    }

    /// A program without the key issues an invoice and reads its encrypted fields.
    fn used_by(&self, project: &Project, runtime: &str) -> Result<()> {
        let mut options = project.shop();
        options.as_object_mut().context("no configuration")?.remove("private_key");
        let input = json!({ "kms": self.url, "options": options, "order": runtime });
        let output = npm::run(place(project, runtime), "keys-elsewhere", &input)?;
        let sent = output.get("sent").filter(|sent| sent.is_string());
        ensure!(sent.is_some() && output.get("decrypted") == sent, "{runtime}: decrypted elsewhere: {output}");
        println!("   {runtime}: signed and decrypted by the README's key service");
        Ok(())
    }
}

impl Drop for KeyService {
    fn drop(&mut self) {
        // One that has stopped already is no error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
