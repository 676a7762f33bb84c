//! `POST /card/invoice/reimburse/updateinvoicestatus`: a reimburser locks, frees or closes one invoice.

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
        status::Status,
    },
    body, done, post, status_changed,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/reimburse/updateinvoicestatus", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let wanted = Status::of(fields.text("reimburse_status")?)?;
    let mut invoices = call.sandbox.invoices();
    let place = invoices.cards.named(fields)?;
    let card = invoices.cards.at(place)?;
    card.status = card.status.by_reimburser(wanted)?;
    Ok(done().effect(status_changed(call, card)))
}
