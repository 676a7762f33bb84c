//! `POST /card/invoice/reimburse/updatestatusbatch`: several invoices of one user, all of them or none.

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
        status::Status,
    },
    body, done, post, status_changed,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/reimburse/updatestatusbatch", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let openid = fields.text("openid")?;
    let wanted = Status::of(fields.text("reimburse_status")?)?;
    let items = fields.list("invoice_list")?;
    let mut invoices = call.sandbox.invoices();
    let mut places = Vec::new();
    for item in items {
        let place = invoices.cards.named(item)?;
        let card = invoices.cards.at(place)?;
        if card.openid != openid {
            return Err(AccountError::OWNER);
        }
        card.status.by_reimburser(wanted)?;
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let mut answer = done();
    for place in places {
        let card = invoices.cards.at(place)?;
        card.status = wanted;
        answer = answer.effect(status_changed(call, card));
    }
    Ok(answer)
}
