//! The Official Account side: HTTP 200 and an errcode, access tokens, nothing signed.

mod component;
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
    component::Component,
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
pub(crate) const ROUTES: [&[&Route]; 3] =
    [&[&stable_token::ROUTE, &setpdf::ROUTE, &getpdf::ROUTE, &media_file::ROUTE], component::ROUTES, invoice::ROUTES];

/// One call of the Official Account side.
#[derive(Debug)]
pub(crate) struct AccountRoute {
    pub(crate) token: TokenUse,
    pub(crate) handle: fn(&AccountCall<'_>) -> Result<Answer, AccountError>,
}

/// Which token a call is made with, in its query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenUse {
    /// The account's own, or one of the platform that acts for it.
    Needed,
    /// The platform's own.
    Component,
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
        TokenUse::Component => check_component_token(call).and_then(|()| (route.handle)(call)),
    };
    outcome.unwrap_or_else(AccountError::answer)
}

/// The answer to a known path under another method.
pub(crate) fn other_method(wanted: &str) -> Answer {
    let error = if wanted == "GET" { AccountError::NEED_GET } else { AccountError::NEED_POST };
    error.answer()
}

fn check_token(call: &AccountCall<'_>) -> Result<(), AccountError> {
    let (token, now) = (call.token("access_token")?, call.sandbox.clock.now());
    match call.sandbox.tokens().check(&token, now) {
        Err(AccountError::TOKEN_UNKNOWN) => {
            let component = call.sandbox.component();
            let authorizer = component.authorizer.as_ref().ok_or(AccountError::TOKEN_UNKNOWN)?;
            authorizer.tokens.check(&token, now)
        }
        known => known,
    }
}

fn check_component_token(call: &AccountCall<'_>) -> Result<(), AccountError> {
    let (token, now) = (call.token("component_access_token")?, call.sandbox.clock.now());
    call.sandbox.component().tokens.check(&token, now)
}

impl AccountCall<'_> {
    /// The token of that name in the query.
    fn token(&self, name: &str) -> Result<String, AccountError> {
        let pairs = self.arrival.query_pairs();
        let sent = pairs.into_iter().find(|(known, value)| known == name && !value.is_empty());
        sent.map(|(_, token)| token).ok_or(AccountError::TOKEN_MISSING)
    }

    /// The JSON body as a struct.
    fn body<T: DeserializeOwned>(&self) -> Result<T, AccountError> {
        if self.arrival.body.is_empty() {
            return Err(AccountError::EMPTY_BODY);
        }
        let value: serde_json::Value = serde_json::from_slice(&self.arrival.body).map_err(|_| AccountError::PARSE)?;
        serde_json::from_value(value).map_err(|_| AccountError::ARGUMENTS)
    }
}
