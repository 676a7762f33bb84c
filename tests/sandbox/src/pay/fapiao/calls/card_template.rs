//! `POST /v3/new-tax-control-fapiao/card-template`: the card template invoices are put into wallets with.

use serde::Deserialize;
use serde_json::json;

use super::super::registry::CardTemplate;
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
    schema::{Field, object, sub_mchid, text, unmeasured},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/card-template",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[],
        content: Content::Json(&[
            sub_mchid(),
            text("card_appid", 32).required(),
            object("card_template_information", TEMPLATE).required(),
        ]),
        handle,
    }),
};

const TEMPLATE: &[Field] = &[
    text("payee_name", 32),
    text("logo_url", 1024).required(),
    object(
        "custom_cell",
        &[
            unmeasured("words").required(),
            unmeasured("description").required(),
            unmeasured("jump_url"),
            unmeasured("miniprogram_user_name"),
            unmeasured("miniprogram_path"),
        ],
    ),
];

#[derive(Deserialize)]
struct Order {
    card_appid: String,
    card_template_information: Ordered,
}

#[derive(Deserialize)]
struct Ordered {
    logo_url: String,
}

/// Overwrites an earlier template.
fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let order: Order = call.body()?;
    if !order.card_template_information.logo_url.contains("mmbiz") {
        call.note("logo_url does not come from the upload of permanent material");
    }
    let (scope, card_id) = (call.scope(), format!("p{}", random::alphanumeric(27)));
    let body = json!({"card_appid": order.card_appid, "card_id": card_id});
    let template = CardTemplate { appid: order.card_appid, card_id };
    call.sandbox.registry().templates.insert(scope.clone(), template);
    Ok(Answer::json(200, &body).effect(scope.effect("card_template", &[])))
}
