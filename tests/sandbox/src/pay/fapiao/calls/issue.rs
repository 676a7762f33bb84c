//! `POST /v3/new-tax-control-fapiao/fapiao-applications`: issue for direct merchants and the older provider pages.

use serde::Deserialize;

use super::super::{
    book::Terms,
    buyer::{self, Buyer},
    invoice::{Card, Course, Invoice, Kind, Line, ONE_PIECE, Origin, Paper, Sheet, Step},
    issuing,
};
use crate::{
    exchange::Answer,
    pay::{Callers, Content, PayCall, PayRoute, Serial, error::PayError},
    route::{Door, Route},
    schema::{Field, boolean, id, integer, list, object, one_of, quantity, sub_mchid, text},
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
    // Required in a transcription, optional on the newer page, not to be sent for block-chain invoices.
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
    check(call, &order)?;
    let scope = call.scope();
    let recipient = issuing::recipient(call, &scope, &order.fapiao_apply_id);
    let step = Step::issue(call.sandbox).of(Kind::Classic);
    let invoices = order.fapiao_information.into_iter().map(|ordered| {
        let lines: Vec<_> = ordered.items.into_iter().map(Line::completed).collect();
        Invoice {
            fapiao_id: ordered.fapiao_id,
            kind: Kind::Classic,
            origin: Origin::WeChat,
            blue: Paper::invented(Kind::Classic, step.done_at),
            card: Card::coming(call.sandbox, recipient.holder.clone(), step.done_at),
            course: Course::new(step),
            buyer: order.buyer_information.clone(),
            sheet: Sheet::of_lines(&lines, &recipient.seller, ordered.remark),
        }
    });
    let terms = Terms { duplicates: call.sandbox.settings().duplicates, limit: None, now: step.accepted_at };
    issuing::accept(call, &scope, &order.fapiao_apply_id, invoices.collect(), terms)
}

fn check(call: &PayCall<'_>, order: &Order) -> Result<(), PayError> {
    order.buyer_information.check()?;
    for (index, ordered) in order.fapiao_information.iter().enumerate() {
        let at = format!("/fapiao_information/{index}");
        issuing::check_lines(&at, &ordered.items)?;
        check_discounts(&at, &ordered.items)?;
        issuing::note_rates(call, &ordered.items);
        if ordered.items.iter().map(|line| line.total_amount).sum::<i64>() != ordered.total_amount {
            return Err(PayError::body_field(&format!("{at}/total_amount"), "is not the sum of the lines"));
        }
        if order.fapiao_information.iter().take(index).any(|earlier| earlier.fapiao_id == ordered.fapiao_id) {
            return Err(PayError::body_field(&format!("{at}/fapiao_id"), "is used twice in one application"));
        }
    }
    let registry = call.sandbox.registry();
    let sub_merchant = call.sub_mchid.as_deref().and_then(|number| registry.partner_of(number));
    if sub_merchant.is_some_and(|known| !known.is_open()) { Err(PayError::no_auth()) } else { Ok(()) }
}

/// What a discount line repeats of the line before it, and what it leaves out.
fn check_discounts(at: &str, lines: &[Line]) -> Result<(), PayError> {
    for (index, pair) in lines.windows(2).enumerate() {
        let [before, line] = pair else { continue };
        if !line.discount {
            continue;
        }
        let at = format!("{at}/items/{}", index + 1);
        if line.tax_code != before.tax_code {
            return Err(PayError::body_field(&format!("{at}/tax_code"), "must be that of the discounted line"));
        }
        if !line.goods_name.is_empty() || line.goods_category.is_some() {
            return Err(PayError::body_field(
                &format!("{at}/goods_name"),
                "and goods_category are not for discount lines",
            ));
        }
        if line.quantity != Some(ONE_PIECE) {
            return Err(PayError::body_field(&format!("{at}/quantity"), "must be 100000000 on a discount line"));
        }
    }
    Ok(())
}
