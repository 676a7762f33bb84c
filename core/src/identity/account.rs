//! An Official Account, a mini program or a third-party platform with its credentials.

use super::Hosts;
use crate::error::{Code, Error, Result};
use crate::schema::{Call, FilledBy};
use crate::secret::Secret;

/// What identifies an account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) appid: String,
    pub(crate) standing: Standing,
    /// The AppSecret, which fetches tokens.
    pub(crate) secret: Option<Secret>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) hosts: Hosts,
}

/// How an account comes by its tokens.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// By itself.
    Own,
    /// It is a third-party platform: with the ticket that was pushed to it.
    Component(Option<Secret>),
    /// Through the third-party platform that it has authorised.
    Authorizer(Box<Account>),
}

impl Account {
    /// Whether the token has to be fetched first, and can be.
    pub(super) fn fetches_token(&self) -> bool {
        self.access_token.is_none() && (self.secret.is_some() || matches!(self.standing, Standing::Authorizer(_)))
    }

    /// The call that grants this account's tokens, of the one that grants those of accounts on their own; and who makes it.
    pub(super) fn granted_by(&self, call: &'static Call) -> (&'static Call, &Account) {
        match (&self.standing, call.for_authorizers) {
            (Standing::Authorizer(component), Some(call)) => (call, component),
            _ => (call, self),
        }
    }

    pub(super) fn supply(&self, source: FilledBy) -> Result<Option<String>> {
        match source {
            FilledBy::Appid => Ok(Some(self.appid.clone())),
            FilledBy::Secret => revealed(self.secret.as_ref(), Code::InputSecret, "secret").map(Some),
            FilledBy::AccessToken if self.fetches_token() => Ok(None),
            FilledBy::AccessToken => {
                revealed(self.access_token.as_ref(), Code::InputAccessToken, "access_token").map(Some)
            }
            FilledBy::VerifyTicket => {
                let Standing::Component(ticket) = &self.standing else { return Ok(None) };
                revealed(ticket.as_ref(), Code::SendTicket, "verify_ticket").map(Some)
            }
            _ => Ok(None),
        }
    }
}

/// Checks an AppSecret or access token for what comes along when it is copied.
pub(crate) fn check_secret(name: &'static str, secret: &Secret) -> Result<()> {
    let text = secret.reveal();
    let wrong = match text {
        "" => "is empty",
        _ if text.trim() != text || text.contains(char::is_control) => "has white space around it, such as a line end",
        _ if text.starts_with('{') => "is JSON: pass the value inside",
        _ if text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']) => "is in quotes: pass it without them",
        _ => return Ok(()),
    };
    Err(Error::new(Code::InputConfig, format!("`{name}` {wrong}")).at(name))
}

fn revealed(secret: Option<&Secret>, code: Code, name: &str) -> Result<String> {
    let missing = || Error::new(code, format!("the account has no {name}")).at(name);
    secret.map(|secret| secret.reveal().to_owned()).ok_or_else(missing)
}
