//! `POST /card/invoice/getauthdata`: whether the user has authorised.

use serde_json::{Value, json};

use super::{
    super::{
        super::{AccountCall, AccountError},
        S_PAPPID,
        fields::Fields,
        orders::Consent,
    },
    body, ok, post,
};
use crate::{exchange::Answer, route::Route};

pub(super) const ROUTE: Route = post("/card/invoice/getauthdata", handle);

/// `never auth` is a success: the user has not authorised yet.
fn handle(call: &AccountCall<'_>) -> Result<Answer, AccountError> {
    let body = body(call)?;
    let fields = Fields(&body);
    let (order_id, s_pappid) = (fields.text("order_id")?, fields.text("s_pappid")?);
    let invoices = call.sandbox.invoices();
    let consent = if s_pappid == S_PAPPID { invoices.orders.consent(order_id)? } else { None };
    Ok(ok(consent.map_or_else(|| json!({"invoice_status": "never auth"}), view)))
}

fn view(consent: &Consent) -> Value {
    let mut view = json!({"invoice_status": "auth success", "auth_time": consent.at});
    if let (Some(object), Some(title)) = (view.as_object_mut(), &consent.title) {
        object.insert("user_auth_info".to_owned(), title.clone());
    }
    view
}
