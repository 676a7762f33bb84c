//! An operation checked and laid out for one caller, before any moment: what stays the same when it is sent again.

use super::download;
use super::multipart::Attachment;
use super::target;
use crate::callers::identity::Identity;
use crate::catalogue::{Call, CallerKind, Form, Source};
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::operation::Operation;
use crate::secret::Personal;
use crate::text;
use crate::wire::encode::{self, Supply};
use std::sync::Arc;

/// An operation ready to be fixed at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) call: &'static Call,
    pub(crate) identity: Arc<Identity>,
    /// Path and query exactly as sent.
    pub(crate) target: String,
    /// Scheme and host of a download; other calls go to the caller's hosts.
    pub(crate) origin: Option<String>,
    /// The JSON body, with a gap after each piece but the last where a sealed value goes; empty when there is none.
    pub(crate) pieces: Vec<String>,
    /// The plaintexts to seal, one a gap.
    pub(crate) to_seal: Vec<Personal>,
    /// Where each of them stands, as a JSON pointer.
    #[cfg_attr(
        not(any(feature = "aws-lc", feature = "rsa")),
        expect(dead_code, reason = "a host that seals knows its own limits")
    )]
    pub(crate) sealed_at: Vec<String>,
    pub(crate) file: Option<Attachment>,
    /// The payload as checked, for the calls that find out what became of this one.
    pub(crate) payload: String,
}

impl Draft {
    pub(crate) fn of<O: Operation>(identity: &Arc<Identity>, operation: &O) -> Result<Self> {
        let payload = serde_json::to_string(operation)
            .map_err(|_| Error::new(Code::InputJson, "the operation has no JSON form"))?;
        Self::new(identity, O::CALL, payload, operation.attachment())
    }

    /// Checks and lays out one payload: a JSON object with the call's fields.
    pub(crate) fn new(
        identity: &Arc<Identity>,
        call: &'static Call,
        payload: String,
        file: Option<Attachment>,
    ) -> Result<Self> {
        may_call(identity.kind, call)?;
        check_file(call, file.as_ref())?;
        let supplies = Supplies { identity, file: file.as_ref() };
        let encoded = encode::encode(call, identity.generations(call.generations), &supplies, &payload)?;
        let (origin, target) = match encoded.url {
            Some(url) => {
                let link = download::link(identity, &url, encoded.query)?;
                (Some(link.origin), link.target)
            }
            None => (None, target::target(call.path, &encoded.path, &encoded.query)),
        };
        let identity = Arc::clone(identity);
        let (pieces, to_seal, sealed_at) = (encoded.pieces, encoded.sealed, encoded.sealed_at);
        Ok(Self { call, identity, target, origin, pieces, to_seal, sealed_at, file, payload })
    }

    /// The JSON body with the sealed values (Base64) in their gaps.
    pub(crate) fn body(&self, sealed: &[String]) -> String {
        let gaps = sealed.iter().map(String::as_str).chain(std::iter::repeat(""));
        self.pieces.iter().zip(gaps).flat_map(|(piece, gap)| [piece.as_str(), gap]).collect()
    }

    /// Whether the request is signed and its answer verified.
    pub(crate) fn is_signed(&self) -> bool {
        self.identity.system() == crate::catalogue::System::Pay && self.call.form != Form::Download
    }
}

struct Supplies<'a> {
    identity: &'a Identity,
    file: Option<&'a Attachment>,
}

impl Supply for Supplies<'_> {
    fn supply(&self, source: Source) -> Result<Option<String>> {
        match (source, self.file) {
            (Source::FileSm3, Some(file)) => Ok(Some(digest::hex(&digest::sm3(file.bytes())))),
            _ => self.identity.supply(source),
        }
    }
}

fn may_call(kind: CallerKind, call: &Call) -> Result<()> {
    if call.callers.contains(&kind) {
        return Ok(());
    }
    let callers = text::join(call.callers.iter().map(|caller| caller.as_str()), ", ");
    let message = format!("`{}` is not a call of a {} caller, but of {callers}", call.name, kind.as_str());
    Err(Error::new(Code::InputCall, message).at("call"))
}

fn check_file(call: &Call, file: Option<&Attachment>) -> Result<()> {
    let wrong = |message: String| Err(Error::new(Code::InputFile, message).at("file"));
    let Form::Upload { max_bytes, .. } = call.form else {
        return if file.is_some() { wrong(format!("`{}` takes no file", call.name)) } else { Ok(()) };
    };
    let Some(file) = file else { return wrong(format!("`{}` needs a file", call.name)) };
    let size = file.bytes().len();
    if size == 0 {
        return wrong("the file is empty".to_owned());
    }
    if max_bytes != 0 && size > max_bytes {
        return wrong(format!("the file has {size} bytes, {max_bytes} are allowed"));
    }
    if !file.content_type().bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
        return wrong("the file's content type is not a media type".to_owned());
    }
    Ok(())
}
