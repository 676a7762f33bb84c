//! `fapiao-sandbox listen`: shows what arrives, for whoever has no server yet.

use std::{
    io::{self, Write, stdout},
    net::Ipv4Addr,
    process::ExitCode,
};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderMap, Method, StatusCode, Uri},
};
use clap::Args;
use tokio::net::TcpListener;

use super::Failure;

/// Prints each request that comes, and answers 204.
///
/// It runs on loopback until it is stopped, and checks nothing: give its address to a sandbox as `callback_url` or
/// `push-url`, or to `fapiao-sandbox trigger` as `--to`.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Arguments {
    /// Its port; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
}

const EXAMPLES: &str = "Examples:
  fapiao-sandbox listen --port 8000
  fapiao-sandbox trigger FAPIAO.ISSUED --to http://127.0.0.1:8000/notify";

pub(super) async fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await?;
    writeln!(stdout(), "listening on http://{}/", socket.local_addr()?)?;
    stdout().flush()?;
    axum::serve(socket, Router::new().fallback(arrived)).await?;
    Ok(ExitCode::SUCCESS)
}

async fn arrived(method: Method, target: Uri, headers: HeaderMap, body: Bytes) -> StatusCode {
    // Whoever has closed the output does not want to see it.
    let _closed = print(&method, &target, &headers, &body);
    StatusCode::NO_CONTENT
}

fn print(method: &Method, target: &Uri, headers: &HeaderMap, body: &Bytes) -> io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{method} {target}")?;
    for (name, value) in headers {
        writeln!(out, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
    }
    writeln!(out, "\n{}\n", String::from_utf8_lossy(body))?;
    out.flush()
}
