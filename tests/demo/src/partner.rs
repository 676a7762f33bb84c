//! A service provider's sub-merchant: title link, issue, query, files, download.

use super::show::Show;
use super::stage::Stage;
use anyhow::{Context, Result, ensure};
use fapiao::pay::types::{BuyerInformation, BuyerType, FapiaoStatus, TitleSource};
use fapiao::pay::{DownloadFile, FapiaoFiles, IssueGeneral, Query, TitleUrl};
use fapiao::{Fen, Partner, SubMerchant};
use fapiao_test_support::sample;
use std::path::PathBuf;

const ORDER: &str = "4200000444201910177461284488";
const FAPIAO: &str = "general-20261122-0001";
const PHONE: &str = "13800000000";
const AMOUNT: Fen = Fen::new(382_895);

pub(super) fn walk(stage: &Stage<'_, '_>) -> Result<PathBuf> {
    let provider = &stage.sandbox.announced.pay.partner;
    let sub_mchid = provider.sub_mchids.first().context("the sandbox has no sub-merchant")?;
    Show::part(&format!("Service provider {} for sub-merchant {sub_mchid}", provider.mchid));
    let shop = Partner::new(stage.merchant(provider)?)?.sub_merchant(sub_mchid)?;

    stage.show.step("title link (title_url)");
    let asked = TitleUrl {
        fapiao_apply_id: ORDER.into(),
        source: TitleSource::Web,
        appid: "wx5157f09efdc09600".into(),
        openid: "plN5twRbHym_j-QcqCzstl0HmwEs".into(),
        total_amount: AMOUNT,
        ..TitleUrl::default()
    };
    let link = stage.run(shop.flow(asked)?)?;
    Show::result(&format!("the payer opens {}", link.title_url.unwrap_or_default()));

    stage.show.step("the payer fills it in (sandbox control)");
    stage.sandbox.fill_in_title(ORDER)?;

    stage.show.step("issue, the buyer's phone and mail sealed (issue_general)");
    stage.run(shop.flow(issue())?)?;
    Show::result("accepted (202): the result comes later");

    stage.show.step("wait until it is issued (query)");
    let issued = wait(stage, &shop)?;
    Show::result(&issued);

    stage.show.step("get fapiao download info (fapiao_files)");
    let files = stage.run(shop.flow(FapiaoFiles::new(ORDER))?)?;
    let file = files.fapiao_download_info_list.unwrap_or_default().into_iter().next().context("no file is listed")?;
    let url = file.download_url.context("the file has no link")?;
    Show::result("a link that lives 30 seconds");

    stage.show.step("download, unsigned, the SM3 digest checked (download_file)");
    let pdf = stage.run(shop.flow(DownloadFile::new(url))?)?;
    let path = stage.save("partner.pdf", &pdf)?;
    println!();
    Ok(path)
}

fn wait(stage: &Stage<'_, '_>, shop: &SubMerchant) -> Result<String> {
    Stage::until(|| {
        let answer = stage.run(shop.flow(Query::new(ORDER))?)?;
        let fapiao =
            answer.fapiao_information.unwrap_or_default().into_iter().next().context("no invoice is listed")?;
        Show::result(fapiao.status.as_str());
        let number = fapiao.blue_fapiao.and_then(|blue| blue.fapiao_number).unwrap_or_default();
        let opened = fapiao.buyer_information.phone.is_some_and(|phone| phone.reveal() == PHONE);
        ensure!(opened, "the buyer's phone did not come back as it was sent");
        let told = format!("invoice {number}; the buyer's phone came back sealed and was opened");
        Ok((fapiao.status == FapiaoStatus::Issued).then_some(told))
    })
}

fn issue() -> IssueGeneral {
    let buyer = BuyerInformation {
        r#type: BuyerType::Organization,
        name: "深圳市南山区测试企业".into(),
        taxpayer_id: Some("202003261233701778".into()),
        phone: Some(PHONE.into()),
        email: Some("buyer@example.com".into()),
        ..BuyerInformation::default()
    };
    sample::issue_general(ORDER, FAPIAO, AMOUNT, buyer)
}
