//! `POST /card/invoice/reimburse/getinvoicebatch`: several invoices that users handed in.

use serde_json::{Value, json};

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
    },
    body,
    getinvoiceinfo::invoice,
    ok, post,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/reimburse/getinvoicebatch", handle);

/// What one unknown card does to the others is not documented: here there is an answer for all or for none.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let items = Fields(&body).list("item_list")?;
    let invoices: Vec<Value> = items.into_iter().map(|item| invoice(call.sandbox, item)).collect::<Result<_, _>>()?;
    Ok(ok(json!({"item_list": invoices})))
}
