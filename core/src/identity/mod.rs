//! Who asks: what core knows of a caller, whatever its kind. Values only, never shared by global state: thousands of them live
//! in one process.

mod account;
mod hosts;
mod merchant;

pub(crate) use account::{Account, Standing, check_secret};
pub(crate) use hosts::is_secure;
pub use hosts::{Host, Hosts};
pub(crate) use merchant::{Merchant, Role};

use crate::codec::Supply;
use crate::error::{Code, Error, Result};
use crate::schema::{Call, CallerKind, FilledBy, Generations};
use crate::secret::Secret;

/// A caller.
#[derive(Clone, Debug)]
pub(crate) enum Identity {
    /// A merchant number of WeChat Pay.
    Merchant(Merchant),
    /// An Official Account or mini program.
    Account(Account),
}

impl Identity {
    pub(crate) fn kind(&self) -> CallerKind {
        match self {
            Identity::Merchant(merchant) => merchant.role.kind(),
            Identity::Account(Account { standing: Standing::Component(_), .. }) => CallerKind::Component,
            Identity::Account(_) => CallerKind::Account,
        }
    }

    pub(crate) fn hosts(&self) -> &Hosts {
        match self {
            Identity::Merchant(merchant) => &merchant.hosts,
            Identity::Account(account) => &account.hosts,
        }
    }

    /// A service provider's sub-merchant, under the provider's own keys.
    pub(crate) fn sub_merchant(&self, sub_mchid: &str) -> Result<Self> {
        match self {
            Identity::Merchant(partner) if partner.role == Role::Partner => {
                check_id("sub_mchid", sub_mchid, 32)?;
                let role = Role::SubMerchant(sub_mchid.to_owned());
                Ok(Identity::Merchant(Merchant { role, ..partner.clone() }))
            }
            _ => Err(only_of(CallerKind::Partner)),
        }
    }

    /// The appid of an account.
    pub(crate) fn appid(&self) -> Option<&str> {
        match self {
            Identity::Account(account) => Some(&account.appid),
            Identity::Merchant(_) => None,
        }
    }

    /// Whether this is an account whose access token has to be fetched first, and can be.
    pub(crate) fn fetches_token(&self) -> bool {
        matches!(self, Identity::Account(account) if account.fetches_token())
    }

    /// The call that grants this account's tokens, of the one that grants those of accounts on their own; and who makes it.
    pub(crate) fn granted_by(&self, call: &'static Call) -> (&'static Call, Identity) {
        match self {
            Identity::Account(account) => {
                let (call, account) = account.granted_by(call);
                (call, Identity::Account(account.clone()))
            }
            Identity::Merchant(_) => (call, self.clone()),
        }
    }

    /// An account that has authorised this third-party platform.
    pub(crate) fn authorizer(&self, appid: &str) -> Result<Self> {
        match self {
            Identity::Account(component) if matches!(component.standing, Standing::Component(_)) => {
                check_id("appid", appid, 32)?;
                let standing = Standing::Authorizer(Box::new(component.clone()));
                let hosts = component.hosts.clone();
                Ok(Identity::Account(Account {
                    appid: appid.to_owned(),
                    standing,
                    secret: None,
                    access_token: None,
                    hosts,
                }))
            }
            _ => Err(only_of(CallerKind::Component)),
        }
    }

    /// The same third-party platform with the ticket that was pushed to it.
    pub(crate) fn with_verify_ticket(&self, ticket: Secret) -> Result<Self> {
        match self {
            Identity::Account(account) if matches!(account.standing, Standing::Component(_)) => {
                Ok(Identity::Account(Account { standing: Standing::Component(Some(ticket)), ..account.clone() }))
            }
            _ => Err(only_of(CallerKind::Component)),
        }
    }

    /// The same account with another access token.
    pub(crate) fn with_access_token(&self, token: Secret) -> Result<Self> {
        match self {
            Identity::Account(account) => {
                Ok(Identity::Account(Account { access_token: Some(token), ..account.clone() }))
            }
            Identity::Merchant(_) => Err(only_of(CallerKind::Account)),
        }
    }

    /// The generations this caller is in, as far as the call has them.
    pub(crate) fn generations(&self, of_call: Generations) -> Generations {
        self.kind().generations().and(of_call)
    }
}

impl Supply for Identity {
    fn supply(&self, source: FilledBy) -> Result<Option<String>> {
        if let FilledBy::Constant(text) = source {
            return Ok(Some(text.to_owned()));
        }
        match self {
            Identity::Merchant(merchant) => Ok(merchant.supply(source)),
            Identity::Account(account) => account.supply(source),
        }
    }
}

fn only_of(kind: CallerKind) -> Error {
    Error::new(Code::InputCall, format!("only a caller of kind {} has this", kind.as_str()))
}

/// Checks a configured id: not empty, at most `max` characters of letters, digits and `-_`.
pub(crate) fn check_id(name: &str, text: &str, max: usize) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if text.is_empty() || text.len() > max || !text.bytes().all(allowed) {
        let message = format!("`{name}` must have 1 to {max} letters, digits, - or _");
        return Err(Error::new(Code::InputConfig, message).at(name));
    }
    Ok(())
}
