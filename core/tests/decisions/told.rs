//! What a client hears of a request: every answer that documents, networks and strangers can give.

use crate::calls::Job;
use http::Response;

/// What is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// The right answer.
    Success,
    /// The right answer, with `{}` for its body.
    EmptyObject,
    /// A verified answer with a body that belongs to another call.
    OtherBody,
    /// The verified answer that another request had before.
    Replayed,
    /// No answer.
    Lost,
    /// Refused before a byte was written.
    NotSent,
    /// The gateway's own refusal, with its Request-ID.
    Refusal(u16, &'static str),
    /// Something that looks like one, without Request-ID.
    Alike(u16, &'static str),
    /// JSON of somebody else's.
    Own(u16),
    /// A page of somebody else's.
    Page(u16),
    /// An answer with a wrong signature.
    Forged,
    /// A signature that is wrong on purpose.
    Probe,
    /// A right answer without signature.
    Unsigned,
    /// A right answer, five minutes old.
    Stale,
    /// An answer signed by a key nobody knows.
    Stranger,
    /// The account gateway's error.
    Errcode(i64),
}

/// The pairs that are refusals: the whole list, from the issue's text.
pub(crate) const PAIRS: [(u16, &str); 8] = [
    (400, "PARAM_ERROR"),
    (400, "INVALID_REQUEST"),
    (401, "SIGN_ERROR"),
    (403, "NO_AUTH"),
    (404, "RESOURCE_NOT_EXISTS"),
    (404, "NOT_FOUND"),
    (429, "FREQUENCY_LIMITED"),
    (429, "RATELIMIT_EXCEEDED"),
];

/// Refusals that no repetition by the client itself can follow an effect with.
const WHATEVER_REPEATS: [(u16, &str); 2] = [(400, "PARAM_ERROR"), (403, "NO_AUTH")];

/// The account gateway's refusals that the worlds use (api.md C.5, D.4).
pub(crate) const ERRCODES: [i64; 3] = [40125, 45011, 48001];

impl Told {
    /// Whether it proves of the request it answers that it had no effect.
    pub(crate) fn proves_no(self, client_repeats: bool) -> bool {
        match self {
            Told::NotSent => !client_repeats,
            Told::Refusal(status, code) if client_repeats => WHATEVER_REPEATS.contains(&(status, code)),
            Told::Refusal(status, code) => PAIRS.contains(&(status, code)),
            Told::Errcode(code) => !client_repeats && ERRCODES.contains(&code),
            _ => false,
        }
    }
}

/// The headers of signed answers, and the signatures that are right.
#[derive(Default)]
pub(crate) struct Signer {
    count: u64,
}

/// Right signatures begin so; nothing else does.
const RIGHT: &[u8; 8] = b"\0right\0\0";

impl Signer {
    /// Whether a signature is one of this signer's.
    pub(crate) fn is_right(signature: &[u8]) -> bool {
        signature.starts_with(RIGHT)
    }

    /// A signed answer, no two alike.
    pub(crate) fn sign(&mut self, status: u16, body: &str, now: i64) -> Response<Vec<u8>> {
        self.count += 1;
        let mut signature = [0; 256];
        signature[..8].copy_from_slice(RIGHT);
        signature[8..16].copy_from_slice(&self.count.to_be_bytes());
        signed(status, body, now, &signature)
    }

    /// The answer's bytes; none where nothing came.
    pub(crate) fn answer(&mut self, told: Told, job: Job, now: i64) -> Option<Response<Vec<u8>>> {
        let (status, body) = job.success();
        Some(match told {
            Told::Lost | Told::NotSent | Told::Replayed => return None,
            Told::Success if job.is_signed() => self.sign(status, body, now),
            Told::EmptyObject => self.sign(status, "{}", now),
            Told::OtherBody => self.sign(status, r#"{"result":"ok"}"#, now),
            Told::Refusal(status, code) => refusal(status, code),
            Told::Alike(status, code) => plain(status, &format!(r#"{{"code":"{code}","message":"m"}}"#)),
            Told::Own(status) => plain(status, r#"{"error":"denied","request":"7"}"#),
            Told::Page(status) => plain(status, "<html>"),
            Told::Forged => signed(status, body, now, &[9; 256]),
            Told::Probe => with_header(
                self.sign(status, body, now),
                "Wechatpay-Signature",
                "WECHATPAY/SIGNTEST/ZZZZZZZZZZZZZZZZZZZZZZZZZ",
            ),
            Told::Success | Told::Unsigned => plain(status, body),
            Told::Stale => self.sign(status, body, now - 300),
            Told::Stranger => with_header(self.sign(status, body, now), "Wechatpay-Serial", "PUB_KEY_ID_01"),
            Told::Errcode(code) => plain(200, &format!(r#"{{"errcode":{code},"errmsg":"m"}}"#)),
        })
    }
}

/// The gateway's own refusal.
pub(crate) fn refusal(status: u16, code: &str) -> Response<Vec<u8>> {
    let response = plain(status, &format!(r#"{{"code":"{code}","message":"m"}}"#));
    with_header(response, "Request-ID", "08F78BB5AF0610D302189F99DD5C20BA56F89845-0")
}

fn plain(status: u16, body: &str) -> Response<Vec<u8>> {
    Response::builder().status(status).body(body.as_bytes().to_vec()).unwrap()
}

fn signed(status: u16, body: &str, now: i64, signature: &[u8]) -> Response<Vec<u8>> {
    use base64::Engine;
    Response::builder()
        .status(status)
        .header("Request-ID", "08F78BB5AF0610D302189F99DD5C20BA56F89845-0")
        .header("Wechatpay-Serial", crate::calls::KEY)
        .header("Wechatpay-Timestamp", now)
        .header("Wechatpay-Nonce", "593BEC0C930BF1AFEB40B4A08C8FB242")
        .header("Wechatpay-Signature", base64::engine::general_purpose::STANDARD.encode(signature))
        .body(body.as_bytes().to_vec())
        .unwrap()
}

fn with_header(mut response: Response<Vec<u8>>, name: &'static str, value: &str) -> Response<Vec<u8>> {
    response.headers_mut().insert(name, value.parse().unwrap());
    response
}
