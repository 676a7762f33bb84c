//! Answers given in place of the call.

use super::order::Order;
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
        _ => Answer { delivery: Delivery::Cut, ..Answer::default() },
    }
}

/// A failure of the service, as JSON.
pub(super) fn error_json(order: &Order) -> Answer {
    PayError::service(order.status.unwrap_or(500)).answer()
}

/// A failure of something in front of the service.
pub(super) fn error_html(order: &Order) -> Answer {
    let status = order.status.unwrap_or(502);
    let title = match status {
        500 => "500 Internal Server Error",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        _ => "502 Bad Gateway",
    };
    let page = format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    Answer::of(status, "text/html", page)
}
