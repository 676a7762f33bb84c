//! Error answers of WeChat Pay.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::{
    exchange::Answer,
    gateway::request_id,
    schema::{Broken, FieldFault},
};

/// A refusal with its official code.
#[derive(Debug, Clone)]
pub(crate) struct PayError {
    status: u16,
    code: Cow<'static, str>,
    message: String,
    detail: Option<Value>,
    /// The number after the last `-` of the Request-ID.
    tail: &'static str,
}

const NO_TAIL: &str = "0";
const RATE_LIMITED: &str = "268447840";
const BAD_SIGNATURE: &str = "268443699";
const BAD_PARAMETER: &str = "268435461";
const UNKNOWN_PARAMETER: &str = "270924358";

impl PayError {
    /// 400 `PARAM_ERROR` that names one field.
    pub(crate) fn param(broken: &Broken) -> Self {
        let mut detail = json!({"field": broken.field, "issue": broken.issue, "location": broken.location});
        if let (Some(value), Some(object)) = (&broken.value, detail.as_object_mut()) {
            object.insert("value".to_owned(), Value::from(value.clone()));
        }
        let tail = match broken.fault {
            FieldFault::Invalid => BAD_PARAMETER,
            FieldFault::Unknown => UNKNOWN_PARAMETER,
        };
        let message = format!("参数错误: {} {}", broken.field, broken.issue);
        Self { detail: Some(detail), tail, ..Self::plain(400, "PARAM_ERROR", &message) }
    }

    /// 400 `PARAM_ERROR` about one field of the body.
    pub(crate) fn body_field(field: &str, issue: &str) -> Self {
        Self::param(&Broken {
            field: field.to_owned(),
            value: None,
            issue: issue.to_owned(),
            location: "body",
            fault: FieldFault::Invalid,
        })
    }

    /// 400 `PARAM_ERROR` about a header.
    ///
    /// No location is documented for headers, so none is named.
    pub(crate) fn header_field(name: &str, issue: &str) -> Self {
        let detail = Some(json!({"field": name, "issue": issue}));
        Self {
            detail, tail: BAD_PARAMETER, ..Self::plain(400, "PARAM_ERROR", &format!("参数错误: {name} {issue}"))
        }
    }

    /// 400 `INVALID_REQUEST`.
    pub(crate) fn invalid_request(message: &str) -> Self {
        Self::plain(400, "INVALID_REQUEST", message)
    }

    /// 400 `RESOURCE_ALREADY_EXISTS`.
    pub(crate) fn already_exists(message: &str) -> Self {
        Self::plain(400, "RESOURCE_ALREADY_EXISTS", message)
    }

    /// 401 `SIGN_ERROR`, with what the gateway built the signature check from.
    pub(crate) fn sign(field: &str, issue: &str, sign_information: Option<Value>) -> Self {
        let mut detail = json!({"field": field, "location": "authorization", "detail": {"issue": issue}});
        if let (Some(information), Some(object)) = (sign_information, detail.as_object_mut()) {
            object.insert("sign_information".to_owned(), information);
        }
        let plain = Self::plain(401, "SIGN_ERROR", "错误的签名，验签失败");
        Self { detail: Some(detail), tail: BAD_SIGNATURE, ..plain }
    }

    /// 403 `NO_AUTH`.
    pub(crate) fn no_auth() -> Self {
        Self::plain(403, "NO_AUTH", "商户无权限访问")
    }

    /// 404 `RESOURCE_NOT_EXISTS`.
    pub(crate) fn not_exists(message: &str) -> Self {
        Self::plain(404, "RESOURCE_NOT_EXISTS", message)
    }

    /// 404 `NOT_FOUND`: no such path, or another method.
    pub(crate) fn no_route() -> Self {
        Self::plain(404, "NOT_FOUND", "无此接口")
    }

    /// 429 `FREQUENCY_LIMITED`.
    pub(crate) fn rate_limited() -> Self {
        Self { tail: RATE_LIMITED, ..Self::plain(429, "FREQUENCY_LIMITED", "频率限制，请降低请求频率") }
    }

    /// A failure of the service itself.
    pub(crate) fn service(status: u16) -> Self {
        let code = if status == 500 { "SYSTEM_ERROR" } else { "SERVICE_UNAVAILABLE" };
        Self::plain(status, code, "系统繁忙，请稍后重试")
    }

    /// Any status and code, for faults that name them.
    pub(crate) fn other(status: u16, code: &str) -> Self {
        let tail = match code {
            "SIGN_ERROR" => BAD_SIGNATURE,
            "PARAM_ERROR" => BAD_PARAMETER,
            "FREQUENCY_LIMITED" | "RATELIMIT_EXCEEDED" => RATE_LIMITED,
            _ => NO_TAIL,
        };
        let message = "请求被拒绝".to_owned();
        Self { status, code: Cow::Owned(code.to_owned()), message, detail: None, tail }
    }

    /// The answer that says so.
    pub(crate) fn answer(&self) -> Answer {
        let mut body = json!({"code": self.code, "message": self.message});
        if let (Some(detail), Some(object)) = (&self.detail, body.as_object_mut()) {
            object.insert("detail".to_owned(), detail.clone());
        }
        Answer::json(self.status, &body).coded(self.code.clone()).header("Request-ID", request_id(self.tail))
    }

    fn plain(status: u16, code: &'static str, message: &str) -> Self {
        Self { status, code: Cow::Borrowed(code), message: message.to_owned(), detail: None, tail: NO_TAIL }
    }
}

impl From<Broken> for PayError {
    fn from(broken: Broken) -> Self {
        Self::param(&broken)
    }
}
