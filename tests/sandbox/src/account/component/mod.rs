//! The third-party platform: tickets it is pushed, its own token, and those of the account that lets it act.

mod api_authorizer_token;
mod api_component_token;
mod api_create_preauthcode;
mod api_query_auth;

use std::collections::HashMap;

use super::{AccountCall, AccountError, AccountRoute, TokenUse, Tokens};
use crate::{
    keys::COMPONENT_APPID,
    random,
    route::{Door, Route},
    settings::RefreshTokens,
};

/// Every call of the platform.
pub(super) const ROUTES: &[&Route] = &[
    &api_component_token::ROUTE,
    &api_create_preauthcode::ROUTE,
    &api_query_auth::ROUTE,
    &api_authorizer_token::ROUTE,
];

/// A ticket is good for twelve hours.
const TICKET_LIFE: i64 = 12 * 3600;
/// How long codes work is for the answer to say; these numbers are invented.
const PREAUTH_LIFE: i64 = 1800;
const CODE_LIFE: i64 = 3600;

/// What the gateway knows of the platform.
#[derive(Debug, Default)]
pub(crate) struct Component {
    pub(crate) tickets: Tickets,
    pub(super) tokens: Tokens,
    /// Authorization codes with the time until which they work.
    codes: HashMap<String, i64>,
    /// The account that has authorised the platform.
    pub(super) authorizer: Option<Authorizer>,
}

/// Tickets with the time they were pushed.
#[derive(Debug, Default)]
pub(crate) struct Tickets(HashMap<String, i64>);

/// An authorised account.
#[derive(Debug, Default)]
pub(super) struct Authorizer {
    pub(super) tokens: Tokens,
    refresh_token: String,
}

impl Tickets {
    /// A ticket is on its way.
    pub(crate) fn push(&mut self, ticket: &str, now: i64) {
        self.0.insert(ticket.to_owned(), now);
    }

    fn check(&self, ticket: &str, now: i64) -> Result<(), AccountError> {
        let pushed = self.0.get(ticket).ok_or(AccountError::COMPONENT_TICKET)?;
        if now < pushed + TICKET_LIFE { Ok(()) } else { Err(AccountError::COMPONENT_TICKET_EXPIRED) }
    }
}

impl Component {
    /// The account lets the platform act; gives the code for it, and how long it works.
    pub(crate) fn authorise(&mut self, now: i64) -> (String, i64) {
        let code = format!("queryauthcode@@@{}", random::alphanumeric(64));
        self.codes.insert(code.clone(), now + CODE_LIFE);
        (code, CODE_LIFE)
    }

    /// Takes a code, which works once; the account's earlier tokens end with it.
    fn redeem(&mut self, code: &str, now: i64) -> Result<&mut Authorizer, AccountError> {
        let until = self.codes.remove(code).ok_or(AccountError::CODE)?;
        if now >= until {
            return Err(AccountError::CODE_EXPIRED);
        }
        Ok(self.authorizer.insert(Authorizer { tokens: Tokens::default(), refresh_token: refresh_token() }))
    }
}

impl Authorizer {
    /// Takes a refresh token, which is the one that was given out last; gives the next.
    fn refresh(&mut self, sent: &str, habit: RefreshTokens) -> Result<String, AccountError> {
        if sent != self.refresh_token {
            return Err(AccountError::REFRESH_TOKEN);
        }
        if habit == RefreshTokens::Rotate {
            self.refresh_token = refresh_token();
        }
        Ok(self.refresh_token.clone())
    }
}

fn refresh_token() -> String {
    format!("refreshtoken@@@{}", random::alphanumeric(43))
}

/// A call with the platform's own token.
const fn post(
    path: &'static str,
    handle: fn(&AccountCall<'_>) -> Result<crate::exchange::Answer, AccountError>,
) -> Route {
    Route { method: "POST", path, door: Door::Account(AccountRoute { token: TokenUse::Component, handle }) }
}

fn check_appid(appid: Option<&str>) -> Result<(), AccountError> {
    match appid {
        None => Err(AccountError::APPID_MISSING),
        Some(COMPONENT_APPID) => Ok(()),
        Some(_) => Err(AccountError::COMPONENT),
    }
}
