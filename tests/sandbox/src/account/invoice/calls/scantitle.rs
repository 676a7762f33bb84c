//! `POST /card/invoice/scantitle`: the title behind the QR code that a user shows.

use serde_json::json;

use super::{
    super::{
        super::{AccountCall, AccountError},
        fields::Fields,
    },
    body, ok, post,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/scantitle", handle);

fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let text = Fields(&body).text("scan_text")?;
    let invoices = call.sandbox.invoices();
    let title = invoices.titles.scan(text, call.sandbox.clock.now())?;
    Ok(ok(json!(title)))
}
