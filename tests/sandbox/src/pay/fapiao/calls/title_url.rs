//! `GET /v3/new-tax-control-fapiao/user-title/title-url`: a link under which the payer fills in a title.

use serde::Deserialize;
use serde_json::json;

use super::super::book::TitleLink;
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    random,
    route::{Door, Route},
    schema::{boolean, id, integer, one_of, sub_mchid, text},
};

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/user-title/title-url",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[
            sub_mchid(),
            id("fapiao_apply_id").required(),
            one_of("source", &["WEB", "MINIPROGRAM"]).required(),
            text("appid", 32).required(),
            text("openid", 32).required(),
            integer("total_amount").required(),
            text("seller_name", 32),
            boolean("show_phone_cell"),
            boolean("must_input_phone"),
            boolean("show_email_cell"),
            boolean("must_input_email"),
        ],
        content: Content::Nothing,
        handle,
    }),
};

#[derive(Deserialize)]
struct Asked {
    fapiao_apply_id: String,
    source: String,
    appid: String,
    openid: String,
    total_amount: i64,
    seller_name: Option<String>,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let asked: Asked = call.parameters()?;
    let is_set = |name: &str| call.parameters.get(name).is_some_and(|value| value == true);
    if [("must_input_phone", "show_phone_cell"), ("must_input_email", "show_email_cell")]
        .into_iter()
        .any(|(must, show)| is_set(must) && !is_set(show))
    {
        call.note("must_input_phone and must_input_email have no effect without their show");
    }
    let scope = call.scope();
    let link = TitleLink {
        appid: asked.appid,
        openid: asked.openid,
        total_amount: asked.total_amount,
        seller: asked.seller_name,
        at: call.sandbox.clock.now(),
    };
    // In place of an earlier one of the same application.
    call.sandbox.book().entry(&scope, &asked.fapiao_apply_id).link = Some(link);
    let ticket = random::alphanumeric(32);
    // Nobody opens these: the control API's `title` plays the payer.
    let body = if asked.source == "WEB" {
        json!({"title_url": format!("{}/_payer/title?ticket={ticket}", call.sandbox.main_url())})
    } else {
        json!({
            "miniprogram_appid": crate::keys::APPID,
            "miniprogram_path": format!("pages/title/title?ticket={ticket}"),
            "miniprogram_user_name": "gh_5157f09efdc0@app",
        })
    };
    let effect = scope.effect("title_link", &[("fapiao_apply_id", &asked.fapiao_apply_id)]);
    Ok(Answer::json(200, &body).effect(effect))
}
