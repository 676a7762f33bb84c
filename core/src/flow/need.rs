//! What a flow asks of its host, and what the host gives back.

use crate::error::Result;
use crate::identity::Host;
use crate::protocol::{Incoming, Outgoing, SignatureCheck};
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
    pub kind: NeedKind<R>,
}

/// What a flow cannot do itself. With keys in this process only `Send` and `Wait` surface.
#[non_exhaustive]
pub enum NeedKind<R = Request<Vec<u8>>> {
    /// Sign (RSASSA-PKCS1-v1_5, SHA-256) with the private key of this API certificate; give [`NeedResult::Signed`].
    Sign {
        /// Serial number of the API certificate.
        serial_no: String,
        /// The message.
        message: Vec<u8>,
    },
    /// Check a signature (RSASSA-PKCS1-v1_5, SHA-256); give [`NeedResult::Checked`].
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
    /// Encrypt (RSAES-OAEP, SHA-1) for a WeChat Pay key; give [`NeedResult::Encrypted`].
    Encrypt {
        /// Id of the WeChat Pay key.
        key_id: String,
        /// That key as a DER `SubjectPublicKeyInfo`.
        public_key: Vec<u8>,
        /// The value, as UTF-8.
        plaintext: Personal,
    },
    /// Decrypt (RSAES-OAEP, SHA-1) with the private key of this API certificate; give [`NeedResult::Decrypted`].
    Decrypt {
        /// Serial number of the API certificate.
        serial_no: String,
        /// The ciphertext.
        ciphertext: Vec<u8>,
    },
    /// Send, without following redirects; give [`NeedResult::Answered`], [`NeedResult::NotSent`] or [`NeedResult::Lost`].
    Send {
        /// Which host it goes to; the URL says so already.
        host: Host,
        /// The request, ready.
        request: R,
    },
    /// Look up what a store keeps under a key; give [`NeedResult::Loaded`].
    Load {
        /// The key, at most 128 characters.
        key: String,
    },
    /// Keep a text in a store, where what is there still has this version (nothing is there, where there is none); give
    /// [`NeedResult::Stored`] or [`NeedResult::LostRace`].
    Store {
        /// The key.
        key: String,
        /// The text.
        text: String,
        /// The version it replaces.
        version: Option<String>,
    },
    /// Wait, then give [`NeedResult::Waited`].
    Wait {
        /// How long, milliseconds.
        milliseconds: u64,
    },
}

impl NeedKind<Outgoing> {
    /// Tells whether something given is what was asked for, or says that it could not be done.
    pub(crate) fn fits(&self) -> fn(&NeedResult<Incoming>) -> bool {
        match self {
            NeedKind::Sign { .. } => |result| matches!(result, NeedResult::Signed(_) | NeedResult::Failed),
            NeedKind::Verify { .. } => |result| matches!(result, NeedResult::Checked(_) | NeedResult::Failed),
            NeedKind::Encrypt { .. } => |result| matches!(result, NeedResult::Encrypted(_) | NeedResult::Failed),
            NeedKind::Decrypt { .. } => |result| matches!(result, NeedResult::Decrypted(_) | NeedResult::Failed),
            NeedKind::Send { .. } => |result| {
                matches!(
                    result,
                    NeedResult::Answered { .. } | NeedResult::NotSent | NeedResult::Lost | NeedResult::Failed
                )
            },
            NeedKind::Load { .. } => |result| matches!(result, NeedResult::Loaded { .. } | NeedResult::Failed),
            NeedKind::Store { .. } => {
                |result| matches!(result, NeedResult::Stored { .. } | NeedResult::LostRace | NeedResult::Failed)
            }
            NeedKind::Wait { .. } => |result| matches!(result, NeedResult::Waited),
        }
    }
}

impl Need<Outgoing> {
    /// The same need in the types of the `http` crate.
    pub(crate) fn into_http(self) -> Result<Need> {
        let kind = match self.kind {
            NeedKind::Sign { serial_no, message } => NeedKind::Sign { serial_no, message },
            NeedKind::Verify { key_id, public_key, message, signature } => {
                NeedKind::Verify { key_id, public_key, message, signature }
            }
            NeedKind::Encrypt { key_id, public_key, plaintext } => NeedKind::Encrypt { key_id, public_key, plaintext },
            NeedKind::Decrypt { serial_no, ciphertext } => NeedKind::Decrypt { serial_no, ciphertext },
            NeedKind::Send { host, request } => NeedKind::Send { host, request: request.into_http()? },
            NeedKind::Load { key } => NeedKind::Load { key },
            NeedKind::Store { key, text, version } => NeedKind::Store { key, text, version },
            NeedKind::Wait { milliseconds } => NeedKind::Wait { milliseconds },
        };
        Ok(Need { id: self.id, kind })
    }
}

impl From<NeedResult> for NeedResult<Incoming> {
    fn from(result: NeedResult) -> Self {
        match result {
            NeedResult::Signed(signature) => NeedResult::Signed(signature),
            NeedResult::Checked(check) => NeedResult::Checked(check),
            NeedResult::Encrypted(ciphertext) => NeedResult::Encrypted(ciphertext),
            NeedResult::Decrypted(plaintext) => NeedResult::Decrypted(plaintext),
            NeedResult::Answered { response, milliseconds } => {
                NeedResult::Answered { response: response.into(), milliseconds }
            }
            NeedResult::NotSent => NeedResult::NotSent,
            NeedResult::Lost => NeedResult::Lost,
            NeedResult::Loaded { text, version } => NeedResult::Loaded { text, version },
            NeedResult::Stored { version } => NeedResult::Stored { version },
            NeedResult::LostRace => NeedResult::LostRace,
            NeedResult::Waited => NeedResult::Waited,
            NeedResult::Failed => NeedResult::Failed,
        }
    }
}

impl<R> fmt::Debug for NeedKind<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NeedKind::Sign { serial_no, message } => {
                f.debug_struct("Sign").field("serial_no", serial_no).field("message_bytes", &message.len()).finish()
            }
            NeedKind::Verify { key_id, .. } => f.debug_struct("Verify").field("key_id", key_id).finish_non_exhaustive(),
            NeedKind::Encrypt { key_id, .. } => {
                f.debug_struct("Encrypt").field("key_id", key_id).finish_non_exhaustive()
            }
            NeedKind::Decrypt { serial_no, .. } => {
                f.debug_struct("Decrypt").field("serial_no", serial_no).finish_non_exhaustive()
            }
            // A URL can carry an access token, headers a signature.
            NeedKind::Send { host, .. } => f.debug_struct("Send").field("host", host).finish_non_exhaustive(),
            NeedKind::Load { key } => f.debug_struct("Load").field("key", key).finish(),
            NeedKind::Store { key, .. } => f.debug_struct("Store").field("key", key).finish_non_exhaustive(),
            NeedKind::Wait { milliseconds } => f.debug_struct("Wait").field("milliseconds", milliseconds).finish(),
        }
    }
}

/// What came of a piece of work.
#[non_exhaustive]
pub enum NeedResult<P = Response<Vec<u8>>> {
    /// A signature.
    Signed(Vec<u8>),
    /// What the check found.
    Checked(SignatureCheck),
    /// A ciphertext.
    Encrypted(Vec<u8>),
    /// A plaintext.
    Decrypted(Vec<u8>),
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
    /// What a store keeps, with its version; neither where there is nothing.
    Loaded {
        /// The text.
        text: Option<String>,
        /// Its version.
        version: Option<String>,
    },
    /// It is kept, with this version.
    Stored {
        /// The new version.
        version: String,
    },
    /// Another worker stored something in between.
    LostRace,
    /// The wait is over.
    Waited,
    /// A key operation or a store failed. Why stays with the host: a key service's words can hold what it was given.
    Failed,
}

impl<P> fmt::Debug for NeedResult<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NeedResult::Signed(_) => "Signed",
            NeedResult::Checked(_) => "Checked",
            NeedResult::Encrypted(_) => "Encrypted",
            NeedResult::Decrypted(_) => "Decrypted",
            NeedResult::Answered { .. } => "Answered",
            NeedResult::NotSent => "NotSent",
            NeedResult::Lost => "Lost",
            NeedResult::Loaded { .. } => "Loaded",
            NeedResult::Stored { .. } => "Stored",
            NeedResult::LostRace => "LostRace",
            NeedResult::Waited => "Waited",
            NeedResult::Failed => "Failed",
        })
    }
}
