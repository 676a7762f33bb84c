//! The callers of a run, as their programs would set them up.

use anyhow::{Context, Result};
use fapiao::callers::MayBeMadeBy;
use fapiao::schema::System;
use fapiao::{Account, Direct, Flow, MerchantConfig, Operation, Partner, PrivateKey, SubMerchant};
use fapiao_test_support::gateway::{Announcement, Merchant};

/// One who issues invoices.
#[derive(Clone, Debug)]
pub(crate) enum Shop {
    Direct(Direct),
    Sub(SubMerchant),
}

impl Shop {
    pub(crate) fn flow<O>(&self, operation: O) -> Result<Flow<O::Answer>>
    where
        O: Operation + MayBeMadeBy<Direct> + MayBeMadeBy<SubMerchant>,
    {
        Ok(match self {
            Self::Direct(direct) => direct.flow(operation)?,
            Self::Sub(sub) => sub.flow(operation)?,
        })
    }
}

/// Where public keys do their work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    Here,
    /// Verifying and encrypting surface in the driver.
    Elsewhere,
}

/// A direct merchant.
pub(crate) fn direct(announced: &Announcement, keys: Keys) -> Result<Shop> {
    Ok(Shop::Direct(Direct::new(config(announced, &announced.pay.direct, keys)?)?))
}

/// A service provider's sub-merchant.
pub(crate) fn sub_merchant(announced: &Announcement, keys: Keys) -> Result<Shop> {
    let provider = &announced.pay.partner;
    let number = provider.sub_mchids.first().context("the sandbox has no sub-merchant")?;
    Ok(Shop::Sub(Partner::new(config(announced, provider, keys)?)?.sub_merchant(number)?))
}

/// The Official Account, without a token yet.
pub(crate) fn account(announced: &Announcement) -> Result<Account> {
    let account = &announced.account;
    let hosts = announced.hosts(System::Account)?;
    Ok(Account::new(&account.appid)?.with_secret(account.secret.as_str()).with_hosts(hosts))
}

fn config(announced: &Announcement, merchant: &Merchant, keys: Keys) -> Result<MerchantConfig> {
    let config = announced.merchant(merchant)?.private_key(PrivateKey::load(merchant.private_key.as_bytes())?);
    Ok(if keys == Keys::Elsewhere { config.keys_elsewhere() } else { config })
}
