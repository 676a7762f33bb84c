//! The invoice that the demo, the chaos run and the other SDKs are given.

use fapiao::pay::types::{BuyerInformation, FapiaoBillType, PayChannel};
use fapiao::pay::{GeneralFapiao, GeneralLine, IssueGeneral, LineToIssue, Transaction};
use fapiao::{Fen, Quantity, Rate};

/// One order with one invoice of one line.
pub fn issue_general(order: &str, fapiao_id: &str, amount: Fen, buyer: BuyerInformation) -> IssueGeneral {
    let line = GeneralLine {
        tax_code: "3010101020203000000".into(),
        goods_name: "出租汽车旅客运输服务".into(),
        quantity: Some(Quantity::new(100_000_000)),
        total_amount: amount,
        tax_rate: Rate::new(1_300),
        ..GeneralLine::default()
    };
    let payment =
        Transaction { transaction_id: Some(order.to_owned()), ..Transaction::new(PayChannel::WechatPay, amount) };
    let fapiao = GeneralFapiao {
        fapiao_id: fapiao_id.into(),
        total_amount: amount,
        items: vec![line],
        billing_person_id: "10001".into(),
        fapiao_bill_type: FapiaoBillType::Common,
        transaction_information: vec![payment],
        ..GeneralFapiao::default()
    };
    IssueGeneral::new(order, buyer, fapiao)
}

/// The one line of an invoice that is issued with the older call.
pub fn line(amount: Fen) -> LineToIssue {
    LineToIssue {
        tax_code: "3010101020203000000".into(),
        goods_name: Some("住宿服务".into()),
        quantity: Quantity::new(100_000_000),
        total_amount: amount,
        tax_rate: Some(Rate::new(600)),
        ..LineToIssue::default()
    }
}
