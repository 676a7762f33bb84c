//! The seller's side of an invoice. The sandbox's merchants are invented.

use serde_json::{Value, json};

/// Name of a seller when the title link names none.
pub(super) const SELLER: &str = "深圳市沙盒商店有限公司";

/// `seller_information`.
pub(super) fn seller(name: &str) -> Value {
    json!({
        "name": name,
        "taxpayer_id": "914403000000000000",
        "address": "深圳市南山区沙盒路1号",
        "telephone": "075500000000",
        "bank_name": "沙盒银行深圳支行",
        "bank_account": "6200000000000000",
    })
}

/// `extra_information`.
pub(super) fn extra() -> Value {
    json!({"payee": "沙盒收款人", "reviewer": "沙盒复核人", "drawer": "沙盒开票人"})
}
