//! `GET {pdf_url}`
//!
//! The PDF itself, without token and without a documented digest.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List)

use super::GetPdf;
use fapiao_derive::Operation;

/// Downloads a PDF by the link from `get_pdf`.
#[derive(Clone, Default, Operation)]
#[call(
    get("download_pdf", ""),
    number("account C12 file"),
    title("下载PDF文件"),
    page("https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List"),
    system(System::Account),
    callers(Account),
    layout(Layout::Download { link_from: GetPdf::CALL }),
    answer(File(None))
)]
pub struct DownloadPdf {
    /// The link.
    #[field(url, sensitive)]
    pub pdf_url: String,
}
