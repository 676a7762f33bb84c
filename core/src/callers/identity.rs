//! What core knows of a caller, whatever its kind.

use super::hosts::Hosts;
use crate::catalogue::{CallerKind, Generations, Source, System};
use crate::error::{Code, Error, Result};
use crate::keys::KeyRing;
#[cfg(any(feature = "aws-lc", feature = "rsa"))]
use crate::keys::PrivateKey;
use crate::secret::Secret;
use crate::wire::encode::Supply;

/// A caller's values. Never shared by global state: thousands of them live in one process.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) kind: CallerKind,
    pub(crate) mchid: String,
    pub(crate) serial_no: String,
    pub(crate) sub_mchid: Option<String>,
    pub(crate) appid: String,
    pub(crate) secret: Option<Secret>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) keys: KeyRing,
    /// Id of the key that seals, where the caller pins one.
    pub(crate) sealing_key: Option<String>,
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    pub(crate) private_key: Option<PrivateKey>,
    /// Whether verifying and sealing are left to the host, as signing and opening are without a private key. Without a back end
    /// everything is.
    #[cfg(any(feature = "aws-lc", feature = "rsa"))]
    pub(crate) keys_elsewhere: bool,
    pub(crate) hosts: Hosts,
}

impl Identity {
    /// A caller of a kind, at its official hosts, without anything else.
    pub(crate) fn new(kind: CallerKind) -> Self {
        Self {
            kind,
            mchid: String::new(),
            serial_no: String::new(),
            sub_mchid: None,
            appid: String::new(),
            secret: None,
            access_token: None,
            keys: KeyRing::default(),
            sealing_key: None,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            private_key: None,
            #[cfg(any(feature = "aws-lc", feature = "rsa"))]
            keys_elsewhere: false,
            hosts: Hosts::of(kind.system()),
        }
    }

    pub(crate) fn system(&self) -> System {
        self.kind.system()
    }

    /// The generations this caller is in, as far as the call has them.
    pub(crate) fn generations(&self, of_call: Generations) -> Generations {
        self.kind.generations().and(of_call)
    }
}

impl Supply for Identity {
    fn supply(&self, source: Source) -> Result<Option<String>> {
        let text = match source {
            Source::Payload | Source::FileSm3 => return Ok(None),
            Source::Mchid => self.mchid.clone(),
            Source::SubMchid => return Ok(self.sub_mchid.clone()),
            Source::Appid => self.appid.clone(),
            Source::Secret => revealed(self.secret.as_ref(), Code::InputSecret, "secret")?,
            Source::AccessToken => revealed(self.access_token.as_ref(), Code::InputAccessToken, "access_token")?,
            Source::Constant(text) => text.to_owned(),
        };
        Ok(Some(text))
    }
}

fn revealed(secret: Option<&Secret>, code: Code, name: &str) -> Result<String> {
    let missing = || Error::new(code, format!("the account has no {name}")).at(name);
    secret.map(|secret| secret.reveal().to_owned()).ok_or_else(missing)
}

/// Checks a configured id: not empty, at most `max` characters of letters, digits and `-_`.
pub(crate) fn check(name: &str, text: &str, max: usize) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if text.is_empty() || text.len() > max || !text.bytes().all(allowed) {
        let message = format!("`{name}` must have 1 to {max} letters, digits, - or _");
        return Err(Error::new(Code::InputConfig, message).at(name));
    }
    Ok(())
}
