//! `GET /v3/new-tax-control-fapiao/merchant/tax-codes`: a merchant's goods and services with their tax codes.

use serde_json::json;

use super::{
    super::goods::{GOODS, Goods},
    paging::{self, Window},
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::text,
};

/// Direct merchants are listed for it, yet one was refused with 403 `NO_AUTH`: here they may call (order `refuse` for the other).
pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/merchant/tax-codes",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[text("sub_mchid", 32).of_partners(), paging::OFFSET, paging::limit(20)],
        content: Content::Nothing,
        handle,
    }),
};

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let window: Window = call.parameters()?;
    let all: Vec<_> = GOODS.iter().map(Goods::view).collect();
    let mut body = json!({"total_count": all.len(), "offset": window.offset, "limit": window.limit});
    window.fill(&mut body, "data", &all, ROUTE.path);
    Ok(Answer::json(200, &body))
}
