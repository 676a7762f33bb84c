//! `GET /v3/new-tax-control-fapiao/merchant/base-information`: the seller and the signatories of a merchant's invoices.

use serde_json::json;

use super::super::party;
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayRoute, Serial},
    route::{Door, Route},
    schema::sub_mchid,
};

/// Direct merchants are listed for it, yet one was refused with 403 `NO_AUTH`: here they may call (order `refuse` for the other).
pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/merchant/base-information",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Optional,
        parameters: &[sub_mchid()],
        content: Content::Nothing,
        handle: |_| {
            let body = json!({"seller_information": party::seller(party::SELLER), "extra_information": party::extra()});
            Ok(Answer::json(200, &body))
        },
    }),
};
