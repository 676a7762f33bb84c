//! `POST /card/invoice/platform/updatestatus`: the platform moves a card on, after a reversal above all.

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
        status::Status,
    },
    body, done, post, status_changed,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/platform/updatestatus", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (card_id, code) = (fields.text("card_id")?, fields.text("code")?);
    let wanted = Status::of(fields.text("reimburse_status")?)?;
    let mut invoices = call.sandbox.invoices();
    let card = invoices.cards.by_code(card_id, code)?;
    card.status = card.status.by_platform(wanted)?;
    Ok(done().effect(status_changed(call, card)))
}
