//! A sandbox process, a client that signs on its own, and the control API.
#![expect(dead_code, reason = "each test file uses its own part of this")]

pub(crate) mod account;
pub(crate) mod account_server;
pub(crate) mod client;
pub(crate) mod merchant;
pub(crate) mod orders;
pub(crate) mod receiver;

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use ureq::Agent;

/// A running sandbox; it stops when this is dropped, since its standard input then ends.
pub(crate) struct Gateway {
    child: Child,
    pub(crate) info: Value,
    pub(crate) agent: Agent,
}

impl Gateway {
    /// One in which issues and reversals end at once.
    pub(crate) fn at_once() -> Self {
        Self::start(&["--issue-seconds", "0", "--reverse-seconds", "0"])
    }

    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fapiao-sandbox"))
            .arg("--exit-with-stdin")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let info = serde_json::from_str(&line).unwrap();
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .accept("")
            .user_agent("")
            .build()
            .into();
        Self { child, info, agent }
    }

    pub(crate) fn text(&self, pointer: &str) -> &str {
        self.info.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    pub(crate) fn control_get(&self, path: &str) -> Value {
        let mut response = self.agent.get(format!("{}{path}", self.text("/control"))).call().unwrap();
        response.body_mut().read_json().unwrap()
    }

    pub(crate) fn control_text(&self, path: &str) -> String {
        let mut response = self.agent.get(format!("{}{path}", self.text("/control"))).call().unwrap();
        response.body_mut().read_to_string().unwrap()
    }

    pub(crate) fn control_post(&self, path: &str, body: &Value) -> (u16, Value) {
        let mut response = self.agent.post(format!("{}{path}", self.text("/control"))).send_json(body).unwrap();
        (response.status().as_u16(), response.body_mut().read_json().unwrap_or_default())
    }

    pub(crate) fn control_delete(&self, path: &str) {
        self.agent.delete(format!("{}{path}", self.text("/control"))).call().unwrap();
    }

    pub(crate) fn set(&self, change: &Value) {
        assert_eq!(self.control_post("/settings", change).0, 200, "{change}");
    }

    pub(crate) fn fault(&self, order: &Value) {
        assert_eq!(self.control_post("/faults", order).0, 200, "{order}");
    }

    pub(crate) fn advance(&self, seconds: i32) {
        self.control_post("/clock", &json!({"advance": seconds}));
    }

    pub(crate) fn now(&self) -> i64 {
        self.control_get("/clock")["now"].as_i64().unwrap()
    }

    pub(crate) fn last_arrival(&self) -> Value {
        self.control_get("/ledger")["arrivals"].as_array().unwrap().last().unwrap().clone()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }
}
