//! What became of a push, and what to answer.

use super::receiver::Push;
use crate::error::{Code, Error};

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PushReception {
    /// It is genuine: do the work, then answer.
    Event,
    /// The console checks the URL: answer the text it sent.
    UrlCheck,
    /// Its signature is wrong.
    Forged,
    /// It is not encrypted, although an `EncodingAESKey` is loaded.
    Unencrypted,
    /// It is signed, but no key that is loaded opens it for this appid.
    Unreadable,
    /// It does not have the documented form.
    Malformed,
}

/// The HTTP answer to a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushAnswer {
    /// The status: 200, 400, 401 or 500.
    pub status: u16,
    /// The body, plain text.
    pub body: String,
}

impl PushAnswer {
    /// The content type of the body.
    pub const CONTENT_TYPE: &'static str = "text/plain";
}

impl PushReception {
    /// Every value, in the order of their declaration.
    pub const ALL: [PushReception; 6] = [
        PushReception::Event,
        PushReception::UrlCheck,
        PushReception::Forged,
        PushReception::Unencrypted,
        PushReception::Unreadable,
        PushReception::Malformed,
    ];

    /// What became of a push that was received with this result.
    pub fn of(result: &Result<Push, Error>) -> Self {
        match result {
            Ok(Push::Event(_)) => PushReception::Event,
            Ok(Push::UrlCheck(_)) => PushReception::UrlCheck,
            Err(error) => match error.code() {
                Code::PushSignature => PushReception::Forged,
                Code::PushUnencrypted => PushReception::Unencrypted,
                Code::PushDecrypt => PushReception::Unreadable,
                _ => PushReception::Malformed,
            },
        }
    }

    /// The name in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            PushReception::Event => "event",
            PushReception::UrlCheck => "url_check",
            PushReception::Forged => "forged",
            PushReception::Unencrypted => "unencrypted",
            PushReception::Unreadable => "unreadable",
            PushReception::Malformed => "malformed",
        }
    }

    const fn status(self) -> u16 {
        match self {
            PushReception::Event | PushReception::UrlCheck => 200,
            PushReception::Forged | PushReception::Unencrypted => 401,
            // A key that is missing here: what comes again is not lost.
            PushReception::Unreadable => 500,
            PushReception::Malformed => 400,
        }
    }
}

impl PushAnswer {
    /// What to answer, within 5 seconds; whatever is no success is sent again, three times in all.
    pub fn of(result: &Result<Push, Error>) -> Self {
        let reception = PushReception::of(result);
        let body = match result {
            Ok(Push::Event(_)) => "success".to_owned(),
            Ok(Push::UrlCheck(echostr)) => echostr.clone(),
            Err(_) => reception.as_str().to_owned(),
        };
        Self { status: reception.status(), body }
    }

    /// What to answer when the work that follows an event failed: it is sent again.
    pub fn failed() -> Self {
        Self { status: 500, body: "the event was not handled".to_owned() }
    }
}
