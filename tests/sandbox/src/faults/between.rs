//! Answers of something between the client and the gateway.

use serde_json::json;

use super::order::{Order, ProxyBody};
use crate::{exchange::Answer, gateway::request_id, pay::error::PayError};

/// The page of a web server in front of the service.
pub(super) fn error_html(order: &Order) -> Answer {
    page(order.status.unwrap_or(502))
}

/// Whatever an intermediary says, with or without the gateway's Request-ID.
pub(super) fn proxy(order: &Order) -> Answer {
    let status = order.status.unwrap_or(502);
    let answer = match order.body.unwrap_or(ProxyBody::Html) {
        ProxyBody::Html => page(status),
        ProxyBody::Empty => Answer::empty(status),
        ProxyBody::Json => {
            let code = order.code.as_deref().unwrap_or("UPSTREAM_ERROR");
            Answer::json(status, &json!({"code": code, "message": "upstream request failed"})).coded(code)
        }
        ProxyBody::Gateway => PayError::other(status, order.code.as_deref().unwrap_or("SYSTEM_ERROR")).answer(),
    }
    .without_request_id();
    if order.request_id == Some(true) { answer.header("Request-ID", request_id("0")) } else { answer }
}

fn page(status: u16) -> Answer {
    let title = match status {
        400 => "400 Bad Request",
        403 => "403 Forbidden",
        404 => "404 Not Found",
        413 => "413 Request Entity Too Large",
        429 => "429 Too Many Requests",
        500 => "500 Internal Server Error",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        _ => "502 Bad Gateway",
    };
    let html = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    Answer::of(status, "text/html", html)
}
