//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}`: the invoices of an application.

use serde::Deserialize;
use serde_json::json;

use super::super::invoice::Invoice;
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, id, sub_mchid},
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: PARAMETERS,
        content: Content::Nothing,
        handle,
    }),
};

/// An application, and perhaps one of its invoices.
pub(super) const PARAMETERS: &[Field] = &[id("fapiao_apply_id").required(), sub_mchid(), id("fapiao_id")];

/// What an application's calls name.
#[derive(Deserialize)]
pub(super) struct Asked {
    pub(super) fapiao_apply_id: String,
    fapiao_id: Option<String>,
}

/// The invoices a call asks for as they were at a time, or why there are none.
pub(super) fn invoices(call: &PayCall<'_>, asked: &Asked, at: i64) -> Result<Vec<Invoice>, PayError> {
    let book = call.sandbox.book();
    let application = book.application(&call.scope(), &asked.fapiao_apply_id);
    let visible = |invoice: &&Invoice| invoice.course.status(at).is_some();
    let seen: Vec<_> = application.iter().flat_map(|application| application.invoices.iter().filter(visible)).collect();
    // A title link alone is no application for an invoice yet.
    if seen.is_empty() {
        return Err(PayError::not_exists("开票申请单不存在"));
    }
    let Some(fapiao_id) = &asked.fapiao_id else {
        return Ok(seen.into_iter().cloned().collect());
    };
    let invoice = seen.into_iter().find(|invoice| invoice.fapiao_id == *fapiao_id);
    Ok(vec![invoice.ok_or_else(|| PayError::not_exists("发票不存在"))?.clone()])
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let at = call.seen_at();
    let invoices = invoices(call, &call.parameters()?, at)?;
    if invoices.iter().any(Invoice::is_unreadable) {
        return Err(PayError::body_field("/fapiao_code", "is required"));
    }
    let views: Vec<_> = invoices.iter().filter_map(|invoice| invoice.view(at, &call.merchant.public)).collect();
    Ok(Answer::json(200, &json!({"total_count": views.len(), "fapiao_information": views})))
}
