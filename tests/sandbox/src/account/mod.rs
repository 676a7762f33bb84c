//! The Official Account side: HTTP 200 and an errcode, access tokens, nothing signed.

mod error;
mod getpdf;
mod invoice;
mod media;
mod media_file;
mod setpdf;
mod stable_token;
mod tokens;

use serde::de::DeserializeOwned;

pub(crate) use self::{
    error::AccountError,
    invoice::{AuthorisedTitle, Invoices, ScannedTitle},
    media::Shelf,
    tokens::Tokens,
};
use crate::{
    exchange::{Answer, Arrival},
    multipart::Part,
    route::Route,
    sandbox::Sandbox,
};

/// Every call of this side.
pub(crate) const ROUTES: [&[&Route]; 2] =
    [&[&stable_token::ROUTE, &setpdf::ROUTE, &getpdf::ROUTE, &media_file::ROUTE], invoice::ROUTES];

/// One call of the Official Account side.
#[derive(Debug)]
pub(crate) struct AccountRoute {
    pub(crate) token: TokenUse,
    pub(crate) handle: fn(&AccountCall<'_>) -> Result<Answer, AccountError>,
}

/// Whether a call is made with an access token in its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenUse {
    Needed,
    Unused,
}

/// A request of this side.
#[derive(Debug)]
pub(crate) struct AccountCall<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) arrival: &'a Arrival,
    pub(crate) parts: Option<Result<Vec<Part>, String>>,
}

/// Checks the access token and carries the call out.
pub(crate) fn answer(route: &AccountRoute, call: &AccountCall<'_>) -> Answer {
    let outcome = match route.token {
        TokenUse::Unused => (route.handle)(call),
        TokenUse::Needed => check_token(call).and_then(|()| (route.handle)(call)),
    };
    outcome.unwrap_or_else(AccountError::answer)
}

/// The answer to a known path under another method.
pub(crate) fn other_method(wanted: &str) -> Answer {
    let error = if wanted == "GET" { AccountError::NEED_GET } else { AccountError::NEED_POST };
    error.answer()
}

fn check_token(call: &AccountCall<'_>) -> Result<(), AccountError> {
    let pairs = call.arrival.query_pairs();
    let sent = pairs.iter().find(|(name, value)| name == "access_token" && !value.is_empty());
    let (_, token) = sent.ok_or(AccountError::TOKEN_MISSING)?;
    call.sandbox.tokens().check(token, call.sandbox.clock.now())
}

impl AccountCall<'_> {
    /// The JSON body as a struct.
    fn body<T: DeserializeOwned>(&self) -> Result<T, AccountError> {
        if self.arrival.body.is_empty() {
            return Err(AccountError::EMPTY_BODY);
        }
        let value: serde_json::Value = serde_json::from_slice(&self.arrival.body).map_err(|_| AccountError::PARSE)?;
        serde_json::from_value(value).map_err(|_| AccountError::ARGUMENTS)
    }
}
