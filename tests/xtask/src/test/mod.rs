//! `cargo xtask test`: every test there is, each part also alone.

mod demonstration;
mod javascript;
mod node;
mod packaging;
mod peers;
mod python;
mod readme;
mod suite;

use crate::shell::{cargo, step};
use crate::{chaos, fuzz, generate, lints, rooms, setup, shell};
use anyhow::{Result, bail, ensure};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Sets up what is missing and runs every test, or the named parts.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Parts to run; all where none is named.
    #[arg(value_name = "PART", value_parser = names())]
    parts: Vec<String>,
}

struct Part {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<()>,
}

/// The parts, the quickest to fail first.
const PARTS: &[Part] = &[
    Part { name: "style", about: "format, lints, generated files, the rooms of the house", run: style },
    Part { name: "rust", about: "core with each crypto feature, vectors, properties, doctests", run: rust },
    Part { name: "sandbox", about: "the gateway's own tests", run: sandbox },
    Part { name: "wasm", about: "core and its engine for wasm32: lints, and what must not be in it", run: wasm },
    Part {
        name: "demo",
        about: "the main job, with keys here and in another process, witnessed",
        run: demonstration::run,
    },
    Part {
        name: "python",
        about: "the wheel and its source: vectors, types, transports, threads, the demo",
        run: python::run,
    },
    Part {
        name: "chaos",
        about: "10,000 calls through every fault and world, judged by the ledger; each sabotage caught",
        run: chaos,
    },
    Part {
        name: "javascript",
        about: "the packed package on Node, workerd, Deno, Bun and edge-runtime",
        run: javascript::run,
    },
    Part {
        name: "node",
        about: "the native package on Node 20, 22 and 24, without its binary, under load, and wherever else it is imported",
        run: node::run,
    },
    Part {
        name: "packaging",
        about: "the packed packages in projects of their users: Node, TypeScript, Vite, Workers, a browser, keys elsewhere",
        run: packaging::run,
    },
    Part { name: "readme", about: "the programs of the README, the same in English and Chinese", run: readme::run },
    Part { name: "peers", about: "other SDKs check and open what is ours, and we theirs", run: peers::run },
    Part { name: "witness", about: "vectors made again by other implementations", run: witness },
    Part { name: "lints", about: "what can panic is planted into a copy of core and must be refused", run: lints::run },
    Part { name: "fuzz", about: "every fuzz target, a few seconds each", run: fuzz },
    Part { name: "deny", about: "licences, bans and sources of dependencies", run: deny },
];

pub(crate) fn run(options: &Options) -> Result<()> {
    let chosen: Vec<_> = PARTS
        .iter()
        .filter(|part| options.parts.is_empty() || options.parts.iter().any(|name| name == part.name))
        .collect();
    let started = Instant::now();
    let mut failed = Vec::new();
    for part in &chosen {
        println!("\n══ {} ({})", part.name, part.about);
        let clock = Instant::now();
        let result = (part.run)();
        println!(
            "══ {}: {} in {:.1} s",
            part.name,
            if result.is_ok() { "passed" } else { "FAILED" },
            clock.elapsed().as_secs_f64()
        );
        if let Err(error) = result {
            println!("   {error:#}");
            failed.push(part.name);
        }
    }
    let passed = chosen.len().saturating_sub(failed.len());
    println!("\n{} parts in {:.0} s", chosen.len(), started.elapsed().as_secs_f64());
    println!("{passed} passed, {} failed", failed.len());
    if !failed.is_empty() {
        bail!("failed: {}; run one alone with cargo xtask test {}", failed.join(", "), failed.join(" "));
    }
    Ok(())
}

fn names() -> clap::builder::PossibleValuesParser {
    PARTS.iter().map(|part| clap::builder::PossibleValue::new(part.name).help(part.about)).collect::<Vec<_>>().into()
}

fn style() -> Result<()> {
    step("format", cargo().args(["fmt", "--all", "--check"]))?;
    step("lints", cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]))?;
    for features in
        [&["--features", "rsa"][..], &["--no-default-features", "--features", "rsa"], &["--no-default-features"]]
    {
        let mut clippy = cargo();
        clippy
            .args(["clippy", "--quiet", "--package", "fapiao", "--all-targets"])
            .args(features)
            .args(["--", "--deny", "warnings"]);
        step(&format!("lints of core with {}", features.join(" ")), &mut clippy)?;
    }
    step(
        "documentation",
        cargo().env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--quiet", "--no-deps", "--package", "fapiao"]),
    )?;
    generate::run(&generate::Options { check: true })?;
    rooms::check()
}

fn rust() -> Result<()> {
    step("core with aws-lc and rsa", cargo().args(["test", "--quiet", "--package", "fapiao", "--features", "rsa"]))?;
    let rsa = ["test", "--quiet", "--package", "fapiao", "--no-default-features", "--features", "rsa"];
    step("core with rsa", cargo().args(rsa))?;
    step("core without crypto", cargo().args(["test", "--quiet", "--package", "fapiao", "--no-default-features"]))?;
    step("the project's own commands", cargo().args(["test", "--quiet", "--package", "xtask"]))
}

fn sandbox() -> Result<()> {
    step("sandbox", cargo().args(["test", "--quiet", "--package", "fapiao-sandbox"]))
}

/// What must not be in core where WebCrypto does RSA.
const NOT_IN_WASM: [&str; 4] = ["getrandom", "tokio", "rsa", "aws-lc"];

fn wasm() -> Result<()> {
    setup::wasm_target()?;
    // The engine has no code for any other target, where the lints of everything else are.
    let engine = ["clippy", "--quiet", "--package", "fapiao-wasm", "--target", setup::WASM, "--", "--deny", "warnings"];
    step("core and its engine for wasm32, with lints", cargo().args(engine))?;
    let core = ["--package", "fapiao", "--no-default-features", "--target", setup::WASM];
    let tree = cargo().args(["tree", "--edges", "normal,build", "--prefix", "none"]).args(core).output()?;
    ensure!(tree.status.success(), "cargo tree failed");
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let found: Vec<_> = tree.lines().filter(|line| NOT_IN_WASM.iter().any(|name| line.starts_with(name))).collect();
    ensure!(found.is_empty(), "core for wasm32 depends on {}", found.join(", "));
    println!("   {} crates, none of {}", tree.lines().count(), NOT_IN_WASM.join(", "));
    Ok(())
}

/// The seed of the run that must pass; `cargo xtask chaos` takes a fresh one.
const CHAOS_SEED: &str = "20261122";

fn chaos() -> Result<()> {
    step("the chaos program", cargo().args(["test", "--quiet", "--package", "fapiao-chaos"]))?;
    chaos::run("chaos", &["--calls", "10000", "--seed", CHAOS_SEED])?;
    chaos::run("chaos, sabotaged", &["--sabotages", "--seed", CHAOS_SEED])
}

/// Has other implementations make the vectors again.
pub(crate) fn witness() -> Result<()> {
    let python = setup::python()?;
    for arguments in [&["make_vectors.py", "--check", "--openssl"][..], &["self_test.py", "--openssl"]] {
        let Some((script, flags)) = arguments.split_first() else { continue };
        let mut command = Command::new(&python);
        command.current_dir(shell::root()).arg(PathBuf::from("tests/witness").join(script)).args(flags);
        step(&format!("witness: {script}"), &mut command)?;
    }
    Ok(())
}

/// Seconds each fuzz target gets here; `cargo xtask fuzz` gives more.
const FUZZ_SECONDS: u64 = 5;

fn fuzz() -> Result<()> {
    fuzz::run(&fuzz::Options { seconds: FUZZ_SECONDS, target: None })
}

fn deny() -> Result<()> {
    let binary = setup::cargo_deny()?;
    let mut check = Command::new(binary);
    check.current_dir(shell::root()).args(["--log-level", "warn", "check", "licenses", "bans", "sources"]);
    step("dependencies", &mut check)
}
