//! `GET /v3/new-tax-control-fapiao/fapiaomerchant/listspinvitemchinfo`: what became of invitations.

use serde::Deserialize;
use serde_json::json;

use super::paging::{self, Window};
use crate::{
    clock,
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Broken, FieldFault, one_of, text, time},
};

/// The longest time between start and end, in milliseconds.
const WEEK: i64 = 7 * 24 * 60 * 60 * 1000;

pub(super) const ROUTE: Route = Route {
    method: "GET",
    path: "/v3/new-tax-control-fapiao/fapiaomerchant/listspinvitemchinfo",
    door: Door::Pay(PayRoute {
        callers: Callers::Inviters,
        serial: Serial::Optional,
        parameters: &[
            time("query_time_start").required(),
            time("query_time_end").required(),
            paging::OFFSET,
            paging::limit(i64::MAX),
            text("invite_code", 128),
            one_of("mch_invite_status", &["MCH_INVITE_SUCC", "MCH_INVITE_FAILED"]).required(),
        ],
        content: Content::Nothing,
        handle,
    }),
};

#[derive(Deserialize)]
struct Asked {
    query_time_start: String,
    query_time_end: String,
    invite_code: Option<String>,
    mch_invite_status: String,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let (asked, window): (Asked, Window) = (call.parameters()?, call.parameters()?);
    let millis = |text: &str| clock::millis(text).unwrap_or_default();
    let (start, end) = (millis(&asked.query_time_start), millis(&asked.query_time_end));
    if end < start || end - start > WEEK {
        return Err(PayError::param(&Broken {
            field: "query_time_end".to_owned(),
            value: Some(asked.query_time_end),
            issue: "must be at most 7 days after query_time_start".to_owned(),
            location: "query",
            fault: FieldFault::Invalid,
        }));
    }
    let registry = call.sandbox.registry();
    let ended = registry.invitations.iter().filter(|invitation| {
        let fits = |(at, outcome): &(i64, _)| -> bool {
            let outcome: &super::super::registry::Outcome = outcome;
            (start..=end).contains(&(at * 1000)) && outcome.status() == asked.mch_invite_status
        };
        invitation.end.as_ref().is_some_and(fits)
            && asked.invite_code.as_ref().is_none_or(|code| *code == invitation.code)
    });
    let all: Vec<_> = ended.filter_map(super::super::registry::Invitation::view).collect();
    let mut body = json!({"total_count": all.len(), "offset": window.offset, "limit": window.limit});
    window.fill(&mut body, "mch_invite_result_list", &all, ROUTE.path);
    Ok(Answer::json(200, &body))
}
