//! `PATCH` and `GET /v3/new-tax-control-fapiao/merchant/development-config`: where callbacks go, and two switches.

use serde::Deserialize;
use serde_json::json;

use super::super::book::Scope;
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, boolean, text},
};

const PATH: &str = "/v3/new-tax-control-fapiao/merchant/development-config";

/// Required of newer providers, optional for older ones: both use this call. The name is not `sub_mchid` here.
const SUB_MCH_CODE: Field = text("sub_mch_code", 32).of_partners();

pub(super) const SET: Route = Route {
    method: "PATCH",
    path: PATH,
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[],
        content: Content::Json(&[
            text("callback_url", 256),
            SUB_MCH_CODE,
            boolean("show_fapiao_cell"),
            boolean("support_vat_fapiao"),
        ]),
        handle: set,
    }),
};

/// No query is documented; one SDK sends the sub-merchant.
pub(super) const SHOW: Route = Route {
    method: "GET",
    path: PATH,
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[SUB_MCH_CODE],
        content: Content::Nothing,
        handle: show,
    }),
};

#[derive(Deserialize)]
struct Change {
    callback_url: Option<String>,
    show_fapiao_cell: Option<bool>,
    support_vat_fapiao: Option<bool>,
}

fn set(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let change: Change = call.body()?;
    if change.callback_url.as_deref().is_some_and(|url| !is_callback_url(url)) {
        return Err(PayError::body_field("/callback_url", "must be http(s) and have no query"));
    }
    let scope = call.scope();
    let body = {
        let mut registry = call.sandbox.registry();
        let config = registry.configs.entry(scope.clone()).or_default();
        if let Some(url) = change.callback_url {
            config.callback_url = url;
        }
        config.show_fapiao_cell = change.show_fapiao_cell.or(config.show_fapiao_cell);
        config.support_vat_fapiao = change.support_vat_fapiao.or(config.support_vat_fapiao);
        json!(config)
    };
    Ok(Answer::json(200, &body).effect(scope.effect("development_config", &[])))
}

/// What is answered before anything was configured is not documented: here the required address is empty.
#[expect(clippy::unnecessary_wraps, reason = "the handler of a route can refuse")]
fn show(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let scope = call.scope();
    if scope.sub_mchid.is_some() {
        call.note("sub_mch_code is no documented parameter of this call");
    }
    let registry = call.sandbox.registry();
    let general = Scope { sub_mchid: None, ..scope.clone() };
    let config = registry.configs.get(&scope).or_else(|| registry.configs.get(&general));
    Ok(Answer::json(200, &json!(config.cloned().unwrap_or_default())))
}

fn is_callback_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains('?'))
}
