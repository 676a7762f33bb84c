//! An Official Account or mini program with its credentials.

use super::Hosts;
use crate::error::{Code, Error, Result};
use crate::schema::FilledBy;
use crate::secret::Secret;

/// What identifies an account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) appid: String,
    /// The AppSecret, which fetches tokens.
    pub(crate) secret: Option<Secret>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) hosts: Hosts,
}

impl Account {
    /// Whether the token has to be fetched first, and can be.
    pub(super) fn fetches_token(&self) -> bool {
        self.access_token.is_none() && self.secret.is_some()
    }

    pub(super) fn supply(&self, source: FilledBy) -> Result<Option<String>> {
        match source {
            FilledBy::Appid => Ok(Some(self.appid.clone())),
            FilledBy::Secret => revealed(self.secret.as_ref(), Code::InputSecret, "secret").map(Some),
            FilledBy::AccessToken if self.fetches_token() => Ok(None),
            FilledBy::AccessToken => {
                revealed(self.access_token.as_ref(), Code::InputAccessToken, "access_token").map(Some)
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
