//! A caller of any kind, whose calls are made by name.

use super::flow::Flow;
use super::request::Request;
use super::response::Response;
use crate::callers::{Account, Component, Direct, Partner, SubMerchant};
use crate::catalogue;
use crate::codec::unknown_call;
use crate::error::{Code, Error, Result};
use crate::flow::{self, SeenAnswers};
use crate::identity::{Identity, check_secret};
use crate::moment::Moment;
use crate::protocol::{Draft, Pending};
use crate::secret::Secret;
use std::sync::Arc;

/// A caller of any kind, whose calls are made by name.
///
/// Payload and answer are JSON objects with the official wire names; a file travels beside them, never inside.
#[derive(Clone, Debug)]
pub struct Caller {
    pub(super) identity: Arc<Identity>,
    /// The empty answers that were believed, of this caller and of those made of it.
    seen: SeenAnswers,
}

impl Caller {
    pub(super) fn new(identity: Arc<Identity>) -> Self {
        Self { identity, seen: SeenAnswers::new() }
    }

    /// Fixes a call at a moment.
    ///
    /// # Errors
    /// `input.*` naming the field at fault.
    pub fn prepare(&self, request: Request<'_>, moment: Moment) -> Result<Pending<Response>> {
        Pending::new(Arc::new(self.draft(request)?), moment)
    }

    /// Drives a call. An empty answer is believed once.
    ///
    /// # Errors
    /// `input.*` naming the field at fault.
    pub fn flow(&self, request: Request<'_>) -> Result<Flow> {
        let mut flow = flow::Flow::new(self.draft(request)?);
        flow.remember_in(&self.seen);
        flow.keep_tokens();
        Ok(Flow::new(flow))
    }

    /// The caller that is made of this one by a text: `sub_merchant` by its number, `authorizer` by its appid, or the same account by
    /// its `access_token`.
    ///
    /// # Errors
    /// As each of them; `input.call` for another name.
    pub fn derived(&self, what: &str, text: &str) -> Result<Self> {
        match what {
            "sub_merchant" => self.sub_merchant(text),
            "authorizer" => self.authorizer(text),
            "access_token" => self.with_access_token(text),
            _ => Err(Error::new(Code::InputCall, format!("no caller is made by `{what}`"))),
        }
    }

    /// A provider's sub-merchant, with the provider's own keys.
    ///
    /// # Errors
    /// `input.config` for a malformed number, `input.call` where this is no provider.
    pub fn sub_merchant(&self, sub_mchid: &str) -> Result<Self> {
        let identity = Arc::new(self.identity.sub_merchant(sub_mchid)?);
        Ok(Self { identity, seen: self.seen.clone() })
    }

    /// An account that has authorised this third-party platform.
    ///
    /// # Errors
    /// `input.config` for a malformed appid, `input.call` where this is no platform.
    pub fn authorizer(&self, appid: &str) -> Result<Self> {
        let identity = Arc::new(self.identity.authorizer(appid)?);
        Ok(Self { identity, seen: self.seen.clone() })
    }

    /// The same account with another access token.
    ///
    /// # Errors
    /// `input.call` where this is no account, `input.config` for what cannot be a token.
    pub fn with_access_token(&self, token: &str) -> Result<Self> {
        let token = Secret::new(token);
        check_secret("access_token", &token)?;
        let identity = Arc::new(self.identity.with_access_token(token)?);
        Ok(Self { identity, seen: self.seen.clone() })
    }

    fn draft(&self, request: Request<'_>) -> Result<Draft> {
        let call = catalogue::call(request.call).ok_or_else(|| {
            let names = catalogue::calls().map(|call| call.name);
            unknown_call(request.call, names)
        })?;
        Draft::new(&self.identity, call, request.payload, request.file)
    }
}

macro_rules! caller {
    ($($caller:ident),+) => {$(
        impl From<&$caller> for Caller {
            fn from(caller: &$caller) -> Self {
                Caller::new(Arc::clone(&caller.0))
            }
        }
    )+};
}

caller!(Direct, Partner, SubMerchant, Account, Component);
