//! What the demo prints.

use crate::host::Seen;
use std::cell::Cell;

/// Numbers and prints steps.
#[derive(Debug, Default)]
pub(crate) struct Show {
    step: Cell<u32>,
}

impl Show {
    /// A part of the demo.
    pub(crate) fn part(title: &str) {
        println!("{title}");
    }

    /// A step, before its exchanges.
    pub(crate) fn step(&self, what: &str) {
        self.step.set(self.step.get().saturating_add(1));
        println!("{:>3}. {what}", self.step.get());
    }

    /// What came of it.
    pub(crate) fn result(what: &str) {
        println!("     → {what}");
    }

    /// One exchange: its request, its answer, its time.
    pub(crate) fn exchange(seen: &Seen<'_>) {
        let uri = seen.request.uri();
        let path: String = uri.path().chars().take(100).collect();
        let query = if uri.query().is_some() { "?…" } else { "" };
        let answer = seen.response.map_or_else(|| "no answer".to_owned(), describe);
        let milliseconds = seen.took.as_secs_f64() * 1_000.0;
        println!("     {} {path}{query}", seen.request.method());
        println!("       {answer}, {milliseconds:.1} ms");
    }
}

fn describe(response: &http::Response<Vec<u8>>) -> String {
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    let signed = match (header("wechatpay-serial"), header("sm3-digest")) {
        (Some(serial), _) => format!("signed by {serial}"),
        (None, Some(_)) => "unsigned, with its SM3 digest".to_owned(),
        (None, None) => "unsigned".to_owned(),
    };
    format!("{}, {} bytes, {signed}", response.status(), response.body().len())
}
