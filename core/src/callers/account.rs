//! The caller of the Official Account side.

use super::hosts::Hosts;
use super::identity::{Identity, check};
use crate::catalogue::CallerKind;
use crate::error::Result;
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
        check("appid", appid, 32)?;
        let identity = Identity::new(CallerKind::Account);
        Ok(Self(Arc::new(Identity { appid: appid.to_owned(), ..identity })))
    }

    /// The same account with its AppSecret, which fetches tokens.
    #[must_use]
    pub fn with_secret(&self, secret: impl Into<Secret>) -> Self {
        self.changed(|identity| identity.secret = Some(secret.into()))
    }

    /// The same account with an access token, which every other call needs.
    #[must_use]
    pub fn with_access_token(&self, token: impl Into<Secret>) -> Self {
        self.changed(|identity| identity.access_token = Some(token.into()))
    }

    /// The same account at other hosts.
    #[must_use]
    pub fn with_hosts(&self, hosts: Hosts) -> Self {
        self.changed(|identity| identity.hosts = hosts)
    }

    fn changed(&self, change: impl FnOnce(&mut Identity)) -> Self {
        let mut identity = Identity::clone(&self.0);
        change(&mut identity);
        Self(Arc::new(identity))
    }
}
