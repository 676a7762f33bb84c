//! An answer that says who signed it. [Official page](https://pay.weixin.qq.com/docs/merchant/development/interface-rules/basic-rules.html)

use super::draft::Draft;
use super::http_message::ResponseView;
use super::opened::{self, Opened};
use super::remote;
use super::signed::{Origin, SignatureCheck, Signed};
use super::verified::{Content, Verified};
use crate::codec::Warning;
use crate::error::{Code, Error, Result};
use crate::keys::{KeyRing, WechatPayKey};
use std::marker::PhantomData;
use std::sync::Arc;

/// Largest JSON answer, bytes; documented ones are a few kilobytes.
pub(crate) const MAX_JSON: usize = 8 * 1024 * 1024;

/// A signed answer before its signature is checked. Nothing in it can be read yet.
pub struct Claim<A> {
    draft: Arc<Draft>,
    signed: Signed,
    warnings: Vec<Warning>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Claim<A> {
    pub(crate) fn new(draft: &Arc<Draft>, response: &ResponseView<'_>, now: i64) -> Result<Self> {
        let body = response.body;
        if body.len() > MAX_JSON {
            let message = format!("the answer has {} bytes, {MAX_JSON} are allowed", body.len());
            return Err(Error::new(Code::LimitBody, message).at("body"));
        }
        if !response.is_success() {
            return Err(remote::refusal(draft.call.method, &draft.target, response));
        }
        let signed = Signed::read(Origin::Answer, response, now)?;
        let warnings = draft.signer().map(|merchant| merchant.key_warnings(signed.serial(), now)).unwrap_or_default();
        Ok(Self { draft: Arc::clone(draft), signed, warnings, answer: PhantomData })
    }

    /// The id of the key that is said to have signed: a public key id or a certificate serial.
    pub fn serial(&self) -> &str {
        self.signed.serial()
    }

    /// The message that is said to be signed (RSASSA-PKCS1-v1_5, SHA-256).
    pub fn message(&self) -> &[u8] {
        self.signed.message()
    }

    /// The signature.
    ///
    /// # Errors
    /// `verify.base64`; `verify.probe` for a wrong signature made on purpose.
    pub fn signature(&self) -> Result<Vec<u8>> {
        self.signed.signature()
    }

    /// Checks the signature with the key of that serial.
    ///
    /// # Errors
    /// `verify.unknown_serial`, `key.merchant`, `verify.base64`, `verify.signature`, `verify.probe`.
    #[cfg(feature = "_local-keys")]
    pub fn check_with(self, ring: &KeyRing) -> Result<Verified<A>> {
        let key = self.key(ring)?;
        let valid = key.verify(self.message(), &self.signature()?);
        self.settle(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid })
    }

    /// The key of that serial: from the ring, or, where the answer brings certificates, from the answer.
    pub(crate) fn key(&self, ring: &KeyRing) -> Result<WechatPayKey> {
        let mchid = self.draft.signer().map_or("", |merchant| &merchant.mchid);
        ring.find(mchid, self.serial()).cloned().or_else(|unknown| match self.opened(self.signed.body())? {
            Some(opened) => opened.ring.find(mchid, self.serial()).cloned().map_err(|_| unknown),
            None => Err(unknown),
        })
    }

    /// The answer with its entries in the clear, where they are encrypted.
    fn opened(&self, body: &[u8]) -> Result<Option<Opened>> {
        let Some((entries, merchant)) = self.draft.call.encrypted_entries.zip(self.draft.signer()) else {
            return Ok(None);
        };
        opened::open(entries, body, merchant).map(Some)
    }

    /// Settles the claim with the result of a check made elsewhere, with the caller's own key of that serial.
    ///
    /// # Security
    /// Whoever says `Valid` without having checked makes every forgery pass.
    ///
    /// # Errors
    /// `verify.signature`, `verify.probe`, `verify.other_answer` for an answer of another request.
    pub fn settle(self, check: SignatureCheck) -> Result<Verified<A>> {
        let Self { draft, signed, warnings, .. } = self;
        let genuine = signed.settle(check)?;
        let content = match draft.call.encrypted_entries.zip(draft.signer()) {
            Some((entries, merchant)) => Content::Opened(opened::open(entries, genuine.body(), merchant)?.body),
            None => Content::signed(genuine.message, genuine.body_bytes),
        };
        Verified::new(draft, content, genuine.clock_offset).signed_as(genuine.mark).warned(warnings).bound()
    }
}

impl<A> std::fmt::Debug for Claim<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Claim")
            .field("call", &self.draft.call.name)
            .field("serial", &self.serial())
            .finish_non_exhaustive()
    }
}
