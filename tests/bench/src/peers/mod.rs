//! `cargo xtask bench peers`: every door of this project side by side with other SDKs, interleaved in one run.

mod budgets;
mod contestants;
pub(crate) mod cross_check;
mod groups;
mod java;
mod node;
mod page;
mod processes;
pub(crate) mod programs;
mod results;
mod rounds;
pub(crate) mod scene;
mod versions;
pub(crate) mod worker;

use crate::machine;
use anyhow::{Result, ensure};
use contestants::{ALONE, CONTESTANTS};
use fapiao_test_support::{save, shell};
use processes::Launches;
use results::Results;
use rounds::Field;
use serde_json::json;
use std::path::PathBuf;

/// Measures this project's doors side by side with other SDKs; fails when a budget is missed.
///
/// Other SDKs are installed at pinned versions, and need Python 3.10, Node 20, Go 1.24 and a JDK 17 with Maven. All sign
/// the same request and read the same answer with the same keys; they take turns in rounds of a few milliseconds.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Fewer rounds, processes and callers: a look, not evidence.
    #[arg(long)]
    quick: bool,
    /// Also write the tables to docs/bench.md.
    #[arg(long)]
    write: bool,
    /// Also write every figure as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Result<()> {
    ensure!(!(options.quick && options.write), "--quick is no evidence: leave it out to write the page");
    let extent = if options.quick { groups::QUICK } else { groups::FULL };
    let launches = ready()?;
    let described = versions::describe()?;
    println!("{}", versions::list(&described));
    if machine::load().is_some_and(|load| load > 1.0) {
        println!("   the load is above 1: something else is at work, and the figures show it");
    }

    let (setup, mut results) = (scene::merchant()?, Results::default());
    {
        let mut field = Field::start(&launches, &setup)?;
        groups::measure(&mut field, extent, &mut results)?;
    }
    processes::edge(&launches, &setup, extent, &mut results)?;
    processes::cold_starts(&launches, &setup, extent, &mut results)?;
    processes::callers(&launches, &setup, extent, &mut results)?;

    let budgets = budgets::judge(&results);
    let tables = page::tables(&results, &budgets);
    let ended = format!("Load of the last minute at the end: {}", machine::load().unwrap_or_default());
    println!("\n{tables}\n{ended}");
    if options.write {
        let page = format!("{HEAD}\n{}\n{ended}.\n\n{tables}", versions::list(&described));
        save::write(&shell::root().join("docs/bench.md"), format!("{}\n", page.trim_end()).as_bytes())?;
    }
    if let Some(path) = &options.json {
        let judged: Vec<_> = budgets.iter().map(budgets::Budget::json).collect();
        let all = json!({ "machine": described, "figures": results.json(), "budgets": judged });
        save::write(path, format!("{all:#}\n").as_bytes())?;
    }
    let missed: Vec<_> = budgets.iter().filter(|budget| !budget.met()).map(|budget| budget.what.as_str()).collect();
    ensure!(missed.is_empty(), "{} budgets missed: {}", missed.len(), missed.join("; "));
    Ok(())
}

/// Makes every program ready. One that cannot be made ready ends the bench.
fn ready() -> Result<Launches> {
    let mut launches = Launches::new();
    for program in CONTESTANTS.iter().map(|contestant| contestant.program).chain(ALONE) {
        if !launches.contains_key(program.name) {
            launches.insert(program.name, (program.ready)()?);
        }
    }
    Ok(launches)
}

const HEAD: &str = "# Side by side

Written by `cargo xtask bench peers --write`, which measures all of it again. Every contestant has the same keys, signs the same request
and reads the same answer, in its own process; programs measure themselves and take turns in rounds of a few milliseconds. Each SDK
is measured by its own path up to where it would send, and from where an answer has come; wechatpay-axios-plugin by its
interceptors alone. Before the first round everybody makes some thousand calls, since the compilers of Java and Node need them.
Bare is the crypto library's own operation with a parsed key; times per call are the least and the median of all rounds.
";
