//! What an answer grants: a token or ticket, and how long it is valid.

use super::kept::Kept;
use crate::codec;
use crate::crypto::digest;
use crate::error::{Code, Error, Result};
use crate::flow::plain::Untyped;
use crate::identity::{Host, Hosts, Identity};
use crate::json::{Object, Raw};
use crate::protocol::Verified;
use crate::schema::{AnswerKind, System};
use crate::secret::Secret;
use zeroize::Zeroizing;

/// How long it is valid, in every such answer.
const EXPIRES_IN: &str = "expires_in";
/// Whose tokens they are, where the answer says so.
const AUTHORIZER: &str = "authorizer_appid";

/// A token or ticket, fresh from an answer.
pub(in crate::flow) struct Grant {
    pub(super) token: Secret,
    pub(super) refresh: Option<Secret>,
    pub(super) expires_in: i64,
    /// The account they are for, where the answer says so.
    pub(in crate::flow) authorizer: Option<String>,
}

impl Grant {
    /// Reads an answer of a call that grants something.
    pub(in crate::flow) fn of(answer: &Verified<Untyped>) -> Result<Self> {
        let none = || Error::new(Code::ParseMissing, "the answer holds no token").at("/access_token");
        let call = answer.call();
        let (AnswerKind::Json(table), Some(grants)) = (call.answer, call.grants) else { return Err(none()) };
        let json = Zeroizing::new(codec::decode(table, answer.body(), &[])?.json);
        let object = Object::parse(&json).ok_or_else(none)?;
        let object = match grants.object {
            Some(name) => object.value(name).and_then(Raw::object).ok_or_else(none)?,
            None => object,
        };
        let text = |name: &str| object.value(name).and_then(Raw::owned_text).filter(|text| !text.is_empty());
        let expires_in = object.value(EXPIRES_IN).and_then(|raw| raw.get().parse().ok());
        let (Some(token), Some(expires_in)) = (text(grants.token), expires_in) else { return Err(none()) };
        let refresh = grants.refresh.and_then(text).map(Secret::new);
        Ok(Self { token: Secret::new(token), refresh, expires_in, authorizer: text(AUTHORIZER) })
    }

    /// It as a store keeps it.
    pub(in crate::flow) fn to_text(&self, now: i64) -> String {
        Kept::granted(self.token.clone(), self.refresh.clone(), self.expires_in, now).to_text()
    }
}

/// Under which key what this call grants is kept: by who makes the call, by the account it is for, and by host where that is no
/// official one, since a sandbox grants tokens of its own.
pub(in crate::flow) fn key(call: &str, granter: &Identity, authorizer: Option<&str>) -> String {
    let mut key = format!("fapiao:{call}:{}", granter.appid().unwrap_or_default());
    if let Some(appid) = authorizer {
        key.push(':');
        key.push_str(appid);
    }
    let base = granter.hosts().base(Host::Main);
    if base != Hosts::of(System::Account).base(Host::Main) {
        let host = digest::hex(&digest::sha256(base.as_bytes()));
        key.push(':');
        key.push_str(host.get(..12).unwrap_or_default());
    }
    key
}
