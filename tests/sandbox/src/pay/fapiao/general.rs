//! What the four issue calls for digital invoices have in common: tables, rules, and the invoice that comes of it.

use serde::Deserialize;
use serde_json::Value;

use super::{
    book::{Scope, Terms},
    buyer::{self, Buyer},
    invoice::{Card, Course, Invoice, Kind, Line, Origin, Paper, Sheet, Step},
    issuing,
};
use crate::{
    exchange::Answer,
    pay::{PayCall, error::PayError},
    schema::{Field, boolean, code, fixed, id, integer, list, object, one_of, quantity, sub_mchid, text, unmeasured},
};

/// One trade: what its provider has to be authorized for, and the rules of its lines.
#[derive(Debug)]
pub(super) struct Trade {
    pub(super) ability: &'static str,
    /// Judges one line at its JSON pointer.
    pub(super) check: fn(&PayCall<'_>, &str, &Value) -> Result<(), PayError>,
}

/// The body, around the table of the invoice.
pub(super) const fn body(invoice: &'static [Field]) -> [Field; 4] {
    [
        sub_mchid(),
        id("fapiao_apply_id").required(),
        object("buyer_information", buyer::GENERAL_TABLE).required(),
        object("fapiao_information", invoice).required(),
    ]
}

/// The invoice, around the table of its lines.
pub(super) const fn invoice(lines: &'static [Field]) -> [Field; 10] {
    [
        id("fapiao_id").required(),
        integer("total_amount").required(),
        list("items", 8, lines).required(),
        code("export_business_policy_code", 3),
        code("vat_refund_levy_code", 12),
        text("billing_person_id", 64).required(),
        text("billing_person", 64),
        one_of("fapiao_bill_type", &["COMM_FAPIAO", "VAT_FAPIAO"]).required(),
        list("transaction_information", 10, TRANSACTION).required(),
        unmeasured("remark"),
    ]
}

/// A line of goods.
pub(super) const LINE: [Field; 9] = [
    fixed("tax_code", 19).required(),
    text("goods_name", 128).required(),
    text("specification", 20),
    unmeasured("unit"),
    quantity("quantity"),
    integer("total_amount").required(),
    integer("tax_rate").required(),
    boolean("discount").required(),
    code("preferential_policy_code", 18),
];

/// A line of goods with what one trade adds.
pub(super) const fn line(own: Field) -> [Field; 10] {
    let [tax_code, goods_name, specification, unit, quantity, total_amount, tax_rate, discount, policy] = LINE;
    [tax_code, goods_name, specification, unit, quantity, total_amount, tax_rate, discount, policy, own]
}

const TRANSACTION: &[Field] = &[
    one_of("pay_channel", &["WECHAT_PAY"]).required(),
    text("transaction_id", 64),
    text("out_trade_no", 64),
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
    billing_person_id: String,
    items: Vec<Line>,
    transaction_information: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    #[serde(rename = "transaction_id")]
    id: Option<String>,
    out_trade_no: Option<String>,
    amount: i64,
}

/// Issues one digital invoice.
pub(super) fn issue(call: &PayCall<'_>, trade: &Trade) -> Result<Answer, PayError> {
    let order: Order = call.body()?;
    check(call, trade, &order)?;
    let scope = call.scope();
    let recipient = issuing::recipient(call, &scope, &order.fapiao_apply_id);
    let step = Step::issue(call.sandbox).of(Kind::Digital);
    note_second(call, &scope, &order, step.accepted_at);
    let Ordered { fapiao_id, remark, items, transaction_information, .. } = order.fapiao_information;
    let invoice = Invoice {
        fapiao_id,
        kind: Kind::Digital,
        origin: Origin::WeChat,
        blue: Paper::invented(Kind::Digital, step.done_at),
        card: Card::coming(call.sandbox, recipient.holder, step.done_at),
        course: Course::new(step),
        buyer: order.buyer_information,
        sheet: Sheet::of_lines(&items, &recipient.seller, remark),
    };
    let limit = Some(transaction_information.iter().map(|transaction| transaction.amount).sum());
    let terms = Terms { duplicates: call.sandbox.settings().duplicates, limit, now: step.accepted_at };
    issuing::accept(call, &scope, &order.fapiao_apply_id, vec![invoice], terms)
}

fn check(call: &PayCall<'_>, trade: &Trade, order: &Order) -> Result<(), PayError> {
    let Ordered { items, transaction_information, total_amount, billing_person_id, .. } = &order.fapiao_information;
    order.buyer_information.check()?;
    issuing::check_lines("/fapiao_information", items)?;
    issuing::note_rates(call, items);
    if items.iter().any(|line| line.discount && (line.unit.is_some() || line.quantity.is_some())) {
        call.note("a discount line of a digital invoice carries neither unit nor quantity");
    }
    let sent = call.body.pointer("/fapiao_information/items").and_then(Value::as_array);
    for (index, line) in sent.into_iter().flatten().enumerate() {
        (trade.check)(call, &format!("/fapiao_information/items/{index}"), line)?;
    }
    if items.iter().map(|line| line.total_amount).sum::<i64>() != *total_amount {
        return Err(PayError::body_field("/fapiao_information/total_amount", "is not the sum of the lines"));
    }
    let nameless = |transaction: &Transaction| transaction.id.is_none() && transaction.out_trade_no.is_none();
    if let Some(index) = transaction_information.iter().position(nameless) {
        let field = format!("/fapiao_information/transaction_information/{index}/transaction_id");
        return Err(PayError::body_field(&field, "or out_trade_no is required"));
    }
    let registry = call.sandbox.registry();
    let provider_of = call.sub_mchid.as_deref().and_then(|number| registry.partner_of(number));
    let sub_merchant = provider_of.filter(|known| known.can_issue(trade.ability)).ok_or_else(PayError::no_auth)?;
    if !sub_merchant.is_billing_person(billing_person_id) {
        call.note("billing_person_id is not the one check-status tells");
    }
    Ok(())
}

/// A second invoice beside another that stands: nowhere forbidden, nowhere promised.
fn note_second(call: &PayCall<'_>, scope: &Scope, order: &Order, now: i64) {
    let book = call.sandbox.book();
    let application = book.application(scope, &order.fapiao_apply_id);
    let other = |invoice: &Invoice| invoice.fapiao_id != order.fapiao_information.fapiao_id && invoice.is_live(now);
    if application.is_some_and(|application| application.invoices.iter().any(other)) {
        call.note("the application has another invoice that stands");
    }
}
