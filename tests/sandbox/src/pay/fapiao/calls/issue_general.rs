//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-general`: issue for the general trades, providers since 2025.

use super::super::general::{self, Trade};
use crate::{
    pay::{Callers, Content, PayRoute, Serial},
    route::{Door, Route},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/issue-general",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&general::body(&general::invoice(&general::LINE))),
        handle: |call| general::issue(call, &TRADE),
    }),
};

const TRADE: Trade = Trade { ability: "BASE_ABILITY", check: |_, _, _| Ok(()) };
