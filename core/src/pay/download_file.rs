//! `GET {download_url}`
//!
//! The file itself: neither the request nor the answer is signed, the file's SM3 digest comes in a header.
//! [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012286040)

use super::FapiaoFiles;
use fapiao_derive::{Fields, Operation};

/// Downloads a file by a link from `fapiao_files`, within 30 seconds. The link is used as it is; pairs it has are not added again.
#[derive(Clone, Default, Operation)]
#[call(
    get("download_file", ""),
    number("pay 20"),
    title("下载发票文件"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012286040"),
    callers(Direct, SubMerchant),
    layout(Layout::Download { link_from: FapiaoFiles::CALL }),
    supplied(
        // A service provider's link wants the numbers only in the older form, the one with an openid; what the newer pages want
        // is not published.
        mchid(query, filled_by(FilledBy::Mchid), only_with("openid")),
        sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2_G3), only_with("openid"))
    ),
    answer(File(Sm3))
)]
pub struct DownloadFile {
    /// The link.
    #[field(url, max(1024), sensitive)]
    pub download_url: String,
    /// The payer's openid: `card_openid` of the query. Direct merchants must give it.
    #[field(query, max(32), required_in(Generations::G1), sensitive)]
    pub openid: Option<String>,
    /// Invoice code. Direct merchants must give it; it is empty for a digital invoice (数电发票), which has none.
    #[field(query, max(12), required_in(Generations::G1), empty_is_none)]
    pub invoice_code: Option<String>,
    /// Invoice number. Direct merchants must give it.
    #[field(query, max(20), required_in(Generations::G1))]
    pub invoice_no: Option<String>,
    /// The merchant's id of the invoice. Direct merchants must give it.
    #[field(query, id, required_in(Generations::G1))]
    pub fapiao_id: Option<String>,
    /// Further query pairs, for links whose rules are not published.
    #[field(query_list(QueryList::Pairs))]
    pub extra_query: Option<Vec<QueryPair>>,
}

/// One query pair.
#[derive(Clone, Default, Fields)]
pub struct QueryPair {
    /// Name.
    pub name: String,
    /// Value.
    #[field(sensitive)]
    pub value: String,
}
