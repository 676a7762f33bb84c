//! An operation fixed at a moment: the message to sign, the request once it is signed, and the memory of what answers it.

use super::authorization::Authorization;
use super::claim::Claim;
use super::draft::{Draft, Late};
use super::headers;
use super::http_message::{Outgoing, ResponseView};
use super::laid_out::{Fixed, LaidOut};
use super::unsigned;
use super::verified::Verified;
use crate::base64;
use crate::codec::Warning;
use crate::error::{Code, Error, Result};
use crate::identity::{Host, Identity, Merchant};
#[cfg(feature = "_local-keys")]
use crate::keys::PrivateKey;
use crate::moment::Moment;
use crate::secret::Personal;
use http::{Request, Response};
use std::marker::PhantomData;
use std::sync::Arc;

/// An operation fixed at a moment. Borrowed by every step, so a failed one can be taken again.
pub struct Pending<A> {
    draft: Arc<Draft>,
    moment: Moment,
    nonce: String,
    /// Id of the WeChat Pay key that encrypts, and that the answer should be signed with.
    key_id: Option<String>,
    /// The body once every encrypted value is in its gap.
    laid_out: Option<LaidOut>,
    answer: PhantomData<fn() -> A>,
}

impl<A> Pending<A> {
    /// Fixes a draft. Where a crypto back end is compiled in, fields that travel encrypted are encrypted here.
    pub(crate) fn new(draft: Arc<Draft>, moment: Moment) -> Result<Self> {
        let mut pending = Self::unencrypted(draft, moment)?;
        if pending.draft.to_encrypt.is_empty() {
            pending.lay_out(&[])?;
            return Ok(pending);
        }
        #[cfg(feature = "_local-keys")]
        {
            let encrypted = pending.encrypt_here()?;
            pending.lay_out(&encrypted)?;
        }
        Ok(pending)
    }

    /// Fixes a draft whose encrypted values are not in place yet.
    pub(crate) fn unencrypted(draft: Arc<Draft>, moment: Moment) -> Result<Self> {
        match draft.late {
            Some(Late::Token(_)) => {
                let message = "the account has no access_token yet: a client that sends the call gets one by itself";
                return Err(Error::new(Code::InputAccessToken, message).at("access_token"));
            }
            Some(Late::Ticket(granting)) => {
                let name = granting.grants.map_or("ticket", |grants| grants.token);
                let message = format!("`{name}` is required: a client that sends the call gets it by itself");
                return Err(Error::new(Code::InputMissing, message).at(format!("/{name}")));
            }
            None => {}
        }
        let key_id = encryption_key(&draft, moment.now())?;
        let nonce = moment.nonce();
        Ok(Self { draft, moment, nonce, key_id, laid_out: None, answer: PhantomData })
    }

    /// The values that have to be encrypted (RSAES-OAEP, SHA-1, UTF-8) before there is a message.
    pub fn to_encrypt(&self) -> &[Personal] {
        if self.laid_out.is_some() { &[] } else { &self.draft.to_encrypt }
    }

    /// The id of the key that encrypts and that the answer is asked to be signed with.
    pub fn key_id(&self) -> Option<&str> {
        self.key_id.as_deref()
    }

    /// Puts values encrypted elsewhere into place, in the order of [`to_encrypt`](Self::to_encrypt).
    ///
    /// # Errors
    /// `input.state` when their number is wrong.
    pub fn encrypted(&mut self, ciphertexts: &[Vec<u8>]) -> Result<()> {
        let encoded: Vec<_> = ciphertexts.iter().map(|ciphertext| base64::encode(ciphertext)).collect();
        self.lay_out(&encoded)
    }

    /// What the documents advise against, yet not so clearly that it is refused.
    pub fn warnings(&self) -> &[Warning] {
        &self.draft.warnings
    }

    /// The message to sign (RSASSA-PKCS1-v1_5, SHA-256) with the merchant's private key; empty for a call that is not signed.
    ///
    /// # Errors
    /// `input.state` while values wait to be encrypted.
    pub fn message(&self) -> Result<&[u8]> {
        Ok(&self.ready()?.message)
    }

    /// Signs with a key in this process.
    ///
    /// # Errors
    /// `sign.failed` when the key cannot sign, `input.state` for a call that is not signed.
    #[cfg(feature = "_local-keys")]
    pub fn sign_with(&self, key: &PrivateKey) -> Result<Request<Vec<u8>>> {
        self.attach(&self.sign_here(key)?)
    }

    /// Attaches a signature made elsewhere.
    ///
    /// # Errors
    /// `sign.failed` for something that cannot be a signature of a 2048-bit or larger key.
    pub fn attach(&self, signature: &[u8]) -> Result<Request<Vec<u8>>> {
        self.request(Host::Main, Some(signature))?.into_http()
    }

    /// The request of a call that is not signed.
    ///
    /// # Errors
    /// `input.state` for a call that is signed.
    pub fn unsigned(&self) -> Result<Request<Vec<u8>>> {
        self.request(Host::Main, None)?.into_http()
    }

    /// The request for a host, with its signature where the call is signed.
    pub(crate) fn request(&self, host: Host, signature: Option<&[u8]>) -> Result<Outgoing> {
        let laid_out = self.ready()?;
        let draft = &self.draft;
        let origin = draft.origin.as_deref().unwrap_or_else(|| draft.identity.hosts().base(host));
        let url = format!("{origin}{}", laid_out.target);
        let mut request = Outgoing::new(draft.call.method, url, laid_out.body.clone());
        request.add(&headers::ACCEPT, if draft.call.layout.is_download() { "*/*" } else { headers::JSON });
        request.add(&headers::USER_AGENT, headers::AGENT);
        if let Some(content_type) = &laid_out.content_type {
            request.add(&headers::CONTENT_TYPE, content_type);
        }
        if let Some(merchant) = draft.signer() {
            request.add(&headers::AUTHORIZATION, &self.authorization(merchant, signature)?);
            if let Some(id) = &self.key_id {
                request.add(&headers::SERIAL, id);
            }
        }
        Ok(request)
    }

    /// Takes the answer of a signed call: it says who signed it, and nothing can be read until that is checked.
    ///
    /// # Errors
    /// `remote.*` for an error answer (unauthenticated), `verify.header*` and `verify.clock` for one that cannot be verified,
    /// `limit.body` for one that is too large, before it is copied.
    pub fn claim<B: AsRef<[u8]>>(&self, response: &Response<B>, now: i64) -> Result<Claim<A>> {
        self.claim_view(&ResponseView::of(response), now)
    }

    pub(crate) fn claim_view(&self, answer: &ResponseView<'_>, now: i64) -> Result<Claim<A>> {
        if self.draft.signer().is_none() {
            return Err(Error::new(Code::InputState, "answers of this call are not signed: use read_unsigned"));
        }
        Claim::new(&self.draft, answer, now)
    }

    /// Takes the answer of a call that is not signed: an account call, or a file download (its digest is checked).
    ///
    /// # Errors
    /// `remote.*` for an error answer, `download.*` for a file that is not the one announced.
    pub fn read_unsigned<B: AsRef<[u8]>>(&self, response: &Response<B>) -> Result<Verified<A>> {
        self.read_unsigned_view(&ResponseView::of(response))
    }

    pub(crate) fn read_unsigned_view(&self, answer: &ResponseView<'_>) -> Result<Verified<A>> {
        if self.draft.signer().is_some() {
            return Err(Error::new(Code::InputState, "answers of this call are signed: use claim"));
        }
        unsigned::read(&self.draft, answer)
    }

    fn authorization(&self, merchant: &Merchant, signature: Option<&[u8]>) -> Result<String> {
        let failed = |message: &str| Error::new(Code::SignFailed, message.to_owned());
        let signature = signature.ok_or_else(|| Error::new(Code::InputState, "this call must be signed"))?;
        // 2048 to 8192 bits; a DER or Base64 text in place of the raw signature has another length.
        if signature.len() < 256 || signature.len() > 1024 || signature.len().checked_rem(32) != Some(0) {
            return Err(failed("what the signer returned is not a raw RSA signature"));
        }
        let authorization = Authorization {
            mchid: &merchant.mchid,
            nonce: &self.nonce,
            timestamp: self.moment.now(),
            serial_no: &merchant.serial_no,
        };
        Ok(authorization.header(&base64::encode(signature)))
    }

    #[cfg(feature = "_local-keys")]
    pub(crate) fn sign_here(&self, key: &PrivateKey) -> Result<Vec<u8>> {
        key.sign(self.message()?, &self.moment)
    }

    #[cfg(feature = "_local-keys")]
    pub(crate) fn encrypt_here(&self) -> Result<Vec<String>> {
        let signer = self.draft.signer().ok_or_else(|| Error::new(Code::InputState, "this call encrypts nothing"))?;
        let key = signer.encryption_key(self.moment.now())?;
        let values = self.draft.to_encrypt.iter().zip(&self.draft.encrypted_at).enumerate();
        values
            .map(|(index, (value, at))| {
                let encrypted = key.encrypt(value.reveal().as_bytes(), &self.moment, &index.to_string());
                encrypted.map(|ciphertext| base64::encode(&ciphertext)).map_err(|error| error.at(at))
            })
            .collect()
    }

    pub(crate) fn lay_out(&mut self, encrypted: &[String]) -> Result<()> {
        if encrypted.len() != self.draft.to_encrypt.len() {
            let message =
                format!("{} values have to be encrypted, {} came", self.draft.to_encrypt.len(), encrypted.len());
            return Err(Error::new(Code::InputState, message));
        }
        let fixed = Fixed { draft: &self.draft, moment: &self.moment, nonce: &self.nonce };
        self.laid_out = Some(LaidOut::new(&fixed, encrypted));
        Ok(())
    }

    /// The same, to be answered by another type.
    #[doc(hidden)]
    pub fn retype<B>(self) -> Pending<B> {
        let Self { draft, moment, nonce, key_id, laid_out, .. } = self;
        Pending { draft, moment, nonce, key_id, laid_out, answer: PhantomData }
    }

    fn ready(&self) -> Result<&LaidOut> {
        self.laid_out
            .as_ref()
            .ok_or_else(|| Error::new(Code::InputState, "values wait to be encrypted: see to_encrypt"))
    }
}

impl<A> std::fmt::Debug for Pending<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending")
            .field("call", &self.draft.call.name)
            .field("moment", &self.moment)
            .finish_non_exhaustive()
    }
}

/// The id of the key that encrypts. A call without encrypted fields also names it where the ring has one, since the gateway then
/// answers with the matching signature while merchants switch from certificates to the public key.
fn encryption_key(draft: &Draft, now: i64) -> Result<Option<String>> {
    let Identity::Merchant(merchant) = &*draft.identity else { return Ok(None) };
    match merchant.encryption_key(now) {
        Ok(key) => Ok(Some(key.id().to_owned())),
        Err(error) if draft.to_encrypt.is_empty() && error.code() == Code::KeyMissing => Ok(None),
        Err(error) => Err(error),
    }
}
