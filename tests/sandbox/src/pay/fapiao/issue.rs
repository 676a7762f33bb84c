//! `POST /v3/new-tax-control-fapiao/fapiao-applications`: issue for direct merchants and the older provider pages.

use serde::Deserialize;

use super::{
    book::{NotAccepted, Scope},
    buyer::{self, Buyer},
    invoice::{Card, Course, Invoice, Kind, Line, Paper, Step},
    party,
};
use crate::{
    exchange::Answer,
    keys::APPID,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, boolean, id, integer, list, object, one_of, quantity, sub_mchid, text},
    settings::Ending,
};

pub(super) const ROUTE: Route = Route {
    method: "POST",
    path: "/v3/new-tax-control-fapiao/fapiao-applications",
    door: Door::Pay(PayRoute {
        callers: Callers::Everyone,
        serial: Serial::Required,
        parameters: &[],
        content: Content::Json(&[
            sub_mchid(),
            one_of("scene", &["WITH_WECHATPAY", "WITHOUT_WECHATPAY"]).required(),
            id("fapiao_apply_id").required(),
            object("buyer_information", buyer::TABLE).required(),
            list("fapiao_information", 5, INVOICE).required(),
        ]),
        handle,
    }),
};

const INVOICE: &[Field] = &[
    id("fapiao_id").required(),
    integer("total_amount").required(),
    boolean("need_list"),
    text("remark", 200),
    list("items", 8, LINE).required(),
];

const LINE: &[Field] = &[
    text("tax_code", 32).required(),
    text("goods_category", 128),
    text("goods_name", 128),
    integer("goods_id"),
    text("specification", 20),
    text("unit", 20),
    quantity("quantity").required(),
    integer("total_amount").required(),
    integer("tax_rate"),
    one_of("tax_prefer_mark", &["NO_FAVORABLE", "OUTSIDE_VAT", "VAT_EXEMPT", "NORMAL_ZERO_RATED", "EXPORT_ZERO_RATED"]),
    boolean("discount").required(),
];

#[derive(Deserialize)]
struct Order {
    fapiao_apply_id: String,
    buyer_information: Buyer,
    fapiao_information: Vec<Ordered>,
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
    for (index, ordered) in order.fapiao_information.iter().enumerate() {
        let at = format!("/fapiao_information/{index}");
        check_lines(&at, &ordered.items)?;
        if ordered.items.iter().map(|line| line.total_amount).sum::<i64>() != ordered.total_amount {
            return Err(PayError::body_field(&format!("{at}/total_amount"), "is not the sum of the lines"));
        }
        if order.fapiao_information.iter().take(index).any(|earlier| earlier.fapiao_id == ordered.fapiao_id) {
            return Err(PayError::body_field(&format!("{at}/fapiao_id"), "is used twice in one application"));
        }
    }
    let scope = call.scope();
    let (appid, openid, seller) = card_holder(call, &scope, &order.fapiao_apply_id);
    let course = Course::new(Step::issue(call.sandbox).of(Kind::Classic));
    let invoices = order.fapiao_information.into_iter().map(|ordered| Invoice {
        fapiao_id: ordered.fapiao_id,
        kind: Kind::Classic,
        blue: Paper::invented(Kind::Classic),
        card: Some(Card::new(&appid, &openid)),
        course: course.clone(),
        total_amount: ordered.total_amount,
        lines: ordered.items,
        buyer: order.buyer_information.clone(),
        seller: seller.clone(),
        remark: ordered.remark,
    });
    accept(call, &scope, &order.fapiao_apply_id, invoices.collect())
}

/// Takes invoices in: 202 without content, or the reason against it.
pub(super) fn accept(
    call: &PayCall<'_>,
    scope: &Scope,
    apply_id: &str,
    invoices: Vec<Invoice>,
) -> Result<Answer, PayError> {
    let duplicates = call.sandbox.settings().duplicates;
    let accepted = call.sandbox.book().entry(scope, apply_id).accept(invoices, duplicates);
    let new = accepted.map_err(|reason| match reason {
        NotAccepted::Duplicate => PayError::already_exists("该fapiao_id已提交开票申请"),
        NotAccepted::OverAmount => PayError::invalid_request("开票总金额超过订单金额"),
    })?;
    let effect = |(fapiao_id, ending): &(String, Ending)| {
        let kind = if *ending == Ending::Success { "issued" } else { "issue_failed" };
        scope.effect(kind, &[("fapiao_apply_id", apply_id), ("fapiao_id", fapiao_id)])
    };
    Ok(new.iter().map(effect).fold(Answer::empty(202), Answer::effect))
}

/// The rules on signs and on the place of discount lines.
pub(super) fn check_lines(at: &str, lines: &[Line]) -> Result<(), PayError> {
    let mut discounted = true;
    for (index, line) in lines.iter().enumerate() {
        let refuse = |field: &str, issue| Err(PayError::body_field(&format!("{at}/items/{index}/{field}"), issue));
        if line.discount && discounted {
            return refuse("discount", "must directly follow the line it discounts");
        }
        if line.discount != (line.total_amount < 0) || line.total_amount == 0 {
            return refuse("total_amount", "must be negative on a discount line and positive on others");
        }
        discounted = line.discount;
    }
    Ok(())
}

/// Account, user and seller of the title link; an order paid without one has the sandbox's account and an invented payer.
fn card_holder(call: &PayCall<'_>, scope: &Scope, apply_id: &str) -> (String, String, String) {
    let book = call.sandbox.book();
    let link = book.application(scope, apply_id).and_then(|application| application.link.clone());
    let seller = link.as_ref().and_then(|link| link.seller.clone()).unwrap_or_else(|| party::SELLER.to_owned());
    match link {
        Some(link) => (link.appid, link.openid, seller),
        None => (APPID.to_owned(), "oSandboxPayer000000000000001".to_owned(), seller),
    }
}
