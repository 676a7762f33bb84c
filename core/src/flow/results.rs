//! What came of a need, as the step that asked for it wants it.

use super::plain::NeedResult;
use crate::error::{Code, Error, Result};
use crate::protocol::{Incoming, SignatureCheck};

/// The result of a step with one need.
pub(super) fn only(results: Vec<NeedResult>) -> Result<NeedResult> {
    results.into_iter().next().ok_or_else(|| Error::new(Code::InputState, "nothing was given"))
}

pub(super) fn signature(result: NeedResult) -> Result<Vec<u8>> {
    match result {
        NeedResult::Signed(signature) => Ok(signature),
        other => Err(unexpected(other, Code::SignFailed)),
    }
}

pub(super) fn signature_check(result: NeedResult) -> Result<SignatureCheck> {
    match result {
        NeedResult::Checked(check) => Ok(check),
        other => Err(unexpected(other, Code::VerifySignature)),
    }
}

/// An answer, and the milliseconds it took.
pub(super) fn response(result: NeedResult) -> Result<(Incoming, u64)> {
    match result {
        NeedResult::Answered { response, milliseconds } => Ok((response, milliseconds)),
        NeedResult::NotSent => Err(Error::new(Code::SendNotSent, "the gateway could not be reached")),
        NeedResult::Lost => Err(Error::new(Code::SendLost, "no answer came back")),
        other => Err(unexpected(other, Code::SendLost)),
    }
}

pub(super) fn ciphertext(result: NeedResult) -> Result<Vec<u8>> {
    match result {
        NeedResult::Encrypted(ciphertext) => Ok(ciphertext),
        other => Err(unexpected(other, Code::SealFailed)),
    }
}

/// A plaintext; `None` where decrypting failed: the rest of the answer can be read all the same.
pub(super) fn plaintext(result: NeedResult) -> Result<Option<Vec<u8>>> {
    match result {
        NeedResult::Decrypted(plaintext) => Ok(Some(plaintext)),
        NeedResult::Failed => Ok(None),
        other => Err(unexpected(other, Code::OpenFailed)),
    }
}

/// The host's own failure, or a result of another kind than was asked for.
fn unexpected(result: NeedResult, code: Code) -> Error {
    match result {
        NeedResult::Failed => Error::new(code, "the operation outside failed; its own error tells why"),
        other => Error::new(Code::InputState, format!("`{other:?}` is not what was asked for")),
    }
}
