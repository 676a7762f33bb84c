//! `GET /v3/new-tax-control-fapiao/fapiaomerchant/getspinviteurl`: a link that invites a merchant to open invoicing.

use serde::Deserialize;
use serde_json::json;

use super::super::registry::Invitation;
use crate::{
    exchange::Answer,
    keys::APPID,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
    schema::{Broken, FieldFault, Rule, field, one_of, sealed, text, unmeasured},
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/fapiaomerchant/getspinviteurl",
    door: Door::Pay(PayRoute {
        callers: Callers::Inviters,
        serial: Serial::Required,
        parameters: &[
            one_of("operation_type", &["AUTH_BINDING"]).required(),
            // A list on the official page, one text elsewhere; by repeating the key or with commas: all of it is read.
            field("fapiao_mode", Rule::Words(&["THIRD_OR_SELF_FAPIAO", DIGITAL])).required(),
            field("fapiao_ability_type_list", Rule::Words(ABILITIES)),
            unmeasured("invite_channel"),
            sealed("operate_user"),
            text("invite_code", 128).required(),
            text("sub_mchid", 32),
        ],
        content: Content::Nothing,
        handle,
    }),
};

const DIGITAL: &str = "TENCENT_DIGITAL_TAX";
const ABILITIES: &[&str] =
    &["BASE_ABILITY", "REAL_ESTATE_ABILITY", "PASSENGER_TRANSPORT_ABILITY", "REFINED_OIL_ABILITY"];

#[derive(Deserialize)]
struct Asked {
    fapiao_mode: Vec<String>,
    fapiao_ability_type_list: Option<Vec<String>>,
    invite_code: String,
    sub_mchid: Option<String>,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let asked: Asked = call.parameters()?;
    if asked.fapiao_mode.iter().any(|mode| mode == DIGITAL) && asked.fapiao_ability_type_list.is_none() {
        return Err(PayError::param(&Broken {
            field: "fapiao_ability_type_list".to_owned(),
            value: None,
            issue: "is required when fapiao_mode names TENCENT_DIGITAL_TAX".to_owned(),
            location: "query",
            fault: FieldFault::Invalid,
        }));
    }
    let effect = call.scope().effect("invitation", &[("invite_code", &asked.invite_code)]);
    let mut registry = call.sandbox.registry();
    if registry.invitations.iter().any(|invitation| invitation.code == asked.invite_code) {
        call.note("invite_code was used before");
    } else {
        let invitation = Invitation { code: asked.invite_code, sub_mchid: asked.sub_mchid, end: None };
        registry.invitations.push(invitation);
    }
    let ticket = random::alphanumeric(32);
    let body = json!({
        "invite_url": format!("{}/_merchant/invite?ticket={ticket}", call.sandbox.main_url()),
        "miniprogram_appid": APPID,
        "miniprogram_path": format!("pages/invite/invite?ticket={ticket}"),
    });
    Ok(Answer::json(200, &body).effect(effect))
}
