//! What the gateway said in an error answer. Such answers are not signed: nothing here is authenticated.

use core::fmt;

/// The error answer of a gateway, kept whole. **Unauthenticated**: error answers carry no signature that is checked.
///
/// Texts of the gateway can quote what was sent, so `Debug` leaves them out.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct RemoteError {
    /// HTTP status.
    pub status: u16,
    /// The gateway's code, e.g. `PARAM_ERROR`, or the `errcode` of an account call in digits.
    pub code: Option<String>,
    /// The gateway's message, at most 1,024 printable characters.
    pub message: Option<String>,
    /// The field the gateway names, a JSON pointer or a parameter name.
    pub field: Option<String>,
    /// `Request-ID` of the answer.
    pub request_id: Option<String>,
    /// `detail` as raw JSON; its shape varies.
    pub detail: Option<String>,
    /// The first words of a page that the gateway did not write, at most 200 characters, e.g. a firewall's.
    pub page: Option<String>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl RemoteError {
    /// The number after the last `-` of the Request-ID, the gateway's internal error code.
    pub fn request_id_tail(&self) -> Option<i64> {
        let id = self.request_id.as_deref()?;
        let (_, tail) = id.rsplit_once('-')?;
        tail.parse().ok()
    }
}

impl fmt::Debug for RemoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteError")
            .field("status", &self.status)
            .field("code", &self.code)
            .field("field", &self.field)
            .field("request_id", &self.request_id)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
