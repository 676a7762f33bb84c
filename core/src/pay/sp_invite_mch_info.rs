//! `GET /v3/new-tax-control-fapiao/fapiaomerchant/listspinvitemchinfo`
//!
//! What became of invitations. [Official page](https://pay.weixin.qq.com/doc/v3/partner/4015941524)

use super::types::{InviteFailedCode, Links, MchInviteStatus};
use crate::codec::Extra;
use fapiao_derive::{Fields, Operation};

/// Lists the merchants that were invited, by the time of their answer.
#[derive(Clone, Default, Operation)]
#[call(
    get("sp_invite_mch_info", "/v3/new-tax-control-fapiao/fapiaomerchant/listspinvitemchinfo"),
    number("pay 7"),
    title("获取邀请开通的商户信息"),
    page("https://pay.weixin.qq.com/doc/v3/partner/4015941524"),
    callers(Partner),
    generations(Generations::G3),
    answer(SpInviteMchInfoAnswer)
)]
#[check(WithinDays { from: "query_time_start", to: "query_time_end", days: 7 })]
pub struct SpInviteMchInfo {
    /// From when, RFC 3339.
    #[field(query, time)]
    pub query_time_start: String,
    /// Until when, RFC 3339; at most seven days later.
    #[field(query, time)]
    pub query_time_end: String,
    /// How many to skip, from 0.
    #[field(query, unit(Unit::Count))]
    pub offset: i64,
    /// How many to list.
    #[field(query, unit(Unit::Count))]
    pub limit: i64,
    /// One invitation.
    #[field(query)]
    pub invite_code: Option<String>,
    /// Those that ended so.
    #[field(query)]
    pub mch_invite_status: MchInviteStatus,
}

/// Invitations.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct SpInviteMchInfoAnswer {
    /// How many there are.
    pub total_count: i64,
    /// How many were skipped.
    pub offset: i64,
    /// How many were asked for.
    pub limit: i64,
    /// The pages around this one.
    pub links: Option<Links>,
    /// The invitations.
    pub mch_invite_result_list: Option<Vec<MchInviteResult>>,
    /// Fields newer than this release.
    pub extra: Extra,
}

/// What became of one invitation.
#[derive(Clone, Default, Fields)]
#[non_exhaustive]
pub struct MchInviteResult {
    /// The merchant.
    pub sub_mchid: Option<String>,
    /// What became of it.
    pub mch_invite_status: MchInviteStatus,
    /// The company's name.
    pub ep_name: String,
    /// Its taxpayer id.
    pub tax_id: String,
    /// The provider's own id of the invitation.
    pub invite_code: String,
    /// When, RFC 3339; samples without an offset exist: take them as +08:00.
    #[field(time)]
    pub operate_time: String,
    /// Why it failed, as a code.
    pub invite_failed_code: Option<InviteFailedCode>,
    /// Why it failed, in words.
    pub invite_failed_reason: Option<String>,
    /// Fields newer than this release.
    pub extra: Extra,
}
