//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-refined-oil`: issue for refined oil.

use serde_json::Value;

use super::super::general::{self, Trade};
use crate::{
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, object, time, unmeasured},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/issue-refined-oil",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&general::body(&general::invoice(&general::line(SALE)))),
        handle: |call| general::issue(call, &TRADE),
    }),
};

const TRADE: Trade = Trade { ability: "REFINED_OIL_ABILITY", check };

const SALE: Field = object(
    "refined_oil_information",
    &[unmeasured("station").required(), time("trade_time").required(), unmeasured("gun_number").required()],
);

/// The one source prints `LETER`; whether the official page does could not be seen, so other units are only noted.
#[expect(clippy::unnecessary_wraps, reason = "the rules of other trades can refuse")]
fn check(call: &PayCall<'_>, _: &str, line: &Value) -> Result<(), PayError> {
    if line.get("unit").is_some_and(|unit| unit != "TON" && unit != "LETER") {
        call.note("unit is neither TON nor LETER");
    }
    Ok(())
}
