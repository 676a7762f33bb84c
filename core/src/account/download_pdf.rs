//! `GET {pdf_url}`
//!
//! The PDF itself, without token and without a documented digest.
//! [Official page](https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/E_Invoice/Invoicing_Platform_API_List)

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
    form(Form::Download),
    answer(File(None))
)]
pub struct DownloadPdf {
    /// The link.
    #[wire(url, private)]
    pub pdf_url: String,
}
