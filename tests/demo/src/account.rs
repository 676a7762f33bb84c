//! The Official Account side: upload, link, download; the access token is got by the way.

use super::show::Show;
use super::stage::Stage;
use anyhow::Result;
use fapiao::account::{DownloadPdf, GetPdf, SetPdf};
use fapiao::schema::System;
use fapiao::{Account, Attachment};
use std::path::PathBuf;

pub(super) fn walk(stage: &Stage<'_, '_>) -> Result<PathBuf> {
    let announced = &stage.sandbox.announced.account;
    Show::part(&format!("Official Account {}", announced.appid));
    let account = Account::new(&announced.appid)?
        .with_secret(announced.secret.as_str())
        .with_hosts(stage.sandbox.announced.hosts(System::Account)?);

    stage.show.step("upload an invoice PDF (set_pdf), with the access token it needs (stable_token)");
    let pdf = std::fs::read(stage.out.join("partner.pdf"))?;
    let media = stage.run(account.flow(SetPdf::new(Attachment::pdf("invoice.pdf", pdf)))?)?;
    Show::result(&format!("media id {}", media.s_media_id.as_str()));

    stage.show.step("get its link (get_pdf)");
    let link = stage.run(account.flow(GetPdf::new(media.s_media_id))?)?;
    Show::result(&format!("valid for {} seconds", link.pdf_url_expire_time.unwrap_or_default()));

    stage.show.step("download (download_pdf)");
    let pdf = stage.run(account.flow(DownloadPdf::new(link.pdf_url))?)?;
    stage.save("account.pdf", &pdf)
}
