//! `GET {download_url}`
//!
//! The file itself: neither the request nor the answer is signed, the file's SM3 digest comes in a header.
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)

use fapiao_derive::{Fields, Operation};

/// Downloads a file by a link from `fapiao_files`, within 30 seconds. The link is used as it is; pairs it has are not added again.
#[derive(Clone, Default, Operation)]
#[call(
    get("download_file", ""),
    number("pay 20"),
    title("下载发票文件"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012286040"),
    callers(Direct, SubMerchant),
    form(Form::Download),
    supplied(
        mchid(query, source(Source::Mchid)),
        sub_mchid(query, source(Source::SubMchid), only_in(Generations::G2_G3))
    ),
    answer(File(Sm3))
)]
pub struct DownloadFile {
    /// The link.
    #[wire(url, max(1024), private)]
    pub download_url: String,
    /// The payer's openid: `card_openid` of the query. Direct merchants must give it.
    #[wire(query, max(32), required_in(Generations::G1), private)]
    pub openid: Option<String>,
    /// Invoice code. Direct merchants must give it.
    #[wire(query, max(12), required_in(Generations::G1))]
    pub invoice_code: Option<String>,
    /// Invoice number. Direct merchants must give it.
    #[wire(query, max(20), required_in(Generations::G1))]
    pub invoice_no: Option<String>,
    /// The merchant's id of the invoice. Direct merchants must give it.
    #[wire(query, id, required_in(Generations::G1))]
    pub fapiao_id: Option<String>,
    /// Further query pairs, for links whose rules are not published.
    #[wire(query)]
    pub extra_query: Option<Vec<QueryPair>>,
}

/// One query pair.
#[derive(Clone, Default, Fields)]
pub struct QueryPair {
    /// Name.
    pub name: String,
    /// Value.
    #[wire(private)]
    pub value: String,
}
