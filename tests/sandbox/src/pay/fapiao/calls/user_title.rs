//! `GET /v3/new-tax-control-fapiao/user-title`: the title the payer filled in.

use serde::Deserialize;
use serde_json::json;

use crate::{
    exchange::Answer,
    keys::Role,
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
    let book = call.sandbox.book();
    let application = book.application(&call.scope(), &asked.fapiao_apply_id);
    let title = application.and_then(|application| application.title(call.seen_at()));
    // What WeChat answers before the payer is done is not documented; this is its usual code for "not there".
    let title = title.ok_or_else(|| PayError::not_exists("用户未填写抬头"))?;
    let mut answer = title.sealed(&call.merchant.public);
    if call.merchant.role == Role::Partner {
        // Only the provider pages list the amount of the order.
        let link = application.and_then(|application| application.link.as_ref());
        answer.amount = answer.amount.or(link.map(|link| link.total_amount));
    }
    Ok(Answer::json(200, &json!(answer)))
}
