//! The merchants whose callbacks arrive at one URL.

use crate::error::{Code, Error, Result};
use crate::identity::{Identity, Merchant};
use std::sync::Arc;

/// Merchants, at least one, each with what callbacks are verified and opened with.
#[derive(Clone, Debug)]
pub(super) struct Merchants(Arc<[Arc<Identity>]>);

impl Merchants {
    pub(super) fn new(merchants: Vec<Arc<Identity>>) -> Result<Self> {
        if merchants.is_empty() {
            return Err(Error::new(Code::InputConfig, "a receiver needs at least one merchant").at("merchants"));
        }
        merchants.iter().try_for_each(|identity| check(identity))?;
        let merchants = Self(merchants.into());
        merchants.check_ids()?;
        Ok(merchants)
    }

    /// The same with one more.
    pub(super) fn and(&self, merchant: Arc<Identity>) -> Result<Self> {
        Self::new(self.0.iter().cloned().chain([merchant]).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Merchant> {
        self.0.iter().filter_map(|identity| match identity.as_ref() {
            Identity::Merchant(merchant) => Some(merchant),
            Identity::Account(_) => None,
        })
    }

    /// One id names one key, whoever has loaded it.
    fn check_ids(&self) -> Result<()> {
        for key in self.iter().flat_map(|merchant| merchant.keys.keys(&merchant.mchid)) {
            let mut others = self.iter().filter_map(|merchant| merchant.wechatpay_key(key.id()).ok());
            if others.any(|other| other.spki_der() != key.spki_der()) {
                let message = format!("{} names different keys of different merchants", key.id());
                return Err(Error::new(Code::InputConfig, message).at("wechatpay_keys"));
            }
        }
        Ok(())
    }
}

fn check(identity: &Identity) -> Result<()> {
    let Identity::Merchant(merchant) = identity else {
        return Err(Error::new(Code::InputCall, "WeChat Pay sends callbacks to merchants, not to accounts"));
    };
    if merchant.api_v3_keys.is_empty() {
        let message = format!("merchant {} has no APIv3 key, which callbacks are encrypted with", merchant.mchid);
        return Err(Error::new(Code::KeyMissing, message).at("api_v3_key"));
    }
    if merchant.keys.keys(&merchant.mchid).next().is_none() {
        let message = format!("merchant {} has no key of WeChat Pay to verify callbacks with", merchant.mchid);
        return Err(Error::new(Code::KeyMissing, message).at("wechatpay_keys"));
    }
    Ok(())
}
