//! Answers given in place of the call.

use super::{
    between::{error_html, proxy},
    order::Order,
};
use crate::{
    account::AccountError,
    exchange::{Answer, Delivery},
    pay::error::PayError,
};

/// The answer of a fault that does not let the call happen.
pub(crate) fn refuse(order: &Order) -> Answer {
    match order.fault.as_str() {
        "rate_limit" => PayError::rate_limited().answer(),
        "error_json" => error_json(order),
        "redirect" => Answer::empty(302).header("Location", "https://pay.weixin.qq.com/"),
        "link_expired" => PayError::invalid_request("下载链接已失效").answer(),
        "error_as_file" => Answer { status: 200, ..PayError::invalid_request("下载失败").answer() },
        "html_as_file" => Answer { status: 200, ..error_html(order) },
        "token_expired" => AccountError::TOKEN_EXPIRED.answer(),
        "token_invalid" => AccountError::TOKEN_INVALID.answer(),
        "errcode" => AccountError::other(order.errcode.unwrap_or(-1)).answer(),
        "error_html" => error_html(order),
        "proxy" => proxy(order),
        "refuse" => refusal(order),
        _ => Answer { delivery: Delivery::Cut, ..Answer::default() },
    }
}

/// A failure of the service, as JSON.
pub(super) fn error_json(order: &Order) -> Answer {
    PayError::service(order.status.unwrap_or(500)).answer()
}

/// A refusal of the gateway, as ordered.
fn refusal(order: &Order) -> Answer {
    let refusal = PayError::other(order.status.unwrap_or(400), order.code.as_deref().unwrap_or("PARAM_ERROR"));
    let answer = refusal.answer();
    if order.request_id == Some(false) { answer.without_request_id() } else { answer }
}
