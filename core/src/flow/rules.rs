//! What is heard of a request, and what each of it proves: the one table that decisions are made from.
//!
//! "No effect" and "took effect" need proof; everything else is unknown, and is asked about.

use crate::error::{Code, Error};
use crate::flow::effect::Resend;

/// What an ending proves about the effect of a call that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proof {
    /// Nothing: the effect is unknown.
    Nothing,
    /// That there is none.
    No,
    /// That there is none, unless the client repeats requests by itself: then this may answer the second one.
    NoIfSentOnce,
    /// That there is one.
    Yes,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident, $proof:ident, $resend:ident, $example:literal, $reason:literal, $source:literal;)+) => {
        /// What is heard of a request that gave no answer to read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Heard {
            $(#[doc = concat!($example, ": ", $reason, ".")] $name,)+
        }

        impl Heard {
            /// Everything that can be heard, in the order of the table.
            pub const ALL: &'static [Heard] = &[$(Heard::$name,)+];

            /// What it proves.
            pub const fn proof(self) -> Proof {
                match self { $(Heard::$name => Proof::$proof,)+ }
            }

            /// Whether and how the same request may be sent again, where that does no harm.
            pub const fn resend(self) -> Resend {
                match self { $(Heard::$name => Resend::$resend,)+ }
            }

            /// What it looks like.
            pub const fn example(self) -> &'static str {
                match self { $(Heard::$name => crate::schema::prose($example),)+ }
            }

            /// Why it proves what it proves.
            pub const fn reason(self) -> &'static str {
                match self { $(Heard::$name => crate::schema::prose($reason),)+ }
            }

            /// Where that comes from.
            pub const fn source(self) -> &'static str {
                match self { $(Heard::$name => crate::schema::prose($source),)+ }
            }
        }
    };
}

rules! {
    Unsent, No, No, "a field that cannot be encrypted, a signer that fails", "the request was never handed to the client", "own judgement";
    NotSent, NoIfSentOnce, OtherHost, "name not found, connection or TLS refused", "no byte of the request was written", "A.10";
    Lost, Nothing, OtherHost, "time-out, connection cut", "the request may have arrived", "A.10";
    BadRequest, No, No, "400 PARAM_ERROR, 403 NO_AUTH", "the gateway refused it before doing anything, whichever attempt this answers", "A.9";
    Refused, NoIfSentOnce, No, "400 INVALID_REQUEST, 401 SIGN_ERROR, 404 RESOURCE_NOT_EXISTS, 404 NOT_FOUND", "the gateway refused it; of a repetition, though, a used nonce or a used order is refused too", "A.9";
    RateLimited, NoIfSentOnce, Later, "429 FREQUENCY_LIMITED, 429 RATELIMIT_EXCEEDED", "the gateway did not accept it", "A.9";
    AlreadyExists, Nothing, No, "RESOURCE_ALREADY_EXISTS", "an earlier attempt under these ids arrived, or somebody else's", "B.6";
    ServerError, Nothing, Later, "500 SYSTEM_ERROR, 502, 503 SERVICE_UNAVAILABLE", "the gateway failed while it was at it", "A.9";
    OtherPair, Nothing, No, "400 SYSTEM_ERROR, 409 CONFLICT, a refusal without Request-ID", "no official table has this status with this code in this form", "A.9";
    BusyPage, Nothing, Later, "429 or 5xx with a page that is not the gateway's", "something between here and the gateway answered", "own judgement";
    Page, Nothing, No, "403 with a page, a redirect", "something between here and the gateway answered", "own judgement";
    Errcode, NoIfSentOnce, No, "errcode 40001, 72038, 48001", "the account gateway refused it", "C.5, D.4";
    ErrcodeLimited, NoIfSentOnce, Later, "errcode 45011", "called too often: the account gateway did not accept it", "D.4";
    ErrcodeBusy, Nothing, Later, "errcode -1, 72036, 72054, 73105, 73107", "the account gateway is at it, or failed while it was", "C.5";
    ErrcodeExists, Nothing, No, "errcode 72018, 72042, 72056", "an earlier attempt arrived, or somebody else's", "C.5";
    ErrcodeUnlisted, Nothing, No, "an errcode that no table has", "nobody knows what it means", "own judgement";
    Forged, Nothing, Now, "2xx with a wrong signature, a probe", "the answer cannot be believed", "A.4";
    Unbelievable, Nothing, No, "2xx without signature, by an unknown key, of another time, too large, given before, or for another request; an account answer that cannot be read", "the answer cannot be believed", "A.4";
    Unreadable, Yes, No, "a verified answer that cannot be read", "the gateway answered it", "A.4";
    WrongFile, No, Now, "a file with another digest", "downloads have no effect", "B #20";
    NoFile, No, No, "a page in place of a file", "downloads have no effect", "B #20";
}

impl Heard {
    /// Whether the same ids may be sent again once the query does not show them: not after a refusal, which would come again.
    pub(crate) const fn permits_same_ids(self) -> bool {
        !self.comes_again() && !matches!(self, Heard::AlreadyExists | Heard::ErrcodeExists | Heard::Unsent)
    }

    /// A refusal that the same request would meet again.
    pub(crate) const fn comes_again(self) -> bool {
        matches!(self, Heard::BadRequest | Heard::Refused | Heard::Errcode)
    }
}

/// The gateway's own refusals: status, code, and what they are. A pair that is not here proves nothing.
const PAIRS: [(u16, &str, Heard); 8] = [
    (400, "PARAM_ERROR", Heard::BadRequest),
    (403, "NO_AUTH", Heard::BadRequest),
    (400, "INVALID_REQUEST", Heard::Refused),
    (401, "SIGN_ERROR", Heard::Refused),
    (404, "RESOURCE_NOT_EXISTS", Heard::Refused),
    (404, "NOT_FOUND", Heard::Refused),
    (429, "FREQUENCY_LIMITED", Heard::RateLimited),
    (429, "RATELIMIT_EXCEEDED", Heard::RateLimited),
];

/// The account gateway's refusals (the official tables of invoice and token errcodes), as ranges of codes that follow each other.
const ERRCODES: [(i64, i64); 47] = [
    (1, 1),
    (40001, 40003),
    (40013, 40014),
    (40078, 40078),
    (40097, 40097),
    (40125, 40125),
    (40127, 40127),
    (40164, 40164),
    (40243, 40243),
    (41001, 41002),
    (41004, 41004),
    (42001, 42001),
    (42007, 42007),
    (43001, 43003),
    (44002, 44002),
    (45009, 45009),
    (45035, 45035),
    (47001, 47001),
    (48001, 48001),
    (48004, 48004),
    (49004, 49004),
    (50001, 50002),
    (61003, 61007),
    (61009, 61011),
    (61023, 61024),
    (72010, 72010),
    (72013, 72013),
    (72015, 72015),
    (72017, 72017),
    (72023, 72025),
    (72027, 72031),
    (72035, 72035),
    (72037, 72041),
    (72043, 72053),
    (72055, 72055),
    (72057, 72065),
    (72067, 72069),
    (72082, 72082),
    (73000, 73016),
    (73100, 73101),
    (73104, 73104),
    (73106, 73106),
    (73108, 73109),
    (73200, 73204),
    (89501, 89501),
    (89503, 89503),
    (89506, 89507),
];

/// What an error says, whatever the call.
pub(crate) fn hear(error: &Error) -> Heard {
    match error.code() {
        Code::SendNotSent => Heard::NotSent,
        Code::SendLost => Heard::Lost,
        Code::RemoteApi => of_pair(error),
        Code::RemoteErrcode => of_errcode(remote_code(error)),
        Code::RemoteNotJson if matches!(status(error), 429 | 500..) => Heard::BusyPage,
        Code::RemoteNotJson | Code::RemoteRedirect => Heard::Page,
        Code::VerifyProbe
        | Code::VerifySignature
        | Code::VerifyBase64
        | Code::VerifyHeader
        | Code::VerifyHeaderTwice => Heard::Forged,
        Code::ParseJson | Code::ParseType | Code::ParseMissing | Code::OpenFailed => Heard::Unreadable,
        Code::DownloadDigest => Heard::WrongFile,
        Code::DownloadNotAFile | Code::DownloadDigestMissing => Heard::NoFile,
        _ => Heard::Unbelievable,
    }
}

fn of_pair(error: &Error) -> Heard {
    let (status, code) = (status(error), remote_code(error));
    let own = error.remote().is_some_and(|remote| remote.request_id.is_some());
    if code == "RESOURCE_ALREADY_EXISTS" {
        return Heard::AlreadyExists;
    }
    if status >= 500 && status != 501 {
        return Heard::ServerError;
    }
    let known = PAIRS.iter().find(|(wanted, name, _)| (*wanted, *name) == (status, code));
    known.filter(|_| own).map_or(Heard::OtherPair, |(_, _, heard)| *heard)
}

fn of_errcode(code: &str) -> Heard {
    let Ok(number) = code.parse::<i64>() else { return Heard::ErrcodeUnlisted };
    match number {
        -1 | 72036 | 72054 | 73105 | 73107 => Heard::ErrcodeBusy,
        72018 | 72042 | 72056 => Heard::ErrcodeExists,
        45011 => Heard::ErrcodeLimited,
        _ if ERRCODES.iter().any(|(first, last)| (*first..=*last).contains(&number)) => Heard::Errcode,
        _ => Heard::ErrcodeUnlisted,
    }
}

/// The access token is wrong or over.
pub(crate) fn token_is_bad(error: &Error) -> bool {
    error.code() == Code::RemoteErrcode && matches!(remote_code(error), "40001" | "40014" | "42001")
}

/// "Not there", said by the query.
pub(crate) fn not_there(error: &Error) -> bool {
    error.code() == Code::RemoteApi
        && status(error) == 404
        && remote_code(error) == "RESOURCE_NOT_EXISTS"
        && error.remote().is_some_and(|remote| remote.request_id.is_some())
}

fn status(error: &Error) -> u16 {
    error.remote().map(|remote| remote.status).unwrap_or_default()
}

fn remote_code(error: &Error) -> &str {
    error.remote().and_then(|remote| remote.code.as_deref()).unwrap_or_default()
}
