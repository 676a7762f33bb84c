//! `cargo xtask fuzz`: coverage-guided fuzzing with the installed stable toolchain and nothing else to install.

use crate::setup;
use crate::shell::{self, step};
use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The targets, one file each in `core/fuzz/fuzz_targets`.
const TARGETS: [&str; 6] = ["response", "key_loader", "multipart", "ffi", "callback", "push"];

/// What libFuzzer needs of the compiler. All of it is stable: no sanitizer, since core has no unsafe code.
const COVERAGE: [&str; 7] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
];

/// Options of `cargo xtask fuzz`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// How long each target runs.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) seconds: u64,
    /// One target instead of all.
    #[arg(value_parser = TARGETS)]
    pub(crate) target: Option<String>,
}

/// Builds the targets, plants their seeds and runs them; fails when one finds an input that breaks a rule.
pub(crate) fn run(options: &Options) -> Result<()> {
    let binaries = build()?;
    plant_seeds().context("the seeds could not be written")?;
    println!("{:<12} {:>7} {:>11} {:>8} {:>6}  result", "target", "seconds", "executions", "exec/s", "edges");
    let mut broken = Vec::new();
    for target in TARGETS {
        if options.target.as_deref().is_none_or(|wanted| wanted == target) {
            broken.extend(fuzz(&binaries, target, options.seconds)?);
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    bail!("fuzzing broke something; reproduce with\n  {}", broken.join("\n  "))
}

fn folder() -> PathBuf {
    shell::root().join("core/fuzz")
}

/// Builds every target; the folder they are in.
fn build() -> Result<PathBuf> {
    // libFuzzer itself is C++.
    if !shell::has("c++") {
        setup::apt("g++")?;
    }
    let host = host()?;
    let target_folder = match std::env::var_os("CARGO_TARGET_DIR") {
        Some(shared) => PathBuf::from(shared).join("fuzz"),
        None => folder().join("target"),
    };
    let mut cargo = shell::cargo();
    // With a target named, the flags stay away from build scripts and macros.
    cargo.current_dir(folder()).args(["build", "--quiet", "--release", "--locked", "--bins", "--target", &host]);
    cargo.env("CARGO_TARGET_DIR", &target_folder).env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}"));
    step("build the fuzz targets", &mut cargo)?;
    Ok(target_folder.join(host).join("release"))
}

fn host() -> Result<String> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("-vV").output().context("rustc could not be started")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.context("rustc does not say which machine this is")
}

/// Runs one target and prints its line; how to reproduce what it broke, if it did.
fn fuzz(binaries: &Path, target: &str, seconds: u64) -> Result<Option<String>> {
    let (corpus, artifacts) = (folder().join("corpus").join(target), folder().join("artifacts").join(target));
    fs::create_dir_all(&artifacts)?;
    let binary = binaries.join(target);
    let output = Command::new(&binary)
        .arg(&corpus)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .arg(format!("-dict={}", folder().join("corpus/names.dict").display()))
        .args(["-print_final_stats=1", "-timeout=10", "-rss_limit_mb=1024", "-verbosity=1"])
        .current_dir(&artifacts)
        .output()
        .with_context(|| format!("{target} could not be started"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    fs::write(artifacts.join("last.log"), log.as_bytes())?;
    let stat = |name: &str| last_after(&log, name).unwrap_or("?").to_owned();
    let result = if output.status.success() { "nothing found" } else { "BROKEN" };
    let (executions, speed) = (stat("stat::number_of_executed_units:"), stat("stat::average_exec_per_sec:"));
    println!("{target:<12} {seconds:>7} {executions:>11} {speed:>8} {:>6}  {result}", stat("cov:"));
    if output.status.success() {
        return Ok(None);
    }
    let said = log.lines().skip_while(|line| !line.contains("panicked at")).take(3).collect::<Vec<_>>().join("\n  ");
    println!("  {said}");
    let reproducer = last_after(&log, "Test unit written to").unwrap_or("(no input was written)");
    Ok(Some(format!("{} {reproducer}", binary.display())))
}

/// The word after the last `name` in a log.
fn last_after<'a>(log: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = log.rsplit_once(name)?;
    rest.split_whitespace().next()
}

/// Writes the vectors and the test keys as inputs, in the form each target reads.
fn plant_seeds() -> Result<()> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(shell::root().join("tests/vectors/calls"))? {
        let path = entry?.path();
        let call = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for case in cases(&path)? {
            plant_case(&call, &case, &mut names)?;
        }
    }
    for case in cases(&shell::root().join("tests/vectors/response_verification.json"))? {
        plant("response", &answer("issue", at(&case, "input")))?;
    }
    for case in cases(&shell::root().join("tests/vectors/callbacks.json"))? {
        plant_callback(&case)?;
    }
    for case in cases(&shell::root().join("tests/vectors/pushes.json"))? {
        let input = at(&case, "input");
        plant("push", format!("?{}", text(at(input, "query"))).as_bytes())?;
        let body = text(at(input, "body")).as_bytes().to_vec();
        plant("push", &body)?;
        let event = at(at(&case, "stages"), "event");
        plant("push", format!("!{event}").as_bytes())?;
    }
    for case in cases(&shell::root().join("tests/vectors/multipart.json"))? {
        let input = at(&case, "input");
        let head = format!("{}\n{}\n", text(at(input, "filename")), text(at(input, "content_type")));
        plant("multipart", &[head.as_bytes(), &bytes(at(input, "file_base64"))].concat())?;
    }
    for entry in fs::read_dir(shell::root().join("tests/keys"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "pem") {
            let pem = fs::read_to_string(&path)?;
            let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            plant("key_loader", &STANDARD.decode(body)?)?;
            plant("key_loader", pem.as_bytes())?;
        }
    }
    let dictionary = names.iter().fold(String::new(), |mut text, name| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\"\\\"{name}\\\":\"");
        text
    });
    Ok(fs::write(folder().join("corpus/names.dict"), dictionary)?)
}

fn plant_case(call: &str, case: &Value, names: &mut BTreeSet<String>) -> Result<()> {
    let input = at(case, "input");
    if at(case, "kind") == "answer" {
        return plant("response", &answer(call, input));
    }
    let request = at(input, "request");
    let payload = request.as_str().map_or_else(|| request.to_string(), str::to_owned);
    collect_names(request, names);
    plant("ffi", format!("{call}\n{payload}").as_bytes())
}

/// The body of a callback, and the content of one that is genuine.
fn plant_callback(case: &Value) -> Result<()> {
    let input = at(case, "input");
    let body =
        at(input, "body").as_str().map_or_else(|| bytes(at(input, "body_base64")), |body| body.as_bytes().to_vec());
    plant("callback", &[b"\n".as_slice(), &body].concat())?;
    let event = at(at(case, "stages"), "event");
    if event.is_null() {
        return Ok(());
    }
    plant("callback", format!("{}\n{}", text(at(event, "event_type")), at(event, "resource")).as_bytes())
}

/// `CALL STATUS`, headers, body; where a vector leaves the headers to the runner, ones that are in order.
fn answer(call: &str, input: &Value) -> Vec<u8> {
    let mut head = format!("{call} {}\n", at(input, "status"));
    let given = at(input, "headers").as_array().map(Vec::as_slice).unwrap_or_default();
    for header in given.iter().filter_map(Value::as_array) {
        let pair: Vec<_> = header.iter().map(text).collect();
        let _ = writeln!(head, "{}", pair.join(": "));
    }
    if given.is_empty() {
        head.push_str("Wechatpay-Timestamp: 1795305600\nWechatpay-Nonce: n\nWechatpay-Signature: AAAA\n");
        head.push_str("Wechatpay-Serial: PUB_KEY_ID_0119000001002026112200000000001\n");
    }
    head.push('\n');
    let body =
        at(input, "body").as_str().map_or_else(|| bytes(at(input, "body_base64")), |body| body.as_bytes().to_vec());
    [head.as_bytes(), &body].concat()
}

fn cases(vectors: &Path) -> Result<Vec<Value>> {
    let text = fs::read(vectors).with_context(|| format!("{} cannot be read", vectors.display()))?;
    let file: Value = serde_json::from_slice(&text)?;
    Ok(at(&file, "cases").as_array().cloned().unwrap_or_default())
}

fn collect_names(value: &Value, names: &mut BTreeSet<String>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            names.insert(name.clone());
        }
        collect_names(value, names);
    }
    value.as_array().into_iter().flatten().for_each(|item| collect_names(item, names));
}

fn at<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn bytes(value: &Value) -> Vec<u8> {
    STANDARD.decode(text(value)).unwrap_or_default()
}

/// Writes one input under a name that its bytes give, so that planting twice plants once.
fn plant(target: &str, input: &[u8]) -> Result<()> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let corpus = folder().join("corpus").join(target);
    fs::create_dir_all(&corpus)?;
    Ok(fs::write(corpus.join(format!("seed-{:016x}", hasher.finish())), input)?)
}
