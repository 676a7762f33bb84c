//! The official Java SDK: fetched by Maven, held against the checksums that are committed, compiled beside by javac.

use super::programs::{JAVA, Launch, needs, place, sources};
use anyhow::{Context, Result, bail, ensure};
use fapiao_test_support::shell::{self, program, step};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Maven's way to copy what a project depends on, pinned.
const COPY: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

pub(super) fn ready() -> Result<Launch> {
    for tool in ["java", "javac", "mvn"] {
        needs(tool, "--version", JAVA.name)?;
    }
    let jars = place("bench-java/jars");
    if wrong(&jars)?.is_some() {
        fetch(&jars)?;
    }
    if let Some(wrong) = wrong(&jars)? {
        bail!("what came for {} is not what tests/bench/java/jars.sha256 names: {wrong}", JAVA.name);
    }
    let classes = place("bench-java/classes");
    let path = format!("{}:{}/*", classes.display(), jars.display());
    let mut compile = program("javac");
    compile.args(["-nowarn", "-d"]).arg(&classes).arg("-cp").arg(&path);
    compile.args(["Worker", "Questions", "Contestant"].map(|name| sources("java").join(name).with_extension("java")));
    step("compile the worker of wechatpay-java", &mut compile)?;
    Ok(Launch::new("java", shell::root()).with("-cp").with(path).with("Worker"))
}

fn fetch(jars: &Path) -> Result<()> {
    if jars.exists() {
        fs::remove_dir_all(jars)?;
    }
    let mut maven = program("mvn");
    maven.args(["--quiet", "--batch-mode", "--file"]).arg(sources("java").join("pom.xml"));
    maven.arg(format!("-Dmaven.repo.local={}", place("bench-java/maven").display()));
    maven.arg(COPY).arg("-DincludeScope=runtime").arg(format!("-DoutputDirectory={}", jars.display()));
    step("fetch wechatpay-java", &mut maven)
}

/// The first jar that is not as committed; nothing where all are.
fn wrong(jars: &Path) -> Result<Option<String>> {
    let listed = fs::read_to_string(sources("java").join("jars.sha256")).context("jars.sha256")?;
    let mut wanted = BTreeMap::new();
    for line in listed.lines() {
        let (digest, name) = line.split_once("  ").context("jars.sha256: a line is not a digest and a name")?;
        wanted.insert(name.to_owned(), digest.to_owned());
    }
    ensure!(!wanted.is_empty(), "jars.sha256 is empty");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(jars).into_iter().flatten() {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        found.insert(name, fapiao::keys::digest::hex(&fapiao::keys::digest::sha256(&fs::read(&path)?)));
    }
    let names = wanted.keys().chain(found.keys());
    Ok(names.into_iter().find(|name| wanted.get(*name) != found.get(*name)).cloned())
}
