//! The WeChat Pay side: from an arrival to a checked call to an answer.

pub(crate) mod aead;
pub(crate) mod authorization;
mod certificates;
pub(crate) mod error;
pub(crate) mod fapiao;
mod sealed;
pub(crate) mod signature;

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) use self::sealed::seal;
use self::{authorization::Authorization, error::PayError};
use crate::{
    clock,
    exchange::{Answer, Arrival},
    keys::{Keys, Merchant, Role},
    multipart::Part,
    route::Route,
    sandbox::Sandbox,
    schema::{Field, Reading, check_body, check_query, read_body},
    settings::{Policy, SignatureClock},
};

/// Every call of this side.
pub(crate) const ROUTES: [&[&Route]; 2] = [&[&certificates::ROUTE], fapiao::ROUTES];

/// One call of WeChat Pay: its official table and what it does.
#[derive(Debug)]
pub(crate) struct PayRoute {
    pub(crate) callers: Callers,
    pub(crate) serial: Serial,
    /// Path and query parameters.
    pub(crate) parameters: &'static [Field],
    pub(crate) content: Content,
    pub(crate) handle: fn(&PayCall<'_>) -> Result<Answer, PayError>,
}

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Callers {
    Everyone,
    PartnersOnly,
    /// Providers, and about sub-merchants that have not accepted them yet too.
    Inviters,
}

/// Whether the official table lists Wechatpay-Serial as required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Serial {
    Optional,
    Required,
}

/// What the request carries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content {
    Nothing,
    Json(&'static [Field]),
    /// A form of `meta`, which is what is signed, and `file`.
    Upload(&'static [Field]),
}

/// A request that has passed every check.
#[derive(Debug)]
pub(crate) struct PayCall<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) merchant: &'a Merchant,
    pub(crate) sub_mchid: Option<String>,
    pub(crate) parameters: Map<String, Value>,
    /// The checked body or meta, sealed fields opened.
    pub(crate) body: Value,
    pub(crate) file: Option<&'a Part>,
    notes: RefCell<Vec<String>>,
}

/// A request on its way through the checks.
#[derive(Debug)]
pub(crate) struct Incoming<'a> {
    pub(crate) sandbox: &'a Sandbox,
    pub(crate) route: &'static PayRoute,
    pub(crate) arrival: &'a Arrival,
    /// The time its signature is judged at.
    pub(crate) judged_at: i64,
    /// Decoded path parameters.
    pub(crate) path: Vec<(String, String)>,
    pub(crate) parts: Option<Result<Vec<Part>, String>>,
}

/// Checks a request and carries it out; adds notes for the ledger.
pub(crate) fn answer(incoming: &Incoming<'_>, notes: &mut Vec<String>) -> Result<Answer, PayError> {
    let (sandbox, route, arrival) = (incoming.sandbox, incoming.route, incoming.arrival);
    check_headers(arrival, notes)?;
    let signed_body = signed_body(incoming)?;
    let merchant = authenticate(incoming, signed_body)?;
    if route.callers != Callers::Everyone && merchant.role == Role::Direct {
        return Err(PayError::no_auth());
    }
    let serial = check_serial(route, &sandbox.keys, arrival)?;
    let unseal = |sealed: &str| sealed::open(&sandbox.keys, serial, sealed);
    let reading = Reading { role: merchant.role, unseal: &unseal };
    let pairs: Vec<_> = incoming.path.iter().cloned().chain(arrival.query_pairs()).collect();
    let (parameters, remarks) = check_query(route.parameters, &pairs, reading)?;
    notes.extend(remarks);
    let body = match route.content {
        Content::Nothing => Value::Null,
        Content::Json(table) | Content::Upload(table) => check_body(table, read_body(signed_body)?, reading)?,
    };
    let named = ["sub_mchid", "sub_mch_code"].iter().find_map(|name| parameters.get(*name).or_else(|| body.get(*name)));
    let sub_mchid = match route.callers {
        Callers::Inviters => None,
        Callers::Everyone | Callers::PartnersOnly => sub_merchant(sandbox, named)?,
    };
    let file = part(incoming, "file");
    let call = PayCall { sandbox, merchant, sub_mchid, parameters, body, file, notes: RefCell::default() };
    let outcome = (route.handle)(&call);
    notes.extend(call.notes.into_inner());
    outcome
}

/// The time signatures are made and judged at.
pub(crate) fn signature_time(sandbox: &Sandbox) -> i64 {
    match sandbox.settings().signature_clock {
        SignatureClock::Virtual => sandbox.clock.now(),
        SignatureClock::Wall => clock::wall(),
    }
}

fn check_headers(arrival: &Arrival, notes: &mut Vec<String>) -> Result<(), PayError> {
    let filled = |name| arrival.header(name).is_some_and(|value| !value.trim().is_empty());
    if !filled("accept") || !filled("user-agent") {
        return Err(PayError::invalid_request("Http头缺少Accept或User-Agent"));
    }
    let accept = arrival.header("accept").unwrap_or_default();
    if !accept.contains("application/json") && !accept.contains("*/*") {
        notes.push(format!("Accept is {accept}, the official tables say application/json"));
    }
    Ok(())
}

/// The bytes that stand in the last line of the signed message.
fn signed_body<'a>(incoming: &'a Incoming<'_>) -> Result<&'a [u8], PayError> {
    let kind = incoming.arrival.header("content-type").unwrap_or_default();
    match incoming.route.content {
        Content::Json(_) if !kind.to_ascii_lowercase().starts_with("application/json") => {
            Err(PayError::invalid_request("Content-Type必须为application/json"))
        }
        Content::Nothing | Content::Json(_) => Ok(&incoming.arrival.body),
        Content::Upload(_) => match &incoming.parts {
            None => Err(PayError::invalid_request("Content-Type必须为multipart/form-data")),
            Some(Err(issue)) => Err(PayError::invalid_request(&format!("multipart: {issue}"))),
            Some(Ok(_)) => {
                let meta = part(incoming, "meta").ok_or_else(|| PayError::invalid_request("multipart: 缺少meta"))?;
                Ok(&meta.body)
            }
        },
    }
}

fn part<'a>(incoming: &'a Incoming<'_>, name: &str) -> Option<&'a Part> {
    incoming.parts.as_ref()?.as_ref().ok()?.iter().find(|part| part.name == name)
}

fn authenticate<'a>(incoming: &Incoming<'a>, signed_body: &[u8]) -> Result<&'a Merchant, PayError> {
    let Incoming { sandbox, arrival, judged_at: now, .. } = *incoming;
    let header = arrival.header("authorization").ok_or_else(|| PayError::sign("Authorization", "missing", None))?;
    let authorization = Authorization::parse(header).map_err(|issue| PayError::sign("Authorization", &issue, None))?;
    let merchant = authorization.check(&sandbox.keys, arrival, signed_body, now)?;
    let fresh = sandbox.nonces().take(now, merchant.mchid, &authorization.nonce);
    if !fresh && sandbox.settings().nonce_reuse == Policy::Refuse {
        return Err(authorization.replayed(arrival, signed_body));
    }
    Ok(merchant)
}

fn check_serial<'a>(route: &PayRoute, keys: &Keys, arrival: &'a Arrival) -> Result<Option<&'a str>, PayError> {
    let serial = arrival.header("wechatpay-serial");
    if route.serial == Serial::Optional {
        return Ok(serial);
    }
    let named = serial.ok_or_else(|| PayError::header_field("Wechatpay-Serial", "is required"))?;
    if keys.platform(named).is_none() {
        return Err(PayError::header_field("Wechatpay-Serial", "is not a key of the gateway"));
    }
    Ok(serial)
}

fn sub_merchant(sandbox: &Sandbox, named: Option<&Value>) -> Result<Option<String>, PayError> {
    let Some(number) = named.and_then(Value::as_str) else { return Ok(None) };
    let registry = sandbox.registry();
    registry.partner_of(number).map(|_| Some(number.to_owned())).ok_or_else(PayError::no_auth)
}

impl PayCall<'_> {
    /// Whose numbers this call uses.
    pub(crate) fn scope(&self) -> fapiao::Scope {
        fapiao::Scope { mchid: self.merchant.mchid, sub_mchid: self.sub_mchid.clone() }
    }

    /// The checked parameters as a struct.
    fn parameters<T: DeserializeOwned>(&self) -> Result<T, PayError> {
        read(Value::Object(self.parameters.clone()))
    }

    /// The checked body as a struct.
    fn body<T: DeserializeOwned>(&self) -> Result<T, PayError> {
        read(self.body.clone())
    }

    /// Remembers for the ledger what a careful client would not do.
    fn note(&self, what: &str) {
        self.notes.borrow_mut().push(what.to_owned());
    }

    /// The time whose state queries see, in milliseconds of the virtual clock.
    fn seen_at(&self) -> i64 {
        self.sandbox.clock.now_millis() - i64::from(self.sandbox.settings().query_lag_millis)
    }
}

/// A struct out of values its table has checked; a mismatch means the two disagree, so it is the gateway's own failure.
fn read<T: DeserializeOwned>(value: Value) -> Result<T, PayError> {
    serde_json::from_value(value).map_err(|_| PayError::service(500))
}
