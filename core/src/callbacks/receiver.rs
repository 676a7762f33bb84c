//! Whose callbacks arrive at one URL.

use super::claim::CallbackClaim;
#[cfg(feature = "_local-keys")]
use super::event::Event;
use super::merchants::Merchants;
use crate::callers::{Direct, Partner};
use crate::error::{Code, Error, Result};
use crate::identity::{Identity, Merchant};
use crate::protocol::{Origin, ResponseView, Signed};
use std::sync::Arc;

/// Largest callback, bytes; documented ones are a few kilobytes.
const MAX_BODY: usize = 1024 * 1024;

/// The merchants whose callbacks arrive at one URL. Whose a callback is follows from the key that signed it and the
/// `APIv3` key that opens it, never from what it says of itself alone.
/// [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286057)
#[derive(Clone, Debug)]
pub struct Receiver(Merchants);

impl Receiver {
    /// Receives the callbacks of a merchant.
    ///
    /// # Errors
    /// `key.missing` for a merchant without an `APIv3` key, or without any key of WeChat Pay.
    pub fn new(merchant: &impl Receives) -> Result<Self> {
        Self::of(vec![merchant.identity()])
    }

    /// The same with one merchant more at the same URL.
    ///
    /// # Errors
    /// As [`new`](Self::new); `input.config` where both call different keys of WeChat Pay by one id.
    pub fn and(&self, merchant: &impl Receives) -> Result<Self> {
        self.with(merchant.identity())
    }

    pub(crate) fn of(merchants: Vec<Arc<Identity>>) -> Result<Self> {
        Merchants::new(merchants).map(Self)
    }

    pub(crate) fn with(&self, merchant: Arc<Identity>) -> Result<Self> {
        self.0.and(merchant).map(Self)
    }

    /// Reads the headers of a callback, whose body must be the raw bytes as they came; `now` in Unix seconds.
    ///
    /// # Errors
    /// `verify.*` except for the signature, which is not checked yet; `key.merchant`; `limit.body`.
    pub fn claim<B: AsRef<[u8]>>(&self, callback: &http::Request<B>, now: i64) -> Result<CallbackClaim> {
        self.claim_view(&ResponseView::of_request(callback), now)
    }

    /// Verifies, decrypts and reads a callback, whose body must be the raw bytes as they came; `now` in Unix seconds.
    ///
    /// # Errors
    /// `verify.*`, `key.merchant`, `decrypt.*`, `parse.*`, `limit.body`. What to answer in each case says
    /// [`Reception`](super::Reception).
    #[cfg(feature = "_local-keys")]
    pub fn receive<B: AsRef<[u8]>>(&self, callback: &http::Request<B>, now: i64) -> Result<Event> {
        self.claim(callback, now)?.check()
    }

    pub(crate) fn claim_view(&self, callback: &ResponseView<'_>, now: i64) -> Result<CallbackClaim> {
        if callback.body.len() > MAX_BODY {
            let message = format!("the callback has {} bytes, {MAX_BODY} are allowed", callback.body.len());
            return Err(Error::new(Code::LimitBody, message).at("body"));
        }
        CallbackClaim::new(self.0.clone(), Signed::read(Origin::Callback, callback, now)?)
    }

    /// Whether one of the merchants has its keys elsewhere, so that signatures are checked there.
    pub(crate) fn keys_elsewhere(&self) -> bool {
        self.0.iter().any(Merchant::has_keys_elsewhere)
    }
}

/// A caller to whom WeChat Pay sends callbacks.
pub trait Receives {
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only core implements it")]
    fn identity(&self) -> Arc<Identity>;
}

macro_rules! receives {
    ($($caller:ident),+) => {$(
        impl Receives for $caller {
            #[expect(private_interfaces, reason = "only core implements it")]
            fn identity(&self) -> Arc<Identity> {
                Arc::clone(&self.0)
            }
        }
    )+};
}

receives!(Direct, Partner);
