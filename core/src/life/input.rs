//! Takes in what became known: what the program says, what was sent, what was answered, what an event told.

use super::config::{LifeConfig, Way};
use super::facts::{EventFact, Facts, Latest, Order};
use super::files;
use super::heard;
use super::members::{amount, check_application, check_merchant, check_time, id, text, value, wrong};
use crate::error::{Code, Error, Result};
use crate::json::{Object, Raw};

/// Most invoices of one application. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792574)
pub(super) const MAX_INVOICES: usize = 5;

/// Adds what one input says. Where it is refused, nothing is added.
pub(super) fn take(config: &LifeConfig, facts: &mut Facts, input: &str, now: i64) -> Result<()> {
    check_time(now)?;
    let object = Object::parse(input).ok_or_else(|| Error::new(Code::LifeInput, "the input is not a JSON object"))?;
    let kind = text(&object, "input").ok_or_else(|| wrong("input", "is missing"))?;
    match kind.as_str() {
        "sent" => heard::sent(config, facts, &object, now)?,
        "answer" => heard::answer(config, facts, &object, now)?,
        "failure" => heard::failure(config, facts, &object, now)?,
        "event" => event(config, facts, &object, now)?,
        "order" => order(config, facts, &object, now)?,
        "refund" => refund(facts, &object, now)?,
        "saved" => saved(facts, &object, now)?,
        "own_platform" => match text(&object, "state").as_deref() {
            Some("issued") => facts.mark("own_issued", now),
            Some("red") => facts.mark("own_red", now),
            _ => return Err(wrong("state", "must be issued or red")),
        },
        "buyer" | "entrance" | "take_back" | "reissue" | "closed" => facts.mark(&kind, now),
        _ => return Err(wrong("input", "is unknown: see the inputs of `InvoiceLife::take`")),
    }
    Ok(())
}

/// What is to be invoiced.
fn order(config: &LifeConfig, facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let amount = amount(object, "amount")?;
    let mut invoices = Vec::new();
    for raw in value(object, "invoices")
        .map(|raw| raw.list().ok_or_else(|| wrong("invoices", "must be a list")))
        .transpose()?
        .unwrap_or_default()
    {
        let invoice = raw.object().ok_or_else(|| wrong("invoices", "must hold objects"))?;
        invoices.push((id(&invoice, "fapiao_id")?, self::amount(&invoice, "total_amount")?));
    }
    let sum = invoices.iter().fold(0_i64, |sum, (_, amount)| sum.saturating_add(*amount));
    if sum > amount {
        return Err(Error::new(Code::LifeAmount, "the invoices come to more than the order").at("invoices"));
    }
    if invoices.len() > MAX_INVOICES {
        return Err(wrong("invoices", "must be five at most"));
    }
    if config.way == Way::PartnerDigital && invoices.len() > 1 {
        return Err(wrong(
            "invoices",
            "must be one: that an application may have two live digital invoices is not documented",
        ));
    }
    let mut ids: Vec<_> = invoices.iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() < invoices.len() {
        return Err(wrong("invoices", "must have different ids"));
    }
    Latest::put(&mut facts.order, now, Order { amount, invoices });
    Ok(())
}

fn refund(facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let refund_id = text(object, "refund_id").filter(|id| id.len() <= 64);
    let refund_id =
        refund_id.ok_or_else(|| wrong("refund_id", "must be the merchant's number of the refund, at most 64 bytes"))?;
    let state = text(object, "state").filter(|state| ["asked", "paid", "cancelled"].contains(&state.as_str()));
    let state = state.ok_or_else(|| wrong("state", "must be asked, paid or cancelled"))?;
    let amount = amount(object, "amount")?;
    let refund = facts.refunds.entry(refund_id).or_default();
    refund.amount = refund.amount.max(amount);
    super::facts::mark(&mut refund.states, &state, now);
    Ok(())
}

fn saved(facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let status = text(object, "status").unwrap_or_else(|| "ISSUED".to_owned());
    if !files::STATUSES.contains(&status.as_str()) {
        return Err(wrong("status", "must be ISSUED, of the blue file, or REVERSED, of the red one"));
    }
    let id = id(object, "fapiao_id")?;
    super::facts::mark(&mut facts.invoice(&id).marks, &status, now);
    Ok(())
}

fn event(config: &LifeConfig, facts: &mut Facts, object: &Object<'_>, now: i64) -> Result<()> {
    let event =
        value(object, "event").and_then(Raw::object).ok_or_else(|| wrong("event", "must be the event's JSON"))?;
    let resource = value(&event, "resource").and_then(Raw::object);
    let resource = resource.ok_or_else(|| wrong("event/resource", "must be the decrypted content"))?;
    let (Some(notification), Some(event_type)) = (text(&event, "id"), text(&event, "event_type")) else {
        return Err(wrong("event", "must have `id` and `event_type`"));
    };
    check_merchant(config, text(&resource, "mchid").as_deref(), text(&resource, "sub_mchid").as_deref())?;
    check_application(config, &text(&resource, "fapiao_apply_id").unwrap_or_default())?;
    let mut invoices = std::collections::BTreeMap::new();
    for raw in value(&resource, "fapiao_information").and_then(Raw::list).unwrap_or_default() {
        let Some(invoice) = raw.object() else { continue };
        let inner = |name: &str| text(&invoice, name).unwrap_or_default();
        invoices.insert(id(&invoice, "fapiao_id")?, (inner("fapiao_status"), inner("card_status")));
    }
    facts.event(&notification, EventFact { event_type, at: now, invoices });
    Ok(())
}
