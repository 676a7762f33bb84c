//! `GET /v3/new-tax-control-fapiao/merchant/tax-codes`
//!
//! The goods a merchant has configured, with their tax codes. [Official page](https://pay.weixin.qq.com/doc/v3/merchant/4012538236)

use super::types::{Links, TaxPreferMark};
use crate::codec::{Extra, Rate};
use fapiao_derive::{Fields, Operation};

/// Lists the goods and services that a merchant has configured. Direct merchants have met `NO_AUTH` although the documents offer them the call.
#[derive(Clone, Default, Operation)]
#[call(
    get("tax_codes", "/v3/new-tax-control-fapiao/merchant/tax-codes"),
    number("pay 11"),
    title("获取商品和服务税收分类对照表"),
    page("https://pay.weixin.qq.com/doc/v3/merchant/4012538236"),
    callers(Direct, SubMerchant),
    generations(Generations::G1_G2),
    supplied(sub_mchid(query, filled_by(FilledBy::SubMchid), only_in(Generations::G2))),
    answer(TaxCodesAnswer)
)]
pub struct TaxCodes {
    /// How many to skip, from 0.
    #[field(query, unit(Unit::Count))]
    pub offset: i64,
    /// How many to list, at most 20.
    #[field(query, unit(Unit::Count), max(20))]
    pub limit: i64,
}

/// Configured goods.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct TaxCodesAnswer {
    /// How many were skipped.
    pub offset: i64,
    /// How many were asked for.
    pub limit: i64,
    /// How many there are.
    pub total_count: i64,
    /// The pages around this one.
    pub links: Option<Links>,
    /// The goods.
    pub data: Vec<TaxCode>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// Goods or a service, and how it is taxed.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct TaxCode {
    /// Name.
    pub goods_name: String,
    /// The `goods_id` of the call that issues.
    pub goods_id: Option<i64>,
    /// Category.
    pub goods_category: Option<String>,
    /// Tax classification code (税收分类编码).
    pub tax_code: String,
    /// Tax rate.
    pub tax_rate: Rate,
    /// Tax preference.
    pub tax_prefer_mark: TaxPreferMark,
    /// Fields newer than this release.
    pub extra: Extra,
}
