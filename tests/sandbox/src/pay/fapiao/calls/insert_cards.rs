//! `POST /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/insert-cards`: put invoices from elsewhere into a wallet.

use serde::Deserialize;
use serde_json::Value;

use super::super::{
    book::{Inserted, Scope},
    buyer::{self, Buyer},
    events,
    invoice::{Card, Classic, Course, Invoice, Kind, Origin, Paper, Sheet, Step},
    issuing,
};
use crate::{
    clock,
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, boolean, id, integer, list, object, one_of, quantity, sub_mchid, text, time, unmeasured},
    settings::Policy,
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/insert-cards",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Required,
        parameters: &[id("fapiao_apply_id").required()],
        content: Content::Json(&[
            sub_mchid(),
            one_of("scene", &["WITH_WECHATPAY", "WITHOUT_WECHATPAY"]).required(),
            object("buyer_information", buyer::GENERAL_TABLE).required(),
            list("fapiao_card_information", 5, INVOICE).required(),
        ]),
        handle,
    }),
};

/// Code, check code and password are required in the tables, which are older than invoices that have none: left open here.
const INVOICE: &[Field] = &[
    text("fapiao_media_id", 128).required(),
    unmeasured("fapiao_number").required(),
    time("fapiao_time").required(),
    unmeasured("fapiao_code"),
    unmeasured("check_code"),
    unmeasured("password"),
    integer("total_amount").required(),
    integer("tax_amount").required(),
    integer("amount").required(),
    object("seller_information", SELLER).required(),
    object("extra_information", &[unmeasured("payee"), unmeasured("reviewer"), unmeasured("drawer").required()])
        .required(),
    // Required in a transcription, optional on the newer page.
    list("items", 10_000, LINE),
    text("remark", 200),
];

const SELLER: &[Field] = &[
    unmeasured("name").required(),
    unmeasured("taxpayer_id").required(),
    unmeasured("address").required(),
    unmeasured("telephone"),
    unmeasured("bank_name"),
    unmeasured("bank_account"),
];

const LINE: &[Field] = &[
    text("tax_code", 32).required(),
    text("goods_name", 128).required(),
    text("specification", 20),
    text("unit", 20),
    quantity("quantity").required(),
    quantity("unit_price").required(),
    integer("amount").required(),
    integer("tax_amount").required(),
    integer("total_amount").required(),
    integer("tax_rate").required(),
    one_of("tax_prefer_mark", &["NO_FAVORABLE", "OUTSIDE_VAT", "VAT_EXEMPT", "NORMAL_ZERO_RATED", "EXPORT_ZERO_RATED"])
        .required(),
    boolean("discount").required(),
];

#[derive(Deserialize)]
struct Path {
    fapiao_apply_id: String,
}

#[derive(Deserialize)]
struct Order {
    scene: String,
    buyer_information: Buyer,
    fapiao_card_information: Vec<Ordered>,
}

#[derive(Deserialize)]
struct Ordered {
    fapiao_media_id: String,
    fapiao_number: String,
    fapiao_time: String,
    fapiao_code: Option<String>,
    check_code: Option<String>,
    password: Option<String>,
    total_amount: i64,
    tax_amount: i64,
    amount: i64,
    seller_information: Value,
    extra_information: Value,
    #[serde(default)]
    items: Vec<Value>,
    remark: Option<String>,
}

fn handle(call: &PayCall<'_>) -> Result<Answer, PayError> {
    let (Path { fapiao_apply_id }, order): (Path, Order) = (call.parameters()?, call.body()?);
    let scope = call.scope();
    check(call, &scope, &fapiao_apply_id, &order)?;
    for ordered in &order.fapiao_card_information {
        note_lengths(call, ordered);
    }
    let recipient = issuing::recipient(call, &scope, &fapiao_apply_id);
    let now = call.sandbox.clock.now_millis();
    let invoices = order.fapiao_card_information.into_iter().map(|ordered| {
        let card = Card::coming(call.sandbox, recipient.holder.clone(), now);
        ordered.into_invoice(&order.buyer_information, card, now)
    });
    let (invoices, duplicates): (Vec<_>, _) = (invoices.collect(), call.sandbox.settings().duplicates);
    let due = invoices.iter().flat_map(Invoice::coming).collect();
    let inserted = call.sandbox.book().insert(&scope, &fapiao_apply_id, invoices);
    let new = match inserted {
        Inserted::New(ids) => {
            events::schedule(call.sandbox, &scope, &fapiao_apply_id, due);
            ids
        }
        Inserted::Before if duplicates == Policy::Accept => Vec::new(),
        Inserted::Before | Inserted::Otherwise => return Err(PayError::already_exists("该订单已插卡")),
    };
    let keys = |fapiao_id: &String| {
        scope.effect("inserted", &[("fapiao_apply_id", fapiao_apply_id.as_str()), ("fapiao_id", fapiao_id)])
    };
    Ok(new.iter().map(keys).fold(Answer::empty(202), Answer::effect))
}

fn check(call: &PayCall<'_>, scope: &Scope, apply_id: &str, order: &Order) -> Result<(), PayError> {
    order.buyer_information.check()?;
    let now = call.sandbox.clock.now_millis();
    let book = call.sandbox.book();
    for ordered in &order.fapiao_card_information {
        if !book.media.has(&ordered.fapiao_media_id, scope, now) {
            return Err(PayError::not_exists("发票文件不存在或已过期"));
        }
    }
    let application = book.application(scope, apply_id);
    let asked = application.is_some_and(|application| application.link.is_some() || application.title(now).is_some());
    if order.scene == "WITHOUT_WECHATPAY" && !asked {
        return Err(PayError::invalid_request("非微信支付场景需用户先填写抬头"));
    }
    drop(book);
    issuing::needs_template(call, scope)
}

/// Lengths one production app checks; they are no official ones.
fn note_lengths(call: &PayCall<'_>, ordered: &Ordered) {
    let length = |text: &Option<String>| text.as_ref().map(|text| text.chars().count());
    let drawer = ordered.extra_information.get("drawer").and_then(Value::as_str).map(|text| text.chars().count());
    let odd = [
        ("fapiao_number", ![8, 20].contains(&ordered.fapiao_number.len())),
        ("fapiao_code", length(&ordered.fapiao_code).is_some_and(|length| length != 12)),
        ("check_code", length(&ordered.check_code).is_some_and(|length| length != 20)),
        ("password", length(&ordered.password).is_some_and(|length| length > 1024)),
        ("drawer", drawer.is_some_and(|length| length > 20)),
    ];
    for (name, _) in odd.iter().filter(|(_, odd)| *odd) {
        call.note(&format!("{name} has an unusual length"));
    }
    if ordered.amount + ordered.tax_amount != ordered.total_amount {
        call.note("amount and tax_amount do not sum up to total_amount");
    }
}

impl Ordered {
    /// What WeChat keeps of it. The call names no `fapiao_id`, so the numbers serve as one.
    fn into_invoice(self, buyer: &Buyer, card: Option<Card>, now: i64) -> Invoice {
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (check_code, password) = (filled(self.check_code), filled(self.password));
        let classic = filled(self.fapiao_code).map(|code| Classic { code, check_code, password });
        let code = classic.as_ref().map_or("", |classic| classic.code.as_str());
        Invoice {
            fapiao_id: format!("{code}{}", self.fapiao_number),
            kind: if classic.is_some() { Kind::Classic } else { Kind::Digital },
            origin: Origin::Elsewhere,
            blue: Paper {
                made_at: clock::millis(&self.fapiao_time).unwrap_or(now),
                number: self.fapiao_number,
                classic,
            },
            card,
            // Which status the query shows of such an invoice is not documented.
            course: Course::new(Step::at_once(now)),
            buyer: buyer.clone(),
            sheet: Sheet {
                total_amount: self.total_amount,
                tax_amount: self.tax_amount,
                amount: self.amount,
                seller: self.seller_information,
                extra: self.extra_information,
                items: self.items,
                remark: self.remark,
            },
        }
    }
}
