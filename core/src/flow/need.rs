//! What a flow asks of its host, and what the host gives back.

use crate::callers::Host;
use crate::error::Result;
use crate::protocol::{Incoming, Outgoing, Settled};
use crate::secret::Personal;
use http::{Request, Response};
use std::fmt;

/// One piece of work for the host. Give its result back under the same id.
#[derive(Debug)]
#[non_exhaustive]
pub struct Need<R = Request<Vec<u8>>> {
    /// Names it within its flow.
    pub id: u32,
    /// What to do.
    pub work: Work<R>,
}

/// What a flow cannot do itself. With keys in this process only `Send` and `Wait` surface.
#[non_exhaustive]
pub enum Work<R = Request<Vec<u8>>> {
    /// Sign (RSASSA-PKCS1-v1_5, SHA-256) with the private key of this API certificate; give [`Given::Signed`].
    Sign {
        /// Serial number of the API certificate.
        serial_no: String,
        /// The message.
        message: Vec<u8>,
    },
    /// Check a signature (RSASSA-PKCS1-v1_5, SHA-256); give [`Given::Checked`].
    Verify {
        /// Id of the WeChat Pay key.
        key_id: String,
        /// That key as a DER `SubjectPublicKeyInfo`.
        public_key: Vec<u8>,
        /// The message.
        message: Vec<u8>,
        /// The signature that is said to be its.
        signature: Vec<u8>,
    },
    /// Seal (RSAES-OAEP, SHA-1) for a WeChat Pay key; give [`Given::Sealed`].
    Seal {
        /// Id of the WeChat Pay key.
        key_id: String,
        /// That key as a DER `SubjectPublicKeyInfo`.
        public_key: Vec<u8>,
        /// The value, as UTF-8.
        plaintext: Personal,
    },
    /// Open (RSAES-OAEP, SHA-1) with the private key of this API certificate; give [`Given::Opened`].
    Open {
        /// Serial number of the API certificate.
        serial_no: String,
        /// The ciphertext.
        ciphertext: Vec<u8>,
    },
    /// Send, without following redirects; give [`Given::Answered`], [`Given::NotSent`] or [`Given::Lost`].
    Send {
        /// Which host it goes to; the URL says so already.
        host: Host,
        /// The request, ready.
        request: R,
    },
    /// Wait, then give [`Given::Waited`].
    Wait {
        /// How long, milliseconds.
        milliseconds: u64,
    },
}

impl Work<Outgoing> {
    /// Tells whether something given is what was asked for, or says that it could not be done.
    pub(crate) fn fits(&self) -> fn(&Given<Incoming>) -> bool {
        match self {
            Work::Sign { .. } => |given| matches!(given, Given::Signed(_) | Given::Failed(_)),
            Work::Verify { .. } => |given| matches!(given, Given::Checked(_) | Given::Failed(_)),
            Work::Seal { .. } => |given| matches!(given, Given::Sealed(_) | Given::Failed(_)),
            Work::Open { .. } => |given| matches!(given, Given::Opened(_) | Given::Failed(_)),
            Work::Send { .. } => {
                |given| matches!(given, Given::Answered { .. } | Given::NotSent | Given::Lost | Given::Failed(_))
            }
            Work::Wait { .. } => |given| matches!(given, Given::Waited),
        }
    }
}

impl Need<Outgoing> {
    /// The same need in the types of the `http` crate.
    pub(crate) fn into_http(self) -> Result<Need> {
        let work = match self.work {
            Work::Sign { serial_no, message } => Work::Sign { serial_no, message },
            Work::Verify { key_id, public_key, message, signature } => {
                Work::Verify { key_id, public_key, message, signature }
            }
            Work::Seal { key_id, public_key, plaintext } => Work::Seal { key_id, public_key, plaintext },
            Work::Open { serial_no, ciphertext } => Work::Open { serial_no, ciphertext },
            Work::Send { host, request } => Work::Send { host, request: request.into_http()? },
            Work::Wait { milliseconds } => Work::Wait { milliseconds },
        };
        Ok(Need { id: self.id, work })
    }
}

impl From<Given> for Given<Incoming> {
    fn from(given: Given) -> Self {
        match given {
            Given::Signed(signature) => Given::Signed(signature),
            Given::Checked(settled) => Given::Checked(settled),
            Given::Sealed(ciphertext) => Given::Sealed(ciphertext),
            Given::Opened(plaintext) => Given::Opened(plaintext),
            Given::Answered { response, milliseconds } => Given::Answered { response: response.into(), milliseconds },
            Given::NotSent => Given::NotSent,
            Given::Lost => Given::Lost,
            Given::Waited => Given::Waited,
            Given::Failed(why) => Given::Failed(why),
        }
    }
}

impl<R> fmt::Debug for Work<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Work::Sign { serial_no, message } => {
                f.debug_struct("Sign").field("serial_no", serial_no).field("message_bytes", &message.len()).finish()
            }
            Work::Verify { key_id, .. } => f.debug_struct("Verify").field("key_id", key_id).finish_non_exhaustive(),
            Work::Seal { key_id, .. } => f.debug_struct("Seal").field("key_id", key_id).finish_non_exhaustive(),
            Work::Open { serial_no, .. } => {
                f.debug_struct("Open").field("serial_no", serial_no).finish_non_exhaustive()
            }
            // A URL can carry an access token, headers a signature.
            Work::Send { host, .. } => f.debug_struct("Send").field("host", host).finish_non_exhaustive(),
            Work::Wait { milliseconds } => f.debug_struct("Wait").field("milliseconds", milliseconds).finish(),
        }
    }
}

/// What came of a piece of work.
#[non_exhaustive]
pub enum Given<P = Response<Vec<u8>>> {
    /// A signature.
    Signed(Vec<u8>),
    /// What the check found.
    Checked(Settled),
    /// A ciphertext.
    Sealed(Vec<u8>),
    /// A plaintext.
    Opened(Vec<u8>),
    /// An answer.
    Answered {
        /// Status, headers and the body after content decoding, whatever the status.
        response: P,
        /// How long it took, milliseconds, as the host measured it.
        milliseconds: u64,
    },
    /// The request certainly did not reach the gateway: name not resolved, connection or TLS refused.
    NotSent,
    /// It may have: a time-out, or a connection cut after the request was on its way.
    Lost,
    /// The wait is over.
    Waited,
    /// A key operation failed; the text is shown, so it must hold no secret.
    Failed(String),
}

impl<P> fmt::Debug for Given<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Given::Signed(_) => "Signed",
            Given::Checked(_) => "Checked",
            Given::Sealed(_) => "Sealed",
            Given::Opened(_) => "Opened",
            Given::Answered { .. } => "Answered",
            Given::NotSent => "NotSent",
            Given::Lost => "Lost",
            Given::Waited => "Waited",
            Given::Failed(_) => "Failed",
        })
    }
}
