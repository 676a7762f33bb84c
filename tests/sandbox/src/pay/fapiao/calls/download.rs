//! `GET {download_url}`: the file of an invoice. Unsigned both ways.

use sm3::{Digest, Sm3};

use super::super::{
    book::{Scope, Ticket},
    invoice::{Invoice, Side},
    pdf,
};
use crate::{
    exchange::{Answer, Arrival},
    pay::error::PayError,
    route::{Door, Route},
    sandbox::Sandbox,
    schema::{Broken, FieldFault},
    settings::Links,
};

/// Path of download links.
pub(super) const PATH: &str = "/invoicing/fapiao/fapiao-file";

pub(super) const ROUTE: Route = Route { method: "GET", path: PATH, door: Door::File(answer) };

fn answer(sandbox: &Sandbox, arrival: &Arrival) -> Answer {
    match file(sandbox, arrival) {
        Err(refusal) => refusal.answer(),
        Ok((invoice, side)) => {
            let body = pdf::draw(&invoice, side, sandbox.clock.now_millis());
            let digest = format!("{:X}", Sm3::digest(&body));
            let name = format!("attachment; filename=\"{}.pdf\"", invoice.fapiao_id);
            Answer::of(200, "application/octet-stream", body)
                .header("Content-Disposition", name)
                .header("SM3-Digest", digest)
        }
    }
}

fn file(sandbox: &Sandbox, arrival: &Arrival) -> Result<(Invoice, Side), PayError> {
    if arrival.header("authorization").is_some() {
        return Err(PayError::invalid_request("该接口不支持签名，请勿携带Authorization"));
    }
    let pairs = arrival.query_pairs();
    let mut tokens = pairs.iter().filter(|(name, _)| name == "token").map(|(_, value)| value.as_str());
    let token = tokens.next().ok_or_else(|| parameter("token", "is required"))?;
    if tokens.next().is_some() {
        return Err(parameter("token", "must not be added again"));
    }
    let links = sandbox.settings().download_links;
    let now = sandbox.clock.now_millis();
    let mut book = sandbox.book();
    let ticket = book.ticket(token).ok_or_else(|| PayError::not_exists("下载链接不存在"))?;
    if now > ticket.until || (ticket.used && links == Links::Once) {
        return Err(PayError::invalid_request("下载链接已失效"));
    }
    let held = ticket.clone();
    let found = book.application(&held.scope, &held.apply_id);
    let invoice = found.and_then(|application| application.invoice(&held.fapiao_id)).cloned();
    let invoice = invoice.ok_or_else(|| PayError::not_exists("发票不存在"))?;
    check_extra(&pairs, &held, &invoice)?;
    if let Some(ticket) = book.ticket(token) {
        ticket.used = true;
    }
    Ok((invoice, held.side))
}

/// The parameters the older invoices' links need besides the token. For digital invoices none are documented.
fn check_extra(pairs: &[(String, String)], ticket: &Ticket, invoice: &Invoice) -> Result<(), PayError> {
    let (Some(classic), Some(card)) = (&invoice.blue.classic, &invoice.card) else {
        return Ok(());
    };
    let Scope { mchid, sub_mchid } = &ticket.scope;
    let mut wanted = vec![
        ("mchid", *mchid),
        ("openid", card.holder.openid.as_str()),
        ("invoice_code", classic.code.as_str()),
        ("invoice_no", invoice.blue.number.as_str()),
        ("fapiao_id", invoice.fapiao_id.as_str()),
    ];
    wanted.extend(sub_mchid.as_deref().map(|number| ("sub_mchid", number)));
    for (name, value) in wanted {
        let sent = pairs.iter().find(|(known, _)| known == name).map(|(_, sent)| sent.as_str());
        match sent {
            None => return Err(parameter(name, "is required")),
            Some(sent) if sent != value => return Err(parameter(name, "does not fit this invoice")),
            Some(_) => {}
        }
    }
    Ok(())
}

fn parameter(name: &str, issue: &str) -> PayError {
    PayError::param(&Broken {
        field: name.to_owned(),
        value: None,
        issue: issue.to_owned(),
        location: "query",
        fault: FieldFault::Invalid,
    })
}
