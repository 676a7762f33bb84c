//! The control API: the clock, the payer, faults, settings and the ledger. It has a listener of its own, which no fault reaches.

mod account;
mod body;
mod callbacks;
mod clock;
mod component;
mod faults;
mod guide;
mod ledger;
mod not_known;
mod one_fault;
mod payer;
mod provider;
mod pushes;
mod signed;
mod state;

use std::{io, net::Ipv4Addr, sync::Arc};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) use self::faults::order_fault;
use crate::sandbox::Sandbox;

/// What a control call gives: JSON, or the reason why not.
type Reply = Result<Json<Value>, Refused>;

/// A control call that cannot be carried out.
#[derive(Debug)]
pub(crate) struct Refused {
    status: StatusCode,
    reason: String,
}

/// Opens the control listener; gives the address of the API.
pub(crate) async fn open(sandbox: Arc<Sandbox>, port: u16) -> io::Result<String> {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = socket.local_addr()?;
    let router = Router::new()
        .nest("/_sandbox", routes())
        .route("/_sandbox/", get(guide::show))
        .fallback(guide::nowhere)
        .layer(middleware::from_fn_with_state(Arc::clone(&sandbox), up_to_date))
        .with_state(sandbox);
    tokio::spawn(async move { axum::serve(socket, router).await });
    Ok(format!("http://{address}/_sandbox"))
}

fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/", get(guide::show))
        .route("/title", post(payer::fill))
        .route("/payment", post(payer::pay))
        .route("/discard", post(payer::discard))
        .route("/sub-merchants/{number}", post(provider::change))
        .route("/invitations/{code}", post(provider::answer))
        .route("/authorisation", post(account::authorise))
        .route("/invoice-cards", get(account::cards))
        .route("/title-code", post(account::show_title))
        .route("/title-submission", post(pushes::submit_title))
        .route("/component-authorisation", post(component::authorise))
        .route("/push-url", post(pushes::address))
        .route("/push-url-check", post(pushes::check))
        .route("/pushes", get(pushes::show).post(pushes::trigger))
        .route("/pushes/{id}", post(pushes::again))
        .route("/signed-callback", post(signed::callback))
        .route("/signed-push", post(signed::push))
        .route("/callback-url", post(callbacks::address))
        .route("/callbacks", get(callbacks::show).post(callbacks::trigger))
        .route("/callbacks/{id}", post(callbacks::again))
        .route("/faults", get(faults::show).post(faults::order).delete(faults::clear))
        .route("/clock", get(clock::show).post(clock::advance))
        .route("/settings", get(state::settings).post(state::change))
        .route("/listener", post(state::listener))
        .route("/ledger", get(ledger::show).delete(ledger::clear))
        .route("/ledger/effects", get(ledger::effects))
        .route("/not-known", get(not_known::show))
        .route("/reset", post(state::reset))
}

/// What was held up is carried out before anybody looks.
async fn up_to_date(State(sandbox): State<Arc<Sandbox>>, request: Request, next: Next) -> Response {
    sandbox.catch_up_arrivals().await;
    next.run(request).await
}

impl Refused {
    fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({"error": self.reason}))).into_response()
    }
}
