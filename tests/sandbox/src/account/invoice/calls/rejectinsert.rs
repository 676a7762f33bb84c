//! `POST /card/invoice/rejectinsert`: turns an authorised order down.

use super::{
    super::{
        super::{AccountCall, AccountError},
        S_PAPPID,
        fields::Fields,
    },
    body, done, post,
};
use crate::{
    exchange::{Answer, Effect},
    route::Route,
};

pub(super) const ROUTE: Route = post("/card/invoice/rejectinsert", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (s_pappid, order_id) = (fields.text("s_pappid")?, fields.text("order_id")?);
    fields.text("reason")?;
    fields.may_be_empty("url")?;
    if s_pappid != S_PAPPID {
        return Err(AccountError::PARAMETERS);
    }
    call.sandbox.invoices().orders.reject(order_id)?;
    Ok(done().effect(Effect::new("order_rejected", &[("order_id", order_id)])))
}
