//! What an outcome means for money: did it take effect, and what is right to do next.
//!
//! The rules follow the official error table: a rate limit was not accepted, a system error may be repeated with the same
//! parameters, an answer that cannot be verified says nothing.
//! [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use crate::catalogue::{Call, Form, Replay, System};
use crate::error::{Code, Error};

/// What an outcome means and what to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// Whether the call took effect at the gateway.
    pub effect: Effect,
    /// Whether the same request (the same ids and values, signed afresh) may be sent again.
    pub resend: Resend,
    /// The call that must answer first, before anything is sent again.
    pub first: Option<&'static str>,
}

/// Whether a call took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It did. Of a 202: the gateway has taken it on.
    Yes,
    /// It did not; or, of a call that may be repeated at will, whatever it did makes no difference.
    No,
    /// Nobody knows yet.
    Unknown,
}

impl Effect {
    /// The effect as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Effect::Yes => "yes",
            Effect::No => "no",
            Effect::Unknown => "unknown",
        }
    }
}

/// Whether and how the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// Not as it is.
    No,
    /// At once.
    Now,
    /// At once, at the other host: this one cannot be reached.
    OtherHost,
    /// After waiting, twice as long each time.
    Later,
}

impl Resend {
    /// The resend rule as text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Resend::No => "no",
            Resend::Now => "now",
            Resend::OtherHost => "other_host",
            Resend::Later => "later",
        }
    }
}

/// What happened before this outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct History {
    /// An earlier attempt may have taken effect.
    pub(crate) in_doubt: bool,
    /// An earlier attempt was in doubt, and the call that tells did not know it then. It may have arrived since.
    pub(crate) was_in_doubt: bool,
    /// This attempt failed before it was sent.
    pub(crate) unsent: bool,
}

impl Decision {
    /// What a success means.
    pub(crate) const DONE: Self = Self { effect: Effect::Yes, resend: Resend::No, first: None };

    /// What an error of this call means.
    pub(crate) fn of(call: &Call, replay: Replay, error: &Error, history: History) -> Self {
        let outcome = if history.unsent { Classified::NOTHING } else { classify(call, error) };
        let tells = match replay {
            Replay::Safe => None,
            Replay::SameIds { query } => Some(query),
            Replay::Never { query } => query,
        };
        let in_doubt = history.in_doubt || outcome.effect == Effect::Unknown;
        let effect = match (replay, outcome.effect) {
            (Replay::Safe, Effect::Unknown) => Effect::No,
            (_, Effect::No) if in_doubt => Effect::Unknown,
            (_, effect) => effect,
        };
        // Repeated under the same ids, "already there" means that the earlier attempt was taken.
        if already_there(error) {
            let before = history.in_doubt || history.was_in_doubt;
            let effect = if before { Effect::Yes } else { Effect::No };
            return Self { effect, resend: Resend::No, first: tells };
        }
        if effect == Effect::Unknown {
            let resend = if matches!(replay, Replay::SameIds { .. }) { outcome.resend } else { Resend::No };
            return Self { effect, resend, first: tells };
        }
        Self { effect, resend: outcome.resend, first: outcome.first.filter(|first| *first != call.name) }
    }
}

/// What an error says by itself, whatever the call.
struct Classified {
    effect: Effect,
    resend: Resend,
    first: Option<&'static str>,
}

impl Classified {
    /// Nothing was sent, and the same again would fail the same way.
    const NOTHING: Self = Self { effect: Effect::No, resend: Resend::No, first: None };
}

fn classify(call: &Call, error: &Error) -> Classified {
    let (effect, resend) = match error.code() {
        Code::SendNotSent => (Effect::No, Resend::OtherHost),
        Code::SendLost => (Effect::Unknown, Resend::OtherHost),
        Code::RemoteApi => of_status(error),
        Code::RemoteErrcode => of_errcode(error),
        Code::RemoteNotJson => match status(error) {
            429 | 500.. => (Effect::Unknown, Resend::Later),
            _ => (Effect::Unknown, Resend::No),
        },
        Code::VerifyProbe
        | Code::VerifySignature
        | Code::VerifyBase64
        | Code::VerifyHeader
        | Code::VerifyHeaderTwice => (Effect::Unknown, Resend::Now),
        Code::DownloadDigest => (Effect::No, Resend::Now),
        // Verified, so the gateway did it; only reading failed.
        Code::ParseJson | Code::ParseType | Code::ParseMissing | Code::OpenFailed => (Effect::Yes, Resend::No),
        Code::DownloadNotAFile | Code::DownloadDigestMissing => (Effect::No, Resend::No),
        // Something answered, but not so that it can be believed.
        _ => (Effect::Unknown, Resend::No),
    };
    let first = match error.code() {
        Code::DownloadNotAFile | Code::DownloadDigest | Code::DownloadDigestMissing => Some(match call.system {
            System::Pay => "fapiao_files",
            System::Account => "get_pdf",
        }),
        Code::RemoteErrcode if token_is_bad(error) => Some("stable_token"),
        _ => None,
    };
    // A link has one host only.
    let resend = if call.form == Form::Download && resend == Resend::OtherHost { Resend::Later } else { resend };
    Classified { effect, resend, first }
}

fn of_status(error: &Error) -> (Effect, Resend) {
    match status(error) {
        // Not accepted, by the official table.
        429 => (Effect::No, Resend::Later),
        501 => (Effect::No, Resend::No),
        500.. => (Effect::Unknown, Resend::Later),
        _ => (Effect::No, Resend::No),
    }
}

/// System busy, invoice busy, invoices being inserted, called too often.
const TRANSIENT_ERRCODES: [&str; 4] = ["-1", "72036", "72054", "45011"];
/// The access token is wrong or over.
const TOKEN_ERRCODES: [&str; 3] = ["40001", "40014", "42001"];

fn of_errcode(error: &Error) -> (Effect, Resend) {
    match remote_code(error) {
        "-1" => (Effect::Unknown, Resend::Later),
        code if TRANSIENT_ERRCODES.contains(&code) => (Effect::No, Resend::Later),
        _ => (Effect::No, Resend::No),
    }
}

fn token_is_bad(error: &Error) -> bool {
    TOKEN_ERRCODES.contains(&remote_code(error))
}

/// "Already there", said of ids that were sent before.
pub(crate) fn already_there(error: &Error) -> bool {
    error.code() == Code::RemoteApi && remote_code(error) == "RESOURCE_ALREADY_EXISTS"
}

/// "Not there", said by the call that tells.
pub(crate) fn not_there(error: &Error) -> bool {
    error.code() == Code::RemoteApi && matches!(remote_code(error), "RESOURCE_NOT_EXISTS" | "NOT_FOUND")
}

fn status(error: &Error) -> u16 {
    error.remote().map(|remote| remote.status).unwrap_or_default()
}

fn remote_code(error: &Error) -> &str {
    error.remote().and_then(|remote| remote.code.as_deref()).unwrap_or_default()
}
