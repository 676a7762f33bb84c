mod host;

use anyhow::{Context, Result};
use fapiao::pay::types::{BuyerInformation, BuyerType, FapiaoStatus, Scene};
use fapiao::pay::{DownloadFile, FapiaoFiles, FapiaoToIssue, Issue, LineToIssue, Query};
use fapiao::schema::System;
use fapiao::{Direct, Fen, Hosts, KeyRing, MerchantConfig, PrivateKey, Quantity, Rate};
use serde_json::Value;
use std::{fs, thread, time::Duration};

fn main() -> Result<()> {
    let sandbox: Value = serde_json::from_str(&fs::read_to_string("sandbox.json")?)?;
    let text = |at: &str| sandbox.pointer(at).and_then(Value::as_str).with_context(|| at.to_owned());
    let (mchid, serial_no) = (text("/pay/direct/mchid")?, text("/pay/direct/serial_no")?);
    let key = PrivateKey::load(text("/pay/direct/private_key")?.as_bytes())?;
    let mut ring = KeyRing::new();
    for (id, pem) in sandbox["wechatpay_keys"].as_object().into_iter().flatten() {
        ring = ring.public_key(mchid, id, pem.as_str().unwrap_or_default().as_bytes())?;
    }
    // The sandbox in place of WeChat; a program that goes live leaves the hosts out.
    let hosts = Hosts::of(System::Pay).at(text("/main")?, text("/backup")?)?.allow_download("127.0.0.1")?;
    let config = MerchantConfig::new(mchid, serial_no).private_key(key.clone()).keys(ring.clone()).hosts(hosts);
    let shop = Direct::new(config)?;
    let host = host::Host::default();

    let issued = host.run(shop.flow(issue("order-1", "invoice-1")?)?)?;
    if let Err(error) = issued.result {
        eprintln!("{}: {}", error.code().as_str(), error.code().help()); // what is wrong, and what helps
        if let Some(text) = issued.in_doubt {
            // Perhaps it was issued: keep this text, and hand it in when the same call is made again.
            fs::write("in-doubt.json", text)?;
        }
        return Err(error.into());
    }

    // Accepted is not issued yet: ask, or wait for the callback.
    let invoice = loop {
        thread::sleep(Duration::from_secs(1));
        let answer = host.run(shop.flow(Query::new("order-1"))?)?.result?;
        let invoice = answer.fapiao_information.into_iter().flatten().next().context("no invoice")?;
        if invoice.status != FapiaoStatus::IssueAccepted {
            break invoice;
        }
    };
    println!("{}", invoice.status.as_str());

    // Any call can also be sent by hand: signed here, sent by any client, verified and read here.
    let pending = shop.prepare(FapiaoFiles::new("order-1"), host::moment()?)?;
    let response = host.exchange(&pending.sign_with(&key)?)?;
    let files = pending.claim(&response, host::moment()?.now())?.check_with(&ring)?.parse()?;
    let file = files.fapiao_download_info_list.into_iter().flatten().next().context("no file")?;

    let mut download = DownloadFile::new(file.download_url.context("no link")?);
    let number = invoice.blue_fapiao.context("no number")?;
    download.openid = invoice.card_information.map(|card| card.card_openid);
    download.invoice_code = number.fapiao_code;
    download.invoice_no = number.fapiao_number;
    download.fapiao_id = Some(invoice.fapiao_id);
    let pdf = host.run(shop.flow(download)?)?.result?;
    Ok(fs::write("invoice.pdf", pdf.bytes)?)
}

fn issue(order: &str, invoice: &str) -> fapiao::Result<Issue> {
    let line = LineToIssue {
        tax_code: "3010101020203000000".into(),
        goods_name: Some("住宿服务".into()),
        quantity: Quantity::from_decimal("1")?,
        total_amount: Fen::from_yuan("129.00")?,
        tax_rate: Some(Rate::from_percent("6")?),
        ..LineToIssue::default()
    };
    let buyer = BuyerInformation {
        r#type: BuyerType::Individual,
        name: "张三".into(),
        email: Some("zhangsan@example.com".into()),
        ..BuyerInformation::default()
    };
    let fapiao = FapiaoToIssue::new(invoice, line.total_amount, vec![line]);
    Ok(Issue::new(Scene::WithoutWechatpay, order, buyer, vec![fapiao]))
}
