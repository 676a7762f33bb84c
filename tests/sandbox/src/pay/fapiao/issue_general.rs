//! `POST /v3/new-tax-control-fapiao/fapiao-applications/issue-general`: issue for the general trades, providers since 2025.

use serde::Deserialize;

use super::{
    buyer::{self, Buyer},
    invoice::{Course, Invoice, Kind, Line, Paper, Step},
    issue::{accept, check_lines},
    party,
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, boolean, code, id, integer, list, object, one_of, quantity, sub_mchid, unmeasured},
};

/// No number of lines is documented for these tables; this one only bounds the work.
const UNBOUNDED: usize = 10_000;

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/issue-general",
    door: Door::Pay(PayRoute {
        callers: Callers::PartnersOnly,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&[
            sub_mchid(),
            id("fapiao_apply_id").required(),
            object("buyer_information", buyer::GENERAL_TABLE).required(),
            object("fapiao_information", INVOICE).required(),
        ]),
        handle,
    }),
};

const INVOICE: &[Field] = &[
    id("fapiao_id").required(),
    integer("total_amount").required(),
    list("items", UNBOUNDED, LINE).required(),
    code("export_business_policy_code", 3),
    code("vat_refund_levy_code", 12),
    unmeasured("billing_person_id").required(),
    unmeasured("billing_person"),
    one_of("fapiao_bill_type", &["COMM_FAPIAO", "VAT_FAPIAO"]).required(),
    list("transaction_information", UNBOUNDED, TRANSACTION).required(),
    unmeasured("remark"),
];

const LINE: &[Field] = &[
    unmeasured("tax_code").required(),
    unmeasured("goods_name").required(),
    unmeasured("specification"),
    unmeasured("unit"),
    quantity("quantity"),
    integer("total_amount").required(),
    integer("tax_rate").required(),
    boolean("discount").required(),
    code("preferential_policy_code", 18),
];

const TRANSACTION: &[Field] = &[
    one_of("pay_channel", &["WECHAT_PAY"]).required(),
    unmeasured("transaction_id").required(),
    unmeasured("out_trade_no"),
    integer("amount").required(),
];

#[derive(Deserialize)]
struct Order {
    fapiao_apply_id: String,
    buyer_information: Buyer,
    fapiao_information: Ordered,
}

#[derive(Deserialize)]
struct Ordered {
    fapiao_id: String,
    total_amount: i64,
    remark: Option<String>,
    items: Vec<Line>,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let order: Order = call.body()?;
    order.buyer_information.check()?;
    check_lines("/fapiao_information", &order.fapiao_information.items)?;
    let scope = call.scope();
    let seller = {
        let book = call.sandbox.book();
        let link = book.application(&scope, &order.fapiao_apply_id).and_then(|application| application.link.as_ref());
        link.and_then(|link| link.seller.clone()).unwrap_or_else(|| party::SELLER.to_owned())
    };
    let invoice = Invoice {
        fapiao_id: order.fapiao_information.fapiao_id,
        kind: Kind::Digital,
        blue: Paper::invented(Kind::Digital),
        card: None,
        course: Course::new(Step::issue(call.sandbox).of(Kind::Digital)),
        total_amount: order.fapiao_information.total_amount,
        lines: order.fapiao_information.items,
        buyer: order.buyer_information,
        seller,
        remark: order.fapiao_information.remark,
    };
    accept(call, &scope, &order.fapiao_apply_id, vec![invoice])
}
