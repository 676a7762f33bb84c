//! The doors other languages come through: every call by name, JSON and attachments in, JSON and bytes out.

use super::object::Raw;
use crate::callers::identity::Identity;
use crate::callers::{Account, Direct, Partner, SubMerchant};
use crate::catalogue::{self, CallerKind};
use crate::error::{Code, Error, Result};
use crate::flow::Flow;
use crate::moment::Moment;
use crate::operation::Reply;
use crate::protocol::{Attachment, Draft, Pending, Verified};
use std::sync::Arc;

/// A caller of any kind, whose calls are made by name.
///
/// Payload and answer are JSON objects with the official wire names; a file travels beside them, never inside.
#[derive(Clone, Debug)]
pub struct Door(Arc<Identity>);

/// One call with its payload.
#[derive(Clone)]
#[non_exhaustive]
pub struct WireCall<'a> {
    /// The call's name in the catalogue.
    pub call: &'a str,
    /// Its fields as one JSON object.
    pub payload: &'a str,
    /// The file of an upload.
    pub file: Option<Attachment>,
}

impl<'a> WireCall<'a> {
    /// A call without a file.
    pub fn new(call: &'a str, payload: &'a str) -> Self {
        Self { call, payload, file: None }
    }

    /// A call with a file.
    pub fn with_file(call: &'a str, payload: &'a str, file: Attachment) -> Self {
        Self { call, payload, file: Some(file) }
    }
}

/// An answer as JSON, and the bytes of a file beside it.
///
/// Numbers that a 64-bit float would round are strings of their digits. An accepted request (202) is `{"accepted":true}`.
#[derive(Clone)]
#[non_exhaustive]
pub struct WireAnswer {
    /// The answer; of a file, its `media_type` and `filename`.
    pub json: String,
    /// The file.
    pub bytes: Option<Vec<u8>>,
}

impl Door {
    /// Fixes a call at a moment.
    ///
    /// # Errors
    /// `input.*` naming the field at fault.
    pub fn prepare(&self, call: WireCall<'_>, moment: Moment) -> Result<Pending<WireAnswer>> {
        Pending::new(Arc::new(self.draft(call)?), moment)
    }

    /// Drives a call.
    ///
    /// # Errors
    /// `input.*` naming the field at fault.
    pub fn flow(&self, call: WireCall<'_>) -> Result<Flow<WireAnswer>> {
        Ok(Flow::new(self.draft(call)?))
    }

    /// The door of a provider's sub-merchant, with the provider's own keys.
    ///
    /// # Errors
    /// `input.config` for a malformed number, `input.call` where this is no provider's door.
    pub fn sub_merchant(&self, sub_mchid: &str) -> Result<Self> {
        self.only(CallerKind::Partner)?;
        Partner(Arc::clone(&self.0)).sub_merchant(sub_mchid).map(|caller| Door::from(&caller))
    }

    /// The same account's door with another access token.
    ///
    /// # Errors
    /// `input.call` where this is no account's door.
    pub fn with_access_token(&self, token: &str) -> Result<Self> {
        self.only(CallerKind::Account)?;
        Ok(Door::from(&Account(Arc::clone(&self.0)).with_access_token(token)))
    }

    fn only(&self, kind: CallerKind) -> Result<()> {
        if self.0.kind == kind {
            return Ok(());
        }
        Err(Error::new(Code::InputCall, format!("only a caller of kind {} has this", kind.as_str())))
    }

    fn draft(&self, call: WireCall<'_>) -> Result<Draft> {
        let entry = catalogue::call(call.call).ok_or_else(|| {
            let names = catalogue::calls().map(|call| call.name);
            super::nearest::unknown_call(call.call, names)
        })?;
        // One object and nothing after it: what is laid out is what was checked.
        if Raw::parse(call.payload).is_none() {
            return Err(Error::new(Code::InputJson, "the payload is not JSON"));
        }
        Draft::new(&self.0, entry, call.payload.to_owned(), call.file)
    }
}

macro_rules! door {
    ($($caller:ident),+) => {$(
        impl From<&$caller> for Door {
            fn from(caller: &$caller) -> Self {
                Door(Arc::clone(&caller.0))
            }
        }
    )+};
}

door!(Direct, Partner, SubMerchant, Account);

impl Reply for WireAnswer {
    fn read(verified: &Verified<Self>) -> Result<Self> {
        let Some(file) = verified.file() else { return Ok(Self { json: verified.to_json()?, bytes: None }) };
        let mut json = format!("{{\"media_type\":\"{}\"", file.media_type);
        if let Some(filename) = &file.filename {
            json.push_str(",\"filename\":");
            super::escape::quote(filename, &mut json);
        }
        json.push('}');
        Ok(Self { json, bytes: Some(file.bytes.clone()) })
    }

    fn taken() -> Result<Self> {
        Ok(Self { json: ACCEPTED.to_owned(), bytes: None })
    }
}

/// An accepted request as JSON.
pub(crate) const ACCEPTED: &str = r#"{"accepted":true}"#;

impl std::fmt::Debug for WireCall<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WireCall")
            .field("call", &self.call)
            .field("payload_bytes", &self.payload.len())
            .field("file", &self.file)
            .finish()
    }
}

impl std::fmt::Debug for WireAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WireAnswer")
            .field("json_bytes", &self.json.len())
            .field("file_bytes", &self.bytes.as_ref().map(Vec::len))
            .finish()
    }
}
