//! An operation checked and laid out for one caller, before any moment: what stays the same when it is sent again.

use super::download;
use super::echo::Echo;
use super::multipart::Attachment;
use super::subject::Subject;
use super::target;
use crate::codec::{self, Supply, Warning};
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::identity::{Identity, Merchant};
use crate::json::{Members, Object};
use crate::schema::{Call, CallerKind, FilledBy, Layout, Replay};
use crate::secret::{Personal, Secret};
use std::sync::Arc;
use zeroize::Zeroizing;

/// An operation ready to be fixed at a moment.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) call: &'static Call,
    pub(crate) identity: Arc<Identity>,
    /// Path and query exactly as sent, but for the values that travel encrypted.
    pub(crate) target: String,
    /// The fields of the query that travel encrypted, behind the others.
    encrypted_query: Vec<String>,
    /// Scheme and host of a download; other calls go to the caller's hosts.
    pub(crate) origin: Option<String>,
    /// The JSON body, with a gap after each piece but the last where an encrypted value goes; empty when there is none.
    pub(crate) pieces: Vec<String>,
    /// The plaintexts to encrypt: those of the query, then one a gap of the body.
    pub(crate) to_encrypt: Vec<Personal>,
    /// Where each of them stands, as a JSON pointer.
    #[cfg_attr(not(feature = "_local-keys"), expect(dead_code, reason = "a host that encrypts knows its own limits"))]
    pub(crate) encrypted_at: Vec<String>,
    pub(crate) file: Option<Attachment>,
    /// The replay class of this very request.
    pub(crate) replay: Replay,
    /// What a query would have to show, where one tells what became of the call.
    pub(crate) subject: Option<Subject>,
    /// The id that was asked for, where the answer names it.
    pub(crate) echo: Option<Echo>,
    pub(crate) warnings: Vec<Warning>,
    /// What has to be got first: no request can be made of this draft.
    pub(crate) late: Option<Late>,
    /// The payload, where it is laid out once more with what comes late.
    payload: Option<Arc<str>>,
}

/// What a call takes that its caller does not have yet, and the call that grants it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Late {
    /// The access token.
    Token(&'static Call),
    /// The member of the payload that bears the name of what is granted.
    Ticket(&'static Call),
}

impl Late {
    /// The call that grants it.
    pub(crate) fn granting(self) -> &'static Call {
        match self {
            Late::Token(call) | Late::Ticket(call) => call,
        }
    }
}

impl Draft {
    /// Checks and lays out one payload: a JSON object with the call's fields.
    pub(crate) fn new(
        identity: &Arc<Identity>,
        call: &'static Call,
        payload: &str,
        file: Option<Attachment>,
    ) -> Result<Self> {
        may_call(identity.kind(), call)?;
        check_file(call, file.as_ref())?;
        check_api_v3_key(call, identity)?;
        let text = payload;
        let payload =
            Object::parse(payload).ok_or_else(|| Error::new(Code::InputJson, "the payload is not one JSON object"))?;
        let late = late(call, identity, &payload);
        let supplies = Supplies { identity, file: file.as_ref() };
        let encoded = codec::encode(call, identity.generations(call.generations), &supplies, &payload)?;
        let (origin, target) = match &encoded.url {
            Some(url) => {
                let link = download::link(identity.hosts(), url, &encoded.query)?;
                (Some(link.origin), link.target)
            }
            None => (None, target::target(call.path, &encoded.path, &encoded.query)),
        };
        let replay = replay_of(call, &payload);
        Ok(Self {
            call,
            identity: Arc::clone(identity),
            target,
            encrypted_query: encoded.encrypted_query,
            origin,
            pieces: encoded.pieces,
            to_encrypt: encoded.to_encrypt,
            encrypted_at: encoded.encrypted_at,
            file,
            replay,
            subject: replay.evidence().map(|evidence| Subject::of(evidence, &payload)),
            echo: call.echo.and_then(|rule| Echo::of(rule, &payload)),
            warnings: encoded.warnings,
            late,
            payload: late.map(|_| Arc::from(text)),
        })
    }

    /// The same with what it waits for; that can be something else next.
    pub(crate) fn complete(&self, value: &Secret) -> Result<Self> {
        let payload = self.payload.as_deref().unwrap_or("{}");
        if let Some(Late::Ticket(granting)) = self.late {
            let name = granting.grants.map_or("ticket", |grants| grants.token);
            let payload = Zeroizing::new(with_member(payload, name, value.reveal()));
            return Self::new(&self.identity, self.call, &payload, self.file.clone());
        }
        let identity = Arc::new(self.identity.with_access_token(value.clone())?);
        Self::new(&identity, self.call, payload, self.file.clone())
    }

    /// Path and query with the encrypted values (Base64).
    pub(crate) fn target(&self, encrypted: &[String]) -> String {
        let mut target = self.target.clone();
        target::append_query(&mut target, self.encrypted_query.iter().zip(encrypted));
        target
    }

    /// The JSON body with the encrypted values (Base64) in their gaps.
    pub(crate) fn body(&self, encrypted: &[String]) -> String {
        let in_body = encrypted.iter().skip(self.encrypted_query.len()).map(String::as_str);
        let gaps = in_body.chain(std::iter::repeat(""));
        self.pieces.iter().zip(gaps).flat_map(|(piece, gap)| [piece.as_str(), gap]).collect()
    }

    /// The merchant that signs the request and verifies its answer; none where a call is not signed.
    pub(crate) fn signer(&self) -> Option<&Merchant> {
        match &*self.identity {
            Identity::Merchant(merchant) if !self.call.layout.is_download() => Some(merchant),
            Identity::Merchant(_) | Identity::Account(_) => None,
        }
    }
}

/// What the call takes that is not there yet: the token first, since the ticket is got with it.
fn late(call: &'static Call, identity: &Identity, payload: &Object<'_>) -> Option<Late> {
    if let Some(granting) = call.token_from.filter(|_| identity.fetches_token()) {
        return Some(Late::Token(granting));
    }
    let has = |granting: &Call| granting.grants.is_some_and(|grants| payload.value(grants.token).is_some());
    call.ticket_from.filter(|granting| !has(granting)).map(Late::Ticket)
}

/// A payload with one member more.
fn with_member(payload: &str, name: &str, value: &str) -> String {
    let rest = payload.trim_start().strip_prefix('{').unwrap_or("}").trim_start();
    let member = Members::new().text(name, Some(value)).end();
    let separator = if rest.starts_with('}') { "" } else { "," };
    format!("{}{separator}{rest}", member.strip_suffix('}').unwrap_or(&member))
}

struct Supplies<'a> {
    identity: &'a Identity,
    file: Option<&'a Attachment>,
}

impl Supply for Supplies<'_> {
    fn supply(&self, source: FilledBy) -> Result<Option<String>> {
        match (source, self.file) {
            (FilledBy::FileSm3, Some(file)) => Ok(Some(digest::hex(&digest::sm3(file.bytes())))),
            _ => self.identity.supply(source),
        }
    }
}

fn replay_of(call: &Call, payload: &Object<'_>) -> Replay {
    let never = call.never_replay_if.and_then(|name| payload.value(name)).is_some_and(|raw| raw.get() == "true");
    if never { Replay::Never(None) } else { call.replay }
}

fn may_call(kind: CallerKind, call: &Call) -> Result<()> {
    if call.callers.contains(&kind) {
        return Ok(());
    }
    let callers: Vec<_> = call.callers.iter().map(|caller| caller.as_str()).collect();
    let callers = callers.join(", ");
    let message = format!("`{}` is not a call of a {} caller, but of {callers}", call.name, kind.as_str());
    Err(Error::new(Code::InputCall, message).at("call"))
}

/// What comes back encrypted under the `APIv3` key needs one.
fn check_api_v3_key(call: &Call, identity: &Identity) -> Result<()> {
    let Identity::Merchant(merchant) = identity else { return Ok(()) };
    if call.encrypted_entries.is_none() || !merchant.api_v3_keys.is_empty() {
        return Ok(());
    }
    let message = format!("`{}` needs the APIv3 key, which its answer is encrypted with", call.name);
    Err(Error::new(Code::KeyMissing, message).at("api_v3_key"))
}

fn check_file(call: &Call, file: Option<&Attachment>) -> Result<()> {
    let wrong = |message: String| Err(Error::new(Code::InputFile, message).at("file"));
    let Layout::Upload { max_bytes, .. } = call.layout else {
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
