//! `GET /cgi-bin/ticket/getticket?type=wx_card`: the ticket of authorisation links.

use serde_json::json;

use super::{
    super::super::{AccountCall, AccountError, AccountRoute, TokenUse},
    ok,
};
use crate::{
    exchange::Answer,
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/cgi-bin/ticket/getticket",
    door: Door::Account(AccountRoute { token: TokenUse::Needed, handle }),
};

/// Tickets of other types belong to other products.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    if !call.arrival.query_pairs().iter().any(|(name, value)| name == "type" && value == "wx_card") {
        return Err(AccountError::ARGUMENTS);
    }
    let (ticket, expires_in) = call.sandbox.invoices().ticket(call.sandbox.clock.now());
    Ok(ok(json!({"ticket": ticket, "expires_in": expires_in})))
}
