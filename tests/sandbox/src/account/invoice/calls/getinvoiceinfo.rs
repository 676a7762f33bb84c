//! `POST /card/invoice/reimburse/getinvoiceinfo`: an invoice that a user handed in.

use serde_json::Value;

use super::{
    super::{
        super::{AccountCall, AccountError, media_file},
        fields::Fields,
    },
    body, ok, post,
};
use crate::{exchange::Answer, route::Route, sandbox::Sandbox};

pub(super) const ROUTE: Route = post("/card/invoice/reimburse/getinvoiceinfo", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    invoice(call.sandbox, Fields(&body)).map(ok)
}

/// The invoice that a reimburser names.
pub(super) fn invoice(sandbox: &Sandbox, item: Fields<'_>) -> Result<Value, AccountError> {
    let mut invoices = sandbox.invoices();
    let place = invoices.cards.named(item)?;
    let card = invoices.cards.at(place)?.clone();
    let template = invoices.cards.template(&card.template);
    Ok(card.view(template, |media_id| media_file::link(sandbox, media_id)))
}
