//! A callback that says who signed it.

use super::envelope::Envelope;
use super::event::Event;
use super::merchants::Merchants;
use crate::error::{Code, Error, Result};
use crate::identity::{Merchant, Role};
use crate::keys::WechatPayKey;
use crate::protocol::{SignatureCheck, Signed};
use zeroize::Zeroizing;

/// A callback before its signature is checked. Nothing in it can be read yet.
pub struct CallbackClaim {
    merchants: Merchants,
    key: WechatPayKey,
    signed: Signed,
}

impl CallbackClaim {
    pub(super) fn new(merchants: Merchants, signed: Signed) -> Result<Self> {
        let mut refusal = None;
        let mut key = None;
        for merchant in merchants.iter() {
            match merchant.wechatpay_key(signed.serial()) {
                // One id names one key: whoever has it loaded has the same.
                Ok(found) => key = key.or_else(|| Some(found.clone())),
                Err(error) => refusal = refusal.or(Some(error)),
            }
        }
        match key {
            Some(key) => Ok(Self { merchants, key, signed }),
            None => Err(refusal.unwrap_or_else(|| Error::new(Code::KeyMissing, "no merchant is configured"))),
        }
    }

    /// The id of the key that is said to have signed: a public key id or a certificate serial.
    pub fn serial(&self) -> &str {
        self.signed.serial()
    }

    /// The key of that id, as loaded.
    pub fn key(&self) -> &WechatPayKey {
        &self.key
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

    /// Checks the signature, decrypts and reads the event.
    ///
    /// # Errors
    /// `verify.signature`, `verify.probe`, `verify.base64`, `verify.other_merchant`, `decrypt.*`, `parse.*`.
    #[cfg(feature = "_local-keys")]
    pub fn check(self) -> Result<Event> {
        let valid = self.key.verify(self.message(), &self.signature()?);
        self.settle(if valid { SignatureCheck::Valid } else { SignatureCheck::Invalid })
    }

    /// Goes on with the result of a check made elsewhere, with [`key`](Self::key).
    ///
    /// # Security
    /// Whoever says `Valid` without having checked makes every forgery pass.
    ///
    /// # Errors
    /// `verify.signature`, `verify.probe`, `verify.other_merchant`, `decrypt.*`, `parse.*`.
    pub fn settle(self, check: SignatureCheck) -> Result<Event> {
        let Self { merchants, key, signed } = self;
        let genuine = signed.settle(check)?;
        let envelope = Envelope::read(genuine.body())?;
        let candidates = merchants.iter().filter(|merchant| merchant.has_wechatpay_key(&key));
        let (fitting, content) = opened(&envelope, candidates)?;
        Event::read(&envelope, &content, genuine.clock_offset, |mchid, sub_mchid| {
            fitting.iter().any(|merchant| is_for(merchant, mchid, sub_mchid))
        })
    }
}

impl std::fmt::Debug for CallbackClaim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallbackClaim").field("serial", &self.serial()).finish_non_exhaustive()
    }
}

/// The content, and the merchants whose `APIv3` key opens it: one, unless two were given the same key.
fn opened<'a>(
    envelope: &Envelope,
    candidates: impl Iterator<Item = &'a Merchant>,
) -> Result<(Vec<&'a Merchant>, Zeroizing<Vec<u8>>)> {
    let mut merchants = Vec::new();
    let mut content = Err(Error::new(Code::KeyMissing, "no merchant is configured"));
    for merchant in candidates {
        let opened = envelope.resource.open(&merchant.api_v3_keys);
        if opened.is_ok() {
            merchants.push(merchant);
        }
        content = content.or(opened);
    }
    content.map(|content| (merchants, content))
}

fn is_for(merchant: &Merchant, mchid: &str, sub_mchid: Option<&str>) -> bool {
    let sub_merchant = match &merchant.role {
        // Another's provider is told of a sub-merchant's invoices, not the sub-merchant.
        Role::Direct => sub_mchid.is_none(),
        Role::Partner => true,
        Role::SubMerchant(number) => sub_mchid == Some(number),
    };
    merchant.mchid == mchid && sub_merchant
}
