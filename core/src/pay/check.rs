//! `POST /v3/new-tax-control-fapiao/merchant/{sub_mchid}/check`
//!
//! Whether a sub-merchant can be invoiced for: service providers by the documents up to 2025-01.
//! [Official page](https://pay.weixin.qq.com/docs/partner/products/fapiao/apilist.html)

use fapiao_derive::Operation;

/// Checks that the sub-merchant has opened invoicing by API and authorised the provider: answered with 204, and with an error where it has not.
#[derive(Clone, Default, Operation)]
#[call(
    post("check", "/v3/new-tax-control-fapiao/merchant/{sub_mchid}/check"),
    number("pay 4"),
    title("检查子商户开票功能状态（旧）"),
    page("https://pay.weixin.qq.com/docs/partner/products/fapiao/apilist.html"),
    callers(SubMerchant),
    generations(Generations::G2),
    supplied(sub_mchid(path, filled_by(FilledBy::SubMchid))),
    answer(NoContent)
)]
pub struct Check {}
