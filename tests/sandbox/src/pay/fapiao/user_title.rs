//! `GET /v3/new-tax-control-fapiao/user-title`: the title the payer filled in.

use serde::Deserialize;
use serde_json::json;

use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{id, one_of, sub_mchid},
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/user-title",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[
            sub_mchid(),
            one_of("scene", &["WITH_WECHATPAY", "WITHOUT_WECHATPAY"]).required(),
            id("fapiao_apply_id").required(),
        ],
        content: Content::Nothing,
        handle,
    }),
};

#[derive(Deserialize)]
struct Asked {
    fapiao_apply_id: String,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let asked: Asked = call.parameters()?;
    let title = call
        .sandbox
        .book()
        .application(&call.scope(), &asked.fapiao_apply_id)
        .and_then(|application| application.title.clone());
    // What WeChat answers before the payer is done is not documented; this is its usual code for "not there".
    let title = title.ok_or_else(|| PayError::not_exists("用户未填写抬头"))?;
    Ok(Answer::json(200, &json!(title.sealed(&call.merchant.public))))
}
