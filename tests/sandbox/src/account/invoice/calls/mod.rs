//! One file per call, named after the last part of its path.

mod consume;
mod createcard;
mod getauthdata;
mod getauthurl;
mod getinvoicebatch;
mod getinvoiceinfo;
mod getselecttitleurl;
mod getticket;
mod getusertitleurl;
mod insert;
mod rejectinsert;
mod scantitle;
mod setbizattr;
mod seturl;
mod updateinvoicestatus;
mod updatestatus;
mod updatestatusbatch;

use serde_json::{Map, Value, json};

use super::super::{AccountCall, AccountError, AccountRoute, TokenUse};
use crate::{
    exchange::{Answer, Effect},
    route::{Door, Route},
};

/// Every call of this family.
pub(in super::super) const ROUTES: &[&Route] = &[
    &getticket::ROUTE,
    &getauthurl::ROUTE,
    &getauthdata::ROUTE,
    &rejectinsert::ROUTE,
    &setbizattr::ROUTE,
    &seturl::ROUTE,
    &createcard::ROUTE,
    &insert::ROUTE,
    &updatestatus::ROUTE,
    &getinvoiceinfo::ROUTE,
    &getinvoicebatch::ROUTE,
    &updateinvoicestatus::ROUTE,
    &updatestatusbatch::ROUTE,
    &getusertitleurl::ROUTE,
    &getselecttitleurl::ROUTE,
    &scantitle::ROUTE,
    &consume::ROUTE,
];

type Handler = fn(&AccountCall<'_>) -> Result<Answer, AccountError>;

/// A call that posts JSON with an access token, as all of these but one do.
const fn post(path: &'static str, handle: Handler) -> Route {
    Route { method: "POST", path, door: Door::Account(AccountRoute { token: TokenUse::Needed, handle }) }
}

/// The body of a request, an object.
fn body(call: &AccountCall<'_>) -> Result<Map<String, Value>, AccountError> {
    call.body()
}

/// A success, with what it tells beside the errcode.
fn ok(more: Value) -> Answer {
    let mut body = json!({"errcode": 0, "errmsg": "ok"});
    if let (Some(object), Value::Object(more)) = (body.as_object_mut(), more) {
        object.extend(more);
    }
    Answer::json(200, &body)
}

/// A success that tells nothing.
fn done() -> Answer {
    ok(Value::Null)
}

/// The status of a card that was changed.
fn status_effect(code: &str, status: &str) -> Effect {
    Effect::new("reimburse_status", &[("code", code), ("status", status)])
}
