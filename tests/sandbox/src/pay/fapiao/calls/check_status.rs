//! `GET /v3/new-tax-control-fapiao/merchant/{sub_mchid}/check-status`: what a sub-merchant has opened, newer pages.

use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::sub_mchid,
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/merchant/{sub_mchid}/check-status",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Optional,
        parameters: &[sub_mchid()],
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let number = call.sub_mchid.clone().unwrap_or_default();
    let registry = call.sandbox.registry();
    let known = registry.partner_of(&number).ok_or_else(PayError::no_auth)?;
    Ok(Answer::json(200, &known.view(&number)))
}
