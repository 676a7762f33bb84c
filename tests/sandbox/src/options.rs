//! The command line.

use clap::Parser;

use crate::faults::Order;

/// How a sandbox runs.
#[derive(Debug, Clone, Parser)]
pub struct Options {
    /// Port of the main listener; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Port of the backup listener; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub backup_port: u16,
    /// Port of the control listener; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    pub control_port: u16,
    /// Orders a fault from the start: once, COUNT times or `always`; may be given again
    #[arg(long = "fault", value_name = "NAME[:COUNT|always]", value_parser = checked_fault)]
    pub faults: Vec<String>,
    /// Seconds of the virtual clock from the acceptance of an invoice to its issue
    #[arg(long, default_value_t = 2)]
    pub issue_seconds: u32,
    /// Seconds of the virtual clock from the acceptance of a reversal to the red invoice
    #[arg(long, default_value_t = 2)]
    pub reverse_seconds: u32,
    /// How many arrivals the ledger remembers (effects are never forgotten)
    #[arg(long, default_value_t = 20_000)]
    pub ledger: usize,
    /// Stops when standard input reaches its end, so that no process stays behind its starter
    #[arg(long)]
    pub exit_with_stdin: bool,
}

impl Options {
    /// The faults to start with.
    pub(crate) fn fault_orders(&self) -> Result<Vec<Order>, String> {
        self.faults.iter().map(|text| Order::parse(text)).collect()
    }
}

fn checked_fault(text: &str) -> Result<String, String> {
    Order::parse(text).map(|_| text.to_owned())
}

/// What stands below the options.
pub(crate) fn after_help() -> String {
    format!(
        "Faults (over `POST …/_sandbox/faults` they take more parameters):\n{}\n\n\
         Examples:\n  fapiao-sandbox --port 8080 --backup-port 8081\n  \
         fapiao-sandbox --fault probe:3 --fault rate_limit\n  \
         fapiao-sandbox trigger FAPIAO.ISSUED --to http://127.0.0.1:8000/notify\n",
        crate::fault_summary()
    )
}
