//! The caller of the Official Account side.

use crate::error::Result;
use crate::identity::{self, Hosts, Identity, check_id};
use crate::schema::System;
use crate::secret::Secret;
use std::sync::Arc;

/// An Official Account (公众号) or mini program (小程序).
#[derive(Clone, Debug)]
pub struct Account(pub(crate) Arc<Identity>);

impl Account {
    /// An account by its appid.
    ///
    /// # Errors
    /// `input.config` for a malformed appid.
    pub fn new(appid: &str) -> Result<Self> {
        check_id("appid", appid, 32)?;
        let hosts = Hosts::of(System::Account);
        let account = identity::Account { appid: appid.to_owned(), secret: None, access_token: None, hosts };
        Ok(Self(Arc::new(Identity::Account(account))))
    }

    /// The same account with its AppSecret, which fetches tokens.
    #[must_use]
    pub fn with_secret(&self, secret: impl Into<Secret>) -> Self {
        self.changed(|account| account.secret = Some(secret.into()))
    }

    /// The same account with an access token, which every other call needs.
    #[must_use]
    pub fn with_access_token(&self, token: impl Into<Secret>) -> Self {
        self.changed(|account| account.access_token = Some(token.into()))
    }

    /// The same account at other hosts.
    #[must_use]
    pub fn with_hosts(&self, hosts: Hosts) -> Self {
        self.changed(|account| account.hosts = hosts)
    }

    fn changed(&self, change: impl FnOnce(&mut identity::Account)) -> Self {
        let mut identity = Identity::clone(&self.0);
        if let Identity::Account(account) = &mut identity {
            change(account);
        }
        Self(Arc::new(identity))
    }
}
