//! `GET /v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files`
//!
//! Fapiao download info. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015792576)

use super::types::FapiaoStatus;
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Gets the links under which the files of issued invoices can be downloaded; a link lives 30 seconds.
#[derive(Clone, Default, Operation)]
#[call(
    get("fapiao_files", "/v3/new-tax-control-fapiao/fapiao-applications/{fapiao_apply_id}/fapiao-files"),
    number("pay 19"),
    title("获取发票下载信息"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015792576"),
    callers(Direct, SubMerchant),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3))),
    echoes("fapiao_download_info_list", "fapiao_id"),
    answer(FapiaoFilesAnswer)
)]
pub struct FapiaoFiles {
    /// The application.
    #[field(path, id)]
    pub fapiao_apply_id: String,
    /// One of its invoices; all of them where it is left out.
    #[field(query, id)]
    pub fapiao_id: Option<String>,
}

/// The files of an application.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct FapiaoFilesAnswer {
    /// One entry an invoice.
    pub fapiao_download_info_list: Option<Vec<FapiaoDownloadInfo>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Where the file of one invoice is.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct FapiaoDownloadInfo {
    /// The merchant's id of the invoice.
    pub fapiao_id: Option<String>,
    /// The link; take it whenever it is there. `ISSUED` links to the blue invoice, `REVERSED` to the red one.
    #[field(sensitive)]
    pub download_url: Option<String>,
    /// How far the invoice is.
    pub status: Option<FapiaoStatus>,
    /// Fields newer than this release.
    pub extra: Extra,
}
