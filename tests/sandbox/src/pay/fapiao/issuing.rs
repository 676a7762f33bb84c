//! What every issue call does with its lines and invoices.

use super::{
    book::{NotAccepted, Scope, Terms},
    events,
    invoice::{Holder, Invoice, Line},
    party,
    registry::CardTemplate,
};
use crate::{
    exchange::Answer,
    keys::APPID,
    pay::{PayCall, error::PayError},
    settings::{Ending, Template},
};

/// Tax rates the older text lists, in 1/10000.
const RATES: [i64; 12] = [0, 100, 150, 300, 500, 600, 900, 1000, 1100, 1300, 1600, 1700];

/// Who gets the card, and the seller's name on the invoice.
#[derive(Debug, Clone)]
pub(super) struct Recipient {
    pub(super) holder: Holder,
    pub(super) seller: String,
}

/// Takes invoices in: 202 without content, or the reason against it.
pub(super) fn accept(
    call: &PayCall<'_>,
    scope: &Scope,
    apply_id: &str,
    invoices: Vec<Invoice>,
    terms: Terms,
) -> Result<Answer, PayError> {
    needs_template(call, scope)?;
    let coming: Vec<_> = invoices.iter().map(|invoice| (invoice.fapiao_id.clone(), invoice.coming())).collect();
    let new = call.sandbox.book().accept(scope, apply_id, invoices, terms).map_err(refusal)?;
    let is_new = |id: &String| new.iter().any(|(new, _)| new == id);
    let due = coming.into_iter().filter(|(id, _)| is_new(id)).flat_map(|(_, due)| due).collect();
    events::schedule(call.sandbox, scope, apply_id, due);
    let effect = |(fapiao_id, ending): &(String, Ending)| {
        let kind = if *ending == Ending::Success { "issued" } else { "issue_failed" };
        scope.effect(kind, &[("fapiao_apply_id", apply_id), ("fapiao_id", fapiao_id)])
    };
    Ok(new.iter().map(effect).fold(Answer::empty(202), Answer::effect))
}

/// Every way into a wallet needs the merchant's card template.
pub(super) fn needs_template(call: &PayCall<'_>, scope: &Scope) -> Result<(), PayError> {
    let made = call.sandbox.settings().card_template == Template::Made;
    if made || call.sandbox.registry().templates.contains_key(scope) {
        return Ok(());
    }
    Err(PayError::invalid_request("商户未创建卡券模板"))
}

/// Who an application's cards go to: the user of its title link or an invented payer, under the merchant's card template
/// or one that every merchant of the sandbox starts with.
pub(super) fn recipient(call: &PayCall<'_>, scope: &Scope, apply_id: &str) -> Recipient {
    let template = call.sandbox.registry().templates.get(scope).cloned();
    let book = call.sandbox.book();
    let link = book.application(scope, apply_id).and_then(|application| application.link.as_ref());
    let seller = link.and_then(|link| link.seller.clone()).unwrap_or_else(|| party::SELLER.to_owned());
    let openid = link.map_or_else(|| "oSandboxPayer000000000000001".to_owned(), |link| link.openid.clone());
    let template = template.unwrap_or_else(|| CardTemplate {
        appid: link.map_or_else(|| APPID.to_owned(), |link| link.appid.clone()),
        card_id: "pSandboxTemplate000000000001".to_owned(),
    });
    Recipient { holder: Holder { appid: template.appid, openid, card_id: template.card_id }, seller }
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

/// Rates outside the list are noted only: the list is of an older text.
pub(super) fn note_rates(call: &PayCall<'_>, lines: &[Line]) {
    if lines.iter().filter_map(|line| line.tax_rate).any(|rate| !RATES.contains(&rate)) {
        call.note("tax_rate is none of the listed rates");
    }
}

fn refusal(reason: NotAccepted) -> PayError {
    match reason {
        NotAccepted::Duplicate => PayError::already_exists("该fapiao_id已提交开票申请"),
        NotAccepted::OverAmount => PayError::invalid_request("开票总金额超过订单金额"),
        NotAccepted::TooMany => PayError::invalid_request("一个申请单最多开具5张发票"),
        NotAccepted::ForeignOrder => PayError::invalid_request("订单不属于该商户"),
    }
}
