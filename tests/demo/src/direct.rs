//! A direct merchant: its own issue call, and a download that names the invoice.

use super::show::Show;
use super::stage::Stage;
use anyhow::{Context, Result};
use fapiao::pay::types::{BuyerInformation, BuyerType, FapiaoStatus, Scene, TitleSource};
use fapiao::pay::{DownloadFile, Fapiao, FapiaoFiles, FapiaoToIssue, Issue, Query, TitleUrl};
use fapiao::{Direct, Fen};
use fapiao_test_support::sample;
use std::path::PathBuf;

const ORDER: &str = "4200000444201910177461284489";
const FAPIAO: &str = "direct-20261122-0001";
const AMOUNT: Fen = Fen::new(12_900);

pub(super) fn walk(stage: &Stage<'_, '_>) -> Result<PathBuf> {
    let merchant = &stage.sandbox.announced.pay.direct;
    Show::part(&format!("Direct merchant {}", merchant.mchid));
    let shop = Direct::new(stage.merchant(merchant)?)?;

    stage.show.step("title link (title_url)");
    let asked = TitleUrl {
        fapiao_apply_id: ORDER.into(),
        source: TitleSource::Web,
        appid: "wx5157f09efdc09600".into(),
        openid: "plN5twRbHym_j-QcqCzstl0HmwEs".into(),
        total_amount: AMOUNT,
        show_email_cell: Some(true),
        ..TitleUrl::default()
    };
    stage.run(shop.flow(asked)?)?;

    stage.show.step("the payer fills it in (sandbox control)");
    stage.sandbox.fill_in_title(ORDER)?;

    stage.show.step("issue (issue)");
    stage.run(shop.flow(issue())?)?;
    Show::result("accepted (202): the result comes later");

    stage.show.step("wait until it is issued (query)");
    let fapiao = wait(stage, &shop)?;

    stage.show.step("get fapiao download info (fapiao_files)");
    let files = stage.run(shop.flow(FapiaoFiles::new(ORDER))?)?;
    let file = files.fapiao_download_info_list.unwrap_or_default().into_iter().next().context("no file is listed")?;

    stage.show.step("download, unsigned, the SM3 digest checked (download_file)");
    let blue = fapiao.blue_fapiao.context("the invoice has no number")?;
    let mut download = DownloadFile::new(file.download_url.context("the file has no link")?);
    download.openid = fapiao.card_information.map(|card| card.card_openid);
    download.invoice_code = blue.fapiao_code;
    download.invoice_no = blue.fapiao_number;
    download.fapiao_id = Some(fapiao.fapiao_id);
    let pdf = stage.run(shop.flow(download)?)?;
    let path = stage.save("direct.pdf", &pdf)?;
    println!();
    Ok(path)
}

fn wait(stage: &Stage<'_, '_>, shop: &Direct) -> Result<Fapiao> {
    Stage::until(|| {
        let answer = stage.run(shop.flow(Query::new(ORDER))?)?;
        let fapiao =
            answer.fapiao_information.unwrap_or_default().into_iter().next().context("no invoice is listed")?;
        Show::result(fapiao.status.as_str());
        Ok((fapiao.status == FapiaoStatus::Issued).then_some(fapiao))
    })
}

fn issue() -> Issue {
    let line = sample::line(AMOUNT);
    let buyer = BuyerInformation {
        r#type: BuyerType::Individual,
        name: "张三".into(),
        email: Some("zhangsan@example.com".into()),
        ..BuyerInformation::default()
    };
    let fapiao = FapiaoToIssue::new(FAPIAO, AMOUNT, vec![line]);
    Issue::new(Scene::WithWechatpay, ORDER, buyer, vec![fapiao])
}
