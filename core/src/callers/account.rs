//! The callers of the Official Account side.

use crate::error::Result;
use crate::identity::{self, Hosts, Identity, Standing, check_id};
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
        let standing = Standing::Own;
        let account = identity::Account { appid: appid.to_owned(), standing, secret: None, access_token: None, hosts };
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
        Self(changed(&self.0, change))
    }
}

/// A third-party platform (第三方平台), and through it the accounts that have authorised it.
/// [Official page](https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/ThirdParty/token/component_access_token.html)
#[derive(Clone, Debug)]
pub struct Component(pub(crate) Arc<Identity>);

impl Component {
    /// A platform by its appid and secret. Its token is got with the ticket that is pushed to it: keep each, see
    /// [`PushEvent::to_keep`](crate::pushes::PushEvent::to_keep).
    ///
    /// # Errors
    /// `input.config` for a malformed appid.
    pub fn new(appid: &str, secret: impl Into<Secret>) -> Result<Self> {
        check_id("appid", appid, 32)?;
        let hosts = Hosts::of(System::Account);
        let standing = Standing::Component(None);
        let account = identity::Account {
            appid: appid.to_owned(),
            standing,
            secret: Some(secret.into()),
            access_token: None,
            hosts,
        };
        Ok(Self(Arc::new(Identity::Account(account))))
    }

    /// The same platform with the ticket that was pushed to it last, for programs that keep it themselves.
    #[must_use]
    pub fn with_verify_ticket(&self, ticket: impl Into<Secret>) -> Self {
        self.changed(|component| component.standing = Standing::Component(Some(ticket.into())))
    }

    /// The same platform with its access token, for programs that get it themselves.
    #[must_use]
    pub fn with_access_token(&self, token: impl Into<Secret>) -> Self {
        self.changed(|component| component.access_token = Some(token.into()))
    }

    /// The same platform at other hosts.
    #[must_use]
    pub fn with_hosts(&self, hosts: Hosts) -> Self {
        self.changed(|component| component.hosts = hosts)
    }

    /// An account that has authorised the platform.
    ///
    /// # Errors
    /// `input.config` for a malformed appid.
    pub fn account(&self, authorizer_appid: &str) -> Result<Account> {
        self.0.authorizer(authorizer_appid).map(|identity| Account(Arc::new(identity)))
    }

    fn changed(&self, change: impl FnOnce(&mut identity::Account)) -> Self {
        Self(changed(&self.0, change))
    }
}

fn changed(identity: &Identity, change: impl FnOnce(&mut identity::Account)) -> Arc<Identity> {
    let mut identity = identity.clone();
    if let Identity::Account(account) = &mut identity {
        change(account);
    }
    Arc::new(identity)
}
