//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}`: the invoices of an application.

use serde::Deserialize;
use serde_json::json;

use super::invoice::Invoice;
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

/// The invoices a call asks for, or why there are none.
pub(super) fn invoices(call: &PayCall<'_>, asked: &Asked) -> Result<Vec<Invoice>, PayError> {
    let book = call.sandbox.book();
    let application = book.application(&call.scope(), &asked.fapiao_apply_id);
    // A title link alone is no application for an invoice yet.
    let known = application.filter(|application| !application.invoices.is_empty());
    let application = known.ok_or_else(|| PayError::not_exists("开票申请单不存在"))?;
    match &asked.fapiao_id {
        None => Ok(application.invoices.clone()),
        Some(fapiao_id) => {
            let invoice = application.invoice(fapiao_id).ok_or_else(|| PayError::not_exists("发票不存在"))?;
            Ok(vec![invoice.clone()])
        }
    }
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let invoices = invoices(call, &call.parameters()?)?;
    let now = call.sandbox.clock.now_millis();
    let views: Vec<_> = invoices.iter().map(|invoice| invoice.view(now, &call.merchant.public)).collect();
    Ok(Answer::json(200, &json!({"total_count": views.len(), "fapiao_information": views})))
}
