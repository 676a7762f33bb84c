//! `cargo xtask test`: every test there is, each part also alone.

mod demonstration;
mod durations;
mod javascript;
mod node;
mod packaging;
mod python;
mod readme;
mod suite;

use crate::setup::Install;
use crate::shell::{cargo, step};
use crate::{fuzz, generate, lints, programs, rooms, setup, shell};
use anyhow::{Result, bail, ensure};
use clap::builder::PossibleValue;
use durations::Durations;
use fapiao_test_support::rustup;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Runs every test there is, the daily ones (quick), or the named parts.
///
/// Needs Rust by rustup and a C compiler; sandbox, demo, rust and style need nothing else. Python 3.10 or later with venv and OpenSSL
/// are needed by demo, python, readme, witness and peers; Node.js 20.19 or later with npm by javascript, node, packaging, python,
/// readme and peers; a C++ compiler by fuzz; Chromium by packaging; Go 1.24 and a JDK 17 with Maven by peers.
/// What can be installed is: before the first part starts, it is said what and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Parts to run; all where none is named.
    #[arg(value_name = "PART", value_parser = names())]
    parts: Vec<String>,
}

struct Part {
    name: &'static str,
    about: &'static str,
    /// What it installs where that is missing.
    installs: &'static [Install],
    run: fn() -> Result<()>,
}

const fn part(name: &'static str, about: &'static str, installs: &'static [Install], run: fn() -> Result<()>) -> Part {
    Part { name, about, installs, run }
}

/// The parts, the quickest to fail first.
const PARTS: &[Part] = &[
    part("style", "format, lints, generated files, the rooms of the house", &[], style),
    part("rust", "core with each crypto feature, vectors, properties, doctests", &[], rust),
    part("sandbox", "the gateway's own tests", &[], sandbox),
    part("wasm", "core and its engine for wasm32: lints, and what must not be in it", &[Install::Rustup], wasm),
    part(
        "demo",
        "the main job, with keys here and in another process, witnessed",
        &[Install::Pip, Install::OpenSsl],
        demonstration::run,
    ),
    part(
        "python",
        "the wheel and its source: vectors, types, transports, threads, the demo",
        &[Install::Pip, Install::Npm],
        python::run,
    ),
    part("chaos", "10,000 calls through every fault and world, judged by the ledger; each sabotage caught", &[], chaos),
    part(
        "javascript",
        "the packed package on Node, workerd, Deno, Bun and edge-runtime",
        &[Install::Rustup, Install::Npm],
        javascript::run,
    ),
    part(
        "node",
        "the native package on Node 20, 22 and 24, without its binary, under load, and wherever else it is imported",
        &[Install::Rustup, Install::Npm],
        node::run,
    ),
    part(
        "packaging",
        "the packed packages in projects of their users: Node, TypeScript, Vite, Workers, a browser, keys elsewhere",
        &[Install::Rustup, Install::Npm, Install::Chromium],
        packaging::run,
    ),
    part(
        "readme",
        "the programs of the README as they are printed, the same in English and Chinese",
        &[Install::Rustup, Install::Pip, Install::Npm],
        readme::run,
    ),
    part(
        "peers",
        "other SDKs check and open what is ours, and we theirs",
        &[Install::Pip, Install::Npm, Install::GoAndMaven],
        programs::cross_check,
    ),
    part("witness", "vectors made again by other implementations", &[Install::Pip, Install::OpenSsl], witness),
    part("lints", "what can panic is planted into a copy of core and must be refused", &[], lints::run),
    part("fuzz", "every fuzz target, a few seconds each", &[Install::Cpp], fuzz),
    part("deny", "licences, bans and sources of dependencies", &[Install::CargoDeny], deny),
];

/// The daily set: what fails most often, from sources and without packing anything.
const QUICK: (&str, &[&str]) = ("quick", &["style", "rust", "sandbox", "demo"]);

pub(crate) fn run(options: &Options) -> Result<()> {
    let is_chosen = |part: &&Part| {
        let named = |name: &String| *name == part.name || (*name == QUICK.0 && QUICK.1.contains(&part.name));
        options.parts.is_empty() || options.parts.iter().any(named)
    };
    let chosen: Vec<_> = PARTS.iter().filter(is_chosen).collect();
    let mut durations = Durations::load();
    println!("{} parts; {}", chosen.len(), durations.expected(chosen.iter().map(|part| part.name)));
    setup::announce(chosen.iter().flat_map(|part| part.installs).copied());
    let started = Instant::now();
    let mut failed = Vec::new();
    for (index, part) in chosen.iter().enumerate() {
        let place = format!("{} of {}", index.saturating_add(1), chosen.len());
        println!("\n══ {place}: {} ({}; {})", part.name, part.about, durations.expected([part.name]));
        let clock = Instant::now();
        let result = shell::telling(part.name, part.run);
        let took = clock.elapsed();
        println!(
            "══ {}: {} in {:.1} s",
            part.name,
            if result.is_ok() { "passed" } else { "FAILED" },
            took.as_secs_f64()
        );
        match result {
            Ok(()) => durations.keep(part.name, took)?,
            Err(error) => {
                println!("   {error:#}");
                failed.push(part.name);
            }
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
    let quick = PossibleValue::new(QUICK.0).help(format!("the daily set: {}", QUICK.1.join(", ")));
    let parts = PARTS.iter().map(|part| PossibleValue::new(part.name).help(part.about));
    std::iter::once(quick).chain(parts).collect::<Vec<_>>().into()
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

/// The tests that differ with the back end of keys. What judges calls and lives knows no keys: once is enough, with the rest.
const OF_KEYS: [&str; 5] = ["--lib", "--test", "keys_*", "--test", "properties"];

fn rust() -> Result<()> {
    let core = ["test", "--quiet", "--package", "fapiao"];
    let bare = "--no-default-features";
    step("core with aws-lc and rsa", cargo().args(core).args(["--features", "rsa"]))?;
    step("core with rsa", cargo().args(core).args([bare, "--features", "rsa"]).args(OF_KEYS))?;
    step("core without crypto", cargo().args(core).arg(bare).args(OF_KEYS))?;
    step("the project's own commands", cargo().args(["test", "--quiet", "--package", "xtask"]))
}

fn sandbox() -> Result<()> {
    step("sandbox", cargo().args(["test", "--quiet", "--package", "fapiao-sandbox"]))?;
    step("core at the sandbox", cargo().args(["test", "--quiet", "--package", "fapiao-test-support"]))
}

/// What must not be in core where WebCrypto does RSA.
const NOT_IN_WASM: [&str; 4] = ["getrandom", "tokio", "rsa", "aws-lc"];

fn wasm() -> Result<()> {
    rustup::wasm_target()?;
    // The engine has no code for any other target, where the lints of everything else are.
    let engine =
        ["clippy", "--quiet", "--package", "fapiao-wasm", "--target", rustup::WASM, "--", "--deny", "warnings"];
    step("core and its engine for wasm32, with lints", cargo().args(engine))?;
    let core = ["--package", "fapiao", "--no-default-features", "--target", rustup::WASM];
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
    programs::chaos("chaos", &["--calls", "10000", "--seed", CHAOS_SEED])?;
    programs::chaos("chaos, sabotaged", &["--sabotages", "--seed", CHAOS_SEED])
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
