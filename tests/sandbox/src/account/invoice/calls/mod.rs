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

use super::{
    super::{AccountCall, AccountError, AccountRoute, TokenUse},
    cards::Card,
};
use crate::{
    exchange::{Answer, Effect},
    pushes::{self, Event, Kind},
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

/// A card whose status was changed: its owner's event and the effect.
fn status_changed(call: &AccountCall<'_>, card: &Card) -> Effect {
    let status = card.status.as_str();
    let fields =
        [("FromUserName", card.openid.as_str()), ("Status", status), ("CardId", &card.template), ("Code", &card.code)];
    pushes::tell(call.sandbox, Event::new(Kind::UpdateInvoiceStatus, fields));
    Effect::new("reimburse_status", &[("code", &card.code), ("status", status)])
}
