//! A fault for one message alone, in the body that orders the message.

use axum::http::StatusCode;
use serde::Deserialize;

use super::Refused;
use crate::faults::{Order, Planned, Scope};

/// Its name, with or without `callback_` or `push_`, or an order with parameters.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneFault {
    Name(String),
    Order(Box<Order>),
}

/// The fault as it strikes messages of a kind.
pub(super) fn planned(fault: Option<OneFault>, scope: Scope) -> Result<Vec<Planned>, Refused> {
    let Some(fault) = fault else { return Ok(Vec::new()) };
    let order = match fault {
        OneFault::Name(name) => Order::parse(&scope.whole_name(&name)),
        OneFault::Order(mut order) => {
            order.fault = scope.whole_name(&order.fault);
            Ok(*order)
        }
    };
    let planned = order.and_then(Planned::for_one);
    planned.map(|planned| vec![planned]).map_err(|reason| Refused::new(StatusCode::BAD_REQUEST, reason))
}
