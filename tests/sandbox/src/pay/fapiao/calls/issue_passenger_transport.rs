//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-passenger-transport`: issue for the transport of passengers.

use serde_json::Value;

use super::super::general::{self, Trade};
use crate::{
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, object, one_of, sealed, text, time},
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/issue-passenger-transport",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&general::body(&general::invoice(&general::line(JOURNEY)))),
        handle: |call| general::issue(call, &TRADE),
    }),
};

const TRADE: Trade = Trade { ability: "PASSENGER_TRANSPORT_ABILITY", check };

const JOURNEY: Field = object(
    "passenger_information",
    &[
        text("name", 20).required(),
        one_of("certificate_type", CERTIFICATES).required(),
        sealed("certificate_number").required(),
        time("departure_date").required(),
        text("departure_place", 80).required(),
        text("destination", 80).required(),
        one_of(
            "transportation_type",
            &["LONG_DISTANCE_BUS", "PUBLIC_TRANSPORTATION", "CAR", "SHIP", "OTHER_TRANSPORTATION"],
        )
        .required(),
        one_of(
            "transportation_classes",
            &["SHIP_FIRST_CLASS_CABIN", "SHIP_SECOND_CLASS_CABIN", "SHIP_THIRD_CLASS_CABIN"],
        ),
    ],
);

const CERTIFICATES: &[&str] = &[
    "IDENTITY_CARD",
    "PASSPORT",
    "HONG_KONG_PERMIT",
    "MACAO_PERMIT",
    "TAIWAN_PERMIT",
    "FOREIGNER_RESIDENCE_PERMIT",
    "HONG_KONG_RESIDENT_CARD",
    "MACAO_RESIDENT_CARD",
    "TAIWAN_RESIDENT_CARD",
    "MILITARY_OFFICER_CARD",
    "ARMED_POLICE_OFFICER_CARD",
    "SOLDIER_CARD",
    "HOMECOMING_CERT",
    "TAIWAN_COMPATRIOT_CERT",
];

fn check(_: &PayCall<'_>, at: &str, line: &Value) -> Result<(), PayError> {
    let transport = line.get("tax_code").and_then(Value::as_str).is_some_and(|code| code.starts_with("301"));
    if !transport {
        return Err(PayError::body_field(&format!("{at}/tax_code"), "must start with 301"));
    }
    let Some(journey) = line.get("passenger_information") else { return Ok(()) };
    let classes = format!("{at}/passenger_information/transportation_classes");
    match (journey.get("transportation_type").and_then(Value::as_str), journey.get("transportation_classes")) {
        (Some("SHIP"), None) => Err(PayError::body_field(&classes, "is required of SHIP")),
        (Some("SHIP"), Some(_)) | (_, None) => Ok(()),
        (_, Some(_)) => Err(PayError::body_field(&classes, "is for SHIP only")),
    }
}
