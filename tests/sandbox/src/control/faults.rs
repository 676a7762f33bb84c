//! `/_sandbox/faults`: faults on order.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde_json::{Value, json};

use super::{Refused, Reply, body::Body};
use crate::{
    exchange::Host,
    faults::{Order, Scope},
    listener::Presence,
    sandbox::Sandbox,
};

/// Takes an order from wherever it comes; one about a listener is carried out at once.
pub(crate) async fn order_fault(sandbox: &Sandbox, order: Order) -> Result<u64, String> {
    let kind = order.kind()?;
    let id = sandbox.faults().add(order)?;
    if kind.scope == Scope::Listener {
        set(sandbox, Host::Main, Presence::Down).await;
    }
    Ok(id)
}

/// Takes an order.
pub(super) async fn order(State(sandbox): State<Arc<Sandbox>>, Body(order): Body<Order>) -> Reply {
    let ordered = order_fault(&sandbox, order).await;
    let id = ordered.map_err(|reason| Refused::new(StatusCode::BAD_REQUEST, reason))?;
    Ok(Json(json!({"id": id})))
}

/// Every order and its hits.
pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    Json(json!({"faults": sandbox.faults().view()}))
}

/// Forgets all orders.
pub(super) async fn clear(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    sandbox.faults().clear();
    put_up(&sandbox).await;
    Json(json!({}))
}

/// Puts both listeners up.
pub(super) async fn put_up(sandbox: &Sandbox) {
    set(sandbox, Host::Main, Presence::Up).await;
    set(sandbox, Host::Backup, Presence::Up).await;
}

/// Takes one listener down or puts it up.
pub(super) async fn set(sandbox: &Sandbox, host: Host, presence: Presence) {
    if let Some(listener) = sandbox.listener(host) {
        listener.set(presence).await;
    }
}
