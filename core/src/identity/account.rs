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
    pub(super) fn supply(&self, source: FilledBy) -> Result<Option<String>> {
        match source {
            FilledBy::Appid => Ok(Some(self.appid.clone())),
            FilledBy::Secret => revealed(self.secret.as_ref(), Code::InputSecret, "secret").map(Some),
            FilledBy::AccessToken => {
                revealed(self.access_token.as_ref(), Code::InputAccessToken, "access_token").map(Some)
            }
            _ => Ok(None),
        }
    }
}

fn revealed(secret: Option<&Secret>, code: Code, name: &str) -> Result<String> {
    let missing = || Error::new(code, format!("the account has no {name}")).at(name);
    secret.map(|secret| secret.reveal().to_owned()).ok_or_else(missing)
}
