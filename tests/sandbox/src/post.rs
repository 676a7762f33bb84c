//! Requests of the gateway's own: notifications and pushes.

use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use ureq::{Agent, http};

/// How much of an answer is kept.
const KEPT: u64 = 1024;

/// Something to be sent.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Bytes,
}

/// One time something was sent.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Attempt {
    pub(crate) at: String,
    /// The status of the answer; null if there was none.
    pub(crate) status: Option<u16>,
    /// What was answered, or why there is no answer.
    pub(crate) answer: String,
    pub(crate) fault: Vec<&'static str>,
}

/// Sends a request; gives the status and what was answered, or why nothing was.
pub(crate) async fn send(request: Request, patience: Duration) -> (Option<u16>, String) {
    match tokio::task::spawn_blocking(move || exchange(request, patience)).await {
        Ok(Ok((status, answer))) => (Some(status), answer),
        Ok(Err(error)) => (None, error.to_string()),
        Err(error) => (None, error.to_string()),
    }
}

fn exchange(request: Request, patience: Duration) -> Result<(u16, String), ureq::Error> {
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(patience))
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build()
        .into();
    let mut draft = http::Request::builder().method(request.method).uri(request.url);
    for (name, value) in request.headers {
        draft = draft.header(name, value);
    }
    let mut response = if request.method == "GET" {
        agent.run(draft.body(())?)?
    } else {
        agent.run(draft.body(&request.body[..])?)?
    };
    let answer = response.body_mut().with_config().limit(KEPT).read_to_string().unwrap_or_default();
    Ok((response.status().as_u16(), answer))
}
