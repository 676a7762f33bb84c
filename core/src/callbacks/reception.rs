//! What became of a callback, and what to answer. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)

use crate::error::{Code, Error};

/// What became of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reception {
    /// It is genuine: do the work, then answer.
    Event,
    /// Its signature is wrong on purpose; a right one follows.
    Probe,
    /// It is not signed by WeChat Pay, or was changed on the way.
    Forged,
    /// Its time is 300 seconds or more from this clock.
    Stale,
    /// It is signed with a key that is not loaded.
    UnknownKey,
    /// It is genuine, but no `APIv3` key that is loaded opens it.
    WrongApiV3Key,
    /// It is genuine, but about a merchant that is not configured.
    OtherMerchant,
    /// It does not have the documented form.
    Malformed,
}

/// The HTTP answer to a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallbackAnswer {
    /// The status: 204, 400, 401 or 500.
    pub status: u16,
    /// The body, JSON; empty with 204.
    pub body: &'static str,
}

impl CallbackAnswer {
    /// The content type of the body.
    pub const CONTENT_TYPE: &'static str = "application/json";
}

impl Reception {
    /// Every value, in the order of their declaration.
    pub const ALL: [Reception; 8] = [
        Reception::Event,
        Reception::Probe,
        Reception::Forged,
        Reception::Stale,
        Reception::UnknownKey,
        Reception::WrongApiV3Key,
        Reception::OtherMerchant,
        Reception::Malformed,
    ];

    /// What became of a callback that was received with this result.
    pub fn of<T>(result: &Result<T, Error>) -> Self {
        result.as_ref().map_or_else(|error| Self::refused(error.code()), |_| Reception::Event)
    }

    /// The name in every language.
    pub const fn as_str(self) -> &'static str {
        match self {
            Reception::Event => "event",
            Reception::Probe => "probe",
            Reception::Forged => "forged",
            Reception::Stale => "stale",
            Reception::UnknownKey => "unknown_key",
            Reception::WrongApiV3Key => "wrong_api_v3_key",
            Reception::OtherMerchant => "other_merchant",
            Reception::Malformed => "malformed",
        }
    }

    /// What to answer, within 5 seconds: whatever is not a success is sent again for 24 hours.
    ///
    /// What may be this side's own configuration is answered like a failure of its own (500), so that nothing is lost
    /// while it is mended.
    pub const fn answer(self) -> CallbackAnswer {
        match self {
            Reception::Event => CallbackAnswer { status: 204, body: "" },
            Reception::Probe | Reception::Forged | Reception::Stale | Reception::UnknownKey => {
                CallbackAnswer { status: 401, body: r#"{"code":"FAIL","message":"the signature is refused"}"# }
            }
            Reception::WrongApiV3Key | Reception::OtherMerchant => {
                CallbackAnswer { status: 500, body: r#"{"code":"FAIL","message":"the callback cannot be read now"}"# }
            }
            Reception::Malformed => {
                CallbackAnswer { status: 400, body: r#"{"code":"FAIL","message":"the callback is malformed"}"# }
            }
        }
    }

    /// What to answer when the work that follows an event failed: it is sent again.
    pub const fn failed() -> CallbackAnswer {
        CallbackAnswer { status: 500, body: r#"{"code":"FAIL","message":"the event was not handled"}"# }
    }

    const fn refused(code: Code) -> Self {
        match code {
            Code::VerifyProbe => Reception::Probe,
            Code::VerifyClock => Reception::Stale,
            Code::VerifyUnknownSerial | Code::KeyMerchant => Reception::UnknownKey,
            Code::VerifySignature
            | Code::VerifyBase64
            | Code::VerifyAlgorithm
            | Code::VerifyHeader
            | Code::VerifyHeaderMissing
            | Code::VerifyHeaderTwice => Reception::Forged,
            Code::VerifyOtherMerchant => Reception::OtherMerchant,
            Code::DecryptTag | Code::KeyMissing => Reception::WrongApiV3Key,
            _ => Reception::Malformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_event_is_answered_with_success() {
        for reception in Reception::ALL {
            let success = (200..300).contains(&reception.answer().status);
            assert_eq!(success, reception == Reception::Event, "{reception:?}");
        }
        assert_eq!(Reception::failed().status, 500);
    }

    #[test]
    fn a_probe_is_answered_like_a_forgery() {
        assert_eq!(Reception::Probe.answer(), Reception::Forged.answer());
    }
}
