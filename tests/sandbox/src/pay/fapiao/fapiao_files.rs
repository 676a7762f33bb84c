//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files`: links to the invoices' files.

use serde_json::{Value, json};

use super::{
    book::Ticket,
    invoice::Invoice,
    query::{Asked, PARAMETERS, invoices},
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
};

/// Life of a download link in milliseconds.
const LINK_LIFE: i64 = 30_000;

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: PARAMETERS,
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let asked: Asked = call.parameters()?;
    let now = call.sandbox.clock.now_millis();
    let found = invoices(call, &asked)?;
    let entries: Vec<_> = found.iter().map(|invoice| entry(call, &asked, invoice, now)).collect();
    Ok(Answer::json(200, &json!({"fapiao_download_info_list": entries})))
}

fn entry(call: &PayCall<'_>, asked: &Asked, invoice: &Invoice, now: i64) -> Value {
    let status = invoice.status(now);
    if status != "ISSUED" {
        return json!({"fapiao_id": invoice.fapiao_id, "status": status});
    }
    let token = random::alphanumeric(128);
    let url = format!("{}{}?token={token}", call.sandbox.main_url(), super::download::PATH);
    let ticket = Ticket {
        scope: call.scope(),
        apply_id: asked.fapiao_apply_id.clone(),
        fapiao_id: invoice.fapiao_id.clone(),
        until: now + LINK_LIFE,
        used: false,
    };
    call.sandbox.book().hand_out(token, ticket);
    json!({"fapiao_id": invoice.fapiao_id, "download_url": url, "status": status})
}
