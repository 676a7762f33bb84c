//! `POST /v3/new-tax-control-fapiao/fapiao-applications/real-estate-leasing`: issue for the leasing of real estate.

use super::super::general::{self, Trade};
use crate::{
    pay::{Callers, Content, PayRoute, Serial},
    route::{Door, Route},
    schema::{Field, Rule, boolean, field, object, sealed, time, unmeasured},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/real-estate-leasing",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&general::body(&general::invoice(&general::line(LEASE)))),
        handle: |call| general::issue(call, &TRADE),
    }),
};

const TRADE: Trade = Trade { ability: "REAL_ESTATE_ABILITY", check: |_, _, _| Ok(()) };

const LEASE: Field = object(
    "real_estate_leasing_information",
    &[
        unmeasured("province").required(),
        unmeasured("city"),
        unmeasured("address").required(),
        time("lease_period_start").required(),
        time("lease_period_end").required(),
        boolean("cross_city_flag").required(),
        sealed("certificate_no"),
        field("plate_no", Rule::Texts),
    ],
);
