//! `POST /v3/new-tax-control-fapiao/merchant/{sub_mchid}/check`: whether a sub-merchant has opened invoicing, older pages.

use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::sub_mchid,
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/merchant/{sub_mchid}/check",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Optional,
        parameters: &[sub_mchid()],
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let registry = call.sandbox.registry();
    let known = call.sub_mchid.as_deref().and_then(|number| registry.partner_of(number));
    let open = known.is_some_and(super::super::registry::SubMerchant::is_open);
    if open { Ok(Answer::empty(204)) } else { Err(PayError::no_auth()) }
}
