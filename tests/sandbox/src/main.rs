//! `fapiao-sandbox`: an offline WeChat gateway for electronic invoices.

use std::{
    error::Error,
    io::{Write, stdout},
    process::ExitCode,
};

use clap::Parser;
use fapiao_sandbox::{CommandLine, Options, start};
use tokio::io::{AsyncReadExt, stdin};

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let CommandLine { command, options } = CommandLine::parse();
    match command {
        Some(command) => Ok(command.run().await),
        None => run(options).await,
    }
}

async fn run(options: Options) -> Result<ExitCode, Box<dyn Error + Send + Sync>> {
    let exit_with_stdin = options.exit_with_stdin;
    let running = start(options).await?;
    let line = serde_json::to_string(&running.announcement)?;
    writeln!(stdout(), "{line}")?;
    stdout().flush()?;
    if exit_with_stdin {
        input_ends().await;
        return Ok(ExitCode::SUCCESS);
    }
    // Signals end the process; there is nothing to save.
    std::future::pending().await
}

async fn input_ends() {
    let mut buffer = [0; 1024];
    while stdin().read(&mut buffer).await.is_ok_and(|length| length > 0) {}
}
